"""NM: figures that contradict each other.

A paragraph becomes a ``Passage``: its figures with their intervals and the words between them. The
words make some of the figures *claims* about others; each module checks one relation. A claim is
reported only where what it is about is plain and no figure near it would make it right after all.
"""

from __future__ import annotations

from bisect import bisect_left

from reportlint import patterns
from reportlint.checks.figures import (
    averages,
    brackets,
    growth,
    hundred,
    impossible,
    levels,
    pairs,
    parts,
    points,
    rate,
    share,
    spread,
    totals,
)
from reportlint.checks.figures.claims import CHANGE, MULTIPLE, RATE, SHARE_OF, Claim, claims
from reportlint.checks.figures.passage import ENDS, PAUSES, Passage
from reportlint.checks.figures.repeated import Indicators
from reportlint.checks.figures.verdicts import AGREES, Verdict
from reportlint.checks.model import Check, Context, Hit
from reportlint.structure import Structure
from reportlint.structure.quantities import ONE, begins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


CODES = tuple(f"NM{number:03}" for number in range(1, 14))


def examine(structure: Structure) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of a draft, the surest first for each figure."""
    text, begun = begins(structure.text)
    ends = tuple([mark for mark in ENDS if mark in text])
    pauses = tuple([mark for mark in PAUSES if mark in text])
    indicators = Indicators(structure)
    sums: set[int] = set()
    for number, paragraph in enumerate(structure.paragraphs):
        first = bisect_left(begun, paragraph.start)
        if paragraph.kind == "cell" or first == len(begun) or begun[first] >= paragraph.end:
            continue
        places = begun[first : bisect_left(begun, paragraph.end, first)]
        passage = Passage(text, paragraph.start, paragraph.end, places, ends, pauses)
        if passage.all:
            for verdict in judge(passage):
                if verdict.code == "NM002" and verdict.outcome == AGREES:
                    sums.add(verdict.claim)
                yield verdict
            indicators.read(number, passage)
    yield from indicators.verdicts(text, sums)
    if structure.tables:
        from reportlint.checks.figures import tables

        yield from tables.verdicts(text, structure)


def judge(passage: Passage) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of one paragraph.

    Most figures are no claims, so a rule is asked only where there is what it cannot do without: a
    sign of its cue in the words before the figure, or figures enough of the same unit for a sum.
    """
    units, counts = passage.units, passage.counts
    if passage.others:
        for claim in claims(passage):
            yield from _of_claim(passage, claim)
    for index, unit in enumerate(units):
        if not unit:
            if index and passage.is_share(index):
                yield from _of_share(passage, index)
        # a count alone of its unit can be an average, or the total of counts of another
        elif (
            counts[unit] > 1
            or (index > 1 and units[index - 1] == units[index - 2])
            or "均" in passage.before[index]
        ):
            yield from _of_count(passage, index)
    yield from _of_all(passage)


def _of_claim(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    if claim.falling or claim.size > 1 or passage.figures[claim.first].value > ONE:
        yield from impossible.impossible(passage, claim)
    if claim.kind == SHARE_OF:
        yield from share.share(passage, claim)
        if not claim.base:
            yield from share.feasible(passage, claim)
        if claim.listed:
            yield from hundred.hundred(passage, claim)
    elif claim.kind == RATE:
        yield from rate.rate(passage, claim)
    elif claim.kind == CHANGE:
        yield from growth.change(passage, claim)
        yield from points.later(passage, claim)
    elif claim.kind == MULTIPLE:
        yield from growth.multiple(passage, claim)


_OPENING = patterns.compile("[其包分依含涵覆即由]")
_CHANGED = patterns.compile("[增多提长升扩涨减降少缩跌缺差余赤]")
"""A sign of each cue of a list that opens and of a difference."""

_BRACKETS = ("（", "(")
_PERIODS = frozenset("期批轮次组年度")
"""What the words before a part by period end with."""


def _of_count(passage: Passage, index: int) -> Iterator[Verdict]:
    units, before = passage.units, passage.before
    unit, words = units[index], before[index]
    like = passage.counts[unit]
    second = units[index - 1] if index else ""
    third = units[index - 2] if index > 1 else ""
    # the total of a list is the nearest count before it
    if like > 1 and index and second in (unit, "") and _OPENING.search(words):
        yield from parts.forward(passage, index)
    # a sum of two parts has two counts of one unit next to each other
    if third == second != "" and ("共" in words or "计" in words or "总" in words):
        yield from totals.backward(passage, index)
    after_two = like > 2 and unit == second == third
    if after_two and index > 2 and totals.PLUS.fullmatch(before[index - 1]):
        yield from totals.added(passage, index)
    before_two = (
        like > 2 and index + 2 < len(units) and unit == units[index + 1] == units[index + 2]
    )
    if before_two and before[index + 1].startswith(_BRACKETS):
        yield from parts.inside(passage, index)
    if like > 1 and ("余" in words or "剩" in words):
        yield from totals.remainder(passage, index)
    if before_two and before[index + 1][-1:] in _PERIODS:
        yield from parts.periods(passage, index)
    # a clause that is nothing but a change is no longer than this
    if after_two and len(words) < 12 and _CHANGED.search(words):
        yield from levels.difference(passage, index)
        yield from levels.gap(passage, index)
    if like > 1 and third == unit and passage.is_share(index - 1):
        yield from levels.grown(passage, index)
    if "均" in words:
        yield from averages.average(passage, index)


def _of_share(passage: Passage, index: int) -> Iterator[Verdict]:
    words = passage.before[index]
    if passage.units[index - 1] and "的" in words[-2:]:
        yield from rate.target(passage, index)
    if "划" in words or "标" in words or "务" in words or "算" in words or "超" in words:
        yield from rate.planned(passage, index)
    if words in share.BRACKET:
        yield from share.bracketed(passage, index)
    if "占" in words and ("计" in words or "共" in words or "来" in words or "加" in words):
        yield from share.joint(passage, index)
    if passage.figures[index].value == ONE:
        yield from hundred.stated(passage, index)


def _of_all(passage: Passage) -> Iterator[Verdict]:
    """Yield what is to be said of a paragraph as a whole."""
    body, counts = passage.body, passage.counts
    if len(passage.others) > 2 and body.count("占") > 2:
        yield from hundred.open_ended(passage)
    # the terms of a ratio enter no arithmetic
    if len(passage.all) > len(passage.figures) + 1 and ("：" in body or ":" in body or "∶" in body):
        yield from pairs.ratios(passage)
    if "分别" in body:
        yield from pairs.lists(passage)
    if counts:
        if "（" in body or "(" in body:
            yield from brackets.bracketed(passage)
        if max(counts.values()) > 2 and spread.opened(passage):
            yield from spread.spread(passage)


def _findings(context: Context) -> Iterator[Hit]:
    """Yield the contradictions, one for each figure."""
    seen: set[int] = set()
    for verdict in examine(context.structure):
        if verdict.hit is not None and verdict.hit.start not in seen:
            seen.add(verdict.hit.start)
            yield verdict.hit


CHECKS = (Check(CODES, "clean", _findings),)
