"""Which patterns are worth trying on a text, and where.

Most patterns are tried on most drafts in vain, and a search of the whole text takes as long for
each. So what every match must begin with or contain (``needs.py``) is read off the patterns; a
pattern that begins with a mark is tried only where that mark stands (``marks.py``), and any other
only where the text has the words that it needs, at its first character if that is but one and
stands in few places. What is found is the same.
"""

from __future__ import annotations

from reportlint.marks import Marks, Ranges, is_mark, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from reportlint.checks.model import Check
    from reportlint.ruleset import Rule


class Attempt:
    """One pattern of one rule. A match has one of each of ``needs``.

    ``compiled`` is None until the pattern is tried for the first time, and ``group`` what of a
    match is reported from then on.
    """

    __slots__ = ("compiled", "group", "needs", "pattern", "rule")

    def __init__(self, rule: Rule, pattern: str, needs: tuple[tuple[str, ...], ...]) -> None:
        self.rule = rule
        self.pattern = pattern
        self.needs = needs
        self.compiled: Any = None
        self.group: int | str = 0


class Plan:
    """The ``checks`` of a layer, and the patterns of rules by what a text needs for a match."""

    def __init__(self, rules: Sequence[Rule], checks: Sequence[Check] = ()) -> None:
        self.checks = checks
        self._marked: list[tuple[Ranges, Attempt]] = []
        self._others: list[tuple[Attempt, str]] = []
        for rule in rules:
            for number, pattern in enumerate(rule.patterns):
                begins = rule.begins[number] if rule.begins else ()
                attempt = Attempt(rule, pattern, rule.needs[number] if rule.needs else ())
                if begins and is_mark(begins):
                    self._marked.append((begins, attempt))
                else:
                    one = len(begins) == 1 and begins[0][0] == begins[0][1]
                    self._others.append((attempt, begins[0][0] if one else ""))
        self._by_mark: dict[str, tuple[int, ...]] = {}

    def attempts(self, marks: Marks) -> Iterator[tuple[Attempt, Sequence[str]]]:
        """Yield what is worth trying on a text, and at which characters; none means everywhere."""
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
        for attempt, letter in self._others:
            if all(map(has, attempt.needs)):
                yield attempt, letter
