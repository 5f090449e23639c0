"""NM: figures that contradict each other.

A paragraph becomes a ``Passage``: its figures with their intervals and the words between them. The
words make some of the figures *claims* about others; each module checks one relation. A claim is
reported only where what it is about is plain and no figure near it would make it right after all.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    repeated,
    share,
    spread,
    totals,
)
from reportlint.checks.figures.claims import CHANGE, MULTIPLE, RATE, SHARE_OF, claims
from reportlint.checks.figures.passage import Passage
from reportlint.checks.figures.verdicts import AGREES, Verdict
from reportlint.checks.model import Check, Context, Hit
from reportlint.structure import Structure
from reportlint.structure.quantities import COUNT, SHARE, plain

CODES = tuple(f"NM{number:03}" for number in range(1, 14))


def examine(structure: Structure) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of a draft, the surest first for each figure."""
    text = plain(structure.text)
    passages = []
    sums: set[int] = set()
    for number, paragraph in enumerate(structure.paragraphs):
        if paragraph.kind == "cell":
            continue
        passage = Passage(text, paragraph.start, paragraph.end)
        if passage.all:
            for verdict in judge(passage):
                if verdict.code == "NM002" and verdict.outcome == AGREES:
                    sums.add(verdict.claim)
                yield verdict
            passages.append((number, passage))
    yield from repeated.repeated(structure, passages, sums)
    if structure.tables:
        from reportlint.checks.figures import tables

        yield from tables.verdicts(text, structure)


def judge(passage: Passage) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of one paragraph."""
    for claim in claims(passage):
        yield from impossible.impossible(passage, claim)
        if claim.kind == SHARE_OF:
            yield from share.share(passage, claim)
            yield from share.feasible(passage, claim)
            yield from hundred.hundred(passage, claim)
        elif claim.kind == RATE:
            yield from rate.rate(passage, claim)
        elif claim.kind == CHANGE:
            yield from growth.change(passage, claim)
            yield from points.later(passage, claim)
        elif claim.kind == MULTIPLE:
            yield from growth.multiple(passage, claim)
    for index, figure in enumerate(passage.figures):
        if figure.role == COUNT:
            yield from parts.forward(passage, index)
            yield from totals.backward(passage, index)
            yield from totals.added(passage, index)
            yield from parts.inside(passage, index)
            yield from totals.remainder(passage, index)
            yield from parts.periods(passage, index)
            yield from levels.difference(passage, index)
            yield from levels.gap(passage, index)
            yield from levels.grown(passage, index)
            yield from averages.average(passage, index)
        elif figure.role == SHARE:
            yield from rate.target(passage, index)
            yield from rate.planned(passage, index)
            yield from share.bracketed(passage, index)
            yield from share.joint(passage, index)
            yield from hundred.stated(passage, index)
    yield from hundred.open_ended(passage)
    yield from pairs.ratios(passage)
    yield from pairs.lists(passage)
    yield from brackets.bracketed(passage)
    yield from spread.spread(passage)


def _findings(context: Context) -> Iterator[Hit]:
    """Yield the contradictions, one for each figure."""
    seen: set[int] = set()
    for verdict in examine(context.structure):
        if verdict.hit is not None and verdict.hit.start not in seen:
            seen.add(verdict.hit.start)
            yield verdict.hit


CHECKS = (Check(CODES, "clean", _findings),)
