"""Own rule packs, kinds and sections: the built-in rule set with the changes of a configuration."""

from __future__ import annotations

import os

from reportlint import packs
from reportlint.config.layer import Layer
from reportlint.errors import PackError
from reportlint.paths import absolute, shown, slashed
from reportlint.ruleset import LANGUAGES, Kind, RuleSet, Section
from reportlint.suggest import suggest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from reportlint.plugins import Plugins

_EXTEND = "extend-"
_PATTERNS = ("titles", "openings", "headings", "cues", "substance", "empty")


def own_packs(layers: Sequence[Layer]) -> list[str]:
    """Return the packs that the layers name, each once. Raises ConfigError for a glob without any.

    Those of a base configuration come first.
    """
    found: dict[str, None] = {}
    for layer in layers:
        for number, pattern in enumerate(layer.values.get("rules", ())):
            files = _glob(pattern, layer.folder)
            if not files:
                raise layer.fault(
                    ("rules", number),
                    f"“{pattern}”没有匹配任何文件",
                    f"no file matches {pattern!r}",
                )
            found.update(dict.fromkeys(files))
    return list(found)


def with_packs(paths: Sequence[str], cwd: str, plugins: Plugins | None = None) -> RuleSet:
    """Return the built-in rules with those of plugins and own packs, proved. Raises PackError."""
    from reportlint.prove import prove_own

    own = list(plugins.tables) if plugins else []
    for path in paths:
        name = shown(path, cwd)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise PackError(name, 1, f"cannot be read: {error.strerror}") from error
        own.append(packs.parse(name, data))
    checks = plugins.checks if plugins else ()
    ruleset = packs.build([packs.builtin_tables()], own=own, checks=checks)
    prove_own(ruleset)
    return ruleset


def changed(ruleset: RuleSet, layers: Sequence[Layer]) -> RuleSet:
    """Return the rule set with the kinds and sections of the layers; itself where there are none.

    Kinds that are new are tried before the others. Raises ConfigError.
    """
    if not any("kinds" in layer.values or "sections" in layer.values for layer in layers):
        return ruleset
    sections, kinds = dict(ruleset.sections), dict(ruleset.kinds)
    new: dict[str, Kind] = {}
    for layer in layers:
        for name, table in layer.values.get("sections", {}).items():
            title = dict.fromkeys(LANGUAGES, name)
            section = sections.get(name) or Section(name, title, (), (), (), ())
            sections[name] = Section(**_edited(section._asdict(), table))
            if not sections[name].headings and not sections[name].cues:
                raise layer.fault(
                    ("sections", name),
                    f"sections.{name} 既没有 headings 也没有 cues，无从查找",
                    f"sections.{name} has neither headings nor cues to find it by",
                )
        for name, table in layer.values.get("kinds", {}).items():
            place = kinds if name in kinds else new
            kind = place.get(name) or Kind(name, (), (), ())
            place[name] = Kind(**_edited(kind._asdict(), table))
    result = RuleSet(
        ruleset.rules.values(),
        (*new.values(), *kinds.values()),
        sections.values(),
        ruleset.lists,
        ruleset.fragments,
        ruleset.terms,
        ruleset.checks,
    )
    for layer in layers:
        _check(result, layer)
    return result


def _edited(fields: dict[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a kind or a section with those of ``table``, replaced or added to."""
    # "extend-" comes after what it adds to
    for key in sorted(table, key=lambda key: key.startswith(_EXTEND)):
        field = key.removeprefix(_EXTEND)
        if key == "title":
            fields[field] = table[key]
        else:
            fields[field] = (*(fields[field] if field != key else ()), *table[key])
    return fields


def _check(ruleset: RuleSet, layer: Layer) -> None:
    for keys, pattern in _written(layer, _PATTERNS):
        problem = _uncompilable(ruleset, pattern)
        if problem:
            raise layer.fault(
                keys,
                f"正则表达式 {pattern!r} 有误：{problem}",
                f"pattern {pattern!r} does not compile: {problem}",
            )
    for keys, name in _written(layer, ("sections",)):
        if name not in ruleset.sections:
            hint = suggest(name, ruleset.sections)
            raise layer.fault(
                keys, f"没有部分“{name}”{hint[0]}", f"there is no section {name!r}{hint[1]}"
            )


def _written(layer: Layer, fields: Sequence[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where and what each word of these fields is, as the layer gives them."""
    for option in ("sections", "kinds"):
        for name, table in layer.values.get(option, {}).items():
            for key, words in table.items():
                if key.removeprefix(_EXTEND) in fields:
                    for number, word in enumerate(words):
                        yield (option, name, key, number), word


def _uncompilable(ruleset: RuleSet, pattern: str) -> str:
    import re

    try:
        ruleset.compile(pattern)
        # the way it will be used: as one alternative among others
        ruleset.any_of([pattern])
    except KeyError as error:
        return f"(?&{error.args[0]})"
    except re.error as error:
        return str(error)
    return ""


def _glob(pattern: str, folder: str) -> list[str]:
    path = absolute(os.path.expanduser(pattern), folder)
    if os.path.isfile(path):
        return [path]
    from glob import glob

    names = glob(os.path.expanduser(pattern), root_dir=folder, recursive=True)
    paths = (slashed(os.path.normpath(os.path.join(folder, name))) for name in names)
    return sorted(path for path in paths if os.path.isfile(path))
