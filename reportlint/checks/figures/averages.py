"""NM011: averages against the total and the number of things that they are made of."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import Interval, known, mean, window
from reportlint.checks.figures.passage import Passage, commas
from reportlint.checks.figures.verdicts import (
    WHOLE,
    Verdict,
    agrees,
    as_printed,
    contradicts,
    unclear,
)
from reportlint.lean import partial
from reportlint.structure.quantities import ONE, Quantity, is_money

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence


NUMBER = {"zh": "份数", "en": "number"}

_NEAR = 12
"""How many figures around an average may be its total or its number."""

_FAR = 12
"""An average so many times too large or too small is not the average of these two."""

# 村均 is an average where a clause begins with it; 各村均建成 says that all of them did.
_AVERAGE = patterns.compile(
    r"(?:(?:^|[，,。；;：:、（(])(?:全年|平均|相当于|折合)?"
    r"(?P<one>[人户村班场笔社镇乡家车亩日天月台单店校件次期组])均"
    r"|平均(?:到)?每一?(?P<each>[^，,。；;：:、（）()0-9]{1,4})"
    r"|(?:^|[，,。；;：:、（(])每(?P<every>[^，,。；;：:、（）()0-9]{1,4})平均)"
    r"(?P<noun>[^，,。；;：:、（）()0-9均]{0,10})$"
)
_POINTS = "，,。；;：:、（("
_UNITS = {
    "人": ("人", "人次"),
    "名": ("人",),
    "位": ("人",),
    "场": ("场", "场次"),
    "车": ("辆", "台", "车", "车次"),
    "校": ("所", "校"),
    "店": ("家", "店"),
    "次": ("次", "人次", "场次"),
    "单": ("笔",),
    "日": ("天",),
    "月": ("个月",),
}
_THING = patterns.compile(
    r"人次|场次|批次|件次|车次|个月|平方米|平方公里|公里|公顷|"
    r"[人名位个户家所村镇乡县校班场期次笔件台辆套张棵株亩吨天日月趟队组条处座栋间项宗车]"
)
_FILLER = patterns.compile(
    r"^(?:约|为|达到|达|近|超过|超|逾|不足|不到|有|是|了|高达|大约|仅|只有|可|需|共|实现|的)+"
    r"|(?:约|为|达到|达|近|超过|超|逾|不足|不到|有|是|了|高达|大约|仅|只有|可|需|共|的)+$"
)
_OTHER = patterns.compile(
    r"由|从|比|较|增至|增加|减少|提高|下降|提升|增收|每|年|纯收入|可支配|寿命|面积|余额|最"
)
_STATISTIC = patterns.compile(
    r"生产总值|GDP|人口|余额|存款|可支配|纯收入|计划|目标|预计|拟|力争|任务|预算|折|均|每|比|较"
    r"|增加|减少|新增|最"
)
_BROKEN = patterns.compile(
    r"其中|包括|含|另|此外|分别|[；;]"
    r"|[一两二三四五六七八九十](?:个|名|户|村|家|所|镇|乡|位|场|期|台|批|年)"
)
_HELD = patterns.compile(
    r"(?:职工|员工|干部|党员|居民|群众|农户|民警|代表|委员)(?:总数)?[共有达为]*$"
)
_EVENT = patterns.compile(
    r"训|惠及|接待|吸引|观众|服务|输送|运送|参加|参与|覆盖|带动|救助|走访|慰问|救治|转运|安置|共|总|累计"
)
_AFTER = patterns.compile(r"[，,](?:共计?|合计|总计|累计|总共|一共)[^，,。；;：:0-9]{0,6}")
_PERIOD = patterns.compile(r"全年|上半年|下半年|前三季度|[一二三四]季度")
_LENGTHS = {
    "月": {"全年": (9, 12), "上半年": (5, 6), "下半年": (5, 6), "前三季度": (8, 9), "季度": (3, 3)},
    "日": {
        "全年": (200, 366),
        "上半年": (100, 182),
        "下半年": (100, 184),
        "前三季度": (150, 274),
        "季度": (50, 92),
    },
}
"""How many months or days a period may have: offices close, schools have holidays."""


def average(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM011 for one figure."""
    before = passage.before[index]
    if "均" not in before:
        return
    found = _AVERAGE.search(before)
    if found is None or (found["one"] and found.group()[0] not in _POINTS and index):
        return
    figures = passage.figures
    claimed = figures[index]
    allowed = _allowed(claimed)
    first, last = max(0, index - _NEAR), min(len(figures), index + 4)
    near = [i for i in range(first, last) if i != index and passage.is_count(i)]
    closed = [i for i in near if known(figures[i])]
    pairs = _pairs(figures, closed, claimed, allowed)
    if not pairs:
        yield _judged(passage, index, found, allowed)
        return
    each, words = _each(found)
    named = [pair for pair in pairs if each and _counts(passage, pair[1], each, words)]
    if named:
        total, number = named[0]
        proof = partial(_sum, passage, index, total, number)
        yield agrees("NM011", passage, index, (total, number), proof)
        return
    # two figures of other things that happen to make it: it may be the average of these or not
    yield unclear("NM011", passage, index, "other-average")


def _pairs(
    figures: Sequence[Quantity], closed: Sequence[int], claimed: Quantity, allowed: Interval
) -> list[tuple[int, int]]:
    """Return the totals and the numbers that make an average: ``ratio_agrees`` for each two."""
    due = [
        (i, allowed[0] * (figures[i].low or 0), allowed[1] * (figures[i].high or 0)) for i in closed
    ]
    found = []
    for total in closed:
        figure = figures[total]
        if _same(figure, claimed):
            low, high = (figure.low or 0) * ONE, (figure.high or 0) * ONE
            found += [
                (total, number)
                for number, least, most in due
                if low <= most and high >= least and number != total
            ]
    return found


def _judged(passage: Passage, index: int, found: re.Match[str], allowed: Interval) -> Verdict:
    """Say what an average is that no two figures near it make."""
    each, words = _each(found)
    if not each or _OTHER.search(words):
        return unclear("NM011", passage, index, "other-average")
    last = [i for i in range(max(0, index - 4), index) if passage.is_count(i)]
    pair = _pair(passage, index, each, words, last)
    if pair is not None:
        total, number = pair
        return _report(passage, index, total, number, _sum(passage, index, total, number))
    if each in _LENGTHS and last:
        verdict = _of_a_period(passage, index, each, words, last[-1], allowed)
        if verdict is not None:
            return verdict
    return unclear("NM011", passage, index, "no-total")


def _each(found: re.Match[str]) -> tuple[str, str]:
    """Return the measure word of what an average is for, and the words between it and the figure.

    人 and 带动就业 of 平均每名带动就业.
    """
    noun = found["noun"]
    if found["one"]:
        each = found["one"]
    else:
        phrase = (found["each"] or found["every"]) + noun
        thing = _THING.match(phrase)
        if thing is None:
            return "", noun
        each, noun = thing.group(), phrase[thing.end() :]
    each = {"天": "日", "个月": "月", "名": "人", "位": "人"}.get(each, each)
    return each, _FILLER.sub("", noun)


def _pair(
    passage: Passage, index: int, each: str, words: str, last: Sequence[int]
) -> tuple[int, int] | None:
    """Return the total and the number that the words around an average leave no choice but."""
    figures = passage.figures
    total = number = -1
    after = index + 1
    if (
        last
        and after < len(figures)
        and _same(figures[after], figures[index])
        and _AFTER.fullmatch(passage.before[after])
    ):
        total, number = after, last[-1]
    elif len(last) >= 2:
        fitting = [
            (one, other)
            for one, other in (last[-2:], last[:-3:-1])
            if _same(figures[one], figures[index]) and _counts(passage, other, each, words)
        ]
        if fitting:
            total, number = max(fitting, key=lambda pair: figures[pair[0]].value)
    if total < 0 or not _counts(passage, number, each, words):
        return None
    if not known(figures[total], figures[number]) or figures[number].value < 2 * ONE:
        return None
    if passage.sentence[min(total, number)] != passage.sentence[index]:
        return None
    between = passage.between(min(total, number), index)
    if _BROKEN.search(between) or commas(between) > 2:
        return None
    labels = passage.label(total), passage.label(number)
    if any(_STATISTIC.search(label) for label in labels):
        return None
    if not _covered(words, passage.name(total) + " " + passage.name(number)):
        return None
    if not is_money(figures[total].unit) and _HELD.search(labels[0]):
        return None
    if (
        not is_money(figures[total].unit)
        and total < number
        and not passage.before[number].startswith("、")
        and not _EVENT.search(labels[0])
    ):
        return None
    if not _plausible(figures[total].value, figures[number].value, figures[index].value):
        return None
    return total, number


def _of_a_period(
    passage: Passage, index: int, each: str, words: str, total: int, allowed: Interval
) -> Verdict | None:
    """全年受理1440件，月均110件: the words say how many months or days there are."""
    figures = passage.figures
    if not _same(figures[total], figures[index]) or not known(figures[total]):
        return None
    if passage.sentence[total] != passage.sentence[index]:
        return None
    lead = passage.lead(total)
    periods = list(_PERIOD.finditer(lead))
    label = passage.label(total)
    between = passage.between(total, index)
    if not periods or _STATISTIC.search(label) or _BROKEN.search(lead[periods[-1].start() :]):
        return None
    if _BROKEN.search(between) or commas(between) > 1:
        return None
    if not _covered(words, passage.name(total)):
        return None
    word = periods[-1].group()
    fewest, most = _LENGTHS[each][word if word in _LENGTHS[each] else "季度"]
    value = figures[total].value
    low, high = figures[total].low or 0, figures[total].high or 0
    if low <= allowed[1] * most and high >= allowed[0] * fewest:
        return None
    if not _plausible(value, most * ONE, figures[index].value):
        return None
    expected = _like(passage, index, mean(value, most * ONE, figures[index]))
    unit = "个月" if each == "月" else "天"
    return _report(
        passage, index, total, -1, f"{passage.shown(total)} ÷ {most}{unit} = {expected}", expected
    )


def _report(
    passage: Passage, index: int, total: int, number: int, proof: str, expected: str = ""
) -> Verdict:
    figures = passage.figures
    used = [(WHOLE, total)]
    if number >= 0:
        used.append((NUMBER, number))
        value = mean(figures[total].value, figures[number].value, figures[index])
        expected = _like(passage, index, value)
    return contradicts(
        "NM011",
        passage,
        index,
        proof,
        expected,
        used,
        replace=as_printed(passage, index, expected),
        whole=passage.shown(total),
    )


def _sum(passage: Passage, index: int, total: int, number: int) -> str:
    figures = passage.figures
    value = mean(figures[total].value, figures[number].value, figures[index])
    return f"{passage.shown(total)} ÷ {passage.shown(number)} = {_like(passage, index, value)}"


def _like(passage: Passage, index: int, number: str) -> str:
    """Return a number with the scale and unit of the figure it stands for."""
    figure = passage.figures[index]
    shown = passage.shown(index)
    digits = patterns.match(r"[0-9,，.\x20]*", shown)
    tail = shown[digits.end() if digits else 0 :]
    return number + (tail if figure.style == "digits" else figure.unit)


def _allowed(claimed: Quantity) -> Interval:
    """Return the values that a printed average allows.

    Averages are round numbers more often than totals: 3000元 may be 3016元, so zeros at the end
    are taken for rounding as far as two figures remain.
    """
    low, high = window(claimed)
    if claimed.hedge or claimed.style != "digits":
        return low, high
    ulp = claimed.ulp
    if claimed.places:
        return claimed.value - 3 * ulp // 2, claimed.value + 2 * ulp
    while claimed.value % (ulp * 10) == 0 and claimed.value >= ulp * 100:
        ulp *= 10
    return claimed.value - ulp // 2, claimed.value + ulp - 1


def _same(first: Quantity, second: Quantity) -> bool:
    """Whether two counts are of one kind: people are counted by head and by visit."""
    one, other = first.unit, second.unit
    return bool(one) and (one == other or {one, other} <= {"人", "人次"} or f"{one}次" == other)


def _counts(passage: Passage, number: int, each: str, words: str) -> bool:
    """Whether a figure counts what the average is for: 46个小区 and 平均每个小区."""
    unit = passage.figures[number].unit
    if each == "个":
        name = passage.name(number)
        return unit == "个" and any(words[i : i + 2] in name for i in range(len(words) - 1))
    if unit in _UNITS.get(each, (each,)):
        return True
    if unit == "个" and each in ("村", "镇", "乡", "班", "店", "社", "组", "户"):
        return each in passage.name(number)
    return False


def _covered(words: str, names: str) -> bool:
    """Whether ``words`` repeat what the total or its number is called, but for single signs."""
    missing = 0
    for i, char in enumerate(words):
        if words[max(0, i - 1) : i + 1] in names or words[i : i + 2] in names:
            if char in names:
                missing = 0
                continue
        missing += 1
        if missing > 1:
            return False
    return True


def _plausible(total: int, number: int, claimed: int) -> bool:
    """Whether a claim is near enough to be the same average, written wrong."""
    return total * ONE <= _FAR * claimed * number and claimed * number <= _FAR * total * ONE
