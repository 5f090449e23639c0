"""Averages, ratios, lists and repeated figures: what agrees is silent, what is moved is found."""

import time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint import packs
from reportlint.document import Document
from reportlint.engine import lint
from reportlint.settings import Settings
from tests.helpers import in_proportion

RULES = packs.builtin()
SETTINGS = Settings(RULES, frozenset(code for code in RULES.rules if code.startswith("NM")))

ROUNDING = st.sampled_from([ROUND_HALF_UP, ROUND_DOWN])


def codes(text: str) -> list[str]:
    return [finding.code for finding in lint(Document(text), SETTINGS).findings]


def rounded(value: Decimal, places: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding)


AVERAGES = [
    "全年发放补贴{total}元，惠及{number}户，户均{average}元。",
    "发放贷款{number}笔、{total}元，笔均{average}元。",
    "为{number}名职工追回工资{total}元，人均{average}元。",
    "{number}个村共投入{total}元，平均每村{average}元。",
    "{number}户受益，户均{average}元，共{total}元。",
]


@pytest.mark.parametrize("template", AVERAGES)
@given(st.integers(2, 5000), st.integers(100, 10**8), st.integers(0, 2), ROUNDING, st.data())
def test_averages(
    template: str, number: int, total: int, places: int, mode: str, data: st.DataObject
) -> None:
    exact = Decimal(total) / Decimal(number)
    average = rounded(exact, places, mode)
    assume(average >= 10)
    assert codes(template.format(total=total, number=number, average=average)) == []
    share = Decimal(data.draw(st.sampled_from(["0.4", "0.6", "1.5", "2.5", "9"])))
    moved = rounded(average * share, places, ROUND_HALF_UP)
    assume(moved >= 10 and moved != total)
    assert codes(template.format(total=total, number=number, average=moved)) == ["NM011"]


@given(st.integers(2, 500), st.integers(10**6, 10**10), st.integers(0, 2), ROUNDING)
def test_averages_of_rounded_money(number: int, total: int, places: int, mode: str) -> None:
    shown = rounded(Decimal(total) / 10**4, places, ROUND_HALF_UP)
    average = rounded(Decimal(total) / number / 10**4, places, mode)
    assume(shown > 0 and average > 0)
    text = f"发放补贴{shown}万元，惠及{number}户，户均{average}万元。"
    assert codes(text) == []


@given(st.integers(100, 10**6), st.integers(100, 10**6), st.integers(1, 2), ROUNDING, st.data())
def test_ratios_of_two(one: int, other: int, places: int, mode: str, data: st.DataObject) -> None:
    assume(other <= one < 50 * other)
    ratio = rounded(Decimal(one) / other, places, mode)
    text = f"登记汽车{one}辆、摩托车{other}辆，两类车辆之比为{{}}:1。"
    assert codes(text.format(ratio)) == []
    moved = ratio + Decimal(data.draw(st.integers(4, 40))).scaleb(-places)
    assert codes(text.format(moved)) == ["NM013"]


@given(st.lists(st.integers(1000, 10**6), min_size=3, max_size=3), ROUNDING, st.data())
def test_ratios_of_three(values: list[int], mode: str, data: st.DataObject) -> None:
    total = sum(values)
    terms = [rounded(Decimal(value) * 100 / total, 1, mode) for value in values]
    assume(all(Decimal(2) < term for term in terms))
    text = "三次产业增加值分别为{}万元、{}万元、{}万元，三次产业结构为{}:{}:{}。"
    assert codes(text.format(*values, *terms)) == []
    step = Decimal(data.draw(st.integers(5, 15))) / 10
    # the ratio may name them in another order
    low, middle, high = sorted(terms)
    assume(middle - low > 2 * step and high - middle > 2 * step)
    terms[0], terms[1] = terms[0] + step, terms[1] - step
    assert codes(text.format(*values, *terms)) == ["NM013"]
    terms[1] += step
    assert codes(text.format(*values, *terms)) == ["NM013"]


NAMES = ["城关镇", "河东镇", "柳林镇", "石桥镇", "白沙镇", "永安镇"]
COUNTS = ["两", "三", "四", "五", "六"]


@given(st.integers(2, 6), st.integers(2, 6), st.lists(st.integers(2, 999), min_size=6, max_size=6))
def test_lists(names: int, figures: int, values: list[int]) -> None:
    named = "、".join(NAMES[:names])
    for joint in ("、", "和"):
        listed = [f"{value}户" for value in values[:figures]]
        tail = joint.join(["、".join(listed[:-1]), listed[-1]])
        text = f"{named}{COUNTS[names - 2]}个镇分别改造农房{tail}。"
        # twice as many figures may be two for each name
        paired = names == figures or figures % names == 0
        assert codes(text) == ([] if paired else ["NM013"])


INDICATORS = [
    "发放创业担保贷款{}万元",
    "化解各类矛盾纠纷{}起",
    "走访慰问困难家庭{}户",
    "新增灌溉面积{}亩",
]


@pytest.mark.parametrize("indicator", INDICATORS)
@given(st.integers(101, 99999), st.integers(101, 99999), st.booleans())
def test_repeated_figures(indicator: str, first: int, second: int, headed: bool) -> None:
    opening = f"全年{indicator.format(first)}。"
    body = f"服务不断改进，全年{indicator.format(second)}，群众反映良好。"
    heading = "一、主要工作\n\n" if headed else "一、服务情况\n\n"
    text = f"2023年工作总结\n\n{opening}\n\n{heading}{body}\n"
    found = codes(text)
    if first == second:
        assert found == []
    small, large = sorted((first, second))
    if large > 2 * small:
        assert found == []
    elif large > Decimal("1.1") * small:
        assert found == ["NM012"]
    assert codes(text.replace(f"全年{indicator.format(second)}", "")) == []
    assert codes(text.replace("改进，全年", "改进，上半年")) == []
    assert codes(text.replace("改进，全年", "改进，河东镇全年")) == []
    assert codes(text.replace("改进，全年", "改进，计划全年")) == []


UNITS = [
    "均1元",
    "，户均1元",
    "1户，发放2元，户均3元，",
    "1:",
    "1:2，",
    "比例为1:2:3，",
    "甲、乙分别1个、",
    "甲、",
    "分别",
    "1个、2个分别",
    "全年发放创业贷款1元，",
    "全年发放创业贷款1元。\n",
]


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        begin = time.process_time()
        codes(text)
        return time.process_time() - begin

    seconds(1000)
    assert in_proportion(seconds, 8_000, 32_000, 12)
