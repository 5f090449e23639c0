"""Tables: cells to a grid of figures, with what the headings of its rows and columns say.

A table is read only when a check asks for its ``grid``. Positions are those of the clean view.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.document import Span
from reportlint.lean import NamedTuple
from reportlint.structure.quantities import (
    COUNT,
    POINTS,
    SHARE,
    TIMES,
    Quantity,
    is_measured,
    quantities,
    unit_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportlint.document import Block, View

EMPTY, NOTHING, WORDS = "", "-", "?"
"""What a cell without a figure is: empty, a sign that there is nothing, or anything else."""

Entry = Quantity | str

_ASIDE = frozenset({"header", "footer", "footnote", "endnote"})
_NEAR = 120
"""How many characters of a paragraph beside a table are read for its unit and its notes."""

_HEADER_ROWS = 5
_LABEL_COLUMNS = 4

_SPACE = patterns.compile(r"\s+")
_SIGNED = patterns.compile(r"\s*(?:[¥￥])?(?P<sign>[-−－+＋])?\s?(?=[0-9])")
_NONE = patterns.compile(r"\s*(?:[-－—–─]{1,4}|无|零|没有)\s*$")
_YEAR = patterns.compile(r"\s*(?:19|20)[0-9]{2}\s*")
_BARE = patterns.compile(r"\s*[0-9]{1,9}(?:\.[0-9]{1,4})?%?\s*")
_SERIAL = patterns.compile(
    r"序号?$|编号|代码|编码|名次|排名|位次|排序|学号|工号|警号|电话|手机|邮编|身份证|账号|日期|时间|年份|年度$|届|^#$|^[Nn][Oo]\.?$|^ID$"
)
_UNIT_COLUMN = patterns.compile(r"(?:计量|计算)?单位$")
_IN_BRACKETS = patterns.compile(
    r"[（(\[]?(?:单位[：:])?([^（()）\[\]：:]{1,8})[）)\]]$|[/／]([^/／]{1,4})$"
)
_STATED = patterns.compile(
    r"(?:计量)?单位\s*[：:]\s*([^\s，,。；;）)]{1,8}?)\s*(?:[）)，,。；;\s]|$)"
)
_MEASURES = patterns.compile(
    r"金额|资金|投资|经费|收入|支出|产值|税|预算|决算|费|款|额|面积|长度|里程|产量|重量|用量|电量|水量|价|亩|公里|万|亿"
)


class Line(NamedTuple):
    """A row or a column, by what its headings say, white space left out.

    ``label`` is its own heading and ``group`` the outermost one where there are several; ``path``
    is all of them. ``start`` and ``end`` are where its own heading stands; ``indent`` is how far
    that is set in. ``unit`` and ``scale`` are those that the heading gives its bare figures.
    """

    label: str = ""
    path: str = ""
    group: str = ""
    start: int = 0
    end: int = 0
    indent: int = 0
    unit: str = ""
    scale: int = 1


class Grid(NamedTuple):
    """``entries[r][c]`` belongs to ``rows[r]`` and ``columns[c]``; headings are no entries.

    ``caption`` and ``note`` are the words before and after the table.
    """

    rows: list[Line]
    columns: list[Line]
    entries: list[list[Entry]]
    caption: str
    note: str

    def turned(self) -> Grid:
        """Return the grid with its rows as columns."""
        flipped = [list(column) for column in zip(*self.entries, strict=True)]
        return self._replace(rows=self.columns, columns=self.rows, entries=flipped)


class Place(NamedTuple):
    """Where a cell stands in the text, and how many columns it covers."""

    start: int
    end: int
    columns: int = 1


class Table:
    """The cells of one table: ``rows`` in order, each by column."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, Place]] = {}
        self.before = Span(0, 0)
        self.after = Span(0, 0)

    def add(self, row: int, column: int, place: Place) -> None:
        """Add a cell, or another paragraph of one."""
        cells = self.rows.setdefault(row, {})
        known = cells.get(column)
        cells[column] = place if known is None else known._replace(end=place.end)

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        places = [place for cells in self.rows.values() for place in cells.values()]
        return Span(min(p.start for p in places), max(p.end for p in places))

    def grid(self, text: str) -> Grid | None:
        """Return the figures of the table, or None where it has none to compare.

        ``text`` must be ``quantities.plain``.
        """
        return _Reading(self, text).grid()


def tables(blocks: Iterable[Block], view: View) -> list[Table]:
    """Return the tables of a draft in order. Those of headers, footers and notes are left out."""
    found: dict[int, Table] = {}
    last = Span(0, 0)
    waiting: list[Table] = []
    for block in blocks:
        if block.kind == "opaque" or (block.address and not _ASIDE.isdisjoint(block.address)):
            continue
        start, end = view.here(block.start), view.here(block.end)
        where = _where(block)
        if block.kind != "cell" or where is None:
            for table in waiting:
                table.after = Span(start, min(end, start + _NEAR))
            waiting.clear()
            # 单位：万元 may stand in a line of its own, under the name of the table
            near = last.start if last and start - last.start < _NEAR else start
            last = Span(max(near, end - _NEAR), end)
            continue
        number, row, column, columns = where
        known = found.get(number)
        if known is None:
            known = found[number] = Table()
            known.before = last
            waiting.append(known)
        known.add(row, column, Place(start, end, columns))
    return list(found.values())


def _where(block: Block) -> tuple[int, int, int, int] | None:
    if block.cell is not None:
        return block.cell
    address: Mapping[str, object] = block.address or {}
    table, row, cell = address.get("table"), address.get("row"), address.get("cell")
    if isinstance(table, int) and isinstance(row, int) and isinstance(cell, int):
        return table, row, cell, 1
    return None


class _Reading:
    """A table while its headings are told from its figures."""

    def __init__(self, table: Table, text: str) -> None:
        self.table = table
        self.text = text
        self.rows = sorted(table.rows)
        self.columns = sorted({column for cells in table.rows.values() for column in cells})

    def grid(self) -> Grid | None:
        header = self._header()
        body = self.rows[header:]
        if not body or len(self.columns) < 2:
            return None
        headings = self._headings(self.rows[:header])
        caption = _SPACE.sub(" ", self.text[slice(*self.table.before)])
        note = _SPACE.sub(" ", self.text[slice(*self.table.after)])
        stated = _STATED.findall(caption + " ")
        common = unit_of(stated[0]) if len(stated) == 1 else None
        units = next((c for c in self.columns if _UNIT_COLUMN.match(headings[c].label)), None)
        columns, labels = self._columns(body, headings, common if units is None else None)
        if not columns:
            return None
        entries: list[list[Entry]] = []
        rows: list[Line] = []
        group = ""
        for row in body:
            cells = self.table.rows[row]
            line, group = self._row(cells, labels, group)
            if units in cells:
                own = unit_of(self._words(cells[units])) or ("", 1)
                line = line._replace(unit=own[0], scale=own[1])
            rows.append(line)
            entries.append([self._entry(cells.get(c), columns[c], line) for c in columns])
        return Grid(rows, list(columns.values()), entries, caption, note)

    def _words(self, place: Place) -> str:
        return _SPACE.sub("", self.text[place.start : place.end])

    def _header(self) -> int:
        """Return how many rows at the top hold no figures; bare years are none."""
        for number, row in enumerate(self.rows[:_HEADER_ROWS]):
            if any(self._counts(place) for place in self.table.rows[row].values()):
                return number
        return min(len(self.rows), _HEADER_ROWS)

    def _counts(self, place: Place) -> bool:
        """Whether a cell holds a figure that is no year."""
        text, start, end = self.text, place.start, place.end
        if _SIGNED.match(text, start, end) is None or _YEAR.fullmatch(text, start, end):
            return False
        if _BARE.fullmatch(text, start, end):
            return True  # most are, and this is quicker
        return isinstance(read(text, start, end), Quantity)

    def _headings(self, header: list[int]) -> dict[int, Line]:
        """Return what stands over each column."""
        found: dict[int, list[Place]] = {column: [] for column in self.columns}
        for row in header:
            cells = self.table.rows[row]
            if len(cells) == 1 and len(self.columns) > 1 and len(header) > 1:
                continue  # the name of the table in its first row
            for column, place in cells.items():
                for covered in range(column, column + place.columns):
                    if covered in found:
                        found[covered].append(place)
                    elif place.columns > len(self.columns):
                        break
        return {column: self._line(places) for column, places in found.items()}

    def _line(self, places: list[Place], group: str = "") -> Line:
        words = [word for place in places if (word := self._words(place))]
        if not words:
            return Line()
        own = places[-1]
        start = own.start
        while start < own.end and self.text[start].isspace():
            start += 1
        indent, before = 0, start - 1
        while before >= 0 and self.text[before] in "\u3000\u00a0\u2003":
            indent, before = indent + 1, before - 1
        outer = words[0] if len(words) > 1 else group
        path = " ".join(words if len(words) > 1 or not group else [group, *words])
        unit, scale = _heading_unit(words[-1]) or _heading_unit(words[0]) or ("", 1)
        return Line(words[-1], path, outer, start, own.end, indent, unit, scale)

    def _columns(
        self, body: list[int], headings: Mapping[int, Line], common: tuple[str, int] | None
    ) -> tuple[dict[int, Line], list[int]]:
        """Return the columns of figures, and those before them that name the rows."""
        figures: dict[int, Line] = {}
        labels: list[int] = []
        for column in self.columns:
            line = headings[column]
            serial = _SERIAL.search(line.label) is not None
            counted = worded = years = 0
            for row in body:
                place = self.table.rows[row].get(column)
                if place is None or self.text[place.start : place.end].isspace():
                    continue
                if self._counts(place):
                    counted += 1
                elif _YEAR.fullmatch(self.text, place.start, place.end):
                    years += 1
                elif not _NONE.match(self.text[place.start : place.end]):
                    worded += 1
            if column == self.columns[0] or "年" in line.label:
                serial = serial or years > counted
            else:
                counted += years
            if serial or counted <= worded:
                if not figures and len(labels) < _LABEL_COLUMNS:
                    labels.append(column)
                continue
            if column == self.columns[0] and self._is_serial(body, column):
                labels.append(column)
                continue
            if not line.unit and common is not None and not _no_unit(line.label):
                line = line._replace(unit=common[0], scale=common[1])
            figures[column] = line
        return figures, labels

    def _is_serial(self, body: list[int], column: int) -> bool:
        """Whether the figures of the first column count the rows."""
        expected = 1
        for row in body:
            place = self.table.rows[row].get(column)
            if place is None or not self._words(place).isdigit():
                continue
            if self._words(place) != str(expected):
                return False
            expected += 1
        return expected > 1

    def _row(self, cells: Mapping[int, Place], labels: list[int], group: str) -> tuple[Line, str]:
        """Return the line of a row, and the group that the next row is in if it names none.

        The group of merged cells stands in the first of their rows only.
        """
        places = [cells[c] for c in labels if c in cells and not self._is_number(cells[c])]
        line = self._line(places)
        named = [c for c in labels if c in cells and not self._is_number(cells[c])]
        if len(labels) < 2 or not named:
            return line, group
        if len(named) > 1:
            return line, line.group
        first = next((c for c in labels if c in named), None)
        text_columns = [c for c in labels if c not in named]
        if first is not None and text_columns and text_columns[0] < first and group:
            return self._line(places, group), group
        return line, line.label

    def _is_number(self, place: Place) -> bool:
        return self._words(place).isdigit()

    def _entry(self, place: Place | None, column: Line, row: Line) -> Entry:
        if place is None:
            return EMPTY
        unit, scale = (column.unit, column.scale) if column.unit else (row.unit, row.scale)
        return read(
            self.text,
            place.start,
            place.end,
            unit,
            scale,
            measured=_MEASURES.search(column.path + row.path) is not None,
        )


def read(
    text: str, start: int, end: int, unit: str = "", scale: int = 1, *, measured: bool = False
) -> Entry:
    """Return what the cell ``text[start:end]`` holds: one figure and nothing else, or no figure.

    ``unit`` and ``scale`` are for a figure that prints none. Whole numbers of no known unit count
    things, unless they are ``measured``.
    """
    signed = _SIGNED.match(text, start, end)
    if signed is None:
        cell = text[start:end]
        if not cell or cell.isspace():
            return EMPTY
        return NOTHING if _NONE.match(cell) else WORDS
    first = signed.end()
    while end > first and text[end - 1].isspace():
        end -= 1
    if end - first > 24:
        return WORDS
    found = quantities(text, first, end)
    if len(found) != 1 or found[0].start != first or found[0].end != end:
        return WORDS
    figure = found[0]
    if figure.role == "bare":
        figure = _given(figure, unit, scale, measured)
    elif figure.role not in (COUNT, SHARE, POINTS, TIMES):
        return WORDS
    if signed["sign"] in ("-", "−", "－"):
        low, high = figure.low, figure.high
        figure = figure._replace(
            value=-figure.value,
            low=None if high is None else -high,
            high=None if low is None else -low,
        )
    return figure


def _given(figure: Quantity, unit: str, scale: int, measured: bool) -> Quantity:
    """Give a bare figure the unit of its heading."""
    if unit in ("%", "‰"):
        part = 100 if unit == "%" else 1000
        value, ulp = figure.value // part, figure.ulp // part
        exact, role = False, SHARE
    else:
        value, ulp = figure.value * scale, figure.ulp * scale
        exact = not (figure.places or figure.scale != 1 or scale != 1 or figure.hedge)
        exact = exact and not (is_measured(unit) if unit else measured)
        role = COUNT
    half = 0 if exact else ulp // 2
    low, high = value - half, value + half
    return figure._replace(
        role=role,
        value=value,
        low=low if figure.low is not None else None,
        high=high if figure.high is not None else None,
        ulp=ulp,
        unit=unit,
        scale=scale * figure.scale,
        exact=exact,
    )


def _heading_unit(label: str) -> tuple[str, int] | None:
    """Return the unit and scale that a heading ends with: 金额（万元）, 面积/亩, 占比%."""
    if label.endswith("%"):
        return "%", 1
    found = _IN_BRACKETS.search(label)
    return unit_of(found[1] or found[2]) if found else None


def _no_unit(label: str) -> bool:
    """Whether the unit of the whole table is not that of a column: rates have none."""
    return patterns.search(r"率|占比|比例|比重|增长|增幅|增速|同比|环比|%", label) is not None
