"""Exit codes, seen from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BROKEN_PACK = '[[rule]]\ncode = "HX001"\n'


def write(folder: Path, name: str, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    ("code", "argv"),
    [
        (0, ["check", "clean.txt"]),
        (1, ["check", "faulty.txt"]),
        (1, ["check"]),
        (0, ["check", "--exit-zero", "faulty.txt"]),
        (0, ["--version"]),
        (2, []),
        (2, ["check", "--no-such-option"]),
        (2, ["check", "missing.txt", "clean.txt"]),
        (2, ["check", "--select", "ZZ999", "clean.txt"]),
        (2, ["check", "--jobs", "0", "clean.txt"]),
        (2, ["check", "--exit-zero", "missing.txt"]),
        (2, ["check", "--config", "missing.toml", "clean.txt"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_as_a_process(run: Run, code: int, argv: list[str]) -> None:
    done = run(*argv)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) == (code == 2 and argv != [])


def test_a_damaged_file_stops_nothing_and_nothing_hides_it(run: Run, folder: Path) -> None:
    write(folder, "damaged.docx", b"PK\x03\x04 not a package")
    done = run("check", "--exit-zero", "--output-format", "concise")
    assert done.returncode == 2
    assert "damaged.docx:1:1: error RL002" in done.stdout
    assert "faulty.txt:5:7: error PH001" in done.stdout


def test_nul_bytes_are_a_finding(run: Run, folder: Path) -> None:
    write(folder, "nul.txt", b"\xe5\xb9\xb4\0\0")
    done = run("check", "--output-format", "concise", "nul.txt")
    assert done.returncode == 2
    assert "nul.txt:1:1: error RL001" in done.stdout


def test_no_file_matches(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    done = run("check", "empty")
    assert done.returncode == 2
    assert "没有可检查的文件" in done.stderr


def test_no_rule_is_active(run: Run) -> None:
    done = run("check", "--select", "PH", "--ignore", "PH", "clean.txt")
    assert done.returncode == 2
    assert "没有启用任何规则" in done.stderr


def test_a_broken_configuration_names_file_and_line(run: Run, folder: Path) -> None:
    write(folder, "reportlint.toml", 'lang = "zh"\nselct = ["PH"]\n')
    done = run("check", "clean.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("reportlint: 错误：reportlint.toml:2: ")
    assert "select" in done.stderr


def test_a_broken_pack_names_file_and_line(run: Run, folder: Path) -> None:
    write(folder, "house.toml", BROKEN_PACK)
    write(folder, "reportlint.toml", 'rules = ["house.toml"]\n')
    done = run("check", "clean.txt")
    assert done.returncode == 2
    assert "house.toml:1: rule HX001 has no name" in done.stderr


class TestInterrupted:
    def start(self, folder: Path, *argv: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "reportlint", *argv],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def test_ctrl_c_ends_the_workers_too(self, folder: Path) -> None:
        for number in range(600):
            os.link(folder / "faulty.txt", folder / f"{number}.txt")
        process = self.start(folder, "check", "--jobs", "2", "--output-format", "json", ".")
        assert process.stdout is not None
        # The rest does not fit into the pipe: it cannot have ended yet.
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (130, b"")

    def test_a_reader_that_goes_away(self, folder: Path) -> None:
        (folder / "long.txt").write_text("投入XX万元。\n\n" * 5000, encoding="utf-8")
        process = self.start(folder, "check", "--output-format", "concise", "long.txt")
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        with process:
            assert process.stderr is not None
            assert process.stderr.read() == b""
        assert process.returncode == 141

    def test_a_full_disk(self, folder: Path) -> None:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "reportlint", "check", "--lang", "en", "faulty.txt"],
                cwd=folder,
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
            )
        assert done.returncode == 2
        assert done.stderr == b"reportlint: error: No space left on device\n"
