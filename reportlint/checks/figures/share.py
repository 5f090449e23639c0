"""NM001: a share that its part and its whole contradict. NM009: a share no whole number gives."""

from __future__ import annotations

from itertools import combinations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import (
    Interval,
    known,
    percent,
    ratio_agrees,
    total_agrees,
    window,
)
from reportlint.checks.figures.claims import Claim, hedge_cut
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.verdicts import (
    PART,
    WHOLE,
    Verdict,
    agrees,
    as_printed,
    contradicts,
    quotient,
    unclear,
)
from reportlint.lean import cached_property, partial
from reportlint.structure.quantities import COUNT, ONE, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_TARGET = patterns.compile(r"计划|目标|任务|预算|指标|上年|去年|同期|应")
_AMONG = patterns.compile(r"其中|[中里内](?=[，,有、]|共|已)")
_CHANGED = patterns.compile(
    r"(?:增加|减少|增长|净增|多|少|下降|提高|新增)了?(?:约|近|超过)?$|(?:比|较(?![好差大小高低多少强弱快慢为]))[^，]{0,12}$"
)
_ADVERB = patterns.compile(r"(?:已|约|仅|只|均|都|各|就|还|也|共|总共|合计)?$")
_DIRECT = patterns.compile(r"[，,]占[^，,]{0,12}|[（(]")
_NEAR = 10
_VIEWED = patterns.compile(r"从[^，。；]{1,12}看|按[^，。；]{1,14}[，分]|其中|分布|结构")


def share(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM001 for one claim, single or in a list."""
    if claim.listed or claim.size > 1:
        yield from _listed(passage, claim)
        return
    index = claim.first
    if _explicit(passage, index):
        return
    if _TARGET.search(claim.base):
        yield unclear("NM001", passage, index, "other-base")
        return
    part = _part(passage, claim)
    if part is None:
        yield unclear("NM001", passage, index, "no-part")
        return
    whole, right = _whole(passage, claim, part)
    if whole is None:
        yield unclear("NM001", passage, index, "no-whole")
    else:
        yield quotient("NM001", passage, index, part, whole, right=right)


BRACKET = frozenset({"（", "(", "（占", "(占"})
"""What stands before a share in brackets."""


def bracketed(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM001 for a share in brackets after its part: 177人（14.31%）."""
    figures = passage.figures
    if index < 2 or passage.before[index] not in BRACKET:
        return
    part = index - 1
    if figures[part].role != COUNT or not known(figures[part]):
        return
    wholes = _candidates(passage, part)
    claimed = window(figures[index])
    for whole in wholes:
        if ratio_agrees(figures[part], figures[whole], claimed):
            yield quotient("NM001", passage, index, part, whole, right=True)
            return
    others = _Others(passage, index)
    for whole in wholes:
        if others.confirm(whole):
            yield quotient("NM001", passage, index, part, whole, right=False)
            return
    yield unclear("NM001", passage, index, "no-whole")


def _explicit(passage: Passage, index: int) -> bool:
    """Whether the whole is printed inside the claim: 占耕地4.96万亩的百分之七十五."""
    return index > 0 and passage.before[index].lstrip("的") == "" and passage.is_count(index - 1)


_CLAUSE = patterns.compile("[，,；;：:（(]")
_COUNTS = patterns.compile(r"(?:人数|户数|数量|总数|面积|金额|数|量|额)$")


def _part(passage: Passage, claim: Claim) -> int | None:
    """Return the figure that the share is said to be, if that is certain."""
    figures, index = passage.figures, claim.first
    before = passage.before[index]
    previous = index - 1
    if previous < 0 or passage.sentence[previous] != passage.sentence[index]:
        return None
    lead = before[: before.rfind("占")] if "占" in before else hedge_cut(before)
    spoken = _CLAUSE.split(lead)[-1].strip()
    subject = _COUNTS.sub("", spoken)
    if _AMONG.search(lead) or "。" in lead:
        return None
    if _ADVERB.fullmatch(subject) and patterns.search(r"[，,（(]", lead):
        # the last count, over shares in between: no
        if not passage.is_count(previous):
            return None
        if lead.count("，") > 2 or ("；" in lead or ";" in lead):
            return None
        part = previous
    elif len(subject) >= 2 and not patterns.search(r"[，,]", lead[: -len(spoken)][:-1]):
        matching = [
            i
            for i in range(max(0, index - 8), index)
            if passage.is_count(i)
            and passage.sentence[i] == passage.sentence[index]
            and passage.label(i).endswith(subject)
        ]
        if not matching:
            # 进度滞后的17个，滞后项目占: the word that they share
            matching = [
                i
                for i in range(max(0, index - 4), index)
                if passage.is_count(i)
                and passage.clause[i] == passage.clause[index]
                and subject[:2] in passage.label(i)
            ]
        if len(matching) != 1:
            return None
        part = matching[0]
    else:
        return None
    if not known(figures[part]) or _CHANGED.search(passage.before[part]):
        return None
    return part


def _candidates(passage: Passage, part: int) -> list[int]:
    """Return the figures before a part that could be its whole, nearest first."""
    figures, unit = passage.figures, passage.figures[part].unit
    return [
        i
        for i in range(part - 1, max(-1, part - REACH), -1)
        if figures[i].unit == unit != "" and figures[i].role == COUNT and known(figures[i])
    ]


def _whole(passage: Passage, claim: Claim, part: int) -> tuple[int | None, bool]:
    """Return the whole that a share is of and whether the claim is right.

    None: it is not certain, or a figure that is no whole explains the claim.
    """
    figures = passage.figures
    claimed = window(figures[claim.first])
    wholes = _candidates(passage, part)
    agreeing = [w for w in wholes if ratio_agrees(figures[part], figures[w], claimed)]
    base = claim.base
    if base:
        named = [w for w in wholes if base in passage.name(w)]
        if not named and not agreeing:
            counted = _counted(passage, part, base)
            if counted is not None:
                return counted, ratio_agrees(figures[part], figures[counted], claimed)
        if right := [w for w in named if w in agreeing]:
            return right[0], True
        meant = _meant(passage, claim, part, wholes)
        if meant is not None:
            return meant, meant in agreeing
        named = [w for w in named if figures[w].value >= figures[part].value]
        if named:
            nearest = named[0]
            exact = passage.label(nearest).strip().endswith(base)
            if agreeing and not exact:
                return agreeing[0], True
            if len({figures[w].value for w in named}) > 3:
                return None, False
            return nearest if exact else max(named, key=lambda w: figures[w].value), False
        if agreeing:
            return agreeing[0], True
        if _explained(passage, part, claimed, wholes):
            return None, False
        for stem in (base[:-1], base[1:], base[-2:], base[:2]):
            if len(stem) < 2:
                continue
            named = [w for w in wholes if stem in passage.name(w)]
            if named:
                whole = max(named, key=lambda w: figures[w].value)
                return (whole if figures[whole].value >= figures[part].value else None), False
        return None, False
    if agreeing:
        return agreeing[0], True
    if not wholes:
        return None, False
    if _explained(passage, part, claimed, wholes):
        return None, False
    wholes = [w for w in wholes if figures[w].value >= figures[part].value]
    likely = {*wholes[:4], *wholes[-1:]}
    others = _Others(passage, claim.first)
    own = [w for w in wholes if passage.sentence[w] == passage.sentence[part]]
    steady = [w for w in own if not _CHANGED.search(passage.before[w])]
    # what is not between the furthest of them and the part is between none and the part
    reach = (figures[steady[-1]].end, figures[part].start) if steady else (0, 0)
    among = _AMONG.search(passage.text, *reach) is not None
    viewed = _VIEWED.search(passage.text, *reach) is not None
    for whole in steady:
        if among and _AMONG.search(passage.between(whole, part)):
            if not _nested(passage, whole, part):
                return whole, False
        if whole in likely and others.confirm(whole):
            return whole, False
    if own and own[0] == part - 1 and _restricts(passage, own[0], part):
        return own[0], False
    for whole in steady[::-1]:
        if viewed and _VIEWED.search(passage.between(whole, part)):
            return whole, False
        if _related(passage, whole, part):
            return whole, False
    for whole in wholes:
        if passage.sentence[whole] == passage.sentence[part]:
            continue
        if whole in likely and others.confirm(whole):
            return whole, False
        if _topic(passage, whole, part) or _lone(passage, whole, part):
            return whole, False
    return None, False


def _restricts(passage: Passage, whole: int, part: int) -> bool:
    """Whether a part is told by a clause that picks it out: 常客440位…，打好评的286位."""
    if _CHANGED.search(passage.before[whole]) or passage.clause[whole] != passage.clause[part]:
        return False
    if whole and alike(passage.figures[whole - 1], passage.figures[whole]):
        return False
    return patterns.search(r"[，,][^，,。；;]{2,20}的$", passage.before[part]) is not None


def _meant(passage: Passage, claim: Claim, part: int, wholes: Sequence[int]) -> int | None:
    """Return the whole that a base names beyond doubt, though another figure would fit.

    Beyond doubt: its words are those before the figure (审结 of 占审结案件的), or they occur there
    and the figure is what 其中 is of, or another share of the sentence confirms it.
    """
    figures, base = passage.figures, claim.base.removeprefix("已")
    stems = [base[k : k + 2] for k in range(min(3, len(base) - 1))]
    others = _Others(passage, claim.first)
    for whole in wholes:
        if figures[whole].value < figures[part].value:
            continue
        label = passage.label(whole).strip().removeprefix("其中")
        if len(label) >= 2 and base.startswith(label):
            return whole
        if not any(stem in label for stem in stems):
            continue
        first = whole + 1
        while first < part and passage.is_share(first):
            first += 1
        if "其中" in passage.before[first] and passage.is_count(first):
            if sum("其中" in passage.before[i] for i in range(first, part + 1)) == 1:
                return whole
        if others.confirm(whole):
            return whole
    return None


def _counted(passage: Passage, part: int, base: str) -> int | None:
    """Return the whole that a base names with its unit: 占检查家次的 of 检查企业1430家次."""
    figures = passage.figures
    found = [
        i
        for i in range(part - 1, max(-1, part - REACH), -1)
        if figures[i].role == COUNT
        and known(figures[i])
        and len(figures[i].unit) > 1
        and base.endswith(figures[i].unit)
        and base[: -len(figures[i].unit)] in passage.label(i)
    ]
    return found[0] if len(found) == 1 and len(base) > len(figures[found[0]].unit) else None


def _explained(passage: Passage, part: int, claimed: Interval, tried: Sequence[int]) -> bool:
    """Whether a count near it would make a claim right, when those that were tried do not."""
    figures = passage.figures
    near = range(max(0, part - REACH), part)
    rest = [i for i in near if figures[i].role == COUNT and i not in tried]
    return any(known(figures[i]) and ratio_agrees(figures[part], figures[i], claimed) for i in rest)


def _nested(passage: Passage, whole: int, part: int) -> bool:
    return len(_AMONG.findall(passage.between(whole, part))) > 1


class _Others:
    """The other shares near a share, that may be of the same whole."""

    def __init__(self, passage: Passage, index: int) -> None:
        self.passage = passage
        self.index = index

    @cached_property
    def _plain(self) -> list[tuple[int, str, int, int, Interval]]:
        """Those that are plainly of the count right before them.

        Each with the unit and the interval of the count, in units of ``1 / ONE**2``, and what its
        own digits allow.
        """
        passage, figures, index = self.passage, self.passage.figures, self.index
        near = range(max(2, index - _NEAR), min(len(figures), index + _NEAR))
        found = []
        for i in near:
            part = figures[i - 1]
            if i == index or not passage.is_share(i) or part.role != COUNT or not known(part):
                continue
            if _DIRECT.fullmatch(passage.before[i]):
                low, high = (part.low or 0) * ONE, (part.high or 0) * ONE
                found.append((i, part.unit, low, high, window(figures[i])))
        return found

    def confirm(self, whole: int) -> bool:
        """Whether one of them agrees with a count before it, as ``ratio_agrees`` says."""
        figure = self.passage.figures[whole]
        unit, least, most = figure.unit, figure.low or 0, figure.high or 0
        return any(
            i > whole + 1
            and unit == own
            and low <= allowed[1] * most
            and high >= allowed[0] * least
            for i, own, low, high, allowed in self._plain
        )


_TOTALED = patterns.compile("总数|总量|人数|[为有达到共约]")


def _related(passage: Passage, whole: int, part: int) -> bool:
    """Whether a part is of the whole at the head of its sentence: it has its noun."""
    if whole == part - 1 and patterns.search(r"共|总计|总数", passage.label(whole)):
        return True
    noun = _TOTALED.sub("", passage.label(whole)).strip()[-2:]
    return len(noun) == 2 and noun in passage.label(part)


def _topic(passage: Passage, whole: int, part: int) -> bool:
    """Whether the part's sentence takes up the whole: …托位2104个。托位中，普惠性托位1262个."""
    found = patterns.search(r"(?:^|[，,])([^，,。0-9]{2,8})[中里]，", passage.before[part])
    return found is not None and passage.label(whole).strip().endswith(found.group(1))


def _lone(passage: Passage, whole: int, part: int) -> bool:
    """Whether a sentence that begins with 其中 follows the only count of its unit."""
    if not patterns.match(r"(?:^|.*[。！？])其中", passage.before[part]):
        return False
    sentence = passage.sentence[whole]
    if passage.sentence[part] - sentence != 1:
        return False
    alikes = [
        i
        for i in range(max(0, part - REACH), part)
        if passage.sentence[i] == sentence and alike(passage.figures[i], passage.figures[part])
    ]
    return alikes == [whole]


def _listed(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """分别占 p、q 和 r: the shares of the last figures before, in order."""
    figures, count = passage.figures, claim.size
    first = claim.first - count
    if count < 2 or first < 0 or _TARGET.search(claim.base):
        return
    inside = _explicit(passage, claim.first)
    if inside:
        # 占全部检出学生800人的26.8%、38.5%和37.5%
        first -= 1
        if first < 0:
            return
    parts = range(first, first + count)
    if not all(alike(figures[i], figures[first]) and known(figures[i]) for i in parts):
        return
    if passage.sentence[first] != passage.sentence[claim.first]:
        return
    pairs = list(zip(parts, range(claim.first, claim.last + 1), strict=True))
    total = sum(figures[i].value for i in parts)
    joined = figures[first]._replace(
        value=total,
        low=sum(figures[i].low or 0 for i in parts),
        high=sum(figures[i].high or 0 for i in parts),
    )
    named = [w for w in _candidates(passage, first) if figures[w].value >= total * 99 // 100]
    if inside:
        if not alike(figures[claim.first - 1], figures[first]):
            return
        named = [claim.first - 1]
    best: tuple[int, int] | None = None
    for whole in (*named, -1):
        figure = figures[whole] if whole >= 0 else joined
        right = sum(ratio_agrees(figures[p], figure, window(figures[c])) for p, c in pairs)
        if right == count:
            for part, index in pairs:
                if whole >= 0:
                    yield quotient("NM001", passage, index, part, whole, right=True)
                else:
                    yield agrees(
                        "NM001",
                        passage,
                        index,
                        parts,
                        partial(_of_sum, passage, index, part, parts),
                    )
            return
        if best is None or right > best[0]:
            best = (right, whole)
    # another share must confirm the whole, or the parts must make it: 126 and 189 of 315
    made = [w for w in named if total_agrees([figures[i] for i in parts], figures[w])]
    if best is not None and made and best[0] * 2 < count:
        best = (count, made[0])
    if inside:
        best = (count, claim.first - 1)
    if best is None or best[0] < 1 or best[0] * 2 < count:
        for _, index in pairs:
            yield unclear("NM001", passage, index, "no-whole")
        return
    whole = best[1]
    for part, index in pairs:
        figure = figures[whole] if whole >= 0 else joined
        if ratio_agrees(figures[part], figure, window(figures[index])):
            continue
        if whole >= 0:
            yield quotient("NM001", passage, index, part, whole, right=False)
        else:
            expected = percent(figures[part].value, total, figures[index])
            shown = "＋".join(passage.shown(i) for i in parts)
            yield contradicts(
                "NM001",
                passage,
                index,
                _of_sum(passage, index, part, parts),
                expected,
                ((PART, part), *((WHOLE, i) for i in parts if i != part)),
                replace=as_printed(passage, index, expected),
                part=passage.shown(part),
                whole=shown,
            )


def _of_sum(passage: Passage, index: int, part: int, parts: Sequence[int]) -> str:
    figures = passage.figures
    total = sum(figures[i].value for i in parts)
    shown = "＋".join(passage.shown(i) for i in parts)
    expected = percent(figures[part].value, total, figures[index])
    return f"{passage.shown(part)} ÷ （{shown}） = {expected}"


_PEOPLE = frozenset(("人", "户", "家", "所", "个", "件"))
_FEW = 200


def _least(share: Quantity, people: int) -> int | None:
    """Return the smallest number of people above a share that none of them makes, or None."""
    low, high = window(share)
    least = -(-low * people // ONE)
    return least if least * ONE > high * people else None


_OF_FEW = patterns.compile(
    r"[^，,。；;：:]{0,12}?(?P<cue>[，,]其中[，,]?|[里中内][，,]|[，,])[^，,。；;：:]{1,16}占(?:比)?"
)


def feasible(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM009: 46名新兵，其中…占5.4%: two make 4.3%, three 6.5%."""
    figures, index = passage.figures, claim.first
    if claim.base or claim.size > 1 or claim.listed or figures[index].style != "digits":
        return
    if figures[index].hedge:
        return
    whole = index - 1
    while whole >= max(0, index - REACH) and passage.is_share(whole):
        gap = passage.before[whole + 1]
        if not patterns.fullmatch(r"[，,、][^，,。；;：:中其]{1,16}占(?:比)?", gap):
            return
        whole -= 1
    if whole < 0 or passage.clause[whole] != passage.clause[index]:
        return
    figure = figures[whole]
    if not figure.exact or figure.unit not in _PEOPLE or not 0 < figure.value <= _FEW * ONE:
        return
    gap = passage.before[whole + 1]
    cue = _OF_FEW.fullmatch(gap)
    if cue is None:
        return
    people = figure.value // ONE
    least = _least(figures[index], people)
    if least is None:
        return
    if len(cue["cue"]) == 1 and not any(
        passage.is_share(i) and figures[i].places and _least(figures[i], people) is None
        for i in range(whole + 1, index)
    ):
        return  # without 其中 another share has to be of the same people
    below, above = least - 1, least
    like = figures[index]
    options = [f"{n}{figure.unit}占{percent(n, people, like)}" for n in (below, above) if n >= 0]
    yield contradicts(
        "NM009",
        passage,
        index,
        "，".join(options),
        " / ".join(percent(n, people, like) for n in (below, above) if n >= 0),
        ((WHOLE, whole),),
        whole=passage.shown(whole),
    )


_AND = patterns.compile("[、和及]")
_JOINT = patterns.compile(
    r"[^，,。；;]{0,16}[，,](?P<names>[^，,。；;]{0,16}?)(?:(?P<k>[两三四二])(?:项|者|类|等|级|种|部分))?"
    r"(?:合计|共计|一共|共|合起来|相加)占(?:比)?(?:为|达)?"
)


def joint(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM001 for a share of several parts: A等占28.4%，B等占42.8%，两等合计占71.2%."""
    figures = passage.figures
    found = _JOINT.fullmatch(passage.before[index])
    claimed = figures[index]
    if found is None or claimed.hedge or claimed.style != "digits":
        return
    before = [
        i
        for i in range(max(0, index - 8), index)
        if passage.is_share(i)
        and passage.sentence[i] == passage.sentence[index]
        and figures[i].style == "digits"
        and not figures[i].hedge
    ]
    count = {"两": 2, "二": 2, "三": 3, "四": 4}.get(found["k"] or "", 0)
    count = count or len(_AND.split(found["names"])) if found["names"] else count
    if count < 2 or len(before) < count:
        return
    near = 2 * max(claimed.ulp, *(figures[i].ulp for i in before))
    sets = [*combinations(before, count)]
    for chosen in sets:
        if abs(sum(figures[i].value for i in chosen) - claimed.value) <= near:
            yield agrees("NM001", passage, index, chosen, partial(_joined, passage, index, chosen))
            return
    # of a list the first are meant, as the names come in order; else the last
    listed = (
        index > count and patterns.fullmatch(r"[、和及与]", passage.before[before[1]]) is not None
    )
    chosen = tuple(before[:count]) if listed else tuple(before[-count:])
    total = sum(figures[i].value for i in chosen)
    if total > ONE:
        return
    yield contradicts(
        "NM001",
        passage,
        index,
        _joined(passage, index, chosen),
        percent(total, ONE, claimed),
        tuple((PART, i) for i in chosen),
        replace=as_printed(passage, index, percent(total, ONE, claimed)),
        part=[passage.shown(i) for i in chosen],
    )


def _joined(passage: Passage, index: int, parts: Sequence[int]) -> str:
    total = sum(passage.figures[i].value for i in parts)
    shown = " ＋ ".join(passage.shown(i) for i in parts)
    return f"{shown} = {percent(total, ONE, passage.figures[index])}"
