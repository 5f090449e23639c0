"""The JSON Schema of a configuration file, for editors: made of the table of options.

It says what ``layer.check`` says of shapes, and of names as much as can be known without the file:
those of rules and of formats. Where a file brings more of them from elsewhere (``rules``,
``plugins``, ``extend``), they are left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reportlint.config.options import LEVELS, OPTIONS, Option, Type
from reportlint.config.selection import ALL, ALWAYS
from reportlint.reporters import NAMES as FORMATS
from reportlint.ruleset import LANGUAGES, RuleSet
from reportlint.settings import selected
from reportlint.suppress.entries import KEYS

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the usual tools for TOML read."""

_ELSEWHERE = ("extend", "rules", "plugins")
_TITLE = {"zh": "reportlint 的配置", "en": "Configuration of reportlint"}

_TEXT: Schema = {"type": "string", "minLength": 1}
_WRITTEN: Schema = {"type": "string", "pattern": r"\S"}
_WORDS: Schema = {"type": "array", "items": _TEXT}
_SHAPES: Mapping[Type, Schema] = {
    Type.TEXT: _TEXT,
    Type.WORDS: _WORDS,
    Type.SELECTORS: _WORDS,
    Type.BOOL: {"type": "boolean"},
    Type.COUNT: {"type": "integer", "minimum": 0},
    Type.POSITIVE: {"type": "integer", "minimum": 1},
    Type.BILINGUAL: {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, _TEXT),
        "required": list(LANGUAGES),
        "additionalProperties": False,
    },
    Type.LEVELS: {"type": "object", "additionalProperties": {"enum": list(LEVELS)}},
    Type.IGNORES: {
        "type": "object",
        "propertyNames": {"minLength": 1},
        "additionalProperties": _WORDS,
    },
    Type.PLUGINS: {"anyOf": [{"type": "boolean"}, _WORDS]},
    Type.ENTRIES: {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                **dict.fromkeys(KEYS, _WRITTEN),
                "path": _WRITTEN,
                "expires": {"type": "string", "format": "date"},
            },
            "required": ["code"],
            "dependencies": {"prefix": ["text"], "suffix": ["text"]},
            "additionalProperties": False,
        },
    },
}


def schema(ruleset: RuleSet, lang: str) -> Schema:
    """Return the schema for the rules of ``ruleset``, explained in ``lang``."""
    return {
        "$schema": DIALECT,
        "title": _TITLE[lang],
        "type": "object",
        "properties": {option.key: _property(option, lang) for option in OPTIONS},
        "additionalProperties": False,
        "if": {"anyOf": [{"required": [key]} for key in _ELSEWHERE]},
        "else": {"properties": _names(ruleset)},
    }


def _property(option: Option, lang: str) -> Schema:
    made: Schema = {"description": option.help[lang]}
    default = option.default
    if default not in (None, (), {}):
        made["default"] = list(default) if isinstance(default, tuple) else default
    if option.type is Type.CHOICE:
        made["enum"] = list(option.choices)
    elif option.type is Type.TABLES:
        keys = {key: _SHAPES[type] for key, type in option.keys.items()}
        made |= {
            "type": "object",
            "propertyNames": {"minLength": 1},
            "additionalProperties": {
                "type": "object",
                "properties": keys,
                "additionalProperties": False,
            },
        }
    else:
        made |= _SHAPES[option.type]
    return made


def _names(ruleset: RuleSet) -> Schema:
    """Return what the names of rules and formats can be where they all are known."""
    on, off = _selectors(ruleset, ()), _selectors(ruleset, ALWAYS)
    return {
        "output-format": {"enum": list(FORMATS)},
        "select": {"items": {"enum": on}},
        "extend-select": {"items": {"enum": on}},
        "ignore": {"items": {"enum": off}},
        "per-file-ignores": {"additionalProperties": {"items": {"enum": off}}},
        "severity": {
            "propertyNames": {"enum": on},
            "properties": {
                name: {"enum": [level for level in LEVELS if level != "off"]}
                for name in on
                if name not in off
            },
        },
        "suppress": {"items": {"properties": {"code": {"enum": off}}}},
    }


def _selectors(ruleset: RuleSet, without: Iterable[str]) -> list[str]:
    """Return all that selects a rule, but not what selects nothing but one of ``without``."""
    names = {ALL}
    for code, rule in ruleset.rules.items():
        names |= {rule.name, *(code[:length] for length in range(1, len(code) + 1))}
    alone = set(without)
    return sorted(
        name
        for name in names
        if not (len(codes := selected(ruleset, name)) == 1 and codes <= alone)
    )
