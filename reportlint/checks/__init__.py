"""The checks written in Python, one module a family. ``declared`` holds the one rule of family SQ
that counts; ``consistency`` and ``format`` name the modules that they are made of. Pattern rules
need none: see ``rules/``."""

from __future__ import annotations

from reportlint.checks import (
    consistency,
    declared,
    figures,
    format,
    numbering,
    paywall,
    placeholder,
    section,
    word,
)

CHECKS = (
    *paywall.CHECKS,
    *placeholder.CHECKS,
    *numbering.CHECKS,
    *declared.CHECKS,
    *section.CHECKS,
    *figures.CHECKS,
    *consistency.CHECKS,
    *format.CHECKS,
    *word.CHECKS,
)
"""Every check, in the order in which they run."""
