"""The light parser and typer read the same things out of a command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.cli import app, check, light
from reportlint.cli.options import GROUPS, OPTIONS, Option, Request, UsageError, request

PATHS = st.sampled_from(["a.txt", "稿件/二.md", "-", ".", "", "x y", "--", "check"])


def values(option: Option) -> st.SearchStrategy[str]:
    if option.choices:
        good: st.SearchStrategy[str] = st.sampled_from(option.choices)
    elif option.least is not None:
        good = st.integers(option.least, 10**6).map(str)
    elif option.many:
        good = st.sampled_from(["PH", "PH001,PW", "ALL", "PH，SQ", " PH , NM "])
    else:
        good = st.sampled_from(["述职报告", "a=b", "dir/x.toml", "x"])
    return good


def given_once(option: Option) -> st.SearchStrategy[list[str]]:
    flag = st.sampled_from(option.flags)
    if not option.value:
        return flag.map(lambda f: [f])
    spaced = st.tuples(flag, values(option)).map(list)
    long = option.flags[0]
    attached = values(option).map(lambda value: [f"{long}={value}"])
    if len(option.flags) == 1:
        return spaced | attached
    short = option.flags[1]
    return spaced | attached | values(option).map(lambda value: [short + value])


WELL_FORMED = st.lists(
    st.one_of(*map(given_once, OPTIONS), PATHS.map(lambda path: [path])), max_size=8
).map(lambda parts: [word for part in parts for word in part])

ODD = st.sampled_from(
    ["--fixx", "--fi", "--fix=1", "-x", "-qq", "-qj4", "-j=4", "-jx", "--jobs", "--jobs=0", "--jobs=x",
     "--lang=fr", "--select=", "--select=,", "--config=", "--output-format=xml", "--help", "-h",
     "--jobs=１", "--no-fix", "---", "--=", "-o", "--max-warnings=-1"]
)  # fmt: skip
ANYTHING = st.lists(st.one_of(WELL_FORMED, ODD.map(lambda word: [word])), max_size=5).map(
    lambda parts: [word for part in parts for word in part]
)


def outcome(parse: Callable[[], Request | None]) -> Request | dict[str, str] | None:
    try:
        return parse()
    except UsageError as error:
        return dict(error.say)


def by_typer(argv: list[str]) -> Request:
    seen: list[Request] = []

    def record(asked: Request) -> int:
        seen.append(asked)
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "check", record)
        app.run(["check", *argv])
    return seen[0]


@settings(max_examples=150, deadline=None)
@given(WELL_FORMED)
def test_the_light_parser_reads_every_well_formed_line(argv: list[str]) -> None:
    # Two formats for one output are a mistake that it words itself.
    assert isinstance(outcome(lambda: light.parse(["check", *argv])), Request | dict)


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_what_the_light_parser_reads_typer_reads_too(argv: list[str]) -> None:
    found = outcome(lambda: light.parse(["check", *argv]))
    if found is not None:
        assert outcome(lambda: by_typer(argv)) == found


@pytest.mark.parametrize(
    "argv", [[], ["rule"], ["--version"], ["--lang", "en", "check"], ["check", "--help"]]
)
def test_other_lines_are_left_to_typer(argv: list[str]) -> None:
    assert light.parse(argv) is None


def test_every_option_has_a_place_in_the_request_and_a_group() -> None:
    assert {option.field for option in OPTIONS} == set(Request._fields) - {"paths"}
    assert {option.group for option in OPTIONS} == set(GROUPS)
    flags = [flag for option in OPTIONS for flag in option.flags]
    assert len(flags) == len(set(flags))
    assert all(set(option.help) == {"zh", "en"} for option in OPTIONS)


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"select": ["PH, PW001", "SQ"]}, "select", ("PH", "PW001", "SQ")),
        ({"select": []}, "select", None),
        ({"jobs": "4"}, "jobs", 4),
        ({"max_warnings": "0"}, "max_warnings", 0),
        ({"fix": True}, "fix", True),
        ({"fix": False}, "fix", False),
        ({"ordered": [("output_format", "json")]}, "output_file", (None,)),
        ({"ordered": [("output_file", "a")]}, "output_file", ("a",)),
        ({"ordered": [("output_file", "a")]}, "output_format", None),
    ],
)
def test_values_are_converted(given: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(request((), given), field) == value
