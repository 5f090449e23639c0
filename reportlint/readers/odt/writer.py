"""Edits of the text to splices in the XML that holds it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.document import Document
from reportlint.errors import ReadError, WriteError
from reportlint.findings import Edit
from reportlint.readers.limits import refused
from reportlint.readers.odt.reader import Reading, parse
from reportlint.readers.splice import changed, reads_as, splices, unverified
from reportlint.readers.xml import utf8

_SIGNATURE = "META-INF/documentsignatures.xml"


def apply(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data`` with ``edits`` made. Raises WriteError; see ``reportlint.readers.odt``."""
    wanted = sorted(edit for edit in edits if edit.start != edit.end or edit.replacement)
    if not wanted:
        return data
    try:
        return _apply(document, data, wanted)
    except WriteError as error:
        reason = str(error)
    except ReadError as error:
        reason = str(refused(error.detail["zh"], error.detail["en"]))
    raise WriteError(f"{document.path}: {reason}")


def _apply(document: Document, data: bytes, wanted: Sequence[Edit]) -> bytes:
    reading = parse(data, document.path, mapped=True)
    if reading.document.text != document.text:
        raise changed()
    if _SIGNATURE in reading.package:
        raise refused(
            "文件有数字签名，修改会使签名失效",
            "the file is digitally signed: a change would break the signature",
        )
    written = reading.package.replaced(_spliced(reading, wanted))
    if not reads_as(reading.document, wanted, parse(written, document.path).document):
        raise unverified()
    return written


def _spliced(reading: Reading, wanted: Sequence[Edit]) -> dict[str, bytes]:
    """Return the new content of every part that the edits touch."""
    contents: dict[str, bytes] = {}
    begins = [begin for begin, _, _ in reading.parts]
    ends = [*begins[1:], len(reading.document.text) + 1]
    for (begin, part, pieces), end in zip(reading.parts, ends, strict=True):
        of_part = [edit for edit in wanted if begin <= edit.start < end]
        if not of_part:
            continue
        content = reading.package.read(part)
        if utf8(part, content) is not content:
            raise refused(f"“{part}”是UTF-16编码，不能改写", f"{part} is in UTF-16")
        out, last = [], 0
        for edit in sorted(splices(reading.document, pieces, of_part, _size)):
            out += [content[last : edit.start], _escape(edit.replacement)]
            last = edit.end
        contents[part] = b"".join([*out, content[last:]])
    return contents


def _size(text: str) -> int:
    return len(text.encode())


def _escape(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
