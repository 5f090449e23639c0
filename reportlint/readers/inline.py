"""Inline Markdown with positions: what a reader of the rendered page does not see.

A parser that makes a tree drops columns, so a stretch of text is scanned here for the constructs
that reports hold. Where a construct could as well be a slot, it is left in the text: a bracket is
markup only as part of a link, a tag only if HTML has it.

Every construct is found in time linear in the length of the text: searches that can fail are either
bounded or remembered as failed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from typing import NamedTuple

from reportlint import patterns
from reportlint.chars import HAN
from reportlint.document import Span

_SPECIAL = patterns.compile(r"[\\`<&\[\]]|\*+|_+")
_TICKS = patterns.compile(r"`+")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SPACE_ENTITY = patterns.compile(r"&(?:nbsp|emsp|ensp|thinsp|#160|#x[aA]0|#819[45]|#12288|#x3000);")
_TAG = patterns.compile(r"</?([A-Za-z][A-Za-z0-9]{0,12})((?:\s[^<>]{0,1000}|/)?)>")
_AUTOLINK = patterns.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]{1,2000}|[\w.+\-]{1,64}@[\w.\-]{1,255})>"
)
_TARGET = patterns.compile(
    r"\([ \t]*+(<[^<>\r\n]{0,2000}>|[^\s()<]{0,2000}+(?:\([^\s()]{0,500}\)[^\s()]{0,500}+)?)"
    r"(?:[ \t]++(?:\"[^\"\r\n]{0,500}\"|'[^'\r\n]{0,500}'))?[ \t]*+\)"
)
_LABEL = patterns.compile(r"\[([^\[\]\r\n]{0,500})\]")
_FOOTNOTE = patterns.compile(r"\[\^[^\s\[\]]{1,40}\](?::[ \t]*+)?")
_HAN = patterns.compile(HAN)

# Not among them: title, time, address, label, data, var, which are also names of slots.
_TAGS = (
    " a abbr article aside b big blockquote br caption center cite code col colgroup dd del details"
    " dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li"
    " mark nav ol p pre q rp rt ruby s samp section small span strike strong style sub summary sup"
    " table tbody td tfoot th thead tr tt u ul wbr "
)


class Inline(NamedTuple):
    """What one stretch of text is made of, in coordinates of the document.

    ``markup``  what a reader does not see, without the delimiters of emphasis
    ``code``    the contents of code spans
    ``runs``    runs of asterisks or underscores that may be delimiters of emphasis
    ``remarks`` comments, which are markup as well
    """

    markup: list[Span]
    code: list[Span]
    runs: list[Span]
    remarks: list[Span]


def is_target(destination: str) -> bool:
    """Return whether the destination of a link looks like an address and not like a remark."""
    return not _HAN.search(destination) or any(mark in destination for mark in "/.#:")


def label(text: str) -> str:
    """Return the form in which labels of references are compared."""
    return " ".join(text.split()).casefold()


def scan(text: str, start: int, end: int, labels: Collection[str] = ()) -> Inline:
    """Scan ``text[start:end]``, the contents of one block. ``labels`` of defined references."""
    markup: list[Span] = []
    code: list[Span] = []
    runs: list[Span] = []
    remarks: list[Span] = []
    brackets: list[int] = []
    ticks: dict[int, list[int]] | None = None
    comment_end = True
    position = start
    while match := _SPECIAL.search(text, position, end):
        at, position = match.span()
        character = text[at]
        if character in "*_":
            runs.append(Span(at, position))
        elif character == "\\":
            if position < end and text[position] in _ESCAPABLE:
                markup.append(Span(at, position))
                position += 1
        elif character == "`":
            if ticks is None:
                ticks = {}
                for other in _TICKS.finditer(text, at, end):
                    ticks.setdefault(len(other[0]), []).append(other.start())
            position = _ticks_end(text, at, end)
            closing = _next(ticks.get(position - at, []), position)
            if closing is not None:
                markup.append(Span(at, position))
                if position < closing:
                    code.append(Span(position, closing))
                markup.append(Span(closing, closing + position - at))
                position = closing + position - at
        elif character == "<":
            if comment_end and text.startswith("<!--", at, end):
                closing = text.find("-->", at + 4, end)
                comment_end = closing >= 0
                if comment_end:
                    position = closing + 3
                    markup.append(Span(at, position))
                    remarks.append(markup[-1])
            elif tag := _TAG.match(text, at, end):
                if f" {tag[1].lower()} " in _TAGS:
                    position = tag.end()
                    markup.append(_apart(text, tag, start, end))
            elif autolink := _AUTOLINK.match(text, at, end):
                position = autolink.end()
                markup += (Span(at, at + 1), Span(position - 1, position))
        elif character == "&":
            if entity := _SPACE_ENTITY.match(text, at, end):
                position = entity.end()
                markup.append(Span(at, position))
        elif character == "[":
            if footnote := _FOOTNOTE.match(text, at, end):
                position = footnote.end()
                markup.append(Span(at, position))
            else:
                brackets.append(at)
        elif brackets:
            opening = brackets.pop()
            closing = _link_end(text, opening, at, end, labels)
            if closing:
                image = opening > start and text[opening - 1] == "!"
                markup += (Span(opening - image, opening + 1), Span(at, closing))
                position = closing
    return Inline(markup, code, runs, remarks)


def _ticks_end(text: str, at: int, end: int) -> int:
    match = _TICKS.match(text, at, end)
    return match.end() if match else at + 1


def _next(positions: list[int], minimum: int) -> int | None:
    index = bisect_left(positions, minimum)
    return positions[index] if index < len(positions) else None


def _apart(text: str, tag: re.Match[str], start: int, end: int) -> Span:
    """Return what is hidden of a tag: a line break keeps its ``>`` where figures would touch."""
    before, after = tag.start() - 1, tag.end()
    breaks = tag[1].lower() in ("br", "hr", "td", "th", "p", "div", "li")
    if breaks and before >= start and after < end:
        if text[before].isalnum() and text[after].isalnum():
            return Span(tag.start(), after - 1)
    return Span(tag.start(), after)


def _link_end(text: str, opening: int, at: int, end: int, labels: Collection[str]) -> int:
    """Return where the link ends whose text is ``text[opening + 1 : at]``, or 0 for no link."""
    target = _TARGET.match(text, at + 1, end)
    if target:
        return target.end() if is_target(target[1]) else 0
    if not labels:
        return 0
    full = _LABEL.match(text, at + 1, end)
    name = full[1] if full and full[1] else text[opening + 1 : min(at, opening + 501)]
    return (full.end() if full else at + 1) if label(name) in labels else 0
