"""The order in which findings are silenced, and what becomes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from reportlint import baseline, engine, fixes, pipeline, readers, runner
from reportlint.baseline import Known
from reportlint.changes import Before
from reportlint.findings import Finding, Severity, Suppression
from reportlint.pipeline import Policy
from reportlint.settings import Settings
from reportlint.suppress.entries import Entry
from tests import strategies

TEXT = "<!-- reportlint: ignore[PH001] 注释 -->\n\n接待XX人次。\n"
SIDECAR = Entry("sidecar", "PH001", reason="旁注")
CONFIG = Entry("config", "PH001", reason="配置")


def check(text: str, settings: Settings, policy: Policy, path: str = "a.md"):
    return runner.check_bytes(text.encode(), path, settings, policy)


def known(text: str, settings: Settings, path: str = "a.md") -> Known:
    document = readers.read(text.encode(), path)
    outcome = engine.lint(document, settings)
    heading_path = outcome.context.structure.heading_path
    return Known(baseline.records(document, outcome.findings, heading_path))


@pytest.mark.parametrize(
    ("inline", "entries", "with_baseline", "expected"),
    [
        (True, (SIDECAR, CONFIG), True, Suppression("inline", "注释")),
        (False, (SIDECAR, CONFIG), True, Suppression("sidecar", "旁注")),
        (False, (CONFIG,), True, Suppression("config", "配置")),
        (False, (), True, Suppression("baseline")),
        (False, (), False, None),
    ],
)
def test_the_first_that_silences_counts(
    settings: Settings,
    inline: bool,
    entries: tuple[Entry, ...],
    with_baseline: bool,
    expected: Suppression | None,
) -> None:
    held = known(TEXT, settings) if with_baseline else None
    result = check(TEXT, settings, Policy(inline, entries, baseline=held))
    (finding,) = [f for f in result.findings if f.code == "PH001"]
    assert finding.suppressed == expected
    # What is of use after another one is of use all the same, and nothing in a baseline is stale.
    assert [f.code for f in result.findings] == ["PH001"]
    assert result.declined == (expected is None or expected.kind == "baseline")


def test_severities_are_those_of_the_configuration(settings: Settings) -> None:
    gentle = settings._replace(severities={"PH001": Severity.INFO, "RL005": Severity.ERROR})
    text = "<!-- reportlint: ignore[PW001] -->\n\n培训XX人，投入____元。\n"
    found = check(text, gentle, Policy()).findings
    assert [(f.code, f.severity) for f in found] == [
        ("RL005", Severity.ERROR),
        ("PH001", Severity.INFO),
        ("PH004", Severity.ERROR),
    ]


def test_what_is_said_twice_is_said_once(settings: Settings) -> None:
    document = readers.read("接待XX人次。".encode(), "a.txt")
    found = engine.lint(document, settings).findings
    assert pipeline.run(document, found + found, settings).findings == found


def test_findings_are_in_order(settings: Settings) -> None:
    text = f"接待XX人次。\n\n<!-- reportlint: ignore[PW001] -->\n\n{TEXT}"
    found = check(text, settings, Policy(entries=(Entry("sidecar", "PW002"),))).findings
    assert list(found) == sorted(found, key=lambda f: (f.start, f.end, f.code))
    assert len(found) == 4


def test_nothing_is_said_to_be_of_no_use_where_a_rule_failed(settings: Settings) -> None:
    document = readers.read(TEXT.replace("XX", "两").encode(), "a.md")
    crash = Finding("RL003", "", "reportlint", Severity.ERROR, "", 0, 0)
    stale = known(TEXT, settings)
    policy = Policy(entries=(SIDECAR,), baseline=stale)
    assert [f.code for f in pipeline.run(document, [crash], settings, policy).findings] == ["RL003"]
    without = pipeline.run(document, [], settings, policy).findings
    assert sorted(f.code for f in without) == ["RL005", "RL005", "RL010"]


def test_fixes_leave_alone_what_is_silenced(settings: Settings) -> None:
    text = "推##paidbegin##动。\n\n推##paidbegin##进。\n"
    policies = [
        Policy(
            entries=(Entry("sidecar", "PW001", text="##paidbegin##", prefix="推", suffix="动"),)
        ),
        Policy(baseline=known(text.replace("推##paidbegin##进", "推进"), settings)),
        Policy(
            before=Before(readers.read(text.replace("推##paidbegin##进", "推进").encode(), "a.md"))
        ),
    ]
    for policy in policies:
        result = check(text, settings, policy)
        edits = fixes.plan(result.findings, unsafe=True)
        data = readers.write(result.document, text.encode(), edits)
        assert data.decode() == "推##paidbegin##动。\n\n推进。\n"


@hypothesis_settings(max_examples=50)
@given(strategies.anything)
def test_what_is_in_the_baseline_is_all_silent_and_none_of_it_is_stale(
    settings: Settings, text: str
) -> None:
    for path in ("a.txt", "a.md"):
        result = check(text, settings, Policy(baseline=known(text, settings, path)), path)
        assert {f.suppressed for f in result.findings} <= {Suppression("baseline")}


@hypothesis_settings(max_examples=50)
@given(strategies.anything)
def test_a_draft_that_is_as_it_was_has_nothing_new(settings: Settings, text: str) -> None:
    for path in ("a.txt", "a.md"):
        before = Before(readers.read(text.encode(), path))
        result = check(text, settings, Policy(before=before), path)
        assert [f for f in result.findings if f.code not in pipeline.FATAL] == []
        new = check(text, settings, Policy(before=Before(None)), path)
        assert new.findings == check(text, settings, Policy(), path).findings
        assert result.outside == len(new.findings)
