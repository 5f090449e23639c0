"""What a document may cost to read: bounds that no honest report comes near.

The largest reports in circulation are some hundred pages: 300,000 characters, 15 MB of XML and
800,000 tags. A file beyond these bounds is refused, so that a hostile one ends in bounded time
and memory.
"""

from __future__ import annotations

from reportlint.errors import ReadError, WriteError

MAX_ENTRIES = 20_000
"""Files in the package."""

MAX_XML = 64 << 20
"""Bytes of XML that are unpacked, all parts together."""

MAX_RATIO = 500
"""Unpacked to packed size of one part larger than RATIO_FROM bytes."""

RATIO_FROM = 8 << 20

MAX_TAGS = 3_000_000
"""Tags of XML, all parts together."""

MAX_TAG = 4 << 20
"""Bytes of one tag or comment."""

MAX_NAMES = 20_000
"""Different names of elements and attributes in one part."""

MAX_DEPTH = 2_000
"""Elements inside one another."""

MAX_TEXT = 5_000_000
"""Characters of text, automatic numbers included."""

MAX_PIECES = 500_000
"""Pieces of text that stand together in the XML of one part."""

MAX_LINES = 200_000
"""Paragraphs, empty ones included, and lines that hold text."""


class Budget:
    """What is left of the bounds that all parts of one file share."""

    __slots__ = ("tags", "xml")

    def __init__(self) -> None:
        self.xml = MAX_XML
        self.tags = MAX_TAGS


def unusable(zh: str, en: str) -> ReadError:
    """Return the error for a file that is damaged, encrypted, unsafe or not supported."""
    return ReadError("RL002", zh, en)


def too_large(zh: str, en: str) -> ReadError:
    """Return the error for a file that exceeds a bound; the words say which."""
    return unusable(f"文件过大或不安全：{zh}", f"too large or unsafe: {en}")


def refused(zh: str, en: str) -> WriteError:
    """Return the error for a fix that cannot be written."""
    error = WriteError(f"{zh} ({en})")
    error.say = {"zh": zh, "en": en}
    return error
