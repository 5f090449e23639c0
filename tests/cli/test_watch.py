"""``check --watch``: a real process, real files, and a real Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, FAULTY, Call

TIMEOUT = 30.0


class Watching:
    """A process that watches, and what it says line by line."""

    def __init__(self, *argv: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "check", "--watch", *argv],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.until("Ctrl-C")

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, word: str, timeout: float = TIMEOUT) -> str:
        """Return what is said up to the line that has ``word``."""
        said: list[str] = []
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                said.append(self._lines.get(timeout=0.1))
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            if word in said[-1]:
                return "".join(said)
        raise TimeoutError("".join(said))

    def quiet(self, seconds: float = 1.0) -> bool:
        time.sleep(seconds)
        return self._lines.empty()

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(TIMEOUT)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._thread.join(TIMEOUT)
        if self.process.stdout is not None:
            self.process.stdout.close()


Watch = Callable[..., Watching]


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    started: list[Watching] = []

    def watch(*argv: str) -> Watching:
        started.append(Watching("--output-format=concise", *argv))
        return started[-1]

    yield watch
    for one in started:
        one.end()


def write(path: Path, text: str) -> None:
    """Put a new file in the place of the old one, as editors do."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_what_changes_is_checked_again(folder: Path, watch: Watch) -> None:
    watching = watch()
    write(folder / "clean.txt", CLEAN + "共XX人。\n")
    said = watching.until("检查 1 个文件")
    assert "clean.txt:4:2: error PH001" in said
    assert "faulty.txt" not in said

    # Temporary files of editors are no drafts, and nothing to speak of.
    (folder / "~$clean.docx").write_bytes(b"\x05owner")
    (folder / ".~lock.clean.txt#").write_text("x", encoding="utf-8")
    (folder / "notes.json").write_text("{}", encoding="utf-8")
    assert watching.quiet()

    (folder / "deep").mkdir()
    time.sleep(0.3)
    write(folder / "deep" / "new.md", "组织XX名民兵。\n")
    assert "deep/new.md:1:3: error PH001" in watching.until("检查 1 个文件")

    # What concerns one draft, and what concerns all.
    sidecar = '[[suppress]]\ncode = "PH001"\n'
    write(folder / "deep" / "new.md.reportlint.toml", sidecar)
    said = watching.until("检查 1 个文件")
    assert "deep/new.md" not in said
    write(folder / "reportlint.toml", 'ignore = ["PH001"]\n')
    assert "PH001" not in watching.until("检查 3 个文件")
    write(folder / "reportlint.toml", "ignroe = []\n")
    assert "ignroe" in watching.until("错误")
    write(folder / "reportlint.toml", "")
    assert "PH001" in watching.until("检查 3 个文件")

    # A draft that is gone is nobody's fault.
    (folder / "faulty.txt").unlink()
    assert watching.quiet()
    assert watching.interrupt() == 0
    assert watching.quiet(0)


def test_a_burst_of_changes_is_one_check(folder: Path, watch: Watch) -> None:
    watching = watch("clean.txt", "faulty.txt")
    for number in range(5):
        write(folder / "clean.txt", CLEAN + "共XX人。\n" * number)
        write(folder / "other.txt", FAULTY)
        time.sleep(0.02)
    assert watching.until("检查 1 个文件").count("PH001") == 4
    assert watching.quiet()
    assert watching.interrupt() == 0


@pytest.mark.parametrize(
    "argv",
    [
        ("--fix",),
        ("--diff",),
        ("--statistics",),
        ("--show-figures",),
        ("--show-files",),
        ("--show-settings",),
        ("--output-file", "out.txt"),
        ("--output-format", "json"),
        ("-",),
    ],
    ids=" ".join,
)
def test_what_does_not_go_with_watching(call: Call, argv: tuple[str, ...]) -> None:
    outcome = call("check", "--watch", *argv)
    assert outcome.code == 2
    assert "--watch" in outcome.err


def test_without_the_extra(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    outcome = call("check", "--watch", "--lang", "en")
    assert outcome.code == 2
    assert 'pip install "reportlint[watch]"' in outcome.err


def test_a_path_that_is_not_there(call: Call) -> None:
    outcome = call("check", "--watch", "none/none.txt")
    assert outcome.code == 2
