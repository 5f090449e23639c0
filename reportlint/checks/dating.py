"""When a report was written, as far as it says so: its title, and the date under it.

A date is read only where it can be nothing else. Nothing here guesses.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Context
from reportlint.lean import NamedTuple

YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇○零Ｏ九][〇○零一二三四五六七八九]{2})"
"""A year in four digits, Arabic or Chinese."""

_DIGITS = {"○": 0, "〇": 0, "零": 0, "Ｏ": 0} | {
    c: i for i, c in enumerate("一二三四五六七八九", 1)
}
_CN = "一二三四五六七八九十"
_TITLE_YEAR = rf"(?<![0-9]){YEAR}(?=年)"
SEVERAL = rf"{YEAR}年?(?:度)?\s?[-－—–~～至到、和]\s?{YEAR}|五年|三年|近年|任期|以来"
"""What says that a report is about several years."""

_SIGNED = (
    rf"(?P<year>{YEAR})\s?年\s?(?P<month>[0-9]{{1,2}}|[{_CN}]{{1,2}})\s?月"
    rf"(?:\s?(?P<day>[0-9]{{1,2}}|[{_CN}]{{1,3}})\s?日)?[）)]?$"
)
_OPENING = rf"现将[^。\n]{{0,30}}?(?P<year>{YEAR})年[^。\n]{{0,60}}(?:汇报|报告|总结)如下"
_DATE_ENDS = ("日", "月", "）", ")")
_NEAR_END = 12
_LINE = 40


class Dating(NamedTuple):
    """``year`` is the one year that the title names; ``signed`` is the span of the date line.

    ``earliest`` and ``latest`` are days, ``YYYY-MM-DD``, between which the report was written; both
    are empty where nothing tells.
    """

    year: int | None
    signed_year: int | None
    signed: tuple[int, int]
    earliest: str
    latest: str


def dating(context: Context) -> Dating:
    """Return when the draft was written."""
    return context.once(_dating)


def _dating(context: Context) -> Dating:
    year = title_year(context)
    signed = _signed(context)
    if signed is not None and (year is None or -1 <= signed[0] - year <= 2):
        return Dating(year, signed[0], signed[3], signed[1], signed[2])
    signed_year, at = (signed[0], signed[3]) if signed else (None, (0, 0))
    if year is None and signed is None:
        opening = context.ruleset.compile(_OPENING).search(context.text, 0, 1600)
        if opening is not None:
            told = number(opening["year"])
            return Dating(None, None, (0, 0), f"{told}-01-01", f"{told + 1}-12-31")
    if year is None or signed is not None:
        return Dating(year, signed_year, at, "", "")
    return Dating(year, None, at, f"{year}-01-01", f"{year + 1}-12-31")


def title_year(context: Context) -> int | None:
    """Return the year in the title, or None where it names none, several or a period."""
    structure = context.structure
    lines = structure.paragraphs[: structure.title_lines]
    if not lines:
        return None
    if "年" not in context.text[lines[0].start : lines[-1].end]:
        return None
    title = "\n".join(
        line
        for line in (context.text[p.start : p.end] for p in lines)
        if not line.endswith(_DATE_ENDS) or context.ruleset.compile(_SIGNED).search(line) is None
    )
    years = {
        number(match.group()) for match in context.ruleset.compile(_TITLE_YEAR).finditer(title)
    }
    if len(years) != 1 or context.ruleset.compile(SEVERAL).search(title):
        return None
    return years.pop()


def number(year: str) -> int:
    """Return the value of what ``YEAR`` matches."""
    return int("".join(str(_DIGITS.get(char, char)) for char in year))


def _signed(context: Context) -> tuple[int, str, str, tuple[int, int]] | None:
    """Return the year, the first and last possible day, and the place of the date line."""
    text = context.text
    paragraphs = context.structure.paragraphs
    last = [p for p in paragraphs[-_NEAR_END:] if p.kind != "cell"]
    first = paragraphs[: context.structure.title_lines]
    for start, end, _, _ in (*reversed(last), *first):
        if end - start > _LINE or not text.endswith(_DATE_ENDS, start, end):
            continue
        match = context.ruleset.compile(_SIGNED).search(text, start, end)
        if match is None:
            continue
        before = text[start : match.start()]
        if patterns.search(r"[，。；,;至到—~～自于截]", before):
            continue
        year, month = number(match["year"]), small(match["month"])
        day = small(match["day"]) if match["day"] else 0
        if not 1 <= month <= 12 or day > 31:
            continue
        earliest = f"{year}-{month:02}-{day or 1:02}"
        return year, earliest, f"{year}-{month:02}-{day or 31:02}", match.span()
    return None


def small(word: str) -> int:
    """Return the value of a month or a day: 3, 12, 十二, 二十一."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
