"""The commands besides ``check``, help and mistakes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from reportlint import __version__
from reportlint.cli import app
from reportlint.cli.options import OPTIONS
from reportlint.ruleset import RuleSet
from tests.cli.conftest import Call, Run

PACK = """
[[rule]]
code = "HX001"
name = "house-word"
severity = "warning"
patterns = ['旧称']
message = {{ zh = "“{{text}}”已改名", en = "“{{text}}” is no longer its name" }}
why = {{ zh = "机构已改名", en = "It has another name now" }}
source = "本单位文件"
bad = [{bad}]
good = ["新称"]
"""


@pytest.fixture
def pack(folder: Path) -> Path:
    path = folder / "house.toml"
    path.write_text(PACK.format(bad='"沿用〔旧称〕"'), encoding="utf-8")
    return path


class TestRule:
    def test_all_are_listed(self, call: Call, ruleset: RuleSet) -> None:
        done = call("rule")
        assert done.code == 0
        for code, rule in ruleset.rules.items():
            assert code in done.out
            assert rule.name in done.out

    @pytest.mark.parametrize("word", ["PW001", "pw001", "paid-content-tag"])
    def test_one_is_explained(self, call: Call, ruleset: RuleSet, word: str) -> None:
        rule = ruleset.rules["PW001"]
        done = call("rule", word)
        assert done.code == 0
        said = "".join(done.out.split())
        for text in (rule.message["zh"], rule.why["zh"], rule.source, rule.bad[0]["text"]):
            assert "".join(text.split()) in said
        assert rule.why["en"] not in done.out

    def test_every_rule_can_be_explained_in_both_languages(
        self, call: Call, ruleset: RuleSet
    ) -> None:
        for code, rule in ruleset.rules.items():
            for lang in ("zh", "en"):
                said = "".join(call("rule", code, "--lang", lang).out.split())
                assert "".join(rule.why[lang].split()) in said

    def test_for_programs(self, call: Call, ruleset: RuleSet) -> None:
        rules = json.loads(call("rule", "--output-format", "json").out)
        assert [rule["code"] for rule in rules] == sorted(ruleset.rules)
        one = json.loads(call("rule", "PW001", "--output-format", "json").out)
        assert one in rules
        assert one["fix"] == "safe"
        assert one["message"]["en"] == ruleset.rules["PW001"].message["en"]

    def test_rules_of_the_configuration(self, call: Call, folder: Path, pack: Path) -> None:
        assert call("rule", "HX001").code == 2
        (folder / "reportlint.toml").write_text('rules = ["house.toml"]\n')
        assert "旧称" in call("rule", "HX001").out
        assert call("rule", "HX001", "--isolated").code == 2

    def test_an_unknown_one(self, call: Call) -> None:
        done = call("rule", "PW0001")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("reportlint: 错误：没有规则“PW0001”；是否想看 PW00")

    def test_draft_text_is_never_markup(self, call: Call, folder: Path, pack: Path) -> None:
        text = pack.read_text(encoding="utf-8").replace("机构已改名", "[bold]机构[/bold] :smile:")
        pack.write_text(text, encoding="utf-8")
        (folder / "reportlint.toml").write_text('rules = ["house.toml"]\n')
        assert "[bold]机构[/bold] :smile:" in call("rule", "HX001").out

    def test_colour(self, call: Call) -> None:
        assert "\x1b[" not in call("rule", "PW001").out
        assert "\x1b[" in call("rule", "PW001", "--color", "always").out


class TestKinds:
    def test_all_are_listed_with_their_sections(self, call: Call, ruleset: RuleSet) -> None:
        kinds = json.loads(call("kinds", "--output-format", "json").out)
        assert [kind["kind"] for kind in kinds] == list(ruleset.kinds)
        for kind in kinds:
            sections = [section["id"] for section in kind["sections"]]
            assert sections == list(ruleset.kinds[kind["kind"]].sections)
        shown = call("kinds").out
        assert all(kind in shown for kind in ruleset.kinds)

    def test_those_of_the_configuration(self, call: Call, folder: Path) -> None:
        (folder / "reportlint.toml").write_text(
            '[kinds."值班报告"]\ntitles = ["值班报告"]\nsections = ["work"]\n', encoding="utf-8"
        )
        assert "值班报告" in call("kinds").out
        assert "值班报告" not in call("kinds", "--isolated").out

    def test_an_unknown_output_format(self, call: Call) -> None:
        assert call("kinds", "--output-format", "xml").code == 2


class TestTest:
    def test_built_in_packs(self, call: Call, ruleset: RuleSet) -> None:
        done = call("test")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"{len(ruleset.rules)} 条规则，")

    def test_a_pack_that_holds(self, call: Call, pack: Path) -> None:
        assert call("test", "house.toml") == (0, "1 条规则，2 个例子，全部通过\n", "")

    def test_a_pack_that_does_not(self, call: Call, pack: Path) -> None:
        pack.write_text(PACK.format(bad='"沿用〔旧〕称"'), encoding="utf-8")
        done = call("test", "--lang", "en", "house.toml")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("reportlint: error: house.toml:2: HX001: bad example ")
        assert done.err.endswith("1 rules, 2 examples: 1 fail\n")

    def test_a_pack_that_is_not_there(self, call: Call) -> None:
        done = call("test", "missing.toml")
        assert done.code == 2
        assert "missing.toml" in done.err

    def test_a_built_in_pack_under_work(self, call: Call, folder: Path) -> None:
        """Its rules stand in for the installed ones of the same codes."""
        text = PACK.format(bad='"沿用〔旧称〕"').replace("HX001", "PH001")
        (folder / "placeholder.toml").write_text(text, encoding="utf-8")
        assert call("test", "placeholder.toml").code == 0


class TestInit:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_writes_a_configuration_that_changes_nothing(
        self, call: Call, folder: Path, lang: str
    ) -> None:
        before = call("check", "faulty.txt")
        assert call("init", "--lang", lang).code == 0
        written = (folder / "reportlint.toml").read_text(encoding="utf-8")
        tomllib.loads(written)
        assert "select" in written
        assert call("check", "faulty.txt") == before

    @pytest.mark.parametrize("name", ["reportlint.toml", ".reportlint.toml"])
    def test_never_overwrites(self, call: Call, folder: Path, name: str) -> None:
        (folder / name).write_text("# mine\n")
        done = call("init")
        assert done.code == 2
        assert name in done.err
        assert (folder / name).read_text() == "# mine\n"


class TestHelp:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_names_every_option(self, call: Call, lang: str) -> None:
        done = call("check", "--lang", lang, "--help")
        assert (done.code, done.err) == (0, "")
        for option in OPTIONS:
            assert option.flags[0] in done.out
        assert ("选择规则" in done.out) == (lang == "zh")

    def test_names_every_command(self, call: Call) -> None:
        done = call("--help")
        for name in ("check", "rule", "kinds", "test", "init"):
            assert name in done.out
        assert call() == (2, done.out, "")

    @pytest.mark.parametrize("flag", ["--version", "-V"])
    def test_version(self, call: Call, flag: str) -> None:
        assert call(flag) == (0, f"reportlint {__version__}\n", "")

    def test_completion(self, run: Run) -> None:
        done = run(env={"_REPORTLINT_COMPLETE": "source_bash"})
        assert done.returncode == 0
        assert "_REPORTLINT_COMPLETE" in done.stdout


class TestMistakes:
    @pytest.mark.parametrize(
        ("argv", "zh", "en"),
        [
            (["chekc"], "没有命令“chekc”", "No such command 'chekc'"),
            (["faulty.txt"], "reportlint check faulty.txt", "reportlint check faulty.txt"),
            (["check", "--slect", "PH"], "没有选项 --slect", "No such option: --slect"),
            (["check", "--slect", "PH"], "--select", "--select"),
            (["check", "--select"], "选项 --select 需要一个值", "requires an argument"),
            (["check", "--fix=1"], "选项 --fix 不带值", "does not take a value"),
            (["check", "--lang", "fr"], "--lang 的值“fr”", "--lang: 'fr' is not one of zh, en"),
            (["check", "--jobs", "x"], "不小于 1 的整数", "not a whole number from 1 on"),
            (["check", "--select", ","], "--select", "--select"),
            (["rule", "PH001", "PH002"], "多余的参数 PH002", "unexpected extra argument"),
        ],
    )
    def test_are_named_in_both_languages(
        self,
        call: Call,
        monkeypatch: pytest.MonkeyPatch,
        argv: list[str],
        zh: str,
        en: str,
    ) -> None:
        done = call(*argv)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("reportlint: 错误：")
        assert zh in done.err
        monkeypatch.setenv("LANG", "en_US.UTF-8")
        done = call(*argv)
        assert done.err.startswith("reportlint: error: ")
        assert en in done.err


def test_completion_offers_the_choices() -> None:
    by_name = {option.field: option for option in OPTIONS}
    complete = app._completion(by_name["output_format"].choices)
    assert complete("js") == ["json", "jsonl"]
