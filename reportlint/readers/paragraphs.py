"""Paragraphs to the text and the blocks of a document: one paragraph a line, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlint.document import Block
from reportlint.readers.limits import MAX_LINES, MAX_TEXT, too_large


class Paragraphs:
    """Collects paragraphs in reading order. ``blocks`` are those of ``text()``."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.length = 0
        self._lines: list[str] = []

    def text(self) -> str:
        """Return the lines collected so far, a line feed between two."""
        return "\n".join(self._lines)

    def add(
        self,
        text: str,
        kind: str = "text",
        level: int = 0,
        address: Mapping[str, Any] | None = None,
        auto: str = "",
    ) -> int:
        """Add a paragraph and return the offset of ``text``, which stands behind ``auto``.

        A line feed in ``text`` makes two lines, and two blocks, of one address. Raises ReadError
        where the document gets too long.
        """
        start = self.length
        line = auto + text
        self._lines.append(line)
        self.length += len(line) + 1
        number = len(auto)
        for part in line.split("\n"):
            if part and not part.isspace():
                block = Block(start, start + len(part), kind, level, address, number)
                self.blocks.append(block)
            start += len(part) + 1
            number = 0
        if self.length > MAX_TEXT:
            raise too_large(f"超过{MAX_TEXT}字", f"more than {MAX_TEXT} characters")
        if len(self._lines) > MAX_LINES or len(self.blocks) > MAX_LINES:
            raise too_large(f"超过{MAX_LINES}段", f"more than {MAX_LINES} paragraphs")
        return self.length - 1 - len(text)


def about(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span that a remark from ``start`` to ``end`` is about.

    A remark on no words is about the paragraph that it stands in or behind; the line ends behind
    words do not count.
    """
    while end > start and text[end - 1] == "\n":
        end -= 1
    if start < end:
        return start, end
    stop = text.find("\n", start)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop
