"""NM003: shares that must make 100."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import amount
from reportlint.checks.figures.claims import Claim
from reportlint.checks.figures.complete import KIND
from reportlint.checks.figures.passage import REACH, Passage
from reportlint.checks.figures.totals import NUMBERS
from reportlint.checks.figures.verdicts import PART, Verdict, agrees, contradicts
from reportlint.structure.quantities import COUNT, ONE, SHARE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_ORDERED = patterns.compile(r"其他|其它|其余")


_SCALE = patterns.compile(
    r"以下.{0,60}以上|以上.{0,60}以下|轻.{0,20}重|[高大好优].{0,12}中.{0,12}[低小差]"
    r"|好.{0,20}[差般]|甲.{0,12}乙.{0,12}丙|一类.{0,12}二类|不满意|第一产业.{0,20}第三产业"
)


_STOP = patterns.compile("[，,。；;：:]")
_MANY = patterns.compile(r"多选|可选|可重复|交叉|兼")


def hundred(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM003 for 甲、乙、丙分别占p、q、r with no counts."""
    figures, count = passage.figures, claim.size
    if not claim.listed or count < 3:
        return
    run = range(claim.first, claim.last + 1)
    if claim.first >= count and all(
        figures[i].role == COUNT and passage.sentence[i] == passage.sentence[claim.first]
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
    if abs(total - ONE) > ONE // 10 or not _closed(
        passage.lead(claim.first), count if count < 10 else 0
    ):
        return
    yield _not_hundred(passage, run, run[0], figures[run[-1]].end)


def _closed(lead: str, count: int = 0) -> bool:
    """Whether the names before a list of shares divide one whole: 轻度、中度、重度."""
    if _ORDERED.search(lead) or _SCALE.search(lead):
        return True
    if 0 < count < 10 and patterns.search(
        rf"[{'零一二三四五六七八九'[count]}](?:项|类|者|部分|种)占", lead
    ):
        return True
    names = _STOP.split(lead)[-1].split("、")
    kinds = [{k for m in KIND.finditer(n) for k, v in m.groupdict().items() if v} for n in names]
    return len(names) > 1 and all(kind == kinds[0] for kind in kinds) and len(kinds[0]) == 1


def stated(passage: Passage, index: int) -> Iterator[Verdict]:
    """NM003 for shares with their total: …占38.6%，…占27.4%，四项合计100%."""
    figures = passage.figures
    total = figures[index]
    if total.role != SHARE or index < 3 or total.value != ONE or total.hedge:
        return
    gap = passage.before[index]
    found = patterns.fullmatch(
        r"[，,](?:(?P<k>[两二三四五六七八九])(?:项|类|者|部分|个?[^，,。；;0-9]{1,3}))?"
        r"(?:合计|共计|总计|相加|之和)(?:为|达|是)?",
        gap,
    )
    if found is None:
        return
    run = [index - 1]
    while run[-1] > 0:
        if len(run) == REACH:
            return
        before = passage.before[run[-1]]
        if passage.sentence[run[-1] - 1] != passage.sentence[index]:
            break
        if not patterns.fullmatch(r"[，,、][^，,。；;]{0,24}|[；;][^，,。；;]{0,24}", before):
            break
        if not passage.is_share(run[-1] - 1):
            break
        run.append(run[-1] - 1)
    run.reverse()
    k = NUMBERS.get(found["k"] or "", len(run))
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
            if run and passage.sentence[index] != passage.sentence[run[0]]:
                break
            if not patterns.search(r"占(?:比)?(?:为|达)?$", passage.before[index]):
                break
            if run and not patterns.fullmatch(
                r"[，,、；;][^，,。；;]{0,24}", passage.before[index]
            ):
                break
            run.append(index)
            index += 1
        if len(run) >= 3:
            first, last = passage.before[run[0]], passage.label(run[-1])
            if _MANY.search(
                passage.text[
                    max(passage.start, figures[run[0]].start - 120) : figures[run[-1]].end + 20
                ]
            ):
                continue
            view = passage.lead(run[0])
            others = any(patterns.match(r"(?:其他|其它|其余)", passage.label(i)) for i in run)
            if (
                (others and _DIVIDED.search(view))
                or patterns.match(r"(?:步行及)?(?:其他|其它|其余)|.{0,4}及其他", last)
                or (
                    patterns.search(r"以下(?:的)?占", first[-16:])
                    and patterns.search(r"以上", last)
                )
            ):
                following = passage.before[run[-1] + 1] if run[-1] + 1 < len(figures) else ""
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
