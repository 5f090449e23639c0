"""PDF files with a text layer, through PDFium (the extra ``pdf``).

A PDF holds characters at places and neither lines nor paragraphs. Lines are PDFium's; they are
joined into paragraphs, across pages too, where the first word of a line would not have fitted into
the line before it: a line that was cut short ends its paragraph. Indents, gaps and sizes of type
part lines as well. Two lines are joined without a space where one of them has a Chinese character
there. Running headers, footers and page numbers are left out: lines at the edge of a page that
come again on others, and numbers there that count with the pages.

A block has the address ``{"page": 3, "paragraph": 2}`` of its beginning. Pages without text are
reported as RL011, a file without any as unreadable. Fixes are not written.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint.chars import is_han
from reportlint.document import Document, Notice
from reportlint.readers.limits import MAX_TEXT, refused, too_large, unusable
from reportlint.readers.paragraphs import Paragraphs

if TYPE_CHECKING:
    from reportlint.findings import Edit

MAX_PAGES = 3_000

_MAX_STREAM = 64 << 20
_MAX_STREAMS = 256 << 20
"""Bytes that one compressed stream, and all of a file, may unpack to; pictures do not count."""

_SECONDS = 3.0
_SECONDS_A_PAGE = 0.03
"""What a file may take: an honest page takes a sixth of it. PDFium cannot be interrupted, but pages
that draw the same huge stream again and again can be left."""

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be running ones."""

_LINE_ENDS = (10, 13)
_ENOUGH = 4
"""Lines of about one length that show where the right margin is."""

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 1_000

_DASHES = "-—–－·•~～ \u3000"
_FIGURES = "[0-9０-９]{1,4}"
_SIGNED = re.compile(
    rf"[{_DASHES}]*第\s*{_FIGURES}\s*页(?:\s*[/／，,（(]?\s*共\s*{_FIGURES}\s*页[)）]?)?[{_DASHES}]*"
    rf"|[-—–－·•~～][{_DASHES}]*{_FIGURES}[{_DASHES}]*[-—–－·•~～]"
    rf"|[Pp]age\s*{_FIGURES}(?:\s*(?:of|/)\s*{_FIGURES})?"
)
_COUNTED = re.compile(rf"\s*({_FIGURES})(?:\s*[/／]\s*{_FIGURES})?\s*")
_VARYING = re.compile(r"[0-9０-９]+|\s+")
_FIRST_WORD = re.compile(r"(?:[!-~]{1,99}|.)(?:[“”‘’](?:[!-~]{1,99}|.)?){0,9}", re.DOTALL)
"""No line is broken beside a quotation mark (UAX #14, class QU)."""
_WORD_END = re.compile(r"[^\W_\u2e80-\U0010ffff][.,;:!?)\"']*\Z")
_WORD_START = re.compile(r"[(\"']*[^\W_\u2e80-\U0010ffff]")
_LABEL = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.．、]"
    r"|第[一二三四五六七八九十]{1,3}[章节条部]|附件)"
)
_STOPS = "。！？!?；;：:”』」"
_NO_START = "，。、；：！？”’）》】〉」』…—％%,.;:!?)]}"


Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, in the coordinates of a page's own content."""


class Line(NamedTuple):
    """A line of a page, from the bottom left corner in points.

    ``size`` of its type is exact where ``chinese`` is true: Chinese characters are as wide as high.
    ``boxes`` are those of the characters of its text, where they were asked for.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    chinese: bool
    boxes: tuple[Box, ...] = ()


class Reading(NamedTuple):
    """A document and the lines that its text was made of, in their order.

    But for white space and soft hyphens, the characters of the lines are those of the text.
    """

    document: Document
    lines: list[Line]


def read(data: bytes, path: str) -> Document:
    """Read the text layer of a PDF.

    Raises ReadError RL002 for a file that is damaged, encrypted, hostile or without any text, and
    where PDFium is not installed.
    """
    return parse(data, path).document


def parse(data: bytes, path: str, *, mapped: bool = False) -> Reading:
    """Read a PDF. ``mapped``: its lines say where every character stands. Raises ReadError."""
    pdf = open_pdf(data)
    try:
        pages, empty, width = _pages(pdf, mapped)
    finally:
        pdf.close()
    if not any(pages):
        raise unusable(
            "没有文字层（可能是扫描件），无法检查",
            "there is no text layer: perhaps it was scanned, so that nothing can be checked",
        )
    out = Paragraphs()
    body = _body(pages)
    begins = _join(out, body, width)
    document = Document(
        out.text(),
        path=path,
        format="pdf",
        encoding=None,
        blocks=out.blocks,
        notices=[Notice("RL011", begins[first], {"pages": pages}) for first, pages in _runs(empty)],
    )
    return Reading(document, [line for lines in body for line in lines])


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Raise WriteError unless there is nothing to do."""
    if not edits:
        return data
    raise refused(
        f"{document.path}：PDF文件不能自动修改，请改原来的文档",
        f"{document.path}: fixes are not written into PDF: change the document it comes from",
    )


def _refuse_bomb(data: bytes) -> None:
    """Raise ReadError where compressed streams unpack to more than any report holds.

    PDFium sets no bound that would fit into memory. Streams are looked for as they lie in the file,
    in whatever object; what is no such stream is passed over.
    """
    left = _MAX_STREAMS
    for match in _STREAM.finditer(data):
        if _is_zlib(data[match.end() : match.end() + 2]) and not _is_picture(data, match.start()):
            left -= _unpacked(data, match.end(), min(left, _MAX_STREAM))


def _is_picture(data: bytes, stream: int) -> bool:
    """Return whether the stream is a picture of one filter, which reading text does not unpack."""
    dictionary = data[max(0, stream - _DICTIONARY) : stream].rpartition(b" obj")[2]
    return b"/Image" in dictionary and dictionary.count(b"Decode") < 3


def _unpacked(data: bytes, start: int, most: int) -> int:
    """Return how many bytes a stream unpacks to. Raises ReadError above ``most``."""
    inflater = zlib.decompressobj()
    size = 0
    for at in range(start, len(data), 1 << 16):
        chunk = data[at : at + (1 << 16)]
        while chunk and not inflater.eof:
            try:
                out = inflater.decompress(chunk, 1 << 20)
            except zlib.error:
                return size
            # A stream that is packed twice unpacks to next to nothing at first.
            twice = not size and _is_zlib(out[:2])
            size += len(out)
            if size > most or twice:
                raise too_large("压缩流解压后过大", "a compressed stream unpacks to too much")
            chunk = inflater.unconsumed_tail
        if inflater.eof:
            break
    return size


def _is_zlib(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0


# Characters and lines


def open_pdf(data: bytes) -> Any:
    """Open a PDF with PDFium; the caller closes it. Raises ReadError."""
    if data.find(b"%PDF-", 0, 1024) < 0:
        raise unusable("这不是PDF文件", "not a PDF file")
    _refuse_bomb(data)
    try:
        import pypdfium2 as pdfium
    except ImportError:
        raise unusable(
            "读PDF需要安装附加组件：pip install 'reportlint[pdf]'",
            "reading PDF needs an extra: pip install 'reportlint[pdf]'",
        ) from None
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        if pdfium.raw.FPDF_GetLastError() == pdfium.raw.FPDF_ERR_PASSWORD:
            raise unusable(
                "文件有打开密码，请去掉密码后再检查",
                "the file is protected by a password: remove it first",
            ) from None
        raise _damaged() from None


def _damaged() -> Exception:
    return unusable("PDF已损坏，无法打开", "the PDF is damaged and cannot be opened")


def _pages(pdf: Any, mapped: bool) -> tuple[list[list[Line]], list[int], float]:
    """Return the lines of every page, the pages, from 0, that show something but no text, and how
    wide the first page is."""
    import time

    import pypdfium2 as pdfium

    count = len(pdf)
    if not count:
        raise _damaged()
    if count > MAX_PAGES:
        raise too_large(f"有{count}页", f"{count} pages")
    pages: list[list[Line]] = []
    empty: list[int] = []
    total = 0
    width = 0.0
    begun = time.monotonic()
    for number in range(count):
        try:
            page = pdf[number]
            width = width or page.get_width()
            text = page.get_textpage()
        except pdfium.PdfiumError:
            raise _damaged() from None
        lines, characters = _lines(pdfium.raw, text.raw, number, mapped)
        if not lines and pdfium.raw.FPDFPage_CountObjects(page.raw) > 0:
            empty.append(number)
        pages.append(lines)
        text.close()
        page.close()
        total += characters
        if total > MAX_TEXT:
            raise too_large(f"超过{MAX_TEXT}字", f"more than {MAX_TEXT} characters")
        if time.monotonic() - begun > _SECONDS + number * _SECONDS_A_PAGE:
            raise too_large("页面过于复杂", "its pages are too complex")
    return pages, empty, width


class _Unit(NamedTuple):
    """A character of a page; ``made``: a space that PDFium put where it saw a gap."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    made: bool


def _lines(raw: Any, page: Any, number: int, mapped: bool) -> tuple[list[Line], int]:
    """Return the lines of a page in its own order, and the number of its characters."""
    import ctypes

    count = max(raw.FPDFText_CountChars(page), 0)
    if count > MAX_TEXT:
        raise too_large(f"超过{MAX_TEXT}字", f"more than {MAX_TEXT} characters")
    rect = raw.FS_RECTF()
    box = ctypes.byref(rect)
    units: list[_Unit] = []
    lines: list[Line] = []
    unknown = 0
    index = 0
    while index <= count:
        point = raw.FPDFText_GetUnicode(page, index) if index < count else 10
        index += 1
        if point in _LINE_ENDS:
            if units:
                lines += _line(units, number, mapped)
                units = []
            continue
        if 0xD800 <= point < 0xDC00 and index < count:
            low = raw.FPDFText_GetUnicode(page, index)
            if 0xDC00 <= low < 0xE000:
                point = 0x10000 + ((point - 0xD800) << 10) + low - 0xDC00
                index += 1
        if _is_unknown(point):
            unknown += 1
            continue
        if not raw.FPDFText_GetLooseCharBox(page, index - 1, box):
            continue
        made = bool(point in (2, 32) and raw.FPDFText_IsGenerated(page, index - 1) == 1)
        units.append(_Unit(chr(point), rect.left, rect.right, rect.bottom, rect.top, made))
    if unknown > count // 2:
        return [], count
    return lines, count


def _is_unknown(point: int) -> bool:
    """Return whether a font does not say which character it draws; 2 is the hyphen of PDFium."""
    if point < 0xA0:
        return point not in (2, 9) and (point < 0x20 or point > 0x7E)
    return 0xD800 <= point < 0xE000 or point in (0xFFFD, 0xFFFE, 0xFFFF) or point > 0x10FFFF


def _line(units: Sequence[_Unit], number: int, mapped: bool) -> Iterator[Line]:
    """Yield the line that characters make; PDFium's own spaces only where there is room."""
    inked = [unit for unit in units if not unit.char.isspace()]
    if not inked:
        return
    widths = [unit.right - unit.left for unit in inked if is_han(unit.char)]
    size = median(widths or [unit.top - unit.bottom for unit in inked])
    gaps = [after.left - before.right for before, after in pairwise(inked)]
    usual = min(median([0.0, *gaps]), 0.25 * size)
    kept: list[str] = []
    boxes: list[Box] = []
    for index, unit in enumerate(units):
        if unit.char == "\x02":
            # A hyphen at the end of a line, as PDFium marks it.
            continue
        if unit.made and 0 < index < len(units) - 1:
            before, after = units[index - 1], units[index + 1]
            wide = _wide(before.char) + _wide(after.char)
            # Programs set a quarter of a character between Chinese and figures.
            least = (0.0, 0.4, 0.2)[wide] * size
            if wide and after.left - before.right - usual < least:
                continue
        kept.append(" " if unit.made else unit.char)
        if mapped:
            boxes.append((unit.left, unit.bottom, unit.right, unit.top))
    text = "".join(kept)
    yield Line(
        text,
        number,
        min(unit.left for unit in inked),
        max(unit.right for unit in inked),
        median(unit.bottom for unit in inked),
        size,
        bool(widths),
        tuple(boxes),
    )


def _wide(char: str) -> bool:
    return "\u2e80" <= char < "\uac00" or char >= "\uf900" or char in "“”‘’…—·×"


# Running lines


def _body(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of every page without headers, footers and page numbers."""
    edges = [(_edge(lines, top=True), _edge(lines, top=False)) for lines in pages]
    seen: Counter[tuple[bool, str, int]] = Counter()
    counted: Counter[tuple[bool, int]] = Counter()
    for top, bottom in edges:
        for is_top, edge in ((True, top), (False, bottom)):
            seen.update({(is_top, _alike(line.text), _height(line)) for line in edge})
            counted.update({(is_top, n - line.page) for line in edge if (n := _counted(line))})
    enough = max(2, min(3, len(pages)), len(pages) // 10)

    def running(is_top: bool, line: Line) -> bool:
        if _SIGNED.fullmatch(line.text.strip()):
            return True
        number = _counted(line)
        if number is not None:
            return counted[is_top, number - line.page] >= 2 or (len(pages) == 1 and number == 1)
        near = (seen[is_top, _alike(line.text), _height(line) + step] for step in (-1, 0, 1))
        return len(pages) > 1 and sum(near) >= min(enough, len(pages))

    kept: list[list[Line]] = []
    for lines, (top, bottom) in zip(pages, edges, strict=True):
        left_out: set[int] = set()
        for is_top, edge in ((True, top), (False, bottom)):
            for line in edge:
                if not running(is_top, line):
                    break
                left_out.add(id(line))
        kept.append([line for line in lines if id(line) not in left_out])
    return kept


def _height(line: Line) -> int:
    """Return the place of a line from the bottom in steps of four points."""
    return round(line.bottom / 4)


def _edge(lines: Sequence[Line], *, top: bool) -> list[Line]:
    """Return the outermost lines of a page, the outermost first."""
    return sorted(lines, key=lambda line: line.bottom, reverse=top)[:_EDGE]


def _alike(text: str) -> str:
    return _VARYING.sub("", text)


def _counted(line: Line) -> int | None:
    match = _COUNTED.fullmatch(line.text)
    return int(match[1]) if match else None


# Paragraphs


class _Margins(NamedTuple):
    """Left and right edge of the text of a document, and the distance of its lines."""

    left: float
    right: float
    pitch: float


def _join(out: Paragraphs, pages: Sequence[Sequence[Line]], width: float) -> list[int]:
    """Add the paragraphs of all pages; return for each page where what begins on it stands."""
    margins = _margins([line for lines in pages for line in lines], width)
    begins: list[int] = []
    parts: list[str] = []
    address = {"page": 0, "paragraph": 0}
    last: Line | None = None
    for number, lines in enumerate(pages, 1):
        count = 0
        joined = True
        for line in lines:
            if last is not None and _continues(last, line, margins):
                _append(parts, line.text)
            else:
                if last is not None:
                    out.add("".join(parts).strip(" "), address=address)
                if joined:
                    begins += [out.length] * (number - len(begins))
                    joined = False
                count += 1
                parts, address = [line.text], {"page": number, "paragraph": count}
            last = line
    if last is not None:
        out.add("".join(parts).strip(" "), address=address)
    end = max(out.length - 1, 0)
    return [*begins, *[end] * (len(pages) - len(begins))]


def _margins(lines: Sequence[Line], width: float) -> _Margins:
    """Measure the text of a document, on pages of a width, by most of its lines."""
    if not lines:
        return _Margins(0, 0, 0)
    size = median(line.size for line in lines)
    lefts = Counter(round(line.left) for line in lines)
    common = [left for left, times in lefts.items() if times >= max(2, len(lines) // 20)]
    left = min(common, default=min(lefts))
    widest = max(line.right - line.left for line in lines)
    rights = sorted(line.right for line in lines if line.right - line.left > 0.6 * widest)
    right = rights[len(rights) * 3 // 4]
    if sum(each > right - 2 * size for each in rights) < _ENOUGH:
        # Too few lines to tell: margins are mostly alike.
        right = max(right, width - left)
    gaps = [
        first.bottom - second.bottom
        for first, second in pairwise(lines)
        if first.page == second.page and 0 < first.bottom - second.bottom < 4 * first.size
    ]
    return _Margins(left, right, median(gaps) if gaps else 2 * size)


def _continues(last: Line, line: Line, margins: _Margins) -> bool:
    """Return whether ``line`` goes on with the paragraph of the line before it."""
    size = last.size
    if abs(line.size - size) > (0.12 if last.chinese == line.chinese else 0.5) * size:
        return False
    if line.page == last.page and not 0.3 * size < last.bottom - line.bottom < 1.35 * margins.pitch:
        return False
    indent = line.left - margins.left
    if last.left - margins.left > 5 * size or indent > 5 * size:
        return False
    stopped = last.text.rstrip()[-1:] in _STOPS
    # The margin is not sharp: some lines end in a mark that hangs over it.
    room = margins.right - last.right - (0.35 if stopped else 1.0) * size
    if room >= _first_width(line.text, size):
        return False
    return not (stopped and (indent > 1.2 * size or _LABEL.match(line.text)))


def _first_width(text: str, size: float) -> float:
    """Return about how wide what cannot be parted at the beginning of a line is."""
    match = _FIRST_WORD.match(text)
    if match is None:
        return 0.0
    width = sum(0.6 * size if char.isascii() else size for char in match.group())
    following = text[match.end() : match.end() + 1]
    return width + (size if following and following in _NO_START else 0.0)


def _append(parts: list[str], more: str) -> None:
    """Add a line to a paragraph, with a space only between two words of letters or figures."""
    text, more = parts[-1].rstrip(" "), more.lstrip(" ")
    if text.endswith("\u00ad"):
        text = text[:-1]
    elif _WORD_END.search(text) and _WORD_START.match(more):
        more = " " + more
    parts[-1:] = [text, more]


def _runs(pages: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield the first of each run of pages, from 0, and the run as people say it, from 1."""
    first = last = -2
    for page in [*pages, -1]:
        if page == last + 1 and last >= 0:
            last = page
            continue
        if first >= 0:
            yield first, f"{first + 1}" if first == last else f"{first + 1}–{last + 1}"
        first = last = page
