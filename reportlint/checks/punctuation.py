"""FM011 to FM018: punctuation, GB/T 15834-2011."""

from __future__ import annotations

from reportlint import patterns
from reportlint.chars import is_han
from reportlint.checks.model import Context, Hit
from reportlint.checks.official import rewrite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_OPEN = "（(《“【〔「『"
_CLOSE = "）)》”】〕」』"
_CLASS = {char: "）" if char in "（(）)" else _CLOSE[index % 8] for index, char in enumerate(_OPEN)}
_CLASS |= {char: "）" if char in "）)" else char for char in _CLOSE}
_BODY = 12
"""A heading has so much text under it, be it a sentence."""

_QUOTED = 60

_PAIRS = patterns.compile(f"[{patterns.escape(_OPEN + _CLOSE)}]")


def half_width(context: Context) -> Iterator[Hit]:
    """FM011: commas and the like between Han characters, brackets around them."""
    text, rules = context.text, context.ruleset
    if not any(mark in text for mark in _FULL):
        return
    for match in rules.compile("(?&fm-half-width)").finditer(text):
        yield rewrite("FM011", match.start(), match.end(), _FULL[match.group()], safe=True)
    for match in rules.compile("(?&fm-half-bracket)").finditer(text):
        inside = match["inside"]
        if not (is_han(inside[0]) and is_han(inside[-1])):
            continue
        start, end = match.span()
        hit = rewrite("FM011", start, end, f"（{inside}）", safe=True)
        yield hit._replace(edits=[(start, start + 1, "（"), (end - 1, end, "）")])


def between_titles(context: Context) -> Iterator[Hit]:
    """FM012: 《甲》、《乙》."""
    for match in patterns.finditer("(?<=》)、(?=《)", context.text):
        yield rewrite("FM012", match.start(), match.end(), "", safe=True)


def ordinals(context: Context) -> Iterator[Hit]:
    """FM013: 第一、 （一）、 1、"""
    text, structure, rules = context.text, context.structure, context.ruleset
    for match in rules.compile("(?&fm-ordinal)").finditer(text):
        yield rewrite("FM013", match.start("mark"), match.end("mark"), "，", safe=True)
    for match in rules.compile("(?&fm-bracketed-ordinal)").finditer(text):
        yield rewrite("FM013", match.start("mark"), match.end("mark"), "", safe=True)
    for label in structure.leads.values():
        if label.style == "num" and text[label.end - 1] in "、．":
            yield rewrite("FM013", label.end - 1, label.end, ".", safe=True)


def ellipses(context: Context) -> Iterator[Hit]:
    """FM014: ... and 。。。 for ……"""
    for match in context.ruleset.compile("(?&fm-ellipsis)").finditer(context.text):
        yield rewrite("FM014", match.start(), match.end(), "……", safe=True)


def unpaired(context: Context) -> Iterator[Hit]:
    """FM015: a bracket or quotation mark without the other one in its paragraph."""
    text = context.text
    carried = False
    for paragraph in context.structure.paragraphs:
        line = text[paragraph.start : paragraph.end]
        if line[0] == "“" and line.count("“") > line.count("”"):
            carried = True  # a quotation over several paragraphs opens each and closes the last
            continue
        stack: list[tuple[str, int]] = []
        for mark in _PAIRS.finditer(text, paragraph.start, paragraph.end):
            char, at = mark.group(), mark.start()
            if char in _OPEN:
                if char == "“" and stack and stack[-1][0] == "”":
                    stack.pop()  # meant to close: “四个意识“
                    yield Hit("FM015", at, at + 1)
                    continue
                stack.append((_CLASS[char], at))
            elif stack and stack[-1][0] == _CLASS[char]:
                stack.pop()
            elif any(kind == _CLASS[char] for kind, _ in stack[-8:]):
                while stack[-1][0] != _CLASS[char]:
                    opened = stack.pop()[1]
                    yield Hit("FM015", opened, opened + 1)
                stack.pop()
            elif char == "”" and carried:
                carried = False
            elif not (char in "）)" and _enumerates(text, paragraph.start, at)):
                yield Hit("FM015", at, at + 1)
        for _, at in stack:
            yield Hit("FM015", at, at + 1)


def _enumerates(text: str, start: int, at: int) -> bool:
    """Whether the bracket at ``at`` closes a number, as in 1） and a)."""
    before = text[max(start, at - 3) : at]
    return patterns.search("[0-9A-Za-z一二三四五六七八九十①-⑳]$", before) is not None


def heading_stops(context: Context) -> Iterator[Hit]:
    """FM016: headings of one level with and without a full stop."""
    text, structure = context.text, context.structure
    alone: dict[str, list[tuple[bool, int]]] = {}
    for heading in structure.headings:
        end = structure.paragraphs[heading.paragraph].end
        label = heading.label
        if label is None or label.style not in ("cn", "paren") or heading.body < end:
            continue
        if heading.own_stop - end < _BODY:
            continue  # an item of a list, whose last one ends in a full stop
        if heading.end == end or text[end - 1] == "。":
            alone.setdefault(label.style, []).append((text[end - 1] == "。", end))
    for found in alone.values():
        if not all(stop for stop, _ in found):
            for stop, end in found:
                if stop:
                    yield rewrite("FM016", end - 1, end, "", safe=False)


def straight_quotes(context: Context) -> Iterator[Hit]:
    """FM017: "四个自信", in a paragraph whose straight quotes pair."""
    text = context.text
    if '"' not in text:
        return
    for paragraph in context.structure.paragraphs:
        marks = [m.start() for m in patterns.finditer('"', text[paragraph.start : paragraph.end])]
        if len(marks) % 2:
            continue
        for left, right in zip(marks[::2], marks[1::2], strict=True):
            start, end = paragraph.start + left, paragraph.start + right
            inside = text[start + 1 : end]
            if len(inside) > _QUOTED or not inside or not is_han(inside[0]):
                continue
            hit = rewrite("FM017", start, end + 1, f"“{inside}”", safe=True)
            yield hit._replace(edits=[(start, start + 1, "“"), (end, end + 1, "”")])


def approximate(context: Context) -> Iterator[Hit]:
    """FM018: 三、四百人."""
    digits = "一二三四五六七八九"
    for match in context.ruleset.compile("(?&fm-about-comma)").finditer(context.text):
        low, high = match["low"], match["high"]
        if digits.index(high) == digits.index(low) + 1:
            hit = rewrite("FM018", match.start("low"), match.end("high"), low + high, safe=False)
            yield hit._replace(edits=[(*match.span("mark"), "")])
