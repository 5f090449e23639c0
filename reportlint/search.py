"""Pattern rules: what becomes of the matches of a pattern where it is worth trying."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Context, Hit
from reportlint.document import Span, merge, touched
from reportlint.findings import Applicability
from reportlint.plan import Attempt
from reportlint.ruleset import Rule, RuleSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


TIME_LIMIT = 2.0
"""Seconds that one pattern of a user's pack may take on one document."""

DELETE = {"zh": "删除“{text}”", "en": "delete “{text}”"}

_OPENING = "（(【[〖〔《<{「『"
_CLOSING = "）)】]〗〕》>}」』"
_REACH = 120


def hits(context: Context, attempt: Attempt, at: Sequence[str]) -> list[Hit]:
    """Return what a pattern finds at some marks, or everywhere where there are none.

    Raises TimeoutError for a pattern of a user's pack.
    """
    rule, text, ruleset = attempt.rule, context.text, context.ruleset
    if rule.requires and not context.marks.has(rule.requires):
        return []
    compiled = attempt.compiled
    if compiled is None:
        compiled = attempt.compiled = ruleset.compile(attempt.pattern, trusted=rule.trusted)
        attempt.group = "span" if "span" in compiled.groupindex else 0
    found = _spans(attempt, text, context.marks.places(at) if at else None)
    if not found:
        return []
    if rule.unless:
        excused = _excused(text, rule, ruleset, found)
        found = [(start, end) for start, end in found if not touched(excused, start, end)]
    if rule.extent != "match":
        found = [grow(text, start, end, rule.extent) for start, end in found]
    if rule.fix != "delete":
        return [Hit(rule.code, start, end) for start, end in found]
    return [
        Hit(
            rule.code,
            start,
            end,
            edits=((start, end, ""),),
            title=DELETE,
            applicability=Applicability.SAFE,
        )
        for start, end in found
    ]


def _spans(attempt: Attempt, text: str, places: Sequence[int] | None) -> list[tuple[int, int]]:
    """Return the spans that ``finditer`` finds, where it is known where they begin if at all."""
    compiled, group = attempt.compiled, attempt.group
    if places is not None:
        matches = patterns.matches_at(compiled, text, places)
    elif attempt.rule.trusted:
        matches = compiled.finditer(text)
    else:
        matches = compiled.finditer(text, timeout=TIME_LIMIT)
    spans = [match.span(group) for match in matches]
    return [(start, end) for start, end in spans if start < end]


def _excused(
    text: str, rule: Rule, ruleset: RuleSet, found: Sequence[tuple[int, int]]
) -> Sequence[Span]:
    """Return the spans of what a rule has nothing to say about, as far as they can touch finds.

    No exception of the built-in packs reaches beyond its line.
    """
    exceptions = [ruleset.compile(each, trusted=rule.trusted) for each in rule.unless]
    if not rule.trusted:
        limit = {"timeout": TIME_LIMIT}
        return merge(m.span() for e in exceptions for m in e.finditer(text, **limit))
    lines = merge((text.rfind("\n", 0, start) + 1, _line_end(text, end)) for start, end in found)
    return merge(m.span() for e in exceptions for line in lines for m in e.finditer(text, *line))


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def grow(text: str, start: int, end: int, extent: str) -> tuple[int, int]:
    """Widen a match to the bracket or to the line that holds it.

    ``bracket``: to the nearest pair of brackets around it within 120 characters of its line, else
    not at all. ``line``: to its line where that is short or mostly of the same sentence, else to
    that sentence; white space at the ends of the line stays out.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = _line_end(text, end)
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
