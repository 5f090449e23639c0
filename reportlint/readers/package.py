"""A package: a ZIP archive whose entries are the parts of an office document.

The archive is read here and not with ``zipfile`` for two reasons: entries that a fix does not touch
are carried over as they lie in the file, which ``zipfile`` cannot do, and importing it takes longer
than reading a short report. ZIP64 is not supported; no office document needs it.

References: PKWARE APPNOTE 6.3.10 §4.3; ECMA-376 Part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from reportlint.readers.limits import (
    MAX_ENTRIES,
    MAX_RATIO,
    RATIO_FROM,
    Budget,
    refused,
    too_large,
    unusable,
)

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")

_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_UTF8 = 0x800


class Entry(NamedTuple):
    """One file of the archive. ``record`` and ``stop`` bound its entry in the directory."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    record: int
    stop: int


class Package:
    """The parts of a document. Part names have no leading slash; case does not matter.

    Raises ReadError where the archive cannot be used.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.budget = Budget()
        self.directory, self.end = _find_directory(data)
        self.entries: list[Entry] = []
        self._parts: dict[str, Entry] = {}
        for entry in _directory(data, self.directory, self.end):
            self.entries.append(entry)
            name = _canonical(entry.name)
            if name in self._parts and not name.endswith("/"):
                raise unusable(
                    f"压缩包内有两个同名文件“{entry.name}”",
                    f"the archive holds two files named {entry.name!r}",
                )
            self._parts[name] = entry

    def __contains__(self, part: str) -> bool:
        return _canonical(part) in self._parts

    def names(self) -> list[str]:
        """Return the names of all parts in lower case, in the order of the archive."""
        return list(self._parts)

    def entry(self, part: str) -> Entry:
        """Return the entry of a part. Raises KeyError."""
        return self._parts[_canonical(part)]

    def read(self, part: str) -> bytes:
        """Return the content of a part. Raises KeyError, and ReadError where it is damaged."""
        entry = self.entry(part)
        if entry.flags & _ENCRYPTED:
            raise unusable("文件已加密", "the file is encrypted")
        if entry.size > RATIO_FROM and entry.size > MAX_RATIO * max(entry.packed, 1):
            raise too_large(
                f"“{part}”解压后是压缩前的{entry.size // max(entry.packed, 1)}倍",
                f"{part} unpacks to {entry.size // max(entry.packed, 1)} times its size",
            )
        self.budget.xml -= entry.size
        if self.budget.xml < 0:
            raise too_large("解压后的XML超过上限", "more XML than can be read")
        content = _inflate(entry, _raw(self.data, entry))
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise _damaged(entry.name)
        return content

    def replaced(self, parts: Mapping[str, bytes | None]) -> bytes:
        """Return the archive with new content for some parts. Raises WriteError.

        Parts that it does not have are added at its end; those whose content is None are left out.
        Everything else, the order and the comment included, is copied byte for byte.
        """
        new = {self.entry(part): content for part, content in parts.items() if part in self}
        order = sorted(self.entries, key=lambda entry: entry.offset)
        stops = [entry.offset for entry in order[1:]] + [self.directory]
        out = bytearray(self.data[: order[0].offset])
        records: dict[Entry, bytes] = {}
        for entry, stop in zip(order, stops, strict=True):
            offset = len(out)
            if entry in new:
                content = new[entry]
                if content is None:
                    continue
                packed = _deflate(entry, content)
                crc, size = zlib.crc32(content), len(content)
                out += _local_header(self.data, entry, crc, len(packed), size) + packed
                records[entry] = _record(self.data, entry, offset, (crc, len(packed), size))
            else:
                out += self.data[entry.offset : stop]
                records[entry] = _record(self.data, entry, offset)
        added = b""
        count = len(records)
        for part, content in parts.items():
            if content is not None and part not in self:
                local, record = _added(part, content, len(out))
                out += local
                added += record
                count += 1
        directory = len(out)
        for entry in self.entries:
            out += records.get(entry, b"")
        out += added
        end = list(_END.unpack_from(self.data, self.end))
        if count >= 0xFFFF or len(out) > 0xFFFFFFFE:
            raise refused("改后的文件超过ZIP的上限", "the file would be too large for ZIP")
        end[3:7] = count, count, len(out) - directory, directory
        out += _END.pack(*end) + self.data[self.end + _END.size :]
        return bytes(out)


def _canonical(part: str) -> str:
    # Some writers use the separator of Windows; the names of parts ignore case (OPC §6.2.2.3).
    return part.replace("\\", "/").lstrip("/").lower()


def _damaged(part: str) -> Exception:
    return unusable(f"压缩包已损坏（{part}）", f"the archive is damaged ({part})")


def _find_directory(data: bytes) -> tuple[int, int]:
    """Return where the central directory and the end record begin."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if end < 0 or end + _END.size > len(data):
        raise unusable(
            "压缩包不完整，文件可能没有传完",
            "the archive is incomplete: perhaps cut off",
        )
    _, disk, _, here, count, size, offset, _ = _END.unpack_from(data, end)
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, offset):
        raise unusable("不支持ZIP64压缩包", "ZIP64 archives are not supported")
    if disk or here != count or offset + size != end:
        raise _damaged("central directory")
    if count > MAX_ENTRIES:
        raise too_large(f"压缩包内有{count}个文件", f"{count} files in the archive")
    return offset, end


def _directory(data: bytes, start: int, stop: int) -> list[Entry]:
    entries: list[Entry] = []
    while start < stop:
        if start + _CENTRAL.size > stop:
            raise _damaged("central directory")
        fields = _CENTRAL.unpack_from(data, start)
        signature, _, _, flags, method, _, _, crc, packed, size = fields[:10]
        name_size, extra, comment, _, _, _, offset = fields[10:]
        name_start = start + _CENTRAL.size
        after = name_start + name_size + extra + comment
        if signature != b"PK\x01\x02" or after > stop or len(entries) >= MAX_ENTRIES:
            raise _damaged("central directory")
        raw = data[name_start : name_start + name_size]
        name = raw.decode("utf-8" if flags & _UTF8 else "latin-1", "replace")
        entries.append(Entry(name, flags, method, crc, packed, size, offset, start, after))
        start = after
    return entries


def _content_start(data: bytes, entry: Entry) -> int:
    """Return where the packed content of an entry begins."""
    if entry.offset + _LOCAL.size > len(data):
        raise _damaged(entry.name)
    fields = _LOCAL.unpack_from(data, entry.offset)
    if fields[0] != b"PK\x03\x04":
        raise _damaged(entry.name)
    return int(entry.offset + _LOCAL.size + fields[9] + fields[10])


def _raw(data: bytes, entry: Entry) -> memoryview:
    start = _content_start(data, entry)
    if start + entry.packed > len(data):
        raise _damaged(entry.name)
    return memoryview(data)[start : start + entry.packed]


def _inflate(entry: Entry, raw: memoryview) -> bytes:
    if entry.method == 0:
        return bytes(raw[: entry.size + 1])
    if entry.method != 8:
        raise unusable(
            f"不支持的压缩方式（{entry.method}）", f"unsupported compression method {entry.method}"
        )
    inflater = zlib.decompressobj(-15)
    try:
        # One byte more than declared tells a lie about the size without unpacking all of it.
        return inflater.decompress(raw, entry.size + 1)
    except zlib.error:
        raise _damaged(entry.name) from None


def _deflate(entry: Entry, content: bytes) -> bytes:
    if entry.method == 0:
        return content
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(content) + deflater.flush()


def _added(part: str, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """Return a new entry and its record in the directory."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = deflater.compress(content) + deflater.flush()
    name = part.encode()
    # Version 2.0, a name in UTF-8, deflated, dated 1 January 1980: the same every time.
    common = (20, _UTF8, 8, 0, 0x21, zlib.crc32(content), len(packed), len(content), len(name), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *common) + name + packed
    return local, _CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, offset) + name


def _local_header(data: bytes, entry: Entry, crc: int, packed: int, size: int) -> bytes:
    fields = list(_LOCAL.unpack_from(data, entry.offset))
    fields[2] &= ~_SIZES_FOLLOW
    fields[6:9] = crc, packed, size
    names = data[entry.offset + _LOCAL.size : _content_start(data, entry)]
    return _LOCAL.pack(*fields) + names


def _record(
    data: bytes, entry: Entry, offset: int, sizes: tuple[int, int, int] | None = None
) -> bytes:
    fields = list(_CENTRAL.unpack_from(data, entry.record))
    if sizes is not None:
        fields[3] &= ~_SIZES_FOLLOW
        fields[7:10] = sizes
    if offset > 0xFFFFFFFE or max(fields[8:10]) > 0xFFFFFFFE:
        raise refused("改后的文件超过4 GiB", "the file would be larger than 4 GiB")
    fields[16] = offset
    return _CENTRAL.pack(*fields) + data[entry.record + _CENTRAL.size : entry.stop]
