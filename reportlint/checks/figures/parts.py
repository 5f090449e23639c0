"""NM002: a total with its parts after it, in a list, in brackets or by period."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import total_agrees
from reportlint.checks.figures.complete import CHANGED, REST, WHOLLY, complete, exclusive, halves
from reportlint.checks.figures.passage import REACH, Passage, alike, commas
from reportlint.checks.figures.sums import mismatch, some_run, sum_of
from reportlint.checks.figures.verdicts import WHOLE, Verdict, contradicts, unclear
from reportlint.structure.quantities import SHARE, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


OPENING = patterns.compile(
    r"其中|包括|分别[是为]|依次[是为]|分为|含|涵盖|覆盖|即(?<=[，,]即)|由(?<=[，,]由)"
)
"""Each begins with a plain character: then the search skips to one of them."""


_AMONG = patterns.compile(r"其中|包括|分别[是为]")


SIMPLE = patterns.compile(r"[^，,、。；;：:]{0,16}[、，,]?(?:以?及|和|与)?[^，,、。；;：:]{0,20}")


def forward(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for a total with its parts after it: 共T，其中A a、B b. ``index`` is the first part."""
    figures = passage.figures
    opening = passage.before[index]
    cues = list(OPENING.finditer(opening))
    if not cues:
        return
    cue = cues[-1]
    between = opening[cue.end() :]
    if patterns.search(r"[。；;、）)]", between) or commas(between) > 1:
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
        if passage.units[i] == total.unit and passage.sentence[i] >= passage.sentence[head]
    ]
    found = [figures[i] for i in parts]
    if some_run(found, total):
        yield sum_of(passage, head, parts)
        return
    if any(figure.hedge for figure in (*found, total)):
        return
    over = not total_agrees(found, total, 1)
    if len(parts) == 1 and not (over and cue.group() == "其中"):
        return
    if any(some_run(found, other) for other in others):
        return
    largest = max([other.value for other in others], default=0)
    if len(parts) == 1:
        if found[0].value > largest and not CHANGED.search(passage.label(head)):
            if "。" not in passage.before[head + 1]:
                yield _too_large(passage, head, parts[0])
        return
    direct = opening[: cue.start()].strip() in ("，", ",", "（", "(")
    whole = complete(passage, cue.group() if direct else "", parts)
    if cue.group() in WHOLLY and (not direct or passage.before[head][:1] in "、和及"):
        return  # 男职工120人、女职工80人，分别为: of two, not of one
    if cue.group() == "由" and not whole:
        return
    if over:
        if not whole and not exclusive(passage, parts, total, shares):
            yield unclear("NM002", passage, head, "overlapping")
            return
        if sum(f.value for f in found) <= largest:
            return
    elif not whole:
        yield unclear("NM002", passage, head, "not-exhaustive")
        return
    yield mismatch(passage, head, parts)


_NO_TOTAL = patterns.compile(
    r"(?:增加|减少|净增|多|少|增长|下降)了?(?:约|近)?$|(?:比|较)[^，,]{0,14}$|(?:计划|目标|任务|预算)[^，,]{0,4}$"
)
_LONGEST_NO_TOTAL = 16


def _total(passage: Passage, index: int) -> int | None:
    """Return the figure that 其中 is of: the last one before it that is no change and no target."""
    units = passage.units
    unit, sentence = units[index], passage.sentence[index]
    for i in range(index - 1, max(-1, index - REACH), -1):
        if passage.sentence[i] < sentence - 1:
            break
        if units[i] != unit:
            if units[i] and i == index - 1:
                return None
            continue
        before = passage.before[i]
        if _NO_TOTAL.search(before[-_LONGEST_NO_TOTAL:]):
            continue
        if passage.sentence[i] != sentence:
            # the total of the sentence before, where it has only one
            same = [
                j
                for j in range(max(0, i - REACH), i + 1)
                if units[j] == unit and passage.sentence[j] == passage.sentence[i]
            ]
            return i if len(same) == 1 else None
        if _AMONG.search(before):
            return None
        return i
    return None


def _parts(passage: Passage, index: int, total: Quantity) -> tuple[list[int], bool, bool]:
    """Return the parts from ``index`` on, whether shares stand between, whether a list nests."""
    figures, units = passage.figures, passage.units
    parts = [index]
    shares = False
    clause, unit = passage.clause[index], total.unit
    for i in range(index + 1, min(len(figures), index + REACH)):
        gap = passage.before[i]
        if passage.clause[i] != clause:
            if not REST.search(gap[-12:]) or gap.count("；") != 1 or "。" in gap:
                break
        if figures[i].role == SHARE and patterns.fullmatch(r"[，,（(](?:占[^，,]{0,10})?", gap):
            shares = True
            continue
        if "其中" in gap or "包括" in gap or "含" in gap:
            return parts, shares, len(parts) > 1 or bool(patterns.match(r"[（(]", gap))
        if units[i] != unit or "总" in gap or "共" in gap or "合计" in gap:
            break
        if not SIMPLE.fullmatch(gap.lstrip("）)")) and not REST.search(gap):
            break
        if CHANGED.search(passage.label(i)):
            break
        parts.append(i)
    return parts, shares, False


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


_INSIDE = patterns.compile(r"[（(][^，,、。；;：:（()）0-9]{1,12}")


_NEXT = patterns.compile(r"[、，,；;和与][^，,、。；;：:（()）0-9]{1,12}")


def inside(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for parts in brackets right after their total: 床位190张（妇科86张、儿科114张）."""
    figures = passage.figures
    if index + 2 >= len(figures) or not _INSIDE.fullmatch(passage.before[index + 1]):
        return
    if OPENING.search(passage.before[index + 1]) or figures[index].hedge:
        return
    run: list[int] = []
    for i in range(index + 1, min(len(figures), index + REACH)):
        if not alike(figures[i], figures[index]) or figures[i].hedge:
            return
        if run and not _NEXT.fullmatch(passage.before[i]):
            return
        run.append(i)
        if passage.text.startswith(("）", ")"), figures[i].end):
            break
    else:
        return
    if len(run) < 2 or any(CHANGED.search(passage.label(i)) for i in run):
        return
    found = [figures[i] for i in run]
    if total_agrees(found, figures[index]):
        yield sum_of(passage, index, run)
    elif not total_agrees(found, figures[index], 1) or halves(passage, run):
        yield mismatch(passage, index, run)
    else:
        yield unclear("NM002", passage, index, "not-exhaustive")


def periods(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for a total with its parts by period: 5400户，一期2150户、二期1870户、三期1380户."""
    figures = passage.figures
    total = figures[index]
    if index + 2 >= len(figures) or total.hedge or _PERIOD.fullmatch(passage.before[index]):
        return
    run = []
    for i in range(index + 1, min(len(figures), index + 13)):
        if not alike(figures[i], total) or figures[i].hedge:
            break
        if not _PERIOD.fullmatch(passage.before[i]):
            break
        run.append(i)
    labels = [passage.label(i).strip() for i in run]
    if len(run) < 2 or len(set(labels)) != len(labels):
        return
    if len({_NUMBERS.sub("", label) for label in labels}) != 1:
        return
    found = [figures[i] for i in run]
    if total_agrees(found, total):
        yield sum_of(passage, index, run)
    elif not total_agrees(found, total, 1):
        yield mismatch(passage, index, run)
    else:
        yield unclear("NM002", passage, index, "not-exhaustive")


_NUMBERS = patterns.compile("[一二三四五六七八九十0-9上下前后]")
_PERIOD = patterns.compile(
    r"[，,、；;](?:其中)?(?:第?[一二三四五六七八九十][期批轮次组年]|[上下]半年|[一二三四]季度|前后[期])"
)
