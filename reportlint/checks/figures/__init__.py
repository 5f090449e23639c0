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
from reportlint.checks.figures.claims import CHANGE, MULTIPLE, RATE, SHARE_OF, claims
from reportlint.checks.figures.passage import Passage, alike
from reportlint.checks.figures.repeated import Indicators
from reportlint.checks.figures.verdicts import AGREES, Verdict
from reportlint.checks.model import Check, Context, Hit
from reportlint.structure import Structure
from reportlint.structure.quantities import COUNT, ONE, SHARE, begins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


CODES = tuple(f"NM{number:03}" for number in range(1, 14))


def examine(structure: Structure) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of a draft, the surest first for each figure."""
    text, begun = begins(structure.text)
    indicators = Indicators(structure)
    sums: set[int] = set()
    for number, paragraph in enumerate(structure.paragraphs):
        first = bisect_left(begun, paragraph.start)
        if paragraph.kind == "cell" or first == len(begun) or begun[first] >= paragraph.end:
            continue
        places = begun[first : bisect_left(begun, paragraph.end, first)]
        passage = Passage(text, paragraph.start, paragraph.end, places)
        if passage.all:
            for verdict in judge(passage):
                if verdict.code == "NM002" and verdict.outcome == AGREES:
                    sums.add(verdict.claim)
                yield verdict
            indicators.read(number, passage)
    yield from indicators.verdicts(sums)
    if structure.tables:
        from reportlint.checks.figures import tables

        yield from tables.verdicts(text, structure)


_CUE = patterns.compile("[其包分依含涵覆即由共总计余剩增多提扩长升涨减降少缩跌达缺差赤]")
"""A sign of each cue that makes a count a claim about counts before it, or their part."""

_OPENING = patterns.compile("[其包分依含涵覆即由]")
_TOTAL = patterns.compile("[共总计]")
_GOAL = patterns.compile("[划标务算超]")
_JOINT = patterns.compile("[计共来加]占")


def judge(passage: Passage) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of one paragraph.

    Most figures are no claims, so a rule is asked only where there is what it cannot do without: a
    sign of its cue in the words before the figure, or figures enough of the same unit for a sum.
    """
    figures = passage.figures
    for claim in claims(passage):
        if claim.falling or claim.size > 1 or figures[claim.first].value > ONE:
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
    for index, figure in enumerate(figures):
        if figure.role == COUNT:
            yield from _of_count(passage, index)
        elif figure.role == SHARE and index:
            words = passage.before[index]
            if passage.is_count(index - 1):
                yield from rate.target(passage, index)
            if _GOAL.search(words):
                yield from rate.planned(passage, index)
            if words in share.BRACKET:
                yield from share.bracketed(passage, index)
            if _JOINT.search(words):
                yield from share.joint(passage, index)
            if figure.value == ONE:
                yield from hundred.stated(passage, index)
    yield from _of_all(passage)


def _of_count(passage: Passage, index: int) -> Iterator[Verdict]:
    figures, words = passage.figures, passage.before[index]
    like = passage.counts[figures[index].unit]
    cue = _CUE.search(words) is not None
    if cue:
        if like > 1 and _OPENING.search(words):
            yield from parts.forward(passage, index)
        if index > 1 and _TOTAL.search(words):
            yield from totals.backward(passage, index)
    # a sum of two parts has three figures of one unit, and the nearest of them stands next to it
    after_like = like > 2 and index and alike(figures[index - 1], figures[index])
    if after_like and totals.PLUS.fullmatch(passage.before[index - 1]):
        yield from totals.added(passage, index)
    before_like = (
        like > 2 and index + 2 < len(figures) and alike(figures[index], figures[index + 1])
    )
    if before_like:
        yield from parts.inside(passage, index)
    if like > 1 and cue and ("余" in words or "剩" in words):
        yield from totals.remainder(passage, index)
    if before_like:
        yield from parts.periods(passage, index)
    if after_like and cue:
        yield from levels.difference(passage, index)
        yield from levels.gap(passage, index)
    if like > 1 and index and passage.is_share(index - 1):
        yield from levels.grown(passage, index)
    if "均" in words:
        yield from averages.average(passage, index)


def _of_all(passage: Passage) -> Iterator[Verdict]:
    """Yield what is to be said of a paragraph as a whole."""
    if sum(["占" in words for words in passage.before]) > 2:
        yield from hundred.open_ended(passage)
    yield from pairs.ratios(passage)
    yield from pairs.lists(passage)
    if passage.counts:
        yield from brackets.bracketed(passage)
        if max(passage.counts.values()) > 2:
            yield from spread.spread(passage)


def _findings(context: Context) -> Iterator[Hit]:
    """Yield the contradictions, one for each figure."""
    seen: set[int] = set()
    for verdict in examine(context.structure):
        if verdict.hit is not None and verdict.hit.start not in seen:
            seen.add(verdict.hit.start)
            yield verdict.hit


CHECKS = (Check(CODES, "clean", _findings),)
