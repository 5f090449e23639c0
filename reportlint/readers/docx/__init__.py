"""Word files (docx, docm, dotx, dotm; transitional and strict Office Open XML).

The text is one paragraph a line: the body with its tables and text boxes, then footnotes, endnotes,
headers and footers. A line break inside a paragraph ends a line, too. Every block has an address,
all numbers from 1::

    {"paragraph": 12}                                     the body; empty paragraphs count
    {"table": 1, "row": 2, "cell": 3, "paragraph": 1}     tables count on, nested ones included
    {"textbox": 1, "paragraph": 1}                        after the paragraph that it hangs on
    {"footnote": 1, "paragraph": 1}                       also endnote, header, footer
    {"paragraph": 12, "page": 3}                          where Word noted its pages (``pages``)

An automatic number stands before its paragraph as a reader sees it; ``Block.auto`` is its length.
Bullets are not text. Paragraphs of a table of contents are ``opaque``: the program makes them.
Comments are apart from the text, on the words that they are about. Not read: deleted text,
instructions of fields, charts and SmartArt. Of alternate content the
first choice is read and edited, never the fallback. A symbol is its character in Unicode, or ▪
where it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.findings import Edit


def read(data: bytes, path: str) -> Document:
    """Read a Word file.

    Raises ReadError RL002 for a file that is damaged, encrypted, hostile or no Word file at all.
    """
    from reportlint.readers.docx.reader import parse

    return parse(data, path).document


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data`` with ``edits``, in coordinates of ``document.text``, made in its text.

    New text takes the formatting of the first character that it replaces, or of the one before it.
    All parts without an edit are carried over byte for byte. Raises WriteError where an edit does
    not touch text in the file only (an automatic number, a tab, the end of a paragraph), and for a
    signed or protected document.
    """
    from reportlint.readers.docx.writer import apply

    return apply(document, data, edits)
