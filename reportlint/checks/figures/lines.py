"""Which lines of a table say that they are totals, and of which other lines: by headings alone.

The lines are the rows of a grid or its columns. What the headings allow is often more than one
reading; which of them holds, the figures have to tell.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.lean import NamedTuple
from reportlint.structure.labels import RANKS, leading
from reportlint.structure.tables import Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


SUBTOTAL, TOTAL, GRAND = 1, 2, 3
"""The ranks of totals: one of a higher rank takes in those of lower ranks before it."""

_TOTAL = patterns.compile(
    r"(?:.{0,14}?)(?:(?P<sub>小计)|(?P<grand>总合?计|总共计|总和)|(?P<sum>合计|共计)"
    r"|(?P<weak>总[数量额分]|累计|总人数|总户数|总金额|总面积|总))"
    r"数?(?:[（(][^（()）]{1,6}[）)])?[：:]?"
)
_AREA = patterns.compile(r"全[市县区省州国校院局镇乡村厂队]")
AMONG = patterns.compile(r"其中|^#")
APART = patterns.compile(
    r"平均|均值|增减|增长|增速|增幅|同比|环比|占比|比例|比重|[率比]$|率[（(]|上年|去年|同期|备注|^注|排名|名次"
    r"|最高|最低|中位|差额|结余|余额|目标|计划|标准|去重|不含|^另|除外|单价|比上|较上|变动|涨跌|％|%|^√|满分"
)
"""Headings of lines that are no parts of a total."""

_SUBORDINATE = patterns.compile(r"[-—·•﹣－]")


class Reading(NamedTuple):
    """One reading of what line ``total`` is the total of. ``strict``: its words allow no other."""

    total: int
    parts: tuple[int, ...]
    strict: bool


def rank(line: Line) -> int:
    """Return the rank of a total, negative where the words are weak, or 0 for any other line."""
    found = _TOTAL.fullmatch(line.label)
    if found is None:
        return -TOTAL if _AREA.fullmatch(line.label) else 0
    if AMONG.search(line.path):
        return 0
    if found["sub"]:
        return SUBTOTAL
    if found["sum"]:
        return TOTAL
    return GRAND if found["grand"] else -TOTAL


def readings(
    text: str, lines: Sequence[Line], live: Sequence[bool], *, backward: bool
) -> list[list[Reading]]:
    """Return the readings of each total, the plainest first.

    Its parts stand before it, or with ``backward`` after it, where the total of a list stands at
    its head. Only ``live`` lines hold figures.
    """
    order = range(len(lines) - 1, -1, -1) if backward else range(len(lines))
    ranks = [rank(line) if live[i] else 0 for i, line in enumerate(lines)]
    found: list[list[Reading]] = []
    stack: list[int] = []
    plain: list[int] = []
    last = next((i for i in reversed(order) if ranks[i]), -1)
    for i in order:
        if not live[i]:
            continue
        if not ranks[i]:
            if not AMONG.search(lines[i].path) and not APART.search(lines[i].path):
                stack.append(i)
                plain.append(i)
            continue
        own = abs(ranks[i])
        group: list[int] = []
        while stack and abs(ranks[stack[-1]]) < own:
            group.append(stack.pop())
        options = [*_narrower(text, lines, i, group), group, _outside(lines, group, i)]
        if i == last:
            options += [[*group, *reversed(stack)], plain[::-1]]
        strict = ranks[i] > 0
        seen: set[tuple[int, ...]] = set()
        unique = []
        for option in options:
            parts = tuple(sorted(option))
            if len(parts) > 1 and parts not in seen:
                seen.add(parts)
                unique.append(Reading(i, parts, strict))
        if unique:
            found.append(unique)
        stack.append(i)
    return found


def _narrower(text: str, lines: Sequence[Line], total: int, group: list[int]) -> list[list[int]]:
    """Return the parts that are left where some lines are parts of other parts."""
    options = []
    own = lines[total].group
    if own:
        options.append([i for i in group if lines[i].group == own])
    levels = [_level(text, lines[i]) for i in group]
    if levels and min(levels) != max(levels):
        top = min(levels)
        options.append([i for i, level in zip(group, levels, strict=True) if level == top])
    return options


def _level(text: str, line: Line) -> int:
    """Return how deep a line is numbered or set in; the outermost is least."""
    if _SUBORDINATE.match(line.label):
        return 1000
    if not line.label or line.end <= line.start:
        return line.indent
    label = leading(text, line.start, line.end, 0)
    if label is None:
        return 100 + line.indent
    return RANKS[label.style] + line.indent


def _outside(lines: Sequence[Line], group: list[int], total: int) -> list[int]:
    """Leave out the lines that may go on with a list that 其中 began in the line before them."""
    members = set(group)
    low, high = min((total, *group)), max((total, *group))
    kept, inside = [], False
    for i in range(low, high + 1):
        if AMONG.search(lines[i].path):
            inside = True
        elif i in members and not inside:
            kept.append(i)
    return kept
