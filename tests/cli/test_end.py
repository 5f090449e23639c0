"""How a process ends: at once, after all that waits for its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reportlint

ROOT = os.path.dirname(os.path.dirname(reportlint.__file__))


def end(folder: Path, before: str, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process in which something else has been done before."""
    code = (
        "import sys\n"
        "class Last:\n"
        "    def __del__(self):\n"
        "        print('taken down', file=sys.stderr)\n"
        "last = Last()\n"
        f"{before}\n"
        "from reportlint.cli import script\n"
        f"sys.argv[1:] = {list(argv)!r}\n"
        "script()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        timeout=60,
    )
    return subprocess.CompletedProcess(
        argv, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.mark.parametrize(("text", "code"), [("投入XX万元。\n", 1), ("投入三万元。\n", 0)])
def test_all_is_printed_and_the_code_is_kept(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "one.txt").write_text(text * 2000, encoding="utf-8")
    argv = ("check", "--isolated", "--select", "PH", "--output-format", "concise", "one.txt")
    done = end(tmp_path, "", *argv)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.count("one.txt:") == 2000 * code
    assert done.stdout.endswith("\n")


def test_what_waits_for_the_end_is_served(tmp_path: Path) -> None:
    done = end(tmp_path, "import atexit; atexit.register(print, 'goodbye')", "--lang=en", "-h")
    assert done.returncode == 0
    assert done.stdout.endswith("\ngoodbye\n")
    assert done.stderr == ""


def test_threads_are_waited_for(tmp_path: Path) -> None:
    before = (
        "import threading, time\n"
        "def work():\n"
        "    time.sleep(0.2)\n"
        "    print('done')\n"
        "threading.Thread(target=work).start()"
    )
    done = end(tmp_path, before, "--lang=en", "-h")
    assert done.returncode == 0
    assert done.stdout.endswith("\ndone\n")
    assert done.stderr == "taken down\n"


def test_a_mistake_is_told(tmp_path: Path) -> None:
    done = end(tmp_path, "", "check", "no-such.txt", "--lang=en")
    assert done.returncode == 2
    assert "no-such.txt" in done.stderr
