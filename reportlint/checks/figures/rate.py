"""NM005: rates of completion, passing, attendance and the like, and targets met."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import change_agrees, known, percent, ratio_agrees, window
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.passage import REACH, Passage, alike, commas
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
from reportlint.structure.quantities import COUNT, ONE, SHARE, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_OTHER = patterns.compile(
    r"结案|清结|审结|城镇化|增长|死亡|出生|失业|就业率|利率|利润|负债|毛利|资产|中签|转化|税率|费率|汇率|"
    r"使用率|利用率|入住率|周转|不捕|不诉|起诉|批捕|上诉|改判|发改|犯罪|发案|破案|普及|同比|上升率|下降率|"
    r"平均|综合|全年|年度|累计|总体|森林覆盖|绿化|容积|辍学|升学|上线|贡献|赤字|增幅|参保|收视|收听|产销|复购|投资|回报|收益"
)
_GOAL = patterns.compile(
    r"(?:完成|占|为|达到?|相当于|是)(?:了)?(?P<base>[^，,。；;：:]{0,16}?(?:计划|目标|任务|预算|指标)[^，,。；;：:]{0,8})$"
)
_PLAN = patterns.compile(r"计划|目标|任务|预算|指标|应")
_AMONG = patterns.compile(r"其中|[中里内](?=[，,有、]|共|已)")


_USED = patterns.compile(r"使用率|利用率|占用率")


def rate(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM005 for a named rate: the count it is of and the whole before it, of one unit."""
    figures, index = passage.figures, claim.first
    gap = passage.before[index]
    part = index - 1
    among = part > 0 and _AMONG.search(passage.between(part - 1, part)) is not None
    # 可用指标1260亩，已使用882亩，使用率: the word of the rate stands by its part
    if part > 0 and _USED.fullmatch(claim.base):
        among = among or passage.label(part).endswith(f"已{claim.base[:2]}")
    if (_OTHER.search(claim.base) and not among) or "合计" in gap:
        yield unclear("NM005", passage, index, "other-rate")
        return
    # …部分，整改率: the rate opens a clause right after its part, which no other figure interrupts
    if index < 2 or not _OPENS.fullmatch(gap):
        return
    part = _part(passage, index, claim.base)
    if figures[part].role != COUNT or _LEFT.search(passage.before[part]):
        yield unclear("NM005", passage, index, "no-part")
        return
    if not known(figures[part]) or (figures[index].value == ONE and _ALL.search(gap)):
        yield unclear("NM005", passage, index, "open-interval")
        return
    wholes = [
        i
        for i in range(part - 1, max(-1, part - REACH), -1)
        if figures[i].role == COUNT and known(figures[i])
    ]
    saved = _saved(passage, part, claim.base)
    if saved is not None:
        right = ratio_agrees(figures[part], figures[saved], window(figures[index]))
        yield quotient("NM005", passage, index, part, saved, right=right, rate=claim.base)
        return
    right_one = _explained(passage, index, part, wholes, claim.base)
    meant = _confirmed(passage, index, claim.base)
    if meant is not None and right_one is not None and right_one < meant < part:
        # 378 would make it right, but the rate beside it is of 372
        if alike(figures[meant], figures[part]) and figures[meant].value >= figures[part].value:
            yield quotient("NM005", passage, index, part, meant, right=False, rate=claim.base)
            return
    if right_one is not None:
        yield quotient("NM005", passage, index, part, right_one, right=True)
        return
    yield unclear("NM005", passage, index, "no-whole")
    if _listed(passage, part) or _rest(passage, part, claim.base):
        return
    whole = _whole(passage, index, part, claim.base)
    if whole is not None:
        yield quotient("NM005", passage, index, part, whole, right=False, rate=claim.base)


_COMMA = patterns.compile("[，,]")
_ALL = patterns.compile(r"全部|全都|均|都|无一")


def _part(passage: Passage, index: int, name: str) -> int:
    """Return the count that a rate is of: the last one, or the one of a list that it names.

    数学及格318人、优秀147人，及格率85.5%: the rate of passing is of those who passed.
    """
    part = index - 1
    stem = name[-3:-1]
    if len(stem) < 2 or stem in passage.label(part):
        return part
    for i in range(part - 1, max(-1, part - 3), -1):
        if not passage.is_count(i) or not passage.before[i + 1].startswith("、"):
            break
        if passage.label(i).endswith(stem):
            return i
    return part


def _whole(passage: Passage, index: int, part: int, name: str) -> int | None:
    """Return the whole of a rate that no whole makes right, if it is certain."""
    figures = passage.figures
    whole = next(
        (i for i in range(part - 1, max(-1, part - REACH), -1) if alike(figures[i], figures[part])),
        -1,
    )
    if whole < 0 or not known(figures[whole]):
        return None
    head = _head(passage, whole)
    if head is not None and alike(figures[head], figures[part]) and known(figures[head]):
        # 机构42家，其中公办7家、民办35家；已备案29家，备案率: of all, not of the last kind
        tied = name[-3:-1] in passage.label(part)
        return head if tied and figures[head].value >= figures[part].value else None
    confirmed = _confirmed(passage, index, name)
    if confirmed is not None and figures[confirmed].value >= figures[part].value:
        return confirmed
    label = passage.label(part).strip()
    between = range(whole + 1, part)
    if not all(passage.is_share(i) for i in between):
        # 安排8期、参训420人，实际组织8期、参训403人: the same words on both sides
        if not (label and passage.label(whole).strip() == label and len(between) == 1):
            return None
        if not patterns.search(r"实际", passage.before[part - 1]):
            return None
    planned_more = _PLAN.search(passage.before[whole]) is not None
    if figures[whole].value < figures[part].value and not planned_more:
        return None
    if whole == part - 1 and passage.before[part][:1] in "、和及":
        if not _AMONG.search(passage.before[part]):
            return None
    return whole if _joined(passage, whole, part, name) else None


def _head(passage: Passage, index: int) -> int | None:
    """Return the total of the list after 其中 that a figure belongs to, if it does."""
    for i in range(index, max(0, index - REACH), -1):
        if passage.sentence[i] != passage.sentence[index]:
            return None
        if "其中" in passage.before[i]:
            return i - 1 if passage.is_count(i - 1) else None
        if not alike(passage.figures[i - 1], passage.figures[index]):
            return None
    return None


def _confirmed(passage: Passage, index: int, name: str) -> int | None:
    """Return the whole that another rate of the same name agrees with: 及格率 of 语文 and 数学."""
    figures = passage.figures
    for other in range(max(2, index - 8), index):
        if not passage.is_share(other) or not passage.before[other].rstrip("为达到").endswith(name):
            continue
        part = _part(passage, other, name)
        for whole in range(part - 1, max(-1, part - 4), -1):
            if alike(figures[whole], figures[part]) and known(figures[whole], figures[part]):
                if ratio_agrees(figures[part], figures[whole], window(figures[other])):
                    return whole
    return None


_OPENS = patterns.compile(r"[^，,。；;）)]{0,16}[，,（(](?:按[^，,]{1,6}计算)?[^，,。；;：:]{0,24}")
_LEFT = patterns.compile(r"(?:增加|减少|增长|新增|比[^，]{0,8}|剩余|其余|各|每[^，。]{1,3})了?$")
_SAVING = patterns.compile(r"节约|节支|节省|核减|审减|压减|压降")


def _saved(passage: Passage, part: int, name: str) -> int | None:
    """Return the whole of a saving whose two terms are printed: it is of the first, larger one.

    预算7250万元，实际采购6815万元，节约435万元，节约率: 435 is what 7250 and 6815 differ by.
    """
    if part < 2 or not _SAVING.search(name):
        return None
    first, second = passage.figures[part - 2 : part]
    figure = passage.figures[part]
    if not (alike(first, second) and alike(second, figure) and known(first, second)):
        return None
    difference = first.value - second.value
    slack = sum(f.ulp // 2 + 1 for f in (first, second, figure) if not f.exact)
    return part - 2 if difference > 0 and abs(difference - figure.value) <= slack else None


_REMAINS = patterns.compile(r"去除|下浮|[降减节]")
_MISSING = patterns.compile(r"[不未没无缺余剩]")


def _explained(passage: Passage, index: int, part: int, wholes: list[int], name: str) -> int | None:
    """Return the whole that makes a rate right, if one does: of the part or what it leaves."""
    figures = passage.figures
    claimed = window(figures[index])
    for whole in wholes:
        if ratio_agrees(figures[part], figures[whole], claimed):
            return whole
    if _REMAINS.search(name) or _MISSING.search(passage.label(part)):
        # 不合格4批次，合格率; 进水240毫克，出水24毫克，去除率
        rest = (ONE - claimed[1], ONE - claimed[0])
        for whole in wholes[:3]:
            if alike(figures[part], figures[whole]):
                if ratio_agrees(figures[part], figures[whole], rest):
                    return whole
    # 完成24个、基本完成2个: parts that are added up first
    for other in wholes[:2]:
        if alike(figures[other], figures[part]):
            both = _sum(figures[other], figures[part])
            for whole in wholes:
                if ratio_agrees(both, figures[whole], claimed):
                    return whole
    return None


def _listed(passage: Passage, part: int) -> bool:
    """Whether a figure is the last of several parts: the rate after them is of their total."""
    clause = passage.clause[part]
    for i in range(part, max(0, part - REACH), -1):
        if passage.clause[i] != clause or not passage.is_count(i):
            return False
        if "其中" in passage.before[i]:
            return i < part
    return False


def _rest(passage: Passage, part: int, name: str) -> bool:
    """Whether the part is what is left over, so that the rate is not of it."""
    label, sign = passage.label(part), name[-3:-2]
    left = [no + sign for no in "不未没无"]
    return any(word in label for word in left) and not any(word in name for word in left)


def _sum(one: Quantity, other: Quantity) -> Quantity:
    if one.low is None or other.low is None or one.high is None or other.high is None:
        return other
    return other._replace(
        value=one.value + other.value, low=one.low + other.low, high=one.high + other.high
    )


def _joined(passage: Passage, whole: int, part: int, name: str) -> bool:
    """Whether the words tie the part to the whole, in one sentence or in two that follow."""
    between = passage.between(whole, part)
    if commas(between) > 3:
        return False
    label = passage.label(part)
    stem = name[:-1] if name.endswith(("率", "面")) else name[:-2]
    tied = any(stem[k : k + 2] in label for k in range(len(stem) - 1)) or (
        len(stem) >= 2 and stem[0] in label and stem[-1] in label
    )
    if passage.clause[whole] != passage.clause[part]:
        # 渔船共320艘。今年换装的272艘，换装比例: the only figure of the sentence before
        alone = whole == 0 or passage.sentence[whole - 1] != passage.sentence[whole]
        return tied and alone and passage.sentence[part] - passage.sentence[whole] == 1
    if tied or _AMONG.search(between):
        return True
    if "应" in passage.label(whole) and "实" in label:
        return True
    # 验机860台，查出问题43台，问题率: nothing but these two figures in the sentence
    return whole == 0 or passage.before[whole][:1] not in "，、"


_OF = patterns.compile(
    r"(?:占|[，,](?P<hedge>不足|不到|超过)(?:全部|全[市县区镇乡校院局]|总))(?P<base>[^，,。；;：:]{0,16})$"
)


_WHOLE_INSIDE = patterns.compile(r"[^，,、。；;：:（()）0-9占]{0,8}的[近约超]?")


def target(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM005 (and NM001) for a whole printed in the claim: 为年度计划4.5亿元的108%."""
    figures = passage.figures
    if index < 1 or figures[index].role != SHARE:
        return
    if not _WHOLE_INSIDE.fullmatch(passage.before[index]):
        return
    whole = index - 1
    if figures[whole].role != COUNT or not known(figures[whole]):
        return
    before = passage.before[whole]
    goal = _GOAL.search(before)
    code = "NM005" if goal else "NM001"
    of = _OF.search(before)
    if goal is None and of is None:
        return
    if of is not None and of["hedge"]:
        # 不足全部立案6250件的七成: the hedge is of the share
        figures = [*figures]
        hedge = "under" if of["hedge"] in ("不足", "不到") else "over"
        figures[index] = figures[index]._replace(hedge=hedge)
    run = _run(passage, index)
    if run > 1:
        yield from _each(passage, code, index, whole, run)
        return
    parts = [
        i
        for i in range(whole - 1, max(-1, whole - REACH), -1)
        if alike(figures[i], figures[whole]) and figures[i].low is not None
    ]
    claimed = window(figures[index])
    for part in parts:
        if ratio_agrees(figures[part], figures[whole], claimed):
            yield quotient(code, passage, index, part, whole, right=True)
            return
    yield unclear(code, passage, index, "no-part")
    if not parts:
        return
    part = parts[0]
    if part != whole - 1 or passage.sentence[part] != passage.sentence[whole]:
        return
    if not known(figures[part]) or not patterns.match(r"^[^，,。；;]{0,12}[，,]", before):
        return
    lead = before[: (goal or of).start()]  # type: ignore[union-attr]
    if len(_COMMA.split(lead)[-1]) > 3:
        return
    yield quotient(code, passage, index, part, whole, right=False)


def _run(passage: Passage, index: int) -> int:
    """Return how many shares are listed from ``index`` on: 的26.8%、38.5%和37.5%."""
    last = index
    limit = min(len(passage.figures), index + REACH)
    while last + 1 < limit and passage.is_share(last + 1):
        if not patterns.fullmatch(r"[、，]?(?:和|及|与|以及)?", passage.before[last + 1]):
            break
        last += 1
    return last - index + 1


def _each(passage: Passage, code: str, index: int, whole: int, count: int) -> Iterator[Verdict]:
    """分别为214人、286人和300人，占检出学生800人的26.8%、38.5%和37.5%: each of the one whole."""
    figures = passage.figures
    first = whole - count
    if first < 0 or passage.clause[first] != passage.clause[whole]:
        return
    parts = figures[first:whole]
    if not all(alike(part, figures[whole]) and known(part) for part in parts):
        return
    for offset in range(count):
        claim, part = index + offset, first + offset
        right = ratio_agrees(figures[part], figures[whole], window(figures[claim]))
        yield quotient(code, passage, claim, part, whole, right=right)


def planned(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM005: 年初预算8736万元，实际支出8039万元，完成预算的92.20%."""
    figures = passage.figures
    if index < 2 or figures[index].role != SHARE:
        return
    gap = passage.before[index]
    count = _run(passage, index)
    if count > 1:
        # 完成预算的106.7%和93.5%: each is of a budget of its own
        yield from _respectively(passage, index, count)
        return
    if index > 1 and passage.before[index].startswith(("，超额", ",超额")):
        yield from _beyond(passage, index)
        return
    found = patterns.search(
        r"[，,](?:完成|占|为|达到?|相当于)(?:了)?(?P<base>[^，,。；;：:]{0,10}?"
        r"(?P<word>计划|目标|任务|预算|指标)[^，,。；;：:]{0,4}?)的?(?:约|近|超过)?$",
        gap,
    )
    if found is None:
        return
    part = index - 1
    if figures[part].role != COUNT or not known(figures[part]):
        return
    wholes = [
        i
        for i in range(part - 1, max(-1, part - REACH), -1)
        if alike(figures[i], figures[part]) and known(figures[i])
    ]
    claimed = window(figures[index])
    for whole in wholes:
        if ratio_agrees(figures[part], figures[whole], claimed):
            yield quotient("NM005", passage, index, part, whole, right=True)
            return
    yield unclear("NM005", passage, index, "no-whole")
    word = found["word"]
    named = [
        i
        for i in wholes
        if word in passage.label(i) and passage.sentence[i] == passage.sentence[part]
    ]
    if len(named) != 1 or _listed(passage, part):
        return
    whole = named[0]
    if any(
        not passage.is_share(i) and not (alike(figures[i], figures[whole]) and known(figures[i]))
        for i in range(whole + 1, part)
    ):
        return
    yield quotient("NM005", passage, index, part, whole, right=False)


_OF_PLAN = patterns.compile(
    r"分别?(?:完成|占|为)[^，,。；;]{0,6}(?P<word>计划|目标|任务|预算|指标)的"
)


def _respectively(passage: Passage, index: int, count: int) -> Iterator[Verdict]:
    """开工4800套，建成3960套，分别完成任务的120%和110%，任务分别为开工4000套、建成3600套."""
    figures = passage.figures
    found = _OF_PLAN.search(passage.before[index])
    first, wholes = index - count, index + count
    if found is None or first < 0 or wholes + count > len(figures):
        return
    if found["word"] not in passage.before[wholes] or "分别" not in passage.before[wholes]:
        return
    if passage.sentence[first] != passage.sentence[wholes + count - 1]:
        return
    for offset in range(count):
        part, claim, whole = first + offset, index + offset, wholes + offset
        if not alike(figures[part], figures[whole]) or not known(figures[part], figures[whole]):
            return
        right = ratio_agrees(figures[part], figures[whole], window(figures[claim]))
        yield quotient("NM005", passage, claim, part, whole, right=right)


def _beyond(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM005: 计划360户，已完成414户，超额完成15%: what is beyond the plan, of the plan."""
    figures = passage.figures
    plan, done = index - 2, index - 1
    if not patterns.fullmatch(
        r"[，,]超额(?:完成|实现)?了?(?:年度|全年)?(?:目标|任务|计划)?的?", passage.before[index]
    ):
        return
    if not (alike(figures[plan], figures[done]) and known(figures[plan], figures[done])):
        return
    if not _PLAN.search(passage.label(plan)) or passage.clause[plan] != passage.clause[done]:
        return
    one, other = passage.shown(plan), passage.shown(done)
    value = figures[done].value - figures[plan].value
    expected = percent(value, figures[plan].value, figures[index])
    proof = f"（{other}－{one}） ÷ {one} = {expected}"
    if change_agrees(figures[plan], figures[done], window(figures[index]), False):
        yield agrees("NM005", passage, index, (plan, done), lambda: proof)
        return
    yield contradicts(
        "NM005",
        passage,
        index,
        proof,
        expected,
        ((PART, done), (WHOLE, plan)),
        replace=as_printed(passage, index, expected),
        part=other,
        whole=one,
    )
