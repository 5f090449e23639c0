"""Where patterns are tried: what is found is what a search of the whole text finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import packs
from reportlint.marks import FEW, SPARSE, Marks, is_mark, scan, within
from reportlint.needs import begins, needed
from reportlint.plan import Plan

RULES = packs.builtin()
SOME = "【】[]（）()#@$%*×XxN \u3000_-—○某待共占达到年月日第12亿甲。，\n"
TEXTS = st.text(SOME, max_size=60) | st.text(max_size=40)


@given(text=TEXTS)
def test_marks_are_where_they_stand(text: str) -> None:
    marks = Marks(text, RULES.marks)
    assert sorted(place for places in marks.at.values() for place in places) == [
        match.start() for match in RULES.marks.finditer(text)
    ]
    assert all(text[place] == mark for mark, places in marks.at.items() for place in places)


@given(text=TEXTS, words=st.lists(st.text(SOME, min_size=1, max_size=3)).map(tuple))
def test_words_are_there_or_not(text: str, words: tuple[str, ...]) -> None:
    marks = Marks(text, RULES.marks)
    for _ in range(2):
        assert marks.has(words) is any(word in text for word in words)


def test_slot_letters_are_marks_whatever_is_wanted() -> None:
    assert scan([]).findall("Ax12Xb（某") == ["x", "X", "（"]
    assert scan([(("N", "N"),)]).findall("N个AI") == ["N"]
    assert scan([(("A", "C"), ("#", "#"))]).findall("A个CDz") == ["A", "C"]


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([("【", "【"), ("#", "#")], True),
        ([("X", "X"), ("\ue000", "\uf8ff")], True),
        ([("某", "某")], False),
        ([("#", "#"), ("甲", "乙")], False),
        ([("0", "9")], False),
        ([(" ", "~")], False),
        ([("，", "，")], False),
    ],
)
def test_what_may_be_a_mark(ranges: list[tuple[str, str]], expected: bool) -> None:
    assert is_mark(tuple(ranges)) is expected


def test_in_too_many_places_there_are_none() -> None:
    sparse = "#" + "甲" * SPARSE
    assert Marks(sparse, RULES.marks).places(["#"]) == [0]
    assert Marks(sparse + "@" + sparse, RULES.marks).places(["@", "#"]) is None


@pytest.mark.parametrize("times", [0, 1, FEW, FEW + 1])
def test_a_letter_is_tried_where_it_stands_if_that_is_in_few_places(times: int) -> None:
    marks = Marks("甲" + "待乙" * times, RULES.marks)
    for _ in range(2):
        assert marks.places("待") == ([*range(1, 2 * times, 2)] if times <= FEW else None)


PATTERNS = sorted(
    RULES.expand(pattern) for rule in RULES.rules.values() for pattern in rule.patterns
)


@given(pattern=st.sampled_from(PATTERNS), text=TEXTS)
def test_a_match_begins_and_has_what_is_read_off_its_pattern(pattern: str, text: str) -> None:
    first, words = begins(pattern), needed(pattern)
    for match in re.finditer(pattern, text, re.MULTILINE):
        assert not first or within(match[0][0], first)
        assert all(any(word in text for word in some) for some in words)


def test_each_pattern_is_planned_once() -> None:
    rules = list(RULES.rules.values())
    whole = "".join(chr(code) for low, high in _all_ranges() for code in {ord(low), ord(high)})
    whole += "".join(word for rule in rules for sets in rule.needs for s in sets for word in s)
    attempts = [a for a, _ in Plan(rules).attempts(Marks(whole, RULES.marks))]
    assert sorted(RULES.expand(a.pattern) for a in attempts) == PATTERNS


def _all_ranges() -> list[tuple[str, str]]:
    return [pair for rule in RULES.rules.values() for ranges in rule.begins for pair in ranges]
