"""What a draft is made of, worked out from the clean view when first asked for.

All positions here are of the clean view, except where a name says ``raw``.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from reportlint.structure import kinds, labels, outline
from reportlint.structure.kinds import KindGuess
from reportlint.structure.labels import Label
from reportlint.structure.outline import Heading, Paragraph

if TYPE_CHECKING:
    from reportlint.document import Document, View
    from reportlint.settings import Settings

__all__ = ["Heading", "KindGuess", "Label", "Paragraph", "Structure"]


class Structure:
    """The parts of one draft."""

    def __init__(self, document: Document, view: View, settings: Settings) -> None:
        self._document = document
        self._view = view
        self._settings = settings
        self.text = view.text

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The blocks of the document that have text left in the clean view."""
        text, here = self.text, self._view.here
        found = []
        for block in self._document.blocks:
            if block.kind == "opaque":
                continue
            start, end = here(block.start), here(block.end)
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                found.append(Paragraph(start, end, block.kind, block.level))
        return found

    @cached_property
    def leads(self) -> dict[int, Label]:
        """The label that opens a paragraph, by the paragraph's index."""
        found = {}
        for index, paragraph in enumerate(self.paragraphs):
            label = labels.leading(self.text, paragraph.start, paragraph.end, index)
            if label is not None:
                found[index] = label
        return found

    @cached_property
    def labels(self) -> list[Label]:
        """Every label of the draft outside tables, in order."""
        found = []
        for index, paragraph in enumerate(self.paragraphs):
            if paragraph.kind == "cell":
                continue
            start = paragraph.start
            lead = self.leads.get(index)
            if lead is not None:
                found.append(lead)
                start = lead.end
            found += labels.inline(self.text, start, paragraph.end, index)
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
        return count

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings in order."""
        return outline.headings(self.text, self.paragraphs, self.leads, self.title_lines)

    def heading_path(self, raw_offset: int) -> tuple[str, ...]:
        """Return the titles of the headings over a raw offset, outermost first."""
        position = self._view.here(raw_offset)
        path: list[Heading] = []
        starts = [self.paragraphs[heading.paragraph].start for heading in self.headings]
        for heading in self.headings[: bisect_right(starts, position)]:
            while path and path[-1].depth >= heading.depth:
                path.pop()
            path.append(heading)
        return tuple(self._shown(heading) for heading in path)

    def _shown(self, heading: Heading) -> str:
        label = self.text[heading.label.start : heading.label.end] if heading.label else ""
        return (label + self.text[heading.start : heading.end])[: outline.LONGEST_TITLE + 6]
