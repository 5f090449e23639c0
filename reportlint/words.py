"""Which of many words a text has.

An alternation of a hundred words is tried at every character that one of them begins with, and
those are the most frequent ones. Here each word is known by its rarest character, so that one scan
over a set of rare characters tells the few words that are worth a search.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportlint import patterns

_FREQUENT = (
    "的年人一中为和全下上有成在三分到出工个建务员公以部其发加次度现提二合项业理行生大不入用万长位元高实期日时"
    "进四平设开会完由点专民改主作新对家地收办后前方区关率月结件于报定动处经共同机了面要重过保级单增本计体内通"
    "是政等市明制管事比情资查能展调间均来组两安学持占五每数场力口基门化自任接量费名放及取立问从多少与得小服总"
    "回程标统户线按推题造社别电备法议各况规已达条集产请就道余排职支好老外补金当目整子可将清告复格检委织领更台"
    "意受案投起导心之县类文步村活准先解众降应向护常第把算里防至住存看没强信群我如示核底企效做置批审系水镇配表"
)
"""The characters that most reports have, the most frequent first."""

RANK = {char: rank for rank, char in enumerate(reversed(_FREQUENT), 1)}
"""The higher, the more reports have the character; without an entry, few."""


class Words:
    """A set of words, none of them empty."""

    __slots__ = ("_anchor", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[tuple[str, int]]] = {}
        alone, following = set(), set()
        for word in dict.fromkeys(words):
            rarest = min(word[:-1] or word, key=lambda char: RANK.get(char, 0))
            before = word.index(rarest)
            self._words.setdefault(rarest, []).append((word, before))
            if len(word) == 1:
                alone.add(word)
            else:
                following.add(word[before + 1])
        # A set first, so that the search skips what is none of them at full speed.
        self._anchor = patterns.compile(
            f"{_set(self._words)}(?:(?={_set(following)})|(?<={_set(alone)}))"
        )

    def found(self, text: str) -> list[str]:
        """Return the words that occur in ``text``, in no order."""
        return list({text[start:end] for start, end in self._all(text)})

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where words stand, as an alternation finds them, the longest first."""
        apart: list[tuple[int, int]] = []
        last = 0
        for start, end in sorted(self._all(text), key=lambda span: (span[0], -span[1])):
            if start >= last:
                last = end
                apart.append((start, end))
        return apart

    def _all(self, text: str) -> list[tuple[int, int]]:
        spans = []
        words, starts_with = self._words, text.startswith
        for match in self._anchor.finditer(text):
            at = match.start()
            for word, before in words[text[at]]:
                start = at - before
                if start >= 0 and starts_with(word, start):
                    spans.append((start, start + len(word)))
        return spans


def _set(chars: Iterable[str]) -> str:
    inside = "".join(patterns.escape(char) for char in sorted(chars))
    return f"[{inside}]" if inside else "(?!)"
