"""Which configuration file counts for a file, and what is wrong with files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportlint.config import discover
from reportlint.errors import ConfigError


def kind(resolver, path):
    return resolver.for_file(path).settings.kind


def test_without_a_file_the_defaults_count(tree, resolver):
    tree({"a.txt": ""})
    config = resolver().for_file("a.txt")
    assert config.source is None
    assert config.settings.active == {"PH001", "PH002", "PH010", "PW001", "SC001"} | {
        "RL001",
        "RL002",
        "RL005",
    }
    assert config.fail_on.label == "error"
    assert config.output_format == "full"


def test_the_nearest_file_wins_and_is_not_merged(tree, resolver):
    tree(
        {
            "reportlint.toml": 'kind = "述职报告"\nmax-warnings = 3',
            "sub/reportlint.toml": 'kind = "工作总结"',
            "sub/deep/a.txt": "",
            "b.txt": "",
        }
    )
    one = resolver()
    assert one.for_file("b.txt").settings.kind == "述职报告"
    assert one.for_file("sub/deep/a.txt").settings.kind == "工作总结"
    assert one.for_file("sub/deep/a.txt").max_warnings is None
    assert one.for_file("sub/deep/a.txt").source == "sub/reportlint.toml"


def test_it_is_searched_from_the_file_not_from_the_current_folder(tree, resolver):
    tree({"one/reportlint.toml": 'kind = "述职报告"', "two/reportlint.toml": 'kind = "工作总结"'})
    one = resolver(cwd="one")
    assert kind(one, "../two/a.txt") == "工作总结"
    assert one.for_folder(".").settings.kind == "述职报告"


@pytest.mark.parametrize(
    ("names", "winner"),
    [
        ([".reportlint.toml", "reportlint.toml", "pyproject.toml"], ".reportlint.toml"),
        (["reportlint.toml", "pyproject.toml"], "reportlint.toml"),
        (["pyproject.toml"], "pyproject.toml"),
    ],
)
def test_one_name_goes_before_the_other_in_a_folder(tree, resolver, names, winner):
    tree({n: "[tool.reportlint]" if n == "pyproject.toml" else "" for n in names})
    assert resolver().for_file("a.txt").source == winner


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "x"',
        '[project]\ndependencies = ["reportlint"]',
        '[project]\ndependencies = ["reportlint"',
        "[tool.ruff]\n[tool.other.reportlint]\n",
        "tool = 1  # reportlint",
    ],
)
def test_a_project_without_our_table_is_passed_over(tree, resolver, text):
    tree({"reportlint.toml": 'kind = "述职报告"', "sub/pyproject.toml": text})
    assert kind(resolver(), "sub/a.txt") == "述职报告"


def test_a_project_file_has_its_options_in_a_table(tree, resolver):
    tree(
        {"pyproject.toml": '[tool.ruff]\nselect = ["E"]\n\n[tool.reportlint]\nkind = "工作总结"\n'}
    )
    assert kind(resolver(), "a.txt") == "工作总结"


def test_files_are_read_once(tree, resolver, monkeypatch):
    tree({"reportlint.toml": "", "sub/a.txt": ""})
    one = resolver()
    first = one.for_file("sub/a.txt")
    os.unlink(os.path.join(one.cwd, "reportlint.toml"))
    assert one.for_file("sub/a.txt") is first
    assert one.for_file("sub/new/b.txt") is first


def test_a_named_file_replaces_the_search(tree, resolver):
    tree({"reportlint.toml": 'kind = "述职报告"', "other/house.toml": 'kind = "工作总结"'})
    config = resolver(config="other/house.toml").for_file("a.txt")
    assert (config.settings.kind, config.source) == ("工作总结", "other/house.toml")


def test_patterns_of_a_named_file_start_in_the_current_folder(tree, resolver):
    root = tree({"other/house.toml": 'exclude = ["/drafts"]'})
    config = resolver(config="other/house.toml").for_folder(".")
    assert config.excludes(f"{root}/drafts", "drafts", True)
    assert not config.excludes(f"{root}/other/drafts", "drafts", True)


def test_isolated_reads_no_file(tree, resolver):
    tree({"reportlint.toml": "this is not TOML"})
    assert resolver(isolated=True).for_file("a.txt").source is None


def test_isolated_and_a_named_file_contradict_each_other(tree, resolver):
    tree({"a.toml": ""})
    with pytest.raises(ConfigError, match="--config cannot be used with --isolated"):
        resolver(isolated=True, config="a.toml")


def test_a_named_file_must_exist(resolver):
    with pytest.raises(ConfigError, match=r"^--config: there is no file 'no.toml'$"):
        resolver(config="no.toml")


def test_a_named_project_file_must_have_our_table(tree, resolver):
    tree({"pyproject.toml": "[project]"})
    one = resolver(config="pyproject.toml")
    with pytest.raises(ConfigError, match=r"^pyproject.toml: has no \[tool.reportlint\] table$"):
        one.for_file("a.txt")


def test_a_folder_with_the_name_of_a_configuration_is_none(tree, resolver):
    tree({"reportlint.toml/a.txt": ""})
    assert resolver().for_file("reportlint.toml/a.txt").source is None


def test_a_configuration_outside_the_current_folder_is_shown_whole(tree, resolver):
    root = tree({"reportlint.toml": "", "sub/a.txt": ""})
    assert resolver(cwd="sub").for_file("a.txt").source == f"{root}/reportlint.toml"


def test_an_unreadable_file_is_an_error(tree, resolver, monkeypatch):
    def refuse(path, mode):
        raise PermissionError(13, "Permission denied", path)

    tree({"reportlint.toml": ""})
    monkeypatch.setattr(discover, "open", refuse, raising=False)
    with pytest.raises(ConfigError, match=r"^reportlint.toml: cannot be read: Permission denied$"):
        resolver().for_file("a.txt")


class TestExtend:
    """A configuration that is based on another."""

    def test_what_it_says_goes_before_what_the_base_says(self, tree, resolver):
        tree(
            {
                "base.toml": 'kind = "述职报告"\nmax-warnings = 3\nfail-on = "info"',
                "sub/reportlint.toml": 'extend = "../base.toml"\nkind = "工作总结"',
            }
        )
        config = resolver().for_file("sub/a.txt")
        assert config.settings.kind == "工作总结"
        assert config.max_warnings == 3
        assert config.fail_on.label == "info"

    def test_bases_have_bases(self, tree, resolver):
        tree(
            {
                "a.toml": "max-warnings = 1\njobs = 1",
                "b.toml": 'extend = "a.toml"\nmax-warnings = 2',
                "reportlint.toml": 'extend = "b.toml"',
            }
        )
        config = resolver().for_file("x.txt")
        assert (config.max_warnings, config.jobs) == (2, 1)

    def test_a_project_file_can_be_a_base(self, tree, resolver):
        tree(
            {
                "pyproject.toml": "[tool.reportlint]\njobs = 3",
                "sub/reportlint.toml": 'extend = "../pyproject.toml"',
            }
        )
        assert resolver().for_file("sub/a.txt").jobs == 3

    def test_patterns_of_the_base_start_in_its_folder(self, tree, resolver):
        root = tree(
            {
                "reportlint.toml": 'exclude = ["/sub/old", "/old"]',
                "sub/reportlint.toml": 'extend = "../reportlint.toml"',
            }
        )
        config = resolver().for_folder("sub")
        assert config.excludes(f"{root}/sub/old", "old", True)
        assert not config.excludes(f"{root}/sub/sub/old", "old", True)

    def test_a_circle_is_an_error(self, tree, resolver):
        tree({"reportlint.toml": '\nextend = "b.toml"', "b.toml": 'extend = "./reportlint.toml"'})
        with pytest.raises(ConfigError) as caught:
            resolver().for_file("a.txt")
        assert str(caught.value) == (
            "b.toml:1: configuration files extend each other: reportlint.toml → b.toml → reportlint.toml"
        )

    def test_so_is_a_file_that_extends_itself(self, tree, resolver):
        tree({"reportlint.toml": 'extend = "reportlint.toml"'})
        with pytest.raises(ConfigError, match=r"reportlint.toml → reportlint.toml$"):
            resolver().for_file("a.txt")

    def test_a_base_must_exist(self, tree, resolver):
        tree({"reportlint.toml": 'jobs = 1\nextend = "no.toml"'})
        with pytest.raises(ConfigError, match=r"^reportlint.toml:2: there is no file 'no.toml'$"):
            resolver().for_file("a.txt")

    def test_a_base_project_file_must_have_our_table(self, tree, resolver):
        tree({"pyproject.toml": "[project]", "reportlint.toml": 'extend = "pyproject.toml"'})
        with pytest.raises(ConfigError, match=r"^pyproject.toml: has no"):
            resolver().for_file("a.txt")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"kind = ", "reportlint.toml:1: is not valid TOML: Invalid value (at end of document)"),
        (b"a = 1\n\nb 2\n", "reportlint.toml:3: is not valid TOML: Expected '='"),
        (b"a = 1\nb = '\xcb\xce'\n", "reportlint.toml:2: is not UTF-8"),
        (b"a = " + b"[" * 9999, "reportlint.toml:1: is nested too deeply"),
        (b"a = " + b"9" * 9999, "reportlint.toml:1: is not valid TOML: Exceeds the limit"),
        (b"jobs = 1\njobs = 2", "reportlint.toml:2: is not valid TOML: Cannot overwrite a value"),
    ],
)
def test_what_is_not_toml_is_an_error_with_its_line(tmp_path: Path, resolver, data, message):
    (tmp_path / "reportlint.toml").write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        resolver().for_file("a.txt")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path, resolver):
    (tmp_path / "reportlint.toml").write_bytes(b"\xef\xbb\xbfjobs = 2\r\n")
    assert resolver().for_file("a.txt").jobs == 2


def test_a_project_file_that_is_broken_where_we_are_meant_is_an_error(tree, resolver):
    tree({"pyproject.toml": "[tool.reportlint]\njobs = \n"})
    with pytest.raises(ConfigError, match=r"^pyproject.toml:2: "):
        resolver().for_file("a.txt")


def test_our_table_must_be_a_table(tree, resolver):
    tree({"pyproject.toml": "[tool]\n\nreportlint = 3"})
    with pytest.raises(ConfigError, match=r"^pyproject.toml:3: tool.reportlint must be a table$"):
        resolver().for_file("a.txt")


class TestLanguage:
    """In which language mistakes are told."""

    WRONG = "\nslect = []"

    def said(self, resolver) -> str:
        with pytest.raises(ConfigError) as caught:
            resolver.for_file("a.txt")
        return str(caught.value)

    @pytest.mark.parametrize(
        ("lang", "environ", "text", "chinese"),
        [
            ("zh", {"LANG": "en_US.UTF-8"}, "", True),
            ("en", {"LANG": "zh_CN.UTF-8"}, "", False),
            (None, {"LANG": "en_US.UTF-8"}, "", False),
            (None, {"LC_ALL": "zh_CN.UTF-8"}, "", True),
            (None, {"LANG": "zh_CN.UTF-8"}, 'lang = "en"', False),
            (None, {"LANG": "en_US.UTF-8"}, 'lang = "zh"', True),
            ("en", {}, 'lang = "zh"', False),
            (None, {"LANG": "en_US.UTF-8"}, "lang = 3", False),
        ],
    )
    def test_the_command_line_then_the_file_then_the_locale(
        self, tree, resolver, lang, environ, text, chinese
    ):
        tree({"reportlint.toml": text + self.WRONG})
        said = self.said(resolver(lang=lang, environ=environ or {"LANG": "C"}))
        if text == "lang = 3":
            assert said == 'reportlint.toml:1: lang must be one of "zh", "en"'
        else:
            zh = "reportlint.toml:2: 未知的设置“slect”，是否为“select”？"
            en = "reportlint.toml:2: unknown key 'slect'; did you mean 'select'?"
            assert said == (zh if chinese else en)

    def test_both_are_kept(self, tree, resolver):
        tree({"reportlint.toml": self.WRONG})
        with pytest.raises(ConfigError) as caught:
            resolver().for_file("a.txt")
        assert set(caught.value.say) == {"zh", "en"}
        assert str(caught.value) == caught.value.say["en"]

    def test_messages_of_rules_follow_the_same_order(self, tree, resolver):
        tree({"reportlint.toml": 'lang = "en"', "other/reportlint.toml": "", "none/a.txt": ""})
        spoken = {"LANG": "zh_CN.UTF-8"}
        assert resolver(lang=None, environ=spoken).for_file("a.txt").settings.lang == "en"
        assert resolver(lang=None, environ=spoken).for_file("other/a.txt").settings.lang == "zh"
        assert resolver(lang="zh", environ=spoken).for_file("a.txt").settings.lang == "zh"
