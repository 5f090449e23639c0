"""What text shows on a terminal, and how many cells that takes.

Terminals disagree about characters of ambiguous width (``“ ” … ① ×``): one cell in most, two in
many that are set up for Chinese. So nothing important depends on alignment, and the width of these
is an option.
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


CUT = "..."
"""Stands for text left out. The character ``…`` has an ambiguous width, these do not."""

_TAB = "    "

_BLANK = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
    | {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)
"""Letters and marks, as Unicode has it, of which nothing is seen."""


class _Glyphs(dict[int, str]):
    """Code point -> what is shown for it, worked out once each."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _glyph(chr(code))
        return shown


def _glyph(char: str) -> str:
    if char == "\t":
        return _TAB
    if ord(char) not in _BLANK:
        kind = category(char)
        if kind[0] in "LMNPS" or kind == "Zs":
            return char
        if kind == "Cn" and east_asian_width(char) == "W":
            # A character of a plane reserved for Han, newer than this Python's tables.
            return char
    return f"<U+{ord(char):04X}>"


_GLYPHS = _Glyphs()


def visible(text: str) -> str:
    """Return ``text`` in one line without anything a terminal would hide, obey or break at.

    A tab becomes spaces; control, zero-width, direction and private-use characters become
    ``<U+200B>``.
    """
    return text.translate(_GLYPHS)


class _Cells(dict[str, int]):
    """Character -> cells that ``visible`` of it takes, worked out once each."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        shown = visible(char)
        if shown != char:
            cells = len(shown)
        elif category(char) in ("Mn", "Me"):
            cells = 0
        else:
            width = east_asian_width(char)
            cells = 2 if width in "WF" else self.ambiguous if width == "A" else 1
        self[char] = cells
        return cells


_TABLES = {False: _Cells(1), True: _Cells(2)}

_NEVER_FIRST = frozenset("，。；：、！？）》】〕」』”’…,.;:!?)]}%％")
_NEVER_LAST = frozenset("（《【〔「『“‘([{")


class Ruler:
    """Measures, cuts and fills in terminal cells."""

    __slots__ = ("_wide",)

    def __init__(self, ambiguous_wide: bool = False) -> None:
        self._wide = ambiguous_wide

    def each(self, text: Iterable[str]) -> Iterable[int]:
        """Return the cells of each character as it is shown."""
        return map(_TABLES[self._wide].__getitem__, text)

    def cells(self, text: str) -> int:
        """Return the cells of ``text`` as it is shown; ``visible`` makes no difference to it."""
        return sum(map(_TABLES[self._wide].__getitem__, text))

    def pad(self, text: str) -> str:
        """Return white space as wide as ``text``.

        Under a wide character it is an ideographic space, which stays as wide as the character in
        the fonts of a web page or a chat too.
        """
        return "".join("\u3000" if cells == 2 else " " * cells for cells in self.each(text))

    def left(self, text: str, room: int) -> str:
        """Return ``text`` with spaces after it up to ``room`` cells."""
        return text + " " * (room - self.cells(text))

    def right(self, text: str, room: int) -> str:
        """Return ``text`` with spaces before it up to ``room`` cells."""
        return " " * (room - self.cells(text)) + text

    def fit(self, text: str, room: int) -> int:
        """Return how many characters from the start of ``text`` go into ``room`` cells."""
        used = 0
        for count, cells in enumerate(self.each(text)):
            used += cells
            if used > room:
                return count
        return len(text)

    def clip(self, text: str, room: int) -> str:
        """Return ``text`` to be shown in ``room`` cells, its end cut off where it is longer."""
        if self.fit(text, room) == len(text):
            return visible(text)
        return visible(text[: self.fit(text, room - len(CUT))]) + CUT

    def shorten(self, text: str, room: int) -> str:
        """Return ``text`` to be shown in ``room`` cells, its middle cut out where it is longer."""
        if len(text) <= room and self.cells(text) <= room:
            return visible(text)
        tail_room = max(0, (room - len(CUT)) // 2)
        head_room = max(0, room - len(CUT) - tail_room)
        head = text[: self.fit(text, head_room)]
        backwards = text[: -room - 1 : -1]
        tail = backwards[: self.fit(backwards, tail_room)][::-1]
        return visible(head) + CUT + visible(tail)

    def wrap(self, text: str, room: int) -> list[str]:
        """Break ``text`` into lines of at most ``room`` cells, as Chinese is broken.

        Any place will do except inside a Latin word, before closing and after opening punctuation.
        """
        text, room = visible(text), max(room, 8)
        lines = []
        while (most := self.fit(text, room)) < len(text):
            cut = most
            while cut > most // 2 and not _breaks(text, cut):
                cut -= 1
            cut = cut if cut > most // 2 else most
            lines.append(text[:cut].rstrip())
            text = text[cut:].lstrip()
        if text or not lines:
            lines.append(text)
        return lines


def _breaks(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before == " " or after == " ":
        return True
    if after in _NEVER_FIRST or before in _NEVER_LAST or category(after)[0] == "M":
        return False
    return not (before.isascii() and after.isascii())


def table(
    rows: Sequence[Sequence[str]], right: Sequence[int] = (), ruler: Ruler | None = None
) -> list[str]:
    """Return a line for each row, its columns aligned; those in ``right`` to the right.

    Every row has the same number of columns. The last one is as wide as it is.
    """
    ruler = ruler or Ruler()
    widths = [max(map(ruler.cells, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        columns = [
            ruler.right(text, widths[i]) if i in right else ruler.left(text, widths[i])
            for i, text in enumerate(row[:-1])
        ]
        lines.append("  ".join([*columns, row[-1]]).rstrip())
    return lines
