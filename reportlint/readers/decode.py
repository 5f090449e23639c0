"""Bytes to text: which encoding a draft is in.

Most drafts are UTF-8, and that is settled here in microseconds. What has neither a byte-order mark
nor valid UTF-8 is left to ``charset``.
"""

from __future__ import annotations

from reportlint.errors import ReadError
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte-order marks and the encodings that they announce."""


class Decoded(NamedTuple):
    """A text, the name of its encoding, and the byte-order mark that stood before it.

    ``mark + text.encode(codec(encoding))`` gives the file back, but for the few encodings in
    which two byte sequences mean one character.
    """

    text: str
    encoding: str
    mark: bytes


def codec(encoding: str) -> str:
    """Return the codec for the bytes after the byte-order mark of a file in ``encoding``."""
    return "utf-8" if encoding == "utf-8-sig" else encoding


def decode(data: bytes) -> Decoded:
    """Decode a file. Raises ReadError RL001, which says where the first byte is that is no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data, mark, encoding)
    try:
        text = data.decode()
        if b"\0" not in data:
            return Decoded(text, "utf-8", b"")
        error = None
    except UnicodeDecodeError as reason:
        error = reason
    from reportlint.readers import charset

    return charset.guess(data, error)


def _marked(data: bytes, mark: bytes, encoding: str) -> Decoded:
    name = codec(encoding)
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        reject(data, len(mark) + error.start, name, mark)
    if "\0" in text:
        reject_nul(data, len(mark) + len(text[: text.index("\0")].encode(name)), name, mark)
    return Decoded(text, encoding, mark)


def _line(data: bytes, offset: int, name: str, mark: bytes) -> int:
    before = data[len(mark) : offset].decode(name, "replace")
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def reject(data: bytes, offset: int, name: str, mark: bytes = b"") -> NoReturn:
    """Raise ReadError RL001 for the byte at ``offset``, which ``name`` cannot decode."""
    line, byte = _line(data, offset, name, mark), data[offset]
    raise ReadError(
        "RL001",
        f"第 {line} 行、字节偏移 {offset} 处的 0x{byte:02X} 不是有效的 {name.upper()}，无法解码；"
        "请另存为 UTF-8 文本，或改交 .docx",
        f"byte 0x{byte:02X} at offset {offset} (line {line}) is not valid {name.upper()}; "
        "save the file as UTF-8 text, or hand it in as .docx",
    )


def reject_nul(data: bytes, offset: int, name: str, mark: bytes = b"") -> NoReturn:
    """Raise ReadError RL001 for the NUL character at ``offset``."""
    line = _line(data, offset, name, mark)
    raise ReadError(
        "RL001",
        f"第 {line} 行、字节偏移 {offset} 处有 NUL 字节：不是文本文件，或文件已损坏；"
        "请另存为 UTF-8 文本，或改交 .docx",
        f"NUL byte at offset {offset} (line {line}): not a text file, or a damaged one; "
        "save it as UTF-8 text, or hand it in as .docx",
    )
