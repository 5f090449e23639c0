"""Takes out of a Word file what was put into it.

What was put in is only ever bytes between bytes, and a part of the package says where: as long as
no other program has written the file since, all parts get back the bytes that they had. Of a file
that was saved by a word processor meanwhile, the comments and changes of our name are taken out
one by one; where runs were split for them they stay split, which does not show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reportlint.annotate import AUTHOR
from reportlint.annotate.word.layout import TAG, name_of
from reportlint.annotate.word.parts import TYPES, comments_part
from reportlint.annotate.word.splices import Splice, spliced
from reportlint.readers.docx.markup import attribute, word
from reportlint.readers.docx.reader import main_part
from reportlint.readers.docx.relations import relations
from reportlint.readers.limits import Budget, unusable
from reportlint.readers.package import Package
from reportlint.readers.xml import Listener, walk

RECORD = "reportlint/undo.json"
RECORD_TYPE = b"application/json"

_VERSION = 1
_STORIES = ("footnotes", "endnotes", "header", "footer")
_OVERRIDE = re.compile(rb'<Override[^<>]*PartName="/' + RECORD.encode() + rb'"[^<>]*/>')


def record(undo: Mapping[str, tuple[bytes, Sequence[Splice]]], added: Sequence[str]) -> bytes:
    """Return the part that says how to undo. ``undo`` has for each part its new content and what
    gives it back the old one; parts that were ``added`` are to go."""
    import json

    parts = {
        part: {
            "digest": _digest(content),
            "undo": [[s.start, s.end, s.new.decode("latin-1")] for s in splices],
        }
        for part, (content, splices) in undo.items()
    }
    made = {"version": _VERSION, "parts": parts, "added": [*added, RECORD]}
    return json.dumps(made, separators=(",", ":")).encode()


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def restored(package: Package) -> dict[str, bytes | None]:
    """Return the parts of a package that change when our marks are taken out: their content
    without them, None for those to be removed. Empty where there are none. Raises ReadError."""
    if RECORD in package:
        parts = _recorded(package)
        if parts is not None:
            return parts
    return _searched(package)


def _recorded(package: Package) -> dict[str, bytes | None] | None:
    """Return what the record says, None where it does not fit the package any more."""
    import json

    try:
        held: Any = json.loads(package.read(RECORD))
        parts: dict[str, bytes | None] = {}
        for part, entry in held["parts"].items():
            content = package.read(part)
            if held["version"] != _VERSION or _digest(content) != entry["digest"]:
                return None
            splices = [Splice(s, e, new.encode("latin-1")) for s, e, new in entry["undo"]]
            parts[part] = spliced(content, splices)
        parts |= dict.fromkeys(held["added"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return parts


# Where another program has been at work


def _searched(package: Package) -> dict[str, bytes | None]:
    main = main_part(package)
    changed: dict[str, bytes | None] = {}
    comments, _ = comments_part(package, main)
    ours: frozenset[str] = frozenset()
    if comments in package:
        content = package.read(comments)
        found = _Comments(comments, content)
        ours = frozenset(found.ids)
        if found.splices:
            changed[comments] = spliced(content, found.splices)
    stories = [main]
    stories += [r.target for r in relations(package, main) if r.type in _STORIES]
    for part in dict.fromkeys(stories):
        if part in package:
            content = package.read(part)
            marks = _Marks(part, content, ours if part == main else frozenset())
            if marks.splices:
                changed[part] = spliced(content, marks.splices)
    if RECORD in package:
        changed[RECORD] = None
        types = package.read(TYPES)
        changed[TYPES] = _OVERRIDE.sub(b"", types)
    return changed


class _Elements(Listener):
    """Finds elements that go, with all that is in them."""

    def __init__(self, content: bytes) -> None:
        self.splices: list[Splice] = []
        self._content = content
        self._going: list[int | None] = []

    def at(self) -> int:
        return int(self.parser.CurrentByteIndex)

    def tag(self, at: int) -> bytes:
        match = TAG.match(self._content, at)
        if match is None:
            raise unusable("批注的位置读不出来", "the place of a comment cannot be read")
        return match.group()

    def behind(self, start: int) -> int:
        """Return where the element ends whose end is being told."""
        tag = self.tag(start)
        if tag.endswith(b"/>"):
            return start + len(tag)
        return self.at() + len(self.tag(self.at()))

    def begin(self, goes: bool) -> None:
        """Called where an element begins that may go."""
        self._going.append(self.at() if goes else None)

    def finish(self) -> None:
        """Called where it ends."""
        start = self._going.pop()
        if start is not None and not any(outer is not None for outer in self._going):
            end = self.behind(start)
            self.splices = [s for s in self.splices if s.start < start]
            self.splices.append(Splice(start, end, b""))


class _Comments(_Elements):
    """Our comments in the part of comments."""

    def __init__(self, part: str, content: bytes) -> None:
        super().__init__(content)
        self.ids: list[str] = []
        Listener.__init__(self, word(comment=self._comment), word(comment=self.finish))
        walk(part, content, Budget(), self)

    def _comment(self, attributes: Mapping[str, str]) -> None:
        ours = attribute(attributes, "author") == AUTHOR
        if ours:
            self.ids.append(attribute(attributes, "id") or "")
        self.begin(ours)


class _Marks(_Elements):
    """Where comments ``ours`` stand in a story, and our changes, which are rejected."""

    def __init__(self, part: str, content: bytes, ours: frozenset[str]) -> None:
        super().__init__(content)
        self._ours = ours
        self._deletions: list[int | None] = []
        # Of each run: where it begins, whether it refers to a comment of ours, to anything else.
        self._runs: list[tuple[int, list[int], list[int]]] = []
        Listener.__init__(
            self,
            word(
                commentRangeStart=self._mark, commentRangeEnd=self._mark, ins=self._ins,
                del_=self._del, r=self._r, rPr=lambda _: True, t=self._other, tab=self._other,
                br=self._other, drawing=self._other, pict=self._other, object=self._other,
                fldChar=self._other, instrText=self._other, delText=self._deleted,
                commentReference=self._reference, sym=self._other, footnoteReference=self._other,
                endnoteReference=self._other,
            ),
            word(
                commentRangeStart=self.finish, commentRangeEnd=self.finish, ins=self.finish,
                del_=self._del_end, r=self._r_end,
            ),
        )  # fmt: skip
        walk(part, content, Budget(), self)

    def _mark(self, attributes: Mapping[str, str]) -> None:
        self.begin(attribute(attributes, "id") in self._ours)

    def _ins(self, attributes: Mapping[str, str]) -> None:
        self.begin(attribute(attributes, "author") == AUTHOR)

    def _del(self, attributes: Mapping[str, str]) -> None:
        at = self.at()
        ours = attribute(attributes, "author") == AUTHOR
        self._deletions.append(at if ours else None)
        if ours:
            self.splices.append(Splice(at, at + len(self.tag(at)), b""))

    def _del_end(self) -> None:
        start = self._deletions.pop()
        if start is not None and not self.tag(start).endswith(b"/>"):
            self.splices.append(Splice(self.at(), self.behind(start), b""))

    def _deleted(self, attributes: Mapping[str, str]) -> None:
        self._other(attributes)
        if not self._deletions or self._deletions[-1] is None:
            return
        at = self.at()
        tag = self.tag(at)
        name = name_of(tag)
        text = name.removesuffix(b"delText") + b"t"
        self.splices.append(Splice(at + 1, at + 1 + len(name), text))
        if not tag.endswith(b"/>"):
            close = self._content.index(b"</" + name, at) + 2
            self.splices.append(Splice(close, close + len(name), text))

    def _r(self, _: Mapping[str, str]) -> None:
        self._runs.append((self.at(), [], []))

    def _other(self, _: Mapping[str, str]) -> None:
        if self._runs:
            self._runs[-1][2].append(self.at())

    def _reference(self, attributes: Mapping[str, str]) -> None:
        if self._runs:
            ours = attribute(attributes, "id") in self._ours
            _, references, others = self._runs[-1]
            (references if ours else others).append(self.at())

    def _r_end(self) -> None:
        start, ours, others = self._runs.pop()
        if ours and not others:
            self.splices.append(Splice(start, self.behind(start), b""))
            return
        for at in ours:
            self.splices.append(Splice(at, at + len(self.tag(at)), b""))
