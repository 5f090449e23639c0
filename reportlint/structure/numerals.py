"""Ordinal numbers as labels carry them: 三, 十二, 二十一, 一百零三, 12, ③, ⑵, ㈣."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_RUNS = (
    ("①", 1, 20),
    ("⑴", 1, 20),
    ("⒈", 1, 20),
    ("㈠", 1, 10),
    ("❶", 1, 10),
    ("➀", 1, 10),
    ("⓵", 1, 10),
    ("㊀", 1, 10),
)
_SINGLE = {chr(ord(first) + i): value + i for first, value, count in _RUNS for i in range(count)}

CHINESE = "〇零一二三四五六七八九十百"
"""The characters of Chinese numerals in labels."""

DECIMAL = "0123456789０１２３４５６７８９"

_ALONE = _SINGLE | _DIGITS | _UNITS

SINGLE = "".join(_SINGLE)
"""Characters that are a whole label by themselves, such as ③."""


def ordinal(text: str) -> int | None:
    """Return the value of a label's number, or None if ``text`` is not a well-formed number.

    ``十二`` is 12 and ``二一`` (digits without a unit) is 21, but ``十十`` is no number.
    """
    if text in _ALONE:
        return _ALONE[text]
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit, last_unit = 0, None, 10_000
    for c in text:
        if c in _UNITS:
            unit = _UNITS[c]
            if unit >= last_unit or digit == 0:
                return None
            total += (1 if digit is None else digit) * unit
            last_unit, digit = unit, None
        elif digit is not None and digit != 0:
            return None
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)


def chinese(value: int) -> str:
    """Return ``value`` as labels write it, 十二 for 12; from 1000 on in digits."""
    if value > 999:
        return str(value)
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    if value < 20:
        return "十" + (digits[value - 10] if value > 10 else "")
    if value < 100:
        tens, ones = divmod(value, 10)
        return digits[tens] + "十" + (digits[ones] if ones else "")
    hundreds, rest = divmod(value, 100)
    if not rest:
        return digits[hundreds] + "百"
    if rest < 10:
        return digits[hundreds] + "百零" + digits[rest]
    return digits[hundreds] + "百" + ("一" if rest < 20 else "") + chinese(rest)
