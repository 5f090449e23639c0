"""Why a claim cannot be judged, in both languages. Silence is a decision, and this names it."""

from __future__ import annotations

from reportlint.i18n import Bilingual

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


REASONS: Mapping[str, Bilingual] = {
    "no-part": {
        "zh": "看不出占比说的是哪个数",
        "en": "the figure that the share is of cannot be told",
    },
    "no-whole": {
        "zh": "没有可以确认的总数",
        "en": "no figure is certain to be the whole",
    },
    "no-base": {
        "zh": "没有可以对照的前后数字",
        "en": "no two figures to compute it from",
    },
    "other-base": {
        "zh": "所占的基数不是附近的数字",
        "en": "its base is none of the figures near it",
    },
    "real-price": {
        "zh": "增速按可比价或年均计算，不能由现价推算",
        "en": "growth at constant prices or a yearly mean: not computed from nominal values",
    },
    "open-interval": {
        "zh": "数字是约数，范围不定",
        "en": "a figure is approximate, its range open",
    },
    "other-rate": {
        "zh": "这类比率的分子、分母不是文中的数",
        "en": "rates of this kind have other terms than the figures in the text",
    },
    "two-bases": {
        "zh": "增减数与幅度的对比时期不同",
        "en": "the difference and the rate are against different periods",
    },
    "not-exhaustive": {
        "zh": "分项未必列全",
        "en": "the parts need not be all",
    },
    "overlapping": {
        "zh": "分项可能交叉",
        "en": "the parts may overlap",
    },
    "no-total": {
        "zh": "看不出平均的是哪个总数",
        "en": "the total that it is an average of cannot be told",
    },
    "other-average": {
        "zh": "这个平均数的总数或份数不在文中",
        "en": "its total or its number is not in the text",
    },
}
