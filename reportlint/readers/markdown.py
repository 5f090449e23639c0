"""Markdown: a text whose markup a reader does not see.

Blocks come from markdown-it-py (CommonMark and tables, block rules only). It says which lines
belong to which block but nothing about columns, so prefixes, cells and everything inline are found
here. Nothing of the draft is ever lost: a line that no block claims is text.

CommonMark is not obeyed where drafts mean something else:

- An indented block of Chinese prose is paragraphs, not code.
- A line of text above ``---`` is a heading only if it reads like one.
- ``[1]: 说明`` defines a link only if an address follows.
- ``***`` right above a date is a signature, not a rule.
- Asterisks are emphasis only where they cannot be slots: see ``emphasis``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from reportlint import patterns
from reportlint.chars import HAN
from reportlint.document import LINE_END, Block, Cell, Comment, Document, Span, merge
from reportlint.readers import inline
from reportlint.readers import text as plain
from reportlint.readers.decode import decode
from reportlint.readers.emphasis import certain_pairs, delimiters, strictness

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from reportlint.findings import Edit

_TITLE = 60
_INDENT = " \t"
_BULLET = patterns.compile(r"[-+*](?:[ \t]+(?:\[[ xX]\](?=[ \t]))?[ \t]*|(?=[\r\n]|\Z))")
_ORDINAL = patterns.compile(r"[0-9]{1,9}[.)][ \t]*(\[[ xX]\][ \t]+)?")
_QUOTE = patterns.compile(r">[ \t]?")
_ATX = patterns.compile(r"#{1,6}[ \t]*")
_ATX_END = patterns.compile(r"(?:(?<=[ \t])|\A)#+[ \t]*\Z")
_ONLY_PREFIX = patterns.compile(r"[ \t>]*(?:[-+*][ \t]*)?\Z")
_DEFINITION = patterns.compile(r"[ \t>]*\[(\^?)([^\]\r\n]{0,500})\]:[ \t]*<?(\S*)")
_DATE = patterns.compile(r"[ \t\u3000]*[0-9０-９〇○零一二三四五六七八九XxＸ×*＊_]{2,8}年")
_FIELD = patterns.compile(r"[ \t]|[^\s:=][^:=]{0,60}[:=](?:[ \t]|\Z)|[-#\[\]}]|[^\s:]{1,60}:\Z")
_HAN = patterns.compile(rf"{HAN}|[\u3000-\u303f\uff00-\uffef]")
_UNSEEN_ELEMENT = patterns.compile(r"\s*<(?:script|style)(?![A-Za-z0-9])", re.IGNORECASE)
_SOLID = patterns.compile(r"\S")


def read(data: bytes, path: str = "") -> Document:
    """Read a Markdown draft. Raises ReadError RL001 for what cannot be decoded.

    Every line that shows something is a block, as in plain text; so is every cell of a table. Code
    spans are ``opaque`` blocks of their own within the block of their line: only they overlap.
    """
    text, encoding, mark = decode(data)
    builder = _Builder(text)
    builder.build()
    return Document(
        text,
        path=path,
        format="markdown",
        encoding=encoding,
        blocks=builder.blocks,
        markup=builder.markup,
        comments=builder.comments,
        origin=mark,
    )


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data`` with ``edits`` made, as for plain text. Raises WriteError."""
    return plain.write(document, data, edits)


class _Builder:
    """Turns the tokens of one draft into blocks and markup."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.markup: list[Span] = []
        self.comments: list[Comment] = []
        self._lines = _lines(text)
        self._claimed = bytearray(len(self._lines))
        self._containers: list[Token] = []
        self._labels: set[str] = set()
        self._tables = 0
        self._ranges: list[tuple[int, int, list[Span]]] = []

    def build(self) -> None:
        first = _front_matter(self.text, self._lines)
        self._opaque(0, first)
        tokens = _tokens(self.text, self._lines, first)
        for token in tokens:
            if token.type == "definition" and self._is_definition(token):
                self._labels.add(inline.label(token.meta["label"]))
        for index, token in enumerate(tokens):
            self._take(token, tokens[index + 1] if index + 1 < len(tokens) else token)
        for line, (start, end) in enumerate(self._lines):
            if not self._claimed[line] and _SOLID.search(self.text, start, end):
                self._unclaimed(line)
        self._emphasis()
        self.blocks.sort(key=lambda block: (block.start, -block.end))

    def _take(self, token: Token, following: Token) -> None:
        kind = token.type
        if kind in ("blockquote_open", "list_item_open"):
            self._containers.append(token)
        elif kind in ("blockquote_close", "list_item_close"):
            self._containers.pop()
        if token.map is None:
            return
        first, last = token.map
        if kind == "paragraph_open":
            self._paragraph(first, last)
        elif kind == "heading_open":
            self._heading(token, first, last, following.content)
        elif kind == "table_open":
            self._table(first, last)
        elif kind == "html_block":
            self._html(token, first, last)
        elif kind == "code_block" and self._is_prose(first, last):
            self._paragraph(first, last)
        elif kind in ("fence", "code_block") or (
            kind == "definition" and self._is_definition(token)
        ):
            self._opaque(first, last)
        elif kind == "hr" and not self._is_signature(first):
            self._claimed[first] = True

    def _paragraph(self, first: int, last: int) -> None:
        """Make a block of each line that shows something, and scan the whole of them."""
        last = min(last, len(self._lines))
        item = any(
            container.type == "list_item_open" and container.map and container.map[0] == first
            for container in self._containers
        )
        known = len(self.markup)
        begin = self._content(first)
        for line in range(first + 1, last):
            self._content(line)
            self._hard_break(line - 1)
        self._scan(begin, self._lines[last - 1][1])
        hidden = merge(self.markup[known:])
        for line in range(first, last):
            self._claimed[line] = True
            self._show(*self._lines[line], hidden, "item" if item and line == first else "text")

    def _heading(self, token: Token, first: int, last: int, title: str) -> None:
        level = int(token.tag[1])
        self._claimed[first] = self._claimed[last - 1] = True
        if token.markup[0] != "#" and (
            last - first > 2 or len(title) > _TITLE or title.rstrip("*_ ")[-1:] in "。；，"
        ):
            self._paragraph(first, last - 1)
            return
        known = len(self.markup)
        start, end = self._content(first), self._lines[first][1]
        prefix = _ATX.match(self.text, start, end) if token.markup[0] == "#" else None
        if prefix:
            self.markup.append(Span(*prefix.span()))
            start = prefix.end()
            closing = _ATX_END.search(self.text[start:end])
            if closing:
                title_end = start + len(self.text[start : start + closing.start()].rstrip(_INDENT))
                self.markup.append(Span(title_end, end))
                end = title_end
        self._scan(start, end)
        self._show(*self._lines[first], merge(self.markup[known:]), "heading", level)

    def _table(self, first: int, last: int) -> None:
        """Make a block of each cell that is not empty; the row of dashes is none."""
        self._tables += 1
        for line in range(first, min(last, len(self._lines))):
            self._claimed[line] = True
            if line == first + 1:
                continue
            start, end = self._content(line), self._lines[line][1]
            end = start + len(self.text[start:end].rstrip())
            cell = start
            row = line - first + (line == first)
            column = 0 if self.text.startswith("|", start, end) else 1
            for pipe in [*_pipes(self.text, start, end), end]:
                content = self.text[cell:pipe]
                self._cell(
                    cell + len(content) - len(content.lstrip()),
                    cell + len(content.rstrip()),
                    Cell(self._tables, row, column),
                )
                column += 1
                if pipe < end and _separates(self.text, start, pipe, end):
                    self.markup.append(Span(pipe, pipe + 1))
                cell = pipe + 1

    def _cell(self, start: int, end: int, place: Cell) -> None:
        known = len(self.markup)
        self._scan(start, end)
        self._show(start, end, merge(self.markup[known:]), "cell", cell=place)

    def _html(self, token: Token, first: int, last: int) -> None:
        """Keep what HTML shows: its text without tags and comments."""
        if _UNSEEN_ELEMENT.match(token.content):
            self._opaque(first, last)
        else:
            self._paragraph(first, last)

    def _unclaimed(self, line: int) -> None:
        """Take a line that is in no block: an empty item, a definition of nothing, a signature."""
        start, end = self._lines[line]
        if _ONLY_PREFIX.match(self.text, start, end):
            self.markup.append(Span(start, end))
            return
        self._containers = []
        self._paragraph(line, line + 1)

    def _opaque(self, first: int, last: int) -> None:
        for line in range(first, min(last, len(self._lines))):
            self._claimed[line] = True
            self._show(*self._lines[line], (), "opaque")

    def _show(
        self,
        start: int,
        end: int,
        hidden: Sequence[Span],
        kind: str,
        level: int = 0,
        cell: Cell | None = None,
    ) -> None:
        """Make a block of a range if any of it can be seen."""
        if _shows(self.text, start, end, hidden):
            self.blocks.append(Block(start, end, kind, level, cell=cell))

    def _content(self, line: int) -> int:
        """Hide the prefixes of the containers of a line and return where its content begins."""
        position, end = self._lines[line]
        for container in self._containers:
            begin = position
            while begin < end and self.text[begin] in _INDENT:
                begin += 1
            if container.type == "blockquote_open":
                prefix = _QUOTE.match(self.text, begin, end)
                if not prefix:
                    break
            elif container.map is None or container.map[0] != line:
                continue
            else:
                prefix = _BULLET.match(self.text, begin, end)
                if not prefix:
                    # The number of an ordered item is text: it is what numbering rules read.
                    ordinal = _ORDINAL.match(self.text, begin, end)
                    if ordinal:
                        position = ordinal.end()
                        if ordinal[1]:
                            self.markup.append(Span(*ordinal.span(1)))
                    continue
            self.markup.append(Span(begin, prefix.end()))
            position = prefix.end()
        while position < end and self.text[position] in _INDENT:
            position += 1
        return position

    def _hard_break(self, line: int) -> None:
        start, end = self._lines[line]
        if self.text.endswith("\\", start, end):
            self.markup.append(Span(end - 1, end))
        elif self.text.endswith("  ", start, end):
            self.markup.append(Span(start + len(self.text[start:end].rstrip(" ")), end))

    def _scan(self, start: int, end: int) -> None:
        if start >= end:
            return
        found = inline.scan(self.text, start, end, self._labels)
        self.markup += [piece for span in found.markup for piece in _pieces(self.text, span)]
        for span in found.remarks:
            remark = self.text[span.start + len("<!--") : span.end - len("-->")]
            self.comments.append(Comment(*span, remark.strip()))
        for span in found.code:
            for begin, stop in _pieces(self.text, span):
                if _SOLID.search(self.text, begin, stop):
                    self.blocks.append(Block(begin, stop, "opaque"))
        if found.runs:
            self._ranges.append((start, end, found.runs))

    def _emphasis(self) -> None:
        if self._ranges:
            certain = certain_pairs(self.text, self._ranges)
            strict = strictness(self.text, self._ranges, certain)
            for start, end, runs in self._ranges:
                self.markup += delimiters(self.text, runs, start, end, strict=strict)

    def _is_definition(self, token: Token) -> bool:
        assert token.map is not None
        match = _DEFINITION.match(self.text, self._lines[token.map[0]][0])
        return bool(match and not match[1] and inline.is_target(match[3]))

    def _is_prose(self, first: int, last: int) -> bool:
        start, end = self._lines[first][0], self._lines[min(last, len(self._lines)) - 1][1]
        han = sum(1 for _ in _HAN.finditer(self.text, start, end))
        return 2 * han > sum(1 for _ in _SOLID.finditer(self.text, start, end))

    def _is_signature(self, line: int) -> bool:
        start, end = self._lines[line]
        if self.text[start:end].strip().strip("*") or line + 1 >= len(self._lines):
            return False
        return bool(_DATE.match(self.text, *self._lines[line + 1]))


def _lines(text: str) -> list[tuple[int, int]]:
    """Return start and end of every line, without line ends."""
    lines, start = [], 0
    for match in LINE_END.finditer(text):
        lines.append((start, match.start()))
        start = match.end()
    lines.append((start, len(text)))
    return lines


def _front_matter(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Return how many lines at the top are metadata: fields between two ``---`` or ``+++``."""
    fence = text[slice(*lines[0])].rstrip()
    if fence not in ("---", "+++"):
        return 0
    for number, (start, end) in enumerate(lines[1:], 1):
        line = text[start:end].rstrip()
        if line == fence or (line == "..." and fence == "---"):
            return number + 1
        if line and not _FIELD.match(line):
            return 0
    return 0


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _tokens(text: str, lines: Sequence[tuple[int, int]], first: int) -> list[Token]:
    """Parse the blocks from line ``first`` on; line numbers are those of the whole text."""
    rest = text[lines[first][0] :] if first < len(lines) else ""
    return _parser().parse("\n" * first + rest)


def _pipes(text: str, start: int, end: int) -> list[int]:
    """Return the pipes of a row that separate cells: those without a backslash before them."""
    pipes, position = [], text.find("|", start, end)
    while position >= 0:
        if position == start or text[position - 1] != "\\":
            pipes.append(position)
        position = text.find("|", position + 1, end)
    return pipes


def _separates(text: str, start: int, pipe: int, end: int) -> bool:
    """Return whether a pipe can go: not where the figures of two cells would become one."""
    return (
        pipe == start
        or pipe + 1 == end
        or not (text[pipe - 1].isalnum() and text[pipe + 1].isalnum())
    )


def _pieces(text: str, span: Span) -> list[Span]:
    """Cut a span at line ends: hiding one would join two lines."""
    if "\n" not in (inside := text[span.start : span.end]) and "\r" not in inside:
        return [span]
    pieces, start = [], span.start
    for match in LINE_END.finditer(text, span.start, span.end):
        pieces.append(Span(start, match.start()))
        start = match.end()
    pieces.append(Span(start, span.end))
    return [piece for piece in pieces if piece.start < piece.end]


def _shows(text: str, start: int, end: int, hidden: Sequence[Span]) -> bool:
    """Return whether a line is more than white space without the spans that are hidden."""
    position = start
    for index in range(bisect_right(hidden, start, key=attrgetter("end")), len(hidden)):
        left, right = hidden[index]
        if left >= end:
            break
        if _SOLID.search(text, position, max(position, left)):
            return True
        position = max(position, right)
    return position < end and bool(_SOLID.search(text, position, end))
