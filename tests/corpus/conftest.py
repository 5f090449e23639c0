"""Records, files of them, and the command."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import reportlint
from reportlint.cli import main
from reportlint.corpus import streams

FAULTY = "投入资金XX万元，扎实推##paidbegin##动工作。\n"
CLEAN = "关于开展消防安全检查的通知\n\n各科室：请于3月5日前完成自查。\n"
MARKED = "扎实推##paidbegin##动工作，各项任务均已完成。\n"

TEXTS = (CLEAN, FAULTY, MARKED)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Outcome]
Parquet = Callable[..., Outcome]


def records(count: int) -> list[dict[str, Any]]:
    """Records with a faulty, a clean and a marked text in turn."""
    return [{"id": f"r{n}", "text": TEXTS[n % 3], "n": n} for n in range(count)]


def write(path: Path, lines: Iterable[bytes | Mapping[str, Any]]) -> Path:
    """Write lines of JSON, or bytes as they are, compressed as the name says."""
    data = b"".join(
        line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
        for pair in lines
        for line in (pair, b"\n")
    )
    path.write_bytes(streams.compressor(streams.compression(path.name))(data))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Read lines of JSON, compressed as the name says."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".zst":
        data = streams.zstd().decompress(data)
    return [json.loads(line) for line in data.decode().split("\n") if line]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own as the current one."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(os.path.dirname(reportlint.__file__)))
    return tmp_path


@pytest.fixture
def call(folder: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run ``reportlint corpus`` in this process."""

    def call(*argv: str) -> Outcome:
        capfd.readouterr()
        code = main(["corpus", *argv])
        sys.stderr.flush()
        return Outcome(code, *capfd.readouterr())

    return call


@pytest.fixture
def parquet(folder: Path) -> Parquet:
    """Write ``in.parquet`` with columns that are given as Python, and run ``reportlint corpus``.

    In processes of their own: the library has threads, and other tests fork this process.
    """

    def parquet(columns: str, *argv: str) -> Outcome:
        code = (
            "import datetime, pyarrow, pyarrow.parquet\n"
            f"table = pyarrow.table({columns})\n"
            "pyarrow.parquet.write_table(table, 'in.parquet', row_group_size=30)"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, timeout=60)
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", "corpus", "in.parquet", "-o", "out.jsonl", *argv],
            capture_output=True,
            cwd=folder,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return parquet
