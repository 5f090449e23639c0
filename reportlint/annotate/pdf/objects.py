"""The objects of a PDF as they lie in its bytes, and an update behind them.

A PDF grows by updates: new and changed objects are put behind what was there, with a table that
says where they stand. So nothing has to be written anew, and cutting the update off gives the old
file back. What is to be changed is taken as bytes and kept as such; only what says where objects
are is understood. A file whose tables are damaged is refused, though viewers may guess their way
through it: an update could not refer to them. (ISO 32000-1, 7.5)
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

from reportlint.annotate.pdf.syntax import (
    SKIPPED,
    Reference,
    Span,
    damaged,
    entries,
    integer,
    items,
    one,
    reference,
)
from reportlint.readers.limits import refused
from reportlint.readers.pdf import MAX_PAGES

_MAX_OBJECTS = 2_000_000
_MAX_SECTIONS = 1_000
_MAX_STREAMS = 64 << 20
"""Bytes that all streams which are read unpack to."""

_MAX_PREDICTED = 4 << 20
"""Bytes that are written as differences, in one stream."""

_MAX_READ = 6 << 20
"""Bytes of all objects that are read, once for each time."""

_REFERENCES = 10
"""References to references that are followed."""

_START = re.compile(rb"startxref[\0\t\n\f\r ]+([0-9]{1,10})[\0\t\n\f\r ]*(?:%%EOF|\Z)")
_TAIL = 2_048
"""Where readers look for the end of a file."""

_OBJECT = re.compile(rb"[\0\t\n\f\r ]*([0-9]{1,10})[\0\t\n\f\r ]+([0-9]{1,5})[\0\t\n\f\r ]+obj")
_SUBSECTION = re.compile(rb"[\0\t\n\f\r ]*([0-9]{1,10})[\t ]+([0-9]{1,10})[\0\t\n\f\r ]+")
_ENTRY = re.compile(rb"([0-9]{1,10})[\t ]+([0-9]{1,5})[\t ]+([nf])[\0\t\n\f\r ]*")
_TRAILER = re.compile(rb"[\0\t\n\f\r ]*trailer")
_STREAM = re.compile(rb"[\0\t\n\f\r ]*stream\r?\n")

_OF_THE_SECTION = frozenset(
    (b"Size", b"Prev", b"XRefStm", b"Type", b"W", b"Index", b"Length", b"Filter", b"DecodeParms")
)
"""What a trailer says of its own section; the rest is said of the file."""


Where = tuple[int, int]
"""Of an object: its offset and -1, or the number of a stream of objects and its place in that."""


class Objects:
    """The newest state of a file. Raises WriteError for one that is damaged or encrypted.

    ``pages``  what its pages are called, in order
    ``size``   more than the number of any object
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._where: dict[int, Where | None] = {}
        self._packed: dict[int, tuple[bytes, list[int]]] = {}
        self._unpacked = self._bytes = self._entries = 0
        starts = list(_START.finditer(data, max(0, len(data) - _TAIL)))
        if not data.startswith(b"%PDF-") or not starts:
            raise damaged()
        self._start = int(starts[-1][1])
        self._by_table = False
        self._trailer: dict[bytes, bytes] = {}
        self.size = 0
        self._read_sections()
        if b"Encrypt" in self._trailer:
            raise refused("PDF有密码保护，不能改写", "the PDF is protected and cannot be changed")
        root = self.resolved(self._trailer.get(b"Root", b"null"))
        catalog = values(root, Span(0, len(root)))
        if b"Perms" in catalog:
            raise refused(
                "PDF经过签名认证，不能改写",
                "the PDF is certified by a signature: no changes allowed",
            )
        self.pages = self._read_pages(catalog.get(b"Pages", b"null"))

    def raw(self, number: int) -> bytes:
        """Return an object, of a stream its dictionary, as it is written. Raises WriteError."""
        where = self._where.get(number)
        if where is None:
            return b"null"
        at, index = where
        if index < 0:
            held, span = self._data, self._indirect(at, number)
        else:
            held, starts = self._stream_of_objects(at)
            if index >= len(starts):
                raise damaged()
            span = one(held, starts[index])
        self._bytes += span.end - span.start
        if self._bytes > _MAX_READ:
            raise damaged()
        return held[span.start : span.end]

    def resolved(self, written: bytes) -> bytes:
        """Return an object, or the one that a reference refers to. Raises WriteError."""
        for _ in range(_REFERENCES):
            named = reference(written, Span(0, len(written)))
            if named is None:
                return written
            written = self.raw(named.number)
        raise damaged()

    def annotations(self, page: Reference) -> list[bytes]:
        """Return the items of the list of annotations of a page. Raises WriteError."""
        written = self.raw(page.number)
        listed = self.resolved(values(written, Span(0, len(written))).get(b"Annots", b"null"))
        if listed == b"null":
            return []
        return [listed[item.start : item.end] for item in items(listed, Span(0, len(listed)))]

    def page(self, page: Reference, annotations: Sequence[bytes]) -> bytes:
        """Return the dictionary of a page with other annotations. Raises WriteError."""
        written = self.raw(page.number)
        listed = b"[%b]" % b" ".join(annotations)
        span = entries(written, Span(0, len(written))).get(b"Annots")
        if span is None:
            return written[:-2] + b"/Annots" + listed + written[-2:]
        return written[: span.start] + listed + written[span.end :]

    def update(self, objects: Mapping[Reference, bytes], base: int) -> bytes:
        """Return objects, new or changed, streams whole, with the table that tells of them.

        It is to stand behind the file from the offset ``base``.
        """
        out = bytearray()
        rows: dict[Reference, int] = {}
        for named, content in sorted(objects.items()):
            rows[named] = base + len(out)
            out += b"%d %d obj\n%b\nendobj\n" % (*named, content)
        start = base + len(out)
        size = max(self.size, 1 + max(named.number for named in objects))
        kept = b"".join(b"/%b %b" % item for item in self._trailer.items())
        if self._by_table:
            # Some programs take a table that does not begin with 0 for one that is off by one.
            out += b"xref\n0 1\n0000000000 65535 f\r\n"
            for run in _runs(rows):
                out += b"%d %d\n" % (run[0].number, len(run))
                out += b"".join(b"%010d %05d n\r\n" % (rows[each], each.generation) for each in run)
            out += b"trailer\n<<%b/Size %d/Prev %d>>\n" % (kept, size, self._start)
        else:
            rows[Reference(size, 0)] = start
            index = b" ".join(b"%d %d" % (run[0].number, len(run)) for run in _runs(rows))
            content = b"".join(
                b"\1" + rows[each].to_bytes(5, "big") + each.generation.to_bytes(2, "big")
                for each in sorted(rows)
            )
            out += b"%d 0 obj\n<</Type/XRef/W[1 5 2]/Index[%b]%b/Size %d/Prev %d/Length %d>>\n" % (
                *(size, index, kept, size + 1, self._start, len(content)),
            )
            out += b"stream\n%b\nendstream\nendobj\n" % content
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    # Where objects are

    def _read_sections(self) -> None:
        following: int | None = self._start
        seen: set[int] = set()
        while following is not None:
            at = self._skipped(following)
            if at in seen or len(seen) >= _MAX_SECTIONS:
                raise damaged()
            seen.add(at)
            by_table = self._data.startswith(b"xref", at)
            if by_table:
                found, trailer = self._table(at + 4)
                more = trailer.get(b"XRefStm")
                if more is not None:
                    # What older readers are not to see is deleted in the table, but stands here.
                    packed, _ = self._section_stream(self._skipped(_whole(more)))
                    found |= {n: where for n, where in packed.items() if found.get(n) is None}
            else:
                found, trailer = self._section_stream(at)
            if not self._trailer:
                self._by_table = by_table
                self._trailer = {k: v for k, v in trailer.items() if k not in _OF_THE_SECTION}
            for number, where in found.items():
                self._where.setdefault(number, where)
            self._entries += len(found)
            if self._entries > _MAX_OBJECTS:
                raise damaged()
            self.size = max(self.size, _whole(trailer.get(b"Size", b"0")))
            following = _whole(trailer[b"Prev"]) if b"Prev" in trailer else None
        self.size = max(self.size, 1 + max(self._where, default=0))

    def _table(self, at: int) -> tuple[dict[int, Where | None], dict[bytes, bytes]]:
        found: dict[int, Where | None] = {}
        while (head := _SUBSECTION.match(self._data, at)) is not None:
            at = head.end()
            for number in range(int(head[1]), int(head[1]) + int(head[2])):
                entry = _ENTRY.match(self._data, at)
                if entry is None or len(found) > _MAX_OBJECTS:
                    raise damaged()
                found[number] = (int(entry[1]), -1) if entry[3] == b"n" else None
                at = entry.end()
        trailer = _TRAILER.match(self._data, at)
        if trailer is None:
            raise damaged()
        return found, values(self._data, one(self._data, trailer.end()))

    def _section_stream(self, at: int) -> tuple[dict[int, Where | None], dict[bytes, bytes]]:
        span = self._indirect(at)
        said = values(self._data, span)
        if said.get(b"Type") != b"/XRef":
            raise damaged()
        content = self._content(span, said)
        widths = _wholes(said.get(b"W", b""))
        index = _wholes(said.get(b"Index", b"[0 %d]" % _whole(said.get(b"Size", b""))))
        if len(widths) != 3 or not 0 < sum(widths) <= 32 or len(index) % 2:
            raise damaged()
        first, second = widths[0], widths[0] + widths[1]
        rows = (content[at : at + sum(widths)] for at in range(0, len(content), sum(widths)))
        found: dict[int, Where | None] = {}
        for start, count in zip(index[::2], index[1::2], strict=True):
            for number, row in zip(range(start, start + count), rows, strict=False):
                kind = int.from_bytes(row[:first], "big") if first else 1
                at, index_in = (
                    int.from_bytes(row[first:second], "big"),
                    int.from_bytes(row[second:], "big"),
                )
                found[number] = {1: (at, -1), 2: (at, index_in)}.get(kind)
        return found, said

    # Objects

    def _indirect(self, at: int, number: int | None = None) -> Span:
        """Return where the content of an object begins and ends, of a stream its dictionary."""
        match = _OBJECT.match(self._data, at)
        if match is None or (number is not None and int(match[1]) != number):
            raise damaged()
        return one(self._data, match.end())

    def _stream_of_objects(self, number: int) -> tuple[bytes, list[int]]:
        """Return the content of a stream of objects, and where each of them begins."""
        if number not in self._packed:
            where = self._where.get(number)
            if where is None or where[1] >= 0:
                raise damaged()
            span = self._indirect(where[0], number)
            said = values(self._data, span)
            content = self._content(span, said)
            first = _whole(said.get(b"First", b""))
            numbers = content[:first].split()
            starts = [first + _whole(each) for each in numbers[1::2]]
            self._packed[number] = content, starts
        return self._packed[number]

    def _content(self, dictionary: Span, said: Mapping[bytes, bytes]) -> bytes:
        """Return the content of a stream, unpacked."""
        begin = _STREAM.match(self._data, dictionary.end)
        if begin is None:
            raise damaged()
        packing = self.resolved(said.get(b"Filter", b"null"))
        if packing == b"null":
            length = _whole(self.resolved(said.get(b"Length", b"")))
            return self._data[begin.end() : begin.end() + length]
        if packing.strip(b"[] ") != b"/FlateDecode":
            raise damaged()
        try:
            content = zlib.decompressobj().decompress(
                memoryview(self._data)[begin.end() :], _MAX_STREAMS
            )
        except zlib.error:
            raise damaged() from None
        self._unpacked += len(content)
        if self._unpacked > _MAX_STREAMS:
            raise damaged()
        parameters = self.resolved(said.get(b"DecodeParms", b"null")).strip(b"[] ")
        if parameters == b"null":
            return content
        how = values(parameters, Span(0, len(parameters)))
        if _whole(how.get(b"Predictor", b"1")) < 10:
            return content
        if len(content) > _MAX_PREDICTED:
            raise damaged()
        return _unpredicted(content, _whole(how.get(b"Columns", b"1")))

    def _skipped(self, at: int) -> int:
        match = SKIPPED.match(self._data, at)
        return match.end() if match is not None else at

    # Pages

    def _read_pages(self, tree: bytes) -> list[Reference]:
        pages: list[Reference] = []
        seen: set[int] = set()
        queue = [tree]
        while queue:
            written = queue.pop()
            named = reference(written, Span(0, len(written)))
            if named is None or named.number in seen or len(pages) > MAX_PAGES:
                raise damaged()
            seen.add(named.number)
            node = self.raw(named.number)
            said = values(node, Span(0, len(node)))
            if b"Kids" not in said:
                pages.append(named)
                continue
            kids = self.resolved(said[b"Kids"])
            queue += reversed([kids[s.start : s.end] for s in items(kids, Span(0, len(kids)))])
        return pages


def values(data: bytes, dictionary: Span) -> dict[bytes, bytes]:
    """Return the values of a dictionary as they are written. Raises WriteError."""
    return {key: data[s.start : s.end] for key, s in entries(data, dictionary).items()}


def _whole(written: bytes) -> int:
    return integer(written, Span(0, len(written)))


def _wholes(array: bytes) -> list[int]:
    return [integer(array, item) for item in items(array, Span(0, len(array)))]


def _runs(named: Iterable[Reference]) -> list[list[Reference]]:
    """Return the names in order, parted where their numbers do not go on."""
    runs: list[list[Reference]] = []
    for each in sorted(named):
        if runs and runs[-1][-1].number + 1 == each.number:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _unpredicted(content: bytes, columns: int) -> bytes:
    """Return the rows of bytes that were written as differences from their neighbours (PNG)."""
    out = bytearray()
    above = bytes(columns)
    for at in range(0, len(content), columns + 1):
        kind, row = content[at], bytearray(content[at + 1 : at + 1 + columns])
        if len(row) < columns:
            break
        if kind == 2:
            row = bytearray((x + up) & 0xFF for x, up in zip(row, above, strict=True))
        elif kind:
            for x in range(columns):
                left, corner = (row[x - 1], above[x - 1]) if x else (0, 0)
                if kind == 1:
                    guess = left
                elif kind == 3:
                    guess = (left + above[x]) // 2
                else:
                    # The neighbour that is nearest to what a plane through all three would have.
                    plane = left + above[x] - corner
                    near = (left, above[x], corner)
                    guess = min(near, key=lambda value: abs(plane - value))
                row[x] = (row[x] + guess) & 0xFF
        out += row
        above = bytes(row)
    return bytes(out)
