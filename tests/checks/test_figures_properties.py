"""Any consistent sentence is silent; with one figure moved out of its interval it is found."""

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
PLACES = st.integers(0, 2)


def codes(text: str) -> list[str]:
    return [finding.code for finding in lint(Document(text), SETTINGS).findings]


def rounded(value: Decimal, places: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding)


SHARES = [
    "全年招录{whole}人，其中党员{part}人，占{share}%。",
    "{whole}个村中，{part}个通了公交，占{share}%。",
    "应检设备{whole}台，完成检测{part}台，检测率{share}%。",
    "排查隐患{whole}处，已整改{part}处，整改率为{share}%。",
]


@pytest.mark.parametrize("template", SHARES)
@given(st.integers(2, 99999), st.data(), PLACES, ROUNDING)
def test_shares(template: str, whole: int, data: st.DataObject, places: int, mode: str) -> None:
    part = data.draw(st.integers(1, whole))
    exact = Decimal(part) * 100 / Decimal(whole)
    share = rounded(exact, places, mode)
    assert codes(template.format(whole=whole, part=part, share=share)) == []
    away = data.draw(st.integers(4, 40)) * data.draw(st.sampled_from([-1, 1]))
    moved = share + Decimal(away).scaleb(-places)
    assume(0 < moved <= 100)
    # the text may not hold another figure that makes it right after all
    assume(abs(moved - 100) > 3)
    assert codes(template.format(whole=whole, part=part, share=moved)) != []


@given(st.integers(10, 99999), st.integers(10, 99999), PLACES, ROUNDING, st.data())
def test_growth_and_decline(
    old: int, new: int, places: int, mode: str, data: st.DataObject
) -> None:
    assume(old != new and new < 20 * old)
    change = rounded(abs(Decimal(new - old)) * 100 / Decimal(old), places, mode)
    verb, word = ("增加", "增长") if new > old else ("减少", "下降")
    texts = [
        f"受理申请由{old}件{verb}到{{0}}件，{word}{{1}}%。",
        f"受理申请{{0}}件，比上年的{old}件{word}{{1}}%。",
        f"受理申请{{0}}件，上年为{old}件，同比{word}{{1}}%。",
    ]
    moved = change + Decimal(data.draw(st.integers(4, 40))).scaleb(-places)
    assume(new > old or moved <= 100)
    for text in texts:
        assert codes(text.format(new, change)) == [], text
        assert codes(text.format(new, moved)) == ["NM004"], text


@given(st.lists(st.integers(1, 9999), min_size=3, max_size=6), st.data())
def test_sums_of_counts(parts: list[int], data: st.DataObject) -> None:
    places = ["甲街", "乙街", "丙街", "丁街", "戊街", "己街"]
    listing = "、".join(f"{name}{n}户" for name, n in zip(places, parts, strict=False))
    total = sum(parts)
    assert codes(f"走访居民{total}户，其中{listing}。") == []
    assert codes(f"{listing}，合计{total}户。") == []
    moved = total + data.draw(st.integers(1, 500))
    assume(all(sum(parts[n:]) != moved for n in range(len(parts))))
    assert codes(f"{listing}，合计{moved}户。") == ["NM002"]
    # fewer parts than the total is an open list, more is a contradiction
    assert codes(f"走访居民{moved}户，其中{listing}。") == []
    less = total - data.draw(st.integers(1, min(parts)))
    runs = {sum(parts[:n]) for n in range(len(parts))} | {sum(parts[n:]) for n in range(1, 6)}
    assume(less > max(parts) and less not in runs)
    assert codes(f"走访居民{less}户，其中{listing}。") == ["NM002"]


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=6), st.integers(0, 2))
def test_sums_of_rounded_money(parts: list[int], places: int) -> None:
    def shown(value: int) -> str:
        return str(rounded(Decimal(value) / 10**4, places, ROUND_HALF_UP))

    names = ["中央", "省级", "市级", "县级", "村级", "社会"]
    listing = "、".join(f"{name}{shown(n)}万元" for name, n in zip(names, parts, strict=False))
    assert codes(f"安排资金{shown(sum(parts))}万元，其中{listing}。") == []
    assert codes(f"{listing}，合计{shown(sum(parts))}万元。") == []


@given(st.lists(st.integers(5, 9999), min_size=2, max_size=5), PLACES, ROUNDING)
def test_lists_of_shares(parts: list[int], places: int, mode: str) -> None:
    names = ["甲类", "乙类", "丙类", "丁类", "戊类"]
    total = sum(parts)
    listing = "、".join(f"{name}{n}份" for name, n in zip(names, parts, strict=False))
    shares = "、".join(f"{rounded(Decimal(n) * 100 / total, places, mode)}%" for n in parts)
    assert codes(f"收到来信{total}份，其中{listing}，分别占{shares}。") == []


@given(st.integers(1, 998), st.integers(1, 998), st.integers(3, 60))
def test_differences_of_percentages(old: int, new: int, away: int) -> None:
    assume(old != new)
    before, after = (rounded(Decimal(n) / 10, 1, ROUND_DOWN) for n in (old, new))
    verb = "提高" if after > before else "下降"
    text = f"普及率由{before}%{verb}到{after}%，{verb}{{}}个百分点。"
    assert codes(text.format(abs(after - before))) == []
    assert codes(text.format(abs(after - before) + Decimal(away) / 10)) == ["NM007"]


UNITS = [
    "1",
    "其中",
    "占50%，",
    "1人其中",
    "甲1人，占1%，",
    "共1人，",
    "1%、",
    "百分之",
    "1,",
    "率",
    "甲占5%，",
    "，合计100%",
    "3个分别和",
    "再加上甲1人，为3人，",
    "合计3人；",
    "其余5人，占3%，",
    "平均每村3人，",
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


def test_a_sentence_of_five_thousand_figures_is_read() -> None:
    text = "，".join(f"第{n}组{n % 97 + 1}人，占{n % 89 + 1}%" for n in range(5000)) + "。"
    begin = time.process_time()
    codes(text)
    assert time.process_time() - begin < 10
