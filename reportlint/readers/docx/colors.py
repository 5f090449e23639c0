"""Colours that people mark words with: red letters, glaring backgrounds."""

from __future__ import annotations

import re

_RGB = re.compile("[0-9A-Fa-f]{6}")


def is_red(value: str | None) -> bool:
    """Return whether letters of a colour (``RRGGBB``) are red: FF0000, C00000, EE0000 and such."""
    rgb = _parts(value)
    return rgb is not None and rgb[0] >= 0xC0 and max(rgb[1:]) <= 0x40


def is_glaring(value: str | None) -> bool:
    """Return whether a background is as a highlighter would make it: each part all or nothing."""
    rgb = _parts(value)
    return rgb is not None and {0xFF} < set(rgb) <= {0, 0xFF}


def _parts(value: str | None) -> tuple[int, int, int] | None:
    if value is None or not _RGB.fullmatch(value):
        return None
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)
