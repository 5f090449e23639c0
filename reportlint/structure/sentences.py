"""Sentences and clauses of Chinese text. Quotations and brackets are never cut open."""

from __future__ import annotations

from reportlint import patterns
from reportlint.document import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_MARK = patterns.compile(r"[。！？!?；;\n“”「」『』（）()《》]")
_ENDS = "。！？!?；;"
_OPEN = "“「『（(《"
_CLOSE = "”」』）)》"
_LONGEST_QUOTE = 300


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of ``text[start:end]``, each with its closing mark.

    A sentence ends at 。！？； or a line end, unless inside quotation marks or brackets. A
    quotation that is not closed within 300 characters or its line is a slip of the pen.
    """
    end = len(text) if end is None else end
    closing: list[str] = []
    first = opened = position = start
    for mark in _MARK.finditer(text, start, end):
        if mark.start() < position:
            continue
        char, position = mark.group(), mark.end()
        if char == "\n":
            closing.clear()
            yield from _trimmed(text, first, mark.start())
            first = position
        elif char in _OPEN:
            if not closing:
                opened = mark.start()
            closing.append(_CLOSE[_OPEN.index(char)])
        elif char in _CLOSE:
            if char in closing:
                while closing.pop() != char:
                    pass
        elif char in _ENDS:
            if closing and position - opened > _LONGEST_QUOTE:
                closing.clear()
            if not closing:
                while position < end and text[position] in _ENDS + _CLOSE:
                    position += 1
                yield from _trimmed(text, first, position)
                first = position
    yield from _trimmed(text, first, end)


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the clauses of ``text[start:end]``: sentences cut at commas and colons as well."""
    first = start
    for mark in patterns.kept(r"[，,：:。！？!?；;\n]").finditer(text, start, end):
        yield from _trimmed(text, first, mark.end())
        first = mark.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
