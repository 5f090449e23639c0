"""Numbering labels: at the start of a paragraph and inside it.

A label is a number in one of the genre's styles (GB/T 9704-2012, 7.3.3, and common use)::

    chapter   第一章        cn        一、  一.       circle    ①
    part      第一部分      paren     （一）          ordinal   第一，  第二是
    section   第一节        num       1.  1、         run       一是  二要
    article   第一条        num-paren （1）  ⑴        its       其一，
                            num-half  1）

Labels inside a paragraph count only at the start of a clause: 项（二）规定 has none.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.chars import HAN, SPACE
from reportlint.lean import NamedTuple
from reportlint.structure.numerals import CHINESE, DECIMAL, SINGLE, ordinal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence


RANKS = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "article": 3,
    "cn": 4,
    "paren": 5,
    "num": 6,
    "num-paren": 7,
    "num-half": 8,
    "circle": 9,
    "ordinal": 10,
    "run": 11,
    "its": 12,
    "item": 13,
    "word": 14,
}
"""The usual order of the styles, outermost first."""

HEADING_STYLES = frozenset(list(RANKS)[:10])
"""Styles that can number a heading."""


class Label(NamedTuple):
    """A label. ``text[start:end]`` is the number with its punctuation, without spaces after it.

    ``paragraph`` is the index of its paragraph; ``leads`` is True where the label opens it.
    ``doubtful`` marks a look-alike of a list of numbers: 二、三级医院 may be 二、 or not.
    """

    style: str
    value: int
    start: int
    end: int
    paragraph: int
    leads: bool
    doubtful: bool = False


_CN = f"[{CHINESE}]{{1,5}}"
_CLOSED = f"[{SINGLE}]"
_DIVISIONS = {
    "章": "chapter",
    "节": "section",
    "条": "article",
    "部分": "part",
    "篇": "part",
    "编": "part",
}

_LEADING = patterns.compile(
    rf"第\s?(?P<division>{_CN}|[0-9]{{1,3}})\s?(?P<unit>章|节|条|部分|篇|编)(?![、和及与至到第的款项规])"
    rf"|第(?P<ordinal>{_CN})(?:[，,、：:]|(?=是))"
    rf"|(?P<run>[{CHINESE[1:]}]{{1,3}})(?:是|要)(?![一二三四五六七八九]是)"
    rf"|其(?P<its>[一二三四五六七八九])[，,、：:是]"
    rf"|(?P<cn>{_CN})[ \u3000]?[、.．](?![ \u3000]?[、.．])"
    rf"|[（(〔]\s?(?P<paren>{_CN})\s?[）)〕]、?"
    rf"|[（(]\s?(?P<nparen>[0-9０-９]{{1,2}})\s?[）)]、?"
    rf"|(?P<half>[0-9０-９]{{1,2}})[）)]"
    rf"|(?P<num>[0-9０-９]{{1,2}})(?:[、．](?![0-9]{{1,4}}[^0-9年月日项个条次种类大]|[0-9]{{1,4}}$)|\.(?![0-9.]))"
    rf"|(?P<single>{_CLOSED})[、.．]?"
)

OPENS = frozenset(f"第其（(〔{CHINESE}{DECIMAL}{SINGLE}")
"""The characters with which a label begins."""

NUMBER = (
    rf"[第一二三四五六七八九十两其首再（({DECIMAL}{SINGLE}]"
    rf"(?:方面|(?&count-measure)|(?<![^。；;，,：:！!？?）)”—…、{SPACE}][^{SINGLE}]))"
)
"""Where a label may begin inside a paragraph, or a number with the measure word behind it: one
search for both. No label goes on with a measure word, so nothing is both.
"""
_INLINE = patterns.compile(
    r"第(?P<ordinal>[一二三四五六七八九十]{1,2})(?:[，,：:]|(?=是))"
    r"|(?P<run>[一二三四五六七八九十]{1,3})(?:是|要)"
    r"|其(?P<its>[一二三四五六七八九])[，,：:是]"
    r"|(?P<word>首先|其次|再次)[，,]?"
    rf"|(?<=[。；;：:\s])(?P<item>[一二三四五六七八九十]{{1,3}})、(?={HAN}|[“《])"
    r"|(?<=[。；;，,：:！!？?\s])(?:[（(](?P<paren>[一二三四五六七八九十]{1,3})[）)]"
    r"|[（(](?P<nparen>[0-9０-９]{1,2})[）)]"
    r"|(?P<half>[1-9１-９][0-9０-９]?)[）)]"
    r"|(?P<num>[1-9１-９][0-9０-９]?)(?:[、．]|\.(?![0-9])[ \u3000]?)"
    rf"(?={HAN}|[“《【〔\[{{<XxＸ×*＊_＿○□]))"
)

_VALUES = {"首先": 1, "其次": 2, "再次": 3} | {
    c: i for i, c in enumerate("一二三四五六七八九十", 1)
}
"""Of words, and of the numbers that are most common."""
_STYLES = {
    "item": "item",
    "word": "word",
    "ordinal": "ordinal",
    "run": "run",
    "its": "its",
    "cn": "cn",
    "paren": "paren",
    "nparen": "num-paren",
    "half": "num-half",
    "num": "num",
}
_TWIN = patterns.compile(rf"(?P<next>{_CN})(?:[、，]|[级类次线产期季月年代届层维度档等])")


def leading(text: str, start: int, end: int, paragraph: int) -> Label | None:
    """Return the label that opens ``text[start:end]``, if there is one."""
    if start >= end or text[start] not in OPENS:
        return None
    match = _LEADING.match(text, start, end)
    if match is None:
        return None
    label = _label(match, text, paragraph, True)
    if label is not None and label.style == "cn" and _is_twin(text, label.value, label.end):
        return label._replace(doubtful=True)
    return label


def _is_twin(text: str, value: int, end: int) -> bool:
    """Whether a number and 、 are followed by the next number and a noun: 二、三级医院."""
    twin = _TWIN.match(text, end)
    return twin is not None and (ordinal(twin["next"]) or 0) == value + 1


def places(numbers: re.Pattern[str], text: str) -> tuple[list[int], list[int]]:
    """Return where in ``text`` a label may stand that does not open a paragraph, and where a number
    stands before a measure word. ``numbers`` is NUMBER as the rules compile it.
    """
    free, counting = [], []
    for match in numbers.finditer(text):
        start, end = match.span()
        if end > start + 1:
            counting.append(start)
        elif start:
            free.append(start)
    return free, counting


def inline(text: str, at: Sequence[int], end: int, paragraph: int) -> list[Label]:
    """Return the labels at these ``places`` of a paragraph that ends at ``end``, in order."""
    labels: list[Label] = []
    # A mark belongs to the label that it ends, and is no place for another one to begin.
    free = 0
    for place in at:
        if text[place] in SINGLE:
            value = ordinal(text[place]) or 0
            labels.append(Label(_single(text[place]), value, place, place + 1, paragraph, False))
        elif place >= free:
            match = _INLINE.match(text, place, end)
            if match is not None:
                free = match.end() + 1
                label = _label(match, text, paragraph, False)
                if label is not None:
                    labels.append(label)
    return labels


def _single(char: str) -> str:
    """Return the style of a character that is a whole label by itself."""
    if "⑴" <= char <= "⒇":
        return "num-paren"
    if "⒈" <= char <= "⒛":
        return "num"
    return "paren" if "㈠" <= char <= "㈩" else "circle"


def _label(match: re.Match[str], text: str, paragraph: int, leads: bool) -> Label | None:
    # the group of the alternative that matched; that of a division is its unit
    name = match.lastgroup or ""
    start, end = match.span()
    number = match[name]
    style = _STYLES.get(name)
    if style is None:
        if name == "unit":
            style, number = _DIVISIONS[number], match["division"]
        else:
            style = _single(number)
    value = _VALUES.get(number) or ordinal(number)
    if not value or (style == "item" and _is_twin(text, value, end)):
        return None
    while text[end - 1] in " \u3000":
        end -= 1
    return Label(style, value, start, end, paragraph, leads)
