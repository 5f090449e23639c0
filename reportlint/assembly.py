"""Makes ``snapshot.py`` when the package is built: packs as literals, patterns as machine code.

Nothing of this runs in an installed package.
"""

from __future__ import annotations

import os

from reportlint import patterns

# Before anything else is imported: modules compile their patterns as they are read.
if patterns.wanted is None:
    patterns.wanted = set()


def snapshot(rules: str, samples: str) -> str:
    """Return the source of ``snapshot.py`` for the packs in the folder ``rules``.

    Which patterns are worth keeping is seen by running them: over every example of every rule and
    over the text drafts in the folder ``samples``. Raises PackError.
    """
    from reportlint import packs
    from reportlint.readers import emphasis, inline, markdown  # noqa: F401

    source = packs.snapshot(rules)
    _run(rules, samples)
    codes = {key: patterns.assemble(*key) for key in sorted(patterns.wanted or ())}
    literals = dict(sorted(patterns.weighed.items()))
    return f"{source}STAMP = {patterns.STAMP!r}\nCODES = {codes!r}\nLITERALS = {literals!r}\n"


def _run(rules: str, samples: str) -> None:
    from reportlint import engine, packs, readers
    from reportlint.document import Document
    from reportlint.settings import Settings, default_active

    ruleset = packs.build([packs.read_builtin(packs.builtin_sources(rules))])
    settings = Settings(ruleset, default_active(ruleset))
    for rule in ruleset.rules.values():
        for example in (*rule.bad, *rule.good):
            engine.lint(Document(example["text"]), settings)
    for name in sorted(os.listdir(samples)) if os.path.isdir(samples) else ():
        if name.endswith(".txt"):
            with open(os.path.join(samples, name), "rb") as file:
                engine.lint(readers.read(file.read(), name), settings)
