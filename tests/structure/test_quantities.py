"""Figures as drafts print them: their value, interval, unit and role."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.structure.quantities import HEDGED, ONE, Quantity, plain, quantities


def only(text: str) -> Quantity:
    found = quantities(plain(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "shown", "value", "role", "unit"),
    [
        ("共1,443人", "1,443人", 1443, "count", "人"),
        ("共1，443名", "1，443名", 1443, "count", "人"),
        ("共321 146户", "321 146户", 321146, "count", "户"),
        ("共３２户", "３２户", 32, "count", "户"),
        ("投资4.86亿元", "4.86亿元", 486_000_000, "count", "元"),
        ("赤字2.18万亿元", "2.18万亿元", 2_180_000_000_000, "count", "元"),
        ("增加3千人", "3千人", 3000, "count", "人"),
        ("完成12千米", "12千米", 12, "count", "千米"),
        ("招了两千三百人", "两千三百人", 2300, "count", "人"),
        ("招了两千三人", "两千三人", 2300, "count", "人"),
        ("招了一百零五人", "一百零五人", 105, "count", "人"),
        ("筹资三亿两千万元", "三亿两千万元", 320_000_000, "count", "元"),
        ("人民币壹佰贰拾万元整", "壹佰贰拾万元", 1_200_000, "count", "元"),
        ("计￥3.5万元", "￥3.5万元", 35_000, "count", "元"),
        ("投资¥1,200", "¥1,200", 1200, "count", "元"),
        ("净利润-1.2亿元", "-1.2亿元", -120_000_000, "count", "元"),
        ("增速为-3.2%", "-3.2%", Fraction(-32, 1000), "share", "%"),
        ("增速为负3.2%", "负3.2%", Fraction(-32, 1000), "share", "%"),
        ("编号为C-30", "30", 30, "model", ""),
        ("占75.5%", "75.5%", Fraction(755, 1000), "share", "%"),
        ("占７５％", "７５％", Fraction(75, 100), "share", "%"),
        ("达3.2‰", "3.2‰", Fraction(32, 10000), "share", "‰"),
        ("占百分之七十五点五", "百分之七十五点五", Fraction(755, 1000), "share", "%"),
        ("占百分之75", "百分之75", Fraction(3, 4), "share", "%"),
        ("占七成半，", "七成半", Fraction(3, 4), "share", "成"),
        ("占三分之二", "三分之二", Fraction(2, 3), "share", ""),
        ("占一半", "一半", Fraction(1, 2), "share", ""),
        ("提高3.7个百分点", "3.7个百分点", Fraction(37, 1000), "points", "百分点"),
        ("增长1.2倍", "1.2倍", Fraction(12, 10), "times", "倍"),
        ("增长两倍", "两倍", 2, "times", "倍"),
        ("翻了一番", "翻了一番", 2, "doubling", "番"),
        ("翻两番", "翻两番", 4, "doubling", "番"),
        ("2024年", "2024年", 2024, "date", "年"),
        ("第3名", "3名", 3, "ordinal", "人"),
        ("〔2024〕", "2024", 2024, "document", ""),
        ("电话13800000000", "13800000000", 13_800_000_000, "phone", ""),
        ("年满60岁", "60岁", 60, "age", "岁"),
    ],
)
def test_every_form(text: str, shown: str, value: Fraction | int, role: str, unit: str) -> None:
    found = only(text)
    assert text[found.start : found.end] == shown
    assert (Fraction(found.value, ONE), found.role, found.unit) == (value, role, unit)


@pytest.mark.parametrize("text", ["C30混凝土", "十八大以来", "三个方面", "千家万户", "几十人"])
def test_what_is_no_figure(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize("text", ["队伍建设", "陆续开工", "捌玖不离拾"])
def test_capital_numerals_count_money_only(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize("text", ["20～30人", "3%—5%", "6元至8元", "3%-5%"])
def test_both_ends_of_a_range_are_no_level(text: str) -> None:
    assert [found.role for found in quantities(text)] == ["range", "range"]


def test_a_change_from_one_level_to_another_is_no_range() -> None:
    assert [found.role for found in quantities("由100人到200人")] == ["count", "count"]


def test_ratios_and_dimensions_are_told_apart() -> None:
    assert {found.role for found in quantities("5.1:41.3:53.6")} == {"ratio"}
    assert {found.role for found in quantities("展板3×4米")} == {"model"}


@pytest.mark.parametrize(
    ("text", "hedge", "low", "high"),
    [
        ("共120人", "", 120, 120),
        ("共4.5亩", "", Fraction("4.45"), Fraction("4.55")),
        ("共3万人", "", 25000, 35000),
        ("约100人", "about", 95, 105),
        ("近100人", "near", 90, 100),
        ("超过100人", "over", 100, None),
        ("100人以上", "over", 100, None),
        ("不足100人", "under", None, 100),
        ("100人左右", "about", 95, 105),
        ("30多人", "many", 30, 40),
        ("1.8万余人", "many", 18000, 19000),
        ("签约100人", "", 100, 100),
    ],
)
def test_words_of_approximation_widen_the_interval(
    text: str, hedge: str, low: Fraction | int, high: Fraction | int | None
) -> None:
    found = only(text)
    assert found.hedge == hedge
    assert found.interval == (low, high)


@given(st.text("大约将接近不超过低于少到达或了签附年\n", max_size=8))
def test_they_stand_right_before_the_figure(words: str) -> None:
    assert bool(only(f"{words}100人").hedge) == bool(HEDGED.search(words[-6:]))


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_a_printed_decimal_is_read_exactly(digits: int, places: int) -> None:
    text = f"{digits:0{places + 1}d}"
    text = f"{text[:-places]}.{text[-places:]}" if places else text
    found = only(f"共{text}吨")
    half = Fraction(1, 2 * 10**places)
    assert Fraction(found.value, ONE) == Fraction(text)
    assert found.interval == (Fraction(text) - half, Fraction(text) + half)


_DRAWN = "0123456789.,，%万亿千百一二三十两成倍翻番分之半人元占其中：:-～第〔〕年多余"


@given(st.text(alphabet=_DRAWN, max_size=60))
def test_figures_are_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for found in quantities(plain(text)):
        assert end <= found.start < found.digits <= found.end <= len(text)
        end = found.end
