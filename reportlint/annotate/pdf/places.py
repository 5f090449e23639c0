"""Where the words of a document stand on the pages of its PDF."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reportlint.readers.pdf import Box, Reading

_SOFT_HYPHEN = "\u00ad"
_ICON = 18.0
"""Points that the sign of a note takes, on each side."""


class Place(NamedTuple):
    """Boxes on a page, from 0: one for each line, or one beside the text for a ``point``."""

    page: int
    boxes: tuple[Box, ...]
    point: bool = False


class _Ink(NamedTuple):
    """A character that can be seen: its offset in the text, its line, its box."""

    offset: int
    line: int
    box: Box


class Places:
    """Finds where a span of the text of a reading stands. ``shown`` is what of each page is."""

    def __init__(self, reading: Reading, shown: Sequence[Box]) -> None:
        self._lines = reading.lines
        self._shown = shown
        # The upper edges of the signs of a page.
        self._taken: dict[int, list[float]] = {}
        text = reading.document.text
        offsets = (offset for offset, char in enumerate(text) if _inked(char))
        drawn = (
            (number, box)
            for number, line in enumerate(reading.lines)
            for char, box in zip(line.text, line.boxes, strict=True)
            if _inked(char)
        )
        self._ink = [_Ink(at, *place) for at, place in zip(offsets, drawn, strict=True)]
        self._offsets = [ink.offset for ink in self._ink]

    def of(self, start: int, end: int) -> Iterator[Place]:
        """Yield the place of a span, one for each page; a point where nothing in it can be seen."""
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        if first >= last:
            yield self._beside(min(first, len(self._ink) - 1))
            return
        ink = self._ink[first:last]
        for page, group in groupby(ink, key=lambda each: self._lines[each.line].page):
            lines = groupby(group, key=lambda each: each.line)
            yield Place(page, tuple(_around([each.box for each in line]) for _, line in lines))

    def _beside(self, index: int) -> Place:
        """Return a place in the margin beside a line, below those that are taken."""
        line = self._lines[self._ink[index].line]
        edge, bottom = self._shown[line.page][:2]
        left, top = max(line.left - 1.5 * _ICON, edge + 2), self._ink[index].box[3]
        taken = self._taken.setdefault(line.page, [])
        while any(abs(top - other) < _ICON for other in taken):
            if top - 2 * _ICON < bottom:
                break
            top -= _ICON
        else:
            taken.append(top)
        return Place(line.page, ((left, top - _ICON, left + _ICON, top),), point=True)


def _inked(char: str) -> bool:
    return not char.isspace() and char != _SOFT_HYPHEN


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
