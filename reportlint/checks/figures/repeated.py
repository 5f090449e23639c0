"""NM012: one indicator with two values, in the opening or a heading and in the text.

Figures are the same indicator only where the whole clause before them, what follows the unit, the
period and the places named are the same, word for word. Sections that repeat a form for several
units, plans, parts and other years stay out.
"""

from __future__ import annotations

from bisect import bisect_right

from reportlint import patterns
from reportlint.checks.figures.arithmetic import Interval, window
from reportlint.checks.figures.passage import Passage
from reportlint.checks.figures.spans import contradiction
from reportlint.checks.figures.verdicts import AGREES, Verdict
from reportlint.lean import NamedTuple, partial
from reportlint.structure import Structure
from reportlint.structure.quantities import COUNT, ONE, SHARE, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


OTHER = {"zh": "别处的数", "en": "the other value"}

_OPENING = 3
"""How many paragraphs after the title and before the first heading sum the draft up."""

_SHORT, _LONG = 4, 6
"""Fewer characters of an indicator say too little; a long one needs no period beside it."""

_REACH = 200
"""How many characters before a figure its period and its place may stand."""

_PERIOD = patterns.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:份|底|末)?|上半年|下半年|[一二三四]季度|度|底|末|初)?(?:以来)?"
    r"|全年|今年(?:以来)?|本年度?|年内|年底|年末|年初|[上下]半年|前?[一二三四]季度|截至[^，,。；;、]{1,12}|目前"
    r"|[0-9]{1,2}月(?:份|底|末)?(?:以来)?|[近这]?[一两二三四五六七八九十]年(?:来|间)?|过去一年|任期内|[^，,。；;、]{0,4}期间"
    r"|[^，,。；;、]{0,4}假期|“十[一二三四五]五”|当年|当月|每[年月季日]"
)
_SAME_PERIOD = dict.fromkeys(("一年来", "过去一年", "本年度", "本年"), "全年")
_IN_PERIOD = patterns.compile("[年季截目月期十每]")
"""A sign of each period: without one the pattern need not be tried."""

_BOUNDARY = patterns.compile("[，,。；;：:！？\n]")
_APART = patterns.compile("[“”‘’《》（）()0-9]")
_LABEL = patterns.compile(r"[（(]?[一二三四五六七八九十0-9]+(?:[、．.]|[）)])")
_LEADING = patterns.compile(
    r"(?:关于|我们|我[县市区镇乡局院校行所站司处]|共计?|总共|已经?|先后|实际|还|也|均|，|,|的|是|有)+"
)
_TRAILING = patterns.compile(
    r"(?:达到|达|为|约|近|超过|超|逾|突破|了|共|计|高达|不少于|不低于|至少|在)+$"
)
_TRAILS = frozenset("到达为约近过超逾破了共计于少在")
"""What such words end with."""
_NOT_THE_WHOLE = patterns.compile(
    r"其中|包括|分别|计划|目标|力争|预计|拟|预算|任务|例如|比如|提出|要求|争取|确保|如果|力求"
    r"|上年|去年|同期|往年|前年|历年|首批|第[一二三四五六七八九十]|方面|另|此外"
)
_NOT_A_LEVEL = patterns.compile(
    r"比|较|由|从|增加|减少|增长|下降|提高|增至|降至|同比|平均|人均|均|每|各(?![类项种级界])|新一轮|余下|剩余|多(?!种)"
    r"|少(?<!至少)(?![年儿数])|最|应(?!急)|可(?<!许可)|需|要(?<![重主]要)|将|再(?!就业)|又"
)
"""Each begins with a plain character: then the search skips to one of them."""
_GENERIC = patterns.compile(
    r"(?:累计|直接|实际)?(?:完成|投入|落实|争取|安排|筹措|整合|拨付|实现|开展|召开|举办|组织|排查|整改|发现|检查|办理|处理|解决|下拨)?"
    r"(?:固定资产|项目|各类|各项|专项|有关|重点|安全|财政|工程|突出)*"
    r"(?:投资|资金|经费|问题|隐患|任务|项目|培训|会议|活动|人员|群众|检查|企业|单位|案件|事项|工作)"
)
_RATE = patterns.compile(r"[率度]$|比重$|占比$")
_PLACE = patterns.compile(
    r"(?:^|[，,。；;：:、（(\s]|在|对|向|为|由)(?P<name>[\u4e00-\u9fff]{1,6}?"
    r"(?:镇|乡|村|街道|社区|[县市区](?!级|场|划)|局|公司|支行|分行|医院|学校|中学|小学|幼儿园|大队|中队|支队|派出所|所|大厅|科室"
    r"|支部|班组|小区|园区|项目部|基地|分局|同志))"
)
_TITLED = patterns.compile(r"[镇乡村县区市局所院校队社司行]$|同志|公司|街道|季度|[0-9]月|片区")
_AHEAD = patterns.compile(
    r"下一?步|打算|计划|目标|安排|明年|今后|思路|任务|规划|设想|回顾|去年|上年"
)


class Mention(NamedTuple):
    """One value of an indicator and where it stands."""

    words: str
    period: str
    """As the clause names it; empty where the text before has to tell."""
    begin: int
    """Where the text begins that may tell the period and the place."""
    figure: Quantity
    shown: str
    zone: int
    """0 the title and the opening, 1 a heading, 2 the text."""
    section: int


_MOST = 50


class Indicators:
    """NM012: what a draft says of each indicator, paragraph by paragraph, so that none is kept."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        headings = structure.headings
        self._starts = [structure.paragraphs[heading.paragraph].start for heading in headings]
        self._titles = {heading.paragraph for heading in headings}
        first = headings[0].paragraph if headings else len(structure.paragraphs)
        self._opening = min(first, structure.title_lines + _OPENING)
        self._said: dict[tuple[str, ...], list[Mention]] = {}
        self._wanted: set[tuple[str, str]] = set()

    def read(self, number: int, passage: Passage) -> None:
        """Take in the next paragraph that has figures, and its number."""
        opening, wanted = self._opening, self._wanted
        if number >= opening and not wanted and number not in self._titles:
            return
        section = bisect_right(self._starts, passage.start) - 1
        limit = passage.start
        if section >= 0:
            heading = self._structure.headings[section]
            limit = heading.end if heading.paragraph == number else passage.start
        for index, figure in enumerate(passage.figures):
            kind = (figure.role, figure.unit)
            if kind[0] not in (COUNT, SHARE) or not kind[1]:
                continue
            zone = 0 if number < opening else 1 if figure.start < limit else 2
            if zone == 2 and kind not in wanted:
                continue
            found = _mention(passage, index, zone, section)
            if found is None or (zone == 2 and _AHEAD.search(self._title(section))):
                continue
            if zone < 2:
                wanted.add(kind)
            key, mention = found
            self._said.setdefault(key, []).append(mention)

    def _title(self, section: int) -> str:
        """Return the heading of a section; what stands before the first has none."""
        if section < 0:
            return ""
        heading = self._structure.headings[section]
        return self._structure.text[heading.start : heading.end]

    def verdicts(self, text: str, sums: Collection[int]) -> Iterator[Verdict]:
        """Yield what is to be said; ``sums`` is where the figures start that others make.

        ``text`` is ``plain``. What is called alike is one indicator where periods and places are
        the same too: that is worked out here, as most are mentioned once.
        """
        groups = []
        for mentions in self._said.values():
            if len(mentions) > 1 and any(mention.zone < 2 for mention in mentions):
                alike: dict[tuple[str, frozenset[str]], list[Mention]] = {}
                for mention in mentions:
                    alike.setdefault(self._when_and_where(text, mention), []).append(mention)
                # what is said more often is a form, not an indicator
                groups += [group for group in alike.values() if 1 < len(group) <= _MOST]
        for group in sorted(groups, key=lambda group: group[0].figure.start):
            yield from _compared(self._structure.text, group, sums)

    def _when_and_where(self, text: str, mention: Mention) -> tuple[str, frozenset[str]]:
        """Return the period that a mention is of and the places that are named before it."""
        context = text[mention.begin : mention.figure.start]
        title = self._title(mention.section)
        period = mention.period
        if not period:
            periods = _PERIOD.findall(context) or _PERIOD.findall(title)
            period = periods[-1] if periods else ""
        places = {match["name"] for match in _PLACE.finditer(context)}
        if mention.zone == 2 and _TITLED.search(title):
            places.add(title)
        return _SAME_PERIOD.get(period, period), frozenset(places)


def _mention(
    passage: Passage, index: int, zone: int, section: int
) -> tuple[tuple[str, ...], Mention] | None:
    """Return an indicator's name and its value, or None where a figure is not plainly one."""
    figure, text = passage.figures[index], passage.text
    before = passage.before[index]
    clause = _BOUNDARY.split(before)[-1]
    size = len(clause)
    if size == len(before) and index and passage.figures[index - 1].end == figure.start - size:
        return None  # 为120户发放36万元: the words go on from another figure
    label = _LABEL.match(clause)
    if label is not None:
        clause = clause[label.end() :]
    if len(clause) < _SHORT or "、" in clause:
        return None
    period, rest = _timeless(clause) if _IN_PERIOD.search(clause) else ("", clause)
    if _APART.search(rest):
        return None
    words = rest.strip()
    leading = _LEADING.match(words)
    if leading is not None:
        words = words[leading.end() :]
    if words[-1:] in _TRAILS:
        words = _TRAILING.sub("", words)
    size = len(words)
    if size < _SHORT or size > 24 or _NOT_A_LEVEL.search(words):
        return None
    if figure.role == SHARE and not _RATE.search(words):
        return None
    after = patterns.match(r"[^，,、。；;：:（()）“”\n0-9]{0,8}", text[figure.end : figure.end + 9])
    noun = after.group() if after else ""
    if zone == 0 and noun.startswith("的"):
        noun = ""  # 关于化解纠纷1286起的报告
    elif len(noun) > 7 or noun.startswith(("以", "的", "增", "至", "到")):
        return None
    if text[figure.end + len(noun) : figure.end + len(noun) + 1] == "“":
        return None
    lead = passage.lead(index)
    if _NOT_THE_WHOLE.search(lead) or lead.count("“") > lead.count("”"):
        return None
    if not period and size < _LONG and figure.role == COUNT:
        return None
    if _GENERIC.fullmatch(words):
        return None
    begin = max(passage.start, figure.start - _REACH)
    key = (words, noun, figure.role, figure.unit)
    return key, Mention(words, period, begin, figure, passage.shown(index), zone, section)


def _timeless(clause: str) -> tuple[str, str]:
    """Return the last period that a clause names, and the clause without its periods."""
    period, rest, end = "", "", 0
    for found in _PERIOD.finditer(clause):
        period = found.group()
        rest += clause[end : found.start()]
        end = found.end()
    return period, rest + clause[end:]


def _compared(text: str, mentions: Sequence[Mention], sums: Collection[int]) -> Iterator[Verdict]:
    """Compare the values of one indicator."""
    ranges = [_range(mention.figure) for mention in mentions]
    values: list[Interval] = []
    for interval in ranges:
        if not any(_meet(interval, other) for other in values):
            values.append(interval)
    if len(values) > 2:
        return  # a form filled in for several units
    for later in range(1, len(mentions)):
        mention = mentions[later]
        earlier = next((i for i in range(later) if _binds(mentions[i], mention)), None)
        if earlier is None:
            continue
        first = mentions[earlier]
        if _meet(ranges[earlier], ranges[later]):
            proof = f"{first.shown} ＝ {mention.shown}"
            start = mention.figure.start
            yield Verdict("NM012", start, AGREES, (first.figure.start,), partial(str, proof))
        elif _near(first, mention):
            # of two values the one that its parts make is right
            proved = mention.figure.start in sums and first.figure.start not in sums
            wrong, other = (first, mention) if proved else (mention, first)
            yield contradiction(
                "NM012",
                text,
                (wrong.figure.start, wrong.figure.end),
                f"{first.shown} ≠ {mention.shown}",
                other.shown,
                ((OTHER, other.figure.start, other.figure.end),),
                indicator=mention.words,
            )


def _binds(first: Mention, second: Mention) -> bool:
    """Whether the first of two mentions sums up the second."""
    if first.zone == 0:
        return second.zone > 0
    return first.zone == 1 and second.zone == 2 and first.section == second.section


def _near(first: Mention, second: Mention) -> bool:
    """Whether two values are so near that one is a slip, and not of a part of the other."""
    small, large = sorted((first.figure.value, second.figure.value))
    return large * 2 <= small * 3 if len(first.words) < _LONG else large <= small * 2


def _range(figure: Quantity) -> Interval:
    """Return the values that a figure in running text may stand for."""
    if figure.hedge or figure.style != "digits":
        return window(figure)
    if figure.role == SHARE:
        return figure.value - figure.ulp, figure.value + figure.ulp
    ulp = figure.ulp
    while figure.value % (ulp * 10) == 0 and figure.value >= ulp * 100:
        ulp *= 10
    if ulp == ONE and figure.exact:
        return figure.value, figure.value
    if ulp > figure.ulp:  # a round number: 1200户 of 1203户
        return figure.value - ulp // 2, figure.value + ulp // 2 - 1
    return figure.value - ulp // 2, figure.value + ulp - 1


def _meet(first: Interval, second: Interval) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]
