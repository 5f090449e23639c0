"""NM002 over sentences: a total and its parts that do not stand in one clause.

A paragraph is cut at 。 and ； into segments. A part is the figure that a segment leads with
(民事案件60件，…), an item of a list (一是…60件) or one of a view (从性别看，男60人，女40人).
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import total_agrees
from reportlint.checks.figures.complete import CHANGED, KIND, REST
from reportlint.checks.figures.passage import REACH, Passage, alike
from reportlint.checks.figures.sums import mismatch, some_run, sum_of
from reportlint.checks.figures.verdicts import Verdict
from reportlint.lean import NamedTuple
from reportlint.structure.quantities import COUNT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_MOST = 12
"""How many parts a total over sentences has at most."""

_ITEM = (
    r"(?:(?:[一二三四五六七八九十]{1,2}(?:是|、)|第[一二三四五六七八九十][，、是]|[（(][一二三四五六七八九十0-9]{1,2}[）)]"
    r"|[0-9]{1,2}[.、．)）]|[①-⑳])[，：:]?)"
)
_LEADS = patterns.compile(
    rf"\s*(?P<link>其中[，,：:]?|包括[，,：:]?)?(?P<item>{_ITEM})?(?P<label>[^，,。；;：:、（）()“”0-9]{{1,16}}?)"
    r"(?:共有|共计|有|为|是|达到?|计|共)?"
)
_NUMBERED = patterns.compile(rf"\s*(?:[^。；;]{{0,60}}：)?{_ITEM}")
_VIEW = patterns.compile(
    r"\s*(?:其中[，,：:]?)?(?:从|按照?|以|就)(?P<by>[^，,。；;：:0-9]{1,10}?)(?:来?看|[划来]?分类?|统计|而言|构成|结构)?[，,：:]"
)
_IN_VIEW = patterns.compile(
    r"(?:[，,、；;]|以?及|和|与)*(?P<label>[^，,。；;：:、（）()0-9]{0,4}[^，,。；;：:、（）()]{1,16})"
)
_END = patterns.compile(
    r"\s*(?:以上|上述|这|前述)?(?:(?P<k>[两二三四五六七八九十])(?:大)?(?:项|类|者|个?方面|部分|个?渠道|个|级|种|笔|条)?)?"
    r"[^，,。；;：:0-9]{0,8}?(?P<word>合计|共计|总计|总共)[^，,。；;：:0-9]{0,10}"
)
_TOTAL = patterns.compile("[总共合]计|总共")
_KINDS = patterns.compile(r"(?P<k>[两二三四五六七八九十])(?:大|个)?(?:类|种|部分|方面|项|块)")
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NOT_WHOLE = patterns.compile(
    r"计划|目标|任务|预算|新增|净增|增加|减少|下降|增长|提高|上年|去年|同期|人均|平均|每|达到|突破|第"
)
_OPEN = patterns.compile(r"以上|以下|以内|及其|等$|主要|重点|多个|超过")


_DIVISION = patterns.compile(
    r"(?P<case>民事|刑事|行政(?=案|类|诉)|执行案|赔偿案)|(?P<way>来信|来访|来电|网上|热线|信件)"
    r"|(?P<industry>第[一二三]产业)|(?P<level>国家级|省级|市级|县级|区级|乡级|镇级|村级|中央|省委|市委)"
    r"|(?P<term>[一二三四]季度|[上下]半年|[一二三四五六七八九十]{1,2}月|[0-9]{1,2}月)"
    r"|(?P<sex>^[男女])|(?P<place>.(?:镇|乡|街道|县)$)|(?P<grade>[一二三四五六]年级)|(?P<answer>[A-D]类|[甲乙丙丁]类)"
)
"""Words that divide a whole by one thing each."""


class _Segment(NamedTuple):
    """A stretch between 。 or ；: ``figures`` are indices."""

    start: int
    end: int
    figures: Sequence[int]


def spread(passage: Passage) -> Iterator[Verdict]:
    """Yield what is to be said of totals whose parts are in other sentences."""
    segments = _segments(passage)
    if len(segments) < 2:
        return
    for position, segment in enumerate(segments):
        if segment.figures:
            yield from _after(passage, segments, position)
            yield from _before(passage, segments, position)


def _segments(passage: Passage) -> list[_Segment]:
    found: list[_Segment] = []
    figures, count = passage.figures, len(passage.figures)
    start, first = passage.start, 0
    for end in (*passage.stops, passage.end):
        if end > start:
            last = first
            while last < count and figures[last].start < end:
                last += 1
            found.append(_Segment(start, end, range(first, last)))
            start, first = end, last
    return found


def _like(passage: Passage, segment: _Segment, index: int) -> list[int]:
    """Return the figures of a segment that are of the unit of a figure."""
    figures = passage.figures
    return [i for i in segment.figures if alike(figures[i], figures[index])]


def _head(passage: Passage, segment: _Segment) -> int | None:
    """Return the total that a segment ends with: its last count, the only one of its unit."""
    head = next((i for i in reversed(segment.figures) if passage.is_count(i)), None)
    if head is None:
        return None
    figure = passage.figures[head]
    if passage.counts[figure.unit] <= 2 or figure.hedge:
        return None
    if len(_like(passage, segment, head)) != 1:
        return None
    label = passage.label(head)
    if _NOT_WHOLE.search(label) or CHANGED.search(label) or REST.search(label):
        return None
    return head


def _after(passage: Passage, segments: Sequence[_Segment], position: int) -> Iterator[Verdict]:
    """办理案件120件。其中民事案件60件，…。刑事案件40件，…。行政案件30件。"""
    own = segments[position]
    # 共120件：一是民事60件；…: the head may share its segment with the first item
    colon = passage.text.find("：", own.start, own.end)
    if colon > 0:
        cut = sum(passage.figures[i].start < colon for i in own.figures)
        first = _Segment(colon + 1, own.end, own.figures[cut:])
        own = own._replace(end=colon, figures=own.figures[:cut])
        following = [first, *segments[position + 1 : position + _MOST]]
        linked = True
    else:
        following = list(segments[position + 1 : position + 1 + _MOST])
        linked = False
    if not following or not following[0].figures:
        return
    head = _head(passage, own)
    if head is None:
        return
    for segment in following[:6]:
        if not segment.figures:
            break
        yield from _view(passage, segment, head)
    yield from _led(passage, own, head, following, linked=linked)


def _led(
    passage: Passage, own: _Segment, head: int, following: Sequence[_Segment], *, linked: bool
) -> Iterator[Verdict]:
    figures = passage.figures
    parts: list[int] = []
    labels: list[str] = []
    numbered = single = True
    for number, segment in enumerate(following):
        if not segment.figures or not alike(figures[segment.figures[0]], figures[head]):
            break
        like = _like(passage, segment, head)
        found = _LEADS.fullmatch(passage.text, segment.start, figures[like[0]].start)
        if found is None or (found["link"] and number):
            break
        label = found["label"]
        if (
            CHANGED.search(label)
            or _NOT_WHOLE.search(label)
            or patterns.search("合计|共计|总", label)
        ):
            break
        linked = linked or found["link"] is not None
        numbered = numbered and found["item"] is not None
        parts.append(like[0])
        labels.append(label)
        single = single and len(like) == 1
    if len(parts) < 2 or not (linked or numbered):
        return
    if not linked and _NUMBERED.match(passage.text, own.start, own.end):
        return  # an item of the same list
    kinds = _KINDS.search(passage.text, max(own.start, own.end - 30), own.end)
    if kinds is not None and _OPEN.search(passage.text, max(own.start, own.end - 30), own.end):
        kinds = None
    complete = single and (
        REST.search(labels[-1]) is not None
        or {label[:1] for label in labels} == {"男", "女"}
        or (kinds is not None and _NUMBERS[kinds["k"]] == len(parts))
    )
    rest = REST.search(labels[-1]) is not None
    exclusive = complete or rest or _one_kind(labels, numbered=numbered)
    if any(_OPEN.search(label) for label in labels):
        exclusive = complete = False
    yield from _compare(passage, head, parts, exclusive=exclusive, complete=complete)


def _one_kind(labels: Sequence[str], *, numbered: bool) -> bool:
    """Whether names divide a whole by one thing, so that nothing is counted twice.

    民事案件 and 刑事案件 do. 三级医院 and 民营医院 may be the same, and so may all others, except
    in a numbered list.
    """
    if len(set(labels)) < len(labels):
        return False
    kinds = [{m.lastgroup for m in _DIVISION.finditer(label)} for label in labels]
    if any(kinds):
        return all(kind == kinds[0] for kind in kinds) and len(kinds[0]) == 1
    if any(KIND.search(label) for label in labels):
        return False
    return numbered and len({label[-2:] for label in labels}) == 1


def _view(passage: Passage, segment: _Segment, head: int) -> Iterator[Verdict]:
    """从性别看，男60人，女40人: each view divides the whole by itself."""
    figures = passage.figures
    if len(segment.figures) < 2 or not alike(figures[segment.figures[0]], figures[head]):
        return
    like = _like(passage, segment, head)
    if not 2 <= len(like) <= _MOST or like != list(segment.figures[: len(like)]):
        return
    opening = _VIEW.match(passage.text, segment.start, figures[like[0]].start)
    labels = []
    begin = opening.end() if opening else segment.start
    for i in like:
        found = _IN_VIEW.fullmatch(passage.text, begin, figures[i].start)
        if found is None or CHANGED.search(found["label"]) or "其中" in found["label"]:
            return
        labels.append(found["label"])
        begin = figures[i].end
    sexes = len(like) == 2 and [label[:1] for label in labels] in (["男", "女"], ["女", "男"])
    if opening is None and not sexes:
        return
    if opening is None and len(segment.figures) != len(like):
        return
    rest = REST.search(labels[-1]) is not None
    above = sum("以上" in label for label in labels)
    below = sum("以下" in label for label in labels)
    ages = all(patterns.search("岁|[0-9]", label) for label in labels) and above == below == 1
    if not ages and above + below:
        return
    yield from _compare(passage, head, like, exclusive=True, complete=sexes or rest or ages)


def _compare(
    passage: Passage, head: int, parts: Sequence[int], *, exclusive: bool, complete: bool
) -> Iterator[Verdict]:
    figures = passage.figures
    total, found = figures[head], [figures[i] for i in parts]
    if any(figure.hedge for figure in found):
        return
    if total_agrees(found, total):
        yield sum_of(passage, head, parts)
        return
    if some_run(found, total):
        return
    if head < parts[0] and any(
        alike(figures[i], total) and total_agrees(found, figures[i])
        for i in range(max(0, head - REACH), parts[0])
    ):
        return  # they are the parts of another total
    over = not total_agrees(found, total, 1)
    if (over and exclusive) or (not over and complete):
        yield mismatch(passage, head, parts)


def _before(passage: Passage, segments: Sequence[_Segment], position: int) -> Iterator[Verdict]:
    """一是…540万元；二是…286万元；三是…94万元。合计920万元; …。以上三项共计920万元."""
    own = segments[position]
    if not own.figures or position < 1:
        return
    total = own.figures[0]
    figure = passage.figures[total]
    if figure.role != COUNT or figure.hedge or not _TOTAL.search(passage.before[total]):
        return
    found = _END.fullmatch(passage.text, own.start, figure.start)
    if found is None:
        return
    k = _NUMBERS.get(found["k"] or "", 0)
    items: list[_Segment] = []
    numbered = True
    for segment in reversed(segments[max(0, position - (k or _MOST)) : position]):
        item = _NUMBERED.match(passage.text, segment.start, segment.end) is not None
        if not k and not item:
            break
        numbered = numbered and item
        items.append(segment)
    items.reverse()
    if len(items) < 2 or (k and len(items) != k) or not (k or numbered):
        return
    if not k and not patterns.search(
        "一是|第一|（一）|1[.、．]|①", passage.text[items[0].start : items[0].end]
    ):
        return
    parts = []
    for segment in items:
        like = _like(passage, segment, total)
        if len(like) != 1 or passage.figures[like[0]].hedge:
            return
        if CHANGED.search(passage.label(like[0])) or _NOT_WHOLE.search(passage.label(like[0])):
            return
        parts.append(like[0])
    yield from _compare(passage, total, parts, exclusive=True, complete=True)
