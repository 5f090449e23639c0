"""NM006: values that nothing can have, whatever else is printed."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.claims import CHANGE, RATE, SHARE_OF, Claim
from reportlint.checks.figures.passage import Passage
from reportlint.checks.figures.verdicts import Verdict, contradicts
from reportlint.structure.quantities import ONE, SHARE, TIMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_MORE = patterns.compile(
    r"计划|目标|任务|预算|指标|上年|去年|同期|应|进度|定额|比|当年|需求|名额|标准|均值|平均"
)
_BOUNDED = patterns.compile(
    r"(?:合格|整改|出勤|到岗|到课|覆盖|普及|满意|办结|持证|及格|优秀|优良|参与|知晓|登记|通过|回收|达标|录取|中标|化解|完好|入学|到会|签到|入住|检出)率$"
)


def impossible(passage: Passage, claim: Claim) -> Iterator[Verdict]:
    """NM006 for one claim; a list is looked at figure by figure."""
    figures = passage.figures
    for index in range(claim.first, claim.last + 1):
        figure = figures[index]
        if figure.role == SHARE and figure.value > ONE and figure.hedge != "under":
            if claim.kind == SHARE_OF:
                before = passage.before[index]
                if _MORE.search(claim.base) or patterns.search(
                    r"相当|[倍]|目标|计划|任务", before[-30:]
                ):
                    continue
                why, limit = "部分不会多于整体", "≤ 100%"
            elif claim.kind == CHANGE and claim.falling:
                if not passage.text.startswith(("，", "。", "；", "、", "）"), figure.end):
                    continue
                why, limit = "最多下降 100%", "≤ 100%"
            elif claim.kind == RATE and _BOUNDED.search(claim.base) and "毛" not in claim.base:
                why, limit = "这样的比率不超过 100%", "≤ 100%"
            else:
                continue
        elif figure.role == TIMES and claim.kind == CHANGE and claim.falling:
            if figure.value < ONE or patterns.search(r"[到至为]$", passage.before[index]):
                continue
            why, limit = "下降、减少不用倍数，最多减少 100%", "< 1倍"
        else:
            continue
        yield contradicts("NM006", passage, index, why, limit, ())
