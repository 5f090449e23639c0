"""Which rules run, and at which severity."""

from __future__ import annotations

import pytest

from reportlint.errors import ConfigError
from reportlint.findings import Severity

DEFAULT = {"PH001", "PH002", "PH010", "PW001", "SC001", "RL005"}
ALWAYS = {"RL001", "RL002"}


def active(config):
    return set(config.settings.active) - ALWAYS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", DEFAULT),
        ('select = ["PH"]', {"PH001", "PH002", "PH010"}),
        ('select = ["PH00"]', {"PH001", "PH002"}),
        ('select = ["P"]', {"PH001", "PH002", "PH010", "PW001"}),
        ('select = ["ALL"]', DEFAULT | {"FM001"}),
        ('select = ["ALL"]\nignore = ["FM"]', DEFAULT),
        ('select = ["letter-slot"]', {"PH001"}),
        ('extend-select = ["FM"]', DEFAULT | {"FM001"}),
        ('extend-select = ["half-width-comma"]', DEFAULT | {"FM001"}),
        ('ignore = ["PH"]', DEFAULT - {"PH001", "PH002", "PH010"}),
        # the more specific selector wins, wherever it stands
        ('select = ["PH"]\nignore = ["PH010"]', {"PH001", "PH002"}),
        ('ignore = ["PH"]\nextend-select = ["PH001"]', DEFAULT - {"PH002", "PH010"}),
        ('ignore = ["PH"]\nextend-select = ["letter-slot"]', DEFAULT - {"PH002", "PH010"}),
        ('ignore = ["PH"]\nextend-select = ["PH00"]', DEFAULT - {"PH010"}),
        ('ignore = ["PH00"]\nselect = ["PH"]', {"PH010"}),
        ('ignore = ["ALL"]\nselect = ["PW"]', {"PW001"}),
        # of equally specific ones ignore
        ('ignore = ["PH001"]\nextend-select = ["PH001"]', DEFAULT - {"PH001"}),
        ('ignore = ["letter-slot"]\nselect = ["PH001", "PH002"]', {"PH002"}),
        # severity "off" is a way to ignore
        ('severity = { PH010 = "off" }', DEFAULT - {"PH010"}),
        ('severity = { PH = "off", PH010 = "info" }', DEFAULT - {"PH001", "PH002"}),
        ('severity = { PH = "error", unnamed-place = "off" }', DEFAULT - {"PH010"}),
        ('extend-select = ["PH010"]\nseverity = { PH010 = "off" }', DEFAULT - {"PH010"}),
        # a severity does not switch on
        ('severity = { FM001 = "error" }', DEFAULT),
    ],
)
def test_selectors(tree, resolver, text, expected):
    tree({"reportlint.toml": text})
    assert active(resolver().for_file("a.txt")) == expected


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ('ignore = ["PH001"]', {"select": ["PH"]}, {"PH001", "PH002", "PH010"}),
        ('select = ["PH001"]', {"ignore": ["PH"], "extend_select": ["PW"]}, {"PW001"}),
        ('ignore = ["PH001"]', {"extend_select": ["PH"]}, DEFAULT),
        ('select = ["PW"]', {"extend_select": ["FM"]}, {"PW001", "FM001"}),
        ('severity = { PH001 = "off" }', {"select": ["PH001"]}, {"PH001"}),
        (
            'severity = { PH001 = "off" }',
            {"extend_select": ["FM"]},
            (DEFAULT | {"FM001"}) - {"PH001"},
        ),
        ("", {"select": ("PH001", "PW")}, {"PH001", "PW001"}),
    ],
)
def test_the_command_line_goes_before_the_file(tree, resolver, text, options, expected):
    tree({"reportlint.toml": text})
    assert active(resolver(**options).for_file("a.txt")) == expected


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ('ignore = ["PH001"]', 'ignore = ["PW"]', DEFAULT - {"PH001", "PW001"}),
        ('select = ["PH"]', 'extend-select = ["PW"]', {"PH001", "PH002", "PH010", "PW001"}),
        ('ignore = ["PH001"]', 'select = ["PH"]', {"PH001", "PH002", "PH010"}),
        ('severity = { PH001 = "off" }', 'severity = { PH = "info" }', DEFAULT),
        ('severity = { PH = "off" }', 'extend-select = ["PH001"]', DEFAULT - {"PH002", "PH010"}),
    ],
)
def test_a_configuration_goes_before_what_it_extends(tree, resolver, base, text, expected):
    tree({"base.toml": base, "reportlint.toml": f'extend = "base.toml"\n{text}'})
    assert active(resolver().for_file("a.txt")) == expected


def test_severities(tree, resolver):
    tree(
        {
            "reportlint.toml": 'severity = { unnamed-place = "error", PH = "warning", SC001 = "info" }'
        }
    )
    assert resolver().for_file("a.txt").settings.severities == {
        "PH001": Severity.WARNING,
        "PH002": Severity.WARNING,
        "PH010": Severity.ERROR,
        "SC001": Severity.INFO,
    }


def test_severities_of_a_base_are_kept_where_nothing_else_is_said(tree, resolver):
    tree(
        {
            "base.toml": 'severity = { PH001 = "info", PH002 = "info" }',
            "reportlint.toml": 'extend = "base.toml"\nseverity = { PH002 = "warning" }',
        }
    )
    assert resolver().for_file("a.txt").settings.severities == {
        "PH001": Severity.INFO,
        "PH002": Severity.WARNING,
    }


@pytest.mark.parametrize(
    "text",
    [
        'ignore = ["RL"]',
        'ignore = ["ALL"]\nselect = ["PH001"]',
        'select = ["PH001"]',
        'severity = { RL = "off" }',
        'severity = { ALL = "off", PH001 = "error" }',
    ],
)
def test_reports_of_unread_files_are_never_off(tree, resolver, text):
    tree({"reportlint.toml": text})
    assert resolver().for_file("a.txt").settings.active >= ALWAYS


@pytest.mark.parametrize(
    ("text", "line", "selector"),
    [
        ('ignore = ["RL001"]', 1, "RL001"),
        ('ignore = [\n  "PH001",\n  "unreadable-file",\n]', 3, "unreadable-file"),
        ('[severity]\nRL001 = "off"', 2, "RL001"),
        ('[per-file-ignores]\n"*.md" = ["RL002"]', 2, "RL002"),
    ],
)
def test_asking_for_that_is_an_error(tree, resolver, text, line, selector):
    tree({"reportlint.toml": text})
    with pytest.raises(ConfigError) as caught:
        resolver().for_file("a.txt")
    assert str(caught.value) == (
        f"reportlint.toml:{line}: {selector} reports files that were not fully checked "
        "and cannot be switched off"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('select = ["PX"]', "1: no rule is selected by 'PX'"),
        (
            'select = [\n  "PH",\n  "ph001",\n]',
            "3: no rule is selected by 'ph001'; did you mean 'PH001'?",
        ),
        (
            'ignore = ["leter-slot"]',
            "1: no rule is selected by 'leter-slot'; did you mean 'letter-slot'?",
        ),
        ('extend-select = ["PH01x"]', "1: no rule is selected by 'PH01x'; did you mean 'PH010'?"),
        ('select = ["all"]', "1: no rule is selected by 'all'; did you mean 'ALL'?"),
        ('select = ["E501"]', "1: no rule is selected by 'E501'"),
        ('[severity]\nPH001 = "info"\nPH999 = "error"', "3: no rule is selected by 'PH999'"),
        (
            '[per-file-ignores]\n"a/" = ["PH"]\n"b/" = ["PH", "QQ"]',
            "3: no rule is selected by 'QQ'",
        ),
    ],
)
def test_a_selector_that_selects_nothing_is_an_error(tree, resolver, text, message):
    tree({"reportlint.toml": text})
    with pytest.raises(ConfigError) as caught:
        resolver().for_file("a.txt")
    assert str(caught.value).startswith(f"reportlint.toml:{message}")


def test_so_it_is_on_the_command_line(resolver):
    with pytest.raises(ConfigError) as caught:
        resolver(select=["PH", "letter_slot"], lang="zh").for_file("a.txt")
    assert str(caught.value) == "--select: 没有规则“letter_slot”，是否为“letter-slot”？"


@pytest.mark.parametrize(
    ("text", "options", "place"),
    [
        ('ignore = ["ALL"]', {}, "reportlint.toml:1: "),
        ('\nselect = []\nignore = ["PH"]', {}, "reportlint.toml:2: "),
        ('severity = { ALL = "off" }', {}, "reportlint.toml:1: "),
        ('select = ["PH"]', {"ignore": ["PH"]}, "--ignore: "),
        ('select = ["RL001"]', {}, "reportlint.toml:1: "),
    ],
)
def test_a_run_without_rules_is_an_error(tree, resolver, text, options, place):
    tree({"reportlint.toml": text})
    with pytest.raises(ConfigError) as caught:
        resolver(**options).for_file("a.txt")
    assert str(caught.value) == f"{place}no rule is active: nothing would be checked"


class TestPerFileIgnores:
    """Rules that do not run on some files."""

    @pytest.mark.parametrize(
        ("pattern", "path", "ignored"),
        [
            ("*.md", "a.md", True),
            ("*.md", "sub/a.md", True),
            ("*.md", "a.txt", False),
            ("模板/", "模板/a.txt", True),
            ("模板/", "sub/模板/deep/a.txt", True),
            ("模板", "模板.txt", False),
            ("/模板/", "sub/模板/a.txt", False),
            ("sub/*.txt", "sub/a.txt", True),
            ("sub/*.txt", "sub/deep/a.txt", False),
            ("sub/**", "sub/deep/a.txt", True),
            ("!sub/", "a.txt", True),
            ("!sub/", "sub/a.txt", False),
            ("!*.docx", "a.docx", False),
        ],
    )
    def test_patterns(self, tree, resolver, pattern, path, ignored):
        tree({"reportlint.toml": f'[per-file-ignores]\n"{pattern}" = ["PH", "paid-content-tag"]'})
        config = resolver().for_file(path)
        rules = {"SC001", "RL005"} if ignored else DEFAULT
        assert set(config.settings_for(path).active) - ALWAYS == rules
        assert set(config.settings.active) - ALWAYS == DEFAULT

    def test_settings_stay_the_same_where_nothing_is_ignored(self, tree, resolver):
        tree({"reportlint.toml": '[per-file-ignores]\n"*.md" = ["PH"]\n"*.txt" = ["FM"]'})
        config = resolver().for_file("a.docx")
        assert config.settings_for("a.docx") is config.settings
        assert config.settings_for("a.txt") is config.settings
        assert config.settings_for("a.md") is not config.settings

    def test_a_file_may_match_several(self, tree, resolver):
        tree({"reportlint.toml": '[per-file-ignores]\n"*.md" = ["PH"]\n"sub/" = ["PW"]'})
        config = resolver().for_file("sub/a.md")
        assert set(config.settings_for("sub/a.md").active) - ALWAYS == {"SC001", "RL005"}

    def test_all_rules_may_be_ignored_but_not_that_it_cannot_be_read(self, tree, resolver):
        tree({"reportlint.toml": '[per-file-ignores]\n"*.md" = ["ALL"]'})
        assert set(resolver().for_file("a.md").settings_for("a.md").active) == ALWAYS

    def test_paths_are_seen_from_the_configuration_file(self, tree, resolver):
        root = tree({"sub/reportlint.toml": '[per-file-ignores]\n"/a.txt" = ["PH"]'})
        config = resolver(cwd="sub").for_file("a.txt")
        for path in ("a.txt", f"{root}/sub/a.txt"):
            assert "PH001" not in config.settings_for(path).active
        assert "PH001" in config.settings_for("deep/a.txt").active

    def test_those_of_a_base_count_as_well(self, tree, resolver):
        tree(
            {
                "base.toml": '[per-file-ignores]\n"*.md" = ["PH"]',
                "reportlint.toml": 'extend = "base.toml"\n[per-file-ignores]\n"*.md" = ["PW"]',
            }
        )
        config = resolver().for_file("a.md")
        assert set(config.settings_for("a.md").active) - ALWAYS == {"SC001", "RL005"}

    def test_a_broken_pattern_is_an_error(self, tree, resolver):
        tree({"reportlint.toml": '[per-file-ignores]\n"[a" = ["PW"]'})
        with pytest.raises(ConfigError, match=r"^reportlint.toml:2: '\[a' is not a file pattern$"):
            resolver().for_file("a.md")
