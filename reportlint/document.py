"""One draft: its text, what the text is made of, and the views that the checks read.

There is one coordinate space: code points of ``Document.text``. A ``View`` is that text with some
ranges cut out; it maps every position of its own back to the document.
"""

from __future__ import annotations

from bisect import bisect_right

from reportlint import patterns
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

LINE_END = patterns.compile(r"\r\n|\r|\n")
"""The only line ends: editors, SARIF and LSP count these and no others."""


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Cell(NamedTuple):
    """A place in the grid of a table: the first of the ``columns`` that a cell covers.

    ``table`` tells the tables of a draft apart; rows and columns count from 1.
    """

    table: int
    row: int
    column: int
    columns: int = 1


class Block(NamedTuple):
    """A line or paragraph as its file format marks it, without its line end.

    ``kind`` is ``text``, ``heading`` (``level`` from 1), ``item`` (a list item of the format),
    ``cell`` (of a table), or ``opaque`` (code, metadata: nothing in it is ever reported).
    ``address`` locates it in a format that has no lines, e.g. ``{"paragraph": 12}``.
    ``auto`` is the length of a number at the start that the program shows and no file holds.
    ``cell`` says where in its table a cell stands; the paragraphs of one cell share it.
    """

    start: int
    end: int
    kind: str = "text"
    level: int = 0
    address: Mapping[str, Any] | None = None
    auto: int = 0
    cell: Cell | None = None


class Comment(NamedTuple):
    """A remark in a draft that is no text of the report.

    ``text`` is the remark without the marks of its format. ``start`` and ``end`` bound it where it
    stands in ``Document.text``; a remark that is kept elsewhere (``apart``) has there the words
    that it is about, and ``author`` where the format names one.
    """

    start: int
    end: int
    text: str
    apart: bool = False
    author: str = ""


class Trace(NamedTuple):
    """What a word processor holds on some words besides the words.

    ``kind``    ``insertion``, ``deletion``, ``move`` or ``formatting`` (tracked changes),
                ``hidden``, ``highlight``, ``red``, ``struck``, or ``slot`` (left to be filled in)
    ``detail``  of a change its author, of a slot ``control``, ``style``, ``field`` or
                ``placeholder``: what makes it one

    Where words were taken out the trace is empty.
    """

    start: int
    end: int
    kind: str
    detail: str = ""


class Lines:
    """Offsets to lines and columns, both from 1, and back.

    ``text`` is what has these lines. A reader may hand over an index of its own whose offsets are
    those of the document, and whose lines those of the source that it was extracted from.
    """

    __slots__ = ("_length", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        self._length = len(text)
        if _by_newlines(text):
            end = text.find("\n")
            while end >= 0:
                self._starts.append(end + 1)
                end = text.find("\n", end + 1)
        else:
            self._starts += [match.end() for match in LINE_END.finditer(text)]

    def __len__(self) -> int:
        return len(self._starts)

    def at(self, offset: int) -> int:
        """Return where in ``text`` an offset of the document is."""
        return offset

    def position(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of ``offset``, which may equal the length of the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return (line, column, line, column) of both ends of a range."""
        starts = self._starts
        line = bisect_right(starts, start)
        before = starts[line - 1] - 1
        if line == len(starts) or end < starts[line]:
            return line, start - before, line, end - before
        return line, start - before, *self.position(end)

    def offset(self, line: int, column: int) -> int:
        """Return the offset at (line, column). Raises ValueError outside the text."""
        if not 1 <= line <= len(self._starts) or column < 1:
            raise ValueError(f"{line}:{column}")
        offset = self._starts[line - 1] + column - 1
        limit = self._starts[line] if line < len(self._starts) else self._length + 1
        if offset >= limit:
            raise ValueError(f"{line}:{column}")
        return offset


class Notice(NamedTuple):
    """What a reader has to report itself: rule ``code`` at ``offset``, with ``fields`` for its
    message (JSON types only)."""

    code: str
    offset: int
    fields: Mapping[str, Any]


class View:
    """A text with ranges cut out, and the way back.

    ``text`` is what is left. A span of the view maps to the raw span from its first to its last
    character, so cuts inside it are covered and cuts beside it are not.
    """

    __slots__ = ("_at", "_raw", "_shift", "cuts", "text")

    def __init__(self, raw: str, cuts: Iterable[tuple[int, int]] = ()) -> None:
        self.cuts = merge(cuts)
        self._at: list[int] = []
        self._raw: list[int] = []
        self._shift: list[int] = []
        if not self.cuts:
            self.text = raw
            return
        pieces, last, removed = [], 0, 0
        for start, end in self.cuts:
            pieces.append(raw[last:start])
            self._at.append(start - removed)
            self._raw.append(start)
            removed += end - start
            self._shift.append(removed)
            last = end
        pieces.append(raw[last:])
        self.text = "".join(pieces)

    def raw(self, position: int) -> int:
        """Return the raw offset of the character at ``position`` of the view."""
        index = bisect_right(self._at, position)
        return position + (self._shift[index - 1] if index else 0)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the view to the document. An empty span stays empty."""
        at = self._at
        if not at:
            return start, max(start, end)
        index = bisect_right(at, start)
        shift = self._shift[index - 1] if index else 0
        if end <= start:
            return start + shift, start + shift
        # Mostly no cut lies between the two.
        last = bisect_right(at, end - 1, index)
        return start + shift, end + (self._shift[last - 1] if last else 0)

    def here(self, offset: int) -> int:
        """Return the position in the view of a raw offset; a cut maps to the place it left."""
        index = bisect_right(self._raw, offset)
        if not index:
            return offset
        if offset < self.cuts[index - 1].end:
            return self._at[index - 1]
        return offset - self._shift[index - 1]


def merge(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Sort spans, drop empty ones and join those that touch or overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def covered(spans: Sequence[Span], start: int, end: int) -> bool:
    """Return whether one of ``spans``, merged and in order, holds all of ``start`` to ``end``."""
    index = bisect_right(spans, start, key=lambda span: span.start)
    return index > 0 and end <= spans[index - 1].end


def touched(spans: Sequence[Span], start: int, end: int) -> bool:
    """Return whether one of ``spans``, merged and in order, overlaps ``start`` to ``end``."""
    index = bisect_right(spans, start, key=lambda span: span.start)
    if index and start < spans[index - 1].end:
        return True
    return index < len(spans) and spans[index].start < end


class Document:
    """A draft as a reader hands it over. Treat it as immutable.

    ``text``     all of it, decoded, line ends as in the file
    ``blocks``   its lines or paragraphs in order, none empty
    ``markup``   ranges that belong to the file format, not to what a person reads
    ``comments`` remarks of whoever wrote it, in order of position
    ``format``   what ``readers.FORMATS`` names: ``text``, ``markdown``, ``docx`` …
    ``encoding`` Python's name of the encoding, or None for a package such as docx
    ``origin``   whatever the reader needs to write edits back into the file's bytes
    ``lines``    offsets to lines and columns: those of ``text``, or of the file's source where a
                 reader hands over an index of its own
    ``notices``  what the reader itself has to report
    ``traces``   what its format holds on words besides them, in order of position
    """

    __slots__ = (
        "_lines",
        "_opaque",
        "_outer",
        "_starts",
        "blocks",
        "comments",
        "encoding",
        "format",
        "markup",
        "notices",
        "origin",
        "path",
        "text",
        "traces",
    )

    def __init__(
        self,
        text: str,
        *,
        path: str = "",
        format: str = "text",
        encoding: str | None = "utf-8",
        blocks: Sequence[Block] | None = None,
        markup: Iterable[tuple[int, int]] = (),
        comments: Iterable[Comment] = (),
        origin: Any = None,
        lines: Lines | None = None,
        notices: Iterable[Notice] = (),
        traces: Iterable[Trace] = (),
    ) -> None:
        self.text = text
        self.path = path
        self.format = format
        self.encoding = encoding
        self.blocks = tuple(line_blocks(text) if blocks is None else blocks)
        self.markup = merge(markup)
        self.comments = tuple(sorted(comments))
        self.origin = origin
        self.notices = tuple(notices)
        self.traces = tuple(sorted(traces))
        self._lines = lines
        self._opaque: tuple[Span, ...] | None = None
        self._outer: list[Block] | None = None
        self._starts: list[int] = []

    @property
    def lines(self) -> Lines:
        """The line index, that of the text made when first asked for."""
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines

    @property
    def opaque(self) -> tuple[Span, ...]:
        """Where nothing is ever reported, in order."""
        if self._opaque is None:
            self._opaque = merge([(b.start, b.end) for b in self.blocks if b.kind == "opaque"])
        return self._opaque

    @property
    def outer(self) -> Sequence[Block]:
        """The blocks that are within no other one: a code span in its line is left out."""
        if self._outer is None:
            self._outer, end = [], -1
            for block in self.blocks:
                if block.end > end:
                    self._outer.append(block)
                    end = block.end
            self._starts = [block.start for block in self._outer]
        return self._outer

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds ``offset`` or ends there, if any.

        Blocks within another one (a code span in its line) do not count.
        """
        outer = self._outer or self.outer
        index = bisect_right(self._starts, offset)
        if not index:
            return None
        block = outer[index - 1]
        return block if offset <= block.end else None


def line_blocks(text: str) -> list[Block]:
    """Make a block of each line that holds more than white space."""
    blocks, start = [], 0
    if _by_newlines(text):
        for line in text.split("\n"):
            end = start + len(line)
            if line and not line.isspace():
                blocks.append(Block(start, end - 1 if line[-1] == "\r" else end))
            start = end + 1
        return blocks
    for match in LINE_END.finditer(text):
        if not text[start : match.start()].isspace() and match.start() > start:
            blocks.append(Block(start, match.start()))
        start = match.end()
    if start < len(text) and not text[start:].isspace():
        blocks.append(Block(start, len(text)))
    return blocks


def _by_newlines(text: str) -> bool:
    """Return whether every line end has a ``\\n``, which is found faster than LINE_END."""
    return "\r" not in text or text.count("\r") == text.count("\r\n")
