"""Findings written into a PDF: highlights on the words concerned, with what there is to say.

All of it stands in one update behind the bytes that were there. It begins with a comment that says
how long the file was and what its digest is, so that it can be cut off again as long as nothing
has been put behind it. From a file that another program has saved since, the annotations of our
name are taken out of the lists of the pages.

    syntax   where an object ends, and what a dictionary holds
    objects  the objects of a file, and updates
    places   where words stand on the pages
    marks    notes to annotations
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from reportlint.annotate import AUTHOR, Annotated, Note
from reportlint.annotate.pdf.marks import highlight, look, sign
from reportlint.annotate.pdf.objects import Objects, values
from reportlint.annotate.pdf.places import Places
from reportlint.annotate.pdf.syntax import Reference, Span, damaged
from reportlint.errors import ReadError, WriteError
from reportlint.readers.limits import refused
from reportlint.readers.pdf import Box, open_pdf, parse

_HEAD = b"\n%%reportlint %d %b %010d\n"
"""Before an update: how long the file was, its SHA-256, how long the rest of the update is."""

_HEADED = re.compile(rb"\n%reportlint ([0-9]{1,19}) ([0-9a-f]{64}) ([0-9]{10})\n")


def clean(data: bytes) -> bytes:
    """Return a PDF without annotations of ours: what it was, and itself where it has none.

    Raises ReadError for what is no PDF, WriteError for one that is signed or protected.
    """
    bare = _cut(data)
    _, ours = _state(bare)
    return bare + _update(bare, *_without(bare, ours)) if ours else bare


def annotate(data: bytes, path: str, notes: Iterable[Note], stamp: str) -> Annotated:
    """Return a PDF with ``notes`` in it; ``data`` has none of ours, see ``clean``.

    ``stamp`` is the date of the annotations, ``YYYY-MM-DDThh:mm:ssZ``. Fixes are only spoken of.
    Raises ReadError for what is no PDF, WriteError for one that cannot be changed.
    """
    before, _ = _state(data)
    notes = list(notes)
    if not notes:
        return Annotated(data, 0, 0, 0)
    reading = parse(data, path, mapped=True)
    objects = Objects(data)
    if len(before) != len(objects.pages):
        raise damaged()
    places = Places(reading, [page.shown for page in before])
    date = b"D:%bZ" % re.sub(r"\D", "", stamp).encode()
    new: dict[Reference, bytes] = {}
    marks: dict[int, list[Reference]] = {}
    for number, note in enumerate(notes, 1):
        text = "\n".join([*note.paragraphs, *([note.advised] if note.advised else [])])
        for place in places.of(note.start, note.end):
            drawn, mark = (Reference(objects.size + len(new) + n, 0) for n in (0, 1))
            make = sign if place.point else highlight
            name, page = f"{AUTHOR}-{number}-{place.page + 1}", objects.pages[place.page]
            new[drawn] = look(place)
            new[mark] = make(place, text, name, date, page, drawn)
            marks.setdefault(place.page, []).append(mark)
    for number, added in marks.items():
        page = objects.pages[number]
        listed = objects.annotations(page)
        if len(listed) != before[number].annotations:
            raise damaged()
        new[page] = objects.page(page, [*listed, *(b"%d %d R" % mark for mark in added)])
    written = data + _update(data, objects, new)
    _verify(data, written, path, reading.document.text, marks)
    return Annotated(written, len(notes), 0, 0)


def _update(data: bytes, objects: Objects, new: Mapping[Reference, bytes]) -> bytes:
    """Return what is to be put behind ``data``."""
    digest = sha256(data).hexdigest().encode()
    update = objects.update(new, len(data) + len(_HEAD % (len(data), digest, 0)))
    return _HEAD % (len(data), digest, len(update)) + update


def _cut(data: bytes) -> bytes:
    """Return the file as it was before our update; itself where that is not the last thing."""
    at = data.rfind(b"\n%reportlint ")
    head = _HEADED.match(data, at) if at >= 0 else None
    if head is None or int(head[1]) != at or head.end() + int(head[3]) != len(data):
        return data
    bare = data[:at]
    return bare if sha256(bare).hexdigest().encode() == head[2] else data


def _without(data: bytes, ours: Mapping[int, list[int]]) -> tuple[Objects, dict[Reference, bytes]]:
    """Return the pages without annotations of ours, given by their places in the lists."""
    objects = Objects(data)
    new: dict[Reference, bytes] = {}
    for number, indexes in ours.items():
        if number >= len(objects.pages):
            raise damaged()
        page = objects.pages[number]
        listed = objects.annotations(page)
        if indexes[-1] >= len(listed):
            raise damaged()
        gone = {listed[index] for index in indexes}
        for mark in list(gone):
            written = objects.resolved(mark)
            # Programs add the window that the words pop up in.
            gone.add(values(written, Span(0, len(written))).get(b"Popup", mark))
        new[page] = objects.page(page, [each for each in listed if each not in gone])
    return objects, new


def _verify(
    data: bytes, written: bytes, path: str, text: str, marks: Mapping[int, list[Reference]]
) -> None:
    """Raise WriteError unless the file still reads as before, and can be cleaned."""
    try:
        before, _ = _state(data)
        after, ours = _state(written)
        right = (
            [page.annotations for page in after]
            == [page.annotations + len(marks.get(n, ())) for n, page in enumerate(before)]
            and {n: len(found) for n, found in ours.items()}
            == {n: len(added) for n, added in marks.items()}
            and _cut(written) == data
            and parse(written, path).document.text == text
        )
    except (ReadError, WriteError):
        right = False
    if not right:
        raise refused("写入后核对不符，文件未改动", "the result did not read as expected")


# What PDFium sees


class _Page(NamedTuple):
    """How many annotations a page has, and what of it is shown."""

    annotations: int
    shown: Box


def _state(data: bytes) -> tuple[list[_Page], dict[int, list[int]]]:
    """Return the pages, and for those that have annotations of ours their places in the list.

    Raises ReadError for what is no PDF, WriteError for one that is signed or protected.
    """
    pdf = open_pdf(data)
    import pypdfium2 as pdfium

    try:
        _check_open(pdfium.raw, pdf.raw)
        pages: list[_Page] = []
        ours: dict[int, list[int]] = {}
        for number in range(len(pdf)):
            page = pdf[number]
            indexes = list(_authors(pdfium.raw, page.raw))
            found = [index for index, author in enumerate(indexes) if author == AUTHOR]
            if found:
                ours[number] = found
            pages.append(_Page(len(indexes), page.get_bbox()))
            page.close()
    except pdfium.PdfiumError:
        raise damaged() from None
    finally:
        pdf.close()
    return pages, ours


def _check_open(raw: Any, pdf: Any) -> None:
    """Raise WriteError where a file must not be changed."""
    if raw.FPDF_GetSecurityHandlerRevision(pdf) != -1:
        raise refused("PDF有密码保护，不能改写", "the PDF is protected and cannot be changed")
    for index in range(raw.FPDF_GetSignatureCount(pdf)):
        signature = raw.FPDF_GetSignatureObject(pdf, index)
        if raw.FPDFSignatureObj_GetContents(signature, None, 0):
            raise refused(
                "PDF有数字签名，改写会使签名失效；请对签名前的文件加批注",
                "the PDF is signed, and a change would break the signature: annotate the file "
                "from before it was signed",
            )


def _authors(raw: Any, page: Any) -> Iterator[str]:
    """Yield whose each annotation of a page is, empty for a name that is longer than ours."""
    import ctypes

    size = 2 * (len(AUTHOR) + 1)
    buffer = ctypes.create_string_buffer(size)
    words = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            yield ""
            continue
        written = raw.FPDFAnnot_GetStringValue(annotation, b"T", words, size)
        raw.FPDFPage_CloseAnnot(annotation)
        yield (
            buffer.raw[: written - 2].decode("utf-16-le", "replace") if 2 < written <= size else ""
        )
