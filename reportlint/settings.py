"""What one run over one document needs to know, resolved and frozen."""

from __future__ import annotations

from reportlint.findings import Severity
from reportlint.lean import NamedTuple
from reportlint.ruleset import RuleSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportlint.readers import Other


class Settings(NamedTuple):
    """Everything that ``engine.lint`` depends on besides the document.

    ``active``      codes of the rules that run
    ``severities``  code -> severity, where the configuration changes a rule's own
    ``kind``        the report kind, or None to read it off the draft
    ``lang``        ``zh`` or ``en``: the language of messages
    ``redact``      True: no text of the draft in messages, data or fixes
    ``readers``     format -> reader, for the formats that plugins bring
    """

    ruleset: RuleSet
    active: frozenset[str]
    severities: Mapping[str, Severity] = {}
    kind: str | None = None
    lang: str = "zh"
    redact: bool = False
    readers: Mapping[str, Other] = {}


def matches(code: str, selector: str) -> bool:
    """Return whether ``selector`` selects ``code``: ``ALL``, a whole code or its beginning."""
    return selector == "ALL" or code.startswith(selector)


def selected(ruleset: RuleSet, selector: str) -> frozenset[str]:
    """Return the codes of the rules that ``selector`` selects, be it a name of one; maybe none."""
    return frozenset(
        code
        for code, rule in ruleset.rules.items()
        if matches(code, selector) or rule.name == selector
    )


def default_active(ruleset: RuleSet) -> frozenset[str]:
    """Return the codes of the rules that run unless something else is asked for."""
    return frozenset(code for code, rule in ruleset.rules.items() if rule.enabled)
