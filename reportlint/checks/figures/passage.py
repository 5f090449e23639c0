"""One paragraph as the rules of this family see it: its figures and the words between them."""

from __future__ import annotations

from reportlint import patterns
from reportlint.structure.quantities import ARITHMETIC, COUNT, SHARE, Quantity, quantities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


REACH = 24
"""How many figures back a rule looks. No sentence that a person can follow reaches further."""

ENDS = ("。", "！", "？", "!", "?")
PAUSES = ("；", ";")
"""What closes a sentence, and what only a clause of it."""

_LONGEST_GAP = 80
_LABEL_STOP = patterns.compile("[，,、。；;：:（(）)“”其包](?:(?<=其)中|(?<=包)括|(?<![其包]))")
_NOUN = patterns.compile(r"(?:的)?([^，,、。；;：:（）()“”0-9的中里有占]{1,12})")


class Passage:
    """A paragraph: ``figures`` are those that enter arithmetic, in order.

    What the rules ask of every figure is worked out once and stands in lists beside ``figures``:

    ``before``    the words between the figure before, or the start of the sentence, and the figure;
                  of more than 80 characters only the last
    ``sentence``  the number of the sentence that holds the figure
    ``clause``    the number of the part between 。 or ； that holds it
    ``units``     the unit of a count, empty for all else

    ``body`` is the text of the paragraph, ``counts`` says how many counts there are of each unit,
    and ``others`` are the indices of the figures that are no counts.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        places: list[int] | None = None,
        ends: Sequence[str] = ENDS,
        pauses: Sequence[str] = PAUSES,
    ) -> None:
        """Read ``text[start:end]``; ``text`` is ``plain``, and ``places`` are those of ``begins``,
        where they are known. What is nowhere in it may be left out of ``ends`` and ``pauses``."""
        self.text = text
        self.start = start
        self.end = end
        self.body = text[start:end]
        self.all = quantities(text, start, end, places)
        self._lay_out(self.all, ends, pauses)

    def _lay_out(
        self, found: Sequence[Quantity], ends: Sequence[str], pauses: Sequence[str]
    ) -> None:
        text, last = self.text, self.start
        figures: list[Quantity] = []
        before: list[str] = []
        sentences: list[int] = []
        clauses: list[int] = []
        units: list[str] = []
        others: list[int] = []
        counts: dict[str, int] = {}
        sentence = paused = 0
        for figure in found:
            role = figure.role
            if role == COUNT:
                unit = figure.unit
                counts[unit] = counts.get(unit, 0) + 1
            elif role in ARITHMETIC:
                unit = ""
                others.append(len(figures))
            else:
                continue
            words = text[last : figure.start]
            last = figure.end
            # to look for one mark costs next to nothing, for any of them a step for each character
            for mark in pauses:
                if mark in words:
                    paused += words.count(mark)
            for mark in ends:
                if mark in words:
                    pieces = words.split(mark)
                    sentence += len(pieces) - 1
                    words = pieces[-1]
            figures.append(figure)
            units.append(unit)
            before.append(words[-_LONGEST_GAP:])
            sentences.append(sentence)
            clauses.append(sentence + paused)
        self.figures, self.units, self.counts, self.others = figures, units, counts, others
        self.before, self.sentence, self.clause = before, sentences, clauses
        self._labels: dict[int, str] = {}

    def lead(self, index: int) -> str:
        """Return up to 80 characters of the sentence before a figure, other figures among them."""
        first = self.figures[index].start
        words = self.text[max(self.start, first - _LONGEST_GAP) : first]
        return words[max(map(words.rfind, ENDS)) + 1 :]

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
