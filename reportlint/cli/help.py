"""What ``--help`` prints, from the tables: without typer and rich, which take ten times as long."""

from __future__ import annotations

import os
import sys

from reportlint.cli import terminal
from reportlint.cli.commands import COMMANDS, HEADINGS, HELP, below
from reportlint.reporters.style import BOLD, LABEL_SIGN, Style
from reportlint.reporters.width import Ruler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlint.cli.commands import Argument, Command
    from reportlint.cli.options import Option

_USAGE = {"zh": "用法：", "en": "Usage: "}
_TAKEN = {"zh": "[选项]", "en": "[OPTIONS]"}
_COMMAND = {"zh": "命令", "en": "COMMAND"}

_NAMES = 0.4
"""Share of the width for names, at most: what a longer one means stands below it."""


def text(name: str, lang: str) -> str:
    """Return the help of a command, named as in the tables, as standard output can show it."""
    command = next(command for command in COMMANDS if command.name == name)
    width = terminal.width(sys.stdout, os.environ)
    paint, ruler = Style(terminal.colourful(None, sys.stdout, os.environ)).paint, Ruler()
    parts = [ruler.wrap(said, width) for said in (_usage(command, lang), command.help[lang])]
    groups = [(heading, list(rows)) for heading, rows in _groups(command, lang)]
    names = [ruler.cells(shown) for _, rows in groups for shown, _ in rows]
    left = max((cells for cells in names if cells <= width * _NAMES), default=0) + 4
    for heading, rows in groups:
        lines = [paint(heading, BOLD)]
        for shown, said in rows:
            first, *others = ruler.wrap(said, width - left)
            gap = left - 2 - ruler.cells(shown)
            start = f"  {paint(shown, LABEL_SIGN)}"
            lines += [start + " " * gap + first] if gap >= 2 else [start, " " * left + first]
            lines += [" " * left + other for other in others]
        parts.append(lines)
    return "\n\n".join("\n".join(lines) for lines in parts)


def _usage(command: Command, lang: str) -> str:
    words = ["reportlint", command.name, _TAKEN[lang], *map(_called, command.arguments)]
    if below(command.name):
        words.append(_COMMAND[lang])
    return _USAGE[lang] + " ".join(filter(None, words))


def _called(argument: Argument) -> str:
    name = argument.shown or argument.field.upper()
    return (name if argument.needed else f"[{name}]") + ("..." if argument.many else "")


def _groups(command: Command, lang: str) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """Yield the groups of all that a command takes: a heading, then names and what they mean."""
    if command.arguments:
        yield HEADINGS["arguments"][lang], ((_called(a), a.help[lang]) for a in command.arguments)
    commands = below(command.name)
    if commands:
        rows = ((c.name.rpartition(" ")[2], c.help[lang]) for c in commands)
        yield HEADINGS["commands"][lang], rows
    options: dict[str, list[Option]] = {"options": []}
    for option in command.options:
        options.setdefault(option.group, []).append(option)
    options["options"].append(HELP)
    for group, members in options.items():
        yield HEADINGS[group][lang], ((_flags(o), o.said(lang)) for o in members)


def _flags(option: Option) -> str:
    return f"{', '.join(option.flags)} {option.value}".rstrip()
