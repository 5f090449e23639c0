"""The grammar of comments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.suppress.directives import Directive, Malformed, parse, write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reportlint: ignore[PH001]", Directive("ignore", ("PH001",), "")),
        ("reportlint: ignore[PH001] 人数待批复", Directive("ignore", ("PH001",), "人数待批复")),
        ("reportlint:ignore[PH001]人数待批复", Directive("ignore", ("PH001",), "人数待批复")),
        (
            " reportlint: ignore[PH001, PW，SC001] \n",
            Directive("ignore", ("PH001", "PW", "SC001"), ""),
        ),
        ("reportlint: ignore[PH001,PH001] 两次", Directive("ignore", ("PH001",), "两次")),
        ("reportlint: ignore[letter-slot] 一\n二", Directive("ignore", ("letter-slot",), "一 二")),
        ("reportlint: ignore-file[ALL] 模板", Directive("ignore-file", ("ALL",), "模板")),
        ("reportlint: disable[PH] 表", Directive("disable", ("PH",), "表")),
        ("reportlint: enable[PH]", Directive("enable", ("PH",), "")),
        ("reportlint: enable", Directive("enable", (), "")),
    ],
)
def test_well_formed(text: str, expected: Directive) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("reportlint：ignore[PH001]", "半角冒号", "colon"),
        ("reportlint ignore[PH001]", "半角冒号", "colon"),
        ("reportlint : ignore[PH001]", "半角冒号", "colon"),
        ("reportlint[PH001]", "半角冒号", "colon"),
        ("Reportlint: ignore[PH001]", "全部小写", "must be written reportlint"),
        ("reportlint: ignore", "紧跟方括号", "codes in brackets"),
        ("reportlint: ignore PH001", "紧跟方括号", "codes in brackets"),
        ("reportlint: ignore【PH001】", "紧跟方括号", "codes in brackets"),
        ("reportlint: disable", "紧跟方括号", "codes in brackets"),
        ("reportlint: enable 之后", "紧跟方括号", "codes in brackets"),
        ("reportlint: ignore[]", "不能是“”", "not ''"),
        ("reportlint: ignore[PH001,]", "不能是“”", "not ''"),
        ("reportlint: ignore[PH001 PW001]", "不能是“PH001 PW001”", "not 'PH001 PW001'"),
        ("reportlint: ignore[占位]", "不能是“占位”", "not '占位'"),
        ("reportlint: noqa[PH001]", "ignore、ignore-file", "ignore, ignore-file"),
        ("reportlint:", "ignore、ignore-file", "ignore, ignore-file"),
    ],
)
def test_malformed(text: str, zh: str, en: str) -> None:
    found = parse(text)
    assert isinstance(found, Malformed)
    assert zh in found.zh
    assert en in found.en


@pytest.mark.parametrize(
    "text",
    ["", "待改", "reportlint is a linter", "用 reportlint: 检查过", "reportlinter: x", "reportlint",
     "reportlint ignored this", "eslint: ignore[PH001]"],
)  # fmt: skip
def test_remarks_that_are_not_for_us(text: str) -> None:
    assert parse(text) is None


@given(
    st.sampled_from(["ignore", "ignore-file", "disable"]),
    st.from_regex(r"[A-Z]{2}[0-9]{3}|[a-z]{1,9}(?:-[a-z]{1,9})?", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)
def test_what_is_written_is_read(action: str, selector: str, reason: str) -> None:
    reason = " ".join(reason.split())
    assert parse(write(action, selector, reason)) == Directive(action, (selector,), reason)


@given(st.text(max_size=60))
def test_anything_is_understood_or_not(text: str) -> None:
    for said in (text, "reportlint: " + text, "reportlint: ignore[" + text):
        assert parse(said) is None or isinstance(parse(said), Directive | Malformed)
