"""WD: what a word processor holds besides the words and a final draft should not.

All of it comes from the traces and the comments of the document; a text file has none. Slots that
only the file knows of (unfilled controls and form fields) are family PH.
"""

from __future__ import annotations

from reportlint.checks.model import Check, Context, Hit
from reportlint.document import Document, Trace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


OURSELVES = "reportlint"
"""The author of comments that ``reportlint annotate`` has written."""

CHANGES: Mapping[str, Mapping[str, str]] = {
    "insertion": {"zh": "插入", "en": "insertion"},
    "deletion": {"zh": "删除", "en": "deletion"},
    "move": {"zh": "移动", "en": "move"},
    "formatting": {"zh": "格式", "en": "formatting"},
}
"""The kinds of traces that are tracked changes."""

_SOMEBODY = {"zh": "有人", "en": "somebody"}
_MARKED = {
    "highlight": {"zh": "加了底色", "en": "highlighted"},
    "red": {"zh": "标成红色", "en": "red"},
}
_REASONS = {
    "control": {"zh": "内容控件里还是提示文字", "en": "its content control shows the prompt"},
    "style": {"zh": "用的是占位符文本的样式", "en": "it has the style of placeholder text"},
    "field": {"zh": "窗体域是空的", "en": "its form field is empty"},
    "placeholder": {"zh": "占位符域还没有填", "en": "it is a placeholder field"},
}
_ASIDE = ("header", "footer", "textbox")
"""Where the letterhead may stand besides the first lines."""

_LETTERHEAD = 12
"""Lines at the top that may be its letterhead, as long as none of them ends a sentence."""

_SHOWN = 30
"""Characters of a draft that a message repeats, at most."""


def _changes(context: Context) -> Iterator[Hit]:
    """Yield a hit for each run of changes of one author with nothing but line ends between them."""
    document, lang = context.document, context.settings.lang
    text = document.text
    group: list[Trace] = []
    for trace in [t for t in document.traces if t.kind in CHANGES] + [Trace(-1, -1, "")]:
        if group:
            end = max(one.end for one in group)
            joined = trace.detail == group[0].detail and not text[end : max(trace.start, 0)].strip()
            if joined and trace.kind:
                group.append(trace)
                continue
            kinds = [kind for kind in CHANGES if any(one.kind == kind for one in group)]
            start, end = _trimmed(text, group[0].start, end)
            fields = {
                "author": group[0].detail or _SOMEBODY[lang],
                "change": {"zh": "、", "en": ", "}[lang].join(
                    CHANGES[kind][lang] for kind in kinds
                ),
            }
            yield Hit("WD001", start, end, fields, {"changes": kinds})
        group = [trace]


def _comments(context: Context) -> Iterator[Hit]:
    lang = context.settings.lang
    for comment in context.document.comments:
        if not comment.apart or comment.author == OURSELVES or _silences(comment.text):
            continue
        words = " ".join(comment.text.split())
        fields = {"author": comment.author or _SOMEBODY[lang], "remark": _short(words)}
        yield Hit("WD002", comment.start, comment.end, fields)


def _silences(remark: str) -> bool:
    """Return whether a comment is meant for us."""
    from reportlint.suppress import directives

    return directives.parse(remark) is not None


def _hidden(context: Context) -> Iterator[Hit]:
    document = context.document
    for start, end in _extents(document, [t for t in document.traces if t.kind == "hidden"]):
        yield Hit("WD003", start, end, {"text": _short(document.text[start:end])})


def _marked(context: Context) -> Iterator[Hit]:
    document, lang = context.document, context.settings.lang
    body = _first_sentence(document)
    taken: set[tuple[int, int]] = set()
    for kind, words in _MARKED.items():
        traces = [t for t in document.traces if t.kind == kind]
        # A draft that is mostly red was made so: nothing stands out in it.
        if 2 * sum(t.end - t.start for t in traces) > len(document.text) > 4 * _SHOWN:
            continue
        for start, end in _extents(document, traces):
            if (start, end) in taken or (kind == "red" and _official(document, start, body)):
                continue
            taken.add((start, end))
            fields = {"text": _short(document.text[start:end]), "mark": words[lang]}
            yield Hit("WD004", start, end, fields, {"mark": kind})


def _struck(context: Context) -> Iterator[Hit]:
    document = context.document
    for start, end in _extents(document, [t for t in document.traces if t.kind == "struck"]):
        yield Hit("WD005", start, end, {"text": _short(document.text[start:end])})


def _slots(context: Context) -> Iterator[Hit]:
    document, view = context.document, context.view
    lang = context.settings.lang
    for trace in document.traces:
        if trace.kind == "slot" and trace.start < trace.end:
            start, end = view.here(trace.start), view.here(trace.end)
            if start < end:
                words = document.text[trace.start : trace.end]
                fields = {
                    "text": _short(words.strip() or words),
                    "reason": _REASONS[trace.detail][lang],
                }
                yield Hit("PH011", start, end, fields, {"reason": trace.detail})


def _extents(document: Document, traces: Iterable[Trace]) -> Iterator[tuple[int, int]]:
    """Yield where the words of traces are, joined where they meet, white space at the ends left."""
    start = end = -1
    for trace in [*traces, Trace(len(document.text) + 1, -1, "")]:
        if start <= trace.start <= end:
            end = max(end, trace.end)
            continue
        first, last = _trimmed(document.text, start, end)
        if first < last:
            yield first, last
        start, end = trace.start, trace.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = start, end
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return (first, last) if first < last else (start, start)


def _first_sentence(document: Document) -> int:
    """Return where the letterhead is over at the latest: where the first sentence begins."""
    for number, block in enumerate(document.outer):
        ending = document.text[block.end - 1]
        if number == _LETTERHEAD or ending in "。：；:;！？" or block.end - block.start > 60:
            return block.start
    return len(document.text)


def _official(document: Document, start: int, body: int) -> bool:
    """Return whether red letters are those of a letterhead or of a heading."""
    block = document.block_at(start)
    if start < body or block is None or block.kind == "heading":
        return True
    return block.address is not None and any(place in block.address for place in _ASIDE)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


CHECKS = (
    Check(("WD001",), "source", _changes),
    Check(("WD002",), "source", _comments),
    Check(("WD003",), "source", _hidden),
    Check(("WD004",), "source", _marked),
    Check(("WD005",), "source", _struck),
    Check(("PH011",), "clean", _slots),
)
