"""Contradictions whose claim is no single figure of one passage, but a run of them or another one.

``verdicts.contradicts`` reports a figure of a passage by its index. A ratio, a list of figures and
two figures of different paragraphs are known by where they stand.
"""

from __future__ import annotations

from reportlint.checks.figures.verdicts import CONTRADICTS, Verdict
from reportlint.checks.model import Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


def contradiction(
    code: str,
    text: str,
    span: tuple[int, int],
    proof: str,
    expected: str,
    used: Sequence[tuple[Mapping[str, str], int, int]],
    **data: Any,
) -> Verdict:
    """Report ``text[span]``; ``used`` are the other figures, each as label, start and end."""
    start, end = span
    claimed = text[start:end]
    hit = Hit(
        code,
        start,
        end,
        fields={"proof": proof, "expected": expected, "claimed": claimed, "whole": ""},
        data={"claimed": claimed, "expected": expected, **data},
        labels=tuple(used),
    )
    starts = tuple(first for _, first, _ in used)
    return Verdict(code, start, CONTRADICTS, starts, lambda: proof, hit=hit)
