"""XML by hand: a few elements, and text of which nothing may be believed."""

from __future__ import annotations

from reportlint import patterns

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_ILLEGAL = patterns.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even by number."""

_SPECIAL = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)


def escape(text: str) -> str:
    """Return ``text`` for an attribute in quotes or between tags, without what XML cannot hold."""
    return _ILLEGAL.sub("", text).translate(_SPECIAL)


def attributes(**values: object) -> str:
    """Return `` name="value"`` for each that is not None."""
    return "".join(
        f' {name}="{escape(str(value))}"' for name, value in values.items() if value is not None
    )
