"""What a run over a corpus has counted, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from reportlint.ruleset import Rule

TOTALS = (
    "records",
    "checked",
    "written",
    "dropped",
    "cleaned",
    "dead",
    "failed",
    "marked",
    "errors",
    "warnings",
    "infos",
)
"""Counts of records, but for the last three, which count findings. ``records = checked + dead``;
``failed`` were not checked by every rule; ``marked`` have at least one finding."""

TABLES = ("reasons", "kinds", "categories", "codes")
"""``reasons`` why records are dead and ``kinds`` of report count records; the others records and
findings."""


class Statistics:
    """Counts that can be added up in any order."""

    __slots__ = ("findings", "tables", "totals", "unreadable")

    def __init__(self) -> None:
        self.totals: Counter[str] = Counter()
        self.tables: dict[str, Counter[str]] = {name: Counter() for name in TABLES}
        self.findings: dict[str, Counter[str]] = {"categories": Counter(), "codes": Counter()}
        self.unreadable = 0
        """Inputs that could not be read to their end."""

    def add(self, other: Statistics) -> None:
        """Add the counts of ``other``."""
        self.unreadable += other.unreadable
        self.totals.update(other.totals)
        for name, table in other.tables.items():
            self.tables[name].update(table)
        for name, table in other.findings.items():
            self.findings[name].update(table)

    def as_json(self) -> dict[str, Any]:
        """Return all counts as JSON types, in a fixed order."""
        made: dict[str, Any] = {name: self.totals[name] for name in TOTALS}
        made["unreadable_inputs"] = self.unreadable
        for name in TABLES:
            rows = sorted(self.tables[name].items())
            if name in self.findings:
                findings = self.findings[name]
                made[name] = {key: {"records": n, "findings": findings[key]} for key, n in rows}
            else:
                made[name] = dict(rows)
        return made

    @classmethod
    def from_json(cls, made: Mapping[str, Any]) -> Statistics:
        """Return what ``as_json`` was made of."""
        self = cls()
        self.unreadable = made["unreadable_inputs"]
        self.totals.update({name: made[name] for name in TOTALS})
        for name in TABLES:
            for key, value in made[name].items():
                if name in self.findings:
                    self.tables[name][key] = value["records"]
                    self.findings[name][key] = value["findings"]
                else:
                    self.tables[name][key] = value
        return self

    def table(self, rules: Mapping[str, Rule], lang: str) -> str:
        """Return a table of what each rule found, the most frequent first; nothing for nothing."""
        from reportlint.reporters.width import table

        codes = self.tables["codes"]
        if not codes:
            return ""
        rows = [
            (str(records), str(self.findings["codes"][code]), code, rules[code].name)
            for code, records in sorted(codes.items(), key=lambda item: (-item[1], item[0]))
        ]
        heads = {"zh": ("篇数", "处数", "规则", "名称"), "en": ("records", "count", "rule", "name")}
        return "".join(f"{line}\n" for line in table([heads[lang], *rows], right=(0, 1)))
