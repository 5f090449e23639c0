"""How PDF writes its objects: where one ends, and what a dictionary holds, in bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.errors import WriteError
from reportlint.readers.limits import refused

_SKIPPED = rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+"
SKIPPED = re.compile(_SKIPPED)
_REFERENCE = re.compile(
    rb"([0-9]{1,10})[\0\t\n\f\r ]++([0-9]{1,5})[\0\t\n\f\r ]++R(?![^\0\t\n\f\r ()<>\[\]{}/%])"
)
_TOKEN = re.compile(
    rb"<<|>>|[\[\]({}]|<[^<>]*+>|/[^\0\t\n\f\r ()<>\[\]{}/%]*+|[^\0\t\n\f\r ()<>\[\]{}/%]++"
)
_FLAT = re.compile(rb"(?:[^()<>\[\]{}%]++|%[^\r\n]*+|<(?!<)[^<>]*+>|\([^()\\]*+\))*+")
"""What stands between the brackets of arrays and dictionaries."""

_CLOSING = {b"<<": b">>", b"[": b"]"}
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

_DEPTH = 200
_LONGEST = 1 << 20
"""Bytes of one object; none that is looked at here comes near."""


class Span(NamedTuple):
    """Where an object begins and ends."""

    start: int
    end: int


class Reference(NamedTuple):
    """What an indirect object is called."""

    number: int
    generation: int


def damaged() -> WriteError:
    """Return the error for a file whose structure cannot be followed."""
    return refused(
        "PDF的内部结构有误，不能加批注；请用PDF软件打开后另存一份再试",
        "the structure of the PDF is damaged, so that no notes can be added: open it with a PDF "
        "program, save it under another name and try again",
    )


def one(data: bytes, at: int) -> Span:
    """Return where the object stands that comes next. Raises WriteError where there is none."""
    start = at = _next(data, at)
    reference = _REFERENCE.match(data, at)
    if reference is not None:
        return Span(start, reference.end())
    open_ones: list[bytes] = []
    while True:
        token = _TOKEN.match(data, at)
        if token is None:
            raise damaged()
        at = token.end()
        what = token.group()
        if what == b"(":
            at = _string_end(data, at)
        elif what in _CLOSING:
            open_ones.append(_CLOSING[what])
            if len(open_ones) > _DEPTH:
                raise damaged()
        elif what in (b">>", b"]"):
            if not open_ones or open_ones.pop() != what:
                raise damaged()
        if not open_ones:
            return Span(start, at)
        if at - start > _LONGEST:
            raise damaged()
        flat = _FLAT.match(data, at)
        at = flat.end() if flat is not None else at


def items(data: bytes, array: Span) -> Iterator[Span]:
    """Yield where the items of an array stand. Raises WriteError where it is none."""
    if data[array.start : array.start + 1] != b"[":
        raise damaged()
    at = _next(data, array.start + 1)
    while at < array.end - 1:
        item = one(data, at)
        yield item
        at = _next(data, item.end)


def entries(data: bytes, dictionary: Span) -> dict[bytes, Span]:
    """Return where the values of a dictionary stand, by their keys without the slash.

    Raises WriteError where it is none.
    """
    if data[dictionary.start : dictionary.start + 2] != b"<<":
        raise damaged()
    found: dict[bytes, Span] = {}
    at = _next(data, dictionary.start + 2)
    while at < dictionary.end - 2:
        key = one(data, at)
        if data[key.start : key.start + 1] != b"/":
            raise damaged()
        value = one(data, key.end)
        found[name(data[key.start : key.end])] = value
        at = _next(data, value.end)
    return found


def name(written: bytes) -> bytes:
    """Return a name without its slash and escapes."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), written[1:])


def reference(data: bytes, span: Span) -> Reference | None:
    """Return the reference that stands there, None for anything else."""
    match = _REFERENCE.fullmatch(data, span.start, span.end)
    return Reference(int(match[1]), int(match[2])) if match is not None else None


def integer(data: bytes, span: Span) -> int:
    """Return the whole number that stands there. Raises WriteError for anything else."""
    written = data[span.start : span.end]
    if not written.isdigit() or len(written) > 10:
        raise damaged()
    return int(written)


def _next(data: bytes, at: int) -> int:
    match = SKIPPED.match(data, at)
    return match.end() if match is not None else at


def _string_end(data: bytes, at: int) -> int:
    depth = 1
    for match in _IN_STRING.finditer(data, at):
        if match.group() == b"(":
            depth += 1
        elif match.group() == b")":
            depth -= 1
            if not depth:
                return match.end()
    raise damaged()
