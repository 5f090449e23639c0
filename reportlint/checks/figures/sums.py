"""What is said of a total and its parts: that they agree, or what they add up to."""

from __future__ import annotations

from reportlint.checks.figures.arithmetic import amount, runs, total_agrees
from reportlint.checks.figures.passage import Passage
from reportlint.checks.figures.verdicts import PART, Verdict, agrees, contradicts
from reportlint.lean import partial
from reportlint.structure.quantities import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def some_run(found: Sequence[Quantity], total: Quantity) -> bool:
    """Whether any run of the parts from the first on, or up to the last, makes the total."""
    if len(found) == 1:
        return total_agrees(found, total)
    return any(runs(found, total)) or any(runs(found[::-1], total))


def sum_of(passage: Passage, total: int, parts: Sequence[int]) -> Verdict:
    """Say that the figure with index ``total`` is what a run of the parts adds up to."""
    figures = passage.figures
    run = next(
        (
            run
            for n in range(len(parts))
            for run in (parts[: len(parts) - n], parts[n:])
            if total_agrees([figures[i] for i in run], figures[total])
        ),
        parts,
    )
    return agrees("NM002", passage, total, run, partial(_sum_shown, passage, total, run))


def _sum_shown(passage: Passage, total: int, parts: Sequence[int]) -> str:
    return " ＋ ".join(passage.shown(i) for i in parts) + f" = {_expected(passage, total, parts)}"


def _expected(passage: Passage, total: int, parts: Sequence[int]) -> str:
    """Return what the parts add up to, printed like the total."""
    like = passage.figures[total]
    number = amount(sum(passage.figures[i].value for i in parts), like)
    tail = passage.text[like.digits : like.end]
    scale = passage.text[like.digits - 2 : like.digits]
    word = next((w for w in ("万亿", "百万", "千万") if scale == w), "")
    word = word or (scale[-1:] if scale[-1:] in ("万", "亿", "千") else "")
    return number + ("" if like.style == "chinese" else word) + tail


def mismatch(
    passage: Passage, total: int, parts: Sequence[int], *, replace: bool = False
) -> Verdict:
    expected = _expected(passage, total, parts)
    return contradicts(
        "NM002",
        passage,
        total,
        _sum_shown(passage, total, parts),
        expected,
        tuple((PART, i) for i in parts),
        replace=expected if replace and passage.figures[total].style == "digits" else None,
        part=[passage.shown(i) for i in parts],
        whole=passage.shown(total),
    )
