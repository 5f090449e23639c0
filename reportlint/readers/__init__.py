"""One module per file format: bytes to a document, and edits back into the bytes.

A reader has ``read(data, path)`` and ``write(document, data, edits)`` and is imported when a file
of its format comes along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os.path import splitext
from typing import TYPE_CHECKING, Protocol

from reportlint.errors import ReadError, WriteError

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.findings import Edit

FORMATS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
}
"""Suffixes, in lower case and with their dot, and the formats that they name."""

UNSUPPORTED = frozenset((".doc", ".wps", ".rtf", ".odt", ".pdf"))
"""Suffixes of documents that are met in practice and cannot be read."""

_SIGNATURES = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "旧版 Word 或 WPS 文档（.doc/.wps）",
        "an old Word or WPS document",
    ),
    (b"%PDF-", "PDF 文件", "a PDF file"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
)


class Reader(Protocol):
    """A reader that a plugin brings.

    ``suffixes``  in lower case and with their dot
    ``write``     as below, or None where nothing can be fixed in files of the format
    """

    @property
    def suffixes(self) -> Sequence[str]: ...

    def read(self, data: bytes, path: str) -> Document: ...

    @property
    def write(self) -> Callable[[Document, bytes, Sequence[Edit]], bytes] | None: ...


Readers = Mapping[str, Reader]
"""Format -> reader, for the formats that plugins bring."""

_NO_READERS: Readers = {}


def format_of(path: str, others: Readers = _NO_READERS) -> str | None:
    """Return the format that the suffix of ``path`` names, or None."""
    suffix = splitext(path)[1].lower()
    for name, reader in others.items():
        if suffix in reader.suffixes:
            return name
    return FORMATS.get(suffix)


def read(
    data: bytes, path: str, format: str | None = None, others: Readers = _NO_READERS
) -> Document:
    """Read a draft. ``format`` overrides the suffix; without either the draft is plain text.

    Raises ReadError: RL001 for what cannot be decoded as text, RL002 for a damaged, encrypted,
    unsafe or unsupported file. Raises ValueError for a format that does not exist.
    """
    if format is None:
        format = format_of(path, others)
    if format is not None and format in others:
        return others[format].read(data, path)
    if format is None:
        suffix = splitext(path)[1].lower()
        if suffix in UNSUPPORTED:
            raise _unsupported(data, suffix)
        format = "text"
    if format == "docx":
        from reportlint.readers import docx

        return docx.read(data, path)
    _refuse_disguised(data)
    if format == "markdown":
        from reportlint.readers import markdown

        return markdown.read(data, path)
    if format == "text":
        from reportlint.readers import text

        return text.read(data, path)
    raise ValueError(format)


def write(
    document: Document, data: bytes, edits: Sequence[Edit], others: Readers = _NO_READERS
) -> bytes:
    """Return ``data``, the bytes ``document`` was read from, with ``edits`` made.

    Edits do not overlap and are in coordinates of ``document.text``. Raises WriteError.
    """
    if document.format in others:
        theirs = others[document.format].write
        if theirs is None:
            raise WriteError(f"files of the format {document.format} cannot be written")
        return theirs(document, data, edits)
    if document.format == "docx":
        from reportlint.readers import docx

        return docx.write(document, data, edits)
    from reportlint.readers import text

    return text.write(document, data, edits)


def _unsupported(data: bytes, suffix: str) -> ReadError:
    if _is_docx(data):
        return ReadError(
            "RL002",
            f"后缀是 {suffix}，内容却是 Word 文档（.docx）；请把后缀改为 .docx",
            f"named {suffix}, but it is a Word document (.docx); rename it to .docx",
        )
    return ReadError(
        "RL002",
        f"不支持 {suffix} 格式；请在 Word 或 WPS 中另存为 .docx",
        f"the format {suffix} is not supported; save the file as .docx in Word or WPS",
    )


def _refuse_disguised(data: bytes) -> None:
    """Raise ReadError RL002 where a file that should be text is a document of another kind."""
    if _is_docx(data):
        raise ReadError(
            "RL002",
            "不是文本文件，而是 Word 文档（.docx）；请把后缀改为 .docx",
            "not a text file but a Word document (.docx); rename it to .docx",
        )
    if data.startswith(b"PK\x03\x04"):
        raise ReadError(
            "RL002",
            "不是文本文件，而是 ZIP 压缩包；请解压后再检查",
            "not a text file but a ZIP archive; unpack it first",
        )
    for signature, zh, en in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(
                "RL002",
                f"不是文本文件，而是{zh}；请另存为 .docx",
                f"not a text file but {en}; save it as .docx",
            )


def _is_docx(data: bytes) -> bool:
    # The names of a package's parts stand in its directory, at the end and uncompressed.
    return data.startswith(b"PK\x03\x04") and b"word/document.xml" in data
