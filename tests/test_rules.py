"""What the built-in rules promise, and what they say of the annotated drafts.

That each bears out its own examples is proved in ``test_prove.py``.
"""

import re

import pytest

from reportlint import engine, readers
from reportlint.checks import CHECKS
from reportlint.findings import Applicability, Finding, Severity
from reportlint.prove import draft
from reportlint.ruleset import CATEGORIES, LANGUAGES, RuleSet, fill
from reportlint.settings import Settings
from tests import gold
from tests.accuracy import FOLDERS

HAN = re.compile(r"[\u4e00-\u9fff]")
FIELD = re.compile(r"\{[a-z_]+\}")

SEVERITIES = {
    "PH": Severity.ERROR,
    "PW": Severity.ERROR,
    "SC": Severity.WARNING,
    "SQ": Severity.ERROR,
    "RL": Severity.ERROR,
    "NM": Severity.ERROR,
    "CS": Severity.WARNING,
    "FM": Severity.WARNING,
    "WD": Severity.WARNING,
}
"""The severity of each family but for the rules below."""

OTHERWISE = {
    "CS002": Severity.INFO,
    "CS006": Severity.INFO,
    "FM004": Severity.INFO,
    "FM010": Severity.INFO,
    "FM012": Severity.INFO,
    "FM013": Severity.INFO,
    "FM016": Severity.INFO,
    "FM018": Severity.INFO,
    "FM021": Severity.INFO,
    "FM027": Severity.INFO,
    "NM009": Severity.WARNING,
    "NM012": Severity.WARNING,
    "PH010": Severity.INFO,
    "PW006": Severity.WARNING,
    "PW007": Severity.WARNING,
    "RL005": Severity.WARNING,
    "RL006": Severity.WARNING,
    "RL007": Severity.WARNING,
    "RL009": Severity.WARNING,
    "RL010": Severity.WARNING,
    "RL011": Severity.WARNING,
    "SC001": Severity.ERROR,
    "SQ004": Severity.WARNING,
}


def test_names_and_codes_are_unique(ruleset: RuleSet) -> None:
    names = [rule.name for rule in ruleset.rules.values()]
    assert len(names) == len(set(names))
    assert all(rule.code == code for code, rule in ruleset.rules.items())


def test_every_family_has_the_severity_that_is_promised(ruleset: RuleSet) -> None:
    for code, rule in ruleset.rules.items():
        assert rule.category == CATEGORIES[code[:2]]
        assert rule.severity is OTHERWISE.get(code, SEVERITIES[code[:2]]), code


def test_every_rule_is_found_by_a_pattern_or_a_check(ruleset: RuleSet) -> None:
    checked = {code for check in CHECKS for code in check.codes}
    found = checked | {code for code, rule in ruleset.rules.items() if rule.patterns}
    assert found == {code for code in ruleset.rules if not code.startswith("RL")}


def test_both_languages_are_told_apart(ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        for texts in (rule.message, rule.why, rule.help):
            assert set(texts) == set(LANGUAGES)
            assert HAN.search(texts["zh"])
            assert re.search(r"[a-z]{3}", texts["en"])


def test_both_languages_name_the_same_fields(ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        zh, en = (
            set(FIELD.findall(rule.message[lang])) - {"{text}", f"{{{lang}}}"} for lang in LANGUAGES
        )
        # a proof is in Chinese words; in English the figure that would be right says it
        told = ({f.replace("expected", "proof") for f in fields} for fields in (zh, en))
        assert next(told) == next(told), rule.code


def examples(settings: Settings) -> list[engine.Outcome]:
    """What is found in the bad examples of all rules."""
    return [
        engine.lint(draft(example), settings._replace(kind=example.get("kind")))
        for rule in settings.ruleset.rules.values()
        for example in rule.bad
    ]


def drafts(settings: Settings) -> list[engine.Outcome]:
    return [
        engine.lint(readers.read(draft.text.encode(), draft.name), settings)
        for folder in FOLDERS
        for draft in gold.load(folder)
    ]


def said(finding: Finding) -> list[str]:
    fix = [finding.fix.title] if finding.fix else []
    return [finding.message, *(label.message for label in finding.labels), *fix]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_are_filled_in(lang: str, settings: Settings) -> None:
    settings = settings._replace(lang=lang)
    met = set()
    for outcome in examples(settings) + drafts(settings):
        for finding in outcome.findings:
            met.add(finding.code)
            text = outcome.context.document.text
            for sentence in said(finding):
                unfilled = [f for f in FIELD.findall(sentence) if f not in text]
                assert not unfilled, f"{finding.code}: {sentence}"
                assert "None" not in sentence
    assert met == {code for code in settings.active if not code.startswith("RL")}


def test_only_what_is_said_depends_on_the_language(settings: Settings) -> None:
    in_chinese = drafts(settings)
    in_english = drafts(settings._replace(lang="en"))
    for zh, en in zip(in_chinese, in_english, strict=True):
        assert [(f.code, f.start, f.end) for f in zh.findings] == [
            (f.code, f.start, f.end) for f in en.findings
        ]
        assert not any(
            a.message == b.message for a, b in zip(zh.findings, en.findings, strict=True)
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_of_a_draft_is_repeated_where_that_is_forbidden(
    lang: str, settings: Settings
) -> None:
    for outcome in drafts(settings._replace(lang=lang, redact=True)):
        text = outcome.context.document.text
        for finding in outcome.findings:
            shown = text[finding.start : finding.end]
            if len(shown) > 3:
                own = settings.ruleset.rules[finding.code].message[lang]
                assert shown in own or not any(shown in sentence for sentence in said(finding))


def test_leftovers_are_deleted_numbers_renumbered_and_nothing_else_is_fixed(
    settings: Settings,
) -> None:
    offers: dict[str, set[Applicability | None]] = {}
    for outcome in examples(settings) + drafts(settings):
        for finding in outcome.findings:
            fix = finding.fix
            family = finding.code if finding.code == "PW001" else finding.code[:2]
            offers.setdefault(family, set()).add(fix.applicability if fix else None)
            if fix and family.startswith("PW"):
                assert fix.edits == ((finding.start, finding.end, ""),)
    assert offers["PW001"] == {Applicability.SAFE}
    assert Applicability.SAFE in offers["PW"]
    assert offers["SQ"] == {Applicability.UNSAFE, None}
    assert offers["PH"] == {None}
    assert offers["SC"] == {None}


def test_only_fields_are_filled_in() -> None:
    assert fill("占100%的{part}%s，共{whole}{}{X}", {"part": 3}) == "占100%的3%s，共{whole}{}{X}"
    assert fill("{a}{a}", {"a": "{a}%"}) == "{a}%{a}%"
    assert fill("100%", {}) == "100%"
