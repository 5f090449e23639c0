"""Completion for bash and zsh: the scripts, and what they get for an answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reportlint
from tests.cli.conftest import Run

SHELLS = ("bash", "zsh")


def complete(run: Run, shell: str, typed: str) -> set[str]:
    """What is offered for the last word of what has been typed."""
    env = {"_REPORTLINT_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        env |= {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1)}
        return set(run(env=env).stdout.split())
    # Each is quoted, with what it means behind it.
    lines = run(env={**env, "_TYPER_COMPLETE_ARGS": typed}).stdout.split("\n")
    return {line.strip("'\" ").partition('":')[0] for line in lines}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("reportlint che", "check"),
        ("reportlint serv", "server"),
        ("reportlint check --out", "--output-format"),
        ("reportlint check --wat", "--watch"),
        ("reportlint check --output-format sar", "sarif"),
        ("reportlint baseline pr", "prune"),
    ],
)
def test_completion(run: Run, shell: str, typed: str, offered: str) -> None:
    assert offered in " ".join(complete(run, shell, typed))


@pytest.mark.parametrize(
    ("shell", "word"), [("bash", "complete -o"), ("zsh", "#compdef reportlint")]
)
def test_the_script_of_a_shell(run: Run, shell: str, word: str) -> None:
    done = run(env={"_REPORTLINT_COMPLETE": f"source_{shell}"})
    assert done.returncode == 0
    assert word in done.stdout


def test_bash_is_recognised_and_takes_the_script(folder: Path, tmp_path: Path) -> None:
    root = os.path.dirname(os.path.dirname(reportlint.__file__))
    command = tmp_path / "bin" / "reportlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reportlint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    bash = shutil.which("bash")
    assert bash is not None
    script = (
        'script=$(reportlint --show-completion) && eval "$script" && complete -p reportlint\n'
        "COMP_WORDS=(reportlint che) COMP_CWORD=1\n"
        "\"$(complete -p reportlint | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')\" reportlint che reportlint\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": root},
    )
    assert "-F _reportlint_completion" in done.stdout
    assert done.stdout.split("\n")[-2] == "check"
