"""One paragraph as the rules of this family see it: its figures and the words between them."""

from __future__ import annotations

from reportlint import patterns
from reportlint.structure.quantities import ARITHMETIC, COUNT, SHARE, Quantity, quantities

REACH = 24
"""How many figures back a rule looks. No sentence that a person can follow reaches further."""

_LONGEST_GAP = 80
_STOP = patterns.compile(r"[。！？!?；;]")
_LABEL_STOP = patterns.compile(r"[，,、。；;：:（(）)“”]|其中|包括")
_NOUN = patterns.compile(r"(?:的)?([^，,、。；;：:（）()“”0-9的中里有占]{1,12})")


class Passage:
    """A paragraph: ``figures`` are those that enter arithmetic, in order.

    What the rules ask of every figure is worked out once and stands in lists beside ``figures``:

    ``before``    the words between the figure before, or the start of the sentence, and the figure;
                  of more than 80 characters only the last
    ``sentence``  the number of the sentence that holds the figure
    ``clause``    the number of the part between 。 or ； that holds it

    ``counts`` says how many counts there are of each unit. ``stops`` is where clauses end; it is
    empty where there are no figures. ``places`` are those of ``begins``, where they are known.
    """

    def __init__(self, text: str, start: int, end: int, places: list[int] | None = None) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.all = quantities(text, start, end, places)
        self._lay_out([figure for figure in self.all if figure.role in ARITHMETIC])

    def _lay_out(self, figures: list[Quantity]) -> None:
        self.figures = figures
        self.before: list[str] = []
        self.sentence: list[int] = []
        self.clause: list[int] = []
        self.counts: dict[str, int] = {}
        self.stops: list[int] = []
        self._labels: dict[int, str] = {}
        self._begins: list[int] = []  # where the sentence of each figure begins
        if not figures:
            return
        text, counts = self.text, self.counts
        stops = self.stops = [m.end() for m in _STOP.finditer(text, self.start, self.end)]
        sentence = clause = 0
        begin = last = self.start
        for figure in figures:
            first = figure.start
            while clause < len(stops) and stops[clause] <= first:
                stop = stops[clause]
                if text[stop - 1] not in "；;":
                    sentence += 1
                    begin = stop
                clause += 1
            self.sentence.append(sentence)
            self.clause.append(clause)
            self._begins.append(begin)
            self.before.append(text[max(begin, last, first - _LONGEST_GAP) : first])
            last = figure.end
            if figure.role == COUNT:
                counts[figure.unit] = counts.get(figure.unit, 0) + 1

    def lead(self, index: int) -> str:
        """Return up to 80 characters of the sentence before a figure, other figures among them."""
        first = self.figures[index].start
        return self.text[max(self._begins[index], first - _LONGEST_GAP) : first]

    def after(self, index: int) -> str:
        """Return up to 24 characters after a figure, at most to the next figure."""
        figure = self.figures[index]
        end = min(figure.end + 24, self.end)
        if index + 1 < len(self.figures):
            end = min(end, self.figures[index + 1].start)
        return self.text[figure.end : end]

    def label(self, index: int) -> str:
        """Return the words of its own clause before a figure: 大学生 of ，其中大学生90人."""
        known = self._labels.get(index)
        if known is None:
            known = self._labels[index] = _LABEL_STOP.split(self.before[index])[-1]
        return known

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


def commas(words: str) -> int:
    """Return how many commas there are."""
    return words.count("，") + words.count(",")


def alike(first: Quantity, second: Quantity) -> bool:
    """Whether two counts are of the same unit."""
    return first.role == second.role == COUNT and first.unit == second.unit != ""
