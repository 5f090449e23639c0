"""What an editor may set, under ``reportlint`` in its settings or when it starts the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from reportlint.config import Options
from reportlint.i18n import Bilingual
from reportlint.ruleset import LANGUAGES
from reportlint.suggest import suggest

SECTION = "reportlint"

_WORDS = {"select": "select", "ignore": "ignore", "extendSelect": "extend_select"}
_TEXTS = {"lang": "lang", "config": "config"}
KEYS = (*_TEXTS, *_WORDS)


class Read(NamedTuple):
    """Options, and what was wrong with settings that do not count therefore."""

    options: Options
    problems: tuple[Bilingual, ...] = ()


def read(raw: Any, base: Options) -> Read:
    """Return ``base``, the options of the command line, with what an editor sets beside them.

    ``raw`` is whatever came over the wire: the section itself, or an object that has it.
    """
    if raw is None:
        return Read(base)
    if isinstance(raw, Mapping) and SECTION in raw:
        raw = raw[SECTION]
        if raw is None:
            return Read(base)
    if not isinstance(raw, Mapping):
        return Read(
            base,
            (
                {
                    "zh": f"编辑器设置 {SECTION} 应为对象",
                    "en": f"the editor's setting {SECTION} must be an object",
                },
            ),
        )
    fields: dict[str, Any] = {}
    problems: list[Bilingual] = []
    for key, value in raw.items():
        if key in _WORDS:
            if value is None:
                continue
            if isinstance(value, list) and all(isinstance(word, str) for word in value):
                fields[_WORDS[key]] = tuple(value)
                continue
            zh, en = "应为字符串数组", "must be an array of strings"
        elif key in _TEXTS:
            if value in (None, ""):
                continue
            if isinstance(value, str) and (key != "lang" or value in LANGUAGES):
                fields[_TEXTS[key]] = value
                continue
            zh, en = "应为字符串", "must be a string"
            if key == "lang":
                zh, en = f"应为 {'、'.join(LANGUAGES)} 之一", f"must be {' or '.join(LANGUAGES)}"
        else:
            hint = suggest(key, KEYS)
            problems.append(
                {
                    "zh": f"编辑器设置中有未知的 {SECTION}.{key}{hint[0]}",
                    "en": f"unknown setting {SECTION}.{key} of the editor{hint[1]}",
                }
            )
            continue
        problems.append(
            {
                "zh": f"编辑器设置 {SECTION}.{key} {zh}",
                "en": f"the editor's setting {SECTION}.{key} {en}",
            }
        )
    return Read(base._replace(**fields), tuple(problems))
