"""CS005: a paragraph, or a long sentence, that stands in the draft twice.

A paragraph is its clauses. Each clause belongs to the first paragraph that has it, so that one pass
finds for every paragraph the earlier one with which it shares most, in time linear in the text.
Figures count: the same sentence about another village with other figures is another sentence.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Check, Context, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_SHORTEST = 40
_SHARED = 0.8
_LONG = 50
_LONGEST = 2000
_SENTENCE = patterns.compile(rf"[^。！？\n]{{1,{_LONGEST}}}")
_OPENING = patterns.compile(r"[^，。；！？\n]{1,30}")
_MARKS = "，。；：！？,;:!?"
"""What parts clauses, besides white space."""
_FORM = ("附件", "附表", "附：", "附:")


def _repeated(context: Context) -> Iterator[Hit]:
    text = context.text
    paragraphs, leads = context.structure.paragraphs, context.structure.leads
    parted = text
    for mark in _MARKS:
        parted = parted.replace(mark, " ")
    owners: dict[str, int] = {}
    passages: dict[int, list[str]] = {}
    sentences = _Sentences(text)
    last = (-2, -2)
    for index, paragraph in enumerate(paragraphs):
        start, end = paragraph.start, paragraph.end
        if text.startswith(_FORM, start, end):
            return
        if end - start < _SHORTEST or paragraph.kind not in ("text", "item"):
            continue
        if index in leads:
            start = leads[index].end
        clauses = parted[start:end].split()
        mine = dict.fromkeys(clauses, index)
        # What was read before, in characters: earlier in this paragraph or, below, in another one.
        before = 0
        if len(mine) < len(clauses):
            before = sum(map(len, clauses)) - sum(map(len, mine))
        alike = False
        passages[index] = clauses
        if owners.keys().isdisjoint(mine):
            owners.update(mine)
        else:
            shared: dict[int, int] = {}
            for clause in clauses:
                owner = owners.setdefault(clause, index)
                if owner != index:
                    shared[owner] = shared.get(owner, 0) + len(clause)
            before += sum(shared.values())
            twin = max(shared, key=shared.__getitem__)
            own = sum(map(len, clauses))
            whole = max(own, sum(map(len, passages[twin])))
            alike = own >= _SHORTEST - 10 and shared[twin] >= _SHARED * whole
        if not alike:
            sentences.put(start, end)
            # A sentence that stands twice is of such clauses, unless it is cut for its length.
            if before >= _LONG // 2 or end - start > _LONGEST:
                yield from sentences.repeated()
            continue
        if last != (index - 1, twin - 1):  # else the whole passage stands twice: once is enough
            earlier = paragraphs[twin]
            share = round(shared[twin] / whole, 2)
            yield _hit(text, paragraph.start, end, earlier.start, earlier.end, share)
        last = (index, twin)


class _Sentences:
    """The long sentences of a draft: of some passages where each stands, the others to be read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._first: dict[str, int] = {}
        self._unread: list[tuple[int, int]] = []

    def put(self, start: int, end: int) -> None:
        """Add a passage."""
        if end - start >= _LONG:
            self._unread.append((start, end))

    def repeated(self) -> Iterator[Hit]:
        """Read what was put and yield the sentences of it that stand earlier."""
        text = self._text
        for start, end in self._unread:
            for match in _SENTENCE.finditer(text, start, end):
                sentence = match.group().strip()
                if len(sentence) < _LONG:
                    continue
                at = self._first.setdefault(sentence, match.start())
                if at != match.start():
                    yield _hit(text, match.start(), match.end(), at, at + len(sentence), 1.0)
        self._unread.clear()


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
