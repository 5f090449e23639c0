"""Runs commands in turn and takes the time and the memory of each.

One round runs every command once, and ratios are taken of the medians of all rounds, so that a
neighbour who keeps the machine busy for a while does not decide. Output goes through a pipe, as in
a hook: some programs look where it goes and stop early where nobody reads it.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

HYPERFINE = shutil.which("hyperfine")
"""Starts and stops the clock where it is installed: it adds less of its own."""


class Command(NamedTuple):
    """A command line, the folder in which it runs, how it may end, and what is done before."""

    argv: Sequence[str]
    cwd: str
    codes: tuple[int, ...] = (0,)
    before: Callable[[], None] = lambda: None
    environ: Mapping[str, str] = {}


class Sample(NamedTuple):
    """Seconds, and bytes of memory that the largest process took at most (None: not known).

    The system counts those of the benchmark itself, which starts the process, as the least.
    """

    seconds: float
    memory: int | None


class FailedError(Exception):
    """A command that ended with a code that it must not end with."""


class Measured(NamedTuple):
    """The samples of one command."""

    samples: tuple[Sample, ...]

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(sample.seconds for sample in self.samples)

    @property
    def memory(self) -> int | None:
        """The most."""
        return max((s.memory for s in self.samples if s.memory is not None), default=None)


def rounds(
    commands: Mapping[str, Command], count: int, *, warm: bool = False
) -> dict[str, Measured]:
    """Run every command ``count`` times in turn; with ``warm``, once more before it counts."""
    samples: dict[str, list[Sample]] = {name: [] for name in commands}
    for number in range(-warm, count):
        for name, command in commands.items():
            sample = once(command)
            if number >= 0:
                samples[name].append(sample)
    return {name: Measured(tuple(found)) for name, found in samples.items()}


def once(command: Command) -> Sample:
    """Run a command once. Raises FailedError."""
    command.before()
    if HYPERFINE is None or os.name != "posix":
        sample, code = _watched(command)
    else:
        with tempfile.NamedTemporaryFile() as file:
            argv = [HYPERFINE, "--style=none", "-N", "-i", "-w0", "-r1", "--output=pipe"]
            argv += [f"--export-json={file.name}", shlex.join(command.argv)]
            around, _ = _watched(command._replace(argv=argv))
            (result,) = json.load(file)["results"]
        sample, code = Sample(result["median"], around.memory), result["exit_codes"][0]
    _check(command, code)
    return sample


def _watched(command: Command) -> tuple[Sample, int]:
    """Run a command and those that it runs; return also the exit code."""
    began = time.perf_counter()
    process = _start(command)
    assert process.stdout is not None
    while process.stdout.read(1 << 20):
        pass
    memory = None
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        # macOS counts bytes, others count KiB.
        memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    seconds = time.perf_counter() - began
    process.stdout.close()
    return Sample(seconds, memory), process.wait()


def output(command: Command) -> bytes:
    """Run a command once and return what it prints. Raises FailedError."""
    command.before()
    process = _start(command)
    said, _ = process.communicate()
    _check(command, process.returncode)
    return said


def _start(command: Command) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.argv,
        cwd=command.cwd,
        env={**os.environ, **command.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _check(command: Command, code: int) -> None:
    if code not in command.codes:
        raise FailedError(f"{' '.join(command.argv)[:200]}: exit code {code}")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, the first row its head; all columns but the first are numbers."""
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
