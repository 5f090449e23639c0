"""Styles: which paragraphs are headings, and how lists and headings are numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from reportlint.readers.limits import MAX_NAMES, too_large
from reportlint.readers.numerals import numeral
from reportlint.readers.odt.names import STYLE, TEXT, keyed, whole

LEVELS = 10

_LONGEST_CHAIN = 20
_LONGEST_LABEL = 64

_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "一, 十, 一百, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth",
    "01, 02, 03, ...": "decimalZero",
}
_CONTENTS = re.compile(r"(?:contents|toc|目录)\s?\d", re.IGNORECASE)
_PLACE = re.compile(r"%([0-9]{1,2})%")
_LIST_FORMAT = (
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0 num-list-format",
    STYLE + "num-list-format",
)


class _Style(NamedTuple):
    """``level`` and ``list`` None: the style does not say, its parent may."""

    parent: str | None
    level: int | None
    list: str | None
    contents: bool


class Look(NamedTuple):
    """What a paragraph gets from its style: the level of a heading or 0, and the rest."""

    level: int
    list: str | None
    contents: bool


class Level(NamedTuple):
    """One level of a list; ``format`` is empty where it has no number."""

    format: str
    prefix: str
    suffix: str
    shown: int
    start: int
    pattern: str | None

    def label(self, numbers: Mapping[int, int], depth: int, levels: Mapping[int, Level]) -> str:
        """Return the label of an item at ``depth`` (from 1); ``numbers`` counts every level."""
        if not self.format:
            return ""

        def number(place: int) -> str:
            level = levels.get(place)
            if level is None or not level.format:
                return ""
            return numeral(numbers.get(place, level.start), level.format)

        if self.pattern is not None:
            text = _PLACE.sub(lambda match: number(int(match[1])), self.pattern)
        else:
            places = range(max(1, depth - self.shown + 1), depth + 1)
            shown = ".".join(part for place in places if (part := number(place)))
            text = self.prefix + shown + self.suffix
        return text[:_LONGEST_LABEL]


class Styles:
    """The styles of one part; what it does not define may be in ``common``."""

    def __init__(self, common: Styles | None = None) -> None:
        self._common = common
        self._styles: dict[str, _Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._looks: dict[str, Look] = {}
        self._levels: dict[int, Level] | None = None
        self.outline: dict[int, Level] = common.outline if common else {}

    def starts(self) -> dict[str, Any]:
        """Return the handlers that collect the styles of a part."""
        return keyed(STYLE, {"style": self._style}) | keyed(
            TEXT,
            {
                "list-style": self._list_style,
                "outline-style": self._outline_style,
                "list-level-style-number": self._level,
                "list-level-style-bullet": self._bullet,
                "list-level-style-image": self._bullet,
                "outline-level-style": self._level,
            },
        )

    def look(self, name: str | None) -> Look:
        """Return what a paragraph of the style ``name`` looks like."""
        name = name or "Standard"
        if name not in self._looks:
            self._looks[name] = self._resolve(name)
        return self._looks[name]

    def levels(self, name: str | None) -> Mapping[int, Level]:
        """Return the levels of the list style ``name``; none where it is not known."""
        if name is None:
            return {}
        if name not in self._lists and self._common:
            return self._common.levels(name)
        return self._lists.get(name, {})

    def _resolve(self, name: str | None) -> Look:
        level: int | None = None
        lists: str | None = None
        contents = False
        for _ in range(_LONGEST_CHAIN):
            style = self._find(name)
            if style is None:
                break
            level = style.level if level is None else level
            lists = style.list if lists is None else lists
            contents = contents or style.contents
            name = style.parent
        return Look(level or 0, lists, contents)

    def _find(self, name: str | None) -> _Style | None:
        if name is None:
            return None
        found = self._styles.get(name)
        return self._common._find(name) if found is None and self._common else found

    def _style(self, attributes: Mapping[str, str]) -> None:
        if attributes.get(STYLE + "family") != "paragraph":
            return
        name = attributes.get(STYLE + "name", "")
        level: int | None = None
        outline = attributes.get(STYLE + "default-outline-level")
        if outline is not None:
            level = whole(attributes, STYLE + "default-outline-level", 0)
        self._styles[name] = _Style(
            attributes.get(STYLE + "parent-style-name"),
            level,
            attributes.get(STYLE + "list-style-name"),
            bool(_CONTENTS.match(attributes.get(STYLE + "display-name", name))),
        )
        self._bound()

    def _list_style(self, attributes: Mapping[str, str]) -> None:
        self._levels = self._lists.setdefault(attributes.get(STYLE + "name", ""), {})
        self._bound()

    def _outline_style(self, _: Mapping[str, str]) -> None:
        self._levels = self.outline = {}

    def _bound(self) -> None:
        if len(self._styles) + len(self._lists) > MAX_NAMES:
            raise too_large("样式过多", "too many styles")

    def _level(self, attributes: Mapping[str, str]) -> None:
        format = attributes.get(STYLE + "num-format", "")
        pattern = next((attributes[name] for name in _LIST_FORMAT if name in attributes), None)
        self._put(
            attributes,
            Level(
                _FORMATS.get(format, "decimal") if format else "",
                attributes.get(STYLE + "num-prefix", "")[:_LONGEST_LABEL],
                attributes.get(STYLE + "num-suffix", "")[:_LONGEST_LABEL],
                whole(attributes, TEXT + "display-levels", 1),
                whole(attributes, TEXT + "start-value", 1),
                pattern[:_LONGEST_LABEL] if pattern is not None else None,
            ),
        )

    def _bullet(self, attributes: Mapping[str, str]) -> None:
        self._put(attributes, Level("", "", "", 1, 1, None))

    def _put(self, attributes: Mapping[str, str], level: Level) -> None:
        place = whole(attributes, TEXT + "level", 0)
        if self._levels is not None and 1 <= place <= LEVELS:
            self._levels[place] = level


class Counter:
    """The numbers of one list: those last given, by level."""

    __slots__ = ("numbers",)

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}

    def next(self, depth: int, levels: Mapping[int, Level], start: int | None = None) -> str:
        """Count an item at ``depth``, from 1, and return its label."""
        level = levels.get(depth)
        if level is None:
            return ""
        first = level.start if start is None else start
        last = self.numbers.get(depth)
        self.numbers[depth] = first if last is None or start is not None else last + 1
        for deeper in [place for place in self.numbers if place > depth]:
            del self.numbers[deeper]
        return level.label(self.numbers, depth, levels)
