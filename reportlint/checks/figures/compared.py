"""Which two printed values a claim of change compares.

Two values of one thing make a *pair*: 由A增至B, B，上年为A, 比上年的A. What the clauses after it
say of the change (difference, percentage, multiple) is held against the pair.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import change_agrees, known, window
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.lean import NamedTuple
from reportlint.structure.quantities import COUNT, POINTS, SHARE, Quantity

PAST = (
    r"(?:上年|去年|前年|往年|同期|上期|年初|上季|上月|上届|上次|上半年|年前|月底|月末|年底|年末|[0-9]{4}年"
    r"|原来|原有|原先|此前|以前|整改前|改革前|改造前|平时|期初)"
)


UP = r"增加|增长|多|提高|上升|延长|拉长|扩大|增|长|升|涨"


DOWN = r"减少|下降|降低|少|缩短|压缩|压减|减|降|跌|缩"


_PAST = patterns.compile(PAST)
_PAST_VERB = patterns.compile(rf"{PAST}(?P<verb>[^，,。；;0-9]{{1,6}})$")
_MOVED = patterns.compile(rf"(?:的基础上)?(?:{UP}|{DOWN})了?")
_CLAUSE = patterns.compile("[，,、]")
_OPENING = patterns.compile("^(?:全年|今年|年内|累计|共|其中)")


_TO = patterns.compile(
    r"(?:增|减|升|降|提|扩|缩|涨|跌|上|发|回|压|达|做|变|调|改|优|攀|延|拉|拓|壮|长)[^，,。；;]{0,12}[到至为成]了?"
    r"(?:约|近|超过|今年的|现在的|目前的|[^，,。；;]{0,10}的)?$"
)


_ANY_TO = patterns.compile(r"[^，,。；;]{0,12}[到至成]了?(?:约|近|超过|今年的|现在的|目前的)?$")


_FROM = patterns.compile(r"(?:由|从)[^，,。；;]{0,24}$")


_PAST_LEVEL = patterns.compile(
    rf"{PAST}(?:同期)?(?:的|为|是|只有|仅|仅为|有)?$|{PAST}[^，,。；;]{{0,8}}(?:为|是|的)$"
)


_AGAINST = patterns.compile(r"(?:比|较|与|同)[^，,。；;]{0,24}(?:的|为)?$")


BY = patterns.compile(
    r"^[^，,。；;]{0,16}[，,]?(?:同比|(?:比|较|同)[^，,。；;]{1,16})"
    r"(?:净)?(?P<word>增加|增长|多[^，,。；;0-9]{0,2}|提高|上升|减少|下降|降低|少[^，,。；;0-9]{0,2})了?$"
)


_DIRECT = patterns.compile(r"^(?:同比)?[^，,。；;]{0,4}$")


DERIVED = patterns.compile(
    rf"[，,、]?(?:同比|净|共|累计|实际|合计|一共)?(?:(?P<up>{UP})|(?P<down>{DOWN}))"
    rf"(?:幅|率)?(?:[^，,。；;：:0-9]{{0,3}}?(?<![到至成])(?:了|为|达|约|近)?|达到)$"
)
"""A clause that is nothing but a change: ，净增; ，延长; ，增幅达到."""


_HOPS = 3
"""How many such clauses may stand between a pair and what is said of it."""


class Change(NamedTuple):
    """What a claim of growth is about: old and new, or one of them and their difference, or all."""

    new: int = -1
    old: int = -1
    difference: int = -1


def loose(figure: Quantity) -> bool:
    return not known(figure) or figure.hedge == "many"


def find(passage: Passage, index: int) -> Change | None:
    """Return what a claim of growth at ``index`` is about, if the words say so plainly."""
    figures = passage.figures
    last = index - 1
    if last < 1 or passage.sentence[last] != passage.sentence[index]:
        return None
    subject = _CLAUSE.split(passage.before[index])
    if len(subject) > 2 or patterns.search(r"[。；;]", passage.before[index]):
        return _in_turn(passage, index)
    if len(subject) == 2 and _plain(subject):
        # what other clauses say of the same change may stand between
        for _ in range(_HOPS):
            if last < 2 or not DERIVED.fullmatch(passage.before[last]):
                break
            last -= 1
        found = pair(passage, last, spoken=True)
        if found is not None:
            between = range(last + 1, index)
            told = next((i for i in between if alike(figures[i], figures[last])), -1)
            return found._replace(difference=told)
        if last != index - 1:
            found = pair(passage, last + 1, spoken=True)
            if found is not None and last + 1 < index:
                return found
            last = index - 1
    if same(passage, last - 1, last) and passage.sentence[last - 1] == passage.sentence[last]:
        before = passage.before[last]
        if len(subject) == 1 and _AGAINST.search(before) and _PAST.search(before):
            if _DIRECT.match(passage.before[index]) and not _VARIES.search(before):
                if _CHANGES.search(passage.before[last - 1]):
                    # 净减少213户，比上年末4499户下降
                    return Change(old=last, difference=last - 1)
                return Change(new=last - 1, old=last)
        if len(subject) == 2 and _plain(subject):
            by = BY.search(before)
            if by is not None and figures[last].role == COUNT:
                return Change(new=last - 1, difference=last)
            if figures[last].role == COUNT and _based(passage, last):
                whole = last - 2
                if whole >= 0 and alike(figures[whole], figures[last]):
                    # 调解4268件，比上年的3796件增加472件: all three are there
                    found = pair(passage, last - 1, spoken=True)
                    if found is not None:
                        return found._replace(difference=last)
                return Change(old=last - 1, difference=last)
    elif len(subject) == 2 and _plain(subject) and passage.is_share(last - 1):
        # 蓄水1.37亿立方米，占总库容的64.0%，比上年多蓄0.19亿立方米、增加
        new = last - 1
        while new > 0 and passage.is_share(new):
            new -= 1
        if alike(figures[new], figures[last]) and BY.search(passage.before[last]):
            if passage.sentence[new] == passage.sentence[last]:
                return Change(new=new, difference=last)
    return _in_turn(passage, index) or _against_far(passage, index, index - 1)


def pair(passage: Passage, last: int, *, spoken: bool) -> Change | None:
    """Return the pair that ends with the figure ``last``: 由A增至B, or B，上年为A if ``spoken``."""
    first = last - 1
    if first < 0 or not same(passage, first, last):
        return None
    if passage.sentence[first] != passage.sentence[last]:
        return None
    before, lead = passage.before[last], passage.before[first]
    if _FROM.search(lead) and _ANY_TO.fullmatch(before):
        return Change(new=last, old=first)
    if _TO.search(before) and _PAST_LEVEL.search(lead):
        return Change(new=last, old=first)
    stage = _STAGE.search(lead)
    if stage is not None and f"{stage['what']}后" in before:
        return Change(new=last, old=first)  # 改造前户均0.31个、改造后户均0.62个
    if not spoken or _FROM.search(before) or _CHANGES.search(lead):
        return None
    if _PAST_LEVEL.search(before) or _same_verb(passage, first, before):
        return Change(new=first, old=last)
    if _AGAINST.search(before) and _PAST.search(before) and not _VARIES.search(before):
        return Change(new=first, old=last)
    return None


_STAGE = patterns.compile(r"(?P<what>改造|整治|实施|改革|调整|治理|扩建|更新|整改)前")
_CHANGES = patterns.compile(rf"(?:{UP}|{DOWN})了?(?:约|近)?$")


_VARIES = patterns.compile(r"[多少增减升降]")


def _same_verb(passage: Passage, first: int, before: str) -> bool:
    """Whether a past value is told with the words of the present: 销售12738吨，上年销售11620吨."""
    found = _PAST_VERB.search(before)
    return found is not None and found["verb"] in passage.label(first)


def _based(passage: Passage, last: int) -> bool:
    """Whether a difference follows its old value: 比上年的7万人次增加1.4万人次."""
    before, lead = passage.before[last], passage.before[last - 1]
    if not _MOVED.fullmatch(before):
        return False
    return _FROM.search(lead) is not None or (
        _AGAINST.search(lead) is not None and _PAST.search(lead) is not None
    )


_AGAIN = patterns.compile(
    r"[；;，,](?P<when>今年|本年|次年|第[二三四五]年|[0-9]{4}年|去年|上年)?[^，,。；;]{0,10}$"
)


TIMED = patterns.compile(r"前年|去年|上年|今年|本年|[0-9]{4}年|第[一二三四五]年|次年")


def _in_turn(passage: Passage, index: int) -> Change | None:
    """Return the pair of a claim in a row of years: 去年512起，下降20%；今年384起，又下降."""
    figures = passage.figures
    last = index - 1
    gap = passage.before[index]
    if not patterns.fullmatch(r"[，,](?:又|再|再次|继续|同比|比上年|较上年)?[^，,。；;]{1,4}", gap):
        return None
    if not _AGAIN.fullmatch(passage.before[last]) or not TIMED.search(passage.before[last]):
        return None
    for i in range(last - 1, max(-1, last - 4), -1):
        if passage.sentence[i] != passage.sentence[last]:
            return None
        if same(passage, i, last):
            return Change(new=last, old=i) if TIMED.search(passage.before[i]) else None
        if figures[i].role not in (SHARE, POINTS):
            return None
    return None


_OWN = patterns.compile(
    r"^(?:同比|分别|净|总体|整体|实现|共|累计|两年|三年|五年|一年|[一二三四五]年来?|正好|也|已|均|幅度|直接|总量|总数|约|近|又|再)*"
)


_VERB = patterns.compile(
    r"^(?:了|增长|增加|上升|提高|提升|增幅|涨幅|上涨|扩大|下降|减少|降低|降幅|压减|压缩|缩短|缩减|下滑|减幅|延长|拉长"
    r"|多[^，]{0,2}$|少[^，]{0,2}$|净增|净减|增$|减$|为|达到?|约|近|超过|$)"
)


def _plain(subject: list[str]) -> bool:
    """Whether the clause of the claim has no subject of its own."""
    rest = _OWN.sub("", subject[-1])
    return _VERB.match(rest) is not None


def same(passage: Passage, first: int, last: int) -> bool:
    one, other = passage.figures[first], passage.figures[last]
    return alike(one, other) or (one.role == other.role == SHARE)


def _against_far(passage: Passage, index: int, last: int) -> Change | None:
    """比上年的3.92亿元增长: the new value stands further back, under the same subject."""
    figures = passage.figures
    before, gap = passage.before[last], passage.before[index]
    if figures[last].role != COUNT or patterns.search(r"[，,。；;]", gap):
        return None
    if not (_AGAINST.search(before) and _PAST.search(before)) or not known(figures[last]):
        return None
    if _VARIES.search(before):
        return None
    wholes = [
        i
        for i in range(last - 1, max(-1, last - REACH), -1)
        if alike(figures[i], figures[last]) and known(figures[i])
    ]
    if not wholes:
        return None
    claimed = window(figures[index])
    if any(
        change_agrees(figures[last], figures[i], claimed, falling)
        for i in wholes
        for falling in (False, True)
    ):
        return None
    # the subject of this sentence has to be that of the figure
    sentence = passage.sentence[last]
    head = next((i for i in range(index + 1) if passage.sentence[i] == sentence), last)
    topic = _OPENING.sub("", passage.label(head))
    for i in wholes[::-1]:
        if sentence - passage.sentence[i] > 1:
            continue
        name = passage.label(i)
        if any(
            topic[k : k + 2] in name for k in range(len(topic) - 1) if topic[k : k + 2] != "全年"
        ):
            if not patterns.search(r"计划|目标|任务|预算", name):
                return Change(new=i, old=last)
    return None
