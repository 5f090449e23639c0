"""One paragraph as the rules of this family see it: its figures and the words between them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from reportlint import patterns
from reportlint.structure.quantities import ARITHMETIC, COUNT, SHARE, Quantity, quantities

REACH = 24
"""How many figures back a rule looks. No sentence that a person can follow reaches further."""

_LONGEST_GAP = 80
_HARD = patterns.compile(r"[。！？!?]")
_SOFT = patterns.compile(r"[。！？!?；;]")
_LABEL_STOP = patterns.compile(r"[，,、。；;：:（(）)“”]|其中|包括")
_NOUN = patterns.compile(r"(?:的)?([^，,、。；;：:（）()“”0-9的中里有占]{1,12})")


class Passage:
    """A paragraph: ``figures`` are those that enter arithmetic, in order."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.all = quantities(text, start, end)
        self.figures = [figure for figure in self.all if figure.role in ARITHMETIC]
        self._before: dict[int, str] = {}

    @cached_property
    def _hard(self) -> list[int]:
        return [match.end() for match in _HARD.finditer(self.text, self.start, self.end)]

    @cached_property
    def _soft(self) -> list[int]:
        return [match.end() for match in _SOFT.finditer(self.text, self.start, self.end)]

    def sentence(self, index: int) -> int:
        """Return the number of the sentence that holds a figure."""
        return bisect_right(self._hard, self.figures[index].start)

    def clause(self, index: int) -> int:
        """Return the number of the part between 。 or ； that holds a figure."""
        return bisect_right(self._soft, self.figures[index].start)

    def before(self, index: int) -> str:
        """Return the words between the figure before, or the start of the sentence, and a figure.

        Of more than 80 characters only the last are returned.
        """
        known = self._before.get(index)
        if known is None:
            figure = self.figures[index]
            sentence = bisect_right(self._hard, figure.start)
            first = self._hard[sentence - 1] if sentence else self.start
            if index:
                first = max(first, self.figures[index - 1].end)
            first = max(first, figure.start - _LONGEST_GAP)
            known = self._before[index] = self.text[first : figure.start]
        return known

    def lead(self, index: int) -> str:
        """Return up to 80 characters of the sentence before a figure, other figures among them."""
        figure = self.figures[index]
        sentence = bisect_right(self._hard, figure.start)
        first = self._hard[sentence - 1] if sentence else self.start
        return self.text[max(first, figure.start - _LONGEST_GAP) : figure.start]

    def after(self, index: int) -> str:
        """Return up to 24 characters after a figure, at most to the next figure."""
        figure = self.figures[index]
        end = min(figure.end + 24, self.end)
        if index + 1 < len(self.figures):
            end = min(end, self.figures[index + 1].start)
        return self.text[figure.end : end]

    def label(self, index: int) -> str:
        """Return the words of its own clause before a figure: 大学生 of ，其中大学生90人."""
        return _LABEL_STOP.split(self.before(index))[-1]

    def name(self, index: int) -> str:
        """Return what a figure counts: the words before it and the noun after its unit."""
        noun = _NOUN.match(self.text, self.figures[index].end, self.end)
        return f"{self.label(index)} {noun.group(1) if noun else ''}"

    def between(self, first: int, second: int) -> str:
        """Return the text between two figures, cut to 200 characters."""
        start = self.figures[first].end
        return self.text[start : min(self.figures[second].start, start + 200)]

    def shown(self, index: int) -> str:
        """Return a figure as printed, without the words around it."""
        figure = self.figures[index]
        return self.text[figure.start : figure.end]

    def is_count(self, index: int) -> bool:
        return self.figures[index].role == COUNT

    def is_share(self, index: int) -> bool:
        return self.figures[index].role == SHARE


def alike(first: Quantity, second: Quantity) -> bool:
    """Whether two counts are of the same unit."""
    return first.role == second.role == COUNT and first.unit == second.unit != ""
