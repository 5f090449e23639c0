"""NM001, NM004 and NM005 in tables: columns of percentages that other columns make.

What such a column divides by what is not said in words but found out: it is the quotient that
nearly all rows confirm. Only then the one that does not fit is wrong.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures import lines
from reportlint.checks.figures.arithmetic import (
    change_agrees,
    known,
    percent,
    ratio_agrees,
    window,
)
from reportlint.checks.figures.cells import Cells
from reportlint.checks.figures.verdicts import (
    NEW,
    OLD,
    PART,
    WHOLE,
    Verdict,
    agrees,
    contradicts,
)
from reportlint.lean import NamedTuple, partial
from reportlint.structure.quantities import COUNT, ONE, SHARE, Quantity
from reportlint.structure.tables import Entry, Grid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_CHANGE = patterns.compile(
    r"增长|增幅|增速|同比|环比|增减|升降|涨幅|降幅|变动|变化|下降|比上年|较上年"
)
_FALL = patterns.compile(r"下降|降幅|减少|减幅|降低")
_SHARE = patterns.compile(r"占|比重|比例|构成|份额|百分比")
_RATE = patterns.compile(r"率|完成|进度|比例|百分比|达标")
_REAL = patterns.compile(
    r"生产总值|GDP|增加值|产值|可支配|纯收入|人均|居民收入|可比|不变价|实际增|年均|复合"
)
_YEAR = patterns.compile(r"20[0-9]{2}")
_BEFORE = patterns.compile(r"上年|去年|同期|基期|年初|上期|上月|上季|整改前|原")
_DUE = patterns.compile(r"计划|目标|任务|预算|应|总|抽|检查|排查|受理|收到")
_MOST_LINES = 12
"""How many columns of percentages of a table are looked at."""

_NEAR = 6
"""How many columns of counts nearest to one of percentages may make it."""


class Ratio(NamedTuple):
    """A percentage with what it is computed from; ``verdict`` is set where it is right."""

    code: str
    claim: Quantity
    part: Quantity
    whole: Quantity
    verdict: Verdict | None = None


class _Way(NamedTuple):
    """One way to compute a column: the part and the whole in each row, None where there is none.

    ``named``: the headings say so. Others are found by trying, and need more rows to bear them out.
    """

    parts: Sequence[Quantity | None]
    wholes: Sequence[Quantity | None]
    code: str
    named: bool


def ratios(text: str, grid: Grid, due: Mapping[int, int]) -> Iterator[Ratio]:
    """Yield the percentages of the columns that are quotients of others.

    ``due`` holds what totals that are wrong have to be, by where they start.
    """
    if _REAL.search(grid.caption):
        return
    counts = [c for c in range(len(grid.columns)) if _mostly(grid, c, COUNT)]
    if not counts:
        return
    percentages = [c for c in range(len(grid.columns)) if _mostly(grid, c, SHARE)]
    for c in percentages[:_MOST_LINES]:
        near = sorted(counts, key=lambda v: abs(v - c))[:_NEAR]
        yield from _column(text, grid, c, near, due)


def _mostly(grid: Grid, c: int, role: str) -> bool:
    seen = wanted = 0
    for row in grid.entries:
        entry = row[c]
        if isinstance(entry, Quantity):
            seen += 1
            wanted += entry.role == role
    return wanted > 1 and 2 * wanted > seen


def _column(
    text: str, grid: Grid, c: int, counts: list[int], due: Mapping[int, int]
) -> Iterator[Ratio]:
    heading = grid.columns[c].path
    claims = [_claim(row[c]) for row in grid.entries]
    ways = list(_ways(grid, heading, counts, due))
    falls = _FALL.search(heading) is not None
    best: tuple[int, int, _Way] | None = None
    for way in ways:
        if _hopeless(way, claims, falls):
            continue
        right = wrong = 0
        for i, claim in enumerate(claims):
            held = _holds(way, i, claim, falls)
            if held is not None:
                right += held
                wrong += not held
        if best is None or (right, -wrong) > best[:2]:
            best = (right, -wrong, way)
    if best is None:
        return
    right, wrong, way = best[0], -best[1], best[2]
    coarse = not any(claim is not None and claim.places for claim in claims)
    if right < (3 if coarse and not way.named else 2) or 3 * wrong > right + wrong:
        return
    for i, claim in enumerate(claims):
        held = _holds(way, i, claim, falls)
        part, whole = way.parts[i], way.wholes[i]
        if held is None or claim is None or part is None or whole is None:
            continue
        if held:
            cells = Cells(text, [claim, part, whole])
            proof = partial(_proof, cells, way.code)
            verdict = agrees(way.code, cells, 0, (1, 2), proof)
            yield Ratio(way.code, claim, part, whole, verdict)
        elif not _REAL.search(grid.rows[i].path) and not any(
            _holds(other, i, claim, falls) for other in ways if other is not way
        ):
            yield Ratio(way.code, claim, part, whole)


def _claim(entry: Entry) -> Quantity | None:
    if isinstance(entry, Quantity) and entry.role == SHARE and not entry.hedge:
        return entry
    return None


def _ways(grid: Grid, heading: str, counts: list[int], due: Mapping[int, int]) -> Iterator[_Way]:
    """Yield the ways in which a column under ``heading`` can be computed, the likeliest first."""
    read = {c: [_count(row[c]) for row in grid.entries] for c in counts}
    if _CHANGE.search(heading):
        if _REAL.search(heading):
            return
        for new in counts:
            for old in counts:
                if new != old and grid.columns[new].unit == grid.columns[old].unit:
                    named = _follows(grid.columns[old].path, grid.columns[new].path)
                    yield _Way(read[new], read[old], "NM004", named)
        return
    if _SHARE.search(heading):
        for c in counts[:3]:
            for whole in _wholes(grid, read[c], due):
                yield _Way(read[c], [whole] * len(read[c]), "NM001", True)
    if _SHARE.search(heading) or _RATE.search(heading):
        code = "NM001" if _SHARE.search(heading) else "NM005"
        for c in counts:
            for other in counts:
                if c != other:
                    named = _names(heading, grid.columns[c].path, grid.columns[other].path)
                    yield _Way(read[c], read[other], code, named)


def _follows(old: str, new: str) -> bool:
    """Whether one heading is of the period before that of the other."""
    years = _YEAR.search(old), _YEAR.search(new)
    if years[0] and years[1]:
        return int(years[0].group()) + 1 == int(years[1].group())
    return _BEFORE.search(old) is not None and _BEFORE.search(new) is None


def _names(heading: str, part: str, whole: str) -> bool:
    """Whether a rate is called after its part (整改率, 整改) or its whole is what is due."""
    if _DUE.search(part):
        return False
    stem = heading.partition("率")[0][-2:]
    return _DUE.search(whole) is not None or (len(stem) == 2 and stem in part)


def _count(entry: Entry) -> Quantity | None:
    if isinstance(entry, Quantity) and entry.role == COUNT and entry.value > 0 and known(entry):
        return entry
    return None


def _wholes(
    grid: Grid, figures: Sequence[Quantity | None], due: Mapping[int, int]
) -> Iterator[Quantity]:
    """Yield what the figures of a column can be shares of: its printed totals, or their sum."""
    ranked = [abs(lines.rank(line)) for line in grid.rows]
    printed = [f for f, rank in zip(figures, ranked, strict=True) if f is not None and rank > 1]
    for whole in printed[:2]:
        yield whole
        value = due.get(whole.start)
        if value is not None and value > 0:
            yield whole._replace(value=value, low=value, high=value, end=whole.start)
    plain = [
        f
        for f, rank, line in zip(figures, ranked, grid.rows, strict=True)
        if f is not None
        and not rank
        and not lines.AMONG.search(line.path)
        and not lines.APART.search(line.path)
    ]
    if len(plain) > 1 and not printed:
        yield plain[0]._replace(
            value=sum(f.value for f in plain),
            low=sum(f.low or 0 for f in plain),
            high=sum(f.high or 0 for f in plain),
            start=plain[-1].end,
            end=plain[-1].end,
        )


def _hopeless(way: _Way, claims: Sequence[Quantity | None], falls: bool) -> bool:
    """Whether none of the first rows holds: most ways are told to be wrong at once."""
    tried = 0
    for i, claim in enumerate(claims):
        held = _holds(way, i, claim, falls)
        if held:
            return False
        tried += held is not None
        if tried == 3:
            return True
    return tried == 0


def _holds(way: _Way, i: int, claim: Quantity | None, falls: bool) -> bool | None:
    """Whether a row holds; None where it says nothing: no figures, 0% or 100%."""
    part, whole = way.parts[i], way.wholes[i]
    if claim is None or part is None or whole is None:
        return None
    if way.code == "NM004":
        if not claim.value or part.value == whole.value:
            return None
        falling = claim.value < 0 or falls
        if falling != (part.value < whole.value):
            return False
        return change_agrees(whole, part, window(_positive(claim)), falling)
    if (
        claim.value < 0
        or part.start == whole.start
        or (part.value == whole.value and claim.value == ONE)
    ):
        return None
    return ratio_agrees(part, whole, window(claim))


def _positive(claim: Quantity) -> Quantity:
    return claim._replace(value=abs(claim.value))


def _expected(cells: Cells, code: str) -> str:
    claim, part, whole = cells.figures
    top = abs(part.value - whole.value) if code == "NM004" else part.value
    return percent(top, whole.value, claim)


def _proof(cells: Cells, code: str) -> str:
    _, part, whole = cells.figures
    one, other = cells.shown(1), cells.shown(2)
    if whole.end == whole.start:
        other = "合计"
    if code == "NM004":
        terms = f"（{one}－{other}）" if part.value > whole.value else f"（{other}－{one}）"
        return f"{terms} ÷ {other} = {_expected(cells, code)}"
    return f"{one} ÷ {other} = {_expected(cells, code)}"


def report(text: str, ratio: Ratio) -> Verdict:
    """Return the finding of a percentage that does not fit."""
    cells = Cells(text, [ratio.claim, ratio.part, ratio.whole])
    expected = _expected(cells, ratio.code)
    one, other = cells.shown(1), cells.shown(2)
    change = ratio.code == "NM004"
    used = [(NEW if change else PART, 1), (OLD if change else WHOLE, 2)]
    if ratio.whole.end == ratio.whole.start:
        used.pop()
    verdict = contradicts(
        ratio.code,
        cells,
        0,
        _proof(cells, ratio.code),
        expected,
        used,
        part=one,
        whole=other,
    )
    fallen = change and ratio.part.value < ratio.whole.value
    if ratio.claim.style != "digits" or (change and fallen != (ratio.claim.value < 0)):
        return verdict
    return cells.fixing(verdict, expected.rstrip("%‰"))
