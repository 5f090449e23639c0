"""The schema against the loader: what one takes the other takes, and what one refuses both do."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from reportlint import config, packs
from reportlint.cli import main
from reportlint.config import OPTIONS, Options, Resolver
from reportlint.config.options import BY_KEY, KIND_KEYS, LEVELS, SECTION_KEYS, Type
from reportlint.config.render import _toml
from reportlint.config.schema import schema
from reportlint.errors import ConfigError
from reportlint.suppress.entries import KEYS

SCHEMA = schema(packs.builtin(), "zh")
VALIDATOR = jsonschema.Draft7Validator(
    SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
)


def plain(value: Any) -> Any:
    """A value of TOML as editors give it to a schema: dates are strings."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def takes(folder: Path, values: Mapping[str, Any]) -> bool:
    """Whether the loader takes a configuration."""
    text = "".join(f"{_toml_line(key, value)}\n" for key, value in values.items())
    (folder / "reportlint.toml").write_text(text, encoding="utf-8")
    try:
        Resolver(Options(lang="en"), str(folder), {}).for_file("a.txt")
    except ConfigError:
        return False
    return True


def _toml_line(key: str, value: Any) -> str:
    return f"{json.dumps(key)} = {_toml(value)}"


class TestSchema:
    def test_is_one(self) -> None:
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_has_every_option_with_its_meaning(self, lang: str) -> None:
        properties = schema(packs.builtin(), lang)["properties"]
        assert {key: one["description"] for key, one in properties.items()} == {
            option.key: option.help[lang] for option in OPTIONS
        }
        for option in OPTIONS:
            default = properties[option.key].get("default")
            if default is not None:
                wanted = option.default
                assert default == (list(wanted) if isinstance(wanted, tuple) else wanted)

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_takes_what_init_writes(self, lang: str) -> None:
        template = config.template(lang)
        assert tomllib.loads(template) == {}
        assert VALIDATOR.is_valid({})
        rows = [row.removeprefix("#") for row in template.split("\n")]
        values = plain(tomllib.loads("\n".join(rows)))
        assert values.keys() == {option.key for option in OPTIONS}
        assert [error.message for error in VALIDATOR.iter_errors(values)] == []

    def test_the_command_prints_it_with_the_rules_in_force(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        monkeypatch.delenv("LC_ALL", raising=False)
        assert main(["schema", "--lang", "zh"]) == 0
        made = json.loads(capfd.readouterr().out)
        assert made == json.loads(json.dumps(SCHEMA))
        rule = (Path(__file__).parent / "plugin/reportlint_house/rules/house.toml").read_text(
            encoding="utf-8"
        )
        (tmp_path / "own.toml").write_text(rule.partition("# A rule without")[0], encoding="utf-8")
        (tmp_path / "reportlint.toml").write_text('rules = ["own.toml"]\n', encoding="utf-8")
        assert main(["schema", "--lang", "en"]) == 0
        made = json.loads(capfd.readouterr().out)
        assert {"HX", "HX001", "former-office-name"} <= set(
            made["else"]["properties"]["select"]["items"]["enum"]
        )


GOOD = [
    "",
    'select = ["ALL", "P", "PH001", "letter-slot"]',
    'ignore = ["PH", "RL005", "RL"]',
    '[severity]\nPH = "off"\nRL001 = "warning"\nALL = "info"\nletter-slot = "error"',
    '[per-file-ignores]\n"a/" = ["PH"]\n"!b/" = []',
    'output-format = "sarif"\nambiguous-width = 2\njobs = 1\nmax-warnings = 0\nredact = true',
    "plugins = true",
    "plugins = []",
    'include = ["*.txt"]\nexclude = []\nextend-exclude = ["a/"]\nkind = "述职报告"',
    '[kinds."值班报告"]\ntitles = ["值班"]\nextend-openings = []\nsections = ["work"]',
    '[sections.duty]\ntitle = { zh = "值班", en = "duty" }\nheadings = ["值班"]',
    '[[suppress]]\ncode = "PH001"\ntext = "XX"\nprefix = "a"\nexpires = 2030-12-31\npath = "a.txt"',
]
BAD = [
    "selects = []",
    'select = "PH"',
    'select = [""]',
    'select = ["ZZ"]',
    'select = ["ph001"]',
    'ignore = ["RL001"]',
    'extend-select = ["letter"]',
    '[severity]\nPH = "fatal"',
    '[severity]\nRL001 = "off"',
    '[severity]\nZZ = "off"',
    '[severity]\n"" = "off"',
    '[per-file-ignores]\n"a/" = ["ZZ"]',
    '[per-file-ignores]\n"" = ["PH"]',
    '[per-file-ignores]\n"a/" = "PH"',
    'output-format = "xml"',
    "output-format = 3",
    "ambiguous-width = 3",
    "ambiguous-width = true",
    "jobs = 0",
    "max-warnings = -1",
    "max-warnings = true",
    'redact = "yes"',
    'plugins = "x"',
    "plugins = [3]",
    'lang = "fr"',
    'kind = ""',
    'fail-on = "off"',
    'kinds."x".titles = "x"',
    'kinds.x.title = ["x"]',
    "kinds.x = 3",
    'sections.x.title = { zh = "x" }',
    'suppress = "x"',
    '[suppress]\ncode = "PH"',
    "[[suppress]]",
    '[[suppress]]\ncode = "ZZ"',
    '[[suppress]]\ncode = "RL001"',
    '[[suppress]]\ncode = "PH"\ntext = " "',
    '[[suppress]]\ncode = "PH"\nprefix = "a"',
    '[[suppress]]\ncode = "PH"\nexpires = "soon"',
    '[[suppress]]\ncode = "PH"\nline = 3',
]


@pytest.mark.parametrize("text", GOOD + BAD)
def test_both_agree(text: str, tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text(text, encoding="utf-8")
    try:
        Resolver(Options(lang="en"), str(tmp_path), {}).for_file("a.txt")
        right = True
    except ConfigError:
        right = False
    assert right == (text in GOOD)
    assert VALIDATOR.is_valid(plain(tomllib.loads(text))) == right


def test_names_are_open_where_others_may_come_from_elsewhere() -> None:
    for more in ({"rules": ["a.toml"]}, {"plugins": ["a"]}, {"extend": "a.toml"}):
        assert VALIDATOR.is_valid({"select": ["ZZ001"], "output-format": "tsv", **more})
        assert not VALIDATOR.is_valid({"select": [3], **more})


# Values for every type, right and wrong; names that exist, so that shape alone decides.

WORDS = ("PH", "PH001", "letter-slot", "a", "", " ")
ANY = st.one_of(
    st.booleans(),
    st.integers(-2, 4),
    st.floats(0.5, 0.75),
    st.sampled_from(("error", "off", "zh", "full", "concise", *WORDS)),
    st.just(datetime.date(2030, 12, 31)),
    st.lists(st.sampled_from((*WORDS, 3)), max_size=2),
    st.dictionaries(st.sampled_from(("zh", "en", "a")), st.sampled_from(("x", "", 3)), max_size=3),
)
SELECTORS = st.lists(st.sampled_from(("PH", "PH001", "letter-slot", "ALL")), max_size=2)
RIGHT: Mapping[Type, st.SearchStrategy[Any]] = {
    Type.TEXT: st.sampled_from(("full", "json")),
    Type.WORDS: st.lists(st.sampled_from(("*.txt", "a/")), max_size=2),
    Type.SELECTORS: SELECTORS,
    Type.BOOL: st.booleans(),
    Type.COUNT: st.integers(0, 3),
    Type.POSITIVE: st.integers(1, 3),
    Type.CHOICE: st.sampled_from(("zh", "en", "error", "info", 1, 2)),
    Type.LEVELS: st.dictionaries(
        st.sampled_from(("PH001", "PW", "letter-slot")), st.sampled_from(LEVELS) | ANY, max_size=2
    ),
    Type.IGNORES: st.dictionaries(st.sampled_from(("a/", "!b/", "")), SELECTORS | ANY, max_size=2),
    Type.PLUGINS: st.sampled_from((True, False, [])),
    Type.ENTRIES: st.lists(
        st.dictionaries(
            st.sampled_from((*KEYS, "path", "line")),
            st.sampled_from(("PH", "a", " ", "", 3)),
            max_size=4,
        ),
        max_size=2,
    ),
    Type.TABLES: st.dictionaries(
        st.sampled_from(("述职报告", "work")),
        st.dictionaries(
            st.sampled_from((*KIND_KEYS, *SECTION_KEYS, "line")),
            st.lists(st.sampled_from(("work", "")), max_size=1) | ANY,
            max_size=3,
        ),
        max_size=2,
    ),
}
NAMING = ("extend", "rules", "plugins", "kind", "baseline")
"""Options that name files, plugins and kinds, which have to exist."""


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, Any]:
    keys = [option.key for option in OPTIONS if option.key not in NAMING]
    chosen = draw(st.lists(st.sampled_from(keys), max_size=3, unique=True))
    return {key: draw(RIGHT[BY_KEY[key].type] | ANY) for key in chosen}


NO_SHAPE = ("select", "ignore", "kinds", "sections", "suppress", "include", "exclude")
"""Options that the loader may refuse for what no schema can say: that no rule is left, that a
section can be found by nothing, that a pattern is not one."""


@limits(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=configurations())
def test_what_the_loader_takes_is_valid_and_what_is_not_it_refuses(
    tmp_path: Path, values: dict[str, Any]
) -> None:
    right = takes(tmp_path, values)
    valid = VALIDATOR.is_valid(plain(values))
    if right:
        assert valid
    elif valid:
        assert not values.keys().isdisjoint(NO_SHAPE)
