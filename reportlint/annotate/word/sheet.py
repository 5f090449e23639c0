"""One part while it is marked: what goes between which characters, and the splices of that."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportlint.annotate.word.layout import Holder, Layout, Run, Text
from reportlint.annotate.word.splices import Splice
from reportlint.document import Span
from reportlint.readers.docx.body import SPACES
from reportlint.readers.docx.draft import Source

# The order of what stands at one place: what ends there, what is new, what begins there.
CLOSE_DELETION, INSERTION, CLOSE_COMMENT, POINT, OPEN_COMMENT, OPEN_DELETION = range(6)

Token = tuple[int, int, bytes]
"""Rank, order within the rank, and the bytes."""

_PRESERVE = b' xml:space="preserve"'


class Gap:
    """A place between two runs, or one in a ``w:t`` (``index`` characters from its beginning)
    where a run can be split. Equal places are equal."""

    __slots__ = ("at", "index", "text")

    def __init__(self, at: int, text: Text | None = None, index: int = 0) -> None:
        self.at = at
        self.text = text
        self.index = index


class Sheet:
    """A part with its text and the marks that are put into it.

    ``sources`` are those of the part, in order of the text.
    """

    def __init__(self, content: bytes, layout: Layout, text: str, sources: list[Source]) -> None:
        self.layout = layout
        self._content = content
        self._text = text
        self._sources = sources
        self._starts = [source.start for source in sources]
        self._between: dict[int, list[Token]] = {}
        self._within: dict[int, dict[int, list[Token]]] = {}
        self._deleted: dict[int, list[Span]] = {}
        self._count = 0
        self._of_text: dict[int, list[Source]] = {}
        for source in sources:
            self._of_text.setdefault(source.tag, []).append(source)
        self._ends: dict[int, tuple[Text, int]] = {}
        for tag, siblings in self._of_text.items():
            element = layout.texts[tag]
            self._ends[element.end] = element, sum(source.length for source in siblings)

    # From the text to the part

    def covering(self, start: int, end: int) -> list[Source]:
        """Return the sources that hold something of a span of the text."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_left(self._starts, end)
        return [s for s in self._sources[first:last] if s.start + s.length > start]

    def nearest(self, offset: int) -> Source | None:
        """Return the source nearest to an offset of the text: the one that follows, else before."""
        index = bisect_left(self._starts, offset)
        if index and self._starts[index - 1] + self._sources[index - 1].length >= offset:
            return self._sources[index - 1]
        if index == len(self._sources):
            index -= 1
        return self._sources[index] if index >= 0 else None

    def before(self, source: Source, offset: int) -> Gap:
        """Return the gap before the character at ``offset`` of the text, which is in ``source``."""
        return self._gap(source, offset, left=True)

    def behind(self, source: Source, offset: int) -> Gap:
        """Return the gap behind the character before ``offset``, which is in ``source``."""
        return self._gap(source, offset, left=False)

    def around(self, holder: Holder) -> tuple[Gap, Gap]:
        """Return the gaps before and behind an element."""
        return Gap(holder.start), Gap(holder.end)

    def _gap(self, source: Source, offset: int, *, left: bool) -> Gap:
        text = self.layout.texts[source.tag]
        if text.around is not None or text.run is None:
            holder = text.around or text
            return Gap(holder.start if left else holder.end)
        siblings = self._of_text[source.tag]
        index = offset - source.start
        index += sum(s.length for s in siblings if s.start < source.start)
        length = sum(s.length for s in siblings)
        if index == 0 and text.start == text.run.first:
            return Gap(text.run.start)
        if index == length and text.end == text.run.last:
            return Gap(text.run.end)
        if index == 0 and text.start in self._ends:
            # Between two elements of text there is one gap, not two.
            text, index = self._ends[text.start]
        return Gap(-1, text, index)

    # Marks

    def put(self, gap: Gap, rank: int, token: bytes) -> None:
        """Put a mark into a gap; of one rank the first comes first."""
        self._count += 1
        if gap.text is None:
            tokens = self._between.setdefault(gap.at, [])
        else:
            tokens = self._within.setdefault(gap.text.start, {}).setdefault(gap.index, [])
        tokens.append((rank, self._count, token))

    def splittable(self, start: int, end: int) -> list[Source]:
        """Return the sources of a span of which every character can be marked; else none."""
        found = self.covering(start, end)
        whole = sum(min(end, s.start + s.length) - max(start, s.start) for s in found)
        texts = [self.layout.texts[s.tag] for s in found]
        free = all(text.around is None and text.run is not None for text in texts)
        return found if whole == end - start and free else []

    def run(self, source: Source) -> Run | None:
        """Return the run of a source."""
        return self.layout.texts[source.tag].run

    def elements(self, start: int, end: int) -> list[Span]:
        """Return a span cut into the pieces that each ``w:t`` holds of it."""
        found: dict[int, Span] = {}
        for source in self.covering(start, end):
            first = found[source.tag].start if source.tag in found else max(start, source.start)
            found[source.tag] = Span(first, min(end, source.start + source.length))
        return list(found.values())

    def delete(self, start: int, end: int, opening: bytes, closing: bytes) -> None:
        """Mark what one ``w:t`` holds of a span as deleted; it must be ``splittable``."""
        sources = self.covering(start, end)
        first, last = sources[0], sources[-1]
        self.put(self.before(first, start), OPEN_DELETION, opening)
        self.put(self.behind(last, end), CLOSE_DELETION, closing)
        siblings = self._of_text[first.tag]
        index = sum(s.length for s in siblings if s.start < first.start) + start - first.start
        self._deleted.setdefault(first.tag, []).append(Span(index, index + end - start))

    # Splices

    def splices(self) -> Iterator[Splice]:
        """Yield what puts all marks into the part."""
        for at, tokens in self._between.items():
            yield Splice(at, at, _bytes(tokens))
        for tag in self._within.keys() | self._deleted.keys():
            yield from self._of_one(self.layout.texts[tag])

    def _of_one(self, text: Text) -> Iterator[Splice]:
        sources = self._of_text[text.start]
        length = sum(source.length for source in sources)
        cuts = self._within.get(text.start, {})
        deleted = self._deleted.get(text.start, [])
        run = text.run
        if run is None:
            return
        reopened = b"<" + run.name + b">" + run.properties
        ended = b"</" + run.name + b">"
        inner = sorted(index for index in cuts if 0 < index < length)
        bounds = [0, *inner, length]
        names = [
            _deleted_name(text.name)
            if any(span.start <= first and last <= span.end for span in deleted)
            else text.name
            for first, last in pairwise(bounds)
        ]
        if names[0] != text.name:
            yield Splice(text.start + 1, text.start + 1 + len(text.name), names[0])
        if names[-1] != text.name:
            yield Splice(text.close + 2, text.close + 2 + len(text.name), names[-1])
        if 0 in cuts:
            yield Splice(text.start, text.start, ended + _bytes(cuts[0]) + reopened)
        for number, index in enumerate(inner):
            at = self._byte(sources, index)
            left, right = names[number], names[number + 1]
            yield Splice(
                at,
                at,
                b"</" + left + b">" + ended + _bytes(cuts[index])
                + reopened + b"<" + right + _PRESERVE + b">",
            )  # fmt: skip
        if length in cuts:
            yield Splice(text.end, text.end, ended + _bytes(cuts[length]) + reopened)
        if inner and not text.preserved:
            yield from self._spaces(text, sources, inner, names)

    def _spaces(
        self, text: Text, sources: Sequence[Source], inner: Sequence[int], names: Sequence[bytes]
    ) -> Iterator[Splice]:
        """Keep what was shown shown and what was dropped at the ends of a ``w:t`` dropped."""
        shown = "".join(self._text[s.start : s.start + s.length] for s in sources)
        first, last = sources[0].at, self._byte(sources, len(shown))
        if shown[inner[0] - 1] in SPACES:
            if first == text.open and not text.spaced:
                at = text.start + 1 + len(text.name)
                yield Splice(at, at, _PRESERVE)
            else:
                again = b"</" + names[0] + b"><" + names[0] + _PRESERVE + b">"
                yield Splice(first, first, again)
        if last < text.close:
            yield Splice(last, last, b"</" + names[-1] + b"><" + names[-1] + b">")

    def _byte(self, sources: Sequence[Source], index: int) -> int:
        """Return the byte where the character ``index`` of a ``w:t`` stands, or where all ends."""
        for source in sources:
            if index < source.length:
                shown = self._text[source.start : source.start + index]
                return source.at + len(shown.encode())
            index -= source.length
        source = sources[-1]
        shown = self._text[source.start : source.start + source.length]
        other = _NOT_LITERAL.match(self._content, source.at) if source.length == 1 else None
        return source.at + (len(other.group()) if other else len(shown.encode()))


_NOT_LITERAL = re.compile(rb"&#?\w{1,16};|\r?\n|\r")


def _deleted_name(name: bytes) -> bytes:
    prefix, colon, _ = name.rpartition(b":")
    return prefix + colon + b"delText"


def _bytes(tokens: Sequence[Token]) -> bytes:
    return b"".join(token for _, _, token in sorted(tokens))
