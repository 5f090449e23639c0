"""Where a finding is, for people and for programs."""

from __future__ import annotations

from reportlint.reporters.width import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from reportlint.document import Document

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "page": "第 {} 页",
        "header": "页眉 {}",
        "footer": "页脚 {}",
        "footnote": "脚注 {}",
        "endnote": "尾注 {}",
        "textbox": "文本框 {}",
        "paragraph": "第 {} 段",
        "table": "表 {}",
        "row": "第 {} 行",
        "cell": "第 {} 格",
    },
    "en": {},
}

_HOLDERS = frozenset({"cell", "textbox", "footnote", "endnote", "header", "footer"})
"""What mostly holds a single paragraph; of the first in it nothing is said."""


class Places:
    """Offsets of one document to lines, columns and addresses. All from 1 but the offsets.

    ``addressed``: its format has no lines, and blocks have addresses.
    """

    __slots__ = ("_document", "_position", "addressed")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._position = document.lines.position
        self.addressed = any(block.address for block in document.blocks)

    def position(self, offset: int) -> tuple[int, int]:
        """Return (line, column)."""
        return self._position(offset)

    def address(self, offset: int) -> Mapping[str, Any] | None:
        """Return the address of the block at ``offset``, in a format that has no lines."""
        if not self.addressed:
            return None
        block = self._document.block_at(offset)
        return block.address if block else None

    def words(self, offset: int, lang: str) -> str:
        """Return the place as a person is told it: ``3:41``, or the words for its address."""
        address = self.address(offset)
        if address:
            return describe(address, lang)
        line, column = self._position(offset)
        return f"{line}:{column}"


def describe(address: Mapping[str, Any], lang: str) -> str:
    """Say an address in words: ``第 12 段``, ``表 1 第 2 行第 3 格``; ``table 1, row 2``."""
    words = _WORDS[lang]
    parts = [
        words[key].format(value) if key in words else f"{key} {value}"
        for key, value in address.items()
        if not (key == "paragraph" and value == 1 and _HOLDERS.intersection(address))
    ]
    if lang == "en":
        return visible(", ".join(parts))
    # Behind the rest, the page is where to look: paragraphs are counted from the beginning.
    aside = f"（{parts.pop()}）" if parts and [*address][-1] == "page" else ""
    said = ""
    for part in parts:
        said += f" {part}" if said[-1:].isascii() and said else part
    return visible(said + aside)
