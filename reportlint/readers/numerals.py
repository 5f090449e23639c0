"""Automatic numbers as they are printed: a value in a number format (ECMA-376 §17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_CLOSED = frozenset("、）).．。，,：:；;】〕》〉」』]-—·")
"""Ends of labels that nothing needs to keep apart from what follows."""

_LONGEST_LETTERS = 30
"""Word repeats a letter thirty times at most and then falls back on figures."""


def counting(value: int) -> str:
    """Return ``value`` (0 and above) in Chinese: 十二, 一百零三."""
    out = _counted(value, _DIGITS, _UNITS)
    return out[1:] if 10 <= value < 20 else out


def _counted(value: int, digits: str, units: tuple[str, ...]) -> str:
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        zero = digits[0] if 0 < low < 1000 else ""
        tail = _counted(low, digits, units) if low else ""
        return f"{_counted(high, digits, units)}万{zero}{tail}"
    out = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if not digit:
            gap = bool(out)
            continue
        out += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = False
    return out or digits[0]


def _letters(value: int) -> str:
    times, index = divmod(value - 1, 26)
    if value < 1 or times >= _LONGEST_LETTERS:
        return str(value)
    return chr(ord("A") + index) * (times + 1)


def _roman(value: int) -> str:
    if value < 1:
        return str(value)
    out = ""
    for weight, letters in _ROMAN:
        times, value = divmod(value, weight)
        out += letters * times
    return out


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if value // 10 % 10 == 1 else ending}"


def _listed(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else str(value)


def _digitwise(digits: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", digits)
    return lambda value: str(value).translate(table)


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + index) for index in range(count))


_circled = _listed(_run("①", 20))
_full_width = _digitwise("０１２３４５６７８９")
_ideographs = _digitwise("〇一二三四五六七八九")

FORMATS: dict[str, Callable[[int], str]] = {
    "cardinalText": str,
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "chineseLegalSimplified": lambda value: _counted(value, _LEGAL_DIGITS, _LEGAL_UNITS),
    "decimal": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _listed(_run("⒈", 20)),
    "decimalEnclosedParen": _listed(_run("⑴", 20)),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "hex": lambda value: f"{value:X}",
    "ideographDigital": _ideographs,
    "ideographEnclosedCircle": _listed(_run("㊀", 10)),
    "ideographLegalTraditional": lambda value: _counted(value, _LEGAL_TRADITIONAL, _LEGAL_UNITS),
    "ideographTraditional": _listed("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _listed("子丑寅卯辰巳午未申酉戌亥"),
    "japaneseCounting": counting,
    "japaneseDigitalTenThousand": _ideographs,
    "lowerLetter": lambda value: _letters(value).lower(),
    "lowerRoman": lambda value: _roman(value).lower(),
    "none": lambda _: "",
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "taiwaneseDigital": _ideographs,
    "upperLetter": _letters,
    "upperRoman": _roman,
}
"""Formats of reports in Chinese and English. Any other is printed in figures."""


def numeral(value: int, format: str) -> str:
    """Return ``value`` in a number format. A format made of zeros and a one, 001, pads to it."""
    if format.isdigit():
        return str(value).zfill(min(len(format), 9))
    return FORMATS.get(format, str)(value)


def join(label: str, text: str, suffix: str) -> str:
    """Return what stands for a label before ``text``: itself, with a space where it needs one.

    Word sets a tab or a space after most labels. Typed reports have nothing after 一、 （一） 1.
    and ①, so nothing is put there; a space keeps other labels (第一章, 1.1, A) apart from the text,
    and 1. apart from figures.
    """
    if not label or not text or suffix == "nothing" or label[-1].isspace() or text[0].isspace():
        return label
    last = label[-1]
    if last in ".．" and text[0].isdigit():
        return label + " "
    closed = last in _CLOSED or "①" <= last <= "⒛" or "㊀" <= last <= "㊉"
    return label if closed else label + " "
