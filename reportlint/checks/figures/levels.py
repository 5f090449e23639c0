"""NM004: what two values differ by, and the level that growth leads to."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import amount, change_agrees, window
from reportlint.checks.figures.compared import DERIVED, DOWN, TIMED, UP, loose, pair
from reportlint.checks.figures.growth import REAL
from reportlint.checks.figures.passage import Passage, alike
from reportlint.checks.figures.verdicts import (
    DIFFERENCE,
    NEW,
    OLD,
    Verdict,
    agrees,
    as_printed,
    contradicts,
    unclear,
)
from reportlint.structure.quantities import ONE, SHARE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def difference(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM004 for a printed difference of a pair: 由86家增加到129家，净增53家."""
    figures = passage.figures
    found = DERIVED.fullmatch(passage.before[index])
    if found is None or index < 2 or not alike(figures[index], figures[index - 1]):
        return
    two = pair(passage, index - 1, spoken=True)
    if two is None or passage.sentence[index] != passage.sentence[index - 1]:
        return
    used = [figures[i] for i in (two.old, two.new, index)]
    if any(loose(figure) or figure.hedge for figure in used):
        yield unclear("NM004", passage, index, "open-interval")
        return
    if (figures[two.new].value < figures[two.old].value) == (found["down"] is not None):
        yield _differ(passage, index, two.new, two.old)


def _differ(passage: Passage, index: int, first: int, last: int) -> Verdict:
    """Say whether a figure is what two others differ by."""
    figures = passage.figures
    claimed = figures[index]
    high, low = (first, last) if figures[first].value >= figures[last].value else (last, first)
    value = figures[high].value - figures[low].value
    three = (figures[high], figures[low], claimed)
    slack = sum(figure.ulp // 2 + 1 for figure in three if not figure.exact)
    expected = amount(value, claimed) + passage.shown(index).lstrip("0123456789,，. ")

    def proof() -> str:
        return f"{passage.shown(high)}－{passage.shown(low)} = {expected}"

    if abs(value - claimed.value) <= slack:
        return agrees("NM004", passage, index, (high, low), proof)
    return contradicts(
        "NM004",
        passage,
        index,
        proof(),
        expected,
        ((NEW, first), (OLD, last)),
        replace=as_printed(passage, index, expected),
        old=passage.shown(last),
        new=passage.shown(first),
    )


_GAP = patterns.compile(
    r"[，,；;](?:当期|本期|当年|全年|年度)?(?:收支)?(?:缺口|差额|相差|逆差|顺差|结余|盈余|赤字)(?:为|达|有)?"
)


def gap(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM004 for what two figures differ by: 收入8.42亿元，支出9.17亿元，缺口0.75亿元."""
    figures = passage.figures
    first, last = index - 2, index - 1
    if first < 0 or not _GAP.fullmatch(passage.before[index]):
        return
    if passage.clause[first] != passage.clause[index]:
        return
    three = figures[first : index + 1]
    if not all(alike(f, figures[index]) and not loose(f) and not f.hedge for f in three):
        return
    if not patterns.fullmatch(r"[，,、][^，,。；;0-9]{1,8}", passage.before[last]):
        return
    if not ("收" in passage.label(first) and "支" in passage.label(last)) and not (
        "进" in passage.label(first) or "出" in passage.label(first)
    ):
        return
    yield _differ(passage, index, first, last)


_REACHED = patterns.compile(
    r"[，,](?:达到?|为|至|增至|升至|降至|减至|增加到|增长到|下降到|实现|达到了)"
)


_MOVED = patterns.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))了?$")
_LATER = patterns.compile(r"[，,；;](?:[0-9]{4}年|今年|次年|第[二三四五]年|本年)[^，,。；;]{0,12}$")


def grown(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM004 for a level that growth leads to: 2023年为10亿元，2024年增长20%，达到12.6亿元."""
    figures = passage.figures
    if index < 2 or not _REACHED.fullmatch(passage.before[index]):
        return
    rate, old = index - 1, index - 2
    if figures[rate].role != SHARE or not alike(figures[old], figures[index]):
        return
    if passage.sentence[old] != passage.sentence[index]:
        return
    between = passage.before[rate]
    verb = _MOVED.search(between)
    if verb is None or not _LATER.match(between) or REAL.search(between + passage.before[old]):
        return
    if not TIMED.search(passage.lead(old)):
        return
    claimed, growth = figures[index], figures[rate]
    if loose(figures[old]) or loose(claimed) or growth.hedge or claimed.hedge:
        yield unclear("NM004", passage, index, "open-interval")
        return
    falling = verb["down"] is not None
    sign = "－" if falling else "＋"
    value = figures[old].value * (ONE - growth.value if falling else ONE + growth.value) // ONE
    rest = passage.shown(index).lstrip("0123456789,，. ")
    expected = amount(value - value % claimed.ulp, claimed) + rest

    def proof() -> str:
        return f"{passage.shown(old)} ×（1{sign}{passage.shown(rate)}） = {expected}"

    if change_agrees(figures[old], claimed, window(growth), falling):
        yield agrees("NM004", passage, index, (old, rate), proof)
        return
    yield contradicts(
        "NM004",
        passage,
        index,
        proof(),
        expected,
        ((OLD, old), (DIFFERENCE, rate)),
        replace=as_printed(passage, index, expected),
        old=passage.shown(old),
    )
