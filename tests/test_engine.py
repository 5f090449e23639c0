"""What holds for the findings of any text whatever."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint import engine, fixes, packs
from reportlint.checks.model import Check, Context, Hit
from reportlint.document import Document
from reportlint.engine import Outcome
from reportlint.findings import Applicability, Finding, Severity
from reportlint.ruleset import RuleSet
from reportlint.settings import Settings, default_active
from tests.helpers import codes, lint, lint_plain, safe_edits, texts
from tests.strategies import MARKERS, PROSE, anything, ordinary

READERS = st.sampled_from(["a.txt", "a.md"])


def applied(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, replacement in edits:
        pieces += text[last:start], replacement
        last = end
    return "".join([*pieces, text[last:]])


@given(text=anything, path=READERS)
def test_findings_are_sorted_and_lie_inside_the_text(
    text: str, path: str, settings: Settings
) -> None:
    outcome = lint(text, settings, path)
    length = len(outcome.context.document.text)
    places = [(f.start, f.end, f.code) for f in outcome.findings]
    assert places == sorted(places)
    for finding in outcome.findings:
        assert 0 <= finding.start <= finding.end <= length
        assert all(0 <= label.start <= label.end <= length for label in finding.labels)


@given(text=anything, path=READERS)
def test_no_rule_ever_crashes(text: str, path: str, settings: Settings) -> None:
    findings = lint(text, settings, path).findings
    assert [f.message for f in findings if f.category == "reportlint"] == []


@pytest.fixture(scope="module")
def anew() -> Settings:
    """The settings once more, made from nothing."""
    ruleset = packs.builtin()
    return Settings(ruleset, default_active(ruleset))


@given(text=anything, path=READERS)
def test_a_text_is_always_judged_alike(
    text: str, path: str, settings: Settings, anew: Settings
) -> None:
    once = lint(text, settings, path).findings
    assert once == lint(text, settings, path).findings == lint(text, anew, path).findings


@given(drafts=st.lists(anything, max_size=4))
def test_drafts_that_are_linted_together_know_nothing_of_each_other(
    drafts: list[str], settings: Settings
) -> None:
    documents = [Document(text) for text in drafts]
    together = engine.lint_all(documents, settings)
    alone = [engine.lint(document, settings) for document in documents]
    assert [outcome[:3] for outcome in together] == [outcome[:3] for outcome in alone]
    assert [outcome.context.document for outcome in together] == documents


@given(text=anything, path=READERS)
def test_findings_of_one_family_never_overlap(text: str, path: str, settings: Settings) -> None:
    """But for invisible characters, which are reported wherever they are."""
    families: dict[str, list[Finding]] = {}
    for finding in lint(text, settings, path).findings:
        if finding.category in ("placeholder", "paywall") and finding.code != "PW006":
            families.setdefault(finding.category, []).append(finding)
    for family in families.values():
        assert all(a.end <= b.start for a, b in pairwise(family))


@given(text=anything, path=READERS)
def test_edits_lie_inside_the_text_and_apart(text: str, path: str, settings: Settings) -> None:
    outcome = lint(text, settings, path)
    length = len(outcome.context.document.text)
    for finding in outcome.findings:
        if finding.fix is None:
            continue
        assert finding.fix.edits
        assert all(0 <= edit.start <= edit.end <= length for edit in finding.fix.edits)
        ordered = sorted(finding.fix.edits)
        assert all(a.end <= b.start for a, b in pairwise(ordered))


@given(text=anything, path=READERS)
def test_a_safe_fix_deletes_what_is_reported_and_nothing_else(
    text: str, path: str, settings: Settings
) -> None:
    for finding in lint(text, settings, path).findings:
        if finding.fix is not None and finding.fix.applicability is Applicability.SAFE:
            assert finding.fix.edits == ((finding.start, finding.end, ""),)


@given(text=anything, path=READERS)
def test_fixing_comes_to_an_end(text: str, path: str, settings: Settings) -> None:
    """A deletion may join what was apart to a new marker; a few rounds are always enough."""
    for _ in range(fixes.PASSES):
        outcome = lint(text, settings, path)
        edits = fixes.plan(outcome.findings, unsafe=False)
        if not edits:
            return
        text = applied(outcome.context.document.text, edits)
    assert not fixes.plan(lint(text, settings, path).findings, unsafe=False)


def interspersed(text: str, markers: dict[int, str]) -> str:
    """Return ``text`` with each marker put in at its offset."""
    edits = [(place, place, marker) for place, marker in sorted(markers.items())]
    return applied(text, edits)


@given(
    st.lists(st.sampled_from(PROSE), min_size=1, max_size=12).map("".join),
    st.dictionaries(st.integers(0, 30), st.sampled_from(MARKERS), min_size=1, max_size=4),
)
def test_markers_in_prose_are_all_deleted_at_once(
    settings: Settings, clean: str, markers: dict[int, str]
) -> None:
    text = interspersed(clean, {p: m for p, m in markers.items() if p <= len(clean)})
    outcome = lint_plain(text, settings)
    fixed = applied(text, safe_edits(outcome.findings))
    assert fixed == clean
    assert not safe_edits(lint_plain(fixed, settings).findings)


@given(ordinary, st.data())
def test_a_marker_changes_nothing_else(settings: Settings, text: str, data: st.DataObject) -> None:
    """A tag spliced in outside the findings leaves each of them as it was.

    It must not split a line end, and the text must hold nothing of a web site, which the tag
    would lend weight to.
    """
    before = lint_plain(text, settings)
    assume(not codes(before, "PW"))
    inside = {o for f in before.findings for o in range(f.start + 1, f.end)}
    inside |= {o + 1 for o in range(len(text)) if text[o : o + 2] == "\r\n"}
    place = data.draw(st.sampled_from([o for o in range(len(text) + 1) if o not in inside]))
    after = lint_plain(interspersed(text, {place: "##paidbegin##"}), settings)
    assert texts(after, "PW") == ["##paidbegin##"]
    assert told(after, "PH", "SQ", "SC") == told(before)


def told(outcome: Outcome, *families: str) -> list[tuple[str, str, str]]:
    """Return code, text and message of the findings of some families (all by default)."""
    text = outcome.context.document.text
    return [
        (f.code, text[f.start : f.end], f.message)
        for f in outcome.findings
        if f.code.startswith(families or "")
    ]


@pytest.fixture(scope="module")
def unhurried(ruleset: RuleSet) -> RuleSet:
    """The built-in rules, each pattern of which is tried on every text."""
    rules = [rule._replace(begins=(), needs=(), requires=()) for rule in ruleset.rules.values()]
    kinds, sections = ruleset.kinds.values(), ruleset.sections.values()
    return RuleSet(rules, kinds, sections, ruleset.lists, ruleset.fragments)


@given(text=anything, path=READERS)
def test_no_pattern_is_passed_over_that_would_match(
    text: str, path: str, settings: Settings, unhurried: RuleSet
) -> None:
    thorough = lint(text, settings._replace(ruleset=unhurried), path)
    assert lint(text, settings, path).findings == thorough.findings


@pytest.mark.parametrize("family", ["PH", "PW", "SC", "SQ"])
@given(text=anything)
def test_a_family_finds_the_same_with_and_without_the_others(
    text: str, family: str, settings: Settings
) -> None:
    alone = frozenset(code for code in settings.active if code.startswith(family))
    apart = lint(text, settings._replace(active=alone))
    assert told(apart) == told(lint(text, settings), family)


@given(text=ordinary, ending=st.sampled_from(["\r\n", "\r"]))
def test_line_ends_of_other_systems_change_nothing(
    text: str, ending: str, settings: Settings
) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = told(lint(lines, settings))
    other = told(lint(lines.replace("\n", ending), settings))
    assert [tuple(part.replace(ending, "\n") for part in row) for row in other] == found


def test_severities_are_those_of_the_rules(settings: Settings) -> None:
    found = lint("培训XX人，赴某县学习。", settings).findings
    assert [f.severity for f in found] == [Severity.ERROR, Severity.INFO]


def house(settings: Settings, rule: str) -> Settings:
    """Add one rule of a user's own pack to the settings and make it the only active one."""
    pack = f"""
[[rule]]
code = "HX001"
name = "house-rule"
severity = "warning"
message = {{ zh = "“{{text}}”", en = "“{{text}}”" }}
why = {{ zh = "例", en = "an example" }}
source = "例"
bad = ["例"]
good = ["例"]
{rule}
"""
    tables = [packs.builtin_tables()], [packs.parse("house.toml", pack.encode())]
    ruleset = packs.build(tables[0], own=tables[1])
    return Settings(ruleset, frozenset({"HX001"}))


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("patterns = ['甲{1,3}']", "甲乙甲甲", ["甲", "甲甲"]),
        ("patterns = ['乙?']", "甲乙", ["乙"]),
        ("patterns = ['甲(?P<span>乙)']", "甲乙", ["乙"]),
        ("patterns = ['乙', '甲乙丙']", "甲乙丙", ["甲乙丙"]),
        ("patterns = ['^甲', '乙$']", "甲乙\n甲乙", ["甲", "乙", "甲", "乙"]),
        ("patterns = ['^甲', '乙$']", "甲乙\r\n甲乙\r甲乙", ["甲", "乙", "甲", "乙", "甲", "乙"]),
        ("patterns = ['甲']\nunless = ['甲乙']", "甲丙甲乙", ["甲"]),
        ("patterns = ['甲']\nrequires = ['乙', '丙']", "甲丙", ["甲"]),
        ("patterns = ['甲']\nrequires = ['乙', '丙']", "甲丁", []),
        ("patterns = ['(?&surname)某']", "张某与丈某", ["张某"]),
        ("patterns = ['甲']\nextent = 'bracket'", "丙（乙甲乙）丙甲", ["（乙甲乙）", "甲"]),
        ("patterns = ['甲']\nextent = 'bracket'", "（乙）甲（乙）", ["甲"]),
        ("patterns = ['甲']\nextent = 'line'", "乙丙。\n 乙甲，丙。 \n乙", ["乙甲，丙。"]),
        ("patterns = ['甲']\nextent = 'line'", f"{'乙' * 70}。丙甲丙。丁。", ["丙甲丙。"]),
        ("patterns = ['甲']", "甲##paidbegin##", ["甲"]),
        ("patterns = ['甲乙']", "甲\u200b乙", ["甲\u200b乙"]),
        ("patterns = ['甲乙']\nlayer = 'raw'", "甲\u200b乙", ["甲\u200b乙"]),
    ],
)
def test_patterns_of_a_pack(rule: str, text: str, found: list[str], settings: Settings) -> None:
    assert texts(lint_plain(text, house(settings, rule))) == found


def test_a_pattern_of_a_pack_may_delete(settings: Settings) -> None:
    [finding] = lint("甲乙丙", house(settings, "patterns = ['乙']\nfix = 'delete'")).findings
    assert finding.fix is not None
    assert finding.fix.edits == ((1, 2, ""),)
    assert finding.fix.applicability is Applicability.SAFE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```\nXX\n```\n\nXX\n", ["XX"]),
        ("`XX` XX\n", ["XX"]),
        ("---\ntitle: XX\n---\n\nXX\n", ["XX"]),
        ("<!-- XX -->\n\nXX\n", ["XX"]),
    ],
)
def test_nothing_is_reported_in_code_or_metadata(
    text: str, found: list[str], settings: Settings
) -> None:
    assert texts(lint(text, settings, "a.md")) == found


def test_empty_texts_have_no_findings(settings: Settings) -> None:
    for text in ("", "\n", " \r\n\u3000", "\ufeff"):
        assert lint(text, settings).findings == ()


def test_a_crash_quotes_nothing_where_that_is_forbidden(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(context: Context) -> Iterator[Hit]:
        raise ValueError(context.text)
        yield

    monkeypatch.setattr(engine, "CHECKS", (Check(("PH001",), "clean", find),))
    for redact in (False, True):
        outcome = engine.lint(Document("走访群众一百户。"), settings._replace(redact=redact))
        (crash,) = (f for f in outcome.findings if f.code == "RL003")
        assert "ValueError" in crash.message
        assert ("走访群众" in crash.message) is not redact
        assert ("走访群众" in str(crash.data)) is not redact
