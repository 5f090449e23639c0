"""Rule packs: TOML files to rules.

``load(paths)`` reads packs strictly: an unknown key, a wrong type, a missing part or a pattern
that does not compile is a PackError with file and line. A pack is data, nothing in it is run.
The built-in packs are also kept as Python literals beside the code (``snapshot.py``, made when the
package is built), since reading TOML would take half the time of checking one draft.
"""

from __future__ import annotations

import os

from reportlint import patterns
from reportlint.errors import PackError
from reportlint.findings import Severity
from reportlint.ruleset import CATEGORIES, LANGUAGES, Kind, Rule, RuleSet, Section, Term, category

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, TypeAlias

    from reportlint.checks.model import Check
    from reportlint.toml_lines import Where

Tables: TypeAlias = "dict[str, Any]"
"""What one or more packs hold: ``rule``, ``section``, ``kind`` and ``term`` are lists of
tables, ``lists`` and ``fragments`` are tables. Each rule table has ``pack`` and ``line`` added."""

SHAPE = 5
"""To be raised when ``parse`` changes what it makes of a pack, so that old snapshots are known."""

_CODE = "[A-Z]{2,6}[0-9]{3}"
_NAME = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_LAYERS = ("raw", "clean")
_EXTENTS = ("match", "bracket", "line")
_FIXES = ("delete",)

_TEXT = "text"
_BILINGUAL = "bilingual"
_WORDS = "words"
_BOOL = "bool"
_EXAMPLES = "examples"
_REGION = "region"
_DATE = "date"

_RULE_KEYS: Mapping[str, str] = {
    "code": _TEXT,
    "name": _TEXT,
    "severity": _TEXT,
    "layer": _TEXT,
    "patterns": _WORDS,
    "requires": _WORDS,
    "unless": _WORDS,
    "extent": _TEXT,
    "fix": _TEXT,
    "enabled": _BOOL,
    "message": _BILINGUAL,
    "why": _BILINGUAL,
    "help": _BILINGUAL,
    "source": _TEXT,
    "bad": _EXAMPLES,
    "good": _EXAMPLES,
}
_RULE_NEEDS = ("code", "name", "severity", "message", "why", "source")
_EXAMPLES_NEEDED = ("bad", "good")
_SECTION_KEYS: Mapping[str, str] = {
    "id": _TEXT,
    "title": _BILINGUAL,
    "headings": _WORDS,
    "cues": _WORDS,
    "substance": _WORDS,
    "empty": _WORDS,
    "marks": _WORDS,
    "region": _REGION,
}
_KIND_KEYS: Mapping[str, str] = {
    "id": _TEXT,
    "titles": _WORDS,
    "openings": _WORDS,
    "sections": _WORDS,
}
_TERM_KEYS: Mapping[str, str] = {
    "term": _TEXT,
    "from": _DATE,
    "to": _DATE,
    "since": _TEXT,
    "replacement": _TEXT,
    "unless": _WORDS,
}
_EXAMPLE_KEYS: Mapping[str, str] = {"text": _TEXT, "format": _TEXT, "kind": _TEXT, "trace": _TEXT}
_ARRAYS = ("rule", "section", "kind", "term")
_TOP = (*_ARRAYS, "lists", "fragments")


def builtin() -> RuleSet:
    """Return the rules that come with the package."""
    return build([builtin_tables()])


def builtin_tables() -> Tables:
    """Return the tables of the built-in packs, from the snapshot where it is up to date."""
    folder = builtin_folder()
    try:
        from reportlint.snapshot import DIGEST, TABLES
    except ImportError:
        pass
    else:
        # What is installed was built in one go, what lies beside a checkout is there to be edited.
        if folder == _installed() or digest(builtin_sources(folder)) == DIGEST:
            tables: Tables = TABLES
            return tables
    return read_builtin(builtin_sources(folder))


def read_builtin(packs: Iterable[tuple[str, bytes]]) -> Tables:
    """Return the tables of packs from their sources, with what their patterns need worked out."""
    from reportlint.needs import begins, needed

    tables = combine(parse(path, data) for path, data in packs)
    ruleset = RuleSet(lists=tables["lists"], fragments=tables["fragments"])
    for table in tables["rule"]:
        try:
            sources = [ruleset.expand(pattern) for pattern in table.get("patterns", ())]
        except KeyError:
            sources = []  # an unknown list is reported when the pattern is compiled
        table["begins"] = tuple(map(begins, sources))
        table["needs"] = tuple(map(needed, sources))
    return tables


def builtin_sources(folder: str) -> list[tuple[str, bytes]]:
    """Return (path, content) of each built-in pack, the path as people know it: ``rules/…``."""
    return [(f"rules/{os.path.basename(path)}", _bytes(path)) for path in pack_files(folder)]


def snapshot(folder: str) -> str:
    """Return the source of ``snapshot.py`` for the packs in ``folder``. Raises PackError."""
    sources = builtin_sources(folder)
    tables = read_builtin(sources)
    ruleset = build([tables])
    for rule in ruleset.rules.values():
        compile_rule(ruleset, rule)
    return f"DIGEST = {digest(sources)}\nTABLES = {tables!r}\n"


def builtin_folder() -> str:
    """Return the folder of the built-in packs: inside an installed package, else beside it."""
    inside = _installed()
    beside = os.path.join(os.path.dirname(os.path.dirname(inside)), "rules")
    return inside if os.path.isdir(inside) else beside


def _installed() -> str:
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "rules")


def pack_files(folder: str) -> list[str]:
    """Return the packs of a folder in name order."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    return [os.path.join(folder, name) for name in names]


def digest(sources: Iterable[tuple[str, bytes]]) -> int:
    """Return a number that changes with the name or the content of any pack, and with SHAPE."""
    from zlib import crc32

    value = SHAPE
    for path, data in sources:
        value = crc32(data, crc32(os.path.basename(path).encode(), value))
    return value


def load(paths: Sequence[str]) -> Tables:
    """Read packs from files. Raises PackError."""
    return combine(parse(path, _bytes(path)) for path in paths)


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise PackError(path, 1, f"cannot be read: {error.strerror}") from error


def combine(packs: Iterable[Tables]) -> Tables:
    """Put the tables of several packs into one."""
    whole: Tables = {name: [] for name in _ARRAYS} | {"lists": {}, "fragments": {}}
    for tables in packs:
        for name in _ARRAYS:
            whole[name] += tables[name]
        for name in ("lists", "fragments"):
            whole[name].update(tables[name])
    return whole


def build(
    packs: Sequence[Tables], *, own: Sequence[Tables] = (), checks: Iterable[Check] = ()
) -> RuleSet:
    """Make a rule set. ``own`` packs are the user's: their rules may not reuse a built-in code.

    ``checks`` find the faults of those rules of theirs that have no patterns.

    Raises PackError for a code that occurs twice or a pattern that does not compile.
    """
    rules: dict[str, Rule] = {}
    whole = combine([*packs, *own])
    for tables, trusted in [(t, True) for t in packs] + [(t, False) for t in own]:
        for table in tables["rule"]:
            rule = _rule(table, trusted)
            if rule.code in rules:
                first = rules[rule.code]
                raise PackError(
                    rule.pack,
                    rule.line,
                    f"code {rule.code} is taken by {first.name} ({first.pack}:{first.line})",
                )
            rules[rule.code] = rule
    ruleset = RuleSet(
        rules.values(),
        (_kind(table) for table in whole["kind"]),
        (_section(table) for table in whole["section"]),
        whole["lists"],
        whole["fragments"],
        (_term(table) for table in whole["term"]),
        checks,
    )
    for rule in rules.values():
        if not rule.trusted:
            compile_rule(ruleset, rule)
    return ruleset


def compile_rule(ruleset: RuleSet, rule: Rule) -> None:
    """Compile every pattern of ``rule``. Raises PackError at the rule's line.

    A repeat without an upper bound is refused: on a long line of the right character it would take
    a time that grows with the square of the length.
    """
    from reportlint.needs import unbounded

    for pattern in (*rule.patterns, *rule.unless):
        try:
            ruleset.compile(pattern, trusted=rule.trusted)
        except KeyError as error:
            message = f"{rule.code}: no list or fragment is named {error.args[0]!r}"
            raise PackError(rule.pack, rule.line, message) from None
        except Exception as error:
            # re and regex raise unrelated classes, and regex ValueError for some mistakes
            message = f"{rule.code}: pattern {pattern!r} does not compile: {error}"
            raise PackError(rule.pack, rule.line, message) from error
        if unbounded(ruleset.expand(pattern)):
            message = f"{rule.code}: pattern {pattern!r} repeats without a bound; write {{0,40}}"
            raise PackError(rule.pack, rule.line, f"{message} or the like, not * or +")


def parse(path: str, data: bytes, checked: frozenset[str] = frozenset()) -> Tables:
    """Turn one pack into tables. Rules with codes in ``checked`` need no patterns.

    Raises PackError.
    """
    from reportlint.toml_lines import TomlError, Where
    from reportlint.toml_lines import parse as parse_toml

    try:
        raw, text = parse_toml(data)
    except TomlError as error:
        raise PackError(path, error.line, str(error)) from error
    where = Where(path, text)
    _known(where, 1, "pack", raw, dict.fromkeys(_TOP, ""))
    tables: Tables = {
        "rule": _array(where, raw, "rule"),
        "section": _array(where, raw, "section"),
        "kind": _array(where, raw, "kind"),
        "term": _array(where, raw, "term"),
        "lists": raw.get("lists", {}),
        "fragments": raw.get("fragments", {}),
    }
    for number, table in enumerate(tables["rule"]):
        line = where.header("rule", number)
        _known(where, line, f"rule {table.get('code', number + 1)}", table, _RULE_KEYS)
        _check_rule(where, line, table, checked)
        table["pack"], table["line"] = path, line
        for key in ("bad", "good"):
            examples = table.get(key, [])
            table[key] = [{"text": e} if isinstance(e, str) else e for e in examples]
    for name, keys in (("section", _SECTION_KEYS), ("kind", _KIND_KEYS)):
        for number, table in enumerate(tables[name]):
            line = where.header(name, number)
            _known(where, line, f"{name} {table.get('id', number + 1)}", table, keys)
            if "id" not in table:
                raise PackError(path, line, f"{name} has no id")
    for number, table in enumerate(tables["term"]):
        _check_term(where, where.header("term", number), number, table)
    for name, words in tables["lists"].items():
        if not _is_words(words) or not words:
            raise PackError(path, where.key(name), f"list {name} must be an array of strings")
    for name, fragment in tables["fragments"].items():
        if not isinstance(fragment, str):
            raise PackError(path, where.key(name), f"fragment {name} must be a string")
    return tables


def _array(where: Where, raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise PackError(where.path, where.key(name), f"{name} must be written as [[{name}]]")
    return [dict(item) for item in value]


def _known(
    where: Where, line: int, what: str, table: Mapping[str, Any], keys: Mapping[str, str]
) -> None:
    for key, value in table.items():
        if key not in keys:
            from difflib import get_close_matches

            close = get_close_matches(key, keys, 1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise PackError(
                where.path, where.key(key, line), f"{what} has an unknown key {key!r}{hint}"
            )
        problem = _wrong_type(value, keys[key])
        if problem:
            raise PackError(where.path, where.key(key, line), f"{what}: {key} must be {problem}")


def _wrong_type(value: Any, wanted: str) -> str:
    """Return what ``value`` should have been, or an empty string if it is right."""
    if wanted == _TEXT:
        return "" if isinstance(value, str) and value else "a string that is not empty"
    if wanted == _BOOL:
        return "" if isinstance(value, bool) else "true or false"
    if wanted == _DATE:
        from datetime import date, datetime

        right = isinstance(value, date) and not isinstance(value, datetime)
        return "" if right else "a date like 2019-03-31, without quotes"
    if wanted == _WORDS:
        return "" if _is_words(value) else "an array of strings"
    if wanted == _BILINGUAL:
        right = (
            isinstance(value, dict)
            and set(value) == set(LANGUAGES)
            and all(isinstance(text, str) and text for text in value.values())
        )
        return "" if right else "a table with zh and en"
    if wanted == _REGION:
        right = (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(share, (int, float)) and 0 <= share <= 1 for share in value)
        )
        return "" if right else "two numbers from 0 to 1"
    if wanted == _EXAMPLES:
        right = isinstance(value, list) and all(
            isinstance(item, str)
            or (isinstance(item, dict) and "text" in item and not set(item) - set(_EXAMPLE_KEYS))
            for item in value
        )
        return (
            "" if right else "an array of strings, or of tables with text, format, kind and trace"
        )
    return ""


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _check_rule(where: Where, line: int, table: Mapping[str, Any], checked: frozenset[str]) -> None:
    what = f"rule {table.get('code', '')}".strip()
    # family RL speaks of the program itself: no draft can show it
    own = str(table.get("code", "")).startswith("RL")
    for key in _RULE_NEEDS if own else _RULE_NEEDS + _EXAMPLES_NEEDED:
        if not table.get(key):
            raise PackError(where.path, line, f"{what} has no {key}")

    def demand(right: bool, key: str, message: str) -> None:
        if not right:
            raise PackError(where.path, where.key(key, line), f"{what}: {message}")

    for key, form, like in (("code", _CODE, "PH001"), ("name", _NAME, "empty-bracket")):
        demand(bool(patterns.fullmatch(form, table[key])), key, f"{key} must be like {like}")
    severities = [severity.label for severity in Severity]
    for key, allowed in (
        ("severity", severities),
        ("layer", _LAYERS),
        ("extent", _EXTENTS),
        ("fix", _FIXES),
    ):
        if key in table:
            demand(table[key] in allowed, key, f"{key} must be one of {', '.join(allowed)}")
    if table["code"].rstrip("0123456789") not in CATEGORIES and table["code"] not in checked:
        demand(bool(table.get("patterns")), "code", "a rule without a built-in check has patterns")


def _check_term(where: Where, line: int, number: int, table: dict[str, Any]) -> None:
    """Validate a term, and write its dates as text, which sorts and can stand in a snapshot."""
    what = f"term {table.get('term', number + 1)}"
    _known(where, line, what, table, _TERM_KEYS)
    for key in ("term", "since"):
        if key not in table:
            raise PackError(where.path, line, f"{what} has no {key}")
    for key in ("from", "to"):
        if key in table:
            table[key] = table[key].isoformat()
    if "from" not in table and "to" not in table:
        raise PackError(where.path, line, f"{what} has neither from nor to")
    if table.get("from", "") > table.get("to", "9999"):
        raise PackError(where.path, line, f"{what}: from is later than to")


def _rule(table: Mapping[str, Any], trusted: bool) -> Rule:
    return Rule(
        code=table["code"],
        name=table["name"],
        category=category(table["code"]),
        severity=Severity.parse(table["severity"]),
        layer=table.get("layer", "clean"),
        patterns=tuple(table.get("patterns", ())),
        requires=tuple(table.get("requires", ())),
        begins=tuple(table.get("begins", ())),
        needs=tuple(table.get("needs", ())),
        unless=tuple(table.get("unless", ())),
        extent=table.get("extent", "match"),
        fix=table.get("fix"),
        enabled=table.get("enabled", True),
        message=table["message"],
        why=table["why"],
        help=table.get("help", {}),
        source=table["source"],
        bad=tuple(table["bad"]),
        good=tuple(table["good"]),
        pack=table["pack"],
        line=table["line"],
        trusted=trusted,
    )


def _section(table: Mapping[str, Any]) -> Section:
    return Section(
        id=table["id"],
        title=table.get("title", {"zh": table["id"], "en": table["id"]}),
        headings=tuple(table.get("headings", ())),
        cues=tuple(table.get("cues", ())),
        substance=tuple(table.get("substance", ())),
        empty=tuple(table.get("empty", ())),
        marks=tuple(table.get("marks", ())),
        region=tuple(table.get("region", (0.0, 1.0))),
    )


def _kind(table: Mapping[str, Any]) -> Kind:
    return Kind(
        id=table["id"],
        titles=tuple(table.get("titles", ())),
        openings=tuple(table.get("openings", ())),
        sections=tuple(table.get("sections", ())),
    )


def _term(table: Mapping[str, Any]) -> Term:
    return Term(
        term=table["term"],
        starts=table.get("from", ""),
        ends=table.get("to", ""),
        since=table["since"],
        replacement=table.get("replacement", ""),
        unless=tuple(table.get("unless", ())),
    )
