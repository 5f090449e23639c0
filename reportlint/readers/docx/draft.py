"""Paragraphs to the text and the blocks of a document, and the way back into the file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from reportlint.document import Block, Trace
from reportlint.readers.docx.body import NOWHERE, Paragraph
from reportlint.readers.docx.numbering import Counters, Numbering
from reportlint.readers.docx.styles import BODY_LEVEL, Styles
from reportlint.readers.limits import MAX_LINES, MAX_TEXT, too_large
from reportlint.readers.numerals import join


class Source(NamedTuple):
    """Where ``text[start : start + length]`` stands: in a part from byte ``at`` on.

    ``tag`` is where the ``w:t`` begins that holds it.
    """

    start: int
    length: int
    part: str
    at: int
    tag: int


class Draft:
    """Collects the paragraphs of all stories, one line each.

    ``sources`` lists, in order of the text, whatever of it stands in the file; it is kept only
    where ``mapped`` is true. ``marks`` has for each comment of the main part where it begins, ends
    and is referred to, as far as the file says so. ``traces`` are those of the document.
    """

    def __init__(self, styles: Styles, numbering: Numbering, *, mapped: bool = False) -> None:
        self.blocks: list[Block] = []
        self.sources: list[Source] = []
        self.marks: dict[str, dict[str, int]] = {}
        self.traces: list[Trace] = []
        self._lines: list[str] = []
        self._length = 0
        self._styles = styles
        self._numbering = numbering
        self._mapped = mapped

    def text(self) -> str:
        """Return the lines collected so far, a line feed between two."""
        return "\n".join(self._lines)

    def story(self, part: str, counters: Counters) -> Callable[[Paragraph], None]:
        """Return what takes the paragraphs of a part. ``counters`` count its lists."""
        boxes = Counters(self._numbering)

        def take(paragraph: Paragraph) -> None:
            self._take(paragraph, part, boxes if paragraph.inner else counters)

        return take

    def _take(self, paragraph: Paragraph, part: str, counters: Counters) -> None:
        text = "".join([piece[0] for piece in paragraph.pieces])
        look = self._styles.look(paragraph.style)

        num_id = look.num_id if paragraph.num_id is None else paragraph.num_id
        auto = ""
        if num_id:
            label, suffix = counters.next(num_id, self._ilvl(paragraph, num_id))
            auto = join(label, text, suffix)

        start = self._length
        if self._mapped:
            at = start + len(auto)
            for piece, offset, tag in paragraph.pieces:
                if offset != NOWHERE:
                    self.sources.append(Source(at, len(piece), part, offset, tag))
                at += len(piece)

        if paragraph.marks or paragraph.traits:
            lengths = (len(piece[0]) for piece in paragraph.pieces)
            starts = list(accumulate(lengths, initial=start + len(auto)))
            for kind, key, number in paragraph.marks:
                self.marks.setdefault(key, {}).setdefault(kind, starts[number])
            self._trace(paragraph, starts)

        line = auto + text
        self._lines.append(line)
        self._length += len(line) + 1
        if self._length > MAX_TEXT:
            raise too_large(f"超过{MAX_TEXT}字", f"more than {MAX_TEXT} characters")
        if line and not line.isspace():
            self._blocks(line, start, paragraph, len(auto))
        if len(self._lines) > MAX_LINES or len(self.blocks) > MAX_LINES:
            raise too_large(f"超过{MAX_LINES}段", f"more than {MAX_LINES} paragraphs")

    def _trace(self, paragraph: Paragraph, starts: list[int]) -> None:
        open_ones: dict[tuple[str, str], Trace] = {}
        for kind, first, last, detail in paragraph.traits:
            if kind == "style":
                kind, detail = self._styles.trait(detail)
                if not kind:
                    continue
            trace = Trace(starts[first], starts[last], kind, detail)
            # What one hand has marked is often cut into runs.
            before = open_ones.get((kind, detail))
            if before is not None and before.start <= trace.start <= before.end:
                trace = before._replace(end=max(before.end, trace.end))
            elif before is not None:
                self.traces.append(before)
            open_ones[kind, detail] = trace
        self.traces.extend(open_ones.values())

    def _ilvl(self, paragraph: Paragraph, num_id: int) -> int:
        if paragraph.ilvl is not None:
            return paragraph.ilvl
        look = self._styles.look(paragraph.style)
        if paragraph.num_id is None and look.numbered_by is not None:
            entries = self._numbering.list(num_id)
            linked = entries.level_of(look.numbered_by) if entries else None
            if linked is not None:
                return linked
        return look.ilvl or 0

    def _blocks(self, line: str, start: int, paragraph: Paragraph, auto: int) -> None:
        kind, level = self._kind(paragraph)
        # A line break inside a paragraph makes two lines of one address.
        for part in line.split("\n"):
            if part and not part.isspace():
                block = Block(
                    start, start + len(part), kind, level, paragraph.address, auto, paragraph.cell
                )
                self.blocks.append(block)
            start += len(part) + 1
            auto = 0

    def _kind(self, paragraph: Paragraph) -> tuple[str, int]:
        look = self._styles.look(paragraph.style)
        if look.contents:
            # The program makes the table of contents from the headings.
            return "opaque", 0
        if paragraph.kind == "cell":
            return "cell", 0
        level = look.level
        if paragraph.outline is not None:
            level = paragraph.outline + 1 if paragraph.outline < BODY_LEVEL else 0
        if level and paragraph.kind in ("body", "box"):
            return "heading", level
        return "text", 0
