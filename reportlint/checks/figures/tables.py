"""NM002 and NM003 in tables: totals of rows and of columns.

A line is held to be the sum of others where its heading says so *and* the table bears it out: most
of its cells are sums, or there is one and nothing else can be meant. Rows and columns are read
alike; the grid is turned for the latter.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures import columns, lines
from reportlint.checks.figures.arithmetic import ratio_agrees, total_agrees, window
from reportlint.checks.figures.cells import Cells, digits, printed
from reportlint.checks.figures.lines import Reading
from reportlint.checks.figures.verdicts import PART, WHOLE, Verdict, agrees, contradicts
from reportlint.lean import NamedTuple, partial
from reportlint.structure.quantities import COUNT, ONE, SHARE, Quantity
from reportlint.structure.tables import EMPTY, WORDS, Grid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlint.structure import Structure

_CUES = patterns.compile(
    r"合\s*计|总\s*计|共\s*计|小\s*计|总|累计|全[市县区省州国校院局镇乡村厂队]|其\s*中|占比|比例|比重|构成|率|同比|环比|进度|百分比"
    r"|[增涨升降减]幅|增[长速加减]|下降|减少|变[动化]|完成|达标|份额"
)
"""What a table has to hold for any rule to apply."""

_RATES = patterns.compile(
    r"率|均|占比|比例|比重|比$|单价|价格|标准|增长|增幅|增速|增减|同比|环比|幅度|排名|名次|位次|年龄|年份|时间|日期|期限"
    r"|系数|指数|浓度|密度|温度|满意度|倍|备注|%|％|累计|[/／]|每|最[高低大小]|中位|耗时|去重"
)
"""Headings of lines whose cells are not added up."""

_STOCKS = patterns.compile(r"余额|结存|结余|期末|期初|年末|年初|月末|存量|在册|现有|库存|在岗|总")
_PERIOD = patterns.compile(
    r"(?:20)?[0-9一二三四五六七八九十]{1,4}(?:年|月|季度?|周|日|号)|[上下]半年|第[一二三四0-9]{1,2}[季周]"
)
_SHARES = patterns.compile(r"占比|比重|比例|构成|份额|百分比|权重")
_OVERLAP = patterns.compile(
    r"多选|可选|交叉|重复|去重|折合|折算|加权|兼[任职]|估算|不等于|尾差|剔除|抵销|抵消|合并计"
)
_EXCERPT = patterns.compile(
    r"部分|主要|节选|重点|典型|示例|代表|前[0-9一二三四五六七八九十]+|[Tt][Oo][Pp]|例如|排名"
)
_OMITTED = patterns.compile(r"…|\.\.\.|⋮|^略|^等$|省略")
_PRODUCT = patterns.compile(r"单价|价格|标准|系数|权重|数量|天数|次数|频次")

_LONGEST_PROOF = 12
_LONGEST_LABELS = 60
_MOST_ALONE = 400
"""How many parts a total may have where nothing but its words says that it is their sum."""


class Sum(NamedTuple):
    """A total at one position of its line, and its parts. ``blank``: some of them are empty."""

    position: int
    total: Quantity
    parts: tuple[Quantity, ...]
    blank: bool

    @property
    def value(self) -> int:
        return sum(part.value for part in self.parts)

    @property
    def right(self) -> bool:
        return total_agrees(self.parts, self.total)

    @property
    def telling(self) -> bool:
        """Whether agreement proves anything: a sum of one part and noughts does not."""
        return sum(1 for part in self.parts if part.value) > 1


class _Judged(NamedTuple):
    reading: Reading
    good: list[Sum]
    bad: list[Sum]


def verdicts(text: str, structure: Structure) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of all tables. ``text`` is ``plain``."""
    for table in structure.tables:
        start, end = table.span
        if not _CUES.search(text, start, end):
            continue
        grid = table.grid(text)
        if grid is not None:
            yield from judge(text, grid)


def judge(text: str, grid: Grid) -> Iterator[Verdict]:
    """Yield what the rules say of the figures of one table."""
    turned = grid.turned()
    wrong: list[Sum] = []
    around = f"{grid.caption} {grid.note}"
    if not _OVERLAP.search(around) and not any(
        _OVERLAP.search(line.path) for line in (*grid.rows, *grid.columns)
    ):
        yield from _totals(text, grid, wrong, across=False)
        yield from _totals(text, turned, wrong, across=True)
    for side in (grid, turned):
        yield from _among(text, side)
    mistaken = _mistaken(wrong)
    due = {mismatch.total.start: mismatch.value for mismatch in wrong}
    ratios = [*columns.ratios(text, grid, due), *columns.ratios(text, turned, due)]
    _confirm(wrong, [ratio for ratio in ratios if ratio.verdict is None], mistaken)
    blamed: set[int] = set()
    for ratio in ratios:
        if ratio.verdict is not None:
            yield ratio.verdict
        elif ratio.part.start not in mistaken:
            blamed.add(ratio.claim.start)
            yield columns.report(text, ratio)
    yield from _report(text, wrong, mistaken, blamed)


def _totals(text: str, grid: Grid, wrong: list[Sum], *, across: bool) -> Iterator[Verdict]:
    """Yield the totals among the rows that are right; collect in ``wrong`` those that are not."""
    rows = grid.rows
    if not any(lines.rank(line) for line in rows):
        return
    positions = _additive(grid)
    live = [any(isinstance(row[c], Quantity) for c in positions) for row in grid.entries]
    best: list[list[_Judged]] = []
    score: tuple[int, int] | None = None
    for backward in (False, True):
        found = [
            _ranked(grid, options, positions)
            for options in lines.readings(text, rows, live, backward=backward)
        ]
        right = sum(_telling(options[0]) for options in found)
        fails = sum(len(options[0].bad) for options in found)
        if found and (right or not best) and (score is None or (right, -fails) > score):
            best, score = found, (right, -fails)
    right = sum(_telling(options[0]) for options in best)
    fails = sum(len(options[0].bad) for options in best)
    part = _EXCERPT.search(grid.caption) is not None or any(_omits(line.path) for line in rows)
    gaps = any(not alive and line.path for alive, line in zip(live, rows, strict=True))
    for options in best:
        first = options[0]
        for found_sum in first.good:
            cells = Cells(text, [found_sum.total, *found_sum.parts])
            used = range(1, len(cells.figures))
            yield agrees(_code(found_sum), cells, 0, used, partial(_proof, cells, found_sum))
        sure = right >= 2 and 3 * fails <= right + fails
        sure = sure and len(first.bad) <= max(1, len(first.good))
        if not sure and (right > 1 or fails > 1 or not _alone(grid, first, live, across=across)):
            continue
        for mismatch in first.bad:
            if any(
                other.position == mismatch.position
                for option in options[1:]
                for other in option.good
            ):
                continue  # read otherwise it is right
            short = mismatch.value < mismatch.total.value
            if short and (part or mismatch.blank or (not sure and gaps)):
                continue
            if not _otherwise(mismatch, alone=not sure):
                wrong.append(mismatch)


def _omits(path: str) -> bool:
    return _OMITTED.search(path) is not None


def _additive(grid: Grid) -> list[int]:
    """Return the columns whose cells can be added up."""
    named = [line.label for line in grid.rows if not lines.rank(line)]
    periods = sum(1 for name in named if _PERIOD.match(name)) * 2 > len(named)
    return [
        c
        for c, line in enumerate(grid.columns)
        if (_SHARES.search(line.label) or not _RATES.search(line.label))
        and not (periods and _STOCKS.search(line.label))
    ]


def _ranked(grid: Grid, options: Sequence[Reading], positions: Sequence[int]) -> list[_Judged]:
    """Judge the readings of one total; the one that the most cells bear out comes first."""
    judged = []
    for reading in options:
        good: list[Sum] = []
        bad: list[Sum] = []
        for c in positions:
            found = _at(grid, reading, c)
            if found is not None:
                (good if found.right else bad).append(found)
        judged.append(_Judged(reading, good, bad))
    return sorted(judged, key=lambda j: (-_telling(j), len(j.bad)))


def _telling(judged: _Judged) -> int:
    return sum(1 for found in judged.good if found.telling)


def _at(grid: Grid, reading: Reading, c: int) -> Sum | None:
    """Return a total and its parts in column ``c``, or None where they cannot be added up."""
    total = grid.entries[reading.total][c]
    if not isinstance(total, Quantity) or total.hedge:
        return None
    if total.role != COUNT and not (total.role == SHARE and total.value == ONE):
        return None
    parts, blank = [], False
    for i in reading.parts:
        entry = grid.entries[i][c]
        if isinstance(entry, Quantity):
            if entry.role != total.role or entry.hedge or not _same_unit(entry, total):
                return None
            parts.append(entry)
        elif entry == WORDS:
            return None
        elif entry == EMPTY:
            blank = True
    return Sum(c, total, tuple(parts), blank) if len(parts) > 1 else None


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit == other.unit:
        return True
    return not (one.unit and other.unit) and one.scale == other.scale == 1


def _alone(grid: Grid, judged: _Judged, live: Sequence[bool], *, across: bool) -> bool:
    """Whether the words alone make a line the total of the others: nothing else can be meant."""
    reading = judged.reading
    if not reading.strict or len(reading.parts) > _MOST_ALONE:
        return False
    rows = grid.rows
    shown = [i for i, alive in enumerate(live) if alive]
    counted = [i for i in shown if not lines.APART.search(rows[i].path)]
    if reading.total not in (counted[0], counted[-1]):
        return False
    if across:
        # 数量、单价、小计: a product, not a sum
        if len(counted) < len(shown) or any(_PRODUCT.search(rows[i].path) for i in shown):
            return False
    names = [rows[i].path for i in reading.parts]
    return all(names) and len(set(names)) == len(names)


def _otherwise(mismatch: Sum, *, alone: bool) -> bool:
    """Whether a total that is no sum can be something else: a mean, the last value, a largest."""
    total, parts = mismatch.total, mismatch.parts
    values = [part.value for part in parts]
    value, whole, count = mismatch.value, total.value, len(values)
    if whole in (values[0], values[-1], max(values)):
        return True
    if abs(whole * count - value) <= count * total.ulp:
        return True
    if whole < max(values) and not (total.exact and total.unit):
        return True
    if count < 4 and not alone:
        product = ONE
        for factor in values:
            product = product * factor // ONE
        if product == whole:
            return True
    if not alone:
        return False
    if value in (2 * whole, 0) or whole == 2 * value:
        return True
    slack = (count + 1) * total.ulp // 2 if not total.exact else 0
    reached, sums = 0, []
    for n, part in enumerate(values, 1):
        reached += part
        sums.append(reached)
        if n < count and (abs(reached - whole) <= slack or abs(value - reached - whole) <= slack):
            return True  # only the first of them, or the last, are its parts
        if part and abs(value - part - whole) <= slack:
            return True  # one of them is not: it may be part of another
    return _nested(values, sums)


def _nested(values: Sequence[int], sums: Sequence[int]) -> bool:
    """Whether a part is the sum of the two or more that follow it: a total without its word."""
    where = {reached: n for n, reached in enumerate(sums)}
    return any(
        value > 0 and where.get(reached + value, -1) > n + 1
        for n, (value, reached) in enumerate(zip(values, sums, strict=True))
    )


def _code(found: Sum) -> str:
    return "NM003" if found.total.role == SHARE else "NM002"


def _proof(cells: Cells, found: Sum) -> str:
    shown = [cells.signed(i) for i in range(1, len(cells.figures))]
    if len(shown) > _LONGEST_PROOF:
        shown = [*shown[:5], "…", shown[-1]]
    return " ＋ ".join(shown) + f" = {printed(cells, 0, found.value)}"


def _among(text: str, grid: Grid) -> Iterator[Verdict]:
    """NM002 for a line 其中 with more than the line above that it is part of."""
    base = -1
    positions = _additive(grid)
    for i, line in enumerate(grid.rows):
        if not lines.AMONG.search(line.path):
            base = -1 if lines.APART.search(line.path) else i
            continue
        if base < 0 or not lines.AMONG.search(line.label + line.group):
            continue
        good, bad = 0, []
        for c in positions:
            part, whole = grid.entries[i][c], grid.entries[base][c]
            if not isinstance(part, Quantity) or not isinstance(whole, Quantity):
                continue
            if part.role != COUNT or whole.role != COUNT or part.hedge or whole.hedge:
                continue
            if not _same_unit(part, whole) or part.value <= 0 or whole.value < 0:
                continue
            if part.low is not None and whole.high is not None and part.low > whole.high:
                bad.append((part, whole))
            else:
                good += 1
        if 3 * len(bad) > good + len(bad) and not (len(bad) == 1 and base == i - 1):
            continue
        for part, whole in bad:
            cells = Cells(text, [part, whole])
            one, other = cells.shown(0), cells.shown(1)
            yield contradicts(
                "NM002",
                cells,
                0,
                f"{one} > {other}",
                f"≤ {other}",
                ((WHOLE, 1),),
                part=one,
                whole=other,
            )


def _mistaken(wrong: Sequence[Sum]) -> dict[int, tuple[Quantity, int]]:
    """Return the figures that explain two wrong sums at once, by start, with the value due."""
    due: dict[int, tuple[Quantity, int]] = {}
    found: dict[int, tuple[Quantity, int]] = {}
    for mismatch in wrong:
        gap = mismatch.value - mismatch.total.value
        for figure, value in (
            (mismatch.total, mismatch.value),
            *((part, part.value - gap) for part in mismatch.parts),
        ):
            known = due.get(figure.start)
            if known is None:
                due[figure.start] = figure, value
            elif known[1] == value >= 0:
                found[figure.start] = figure, value
    return found


def _confirm(
    wrong: Sequence[Sum],
    ratios: Sequence[columns.Ratio],
    mistaken: dict[int, tuple[Quantity, int]],
) -> None:
    """Add the parts that explain a wrong sum and, put right, a percentage as well."""
    if not wrong or not ratios:
        return
    gaps = {part.start: m.value - m.total.value for m in wrong for part in m.parts}
    for ratio in ratios:
        gap = gaps.get(ratio.part.start)
        if gap is None or ratio.code == "NM004":
            continue
        value = ratio.part.value - gap
        due = ratio.part._replace(value=value, low=value, high=value)
        if value > 0 and ratio_agrees(due, ratio.whole, window(ratio.claim)):
            mistaken[ratio.part.start] = ratio.part, value


def _report(
    text: str,
    wrong: Sequence[Sum],
    mistaken: dict[int, tuple[Quantity, int]],
    blamed: set[int],
) -> Iterator[Verdict]:
    told: set[int] = set()
    # one figure that explains two sums is told of once, at its own place if it is a total
    order = sorted(wrong, key=lambda m: m.total.start not in mistaken)
    for mismatch in order:
        if any(part.start in blamed for part in mismatch.parts):
            continue  # the share that is wrong is reported itself
        figures = [mismatch.total, *mismatch.parts]
        culprit = next((f for f in figures if f.start in mistaken), mismatch.total)
        if culprit.start in told:
            continue
        told.add(culprit.start)
        cells = Cells(text, figures)
        verdict = contradicts(
            _code(mismatch),
            cells,
            0,
            _proof(cells, mismatch),
            printed(cells, 0, mismatch.value),
            tuple((PART, i) for i in range(1, len(figures)))[:_LONGEST_LABELS],
            part=[cells.shown(i) for i in range(1, len(figures))][:_LONGEST_LABELS],
            whole=cells.shown(0),
        )
        _, value = mistaken.get(culprit.start, (culprit, mismatch.value))
        if value >= 0 and culprit.value >= 0 and _code(mismatch) == "NM002":
            own = Cells(text, [culprit])
            verdict = own.fixing(verdict, digits(own, 0, value))
        yield verdict
