"""Names of OpenDocument as expat writes them: namespace, space, name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = _OASIS + "office:1.0 "
TEXT = _OASIS + "text:1.0 "
TABLE = _OASIS + "table:1.0 "
STYLE = _OASIS + "style:1.0 "
DRAW = _OASIS + "drawing:1.0 "
SVG = _OASIS + "svg-compatible:1.0 "
LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0 "
"""What LibreOffice adds to the standard."""

XML_ID = "http://www.w3.org/XML/1998/namespace id"

MOST = 1_000_000
"""The largest number that is believed."""

Value = TypeVar("Value")


def keyed(space: str, handlers: Mapping[str, Value]) -> dict[str, Value]:
    """Return ``handlers`` with the namespace before each name."""
    return {space + name: handler for name, handler in handlers.items()}


def whole(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    """Return an attribute that is a whole number, at most ``MOST``."""
    value = attributes.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        return otherwise
    return min(int(value), MOST)
