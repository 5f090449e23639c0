"""CS005: a paragraph, or a long sentence, that stands in the draft twice.

A paragraph is its clauses. Each clause belongs to the first paragraph that has it, so that one pass
finds for every paragraph the earlier one with which it shares most, in time linear in the text.
Figures count: the same sentence about another village with other figures is another sentence.
"""

from __future__ import annotations

from itertools import repeat

from reportlint import patterns
from reportlint.checks.model import Check, Context, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_SHORTEST = 40
_SHARED = 0.8
_LEAST = _SHORTEST - 10
"""Characters of clauses in a passage that is compared."""
_LONG = 50
_KNOWN = _LONG // 2
"""Characters of clauses in a long sentence at least: the rest are marks."""
_LONGEST = 2000
_OPENING = patterns.compile(r"[^，。；！？\n]{1,30}")
_MARKS = "，。；：！？,;:!?"
"""What parts clauses, besides white space."""
_STOPS = "！？\n"
"""What ends a sentence, besides 。"""
_FORM = ("附件", "附表", "附：", "附:")


def _repeated(context: Context) -> Iterator[Hit]:
    text, paragraphs = context.text, context.structure.paragraphs
    passages = _passages(context)
    owners: dict[str, int] = {}
    others: list[tuple[int, int, list[str]]] = []
    again: set[str] = set()
    last = (-2, -2)
    for number, (index, start, end, clauses) in enumerate(passages):
        size = len(owners) + len(clauses)
        firsts = list(map(owners.setdefault, clauses, repeat(number)))
        if len(owners) == size:  # all of it is new
            others.append((start, end, clauses))
            continue
        known = [c for c, owner in zip(clauses, firsts, strict=True) if owner != number]
        count = sum(map(len, known))
        if count >= _SHARED * _LEAST:
            shared: dict[int, int] = {}
            for clause, owner in zip(clauses, firsts, strict=True):
                if owner != number:
                    shared[owner] = shared.get(owner, 0) + len(clause)
            twin = max(shared, key=shared.__getitem__)
            own = sum(map(len, clauses))
            whole = max(own, sum(map(len, passages[twin][3])))
            if own >= _LEAST and shared[twin] >= _SHARED * whole:
                source = passages[twin][0]
                # If the paragraphs above are alike too, the whole passage is: once is enough.
                if last != (index - 1, source - 1):
                    begin, earlier = paragraphs[index].start, paragraphs[source]
                    share = round(shared[twin] / whole, 2)
                    yield _hit(text, begin, end, earlier.start, earlier.end, share)
                last = (index, source)
                continue
        others.append((start, end, clauses))
        if len(owners) + len(known) < size:  # a clause stands twice in this passage
            again.update(clauses)
        elif count >= _KNOWN:
            again.update(known)
    # A sentence that stands twice is of such clauses, unless it is cut for its length.
    if max([end - start for start, end, _ in others], default=0) <= _LONGEST:
        if not again:
            return
        others = [x for x in others if sum(map(len, again.intersection(x[2]))) >= _KNOWN]
    yield from _sentences(text, others)


def _passages(context: Context) -> list[tuple[int, int, int, list[str]]]:
    """Return the paragraphs long enough to matter: index, start and end, clauses.

    Their labels are left out, and what follows from the first form or annex on.
    """
    text, leads = context.text, context.structure.leads
    parted = text
    for mark in _MARKS:
        parted = parted.replace(mark, " ")
    forms = "附" in text
    found = []
    for index, (start, end, kind, _) in enumerate(context.structure.paragraphs):
        if forms and text.startswith(_FORM, start, end):
            break
        if end - start >= _SHORTEST and (kind == "text" or kind == "item"):
            if index in leads:
                start = leads[index].end
            found.append((index, start, end, parted[start:end].split()))
    return found


def _sentences(text: str, passages: list[tuple[int, int, list[str]]]) -> Iterator[Hit]:
    """Yield the long sentences of these passages that stand in them twice."""
    found: dict[str, int] = {}
    for start, end, _ in passages:
        passage = text[start:end]
        for mark in _STOPS:
            passage = passage.replace(mark, "。")
        for piece in passage.split("。"):
            stop = start + len(piece)
            while stop - start >= _LONG:
                cut = min(stop, start + _LONGEST)
                sentence = text[start:cut].strip()
                if len(sentence) >= _LONG:
                    first = found.setdefault(sentence, start)
                    if first != start:
                        yield _hit(text, start, cut, first, first + len(sentence), 1.0)
                start = cut
            start = stop + 1


def _hit(text: str, start: int, end: int, first: int, first_end: int, share: float) -> Hit:
    """Return a hit on the opening words of what is repeated."""
    opening, source = _OPENING.match(text, start, end), _OPENING.match(text, first, first_end)
    return Hit(
        "CS005",
        start,
        opening.end() if opening else end,
        data={"shared": share},
        labels=[
            (
                {"zh": "前面的一处", "en": "the earlier passage"},
                first,
                source.end() if source else first_end,
            )
        ],
    )


CHECKS = (Check(("CS005",), "clean", _repeated),)
