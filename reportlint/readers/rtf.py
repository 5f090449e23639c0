"""RTF files: what a word processor shows of them, one paragraph a line.

The body with its tables and text boxes comes first, then footnotes, endnotes, headers and footers,
each block with an address as in Word files: ``{"paragraph": 12}``, ``{"table": 1, "row": 2,
"cell": 3, "paragraph": 1}``, ``{"footnote": 1, "paragraph": 1}``. Numbers of lists, which the file
holds as text, stand before their paragraphs as ``Block.auto``; bullets are left out. Hidden text is
read, since it is in the file. Comments are apart from the text, on the words that they are about.
Not read: deleted text, instructions of fields, pictures.

Bytes are text in the encoding of their font, or in that of the file; ``\\u`` goes before both. The
file is scanned once, in time linear in its length. Fixes are not written: a word is spread over so
much formatting that few of them would be exact.

Reference: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportlint.document import Comment, Document
from reportlint.readers.docx.styles import BODY_LEVEL, Style
from reportlint.readers.limits import MAX_TAGS, MAX_XML, refused, too_large, unusable
from reportlint.readers.numerals import join
from reportlint.readers.paragraphs import Paragraphs, about
from reportlint.readers.symbols import symbol

if TYPE_CHECKING:
    from reportlint.findings import Edit

MAX_DEPTH = 2_000
"""Groups inside one another."""

_MAX_NESTED = 50
"""Tables inside one another."""

_LONGEST_CHAIN = 20
"""Styles based on one another."""

_LONGEST_NAME = 200

_REST = (
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})?\x20?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])"
    rb"|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
)
_TOKEN = re.compile(rb"(?!)()|" + _REST, re.DOTALL)
_RUN = re.compile(rb"((?:\\u-?[0-9]{1,6}\x20?(?:\\'[0-9A-Fa-f]{2}|\?))+)|" + _REST, re.DOTALL)
"""As ``_TOKEN``, but takes a run of ``\\u`` with a fallback of one character each at once."""
_POINT = re.compile(rb"u(-?[0-9]+)")

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_LABEL = re.compile(r"\w|[①-⒛㈠-㊉]")

_CHARSETS = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "cp950", 128: "cp932",
    129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
_SYMBOL = 2
_PAGES = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 10000: "mac_roman", 10008: "gb18030"}

_CHARACTERS = {
    "bullet": "•", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "ldblquote": "“", "rdblquote": "”", "lquote": "‘", "rquote": "’",
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "zwj": "\u200d", "zwnj": "\u200c",
    "zwbo": "\u200b", "zwnbo": "\u2060", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_ESCAPED = {b"\\": b"\\", b"{": b"{", b"}": b"}"}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "\u00ad", b"\t": "\t"}

_STORIES = {
    "footnote": "footnote",
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
}  # fmt: skip
_BOXES = ("shptxt", "dptxbxtext")
_REMARKS = {"atrfstart": "mark", "atrfend": "mark", "atnref": "key", "atnauthor": "author"}
"""What belongs to comments, and what becomes of the text in it."""

_NAMED = frozenset(("fonts", "styles", *_REMARKS.values()))
"""Sinks whose text is a name, and ends with its group."""

_WANTED = frozenset(_STORIES).union(
    _BOXES,
    _REMARKS,
    ("annotation", "do", "listtext", "nesttableprops", "pntext", "result", "shpgrp", "shpinst"),
    ("ud",),
)
"""Destinations that are read although they are marked as ones that may be passed over."""
_UNSEEN = frozenset((
    "colortbl", "comment", "filetbl", "fldinst", "ftnsep", "ftnsepc", "ftncn",
    "aftnsep", "aftnsepc", "aftncn", "info", "nonesttables", "nonshppict", "pict", "private",
    "rxe", "shprslt", "sp", "tc", "template", "title", "txe", "xe",
))  # fmt: skip
"""Destinations that hold no text of the draft, and may come without that mark."""

# What becomes of the text in a group.
_SHOWN, _MUTE, _OFF = range(3)


class _State:
    """What a group inherits and what ends with it: character and paragraph formatting.

    ``sink`` takes the text; ``place`` is not None in the group that began a story.
    """

    __slots__ = (
        "deleted",
        "font",
        "itap",
        "mode",
        "outline",
        "place",
        "sink",
        "style",
        "table",
        "uc",
    )

    def __init__(self) -> None:
        self.mode = _SHOWN
        self.sink = "text"
        self.place: _Place | None = None
        self.uc = 1
        self.font: int | None = None
        self.deleted = False
        self.style = 0
        self.outline: int | None = None
        self.table = False
        self.itap = 0

    def inner(self) -> _State:
        """Return the state in which a group inside begins."""
        state = _State.__new__(_State)
        state.mode, state.sink, state.place, state.uc = self.mode, self.sink, None, self.uc
        state.font, state.deleted, state.style = self.font, self.deleted, self.style
        state.outline, state.table, state.itap = self.outline, self.table, self.itap
        return state


class _Line:
    """A finished paragraph."""

    __slots__ = ("address", "auto", "kind", "level", "marks", "text")

    def __init__(
        self,
        text: str,
        kind: str,
        level: int,
        address: Mapping[str, Any],
        auto: str,
        marks: Sequence[tuple[str, int]],
    ) -> None:
        self.text = text
        self.kind = kind
        self.level = level
        self.address = address
        self.auto = auto
        self.marks = marks


class _Remark:
    """A comment while it is read.

    ``key`` names the marks on its words, ``own`` the one where it stands itself.
    """

    __slots__ = ("author", "key", "own", "text")

    def __init__(self, own: str, author: str) -> None:
        self.key = ""
        self.own = own
        self.author = author
        self.text = ""


class _Table:
    __slots__ = ("cell", "count", "number", "row")

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = self.cell = 1
        self.count = 0


class _Place:
    """A story or a text box while it is read: its paragraphs so far and the open one.

    ``marks`` are names of comments and how many pieces of ``text`` are before their ends.
    """

    __slots__ = (
        "anchored",
        "auto",
        "boxes",
        "count",
        "lines",
        "marks",
        "name",
        "number",
        "remark",
        "tables",
        "tables_seen",
        "text",
    )

    def __init__(self, name: str, number: int = 0) -> None:
        self.name = name
        self.number = number
        self.boxes = 0
        self.lines: list[_Line] = []
        self.text: list[str] = []
        self.auto: list[str] = []
        self.anchored: list[_Line] = []
        self.marks: list[tuple[str, int]] = []
        self.remark: _Remark | None = None
        self.tables: list[_Table] = []
        self.tables_seen = self.count = 0


class _Font:
    __slots__ = ("charset", "name")

    def __init__(self) -> None:
        self.charset = 1
        self.name = ""


def read(data: bytes, path: str) -> Document:
    """Read an RTF file. Raises ReadError RL002 for one that is damaged or too large."""
    start = len(data) - len(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if not data.startswith(b"{\\rtf", start):
        raise unusable("这不是RTF文件", "not an RTF file")
    if len(data) > 4 * MAX_XML or data.count(b"\\") + data.count(b"{") > MAX_TAGS:
        raise too_large("控制字过多", "too many control words")
    reader = _Reader(data, start)
    reader.scan()
    out = reader.paragraphs()
    text = out.text()
    return Document(
        text,
        path=path,
        format="rtf",
        encoding=None,
        blocks=out.blocks,
        comments=list(reader.comments(text)),
    )


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Raise WriteError unless there is nothing to do."""
    if not edits:
        return data
    raise refused(
        f"{document.path}：RTF文件不能自动修改，请另存为docx",
        f"{document.path}: fixes are not written into RTF: save it as docx",
    )


class _Reader:
    """One scan over the bytes of a file."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._at = start
        self._state = _State()
        self._stack: list[_State] = []
        self._skip = 0
        self._starred = False
        self._opening = False
        self._raw = bytearray()
        self._codec = "cp1252"
        self._default_font: int | None = None
        self._fonts: dict[int, _Font] = {}
        self._styles: dict[int, Style] = {}
        self._based_on: dict[int, int] = {}
        self._levels: dict[int, tuple[int, bool]] = {}
        self._name: list[str] = []
        self._style_id: int | None = None
        self._style_new: Style | None = None
        self._author = ""
        self._remarks: list[_Remark] = []
        self._marks: dict[str, list[int]] = {}
        self._body = self._place = _Place("body")
        self._outer: list[_Place] = []
        self._stories: dict[str, list[_Place]] = {
            name: [] for name in ("footnote", "endnote", "header", "footer")
        }
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": self._par, "sect": self._par, "page": self._page, "cell": self._cell,
            "nestcell": self._nestcell, "row": self._row, "nestrow": self._nestrow,
            "pard": self._pard, "plain": self._plain, "intbl": self._intbl, "itap": self._itap,
            "s": self._s, "cs": self._no_style, "ds": self._no_style, "ts": self._no_style,
            "outlinelevel": self._outline, "sbasedon": self._sbasedon, "f": self._f,
            "deff": self._deff, "fcharset": self._fcharset, "ansicpg": self._ansicpg,
            "mac": self._mac, "pc": self._pc, "pca": self._pca, "uc": self._uc, "u": self._u,
            "deleted": self._deleted, "ftnalt": self._ftnalt, "bin": self._bin,
        }  # fmt: skip

    def paragraphs(self) -> Paragraphs:
        """Return the paragraphs of all stories in their order. Raises ReadError."""
        out = Paragraphs()
        for line in self._body.lines:
            self._add(out, line, line.level, line.address)
        for name, places in self._stories.items():
            for number, place in enumerate(places, 1):
                for line in place.lines:
                    self._add(out, line, 0, {name: number, **line.address})
        return out

    def _add(self, out: Paragraphs, line: _Line, level: int, address: Mapping[str, Any]) -> None:
        at = out.add(line.text, line.kind, level, address, line.auto)
        for key, within in line.marks:
            self._marks.setdefault(key, []).append(at + within)

    def comments(self, text: str) -> Iterator[Comment]:
        """Yield the comments on words of ``text``, that of ``paragraphs()``."""
        for remark in self._remarks:
            places = self._marks.get(remark.key) or self._marks.get(remark.own)
            if places:
                extent = about(text, min(places), min(max(places), len(text)))
                yield Comment(*extent, remark.text, True, remark.author)

    def scan(self) -> None:
        """Read the whole file. Raises ReadError."""
        data, size = self._data, len(self._data)
        while self._at < size:
            fast = self._state.uc == 1 and not self._skip
            match = (_RUN if fast else _TOKEN).match(data, self._at)
            assert match is not None  # every byte begins a token
            self._at = match.end()
            run, word, number, byte, sign, brace, text = match.groups()
            if text is not None:
                self._literal(text)
            elif run is not None:
                self._opening = self._starred = False
                self._put("".join([self._point(int(n)) for n in _POINT.findall(run)]))
            elif word is not None:
                self._word(word.decode(), None if number is None else int(number))
            elif byte is not None:
                self._literal(bytes((int(byte, 16),)))
            elif brace == b"{":
                self._begin()
            elif brace == b"}":
                if not self._end():
                    return
            elif sign is not None:
                self._sign(sign)
        raise unusable(
            "文件不完整，可能没有传完（缺少结尾的括号）",
            "the file is incomplete, perhaps cut off: the last group is not closed",
        )

    # Groups

    def _begin(self) -> None:
        self._settle()
        if len(self._stack) >= MAX_DEPTH:
            raise too_large("嵌套过深", "groups are nested too deeply")
        self._stack.append(self._state)
        self._state = self._state.inner()
        self._skip = 0
        self._opening, self._starred = True, False

    def _end(self) -> bool:
        """End a group; return whether it was not the last one."""
        self._settle()
        self._skip = 0
        self._opening = self._starred = False
        state = self._state
        if not self._stack:
            return True
        self._state = self._stack.pop()
        if state.place is not None:
            self._end_story(state)
        if state.mode != _OFF:
            self._entry(state)
        if not self._stack:
            self._finish(state)
        return bool(self._stack)

    def _finish(self, state: _State) -> None:
        """End a story, whose last paragraph may lack its mark."""
        place = self._place
        if place.text or place.auto:
            self._paragraph(state)
        place.lines += place.anchored

    def _destination(self, word: str, starred: bool) -> bool:
        """Begin the destination ``word``, if it is one, at the beginning of its group."""
        state = self._state
        if state.mode == _OFF:
            return True
        if word in _UNSEEN or (starred and word not in _WANTED):
            state.mode = _OFF
        elif word in _STORIES:
            self._story(_STORIES[word])
        elif word in _BOXES:
            self._story("textbox")
        elif word == "annotation":
            self._annotation()
        elif word in _REMARKS:
            state.sink = _REMARKS[word]
        elif word in ("listtext", "pntext"):
            state.sink = "label"
        elif word in ("fonttbl", "stylesheet"):
            state.sink = "fonts" if word == "fonttbl" else "styles"
        elif word in ("upr", "object"):
            state.mode = _MUTE
        elif word in ("ud", "result"):
            state.mode = _SHOWN
        else:
            return starred
        return True

    def _story(self, name: str) -> None:
        if len(self._outer) > _MAX_NESTED:
            raise too_large("嵌套过深", "text boxes are nested too deeply")
        if name == "textbox":
            self._place.boxes += 1
        inner = _Place(name, self._place.boxes)
        self._outer.append(self._place)
        self._place = inner
        state = self._state
        state.place, state.mode, state.sink = inner, _SHOWN, "text"
        state.table, state.itap, state.outline, state.style = False, 0, None, 0

    def _annotation(self) -> None:
        # The space keeps it apart from the names of marks.
        remark = _Remark(f" {len(self._remarks)}", self._author)
        self._author = ""
        self._remarks.append(remark)
        self._mark(remark.own)
        self._story("comment")
        self._place.remark = remark

    def _mark(self, key: str) -> None:
        self._place.marks.append((key, len(self._place.text)))

    def _end_story(self, state: _State) -> None:
        self._finish(state)
        place = self._place
        self._place = self._outer.pop()
        if place.remark is not None:
            place.remark.text = "\n".join(line.text for line in place.lines).strip()
            return
        if place.name == "textbox":
            self._place.anchored += place.lines
        elif any(line.text.strip() for line in place.lines):
            self._stories[place.name].append(place)

    def _entry(self, state: _State) -> None:
        """Take in what a group of the font table or the style sheet has said."""
        if state.sink not in _NAMED:
            return
        name = "".join(self._name).strip().rstrip(";").strip()
        self._name = []
        if state.sink == "fonts":
            font = self._font(state)
            if font is not None and name and not font.name:
                font.name = name
        elif state.sink == "author":
            self._author = name
        elif state.sink == "mark":
            self._mark(name)
        elif state.sink == "key":
            if self._place.remark is not None:
                self._place.remark.key = name
        elif self._style_new is not None and self._style_id is not None:
            self._style_new.rename(name)
            self._styles[self._style_id] = self._style_new
            self._style_id = self._style_new = None

    def _font(self, state: _State) -> _Font | None:
        return None if state.font is None else self._fonts.get(state.font)

    # Words

    def _word(self, word: str, number: int | None) -> None:
        opening, starred = self._opening, self._starred
        self._opening = self._starred = False
        if word == "bin":
            self._bin(number)
            return
        if self._skip:
            self._skip -= 1
            return
        if opening and self._destination(word, starred):
            return
        if self._state.mode == _OFF:
            return
        character = _CHARACTERS.get(word)
        if character is not None:
            self._put(character)
            return
        handler = self._words.get(word)
        if handler is not None:
            handler(number)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = self._opening
            return
        self._opening = self._starred = False
        if self._skip:
            self._skip -= 1
        elif sign in _ESCAPED:
            self._literal(sign)
        elif sign in b"\r\n":
            self._par(None)
        elif sign in _SYMBOLS:
            self._put(_SYMBOLS[sign])

    def _bin(self, number: int | None) -> None:
        self._at += max(number or 0, 0)

    def _u(self, number: int | None) -> None:
        if number is not None:
            self._put(self._point(number))
            self._skip = self._state.uc

    def _point(self, number: int) -> str:
        number &= 0xFFFF
        if 0xF000 <= number < 0xF100:
            font = self._font(self._state)
            if font is not None and font.charset == _SYMBOL:
                return symbol(font.name, f"{number:X}")
        return chr(number)

    def _uc(self, number: int | None) -> None:
        self._state.uc = 1 if number is None else min(max(number, 0), 100)

    def _f(self, number: int | None) -> None:
        self._settle()
        if self._state.sink == "fonts" and number is not None:
            self._entry(self._state)
            if len(self._fonts) < MAX_DEPTH:
                self._fonts.setdefault(number, _Font())
        self._state.font = number

    def _deff(self, number: int | None) -> None:
        self._default_font = self._state.font = number

    def _fcharset(self, number: int | None) -> None:
        font = self._font(self._state)
        if self._state.sink == "fonts" and font is not None and number is not None:
            font.charset = number

    def _ansicpg(self, number: int | None) -> None:
        if number in _PAGES:
            self._codec = _PAGES[number]
        elif number is not None and _is_codec(f"cp{number}"):
            self._codec = f"cp{number}"

    def _mac(self, _: int | None) -> None:
        self._codec = "mac_roman"

    def _pc(self, _: int | None) -> None:
        self._codec = "cp437"

    def _pca(self, _: int | None) -> None:
        self._codec = "cp850"

    def _deleted(self, number: int | None) -> None:
        self._settle()
        self._state.deleted = number != 0

    def _plain(self, _: int | None) -> None:
        self._settle()
        self._state.font, self._state.deleted = self._default_font, False

    def _pard(self, _: int | None) -> None:
        state = self._state
        state.style, state.outline, state.table, state.itap = 0, None, False, 0

    def _intbl(self, _: int | None) -> None:
        self._state.table = True

    def _itap(self, number: int | None) -> None:
        self._state.itap = min(max(number or 0, 0), _MAX_NESTED)

    def _s(self, number: int | None) -> None:
        if self._state.sink == "styles":
            self._style_id, self._style_new = number, Style()
        elif number is not None:
            self._state.style = number

    def _no_style(self, _: int | None) -> None:
        if self._state.sink == "styles":
            self._style_id = self._style_new = None

    def _sbasedon(self, number: int | None) -> None:
        if self._style_id is not None and number is not None:
            self._based_on[self._style_id] = number

    def _outline(self, number: int | None) -> None:
        if self._state.sink == "styles":
            if self._style_new is not None:
                self._style_new.outline = number
        else:
            self._state.outline = number

    def _ftnalt(self, _: int | None) -> None:
        if self._place.name == "footnote":
            self._place.name = "endnote"

    # Text

    def _literal(self, text: bytes) -> None:
        self._opening = self._starred = False
        if self._skip:
            skip = min(self._skip, len(text))
            self._skip -= skip
            text = text[skip:]
        if self._state.mode == _SHOWN:
            self._raw += text

    def _settle(self) -> None:
        """Decode the bytes that wait for the rest of their characters."""
        if self._raw:
            raw, self._raw = bytes(self._raw), bytearray()
            self._take(self._decoded(raw))

    def _decoded(self, raw: bytes) -> str:
        font = None if self._state.sink in ("fonts", "styles") else self._font(self._state)
        charset = font.charset if font else 1
        if font is not None and charset == _SYMBOL:
            return "".join(symbol(font.name, f"F0{byte:02X}") if byte > 32 else " " for byte in raw)
        if raw.isascii():
            return raw.decode()
        codec = _CHARSETS.get(charset, self._codec)
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            # Chinese editors write × and · of Latin fonts as Windows has them.
            return raw.decode("cp1252" if charset == 0 else codec, "replace")

    def _put(self, text: str) -> None:
        self._settle()
        if self._state.mode == _SHOWN:
            self._take(text)

    def _take(self, text: str) -> None:
        state = self._state
        if state.sink == "text":
            if not state.deleted:
                self._place.text.append(text)
        elif state.sink == "label":
            self._place.auto.append(text)
        elif len(self._name) < _LONGEST_NAME:
            self._name.append(text[:_LONGEST_NAME])

    # Paragraphs and tables

    def _par(self, _: int | None) -> None:
        self._settle()
        if self._state.mode != _OFF and self._state.sink == "text" and not self._state.deleted:
            self._paragraph(self._state)

    def _page(self, _: int | None) -> None:
        self._settle()
        if self._place.text:
            self._par(None)

    def _cell(self, _: int | None) -> None:
        self._end_cell(1)

    def _nestcell(self, _: int | None) -> None:
        self._end_cell(max(self._state.itap, 2))

    def _end_cell(self, level: int) -> None:
        self._settle()
        place = self._place
        tables = self._tables(level)
        if place.text or place.auto or not tables[-1].count:
            self._paragraph(self._state, level)
        tables[-1].cell += 1
        tables[-1].count = 0

    def _row(self, _: int | None) -> None:
        self._end_row(1)

    def _nestrow(self, _: int | None) -> None:
        self._end_row(max(self._state.itap, 2))

    def _end_row(self, level: int) -> None:
        self._settle()
        if len(self._place.tables) >= level:
            table = self._tables(level)[-1]
            table.row += 1
            table.cell = 1
            table.count = 0

    def _tables(self, level: int) -> list[_Table]:
        """Return the open tables, opened and closed down to ``level``."""
        place = self._place
        del place.tables[level:]
        while len(place.tables) < level:
            place.tables_seen += 1
            place.tables.append(_Table(place.tables_seen))
        return place.tables

    def _paragraph(self, state: _State, level: int | None = None) -> None:
        """End the paragraph of the place, ``level`` tables deep if the mark says so."""
        place = self._place
        level = state.itap or int(state.table) if level is None else level
        text = _cleaned(place.text)
        auto = "".join(place.auto)
        marks, last, within = [], 0, 0
        for key, pieces in place.marks:
            within += len(_cleaned(place.text[last:pieces]))
            last = pieces
            marks.append((key, min(within, len(text))))
        place.text, place.auto, place.marks = [], [], []
        label = auto.strip() if _LABEL.search(auto) else ""
        label = join(label, text, "tab" if auto[-1:].isspace() else "nothing")

        address: dict[str, Any] = {}
        tables = self._tables(level)
        if tables:
            table = tables[-1]
            table.count += 1
            address.update(table=table.number, row=table.row, cell=table.cell)
            address["paragraph"] = table.count
        else:
            place.count += 1
            address["paragraph"] = place.count
        if place.name == "textbox":
            address = {"textbox": place.number, **address}
        kind, depth = self._kind(state, bool(tables))
        place.lines.append(_Line(text, kind, depth, address, label, marks))
        anchored, place.anchored = place.anchored, []
        place.lines += anchored

    def _kind(self, state: _State, in_table: bool) -> tuple[str, int]:
        level, contents = self._look(state.style)
        if contents:
            return "opaque", 0
        if in_table:
            return "cell", 0
        if state.outline is not None:
            level = state.outline + 1 if 0 <= state.outline < BODY_LEVEL else 0
        return ("heading", level) if level else ("text", 0)

    def _look(self, id: int) -> tuple[int, bool]:
        """Return the level of the headings of a style, or 0, and whether it is one of contents."""
        known = self._levels.get(id)
        if known is not None:
            return known
        style_id: int | None = id
        level: int | None = None
        contents = False
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id) if style_id is not None else None
            if style is None or style_id is None:
                break
            contents = contents or style.contents
            if level is None:
                level = style.named_level
                if style.outline is not None:
                    level = style.outline + 1 if 0 <= style.outline < BODY_LEVEL else 0
            style_id = self._based_on.get(style_id)
        self._levels[id] = level or 0, contents
        return self._levels[id]


def _cleaned(pieces: Sequence[str]) -> str:
    """Return the text of pieces, pairs of surrogates as the characters that they stand for."""
    text = "".join(pieces)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub("", text)


def _is_codec(name: str) -> bool:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
