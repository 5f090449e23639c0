"""The two languages in which people are spoken to. Codes and data are the same in both."""

from __future__ import annotations

import sys

from reportlint.ruleset import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

Bilingual: TypeAlias = "Mapping[str, str]"
"""A text with the keys ``zh`` and ``en``."""


def language(environ: Mapping[str, str]) -> str:
    """Return the language that a locale asks for; Chinese where it asks for none.

    ``environ`` is read as POSIX reads it: LC_ALL, then LC_MESSAGES, then LANG. The names C and
    POSIX ask for nothing.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            word = value.partition(".")[0].partition("_")[0].lower()
            return word if word in LANGUAGES else ("zh" if word in ("c", "posix") else "en")
    if sys.platform == "win32":
        import ctypes

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return "zh" if primary == 0x04 else "en"
    return "zh"
