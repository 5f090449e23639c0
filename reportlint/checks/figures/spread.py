"""NM002 over sentences: a total and its parts that do not stand in one clause.

A paragraph is cut at 。 and ； into segments. A part is the figure that a segment leads with
(民事案件60件，…), an item of a list (一是…60件) or one of a view (从性别看，男60人，女40人).
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.arithmetic import total_agrees
from reportlint.checks.figures.complete import CHANGED, KIND, REST
from reportlint.checks.figures.passage import ENDS, PAUSES, REACH, Passage
from reportlint.checks.figures.sums import mismatch, some_run, sum_of
from reportlint.checks.figures.verdicts import Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias


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


_Segment: TypeAlias = "tuple[int, int, range]"
"""A stretch between 。 or ；: where it starts and ends, and the indices of its figures."""

_NONE = range(0)


def spread(passage: Passage) -> Iterator[Verdict]:
    """Yield what is to be said of totals whose parts are in other sentences."""
    segments = _segments(passage)
    for position, segment in enumerate(segments):
        if segment[2]:
            yield from _after(passage, segments, position)
            if position:
                yield from _before(passage, segments, position)


_LINKED = patterns.compile(
    r"[。！？!?；;：](?:(?<=：)|\s*(?:其中|包括|[一二三四五六七八九十第（(0-9①-⑳]))"
)
_VIEWED = patterns.compile(r"[。！？!?；;：男女](?:(?<=[男女])|\s*(?:其中[，,：:]?)?[从按以就])")
_SUMMED = patterns.compile("合计|共计|总计|总共")
"""A sign of how a list begins, of each view, that of the sexes among them, and of each total."""


def opened(passage: Passage) -> bool:
    """Whether a total and two parts may stand as the rules have it.

    Parts lead two segments in turn, the first of which a colon, 其中 or a number opens. Or they
    stand side by side at the head of one that opens a view. A total that leads a segment says that
    it is one. All are of one unit.
    """
    units, clause, counts, before = passage.units, passage.clause, passage.counts, passage.before
    figures, text, colons = passage.figures, passage.text, "：" in passage.body
    led: set[str] = set()
    leading: set[str] = set()  # the units of first parts in this segment, and in the one before
    last = len(units) - 1
    for i in range(1, last + 1):
        start, end = figures[i - 1].end, figures[i].start
        if clause[i] != clause[i - 1]:
            led, leading = leading, set()
        elif not colons or "：" not in text[start:end]:
            continue
        unit = units[i]
        if counts.get(unit, 0) > 2:
            if unit in led or _SUMMED.search(before[i]):
                return True
            if i < last and units[i + 1] == unit and _VIEWED.search(text, start, end):
                return True
            if _LINKED.search(text, start, end):
                leading.add(unit)
    return False


def _segments(passage: Passage) -> list[_Segment]:
    """Return the segments up to the last figure; none where the paragraph is a single one."""
    body = passage.body
    for mark in ENDS + PAUSES:
        body = body.replace(mark, "。")
    *pieces, rest = body.split("。")
    if rest:
        pieces.append(rest[1:])  # as long as the others without the mark that they end with
    if len(pieces) < 2:
        return []
    found: list[_Segment] = []
    clause, count = passage.clause, len(passage.clause)
    start, first = passage.start, 0
    for number, piece in enumerate(pieces):
        end = start + len(piece) + 1
        last = first
        while last < count and clause[last] == number:
            last += 1
        found.append((start, end, range(first, last) if first < last else _NONE))
        if last == count:
            break
        start, first = end, last
    return found


def _like(passage: Passage, figures: range, index: int) -> list[int]:
    """Return those of some figures that are of the unit of a count."""
    units, unit = passage.units, passage.units[index]
    return [i for i in figures if units[i] == unit]


def _head(passage: Passage, figures: range) -> int | None:
    """Return the total that a segment ends with: its last count, the only one of its unit."""
    units = passage.units
    head = figures.stop - 1
    while head >= figures.start and not units[head]:
        head -= 1
    if head < figures.start:
        return None
    if passage.counts[units[head]] <= 2 or passage.figures[head].hedge:
        return None
    if units[head] in units[figures.start : head]:
        return None
    label = passage.label(head)
    if _NOT_WHOLE.search(label) or CHANGED.search(label) or REST.search(label):
        return None
    return head


def _after(passage: Passage, segments: Sequence[_Segment], position: int) -> Iterator[Verdict]:
    """办理案件120件。其中民事案件60件，…。刑事案件40件，…。行政案件30件。"""
    start, end, own = segments[position]
    following = segments[position + 1 : position + 1 + _MOST]
    # 共120件：一是民事60件；…: the head may share its segment with the first item
    colon = passage.text.find("：", start, end)
    linked = colon > 0
    if linked:
        cut = own.start
        while cut < own.stop and passage.figures[cut].start < colon:
            cut += 1
        following = [(colon + 1, end, range(cut, own.stop)), *following[: _MOST - 1]]
        end, own = colon, range(own.start, cut)
    if not own or not following or not following[0][2]:
        return
    head = _head(passage, own)
    if head is None:
        return
    for segment in following[:6]:
        if not segment[2]:
            break
        yield from _view(passage, segment, head)
    yield from _led(passage, (start, end, own), head, following, linked=linked)


def _led(
    passage: Passage, own: _Segment, head: int, following: Sequence[_Segment], *, linked: bool
) -> Iterator[Verdict]:
    figures, units = passage.figures, passage.units
    parts: list[int] = []
    labels: list[str] = []
    numbered = single = True
    for number, segment in enumerate(following):
        begin, _, within = segment
        if not within or units[within.start] != units[head]:
            break
        like = _like(passage, within, head)
        found = _LEADS.fullmatch(passage.text, begin, figures[like[0]].start)
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
    start, end, _ = own
    if not linked and _NUMBERED.match(passage.text, start, end):
        return  # an item of the same list
    kinds = _KINDS.search(passage.text, max(start, end - 30), end)
    if kinds is not None and _OPEN.search(passage.text, max(start, end - 30), end):
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
    figures, units = passage.figures, passage.units
    start, _, within = segment
    # the first two of the segment at least are of the unit of the head
    if len(within) < 2 or not units[within.start] == units[within.start + 1] == units[head]:
        return
    like = _like(passage, within, head)
    if len(like) > _MOST or like != list(within[: len(like)]):
        return
    opening = _VIEW.match(passage.text, start, figures[like[0]].start)
    labels = []
    begin = opening.end() if opening else start
    for i in like:
        found = _IN_VIEW.fullmatch(passage.text, begin, figures[i].start)
        if found is None or CHANGED.search(found["label"]) or "其中" in found["label"]:
            return
        labels.append(found["label"])
        begin = figures[i].end
    sexes = len(like) == 2 and [label[:1] for label in labels] in (["男", "女"], ["女", "男"])
    if opening is None and not sexes:
        return
    if opening is None and len(within) != len(like):
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
        passage.units[i] == total.unit and total_agrees(found, figures[i])
        for i in range(max(0, head - REACH), parts[0])
    ):
        return  # they are the parts of another total
    over = not total_agrees(found, total, 1)
    if (over and exclusive) or (not over and complete):
        yield mismatch(passage, head, parts)


def _before(passage: Passage, segments: Sequence[_Segment], position: int) -> Iterator[Verdict]:
    """一是…540万元；二是…286万元；三是…94万元。合计920万元; …。以上三项共计920万元."""
    start, _, own = segments[position]
    total = own.start
    figure, words = passage.figures[total], passage.before[total]
    if not passage.units[total] or figure.hedge or not _SUMMED.search(words):
        return
    found = _END.fullmatch(passage.text, start, figure.start)
    if found is None:
        return
    k = _NUMBERS.get(found["k"] or "", 0)
    items: list[_Segment] = []
    numbered = True
    for segment in reversed(segments[max(0, position - (k or _MOST)) : position]):
        item = _NUMBERED.match(passage.text, segment[0], segment[1]) is not None
        if not k and not item:
            break
        numbered = numbered and item
        items.append(segment)
    items.reverse()
    if len(items) < 2 or (k and len(items) != k) or not (k or numbered):
        return
    if not k and not patterns.search(
        "一是|第一|（一）|1[.、．]|①", passage.text[items[0][0] : items[0][1]]
    ):
        return
    parts = []
    for segment in items:
        like = _like(passage, segment[2], total)
        if len(like) != 1 or passage.figures[like[0]].hedge:
            return
        if CHANGED.search(passage.label(like[0])) or _NOT_WHOLE.search(passage.label(like[0])):
            return
        parts.append(like[0])
    yield from _compare(passage, total, parts, exclusive=True, complete=True)
