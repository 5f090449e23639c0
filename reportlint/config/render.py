"""Configuration as people read it: a template to start from, and the settings in force."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reportlint import packs, readers
from reportlint.config import selection
from reportlint.config.options import OPTIONS, Option, Type
from reportlint.config.resolve import Config, Resolved
from reportlint.paths import absolute, printable, shown
from reportlint.reporters.width import Ruler
from reportlint.ruleset import Kind, RuleSet, Section
from reportlint.settings import default_active

_WIDTH = 96
_BARE = re.compile("[A-Za-z0-9_-]+")

_HEAD = {
    "zh": (
        "reportlint 的配置，对本文件夹及其下各级文件夹里的文稿有效；有几份时，只用离文稿最近的。",
        "一个 # 后面是设置及其默认值，去掉 # 即可设置，注明“例”的是例子。两个 # 后面是说明。",
    ),
    "en": (
        "Configuration of reportlint, for the drafts in this folder and in all folders below.",
        "Where there are several such files, only the nearest one to a draft is used.",
        "After one # stands a setting with its default, or an example where it says so.",
        "Take away the # to set it. After two # stands an explanation.",
    ),
}
_EXAMPLE = {"zh": "（例）", "en": " (example)"}
_DEFAULT = {"zh": "默认", "en": "default"}
_SOURCE = {"zh": "配置文件：", "en": "configuration file: "}
_NONE = {"zh": "无", "en": "none"}
_DRAFT = {"zh": "文稿：", "en": "draft: "}
_ACTIVE = {"zh": "运行的规则及其级别", "en": "rules that run, and their severities"}
_IGNORED = {
    "zh": "不对这份文稿运行（per-file-ignores）：",
    "en": "not run on this draft (per-file-ignores): ",
}
_KINDS = {"zh": "文种及其应有的部分", "en": "kinds of reports and the parts that each must have"}


def template(lang: str) -> str:
    """Return a configuration file that sets nothing and explains everything.

    It stays TOML when one ``#`` is taken away at the start of every line.
    """
    ruleset = packs.builtin()
    lines = [row for text in _HEAD[lang] for row in _prose(text)]
    for option in OPTIONS:
        meaning = option.help[lang] + (_EXAMPLE[lang] if option.example else "")
        lines += ["", *_prose(meaning)]
        lines += [f"# {row}".rstrip() for row in _sample(option, ruleset, lang)]
    return "\n".join(lines) + "\n"


def describe(config: Config, path: str | None, lang: str) -> str:
    """Return all settings in force as TOML, each with its origin as a comment."""
    settings = config.settings if path is None else config.settings_for(path)
    ruleset = settings.ruleset
    lines = [f"# {_SOURCE[lang]}{printable(config.source or _NONE[lang])}"]
    if path is not None:
        name = shown(absolute(path, config.cwd), config.cwd)
        lines.insert(0, f"# {_DRAFT[lang]}{printable(name)}")
    lines += [_line(one, config, lang) for one in OPTIONS if one.type is not Type.TABLES]
    lines += ["", f"# {_ACTIVE[lang]}", "[active]"]
    for code in sorted(settings.active):
        rule = ruleset.rules[code]
        level = settings.severities.get(code, rule.severity).label
        lines.append(f'{code} = "{level}"  # {rule.name}')
    ignored = sorted(config.settings.active - settings.active)
    if ignored:
        lines.append(f"# {_IGNORED[lang]}{', '.join(ignored)}")
    lines += ["", f"# {_KINDS[lang]}"]
    for kind in ruleset.kinds.values():
        lines += _part("kinds", kind, config)
    for name in config.values["sections"].value:
        lines += _part("sections", ruleset.sections[name], config)
    return "\n".join(lines) + "\n"


def _prose(text: str) -> list[str]:
    return [f"## {row}" for row in Ruler().wrap(text, _WIDTH)]


def _sample(option: Option, ruleset: RuleSet, lang: str) -> Iterator[str]:
    """Yield the lines that set an option to its default, or to its example."""
    if isinstance(option.default, dict) and option.type is not Type.TABLES:
        yield f"[{option.key}]"
    if option.example:
        yield from option.example.format(lang=lang).split("\n")
    else:
        value = _selectors(ruleset) if option.key == "select" else option.default
        yield from _assignment(option.key, value).split("\n")


def _selectors(ruleset: RuleSet) -> list[str]:
    """Return what ``select`` has to be to give the rules that run by default."""
    chosen = default_active(ruleset) - selection.ALWAYS
    selectors: dict[str, None] = {}
    for code in sorted(chosen, key=list(ruleset.rules).index):
        family = code.rstrip("0123456789")
        whole = all(c in chosen for c in ruleset.rules if c.startswith(family))
        selectors[family if whole else code] = None
    return list(selectors)


def _line(option: Option, config: Config, lang: str) -> str:
    value, origins = config.values[option.key]
    settings = config.settings
    if not origins:
        if option.key == "select":
            value = _selectors(settings.ruleset)
        elif option.key == "include":
            value = [f"*{suffix}" for suffix in readers.FORMATS]
        elif option.key == "lang":
            value = settings.lang
    comment = ", ".join(map(printable, origins)) or _DEFAULT[lang]
    if value is None:
        return f"# {option.key}: {_NONE[lang]}"
    return f"{_assignment(option.key, value, flat=True)}  # {comment}"


def _part(table: str, part: Kind | Section, config: Config) -> Iterator[str]:
    """Yield a kind or a section: all of it where the configuration says something of it."""
    changed: Resolved = config.values[table]
    own = part.id in changed.value
    yield f"[{table}.{_key(part.id)}]" + (f"  # {', '.join(changed.origins)}" if own else "")
    for field, value in part._asdict().items():
        if field != "id" and (own or field == "sections"):
            yield _assignment(field, value, flat=True)


def _assignment(key: str, value: Any, *, flat: bool = False) -> str:
    """Return what sets a key: in one line, or with a list broken over lines where it is long."""
    line = f"{_key(key)} = {_toml(value)}"
    if flat or len(line) <= _WIDTH:
        return line
    rows = [""]
    for item in map(_toml, value):
        if len(rows[-1]) + len(item) + 7 > _WIDTH:
            rows.append("")
        rows[-1] += f" {item},"
    return f"{_key(key)} = [\n" + "".join(f"   {row}\n" for row in rows) + "]"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return json.dumps(printable(value) if isinstance(value, str) else value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _toml(key)
