"""ANSI styles, by hand: the text of a draft must never be read as anybody's markup."""

from __future__ import annotations

from reportlint.findings import Severity
from reportlint.lean import NamedTuple

BOLD = "1"
FAINT = "2"
LABEL = "4;34"
LABEL_SIGN = "34"
GOOD = "32"
SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
MARK = {Severity.ERROR: "7;31", Severity.WARNING: "7;33", Severity.INFO: "7;36"}


class Style(NamedTuple):
    """Puts text into a style, or leaves it alone where there are no colours."""

    color: bool

    def paint(self, text: str, style: str) -> str:
        """Return ``text`` in ``style``, one of the constants above."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text
