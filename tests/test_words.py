"""Words found by their rarest characters are those that an alternation finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

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
