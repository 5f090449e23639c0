"""Time grows with the length of a text and no faster, whatever the text repeats."""

import time
from itertools import pairwise

import pytest

from reportlint import engine
from reportlint.document import Document
from reportlint.settings import Settings

SIZES = (8_000, 32_000, 128_000)
"""Bytes of UTF-8; each size is four times the one before."""

MOST = 8
"""A text four times as long may take so many times as long. Quadratic work takes 16 times."""

UNMEASURED = 1.5
"""Seconds below which a measured ratio says nothing."""

TOKENS = [
    "X", "*", "×", "_", "#", "##", "`", "[", "{{", "<", "|", "~", "【", "】", "（", "）", "《", "》", "“", "”", "〔〕",
    "1", "20", "1.", "一、", "（一）", "①", "第一，", "一是", "首先，", "其中", "占%", "年 月 日", "X月", "待",
    "，", "。", "，`，`", "、", "：", " ", "\u3000", "\n", "\r\n", "\u200b", "\U0001f600", "甲",
    "公众号", "剩余", "付费", "下载", "某某", "新时代", "更*多", "四个一", "三个方面：", "“四个一”，即", "存在问题",
    "一、\n", "（公众号", "[下载", "一是学。\n", "（一）学\n二、干\n", "X\n", "1\n", "*a", "一*", " 在",
]  # fmt: skip
"""What hostile or damaged files repeat, and what some check scans ahead or back for."""


def seconds(document: Document, settings: Settings) -> float:
    """Return the processor time of one lint."""
    begun = time.process_time()
    engine.lint(document, settings)
    return time.process_time() - begun


def grows_too_fast(small: Document, large: Document, settings: Settings) -> bool:
    """Three times over, so that a busy machine cannot decide."""
    return all(
        seconds(large, settings) > max(MOST * seconds(small, settings), UNMEASURED)
        for _ in range(3)
    )


@pytest.mark.parametrize("token", TOKENS, ids=ascii)
def test_time_is_linear_in_the_length(token: str, settings: Settings) -> None:
    # from small to large, so that quadratic work is caught before it takes minutes
    texts = [Document(token * (size // len(token.encode()))) for size in SIZES]
    engine.lint(texts[0], settings)  # whatever is made once, such as compiled patterns
    for small, large in pairwise(texts):
        assert not grows_too_fast(small, large, settings), f"{len(small.text)} to {len(large.text)}"


@pytest.mark.parametrize(
    "kind", ["述职述廉报告", "自查报告", "调研报告", "实施方案", "请示", "会议纪要"]
)
def test_looking_for_sections_is_linear_too(kind: str, settings: Settings) -> None:
    cues = "存在不足下一步我们将建议没有会议整改保障目标廉洁妥否请批示，"
    texts = [Document(cues * (size // len(cues.encode()))) for size in SIZES]
    settings = settings._replace(kind=kind)
    for small, large in pairwise(texts):
        assert not grows_too_fast(small, large, settings)
