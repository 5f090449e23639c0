"""The stories of a document (body, notes, headers …) to paragraphs of text.

What is read is what stands on paper: the results of fields and not their instructions, insertions
and not deletions, one branch of alternate content. Hidden text is read, since it is in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reportlint.document import Cell
from reportlint.readers.docx.colors import is_glaring, is_red
from reportlint.readers.docx.markup import (
    SYMBOL,
    SYMBOL_CHARACTER,
    WORD,
    attribute,
    math,
    on,
    relation_id,
    whole,
    word,
)
from reportlint.readers.docx.pages import Pages
from reportlint.readers.limits import MAX_PIECES, too_large, unusable
from reportlint.readers.package import Package
from reportlint.readers.symbols import symbol
from reportlint.readers.xml import SKIP, XML_SPACE, Listener, walk

NOWHERE = -1
"""The offset of a piece that is no text in the file: a tab, a line break, a symbol."""

_STORY = ("footnote", "endnote", "header", "footer")
_MOST_COLUMNS = 1000
"""Word itself stops at 63."""

_BUTTON = re.compile(r"\s*(MACRO|GOTO)BUTTON\s+\S+\s+(\S.*?)\s*", re.IGNORECASE | re.DOTALL)
"""Instructions of fields that show the rest of themselves."""

_LONGEST_INSTRUCTION = 1000

SPACES = " \t\n\r"
"""White space that is dropped at the ends of text without ``xml:space="preserve"``."""

Mark = tuple[str, str, int]
"""Where a comment begins (``start``), ends (``end``) or is referred to (``at``), its id, and before
which piece of its paragraph."""

Trait = tuple[str, int, int, str]
"""What is held on words besides them: ``kind`` and ``detail`` of a ``Trace`` (or ``style`` and the
id of a character style), and from and before which piece of its paragraph."""

Piece = tuple[str, int, int]
"""Text, the byte offset where it stands in its part, and that of the ``w:t`` that holds it."""


class Place:
    """Where paragraphs stand: a story, a table cell or a text box. Counts its paragraphs."""

    __slots__ = ("base", "carry", "cell", "count", "inner", "kind")

    def __init__(self, base: Mapping[str, Any], kind: str, inner: bool = False) -> None:
        self.base = base
        self.kind = kind
        self.inner = inner
        self.count = 0
        self.cell: Cell | None = None
        self.carry: Paragraph | None = None


class Paragraph:
    """One paragraph while it is read, and what the emitter needs to know of it.

    ``anchored`` holds the paragraphs of text boxes that hang on it. ``kind`` is ``body``, ``cell``,
    ``box`` or ``note`` (anything outside the body and its text boxes); ``inner`` says that it is in
    a text box, whose lists count apart. ``merged``: its mark is deleted, the next one continues it.
    ``changes`` are kind and author of changes of its mark (``insertion``, ``deletion``) or of all
    of it (``formatting``).
    """

    __slots__ = (
        "address",
        "anchored",
        "cell",
        "changes",
        "ilvl",
        "inner",
        "kind",
        "marks",
        "merged",
        "num_id",
        "outline",
        "pieces",
        "place",
        "style",
        "traits",
    )

    def __init__(self, place: Place) -> None:
        place.count += 1
        self.address = {**place.base, "paragraph": place.count}
        self.place = place
        self.cell = place.cell
        self.kind = place.kind
        self.inner = place.inner
        self.pieces: list[Piece] = []
        self.traits: list[Trait] = []
        self.changes: list[tuple[str, str]] = []
        self.anchored: list[Paragraph] = []
        self.marks: list[Mark] = []
        self.style: str | None = None
        self.num_id: int | None = None
        self.ilvl: int | None = None
        self.outline: int | None = None
        self.merged = False


class _Table:
    """A table while it is read. ``column`` is where in the grid the next cell begins."""

    __slots__ = ("cell", "column", "number", "removed", "row")

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = 0
        self.cell = 0
        self.column = 1
        self.removed = False


class _Run:
    """A run: where it begins, and what its properties put on its words."""

    __slots__ = ("first", "look", "paragraph")

    def __init__(self, paragraph: Paragraph | None) -> None:
        self.paragraph = paragraph
        self.first = len(paragraph.pieces) if paragraph is not None else 0
        self.look: list[tuple[str, str]] | None = None


class _Control:
    """A content control: the run of text that it holds, unless it holds whole paragraphs."""

    __slots__ = ("first", "open", "paragraph")

    def __init__(self, paragraph: Paragraph | None) -> None:
        self.paragraph = paragraph
        self.first = len(paragraph.pieces) if paragraph is not None else 0
        self.open = False


class Story(Listener):
    """Walks the XML of one part and hands its paragraphs on in reading order.

    ``name`` is ``body``, ``footnote``, ``endnote``, ``header`` or ``footer``; ``base`` is the
    beginning of every address. A text box comes after the paragraph that it hangs on.
    ``references`` collects the ids of headers and footers in the order of the text, ``pages``
    where paragraphs begin.
    """

    def __init__(
        self, name: str, base: Mapping[str, Any], emit: Callable[[Paragraph], None]
    ) -> None:
        self.name = name
        self.references: list[str] = []
        self.pages = Pages()
        self._emit = emit
        self._kind = "body" if name == "body" else "note"
        self._places = [Place(base, self._kind)]
        self._open: list[Paragraph] = []
        self._current: Paragraph | None = None
        self._waiting: list[tuple[str, str]] = []
        self._tables: list[_Table] = []
        self._table_count = self._box_count = self._note_count = 0
        self._properties = False
        # Fields inside one another: True while their instruction is read, False in their result.
        self._fields: list[bool] = []
        self._instructions = 0
        # What their instructions say, as far as it may be shown.
        self._said: list[str] = []
        self._outer_fields: list[tuple[list[bool], int, list[str]]] = []
        # Form fields do not stand in one another: how many fields were open with the last one.
        self._form = 0
        self._form_result: _Run | None = None
        self._runs: list[_Run] = []
        self._run: _Run | None = None
        self._revisions: list[tuple[_Run, str, str] | None] = []
        self._controls: list[_Control] = []
        self._open_controls = 0
        self._gone: list[tuple[str, str]] = []
        self._preserve = self._preserve_here = False
        self._chunks: list[tuple[str, int]] | None = None
        self._tag = NOWHERE
        self._pieces = 0
        super().__init__(
            word(
                p=self._p,
                pPr=self._ppr,
                pStyle=self._style,
                numId=self._num_id,
                ilvl=self._ilvl,
                outlineLvl=self._outline,
                r=self._r,
                rPr=self._rpr,
                rStyle=self._run_style,
                vanish=self._vanish,
                highlight=self._highlight,
                color=self._color,
                shd=self._shading,
                strike=self._struck,
                dstrike=self._struck,
                t=self._t,
                tab=self._tab,
                ptab=self._tab,
                br=self._break,
                cr=self._break,
                noBreakHyphen=self._hyphen,
                sym=self._sym,
                lastRenderedPageBreak=self._page_end,
                fldChar=self._field,
                instrText=self._instruction,
                textInput=self._text_input,
                sdt=self._sdt,
                sdtPr=self._ppr,
                showingPlcHdr=self._unfilled,
                ins=self._inserted,
                moveTo=self._moved_to,
                rPrChange=self._reformatted,
                tbl=self._tbl,
                tr=self._tr,
                tc=self._tc,
                gridSpan=self._grid_span,
                gridBefore=self._grid_before,
                txbxContent=self._box,
                footnote=self._note,
                endnote=self._note,
                headerReference=self._reference,
                footerReference=self._reference,
                altChunk=self._chunk,
                commentRangeStart=self._comment_start,
                commentRangeEnd=self._comment_end,
                commentReference=self._comment_at,
                del_=self._deleted,
                moveFrom=self._moved_from,
                tabs=self._skip,
                pPrChange=self._reformatted,
                tcPrChange=self._skip,
                trPrChange=self._skip,
                sectPrChange=self._skip,
                rt=self._skip,
            )
            | math(t=self._t, den=self._denominator)
            | {SYMBOL: self._symbol},
            word(
                p=self._p_end,
                pPr=self._ppr_end,
                sdtPr=self._ppr_end,
                sdt=self._sdt_end,
                r=self._r_end,
                rPr=self._rpr_end,
                ins=self._revision_end,
                moveTo=self._revision_end,
                t=self._t_end,
                instrText=self._instruction_end,
                tbl=self._tbl_end,
                tc=self._tc_end,
                txbxContent=self._box_end,
                footnote=self._leave,
                endnote=self._leave,
            )
            | math(t=self._t_end),
        )

    def read(self, package: Package, part: str, content: bytes) -> None:
        """Walk ``content``, the bytes of ``part``. Raises ReadError."""
        walk(part, content, package.budget, self)
        self._flush(self._places[0])

    def root(self, part: str, name: str, attributes: Mapping[str, str]) -> None:
        if not name.startswith(WORD) or (self.name == "body" and not name.endswith(" document")):
            kind = name.rpartition(" ")[2]
            raise unusable(
                f"不是Word文档（“{part}”的根元素是{kind}）",
                f"not a Word document: the root element of {part} is {kind}",
            )
        self._preserve = attributes.get(XML_SPACE) == "preserve"

    # Paragraphs

    def _p(self, _: Mapping[str, str]) -> None:
        place = self._places[-1]
        paragraph = Paragraph(place)
        self.pages.paragraph(paragraph.address)
        if place.carry is not None:
            paragraph.pieces = place.carry.pieces
            paragraph.anchored = place.carry.anchored
            paragraph.marks = place.carry.marks
            paragraph.traits = place.carry.traits
            place.carry = None
        if self._waiting:
            # Between two paragraphs: what ends there ends before this one, to the same effect.
            here = len(paragraph.pieces)
            paragraph.marks += [(kind, key, here) for kind, key in self._waiting]
            self._waiting = []
        for kind, author in self._gone:
            paragraph.traits.append((kind, len(paragraph.pieces), len(paragraph.pieces), author))
        self._gone = []
        self._open.append(paragraph)
        self._current = paragraph

    def _p_end(self) -> None:
        paragraph = self._open.pop()
        self._current = self._open[-1] if self._open else None
        last = len(paragraph.pieces)
        for kind, author in paragraph.changes:
            paragraph.traits.append((kind, 0 if kind == "formatting" else last, last, author))
        if self._open_controls and last:
            paragraph.traits.append(("slot", 0, last, "control"))
        if paragraph.merged:
            self._flush(self._places[-1])
            self._places[-1].carry = paragraph
        else:
            self._hand_on(paragraph)

    def _hand_on(self, paragraph: Paragraph) -> None:
        if self._open:
            self._open[-1].anchored.append(paragraph)
            return
        waiting = [paragraph]
        while waiting:
            paragraph = waiting.pop()
            self._emit(paragraph)
            waiting.extend(reversed(paragraph.anchored))

    def _flush(self, place: Place) -> None:
        """Hand on a paragraph without a mark that nothing continues."""
        if place.carry is not None:
            paragraph, place.carry = place.carry, None
            self._hand_on(paragraph)

    def _ppr(self, _: Mapping[str, str]) -> None:
        self._properties = True

    def _ppr_end(self) -> None:
        self._properties = False

    def _style(self, attributes: Mapping[str, str]) -> None:
        if self._current is not None:
            self._current.style = attribute(attributes)

    def _num_id(self, attributes: Mapping[str, str]) -> None:
        if self._current is not None:
            self._current.num_id = whole(attributes)

    def _ilvl(self, attributes: Mapping[str, str]) -> None:
        if self._current is not None:
            self._current.ilvl = whole(attributes)

    def _outline(self, attributes: Mapping[str, str]) -> None:
        if self._current is not None:
            self._current.outline = whole(attributes)

    # Tracked changes

    def _deleted(self, attributes: Mapping[str, str], kind: str = "deletion") -> bool:
        author = attribute(attributes, "author") or ""
        if self._properties:
            if self._current is not None:
                self._current.merged = True
                self._current.changes.append((kind, author))
        elif self._tables and not self._tables[-1].cell:
            self._tables[-1].removed = True
            self._gone.append((kind, author))
        elif self._current is not None:
            here = len(self._current.pieces)
            self._current.traits.append((kind, here, here, author))
        return SKIP

    def _moved_from(self, attributes: Mapping[str, str]) -> bool:
        return self._deleted(attributes, "move")

    def _inserted(self, attributes: Mapping[str, str], kind: str = "insertion") -> None:
        revision = None
        if self._current is not None:
            author = attribute(attributes, "author") or ""
            if self._properties:
                self._current.changes.append((kind, author))
            else:
                revision = _Run(self._current), kind, author
        self._revisions.append(revision)

    def _moved_to(self, attributes: Mapping[str, str]) -> None:
        self._inserted(attributes, "move")

    def _revision_end(self) -> None:
        revision = self._revisions.pop()
        if revision is not None:
            begun, kind, author = revision
            self._put_on(begun, kind, author)

    def _reformatted(self, attributes: Mapping[str, str]) -> bool:
        author = attribute(attributes, "author") or ""
        if self._run is not None:
            self._look("formatting", author)
        elif self._properties and self._current is not None:
            self._current.changes.append(("formatting", author))
        return SKIP

    def _put_on(self, begun: _Run | _Control, kind: str, detail: str) -> None:
        """Note a trait of all that has come since ``begun``, in the paragraph of that time."""
        paragraph = begun.paragraph
        if paragraph is not None and len(paragraph.pieces) > begun.first:
            paragraph.traits.append((kind, begun.first, len(paragraph.pieces), detail))

    # Runs and their properties

    def _r(self, _: Mapping[str, str]) -> None:
        self._runs.append(_Run(self._current))

    def _r_end(self) -> None:
        run = self._runs.pop()
        if run.look is not None:
            for kind, detail in run.look:
                self._put_on(run, kind, detail)

    def _rpr(self, _: Mapping[str, str]) -> None:
        if self._runs and not self._properties:
            self._run = self._runs[-1]

    def _rpr_end(self) -> None:
        self._run = None

    def _look(self, kind: str, detail: str = "") -> None:
        if self._run is not None:
            if self._run.look is None:
                self._run.look = []
            self._run.look.append((kind, detail))

    def _run_style(self, attributes: Mapping[str, str]) -> None:
        style = attribute(attributes)
        if style is not None:
            self._look("style", style)

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if on(attributes):
            self._look("hidden")

    def _struck(self, attributes: Mapping[str, str]) -> None:
        if on(attributes):
            self._look("struck")

    def _highlight(self, attributes: Mapping[str, str]) -> None:
        if attribute(attributes) not in ("none", "white", None):
            self._look("highlight")

    def _color(self, attributes: Mapping[str, str]) -> None:
        if is_red(attribute(attributes)):
            self._look("red")

    def _shading(self, attributes: Mapping[str, str]) -> None:
        if is_glaring(attribute(attributes, "fill")):
            self._look("highlight")

    # Content controls

    def _sdt(self, _: Mapping[str, str]) -> None:
        current = self._current
        # In a text box the paragraph that it hangs on is open all the time.
        inline = current is not None and current.place is self._places[-1]
        self._controls.append(_Control(current if inline else None))

    def _unfilled(self, attributes: Mapping[str, str]) -> None:
        if self._controls and on(attributes):
            control = self._controls[-1]
            if control.paragraph is None and not control.open:
                self._open_controls += 1
            control.open = True

    def _sdt_end(self) -> None:
        control = self._controls.pop()
        if control.open and control.paragraph is None:
            self._open_controls -= 1
        elif control.open:
            self._put_on(control, "slot", "control")

    def _skip(self, _: Mapping[str, str]) -> bool:
        return SKIP

    # Text

    def _t(self, attributes: Mapping[str, str]) -> None:
        if self._current is None or self._in_instruction():
            return
        self._tag = self.parser.CurrentByteIndex
        space = attributes.get(XML_SPACE)
        self._preserve_here = self._preserve if space is None else space == "preserve"
        self._chunks = []
        self.parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        if self._chunks is not None:
            # A line end inside text is a space to Word.
            text = " " if text in ("\n", "\r") else text
            self._chunks.append((text, self.parser.CurrentByteIndex))
            self._count_piece()

    def _t_end(self) -> None:
        self.parser.CharacterDataHandler = None
        chunks, self._chunks = self._chunks, None
        if chunks and self._current is not None:
            if not self._preserve_here and (
                chunks[0][0][0] in SPACES or chunks[-1][0][-1] in SPACES
            ):
                _trim(chunks)
            tag = self._tag
            self._current.pieces += [(text, at, tag) for text, at in chunks if text]

    def _in_instruction(self) -> bool:
        # The result of a field inside the instruction of another is part of that instruction.
        # Text in an instruction itself has another element, so that any here is wanted.
        return self._instructions > bool(self._fields and self._fields[-1])

    def _put(self, text: str) -> None:
        if self._current is not None and not self._properties and not self._in_instruction():
            self._current.pieces.append((text, NOWHERE, NOWHERE))
            self._count_piece()

    def _count_piece(self) -> None:
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            raise too_large("文字被切得过碎", "text in too many pieces")

    def _tab(self, _: Mapping[str, str]) -> None:
        self._put("\t")

    def _break(self, _: Mapping[str, str]) -> None:
        self._put("\n")

    def _page_end(self, _: Mapping[str, str]) -> None:
        current, place = self._current, self._places[-1]
        if current is not None and not place.inner:
            leading = not current.pieces
            first = leading and place.kind == "cell" and place.count == 1
            self.pages.turn(current.address, leading=leading, first=first)

    def _hyphen(self, _: Mapping[str, str]) -> None:
        self._put("-")

    def _denominator(self, _: Mapping[str, str]) -> None:
        self._put("/")

    def _sym(self, attributes: Mapping[str, str]) -> None:
        self._put(symbol(attribute(attributes, "font"), attribute(attributes, "char")))

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        self._put(symbol(None, attributes.get(SYMBOL_CHARACTER)))

    def _field(self, attributes: Mapping[str, str]) -> None:
        kind = attribute(attributes, "fldCharType")
        fields = self._fields
        if kind == "begin":
            fields.append(True)
            self._said.append("")
            self._instructions += 1
        elif kind == "separate" and fields and fields[-1]:
            fields[-1] = False
            self._instructions -= 1
            if len(fields) == self._form:
                self._form_result = _Run(self._current)
        elif kind == "end" and fields:
            if len(fields) == self._form:
                self._form_end()
            self._instructions -= fields[-1]
            said = self._said.pop()
            if fields.pop() and not self._instructions:
                self._show(said)

    def _instruction(self, _: Mapping[str, str]) -> None:
        if self._fields and self._fields[-1]:
            self.parser.CharacterDataHandler = self._say

    def _instruction_end(self) -> None:
        self.parser.CharacterDataHandler = None

    def _say(self, text: str) -> None:
        if self._fields and len(self._said[-1]) < _LONGEST_INSTRUCTION:
            self._said[-1] += text[:_LONGEST_INSTRUCTION]

    def _show(self, said: str) -> None:
        """Put what a field without a result shows by itself."""
        button = _BUTTON.fullmatch(said)
        if button is not None:
            begun = _Run(self._current)
            self._put(button[2])
            if button[1].upper() == "MACRO":
                # Templates have them as prompts: a click selects all of it, typing replaces it.
                self._put_on(begun, "slot", "placeholder")

    def _text_input(self, _: Mapping[str, str]) -> None:
        self._form = len(self._fields)

    def _form_end(self) -> None:
        """Note a form field that shows nothing but the spaces that it came with."""
        result, self._form, self._form_result = self._form_result, 0, None
        if result is not None and result.paragraph is self._current and self._current is not None:
            shown = "".join([piece[0] for piece in self._current.pieces[result.first :]])
            if shown.isspace():
                self._put_on(result, "slot", "field")

    # Comments

    def _comment_start(self, attributes: Mapping[str, str]) -> None:
        self._mark("start", attributes)

    def _comment_end(self, attributes: Mapping[str, str]) -> None:
        self._mark("end", attributes)

    def _comment_at(self, attributes: Mapping[str, str]) -> None:
        self._mark("at", attributes)

    def _mark(self, kind: str, attributes: Mapping[str, str]) -> None:
        key = attribute(attributes, "id")
        if key is None:
            return
        self._count_piece()
        if self._current is None:
            self._waiting.append((kind, key))
        else:
            self._current.marks.append((kind, key, len(self._current.pieces)))

    # Tables, text boxes, notes

    def _tbl(self, _: Mapping[str, str]) -> None:
        self._flush(self._places[-1])
        self._table_count += 1
        self._tables.append(_Table(self._table_count))
        self.pages.table()

    def _tbl_end(self) -> None:
        self._tables.pop()
        self.pages.table_end()

    def _tr(self, _: Mapping[str, str]) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row += 1
            table.cell = 0
            table.column = 1
            table.removed = False
            self.pages.row()

    def _tc(self, _: Mapping[str, str]) -> bool | None:
        outer = self._places[-1]
        if not self._tables:
            self._places.append(Place(outer.base, outer.kind, outer.inner))
            return None
        table = self._tables[-1]
        table.cell += 1
        if table.removed:
            return SKIP
        base = _only(outer.base, (*_STORY, "textbox"))
        base.update(table=table.number, row=table.row, cell=table.cell)
        place = Place(base, "cell", outer.inner)
        place.cell = Cell(table.number, table.row, table.column)
        table.column += 1
        self._places.append(place)
        self.pages.cell()
        return None

    def _grid_span(self, attributes: Mapping[str, str]) -> None:
        place, columns = self._places[-1], whole(attributes)
        if self._tables and place.cell is not None and columns and 1 < columns <= _MOST_COLUMNS:
            place.cell = place.cell._replace(columns=columns)
            self._tables[-1].column += columns - 1

    def _grid_before(self, attributes: Mapping[str, str]) -> None:
        columns = whole(attributes)
        if self._tables and columns and 0 < columns <= _MOST_COLUMNS:
            self._tables[-1].column += columns

    def _tc_end(self) -> None:
        self._leave()
        self.pages.cell_end()

    def _leave(self) -> None:
        self._flush(self._places.pop())

    def _box(self, _: Mapping[str, str]) -> None:
        self._box_count += 1
        kind = "box" if self._kind == "body" else self._kind
        base = _only(self._places[-1].base, _STORY)
        base["textbox"] = self._box_count
        self._places.append(Place(base, kind, inner=True))
        self._outer_fields.append((self._fields, self._instructions, self._said))
        self._fields, self._instructions, self._said, self._form = [], 0, [], 0

    def _box_end(self) -> None:
        self._leave()
        self._fields, self._instructions, self._said = self._outer_fields.pop()

    def _note(self, attributes: Mapping[str, str]) -> bool | None:
        if (attribute(attributes, "type") or "normal") != "normal":
            return SKIP
        self._note_count += 1
        self._fields, self._instructions, self._said, self._form = [], 0, [], 0
        self._places.append(Place({self.name: self._note_count}, self._kind))
        return None

    # Links to other parts

    def _reference(self, attributes: Mapping[str, str]) -> None:
        target = relation_id(attributes)
        if target is not None:
            self.references.append(target)

    def _chunk(self, _: Mapping[str, str]) -> None:
        raise unusable(
            "正文嵌在另一份文件里（altChunk），请用Word打开并另存后再检查",
            "the text is in an embedded file (altChunk): open it in Word and save it again",
        )


def _only(base: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: base[key] for key in keys if key in base}


def _trim(chunks: list[tuple[str, int]]) -> None:
    """Drop white space at both ends of the text of a ``w:t``, in place."""
    first, last = 0, len(chunks)
    while first < last and not chunks[first][0].strip(SPACES):
        first += 1
    while last > first and not chunks[last - 1][0].strip(SPACES):
        last -= 1
    chunks[:] = chunks[first:last]
    if chunks:
        text, at = chunks[0]
        left = text.lstrip(SPACES)
        chunks[0] = left, at + len(text) - len(left)
        text, at = chunks[-1]
        chunks[-1] = text.rstrip(SPACES), at
