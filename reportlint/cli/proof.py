"""``reportlint test``: proves rule packs by their own examples."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from reportlint import packs
from reportlint.cli import terminal
from reportlint.cli.options import Request
from reportlint.i18n import language
from reportlint.prove import prove
from reportlint.ruleset import RuleSet

_COUNT = {"zh": "{rules} 条规则，{examples} 个例子", "en": "{rules} rules, {examples} examples"}
_GOOD = {"zh": "，全部通过", "en": ": all hold"}
_BAD = {"zh": "，{failures} 个不通过", "en": ": {failures} fail"}


def test(paths: Sequence[str], request: Request) -> int:
    """Prove the packs at ``paths``, or the built-in ones; return the exit code."""
    lang = request.lang or language(os.environ)
    ruleset, codes = _rules(paths)
    failures = prove(ruleset, codes)
    for failure in failures:
        terminal.error(f"{failure.pack}:{failure.line}: {failure.say(lang)}", lang)
    rules = [ruleset.rules[code] for code in codes]
    count = _COUNT[lang].format(
        rules=len(rules), examples=sum(len(rule.bad) + len(rule.good) for rule in rules)
    )
    outcome = _BAD[lang].format(failures=len(failures)) if failures else _GOOD[lang]
    print(count + outcome, file=sys.stderr if failures else sys.stdout)
    return 2 if failures else 0


def _rules(paths: Sequence[str]) -> tuple[RuleSet, list[str]]:
    """Return a rule set and the codes to prove. Raises PackError."""
    tables = packs.builtin_tables()
    if not paths:
        ruleset = packs.build([tables])
        for rule in ruleset.rules.values():
            packs.compile_rule(ruleset, rule)
        return ruleset, list(ruleset.rules)
    own = packs.load(paths)
    codes = [table["code"] for table in own["rule"]]
    # A built-in pack that is being worked on stands in for the one that is installed.
    others = {**tables, "rule": [t for t in tables["rule"] if t["code"] not in set(codes)]}
    return packs.build([others], own=[own]), codes
