"""Classes of characters that many patterns share."""

from __future__ import annotations

HAN = r"[^\W\dA-Za-z_]"
r"""A Han character, as a class for ``re``: any letter of no Latin alphabet.

Written as an exclusion on purpose: ``re`` builds the table of a range such as ``[\u4e00-\u9fff]``
in Python, one character at a time, two milliseconds for each time the range is written.
"""

SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
r"""What ``\s`` matches, to stand in a class: where ``\s`` itself does, the class is slow."""


def is_han(char: str) -> bool:
    """Return whether ``char`` is one Han character."""
    return "\u3400" <= char <= "\u9fff"
