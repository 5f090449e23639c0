"""A small rule set in place of the built-in packs, and folders made from a table."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint import packs
from reportlint.config import Options, Resolver

RULE = """
[[rule]]
code = "{code}"
name = "{name}"
severity = "{severity}"
enabled = {enabled}
patterns = ['{code}']
message = {{ zh = "{name}", en = "{name}" }}
why = {{ zh = "为何", en = "why" }}
source = "-"
bad = ["{code}"]
good = ["-"]
"""
RULES = (
    ("PH001", "letter-slot", "error", "true"),
    ("PH002", "asterisk-slot", "error", "true"),
    ("PH010", "unnamed-place", "info", "true"),
    ("PW001", "paid-content-tag", "error", "true"),
    ("SC001", "missing-section", "error", "true"),
    ("FM001", "half-width-comma", "warning", "false"),
    ("RL001", "undecodable", "error", "true"),
    ("RL002", "unreadable-file", "error", "true"),
    ("RL005", "unused-suppression", "warning", "true"),
)
WORDS = """
[lists]
admin = ["市", "县"]

[[section]]
id = "work"
headings = ["工作情况"]
cues = ["开展"]

[[section]]
id = "problems"
title = { zh = "存在问题", en = "problems" }
headings = ["存在(?:的)?问题"]

[[kind]]
id = "述职报告"
titles = ["述职"]
sections = ["work", "problems"]

[[kind]]
id = "工作总结"
titles = ["总结"]
openings = ["现将工作总结如下"]
sections = ["work"]
"""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the rules above the built-in ones."""
    keys = ("code", "name", "severity", "enabled")
    text = WORDS + "".join(RULE.format(**dict(zip(keys, rule, strict=True))) for rule in RULES)
    tables = packs.parse("small.toml", text.encode())
    monkeypatch.setattr(packs, "builtin_tables", lambda: tables)
    monkeypatch.setattr(packs, "builtin", lambda: packs.build([tables]))


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Return a function that makes files of a table path -> content and returns their folder."""

    def make(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def resolver(tmp_path: Path) -> Callable[..., Resolver]:
    """Return a function that makes a resolver of what the command line says."""

    def make(
        *, cwd: str = "", environ: dict[str, str] | None = None, **options: object
    ) -> Resolver:
        values = Options(**{"lang": "en", **options})  # type: ignore[arg-type]
        return Resolver(values, os.path.join(tmp_path, cwd), environ or {})

    return make
