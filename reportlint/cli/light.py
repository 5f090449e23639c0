"""The parser for the usual command lines.

typer and what it brings take ten times as long to import as one draft takes to check. So a
``check`` whose every argument is known and well formed is read here. Whatever is not goes to
typer, which has the words for help and for mistakes.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.cli.options import OPTIONS, ORDERED, Request, request

TYPE_CHECKING = False
if TYPE_CHECKING:
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
            flag, equals, value = argument.partition("=")
            option = _FLAGS.get(flag)
            if option is None or (equals and not (option.value and flag.startswith("--"))):
                return None
            if not option.value:
                values[option.field] = True
                continue
            if not equals:
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
