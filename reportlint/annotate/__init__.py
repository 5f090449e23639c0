"""Findings written into the file they are about, where its format can hold remarks.

    notes   findings to notes: what a remark says
    word    notes to comments and tracked changes of a Word file
    pdf     notes to highlights of a PDF

What was there is never written anew: bytes are put between or behind its bytes, so that everything
else stays, and all of it can be taken out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportlint.findings import Edit

AUTHOR = "reportlint"
"""Whose remarks are ours."""

FORMATS = ("docx", "pdf")
"""Formats that can be annotated."""


class Note(NamedTuple):
    """What is to be said of a span of the text.

    ``paragraphs`` are those of the remark. ``edits`` make the fix; where they can be put in as
    tracked changes, ``fixed`` is the last paragraph of the remark, else ``advised``, if not empty.
    """

    start: int
    end: int
    paragraphs: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    fixed: str = ""
    advised: str = ""


class Annotated(NamedTuple):
    """A file with its remarks: how many there are, how many fixes as tracked changes, and how many
    notes found no place (a Word file without any paragraph in its body has none)."""

    data: bytes
    comments: int
    changes: int
    homeless: int


def annotate(data: bytes, path: str, format: str, notes: Iterable[Note], stamp: str) -> Annotated:
    """Return a file of one of ``FORMATS`` with ``notes``; ``data`` has none of ours, see ``clean``.

    ``stamp`` is the date of the remarks, ``YYYY-MM-DDThh:mm:ssZ``. Raises ReadError for what is no
    file of the format, WriteError for one that cannot be changed.
    """
    if format == "pdf":
        from reportlint.annotate import pdf

        return pdf.annotate(data, path, notes, stamp)
    from reportlint.annotate import word

    return word.annotate(data, path, notes, stamp)


def clean(data: bytes, format: str) -> bytes:
    """Return a file without remarks and tracked changes of ours; itself where it has none.

    Raises ReadError for what is no file of the format, WriteError for one that is signed or
    protected.
    """
    if format == "pdf":
        from reportlint.annotate import pdf

        return pdf.clean(data)
    from reportlint.annotate import word

    return word.clean(data)
