"""Makes ``snapshot.py`` when the package is built: packs as literals, patterns as machine code.

Which patterns are worth keeping is seen by running them, over every example of every rule and over
sample drafts, and by reading the code of the checks: no sample comes to all of them, and a draft
that comes to one more pays for the import of ``re``. Nothing of this runs in an installed package.
"""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module

from reportlint import patterns, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlint.ruleset import RuleSet
    from reportlint.settings import Settings

_KEPT = {
    f"patterns.{name}"
    for name in ("findall", "finditer", "fullmatch", "kept", "match", "search", "split", "sub")
}
_COMPILED = {"rules.compile", "ruleset.compile", "context.ruleset.compile", "compiled"}
"""What compiles the patterns that stand in calls."""

_STRINGS = (ast.Constant, ast.JoinedStr, ast.Name)

# Before anything else is imported: modules compile their patterns as they are read.
if patterns.wanted is None:
    patterns.wanted = set()
if words.wanted is None:
    words.wanted = {}


def snapshot(rules: str, samples: str) -> str:
    """Return the source of ``snapshot.py`` for the packs in the folder ``rules``.

    The text drafts in the folder ``samples`` are run besides the examples. Raises PackError.
    """
    from reportlint import packs, reporters
    from reportlint.cli import check  # noqa: F401
    from reportlint.readers import emphasis, inline, markdown  # noqa: F401
    from reportlint.settings import Settings, default_active

    for module, _ in reporters.CLASSES.values():
        import_module(f"reportlint.reporters.{module}")
    source = packs.snapshot(rules)
    ruleset = packs.build([packs.read_builtin(packs.builtin_sources(rules))])
    _run(Settings(ruleset, default_active(ruleset)), samples)
    _compile(ruleset)
    codes = {key: patterns.assemble(*key) for key in sorted(patterns.wanted or ())}
    made = {
        "STAMP": patterns.STAMP,
        "CODES": codes,
        "WORD_SETS": dict(sorted(patterns.weighed.items())),
        "WORDS": dict(sorted((words.wanted or {}).items())),
    }
    return source + "".join(f"{name} = {value!r}\n" for name, value in made.items())


def _run(settings: Settings, samples: str) -> None:
    from reportlint import engine, readers
    from reportlint.document import Document

    for rule in settings.ruleset.rules.values():
        for example in (*rule.bad, *rule.good):
            engine.lint(Document(example["text"]), settings)
    for name in sorted(os.listdir(samples)) if os.path.isdir(samples) else ():
        if name.endswith(".txt"):
            with open(os.path.join(samples, name), "rb") as file:
                engine.lint(readers.read(file.read(), name), settings)


def _compile(ruleset: RuleSet) -> None:
    """Compile what sections and numbers are looked for by, and every pattern in a call."""
    from reportlint.checks import numbering, section

    numbering.prepare()
    section.prepare(ruleset)
    for called, source in set(_written()):
        if called in _KEPT:
            patterns.kept(source)
        elif called in _COMPILED:
            ruleset.compile(source)


def _written() -> Iterator[tuple[str, str]]:
    """Yield what the calls in the package call, and the first argument where it is a string."""
    for module in [m for name, m in sys.modules.items() if name.startswith("reportlint.")]:
        with open(str(module.__file__), encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            match node:
                case ast.Call(function, [first, *_]) if isinstance(first, _STRINGS):
                    try:
                        source = eval(compile(ast.Expression(first), "", "eval"), vars(module))
                    except NameError:
                        continue  # known only when a draft is read
                    if isinstance(source, str):
                        yield ast.unparse(function), source
