"""Which of many words a text has.

An alternation of a hundred words is tried at every character that one of them begins with, and
those are the most frequent ones. Here each word is known by a rare character of it, so that one
scan over a set of rare characters tells the few words that are worth a search.
"""

from __future__ import annotations

from reportlint import patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from typing import TypeAlias


_FREQUENT = (
    "的人年一业和全中国有发工万大上个民元政建不改加增展实成在新进到会作公生务制三行分家要设经产为"
    "区用化资出重力理地对保长件以部动度高是下占次开合了入提等机点二主持推学管项农定方收体平其能位"
    "率面员市由结现关强施法企社报县基时户本查村济级金革我费事调亿场第办性完水期规名月通同支多条安"
    "城组量处四构比小得创服总各均过职护防文共专教问计案五情来后于整投内每目日就标取任外立议造放口"
    "门步程电前效题自十策院财领里镇好降老单坚局数深路更与快间信明应育续把系统线批乡权心技向导检备"
    "车稳运品少众科道告两减府格医党活善准可记住代及利融补所当请起台居意者校回接监消积物天优况解研"
    "子治们委集清决责环划复转质审表织范从落升交照险群警别域供联排营类网之按源低已税达核预去示置看"
    "难协份控价商证际流健障书算手助师站做需评使风先林特约超余种今存训受境空术式促相正并节负求采值"
    "义至带房变型修配装常显头战队依字登极养班央参着严没或底础百扩执货抓近气益这最困米措逐干试确维"
    "测形据将还态园压贫较某退室卫给争层验息访打突他断继食让予库再果速额段周六款康吨省指满军号亩考"
    "列司培免举签具送督模档律精换病广围停走短引药见因反购述限例都综如移选客认界诉究债势世充普担布"
    "半历观视也币直海原托救馆容季涉贴足岗账初除料阶传盖志灾庭必付座覆编疗材销儿粮张适惠话包紧知些"
    "申未察板八习街待略无破华注患土非留缩违承身序样贷游团互象筹套识课失录兴色残旧轮山然急易伍连订"
    "说劳兵热辆岁只才图边影扶命随守幅疫轻码末卷被功写首征片九励纳七族远疾诊享仍损讲火根铁"
)
"""The characters that most reports have, the most frequent first."""


_COMMON = "0123456789.%-，。、；：（）“”《》 \n"
"""Figures and points, of which there are more still."""

RANK = {char: rank for rank, char in enumerate(reversed(_COMMON + _FREQUENT), 1)}
"""The higher, the more reports have the character; without an entry, few."""


Sorted: TypeAlias = "tuple[Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]], str]"
"""The words by their rarest characters and by the place of that, and a pattern for these."""

wanted: dict[tuple[str, ...], Sorted] | None = None
"""While this is a table, all that is sorted is noted in it: for the build."""


class Words:
    """A set of words, none of them empty. The ``longest`` has so many characters."""

    __slots__ = ("_anchor", "_words", "longest")

    def __init__(self, words: Iterable[str]) -> None:
        self._words, anchor = _sorted(tuple(dict.fromkeys(words)))
        self._anchor = patterns.compile(anchor, patterns.DOTALL)
        self.longest = max(
            [len(word) for row in self._words.values() for _, like in row for word in like],
            default=1,
        )

    def found(self, text: str) -> list[str]:
        """Return the words that occur in ``text``, in no order."""
        return list({text[start:end] for start, end in self.standing(text)})

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where words stand, as an alternation finds them, the longest first."""
        return apart(self.standing(text))

    def places(self, text: str, end: int) -> list[int]:
        """Return where in ``text[:end]`` words begin, in order.

        To look for each rare character by itself is faster than a scan for all of them while there
        are fewer than ten or so.
        """
        places = []
        find, starts_with = text.find, text.startswith
        for char, words in self._words.items():
            at = find(char, 0, end)
            while at >= 0:
                for before, like in words:
                    if at >= before and starts_with(like, at - before, end):
                        places += [at - before for w in like if starts_with(w, at - before, end)]
                at = find(char, at + 1, end)
        places.sort()
        return places

    def standing(self, text: str) -> list[tuple[int, int]]:
        """Return where words stand in order, also within one another, the longer before them."""
        spans = []
        words, starts_with = self._words, text.startswith
        for match in self._anchor.finditer(text):
            at = match.start()
            for before, like in words[text[at]]:
                start = at - before
                if start >= 0 and starts_with(like, start):
                    spans += [(start, -start - len(w)) for w in like if starts_with(w, start)]
        spans.sort()
        return [(start, -end) for start, end in spans]


def apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ``spans``, which are in order, that begin in none of those returned before."""
    found: list[tuple[int, int]] = []
    last = 0
    for span in spans:
        if span[0] >= last:
            last = span[1]
            found.append(span)
    return found


def _sorted(words: tuple[str, ...]) -> Sorted:
    """Return what the build has made of ``words``, or else make it."""
    try:
        from reportlint import snapshot

        known: Sorted = snapshot.WORDS[words]
    except (ImportError, AttributeError, KeyError):
        known = _sort(words)
    if wanted is not None:
        wanted[words] = known
    return known


def _sort(words: Iterable[str]) -> Sorted:
    words = tuple(words)
    anchors = set(map(rarest, words))
    for char in sorted(anchors, key=_frequency):
        others = anchors - {char}
        if not any(others.isdisjoint(word) for word in words):
            anchors = others  # all words that have it have another one
    table: dict[str, list[tuple[str, int]]] = {}
    for word in words:
        anchor = _anchor(word, anchors)
        table.setdefault(anchor, []).append((word, word.index(anchor)))
    # A set first, so that the search skips what is none of them at full speed. What stands beside
    # the frequent ones is kept apart from what stands beside the others: together they would let
    # nearly all pass.
    order = sorted(anchors, key=_frequency)
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    behind = "|".join(
        f"(?<=[{_inside(half)}])(?!{_unless([found for char in half for found in table[char]])})"
        for half in halves
        if half
    )
    source = f"[{_inside(anchors)}](?:{behind})" if anchors else "(?!)"
    return {char: _by_place(found) for char, found in table.items()}, source


def _by_place(words: Iterable[tuple[str, int]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return words with the place of their rarest character by that place."""
    places: dict[int, tuple[str, ...]] = {}
    for word, before in words:
        places[before] = (*places.get(before, ()), word)
    return tuple(places.items())


def _unless(words: Iterable[tuple[str, int]]) -> str:
    """Return what stands behind a character at a place where it belongs to none of ``words``."""
    alone, following, preceding = set(), set(), set()
    for word, before in words:
        if len(word) == 1:
            alone.add(word)
        elif before + 1 < len(word):
            following.add(word[before + 1])
        else:
            preceding.add(word[before - 1])
    return (
        (f"[^{_inside(following)}]" if following else ".")
        + (f"(?<![{_inside(preceding)}]..)" if preceding else "")
        + (f"(?<![{_inside(alone)}].)" if alone else "")
    )


def _frequency(char: str) -> tuple[int, str]:
    return -RANK.get(char, 0), char


def _anchor(word: str, anchors: Container[str]) -> str:
    return rarest(filter(anchors.__contains__, word))


def rarest(chars: Iterable[str]) -> str:
    """Return the character that the fewest reports have, the first of several."""
    return min(chars, key=lambda char: RANK.get(char, 0))


def _inside(chars: Iterable[str]) -> str:
    """Return a set of characters as it stands between brackets."""
    return patterns.escape("".join(sorted(chars)))
