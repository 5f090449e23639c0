"""FM021 to FM025: how numbers are written, GB/T 15835-2011."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.model import Context, Hit
from reportlint.checks.official import rewrite

_ZERO = str.maketrans("○OＯo0", "〇〇〇〇〇")
_YEAR_ZERO = str.maketrans("○OＯo0零", "〇〇〇〇〇〇")


def hedged_twice(context: Context) -> Iterator[Hit]:
    """FM021: 约20人左右."""
    for pattern in ("fm-hedged", "fm-exceeded"):
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
