"""Automatic numbering: the number that a reader sees before a paragraph.

Lists are counted as Word counts them. Lists of one abstract definition share their counters; a
level restarts after a higher one was used, unless it says otherwise; a start override holds from
the first use of its list. A level that is used before the levels above it brings them to their
start. Reference: ECMA-376 §17.9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reportlint.readers.docx.markup import attribute, on, whole, word
from reportlint.readers.docx.styles import Styles
from reportlint.readers.numerals import numeral
from reportlint.readers.package import Package
from reportlint.readers.xml import Listener, walk

LEVELS = 9

_LONGEST_LABEL = 64
"""Characters of a label; only a hostile file has longer ones."""

_LONGEST_CHAIN = 20
"""Lists that stand for one another through styles."""

_PLACE = re.compile(r"%([1-9])")


class Level:
    """One level of a list, as the file gives it."""

    __slots__ = ("format", "hidden", "legal", "restart", "start", "style", "suffix", "text")

    def __init__(self) -> None:
        self.start = 0
        self.format = "decimal"
        self.text = ""
        self.legal = self.hidden = False
        self.restart: int | None = None
        self.suffix = "tab"
        self.style: str | None = None


class _Abstract:
    __slots__ = ("levels", "link")

    def __init__(self) -> None:
        self.levels: dict[int, Level] = {}
        self.link: str | None = None


class _Num:
    __slots__ = ("abstract", "levels", "starts")

    def __init__(self) -> None:
        self.abstract: int | None = None
        self.levels: dict[int, Level] = {}
        self.starts: dict[int, int] = {}


class List(NamedTuple):
    """A list that paragraphs belong to: its levels, and where levels start that override theirs.

    Lists with the same ``counters`` count on from one another.
    """

    id: int
    counters: int
    levels: Mapping[int, Level]
    starts: Mapping[int, int]

    def level_of(self, style_id: str) -> int | None:
        """Return the level that numbers the paragraphs of a style."""
        for index, level in self.levels.items():
            if level.style == style_id:
                return index
        return None

    def start(self, index: int) -> int:
        """Return the first number of a level."""
        level = self.levels.get(index)
        return self.starts.get(index, level.start if level else 0)


class Numbering:
    """The lists of a document. ``part`` is the name of their part, if there is one."""

    def __init__(self, package: Package, part: str | None, styles: Styles) -> None:
        self._abstracts: dict[int, _Abstract] = {}
        self._nums: dict[int, _Num] = {}
        self._lists: dict[int, List | None] = {}
        self._styles = styles
        if part is not None and part in package:
            self._load(package, part)

    def list(self, num_id: int) -> List | None:
        """Return the list that a ``numId`` names; None where it names none."""
        if num_id not in self._lists:
            self._lists[num_id] = self._resolve(num_id)
        return self._lists[num_id]

    def _resolve(self, num_id: int) -> List | None:
        num = self._nums.get(num_id)
        if num is None or num.abstract is None:
            return None
        key, abstract = num.abstract, self._abstracts.get(num.abstract)
        for _ in range(_LONGEST_CHAIN):
            if abstract is None or abstract.levels or abstract.link is None:
                break
            linked = self._nums.get(self._styles.number_of(abstract.link) or 0)
            if linked is None or linked.abstract is None:
                break
            key, abstract = linked.abstract, self._abstracts.get(linked.abstract)
        levels = {**(abstract.levels if abstract else {}), **num.levels}
        return List(num_id, key, levels, num.starts)

    def _load(self, package: Package, part: str) -> None:
        abstract, num, level = _Abstract(), _Num(), Level()
        inside_num = False
        override = 0

        def begin_abstract(attributes: Mapping[str, str]) -> None:
            nonlocal abstract, inside_num
            abstract, inside_num = _Abstract(), False
            number = whole(attributes, "abstractNumId")
            if number is not None:
                self._abstracts[number] = abstract

        def begin_num(attributes: Mapping[str, str]) -> None:
            nonlocal num, inside_num
            num, inside_num = _Num(), True
            number = whole(attributes, "numId")
            if number is not None:
                self._nums[number] = num

        def begin_override(attributes: Mapping[str, str]) -> None:
            nonlocal override
            override = whole(attributes, "ilvl") or 0

        def begin_level(attributes: Mapping[str, str]) -> None:
            nonlocal level
            level = Level()
            index = whole(attributes, "ilvl")
            if inside_num:
                index = override
            if index is not None and index < LEVELS:
                (num if inside_num else abstract).levels[index] = level

        def abstract_id(attributes: Mapping[str, str]) -> None:
            num.abstract = whole(attributes)

        def start_override(attributes: Mapping[str, str]) -> None:
            value = whole(attributes)
            if value is not None:
                num.starts[override] = value

        def link(attributes: Mapping[str, str]) -> None:
            abstract.link = attribute(attributes)

        def start(attributes: Mapping[str, str]) -> None:
            level.start = whole(attributes) or 0

        def number_format(attributes: Mapping[str, str]) -> None:
            level.format = attribute(attributes) or "decimal"
            if level.format == "custom":
                shown = (attribute(attributes, "format") or "").partition(",")[0].strip()
                level.format = shown if shown.isascii() and shown.isdigit() else "decimal"

        def text(attributes: Mapping[str, str]) -> None:
            level.text = (attribute(attributes) or "")[:_LONGEST_LABEL]

        def restart(attributes: Mapping[str, str]) -> None:
            level.restart = whole(attributes)

        def legal(attributes: Mapping[str, str]) -> None:
            level.legal = on(attributes)

        def vanish(attributes: Mapping[str, str]) -> None:
            level.hidden = on(attributes)

        def suffix(attributes: Mapping[str, str]) -> None:
            level.suffix = attribute(attributes) or "tab"

        def style(attributes: Mapping[str, str]) -> None:
            level.style = attribute(attributes)

        starts = word(
            abstractNum=begin_abstract,
            num=begin_num,
            lvlOverride=begin_override,
            lvl=begin_level,
            abstractNumId=abstract_id,
            startOverride=start_override,
            numStyleLink=link,
            start=start,
            numFmt=number_format,
            lvlText=text,
            lvlRestart=restart,
            isLgl=legal,
            vanish=vanish,
            suff=suffix,
            pStyle=style,
        )
        walk(part, package.read(part), package.budget, Listener(starts, {}))


class Counters:
    """Where the lists of one story stand. Body, text boxes, headers and notes count apart."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._values: dict[int, list[int | None]] = {}
        self._overridden: set[tuple[int, int]] = set()

    def next(self, num_id: int, index: int) -> tuple[str, str]:
        """Count one paragraph. Return its label, perhaps empty, and what Word sets after it.

        The second is ``tab``, ``space`` or ``nothing``.
        """
        entries = self._numbering.list(num_id)
        level = entries.levels.get(index) if entries else None
        if entries is None or level is None:
            return "", "nothing"
        values = self._values.setdefault(entries.counters, [None] * LEVELS)
        current = values[index]
        if index in entries.starts and (num_id, index) not in self._overridden:
            self._overridden.add((num_id, index))
            current = None
        values[index] = entries.start(index) if current is None else current + 1
        for above in range(index):
            if values[above] is None:
                values[above] = entries.start(above)
        for below in range(index + 1, LEVELS):
            deeper = entries.levels.get(below)
            # lvlRestart names, from 1, the lowest level whose use restarts; 0 is never.
            last = below if deeper is None or deeper.restart is None else deeper.restart
            if index < last:
                values[below] = None
        if level.format == "bullet" or level.hidden:
            return "", "nothing"
        return _label(entries, level, values), level.suffix


def _label(entries: List, level: Level, values: list[int | None]) -> str:
    numerals: dict[int, str] = {}

    def shown(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        if index not in numerals:
            other, value = entries.levels.get(index), values[index]
            if other is None or value is None or other.format == "bullet":
                numerals[index] = ""
            else:
                numerals[index] = numeral(value, "decimal" if level.legal else other.format)
        return numerals[index]

    return _PLACE.sub(shown, level.text, LEVELS)[:_LONGEST_LABEL]
