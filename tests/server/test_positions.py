"""Offsets and the positions that editors count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.server.positions import ENCODINGS, Positions

TEXTS = st.text(alphabet="ab一二𠀀😀é\r\n\u2028\x0b\x85", max_size=60)


def test_characters_outside_the_bmp_count_twice_in_utf_16() -> None:
    text = "𠀀XX人\r\n第二行XX"
    at = text.index("XX")
    assert Positions(text, "utf-16").position(at) == (0, 2)
    assert Positions(text, "utf-8").position(at) == (0, 4)
    assert Positions(text, "utf-32").position(at) == (0, 1)
    assert Positions(text, "utf-16").position(text.rindex("XX")) == (1, 3)
    assert Positions(text, "utf-8").position(text.rindex("XX")) == (1, 9)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_every_place_in_a_line_comes_back(encoding: str, text: str) -> None:
    positions = Positions(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n" and offset:
            continue
        assert positions.offset(*positions.position(offset)) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, line=st.integers(-2, 70), character=st.integers(-2, 300))
def test_whatever_is_asked_is_answered_within_the_text(
    encoding: str, text: str, line: int, character: int
) -> None:
    positions = Positions(text, encoding)
    offset = positions.offset(line, character)
    assert 0 <= offset <= len(text)
    first, at = positions.position(line * 7 + character)
    assert first >= 0
    assert at >= 0


@given(text=TEXTS)
def test_units_are_those_of_the_encoded_line(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    positions = Positions(text, "utf-16")
    last = positions.position(len(text))
    assert last == (len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)


def test_line_ends_are_no_places_and_other_separators_no_line_ends() -> None:
    positions = Positions("甲\r\n乙\u2028丙\x85丁")
    assert positions.position(2) == (0, 1)
    assert positions.position(3) == (1, 0)
    assert positions.offset(0, 99) == 1
    assert positions.position(8) == (1, 5)
    assert positions.offset(9, 0) == 8


def test_within_a_surrogate_pair_is_the_character_itself() -> None:
    assert Positions("a𠀀b").offset(0, 2) == 1
    assert Positions("a𠀀b").offset(0, 3) == 2


def test_an_empty_range_is_widened_within_its_line() -> None:
    positions = Positions("甲乙\n\n丙")
    assert positions.around(0, 0) == (0, 1)
    assert positions.around(2, 2) == (1, 2)
    assert positions.around(3, 3) == (3, 3)
    assert positions.around(5, 5) == (4, 5)
    assert positions.around(1, 2) == (1, 2)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_line_as_long_as_a_book_is_no_burden(encoding: str) -> None:
    text = "述职报告𠀀" * 100_000
    positions = Positions(text, encoding)
    size = {"utf-8": 16, "utf-16": 6, "utf-32": 5}[encoding]
    for offset in range(0, len(text), 50):
        assert positions.position(offset) == (0, offset // 5 * size)
        assert positions.offset(0, offset // 5 * size) == offset
