"""NM005: rates of completion, passing, attendance and the like, and targets met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import patterns
from reportlint.checks.figures.arithmetic import known, ratio_agrees, window
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.verdicts import Verdict, quotient, unclear
from reportlint.structure.quantities import COUNT, SHARE, Quantity

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


def rate(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM005 for a named rate: the last two counts before it, of one unit."""
    figures, index = passage.figures, claim.first
    gap = passage.before(index)
    if _OTHER.search(claim.base) or "合计" in gap:
        yield unclear("NM005", passage, index, "other-rate")
        return
    # …部分，整改率: the rate opens a clause right after its part, which no other figure interrupts
    if (
        not re.fullmatch(
            r"[^，,。；;]{0,16}[，,（(](?:按[^，,]{1,6}计算)?[^，,。；;：:]{0,24}", gap
        )
        or index < 2
    ):
        return
    part = index - 1
    if figures[part].role != COUNT:
        yield unclear("NM005", passage, index, "no-part")
        return
    if not known(figures[part]):
        yield unclear("NM005", passage, index, "open-interval")
        return
    if re.search(r"(?:增加|减少|增长|新增|比[^，]{0,8}|剩余|其余)了?$", passage.before(part)):
        return
    left = rf"[不未没无]{{1,2}}{re.escape(claim.base[-3:-2])}"
    if re.search(left, passage.label(part)) and not re.search(left, claim.base):
        return  # 不合格4批次，合格率98.75%: the part is what is left
    wholes = [
        i
        for i in range(part - 1, max(-1, part - REACH), -1)
        if figures[i].role == COUNT and figures[i].low is not None and known(figures[i])
    ]
    claimed = window(figures[index])
    for whole in wholes:
        if ratio_agrees(figures[part], figures[whole], claimed):
            yield quotient("NM005", passage, index, part, whole, right=True)
            return
    yield unclear("NM005", passage, index, "no-whole")
    # 完成24个、基本完成2个: parts that are added up first
    if any(
        ratio_agrees(_sum(figures[i], figures[part]), figures[w], claimed)
        for i in wholes[:2]
        if alike(figures[i], figures[part])
        for w in wholes
    ):
        return
    whole = wholes[0] if wholes else -1
    if whole != part - 1 and not (
        whole >= 0 and all(passage.is_share(i) for i in range(whole + 1, part))
    ):
        return
    if not alike(figures[whole], figures[part]) or figures[whole].value < figures[part].value:
        if not (_PLAN.search(passage.before(whole)) and alike(figures[whole], figures[part])):
            return
    if not _joined(passage, whole, part, claim.base):
        return
    yield quotient("NM005", passage, index, part, whole, right=False, rate=claim.base)


def _sum(one: Quantity, other: Quantity) -> Quantity:
    if one.low is None or other.low is None or one.high is None or other.high is None:
        return other
    return other._replace(
        value=one.value + other.value, low=one.low + other.low, high=one.high + other.high
    )


def _joined(passage: Passage, whole: int, part: int, name: str) -> bool:
    """Whether the words tie the part to the whole, in one sentence."""
    if passage.clause(whole) != passage.clause(part):
        return False
    between = passage.between(whole, part)
    if len(re.findall(r"[，,]", between)) > 3:
        return False
    if _AMONG.search(between):
        return True
    stem = name[:-1]
    label = passage.label(part)
    if any(stem[k : k + 2] in label for k in range(len(stem) - 1)):
        return True
    if len(stem) >= 2 and stem[0] in label and stem[-1] in label:
        return True
    # 验机860台，查出问题43台，问题率: nothing but these two figures in the sentence
    return passage.before(whole)[:1] not in "，、" or whole == 0


def target(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM005 (and NM001) for a whole printed in the claim: 为年度计划4.5亿元的108%."""
    figures = passage.figures
    if index < 1 or figures[index].role != SHARE:
        return
    if passage.before(index).strip("的近约超") or not passage.before(index).startswith("的"):
        return
    whole = index - 1
    if figures[whole].role != COUNT or not known(figures[whole]):
        return
    before = passage.before(whole)
    goal = _GOAL.search(before)
    code = "NM005" if goal else "NM001"
    of = re.search(r"占(?P<base>[^，,。；;：:]{0,16})$", before)
    if goal is None and of is None:
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
    if part != whole - 1 or passage.sentence(part) != passage.sentence(whole):
        return
    if not known(figures[part]) or not re.match(r"^[^，,。；;]{0,12}[，,]", before):
        return
    lead = before[: (goal or of).start()]  # type: ignore[union-attr]
    if len(re.split(r"[，,]", lead)[-1]) > 3:
        return
    yield quotient(code, passage, index, part, whole, right=False)


def planned(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM005: 年初预算8736万元，实际支出8039万元，完成预算的92.20%."""
    figures = passage.figures
    if index < 2 or figures[index].role != SHARE:
        return
    gap = passage.before(index)
    found = re.search(
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
        if word in passage.label(i) and passage.sentence(i) == passage.sentence(part)
    ]
    if len(named) != 1 or named[0] != part - 1:
        return
    whole = named[0]
    yield quotient("NM005", passage, index, part, whole, right=False)
