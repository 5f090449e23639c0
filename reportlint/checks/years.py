"""CS003: a year that cannot be the report's.

The title says what year a report is about. What it says of its own time must agree:
今年是…, …年以来, 现将…年工作…汇报如下, the plan's heading, the date under it. Years of comparisons,
of history and of plans are others by nature, so nothing else is looked at.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.dating import YEAR, Dating, dating, number
from reportlint.checks.model import Check, Context, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


LOOKING_BACK = frozenset(("工作总结", "述职报告", "述职述廉报告"))
_THIS_YEAR = rf"今年是(?P<span>(?P<year>{YEAR})年)"
_IN_BRACKETS = rf"今年（(?P<span>(?P<year>{YEAR})年)）"
_SINCE = rf"(?:^|[，。；：\n])\s{{0,4}}(?:自)?(?P<span>(?P<year>{YEAR})年以来)"
_LEAD_IN = (
    rf"现(?:将|就)[^。，\n0-9]{{0,24}}(?P<span>(?P<year>{YEAR})年)度?"
    r"(?![^。\n]{0,30}[0-9]{4}年)[^。，\n]{0,40}(?:汇报|报告|总结|述职|述廉)如下"
)
_OPENING = (
    rf"(?P<span>(?P<year>{YEAR})年)(?:度)?[，,][^。\n]{{0,20}}在[^。\n]{{2,60}}"
    r"(?:领导|指导|支持|关怀|帮助)下"
)
_PLAN = (
    rf"(?P<span>(?P<year>{YEAR})年)度?(?:的|主要|重点)?(?:工作)?(?:的)?"
    r"(?:打算|计划|思路|安排|展望|设想)$"
)
_PERIOD = (
    rf"报告期(?:为|是|：|:|内?（|\()?(?P<span>(?P<year>{YEAR})年)(?![^。\n]{{0,20}}[0-9]{{4}}年)"
)
_SUBJECT = (
    rf"(?:^|(?<=[。；\n]))\s{{0,4}}(?P<span>(?P<year>{YEAR})年)度?[，,]?"
    "(?=我|全[县市区镇乡局年]|共|累计|本)"
)
_OWN_TIME = ("今年", "本年", "一年来", "过去一年", "去年", "当年")
_NEAR = 1600
_PARTS = ("半年", "季度", "月", "学期", "中期", "阶段")
_PLAN_WORDS = ("打算", "计划", "思路", "安排", "展望", "设想")


def _stale_years(context: Context) -> Iterator[Hit]:
    found = dating(context)
    year = found.year
    if year is None:
        return
    seen: set[int] = set()
    for start, end, told in _claims(context, found, year):
        if start not in seen:
            seen.add(start)
            yield Hit(
                "CS003",
                start,
                end,
                fields={"zh": f"标题的{year}年", "en": f"{year} in the title"},
                data={"year": year, "told": told},
            )


def _claims(context: Context, found: Dating, year: int) -> Iterator[tuple[int, int, int]]:
    """Yield the spans in which the draft dates itself wrongly, and the year that it gives."""
    text, structure, compiled = context.text, context.structure, context.ruleset.compile
    back = structure.kind.id in LOOKING_BACK
    lines = structure.paragraphs[: structure.title_lines]
    body = lines[-1].end
    title = text[lines[0].start : body]
    for word, pattern in (("今年是", _THIS_YEAR), ("今年（", _IN_BRACKETS)):
        if word not in text:
            continue
        for match in compiled(pattern).finditer(text, body):
            told = number(match["year"])
            if told not in (year, year + 1):
                yield *match.span("span"), told
    whole = not any(word in title for word in _PARTS)
    if back and whole and "年以来" in text:
        for match in compiled(_SINCE).finditer(text, body):
            told = number(match["year"])
            if told == year + 1 and not _later(text, match.start()):
                yield *match.span("span"), told
    if not back:
        return
    near = min(len(text), body + _NEAR)
    lead_in = text.find("如下", body, near) >= 0
    for match in compiled(_LEAD_IN).finditer(text, body, near) if lead_in else ():
        if number(match["year"]) != year:
            yield *match.span("span"), number(match["year"])
    for match in compiled(_PERIOD).finditer(text, body) if "报告期" in text else ():
        if number(match["year"]) != year:
            yield *match.span("span"), number(match["year"])
    end = found.signed[0] if found.signed[0] > body else len(text)
    own = f"{year}年" in text[body:end] or any(word in text for word in _OWN_TIME)
    if whole and not own:
        # a report whose title alone was given a new year
        years = [*compiled(_SUBJECT).finditer(text, body)]
        if len(years) > 1 and len({number(match["year"]) for match in years}) == 1:
            for match in years:
                yield *match.span("span"), number(match["year"])
    first = structure.paragraphs[len(lines) : len(lines) + 3]
    for paragraph in first:
        if text[paragraph.start] not in "12一二":
            continue
        opening = compiled(_OPENING).match(text, paragraph.start, paragraph.end)
        if opening is not None and number(opening["year"]) != year:
            yield *opening.span("span"), number(opening["year"])
    if whole:
        for heading in structure.headings:
            if not text.endswith(_PLAN_WORDS, heading.start, heading.end):
                continue
            plan = compiled(_PLAN).search(text, heading.start, heading.end)
            if plan is not None and number(plan["year"]) <= year:
                yield *plan.span("span"), number(plan["year"])
    if found.signed_year is not None and found.signed_year < year and found.signed[0] > body:
        yield *found.signed, found.signed_year


def _later(text: str, position: int) -> bool:
    """Whether the sentence speaks of what comes after the report."""
    stop = text.find("。", position)
    sentence = text[position : stop if 0 <= stop < position + 200 else position + 200]
    return patterns.search(r"将|打算|计划|拟|力争", sentence) is not None


CHECKS = (Check(("CS003",), "clean", _stale_years),)
