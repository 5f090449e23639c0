"""The parser for the usual command lines.

typer and what it brings take several times as long to import as one draft takes to check. So a
``check`` whose every argument is known and well formed is read here, and so is a call for help.
Whatever is not goes to typer, which has the words for mistakes.
"""

from __future__ import annotations

from reportlint.cli.options import BY_FIELD, OPTIONS, ORDERED, Request, request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_FLAGS = {flag: option for option in OPTIONS for flag in option.flags}


def parse(argv: Sequence[str]) -> Request | None:
    """Return the request, or None for a command line that is not for this parser.

    Raises UsageError for a value that its option does not take.
    """
    if not argv or argv[0] != "check":
        return None
    paths: list[str] = []
    values: dict[str, Any] = {}
    arguments = iter(argv[1:])
    for argument in arguments:
        if argument == "--":
            paths += arguments
        elif argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        else:
            flag, attached, value = _split(argument)
            option = _FLAGS.get(flag)
            if option is None or (attached and not option.value):
                return None
            if not option.value:
                values[option.field] = True
                continue
            if not attached:
                value = next(arguments, "-")
                if value.startswith("-"):
                    return None
            if option.ordered:
                values.setdefault(ORDERED, []).append((option.field, value))
            elif option.many:
                values.setdefault(option.field, []).append(value)
            else:
                values[option.field] = value
    return request(tuple(paths), values)


def _split(argument: str) -> tuple[str, bool, str]:
    """Return the flag of an argument, whether its value is attached to it, and that value."""
    if argument.startswith("--"):
        flag, equals, value = argument.partition("=")
        return flag, bool(equals), value
    return argument[:2], len(argument) > 2, argument[2:]


def helped(argv: Sequence[str]) -> str | None:
    """Return the command that help is asked for, by its name in the tables.

    None for a command line that asks for something else or has more in it, but ``--lang`` it may
    have. Nothing at all asks for help, too.
    """
    from reportlint.cli.commands import COMMANDS, HELP

    lang = BY_FIELD["lang"]
    commands = {command.name: command for command in COMMANDS}
    name, asked = "", not argv
    arguments = iter(argv)
    for argument in arguments:
        flag, equals, value = argument.partition("=")
        if argument in HELP.flags:
            asked = True
        elif flag == lang.flags[0]:
            value = value if equals else next(arguments, "")
            if value not in lang.choices or lang not in commands[name].options:
                return None
        elif asked or not argument.isalpha() or f"{name} {argument}".strip() not in commands:
            return None
        else:
            name = f"{name} {argument}".strip()
    return name if asked else None
