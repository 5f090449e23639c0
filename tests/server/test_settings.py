"""What an editor may set."""

from typing import Any

import pytest

from reportlint.config import Options
from reportlint.server import options

BASE = Options(lang="en", config="base.toml")


def test_settings_go_before_the_command_line() -> None:
    raw = {"lang": "zh", "select": ["PH"], "ignore": ["PH010"], "extendSelect": ["FM"]}
    expected = BASE._replace(lang="zh", select=("PH",), ignore=("PH010",), extend_select=("FM",))
    assert options.read(raw, BASE) == (expected, ())
    assert options.read({"reportlint": raw}, BASE) == (expected, ())


@pytest.mark.parametrize("raw", [None, {}, {"reportlint": None}, {"lang": None, "config": ""}])
def test_nothing_set_is_the_command_line(raw: Any) -> None:
    assert options.read(raw, BASE) == (BASE, ())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "对象"),
        ({"reportlint": 3}, "对象"),
        ({"lang": "fr"}, "zh、en"),
        ({"lang": ["zh"]}, "zh、en"),
        ({"config": 3}, "字符串"),
        ({"select": "PH"}, "字符串数组"),
        ({"ignore": [1]}, "字符串数组"),
        ({"extendselect": ["FM"]}, "extendSelect"),
    ],
)
def test_what_cannot_be_used_is_told_and_does_not_count(raw: Any, said: str) -> None:
    read = options.read(raw, BASE)
    assert read.options == BASE
    (problem,) = read.problems
    assert said in problem["zh"]
    assert problem["en"]
