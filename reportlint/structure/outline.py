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


# A set first, so that the search skips what is none of it. A colon ends no line.
_TITLE_END = patterns.compile(r"[。；！？!?;:：\n](?:(?<![:：])|(?=.))")
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
    for index in range(body_from, len(paragraphs)):
        first, last, kind, level = paragraphs[index]
        label = leads.get(index)
        if kind == "cell":
            continue
        if kind == "heading":
            found.append((index, label, label.end if label else first, last, last, level))
        elif label is None:
            short = kind == "text" and last - first <= LONGEST_SHORT
            if short and _is_short_heading(text, paragraphs, index):
                found.append((index, None, first, last, last, 14))
        elif label.style in HEADING_STYLES and not label.doubtful:
            stop = _TITLE_END.search(text, label.end, last)
            end = stop.start() if stop else last
            if end - label.end <= LONGEST_TITLE:
                body = min(stop.end(), last) if stop else last
                found.append((index, label, label.end, end, body, 10 + RANKS[label.style]))
    return _nested(text, paragraphs, found)


def _is_short_heading(text: str, paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a line of at most LONGEST_SHORT characters is a heading of the text below it."""
    if index + 1 >= len(paragraphs):
        return False
    start, end, _, _ = paragraphs[index]
    first, last, _, _ = paragraphs[index + 1]
    if last - first <= max(30, end - start):
        return False
    line = text[start:end]
    return bool(_SHORT_LINE.fullmatch(line)) and not _NOT_A_HEADING.search(line)


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
