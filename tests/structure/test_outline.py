"""Headings: which lines are, how they nest, and what stands under them."""

from itertools import pairwise

import pytest
from hypothesis import given

from reportlint.settings import Settings
from tests.helpers import lint, lint_plain, outside
from tests.strategies import anything

BODY = "全年完成投资1200万元，修路30公里，改造危房86户，新建文化广场4处，群众满意。"


def outline(text: str, settings: Settings, path: str = "draft.txt") -> list[tuple[int, str]]:
    structure = lint(text, settings, path).context.structure
    return [(h.depth, structure.text[h.start : h.end]) for h in structure.headings]


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (["一、主要工作", BODY, "二、存在问题", BODY], [(0, "主要工作"), (0, "存在问题")]),
        (["一、主要工作", "（一）抓学习", BODY, "1.读书", BODY, "（1）自学", BODY, "二、问题", BODY],
         [(0, "主要工作"), (1, "抓学习"), (2, "读书"), (3, "自学"), (0, "问题")]),
        (["一、主要工作", "1.读书", BODY, "二、问题", "（一）人少", BODY],
         [(0, "主要工作"), (1, "读书"), (0, "问题"), (1, "人少")]),
        (["第一章 总则", "第一条 为了落实工作。", BODY, "第二章 职责", BODY],
         [(0, "总则"), (1, "为了落实工作"), (0, "职责")]),
        (["（一）带头学。" + BODY, "（二）带头干。" + BODY], [(0, "带头学"), (0, "带头干")]),
        (["①修路", BODY, "②通水", BODY], [(0, "修路"), (0, "通水")]),
        (["主要工作", BODY, "存在问题", BODY], [(0, "主要工作"), (0, "存在问题")]),
        (["主要工作", BODY, "（一）抓学习", BODY], [(0, "主要工作"), (1, "抓学习")]),
        (["一、" + BODY[:-1] * 3, BODY], []),
        (["二、三级医院共有五家", BODY], []),
        (["一是抓学习", BODY], []),
        ([BODY, "特此报告", BODY], []),
        ([BODY, "各位代表", BODY], []),
        ([BODY, "2023年5月6日", BODY], []),
    ],
)  # fmt: skip
def test_headings_of_a_draft(
    lines: list[str], headings: list[tuple[int, str]], settings: Settings
) -> None:
    title = f"张湾镇2023年工作总结\n{BODY}\n"
    assert outline(title + "\n".join(lines), settings) == headings


def test_headings_of_markdown_nest_by_their_level(settings: Settings) -> None:
    text = f"# 工作总结\n\n{BODY}\n\n## 一、主要工作\n\n### 抓学习\n\n{BODY}\n\n## 二、问题\n\n{BODY}\n"
    depths = {title: depth for depth, title in outline(text, settings, "draft.md")}
    assert depths["抓学习"] == depths["主要工作"] + 1
    assert depths["问题"] == depths["主要工作"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_path_of_a_place_is_the_headings_above_it(ending: str, settings: Settings) -> None:
    lines = [
        "张湾镇2023年工作总结", BODY, "一、主要##paidbegin##工作", "（一）抓学习", "甲" + BODY, "（二）抓落实", "乙" + BODY, "二、问题", "丙" + BODY,
    ]  # fmt: skip
    text = ending.join(lines)
    path = lint(text, settings).context.structure.heading_path
    assert path(0) == ()
    assert path(text.index("甲")) == ("一、主要工作", "（一）抓学习")
    assert path(text.index("乙")) == ("一、主要工作", "（二）抓落实")
    assert path(text.index("丙")) == path(len(text)) == ("二、问题",)


@given(text=anything)
def test_headings_are_in_order_and_lie_over_their_text(text: str, settings: Settings) -> None:
    structure = lint_plain(text, settings).context.structure
    headings = structure.headings
    for heading in headings:
        assert heading.start <= heading.end <= heading.body <= heading.own_stop <= heading.stop
        assert heading.stop <= len(structure.text)
        assert heading.depth >= 0
    starts = [structure.paragraphs[heading.paragraph].start for heading in headings]
    assert starts == sorted(set(starts))
    for above, below in pairwise(headings):
        assert below.depth <= above.depth + 1
        if below.depth <= above.depth:
            assert above.stop == above.own_stop


@given(text=anything)
def test_paragraphs_are_trimmed_and_hold_all_that_is_left(text: str, settings: Settings) -> None:
    structure = lint_plain(text, settings).context.structure
    paragraphs = structure.paragraphs
    assert all(structure.text[p.start : p.end].strip() for p in paragraphs)
    assert all(a.end <= b.start for a, b in pairwise(paragraphs))
    assert not outside(structure.text, paragraphs).strip()
