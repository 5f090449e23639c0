"""NM002: a total after its parts, and what is left of a whole."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import amount, ratio_agrees, runs, window
from reportlint.checks.figures.complete import CHANGED, LISTED
from reportlint.checks.figures.parts import OPENING, SIMPLE
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.sums import mismatch, some_run, sum_of
from reportlint.checks.figures.verdicts import PART, WHOLE, Verdict, contradicts, unclear
from reportlint.structure.quantities import is_measured

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_AFTER = patterns.compile(
    r"^[^，,、。；;：:（(）)]{0,16}[，,（(。；;）)](?:以上)?(?:(?P<k>[两二三四五六七八九])(?:大)?(?:项|类|者|个?方面|部分|个?渠道|个|级|种|笔)"
    r"(?P<noun>[^，,。；;、：:（(]{0,8}?))?"
    r"(?P<noun2>[^，,。；;、：:（(]{0,8}?)"
    r"(?P<word>合计|共计|总计|总共|一共|总(?:面积|规模|量|额|数|产量|里程|人数|长度)|共)(?P<rest>[^，,。；;、：:（(]{0,6})$"
)


_DIGITS = "零一二三四五六七八九"


NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


_ADDED = patterns.compile(r"新[建增购添设]|改[造建]|扩建|增[加设]|更[新换]|拆除|报废")


PLUS = patterns.compile(r"[，,、](?:再|另)?(?:加上|连同)[^，,。；;]{0,16}$")


def added(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for A a，B b，再加上C c，全社会用电量为T. ``index`` is the total."""
    figures = passage.figures
    if index < 3 or not alike(figures[index], figures[index - 1]) or figures[index].hedge:
        return
    if not patterns.fullmatch(
        r"[，,][^，,。；;0-9]{0,12}(?:为|达|达到|共|合计|总计|是|有)", passage.before[index]
    ) or not PLUS.fullmatch(passage.before[index - 1]):
        return
    run = [index - 1]
    while run[0] and alike(figures[run[0] - 1], figures[index]):
        if len(run) == REACH:
            return
        if passage.sentence[run[0] - 1] != passage.sentence[index]:
            break
        if len(run) > 1 and not SIMPLE.fullmatch(passage.before[run[0]]):
            break
        run.insert(0, run[0] - 1)
    found = [figures[i] for i in run]
    if len(run) < 2 or any(f.hedge for f in found):
        return
    if some_run(found, figures[index]):
        yield sum_of(passage, index, run)
    elif len(run) > 2 and not any(CHANGED.search(passage.label(i)) for i in run):
        yield mismatch(passage, index, run, replace=True)


_REMAINDER = patterns.compile(r"[，,；;](?:其余|剩余|余下|剩下)(?:的|还有|尚有)?")


_EACH = patterns.compile(r"[每各][^，,。；;0-9]{0,3}$")


def remainder(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for what is left of a whole: 受理846件，批准733件，批准率86.6%，其余113件."""
    figures = passage.figures
    if index < 2 or figures[index].hedge or not _REMAINDER.fullmatch(passage.before[index]):
        return
    part = index - 1
    while part > 0 and (not passage.is_count(part) or _EACH.search(passage.before[part])):
        part -= 1
    figure = figures[part]
    if not alike(figure, figures[index]) or passage.sentence[part] != passage.sentence[index]:
        return
    wholes = [
        i
        for i in range(part - 1, max(-1, part - REACH), -1)
        if alike(figures[i], figure) and figures[i].value > figure.value
    ]
    run = [part]
    for i in range(part - 1, max(-1, part - REACH), -1):
        if alike(figures[i], figure):
            run.insert(0, i)
        elif not passage.is_share(i):
            break
    for whole in wholes:
        within = [i for i in (index, *run[::-1]) if i > whole]
        made = [
            n
            for n, right in enumerate(runs([figures[i] for i in within], figures[whole]))
            if right and n
        ]
        if made:
            yield sum_of(passage, whole, [*run[-made[-1] :], index])
            return
    # a rate between them says what the whole is
    rated = {
        whole
        for whole in wholes
        for rate in range(part + 1, index)
        if ratio_agrees(figure, figures[whole], window(figures[rate]))
    }
    if len(rated) != 1 or figure.hedge:
        yield unclear("NM002", passage, index, "no-whole")
        return
    whole = rated.pop()
    left = figures[whole].value - figure.value
    expected = amount(left, figures[index]) + passage.shown(index).lstrip("0123456789,，. ")
    yield contradicts(
        "NM002",
        passage,
        index,
        f"{passage.shown(whole)}－{passage.shown(part)} = {expected}",
        expected,
        ((WHOLE, whole), (PART, part)),
        replace=expected if figures[index].style == "digits" else None,
        part=passage.shown(part),
        whole=passage.shown(whole),
    )


def backward(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM002 for a total after its parts: A a、B b、C c，三项合计T. ``index`` is the total."""
    figures = passage.figures
    total = figures[index]
    found = _AFTER.match(passage.before[index])
    if found is None or index < 2 or total.hedge or "折" in found.group():
        return
    word, k = found["word"], NUMBERS.get(found["k"] or "", 0)
    if not k and word == "共" and (found["noun2"] or found["rest"] not in ("", "有", "为")):
        return
    if not k and word in ("合计", "共计", "总计") and len(found["noun2"]) > 4:
        return
    if (
        not k
        and word.startswith("总")
        and not patterns.fullmatch(r"(?:达到?|为|是|约)?", found["rest"])
    ):
        return
    run = [index - 1]
    limit = k or 12
    listed = True
    while len(run) < limit and run[-1] > 0:
        later = run[-1]
        gap = passage.before[later].lstrip("）)")
        if passage.sentence[later - 1] != passage.sentence[later]:
            break
        if not alike(figures[later - 1], figures[later]):
            break
        if OPENING.search(gap) or not (SIMPLE.fullmatch(gap) or k):
            break
        listed = listed and (k > 0 or LISTED.fullmatch(gap) is not None)
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
    if any(CHANGED.search(passage.label(i)) for i in run):
        return
    # the list may begin later than it seems, or what is before it may be the total of others
    before = [
        figures[i]
        for i in range(max(0, run[0] - 8), run[0])
        if figures[i].unit == total.unit and not figures[i].hedge
    ]
    right = [
        n for n, sum_agrees in enumerate(runs([*before, *parts][::-1], total), 1) if sum_agrees
    ]
    made = [n for n in right if 1 < n <= len(parts)]
    if made:
        yield sum_of(passage, index, run[-made[-1] :])
        return
    if right and right[-1] > len(parts):
        return
    if not k and not listed:
        return
    if not k and OPENING.search(passage.before[run[0]]):
        # a total of its own stands before: …，其中A a、B b，共…
        clause = passage.clause[run[0]]
        if any(
            alike(figures[i], total) and passage.clause[i] == clause
            for i in range(max(0, run[0] - REACH), run[0])
        ):
            return
    if word.startswith("总") and any(_ADDED.search(passage.label(i)) for i in run):
        return  # 新建6座、改造14座，总数达到94座
    yield mismatch(passage, index, run, replace=True)
