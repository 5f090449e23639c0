"""Output on a terminal, seen through a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from reportlint.cli import progress, terminal
from tests.cli.conftest import FAULTY

FILES = 60


def on_terminal(
    folder: Path, *argv: str, stream: str = "stdout", env: Mapping[str, str] | None = None
) -> tuple[int, str, bytes]:
    """Run with one stream on a terminal; return the exit code, what it shows, the other stream."""
    shown, slave = pty.openpty()
    with tempfile.TemporaryFile() as other, os.fdopen(shown, "rb", buffering=0) as screen:
        streams: dict[str, Any] = {"stdout": other, "stderr": other, stream: slave}
        process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", *argv],
            cwd=folder,
            env={**os.environ, "TERM": "xterm", **(env or {})},
            stdin=subprocess.DEVNULL,
            **streams,
        )
        os.close(slave)
        pieces = []
        # Linux has an error for the end: nobody holds the other side any more.
        with suppress(OSError):
            while piece := screen.read(65536):
                pieces.append(piece)
        code = process.wait(timeout=60)
        other.seek(0)
        return code, b"".join(pieces).decode(), other.read()


@pytest.fixture
def many(folder: Path) -> Path:
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(FAULTY, encoding="utf-8")
    return folder


def test_colour_unless_the_terminal_or_the_user_has_none(folder: Path) -> None:
    assert "\x1b[" in on_terminal(folder, "check", "faulty.txt")[1]
    for env in ({"TERM": "dumb"}, {"NO_COLOR": "1"}):
        assert "\x1b[" not in on_terminal(folder, "check", "faulty.txt", env=env)[1]


def test_what_the_terminal_cannot_show_is_escaped(folder: Path) -> None:
    code, shown, other = on_terminal(
        folder, "check", "faulty.txt", env={"PYTHONIOENCODING": "ascii"}
    )
    assert (code, other) == (1, b"")
    assert shown.isascii()
    assert "\\u5168" in shown


def test_a_bar_for_many_files(many: Path) -> None:
    code, shown, report = on_terminal(many, "check", "--output-format", "concise", stream="stderr")
    assert code == 1
    assert f"/{FILES + 2}" in shown
    assert report.decode().count("PW001") == FILES + 1


@pytest.mark.parametrize("argv", [["faulty.txt"], ["--quiet"]])
def test_no_bar_for_few_files_nor_when_quiet(many: Path, argv: list[str]) -> None:
    assert on_terminal(many, "check", *argv, stream="stderr")[1] == ""


def test_no_bar_in_a_pipe(many: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", "check"], cwd=many, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_bar_passes_on_what_it_counts(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(progress.with_bar(iter("abc"), 3)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("columns", "width"),
    [("40", 40), ("0040", 40), ("99999", 100), ("0", 100), ("-5", 100), ("x", 100), ("", 100)],
)
def test_width(columns: str, width: int, tmp_path: Path) -> None:
    with open(tmp_path / "out", "w") as stream:
        assert terminal.width(stream, {"COLUMNS": columns}) == width


@pytest.mark.parametrize(
    ("argv", "lang"),
    [
        ([], "zh"),
        (["check", "--lang", "en"], "en"),
        (["--lang=en", "check"], "en"),
        (["check", "--lang", "xx"], "zh"),
        (["check", "--lang"], "zh"),
        (["check", "--", "--lang", "en"], "zh"),
    ],
)
def test_the_language_of_a_command_line(argv: list[str], lang: str) -> None:
    assert terminal.spoken(argv, {"LANG": "zh_CN.UTF-8"}) == lang
