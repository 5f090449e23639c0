"""What the rules of this family report, all made in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportlint.checks.figures.passage import Passage
from reportlint.checks.model import Hit

PART = {"zh": "部分", "en": "part"}
WHOLE = {"zh": "总数", "en": "whole"}
OLD = {"zh": "原来", "en": "before"}
NEW = {"zh": "现在", "en": "now"}
DIFFERENCE = {"zh": "增减数", "en": "difference"}

_CORRECT = {"zh": "改为“{expected}”", "en": "change to “{expected}”"}


def hit(
    code: str,
    passage: Passage,
    claim: int,
    proof: str,
    expected: str,
    used: Sequence[tuple[Mapping[str, str], int]],
    *,
    replace: str | None = None,
    end: int | None = None,
    **data: Any,
) -> Hit:
    """Return a finding on the figure with index ``claim``.

    ``used`` are the other figures of the ``proof``, each with its label. ``replace`` is what the
    printed claim would have to be, where only the claim can be wrong.
    """
    figure = passage.figures[claim]
    shown = passage.shown(claim)
    stop = figure.end if end is None else end
    return Hit(
        code,
        figure.start,
        stop,
        fields={
            "proof": proof,
            "expected": expected,
            "claimed": shown,
            "whole": data.get("whole", ""),
        },
        data={"claimed": shown, "expected": expected, **data},
        labels=tuple(
            (message, passage.figures[i].start, passage.figures[i].end) for message, i in used
        ),
        edits=((figure.start, figure.end, replace),) if replace else (),
        title=_CORRECT if replace else None,
    )


def as_printed(passage: Passage, claim: int, expected: str) -> str | None:
    """Return ``expected`` as it would be printed in place of the claim, or None if in words."""
    figure = passage.figures[claim]
    if figure.style != "digits" or figure.hedge:
        return None
    return expected
