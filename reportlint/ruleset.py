"""Rules, report kinds and word lists as the checks use them.

Everything here comes out of rule packs (``packs.py``) as plain tables and is only given a shape.
Patterns are compiled when first needed: most drafts never need most of them.
"""

from __future__ import annotations

from reportlint import marks, patterns
from reportlint.findings import Severity
from reportlint.lean import NamedTuple, lru_cache
from reportlint.plan import Plan
from reportlint.words import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from reportlint.checks.model import Check

CATEGORIES: Mapping[str, str] = {
    "PH": "placeholder",
    "PW": "paywall",
    "SC": "section",
    "SQ": "numbering",
    "NM": "percentage",
    "CS": "consistency",
    "FM": "format",
    "WD": "word",
    "RL": "reportlint",
}
"""The families of built-in rules. A pack of the user's own may bring others: see ``category``."""

LANGUAGES = ("zh", "en")

_CALL = patterns.compile(r"\(\?&([a-z][a-z0-9_-]*)\)")
_FIELD = patterns.compile(r"\{([a-z_]+)\}")
_AROUND = patterns.compile(r"\(\?<?[!=][^()]*\)")
"""What in a pattern looks around: the form itself is what is left."""


class Rule(NamedTuple):
    """One rule: what it is called, what it says, why, and the examples that prove it.

    ``patterns`` is empty for a rule whose check is Python code in ``reportlint/checks/``.
    ``layer`` is ``raw`` for what is searched before site markers are taken out, else ``clean``.
    ``requires`` are literals of which one must occur before a pattern is tried. ``begins`` and
    ``needs`` have for each pattern what the functions of ``needs.py`` found out about it, or are
    empty.
    ``unless`` are patterns; a match that overlaps one of theirs is not reported.
    ``extent`` is ``match``, ``bracket`` or ``line``: how far a match grows when it is reported.
    ``trusted`` is False for packs of the user's own: their patterns run with a time limit.
    """

    code: str
    name: str
    category: str
    severity: Severity
    layer: str
    patterns: tuple[str, ...]
    requires: tuple[str, ...]
    unless: tuple[str, ...]
    extent: str
    fix: str | None
    enabled: bool
    message: Mapping[str, str]
    why: Mapping[str, str]
    help: Mapping[str, str]
    source: str
    bad: tuple[Mapping[str, Any], ...]
    good: tuple[Mapping[str, Any], ...]
    pack: str
    line: int
    trusted: bool
    begins: tuple[marks.Ranges, ...] = ()
    needs: tuple[tuple[tuple[str, ...], ...], ...] = ()

    def say(self, lang: str, fields: Mapping[str, Any]) -> str:
        """Return the message in ``lang`` with ``{field}`` replaced; unknown fields stay."""
        template = self.message.get(lang) or self.message["zh"]
        return fill(template, fields)


class Section(NamedTuple):
    """A part that some kind of report must have. All patterns are searched, not matched whole.

    ``headings``  in a heading, they make it a heading of this section
    ``cues``      in a sentence, they say that the sentence speaks of it
    ``substance`` in a passage with a cue, they say that it says something
    ``empty``     phrases taken out before looking for substance: they only wish
    ``marks``     cues that count anywhere in the text
    ``region``    the part of the text in which ``cues`` count, as shares of its length
    """

    id: str
    title: Mapping[str, str]
    headings: tuple[str, ...]
    cues: tuple[str, ...]
    substance: tuple[str, ...]
    empty: tuple[str, ...]
    marks: tuple[str, ...] = ()
    region: tuple[float, float] = (0.0, 1.0)


class Kind(NamedTuple):
    """A kind of report. ``titles`` and ``openings`` are patterns, the first kind that fits wins."""

    id: str
    titles: tuple[str, ...]
    openings: tuple[str, ...]
    sections: tuple[str, ...]


class Term(NamedTuple):
    """A name or phrase that was in force for a time. All texts are literals, not patterns.

    ``starts`` and ``ends`` are the first and the last day, ``YYYY-MM-DD``, or empty where open.
    ``since`` is the document that brought or ended it, ``replacement`` what is used today, or
    empty. A sentence with one of the words of ``unless`` is about something else.
    """

    term: str
    starts: str
    ends: str
    since: str
    replacement: str
    unless: tuple[str, ...] = ()


class RuleSet:
    """All rules of a run, the kinds and the word lists. Built once, read by every check.

    ``named`` are the terms by name, of two with one name the later.
    ``searched`` are the pattern rules by layer, ``markers`` the codes of what sites leave behind.
    ``checks`` are those that plugins bring, besides the ones of the package.
    """

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        kinds: Iterable[Kind] = (),
        sections: Iterable[Section] = (),
        lists: Mapping[str, Sequence[str]] | None = None,
        fragments: Mapping[str, str] | None = None,
        terms: Iterable[Term] = (),
        checks: Iterable[Check] = (),
    ) -> None:
        self.rules: dict[str, Rule] = {rule.code: rule for rule in rules}
        self.kinds: dict[str, Kind] = {kind.id: kind for kind in kinds}
        self.sections: dict[str, Section] = {section.id: section for section in sections}
        self.lists: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in (lists or {}).items()}
        self.fragments: dict[str, str] = dict(fragments or {})
        self.terms: tuple[Term, ...] = tuple(terms)
        self.named = {term.term: term for term in self.terms if term.term}
        self.searched: dict[str, tuple[Rule, ...]] = {}
        self.markers = frozenset(
            code
            for code, rule in self.rules.items()
            if rule.category == "paywall" and rule.layer == "raw" and rule.enabled
        )
        for rule in self.rules.values():
            if rule.patterns:
                self.searched[rule.layer] = (*self.searched.get(rule.layer, ()), rule)
        self.checks: tuple[Check, ...] = tuple(checks)
        self._compiled: dict[tuple[str, bool], Any] = {}
        self._any_of: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._expanded: dict[str, str] = {}
        self._words: dict[str, Words] = {}
        self._forms: dict[str, list[tuple[str, str]]] | None = None
        self._marks: re.Pattern[str] | None = None
        self._plans: dict[tuple[str, frozenset[str]], tuple[Sequence[Check], Plan]] = {}

    @property
    def marks(self) -> re.Pattern[str]:
        """What finds the marks of a text."""
        if self._marks is None:
            begins = [ranges for rule in self.rules.values() for ranges in rule.begins]
            self._marks = marks.scan(filter(marks.is_mark, begins))
        return self._marks

    def plan(self, layer: str, active: frozenset[str], checks: Sequence[Check]) -> Plan:
        """Return what can find something active in a layer: of ``checks``, of those that plugins
        bring, and of the patterns of rules."""
        known = self._plans.get((layer, active))
        if known is not None and known[0] is checks:
            return known[1]
        wanted = [
            check
            for check in (*checks, *self.checks)
            if check.layer == layer and not active.isdisjoint(check.codes)
        ]
        plan = Plan([r for r in self.searched.get(layer, ()) if r.code in active], wanted)
        self._plans[layer, active] = checks, plan
        return plan

    @property
    def forms(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The forms that are not recommended, with the recommended ones and the patterns."""
        if self._forms is None:
            self._forms = {}
            for pair in self.lists.get("two-forms", ()):
                right, _, wrong = pair.partition("/")
                self._forms.setdefault(_AROUND.sub("", wrong), []).append((right, wrong))
        return self._forms

    @property
    def vocabulary(self) -> Words:
        """All words that are looked for in every draft: one search for many checks."""
        return self.words("", lambda: (*self.lists.get("pw-trigger", ()), *self.forms))

    def words(self, name: str, make: Callable[[], Iterable[str]] | None = None) -> Words:
        """Return the list ``name``, or the words that ``make`` gives for it, ready to be found."""
        words = self._words.get(name)
        if words is None:
            words = self._words[name] = Words(self.lists[name] if make is None else make())
        return words

    def __reduce__(self) -> tuple[Any, ...]:
        # Compiled patterns stay behind: a worker process compiles what it needs.
        return (
            RuleSet,
            (
                tuple(self.rules.values()),
                tuple(self.kinds.values()),
                tuple(self.sections.values()),
                self.lists,
                self.fragments,
                self.terms,
                self.checks,
            ),
        )

    def expand(self, pattern: str) -> str:
        """Replace each ``(?&name)`` by the list or fragment of that name. Raises KeyError."""
        expanded = self._expanded.get(pattern)
        if expanded is not None:
            return expanded

        def alternatives(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in self.fragments:
                return f"(?:{self.expand(self.fragments[name])})"
            words = self.lists[name]
            if all(len(word) == 1 for word in words):
                return "[" + "".join(patterns.escape(word) for word in words) + "]"
            longest_first = sorted(words, key=len, reverse=True)
            return "(?:" + "|".join(patterns.escape(word) for word in longest_first) + ")"

        expanded = self._expanded[pattern] = _CALL.sub(alternatives, pattern)
        return expanded

    def compile(self, pattern: str, *, trusted: bool = True) -> Any:
        """Return ``pattern`` compiled, with the standard library's ``re`` where it is trusted.

        Other patterns are compiled by ``regex``, whose matching can be given a time limit.
        Raises ``re.error`` or ``regex.error`` for a pattern that does not compile, KeyError for an
        unknown ``(?&name)``.
        """
        compiled = self._compiled.get((pattern, trusted))
        if compiled is None:
            source = self.expand(pattern)
            if trusted:
                compiled = patterns.compile(source, patterns.MULTILINE)
            else:
                import regex

                compiled = regex.compile(source, regex.MULTILINE)
            self._compiled[pattern, trusted] = compiled
        return compiled

    def any_of(self, alternatives: Sequence[str]) -> re.Pattern[str]:
        """Return one compiled alternation; without any part, one that never matches."""
        parts = tuple(alternatives)
        compiled = self._any_of.get(parts)
        if compiled is None:
            source = "|".join(map(self._part, parts)) if parts else r"(?!)"
            compiled = self._any_of[parts] = self.compile(source)
        return compiled

    def _part(self, pattern: str) -> str:
        """Return a pattern as it can stand among others between bars.

        If no group is put around them and all that stands between two bars begins with a character,
        ``re`` skips to the next of these characters, which makes a search ten times as fast.
        """
        call = _CALL.fullmatch(pattern)
        if call is not None and call.group(1) in self.fragments:
            return self._part(self.fragments[call.group(1)])
        # flags would count for the other parts too: within a group they are refused
        return f"(?:{pattern})" if pattern.startswith("(?") else pattern


def category(code: str) -> str:
    """Return the category of a rule code: the family's name, or for others the family itself."""
    family = code.rstrip("0123456789")
    return CATEGORIES.get(family, family.lower())


def fill(template: str, fields: Mapping[str, Any]) -> str:
    """Replace each ``{field}`` by its value. Nothing else in the template has a meaning."""
    form = _form(template)
    try:
        return form % fields if form else template
    except KeyError:
        return _FIELD.sub(lambda field: str(fields.get(field[1], field[0])), template)


@lru_cache(maxsize=1024)
def _form(template: str) -> str:
    """Return a template as what ``%`` takes, or nothing where it has no field."""
    pieces = _FIELD.split(template.replace("%", "%%"))
    pieces[1::2] = [f"%({name})s" for name in pieces[1::2]]
    return "".join(pieces) if len(pieces) > 1 else ""
