"""What kind of report a draft is: read from its title, else from the opening of its text."""

from __future__ import annotations

from reportlint.lean import NamedTuple
from reportlint.ruleset import RuleSet
from reportlint.structure.outline import Paragraph

TITLE_LINES = 5
"""How many lines at the start may belong to the title."""

LONGEST_LINE = 60
OPENING = 1600
"""How many characters of the text count as its opening."""


class KindGuess(NamedTuple):
    """``id`` of the kind or None, and ``origin``: ``title``, ``opening``, ``option`` or None.

    ``title`` and ``opening`` are the kinds that each names, which may differ.
    """

    id: str | None
    origin: str | None
    title: str | None = None
    opening: str | None = None
    title_at: tuple[int, int] = (0, 0)
    opening_at: tuple[int, int] = (0, 0)


def title_area(text: str, paragraphs: list[Paragraph]) -> int:
    """Return how many paragraphs from the first on can belong to the title.

    They are short, end without a sentence mark, and stop at the first line that is text.
    """
    count = 0
    for paragraph in paragraphs[:TITLE_LINES]:
        line = text[paragraph.start : paragraph.end]
        if len(line) > LONGEST_LINE or line[-1] in "。；;，,：:！？!?":
            break
        count += 1
    return count


def guess(
    text: str, paragraphs: list[Paragraph], ruleset: RuleSet, wanted: str | None
) -> KindGuess:
    """Return the kind of a draft. ``wanted`` overrides whatever the draft says."""
    title, title_at = None, (0, 0)
    other = ruleset.compile(r"(?&other-kind)(?:[（(][^（）()]{1,20}[）)])?$")
    lines = paragraphs[: title_area(text, paragraphs)]
    for first in range(len(lines)):
        # a long title is broken over two lines, so a line is tried with the next one as well
        for last in (first, first + 1):
            if last >= len(lines) or title is not None:
                continue
            line = text[lines[first].start : lines[last].end].replace("\n", "").strip()
            if first == last and other.search(line):
                return KindGuess(wanted, "option" if wanted else None)
            title = _first(ruleset, line, "titles")
            title_at = (lines[first].start, lines[last].end)
    opening, opening_at = _opening(text, ruleset)
    if wanted is not None:
        return KindGuess(wanted, "option", title, opening, title_at, opening_at)
    if title is not None:
        return KindGuess(title, "title", title, opening, title_at, opening_at)
    origin = "opening" if opening is not None else None
    return KindGuess(opening, origin, None, opening, title_at, opening_at)


def _opening(text: str, ruleset: RuleSet) -> tuple[str | None, tuple[int, int]]:
    """Return the kind that a sentence near the start announces, and where it does."""
    limit = min(len(text), OPENING)
    announcing = []
    done = 0
    for word in ruleset.compile("(?&announce)").finditer(text, 0, limit):
        if word.start() >= done:
            start = max(text.rfind("。", 0, word.start()), text.rfind("\n", 0, word.start())) + 1
            done = min((e for e in _ends(text, word.end()) if e >= 0), default=limit)
            announcing.append((start, done))
    if not announcing:
        return None, (0, 0)
    openings = [opening for kind in ruleset.kinds.values() for opening in kind.openings]
    any_kind = ruleset.any_of(openings)
    announcing = [at for at in announcing if any_kind.search(text, *at)]
    for kind in ruleset.kinds.values() if announcing else ():
        if kind.openings:
            pattern = ruleset.any_of(kind.openings)
            for start, end in announcing:
                match = pattern.search(text, start, end)
                if match is not None:
                    return kind.id, match.span()
    return None, (0, 0)


def _ends(text: str, position: int) -> tuple[int, int]:
    return text.find("。", position, OPENING), text.find("\n", position, OPENING)


def _first(ruleset: RuleSet, line: str, part: str) -> str | None:
    for kind in ruleset.kinds.values():
        patterns = getattr(kind, part)
        if patterns and ruleset.any_of(patterns).search(line):
            return kind.id
    return None
