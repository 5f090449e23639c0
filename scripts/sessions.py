"""Plays the commands of a page of the documentation, one after the other, in a folder of its own.

The folder holds the samples. In the order of the page,

- a ``toml`` block whose first line is a comment with a file name becomes that file, and so does
  any block after a line ``<!-- file: NAME -->``;
- the commands of a ``sh`` block are run, one a line; ``shell`` is for those that must not be;
- a ``console`` block is run, too, and shows what each of its commands prints.

A command may end with exit code 0 or 1; with 2 only in a console, which shows why.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from unittest.mock import patch

from reportlint.cli import main

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

BLOCK = re.compile(
    r"^(?:<!-- file: (?P<name>\S+) -->\n)?(?P<fence>```+)(?P<kind>\w+)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_NAMED = re.compile(r"# (\S+\.toml)\n")
_PROMPT = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_SHELL = re.compile(r"[;|<>&$`*?]|^(?!reportlint )")
"""What only a shell can run. All else is run in this process, which is ten times as fast."""


class PlayError(Exception):
    """A command of a page that does not work."""


def play(page: str) -> str:
    """Return ``page`` with what its commands print now. Raises PlayError."""
    if not re.search("^```(?:sh|console)$", page, re.MULTILINE):
        return page
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "drafts")
        shutil.copytree(os.path.join(ROOT, "samples"), os.path.join(folder, "samples"))
        with chdir(folder), patch.dict(os.environ, _environ(top), clear=True):
            return BLOCK.sub(_played, page)


def _played(match: re.Match[str]) -> str:
    kind, body = match["kind"], match["body"]
    named = _NAMED.match(body) if kind == "toml" else None
    name = match["name"] or (named and named[1])
    if name:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "w", encoding="utf-8", newline="\n") as file:
            file.write(body)
    elif kind == "sh":
        for command in filter(None, body.split("\n")):
            code, output = _run(command)
            if code > 1:
                raise PlayError(f"exit {code}: {command}\n{output}")
    elif kind == "console":
        said = ((command, *_run(command)) for command in _PROMPT.findall(body))
        lines = "".join(f"$ {command}\n{output}" for command, _, output in said)
        return f"{match['fence']}{kind}\n{lines}{match['fence']}"
    return match[0]


def _run(command: str) -> tuple[int, str]:
    """Return the exit code of a command and what it prints, without white space at line ends."""
    if _SHELL.search(command):
        done = subprocess.run(
            ["sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        code, output = done.returncode, done.stdout
    else:
        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with redirect_stdout(stream), redirect_stderr(stream):
            code = main(shlex.split(command)[1:])
        stream.flush()
        output = stream.buffer.getvalue()
    return code, re.sub(r"[ \t]+$", "", output.decode(), flags=re.MULTILINE)


def _environ(top: str) -> dict[str, str]:
    """Return an environment in which ``reportlint`` is the one of this checkout."""
    tools = os.path.join(top, "bin")
    os.mkdir(tools)
    shim = os.path.join(tools, "reportlint")
    with open(shim, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec "{sys.executable}" -m reportlint "$@"\n')
    os.chmod(shim, 0o755)
    return {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@a.example",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@a.example",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "HOME": top,
        "LANG": "zh_CN.UTF-8",
        "PATH": tools + os.pathsep + os.environ.get("PATH", os.defpath),
        "PYTHONPATH": ROOT,
    }
