"""Positions and addresses in words."""

import pytest

from reportlint.document import Document
from reportlint.reporters.place import Places, describe


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        ({"paragraph": 12}, "第 12 段", "paragraph 12"),
        ({"page": 3, "paragraph": 2}, "第 3 页第 2 段", "page 3, paragraph 2"),
        ({"table": 1, "row": 2, "cell": 3}, "表 1 第 2 行第 3 格", "table 1, row 2, cell 3"),
        ({"footnote": 2, "paragraph": 1}, "脚注 2", "footnote 2"),
        ({"footnote": 2, "paragraph": 3}, "脚注 2 第 3 段", "footnote 2, paragraph 3"),
        (
            {"textbox": 1, "table": 2, "row": 1, "cell": 4, "paragraph": 2},
            "文本框 1 表 2 第 1 行第 4 格第 2 段",
            "textbox 1, table 2, row 1, cell 4, paragraph 2",
        ),
        ({"page": 3, "paragraph": 1}, "第 3 页第 1 段", "page 3, paragraph 1"),
        ({"paragraph": 12, "page": 3}, "第 12 段（第 3 页）", "paragraph 12, page 3"),
        (
            {"table": 1, "row": 2, "cell": 3, "paragraph": 1, "page": 4},
            "表 1 第 2 行第 3 格（第 4 页）",
            "table 1, row 2, cell 3, page 4",
        ),
        ({"slide": 4}, "slide 4", "slide 4"),
    ],
)
def test_an_address_in_words(address, zh, en):
    assert describe(address, "zh") == zh
    assert describe(address, "en") == en


def test_a_text_has_lines_and_columns():
    places = Places(Document("一\r\n二三\r四"))
    assert places.position(4) == (2, 2)
    assert places.words(6, "zh") == "3:1"
    assert places.address(4) is None
