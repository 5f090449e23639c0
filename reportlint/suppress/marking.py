"""Findings and silencers to who silences what, in time linear in both but for sorting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from reportlint.document import Span
from reportlint.findings import Finding
from reportlint.suppress.scopes import Silencer


class Marks(NamedTuple):
    """``by`` has for each finding the first silencer of it or None, ``used`` all that have one."""

    by: list[int | None]
    used: set[int]


def mark(findings: Sequence[Finding], silencers: Sequence[Silencer]) -> Marks:
    """Return which of ``silencers``, the first before later ones, silences which finding."""
    marks = Marks([None] * len(findings), set())
    rows = {}
    for code in {finding.code for finding in findings}:
        row = _Row(findings, [n for n, finding in enumerate(findings) if finding.code == code])
        rows[code] = row
    for index, silencer in enumerate(silencers):
        for code in silencer.codes & rows.keys():
            for first, stop in rows[code].met(silencer.spans):
                marks.used.add(index)
                for number in rows[code].take(first, stop):
                    marks.by[number] = index
    return marks


class _Row:
    """The findings of one code in order of position."""

    def __init__(self, findings: Sequence[Finding], numbers: list[int]) -> None:
        self._numbers = sorted(numbers, key=lambda n: (findings[n].start, findings[n].end))
        self._starts = [findings[n].start for n in self._numbers]
        self._ends = [findings[n].end for n in self._numbers]
        # From each place the next one that nobody has taken: so each is passed only once.
        self._next = list(range(len(numbers) + 1))

    def met(self, spans: tuple[Span, ...] | None) -> list[tuple[int, int]]:
        """Return the ranges of findings that overlap one of ``spans``, or are empty within it."""
        starts, ends = self._starts, self._ends
        if spans is None:
            return [(0, len(starts))]
        ranges = []
        for start, end in spans:
            first = bisect_left(starts, start)
            while first and ends[first - 1] > start:
                first -= 1
            stop = bisect_left(starts, end)
            while stop < len(starts) and starts[stop] == ends[stop] == end:
                stop += 1
            if first < stop:
                ranges.append((first, stop))
        return ranges

    def take(self, first: int, stop: int) -> list[int]:
        """Return the numbers of the findings in a range that have not been taken before."""
        taken = []
        place = self._find(first)
        while place < stop:
            taken.append(self._numbers[place])
            self._next[place] = place + 1
            place = self._find(place + 1)
        return taken

    def _find(self, place: int) -> int:
        root = place
        while self._next[root] != root:
            root = self._next[root]
        while self._next[place] != root:
            self._next[place], place = root, self._next[place]
        return root
