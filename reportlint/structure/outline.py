"""Paragraphs, the title and the tree of headings.

A heading is a paragraph that its file format marks as one, a numbered line, or a short line without
punctuation above longer text. Its title ends at the first sentence mark: reports often let the text
run on in the same line (``（一）带头学。县委……``).
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.lean import NamedTuple
from reportlint.structure.labels import HEADING_STYLES, RANKS, Label

LONGEST_SHORT = 24
"""A line without a number that is longer than this is no heading."""

LONGEST_TITLE = 48
"""A numbered line whose first sentence is longer than this is a numbered paragraph."""


class Paragraph(NamedTuple):
    """A block of the document in the coordinates of the clean view, without outer white space."""

    start: int
    end: int
    kind: str
    level: int


class Heading(NamedTuple):
    """A heading and what stands under it.

    ``text[start:end]`` is the title without its label, ``body`` is where the text begins,
    ``stop`` where the next heading of this depth or above begins, ``own_stop`` where any next
    heading begins. ``depth`` counts from 0; ``rank`` orders styles of headings, low is outer.
    """

    paragraph: int
    label: Label | None
    start: int
    end: int
    body: int
    own_stop: int
    stop: int
    rank: int
    depth: int


_TITLE_END = patterns.compile(r"[。；！？!?;]|[:：](?=.)|\n")
_SHORT_LINE = patterns.compile(rf"[^。；;，,：:！？!?…\n]{{2,{LONGEST_SHORT}}}")
_NOT_A_HEADING = patterns.compile(
    r"^(?:各位|尊敬|同志们|附[:：件]|记录|出席|列席|主持|抄送|签发|联系|特此|以上)|[0-9xX×Ｘ*_]年|[0-9]{1,4}[月日%％]|[）)】\]]$"
)


def headings(
    text: str, paragraphs: list[Paragraph], leads: dict[int, Label], body_from: int
) -> list[Heading]:
    """Return the headings among ``paragraphs`` in order.

    ``leads`` maps paragraph indices to the labels that open them; paragraphs before ``body_from``
    are the title area and never headings.
    """
    found: list[tuple[int, Label | None, int, int, int, int]] = []
    for index, paragraph in enumerate(paragraphs):
        if index < body_from:
            continue
        label = leads.get(index)
        if paragraph.kind == "cell":
            continue
        if paragraph.kind == "heading":
            start = label.end if label else paragraph.start
            found.append((index, label, start, paragraph.end, paragraph.end, paragraph.level))
        elif label is not None and label.style in HEADING_STYLES and not label.doubtful:
            stop = _TITLE_END.search(text, label.end, paragraph.end)
            end = stop.start() if stop else paragraph.end
            if end - label.end <= LONGEST_TITLE:
                body = min(stop.end(), paragraph.end) if stop else paragraph.end
                found.append((index, label, label.end, end, body, 10 + RANKS[label.style]))
        elif label is None and _is_short_heading(text, paragraphs, index):
            found.append((index, None, paragraph.start, paragraph.end, paragraph.end, 14))
    return _nested(text, paragraphs, found)


def _is_short_heading(text: str, paragraphs: list[Paragraph], index: int) -> bool:
    paragraph = paragraphs[index]
    if paragraph.end - paragraph.start > LONGEST_SHORT or paragraph.kind != "text":
        return False
    if index + 1 >= len(paragraphs):
        return False
    line = text[paragraph.start : paragraph.end]
    if not _SHORT_LINE.fullmatch(line) or _NOT_A_HEADING.search(line):
        return False
    below = paragraphs[index + 1]
    return below.end - below.start > max(30, len(line))


def _nested(
    text: str,
    paragraphs: list[Paragraph],
    found: list[tuple[int, Label | None, int, int, int, int]],
) -> list[Heading]:
    stops = [paragraphs[item[0]].start for item in found] + [len(text)]
    closes = [len(text)] * len(found)
    depths = [0] * len(found)
    stack: list[int] = []
    for number, item in enumerate(found):
        while stack and found[stack[-1]][5] >= item[5]:
            closes[stack.pop()] = stops[number]
        depths[number] = len(stack)
        stack.append(number)
    headings = []
    for number, (index, label, start, end, body, rank) in enumerate(found):
        while start < end and text[start].isspace():
            start += 1
        headings.append(
            Heading(
                index,
                label,
                start,
                end,
                body,
                stops[number + 1],
                closes[number],
                rank,
                depths[number],
            )
        )
    return headings
