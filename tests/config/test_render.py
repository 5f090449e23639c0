"""The template and the settings in force."""

from __future__ import annotations

import tomllib

import pytest

from reportlint import config
from reportlint.config import OPTIONS
from reportlint.readers import FORMATS


def without_a_sign(template):
    return "".join(line.removeprefix("#").removeprefix(" ") for line in template.splitlines(True))


@pytest.mark.parametrize("lang", ["zh", "en"])
class TestTemplate:
    """What ``reportlint init`` writes."""

    def test_it_sets_nothing(self, tree, resolver, lang):
        assert tomllib.loads(config.template(lang)) == {}
        tree({"reportlint.toml": config.template(lang)})
        one = resolver(lang=lang)
        plain = resolver(lang=lang, isolated=True)
        assert one.for_file("a.txt")._replace(source=None) == plain.for_file("a.txt")._replace(
            settings=one.for_file("a.txt").settings,
            exclude=one.for_file("a.txt").exclude,
        )
        assert one.for_file("a.txt").settings.active == plain.for_file("a.txt").settings.active

    def test_every_line_is_a_comment_or_empty(self, lang):
        for line in config.template(lang).split("\n"):
            assert not line or line.startswith(("# ", "## "))
            assert len(line) <= 100

    def test_without_its_signs_it_sets_everything(self, lang):
        values = tomllib.loads(without_a_sign(config.template(lang)))
        assert list(values) == [option.key for option in OPTIONS]

    def test_what_it_sets_is_right(self, tree, resolver, lang):
        tree(
            {
                "sub/reportlint.toml": without_a_sign(config.template(lang)).replace(
                    "PH004", "PH001"
                ),
                "reportlint.toml": "",
                "sub/house/a.toml": "[lists]\nx = ['y']",
            }
        )
        made = resolver(lang=lang).for_file("sub/a.txt")
        assert made.settings.kind == "述职报告"
        assert made.settings.lang == lang

    def test_defaults_are_the_defaults(self, tree, resolver, lang):
        values = tomllib.loads(without_a_sign(config.template(lang)))
        for option in OPTIONS:
            if not option.example and option.key != "select":
                assert values[option.key] == (
                    list(option.default) if isinstance(option.default, tuple) else option.default
                )
        tree({"reportlint.toml": f"select = {values['select']}"})
        chosen, plain = resolver().for_file("a.txt"), resolver(isolated=True).for_file("a.txt")
        assert chosen.settings.active == plain.settings.active

    def test_every_option_is_explained(self, lang):
        flat = config.template(lang).replace("\n## ", " ").replace(" ", "")
        for option in OPTIONS:
            assert option.help[lang].replace(" ", "") in flat


class TestDescribe:
    """What ``--show-settings`` prints."""

    def test_it_is_toml_with_everything_in_it(self, tree, resolver):
        tree({"reportlint.toml": 'kind = "述职报告"\n[per-file-ignores]\n"*.md" = ["PH001"]'})
        made = resolver(select=["PH", "FM"]).for_file("a.md")
        values = tomllib.loads(config.describe(made, "a.md", "en"))
        assert values["kind"] == "述职报告"
        assert values["select"] == ["PH", "FM"]
        assert values["include"] == [f"*{suffix}" for suffix in FORMATS]
        assert values["per-file-ignores"] == {"*.md": ["PH001"]}
        assert values["active"] == {
            "FM001": "warning",
            "PH002": "error",
            "PH010": "info",
            "RL001": "error",
            "RL002": "error",
        }
        assert values["kinds"]["工作总结"] == {"sections": ["work"]}

    def test_it_says_where_values_come_from(self, tree, resolver):
        tree(
            {
                "base.toml": 'ignore = ["PW"]\nfail-on = "info"',
                "reportlint.toml": 'extend = "base.toml"\n\nignore = ["SC"]',
            }
        )
        made = resolver(ignore=["FM"], max_warnings=3).for_file("a.txt")
        lines = config.describe(made, None, "en").split("\n")
        assert lines[0] == "# configuration file: reportlint.toml"
        assert 'ignore = ["PW", "SC", "FM"]  # base.toml:1, reportlint.toml:3, --ignore' in lines
        assert 'fail-on = "info"  # base.toml:2' in lines
        assert "max-warnings = 3  # --max-warnings" in lines
        assert "redact = false  # default" in lines
        assert "# jobs: none" in lines

    def test_it_shows_changed_severities_and_what_is_ignored_for_the_file(self, tree, resolver):
        tree(
            {
                "reportlint.toml": '[severity]\nPH010 = "error"\n'
                '[per-file-ignores]\n"*.md" = ["PH001", "SC"]'
            }
        )
        said = config.describe(resolver().for_file("a.md"), "a.md", "zh")
        assert said.startswith("# 文稿：a.md\n# 配置文件：reportlint.toml\n")
        assert 'PH010 = "error"  # unnamed-place\n' in said
        assert "# 不对这份文稿运行（per-file-ignores）：PH001, SC001\n" in said
        assert "PH001 = " not in said

    def test_it_shows_own_kinds_and_sections_whole(self, tree, resolver):
        tree(
            {
                "reportlint.toml": "[kinds.'值班报告']\ntitles = ['值\\班']\nsections = ['duty']\n"
                "[sections.duty]\nheadings = ['值班']\n"
            }
        )
        values = tomllib.loads(config.describe(resolver().for_file("a.txt"), None, "zh"))
        assert values["kinds"]["值班报告"] == {
            "titles": ["值\\班"],
            "openings": [],
            "sections": ["duty"],
        }
        assert values["sections"]["duty"]["headings"] == ["值班"]
        assert values["sections"]["duty"]["title"] == {"zh": "duty", "en": "duty"}

    def test_the_language_is_that_of_the_settings_unless_asked_for(self, tree, resolver):
        tree({"reportlint.toml": ""})
        made = resolver(lang="zh").for_file("a.txt")
        assert "默认" in config.describe(made)
        assert "default" in config.describe(made, lang="en")
        assert 'lang = "zh"  # --lang' in config.describe(made)
