"""Packs are read strictly: every mistake is named with file and line."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from reportlint import packs
from reportlint.errors import PackError
from reportlint.ruleset import RuleSet, Term

RULE = """# a pack
[[rule]]
code = "HX001"
name = "old-name"
severity = "warning"
patterns = ['旧称']
message = { zh = "“{text}”已改名", en = "“{text}” has another name" }
why = { zh = "机构已改名", en = "It was renamed" }
source = "本单位文件"
bad = ["沿用〔旧称〕"]
good = ["新称"]
"""
LINES = {
    "code": 3,
    "name": 4,
    "severity": 5,
    "patterns": 6,
    "message": 7,
    "why": 8,
    "source": 9,
    "bad": 10,
    "good": 11,
}


def line_of(text: str, path: str = "house.toml") -> tuple[int, str]:
    """Return the line and the message of the mistake in a pack."""
    with pytest.raises(PackError) as caught:
        packs.build([packs.builtin_tables()], own=[packs.parse(path, text.encode())])
    assert str(caught.value) == f"{path}:{caught.value.line}: {caught.value.message}"
    return caught.value.line, caught.value.message


def with_line(key: str, line: str) -> str:
    lines = RULE.split("\n")
    lines[LINES[key] - 1] = line
    return "\n".join(lines)


def test_a_good_pack() -> None:
    tables = packs.parse("house.toml", RULE.encode())
    ruleset = packs.build([packs.builtin_tables()], own=[tables])
    rule = ruleset.rules["HX001"]
    assert (rule.pack, rule.line, rule.trusted, rule.category) == ("house.toml", 2, False, "hx")
    assert rule.layer == "clean"
    assert rule.enabled
    assert rule.bad == ({"text": "沿用〔旧称〕"},)


class TestMistakes:
    def test_not_toml(self) -> None:
        line, message = line_of(RULE + "oops\n")
        assert line == 12
        assert message.startswith("is not valid TOML")

    def test_not_utf_8(self) -> None:
        with pytest.raises(PackError, match=r"^house\.toml:3: is not UTF-8$"):
            packs.parse("house.toml", b"# a\n#b\n# \xb9\n")

    def test_not_there(self, tmp_path: Path) -> None:
        path = str(tmp_path / "missing.toml")
        with pytest.raises(PackError, match="cannot be read") as caught:
            packs.load([path])
        assert caught.value.path == path

    @pytest.mark.parametrize("key", sorted(set(LINES) - {"patterns"}))
    def test_a_part_that_is_missing(self, key: str) -> None:
        line, message = line_of(with_line(key, ""))
        assert line == 2
        assert message.endswith(f"has no {key}")

    def test_a_rule_without_patterns(self) -> None:
        assert line_of(with_line("patterns", ""))[0] == LINES["code"]

    @pytest.mark.parametrize(
        ("key", "line", "message"),
        [
            ("patterns", "pattern = ['x']", "unknown key 'pattern'; did you mean 'patterns'?"),
            ("patterns", "qwertyuiop = ['x']", "unknown key 'qwertyuiop'"),
            ("patterns", "patterns = 'x'", "patterns must be an array of strings"),
            ("code", "code = 'hx1'", "code must be like PH001"),
            ("code", "code = 7", "code must be a string that is not empty"),
            ("name", "name = 'Old Name'", "name must be like empty-bracket"),
            ("severity", "severity = 'fatal'", "severity must be one of info, warning, error"),
            ("message", "message = 'x'", "message must be a table with zh and en"),
            ("message", "message = { zh = 'x' }", "message must be a table with zh and en"),
            ("bad", "bad = [1]", "bad must be an array of strings"),
            ("bad", "bad = [{ text = 'x', fmt = 'y' }]", "bad must be an array of strings"),
            ("source", "source = ''", "source must be a string that is not empty"),
        ],
    )
    def test_a_part_that_is_wrong(self, key: str, line: str, message: str) -> None:
        where, what = line_of(with_line(key, line))
        assert where == LINES[key]
        assert message in what

    @pytest.mark.parametrize(
        ("extra", "message"),
        [
            ("layer = 'top'", "layer must be one of raw, clean"),
            ("extent = 'all'", "extent must be one of"),
            ("fix = 'rewrite'", "fix must be one of delete"),
            ("enabled = 'no'", "enabled must be true or false"),
        ],
    )
    def test_an_option_that_is_wrong(self, extra: str, message: str) -> None:
        where, what = line_of(RULE + extra + "\n")
        assert where == 12
        assert message in what

    @pytest.mark.parametrize("key", ["patterns", "unless"])
    def test_a_pattern_that_does_not_compile(self, key: str) -> None:
        broken = {
            "patterns": RULE.replace("['旧称']", "['旧(称']"),
            "unless": RULE + "unless = ['旧(']",
        }
        line, message = line_of(broken[key])
        assert line == 2
        assert message.startswith("HX001: pattern '旧(")

    @pytest.mark.parametrize("pattern", ["旧.*称", "旧+", "(?:旧称){2,}"])
    def test_a_pattern_that_repeats_without_a_bound(self, pattern: str) -> None:
        line, message = line_of(RULE.replace("['旧称']", f"['{pattern}']"))
        assert line == 2
        assert "repeats without a bound" in message

    def test_an_unknown_list(self) -> None:
        line, message = line_of(RULE.replace("['旧称']", "['(?&no-such-list)称']"))
        assert (line, message) == (2, "HX001: no list or fragment is named 'no-such-list'")

    def test_a_code_that_is_taken(self) -> None:
        line, message = line_of(RULE.replace("HX001", "PH001"))
        assert line == 2
        assert message.startswith("code PH001 is taken by ")
        assert "(rules/placeholder.toml:" in message

    def test_a_code_that_occurs_twice(self) -> None:
        line, message = line_of(RULE + RULE)
        assert line == 13
        assert message == "code HX001 is taken by old-name (house.toml:2)"

    def test_a_table_of_the_wrong_shape(self) -> None:
        assert line_of("rule = 1\n") == (1, "rule must be written as [[rule]]")
        assert line_of("[[ruel]]\n")[1] == "pack has an unknown key 'ruel'; did you mean 'rule'?"
        assert line_of("[[kind]]\nsections = []\n") == (1, "kind has no id")
        assert line_of("[lists]\na = []\n") == (2, "list a must be an array of strings")
        assert line_of("[fragments]\na = 1\n") == (2, "fragment a must be a string")


class TestBuiltin:
    def test_every_pattern_compiles(self, ruleset: RuleSet) -> None:
        for rule in ruleset.rules.values():
            packs.compile_rule(ruleset, rule)

    def test_every_rule_says_all_there_is_to_say(self, ruleset: RuleSet) -> None:
        for rule in ruleset.rules.values():
            for texts in (rule.message, rule.why, rule.help):
                assert set(texts) == {"zh", "en"}, rule.code
            assert rule.source

    def test_every_section_of_a_kind_exists(self, ruleset: RuleSet) -> None:
        for kind in ruleset.kinds.values():
            assert set(kind.sections) <= set(ruleset.sections), kind.id

    def test_paths_are_those_that_people_know(self, ruleset: RuleSet) -> None:
        assert {rule.pack.rpartition("/")[0] for rule in ruleset.rules.values()} == {"rules"}

    def test_a_rule_set_survives_the_way_to_another_process(self, ruleset: RuleSet) -> None:
        copy = pickle.loads(pickle.dumps(ruleset))
        assert copy.rules == ruleset.rules
        assert copy.kinds == ruleset.kinds
        assert copy.sections == ruleset.sections


TERM = """[[term]]
term = "旧站"
from = 2001-01-01
to = 2019-03-31
since = "改革方案"
replacement = "新站"
unless = ["老旧站"]
"""


class TestTerms:
    def test_a_term_is_added_to_those_built_in(self) -> None:
        tables = packs.parse("house.toml", TERM.encode())
        ruleset = packs.build([packs.builtin_tables()], own=[tables])
        assert len(ruleset.terms) == len(packs.builtin().terms) + 1
        assert ruleset.terms[-1] == Term(
            "旧站", "2001-01-01", "2019-03-31", "改革方案", "新站", ("老旧站",)
        )
        assert pickle.loads(pickle.dumps(ruleset)).terms == ruleset.terms

    @pytest.mark.parametrize(
        ("old", "new", "line", "message"),
        [
            ('term = "旧站"\n', "", 1, "term 1 has no term"),
            ('since = "改革方案"\n', "", 1, "term 旧站 has no since"),
            ("from = 2001-01-01\nto = 2019-03-31\n", "", 1, "has neither from nor to"),
            ("2001-01-01", "2020-01-01", 1, "from is later than to"),
            ("2001-01-01", '"2001"', 3, "from must be a date like 2019-03-31"),
            ("2001-01-01", "2001-01-01T00:00:00", 3, "from must be a date"),
            ("from =", "form =", 3, "unknown key 'form'; did you mean 'from'?"),
            ('unless = ["老旧站"]', 'unless = "老旧站"', 7, "unless must be an array of strings"),
        ],
    )
    def test_mistakes(self, old: str, new: str, line: int, message: str) -> None:
        assert old in TERM
        where, what = line_of(TERM.replace(old, new))
        assert where == line
        assert message in what

    def test_every_built_in_term_has_a_source(self, ruleset: RuleSet) -> None:
        assert len({term.term for term in ruleset.terms}) == len(ruleset.terms)
        assert all(term.since and (term.starts or term.ends) for term in ruleset.terms)


class TestDigest:
    def test_changes_with_names_and_content(self) -> None:
        sources = [("rules/a.toml", b"1"), ("rules/b.toml", b"2")]
        whole = packs.digest(sources)
        assert packs.digest([("elsewhere/a.toml", b"1"), ("elsewhere/b.toml", b"2")]) == whole
        for other in (
            sources[:1],
            sources[::-1],
            [("rules/a.toml", b"1"), ("rules/c.toml", b"2")],
            [("rules/a.toml", b"1"), ("rules/b.toml", b"3")],
        ):
            assert packs.digest(other) != whole

    def test_changes_with_the_shape_of_tables(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = packs.digest([])
        monkeypatch.setattr(packs, "SHAPE", packs.SHAPE + 1)
        assert packs.digest([]) != before
