"""Writes the built-in rule packs as Python literals when a wheel or an editable install is made.

Reading them as TOML at every start would take longer than checking one draft. The packs are
validated on the way: a package with a broken pack cannot be built.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface[Any]):
    """Writes ``reportlint/snapshot.py``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        try:
            from reportlint import packs
        finally:
            sys.path.remove(self.root)
        sources = packs.builtin_sources(os.path.join(self.root, "rules"))
        tables = packs.read_builtin(sources)
        ruleset = packs.build([tables])
        for rule in ruleset.rules.values():
            packs.compile_rule(ruleset, rule)
        target = os.path.join(self.root, "reportlint", "snapshot.py")
        # Beside and then replaced: a run of reportlint may be reading it.
        beside = f"{target}.{os.getpid()}"
        with open(beside, "w", encoding="utf-8", newline="\n") as file:
            file.write(f"DIGEST = {packs.digest(sources)}\nTABLES = {tables!r}\n")
        os.replace(beside, target)
