"""Keys and types of a configuration file: every mistake has its line."""

from __future__ import annotations

import pytest

from reportlint.config import OPTIONS, Options
from reportlint.config.options import Type
from reportlint.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slect = []", "1: unknown key 'slect'; did you mean 'select'?"),
        ("extend_select = []", "1: unknown key 'extend_select'; did you mean 'extend-select'?"),
        ("# x\nzzz = 1", "2: unknown key 'zzz'"),
        (
            "[per-file-ignore]\n",
            "1: unknown key 'per-file-ignore'; did you mean 'per-file-ignores'?",
        ),
        ('select = "PH"', "1: select must be an array of rule codes or rule names"),
        ("select = [1]", "1: select must be an array of rule codes or rule names"),
        ('ignore = [""]', "1: ignore must be an array of rule codes or rule names"),
        ('jobs = 1\nlang = "fr"', '2: lang must be one of "zh", "en"'),
        ('fail-on = "off"', '1: fail-on must be one of "error", "warning", "info"'),
        ('output-format = "xml"', '1: output-format must be one of "full", "concise"'),
        ("ambiguous-width = 3", "1: ambiguous-width must be one of 1, 2"),
        ("ambiguous-width = true", "1: ambiguous-width must be one of 1, 2"),
        ("ambiguous-width = 1.0", "1: ambiguous-width must be one of 1, 2"),
        ("max-warnings = -1", "1: max-warnings must be a whole number from 0 on"),
        ("max-warnings = true", "1: max-warnings must be a whole number from 0 on"),
        ("jobs = 0", "1: jobs must be a whole number from 1 on"),
        ("redact = 1", "1: redact must be true or false"),
        ('kind = ""', "1: kind must be a string that is not empty"),
        ("extend = []", "1: extend must be a string that is not empty"),
        ("exclude = [[]]", "1: exclude must be an array of strings"),
        ("severity = 1", "1: severity must be a table of rules and severities"),
        (
            '[severity]\nPH = "warn"',
            '2: severity.PH must be one of "error", "warning", "info", "off"',
        ),
        ("[severity]\nPH = []", '2: severity.PH must be one of "error", "warning", "info", "off"'),
        ("per-file-ignores = []", "1: per-file-ignores must be a table of file patterns"),
        (
            '[per-file-ignores]\n\n"*.md" = "PH"',
            "3: per-file-ignores.*.md must be an array of rule",
        ),
        ('[per-file-ignores]\n"" = ["PH"]', "2: per-file-ignores has an empty key"),
        ("kinds = 3", "1: kinds must be a table"),
        ("[kinds]\nx = 3", "2: kinds.x must be a table"),
        ("[kinds.x]\ntitle = []", "2: kinds.x has an unknown key 'title'; did you mean 'titles'?"),
        ("[kinds.x]\ntitles = 3", "2: kinds.x.titles must be an array of strings"),
        ('kinds."述职报告".titles = 3', "1: kinds.述职报告.titles must be an array of strings"),
        ('[sections.x]\ntitle = "x"', "2: sections.x.title must be a table with zh and en"),
        (
            '[sections.x]\ntitle = { zh = "x" }',
            "2: sections.x.title must be a table with zh and en",
        ),
        ("[sections.x]\ncue = []", "2: sections.x has an unknown key 'cue'; did you mean 'cues'?"),
        ('kind = "述职报"', "1: there is no kind '述职报'; did you mean '述职报告'?"),
        ('exclude = ["a",\n"[z"]', "2: '[z' is not a file pattern"),
        ('include = ["\\\\"]', "1: '\\\\' is not a file pattern"),
        ('extend-exclude = ["[b-a]*"]', "1: '[b-a]*' is not a file pattern"),
        ('rules = ["no/*.toml"]', "1: no file matches 'no/*.toml'"),
    ],
)
def test_mistakes(tree, resolver, text, message):
    tree({"reportlint.toml": text})
    with pytest.raises(ConfigError) as caught:
        resolver().for_file("a.txt")
    assert str(caught.value).startswith(f"reportlint.toml:{message}")
    assert "\n" not in str(caught.value)


def test_lines_of_a_project_file(tree, resolver):
    tree(
        {"pyproject.toml": '[tool.x]\nslect = 1\n\n[tool.reportlint]\nselect = ["PH"]\nslect = 1\n'}
    )
    with pytest.raises(ConfigError, match=r"^pyproject.toml:6: unknown key 'slect'"):
        resolver().for_file("a.txt")


def test_a_mistake_in_a_base_has_the_place_of_the_base(tree, resolver):
    tree({"base.toml": "\njobs = 0", "reportlint.toml": 'extend = "base.toml"'})
    with pytest.raises(ConfigError, match=r"^base.toml:2: jobs must be"):
        resolver().for_file("a.txt")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": "fr"}, '--lang: must be one of "zh", "en"'),
        ({"lang": "en", "fail_on": "bad"}, '--fail-on: must be one of "error", "warning", "info"'),
        ({"lang": "en", "max_warnings": -1}, "--max-warnings: must be a whole number from 0 on"),
        ({"lang": "en", "jobs": 0}, "--jobs: must be a whole number from 1 on"),
        (
            {"lang": "en", "kind": "述职报"},
            "--kind: there is no kind '述职报'; did you mean '述职报告'?",
        ),
    ],
)
def test_mistakes_on_the_command_line(resolver, options, message):
    with pytest.raises(ConfigError) as caught:
        resolver(environ={"LANG": "en_US"}, **options).for_file("a.txt")
    assert str(caught.value) == message


def test_every_value_of_the_command_line_is_a_setting():
    keys = {option.key for option in OPTIONS}
    own = {"config", "isolated"}
    assert {field.replace("_", "-") for field in Options._fields} - own <= keys


def test_the_command_line_goes_before_the_file(tree, resolver):
    tree(
        {
            "reportlint.toml": 'kind = "工作总结"\nfail-on = "info"\nmax-warnings = 1\njobs = 1\n'
            'output-format = "json"\nrespect-gitignore = false\nredact = true'
        }
    )
    given = resolver(
        kind="述职报告",
        fail_on="warning",
        max_warnings=2,
        jobs=2,
        output_format="concise",
        respect_gitignore=True,
        redact=False,
        force_exclude=True,
    )
    config = given.for_file("a.txt")
    assert config.settings.kind == "述职报告"
    assert config.settings.redact is False
    assert config.fail_on.label == "warning"
    assert (config.max_warnings, config.jobs, config.output_format) == (2, 2, "concise")
    assert (config.respect_gitignore, config.force_exclude) == (True, True)
    plain = resolver().for_file("a.txt")
    assert plain.settings.kind == "工作总结"
    assert plain.settings.redact is True
    assert (plain.max_warnings, plain.jobs, plain.output_format) == (1, 1, "json")
    assert (plain.respect_gitignore, plain.force_exclude) == (False, False)


def test_options_say_what_they_are_for_in_both_languages():
    for option in OPTIONS:
        assert set(option.help) == {"zh", "en"}
        assert all(option.help.values())
        assert (option.type is Type.CHOICE) == bool(option.choices)
