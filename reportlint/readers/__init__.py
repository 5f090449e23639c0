"""One module per file format: bytes to a document, and edits back into the bytes.

A reader has ``read(data, path)`` and ``write(document, data, edits)`` and is imported when a file
of its format comes along. Plugins bring ``others``.
"""

from __future__ import annotations

from os.path import splitext

from reportlint.errors import ReadError, WriteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol

    from reportlint.document import Document
    from reportlint.findings import Edit

    class Reader(Protocol):
        """A module that reads a format."""

        def read(self, data: bytes, path: str) -> Document: ...
        def write(self, document: Document, data: bytes, edits: Sequence[Edit]) -> bytes: ...

    class Other(Protocol):
        """The reader of a format that a plugin brings.

        ``suffixes``  in lower case and with their dot
        ``write``     as above, or None where nothing can be fixed in files of the format
        """

        @property
        def suffixes(self) -> Sequence[str]: ...
        def read(self, data: bytes, path: str) -> Document: ...
        @property
        def write(self) -> Callable[[Document, bytes, Sequence[Edit]], bytes] | None: ...


FORMATS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".wpt": "doc",
    ".odt": "odt",
    ".ott": "odt",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
"""Suffixes, in lower case and with their dot, and the formats that they name."""

WRITABLE = frozenset(("text", "markdown", "docx", "odt", "html"))
"""Formats that fixes can be written into."""

BY_LINES = frozenset(("text", "markdown"))
"""Formats whose text is the file itself, so that lines and columns are enough to edit it."""

BY_MARKUP = WRITABLE - BY_LINES
"""Formats whose files hold other things than the characters that are read."""

_CALLED = {
    "docx": ("Word 文档", "a Word document", ".docx"),
    "doc": ("旧版 Word 或 WPS 文档", "an old Word or WPS document", ".doc"),
    "odt": ("OpenDocument 文档", "an OpenDocument text", ".odt"),
    "pdf": ("PDF 文件", "a PDF file", ".pdf"),
    "rtf": ("RTF 文档", "an RTF document", ".rtf"),
}
"""What formats are called in Chinese and English, and the suffix that they should have."""

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
)


_NO_OTHERS: Mapping[str, Other] = {}


def format_of(path: str, others: Mapping[str, Other] = _NO_OTHERS) -> str | None:
    """Return the format that the suffix of ``path`` names, or None."""
    suffix = splitext(path)[1].lower()
    for name, other in others.items():
        if suffix in other.suffixes:
            return name
    return FORMATS.get(suffix)


def writable(format: str, others: Mapping[str, Other] = _NO_OTHERS) -> bool:
    """Return whether fixes can be written into files of a format."""
    return format in WRITABLE or (format in others and others[format].write is not None)


def read(
    data: bytes,
    path: str,
    format: str | None = None,
    others: Mapping[str, Other] = _NO_OTHERS,
) -> Document:
    """Read a draft. ``format`` overrides the suffix; without either the draft is plain text.

    Raises ReadError: RL001 for what cannot be decoded as text, RL002 for a file that is damaged,
    encrypted, unsafe or of another format, and for one that needs what is not installed. Raises
    ValueError for a format that does not exist.
    """
    if format is None:
        format = format_of(path, others) or "text"
    if format in others:
        return others[format].read(data, path)
    reader = _reader(format)
    if format != "docx":
        _refuse_disguised(data, format)
    return reader.read(data, path)


def write(
    document: Document,
    data: bytes,
    edits: Sequence[Edit],
    others: Mapping[str, Other] = _NO_OTHERS,
) -> bytes:
    """Return ``data``, the bytes ``document`` was read from, with ``edits`` made.

    Edits do not overlap and are in coordinates of ``document.text``. Raises WriteError.
    """
    if document.format in others:
        write = others[document.format].write
        if write is None:
            raise WriteError(f"files of the format {document.format} cannot be written")
        return write(document, data, edits)
    return _reader(document.format).write(document, data, edits)


def _reader(format: str) -> Reader:
    if format == "text":
        from reportlint.readers import text

        return text
    if format == "markdown":
        from reportlint.readers import markdown

        return markdown
    if format == "docx":
        from reportlint.readers import docx

        return docx
    if format == "doc":
        from reportlint.readers import office

        return office
    if format == "odt":
        from reportlint.readers import odt

        return odt
    if format == "rtf":
        from reportlint.readers import rtf

        return rtf
    if format == "pdf":
        from reportlint.readers import pdf

        return pdf
    if format == "html":
        from reportlint.readers import html

        return html
    raise ValueError(format)


def _refuse_disguised(data: bytes, format: str) -> None:
    """Raise ReadError RL002 where a file is a document of another kind than it is named."""
    kind = _kind(data)
    if kind in (None, format):
        return
    # The reader itself says what is wrong with an archive that has its suffix.
    text = format in ("text", "markdown", "html")
    if kind == "zip" and not text:
        return
    zh, en = ("不是文本文件", "not a text file") if text else ("后缀不对", "misnamed")
    if kind == "zip":
        zh += "，而是 ZIP 压缩包；请解压后再检查"
        en += " but a ZIP archive; unpack it first"
    else:
        name_zh, name_en, suffix = _CALLED[kind]
        zh += f"，{'而' if text else '这'}是{name_zh}；请把后缀改为 {suffix}"
        en += f"{' but' if text else ': it is'} {name_en}; rename it to {suffix}"
    raise ReadError("RL002", zh, en)


def _kind(data: bytes) -> str | None:
    """Return the format that the beginning of a file shows, ``zip`` for another archive."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if not data.startswith(b"PK\x03\x04"):
        return None
    # The names of a package's parts stand in its directory, at the end and uncompressed.
    if b"word/document.xml" in data:
        return "docx"
    return "odt" if b"content.xml" in data else "zip"
