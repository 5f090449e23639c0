"""Where runs stand in the XML of a part, so that they can be split between two characters.

Marks (the ends of a comment's range, tracked changes) stand between runs. Where text cannot be
split (in a text box, a formula, ruby, a CDATA section) they go before or after what holds it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from reportlint.readers.docx.markup import attribute, math, word
from reportlint.readers.limits import Budget
from reportlint.readers.xml import Listener, walk

TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_NAME = re.compile(rb"</?([^\s/>]+)")
_ROOT = re.compile(rb"""(?:\s|<\?.*?\?>|<!--.*?-->)*<(?:([\w.-]+):)?(?!/)[\w.-]+""", re.DOTALL)
_ALTERNATE = re.compile(rb"<(/?)(?:[\w.-]+:)?AlternateContent(?=[\s/>])")


class Holder:
    """An element from its first to behind its last byte."""

    __slots__ = ("end", "start")

    def __init__(self, start: int) -> None:
        self.start = self.end = start


class Run(Holder):
    """A ``w:r``: its name as written, the bytes of its properties, where its content lies.

    ``foreign`` says that somebody's insertion holds it.
    """

    __slots__ = ("first", "foreign", "last", "name", "properties")

    def __init__(self, start: int, name: bytes, first: int, *, foreign: bool) -> None:
        super().__init__(start)
        self.name = name
        self.first = self.last = first
        self.properties = b""
        self.foreign = foreign


class Text(Holder):
    """A ``w:t``: its name as written, and the bytes between its tags.

    ``run`` is what holds it where it can be split, ``around`` what marks must stay out of.
    ``spaced``: its tag says how to treat white space; ``preserved``: to keep it.
    """

    __slots__ = ("around", "close", "name", "open", "preserved", "run", "spaced")

    def __init__(self, start: int, name: bytes, tag: bytes) -> None:
        super().__init__(start)
        self.name = name
        self.open = self.close = start + len(tag)
        self.spaced = b"xml:space" in tag
        self.preserved = self.spaced and b"preserve" in tag
        self.run: Run | None = None
        self.around: Holder | None = None


class Layout(Listener):
    """Reads a part. ``prefix`` is that of its root, with its colon, empty where it has none.

    ``texts`` are by the byte at which they begin, ``references`` the runs that refer to a footnote
    or endnote by (``footnote``, id), ``notes`` the ids of the notes in a part of notes with the
    bytes that hold them. ``ending`` is where a paragraph of the part ends, -1 for none.
    """

    def __init__(self, part: str, content: bytes) -> None:
        self.content = content
        self.texts: dict[int, Text] = {}
        self.references: dict[tuple[str, str], Holder] = {}
        self.notes: list[tuple[int, int, str]] = []
        self.ending = -1
        root = _ROOT.match(content.removeprefix(b"\xef\xbb\xbf"))
        self.prefix = root[1] + b":" if root and root[1] else b""
        self.namespace = b""
        self._runs: list[Run | None] = []
        self._text: Text | None = None
        self._formulas: list[Holder] = []
        self._foreign = 0
        self._paragraphs: list[int] = []
        self._note: tuple[int, str] = (0, "")
        self._alternates = _alternates(content)
        super().__init__(
            word(
                p=self._p, r=self._r, rPr=self._rpr, t=self._t,
                ins=self._ins, moveTo=self._ins, del_=_skip, moveFrom=_skip, rt=_skip, sdtPr=_skip,
                pPr=_skip, footnoteReference=self._footnote, endnoteReference=self._endnote,
                footnote=self._note_start, endnote=self._note_start,
            )
            | math(oMath=self._formula, oMathPara=self._formula, t=self._t),
            word(
                p=self._p_end, r=self._r_end, rPr=self._rpr_end, t=self._t_end,
                ins=self._ins_end, moveTo=self._ins_end, footnote=self._note_end,
                endnote=self._note_end,
            )
            | math(oMath=self._formula_end, oMathPara=self._formula_end, t=self._t_end),
        )  # fmt: skip
        self._rpr_start = 0
        walk(part, content, Budget(), self)

    def root(self, part: str, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        self.namespace = name.rpartition(" ")[0].encode()

    def note_at(self, offset: int) -> str | None:
        """Return the id of the note that holds a byte of a part of notes."""
        index = bisect_right(self.notes, (offset, len(self.content), "")) - 1
        if index >= 0 and offset < self.notes[index][1]:
            return self.notes[index][2]
        return None

    # Where things begin and end

    def _at(self) -> int:
        return int(self.parser.CurrentByteIndex)

    def _tag(self, at: int) -> bytes:
        match = TAG.match(self.content, at)
        return match.group() if match else b""

    def _behind(self, holder_start: int) -> int:
        """Return where the element ends whose end is being told."""
        tag = self._tag(holder_start)
        if tag.endswith(b"/>"):
            return holder_start + len(tag)
        at = self._at()
        return at + len(self._tag(at))

    # Handlers

    def _p(self, _: Mapping[str, str]) -> None:
        self._paragraphs.append(self._at())

    def _p_end(self) -> None:
        start = self._paragraphs.pop()
        if self.ending < 0 and not self._runs and not self._tag(start).endswith(b"/>"):
            self.ending = self._at()

    def _r(self, _: Mapping[str, str]) -> None:
        at = self._at()
        tag = self._tag(at)
        self._runs.append(Run(at, name_of(tag), at + len(tag), foreign=self._foreign > 0))

    def _r_end(self) -> None:
        run = self._runs.pop()
        if run is not None:
            run.last = self._at()
            run.end = self._behind(run.start)

    def _rpr(self, _: Mapping[str, str]) -> None:
        self._rpr_start = self._at()

    def _rpr_end(self) -> None:
        run = self._runs[-1] if self._runs else None
        if run is not None and run.first == self._rpr_start:
            run.first = self._behind(self._rpr_start)
            run.properties = self.content[self._rpr_start : run.first]

    def _t(self, _: Mapping[str, str]) -> None:
        at = self._at()
        tag = self._tag(at)
        self._text = text = Text(at, name_of(tag), tag)
        self.texts[at] = text
        text.run = self._runs[-1] if self._runs else None
        text.around = self._around(at)

    def _around(self, at: int) -> Holder | None:
        """Return the outermost element in the paragraph of the story that keeps marks out."""
        found: list[Holder] = [*self._formulas[:1]]
        if len(self._runs) > 1 and self._runs[0] is not None:
            found.append(self._runs[0])
        paragraph = self._paragraphs[0] if self._paragraphs else 0
        index = bisect_right(self._alternates, at, key=lambda holder: holder.start) - 1
        if index >= 0 and paragraph < self._alternates[index].start:
            if at < self._alternates[index].end:
                found.append(self._alternates[index])
                found += [run for run in self._runs[:1] if run is not None]
        return min(found, key=lambda holder: holder.start, default=None)

    def _t_end(self) -> None:
        text, self._text = self._text, None
        if text is None:
            return
        text.close = self._at()
        text.end = self._behind(text.start)
        if text.around is None and b"<" in self.content[text.open : text.close]:
            text.around = text.run

    def _formula(self, _: Mapping[str, str]) -> None:
        self._formulas.append(Holder(self._at()))

    def _formula_end(self) -> None:
        formula = self._formulas.pop()
        formula.end = self._behind(formula.start)

    def _ins(self, _: Mapping[str, str]) -> None:
        self._foreign += 1

    def _ins_end(self) -> None:
        self._foreign -= 1

    def _footnote(self, attributes: Mapping[str, str]) -> None:
        self._reference("footnote", attributes)

    def _endnote(self, attributes: Mapping[str, str]) -> None:
        self._reference("endnote", attributes)

    def _reference(self, kind: str, attributes: Mapping[str, str]) -> None:
        key = attribute(attributes, "id")
        if key is not None and self._runs and self._runs[0] is not None:
            self.references.setdefault((kind, key), self._runs[0])

    def _note_start(self, attributes: Mapping[str, str]) -> None:
        self._note = self._at(), attribute(attributes, "id") or ""

    def _note_end(self) -> None:
        start, key = self._note
        self.notes.append((start, self._at(), key))


def name_of(tag: bytes) -> bytes:
    """Return the name of an element as its tag has it."""
    match = _NAME.match(tag)
    return match[1] if match else b""


def _skip(_: Mapping[str, str]) -> bool:
    return True


def _alternates(content: bytes) -> list[Holder]:
    """Return the elements of alternate content that are within no other one, in order."""
    found: list[Holder] = []
    depth = 0
    for match in _ALTERNATE.finditer(content):
        tag = TAG.match(content, match.start())
        if tag is None or tag.group().endswith(b"/>"):
            continue
        if match[1]:
            depth -= 1
            if depth == 0 and found:
                found[-1].end = tag.end()
        else:
            if depth == 0:
                found.append(Holder(match.start()))
            depth += 1
    return found
