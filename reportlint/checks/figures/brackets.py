"""NM002 past brackets: 共120件，其中民事80件（其中合同50件、婚姻30件）、刑事50件.

What stands in brackets is of the figure before it. Without it the list is one of the usual form.
"""

from __future__ import annotations

from bisect import bisect_right

from reportlint import patterns
from reportlint.checks.figures import parts
from reportlint.checks.figures.passage import ENDS, PAUSES, Passage
from reportlint.checks.figures.verdicts import Verdict
from reportlint.structure.quantities import COUNT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_BRACKETS = patterns.compile(r"[（(][^（()）。]{1,80}[）)]")


class _Outer(Passage):
    """A paragraph without what stands in its brackets."""

    def __init__(self, passage: Passage, inside: list[tuple[int, int]]) -> None:
        self.text, self.body, self.all = passage.text, passage.body, passage.all
        self.start, self.end = passage.start, passage.end
        starts = [start for start, _ in inside]
        kept = []
        for figure in passage.figures:
            index = bisect_right(starts, figure.start)
            if not index or figure.start >= inside[index - 1][1]:
                kept.append(figure)
        self._lay_out(kept, ENDS, PAUSES)
        self.before = [_BRACKETS.sub("", words) for words in self.before]


def bracketed(passage: Passage) -> Iterator[Verdict]:
    """Yield what is to be said of the lists whose parts have brackets of their own."""
    holding = _holding(passage)
    if not holding:
        return
    outer = _Outer(passage, holding)
    for index, figure in enumerate(outer.figures):
        if figure.role == COUNT:
            yield from parts.forward(outer, index)


def _holding(passage: Passage) -> list[tuple[int, int]]:
    """Return the brackets that hold counts and follow one: 80件（合同50件）."""
    text, found = passage.text, []
    end = -1
    for figure in passage.figures:
        if figure.role == COUNT:
            if end >= 0 and text[end] in "（(":
                brackets = _BRACKETS.match(text, end, passage.end)
                if brackets is not None and figure.start < brackets.end():
                    found.append(brackets.span())
            end = figure.end
    return found
