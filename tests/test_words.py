"""Words found by their rarest characters are those that an alternation finds."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import words as sorting
from reportlint.words import Words

LETTERS = "的年文稿X."
SOME = st.text(LETTERS, min_size=1, max_size=4)


@given(words=st.lists(SOME, max_size=8), text=st.text(LETTERS, max_size=40))
def test_words_are_where_an_alternation_finds_them(words: list[str], text: str) -> None:
    found = Words(words)
    longest = sorted(words, key=len, reverse=True)
    either = "|".join(map(re.escape, longest)) if words else "(?!)"
    assert found.spans(text) == [match.span() for match in re.finditer(either, text)]
    assert set(found.found(text)) == {word for word in words if word in text}
    for end in (len(text), len(text) // 2):
        starts = {at for word in words for at in range(end) if text[:end].startswith(word, at)}
        assert sorted(set(found.places(text, end))) == sorted(starts)


def test_what_the_build_has_sorted_is_not_sorted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("reportlint.snapshot")
    monkeypatch.setitem(sys.modules, "reportlint.snapshot", module)
    monkeypatch.setattr("reportlint.snapshot", module, raising=False)
    monkeypatch.setattr(sorting, "wanted", {})
    made = Words(["文稿", "年"])
    module.WORDS = sorting.wanted
    monkeypatch.delattr(sorting, "_sort")
    again = Words(["文稿", "年", "文稿"])
    assert again.spans("今年文稿") == made.spans("今年文稿") == [(1, 2), (2, 4)]
    with pytest.raises(NameError):
        Words(["文稿"])
