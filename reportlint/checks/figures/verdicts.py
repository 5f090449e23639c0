"""What a rule of this family says of a figure: it agrees, it contradicts, or it cannot be judged.

A rule yields a verdict for each figure that the words make a claim about others. Contradictions
become findings; the other two make up the ledger that explains what has been compared.
"""

from __future__ import annotations

from reportlint.checks.figures.arithmetic import percent
from reportlint.checks.figures.passage import Passage
from reportlint.checks.model import Hit
from reportlint.lean import NamedTuple
from reportlint.structure.quantities import TIMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

AGREES, CONTRADICTS, UNCLEAR = "agrees", "contradicts", "unclear"
"""The outcomes, here from the one that needs least to be said to the one that needs most."""

PART = {"zh": "部分", "en": "part"}
WHOLE = {"zh": "总数", "en": "whole"}
OLD = {"zh": "原来", "en": "before"}
NEW = {"zh": "现在", "en": "now"}
DIFFERENCE = {"zh": "增减数", "en": "difference"}

CORRECT = {"zh": "改为“{expected}”", "en": "change to “{expected}”"}


class Verdict(NamedTuple):
    """What one rule found out about one figure.

    ``code``    the rule
    ``claim``   where the figure starts, in the text that the rule reads
    ``used``    where the figures start that it was compared with
    ``proof``   writes the sum out; called only where somebody asks
    ``reason``  a key of ``reasons.REASONS``: why an unclear one cannot be judged
    ``hit``     the finding of a contradiction
    """

    code: str
    claim: int
    outcome: str
    used: tuple[int, ...] = ()
    proof: Callable[[], str] | None = None
    reason: str = ""
    hit: Hit | None = None

    def recoded(self, code: str) -> Verdict:
        """Return the same contradiction as a finding of another rule."""
        assert self.hit is not None
        return self._replace(code=code, hit=self.hit._replace(code=code))


def agrees(
    code: str, passage: Passage, claim: int, used: Sequence[int], proof: Callable[[], str]
) -> Verdict:
    """Say that the figure with index ``claim`` is right by those with the indices ``used``."""
    figures = passage.figures
    return Verdict(code, figures[claim].start, AGREES, tuple(figures[i].start for i in used), proof)


def quotient(
    code: str, passage: Passage, claim: int, part: int, whole: int, *, right: bool, **data: Any
) -> Verdict:
    """Say whether the figure with index ``claim`` is ``part`` divided by ``whole``.

    The labels are those of a share, or of a multiple where ``code`` is NM008.
    """

    def expected() -> str:
        figures = passage.figures
        return percent(figures[part].value, figures[whole].value, figures[claim])

    def proof() -> str:
        return f"{one} ÷ {other} = {expected()}"

    one, other = passage.shown(part), passage.shown(whole)
    if right:
        return agrees(code, passage, claim, (part, whole), proof)
    multiple = code == "NM008"
    value = expected()
    return contradicts(
        code,
        passage,
        claim,
        f"{one} ÷ {other} = {value}",
        value,
        ((NEW if multiple else PART, part), (OLD if multiple else WHOLE, whole)),
        replace=as_printed(passage, claim, value),
        part=one,
        whole=other,
        **data,
    )


def relative(
    passage: Passage, index: int, before: int, after: int, falling: bool, *, right: bool
) -> Verdict:
    """Say whether a claim is the change from old to new, relative to old."""
    figures = passage.figures
    old, new, claimed = figures[before], figures[after], figures[index]
    one, other = passage.shown(before), passage.shown(after)
    code = "NM008" if claimed.role == TIMES else "NM004"

    def expected() -> str:
        return percent(abs(new.value - old.value), old.value, claimed)

    def proof() -> str:
        terms = f"（{one}－{other}）" if falling else f"（{other}－{one}）"
        return f"{terms} ÷ {one} = {expected()}"

    if right:
        return agrees(code, passage, index, (before, after), proof)
    return contradicts(
        code,
        passage,
        index,
        proof(),
        expected(),
        ((OLD, before), (NEW, after)),
        replace=as_printed(passage, index, expected()),
        part=other,
        whole=one,
        old=one,
        new=other,
    )


def unclear(code: str, passage: Passage, claim: int, reason: str) -> Verdict:
    """Say that what the figure with index ``claim`` is about is not certain enough."""
    return Verdict(code, passage.figures[claim].start, UNCLEAR, reason=reason)


def contradicts(
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
) -> Verdict:
    """Report the figure with index ``claim``.

    ``used`` are the other figures of the ``proof``, each with its label. ``replace`` is what the
    printed claim would have to be, where only the claim can be wrong.
    """
    figures = passage.figures
    figure = figures[claim]
    shown = passage.shown(claim)
    stop = figure.end if end is None else end
    hit = Hit(
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
        labels=tuple((message, figures[i].start, figures[i].end) for message, i in used),
        edits=((figure.start, figure.end, replace),) if replace else (),
        title=CORRECT if replace else None,
    )
    starts = tuple(figures[i].start for _, i in used)
    return Verdict(code, figure.start, CONTRADICTS, starts, lambda: proof, hit=hit)


def as_printed(passage: Passage, claim: int, expected: str) -> str | None:
    """Return ``expected`` as it would be printed in place of the claim, or None if in words."""
    figure = passage.figures[claim]
    if figure.style != "digits" or figure.hedge:
        return None
    return expected
