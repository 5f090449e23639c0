"""Notes to marks: comments on the words concerned, fixes as tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportlint.annotate import AUTHOR, Note
from reportlint.annotate.word.layout import Layout
from reportlint.annotate.word.parts import escaped
from reportlint.annotate.word.sheet import (
    CLOSE_COMMENT,
    INSERTION,
    OPEN_COMMENT,
    POINT,
    Gap,
    Sheet,
)
from reportlint.document import Block, Document
from reportlint.findings import Edit
from reportlint.readers.docx.draft import Source
from reportlint.readers.docx.reader import Reading, main_part
from reportlint.readers.limits import refused
from reportlint.readers.package import Package
from reportlint.readers.xml import utf8

_IDS = re.compile(rb""":id\s*=\s*["']([0-9]{1,10})["']""")
_LARGEST = 2**31 - 2
_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")


class Comment(NamedTuple):
    """A comment that has been anchored."""

    id: int
    paragraphs: tuple[str, ...]


class Marks:
    """Puts notes into the parts of a reading. Raises ReadError, and WriteError for UTF-16."""

    def __init__(self, reading: Reading, stamp: str, taken: Iterable[bytes] = ()) -> None:
        self.comments: list[Comment] = []
        self.changes = 0
        self.homeless = 0
        self.contents: dict[str, bytes] = {}
        self._reading = reading
        self._document: Document = reading.document
        self._package: Package = reading.package
        self._main = main_part(reading.package)
        self._stamp = stamp
        self._sources: dict[str, list[Source]] = {}
        for source in reading.sources:
            self._sources.setdefault(source.part, []).append(source)
        self._sheets: dict[str, Sheet] = {}
        self.sheet(self._main)
        self._ids = _free((*self.contents.values(), *taken))

    def sheet(self, part: str) -> Sheet:
        """Return the sheet of a part, made when first asked for."""
        if part not in self._sheets:
            content = self._package.read(part)
            if utf8(part, content) is not content:
                raise refused(f"“{part}”是UTF-16编码，不能改写", f"{part} is in UTF-16")
            self.contents[part] = content
            layout = Layout(part, content)
            sources = self._sources.get(part, [])
            self._sheets[part] = Sheet(content, layout, self._document.text, sources)
        return self._sheets[part]

    @property
    def namespace(self) -> bytes:
        """The namespace of the main part."""
        return self.sheet(self._main).layout.namespace

    def sheets(self) -> Mapping[str, Sheet]:
        """Return the sheets made so far by the names of their parts."""
        return self._sheets

    def add(self, note: Note) -> None:
        """Anchor a comment, and put in the fix where that can be done."""
        paragraphs = note.paragraphs
        if note.edits and self._change(note.edits):
            self.changes += 1
            paragraphs += (note.fixed,) if note.fixed else ()
        elif note.advised:
            paragraphs += (note.advised,)
        gaps = self._anchor(note.start, note.end)
        if gaps is None:
            self.homeless += 1
            return
        key = next(self._ids)
        self.comments.append(Comment(key, paragraphs))
        w, declared = self._prefix(self._main)
        start = f'<{w}commentRangeStart{declared} {w}id="{key}"/>'.encode()
        end = (
            f'<{w}commentRangeEnd{declared} {w}id="{key}"/>'
            f'<{w}r{declared}><{w}commentReference {w}id="{key}"/></{w}r>'
        ).encode()
        sheet = self.sheet(self._main)
        first, last = gaps
        if last is None:
            sheet.put(first, POINT, start + end)
        else:
            sheet.put(first, OPEN_COMMENT, start)
            sheet.put(last, CLOSE_COMMENT, end)

    # Comments

    def _anchor(self, start: int, end: int) -> tuple[Gap, Gap | None] | None:
        """Return where the comment on a span begins and ends, the same gap and None for a point.

        Only the body holds comments: one on a note is on the number that refers to it, one on a
        header or footer is at the top.
        """
        sheet = self.sheet(self._main)
        found = sheet.covering(start, end) if start < end else []
        if found:
            first, last = found[0], found[-1]
            return (
                sheet.before(first, max(start, first.start)),
                sheet.behind(last, min(end, last.start + last.length)),
            )
        block = self._document.block_at(start)
        elsewhere = self._elsewhere(block)
        if elsewhere is not None:
            return elsewhere
        if start < end and block is not None:
            # An automatic number has no place in the file: the words that it numbers have.
            found = sheet.covering(block.start, block.end)
            if found:
                last = found[-1]
                return (
                    sheet.before(found[0], max(block.start, found[0].start)),
                    sheet.behind(last, min(block.end, last.start + last.length)),
                )
        source = sheet.nearest(start)
        return self._point(sheet, source, start)

    def _point(
        self, sheet: Sheet, source: Source | None, offset: int
    ) -> tuple[Gap, Gap | None] | None:
        if source is None:
            at = sheet.layout.ending
            return (Gap(at), None) if at >= 0 else None
        offset = min(max(offset, source.start), source.start + source.length)
        if offset == source.start:
            return sheet.before(source, offset), None
        return sheet.behind(source, offset), None

    def _elsewhere(self, block: Block | None) -> tuple[Gap, Gap | None] | None:
        """Return the gaps for a block outside of the body, None for one in it."""
        address = block.address if block is not None else None
        if block is None or address is None:
            return None
        sheet = self.sheet(self._main)
        for kind in ("footnote", "endnote"):
            if kind in address:
                for part, sources in self._sources.items():
                    found = [s for s in sources if block.start <= s.start < block.end]
                    if found and part != self._main:
                        layout = self.sheet(part).layout
                        key = layout.note_at(found[0].at)
                        run = sheet.layout.references.get((kind, key or ""))
                        if run is not None:
                            return sheet.around(run)
        if any(kind in address for kind in ("footnote", "endnote", "header", "footer")):
            body = self._sources.get(self._main)
            return self._point(sheet, body[0] if body else None, 0)
        return None

    # Fixes

    def _change(self, edits: Sequence[Edit]) -> bool:
        """Put edits in as tracked changes, all or none. Return whether they could be."""
        placed = [self._placed(edit) for edit in edits]
        if not all(placed):
            return False
        for edit, place in zip(edits, placed, strict=True):
            assert place is not None
            sheet, part, sources = place
            w, declared = self._prefix(part)
            if edit.start < edit.end:
                self._delete(sheet, part, edit)
            if not edit.replacement:
                continue
            run = sheet.run(sources[0])
            name = run.name.decode() if run is not None else f"{w}r"
            kept = run.properties.decode() if run is not None else ""
            text = (
                f"<{w}ins{declared} {self._credit(part)}><{name}>{kept}"
                f'<{w}t xml:space="preserve">{escaped(edit.replacement)}</{w}t></{name}></{w}ins>'
            )
            last = sources[-1]
            if edit.start == edit.end == last.start:
                gap = sheet.before(last, edit.end)
            else:
                gap = sheet.behind(last, min(edit.end, last.start + last.length))
            sheet.put(gap, INSERTION, text.encode())
        return True

    def _placed(self, edit: Edit) -> tuple[Sheet, str, list[Source]] | None:
        """Return where an edit is to be made, None where it cannot be."""
        if _UNWRITABLE.search(edit.replacement):
            return None
        for part in self._sources:
            sheet = self.sheet(part)
            if edit.start < edit.end:
                found = sheet.splittable(edit.start, edit.end)
            else:
                source = sheet.nearest(edit.start)
                inside = source and source.start <= edit.start <= source.start + source.length
                found = [source] if source is not None and inside else []
                found = found if found and sheet.layout.texts[found[0].tag].around is None else []
            if not found:
                continue
            runs = [sheet.run(source) for source in found]
            # In what somebody else inserted nothing can be inserted, only deleted.
            if edit.replacement and any(run is None or run.foreign for run in runs):
                return None
            return sheet, part, found
        return None

    def _delete(self, sheet: Sheet, part: str, edit: Edit) -> None:
        w, declared = self._prefix(part)
        for start, end in sheet.elements(edit.start, edit.end):
            opening = f"<{w}del{declared} {self._credit(part)}>".encode()
            sheet.delete(start, end, opening, f"</{w}del>".encode())

    def _credit(self, part: str) -> str:
        w, _ = self._prefix(part)
        return f'{w}id="{next(self._ids)}" {w}author="{AUTHOR}" {w}date="{self._stamp}"'

    def _prefix(self, part: str) -> tuple[str, str]:
        """Return the prefix for our elements in a part, and its declaration where it needs one."""
        layout = self.sheet(part).layout
        if layout.prefix:
            return layout.prefix.decode(), ""
        return "w:", f' xmlns:w="{layout.namespace.decode()}"'


def _free(contents: Iterable[bytes]) -> Iterator[int]:
    """Yield numbers that no comment and no change of the parts has."""
    used = {int(number) for content in contents for number in _IDS.findall(content)}
    following = max((number for number in used if number < _LARGEST // 2), default=-1) + 1
    while True:
        if following not in used:
            yield following
        following += 1
