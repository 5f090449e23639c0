"""What a figure stands for in its sentence: a level, a change, a share, growth, a rank, money …

Arithmetic asks for less (``Quantity.role``); this is for whoever wants to read the figures.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.i18n import Bilingual
from reportlint.structure.quantities import (
    COUNT,
    DOUBLING,
    SHARE,
    TIMES,
    Quantity,
    is_measured,
    is_money,
)

ROLES: dict[str, Bilingual] = {
    "level": {"zh": "数量", "en": "level"},
    "money": {"zh": "金额", "en": "money"},
    "change": {"zh": "增减数", "en": "change"},
    "share": {"zh": "占比、比率", "en": "share"},
    "growth": {"zh": "增减幅度", "en": "growth"},
    "points": {"zh": "百分点", "en": "points"},
    "times": {"zh": "倍数", "en": "multiple"},
    "rank": {"zh": "名次", "en": "rank"},
    "date": {"zh": "日期、时间", "en": "date"},
    "age": {"zh": "年龄", "en": "age"},
    "range": {"zh": "范围", "en": "range"},
    "ratio": {"zh": "比", "en": "ratio"},
    "ordinal": {"zh": "序数", "en": "ordinal"},
    "label": {"zh": "序号", "en": "label"},
    "document": {"zh": "文号", "en": "document number"},
    "model": {"zh": "型号、编号", "en": "model number"},
    "phone": {"zh": "电话", "en": "telephone"},
    "bare": {"zh": "无单位", "en": "no unit"},
}
"""Every role, with its name for people."""

_BY = patterns.compile(
    r"(?:增加|减少|增长|净增|新增|上升|下降|提高|提升|降低|扩大|缩减|压减|增幅|降幅|涨幅|跌幅|上涨|下跌|回落|翻"
    r"|[^较]多|少)了?(?:约|近|超过|达到?|为)?$"
)
_RANKED = patterns.compile(r"(?:[居列排位]|名次|并列)[^，。；0-9]{0,10}第$")
_NOUN = patterns.compile(r"(?:的)?([\u4e00-\u9fff]{1,8})")
_VERBS = patterns.compile(r"[，。；、的了和与及占较比同由至到将为是已均共]")
_REACH = 24


def role(text: str, figure: Quantity) -> str:
    """Return a key of ROLES for a figure of ``text``, which must be ``plain``."""
    before = text[max(0, figure.start - _REACH) : figure.start]
    if figure.role == COUNT:
        if _BY.search(before):
            return "change"
        return "money" if is_money(figure.unit) else "level"
    if figure.role == SHARE:
        return "growth" if _BY.search(before) else "share"
    if figure.role == DOUBLING:
        return "growth"
    if figure.role == TIMES:
        return "growth" if _BY.search(before) else "times"
    if figure.role == "ordinal" and _RANKED.search(before):
        return "rank"
    return figure.role


def noun(text: str, figure: Quantity) -> str:
    """Return the noun that a count counts, as far as the next function word: 民兵 of 90名民兵."""
    if figure.role != COUNT or is_measured(figure.unit):
        return ""
    found = _NOUN.match(text, figure.end)
    return _VERBS.split(found.group(1))[0] if found else ""
