"""Findings written into a Word file: comments on the words concerned, fixes as tracked changes.

The XML of the file is never written anew: bytes are put between its bytes, so that everything else
stays, and all of it can be taken out again (``undo``).

    layout   where runs stand in the bytes of a part
    sheet    marks between characters to splices
    marks    notes to marks
    parts    comments, content types, relationships
    splices  bytes between bytes
    undo     the way back
"""

from __future__ import annotations

from collections.abc import Iterable

from reportlint.annotate import Annotated, Note
from reportlint.annotate.word.marks import Marks
from reportlint.annotate.word.parts import (
    COMMENTS_TYPE,
    TYPES,
    comments,
    comments_part,
    related,
    relations_of,
    typed,
)
from reportlint.annotate.word.splices import Splice, inverse, spliced
from reportlint.annotate.word.undo import RECORD, RECORD_TYPE, record, restored
from reportlint.errors import ReadError
from reportlint.readers.docx.reader import main_part, open_package, parse
from reportlint.readers.docx.writer import check_open
from reportlint.readers.limits import Budget, refused


def clean(data: bytes) -> bytes:
    """Return a Word file without comments and tracked changes of ours; itself where it has none.

    Raises ReadError for what is no Word file, WriteError for one that is signed or protected.
    """
    package = open_package(data)
    main_part(package)
    check_open(package)
    package.budget = Budget()
    parts = restored(package)
    return package.replaced(parts) if parts else data


def annotate(data: bytes, path: str, notes: Iterable[Note], stamp: str) -> Annotated:
    """Return a Word file with ``notes`` in it; ``data`` has none of ours, see ``clean``.

    ``stamp`` is the date of comments and changes, ``YYYY-MM-DDThh:mm:ssZ``. Raises ReadError for
    what is no Word file, WriteError for one that cannot be changed.
    """
    reading = parse(data, path, mapped=True)
    package = reading.package
    package.budget = Budget()
    check_open(package)
    main = main_part(package)
    part, linked = comments_part(package, main)
    old = package.read(part) if part in package else None

    marks = Marks(reading, stamp, [old or b""])
    for note in notes:
        marks.add(note)
    if not marks.comments and not marks.changes:
        return Annotated(data, 0, 0, marks.homeless)

    new: dict[str, bytes | None] = {}
    undo: dict[str, tuple[bytes, list[Splice]]] = {}
    added: list[str] = []

    def change(name: str, content: bytes, splices: Iterable[Splice], *, fresh: bool) -> None:
        splices = list(splices)
        made = spliced(content, splices)
        new[name] = made
        if fresh:
            added.append(name)
        elif splices:
            undo[name] = made, inverse(content, splices)

    for name, sheet in marks.sheets().items():
        marked = list(sheet.splices())
        if marked:
            change(name, marks.contents[name], marked, fresh=False)
    types = package.read(TYPES)
    typing: list[Splice] = []
    if marks.comments:
        items = [(comment.id, comment.paragraphs) for comment in marks.comments]
        content, splices = comments(old, part, items, stamp, marks.namespace)
        change(part, content, splices, fresh=old is None)
        typing += typed(types, part, COMMENTS_TYPE)
        if not linked:
            links = relations_of(main)
            held = package.read(links) if links in package else None
            content, splices = related(held, _relative(part, main), marks.namespace)
            change(links, content, splices, fresh=held is None)
    typing += typed(types, RECORD, RECORD_TYPE)
    change(TYPES, types, typing, fresh=False)
    new[RECORD] = record(undo, added)
    written = package.replaced(new)
    _verify(written, path, reading.document.text, bool(marks.changes))
    return Annotated(written, len(marks.comments), marks.changes, marks.homeless)


def _relative(part: str, main: str) -> str:
    folder = main.rpartition("/")[0]
    return part[len(folder) + 1 :] if folder and part.startswith(folder + "/") else "/" + part


def _verify(written: bytes, path: str, text: str, changed: bool) -> None:
    """Raise WriteError unless the file still reads as before, and can be cleaned."""
    try:
        read = parse(written, path).document.text
        right = (changed or read == text) and parse(clean(written), path).document.text == text
    except ReadError:
        right = False
    if not right:
        raise refused("写入后核对不符，文件未改动", "the result did not read as expected")
