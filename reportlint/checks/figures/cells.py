"""The figures of a table's cells as the rules of this family pass figures on, and print them."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import amount
from reportlint.checks.figures.passage import Passage
from reportlint.checks.figures.verdicts import CORRECT, Verdict
from reportlint.structure.quantities import SHARE, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


_NUMBER = patterns.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?")


class Cells(Passage):
    """Some figures of a table. There is no text between them: nothing reads it."""

    def __init__(self, text: str, figures: Sequence[Quantity]) -> None:
        self.text = text
        self.figures = list(figures)

    def signed(self, index: int) -> str:
        """Return a figure as printed, in brackets with its sign if it is below zero."""
        shown = self.shown(index)
        return f"(-{shown})" if self.figures[index].value < 0 else shown

    def number(self, index: int) -> tuple[int, int]:
        """Return where the digits of a figure stand, without scale and unit."""
        figure = self.figures[index]
        found = _NUMBER.match(self.text, figure.start, figure.end)
        return (figure.start, found.end() if found else figure.digits)

    def fixing(self, verdict: Verdict, replacement: str) -> Verdict:
        """Return a contradiction with the correction of the first of these figures."""
        assert verdict.hit is not None
        start, end = self.number(0)
        title = {lang: words.format(expected=replacement) for lang, words in CORRECT.items()}
        return verdict._replace(
            hit=verdict.hit._replace(edits=((start, end, replacement),), title=title)
        )


def digits(cells: Cells, index: int, value: int) -> str:
    """Return the digits of a value, in the scale and with the separators of a printed figure."""
    like = cells.figures[index]
    start, end = cells.number(index)
    if like.role == SHARE:
        factor = 1000 if like.unit == "‰" else 100
        number = amount(value * factor, like._replace(scale=1))
    else:
        number = amount(value, like)
    if "," not in cells.text[start:end] and "，" not in cells.text[start:end]:
        return number
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}"


def printed(cells: Cells, index: int, value: int) -> str:
    """Return a value as printed in place of a figure, with its unit."""
    _, end = cells.number(index)
    return digits(cells, index, value) + cells.text[end : cells.figures[index].end]
