"""Stored machine code of patterns does what compiling their source does."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reportlint import packs, patterns

RULES = packs.builtin()
SOURCES = [RULES.expand(pattern) for rule in RULES.rules.values() for pattern in rule.patterns]
TEXT = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "accuracy" / "drafts").glob("0*.gold.*"))
)


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A snapshot that holds every pattern of the rules and nothing else."""
    module = ModuleType("reportlint.snapshot")
    module.STAMP = patterns.STAMP
    module.CODES = {(s, int(re.MULTILINE)): patterns.assemble(s, re.MULTILINE) for s in SOURCES}
    monkeypatch.setitem(sys.modules, "reportlint.snapshot", module)
    monkeypatch.setattr("reportlint.snapshot", module, raising=False)
    monkeypatch.setattr(patterns, "_codes", None)
    return module


def test_stored_code_matches_what_the_source_matches(stored: ModuleType) -> None:
    assert len(stored.CODES) > 50
    for source in SOURCES:
        ours, theirs = patterns.compile(source, re.MULTILINE), re.compile(source, re.MULTILINE)
        assert (ours.pattern, ours.flags, ours.groups) == (
            theirs.pattern,
            theirs.flags,
            theirs.groups,
        )
        assert dict(ours.groupindex) == dict(theirs.groupindex)
        assert [m.span() for m in ours.finditer(TEXT)] == [m.span() for m in theirs.finditer(TEXT)]


def test_code_of_another_interpreter_is_left_alone(stored: ModuleType) -> None:
    stored.STAMP = ("elsewhere",)
    stored.CODES = {("甲", 0): (0, b"nonsense", 0, {}, (None,))}
    assert patterns.compile("甲").findall("甲乙甲") == ["甲", "甲"]


def test_code_that_the_engine_refuses_is_compiled_anew(stored: ModuleType) -> None:
    stored.CODES = {("甲", 0): (0, b"\xff" * 8, 0, {}, (None,))}
    assert patterns.compile("甲").findall("甲乙甲") == ["甲", "甲"]


def test_a_mistake_is_still_a_mistake() -> None:
    with pytest.raises(re.error):
        patterns.compile("(")


@pytest.mark.parametrize("source", ["[，,]", "([0-9])年", "(甲)|乙"])
def test_functions_do_what_those_of_re_do(source: str) -> None:
    text = "一，二,3年甲乙甲"
    assert patterns.findall(source, text) == re.findall(source, text)
    assert patterns.split(source, text) == re.split(source, text)
    assert patterns.split(source, text, maxsplit=1) == re.split(source, text, maxsplit=1)
    assert patterns.sub(source, "-", text) == re.sub(source, "-", text)
    assert [m.span() for m in patterns.finditer(source, text)] == [
        m.span() for m in re.finditer(source, text)
    ]
    for ours, theirs in ((patterns.search, re.search), (patterns.match, re.match)):
        one, other = ours(source, text), theirs(source, text)
        assert (one and one.span()) == (other and other.span())


def test_flags_and_escapes_are_those_of_re() -> None:
    assert (patterns.MULTILINE, patterns.DOTALL) == (re.MULTILINE, re.DOTALL)
    every = "".join(map(chr, (*range(0x100), *range(0x2010, 0x2040), *range(0x3000, 0x3020))))
    assert patterns.escape(every) == re.escape(every)
