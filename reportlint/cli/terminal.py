"""Where output goes and how it may look there."""

from __future__ import annotations

import os
import sys

from reportlint import patterns
from reportlint.errors import ReportlintError
from reportlint.i18n import language
from reportlint.ruleset import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

WIDTH = 100
"""Columns, at most: longer lines are hard to read, and a pipe has no width of its own."""

_ERROR = {"zh": "错误：", "en": "error: "}
_WARNING = {"zh": "警告：", "en": "warning: "}


def prepare() -> None:
    """Make standard output and standard error able to take any text.

    A pipe gets UTF-8 whatever the locale says, and the same line ends everywhere. A terminal keeps
    its encoding; what it cannot show is escaped.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def colourful(when: str | None, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Return whether to use colour on ``stream``. ``when`` is always, never, or auto."""
    if when in ("always", "never"):
        return when == "always"
    if environ.get("NO_COLOR"):
        return False
    force = environ.get("FORCE_COLOR")
    if force:
        return force not in ("0", "false")
    return environ.get("TERM") != "dumb" and stream.isatty()


def width(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Return the columns to fill on ``stream``."""
    columns = environ.get("COLUMNS", "")
    if patterns.fullmatch("0*[1-9][0-9]{0,5}", columns):
        return min(int(columns), WIDTH)
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or WIDTH, WIDTH)
    except (OSError, ValueError):
        return WIDTH


def spoken(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language for help and for mistakes: nothing but ``argv`` has been read."""
    for index, argument in enumerate(argv):
        if argument == "--":
            break
        flag, equals, value = argument.partition("=")
        if flag == "--lang":
            value = value if equals else "".join(argv[index + 1 : index + 2])
            if value in LANGUAGES:
                return value
    return language(environ)


def error(problem: ReportlintError | str, lang: str) -> None:
    """Tell on standard error why the job could not be done."""
    _tell(_ERROR[lang], problem, lang)


def warn(problem: ReportlintError | str, lang: str) -> None:
    """Tell on standard error what the user should know."""
    _tell(_WARNING[lang], problem, lang)


def _tell(word: str, problem: ReportlintError | str, lang: str) -> None:
    text = getattr(problem, "say", {}).get(lang) or str(problem)
    print(f"reportlint: {word}{text}", file=sys.stderr)
