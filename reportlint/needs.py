"""What a pattern cannot match without: characters that every match needs.

A draft is tested for them before a pattern is tried, or even compiled. Most patterns of the
built-in packs need a character that most drafts do not have (【, {, 某, ％ ...), and looking for it
costs a hundredth of a search. The answer is read off the parse tree of ``re``; where that is of no
help it is empty, which means: always try.
"""

from __future__ import annotations

import re
from typing import Any

_WIDEST = 48
"""A set of more characters than this excludes too little to be worth a test."""

_EVERYWHERE = frozenset("，。、：；的一二三年月和是在有了个人工作大中上下为不")
"""Characters that nearly every draft has: to find one of them says nothing."""

_MOST = 3
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def needed(pattern: str) -> tuple[str, ...]:
    """Return sets of characters; a match contains, or stands beside, one of each set."""
    parser: Any = re._parser  # type: ignore[attr-defined]
    try:
        sets = _of_sequence(parser.parse(pattern, re.MULTILINE))
    except re.error:
        return ()
    telling = {s for s in sets if len(s) <= _WIDEST and s.isdisjoint(_EVERYWHERE)}
    useful = sorted(telling, key=lambda s: (len(s), sorted(s)))
    return tuple("".join(sorted(s)) for s in useful[:_MOST])


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


def _of_sequence(items: Any) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    for operation, argument in items:
        found += _of_item(str(operation), argument)
    return found


def _of_item(operation: str, argument: Any) -> list[frozenset[str]]:
    if operation == "LITERAL":
        return [frozenset(chr(argument))]
    if operation == "IN":
        members = _members(argument)
        return [members] if members else []
    if operation == "BRANCH":
        union: set[str] = set()
        for branch in argument[1]:
            sets = _of_sequence(branch)
            if not sets:
                return []
            union |= min(sets, key=len)
        return [frozenset(union)]
    if operation == "SUBPATTERN":
        _, added, _, inner = argument
        return [] if added & re.IGNORECASE else _of_sequence(inner)
    if operation in _REPEATS:
        least, _, inner = argument
        return _of_sequence(inner) if least else []
    if operation == "ASSERT":
        return _of_sequence(argument[1])
    if operation == "ATOMIC_GROUP":
        return _of_sequence(argument)
    return []


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
