"""Which figures of a passage are claims about others, by the words that lead up to them."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.passage import Passage
from reportlint.lean import NamedTuple
from reportlint.structure.quantities import DOUBLING, HEDGED, POINTS, TIMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


SHARE_OF, RATE, CHANGE, MULTIPLE = "share", "rate", "change", "multiple"


class Claim(NamedTuple):
    """A result, or a list of results such as 分别占 p、q 和 r.

    ``first`` and ``last`` are indices of figures, both of the claim. ``base`` is what a share is
    said to be of, or the name of a rate; ``subject`` the words of the clause before 占.
    """

    kind: str
    first: int
    last: int
    base: str = ""
    subject: str = ""
    falling: bool = False
    listed: bool = False

    @property
    def size(self) -> int:
        """How many results there are."""
        return self.last - self.first + 1


_TAIL = (
    r"(?:了|为|达到|达|约为|约|近|超过|超|逾|仅|只有|已|均|是|高达|大约|不足|不到|突破|分别|各|至少|将近|接近"
    r"|保持在|幅度|实现|正好|由|从){0,4}"
)
_SHARE = patterns.compile(
    r"(?P<subject>[^，,。；;：:（(]{0,30}?)(?<!抢)(?<!侵)占(?P<among>分别)?"
    r"(?P<base>(?![地用道领有据])[^，,。；;：:（()）占、]{0,30})$"
)
_RATE = patterns.compile(
    rf"(?P<name>[^，,。；;：:（()）、0-9的率]{{1,12}}(?:率|比例|进度|面(?<![方全表局层])))"
    rf"(?:约|也|合计)?{_TAIL}$"
)
# One class for the first characters of all words: the search skips to one of them at full speed.
_RISING = (
    "(?<=增)[长加幅多高]|(?<=上)[升涨]|(?<=提)[高升]|(?<=涨)幅|(?<=扩)大"
    "|(?<=[净递])增|(?<=[攀回])升"
)
_FALLING = (
    "(?<=下)[降滑跌]|(?<=减)[少幅轻]?|(?<=降)[低幅]|(?<=压)[减缩]|(?<=缩)[短减]"
    "|(?<=精)简|(?<=回)落|(?<=收)窄"
)
_CHANGE = patterns.compile(
    rf"[增上提涨扩净递攀回下减降压缩精收](?:(?P<up>{_RISING})|(?P<down>{_FALLING})){_TAIL}$"
)
_RATED = patterns.compile(rf"(?:率|比例|进度|面)(?:约|也|合计)?{_TAIL}$")
"""The end of the name of a rate, found sooner than its beginning."""

_LONGEST_TAIL = 16
"""How far before a figure a word of change, or the end of the name of a rate, may stand."""

_LONGEST_RATE = 30

_BARE = patterns.compile(r"[^。；;]{0,30}[，,](?:还|只|仅|已|约|正好|恰好|刚好)?(?:是|有|占)?$")
"""What stands before a share that is a clause of its own: 有实绩的155家，不到六成."""

_BETWEEN = patterns.compile(r"[、，]?(?:和|及|与|以及)?")


def claims(passage: Passage) -> Iterator[Claim]:
    """Yield the claims of a passage in order."""
    figures, count = passage.figures, len(passage.figures)
    last = -1
    for index in passage.others:
        claim = _claim(passage, index) if index > last else None
        if claim is None:
            continue
        last = index
        if claim.listed or claim.kind == SHARE_OF or claim.kind == CHANGE:
            role = figures[index].role
            while last + 1 < count and figures[last + 1].role == role:
                gap = passage.before[last + 1]
                if not _BETWEEN.fullmatch(gap) or (gap.startswith("，") and not claim.listed):
                    break
                last += 1
        yield claim._replace(last=last) if last > index else claim


def _claim(passage: Passage, index: int) -> Claim | None:
    figure = passage.figures[index]
    before = passage.before[index]
    if figure.role == DOUBLING:
        return Claim(CHANGE, index, index)
    tail = before[-_LONGEST_TAIL:]
    change = _CHANGE.search(tail)
    if change is not None:
        return Claim(
            CHANGE,
            index,
            index,
            falling=change["down"] is not None,
            listed="分别" in tail,
        )
    if figure.role == TIMES:
        return Claim(MULTIPLE, index, index)
    if figure.role == POINTS:
        return None
    share = _SHARE.search(before) if "占" in before else None
    if share is not None:
        base = share["base"]
        among = share["among"] is not None or "分别占" in before
        among = among or base.startswith(("分别", "依次", "比分别", "比依次"))
        return Claim(SHARE_OF, index, index, core(base), share["subject"], listed=bool(among))
    rate = _RATE.search(before[-_LONGEST_RATE:]) if _RATED.search(tail) else None
    if rate is not None and not patterns.search(r"[由从比]$", tail):
        return Claim(RATE, index, index, rate["name"])
    words = figure.style != "digits"
    if words and index and _BARE.fullmatch(hedge_cut(before)) and passage.is_count(index - 1):
        return Claim(SHARE_OF, index, index)
    return None


def hedge_cut(before: str) -> str:
    """Return the words before a figure without those that make it approximate."""
    found = HEDGED.search(before)
    return before[: found.start()] if found else before


_PREFIX = patterns.compile(
    r"^(?:分别|依次|全部|所有|全[市县区镇乡省国校院局村年]|整个|同期|我|本|该|其)"
)
_SUFFIX = patterns.compile(
    r"(?:的|依次|比重|比例|比|份额|总人数|总户数|总面积|总数|总量|总额|人数|数量|总体|总|数|为|达到|达|约|近|超过|超"
    r"|逾|仅|了|已|高达|大约|不足|不到|突破|分别|将近|接近|至少|正好|合计)$"
)


def core(base: str) -> str:
    """Return the noun of what a share is of: 专任教师 of 占全校专任教师总数的."""
    base = base.strip()
    for pattern in (_PREFIX, _SUFFIX):
        while base:
            shorter = pattern.sub("", base)
            if shorter == base:
                break
            base = shorter
    return base
