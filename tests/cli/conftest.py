"""Drafts, and the command line in this process or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import reportlint
from reportlint.cli import main

FAULTY = """2024年度述职报告

一、主要工作

全年接待群众XX人次，扎实推##paidbegin##动基层工作。
"""
CLEAN = "关于开展消防安全检查的通知\n\n各科室：请于3月5日前完成自查。\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with a faulty and a clean draft, as the current one."""
    (tmp_path / "faulty.txt").write_text(FAULTY, encoding="utf-8", newline="")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    # No test leaves anything in the caches of whoever runs it.
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path.parent / f"{tmp_path.name}-home"))
    # Processes run the package that is being tested, wherever it is.
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(os.path.dirname(reportlint.__file__)))
    return tmp_path


@pytest.fixture
def call(folder: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command line in this process."""

    def call(*argv: str) -> Outcome:
        capfd.readouterr()
        code = main(argv)
        sys.stderr.flush()
        return Outcome(code, *capfd.readouterr())

    return call


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command line as a process; ``stdin`` is empty unless given."""

    def run(
        *argv: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", *argv],
            input=stdin,
            capture_output=True,
            cwd=folder,
            env={**os.environ, **(env or {})},
            timeout=60,
        )
        return subprocess.CompletedProcess(
            argv, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run
