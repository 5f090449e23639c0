"""What a draft is made of, worked out from the clean view when first asked for.

All positions here are of the clean view, except where a name says ``raw``.
"""

from __future__ import annotations

from bisect import bisect_right

from reportlint import patterns
from reportlint.lean import cached_property
from reportlint.structure import kinds, labels, outline
from reportlint.structure.kinds import KindGuess
from reportlint.structure.labels import Label
from reportlint.structure.outline import Heading, Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.document import Document, View
    from reportlint.settings import Settings
    from reportlint.structure.tables import Table

__all__ = ["Heading", "KindGuess", "Label", "Paragraph", "Structure"]


_FIELD = patterns.compile(r"[：:].")
"""What a line such as 时间：6月5日 has and a title has not."""

_ASIDE = frozenset({"header", "footer", "footnote", "endnote"})


class Structure:
    """The parts of one draft."""

    def __init__(self, document: Document, view: View, settings: Settings) -> None:
        self._document = document
        self._view = view
        self._settings = settings
        self.text = view.text

    @cached_property
    def _addressed(self) -> bool:
        return any(block.address for block in self._document.blocks)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The blocks of the running text that have something left in the clean view.

        Headers, footers and notes of a Word file stand after its text and are no part of it. A
        draft that lies in the cells of a form is read as text.
        """
        text, here, cut = self.text, self._view.here, bool(self._view.cuts)
        found = []
        blocks = self._document.blocks
        cells = sum([block.end - block.start for block in blocks if block.kind == "cell"])
        form = cells and 2 * cells > sum([block.end - block.start for block in blocks])
        for start, end, kind, level, address, _, _ in blocks:
            if kind == "opaque" or (address and not _ASIDE.isdisjoint(address)):
                continue
            if form and kind == "cell":
                kind = "text"
            if cut:
                start, end = here(start), here(end)
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                found.append(Paragraph(start, end, kind, level))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph_at(self, position: int) -> int:
        """Return the index of the last paragraph that begins at ``position`` or before, or -1."""
        return bisect_right(self._starts, position) - 1

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the running text, their cells where they stand in the grid."""
        blocks = self._document.blocks
        if not any(block.kind == "cell" for block in blocks):
            return []
        from reportlint.structure.tables import tables

        return tables(blocks, self._view)

    @cached_property
    def leads(self) -> dict[int, Label]:
        """The label that opens a paragraph, by the paragraph's index."""
        found = {}
        text, opens = self.text, labels.OPENS
        for index, (start, end, _, _) in enumerate(self.paragraphs):
            if text[start] in opens:
                label = labels.leading(text, start, end, index)
                if label is not None:
                    found[index] = label
        return found

    @cached_property
    def _numbers(self) -> tuple[list[int], list[int]]:
        return labels.places(self._settings.ruleset.compile(labels.NUMBER), self.text)

    @property
    def counts(self) -> list[int]:
        """Where a number stands before a measure word, the last of its figures."""
        return self._numbers[1]

    @cached_property
    def labels(self) -> list[Label]:
        """Every label of the draft outside tables, in order."""
        found = []
        leads, places = self.leads, self._numbers[0]
        last = len(places)
        next_place = 0
        for index, (start, end, kind, _) in enumerate(self.paragraphs):
            if kind == "cell":
                continue
            lead = leads.get(index)
            if lead is not None:
                found.append(lead)
                start = lead.end
            if next_place == last or places[next_place] >= end:
                continue
            while next_place < last and places[next_place] < start:
                next_place += 1
            first = next_place
            while next_place < last and places[next_place] < end:
                next_place += 1
            if first < next_place:
                found += labels.inline(self.text, places[first:next_place], end, index)
        return found

    @cached_property
    def kind(self) -> KindGuess:
        """What kind of report this is."""
        settings = self._settings
        return kinds.guess(self.text, self.paragraphs, settings.ruleset, settings.kind)

    @cached_property
    def title_lines(self) -> int:
        """How many paragraphs at the start are title, not text."""
        count = kinds.title_area(self.text, self.paragraphs)
        for index in range(count):
            label = self.leads.get(index)
            if label is not None and label.style != "article":
                return index
            line = self.paragraphs[index]
            if index and _FIELD.search(self.text, line.start, line.end):
                return index
        return count

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings in order."""
        return outline.headings(self.text, self.paragraphs, self.leads, self.title_lines)

    @cached_property
    def _above(self) -> tuple[list[int], list[int], dict[int, tuple[str, ...]]]:
        """Where each heading starts, the number of the one that is next above it or -1, and the
        titles over the text under those that have been asked for."""
        starts, above = [], []
        open_headings: list[int] = []
        headings = self.headings
        for number, heading in enumerate(headings):
            while open_headings and headings[open_headings[-1]].depth >= heading.depth:
                open_headings.pop()
            above.append(open_headings[-1] if open_headings else -1)
            open_headings.append(number)
            starts.append(self.paragraphs[heading.paragraph].start)
        return starts, above, {-1: ()}

    def _path(self, number: int) -> tuple[str, ...]:
        _, above, paths = self._above
        path = paths.get(number)
        if path is None:
            path = paths[number] = (*self._path(above[number]), self._shown(self.headings[number]))
        return path

    def heading_path(self, raw_offset: int) -> tuple[str, ...]:
        """Return the titles of the headings over a raw offset, outermost first."""
        if self._addressed:
            block = self._document.block_at(raw_offset)
            if block is not None and block.address and not _ASIDE.isdisjoint(block.address):
                return ()
        return self._path(bisect_right(self._above[0], self._view.here(raw_offset)) - 1)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the clean view to the document."""
        return self._view.raw_span(start, end)

    def _shown(self, heading: Heading) -> str:
        label = self.text[heading.label.start : heading.label.end] if heading.label else ""
        return (label + self.text[heading.start : heading.end])[: outline.LONGEST_TITLE + 6]
