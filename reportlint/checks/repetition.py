"""CS005: a paragraph that stands in the draft twice.

A paragraph is its clauses. Each clause belongs to the first paragraph that has it, so that one pass
finds for every paragraph the earlier one with which it shares most, in time linear in the text.
Figures count: the same sentence about another village with other figures is another sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reportlint.checks.model import Check, Context, Hit

_SHORTEST = 40
_SHARED = 0.8
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\s]{1,2000}")
_OPENING = re.compile(r"[^，。；！？\n]{1,30}")
_FORM = ("附件", "附表", "附：", "附:")


def _repeated(context: Context) -> Iterator[Hit]:
    text = context.text
    owners: dict[str, int] = {}
    lengths: dict[int, int] = {}
    last = (-2, -2)
    for index, paragraph in enumerate(context.structure.paragraphs):
        line = text[paragraph.start : paragraph.end]
        if line.startswith(_FORM):
            return
        if paragraph.kind not in ("text", "item") or len(line) < _SHORTEST:
            continue
        label = context.structure.leads.get(index)
        start = label.end if label is not None else paragraph.start
        clauses = [m.group() for m in _CLAUSE.finditer(text, start, paragraph.end)]
        own = sum(map(len, clauses))
        shared: Counter[int] = Counter()
        for clause in clauses:
            owner = owners.setdefault(clause, index)
            if owner != index:
                shared[owner] += len(clause)
        lengths[index] = own
        if own < _SHORTEST - 10 or not shared:
            continue
        twin, common = shared.most_common(1)[0]
        if common < _SHARED * max(own, lengths[twin]):
            continue
        if last == (index - 1, twin - 1):
            last = (index, twin)  # the whole passage stands twice: its first paragraph is enough
            continue
        last = (index, twin)
        first = context.structure.paragraphs[twin]
        opening = _OPENING.match(text, paragraph.start, paragraph.end)
        source = _OPENING.match(text, first.start, first.end)
        yield Hit(
            "CS005",
            paragraph.start,
            opening.end() if opening else paragraph.end,
            data={"shared": round(common / max(own, lengths[twin]), 2)},
            labels=[
                (
                    {"zh": "前面的一段", "en": "the earlier paragraph"},
                    first.start,
                    source.end() if source else first.end,
                )
            ],
        )


CHECKS = (Check(("CS005",), "clean", _repeated),)
