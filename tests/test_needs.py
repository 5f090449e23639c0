"""What patterns need, and that none repeats without a bound."""

from __future__ import annotations

import re

import pytest

from reportlint import packs
from reportlint.errors import PackError
from reportlint.needs import begins, needed, unbounded, word_sets

RULES = packs.builtin()
VOCABULARY = [
    pattern
    for part in (*RULES.sections.values(), *RULES.kinds.values())
    for field in part
    if isinstance(field, tuple)
    for pattern in field
    if isinstance(pattern, str) and pattern not in RULES.sections
]


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("##paid", (("#",), ("##paid",))),
        ("[甲乙]丙", (("乙", "甲"), ("乙丙", "甲丙"))),
        ("甲?乙", (("乙",),)),
        ("甲|乙丙", (("乙", "甲"), ("乙丙", "甲"))),
        ("下(?:篇|页)：", (("篇", "页"), ("下篇：", "下页："))),
        ("甲.乙丙", (("甲",), ("乙",), ("乙丙",))),
        ("(?:甲|乙){2,3}", (("乙", "甲"),)),
        ("甲(?=乙)", (("乙",), ("甲",))),
        ("(?<!甲)乙", (("乙",),)),
        (r"\w{3}", ()),
        ("[^甲]", ()),
        ("(?i:vip)", ()),
        ("甲|.", ()),
    ],
)
def test_what_a_pattern_needs(pattern: str, sets: tuple[tuple[str, ...], ...]) -> None:
    assert needed(pattern) == sets
    assert bool(word_sets(pattern)) is bool(sets)
    assert not sets or word_sets(pattern)[0] in sets


def test_what_costs_more_than_the_search_is_no_need() -> None:
    assert needed("下(?:篇|页)[：:]") == ()
    assert word_sets("下(?:篇|页)[：:]") == (("下篇:", "下篇：", "下页:", "下页："),)


@pytest.mark.parametrize(
    ("pattern", "ranges"),
    [
        ("##paid", "##"),
        ("[甲乙]丙", "乙乙甲甲"),
        ("甲?乙", "乙乙甲甲"),
        ("(?:甲|乙?)丙", "丙丙乙乙甲甲"),
        ("(?:甲?)?乙{2,3}", "乙乙甲甲"),
        ("(?<!丁)^(?=戊)甲", "甲甲"),
        ("[a-z甲]", "az甲甲"),
        ("(?P<a>[#@])(?P=a)", "##@@"),
        ("(?>甲|乙)丙", "乙乙甲甲"),
        ("甲?", ""),
        ("甲|.", ""),
        ("(?:甲|.)?乙", ""),
        ("(?:甲|.?)乙", ""),
        ("[^甲]", ""),
        (r"\w", ""),
        ("(?i:vip)", ""),
        ("(?i:v)?乙", ""),
        ("(", ""),
    ],
)
def test_how_a_pattern_begins(pattern: str, ranges: str) -> None:
    assert "".join(map("".join, begins(pattern))) == ranges


@pytest.mark.parametrize("code", sorted(RULES.rules))
def test_a_match_has_what_its_pattern_needs(code: str) -> None:
    rule = RULES.rules[code]
    for pattern in rule.patterns:
        expanded = RULES.expand(pattern)
        needs = needed(expanded)
        for example in (*rule.bad, *rule.good):
            text = example["text"]
            for mark in "〔〕⟦⟧":
                text = text.replace(mark, "") if re.search(expanded, text) is None else text
            if re.search(expanded, text, re.MULTILINE):
                assert all(any(word in text for word in words) for words in needs)


@pytest.mark.parametrize(
    ("pattern", "endless"),
    [
        ("甲*", True),
        ("(?:甲|乙+)丙", True),
        ("(?=甲{2,})", True),
        ("(?<!甲)乙{0,40}", False),
        ("甲{3}乙?", False),
    ],
)
def test_repeats_without_a_bound(pattern: str, endless: bool) -> None:
    assert unbounded(pattern) is endless


@pytest.mark.parametrize("code", sorted(RULES.rules))
def test_no_rule_repeats_without_a_bound(code: str) -> None:
    rule = RULES.rules[code]
    assert not [p for p in (*rule.patterns, *rule.unless) if unbounded(RULES.expand(p))]


def test_no_word_of_kinds_and_sections_repeats_without_a_bound() -> None:
    assert len(VOCABULARY) > 50
    assert not [p for p in VOCABULARY if unbounded(RULES.expand(p))]


def test_a_pack_with_an_endless_pattern_is_refused() -> None:
    source = """
[[rule]]
code = "HX001"
name = "endless"
severity = "error"
patterns = ['甲.*乙']
message = { zh = "甲", en = "a" }
why = { zh = "甲", en = "a" }
source = "house"
bad = ["〔甲乙〕"]
good = ["丙"]
"""
    with pytest.raises(PackError, match=r"house\.toml:2: HX001: .* repeats without a bound"):
        packs.build([], own=[packs.parse("house.toml", source.encode())])
