"""Classes of characters that many patterns share."""

from __future__ import annotations

HAN = r"[^\W\dA-Za-z_]"
r"""A Han character, as a class for ``re``: any letter of no Latin alphabet.

Written as an exclusion on purpose: ``re`` builds the table of a range such as ``[\u4e00-\u9fff]``
in Python, one character at a time, two milliseconds for each time the range is written.
"""


def is_han(char: str) -> bool:
    """Return whether ``char`` is one Han character."""
    return "\u3400" <= char <= "\u9fff"
