"""Totals, shares, rates and growth in tables. A cell in 〔〕 contradicts the others."""

import io
import re
import time
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import docx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint import packs, readers
from reportlint.engine import lint as run
from reportlint.findings import Finding
from reportlint.settings import Settings
from tests.helpers import in_proportion, lint

RULES = packs.builtin()
SETTINGS = Settings(RULES, frozenset(code for code in RULES.rules if code.startswith("NM")))


def table(source: str) -> str:
    """Return a Markdown table of lines whose cells are parted by spaces; ``.`` is an empty cell.

    Lines with ``>`` are text before or after the table.
    """
    before, rows, after = [], [], []
    for line in source.strip().split("\n"):
        words = line.split()
        if words[0] == ">":
            (after if rows else before).append(line.strip("> "))
        else:
            rows.append("| " + " | ".join("" if w == "." else w for w in words) + " |")
    rule = "|---" * (rows[0].count("|") - 1) + "|"
    return "\n".join([*before, "", rows[0], rule, *rows[1:], "", *after])


def found(source: str) -> list[tuple[str, str]]:
    text = table(source)
    return [(f.code, text[f.start : f.end]) for f in lint(text, SETTINGS, "a.md").findings]


CONTRADICTIONS = {
    "a total at the foot": ("NM002", "科室 人数\n甲科 12\n乙科 30\n丙科 8\n合计 〔52〕"),
    "a total at the head": ("NM002", "科室 人数\n合计 〔52〕\n甲科 12\n乙科 30\n丙科 8"),
    "one of several columns": (
        "NM002",
        "科室 案件 户数 人数\n甲科 12 5 9\n乙科 30 6 7\n丙科 8 7 1\n合计 50 18 〔27〕",
    ),
    "units in the cells": ("NM002", "科室 人数\n甲科 12人\n乙科 30人\n合计 〔44人〕"),
    "separators": ("NM002", "项目 金额（元）\n甲 1,200\n乙 3,450\n总计 〔4,560〕"),
    "decimals beyond rounding": ("NM002", "项目 金额（万元）\n甲 1.25\n乙 3.45\n合计 〔4.90〕"),
    "unit in the caption": (
        "NM002",
        "> 单位：人\n科室 男 女\n甲 5 6\n乙 7 8\n丙 9 1\n合计 21 〔16〕",
    ),
    "subtotals": (
        "NM002",
        "项目 数量\n甲 120\n乙 300\n小计 420\n丙 80\n丁 90\n小计 〔180〕\n总计 590",
    ),
    "a grand total of subtotals": (
        "NM002",
        "项目 数量\n甲 120\n乙 300\n小计 420\n丙 80\n丁 90\n小计 170\n总计 〔600〕",
    ),
    "其中 is no part": (
        "NM002",
        "单位 人数 户数\n甲镇 120 40\n其中：女 50 9\n乙镇 300 90\n合计 〔430〕 130",
    ),
    "其中 is more": ("NM002", "单位 人数\n甲镇 120\n其中：女 〔150〕\n乙镇 300\n合计 420"),
    "numbered rows": (
        "NM002",
        "项目 金额\n一、工资 100\n（一）基本 60\n（二）绩效 40\n二、公用 51\n三、其他 7\n合计 〔140〕",
    ),
    "a total of a row": (
        "NM002",
        "科室 男 女 合计\n甲 5 6 11\n乙 7 8 15\n丙 9 1 〔12〕",
    ),
    "a total of a row at its head": (
        "NM002",
        "科室 合计 男 女\n甲 11 5 6\n乙 15 7 8\n丙 〔12〕 9 1",
    ),
    "a table of one row": ("NM002", "民事 刑事 行政 合计\n60 40 33 〔123〕"),
    "a row of a cross table": (
        "NM002",
        "类别 一般 较大 重大 小计\n后端 4 2 9 15\n前端 9 11 10 〔31〕\n组件 12 13 9 34\n合计 25 26 28 79",
    ),
    "a total of shares": (
        "NM003",
        "方式 占比\n步行 38.6%\n骑车 27.4%\n坐车 24.9%\n其他 11.1%\n合计 〔100%〕",
    ),
    "a share": (
        "NM001",
        "科室 人数 占比\n甲科 12 24%\n乙科 30 〔66%〕\n丙科 8 16%\n合计 50 100%",
    ),
    "a share without a sign": (
        "NM001",
        "科室 人数 占比（%）\n甲科 12 24.0\n乙科 30 60.0\n丙科 8 〔18.0〕\n合计 50 100",
    ),
    "shares without a printed total": (
        "NM001",
        "年龄 人数 比例\n青年 12 24.0%\n中年 30 60.0%\n老年 8 〔12.0%〕",
    ),
    "a rate of completion": (
        "NM005",
        "项目 计划（万元） 完成（万元） 完成率\n甲 120 60 50%\n乙 300 240 80%\n丙 80 64 〔84%〕",
    ),
    "a rate in bare figures": (
        "NM005",
        "项目 计划 完成 完成率（%）\n甲 120 60 50\n乙 300 240 80\n丙 80 64 80\n丁 90 45 〔60〕",
    ),
    "scales that differ": (
        "NM005",
        "项目 计划（亿元） 完成（万元） 完成率\n甲 1.2 6000 50%\n乙 3 24000 80%\n丙 8 64000 〔90%〕",
    ),
    "a rate of repair": (
        "NM005",
        "单位 排查 整改 整改率\n甲 146 139 95.2%\n乙 80 60 75.0%\n丙 50 45 〔95.0%〕",
    ),
    "growth": (
        "NM004",
        "科室 2022年 2023年 增长\n甲科 120 150 25%\n乙科 300 240 -20%\n丙科 80 100 〔20%〕",
    ),
    "growth against last year": (
        "NM004",
        "指标 今年 上年 同比\n来信 120 100 20.0%\n来访 90 120 -25.0%\n来电 66 60 〔11.0%〕",
    ),
    "growth in rows": (
        "NM004",
        "年度 甲县 乙县 丙县\n2022年 100 200 400\n2023年 120 250 500\n增长 20% 25% 〔20%〕",
    ),
    "growth in a falling column": (
        "NM004",
        "指标 上年 今年 下降\n事故 120 90 25%\n死亡 20 15 25%\n损失 80 60 〔20%〕",
    ),
    "the share of rows": (
        "NM001",
        "类别 甲 乙 丙 合计\n人数 12 30 8 50\n占比 24% 〔66%〕 16% 100%",
    ),
    "a total of groups": (
        "NM002",
        "片区 单位 人数 户数\n东片 甲村 10 3\n. 乙村 20 4\n. 小计 30 7\n西片 丙村 5 6\n. 丁村 8 9\n. 小计 13 〔16〕\n合计 . 43 22",
    ),
    "a nought": ("NM002", "科室 男 女\n甲 5 0\n乙 7 8\n丙 9 1\n合计 〔22〕 9"),
    "a negative": ("NM002", "月份 结算\n甲 -5\n乙 12\n丙 9\n合计 〔26〕"),
}


@pytest.mark.parametrize(("code", "source"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_the_wrong_cell_is_found(code: str, source: str) -> None:
    wrong = re.findall("〔(.*?)〕", source)
    assert found(source.replace("〔", "").replace("〕", "")) == [(code, cell) for cell in wrong]


CONSISTENT = {
    "sums": "科室 人数\n甲科 12\n乙科 30\n丙科 8\n合计 50",
    "rounded": "项目 金额（万元）\n甲 1.25\n乙 3.45\n丙 2.22\n合计 6.91",
    "rounded whole": "> 单位：万元\n项目 预算\n甲 125\n乙 345\n丙 222\n合计 693",
    "means of models": "方法 空间 置换 目标 总计\n甲 1.0 20.0 2.0 11.0\n乙 42.0 59.0 71.0 50.0\n丙 94.0 80.0 88.0 82.4",
    "a mean": "序号 项目 得分\n1 甲 85\n2 乙 92\n3 丙 90\n合计 . 89",
    "a product": "组件 单价（元） 数量 小计\n主机 9500 1 9500\n备机 6500 1 6500\n相机 4500 3 13500\n合计 . . 29500",
    "one product": "天数 人数 合计\n3 5 15",
    "a whole and a part": "维度 已完成 总计 完成度\n代码 19 20 95%\n内容 23 30 77%",
    "ranges": "阶段 耗时\n甲 0.97\n乙 2.7–6.2\n合计 4–8",
    "fractions": "模型 甲 乙 总计\n热 24/24 21/24 45/48\n冷 24/24 20/24 44/48",
    "stocks over years": "年份 招生数 在校生数 毕业生数\n2020年 100 300 90\n2021年 120 330 95\n2022年 130 350 99\n合计 350 350 284",
    "an excerpt": "> 获奖情况（部分）\n奖项 数量\n国家级 5\n省级 8\n合计 20",
    "rows left out": "奖项 数量\n国家级 5\n省级 8\n…… .\n合计 20",
    "an empty cell": "科室 人数\n甲科 12\n乙科 .\n丙科 8\n合计 50",
    "overlapping rows": "> 注：两类有交叉\n类型 户数\n低保 30\n特困 10\n合计 38",
    "a row that is part of another": "单位 人数\n在职 30\n高级职称 10\n离退 20\n合计 50",
    "a hierarchy without words": "单位 人数\n机关 30\n局办 18\n科室 12\n企业 40\n车间 25\n后勤 15\n合计 70",
    "其中 of several rows": "单位 人数\n在职 30\n其中：女 18\n党员 12\n离退 20\n合计 50",
    "growth at constant prices": "行业 2022年增加值 2023年增加值 增长\n农业 100 110 4.5%\n工业 200 230 5.5%\n服务 300 330 6.0%",
    "shares that overlap": "类别 人数 占比\n青年 12 24%\n中年 30 60%\n老年 8 16%\n本科以上 45 90%\n合计 50 100%",
    "a confusion matrix": "实际 健康 患病 合计 召回率\n健康 124 2 126 98.4%\n患病 14 68 82 82.9%\n合计 138 70 208 .\n精确率 89.9% 97.1% . 92.3%",
    "without repeats": "类别 甲 乙 小计\n路由 5 5 10\n组件 1 6 7\n去重 5 9 13",
    "remarks beside figures": "类别 甲 乙 小计\n路由 5 5 10\n导航 1（重复） 4 4（含重复）\n数据 0 3 3",
    "a score out of a hundred": "指标 满分 得分\n甲 40 35\n乙 60 50.5\n合计 100 85.5",
    "years across": "指标 2021年 2022年 2023年 合计\n修路 3 4 5 12\n架桥 1 0 2 3",
    "a budget": "> 单位：万元\n项目 预算数 决算数 完成预算\n一、服务 100 98 98%\n其中：人员 60 60 100%\n公用 40 38 95%\n二、教育 300 291 97%\n三、其他 50 50 100%\n合计 450 439 97.6%",
    "a growing total": "月份 当月 累计\n1月 10 10\n2月 12 22\n3月 9 31\n合计 31 31",
    "rates are no sums": "科室 应到 实到 出勤率\n甲 20 19 95%\n乙 30 27 90%\n合计 50 46 92%",
    "hardly any row confirms": "项目 甲 乙 完成率\n一 120 60 70%\n二 300 240 60%\n三 80 64 50%",
    "two tables in one": "科室 男 女 金额（万元） 合计\n甲 5 6 3.5 11\n乙 7 8 2.5 15\n丙 9 2 1.0 11",
    "codes": "编号 名称 数量\n101 甲 5\n102 乙 6\n合计 . 11",
    "approximate": "科室 人数\n甲科 12余\n乙科 30\n合计 约50",
    "words only": "科室 负责人\n甲科 张某\n合计 两人",
    "no heading": "甲 乙\n丙 5\n丁 6",
    "a truncated share": "科室 人数 占比\n甲 33 33.6%\n乙 34 34.6%\n丙 31 31.6%\n合计 98 100%",
}


@pytest.mark.parametrize("source", CONSISTENT.values(), ids=CONSISTENT)
def test_a_table_that_agrees_or_cannot_be_judged_is_left_alone(source: str) -> None:
    assert found(source) == []


def only(text: str) -> Finding:
    (finding,) = lint(text, SETTINGS, "a.md").findings
    return finding


def fixed(source: str) -> str:
    """Return the table with every correction made."""
    text = table(source)
    edits = [e for f in lint(text, SETTINGS, "a.md").findings if f.fix for e in f.fix.edits]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def test_the_finding_shows_the_sum_and_its_parts() -> None:
    text = table("科室 人数\n甲科 12\n乙科 30\n丙科 8\n合计 52")
    finding = only(text)
    assert "12 ＋ 30 ＋ 8 = 50" in finding.message
    assert finding.data["expected"] == "50"
    assert finding.data["part"] == ["12", "30", "8"]
    assert [text[label.start : label.end] for label in finding.labels] == ["12", "30", "8"]


def test_a_long_sum_is_cut() -> None:
    rows = "\n".join(f"村{n} {n + 100}" for n in range(200))
    assert only(table(f"村 人数\n{rows}\n合计 99999")).message.count("＋") == 6


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("科室 人数\n甲科 12\n乙科 30\n合计 44", "| 合计 | 42 |"),
        ("项目 金额（元）\n甲 1,200\n乙 3,450\n总计 4,560", "| 总计 | 4,650 |"),
        ("科室 男 女 合计\n甲 12 3 15\n乙 30 20 50\n丙 8 10 18\n合计 50 31 83", "| 50 | 33 | 83 |"),
        ("科室 男 女 合计\n甲 12 3 15\n乙 30 25 50\n丙 8 10 18\n合计 50 33 83", "| 30 | 20 | 50 |"),
        ("科室 人数 占比\n甲 12 24%\n乙 35 60%\n丙 8 16%\n合计 50 100%", "| 乙 | 30 | 60% |"),
        ("科室 人数 占比\n甲 12 24%\n乙 30 60%\n丙 8 16%\n合计 52 100%", "| 合计 | 50 | 100% |"),
    ],
)
def test_the_correction_is_of_the_figure_that_explains_all(source: str, right: str) -> None:
    text = fixed(source)
    assert right in text
    assert lint(text, SETTINGS, "a.md").findings == ()


def test_a_shares_of_a_wrong_total_are_not_blamed() -> None:
    source = "科室 人数 占比\n甲 12 24%\n乙 30 60%\n丙 8 16%\n合计 52 100%"
    assert found(source) == [("NM002", "52")]


def word(rows: list[list[str]], merged: list[tuple[int, int, int, int]] = ()) -> bytes:
    source = docx.Document()
    grid = source.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell:
                grid.cell(r, c).text = cell
    for top, left, bottom, right in merged:
        grid.cell(top, left).merge(grid.cell(bottom, right))
    file = io.BytesIO()
    source.save(file)
    return file.getvalue()


def wordy(data: bytes) -> list[tuple[str, str]]:
    document = readers.read(data, "a.docx")
    return [(f.code, document.text[f.start : f.end]) for f in run(document, SETTINGS).findings]


def test_word_tables_with_merged_headings() -> None:
    rows = [
        ["单位", "人数", "", "", "户数", ""],
        ["", "男", "女", "合计", "城镇", "农村"],
        ["甲镇", "10", "12", "22", "3", "4"],
        ["乙镇", "20", "25", "45", "5", "6"],
        ["丙镇", "30", "31", "61", "7", "8"],
        ["合计", "60", "68", "128", "15", "18"],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 5)]
    assert wordy(word(rows, merged)) == []
    rows[3][3] = "54"
    assert wordy(word(rows, merged)) == [("NM002", "54")]
    rows[3][3], rows[5][5] = "45", "81"
    assert wordy(word(rows, merged)) == [("NM002", "81")]


def test_word_tables_with_merged_groups() -> None:
    rows = [
        ["片区", "单位", "人数"],
        ["东片", "甲村", "10"],
        ["", "乙村", "20"],
        ["", "小计", "30"],
        ["西片", "丙村", "5"],
        ["", "丁村", "8"],
        ["", "小计", "13"],
        ["合计", "", "43"],
    ]
    merged = [(1, 0, 3, 0), (4, 0, 6, 0), (7, 0, 7, 1)]
    assert wordy(word(rows, merged)) == []
    rows[6][2] = "15"
    assert ("NM002", "15") in wordy(word(rows, merged))


COUNTS = st.integers(200, 9999)


@given(st.lists(st.lists(COUNTS, min_size=4, max_size=4), min_size=3, max_size=7), st.data())
def test_sums_across_and_down(rows: list[list[int]], data: st.DataObject) -> None:
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    names = [f"第{n}组" for n in range(len(rows))] + ["合计"]

    def shown() -> str:
        lines = [" ".join([name, *map(str, row)]) for name, row in zip(names, full, strict=True)]
        return "\n".join(["单位 甲类 乙类 丙类 丁类 合计", *lines])

    assert found(shown()) == []
    r = data.draw(st.integers(0, len(rows)))
    c = data.draw(st.integers(0, 4))
    right = full[r][c]
    full[r][c] += data.draw(st.integers(1, 99))
    assert found(shown()) != [], shown()
    text = fixed(shown())
    assert f" {right} " in text.split("\n")[3 + r]


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=9), st.integers(0, 2))
def test_rounded_sums(parts: list[int], places: int) -> None:
    def shown(value: int) -> str:
        unit = Decimal(1).scaleb(-places)
        return str((Decimal(value) / 10**4).quantize(unit, rounding=ROUND_HALF_UP))

    rows = "\n".join(f"第{n}项 {shown(part)}" for n, part in enumerate(parts))
    assert found(f"项目 金额（万元）\n{rows}\n合计 {shown(sum(parts))}") == []


@given(st.lists(st.integers(20, 9999), min_size=4, max_size=8), st.integers(0, 2), st.data())
def test_shares_of_a_column(parts: list[int], places: int, data: st.DataObject) -> None:
    total = sum(parts)
    unit = Decimal(1).scaleb(-places)
    shares = [(Decimal(part) * 100 / total).quantize(unit, ROUND_HALF_UP) for part in parts]
    head = "类别 人数 占比"

    def shown() -> str:
        rows = [f"第{n}类 {p} {s}%" for n, (p, s) in enumerate(zip(parts, shares, strict=True))]
        return "\n".join([head, *rows, f"合计 {total} 100%"])

    assert found(shown()) == []
    r = data.draw(st.integers(0, len(parts) - 1))
    shares[r] += data.draw(st.integers(4, 40)) * unit
    moved = f"{shares[r]}%"
    # no other figure may make it right after all
    assume(all(abs(shares[r] - s) > 3 * unit for n, s in enumerate(shares) if n != r))
    assume(shares[r] < 100 - 3 * unit)
    assert moved in [cell for _, cell in found(shown())] or coincides(parts, shares[r], unit)


def coincides(parts: list[int], share: Decimal, unit: Decimal) -> bool:
    """Whether two other counts of the column make the share."""
    wholes = [*parts, sum(parts)]
    return any(abs(Decimal(p) * 100 / w - share) < 3 * unit for p in parts for w in wholes)


@given(
    st.lists(st.tuples(st.integers(50, 9999), st.integers(50, 9999)), min_size=4, max_size=8),
    st.data(),
)
def test_growth_of_a_column(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    assume(all(old != new for old, new in pairs))
    rates = [
        ((Decimal(new) - old) * 100 / old).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for old, new in pairs
    ]
    assume(all(rates))

    def shown() -> str:
        rows = [
            f"第{n}项 {o} {w} {g}%" for n, ((o, w), g) in enumerate(zip(pairs, rates, strict=True))
        ]
        return "\n".join(["项目 2022年 2023年 增长", *rows])

    assert found(shown()) == []
    r = data.draw(st.integers(0, len(pairs) - 1))
    rates[r] += data.draw(st.integers(4, 400)) * (1 if rates[r] > 0 else -1) * Decimal("0.1")
    cells = found(shown())
    old, new = pairs[r]
    backwards = (Decimal(old) - new) * 100 / new
    assert cells == [("NM004", f"{abs(rates[r])}%")] or abs(backwards - rates[r]) < 1


def test_tables_take_time_in_proportion_to_their_length() -> None:
    def seconds(label: str, cell: str, rows: int) -> float:
        body = "\n".join(f"| {label} | {cell} | {n} | {cell} |" for n in range(rows))
        text = f"| 项目 | 占比 | 数量 | 合计 |\n|---|---|---|---|\n{body}\n| 合计 | 1 | 2 | 3 |\n"
        document = readers.read(text.encode(), "a.md")
        begin = time.process_time()
        run(document, SETTINGS)
        return time.process_time() - begin

    seconds("甲", "1", 100)
    for label, cell in [("甲", "5%"), ("合计", "1"), ("小计", "1"), ("其中", "5%"), ("占比", "5%")]:
        assert in_proportion(partial(seconds, label, cell), 400, 1600, 8), label
    assert seconds("甲", "5%", 5_000) < 10
