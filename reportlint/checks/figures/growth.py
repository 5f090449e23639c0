"""NM004: growth and decline. NM008: 倍 and 番. NM010: percentages copied from the clause before."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import (
    change_agrees,
    known,
    percent,
    ratio_agrees,
    total_agrees,
    window,
)
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.compared import BY, PAST, Change, find, loose, pair, same
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.points import points
from reportlint.checks.figures.verdicts import (
    DIFFERENCE,
    NEW,
    OLD,
    Verdict,
    agrees,
    as_printed,
    contradicts,
    quotient,
    relative,
    unclear,
)
from reportlint.structure.quantities import COUNT, DOUBLING, ONE, POINTS, SHARE, TIMES, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


REAL = patterns.compile(
    r"生产总值|GDP|增加值|产值|可支配|纯收入|人均收入|居民收入|农民收入|可比|不变价|实际增|年均(?:[增递下减提降上复]|$)|平均每年|年平均|复合"
)


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
            yield from points(passage, claim, found)
        return
    names = passage.before[index]
    names += "".join(passage.before[i] for i in (found.new, found.old) if i >= 0)
    if REAL.search(names):
        yield unclear("NM004", passage, index, "real-price")
    elif claimed.role == POINTS:
        return
    elif found.difference >= 0 and (found.old < 0 or found.new < 0):
        yield from _by(passage, claim, found)
    elif loose(figures[found.old]) or loose(figures[found.new]):
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
        low, high = (new, old) if claim.falling else (old, new)
        if right and found.difference >= 0:
            told = figures[found.difference]
            if known(told) and total_agrees([low, told], high):
                # the difference is printed too, and may be finer than what it is of
                yield _on(passage, index, found)
                return
        yield relative(passage, index, found.old, found.new, claim.falling, right=right)


def _by(passage: Passage, claim: Claim, found: Change) -> Iterator[Verdict]:
    """The difference is printed: it is compared with what there was before."""
    figures, index = passage.figures, claim.first
    if found.new < 0:
        yield _on(passage, index, found)
        return
    new, difference, claimed = figures[found.new], figures[found.difference], figures[index]
    by = BY.search(passage.before[found.difference])
    yearly = patterns.search(r"同比|上年|去年", passage.before[index]) is not None
    if by is None or (
        yearly and not patterns.search(r"同比|上年(?!末|底)|去年(?!末|底)", by.group())
    ):
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


def _listed(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """97件134人，上年同期为197件375人，同比分别减少p、q: pairs in order."""
    figures, count = passage.figures, claim.size
    middle, first = claim.first - count, claim.first - 2 * count
    if first < 0 or passage.sentence[first] != passage.sentence[claim.first]:
        return
    if figures[claim.first].role != SHARE:
        return
    pairs = [(first + k, middle + k, claim.first + k) for k in range(count)]
    if not all(
        alike(figures[new], figures[old]) and known(figures[new], figures[old])
        for new, old, _ in pairs
    ):
        return
    join = passage.before[middle]
    if patterns.search(PAST, join) is None or patterns.search(r"增加|减少|多|少|由|从", join):
        return
    if REAL.search(passage.before[first] + join):
        for _, _, index in pairs:
            yield unclear("NM004", passage, index, "real-price")
        return
    copied = _copied(passage, claim)
    for new, old, index in pairs:
        if (figures[new].value < figures[old].value) != claim.falling:
            yield unclear("NM004", passage, index, "no-base")
            continue
        right = change_agrees(figures[old], figures[new], window(figures[index]), claim.falling)
        verdict = relative(passage, index, old, new, claim.falling, right=right)
        yield verdict.recoded("NM010") if copied and not right else verdict


def _copied(passage: Passage, claim: Claim) -> bool:
    """Whether the same results, all of them, are those of the claim before."""
    figures, count = passage.figures, claim.size
    own = [figures[i].value for i in range(claim.first, claim.last + 1)]
    for start in range(claim.first - 2 * count, max(-1, claim.first - REACH), -1):
        if [figures[i].value for i in range(start, start + count)] == own:
            return figures[start].role == SHARE
    return False


_OF_PAST = patterns.compile(
    rf"[，,](?:是|为|相当于|达到?|增加到|增长到|扩大到|提高到|上升到|增至)(?:{PAST}|当时|当初)(?:同期)?的"
)


def multiple(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM008: 772亿美元，相当于2007年248亿美元的3.1倍; 由4.5亿元升至10.8亿元，是上年的2.4倍."""
    figures, index = passage.figures, claim.first
    if _OF_PAST.fullmatch(passage.before[index]):
        two = pair(passage, index - 1, spoken=True) if index > 1 else None
        if two is not None and not loose(figures[two.old]) and not loose(figures[two.new]):
            right = ratio_agrees(figures[two.new], figures[two.old], window(figures[index]))
            yield quotient("NM008", passage, index, two.new, two.old, right=right)
        return
    if index < 2 or passage.before[index] != "的" or not same(passage, index - 2, index - 1):
        return
    new, old = index - 2, index - 1
    if not patterns.search(r"(?:是|为|相当于|达到?)[^，,。；;]{0,16}$", passage.before[old]):
        return
    if passage.sentence[new] != passage.sentence[old] or figures[new].role != COUNT:
        return
    if not known(figures[new], figures[old]):
        return
    right = ratio_agrees(figures[new], figures[old], window(figures[index]))
    yield quotient("NM008", passage, index, new, old, right=right)
