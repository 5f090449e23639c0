"""The checks written in Python, one module a family. Pattern rules need none: see ``rules/``."""

from __future__ import annotations

from reportlint.checks import numbering, paywall, placeholder, section

CHECKS = (*paywall.CHECKS, *placeholder.CHECKS, *numbering.CHECKS, *section.CHECKS)
"""Every check, in the order in which they run."""
