"""What a pattern cannot match without: how every match begins, and words that every match needs.

Most patterns of the built-in packs need a word or a mark that most drafts do not have (【, ##, 待补
…), and a draft is asked for it before they are tried, or even compiled. The answer is read off the
parse tree of ``re``; where that is of no help it is empty, which means: always try.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from reportlint.marks import Ranges
from reportlint.words import RANK, rarest

_WIDEST = 48
"""A set of more words than this says too little."""

_LETTER, _WORD, _SEARCH = 2, 9, 30
"""What it costs, in proportion, to look for one character, for a word, and for a pattern."""

_EVERYWHERE = frozenset("，。、：；的一二三年月和是在有了个人工作大中上下为不")
"""Characters that nearly every draft has: to find one of them says nothing."""

_RARE = len(RANK) * 3 // 4
"""Of a lower rank than this is what fewer than half of the reports have."""

_MOST = 3
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of words; a match contains, or stands beside, one of each set."""
    parser: Any = re._parser  # type: ignore[attr-defined]
    try:
        sets = set(_sets(parser.parse(pattern, re.MULTILINE)))
    except re.error:
        return ()
    telling = {words: _cost(words) for words in sets if words.isdisjoint(_EVERYWHERE)}
    cheap = [words for words, cost in telling.items() if cost <= _SEARCH]
    cheap.sort(key=lambda words: (telling[words], sorted(words)))
    asked = [each for words in cheap[:_MOST] for each in (_rarest(words), words) if each]
    return tuple(tuple(sorted(words)) for words in dict.fromkeys(asked))


def _rarest(words: frozenset[str]) -> frozenset[str]:
    """Return the rarest character of each of ``words``, none if one of them is not rare.

    A character is found in a tenth of the time that a word of two takes, and mostly is not there.
    """
    chars = frozenset(map(rarest, words))
    return chars if all(RANK.get(char, 0) < _RARE for char in chars) else _NO


def _cost(words: frozenset[str]) -> int:
    return sum(_LETTER if len(word) == 1 else _WORD for word in words)


def begins(pattern: str) -> Ranges:
    """Return the characters of which each match of a pattern begins with one; none if unknown."""
    parser: Any = re._parser  # type: ignore[attr-defined]
    try:
        first = _first(parser.parse(pattern, re.MULTILINE))
    except re.error:
        return ()
    return tuple(sorted(first.ranges)) if first.known and not first.skipped else ()


class _First(NamedTuple):
    """With what a part of a pattern begins; ``skipped``: it may match nothing at all."""

    ranges: frozenset[tuple[str, str]] = frozenset()
    known: bool = True
    skipped: bool = False


def _first(items: Any) -> _First:
    ranges: frozenset[tuple[str, str]] = frozenset()
    for operation, argument in items:
        name = str(operation)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        first = _first_of_item(name, argument)
        ranges |= first.ranges
        if not first.known or not first.skipped:
            return first._replace(ranges=ranges)
    return _First(ranges, skipped=True)


def _first_of_item(name: str, argument: Any) -> _First:
    if name == "LITERAL":
        return _First(frozenset([(chr(argument), chr(argument))]))
    if name == "IN":
        pairs = [_range(str(operation), member) for operation, member in argument]
        return _First(frozenset(filter(None, pairs)), known=all(pairs))
    if name == "BRANCH":
        branches = [_first(branch) for branch in argument[1]]
        return _First(
            frozenset().union(*(branch.ranges for branch in branches)),
            all(branch.known for branch in branches),
            any(branch.skipped for branch in branches),
        )
    if name == "SUBPATTERN":
        _, added, _, inner = argument
        return _First(known=False) if added & re.IGNORECASE else _first(inner)
    if name in _REPEATS:
        first = _first(argument[2])
        return first if argument[0] else first._replace(skipped=True)
    return _first(argument) if name == "ATOMIC_GROUP" else _First(known=False)


def _range(operation: str, member: Any) -> tuple[str, str] | None:
    if operation == "LITERAL":
        return chr(member), chr(member)
    return (chr(member[0]), chr(member[1])) if operation == "RANGE" else None


def word_sets(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of words, those that tell most first; a match of a pattern has one of each."""
    parser: Any = re._parser  # type: ignore[attr-defined]
    try:
        sets = _sets(parser.parse(pattern, re.MULTILINE))
    except re.error:
        return ()
    return tuple(tuple(sorted(_least(words))) for words in sorted(sets, key=_telling, reverse=True))


def _least(words: frozenset[str]) -> set[str]:
    """Return the words without those that have another one within them."""
    return {word for word in words if not any(one in word for one in words - {word})}


def _words(items: Any) -> frozenset[str]:
    """Return the words of the part of a sequence that tells most."""
    return max(_sets(items), key=_telling, default=_NO)


def _sets(items: Any) -> list[frozenset[str]]:
    """Return the words of each part of a sequence, those of parts that may match none left out."""
    found = []
    run = frozenset([""])
    for operation, argument in items:
        name = str(operation)
        spelled = _spelled(name, argument)
        if spelled and len(run) * len(spelled) <= _SPELLED:
            run = frozenset(left + right for left in run for right in spelled)
            continue
        found += [run, *_sets_of_item(name, argument)]
        run = spelled or frozenset([""])
    return [words for words in [*found, run] if words and all(words)]


_NO: frozenset[str] = frozenset()
_SPELLED = 32
"""A part of a pattern is spelled out in all its forms if there are no more of them than this."""


def _telling(words: frozenset[str]) -> tuple[int, int, int]:
    """Order words by how seldom a text without a match has one: long ones, few, of rare letters."""
    letters = (min(RANK.get(char, 0) for char in word) for word in words)
    return min(map(len, words)), -len(words), -max(letters)


def _spelled(name: str, argument: Any) -> frozenset[str]:
    """Return all that an item can match, if that is little."""
    if name == "LITERAL":
        return frozenset(chr(argument))
    if name == "IN":
        members = _members(argument)
        return members if len(members) <= _SPELLED else _NO
    if name == "SUBPATTERN":
        _, added, _, inner = argument
        return _NO if added & re.IGNORECASE else _spelled_out(inner)
    if name == "BRANCH":
        branches = [_spelled_out(branch) for branch in argument[1]]
        whole = _NO.union(*branches)
        return whole if all(branches) and len(whole) <= _SPELLED else _NO
    return _NO


def _spelled_out(items: Any) -> frozenset[str]:
    run = frozenset([""])
    for operation, argument in items:
        spelled = _spelled(str(operation), argument)
        if not spelled or len(run) * len(spelled) > _SPELLED:
            return _NO
        run = frozenset(left + right for left in run for right in spelled)
    return run


def _sets_of_item(name: str, argument: Any) -> list[frozenset[str]]:
    if name == "IN":
        return [_members(argument)]
    if name == "BRANCH":
        branches = [_words(branch) for branch in argument[1]]
        return [_NO.union(*branches)] if all(branches) else []
    if name == "SUBPATTERN":
        _, added, _, inner = argument
        return [] if added & re.IGNORECASE else _sets(inner)
    if name in _REPEATS:
        least, _, inner = argument
        return _sets(inner) if least else []
    if name == "ASSERT":
        return _sets(argument[1])
    return _sets(argument) if name == "ATOMIC_GROUP" else []


def unbounded(pattern: str) -> bool:
    """Return whether a repeat of ``pattern`` has no upper bound, which makes it quadratic."""
    parser: Any = re._parser  # type: ignore[attr-defined]
    try:
        return _repeats_without_end(parser.parse(pattern, re.MULTILINE))
    except re.error:
        return False


def _repeats_without_end(items: Any) -> bool:
    limit = re._constants.MAXREPEAT  # type: ignore[attr-defined]
    for operation, argument in items:
        name = str(operation)
        if name in _REPEATS:
            if argument[1] == limit or _repeats_without_end(argument[2]):
                return True
        elif name == "BRANCH":
            if any(_repeats_without_end(branch) for branch in argument[1]):
                return True
        elif name == "SUBPATTERN":
            if _repeats_without_end(argument[3]):
                return True
        elif name in ("ASSERT", "ASSERT_NOT"):
            if _repeats_without_end(argument[1]):
                return True
        elif name == "ATOMIC_GROUP" and _repeats_without_end(argument):
            return True
    return False


def _members(items: Any) -> frozenset[str]:
    """Return the characters of a class, or an empty set if they are too many or excluded."""
    members: set[str] = set()
    for operation, argument in items:
        if str(operation) == "LITERAL":
            members.add(chr(argument))
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _WIDEST:
            members.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return frozenset()
    return frozenset(members)
