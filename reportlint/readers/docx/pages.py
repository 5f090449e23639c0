"""On which pages paragraphs begin, by where the program that saved the file last broke them.

Word notes in the text where pages ended when it last set them (``w:lastRenderedPageBreak``), but
leaves some out: before empty paragraphs, say. It also notes how many pages there were. Only where
both agree are pages told, so that those that are told can be found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlint.readers.docx.relations import relations
from reportlint.readers.package import Package
from reportlint.readers.xml import Listener, walk

_PAGES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Pages",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties Pages",
)
_LONGEST_NUMBER = 6


class _Row:
    """The row of a table: the pages where its cells begin and the longest of them ends.

    ``moved``: it has been seen to begin on a new page.
    """

    __slots__ = ("furthest", "moved", "top")

    def __init__(self, page: int) -> None:
        self.top = self.furthest = page
        self.moved = False


class Pages:
    """Counts pages while the body is read. Cells of a row lie side by side, not below another."""

    def __init__(self) -> None:
        self._page = 1
        self._rows: list[_Row] = []
        self._placed: list[tuple[dict[str, Any], int]] = []

    def paragraph(self, address: dict[str, Any]) -> None:
        """Called where a paragraph begins."""
        self._placed.append((address, self._page))

    def turn(self, address: dict[str, Any], *, leading: bool, first: bool) -> None:
        """Called where a page ends, in the paragraph of ``address``.

        ``leading``: nothing of it has been read yet; ``first``: nor of the cell that it is in.
        """
        if first and self._rows:
            row = self._rows[-1]
            if row.moved:
                return
            row.moved = True
            row.top += 1
        self._page += 1
        if leading and self._placed and self._placed[-1][0] is address:
            self._placed[-1] = address, self._page

    def table(self) -> None:
        """Called where a table begins."""
        self._rows.append(_Row(self._page))

    def table_end(self) -> None:
        """Called where it ends."""
        self._page = self._rows.pop().furthest

    def row(self) -> None:
        """Called where a row begins."""
        if self._rows:
            self._rows[-1] = _Row(self._rows[-1].furthest)

    def cell(self) -> None:
        """Called where a cell begins."""
        if self._rows:
            self._page = self._rows[-1].top

    def cell_end(self) -> None:
        """Called where it ends."""
        if self._rows:
            row = self._rows[-1]
            row.furthest = max(row.furthest, self._page)

    def tell(self, package: Package) -> None:
        """Put the pages into the addresses, behind what they hold, where they are certain."""
        if self._page > 1 and _stated(package) == self._page:
            for address, page in self._placed:
                address["page"] = page


def _stated(package: Package) -> int | None:
    """Return how many pages the properties of the file say it has. Raises ReadError."""
    for relation in relations(package):
        if relation.type in ("extended-properties", "extendedProperties"):
            if relation.target in package:
                properties = _Properties()
                content = package.read(relation.target)
                walk(relation.target, content, package.budget, properties)
                return int(properties.pages) if properties.pages.isdecimal() else None
    return None


class _Properties(Listener):
    def __init__(self) -> None:
        self.pages = ""
        super().__init__(dict.fromkeys(_PAGES, self._begin), dict.fromkeys(_PAGES, self._end))

    def _begin(self, _: Mapping[str, str]) -> None:
        self.parser.CharacterDataHandler = self._take

    def _end(self) -> None:
        self.parser.CharacterDataHandler = None

    def _take(self, text: str) -> None:
        self.pages = (self.pages + text)[:_LONGEST_NUMBER]
