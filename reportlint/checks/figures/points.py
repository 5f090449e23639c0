"""NM007: the change between two percentages, 百分点 against %."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import change_agrees, known, percent, window
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.compared import PAST, Change
from reportlint.checks.figures.passage import Passage
from reportlint.checks.figures.verdicts import NEW, OLD, Verdict, agrees, contradicts, relative
from reportlint.structure.quantities import ONE, POINTS, SHARE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def points(passage: Passage, claim: Claim, found: Change) -> Iterator[Verdict]:
    """NM007: the change between two percentages."""
    figures, index = passage.figures, claim.first
    old, new, claimed = figures[found.old], figures[found.new], figures[index]
    if claimed.role not in (SHARE, POINTS) or claimed.style not in ("digits", "chinese"):
        return
    if not known(old, new) or "‰" in (old.unit, new.unit) or claimed.hedge:
        return
    if old.hedge or new.hedge or not {old.style, new.style} <= {"digits", "chinese", "cheng"}:
        return
    difference = new.value - old.value
    if (difference < 0) != claim.falling:
        return
    difference = abs(difference)
    rough = "cheng" in (old.style, new.style)
    # 三成 and 四成五 are thirty and forty-five: somebody who takes the difference means it so
    ulp = claimed.ulp if rough else max(old.ulp, new.ulp, claimed.ulp)
    right = abs(difference - claimed.value) <= ulp
    if rough and not right:
        return

    def expected() -> str:
        places = max(old.places, new.places)
        text = percent(difference, ONE, claimed._replace(places=places, unit="%"))[:-1]
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "个百分点"

    def proof() -> str:
        high, low = (found.old, found.new) if claim.falling else (found.new, found.old)
        return f"{passage.shown(high)}－{passage.shown(low)} = {expected()}"

    if claimed.role == POINTS:
        if right:
            yield agrees("NM007", passage, index, (found.old, found.new), proof)
            return
    elif not right and change_agrees(old, new, window(claimed), claim.falling):
        yield relative(passage, index, found.old, found.new, claim.falling, right=True)
        return
    yield contradicts(
        "NM007",
        passage,
        index,
        proof(),
        expected(),
        ((OLD, found.old), (NEW, found.new)),
        replace=expected(),
        old=passage.shown(found.old),
        new=passage.shown(found.new),
    )


_SINCE = patterns.compile(rf"[，,](?:比|较){PAST}[^，,。；;]{{1,8}}")
_LATER = patterns.compile(rf"{PAST}[^，,。；;]{{0,12}}(?:为|是|仅|只有|达|有){{1,2}}")


def later(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM007 where the old percentage follows: 93.4%，比2023年提高21.6%。2023年仅为71.8%."""
    figures, index = passage.figures, claim.first
    claimed = figures[index]
    new, old = index - 1, index + 1
    if claim.size > 1 or new < 0 or old >= len(figures) or claimed.role != SHARE:
        return
    if not (passage.is_share(new) and passage.is_share(old)) or claimed.hedge:
        return
    if any(figures[i].style != "digits" or figures[i].hedge for i in (new, old)):
        return
    if not _SINCE.fullmatch(passage.before[index]):
        return
    if not _LATER.fullmatch(passage.before[old]):
        return
    difference = figures[new].value - figures[old].value
    if (difference < 0) == claim.falling and abs(abs(difference) - claimed.value) <= claimed.ulp:
        expected = percent(abs(difference), ONE, claimed)[:-1] + "个百分点"
        yield contradicts(
            "NM007",
            passage,
            index,
            f"{passage.shown(new)}－{passage.shown(old)} = {expected}",
            expected,
            ((OLD, old), (NEW, new)),
            replace=expected,
            old=passage.shown(old),
            new=passage.shown(new),
        )
