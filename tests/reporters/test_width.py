"""Cells, visible characters, wrapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.reporters.width import CUT, Ruler, table, visible

TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "履职情况，。；：“”…、（）【】Xx*0_ \t\n\r\u3000\u200b\u0301\x1b\ue000\U00020000"
        ),
        st.characters(),
    ),
    max_size=120,
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("报告", 4),
        ("％，。（）", 10),
        ("abc 12", 6),
        ("“…×①”", 5),
        ("e\u0301", 1),
        ("\u3000", 2),
        ("\U00020000", 2),
        ("\t", 4),
        ("\u200b", len("<U+200B>")),
        ("", 0),
    ],
)
def test_cells(text, cells):
    assert Ruler().cells(text) == cells


def test_ambiguous_characters_may_be_wide():
    assert Ruler(ambiguous_wide=True).cells("“…×①”") == 10
    assert Ruler(ambiguous_wide=True).cells("报告a") == 5


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("正文", "正文"),
        ("\u3000\u3000缩进", "\u3000\u3000缩进"),
        ("零\u200b宽", "零<U+200B>宽"),
        ("\ufeff\u00ad\u202e", "<U+FEFF><U+00AD><U+202E>"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\r\nb", "a<U+000D><U+000A>b"),
        ("\u2028\x85", "<U+2028><U+0085>"),
        ("\ue000", "<U+E000>"),
        ("\udc80", "<U+DC80>"),
        ("\u3164\ufe0f", "<U+3164><U+FE0F>"),
        ("e\u0301", "e\u0301"),
        ("\t|", "    |"),
    ],
)
def test_visible(text, seen):
    assert visible(text) == seen


@given(TEXT, st.booleans())
def test_visible_text_is_visible_and_as_wide(text, wide):
    ruler = Ruler(wide)
    seen = visible(text)
    assert visible(seen) == seen
    assert ruler.cells(seen) == ruler.cells(text)
    assert ruler.cells(ruler.pad(seen)) == ruler.cells(seen)


@given(TEXT, st.integers(-5, 100), st.booleans())
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, room, wide):
    ruler = Ruler(wide)
    lines = ruler.wrap(text, room)
    assert all(ruler.cells(line) <= max(room, 8) for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(text).split())


def test_wrapping_keeps_punctuation_with_its_word():
    assert Ruler().wrap("核对原始数据，分子有误", 12) == ["核对原始数", "据，分子有误"]
    assert Ruler().wrap("按照规定（试行）办理", 10) == ["按照规定", "（试行）办", "理"]
    assert Ruler().wrap("说明：reportlint rule PH001", 20) == ["说明：reportlint", "rule PH001"]


@given(TEXT, st.integers(3, 100), st.booleans())
def test_shortened_text_fits(text, room, wide):
    ruler = Ruler(wide)
    short = ruler.shorten(text, room)
    assert ruler.cells(short) <= room
    assert visible(short) == short
    if ruler.cells(text) <= room and len(text) <= room:
        assert short == visible(text)


@given(TEXT, st.integers(3, 100), st.booleans())
def test_clipped_text_fits(text, room, wide):
    ruler = Ruler(wide)
    clipped = ruler.clip(text, room)
    assert ruler.cells(clipped) <= room
    assert clipped == visible(text) or clipped.endswith(CUT)
    assert visible(text).startswith(clipped.removesuffix(CUT))


def test_shortening_keeps_both_ends():
    assert Ruler().shorten("一二三四五六七八九十", 13) == "一二" + CUT + "九十"
    assert Ruler().shorten("X" * 1_000_000, 9) == "XXX...XXX"


def test_table_columns_are_aligned_by_cells():
    assert table([("1", "第 1 段", "a"), ("12", "3:4", "b")], right=(0,)) == [
        " 1  第 1 段  a",
        "12  3:4      b",
    ]
