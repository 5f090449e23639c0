"""Rules are proved by their own examples; every built-in rule is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import packs, prove
from reportlint.document import Span
from reportlint.errors import PackError
from reportlint.findings import Applicability
from reportlint.ruleset import Rule, RuleSet

BUILTIN = packs.builtin()
PROVED = [code for code, rule in BUILTIN.rules.items() if rule.category != "reportlint"]


def own(**changes: Any) -> RuleSet:
    """Return a rule set with one rule of the user's own."""
    table = {
        "code": "HX001",
        "name": "old-name",
        "severity": "error",
        "patterns": ["旧称"],
        "message": {"zh": "“{text}”", "en": "“{text}”"},
        "why": {"zh": "。", "en": "."},
        "source": "。",
        "bad": [],
        "good": [],
        "pack": "house.toml",
        "line": 7,
        **changes,
    }
    for side in ("bad", "good"):
        table[side] = [{"text": e} if isinstance(e, str) else e for e in table[side]]
    tables = {"rule": [table], "section": [], "kind": [], "term": [], "lists": {}, "fragments": {}}
    return packs.build([packs.builtin_tables()], own=[tables])


def troubles(**changes: Any) -> list[str]:
    return [failure.trouble for failure in prove.prove(own(**changes), ["HX001"])]


@pytest.mark.parametrize("code", PROVED)
def test_every_built_in_rule_bears_out_its_examples(code: str) -> None:
    failures = prove.prove(BUILTIN, [code])
    assert not failures, "\n".join(failure.say("en") for failure in failures)


def test_every_built_in_rule_has_examples_of_both_sides() -> None:
    assert all(BUILTIN.rules[code].bad and BUILTIN.rules[code].good for code in PROVED)


class TestMarks:
    def test_spans_between_them(self) -> None:
        assert prove.marked("甲〔乙〕丙〔丁戊〕") == ("甲乙丙丁戊", (Span(1, 2), Span(3, 5)))

    def test_other_marks_where_the_text_has_such_brackets(self) -> None:
        assert prove.marked("国发⟦〔〕⟧75号") == ("国发〔〕75号", (Span(2, 4),))

    def test_an_empty_span_is_a_place(self) -> None:
        assert prove.marked("甲〔〕乙") == ("甲乙", (Span(1, 1),))

    @pytest.mark.parametrize("text", ["〔甲", "甲〕", "〔甲〔乙〕〕", "〕甲〔", "⟦甲⟧⟦"])
    def test_that_do_not_pair(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"[〔〕⟦⟧]"):
            prove.marked(text)

    @given(st.lists(st.tuples(st.text("甲乙〔〕"), st.text("丙丁〔〕"))))
    def test_marking_and_reading_marks(self, parts: list[tuple[str, str]]) -> None:
        text, spans = prove.marked("".join(f"{out}⟦{inside}⟧" for out, inside in parts) + "⟦⟧")
        assert text == "".join(out + inside for out, inside in parts)
        assert [text[start:end] for start, end in spans] == [i for _, i in parts] + [""]


class TestProof:
    def test_examples_that_hold(self) -> None:
        assert troubles(bad=["用〔旧称〕和〔旧称〕", "用旧称"], good=["用新称"]) == []

    @pytest.mark.parametrize(
        ("changes", "trouble"),
        [
            ({"bad": ["用〔新称〕"]}, "silent"),
            ({"bad": ["用新称"]}, "silent"),
            ({"bad": ["用〔旧〕称"]}, "spans"),
            ({"bad": ["用〔旧称〕和旧称"]}, "spans"),
            ({"bad": ["用〔旧称〕和〔新称〕"]}, "spans"),
            ({"bad": ["用〔旧称"]}, "unpaired"),
            ({"good": ["用旧称"]}, "alarm"),
            ({"bad": [{"text": "旧称", "format": "docx"}]}, "crash"),
            ({"good": [{"text": "新称", "format": "no such format"}]}, "crash"),
        ],
    )
    def test_examples_that_do_not(self, changes: dict[str, Any], trouble: str) -> None:
        assert troubles(**changes) == [trouble]

    def test_an_example_may_say_its_format(self) -> None:
        text = "```\n旧称\n```\n\n〔旧称〕\n"
        assert troubles(bad=[{"text": text, "format": "markdown"}]) == []
        assert troubles(bad=[text]) == ["spans"]

    def test_only_the_rule_itself_runs(self) -> None:
        assert troubles(good=["投入XX万元，##paidbegin##请付费"]) == []

    def test_a_pattern_without_end_is_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("reportlint.search.TIME_LIMIT", 0.05)
        failures = prove.prove(
            own(patterns=["(?:甲|甲甲){1,60}$"], bad=["甲" * 60 + "乙"]), ["HX001"]
        )
        assert [failure.trouble for failure in failures] == ["crash"]
        assert "HX001" in failures[0].found[0]

    def test_a_failure_says_what_was_found(self) -> None:
        (failure,) = prove.prove(own(bad=["用〔旧〕称"]), ["HX001"])
        assert (failure.pack, failure.line, failure.side) == ("house.toml", 7, "bad")
        assert failure.expected == ("“旧”[1:2]",)
        assert failure.found == ("“旧称”[1:3]",)
        for lang in ("zh", "en"):
            said = failure.say(lang)
            assert all(word in said for word in ("HX001", "用〔旧〕称", "“旧”[1:2]", "“旧称”[1:3]"))


class TestOwnPacks:
    def test_that_hold(self) -> None:
        prove.prove_own(own(bad=["〔旧称〕"]))

    def test_that_do_not(self) -> None:
        with pytest.raises(PackError, match=r"^house\.toml:7: HX001: good example '旧称'") as error:
            prove.prove_own(own(good=["旧称"]))
        assert isinstance(error.value, prove.ProofError)
        assert error.value.say["en"] == str(error.value)
        assert error.value.say["zh"].startswith("house.toml:7: HX001: 正例")

    def test_built_in_rules_are_not_proved_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        proved: list[str] = []

        def record(ruleset: RuleSet, rule: Rule, example: object) -> list[prove.Failure]:
            proved.append(rule.code)
            return []

        monkeypatch.setattr(prove, "_bad", record)
        prove.prove_own(own(bad=["〔旧称〕"]))
        assert proved == ["HX001"]


class TestFixesOf:
    @pytest.mark.parametrize(
        ("changes", "fixes"),
        [
            ({"bad": ["〔旧称〕"]}, frozenset()),
            ({"bad": ["〔旧称〕"], "fix": "delete"}, frozenset([Applicability.SAFE])),
            ({"bad": ["〔旧称", {"text": "旧称", "format": "docx"}]}, frozenset()),
        ],
    )
    def test_are_read_off_the_examples(
        self, changes: dict[str, Any], fixes: frozenset[Applicability]
    ) -> None:
        ruleset = own(**changes)
        assert prove.fixes_of(ruleset, ruleset.rules["HX001"]) == fixes
