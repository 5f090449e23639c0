"""FM021 to FM028: how numbers are written, GB/T 15835-2011."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.dating import number, small
from reportlint.checks.model import Context, Hit
from reportlint.checks.official import rewrite
from reportlint.structure.numerals import chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_ZERO = str.maketrans("○OＯo0", "〇〇〇〇〇")
_YEAR_ZERO = str.maketrans("○OＯo0零", "〇〇〇〇〇〇")


def hedged_twice(context: Context) -> Iterator[Hit]:
    """FM021: 约20人左右."""
    for pattern in ("fm-hedged", "fm-hedged-more", "fm-exceeded"):
        for match in context.ruleset.compile(f"(?&{pattern})").finditer(context.text):
            (start, end), (after, last) = match.span(), match.span("after")
            hit = rewrite("FM021", start, end, context.text[start:after], safe=False)
            yield hit._replace(edits=[(after, last, "")])


def ranges(context: Context) -> Iterator[Hit]:
    """FM022, FM023: 20～30%, 9～16亿."""
    text, rules = context.text, context.ruleset
    for code, pattern, safe in (("FM022", "fm-percent-range", True), ("FM023", "fm-range", False)):
        for match in rules.compile(f"(?&{pattern})").finditer(text):
            start, end = match.span()
            at, unit = match.end("low"), match["unit"]
            right = f"{match['low']}{unit}{text[at:end]}"
            yield rewrite(code, start, end, right, safe=safe)._replace(edits=[(at, at, unit)])


def short_years(context: Context) -> Iterator[Hit]:
    """FM024: 98年3月, 截至25年底."""
    for match in context.ruleset.compile("(?&fm-short-year)").finditer(context.text):
        yield Hit("FM024", *match.span("year"))


def zeros(context: Context) -> Iterator[Hit]:
    """FM025: 二○二三年, 二零二三年, 二O二三年."""
    text = context.text
    for match in context.ruleset.compile("(?&fm-chinese-digits)").finditer(text):
        start, end = match.span()
        run = match.group()
        if len(run) == 4 and text[end : end + 1] == "年":
            right = run.translate(_YEAR_ZERO)
        else:
            right = run[0] + run[1:-1].translate(_ZERO) + run[-1]
        if right != run and not any(char in "○OＯo0" for char in right):
            yield rewrite("FM025", start, end, right, safe=True)


def mixed_dates(context: Context) -> Iterator[Hit]:
    """FM026: 二〇〇八年8月8日, 2008年八月八日."""
    for match in context.ruleset.compile("(?&fm-mixed-date)").finditer(context.text):
        year, _, rest = match.group().partition("年")
        month, _, day = rest.partition("月")
        right = f"{number(year)}年{small(month)}月"
        if day:
            right += f"{small(day[:-1])}日"
        start, end = match.span()
        yield rewrite("FM026", start, end, right, safe=False)


def hyphens(context: Context) -> Iterator[Hit]:
    """FM027: 2016-2020年, 3%-5%."""
    for match in context.ruleset.compile("(?&fm-range-hyphen)").finditer(context.text):
        group, right = ("years", "—") if match["years"] else ("share", "～")
        start, end = match.span(group)
        yield rewrite("FM027", start, end, right, safe=True)


def fixed_words(context: Context) -> Iterator[Hit]:
    """FM028: 党的20大, 20届3中全会, “14五”, 第1书记."""
    text, rules = context.text, context.ruleset
    for match in rules.compile("(?&fm-fixed-meeting)").finditer(text):
        if match["congress"]:
            right = f"党的{chinese(int(match['congress']))}大"
        elif match["term"]:
            session = match["plenum"]
            session = chinese(int(session)) if session.isdecimal() else session
            right = f"{chinese(int(match['term']))}届{session}中全会"
        elif match["plan"]:
            right = f"“{chinese(int(match['plan']))}五”"
        else:
            right = f"“十{chinese(int(match['fifth']))}五”"
        start, end = match.span()
        yield rewrite("FM028", start, end, right, safe=True)
    for pair in rules.lists["fm-fixed-words"]:
        wrong, _, right = pair.partition("/")
        if wrong not in text:
            continue
        for match in patterns.finditer(f"(?<![0-9.]){patterns.escape(wrong)}(?!员)", text):
            yield rewrite("FM028", match.start(), match.end(), right, safe=True)
