"""OpenDocument texts (odt, ott), as LibreOffice and WPS write them.

The text is one paragraph a line: the body with its tables and text boxes, then footnotes, endnotes,
headers and footers, with addresses as in Word files: ``{"paragraph": 12}``, ``{"table": 1, "row":
2, "cell": 3, "paragraph": 1}``, ``{"footnote": 1, "paragraph": 1}``. Numbers of lists and headings
stand before their paragraphs as the program shows them, ``Block.auto`` long; bullets are not text.
Indexes are ``opaque``: the program makes them. Comments are kept apart
from the text. Not read: deleted text, alternative texts
of pictures, formulas. A repeated row or cell is read once and counts as often as it says.

Reference: OASIS Open Document Format 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.findings import Edit


def read(data: bytes, path: str) -> Document:
    """Read an OpenDocument text.

    Raises ReadError RL002 for a file that is damaged, encrypted, hostile or no such text at all.
    """
    from reportlint.readers.odt.reader import parse

    return parse(data, path).document


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data`` with ``edits``, in coordinates of ``document.text``, made in its text.

    Words are cut out of the XML and put into it; formatting and all other parts of the package stay
    byte for byte. Raises WriteError where an edit does not touch text in the file only (an
    automatic number, the end of a paragraph), and for a signed document.
    """
    from reportlint.readers.odt.writer import apply

    return apply(document, data, edits)
