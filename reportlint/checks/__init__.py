"""The checks written in Python, one module a family (``declared`` holds the one rule of
family SQ that counts). Pattern rules need none: see ``rules/``."""

from __future__ import annotations

from reportlint.checks import (
    consistency,
    declared,
    digits,
    numbering,
    official,
    paywall,
    placeholder,
    punctuation,
    section,
)

CHECKS = (
    *paywall.CHECKS,
    *placeholder.CHECKS,
    *numbering.CHECKS,
    *declared.CHECKS,
    *section.CHECKS,
    *consistency.CHECKS,
    *official.CHECKS,
    *punctuation.CHECKS,
    *digits.CHECKS,
)
"""Every check, in the order in which they run."""
