"""NM013: ratios (5.1:41.3:53.6) against their figures, and lists with 分别 that do not pair."""

from __future__ import annotations

from bisect import bisect_left

from reportlint import patterns
from reportlint.checks.figures.passage import REACH, Passage, alike, commas
from reportlint.checks.figures.spans import contradiction
from reportlint.checks.figures.verdicts import AGREES, Verdict
from reportlint.structure.quantities import ARITHMETIC, COUNT, ONE, SHARE, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


TERM = {"zh": "对应的数", "en": "what it is of"}
NAMES = {"zh": "列出的名称", "en": "the names"}

_NEAR = 12
"""How many figures before a ratio may be what it is of."""

_LONGEST_LIST = 60
"""A list of names is no longer; what is cut off is not judged."""

_COLONS = (":", "：", "∶")
_CUE = patterns.compile(
    r"(?:比例|之比|比重|结构|构成|占比|比)(?:已?由|从)?(?:上年|去年|上年同期|年初)?的?"
    r"(?:调整|优化|演变|变化|变|提高|上升|下降)?(?P<about>约)?(?:为|是|达到?|到|至)?(?:约|近)?$"
)
_NAMED = patterns.compile("比例|之比|比重|结构|构成|占比|比")
_NOW = patterns.compile(r"^[^，,。；;：:]{0,4}(?:为|到|至|成)$")
_FROM = patterns.compile(r"(?:由|从)[^，,。；;：:]{0,8}$")
_GIVEN = patterns.compile(
    r"计划|目标|要求|标准|不低于|不高于|达标|约|近|师生比|生师比|床护比|配比|原则|折"
)
_SHARES = patterns.compile(r"(?:占|比重|比例)[^，,。；;增长降]{0,12}$")
_JOINED = patterns.compile(
    r"[^，,、。；;：:0-9]{0,4}(?:[、，,]|和|与|及|以及)[^，,、。；;：:0-9]{0,12}"
)

_RESPECTIVELY = patterns.compile(r"分别(?!由|从|按|与|向|在|于|对|给|同|以|将|把|是否)")
_STOP = patterns.compile(r"[，,、。；;：:（()）“”‘’《》\n]")
_PREPOSITION = patterns.compile(r"(?:由|从|按|与|向|在|于|对|给|以)$")
_LIST_GAP = patterns.compile(r"[^，,、。；;：:（()）“”0-9和与及]{0,4}(?:、|和|与|及|以及|、和)")
_LIST_END = patterns.compile(
    r"[^，,、。；;：:（()）“”0-9和与及至到由从]{0,6}(?:[，,](?![0-9])|[。；;）)\n]|$)"
)
_DATES = patterns.compile(r"[0-9]{4}年|[0-9]{1,2}月(?:份)?")
_DECLARED = patterns.compile(
    r"(?<![第、和与及])(?P<count>[两二三四五六七八九])(?:个|大)?(?:者|项|类|级|镇|乡|村|街道?|人|家|所|地|校|县|区|市"
    r"|年|种|条|方面|领域|平台|学段|片区?|产业|环节|季度?|组|部门|单位|阶段|等次|档|线|院|科|馆|库)"
    r"[^、和与及]{0,8}$"
)
_SOME_NUMBER = patterns.compile(
    r"(?<![第、和与及])(?<!^)[两二三四五六七八九](?:个|大|镇|乡|村|年|类|级|项|地|季)"
)
_UNCLEAR = patterns.compile(r"[“”‘’《》（）()]|各|每|等(?![奖级次])")
_AND = patterns.compile(r"以及|和|与|及(?!以)")
_OPENED = patterns.compile(r"其中|包括|分为|[:：]")
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


def ratios(passage: Passage) -> Iterator[Verdict]:
    """NM013 for the ratios of a passage."""
    found = passage.all
    if "ratio" not in [figure.role for figure in found]:
        return
    index, count = 0, len(found)
    while index < count:
        first = index
        index += 1
        if found[first].role != "ratio":
            continue
        while (
            index < count
            and found[index].role == "ratio"
            and passage.text[found[index - 1].end : found[index].start] in _COLONS
        ):
            index += 1
        if index - first > 1:
            yield from _ratio(passage, first, index)


def _ratio(passage: Passage, first: int, stop: int) -> Iterator[Verdict]:
    """Judge the ratio of the terms ``passage.all[first:stop]``."""
    terms = passage.all[first:stop]
    if any(term.unit or not term.value for term in terms):
        return
    text = passage.text
    begin = terms[0].start
    lead = text[max(passage.start, begin - 40) : begin]
    lead = lead[max(map(lead.rfind, "，,。；;：:、（(")) + 1 :]
    after_another = first > 0 and passage.all[first - 1].role == "ratio"
    if after_another:
        between = text[passage.all[first - 1].end : begin]
        if not _NOW.search(between):
            return
    elif not _CUE.search(lead):
        return
    if len(terms) > 2 and any(term.places for term in terms):
        total = sum(term.value for term in terms)
        slack = (len(terms) + 1) * max(term.ulp for term in terms) // 2
        if 90 * ONE < total < 110 * ONE and abs(total - 100 * ONE) > slack:
            yield _not_hundred(passage, terms, total)
            return
    if _FROM.search(lead):
        return
    last = bisect_left(passage.figures, begin, key=lambda figure: figure.start)
    values = _values(passage, terms, last, lead)
    if values is not None:
        yield _compared(passage, terms, values)


def _not_hundred(passage: Passage, terms: Sequence[Quantity], total: int) -> Verdict:
    shown = [passage.text[term.start : term.end] for term in terms]
    places = max(term.places for term in terms)
    value = f"{total * 10**places // ONE}"
    result = f"{value[:-places]}.{value[-places:]}" if places else value
    return contradiction(
        "NM013",
        passage.text,
        (terms[0].start, terms[-1].end),
        " ＋ ".join(shown) + f" = {result}",
        "100",
        (),
        part=shown,
    )


def _values(
    passage: Passage, terms: Sequence[Quantity], last: int, lead: str
) -> tuple[list[int], bool] | None:
    """Return the figures that a ratio is of and whether it is of them, or None if uncertain."""
    figures, size = passage.figures, len(terms)
    for end in range(last, max(size - 1, last - _NEAR), -1):
        run = list(range(end - size, end))
        if _fits(terms, [figures[i] for i in run]):
            return run, True
    first = last - size
    if first < 0:
        return None
    run = list(range(first, last))
    if not all(
        (alike(figures[i], figures[first]) or figures[i].role == figures[first].role == SHARE)
        and figures[i].low is not None
        and figures[i].high is not None
        and not figures[i].hedge
        and figures[i].value
        for i in run
    ):
        return None
    begin = terms[0].start
    if figures[first].role == SHARE and not _SHARES.search(passage.before[first]):
        return None  # growth of each, perhaps
    if _GIVEN.search(lead) or "。" in passage.text[figures[first].start : begin]:
        return None
    if any(not _JOINED.fullmatch(passage.before[i]) for i in run[1:]):
        return None
    tail = passage.text[figures[last - 1].end : begin]
    if commas(tail) > 1 or patterns.search(r"[；;]", tail) or len(tail) > 40:
        return None
    # one more figure of the list would be one that the ratio leaves out
    if (
        first
        and alike(figures[first - 1], figures[first])
        and _JOINED.fullmatch(passage.before[first])
        and "，" not in passage.before[first]
    ):
        return None
    labels = [passage.name(i) for i in run]
    if not _related(lead, labels):
        return None
    return run, False


def _related(lead: str, labels: Sequence[str]) -> bool:
    """Whether a ratio says that it is of the figures with these labels."""
    if "之比" in lead and not _AND.search(lead):
        return True
    name = _NAMED.split(lead)[0].strip()[-len(labels) * 2 :]
    if len(labels) == 2:
        pair = name[-2:]
        return len(pair) == 2 and pair[0] in labels[0] and pair[1] in labels[1]
    return "产" in name and "产" in labels[0]


def _fits(terms: Sequence[Quantity], values: Sequence[Quantity]) -> bool:
    """Whether the values are in the ratio of the terms, in whatever order."""
    if any(v.role not in (COUNT, SHARE) or not v.value or v.role != values[0].role for v in values):
        return False
    if any(v.unit != values[0].unit for v in values):
        return False
    order = sorted(values, key=lambda figure: figure.value)
    ratio = sorted(terms, key=lambda figure: figure.value)
    if len(terms) == 2:
        small, large = ratio
        least, most = _term(small, large)[0], _term(small, large)[1]
        low, high = _term(large, small)
        if small.value == large.value:
            return order[1].value * 4 <= order[0].value * 5
        one, other = order
        # large / small between the extremes that the printed digits allow
        return _high(other) * most >= low * _low(one) and _low(other) * least <= high * _high(one)
    total, whole = sum(v.value for v in values), sum(term.value for term in terms)
    spread = sum(_high(v) - _low(v) for v in values)
    rough = whole > 90 * ONE or any(term.places for term in terms)
    for term, value in zip(ratio, order, strict=True):
        slack = 2 * term.ulp if rough else term.ulp // 4
        own = (_high(value) - _low(value)) * whole + spread * term.value
        if abs(value.value * whole - term.value * total) > slack * total + own // 2:
            return False
    return True


def _term(term: Quantity, other: Quantity) -> tuple[int, int]:
    """Return what one term of a ratio of two may be before it was rounded: 1 is exact."""
    if term.places:
        return term.value - 3 * term.ulp // 2, term.value + 2 * term.ulp
    if term.value == ONE or other.places:
        return term.value, term.value
    return term.value - ONE // 2, term.value + ONE // 2


def _low(figure: Quantity) -> int:
    return figure.value if figure.low is None else figure.low


def _high(figure: Quantity) -> int:
    return figure.value if figure.high is None else figure.high


def _compared(
    passage: Passage, terms: Sequence[Quantity], values: tuple[list[int], bool]
) -> Verdict:
    run, right = values
    figures = passage.figures
    if right:
        # the ratio may name them the other way round
        size = sorted(range(len(terms)), key=lambda i: terms[i].value)
        order = sorted(run, key=lambda i: figures[i].value)
        run = [order[size.index(i)] for i in range(len(terms))]
    shown = "、".join(passage.shown(i) for i in run)
    expected = _expected(terms, [figures[i] for i in run])
    proof = f"{shown} = {expected}"
    if right:
        starts = tuple(figures[i].start for i in run)
        return Verdict("NM013", terms[0].start, AGREES, starts, lambda: proof)
    return contradiction(
        "NM013",
        passage.text,
        (terms[0].start, terms[-1].end),
        proof,
        expected,
        tuple((TERM, figures[i].start, figures[i].end) for i in run),
        part=[passage.shown(i) for i in run],
    )


def _expected(terms: Sequence[Quantity], values: Sequence[Quantity]) -> str:
    """Return the ratio of the values, with the sum or the 1 that the printed one has."""
    places = max(max(term.places for term in terms), 2 if len(terms) == 2 else 1)
    whole = sum(term.value for term in terms)
    if whole > 90 * ONE or len(terms) > 2:
        total = sum(value.value for value in values)
        numbers = [_rounded(value.value * whole, total * ONE, places) for value in values]
    else:
        one = next((i for i, term in enumerate(terms) if term.value == ONE), 1)
        numbers = [_rounded(value.value, values[one].value, places) for value in values]
    return ":".join(numbers)


def _rounded(numerator: int, denominator: int, places: int) -> str:
    scaled = (2 * numerator * 10**places + denominator) // (2 * denominator)
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def lists(passage: Passage) -> Iterator[Verdict]:
    """NM013 for 甲、乙、丙三镇分别完成12个、15个: three names and two figures."""
    if len(passage.all) < 2:
        return
    for match in _RESPECTIVELY.finditer(passage.text, passage.start, passage.end):
        run = _run(passage, match.end())
        if len(run) < 2:
            continue
        names = _names(passage, match.start())
        if names is None:
            counted = _counted(passage, match.start())
            if counted and _unlike(counted, len(run)):
                yield _unpaired(passage, run, counted, ())
            continue
        label, start, end = names
        number = _named(label)
        if number and _unlike(number, len(run)):
            yield _unpaired(passage, run, number, ((NAMES, start, end),))


def _unlike(names: int, figures: int) -> bool:
    """Whether names and figures do not pair. Two figures for each name may be meant to."""
    return names != figures and bool(figures % names) and bool(names % figures or names > figures)


def _run(passage: Passage, begin: int) -> list[Quantity]:
    """Return the list of figures that opens after 分别, if it is plainly one list."""
    found, text = passage.all, passage.text
    index = bisect_left(found, begin, key=lambda figure: figure.start)
    while index < len(found) and found[index].role == "date":
        index += 1
    if index == len(found):
        return []
    verb = text[begin : found[index].start]
    if len(verb) > 24 or _STOP.search(verb) or _PREPOSITION.search(verb):
        return []
    run = [found[index]]
    while index + 1 < len(found):
        if len(run) == REACH:
            return []
        one, other = found[index], found[index + 1]
        gap = text[one.end : other.start]
        if len(gap) > 8 or not _LIST_GAP.fullmatch(gap):
            break
        run.append(other)
        index += 1
    kinds = {(figure.role, figure.unit) for figure in run if figure.role != "bare"}
    # of one unit, or of one each: 送戏、送书、送展览分别达到126场、3.4万册、9次
    if len(kinds) not in (1, len(run)) or len({role for role, _ in kinds}) != 1:
        return []
    if not all(role in ARITHMETIC for role, _ in kinds):
        return []
    return run if _LIST_END.match(text, run[-1].end, passage.end) else []


def _names(passage: Passage, end: int) -> tuple[str, int, int] | None:
    """Return the names before 分别 and where they stand; None where there is no list of them."""
    text = passage.text
    start = max(passage.start, end - _LONGEST_LIST)
    cut = start > passage.start
    label = text[start:end]
    if "、" not in label:
        return None
    stop = max(map(label.rfind, "，,。；;：:！？")) + 1
    if stop:
        start, cut, label = start + stop, False, label[stop:]
    if "、" not in label:
        return None
    return ("" if cut else label), start, end


def _named(label: str) -> int:
    """Return how many names a list has, 0 where that can be read in two ways."""
    if _UNCLEAR.search(label) or patterns.search(r"[0-9]", _DATES.sub("", label)):
        return 0
    declared = _DECLARED.search(label)
    names = label[: declared.start()] if declared else label
    pieces = names.split("、")
    flat = [piece for part in pieces for piece in _AND.split(part)]
    if not all(piece.strip() for piece in flat):
        return 0
    if declared:
        number = _NUMBERS[declared["count"]]
        return number if number == len(flat) and not _AND.search("".join(pieces[:-1])) else 0
    if _SOME_NUMBER.search(label) or not _alike(flat):
        return 0
    return len(flat)


def _alike(names: Sequence[str]) -> bool:
    """Whether names are so alike in form that none of them is two or the half of one."""
    if len(names) < 2 or any(len(name) > 8 for name in names):
        return False
    *others, last = names
    size = len(others[0])
    if size > 1 and len({name[size - 1 : size] for name in names}) == 1:
        if all(len(name) == size for name in others) and len(last) > size:
            return True  # 一号、二号、三号警务站: the noun follows the last
    if len({name[0] for name in names}) == 1 and all(2 <= len(name) <= 4 for name in names):
        return True  # 送戏、送书、送展览
    if len({name[-1] for name in names}) == 1 and all(len(name) > 1 for name in names):
        return len({len(name) for name in names[1:]}) == 1 or len(names) > 2
    return len({len(name) for name in names}) == 1 and len(names[0]) <= 4


def _counted(passage: Passage, end: int) -> int:
    """Return how many figures a list has that ends before ，分别: 其中A 3人、B 5人，分别占…"""
    figures = passage.figures
    last = bisect_left(figures, end, key=lambda figure: figure.start) - 1
    if last < 1 or figures[last].role != COUNT:
        return 0
    if not patterns.fullmatch(
        r"[，,](?:同比|比上年|较上年)?", passage.text[figures[last].end : end]
    ):
        return 0
    first = last
    while first and last - first < _NEAR:
        gap = passage.before[first]
        if not patterns.fullmatch(r"(?:、|和|及)[^，,、。；;：:（()）0-9]{1,16}", gap):
            break
        if not alike(figures[first - 1], figures[last]):
            return 0
        first -= 1
    lead = passage.before[first]
    if first and passage.sentence[first - 1] == passage.sentence[first]:
        if not _OPENED.search(lead):
            return 0
    number = last - first + 1
    return number if number > 1 else 0


def _unpaired(
    passage: Passage,
    run: Sequence[Quantity],
    names: int,
    used: tuple[tuple[dict[str, str], int, int], ...],
) -> Verdict:
    return contradiction(
        "NM013",
        passage.text,
        (run[0].start, run[-1].end),
        f"前面列了 {names} 项，后面只有 {len(run)} 个数"
        if names > len(run)
        else f"前面列了 {names} 项，后面有 {len(run)} 个数",
        str(names),
        used,
        part=[passage.text[figure.start : figure.end] for figure in run],
    )
