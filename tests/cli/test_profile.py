"""``--profile``: the same report, and where its time went."""

from __future__ import annotations

import re

import pytest

from reportlint import engine, pipeline, readers
from reportlint.cli.profiling import Watch
from reportlint.structure import Structure
from tests.cli.conftest import Call

_ROW = re.compile(r" *([0-9.]+) +([0-9.]+)% +([0-9]+|-)  (.+)")


def rows(err: str) -> list[dict[str, tuple[float, float, str]]]:
    """The rows of each table by their names: milliseconds, share, calls."""
    tables = []
    for part in err.split("\n\n"):
        found = [_ROW.fullmatch(line) for line in part.strip("\n").split("\n")]
        assert found[0] is None
        assert all(found[1:])
        tables.append({m[4]: (float(m[1]), float(m[2]), m[3]) for m in found[1:] if m})
    return tables


@pytest.mark.parametrize("argv", [[], ["--output-format", "json"], ["--fix"], ["--statistics"]])
def test_the_report_is_the_same(call: Call, argv: list[str]) -> None:
    plain = call("check", "clean.txt", *argv)
    done = call("check", "clean.txt", "--profile", *argv)
    assert (done.code, done.out) == (plain.code, plain.out)


def test_it_tells_stages_rules_and_parts_of_the_structure(call: Call) -> None:
    done = call("check", "faulty.txt", "clean.txt", "--profile", "--lang", "en", "-j", "2")
    assert done.out == call("check", "faulty.txt", "clean.txt", "--lang", "en").out
    stages, parts = rows(done.err)
    assert {stages[name][2] for name in ("read", "rest of the engine", "report")} == {"2"}
    assert {"start (processor time)", "rules", "structure"} <= stages.keys()
    assert sum(share for _, share, _ in stages.values()) == pytest.approx(100, abs=1)
    assert {"PH009", "paragraphs", "kind"} <= parts.keys()
    assert [ms for ms, _, _ in parts.values()] == sorted(
        (ms for ms, _, _ in parts.values()), reverse=True
    )
    within = stages["rules"][0] + stages["structure"][0]
    assert sum(ms for ms, _, _ in parts.values()) == pytest.approx(within, abs=5)


def test_it_speaks_chinese(call: Call) -> None:
    stages, _ = rows(call("check", "faulty.txt", "--profile").err)
    assert {"读取", "规则", "报告"} <= stages.keys()


def test_nothing_of_it_stays(call: Call) -> None:
    watched = (engine.lint_all, engine.search, readers.read, pipeline.run, Structure.kind.func)
    before = [*watched, vars(engine)["CHECKS"]]
    call("check", "faulty.txt", "--profile")
    call("check", "faulty.txt", "--profile", "--baseline", "none.json")  # an error
    after = (engine.lint_all, engine.search, readers.read, pipeline.run, Structure.kind.func)
    assert [*after, vars(engine)["CHECKS"]] == before


def test_a_rule_that_crashes_is_reported_as_ever(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(engine, "search", crash)
    plain = call("check", "faulty.txt")
    done = call("check", "faulty.txt", "--profile")
    assert (done.code, done.out) == (plain.code, plain.out)
    assert done.code == 2


def test_time_counts_once() -> None:
    now = [0.0]
    watch = Watch(lambda: now[0])

    def spend(seconds: float) -> None:
        now[0] += seconds

    with watch.of("outer", ""):
        spend(1)
        inner = watch.call("inner", "", spend)
        inner(2)
        spend(4)
        for _ in watch.each("items", "x", iter([1, 2])):
            spend(8)
    spend(16)
    assert watch.seconds == {("outer", ""): 1 + 4 + 16, ("inner", ""): 2, ("items", "x"): 0}
    assert watch.times == {("inner", ""): 1, ("items", "x"): 1}
