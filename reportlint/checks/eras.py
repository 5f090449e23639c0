"""CS003: last year's meetings, plans and anniversaries.

When a congress met, what years a plan covers, how old an anniversary is are facts, kept as lists in
``rules/consistency.toml``. Where the text itself names the year (2022年是“十四五”开局之年) they are
checked against it, else against the time of the report. What is told in retrospect is left alone.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.dating import SEVERAL, YEAR, dating, number
from reportlint.checks.model import Check, Context, Hit
from reportlint.checks.years import LOOKING_BACK
from reportlint.lean import NamedTuple
from reportlint.structure.numerals import ordinal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


_WHEN = rf"(?:(?P<year>{YEAR})年|(?P<word>今年|明年))(?:是|为|正值|恰逢|适逢|迎来了?)"
_YEAR = patterns.compile("年(?:(?=[是为正恰适迎])|(?<=周年))")
"""A year that something is said to be, as in ``_WHEN``, or an anniversary."""
_PLAN = patterns.compile("十[一二三四五]五”?(?:发展|建设)?(?:规划|计划)")
_STEPS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4}
_TERM = ("年(?:(?<=五年)[来间]|(?<=过去五年)|(?<=[三四]年)来)", "任(?:职以来|期)")
_REACH = 120
_OPENING = 1600


class _Time(NamedTuple):
    """The years that 今年 may be, and the first and last in which something may just have been."""

    this: tuple[int, ...]
    first: int
    last: int


def _time(context: Context) -> _Time | None:
    """Return the time of the report, or None where it has no date."""
    found = dating(context)
    back = context.structure.kind.id in LOOKING_BACK
    year, signed = found.year, found.signed_year
    if year is None and signed is None:
        return None
    structure, compiled = context.structure, context.ruleset.compile
    lines = structure.paragraphs[: structure.title_lines]
    if lines and compiled(SEVERAL).search(context.text, 0, lines[-1].end):
        return None
    for term in _TERM:
        if compiled(term).search(context.text, 0, _OPENING):
            return None
    if year is None:
        assert signed is not None
        return _Time((signed - 1, signed), signed - 1, signed)
    if signed is None or not found.earliest:
        return _Time((year, year + 1) if back else (year - 1, year, year + 1), year - 1, year + 1)
    known = {year, signed}
    return _Time(tuple(sorted(known)), min(known) - (not back), max(known))


def _stale(context: Context) -> Iterator[Hit]:
    text, found = context.text, dating(context)
    years = [match.start() for match in _YEAR.finditer(text)]
    time = None
    if years or found.year is not None or found.signed_year is not None:
        time = _time(context)
    if years:
        starts = sorted({max(0, at - before) for at in years for before in (4, 1)})
        yield from _plan_years(context, time, starts)
        yield from _anniversaries(context, time)
    if time is not None:
        yield from _meetings(context, time)
        yield from _old_plans(context, time)


def _plan_years(context: Context, time: _Time | None, starts: list[int]) -> Iterator[Hit]:
    """2022年是“十四五”开局之年."""
    pattern = context.ruleset.compile(f"{_WHEN}(?&cs-plan-year)")
    for match in patterns.matches_at(pattern, context.text, starts):
        plans = _facts(context, "plans")
        if match["plan"] not in plans:
            continue
        first, last = map(int, plans[match["plan"]])
        right = last if match["last"] else first + _STEPS[match["step"] or "一"]
        if _year_differs(match, right, time):
            yield _hit(
                match.span(),
                f"“{match['plan']}”的年份（{first}—{last}年）",
                f"the years of that plan ({first}-{last})",
                right,
            )


def _anniversaries(context: Context, time: _Time | None) -> Iterator[Hit]:
    """今年是新中国成立70周年; 庆祝建党100周年 in the report on another year."""
    text, rules = context.text, context.ruleset
    if "周年" not in text:
        return
    founded = _facts(context, "anniversaries")
    names = "|".join(sorted(founded, key=len, reverse=True))
    age = rf"(?P<what>{names})(?P<age>[0-9]{{2,3}}|[一二三四五六七八九十百]{{1,5}})周年"
    for match in rules.compile(rf"{_WHEN}[^，。；\n]{{0,12}}?{age}").finditer(text):
        right = int(founded[match["what"]][0]) + _age(match["age"])
        if _year_differs(match, right, time):
            yield _hit(match.span(), f"{right}年", f"{right}", right)
    if time is None:
        return
    held = rf"(?:庆祝|纪念|喜迎|迎接)[^，。；\n“”《》]{{0,10}}?{age}"
    for match in rules.compile(held).finditer(text):
        right = int(founded[match["what"]][0]) + _age(match["age"])
        if not time.first <= right <= time.last and not _retold(context, match, time):
            yield _hit(
                match.span(), f"报告的时间（{right}年）", f"the report's time ({right})", right
            )


def _meetings(context: Context, time: _Time) -> Iterator[Hit]:
    """刚刚闭幕的十九大, 喜迎十九大, 贯彻落实十九届五中全会精神 long after."""
    text, rules = context.text, context.ruleset
    if not any(word in text for word in ("刚", "迎", "精神")):
        return
    meetings = {name: int(day[0][:4]) for name, day in _facts(context, "meetings").items()}
    if not any(name in text for name in meetings) and "全会" not in text:
        return
    names = "|".join(sorted(meetings, key=len, reverse=True))
    for sort, word in (("just", "刚"), ("ahead", "迎")):
        if word not in text:
            continue
        pattern = rules.expand(f"(?&cs-meeting-{sort})").replace("MEETING", names)
        for match in rules.compile(pattern).finditer(text):
            held = meetings[match["name"] or match["after"]]
            if sort == "just":
                wrong = not time.first <= held <= time.last
            else:
                wrong = held < time.this[0] and held < time.last
            if wrong and not _retold(context, match, time):
                yield _hit(
                    match.span(), f"报告的时间（{held}年召开）", f"the report's time ({held})", held
                )
    congresses = [name[:-1] for name in meetings if name.endswith("大")]
    for match in rules.compile("(?&cs-spirit)").finditer(text):
        term = match["term"] or match["congress"]
        after = congresses.index(term) + 1 if term in congresses else len(congresses)
        if after >= len(congresses):
            continue
        held = meetings[f"{congresses[after]}大"]
        later = rf"{'|'.join(congresses[after:])}"
        if time.this[0] > held and not _retold(context, match, time, later):
            yield _hit(
                match.span("span"),
                f"报告的时间（{held}年已召开{congresses[after]}大）",
                f"the report's time (a later congress met in {held})",
                held,
            )


def _old_plans(context: Context, time: _Time) -> Iterator[Hit]:
    """按照“十三五”规划 long after; 到2020年，力争 in a report on 2022."""
    text, rules = context.text, context.ruleset
    plans = _facts(context, "plans")
    by_plan = rules.compile("(?&cs-by-plan)") if _PLAN.search(text) else None
    for match in by_plan.finditer(text) if by_plan else ():
        first, last = map(int, plans.get(match["plan"], ("0", "9999")))
        if time.first > last and not _retold(context, match, time, "(?&cs-plan-told)"):
            yield _hit(
                match.span(),
                f"报告的时间（“{match['plan']}”为{first}—{last}年）",
                f"the report's time (that plan was for {first}-{last})",
                last,
            )
    for match in rules.compile(rf"到(?P<year>{YEAR})年(?&cs-target)").finditer(text):
        told = number(match["year"])
        if told < time.first and not _retold(context, match, time, "(?&cs-target-told)"):
            yield _hit(
                match.span(), "报告的时间（早已过去）", "the report's time: it is past", told
            )


def _facts(context: Context, name: str) -> dict[str, list[str]]:
    return {word: rest for word, *rest in map(str.split, context.ruleset.lists[name])}


def _age(word: str) -> int:
    return int(word) if word.isdecimal() else ordinal(word) or 0


def _year_differs(match: re.Match[str], right: int, time: _Time | None) -> bool:
    if match["year"]:
        return number(match["year"]) != right
    if time is None:
        return False
    return right - (match["word"] == "明年") not in time.this


def _retold(context: Context, match: re.Match[str], time: _Time, also: str = "") -> bool:
    """Whether the sentence tells of earlier years or has one of the words of ``also``."""
    text, rules = context.text, context.ruleset
    start, end = match.span()
    before = patterns.split("[。！？；\n]", text[max(0, start - _REACH) : start])[-1]
    after = patterns.split("[。！？；\n]", text[end : end + _REACH], maxsplit=1)[0]
    sentence = f"{before}　{match.group()}　{after}"
    if rules.compile("(?&cs-history)|先后").search(sentence):
        return True
    if also and rules.compile(also).search(sentence):
        return True
    years = patterns.finditer(rf"(?<![0-9]){YEAR}(?=年)", f"{before}　{after}")
    return any(number(year.group()) < time.this[0] for year in years)


def _hit(span: tuple[int, int], zh: str, en: str, year: int) -> Hit:
    return Hit("CS003", *span, fields={"zh": zh, "en": en}, data={"year": year})


CHECKS = (Check(("CS003",), "clean", _stale),)
