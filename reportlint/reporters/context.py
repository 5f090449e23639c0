"""The clause around a span: what of a long line to show, and how the span is marked in it.

A paragraph of a report is a line of hundreds of characters. What is shown is cut where clauses end,
as many clauses as there is room for, and only inside a clause where that one alone is too long.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from reportlint import patterns
from reportlint.lean import NamedTuple
from reportlint.reporters.width import CUT, Ruler, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_CLAUSE = patterns.compile(r"[，。；：！？]+[”’）》】〕」』]*")

_BRACKETS = (("【", "】"), ("〔", "〕"), (">>", "<<"))
"""Marks of a span where there is no colour; the first that the text around it does not use."""

BRACKET_CELLS = 4
"""What any pair of them takes."""


class Window(NamedTuple):
    """The part of a line that is shown, and whether the line goes on before and after it."""

    start: int
    end: int
    more_before: bool
    more_after: bool


class Piece(NamedTuple):
    """A stretch of shown text. ``owner`` is the number of the span it belongs to, or None."""

    text: str
    owner: int | None = None


def crop(text: str, start: int, end: int, room: int, ruler: Ruler) -> Window:
    """Choose what to show around ``text[start:end]`` in ``room`` cells, marks of cuts included.

    The span is always inside. It is alone where it fills the room by itself: see ``pieces``.
    """
    floor, open_before = _line_start(text, start, room)
    ceiling, open_after = _line_end(text, end, room)
    spare = room - _span_cells(text, start, end, room, ruler)
    if spare < 2 * len(CUT):
        return Window(start, end, open_before or floor < start, open_after or end < ceiling)

    left = list(accumulate(ruler.each(reversed(text[floor:start])), initial=0))
    right = list(accumulate(ruler.each(text[end:ceiling]), initial=0))

    def fits(before: int, after: int) -> bool:
        used = left[before] + right[after]
        if open_before or before < start - floor:
            used += len(CUT)
        if open_after or after < ceiling - end:
            used += len(CUT)
        return used <= spare

    befores = [start - match.end() for match in _CLAUSE.finditer(text, floor, start)][::-1]
    afters = [match.end() - end for match in _CLAUSE.finditer(text, end, ceiling)]
    if not befores or befores[-1] < start - floor:
        befores.append(start - floor)
    if not afters or afters[-1] < ceiling - end:
        afters.append(ceiling - end)
    if fits(befores[0], afters[0]):
        before, after = _grow(befores, afters, fits)
    else:
        before, after = _share(left, right, befores[0], afters[0], spare - 2 * len(CUT))
    # A combining mark goes with the letter under it.
    while end + after < len(text) and not ruler.cells(text[end + after]):
        after += 1
    more_before = open_before or before < start - floor
    while more_before and before and left[before] == left[before - 1]:
        before -= 1
    more_after = open_after or after < ceiling - end
    return Window(start - before, end + after, more_before, more_after)


def pieces(
    text: str, window: Window, spans: Sequence[tuple[int, int]], room: int, ruler: Ruler
) -> list[Piece]:
    """Return what ``window`` shows, with a piece for each span that stands in it undisturbed.

    A span owns a piece by its index in ``spans``; the first is sure of its own, another gives way
    where it reaches out of the window or into one before it. A span that does not fit into
    ``room``, in which the window was chosen, has its middle cut out.
    """
    drawn: list[tuple[int, int, int]] = []
    for owner, (start, end) in enumerate(spans):
        apart = all(end <= first or last <= start for first, last, _ in drawn)
        if not owner or (window.start <= start < end <= window.end and apart):
            drawn.append((start, end, owner))
    drawn.sort()
    shown = [Piece(CUT)] if window.more_before else []
    at = window.start
    for start, end, owner in drawn:
        shown.append(Piece(visible(text[at:start])))
        shown.append(Piece(ruler.shorten(text[start:end], room - 2 * len(CUT)), owner))
        at = end
    shown.append(Piece(visible(text[at : window.end])))
    if window.more_after:
        shown.append(Piece(CUT))
    return [piece for piece in shown if piece.text or piece.owner is not None]


def bracketed(shown: Sequence[Piece]) -> list[Piece]:
    """Put marks around the first span of ``pieces`` that nothing else in the text looks like."""
    whole = "".join(piece.text for piece in shown)
    opening, closing = next(
        (pair for pair in _BRACKETS if pair[0] not in whole and pair[1] not in whole),
        _BRACKETS[-1],
    )
    marked: list[Piece] = []
    for piece in shown:
        marked += [Piece(opening), piece, Piece(closing)] if piece.owner == 0 else [piece]
    return marked


def underline(shown: Sequence[Piece], owner: int, sign: str, ruler: Ruler) -> str:
    """Return the line under ``shown`` that points at the piece of ``owner`` with ``sign``."""
    index = next(i for i, piece in enumerate(shown) if piece.owner == owner)
    before = "".join(piece.text for piece in shown[:index])
    return ruler.pad(before) + sign * max(1, ruler.cells(shown[index].text))


def brief(message: str, matched: str, limit: int = 40) -> str:
    """Return ``message`` with a long ``matched`` text in it cut in the middle."""
    if len(matched) <= limit:
        return message
    return message.replace(matched, matched[: limit // 2] + CUT + matched[-limit // 4 :])


def _span_cells(text: str, start: int, end: int, room: int, ruler: Ruler) -> int:
    return room if end - start > 2 * room else ruler.cells(text[start:end])


def _line_start(text: str, start: int, reach: int) -> tuple[int, bool]:
    """Return where the line begins, its indent left out, or how far back is looked at all."""
    limit = max(0, start - reach)
    floor = max(text.rfind("\n", limit, start), text.rfind("\r", limit, start)) + 1
    if not floor and limit and text[limit - 1] not in "\r\n":
        return limit, True
    floor = max(floor, limit)
    while floor < start and text[floor].isspace():
        floor += 1
    return floor, False


def _line_end(text: str, end: int, reach: int) -> tuple[int, bool]:
    limit = min(len(text), end + reach)
    ends = [at for at in (text.find("\n", end, limit), text.find("\r", end, limit)) if at >= 0]
    if not ends and limit < len(text) and text[limit] not in "\r\n":
        return limit, True
    ceiling = min(ends, default=limit)
    while ceiling > end and text[ceiling - 1].isspace():
        ceiling -= 1
    return ceiling, False


def _grow(
    befores: Sequence[int], afters: Sequence[int], fits: Callable[[int, int], bool]
) -> tuple[int, int]:
    """Add clause after clause on both sides in turn while there is room."""
    i = j = 0
    growing = True
    while growing:
        growing = False
        if j + 1 < len(afters) and fits(befores[i], afters[j + 1]):
            j, growing = j + 1, True
        if i + 1 < len(befores) and fits(befores[i + 1], afters[j]):
            i, growing = i + 1, True
    return befores[i], afters[j]


def _share(
    left: Sequence[int], right: Sequence[int], before: int, after: int, spare: int
) -> tuple[int, int]:
    """Divide ``spare`` cells between both sides; one that needs less leaves the rest to the other.

    ``left`` and ``right`` are the cells of so many characters on either side, ``before`` and
    ``after`` the characters to the ends of the clause.
    """
    half = spare // 2
    if left[before] <= half:
        return before, bisect_right(right, spare - left[before]) - 1
    if right[after] <= half:
        return bisect_right(left, spare - right[after]) - 1, after
    return bisect_right(left, half) - 1, bisect_right(right, half) - 1
