"""CS005: a paragraph, or a long sentence, that stands in the draft twice.

A paragraph is its clauses. Each clause belongs to the first paragraph that has it, so that one pass
finds for every paragraph the earlier one with which it shares most, in time linear in the text.
Figures count: the same sentence about another village with other figures is another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.model import Check, Context, Hit

_SHORTEST = 40
_SHARED = 0.8
_LONG = 50
_SENTENCE = re.compile(r"[^。！？\n]{1,2000}")
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\s]{1,2000}")
_OPENING = re.compile(r"[^，。；！？\n]{1,30}")
_FORM = ("附件", "附表", "附：", "附:")


def _repeated(context: Context) -> Iterator[Hit]:
    text = context.text
    owners: dict[str, int] = {}
    lengths: dict[int, int] = {}
    first: dict[str, int] = {}
    last = (-2, -2)
    for index, paragraph in enumerate(context.structure.paragraphs):
        line = text[paragraph.start : paragraph.end]
        if line.startswith(_FORM):
            return
        if paragraph.kind not in ("text", "item") or len(line) < _SHORTEST:
            continue
        label = context.structure.leads.get(index)
        start = label.end if label is not None else paragraph.start
        clauses = _CLAUSE.findall(text, start, paragraph.end)
        own = sum(map(len, clauses))
        shared: dict[int, int] = {}
        for clause in clauses:
            owner = owners.setdefault(clause, index)
            if owner != index:
                shared[owner] = shared.get(owner, 0) + len(clause)
        lengths[index] = own
        twin = max(shared, key=lambda owner: shared[owner], default=index)
        common = shared.get(twin, 0)
        alike = own >= _SHORTEST - 10 and common >= _SHARED * max(own, lengths[twin])
        if not alike:
            yield from _sentences(context, start, paragraph.end, first)
            continue
        if last != (index - 1, twin - 1):  # else the whole passage stands twice: once is enough
            earlier = context.structure.paragraphs[twin]
            share = round(common / max(own, lengths[twin]), 2)
            yield _hit(text, paragraph.start, paragraph.end, earlier.start, earlier.end, share)
        last = (index, twin)


def _sentences(context: Context, start: int, end: int, first: dict[str, int]) -> Iterator[Hit]:
    """Yield the long sentences of a paragraph that stand earlier. ``first`` is where each does."""
    text = context.text
    if end - start < _LONG:
        return
    for match in _SENTENCE.finditer(text, start, end):
        sentence = match.group().strip()
        if len(sentence) < _LONG:
            continue
        at = first.setdefault(sentence, match.start())
        if at != match.start():
            yield _hit(text, match.start(), match.end(), at, at + len(sentence), 1.0)


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
