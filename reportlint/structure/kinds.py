"""What kind of report a draft is: read from its title, else from the opening of its text."""

from __future__ import annotations

from reportlint.lean import NamedTuple, lru_cache
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
    names = _names(ruleset)
    lines = paragraphs[: title_area(text, paragraphs)]
    for first in range(len(lines)):
        # a long title is broken over two lines, so a line is tried with the next one as well
        for last in (first, first + 1):
            if last >= len(lines) or title is not None:
                continue
            line = text[lines[first].start : lines[last].end].replace("\n", "").strip()
            if first == last and names.other.search(line):
                return KindGuess(wanted, "option" if wanted else None)
            if names.title.search(line):
                title = _first(ruleset, line)
            title_at = (lines[first].start, lines[last].end)
    opening, opening_at = _opening(text, ruleset)
    if wanted is not None:
        return KindGuess(wanted, "option", title, opening, title_at, opening_at)
    if title is not None:
        return KindGuess(title, "title", title, opening, title_at, opening_at)
    origin = "opening" if opening is not None else None
    return KindGuess(opening, origin, None, opening, title_at, opening_at)


class _Names:
    """What kinds are called, all of them in one pattern each.

    ``title`` is what names one in a title, ``other`` what names there none of them, ``opening``
    what names one in a sentence.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        kinds = ruleset.kinds.values()
        self.title = ruleset.any_of([title for kind in kinds for title in kind.titles])
        self.other = ruleset.compile(r"(?&other-kind)(?:[（(][^（）()]{1,20}[）)])?$")
        self.opening = ruleset.any_of([opening for kind in kinds for opening in kind.openings])


_names = lru_cache(maxsize=4)(_Names)


def _opening(text: str, ruleset: RuleSet) -> tuple[str | None, tuple[int, int]]:
    """Return the kind that a sentence near the start announces, and where it does."""
    limit = min(len(text), OPENING)
    announcing = []
    done = 0
    any_kind = _names(ruleset).opening
    for place in ruleset.words("announce").places(text, limit):
        if place >= done:
            start = max(text.rfind("。", 0, place), text.rfind("\n", 0, place)) + 1
            done = min((end for end in _ends(text, place) if end >= 0), default=limit)
            if any_kind.search(text, start, done):
                announcing.append((start, done))
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


def _first(ruleset: RuleSet, line: str) -> str | None:
    for kind in ruleset.kinds.values():
        if kind.titles and ruleset.any_of(kind.titles).search(line):
            return kind.id
    return None
