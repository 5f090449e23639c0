"""Offsets in code points to lines and units of the protocol, and back. Linear in the text, once."""

from __future__ import annotations

from bisect import bisect_right

from reportlint.document import LINE_END

UTF8 = "utf-8"
UTF16 = "utf-16"
UTF32 = "utf-32"
ENCODINGS = (UTF16, UTF8, UTF32)
"""Encodings whose units characters are counted in; the first is the one that every client knows."""

_STEP = 512
"""Code points between two places whose units are known: lines may be a whole draft long."""


class Positions:
    """The positions of one text.

    Lines and characters count from 0. A line ends at ``\\n``, ``\\r\\n`` or ``\\r``; its end is no
    place within the line. Whatever lies outside of the text is moved to the nearest place in it.
    """

    def __init__(self, text: str, encoding: str = UTF16) -> None:
        self.text = text
        self._encoding = encoding
        ends = list(LINE_END.finditer(text))
        self._starts = [0, *(match.end() for match in ends)]
        self._ends = [*(match.start() for match in ends), len(text)]
        # Where every character is one unit there is nothing to look up.
        self._even = encoding == UTF32 or text.isascii()
        self._known = [0]
        if not self._even:
            for at in range(0, len(text), _STEP):
                self._known.append(self._known[-1] + self._size(text[at : at + _STEP]))

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the character of an offset."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset) - 1
        # Between the two characters of a line end there is no place.
        offset = min(offset, self._ends[line])
        return line, self._units(offset) - self._units(self._starts[line])

    def offset(self, line: int, character: int) -> int:
        """Return the offset of a place; within a character it is the one before it."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[line], self._ends[line]
        if self._even:
            return min(start + max(character, 0), end)
        wanted = self._units(start) + max(character, 0)
        step = bisect_right(self._known, wanted) - 1
        at, units = step * _STEP, self._known[step]
        while at < end:
            units += self._size(self.text[at])
            if units > wanted:
                break
            at += 1
        return max(start, min(at, end))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return a range that can be seen: of an empty one, with the character at its side."""
        if start < end:
            return start, end
        line, _ = self.position(start)
        if start < self._ends[line]:
            return start, start + 1
        return max(self._starts[line], start - 1), start

    def _units(self, offset: int) -> int:
        if self._even:
            return offset
        step = offset // _STEP
        return self._known[step] + self._size(self.text[step * _STEP : offset])

    def _size(self, text: str) -> int:
        if self._encoding == UTF8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
