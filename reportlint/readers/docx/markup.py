"""The names of WordprocessingML and what its attributes say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
"""The namespace of WordprocessingML, transitional and strict, as expat writes it before a name."""

_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math ",
    "http://purl.oclc.org/ooxml/officeDocument/math ",
)
_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships ",
    "http://purl.oclc.org/ooxml/officeDocument/relationships ",
)

SYMBOL = "http://schemas.microsoft.com/office/word/2015/wordml/symex symEx"
"""An emoji, as Word has written them since 2016."""

SYMBOL_CHARACTER = SYMBOL.removesuffix("symEx") + "char"


def word(**handlers: Any) -> dict[str, Any]:
    """Key handlers by the names of WordprocessingML elements; ``del_`` stands for ``del``."""
    return {
        space + name.rstrip("_"): handler for name, handler in handlers.items() for space in WORD
    }


def math(**handlers: Any) -> dict[str, Any]:
    """Key handlers by the names of elements of formulas."""
    return {space + name: handler for name, handler in handlers.items() for space in _MATH}


def attribute(attributes: Mapping[str, str], name: str = "val") -> str | None:
    """Return an attribute of WordprocessingML."""
    value = attributes.get(WORD[0] + name)
    return attributes.get(WORD[1] + name) if value is None else value


def whole(attributes: Mapping[str, str], name: str = "val") -> int | None:
    """Return an attribute that is a whole number from 0 to 32767; None for anything else."""
    value = attribute(attributes, name)
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 5:
        return None
    number = int(value)
    return number if number <= 32767 else None


def on(attributes: Mapping[str, str], name: str = "val") -> bool:
    """Return whether a switch is on: it is when its element has no value."""
    return attribute(attributes, name) not in ("0", "false", "off")


def relation_id(attributes: Mapping[str, str]) -> str | None:
    """Return the ``r:id`` of an element."""
    value = attributes.get(_RELATIONSHIPS[0] + "id")
    return attributes.get(_RELATIONSHIPS[1] + "id") if value is None else value
