"""Selectors to rules: which rules run, and how bad what they find is.

As in ruff: the layers are taken one after the other, the command line last. A layer with ``select``
begins anew; ``extend-select`` adds, ``ignore`` takes away. Within one layer the more specific
selector wins, and of equally specific ones ``ignore``.
"""

from __future__ import annotations

from reportlint.config.layer import Layer
from reportlint.config.options import OFF
from reportlint.findings import Severity
from reportlint.lean import NamedTuple
from reportlint.ruleset import RuleSet
from reportlint.settings import default_active, selected
from reportlint.suggest import suggest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


ALWAYS = frozenset(("RL001", "RL002", "RL003", "RL004"))
"""Rules that say that a file was not checked, or not fully. Nothing switches them off."""

ALL = "ALL"
_WHOLE = 1000


class Selection(NamedTuple):
    """The codes of the rules that run, and the severities that differ from the rules' own."""

    active: frozenset[str]
    severities: dict[str, Severity]


def resolve(
    ruleset: RuleSet, layers: Sequence[Layer], implied: frozenset[str] = frozenset()
) -> Selection:
    """Apply the layers, the last one last. Raises ConfigError for a selector without rules.

    ``implied`` are codes that another setting asks for: they run unless they are ignored.
    """
    implied &= ruleset.rules.keys()
    active = set(default_active(ruleset))
    severities: dict[str, Severity] = {}
    off: set[str] = set()
    for layer in layers:
        wanted = [
            *_given(ruleset, layer, "select", on=True),
            *_given(ruleset, layer, "extend-select", on=True),
            *_given(ruleset, layer, "ignore", on=False),
        ]
        # sorted() keeps the order of what is equally specific
        switched = {
            code: on
            for selector, codes, on in sorted(wanted, key=lambda one: _specificity(ruleset, one[0]))
            for code in codes
        }
        if "select" in layer.values:
            active = set(implied)
        for code, on in switched.items():
            if on:
                active.add(code)
                off.discard(code)
            else:
                active.discard(code)
        for code, level in _levels(ruleset, layer).items():
            if level == OFF:
                off.add(code)
            else:
                off.discard(code)
                severities[code] = Severity.parse(level)
    return Selection((frozenset(active) - off) | ALWAYS.intersection(ruleset.rules), severities)


def codes_of(
    ruleset: RuleSet, layer: Layer, keys: Sequence[str | int], selector: str, *, off: bool
) -> frozenset[str]:
    """Return the codes of the rules that the selector at ``keys`` selects.

    ``off``: to be switched off, so that the rules of ``ALWAYS`` stay out. Raises ConfigError for a
    selector that selects nothing, or that means one of these.
    """
    codes = selected(ruleset, selector)
    if not codes:
        names = (rule.name for rule in ruleset.rules.values())
        families = (code.rstrip("0123456789") for code in ruleset.rules)
        hint = suggest(selector, (*ruleset.rules, *names, *families, ALL))
        raise layer.fault(
            keys, f"没有规则“{selector}”{hint[0]}", f"no rule is selected by {selector!r}{hint[1]}"
        )
    if off and len(codes) == 1 and codes <= ALWAYS:
        raise layer.fault(
            keys,
            f"{selector} 报告没有查完的文件，不能关闭",
            f"{selector} reports files that were not fully checked and cannot be switched off",
        )
    return codes - ALWAYS if off else codes


def _given(
    ruleset: RuleSet, layer: Layer, key: str, *, on: bool
) -> Iterator[tuple[str, frozenset[str], bool]]:
    for number, selector in enumerate(layer.values.get(key, ())):
        yield selector, codes_of(ruleset, layer, (key, number), selector, off=not on), on


def _levels(ruleset: RuleSet, layer: Layer) -> dict[str, str]:
    table = layer.values.get("severity", {})
    return {
        code: table[selector]
        for selector in sorted(table, key=lambda selector: _specificity(ruleset, selector))
        for code in codes_of(
            ruleset, layer, ("severity", selector), selector, off=table[selector] == OFF
        )
    }


def _specificity(ruleset: RuleSet, selector: str) -> int:
    """Return how specific a selector is: ALL least, then by length, a code or a name most."""
    if selector == ALL:
        return 0
    if selector in ruleset.rules or not any(code.startswith(selector) for code in ruleset.rules):
        return _WHOLE
    return len(selector)
