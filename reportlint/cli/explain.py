"""``reportlint rule`` and ``reportlint kinds``: what there is, for people and for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportlint.cli import terminal
from reportlint.cli.options import Request, UsageError
from reportlint.cli.setup import Setup, setup
from reportlint.findings import Applicability
from reportlint.i18n import Bilingual
from reportlint.prove import fixes_of
from reportlint.ruleset import Rule, RuleSet

if TYPE_CHECKING:
    from rich.console import Console

_WORDS: Mapping[str, Bilingual] = {
    "code": {"zh": "代码", "en": "code"},
    "name": {"zh": "名称", "en": "name"},
    "category": {"zh": "类别", "en": "category"},
    "severity": {"zh": "级别", "en": "severity"},
    "fix": {"zh": "修复", "en": "fix"},
    "message": {"zh": "提示", "en": "Message"},
    "why": {"zh": "为什么", "en": "Why"},
    "help": {"zh": "怎么改", "en": "How to fix"},
    "bad": {"zh": "会报告（括号里是报告的位置）", "en": "Reported (what stands in the brackets)"},
    "good": {"zh": "不报告", "en": "Not reported"},
    "source": {"zh": "依据", "en": "Source"},
    "pack": {"zh": "规则包", "en": "Pack"},
    "off": {"zh": "默认不启用", "en": "off by default"},
    "safe": {"zh": "可自动修复（--fix）", "en": "fixable (--fix)"},
    "unsafe": {
        "zh": "可自动修复，需人工确认（--fix --unsafe-fixes）",
        "en": "fixable, to be looked at (--fix --unsafe-fixes)",
    },
    "none": {"zh": "不能自动修复", "en": "not fixable"},
    "kind": {"zh": "文种", "en": "kind"},
    "sections": {"zh": "必备章节", "en": "sections"},
}
_SEVERITY: Mapping[str, Bilingual] = {
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "警告", "en": "warning"},
    "info": {"zh": "提示", "en": "info"},
}
_STYLE = {"error": "red", "warning": "yellow", "info": "blue"}


def rule(code: str | None, form: str, request: Request) -> int:
    """Explain one rule, or list all."""
    run = setup(request)
    as_json = _wants_json(form)
    if code is None:
        rules = sorted(run.ruleset.rules.values(), key=lambda one: one.code)
        if as_json:
            _print_json([_facts(run.ruleset, one) for one in rules])
        else:
            _table(run, rules)
        return 0
    one = _find(run.ruleset, code)
    if as_json:
        _print_json(_facts(run.ruleset, one))
    else:
        _page(run, one)
    return 0


def kinds(form: str, request: Request) -> int:
    """List the kinds of report and their sections, those of the configuration too."""
    run = setup(request)
    ruleset, lang = run.ruleset, run.lang
    if _wants_json(form):
        _print_json(
            [
                {
                    "kind": kind.id,
                    "sections": [
                        {"id": id, "title": dict(ruleset.sections[id].title)}
                        for id in kind.sections
                    ],
                }
                for kind in ruleset.kinds.values()
            ]
        )
        return 0
    rows = [
        (kind.id, "、".join(f"{ruleset.sections[id].title[lang]} ({id})" for id in kind.sections))
        for kind in ruleset.kinds.values()
    ]
    _print_table(run, ("kind", "sections"), rows)
    return 0


def _wants_json(form: str) -> bool:
    if form not in ("text", "json"):
        raise UsageError(
            f"--output-format 的值“{form}”应为 text 或 json",
            f"--output-format: {form!r} is not text or json",
        )
    return form == "json"


def _find(ruleset: RuleSet, word: str) -> Rule:
    for one in ruleset.rules.values():
        if word.upper() == one.code or word.lower() == one.name:
            return one
    from difflib import get_close_matches

    names = [*ruleset.rules, *(one.name for one in ruleset.rules.values())]
    close = get_close_matches(word.upper(), names, 1) or get_close_matches(word.lower(), names, 1)
    raise UsageError(
        f"没有规则“{word}”" + (f"；是否想看 {close[0]}" if close else ""),
        f"there is no rule {word!r}" + (f"; did you mean {close[0]}?" if close else ""),
    )


def _facts(ruleset: RuleSet, one: Rule) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "category": one.category,
        "severity": one.severity.label,
        "enabled": one.enabled,
        "fix": _fix(ruleset, one),
        "message": dict(one.message),
        "why": dict(one.why),
        "help": dict(one.help),
        "source": one.source,
        "bad": [dict(example) for example in one.bad],
        "good": [dict(example) for example in one.good],
        "pack": one.pack,
        "line": one.line,
    }


def _fix(ruleset: RuleSet, one: Rule) -> str | None:
    """Return the applicability of the rule's fixes as its own examples show it."""
    found = fixes_of(ruleset, one)
    if not found:
        return None
    safe = found == {Applicability.SAFE}
    return Applicability.SAFE.value if safe else Applicability.UNSAFE.value


def _table(run: Setup, rules: Sequence[Rule]) -> None:
    rows = [
        (
            one.code,
            one.name,
            one.category,
            _SEVERITY[one.severity.label][run.lang] if one.enabled else _WORDS["off"][run.lang],
            _fix(run.ruleset, one) or "-",
        )
        for one in rules
    ]
    _print_table(run, ("code", "name", "category", "severity", "fix"), rows)


def _print_table(run: Setup, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(_WORDS[head][run.lang], overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console(run).print(table)


def _page(run: Setup, one: Rule) -> None:
    from rich.padding import Padding
    from rich.text import Text

    lang = run.lang
    label = one.severity.label
    fix = _WORDS[_fix(run.ruleset, one) or "none"][lang]
    facts = [one.category, fix] + ([] if one.enabled else [_WORDS["off"][lang]])
    console = _console(run)
    console.print(
        Text.assemble(
            (one.code, "bold"),
            " ",
            (one.name, "bold"),
            " · ",
            (_SEVERITY[label][lang], _STYLE[label]),
            " · ",
            " · ".join(facts),
        )
    )
    parts = [
        ("message", [one.message[lang]]),
        ("why", [one.why[lang]]),
        ("help", [one.help[lang]] if one.help else []),
        ("bad", [example["text"] for example in one.bad]),
        ("good", [example["text"] for example in one.good]),
        ("source", [one.source]),
        ("pack", [f"{one.pack}:{one.line}"]),
    ]
    for key, texts in parts:
        if texts:
            console.print()
            console.print(Text(_WORDS[key][lang], "bold"))
        for text in texts:
            bullet = "· " if key in ("bad", "good") else ""
            console.print(Padding(Text(bullet + text.rstrip("\n")), (0, 0, 0, 2), expand=False))


def _console(run: Setup) -> Console:
    from rich.console import Console

    colour = terminal.colourful(run.request.color, sys.stdout, os.environ)
    return Console(
        file=sys.stdout,
        width=terminal.width(sys.stdout, os.environ),
        force_terminal=colour,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))
