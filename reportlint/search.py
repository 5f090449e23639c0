"""Pattern rules: where their patterns are tried, and what becomes of a match.

Most patterns are tried on most drafts in vain, and a search of the whole text takes as long for
each. So what every match must begin with or contain (``needs.py``) is read off the patterns; a
pattern that begins with a mark is tried only where that mark stands (``marks.py``), and any other
only where the text has the words that it needs. What is found is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.document import Span, merge, touched
from reportlint.findings import Applicability
from reportlint.marks import Marks, Ranges, is_mark, within
from reportlint.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

    from reportlint.checks.model import Context, Hit
    from reportlint.ruleset import Rule, RuleSet

TIME_LIMIT = 2.0
"""Seconds that one pattern of a user's pack may take on one document."""

DELETE = {"zh": "删除“{text}”", "en": "delete “{text}”"}

_OPENING = "（(【[〖〔《<{「『"
_CLOSING = "）)】]〗〕》>}」』"
_REACH = 120


class Attempt(NamedTuple):
    """One pattern of one rule. A match has one of each of ``needs``."""

    rule: Rule
    pattern: str
    needs: tuple[tuple[str, ...], ...]


class Plan:
    """The patterns of some rules by what has to be in a text for them to match."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._marked: list[tuple[Ranges, Attempt]] = []
        self._others: list[Attempt] = []
        for rule in rules:
            for number, pattern in enumerate(rule.patterns):
                begins = rule.begins[number] if rule.begins else ()
                attempt = Attempt(rule, pattern, rule.needs[number] if rule.needs else ())
                if begins and is_mark(begins):
                    self._marked.append((begins, attempt))
                else:
                    self._others.append(attempt)
        self._by_mark: dict[str, tuple[int, ...]] = {}

    def attempts(self, marks: Marks) -> Iterator[tuple[Attempt, Sequence[str]]]:
        """Yield what is worth trying on a text, and at which marks; none means everywhere."""
        has, by_mark = marks.has, self._by_mark
        found: dict[int, list[str]] = {}
        for mark in marks.at:
            numbers = by_mark.get(mark)
            if numbers is None:
                numbers = by_mark[mark] = tuple(
                    n for n, (begins, _) in enumerate(self._marked) if within(mark, begins)
                )
            for number in numbers:
                found.setdefault(number, []).append(mark)
        for number, standing in found.items():
            attempt = self._marked[number][1]
            if all(map(has, attempt.needs)):
                yield attempt, standing
        for attempt in self._others:
            if all(map(has, attempt.needs)):
                yield attempt, ()


def hits(context: Context, attempt: Attempt, at: Sequence[str]) -> Iterator[Hit]:
    """Yield what a pattern finds at some marks, or everywhere where there are none.

    Raises TimeoutError for a pattern of a user's pack.
    """
    from reportlint.checks.model import Hit

    rule, text, ruleset = attempt.rule, context.text, context.ruleset
    if rule.requires and not context.marks.has(rule.requires):
        return
    compiled = ruleset.compile(attempt.pattern, trusted=rule.trusted)
    excused: Sequence[Span] | None = None
    places = context.marks.places(at) if at else None
    for match in _matches(compiled, text, places, trusted=rule.trusted):
        start, end = match.span("span") if "span" in compiled.groupindex else match.span()
        if start == end:
            continue
        if rule.unless and excused is None:
            excused = _excused(text, rule, ruleset)
        if excused and touched(excused, start, end):
            continue
        if rule.extent != "match":
            start, end = grow(text, start, end, rule.extent)
        edits = [(start, end, "")] if rule.fix == "delete" else ()
        yield Hit(
            rule.code,
            start,
            end,
            edits=edits,
            title=DELETE if edits else None,
            applicability=Applicability.SAFE,
        )


def _matches(
    compiled: Any, text: str, places: Sequence[int] | None, *, trusted: bool
) -> Iterator[re.Match[str]]:
    """Yield what ``finditer`` would, of which it is known where it begins if there are places."""
    if places is None:
        limit = {} if trusted else {"timeout": TIME_LIMIT}
        yield from compiled.finditer(text, **limit)
        return
    match_at, done = compiled.match, 0
    for place in places:
        if place >= done:
            match = match_at(text, place)
            if match is not None:
                done = match.end()
                yield match


def _excused(text: str, rule: Rule, ruleset: RuleSet) -> Sequence[Span]:
    """Return the spans of all that a rule has nothing to say about."""
    limit = {} if rule.trusted else {"timeout": TIME_LIMIT}
    return merge(
        other.span()
        for exception in rule.unless
        for other in ruleset.compile(exception, trusted=rule.trusted).finditer(text, **limit)
    )


def grow(text: str, start: int, end: int, extent: str) -> tuple[int, int]:
    """Widen a match to the bracket or to the line that holds it.

    ``bracket``: to the nearest pair of brackets around it within 120 characters of its line, else
    not at all. ``line``: to its line where that is short or mostly of the same sentence, else to
    that sentence; white space at the ends of the line stays out.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if extent == "bracket":
        for left in range(start - 1, max(line_start, start - _REACH) - 1, -1):
            if text[left] in _CLOSING:
                break
            if text[left] in _OPENING:
                right = text.find(
                    _CLOSING[_OPENING.index(text[left])], end - 1, min(line_end, end + _REACH)
                )
                return (left, right + 1) if right >= 0 else (start, end)
        return start, end
    first, last = start, end
    while first > line_start and text[first - 1] not in "。！？!?":
        first -= 1
    while last < line_end and text[last - 1] not in "。！？!?":
        last += 1
    if line_end - line_start <= 60 or 2 * (last - first) >= line_end - line_start:
        first, last = line_start, line_end
    while text[first].isspace():
        first += 1
    while text[last - 1].isspace():
        last -= 1
    return first, last
