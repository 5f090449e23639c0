"""The commands and the examples of docs/corpora.md work, and its tables are complete."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import reportlint
from reportlint.batch import FAMILIES, SEVERITIES
from reportlint.cli.corpus import OPTIONS
from tests.corpus.conftest import read, records, write

TEXT = (Path(__file__).parents[2] / "docs" / "corpora.md").read_text(encoding="utf-8")
(COMMANDS,) = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
ARGVS = [shlex.split(line) for line in COMMANDS.split("\n") if line.startswith("reportlint ")]


@pytest.fixture
def drafts(folder: Path) -> Path:
    """The inputs that the commands speak of."""
    (folder / "drafts").mkdir()
    for name in ("drafts.jsonl", "drafts.jsonl.gz", "drafts/a.jsonl", "drafts/b.ndjson"):
        write(folder / name, records(8))
    code = (
        "import pyarrow, pyarrow.parquet\n"
        "table = pyarrow.table({'正文': ['投入XX万元。'], '编号': [7]})\n"
        "pyarrow.parquet.write_table(table, 'drafts.parquet')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, timeout=60)
    return folder


@pytest.mark.parametrize("argv", ARGVS, ids=" ".join)
def test_commands_work(drafts: Path, argv: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *argv], capture_output=True, cwd=drafts, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert read(drafts / argv[argv.index("-o") + 1])


def test_there_are_commands() -> None:
    assert len(ARGVS) >= 5


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    exec(compile(code, "corpora.md", "exec"), {})
    assert capsys.readouterr().out == "1 ['PH001']\n0 []\n"


def test_every_key_and_option_is_named_in_both_languages() -> None:
    chinese, _, english = TEXT.partition("\n# Corpora\n")
    keys = {*reportlint.lint_batch([""])[0]}
    assert {*SEVERITIES, *FAMILIES} < keys
    assert [key for key in sorted(keys) if f"`{key}`" not in chinese] == []
    flags = {option.flags[0] for option in OPTIONS} - {"--output", "--statistics-file"}
    for text in (chinese, english):
        assert [flag for flag in sorted(flags) if flag not in text] == []
    assert "--statistics-file" in chinese
    words = re.findall(r'DeadRecordError\("([a-z-]+)"', source())
    assert {f"`{word}`" for word in words} <= set(re.findall("`[a-z-]+`", chinese))
    assert len(words) >= 8


def source() -> str:
    path = Path(reportlint.__file__).parent / "corpus" / "work.py"
    return path.read_text(encoding="utf-8")
