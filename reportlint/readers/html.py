"""HTML pages: the text that a browser shows, one block of the page a line.

``Document.text`` holds decoded text without tags, so that rules, messages and excerpts never meet
markup: ``&times;&times;`` is ``××``, and a word stays one word when its letters lie in several
``<span>``. Where each character came from is kept, and ``Document.lines`` answers with the line and
column of the *source*, the place that an editor shows. The end of a span that ends at a tag may be
reported behind that tag.

White space is collapsed as a browser does; a line end between two Chinese characters, which wraps
the source only, vanishes. ``<pre>`` and ``<code>`` are ``opaque`` unless most of what they hold is
Chinese. Numbers of ordered lists stand before their items as ``Block.auto``. Not read: scripts,
styles, ``<title>``, ``<noscript>``, ``<svg>``, choices of forms, deleted text, ruby. A
comment is where the text that follows it in its block begins, or else the next block.

The page is scanned here and not with ``html.parser``, whose offsets are lines and columns, whose
results differ between releases of Python, and which takes quadratic time on broken pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportlint.document import Block, Comment, Document, Lines
from reportlint.readers import text as plain
from reportlint.readers.decode import MARKS, Decoded, codec, decode
from reportlint.readers.limits import MAX_PIECES, MAX_TAGS, MAX_XML, too_large
from reportlint.readers.numerals import join, numeral
from reportlint.readers.paragraphs import Paragraphs
from reportlint.readers.splice import Piece, reads_as, splices, unverified

if TYPE_CHECKING:
    from reportlint.findings import Edit

MAX_DEPTH = 2_000
"""Elements inside one another, of those that are followed."""

_META = 4096
_ATTRIBUTES = 2000
"""Characters of a tag whose attributes are looked at."""

_META_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_XML_CHARSET = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_CHARSETS = _names(
    "idna punycode raw-unicode-escape unicode-escape utf-7 utf-16 utf-16-be utf-16-le"
)
"""Codecs that no page is in whose declaration can be read."""

_TAG = re.compile(r"</?([A-Za-z][^\s/>]{0,100})")
_VALUE = re.compile(r"""=[ \t\r\n\f]*+(["'])|>""")
_ATTRIBUTE = re.compile(
    r"""[ \t\r\n\f/"']([A-Za-z-]{1,40})(?:[ \t\r\n\f]{0,99}=[ \t\r\n\f]{0,99}"""
    r"""(?:"([^"]{0,500})|'([^']{0,500})|([^\s"'>]{0,99})))?"""
)
_TOKEN = re.compile(
    r"[ \t\r\n\f]+|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
    r"|[^ \t\r\n\f&]+|&"
)
_WRAP = "\n "
_NEWLINE = re.compile(r"\r\n?|\n")
_SPACES = " \t\r\n\f"
_SOLID = re.compile(r"\S")

_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol option p pre section summary table tbody td tfoot th thead tr ul"
)
_UNSEEN = _names(
    "audio canvas datalist del noscript object rp rt script select style svg template title"
    " textarea video xmp iframe noembed noframes"
)
_RAW = _names("iframe noembed noframes script style textarea title xmp")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in sorted(_RAW)}
_CODE = frozenset(("code", "kbd", "pre", "samp"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("dir", "menu", "ol", "ul")
_FOLLOWED = _UNSEEN | _CODE | {*_HEADINGS, *_LISTS, "li", "table", "td", "th", "tr"}

_LIST_FORMATS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_UNNUMBERED = frozenset(("none", "disc", "circle", "square"))
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}([\w-]{1,40})")


class Origin(NamedTuple):
    """What the page was read from. ``pieces`` are in code points of ``source``."""

    source: str
    mark: bytes
    pieces: list[Piece]


class _Token(NamedTuple):
    """A bit of text and where it stands in the source; ``at`` is -1 where it does not."""

    text: str
    at: int
    size: int


class SourceLines(Lines):
    """Offsets of the text to lines and columns of the source, and back."""

    __slots__ = ("_pieces",)

    def __init__(self, source: str, pieces: list[Piece]) -> None:
        super().__init__(source)
        self._pieces = pieces

    def position(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of the place in the source that ``offset`` of the text is at."""
        return super().position(self.at(offset))

    def span(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return (line, column, line, column) of both ends of a range, in the source."""
        return super().span(self.at(start), self.at(end))

    def at(self, offset: int) -> int:
        """Return the offset in the source of an offset of the text."""
        index = bisect_right(self._pieces, offset, key=lambda piece: piece.start) - 1
        if index < 0:
            return self._pieces[0].at if self._pieces else 0
        piece = self._pieces[index]
        within = offset - piece.start
        if within >= piece.length:
            return piece.at + piece.size
        return piece.at + (within if piece.literal else 0)

    def offset(self, line: int, column: int) -> int:
        """Return the offset in the text of a place in the source; the next one if it has none."""
        at = super().offset(line, column)
        index = bisect_right(self._pieces, at, key=lambda piece: piece.at) - 1
        if index >= 0 and at < self._pieces[index].at + self._pieces[index].size:
            piece = self._pieces[index]
            return piece.start + (at - piece.at if piece.literal else 0)
        if index + 1 < len(self._pieces):
            return self._pieces[index + 1].start
        return self._pieces[-1].start + self._pieces[-1].length if self._pieces else 0


def read(data: bytes, path: str) -> Document:
    """Read an HTML page.

    Raises ReadError: RL001 for what cannot be decoded, RL002 for a page that is nested too deeply
    or too large.
    """
    if len(data) > MAX_XML or data.count(b"<") > MAX_TAGS:
        raise too_large("网页过长", "the page is too long")
    decoded = _decode(data)
    page = _Page(decoded.text)
    page.scan()
    origin = Origin(decoded.text, decoded.mark, page.pieces)
    return Document(
        page.out.text(),
        path=path,
        format="html",
        encoding=decoded.encoding,
        blocks=page.blocks(),
        comments=page.comments,
        origin=origin,
        lines=SourceLines(decoded.text, page.pieces),
    )


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data`` with ``edits``, in coordinates of ``document.text``, made in its text.

    Tags and everything else stay byte for byte. A character that the encoding of the page lacks is
    written as a reference. Raises WriteError where an edit touches the end of a block or the
    number of a list, and where ``data`` is not what was read.
    """
    if not edits:
        return data
    origin: Origin = document.origin
    encoding = document.encoding or "utf-8"
    source = Document(
        origin.source, path=document.path, encoding=encoding, blocks=(), origin=origin.mark
    )
    changes = [
        edit._replace(replacement=_escape(edit.replacement, encoding))
        for edit in splices(document, origin.pieces, edits)
    ]
    written = plain.write(source, data, changes)
    if not reads_as(document, edits, read(written, document.path)):
        raise unverified()
    return written


def _escape(text: str, encoding: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    name = codec(encoding)
    return escaped.encode(name, "xmlcharrefreplace").decode(name)


def _decode(data: bytes) -> Decoded:
    """Decode a page: by its byte-order mark, else by what it declares, else by what it looks like.

    What is UTF-8 beyond doubt is that whatever it declares: pages that were converted often keep
    the old declaration.
    """
    if data.startswith(tuple(mark for mark, _ in MARKS)):
        return decode(data)
    head = data[:_META]
    declared = _META_CHARSET.search(head) or _XML_CHARSET.match(head)
    if declared is None:
        return decode(data)
    import codecs

    name = declared.group(1).decode("ascii", "replace").lower()
    try:
        name = codecs.lookup("gb18030" if name in ("gb2312", "gbk") else name).name
        text = "\0" if name in _NO_CHARSETS else data.decode(name)
    except (LookupError, UnicodeError):
        return decode(data)
    if "\0" in text or (name != "utf-8" and _surely_utf8(data)):
        return decode(data)
    return Decoded(text, name, b"")


def _surely_utf8(data: bytes) -> bool:
    try:
        return any(char >= "\u0800" for char in data.decode())
    except UnicodeDecodeError:
        return False


class _List:
    """An open list: the number of its last item, and the format of its numbers or None."""

    __slots__ = ("format", "number")

    def __init__(self, number: int, format: str | None) -> None:
        self.number = number
        self.format = format


class _Page:
    """One scan over the source of a page."""

    def __init__(self, source: str) -> None:
        self.out = Paragraphs()
        self.pieces: list[Piece] = []
        self.comments: list[Comment] = []
        self._source = source
        # The elements that are open, and for each name where in that stack it is.
        self._open: list[str] = []
        self._where: dict[str, list[int]] = {}
        self._unseen = 0
        self._lists: list[_List] = []
        self._auto = ""
        self._item = False
        # The paragraph that is being read, comments and code in it by index of piece.
        self._line: list[_Token] = []
        self._remarks: list[tuple[int, str]] = []
        self._code: list[tuple[int, int]] = []
        self._code_starts: list[tuple[int, int, int, int]] = []
        self._han = self._solid = 0
        self._opaque: list[Block] = []

    def blocks(self) -> list[Block]:
        """Return the blocks, code spans within those of their lines."""
        found = [*self.out.blocks, *self._opaque]
        found.sort(key=lambda block: (block.start, -block.end))
        return found

    def scan(self) -> None:
        """Read the whole page. Raises ReadError."""
        source, position = self._source, 0
        quotes = {'"': True, "'": True}
        while position < len(source):
            at = source.find("<", position)
            at = len(source) if at < 0 else at
            if at > position:
                self._text(position, at)
            if at == len(source):
                break
            tag = _TAG.match(source, at)
            if tag is None:
                position = self._other(at)
                continue
            position = self._tag_end(tag.end(), quotes)
            name = tag[1].lower()
            if source[at + 1] == "/":
                self._end(name)
                continue
            self._start(name, source[tag.end() : min(position, tag.end() + _ATTRIBUTES)])
            if name in _RAW and source[position - 2 : position] != "/>":
                end = _RAW_END[name].search(source, position)
                position = end.start() if end else len(source)
        while self._open:
            self._pop()
        self._flush()
        last = max(self.out.length - 1, 0)
        self.comments += [Comment(last, last, remark) for _, remark in self._remarks]

    def _tag_end(self, position: int, quotes: dict[str, bool]) -> int:
        """Return where a tag ends whose name ends at ``position``.

        ``quotes`` remembers which quotation marks close no more, so that none is sought twice.
        """
        source = self._source
        while match := _VALUE.search(source, position):
            position = match.end()
            if not match[1]:
                return position
            if quotes[match[1]]:
                closing = source.find(match[1], position)
                quotes[match[1]] = closing >= 0
                position = closing + 1 if closing >= 0 else position
        return len(source)

    def _other(self, at: int) -> int:
        """Take a comment, a declaration or a sign that begins nothing; return where it ends."""
        source = self._source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 2)
            end = len(source) if end < 0 else end + 3
            self._remarks.append(
                (len(self._line), source[at + 4 : end].removesuffix("-->").strip())
            )
            return end
        if source.startswith(("<!", "<?", "</"), at):
            end = source.find(">", at)
            return len(source) if end < 0 else end + 1
        self._put("<", at, 1)
        return at + 1

    # Elements

    def _start(self, name: str, rest: str) -> None:
        if name in _BLOCKS:
            self._flush()
        if name == "br":
            self._put("\n", -1, 0)
        elif name == "li":
            self._close(("li",), (*_LISTS, "td", "th"))
        elif name in ("td", "th"):
            self._close(("td", "th"), ("tr", "table"))
        elif name == "tr":
            self._close(("tr",), ("table",))
        elif name in _HEADINGS:
            self._close(_HEADINGS, ())
        if name not in _FOLLOWED or rest.endswith("/>"):
            return
        if len(self._open) >= MAX_DEPTH:
            raise too_large("元素嵌套过深", "elements are nested too deeply")
        self._where.setdefault(name, []).append(len(self._open))
        self._open.append(name)
        if name in _UNSEEN:
            self._unseen += 1
        elif name in _LISTS:
            self._lists.append(_list(name, rest))
        elif name == "li":
            self._begin_item(rest)
        elif name in _CODE:
            mark = len(self.out.blocks), len(self._line), self._han, self._solid
            self._code_starts.append(mark)

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self._flush()
        if name == "br":
            self._put("\n", -1, 0)
        if self._where.get(name):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._open[-1]
        if name in _BLOCKS:
            self._flush()
        self._open.pop()
        self._where[name].pop()
        if name in _UNSEEN:
            self._unseen -= 1
        elif name in _LISTS:
            self._lists.pop()
        elif name == "li":
            self._item, self._auto = False, ""
        elif name in _CODE:
            self._end_code(*self._code_starts.pop())
        return name

    def _inside(self, name: str) -> int:
        """Return the place in the stack of the innermost element ``name``, or -1."""
        places = self._where.get(name)
        return places[-1] if places else -1

    def _close(self, names: Iterable[str], limits: Iterable[str]) -> None:
        """Close an element of ``names`` that was left open, unless one of ``limits`` is in it."""
        innermost = max(map(self._inside, names))
        if innermost >= 0 and innermost > max(map(self._inside, limits), default=-1):
            while len(self._open) > innermost:
                self._pop()

    def _begin_item(self, rest: str) -> None:
        self._item, self._auto = True, ""
        if self._lists and (format := self._lists[-1].format) is not None:
            last = self._lists[-1]
            last.number = _whole(_attributes(rest).get("value", ""), last.number + 1)
            self._auto = numeral(last.number, format) + "."

    def _end_code(self, block: int, begin: int, han: int, solid: int) -> None:
        """Make what stands in code opaque, unless it is Chinese prose."""
        blocks = self.out.blocks
        if block == len(blocks):
            if begin < len(self._line):
                self._code.append((begin, len(self._line)))
            return
        self._flush()
        if 2 * (self._han - han) <= self._solid - solid:
            blocks[block:] = [each._replace(kind="opaque", level=0) for each in blocks[block:]]

    # Text

    def _text(self, start: int, end: int) -> None:
        if self._unseen:
            return
        for match in _TOKEN.finditer(self._source, start, end):
            token, at = match[0], match.start()
            if token[0] in _SPACES:
                self._space(token, at)
            elif token[0] == "&":
                self._reference(token, at)
            else:
                self._put(token, at, len(token))

    def _reference(self, token: str, at: int) -> None:
        from html import unescape

        text = unescape(token)
        if text == token:
            self._put(token, at, len(token))
        elif text:
            # A control character that is written as a reference is no line end of the page.
            self._put("".join(max(char, " ") for char in text), at, len(token))

    def _space(self, token: str, at: int) -> None:
        if not self._where.get("pre"):
            wrapped = "\n" in token or "\r" in token
            self._put(_WRAP if wrapped else " ", at, len(token))
            return
        last = 0
        for newline in _NEWLINE.finditer(token):
            if last < newline.start():
                self._put(token[last : newline.start()], at + last, newline.start() - last)
            self._flush()
            last = newline.end()
        if last < len(token):
            self._put(token[last:], at + last, len(token) - last)

    def _put(self, text: str, at: int, size: int) -> None:
        """Add text to the paragraph: ``_WRAP`` for white space that wraps a line."""
        if self._unseen:
            return
        self._line.append(_Token(text, at, size))
        if len(self.pieces) + len(self._line) > MAX_PIECES:
            raise too_large("文字被切得过碎", "text in too many pieces")

    def _flush(self) -> None:
        """End the paragraph."""
        line, self._line = self._line, []
        codes, self._code = self._code, []
        kept = list(enumerate(line)) if self._where.get("pre") else _collapsed(line)
        text = "".join(token.text for _, token in kept)
        if not _SOLID.search(text):
            self._remarks = [(0, remark) for _, remark in self._remarks]
            return
        self._count(text)
        kind, level = self._kind()
        auto = join(self._auto, text, "tab") if kind == "item" else ""
        start = base = self.out.add(text, kind, level, None, auto)
        # Where each token begins; of those that are left out, where it would.
        places = [0] * (len(line) + 1)
        done = 0
        for index, token in kept:
            places[done : index + 1] = [start] * (index + 1 - done)
            done = index + 1
            if token.at >= 0:
                literal = len(token.text) == token.size
                self.pieces.append(Piece(start, len(token.text), token.at, token.size, literal))
            start += len(token.text)
        places[done:] = [start] * (len(places) - done)
        for first, last in codes:
            begin, end = places[first], places[last]
            inside = text[begin - base : end - base]
            if _SOLID.search(inside) and "\n" not in inside and not _is_prose(inside):
                self._opaque.append(Block(begin, end, "opaque"))
        self.comments += [
            Comment(places[index], places[index], remark) for index, remark in self._remarks
        ]
        self._remarks = []
        self._item, self._auto = False, ""

    def _count(self, text: str) -> None:
        if self._code_starts:
            han, solid = _weight(text)
            self._han += han
            self._solid += solid

    def _kind(self) -> tuple[str, int]:
        if self._where.get("td") or self._where.get("th"):
            return "cell", 0
        for name in _HEADINGS:
            if self._where.get(name):
                return "heading", int(name[1])
        return ("item", 0) if self._item else ("text", 0)


def _collapsed(line: list[_Token]) -> list[tuple[int, _Token]]:
    """Return the tokens of a paragraph, with their indices, white space as a browser has it."""
    kept: list[tuple[int, _Token]] = []
    space: tuple[int, _Token] | None = None
    wrapped = False
    for index, token in enumerate(line):
        if token.text in (" ", _WRAP) and token.at >= 0:
            wrapped = wrapped or token.text == _WRAP
            if space is None:
                space = index, token._replace(text=" ")
            continue
        before = kept[-1][1].text[-1] if kept else "\n"
        first = token.text[0]
        if not kept and first == "\n":
            continue
        if space is not None and before != "\n" and first != "\n":
            if not (wrapped and _wide(before) and _wide(first)):
                kept.append(space)
        space, wrapped = None, False
        kept.append((index, token))
    return kept


def _wide(char: str) -> bool:
    return "\u2e80" <= char < "\uac00" or char >= "\uf900" or char in "“”‘’…—·"


def _weight(text: str) -> tuple[int, int]:
    """Return how many characters are Chinese and how many can be seen at all."""
    han = sum("\u2e80" <= char < "\uac00" or "\uff00" <= char < "\uffef" for char in text)
    return han, sum(not char.isspace() for char in text)


def _is_prose(text: str) -> bool:
    han, solid = _weight(text)
    return 2 * han > solid


def _attributes(rest: str) -> dict[str, str]:
    return {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in _ATTRIBUTE.finditer(rest)
    }


def _list(name: str, rest: str) -> _List:
    if name != "ol":
        return _List(0, None)
    attributes = _attributes(rest)
    style = _LIST_STYLE.search(attributes.get("style", ""))
    shown = style[1] if style else attributes.get("type", "")
    format = None if shown in _UNNUMBERED else _LIST_FORMATS.get(shown, "decimal")
    return _List(_whole(attributes.get("start", ""), 1) - 1, format)


def _whole(value: str, otherwise: int) -> int:
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise
