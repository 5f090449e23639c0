"""Characters that a document takes from a symbol font (``w:sym``), as Unicode.

Only what occurs in reports is listed: tick boxes, bullets, operators, Greek letters.
"""

from __future__ import annotations

UNKNOWN = "▪"
"""Stands for a symbol that has no place in Unicode, or none known here."""

_GREEK = dict(
    zip(
        b"ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)

_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **_GREEK,
        0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
        0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•",
        0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈",
        0xD0: "∠", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xE5: "∑", 0xF2: "∫",
    },
    "wingdings": {
        0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍",
        0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖",
        0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★",
        0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●",
        0xA2: "■", 0xA3: "□", 0xAE: "◆",
    },
}  # fmt: skip

_PRIVATE = range(0xF000, 0xF100)


def symbol(font: str | None, code: str | None) -> str:
    """Return the character for ``w:font`` and ``w:char`` (hexadecimal), never a private one."""
    try:
        point = int(code or "", 16)
    except ValueError:
        return UNKNOWN
    table = _FONTS.get((font or "").lower())
    if point in _PRIVATE or (table is not None and point < 0x100):
        return (table or {}).get(point & 0xFF, UNKNOWN)
    shown = 0x20 < point < 0xD800 or 0xF900 <= point < 0xFFF0 or 0x10000 <= point < 0xE0000
    return chr(point) if shown else UNKNOWN
