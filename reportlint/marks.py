"""One look at a text that many rules share: where its marks stand.

Most of what a template or a site leaves behind begins with a mark (【, ##, X, a space), and a draft
has few of them. One scan notes where each one stands; what begins with a mark is then tried there
and nowhere else.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from itertools import accumulate, chain

from reportlint import patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from reportlint.words import Words

Ranges = tuple[tuple[str, str], ...]
"""Characters, as pairs of a first and a last one."""

_LETTERS: Ranges = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("0", "9"))
_POINTS = "，。、；：“”\n\r"
_LATIN: Ranges = (("A", "W"), ("Y", "Z"), ("a", "w"), ("y", "z"))

SPARSE = 50
"""At one place in so many characters, trying a pattern there costs as much as a search for it."""

FEW = 6
"""A search for one character is faster: it costs as much as trying a pattern in so many places."""


def is_mark(ranges: Ranges) -> bool:
    """Return whether all of ``ranges`` may be marks: no ideograph, no figure, no common point."""
    return not any(
        first <= high and low <= last
        for low, high in ranges
        for first, last in (*_LETTERS, *zip(_POINTS, _POINTS, strict=True))
    )


def scan(wanted: Iterable[Ranges]) -> re.Pattern[str]:
    """Return what finds the marks of a text: all but what most text is made of.

    X is a mark, other Latin letters only as far as they are ``wanted``.
    """
    begun = {char for ranges in wanted for low, high in ranges for char in _ascii(low, high)}
    latin = [char for low, high in _LATIN for char in _ascii(low, high) if char not in begun]
    letters = "".join(f"{low}-{high}" for low, high in _LETTERS)
    return patterns.compile(f"[^{letters}{_POINTS}{''.join(latin)}]")


def _ascii(low: str, high: str) -> list[str]:
    """Return the characters from ``low`` to ``high`` that are ASCII."""
    return [chr(code) for code in range(ord(low), min(ord(high), 127) + 1)]


class Marks:
    """The marks of a text, and which words it has.

    ``at`` has for each mark of ``text`` where it stands, in order.
    """

    __slots__ = ("_known", "_letters", "_standing", "at", "text")

    def __init__(self, text: str, scan: re.Pattern[str] | None) -> None:
        self.text = text
        self.at: dict[str, list[int]] = {}
        self._known: dict[tuple[str, ...], bool] = {}
        self._standing: dict[Words, list[tuple[int, int]]] = {}
        self._letters: dict[str, list[int]] = {}
        at = self.at
        for match in scan.finditer(text) if scan else ():
            place = match.start()
            mark = text[place]
            if mark in at:
                at[mark].append(place)
            else:
                at[mark] = [place]

    def cut(self, cuts: Sequence[tuple[int, int]], text: str) -> Marks:
        """Return the marks of ``text``, which is this one without the ``cuts``, which are in order.

        What has been found here is not looked for again, but for words that a cut brings together.
        """
        marks = Marks(text, None)
        for mark, places in self.at.items():
            left = _left(places, cuts)
            if left:
                marks.at[mark] = left
        if len(cuts) * SPARSE > len(text):
            return marks
        starts, ends = zip(*cuts, strict=True)
        shifts = [0, *accumulate([end - start for start, end in cuts])]
        joints = [start - shift for start, shift in zip(starts, shifts, strict=False)]
        for words, spans in self._standing.items():
            found = set()
            for start, end in spans:
                passed = bisect_right(ends, start)
                if passed == len(cuts) or end <= starts[passed]:
                    found.add((start - shifts[passed], end - shifts[passed]))
            for joint in joints:
                first = max(0, joint - words.longest + 1)
                near = words.standing(text[first : joint + words.longest - 1])
                found.update([(first + start, first + end) for start, end in near])
            marks._standing[words] = sorted(found, key=lambda span: (span[0], -span[1]))
        return marks

    def standing(self, words: Words) -> list[tuple[int, int]]:
        """Return where ``words`` stand. All who ask for the same words share one search."""
        spans = self._standing.get(words)
        if spans is None:
            spans = self._standing[words] = words.standing(self.text)
        return spans

    def has(self, words: tuple[str, ...]) -> bool:
        """Return whether one of ``words`` occurs."""
        known = self._known.get(words)
        if known is None:
            text = self.text
            known = False
            for word in words:
                if word in text:
                    known = True
                    break
            self._known[words] = known
        return known

    def places(self, marks: Sequence[str]) -> list[int] | None:
        """Return where any of ``marks`` stand, in order; None where that is in too many places.

        One that is no mark may be asked for by itself.
        """
        if len(marks) == 1:
            if marks[0] not in self.at:
                return self._few(marks[0])
            places = self.at[marks[0]]
        else:
            places = sorted(chain.from_iterable(self.at[mark] for mark in marks))
        return places if len(places) * SPARSE < len(self.text) else None

    def _few(self, letter: str) -> list[int] | None:
        """Return where ``letter`` stands unless that is in more than a few places."""
        places = self._letters.get(letter)
        if places is None:
            places = self._letters[letter] = patterns.places(self.text, letter, FEW + 1)
        return places if len(places) <= FEW else None


def _left(places: Iterable[int], cuts: Sequence[tuple[int, int]]) -> list[int]:
    """Return the places, in order, that are in no cut, counted without the cuts."""
    left = []
    passed, removed = 0, 0
    start, end = cuts[0]
    for place in places:
        while end <= place:
            removed += end - start
            passed += 1
            start, end = cuts[passed] if passed < len(cuts) else _NEVER
        if place < start:
            left.append(place - removed)
    return left


_NEVER = (sys.maxsize, sys.maxsize)


def within(char: str, ranges: Ranges) -> bool:
    """Return whether ``char`` is one of the characters of ``ranges``."""
    return any(low <= char <= high for low, high in ranges)
