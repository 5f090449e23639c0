"""NM002: parts against their total. NM003: shares that must make 100."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from reportlint import patterns
from reportlint.checks.figures.arithmetic import amount, total_agrees
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.verdicts import (
    PART,
    WHOLE,
    Verdict,
    agrees,
    contradicts,
    unclear,
)
from reportlint.structure.quantities import COUNT, ONE, SHARE, Quantity, is_measured

_OPENING = patterns.compile(r"(?:其中|包括|分别是|分别为|分为|含|涵盖|覆盖|(?<=[，,])即)")
_WHOLLY = frozenset({"即", "分为", "分别是", "分别为"})
"""Cues that promise every part, where the list does not end in 等."""
_AMONG = patterns.compile(r"其中|包括|分别[是为]")
_REST = patterns.compile(r"其余|其他|其它|剩余|余下")
_CHANGED = patterns.compile(r"增加|减少|增长|净增|下降|提高|比|较|同比|多|少$")
_SIMPLE = patterns.compile(r"[^，,、。；;：:]{0,16}[、，,]?(?:以?及|和|与)?[^，,、。；;：:]{0,20}")
_LISTED = patterns.compile(r"[^，,、。；;：:]{0,12}(?:、|以?及|和|与)[^，,、。；;：:]{0,20}")
_AFTER = patterns.compile(
    r"^[^，,、。；;：:（(）)]{0,16}[，,（(。；;）)](?:以上)?(?:(?P<k>[两二三四五六七八九])(?:大)?(?:项|类|者|个?方面|部分|个?渠道|个|级|种|笔)"
    r"(?P<noun>[^，,。；;、：:（(]{0,8}?))?"
    r"(?P<noun2>[^，,。；;、：:（(]{0,8}?)"
    r"(?P<word>合计|共计|总计|总共|一共|总(?:面积|规模|量|额|数|产量|里程|人数|长度)|共)(?P<rest>[^，,。；;、：:（(]{0,6})$"
)
_KIND = patterns.compile(
    r"(?P<sex>男|女)|(?P<age>岁|老年|青年|中年|儿童|未成年)|(?P<school>本科|大专|中专|专科|硕士|博士|学历|研究生|高中|"
    r"毕业生|大学)|(?P<rank>职称|高级|中级|初级|正高|副高|技师|骨干)|(?P<party>党员|团员|群众)|(?P<home>城镇|农村|乡村|"
    r"外来|本地|户籍)|(?P<folk>少数民族|汉族)|(?P<past>退役|军人|贫困|脱贫|残疾|低保|困难)|(?P<new>新增|新建|改建)"
)
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


def forward(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for a total with its parts after it: 共T，其中A a、B b. ``index`` is the first part."""
    figures = passage.figures
    opening = passage.before(index)
    cues = list(_OPENING.finditer(opening))
    if not cues:
        return
    cue = cues[-1]
    between = opening[cue.end() :]
    if re.search(r"[。；;、）)]", between) or len(re.findall(r"[，,]", between)) > 1:
        return
    head = _total(passage, index)
    if head is None:
        return
    total = figures[head]
    parts, shares, nested = _parts(passage, index, total)
    if not parts or nested:
        return
    others = [
        figures[i]
        for i in range(index - 1, max(-1, index - REACH), -1)
        if alike(figures[i], total) and passage.sentence(i) >= passage.sentence(head)
    ]
    found = [figures[i] for i in parts]
    if _some_run(found, total):
        yield _sum_of(passage, head, parts)
        return
    if any(_some_run(found, other) for other in others):
        return
    if any(figure.hedge for figure in (*found, total)):
        return
    complete = _complete(passage, cue.group(), parts)
    over = not total_agrees(found, total, 1)
    largest = max((other.value for other in others), default=0)
    if len(parts) == 1:
        if cue.group() == "其中" and over and found[0].value > largest:
            if not _CHANGED.search(passage.label(head)) and not passage.before(head + 1).count(
                "。"
            ):
                yield _too_large(passage, head, parts[0])
        return
    if over:
        if not complete and not _exclusive(passage, parts, total, shares):
            yield unclear("NM002", passage, head, "overlapping")
            return
        if sum(f.value for f in found) <= largest:
            return
    elif not complete or len(parts) < 2:
        yield unclear("NM002", passage, head, "not-exhaustive")
        return
    yield _mismatch(passage, head, parts)


def _total(passage: Passage, index: int) -> int | None:
    """Return the figure that 其中 is of: the last one before it that is no change and no target."""
    figures = passage.figures
    sentence = passage.sentence(index)
    for i in range(index - 1, max(-1, index - REACH), -1):
        if passage.sentence(i) < sentence - 1:
            break
        if not alike(figures[i], figures[index]):
            if figures[i].role == COUNT and i == index - 1:
                return None
            continue
        before = passage.before(i)
        if re.search(
            r"(?:增加|减少|净增|多|少|增长|下降)了?(?:约|近)?$|(?:比|较)[^，,]{0,14}$|(?:计划|目标|任务|预算)[^，,]{0,4}$",
            before,
        ):
            continue
        if passage.sentence(i) != sentence:
            # the total of the sentence before, where it has only one
            same = [
                j
                for j in range(max(0, i - REACH), i + 1)
                if alike(figures[j], figures[i]) and passage.sentence(j) == passage.sentence(i)
            ]
            return i if len(same) == 1 else None
        if _AMONG.search(before):
            return None
        return i
    return None


def _parts(passage: Passage, index: int, total: Quantity) -> tuple[list[int], bool, bool]:
    """Return the parts from ``index`` on, whether shares stand between, whether a list nests."""
    figures = passage.figures
    parts = [index]
    shares = False
    clause = passage.clause(index)
    for i in range(index + 1, min(len(figures), index + REACH)):
        gap = passage.before(i)
        if passage.clause(i) != clause:
            if not _REST.search(gap[-12:]) or gap.count("；") != 1 or "。" in gap:
                break
        if figures[i].role == SHARE and re.fullmatch(r"[，,（(](?:占[^，,]{0,10})?", gap):
            shares = True
            continue
        if re.search(r"其中|包括|含", gap):
            return parts, shares, len(parts) > 1 or bool(re.match(r"[（(]", gap))
        if not alike(figures[i], total) or re.search(r"合计|共计|总|共", gap):
            break
        if not _SIMPLE.fullmatch(gap.lstrip("）)")) and not _REST.search(gap):
            break
        if _CHANGED.search(passage.label(i)):
            break
        parts.append(i)
    return parts, shares, False


def _some_run(found: Sequence[Quantity], total: Quantity) -> bool:
    """Whether any run of the parts from the first on, or up to the last, makes the total."""
    count = len(found)
    return any(total_agrees(found[:n], total) for n in range(1, count + 1)) or any(
        total_agrees(found[n:], total) for n in range(count)
    )


_CLOSED = patterns.compile(
    r"[，,](?:[^，,。；;]{0,10}(?:以外|之外|此外)(?:没有|无|再无|别无)|别无其他|没有其他|无其他)"
    r"|[，,](?:各[^，,。；;]{1,4}|样本|相互|彼此|均)?(?:互不|不)(?:重复|交叉|重叠)"
)
"""Words after a list that say that nothing else is part of the whole, or nothing twice."""

_HALVES = (
    "男|女 城市|农村 城镇|乡村 城镇|农村 集中|分散 公办|民办 住校|走读 室内|室外 境内|境外 "
    "线上|线下 国内|国外 省内|省外 市内|市外 县内|县外 区内|区外 本县|外县 本市|外市 本省|外省 "
    "本地|外地 上半年|下半年 有效|无效 合格|不合格 专职|兼职 短期|中长期 直接|间接 在职|退休 "
    "在编|编外 快充|慢充 成功|未成功 已婚|未婚 户籍|非户籍"
)
"""Words that divide a whole in two: what is one is not the other, and there is no third."""

_BOTH = tuple(pair for both in _HALVES.split() for pair in (both.split("|"), both.split("|")[::-1]))


_GRADES = (
    "优|良|中|差 优秀|良好|合格|不合格 优秀|良好|一般|较差 好|较好|一般|差 满意|基本满意|不满意 "
    "满意|比较满意|一般|不满意 优秀|称职|基本称职|不称职 轻度|中度|重度 高|中|低 大|中|小"
)
_SCALES = tuple(frozenset(scale.split("|")) for scale in _GRADES.split())
"""Grades that cover every case between them."""


def _quoted(passage: Passage, index: int) -> str:
    """Return the word in quotation marks right before a figure: “优”93个."""
    found = re.search(r"“([^“”]{1,6})”(?:的|有)?$", passage.before(index))
    return found.group(1) if found else ""


def _complete(passage: Passage, cue: str, parts: Sequence[int]) -> bool:
    """Whether the words promise that the parts are all there."""
    last = parts[-1]
    after = passage.text[passage.figures[last].end : passage.figures[last].end + 40]
    if _REST.search(passage.label(last)) or _halves(passage, parts):
        return True
    if _CLOSED.match(after):
        return True
    labels = {passage.label(i).strip(' “”"') or _quoted(passage, i) for i in parts}
    if any(scale <= labels for scale in _SCALES):
        return True
    return cue in _WHOLLY and len(parts) > 1 and not after.startswith(("等", "左右", "以"))


def _halves(passage: Passage, parts: Sequence[int]) -> bool:
    """Whether the parts are the two that a whole divides into: men and women, town and country."""
    if len(parts) != 2:
        return False
    one, other = (passage.label(i).strip() for i in parts)
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if {one[:1], other[:1]} == {"男", "女"}:
        return True
    return any(one.endswith(a) and other.endswith(b) for a, b in _BOTH)


def _exclusive(passage: Passage, parts: Sequence[int], total: Quantity, shares: bool) -> bool:
    """Whether nothing can be counted in two of the parts."""
    if shares or len(parts) < 2:
        return False
    if _CLOSED.match(passage.text[passage.figures[parts[-1]].end :][:40]) or _halves(
        passage, parts
    ):
        return True
    if any(not _LISTED.fullmatch(passage.before(i).lstrip("）)")) for i in parts[1:]):
        if not is_measured(total.unit):
            return False
    labels = [passage.label(i) for i in parts]
    if any(re.search(r"以上|以下|合计|小计|共", label) for label in labels):
        return False
    if any(re.search(r"以上|以下", passage.after(i)[:3]) for i in parts):
        return False
    if is_measured(total.unit):
        return True
    kinds: set[str] = set()
    for label in labels:
        found = {name for m in _KIND.finditer(label) for name, v in m.groupdict().items() if v}
        kinds |= found or {"plain"}
    return len(kinds) == 1


def _too_large(passage: Passage, head: int, part: int) -> Verdict:
    one, other = passage.shown(part), passage.shown(head)
    return contradicts(
        "NM002",
        passage,
        part,
        f"{one} > {other}",
        f"≤ {other}",
        ((WHOLE, head),),
        part=one,
        whole=other,
    )


def _sum_of(passage: Passage, total: int, parts: Sequence[int]) -> Verdict:
    """Say that the figure with index ``total`` is what a run of the parts adds up to."""
    figures = passage.figures
    run = next(
        (
            run
            for n in range(len(parts))
            for run in (parts[: len(parts) - n], parts[n:])
            if total_agrees([figures[i] for i in run], figures[total])
        ),
        parts,
    )
    return agrees("NM002", passage, total, run, partial(_sum_shown, passage, total, run))


def _sum_shown(passage: Passage, total: int, parts: Sequence[int]) -> str:
    return " ＋ ".join(passage.shown(i) for i in parts) + f" = {_expected(passage, total, parts)}"


def _expected(passage: Passage, total: int, parts: Sequence[int]) -> str:
    """Return what the parts add up to, printed like the total."""
    like = passage.figures[total]
    number = amount(sum(passage.figures[i].value for i in parts), like)
    tail = passage.text[like.digits : like.end]
    scale = passage.text[like.digits - 2 : like.digits]
    word = next((w for w in ("万亿", "百万", "千万") if scale == w), "")
    word = word or (scale[-1:] if scale[-1:] in ("万", "亿", "千") else "")
    return number + ("" if like.style == "chinese" else word) + tail


def _mismatch(
    passage: Passage, total: int, parts: Sequence[int], *, replace: bool = False
) -> Verdict:
    expected = _expected(passage, total, parts)
    return contradicts(
        "NM002",
        passage,
        total,
        _sum_shown(passage, total, parts),
        expected,
        tuple((PART, i) for i in parts),
        replace=expected if replace and passage.figures[total].style == "digits" else None,
        part=[passage.shown(i) for i in parts],
        whole=passage.shown(total),
    )


_PLUS = patterns.compile(r"[，,、](?:再|另)?(?:加上|连同)[^，,。；;]{0,16}$")


def added(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for A a，B b，再加上C c，全社会用电量为T. ``index`` is the total."""
    figures = passage.figures
    if index < 3 or not alike(figures[index], figures[index - 1]) or figures[index].hedge:
        return
    if not re.fullmatch(
        r"[，,][^，,。；;0-9]{0,12}(?:为|达|达到|共|合计|总计|是|有)", passage.before(index)
    ) or not _PLUS.fullmatch(passage.before(index - 1)):
        return
    run = [index - 1]
    while run[0] and alike(figures[run[0] - 1], figures[index]):
        if passage.sentence(run[0] - 1) != passage.sentence(index):
            break
        if len(run) > 1 and not _SIMPLE.fullmatch(passage.before(run[0])):
            break
        run.insert(0, run[0] - 1)
    found = [figures[i] for i in run]
    if len(run) < 2 or any(f.hedge for f in found):
        return
    if _some_run(found, figures[index]):
        yield _sum_of(passage, index, run)
    elif len(run) > 2 and not any(_CHANGED.search(passage.label(i)) for i in run):
        yield _mismatch(passage, index, run, replace=True)


_INSIDE = patterns.compile(r"[（(][^，,、。；;：:（()）0-9]{1,12}")
_NEXT = patterns.compile(r"[、，,；;和与][^，,、。；;：:（()）0-9]{1,12}")


def inside(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for parts in brackets right after their total: 床位190张（妇科86张、儿科114张）."""
    figures = passage.figures
    if index + 2 >= len(figures) or not _INSIDE.fullmatch(passage.before(index + 1)):
        return
    if _OPENING.search(passage.before(index + 1)) or figures[index].hedge:
        return
    run: list[int] = []
    for i in range(index + 1, min(len(figures), index + REACH)):
        if not alike(figures[i], figures[index]) or figures[i].hedge:
            return
        if run and not _NEXT.fullmatch(passage.before(i)):
            return
        run.append(i)
        if passage.text.startswith(("）", ")"), figures[i].end):
            break
    else:
        return
    if len(run) < 2 or any(_CHANGED.search(passage.label(i)) for i in run):
        return
    found = [figures[i] for i in run]
    if total_agrees(found, figures[index]):
        yield _sum_of(passage, index, run)
    elif not total_agrees(found, figures[index], 1) or _halves(passage, run):
        yield _mismatch(passage, index, run)
    else:
        yield unclear("NM002", passage, index, "not-exhaustive")


def periods(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for a total with its parts by period: 5400户，一期2150户、二期1870户、三期1380户."""
    figures = passage.figures
    total = figures[index]
    if index + 2 >= len(figures) or total.hedge:
        return
    run = []
    for i in range(index + 1, min(len(figures), index + 13)):
        if not alike(figures[i], total) or figures[i].hedge:
            break
        if not _PERIOD.fullmatch(passage.before(i)):
            break
        run.append(i)
    labels = [passage.label(i).strip() for i in run]
    if len(run) < 2 or len(set(labels)) != len(labels):
        return
    if len({re.sub(r"[一二三四五六七八九十0-9上下前后]", "", label) for label in labels}) != 1:
        return
    found = [figures[i] for i in run]
    if total_agrees(found, total):
        yield _sum_of(passage, index, run)
    elif not total_agrees(found, total, 1):
        yield _mismatch(passage, index, run)
    else:
        yield unclear("NM002", passage, index, "not-exhaustive")


_PERIOD = patterns.compile(
    r"[，,、；;](?:其中)?(?:第?[一二三四五六七八九十][期批轮次组年]|[上下]半年|[一二三四]季度|前后[期])"
)


def backward(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for a total after its parts: A a、B b、C c，三项合计T. ``index`` is the total."""
    figures = passage.figures
    total = figures[index]
    found = _AFTER.match(passage.before(index))
    if found is None or index < 2 or total.hedge or "折" in found.group():
        return
    word, k = found["word"], _NUMBERS.get(found["k"] or "", 0)
    if not k and word == "共" and (found["noun2"] or found["rest"] not in ("", "有", "为")):
        return
    if not k and word in ("合计", "共计", "总计") and len(found["noun2"]) > 4:
        return
    if not k and word.startswith("总") and not re.fullmatch(r"(?:达到?|为|是|约)?", found["rest"]):
        return
    run = [index - 1]
    limit = k or 12
    listed = True
    while len(run) < limit and run[-1] > 0:
        later = run[-1]
        gap = passage.before(later).lstrip("）)")
        if passage.sentence(later - 1) != passage.sentence(later):
            break
        if not alike(figures[later - 1], figures[later]):
            break
        if _OPENING.search(gap) or not (_SIMPLE.fullmatch(gap) or k):
            break
        listed = listed and (k > 0 or _LISTED.fullmatch(gap) is not None)
        run.append(later - 1)
    run.reverse()
    parts = [figures[i] for i in run]
    if k and len(run) != k:
        return
    if len(run) < 2 or any(part.hedge for part in parts):
        return
    unit = parts[0].unit
    if unit != total.unit and not (
        k and total.unit in ("个", "项", "处") and not is_measured(unit)
    ):
        return
    if any(_CHANGED.search(passage.label(i)) for i in run):
        return
    # the list may begin later than it seems, or what is before it may be the total of others
    for n in range(len(parts) - 1):
        if total_agrees(parts[n:], total):
            yield _sum_of(passage, index, run[n:])
            return
    before = [
        figures[i]
        for i in range(max(0, run[0] - 8), run[0])
        if figures[i].unit == total.unit and not figures[i].hedge
    ]
    if any(total_agrees([*before[n:], *parts], total) for n in range(len(before))):
        return
    if not k and not listed:
        return
    if not k and _OPENING.search(passage.before(run[0])):
        # a total of its own stands before: …，其中A a、B b，共…
        return
    yield _mismatch(passage, index, run, replace=True)


_ORDERED = patterns.compile(r"其他|其它|其余")
_SCALE = patterns.compile(
    r"以下.{0,60}以上|以上.{0,60}以下|轻.{0,20}重|[高大好优].{0,12}中.{0,12}[低小差]"
    r"|好.{0,20}[差般]|甲.{0,12}乙.{0,12}丙|一类.{0,12}二类|不满意|第一产业.{0,20}第三产业"
)
_MANY = patterns.compile(r"多选|可选|可重复|交叉|兼")


def hundred(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM003 for 甲、乙、丙分别占p、q、r with no counts."""
    figures, count = passage.figures, claim.size
    if not claim.listed or count < 3:
        return
    run = range(claim.first, claim.last + 1)
    if claim.first >= count and all(
        figures[i].role == COUNT and passage.sentence(i) == passage.sentence(claim.first)
        for i in range(claim.first - count, claim.first)
    ):
        return  # NM001 has the parts to check against
    if _MANY.search(
        passage.text[max(passage.start, figures[run[0]].start - 120) : figures[run[-1]].end + 20]
    ):
        return
    total, slack = _sum(passage, run)
    if total is None:
        return
    if abs(total - ONE) <= slack:
        yield _hundred(passage, run, run[0])
        return
    if abs(total - ONE) > ONE // 10 or not _closed(passage.lead(claim.first)):
        return
    yield _not_hundred(passage, run, run[0], figures[run[-1]].end)


def _closed(lead: str) -> bool:
    """Whether the names before a list of shares divide one whole: 轻度、中度、重度."""
    if _ORDERED.search(lead) or _SCALE.search(lead):
        return True
    names = re.split(r"[，,。；;：:]", lead)[-1].split("、")
    kinds = [{k for m in _KIND.finditer(n) for k, v in m.groupdict().items() if v} for n in names]
    return len(names) > 1 and all(kind == kinds[0] for kind in kinds) and len(kinds[0]) == 1


def stated(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM003 for shares with their total: …占38.6%，…占27.4%，四项合计100%."""
    figures = passage.figures
    total = figures[index]
    if total.role != SHARE or index < 3 or total.value != ONE or total.hedge:
        return
    gap = passage.before(index)
    found = re.fullmatch(
        r"[，,](?:(?P<k>[两二三四五六七八九])(?:项|类|者|部分))?(?:合计|共计|总计|相加|之和)(?:为|达|是)?",
        gap,
    )
    if found is None:
        return
    run = [index - 1]
    while run[-1] > 0:
        before = passage.before(run[-1])
        if passage.sentence(run[-1] - 1) != passage.sentence(index):
            break
        if not re.fullmatch(r"[，,、][^，,。；;]{0,24}|[；;][^，,。；;]{0,24}", before):
            break
        if not passage.is_share(run[-1] - 1):
            break
        run.append(run[-1] - 1)
    run.reverse()
    k = _NUMBERS.get(found["k"] or "", len(run))
    if len(run) != k or k < 3:
        return
    value, slack = _sum(passage, run)
    if value is None:
        return
    if abs(value - ONE) <= slack:
        yield _hundred(passage, run, index)
        return
    yield _not_hundred(passage, run, index, total.end)


_DIVIDED = patterns.compile(r"[按从][^，。；]{1,12}(?:划分|分|来看|看|统计)[，,]")


def open_ended(passage: Passage) -> Iterator[Verdict]:
    """NM003 for shares in clauses of their own that begin with 以下 and end with 以上 or 其他."""
    figures = passage.figures
    index = 0
    while index < len(figures):
        run: list[int] = []
        while index < len(figures) and passage.is_share(index):
            if run and passage.sentence(index) != passage.sentence(run[0]):
                break
            if not re.search(r"占(?:比)?(?:为|达)?$", passage.before(index)):
                break
            if run and not re.fullmatch(r"[，,、；;][^，,。；;]{0,24}", passage.before(index)):
                break
            run.append(index)
            index += 1
        if len(run) >= 3:
            first, last = passage.before(run[0]), passage.label(run[-1])
            if _MANY.search(
                passage.text[
                    max(passage.start, figures[run[0]].start - 120) : figures[run[-1]].end + 20
                ]
            ):
                continue
            view = passage.lead(run[0])
            others = any(re.match(r"(?:其他|其它|其余)", passage.label(i)) for i in run)
            if (
                (others and _DIVIDED.search(view))
                or re.match(r"(?:步行及)?(?:其他|其它|其余)|.{0,4}及其他", last)
                or (re.search(r"以下(?:的)?占", first[-16:]) and re.search(r"以上", last))
            ):
                following = passage.before(run[-1] + 1) if run[-1] + 1 < len(figures) else ""
                value, slack = _sum(passage, run)
                if "合计" in following[:8] or value is None:
                    continue
                if abs(value - ONE) <= slack:
                    yield _hundred(passage, run, run[0])
                elif abs(value - ONE) <= ONE // 10:
                    yield _not_hundred(passage, run, run[0], figures[run[-1]].end)
        elif not run:
            index += 1


def _sum(passage: Passage, run: Sequence[int]) -> tuple[int | None, int]:
    figures = [passage.figures[i] for i in run]
    if any(f.hedge or f.style not in ("digits", "chinese") for f in figures):
        return None, 0
    slack = (len(figures) + 1) * max(f.ulp for f in figures) // 2
    return sum(f.value for f in figures), slack


def _hundred_shown(passage: Passage, run: Sequence[int]) -> tuple[str, str]:
    """Return the sum of the shares, and the proof."""
    figures = passage.figures
    places = max(figures[i].places for i in run)
    like = figures[run[0]]._replace(places=places, scale=1, value=0)
    expected = amount(sum(figures[i].value for i in run) * 100, like) + "%"
    return expected, " ＋ ".join(passage.shown(i) for i in run) + f" = {expected}"


def _hundred(passage: Passage, run: Sequence[int], claim: int) -> Verdict:
    used = [i for i in run if i != claim]
    return agrees("NM003", passage, claim, used, lambda: _hundred_shown(passage, run)[1])


def _not_hundred(passage: Passage, run: Sequence[int], claim: int, end: int) -> Verdict:
    expected, proof = _hundred_shown(passage, run)
    return contradicts(
        "NM003",
        passage,
        claim,
        proof,
        expected,
        tuple((PART, i) for i in run if i != claim),
        end=end,
        part=[passage.shown(i) for i in run],
        whole="100%",
    )
