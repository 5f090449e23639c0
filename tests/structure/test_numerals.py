"""Numbers as labels write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.structure.numerals import SINGLE, chinese, ordinal


@pytest.mark.parametrize("values", [range(100), range(100, 1000)])
def test_a_number_that_is_written_is_read_again(values: range) -> None:
    assert [ordinal(chinese(value)) for value in values] == list(values)
    assert [ordinal(str(value)) for value in values] == list(values)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("一百", 100), ("一百零三", 103),
        ("一百一十五", 115), ("二一", 21), ("二〇", 20), ("二○", 20), ("两", 2), ("12", 12), ("１２", 12),
        ("①", 1), ("⑳", 20), ("⑵", 2), ("⒊", 3), ("㈣", 4), ("❺", 5),
    ],
)  # fmt: skip
def test_every_notation_has_its_value(text: str, value: int) -> None:
    assert ordinal(text) == value


@pytest.mark.parametrize(
    "text", ["", "十十", "百千", "一十百", "三个", "第三", "-1", "1.5", "²", "Ⅳ", "①②", " 1"]
)
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert ordinal(text) is None


@given(st.text(st.sampled_from("〇零一二三四五六七八九十百千两○0123456789１①⑵个"), max_size=6))
def test_a_value_is_never_negative_and_nothing_is_raised(text: str) -> None:
    value = ordinal(text)
    assert value is None or value >= 0


def test_single_characters_are_whole_numbers() -> None:
    assert all((ordinal(char) or 0) > 0 for char in SINGLE)
