"""Own packs, kinds and sections."""

from __future__ import annotations

import pytest

from reportlint.errors import ConfigError, PackError

PACK = """
[[rule]]
code = "{code}"
name = "{name}"
severity = "warning"
patterns = ['{word}']
message = {{ zh = "不要写“{{text}}”", en = "do not write “{{text}}”" }}
why = {{ zh = "为何", en = "why" }}
source = "-"
bad = ["我们〔{word}〕了。"]
good = ["没有。"]
"""


def pack(code="HS001", name="house-word", word="禁用词"):
    return PACK.format(code=code, name=name, word=word)


class TestKinds:
    """Kinds of reports."""

    def test_a_new_one_is_tried_before_the_others(self, tree, resolver):
        tree(
            {
                "reportlint.toml": "[kinds.\"值班报告\"]\ntitles = ['值班.*总结']\nsections = ['work']"
            }
        )
        kinds = resolver().for_file("a.txt").settings.ruleset.kinds
        assert list(kinds) == ["值班报告", "述职报告", "工作总结"]
        assert kinds["值班报告"].titles == ("值班.*总结",)
        assert kinds["值班报告"].openings == ()

    def test_keys_that_are_given_replace_those_of_a_built_in_one(self, tree, resolver):
        tree({"reportlint.toml": '[kinds."工作总结"]\nsections = ["problems"]'})
        kinds = resolver().for_file("a.txt").settings.ruleset.kinds
        assert list(kinds) == ["述职报告", "工作总结"]
        assert kinds["工作总结"].sections == ("problems",)
        assert kinds["工作总结"].titles == ("总结",)
        assert kinds["工作总结"].openings == ("现将工作总结如下",)

    def test_keys_with_extend_add_to_it(self, tree, resolver):
        tree(
            {
                "reportlint.toml": '[kinds."工作总结"]\nextend-titles = ["小结"]\n'
                'extend-openings = ["总结如下"]\nopenings = ["汇报如下"]\nextend-sections = ["problems"]'
            }
        )
        kind = resolver().for_file("a.txt").settings.ruleset.kinds["工作总结"]
        assert kind.titles == ("总结", "小结")
        assert kind.openings == ("汇报如下", "总结如下")
        assert kind.sections == ("work", "problems")

    def test_it_can_be_the_default(self, tree, resolver):
        tree({"reportlint.toml": 'kind = "值班报告"\n[kinds."值班报告"]\n'})
        assert resolver().for_file("a.txt").settings.kind == "值班报告"

    def test_one_of_a_base_can_be_changed(self, tree, resolver):
        tree(
            {
                "base.toml": '[kinds."值班报告"]\ntitles = ["值班"]\nsections = ["work"]',
                "reportlint.toml": 'extend = "base.toml"\n[kinds."值班报告"]\nextend-titles = ["值守"]',
            }
        )
        kind = resolver().for_file("a.txt").settings.ruleset.kinds["值班报告"]
        assert kind.titles == ("值班", "值守")
        assert kind.sections == ("work",)


class TestSections:
    """Parts of reports."""

    def test_a_new_one_is_called_what_it_is(self, tree, resolver):
        tree({"reportlint.toml": '[sections.duty]\nheadings = ["值班情况"]'})
        section = resolver().for_file("a.txt").settings.ruleset.sections["duty"]
        assert section.title == {"zh": "duty", "en": "duty"}
        assert section.headings == ("值班情况",)

    def test_keys_replace_or_add(self, tree, resolver):
        tree(
            {
                "reportlint.toml": "[sections.problems]\ntitle = { zh = '短板', en = 'gaps' }\n"
                "extend-headings = ['短板']\ncues = ['不足']\nextend-empty = ['再接再厉']"
            }
        )
        section = resolver().for_file("a.txt").settings.ruleset.sections["problems"]
        assert section.title == {"zh": "短板", "en": "gaps"}
        assert section.headings == ("存在(?:的)?问题", "短板")
        assert section.cues == ("不足",)
        assert section.empty == ("再接再厉",)

    def test_kinds_may_use_it(self, tree, resolver):
        tree(
            {
                "reportlint.toml": "[kinds.'值班报告']\nsections = ['duty']\n"
                "[sections.duty]\nheadings = ['值班']"
            }
        )
        assert resolver().for_file("a.txt").settings.ruleset.kinds["值班报告"].sections == ("duty",)

    def test_patterns_may_use_the_lists_of_the_packs(self, tree, resolver):
        tree({"reportlint.toml": "[sections.problems]\nheadings = ['全(?&admin)短板']"})
        ruleset = resolver().for_file("a.txt").settings.ruleset
        assert ruleset.any_of(ruleset.sections["problems"].headings).search("全县短板")

    def test_the_built_in_rules_are_the_same_without_changes(self, tree, resolver):
        tree({"reportlint.toml": "jobs = 1", "sub/reportlint.toml": "jobs = 2"})
        one = resolver()
        first, second = one.for_file("a.txt"), one.for_file("sub/a.txt")
        assert first.settings.ruleset is second.settings.ruleset


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[kinds.x]\nsections = ['work', 'probems']",
            "2: there is no section 'probems'; did you mean",
        ),
        ("[kinds.x]\nextend-sections = ['zzz']", "2: there is no section 'zzz'"),
        (
            "[kinds.x]\ntitles = ['a']\nopenings = [\n'ok',\n'(',\n]",
            "5: pattern '(' does not compile:",
        ),
        ("[kinds.x]\ntitles = ['a)(b']", "2: pattern 'a)(b' does not compile:"),
        ("[kinds.x]\ntitles = ['(?i)x']", "2: pattern '(?i)x' does not compile:"),
        (
            "[kinds.x]\ntitles = ['(?&nowhere)']",
            "2: pattern '(?&nowhere)' does not compile: (?&nowhere)",
        ),
        ("[sections.work]\nextend-cues = ['[']", "2: pattern '[' does not compile:"),
        ("[sections.work]\n\nempty = ['*']", "3: pattern '*' does not compile:"),
        (
            "[sections.new]\ntitle = { zh = 'a', en = 'b' }",
            "1: sections.new has neither headings nor cues",
        ),
        (
            "[sections.work]\nheadings = []\ncues = []",
            "1: sections.work has neither headings nor cues",
        ),
    ],
)
def test_mistakes(tree, resolver, text, message):
    tree({"reportlint.toml": text})
    with pytest.raises(ConfigError) as caught:
        resolver().for_file("a.txt")
    assert str(caught.value).startswith(f"reportlint.toml:{message}")


class TestOwnPacks:
    """Rules of the user's own. They are proved, for which the built-in packs are needed."""

    @pytest.fixture(autouse=True)
    def small(self):
        """Leave the built-in packs as they are."""

    def test_their_rules_run(self, tree, resolver):
        tree({"reportlint.toml": 'rules = ["house/*.toml"]', "house/words.toml": pack()})
        settings = resolver().for_file("a.txt").settings
        assert "HS001" in settings.active
        assert settings.ruleset.rules["HS001"].pack == "house/words.toml"
        assert not settings.ruleset.rules["HS001"].trusted

    def test_they_can_be_selected_by_code_and_name(self, tree, resolver):
        tree(
            {
                "reportlint.toml": 'rules = ["a.toml"]\nselect = ["HS", "letter-slot"]',
                "a.toml": pack(),
            }
        )
        assert {"HS001", "PH001"} <= resolver().for_file("a.txt").settings.active
        assert "HS001" not in resolver(ignore=["house-word"]).for_file("a.txt").settings.active

    def test_paths_are_relative_to_the_configuration_even_if_that_is_named(self, tree, resolver):
        tree({"conf/house.toml": 'rules = ["packs/**/*.toml"]', "conf/packs/deep/a.toml": pack()})
        settings = resolver(config="conf/house.toml").for_file("a.txt").settings
        assert settings.ruleset.rules["HS001"].pack == "conf/packs/deep/a.toml"

    def test_a_name_with_brackets_is_a_name(self, tree, resolver):
        tree({"reportlint.toml": 'rules = ["[本地].toml"]', "[本地].toml": pack()})
        assert "HS001" in resolver().for_file("a.txt").settings.active

    def test_those_of_a_base_are_used_as_well_and_each_once(self, tree, resolver):
        tree(
            {
                "base.toml": 'rules = ["one.toml"]',
                "sub/reportlint.toml": 'extend = "../base.toml"\nrules = ["../one.toml", "two.toml"]',
                "one.toml": pack(),
                "sub/two.toml": pack("HS002", "other-word", "另一词"),
            }
        )
        assert {"HS001", "HS002"} <= resolver().for_file("sub/a.txt").settings.active

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("[[rule]]\ncode = 3", "house.toml:2: "),
            (pack("PH001"), "house.toml:2: code PH001 is taken by letter-slot"),
            (pack(word="("), "house.toml:2: "),
            (pack().replace("没有。", "有禁用词。"), "house.toml:2: HS001: "),
            ("rule = ", "house.toml:1: is not valid TOML"),
        ],
    )
    def test_a_broken_one_is_an_error(self, tree, resolver, text, message):
        tree({"reportlint.toml": 'rules = ["house.toml"]', "house.toml": text})
        with pytest.raises(PackError) as caught:
            resolver().for_file("a.txt")
        assert str(caught.value).startswith(message)

    def test_a_glob_without_files_is_an_error(self, tree, resolver):
        tree({"reportlint.toml": 'rules = [\n  "reportlint.toml",\n  "no/*.toml",\n]'})
        with pytest.raises(ConfigError, match=r"^reportlint.toml:3: no file matches 'no/\*.toml'$"):
            resolver().for_file("a.txt")
