"""Cells to a grid: what names a row or a column, and what its figures are."""

import io

import docx

from reportlint import packs, readers
from reportlint.document import Cell
from reportlint.engine import lint
from reportlint.settings import Settings
from reportlint.structure.quantities import ONE, SHARE, Quantity
from reportlint.structure.tables import EMPTY, NOTHING, WORDS, Grid

SETTINGS = Settings(packs.builtin(), frozenset({"NM002"}))


def grids(text: str) -> list[Grid | None]:
    context = lint(readers.read(text.encode(), "a.md"), SETTINGS).context
    return [table.grid(context.text) for table in context.structure.tables]


def grid(text: str) -> Grid:
    (found,) = grids(text)
    assert found is not None
    return found


def values(grid: Grid) -> list[list[float | str]]:
    return [
        [entry.value / ONE if isinstance(entry, Quantity) else entry for entry in row]
        for row in grid.entries
    ]


def test_headings_name_rows_and_columns() -> None:
    found = grid(
        "附表（单位：万元）\n\n| 序号 | 项目 | 预算 | 占比 |\n|---|---|---|---|\n"
        "| 1 | 工资 | 1,200.5 | 60% |\n| 2 | 公用 | — | . |\n|  | 合 计 |  | 若干 |\n\n注：含结转。\n"
    )
    assert [line.label for line in found.rows] == ["工资", "公用", "合计"]
    assert [line.label for line in found.columns] == ["预算"]
    assert values(found) == [[12005000.0], [NOTHING], [EMPTY]]
    assert (found.columns[0].unit, found.columns[0].scale) == ("元", 10_000)
    assert found.caption.strip() == "附表（单位：万元）"
    assert found.note == "注：含结转。"


def test_units_of_headings_and_of_a_column() -> None:
    found = grid(
        "| 指标 | 单位 | 数值 | 占比（%） |\n|---|---|---|---|\n| 人口 | 万人 | 12.5 | 40 |\n| 面积 | 亩 | -3 | 60.5 |\n"
    )
    (population, share), (area, _) = found.entries
    assert isinstance(population, Quantity)
    assert isinstance(share, Quantity)
    assert isinstance(area, Quantity)
    assert (population.value, population.unit) == (125_000 * ONE, "人")
    assert area.value == -3 * ONE
    assert area.low is not None
    assert area.high is not None
    assert area.low < area.value < area.high
    assert (share.role, share.value) == (SHARE, ONE * 4 // 10)


def test_years_are_headings_and_words_no_figures() -> None:
    found = grid(
        "| 年份 | 2022 | 2023 |\n|---|---|---|\n| 来信 | 5 | 6件 |\n| 来电 | 4 | 1 |\n| 来访 | 3月 | 7 |\n"
    )
    assert [line.label for line in found.columns] == ["2022", "2023"]
    assert values(found) == [[5.0, 6.0], [4.0, 1.0], [WORDS, 7.0]]


def test_a_grid_is_turned() -> None:
    found = grid("| 项 | 甲 | 乙 |\n|---|---|---|\n| 一 | 1 | 2 |\n| 二 | 3 | 4 |\n")
    assert values(found.turned()) == [[1.0, 3.0], [2.0, 4.0]]
    assert [line.label for line in found.turned().rows] == ["甲", "乙"]
    assert found.turned().turned() == found


def test_a_table_without_figures_has_no_grid() -> None:
    assert grids("| 项 | 甲 |\n|---|---|\n| 一 | 好 |\n") == [None]
    assert grids("没有表格。\n") == []


def test_markdown_cells_know_their_place() -> None:
    document = readers.read("| 甲 |  | 乙 |\n|---|---|---|\n丙 | 丁\n".encode(), "a.md")
    cells = [(document.text[b.start : b.end], b.cell) for b in document.blocks]
    assert cells == [
        ("甲", Cell(1, 1, 1)),
        ("乙", Cell(1, 1, 3)),
        ("丙", Cell(1, 2, 1)),
        ("丁", Cell(1, 2, 2)),
    ]


def test_word_cells_know_their_place_under_merged_ones() -> None:
    source = docx.Document()
    table = source.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "宽"
    table.cell(0, 2).text = "窄"
    table.cell(1, 2).text = "末"
    file = io.BytesIO()
    source.save(file)
    document = readers.read(file.getvalue(), "a.docx")
    assert [(document.text[b.start : b.end], b.cell) for b in document.blocks] == [
        ("宽", Cell(1, 1, 1, 2)),
        ("窄", Cell(1, 1, 3)),
        ("末", Cell(1, 2, 3)),
    ]
