"""Labels: which beginnings of paragraphs and clauses are numbers, and which only look so."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import packs
from reportlint.structure.labels import HEADING_STYLES, NUMBER, RANKS, inline, leading, places
from tests.strategies import anything

NUMBERS = packs.builtin().compile(NUMBER)


@pytest.mark.parametrize(
    ("text", "style", "value", "label"),
    [
        ("第一部分 总体要求", "part", 1, "第一部分"),
        ("第三章 队伍建设", "chapter", 3, "第三章"),
        ("第2章 队伍建设", "chapter", 2, "第2章"),
        ("第二节 训练", "section", 2, "第二节"),
        ("第十二条 各单位应当落实", "article", 12, "第十二条"),
        ("一、主要工作", "cn", 1, "一、"),
        ("十一、主要工作", "cn", 11, "十一、"),
        ("二．存在问题", "cn", 2, "二．"),
        ("（三）抓落实", "paren", 3, "（三）"),
        ("(三)抓落实", "paren", 3, "(三)"),
        ("㈢抓落实", "paren", 3, "㈢"),
        ("1.修路", "num", 1, "1."),
        ("12、修路", "num", 12, "12、"),
        ("3．修路", "num", 3, "3．"),
        ("⒊修路", "num", 3, "⒊"),
        ("（1）修路", "num-paren", 1, "（1）"),
        ("⑵修路", "num-paren", 2, "⑵"),
        ("2）修路", "num-half", 2, "2）"),
        ("③修路", "circle", 3, "③"),
        ("第一，抓学习", "ordinal", 1, "第一，"),
        ("第二是抓落实", "ordinal", 2, "第二"),
        ("一是抓学习", "run", 1, "一是"),
        ("三要抓落实", "run", 3, "三要"),
        ("其二，抓落实", "its", 2, "其二，"),
    ],
)
def test_a_paragraph_opens_with_a_label(text: str, style: str, value: int, label: str) -> None:
    found = leading(text, 0, len(text), 0)
    assert found is not None
    assert (found.style, found.value, text[found.start : found.end]) == (style, value, label)
    assert found.leads
    assert not found.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "3.5亿元已经到位", "2023年全县", "第三产业增加值", "第二个五年", "第三条和第四条规定", "一月份", "十五个村", "12名民兵",
        "1.2.3版本", "一季度全县", "其中党员三名", "两是", "5G基站", "第一书记", "第三方测评", "三公里",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_label(text: str) -> None:
    assert leading(text, 0, len(text), 0) is None


@pytest.mark.parametrize(
    "text", ["二、三级医院共5家", "一、二线员工", "三、四季度全县", "五、六月间"]
)
def test_the_first_of_two_numbers_is_doubtful(text: str) -> None:
    found = leading(text, 0, len(text), 0)
    assert found is not None
    assert found.doubtful


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("主要抓三点：一是学习；二是落实。三是作风。", ["一是", "二是", "三是"]),
        ("做法如下。第一，学习。第二，落实。", ["第一，", "第二，"]),
        ("议定：（一）除险；（二）清淤；（三）值守。", ["（一）", "（二）", "（三）"]),
        ("议定：1.除险；2.清淤。", ["1.", "2."]),
        ("包括①除险、②清淤。", ["①", "②"]),
        ("首先抓学习。其次，抓落实。", ["其次，"]),
        ("其中，首先抓学习，其次，抓落实。", ["首先", "其次，"]),
        ("按照项（二）规定和第（三）条执行", []),
        ("全年投入3.5亿元，同比增长1.2个百分点", []),
        ("这一是非题，二者不同", []),
    ],
)
def test_labels_inside_a_paragraph_stand_where_a_clause_begins(
    text: str, labels: list[str]
) -> None:
    found = inline(text, places(NUMBERS, text)[0], len(text), 7)
    assert [text[label.start : label.end] for label in found] == labels
    assert all(label.paragraph == 7 and not label.leads for label in found)


@given(anything)
def test_labels_lie_inside_in_order_and_have_a_value(text: str) -> None:
    found = inline(text, places(NUMBERS, text)[0], len(text), 0)
    first = leading(text, 0, len(text), 0)
    for label in [*found, first] if first else found:
        assert 0 <= label.start < label.end <= len(text)
        assert label.value > 0
        assert label.style in RANKS
    assert all(a.start < b.start for a, b in pairwise(found))


@given(st.text("一二两3第其再（①。、 \n方面个项是要", max_size=30))
def test_one_search_finds_where_labels_may_stand_and_what_counts(text: str) -> None:
    free, counting = places(NUMBERS, text)
    counted = {m.start() for m in re.finditer("[一二两3第其再（①](?=方面|个|项)", text)}
    clauses = {m.start() for m in re.finditer(r"(?<=[。、 \n])[一二两3第其再（]|(?<=[^x])①", text)}
    assert set(counting) == counted
    assert set(free) == clauses - counted


def test_headings_are_numbered_by_the_outer_styles() -> None:
    assert "paren" in HEADING_STYLES
    assert not HEADING_STYLES & {"run", "its", "word", "item", "ordinal"}
