"""The XML of a text to its paragraphs, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from reportlint.document import Comment, Trace
from reportlint.readers.limits import MAX_PIECES, Budget, too_large, unusable
from reportlint.readers.numerals import join
from reportlint.readers.odt.names import (
    DRAW,
    LOEXT,
    OFFICE,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    XML_ID,
    keyed,
    whole,
)
from reportlint.readers.odt.styles import LEVELS, Counter, Level, Styles
from reportlint.readers.paragraphs import Paragraphs, about
from reportlint.readers.splice import Piece
from reportlint.readers.xml import Listener, walk

_SPACES = " \t\r\n"
_COLLAPSES = re.compile(r"[\t\r\n]|  |\A | \Z")
_RUN = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")
_ELEMENT = re.compile(rb"<[^<>]{1,500}/>")
_REFERENCE = re.compile(rb"&[#\w]{1,16};|\r\n")

_LONGEST_NAME = 200

_MOST_SPACES = 10_000
"""Spaces that one element stands for."""

_INDEXES = (
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
    "alphabetical-index", "bibliography",
)  # fmt: skip
_UNSEEN = (
    *keyed(TEXT, dict.fromkeys(f"{name}-source" for name in _INDEXES)),
    *keyed(TEXT, dict.fromkeys(("tracked-changes", "note-citation", "ruby-text", "script"))),
    *keyed(OFFICE, dict.fromkeys(("forms", "event-listeners", "scripts"))),
    *keyed(DRAW, dict.fromkeys(("object", "image-map"))),
    *keyed(SVG, dict.fromkeys(("title", "desc"))),
)
_CREATOR = "http://purl.org/dc/elements/1.1/ creator"
_CONTROL = LOEXT + "content-control"
_PROMPTS = LOEXT + "showing-place-holder"
_BOXES = ("text-box", "custom-shape", "rect", "ellipse")


class Bit(NamedTuple):
    """Text of a paragraph and where it stands in its part; ``element``: as one, not as text.

    ``mark`` is the name of a comment or slot that begins or ends there; then there is no text.
    """

    text: str
    at: int
    element: bool
    mark: str = ""


_Placed = tuple[str, int, int, bool]
"""Text, the byte where it stands (-1: nowhere), how many stand there, and whether they are it."""


class _Paragraph:
    __slots__ = ("anchored", "auto", "bits", "kind", "level", "place")

    def __init__(self, place: _Place, kind: str, level: int, auto: str) -> None:
        self.place = place
        self.kind = kind
        self.level = level
        self.auto = auto
        self.bits: list[Bit] = []
        self.anchored: list[_Ready] = []


class _Ready(NamedTuple):
    """A paragraph that has been read."""

    bits: list[Bit]
    kind: str
    level: int
    auto: str
    address: Mapping[str, Any]


class _Place:
    """Where paragraphs stand: the body, a cell, a text box, a note. Counts its paragraphs."""

    __slots__ = ("base", "count", "kind")

    def __init__(self, base: Mapping[str, Any], kind: str) -> None:
        self.base = base
        self.kind = kind
        self.count = 0

    def address(self) -> dict[str, Any]:
        self.count += 1
        return {**self.base, "paragraph": self.count}


class _Table:
    __slots__ = ("cell", "number", "row", "row_repeat")

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = self.cell = 0
        self.row_repeat = 1


class _Remark:
    """A comment while it is read."""

    __slots__ = ("author", "key", "lines")

    def __init__(self, key: str) -> None:
        self.key = key
        self.author = ""
        self.lines: list[_Ready] = []


class _List:
    """An open list; ``first`` says that its item has had no paragraph yet."""

    __slots__ = ("counter", "first", "start", "style")

    def __init__(self, style: str | None, counter: Counter) -> None:
        self.style = style
        self.counter = counter
        self.first = False
        self.start: int | None = None


class Story(Listener):
    """Walks one part. ``kind`` is ``body``, or ``margin`` for the headers and footers of styles.

    ``mapped``: also keep where the text stands.
    """

    def __init__(self, kind: str, styles: Styles, *, mapped: bool = False) -> None:
        self.styles = styles
        self.pieces: list[Piece] = []
        self._mapped = mapped
        self._kind = kind
        self._content = b""
        self._inside = 0
        self._main: list[_Ready] = []
        self._notes: dict[str, list[_Ready]] = {"footnote": [], "endnote": []}
        self._margins: dict[str, list[_Ready]] = {"header": [], "footer": []}
        self._counts: dict[str, int] = {}
        self._places = [_Place({}, kind)]
        self._open: list[_Paragraph] = []
        # What an element outside takes up again when one inside it ends.
        self._outer: list[tuple[list[_Paragraph], list[_Ready], list[_List]]] = []
        self._done = self._main
        self._note_class: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str | None, Counter] = {}
        self._headings = Counter()
        self._indexes = self._hidden = 0
        self._bits = 0
        self._remark: _Remark | None = None
        self._remarks: list[_Remark] = []
        self._marks: dict[str, list[int]] = {}
        # Names and kinds of what was left to be filled in, and the controls that are open.
        self._slots: list[tuple[str, str]] = []
        self._controls: list[str] = []
        text = {
            "p": self._p, "h": self._h, "s": self._s, "tab": self._tab, "line-break": self._break,
            "note": self._note, "note-body": self._note_body, "list": self._list,
            "list-item": self._item, "list-header": self._header, "placeholder": self._placeholder,
            **dict.fromkeys(_INDEXES, self._index),
        }  # fmt: skip
        ends = {
            "p": self._p_end, "h": self._p_end, "note": self._note_end,
            "note-body": self._leave, "list": self._list_end,
            "placeholder": self._control_end,
            **dict.fromkeys(_INDEXES, self._index_end),
        }  # fmt: skip
        margins = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
        super().__init__(
            dict.fromkeys(_UNSEEN, self._hide)
            | keyed(TEXT, text)
            | keyed(
                TABLE,
                {
                    "table": self._table,
                    "table-row": self._row,
                    "table-cell": self._cell,
                    "covered-table-cell": self._cell,
                },
            )
            | keyed(DRAW, dict.fromkeys(_BOXES, self._box))
            | keyed(OFFICE, {"text": self._text, "spreadsheet": _other, "presentation": _other})
            | keyed(OFFICE, {"drawing": _other, "chart": _other})
            | keyed(OFFICE, {"annotation": self._annotation, "annotation-end": self._mark_end})
            | {_CREATOR: self._creator, _CONTROL: self._control}
            | ({STYLE + name: self._margin(name) for name in margins} if kind == "margin" else {})
            | styles.starts(),
            dict.fromkeys(_UNSEEN, self._hide_end)
            | {OFFICE + "annotation": self._annotation_end, _CREATOR: self._creator_end}
            | {_CONTROL: self._control_end}
            | keyed(TEXT, ends)
            | keyed(
                TABLE,
                {
                    "table": self._table_end,
                    "table-cell": self._leave,
                    "covered-table-cell": self._leave,
                },
            )
            | keyed(DRAW, dict.fromkeys(_BOXES, self._leave))
            | (
                dict.fromkeys((STYLE + n for n in margins), self._leave) if kind == "margin" else {}
            ),
        )

    def read(self, part: str, content: bytes, budget: Budget) -> None:
        """Walk ``content``, the bytes of ``part``. Raises ReadError."""
        self._content = content
        walk(part, content, budget, self)
        if self._kind == "body" and not self._inside:
            raise unusable("压缩包里没有正文（office:text）", "the package has no text")

    def tell(self, out: Paragraphs) -> None:
        """Add what was read to ``out``. Raises ReadError."""
        stories = [self._main, *self._notes.values(), *self._margins.values()]
        for ready in (each for story in stories for each in story):
            marks: list[tuple[str, int]] = []
            bits = _trimmed(list(self._collapsed(ready.bits, marks)))
            text = "".join(bit[0] for bit in bits)
            auto = join(ready.auto, text, "tab")
            at = out.add(text, ready.kind, ready.level, ready.address, auto)
            for key, within in marks:
                self._marks.setdefault(key, []).append(at + min(within, len(text)))
            if self._mapped:
                self._map(bits, at)

    def _map(self, bits: list[_Placed], start: int) -> None:
        for text, at, size, literal in bits:
            if at >= 0:
                self.pieces.append(Piece(start, len(text), at, size, literal))
            start += len(text)

    def root(self, part: str, name: str, _attributes: Mapping[str, str]) -> None:
        if not name.startswith(OFFICE):
            kind = name.rpartition(" ")[2]
            raise unusable(
                f"不是OpenDocument文档（“{part}”的根元素是{kind}）",
                f"not an OpenDocument file: the root element of {part} is {kind}",
            )

    def _hide(self, _: Mapping[str, str]) -> None:
        self._hidden += 1
        self._enter(_Place({}, "hidden"), [])

    def _hide_end(self) -> None:
        self._hidden -= 1
        self._leave()

    def _text(self, _: Mapping[str, str]) -> None:
        self._inside += 1

    # Comments

    def _annotation(self, attributes: Mapping[str, str]) -> None:
        remark = _Remark(attributes.get(OFFICE + "name", f" {len(self._remarks)}"))
        self._mark(remark.key)
        if not self._hidden and self._remark is None:
            self._remark = remark
            self._remarks.append(remark)
        self._hidden += 1
        self._enter(_Place({}, "hidden"), remark.lines)

    def _annotation_end(self) -> None:
        self._hide_end()
        if not self._hidden:
            self._remark = None

    def _mark_end(self, attributes: Mapping[str, str]) -> None:
        self._mark(attributes.get(OFFICE + "name", ""))

    def _mark(self, key: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].bits.append(Bit("", -1, True, key))

    def _creator(self, _: Mapping[str, str]) -> None:
        if self._remark is not None:
            self.parser.CharacterDataHandler = self._author

    def _creator_end(self) -> None:
        if self._remark is not None:
            self.parser.CharacterDataHandler = None

    def _author(self, text: str) -> None:
        if self._remark is not None and len(self._remark.author) < _LONGEST_NAME:
            self._remark.author += text[:_LONGEST_NAME]

    def comments(self, text: str) -> Iterator[Comment]:
        """Yield the comments on words of ``text``, the text of the document."""
        for remark in self._remarks:
            places = self._marks.get(remark.key)
            if not places:
                continue
            words = "\n".join("".join(bit.text for bit in line.bits) for line in remark.lines)
            extent = about(text, min(places), min(max(places), len(text)))
            yield Comment(*extent, words.strip(), True, remark.author)

    # What was left to be filled in

    def _placeholder(self, _: Mapping[str, str]) -> None:
        self._slot("placeholder")

    def _control(self, attributes: Mapping[str, str]) -> None:
        if attributes.get(_PROMPTS) == "true":
            self._slot("control")
        else:
            self._controls.append("")

    def _slot(self, kind: str) -> None:
        # The tab keeps it apart from what programs call comments.
        key = f"\t{len(self._slots)}"
        self._slots.append((key, kind))
        self._controls.append(key)
        self._mark(key)

    def _control_end(self) -> None:
        key = self._controls.pop()
        if key:
            self._mark(key)

    def traces(self) -> Iterator[Trace]:
        """Yield what is known of words besides them."""
        for key, kind in self._slots:
            places = self._marks.get(key)
            if places:
                yield Trace(min(places), max(places), "slot", kind)

    # Paragraphs

    def _h(self, attributes: Mapping[str, str]) -> None:
        level = min(max(whole(attributes, TEXT + "outline-level", 1), 1), LEVELS)
        listed = attributes.get(TEXT + "is-list-header") != "true"
        self._begin(attributes, level, listed)

    def _p(self, attributes: Mapping[str, str]) -> None:
        self._begin(attributes, 0, True)

    def _begin(self, attributes: Mapping[str, str], level: int, listed: bool) -> None:
        look = self.styles.look(attributes.get(TEXT + "style-name"))
        auto = ""
        if self._lists:
            auto = self._label(look.list) if listed else ""
        elif level and listed and look.list != "":
            start = attributes.get(TEXT + "restart-numbering") == "true"
            first = whole(attributes, TEXT + "start-value", 1) if start else None
            auto = self._headings.next(level, self.styles.outline, first)
        level = level or look.level
        place = self._places[-1]
        kind = "text"
        if look.contents or self._indexes:
            kind = "opaque"
        elif place.kind == "cell":
            kind = "cell"
        elif level and place.kind in ("body", "box"):
            kind = "heading"
        paragraph = _Paragraph(place, kind, level if kind == "heading" else 0, auto)
        self._open.append(paragraph)
        self.parser.CharacterDataHandler = self._characters

    def _label(self, own: str | None) -> str:
        current = self._lists[-1]
        if not current.first:
            return ""
        current.first = False
        depth = min(len(self._lists), LEVELS)
        levels: Mapping[int, Level] = self.styles.levels(current.style or own)
        start, current.start = current.start, None
        return current.counter.next(depth, levels, start)

    def _p_end(self) -> None:
        paragraph = self._open.pop()
        if not self._open:
            self.parser.CharacterDataHandler = None
        ready = _Ready(
            paragraph.bits,
            paragraph.kind,
            paragraph.level,
            paragraph.auto,
            paragraph.place.address(),
        )
        target = self._open[-1].anchored if self._open else self._done
        target.append(ready)
        target += paragraph.anchored

    def _characters(self, text: str) -> None:
        self._put(text, self.parser.CurrentByteIndex, False)

    def _put(self, text: str, at: int, element: bool) -> None:
        if self._open:
            self._open[-1].bits.append(Bit(text, at if self._mapped else -1, element))
            self._bits += 1
            if self._bits > MAX_PIECES:
                raise too_large("文字被切得过碎", "text in too many pieces")

    def _s(self, attributes: Mapping[str, str]) -> None:
        count = min(whole(attributes, TEXT + "c", 1), _MOST_SPACES)
        self._put(" " * count, self.parser.CurrentByteIndex, True)

    def _tab(self, _: Mapping[str, str]) -> None:
        self._put("\t", self.parser.CurrentByteIndex, True)

    def _break(self, _: Mapping[str, str]) -> None:
        self._put("\n", self.parser.CurrentByteIndex, True)

    # Lists

    def _list(self, attributes: Mapping[str, str]) -> None:
        style = attributes.get(TEXT + "style-name")
        if self._lists:
            outer = self._lists[-1]
            self._lists.append(_List(style or outer.style, outer.counter))
            return
        counter = self._by_id.get(attributes.get(TEXT + "continue-list", ""))
        if counter is None and attributes.get(TEXT + "continue-numbering") == "true":
            counter = self._by_style.get(style)
        counter = Counter() if counter is None else counter
        id = attributes.get(XML_ID)
        if id is not None:
            self._by_id[id] = counter
        self._by_style[style] = counter
        self._lists.append(_List(style, counter))

    def _list_end(self) -> None:
        self._lists.pop()

    def _item(self, attributes: Mapping[str, str]) -> None:
        if self._lists:
            current = self._lists[-1]
            current.first = True
            if TEXT + "start-value" in attributes:
                current.start = whole(attributes, TEXT + "start-value", 1)

    def _header(self, _: Mapping[str, str]) -> None:
        if self._lists:
            self._lists[-1].first = False

    # Tables, text boxes, notes, margins

    def _enter(self, place: _Place, done: list[_Ready] | None = None) -> None:
        """Go where paragraphs stand by themselves; they hang on the open one unless ``done``."""
        self._places.append(place)
        self._outer.append((self._open, self._done, self._lists))
        if done is None:
            done = self._open[-1].anchored if self._open else self._done
        self._open, self._done, self._lists = [], done, []
        self.parser.CharacterDataHandler = None

    def _leave(self) -> None:
        self._places.pop()
        self._open, self._done, self._lists = self._outer.pop()
        self.parser.CharacterDataHandler = self._characters if self._open else None

    def _count(self, name: str) -> int:
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]

    def _base(self, *kept: str) -> dict[str, Any]:
        base = self._places[-1].base
        return {key: base[key] for key in kept if key in base}

    def _table(self, _: Mapping[str, str]) -> None:
        self._tables.append(_Table(self._count("table")))

    def _table_end(self) -> None:
        self._tables.pop()

    def _row(self, attributes: Mapping[str, str]) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row += table.row_repeat
            table.row_repeat = max(whole(attributes, TABLE + "number-rows-repeated", 1), 1)
            table.cell = 0

    def _cell(self, attributes: Mapping[str, str]) -> None:
        base = self._base("footnote", "endnote", "header", "footer", "textbox")
        if self._tables:
            table = self._tables[-1]
            base.update(table=table.number, row=max(table.row, 1), cell=table.cell + 1)
            table.cell += max(whole(attributes, TABLE + "number-columns-repeated", 1), 1)
        self._enter(_Place(base, "cell"))

    def _box(self, _: Mapping[str, str]) -> None:
        base = self._base("footnote", "endnote", "header", "footer")
        base["textbox"] = self._count("textbox")
        self._enter(_Place(base, "box"))

    def _note(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get(TEXT + "note-class", "footnote")
        self._note_class.append(kind if kind in self._notes else "footnote")

    def _note_end(self) -> None:
        self._note_class.pop()

    def _note_body(self, _: Mapping[str, str]) -> None:
        name = self._note_class[-1] if self._note_class else "footnote"
        done = [] if self._hidden else self._notes[name]
        self._enter(_Place({name: self._count(name)}, "note"), done)

    def _margin(self, element: str) -> Any:
        name = element.partition("-")[0]

        def begin(_: Mapping[str, str]) -> None:
            place = _Place({name: self._count(name)}, "note")
            self._enter(place, self._margins[name])

        return begin

    def _index(self, _: Mapping[str, str]) -> None:
        self._indexes += 1

    def _index_end(self) -> None:
        self._indexes -= 1

    # White space and places

    def _collapsed(self, bits: list[Bit], marks: list[tuple[str, int]]) -> Iterator[_Placed]:
        """Yield text, place, size there and whether it is literal, white space as shown.

        ``marks`` takes the marks and how much text is before them.
        """
        spaced = True
        length = 0
        for bit in bits:
            if bit.mark:
                marks.append((bit.mark, length))
                continue
            if bit.element:
                at, size = self._element(bit.at)
                yield bit.text, at, size, False
                length += len(bit.text)
                spaced = False
                continue
            if not spaced and not _COLLAPSES.search(bit.text):
                size, literal = self._sized(bit.text, bit.at)
                yield bit.text, bit.at, size, literal
                length += len(bit.text)
                continue
            at = bit.at
            for run in _RUN.findall(bit.text):
                size, literal = self._sized(run, at)
                if run[0] not in _SPACES:
                    yield run, at, size, literal
                    length += len(run)
                    spaced = False
                elif not spaced:
                    yield " ", at, size, run == " "
                    length += 1
                    spaced = True
                at += size if at >= 0 else 0

    def _element(self, at: int) -> tuple[int, int]:
        match = _ELEMENT.match(self._content, at) if at >= 0 else None
        return (at, len(match.group())) if match else (-1, 0)

    def _sized(self, text: str, at: int) -> tuple[int, bool]:
        """Return how many bytes stand for ``text`` at ``at``, and whether they are that text."""
        if len(text) == 1 and at >= 0:
            match = _REFERENCE.match(self._content, at)
            if match:
                return len(match.group()), False
        return len(text.encode()), True


def _trimmed(bits: list[_Placed]) -> list[_Placed]:
    """Drop the white space at the end of a paragraph, which is not shown."""
    if bits and bits[-1][0] == " " and bits[-1][3]:
        del bits[-1]
    return bits


def _other(_: Mapping[str, str]) -> None:
    raise unusable("不是文字文档", "an OpenDocument file, but not a text")
