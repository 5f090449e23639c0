"""Puts the built-in rule packs into a wheel, and writes them as Python literals beside the code.

Reading them as TOML at every start would take longer than checking one draft. The packs are
validated on the way: a package with a broken pack cannot be built. An editable install gets the
literals too, but no copy of the packs: it reads those of the checkout.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface[Any]):
    """Writes ``reportlint/snapshot.py``; includes ``rules/`` as ``reportlint/rules/``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        try:
            from reportlint import assembly
        finally:
            sys.path.remove(self.root)
        rules = os.path.join(self.root, "rules")
        if version == "standard":
            build_data["force_include"][rules] = "reportlint/rules"
        target = os.path.join(self.root, "reportlint", "snapshot.py")
        # Beside and then replaced: a run of reportlint may be reading it.
        beside = f"{target}.{os.getpid()}"
        with open(beside, "w", encoding="utf-8", newline="\n") as file:
            file.write(assembly.snapshot(rules, os.path.join(self.root, "samples")))
        os.replace(beside, target)
