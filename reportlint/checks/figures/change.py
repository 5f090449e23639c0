"""NM004: growth and decline. NM007: 百分点 against %. NM008: 倍 and 番. NM010: copied results.

Two printed values of one thing make a *pair*: 由A增至B, B，上年为A, 比上年的A. What the clauses
after it say of the change (difference, percentage, multiple) is held against the pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint import patterns
from reportlint.checks.figures.arithmetic import (
    amount,
    change_agrees,
    known,
    percent,
    ratio_agrees,
    window,
)
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.verdicts import (
    DIFFERENCE,
    NEW,
    OLD,
    Verdict,
    agrees,
    as_printed,
    contradicts,
    quotient,
    unclear,
)
from reportlint.structure.quantities import COUNT, DOUBLING, ONE, POINTS, SHARE, TIMES, Quantity

_REAL = patterns.compile(
    r"生产总值|GDP|增加值|产值|可支配|纯收入|人均收入|居民收入|农民收入|可比|不变价|实际增|年均(?:[增递下减提降上复]|$)|平均每年|年平均|复合"
)
_PAST = (
    r"(?:上年|去年|前年|往年|同期|上期|年初|上季|上月|上届|上次|上半年|年前|月底|月末|年底|年末|[0-9]{4}年"
    r"|原来|原有|原先|此前|以前|整改前|改革前|改造前|平时|期初)"
)
_UP = r"增加|增长|多|提高|上升|延长|拉长|扩大|增|长|升|涨"
_DOWN = r"减少|下降|降低|少|缩短|压缩|压减|减|降|跌|缩"
_TO = patterns.compile(
    r"(?:增|减|升|降|提|扩|缩|涨|跌|上|发|回|压|达|做|变|调|改|优|攀|延|拉|拓|壮|长)[^，,。；;]{0,12}[到至为成]了?"
    r"(?:约|近|超过|今年的|现在的|目前的|[^，,。；;]{0,10}的)?$"
)
_ANY_TO = patterns.compile(r"[^，,。；;]{0,12}[到至成]了?(?:约|近|超过|今年的|现在的|目前的)?$")
_FROM = patterns.compile(r"(?:由|从)[^，,。；;]{0,24}$")
_PAST_LEVEL = patterns.compile(
    rf"{_PAST}(?:同期)?(?:的|为|是|只有|仅|仅为|有)?$|{_PAST}[^，,。；;]{{0,8}}(?:为|是|的)$"
)
_AGAINST = patterns.compile(r"(?:比|较|与|同)[^，,。；;]{0,24}(?:的|为)?$")
_BY = patterns.compile(
    r"^[^，,。；;]{0,16}[，,]?(?:同比|(?:比|较|同)[^，,。；;]{1,16})"
    r"(?:净)?(?P<word>增加|增长|多[^，,。；;0-9]{0,2}|提高|上升|减少|下降|降低|少[^，,。；;0-9]{0,2})了?$"
)
_DIRECT = patterns.compile(r"^(?:同比)?[^，,。；;]{0,4}$")
_DERIVED = patterns.compile(
    rf"[，,](?:同比|净|共|累计|实际|合计|一共)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    rf"(?:幅|率)?[^，,。；;：:0-9]{{0,3}}?(?:了|为|达|约|近|达到)?$"
)
"""A clause that is nothing but a change: ，净增; ，延长; ，增幅达到."""

_HOPS = 3
"""How many such clauses may stand between a pair and what is said of it."""


class Change(NamedTuple):
    """Two figures that a growth claim is about: old and new, or one of them and the difference."""

    new: int = -1
    old: int = -1
    difference: int = -1


def change(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM004, NM007 and NM008 for one claim of growth or decline."""
    if claim.size > 1:
        yield from _listed(passage, claim)
        return
    index = claim.first
    found = find(passage, index)
    if found is None:
        yield unclear("NM004", passage, index, "no-base")
        return
    figures = passage.figures
    claimed = figures[index]
    value = figures[found.new if found.new >= 0 else found.old]
    if value.role == SHARE:
        if found.old >= 0:
            yield from _points(passage, claim, found)
        return
    names = passage.before(index)
    names += "".join(passage.before(i) for i in (found.new, found.old) if i >= 0)
    if _REAL.search(names):
        yield unclear("NM004", passage, index, "real-price")
    elif claimed.role == POINTS:
        return
    elif found.difference >= 0:
        yield from _by(passage, claim, found)
    elif _loose(figures[found.old]) or _loose(figures[found.new]):
        yield unclear("NM004", passage, index, "open-interval")
    elif claimed.role == DOUBLING:
        yield _doubled(passage, index, found)
    else:
        old, new = figures[found.old], figures[found.new]
        if (new.value < old.value) != claim.falling:
            # 由120增至90，增长25%: perhaps the two are not what they seem
            yield unclear("NM004", passage, index, "no-base")
            return
        right = change_agrees(old, new, window(claimed), claim.falling)
        yield _growth(passage, index, found, claim.falling, right=right)


def _loose(figure: Quantity) -> bool:
    return not known(figure) or figure.hedge == "many"


def find(passage: Passage, index: int) -> Change | None:
    """Return what a claim of growth at ``index`` is about, if the words say so plainly."""
    figures = passage.figures
    last = index - 1
    if last < 1 or passage.sentence(last) != passage.sentence(index):
        return None
    subject = re.split(r"[，,]", passage.before(index))
    if len(subject) > 2 or re.search(r"[。；;]", passage.before(index)):
        return _in_turn(passage, index)
    if len(subject) == 2 and _plain(subject):
        # what other clauses say of the same change may stand between
        for _ in range(_HOPS):
            if last < 2 or not _DERIVED.fullmatch(passage.before(last)):
                break
            last -= 1
        pair = _pair(passage, last, spoken=True)
        if pair is not None:
            return pair
        if last != index - 1:
            pair = _pair(passage, last + 1, spoken=True)
            if pair is not None and last + 1 < index:
                return pair
            last = index - 1
    if _same(passage, last - 1, last) and passage.sentence(last - 1) == passage.sentence(last):
        before = passage.before(last)
        if len(subject) == 1 and _AGAINST.search(before) and re.search(_PAST, before):
            if _DIRECT.match(passage.before(index)) and "增加" not in before:
                return Change(new=last - 1, old=last)
        if len(subject) == 2 and _plain(subject):
            by = _BY.search(before)
            if by is not None and figures[last].role == COUNT:
                return Change(new=last - 1, difference=last)
            if figures[last].role == COUNT and _based(passage, last):
                return Change(old=last - 1, difference=last)
    return _in_turn(passage, index) or _against_far(passage, index, index - 1)


def _pair(passage: Passage, last: int, *, spoken: bool) -> Change | None:
    """Return the pair that ends with the figure ``last``: 由A增至B, or B，上年为A if ``spoken``."""
    first = last - 1
    if first < 0 or not _same(passage, first, last):
        return None
    if passage.sentence(first) != passage.sentence(last):
        return None
    before, lead = passage.before(last), passage.before(first)
    if _FROM.search(lead) and _ANY_TO.fullmatch(before):
        return Change(new=last, old=first)
    if _TO.search(before) and _PAST_LEVEL.search(lead):
        return Change(new=last, old=first)
    if spoken and _PAST_LEVEL.search(before) and not _FROM.search(before):
        return Change(new=first, old=last)
    return None


def _based(passage: Passage, last: int) -> bool:
    """Whether a difference follows its old value: 比上年的7万人次增加1.4万人次."""
    before, lead = passage.before(last), passage.before(last - 1)
    if not re.fullmatch(rf"(?:的基础上)?(?:{_UP}|{_DOWN})了?", before):
        return False
    return _FROM.search(lead) is not None or (
        _AGAINST.search(lead) is not None and re.search(_PAST, lead) is not None
    )


_AGAIN = patterns.compile(
    r"[；;，,](?P<when>今年|本年|次年|第[二三四五]年|[0-9]{4}年|去年|上年)?[^，,。；;]{0,10}$"
)
_TIMED = patterns.compile(r"前年|去年|上年|今年|本年|[0-9]{4}年|第[一二三四五]年|次年")


def _in_turn(passage: Passage, index: int) -> Change | None:
    """Return the pair of a claim in a row of years: 去年512起，下降20%；今年384起，又下降."""
    figures = passage.figures
    last = index - 1
    gap = passage.before(index)
    if not re.fullmatch(r"[，,](?:又|再|再次|继续|同比|比上年|较上年)?[^，,。；;]{1,4}", gap):
        return None
    if not _AGAIN.fullmatch(passage.before(last)) or not _TIMED.search(passage.before(last)):
        return None
    for i in range(last - 1, max(-1, last - 4), -1):
        if passage.sentence(i) != passage.sentence(last):
            return None
        if _same(passage, i, last):
            return Change(new=last, old=i) if _TIMED.search(passage.before(i)) else None
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


def _same(passage: Passage, first: int, last: int) -> bool:
    one, other = passage.figures[first], passage.figures[last]
    return alike(one, other) or (one.role == other.role == SHARE)


def _against_far(passage: Passage, index: int, last: int) -> Change | None:
    """比上年的3.92亿元增长: the new value stands further back, under the same subject."""
    figures = passage.figures
    before, gap = passage.before(last), passage.before(index)
    if figures[last].role != COUNT or re.search(r"[，,。；;]", gap):
        return None
    if not (_AGAINST.search(before) and re.search(_PAST, before)) or not known(figures[last]):
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
    sentence = passage.sentence(last)
    head = next((i for i in range(index + 1) if passage.sentence(i) == sentence), last)
    topic = re.sub(r"^(?:全年|今年|年内|累计|共|其中)", "", passage.label(head))
    for i in wholes[::-1]:
        if sentence - passage.sentence(i) > 1:
            continue
        name = passage.label(i)
        if any(
            topic[k : k + 2] in name for k in range(len(topic) - 1) if topic[k : k + 2] != "全年"
        ):
            if not re.search(r"计划|目标|任务|预算", name):
                return Change(new=i, old=last)
    return None


def _growth(passage: Passage, index: int, found: Change, falling: bool, *, right: bool) -> Verdict:
    """Say whether a claim is the change from old to new, relative to old."""
    figures = passage.figures
    old, new, claimed = figures[found.old], figures[found.new], figures[index]
    one, other = passage.shown(found.old), passage.shown(found.new)
    code = "NM008" if claimed.role == TIMES else "NM004"

    def expected() -> str:
        return percent(abs(new.value - old.value), old.value, claimed)

    def proof() -> str:
        terms = f"（{one}－{other}）" if falling else f"（{other}－{one}）"
        return f"{terms} ÷ {one} = {expected()}"

    if right:
        return agrees(code, passage, index, (found.old, found.new), proof)
    return contradicts(
        code,
        passage,
        index,
        proof(),
        expected(),
        ((OLD, found.old), (NEW, found.new)),
        replace=as_printed(passage, index, expected()),
        part=other,
        whole=one,
        old=one,
        new=other,
    )


def _by(passage: Passage, claim: Claim, found: Change) -> Iterator[Verdict]:
    """The difference is printed: it is compared with what there was before."""
    figures, index = passage.figures, claim.first
    if found.new < 0:
        yield _on(passage, index, found)
        return
    new, difference, claimed = figures[found.new], figures[found.difference], figures[index]
    by = _BY.search(passage.before(found.difference))
    yearly = re.search(r"同比|上年|去年", passage.before(index)) is not None
    if by is None or (yearly and not re.search(r"同比|上年(?!末|底)|去年(?!末|底)", by.group())):
        # 比年初增加3亿元，同比增长15%
        yield unclear("NM004", passage, index, "two-bases")
        return
    falling = by["word"][0] in "减下降少"
    if falling != claim.falling or claimed.role not in (SHARE, TIMES):
        return
    if not known(new, difference) or (not falling and difference.value >= new.value):
        return
    old = _before(new, difference, falling)
    if old is None:
        return
    code = "NM008" if claimed.role == TIMES else "NM004"
    one, other = passage.shown(found.difference), passage.shown(found.new)
    sign = "＋" if falling else "－"

    def expected() -> str:
        return percent(difference.value, old.value, claimed)

    def proof() -> str:
        return f"{one} ÷ （{other}{sign}{one}） = {expected()}"

    if ratio_agrees(difference, old, window(claimed)):
        yield agrees(code, passage, index, (found.new, found.difference), proof)
        return
    yield contradicts(
        code,
        passage,
        index,
        proof(),
        expected(),
        ((NEW, found.new), (DIFFERENCE, found.difference)),
        replace=as_printed(passage, index, expected()),
        part=one,
        whole=f"{other}{sign}{one}",
    )


def _on(passage: Passage, index: int, found: Change) -> Verdict:
    """比上年的7万人次增加1.4万人次，增长: the difference and the old value are printed."""
    figures = passage.figures
    difference, old = figures[found.difference], figures[found.old]
    if not known(difference, old):
        return unclear("NM004", passage, index, "open-interval")
    right = ratio_agrees(difference, old, window(figures[index]))
    return quotient("NM004", passage, index, found.difference, found.old, right=right)


def _doubled(passage: Passage, index: int, found: Change) -> Verdict:
    """NM008 for 翻番: 翻一番 is twice, 翻两番 four times."""
    claimed = passage.figures[index]
    old, new = passage.figures[found.old], passage.figures[found.new]
    if claimed.hedge:
        return unclear("NM008", passage, index, "open-interval")
    low, high = claimed.value * 93 // 100, claimed.value * 115 // 100
    if ratio_agrees(new, old, (low, high)):
        return quotient("NM008", passage, index, found.new, found.old, right=True)
    expected = percent(new.value, old.value, claimed._replace(role=TIMES))
    return contradicts(
        "NM008",
        passage,
        index,
        f"{passage.shown(found.new)} ÷ {passage.shown(found.old)} = {expected}，"
        f"{passage.shown(index)}应为{claimed.value // ONE}倍",
        expected,
        ((OLD, found.old), (NEW, found.new)),
        old=passage.shown(found.old),
        new=passage.shown(found.new),
    )


def _before(new: Quantity, difference: Quantity, falling: bool) -> Quantity | None:
    """Return what there was before the printed difference."""
    if new.low is None or new.high is None or difference.low is None or difference.high is None:
        return None
    value = new.value + (difference.value if falling else -difference.value)
    if falling:
        low, high = new.low + difference.low, new.high + difference.high
    else:
        low, high = new.low - difference.high, new.high - difference.low
    return new._replace(value=value, low=low, high=high) if low > 0 else None


def _points(passage: Passage, claim: Claim, found: Change) -> Iterator[Verdict]:
    """NM007: the change between two percentages."""
    figures, index = passage.figures, claim.first
    old, new, claimed = figures[found.old], figures[found.new], figures[index]
    if claimed.role not in (SHARE, POINTS) or claimed.style not in ("digits", "chinese"):
        return
    if not known(old, new) or "‰" in (old.unit, new.unit) or claimed.hedge:
        return
    if old.hedge or new.hedge or not {old.style, new.style} <= {"digits", "chinese", "cheng"}:
        return
    difference = new.value - old.value
    if (difference < 0) != claim.falling:
        return
    difference = abs(difference)
    rough = "cheng" in (old.style, new.style)
    # 三成 and 四成五 are thirty and forty-five: somebody who takes the difference means it so
    ulp = claimed.ulp if rough else max(old.ulp, new.ulp, claimed.ulp)
    right = abs(difference - claimed.value) <= ulp
    if rough and not right:
        return

    def expected() -> str:
        places = max(old.places, new.places)
        text = percent(difference, ONE, claimed._replace(places=places, unit="%"))[:-1]
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "个百分点"

    def proof() -> str:
        high, low = (found.old, found.new) if claim.falling else (found.new, found.old)
        return f"{passage.shown(high)}－{passage.shown(low)} = {expected()}"

    if claimed.role == POINTS:
        if right:
            yield agrees("NM007", passage, index, (found.old, found.new), proof)
            return
    elif not right and change_agrees(old, new, window(claimed), claim.falling):
        yield _growth(passage, index, found, claim.falling, right=True)
        return
    yield contradicts(
        "NM007",
        passage,
        index,
        proof(),
        expected(),
        ((OLD, found.old), (NEW, found.new)),
        replace=expected(),
        old=passage.shown(found.old),
        new=passage.shown(found.new),
    )


def _listed(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """97件134人，上年同期为197件375人，同比分别减少p、q: pairs in order."""
    figures, count = passage.figures, claim.size
    middle, first = claim.first - count, claim.first - 2 * count
    if first < 0 or passage.sentence(first) != passage.sentence(claim.first):
        return
    if figures[claim.first].role != SHARE:
        return
    pairs = [(first + k, middle + k, claim.first + k) for k in range(count)]
    if not all(
        alike(figures[new], figures[old]) and known(figures[new], figures[old])
        for new, old, _ in pairs
    ):
        return
    join = passage.before(middle)
    if not re.search(_PAST, join) or re.search(r"增加|减少|多|少|由|从", join):
        return
    if _REAL.search(passage.before(first) + join):
        for _, _, index in pairs:
            yield unclear("NM004", passage, index, "real-price")
        return
    copied = _copied(passage, claim)
    for new, old, index in pairs:
        if (figures[new].value < figures[old].value) != claim.falling:
            yield unclear("NM004", passage, index, "no-base")
            continue
        right = change_agrees(figures[old], figures[new], window(figures[index]), claim.falling)
        verdict = _growth(passage, index, Change(new, old), claim.falling, right=right)
        yield verdict.recoded("NM010") if copied and not right else verdict


def _copied(passage: Passage, claim: Claim) -> bool:
    """Whether the same results, all of them, are those of the claim before."""
    figures, count = passage.figures, claim.size
    own = [figures[i].value for i in range(claim.first, claim.last + 1)]
    for start in range(claim.first - 2 * count, max(-1, claim.first - REACH), -1):
        if [figures[i].value for i in range(start, start + count)] == own:
            return figures[start].role == SHARE
    return False


def difference(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM004 for a printed difference of a pair: 由86家增加到129家，净增53家."""
    figures = passage.figures
    found = _DERIVED.fullmatch(passage.before(index))
    if found is None or index < 2 or not alike(figures[index], figures[index - 1]):
        return
    pair = _pair(passage, index - 1, spoken=True)
    if pair is None or passage.sentence(index) != passage.sentence(index - 1):
        return
    old, new, claimed = figures[pair.old], figures[pair.new], figures[index]
    if any(_loose(figure) or figure.hedge for figure in (old, new, claimed)):
        yield unclear("NM004", passage, index, "open-interval")
        return
    high, low = (old, new) if found["down"] else (new, old)
    value = high.value - low.value
    if value <= 0:
        return
    slack = sum(figure.ulp // 2 + 1 for figure in (old, new, claimed) if not figure.exact)
    expected = amount(value, claimed) + passage.text[claimed.digits : claimed.end]
    if claimed.scale > 1:
        expected = amount(value, claimed) + passage.shown(index).lstrip("0123456789,，. ")
    shown = [passage.shown(i) for i in ((pair.old, pair.new) if found["down"] else pair[:2])]

    def proof() -> str:
        return f"{shown[0]}－{shown[1]} = {expected}"

    used = (pair.new, pair.old)
    if abs(value - claimed.value) <= slack:
        yield agrees("NM004", passage, index, used, proof)
        return
    yield contradicts(
        "NM004",
        passage,
        index,
        proof(),
        expected,
        ((NEW, pair.new), (OLD, pair.old)),
        replace=as_printed(passage, index, expected),
        old=passage.shown(pair.old),
        new=passage.shown(pair.new),
    )


_REACHED = patterns.compile(
    r"[，,](?:达到?|为|至|增至|升至|降至|减至|增加到|增长到|下降到|实现|达到了)"
)
_LATER = patterns.compile(r"[，,；;](?:[0-9]{4}年|今年|次年|第[二三四五]年|本年)[^，,。；;]{0,12}$")


def grown(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM004 for a level that growth leads to: 2023年为10亿元，2024年增长20%，达到12.6亿元."""
    figures = passage.figures
    if index < 2 or not _REACHED.fullmatch(passage.before(index)):
        return
    rate, old = index - 1, index - 2
    if figures[rate].role != SHARE or not alike(figures[old], figures[index]):
        return
    if passage.sentence(old) != passage.sentence(index):
        return
    between = passage.before(rate)
    verb = re.search(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?$", between)
    if verb is None or not _LATER.match(between) or _REAL.search(between + passage.before(old)):
        return
    if not _TIMED.search(passage.lead(old)):
        return
    claimed, growth = figures[index], figures[rate]
    if _loose(figures[old]) or _loose(claimed) or growth.hedge or claimed.hedge:
        yield unclear("NM004", passage, index, "open-interval")
        return
    falling = verb["down"] is not None
    sign = "－" if falling else "＋"
    value = figures[old].value * (ONE - growth.value if falling else ONE + growth.value) // ONE
    rest = passage.shown(index).lstrip("0123456789,，. ")
    expected = amount(value - value % claimed.ulp, claimed) + rest

    def proof() -> str:
        return f"{passage.shown(old)} ×（1{sign}{passage.shown(rate)}） = {expected}"

    if change_agrees(figures[old], claimed, window(growth), falling):
        yield agrees("NM004", passage, index, (old, rate), proof)
        return
    yield contradicts(
        "NM004",
        passage,
        index,
        proof(),
        expected,
        ((OLD, old), (DIFFERENCE, rate)),
        replace=as_printed(passage, index, expected),
        old=passage.shown(old),
    )


_OF_PAST = patterns.compile(rf"[，,](?:是|为|相当于|达到?)(?:{_PAST}|当时|当初)(?:同期)?的")


def multiple(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM008: 772亿美元，相当于2007年248亿美元的3.1倍; 由4.5亿元升至10.8亿元，是上年的2.4倍."""
    figures, index = passage.figures, claim.first
    if re.fullmatch(
        rf"[，,](?:是|为|相当于|达到?)(?:{_PAST}|当时|当初)(?:同期)?的", passage.before(index)
    ):
        pair = _pair(passage, index - 1, spoken=True) if index > 1 else None
        if pair is not None and not _loose(figures[pair.old]) and not _loose(figures[pair.new]):
            right = ratio_agrees(figures[pair.new], figures[pair.old], window(figures[index]))
            yield quotient("NM008", passage, index, pair.new, pair.old, right=right)
        return
    if index < 2 or passage.before(index) != "的" or not _same(passage, index - 2, index - 1):
        return
    new, old = index - 2, index - 1
    if not re.search(r"(?:是|为|相当于|达到?)[^，,。；;]{0,16}$", passage.before(old)):
        return
    if passage.sentence(new) != passage.sentence(old) or figures[new].role != COUNT:
        return
    if not known(figures[new], figures[old]):
        return
    right = ratio_agrees(figures[new], figures[old], window(figures[index]))
    yield quotient("NM008", passage, index, new, old, right=right)
