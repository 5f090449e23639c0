"""The figures of a text: what each number is, its exact interval and how it is printed.

A printed number stands for an interval: counts are points, decimals and figures in 万 or 亿 are
half a unit of their last place wide on both sides, and words such as 约 or 以上 widen it. Values
are integers in units of ``1 / ONE``, so that every decimal that is read and every fraction up to
tenths is exact and nothing has to be imported for the arithmetic.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from fractions import Fraction

ONE = 2520 * 10**9
"""The number 1. Divisible by every number up to ten and by every power of ten up to 10**9."""

COUNT, SHARE, POINTS, TIMES, DOUBLING = "count", "share", "points", "times", "doubling"
"""What a figure can be when it enters arithmetic; every other role is only told apart."""

ARITHMETIC = frozenset({COUNT, SHARE, POINTS, TIMES, DOUBLING})


class Quantity(NamedTuple):
    """One printed figure.

    ``role``    ``count`` (of things, money, length …), ``share`` (75%, 七成, 三分之二), ``points``
                (百分点), ``times`` (倍), ``doubling`` (翻番), or a number that is none of them:
                ``date``, ``ordinal``, ``label``, ``model``, ``document``, ``phone``, ``age``,
                ``range``, ``ratio``, ``bare``
    ``value``   as printed, in units of ``1 / ONE``: 75% is three quarters of ``ONE``
    ``low``, ``high``  the interval, None where it is open
    ``ulp``     one unit of the last printed place
    ``unit``    ``人`` for 人, 名 and 位; without 万 and 亿, which are in the value
    ``hedge``   ``""``, ``about``, ``near`` (just below), ``over``, ``under`` or ``many`` (多, 余)
    ``style``   how it is written: ``digits``, ``cheng`` (成), ``fraction``, ``half``, ``chinese``
    ``digits``  where the number without its unit ends
    ``places``  printed decimal places
    ``exact``   whether it counts things one by one
    """

    start: int
    end: int
    digits: int
    role: str
    value: int
    low: int | None
    high: int | None
    ulp: int
    unit: str = ""
    hedge: str = ""
    style: str = "digits"
    places: int = 0
    scale: int = 1
    exact: bool = False

    @property
    def exactly(self) -> Fraction:
        """The value as printed, as a rational number."""
        from fractions import Fraction

        return Fraction(self.value, ONE)

    @property
    def interval(self) -> tuple[Fraction | None, Fraction | None]:
        """The interval as rational numbers."""
        from fractions import Fraction

        low = None if self.low is None else Fraction(self.low, ONE)
        return low, None if self.high is None else Fraction(self.high, ONE)


_THINGS = (
    "人次|批次|场次|件次|车次|辆次|家次|户次|艘次|架次|台次|例次|个次|篇次|册次|标箱|课时|学时|学分|人|名|位|个|件|项|条|起|户|场|篇|份|家|所|处|座|栋|幢|间|台|套|辆|"
    "艘|架|支|只|头|棵|株|批|期|次|宗|例|款|眼|笔|张|册|部|枚|块|根|门|类|种|组|队|班|节|堂|口|盏|片|段|"
    "趟|列|卷|幅|对|双|箱|瓶|盒|村|镇|乡|县|市|校|车|排|面|匹|羽|床|本|页|字|店|企|站|桩|孔|盘|封|轮|遍"
)
_MEASURES = (
    "平方公里|平方千米|平方米|立方米|平米|千瓦时|千瓦|兆瓦|公里|千米|公顷|公斤|千克|毫克|微克|毫升|毫米|厘米|分贝|"
    "小时|分钟|个工作日|工作日|个月|美元|欧元|港元|英镑|日元|元|亩|吨|米|度|天|秒|升|斤|担|里"
)


def _one_of(words: str) -> str:
    """Return a pattern for one of some words, the longer ones first: a set tells the others."""
    found = words.split("|")
    longer = [word for word in found if len(word) > 1]
    return "|".join([*longer, f"[{''.join(word for word in found if len(word) == 1)}]"])


_UNITS = _one_of(f"{_MEASURES}|{_THINGS}")
_SAME = {"名": "人", "位": "人", "平米": "平方米"}
_MEASURED = frozenset(_MEASURES.split("|"))
_COUNTED = frozenset(("小时", "分钟", "个工作日", "工作日", "个月", "天", "秒"))
"""Measures of which a whole number is exact, as it is of money: 24元, 7天."""
_MONEY = frozenset(("元", "美元", "欧元", "港元", "英镑", "日元"))
_ROUGH = _MEASURED - _MONEY - _COUNTED

_SCALES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 1000}

# An empty branch costs the engine a third of what an optional group does, and few numbers have all.
_ARABIC = patterns.compile(
    r"(?P<number>(?<![A-Za-z0-9.])[0-9](?:[0-9]{0,14}+(?![,，\x20][0-9])"
    r"|[0-9]{0,2}+(?:(?:[,，][0-9]{3}){1,4}|(?:\x20[0-9]{3}){1,4})(?![0-9])|[0-9]{0,14}))"
    r"(?P<dec>\.[0-9]{1,6}|)"
    r"(?P<scale>万亿|千万|百万|亿|万|千(?![瓦米克])|)"
    r"(?P<many>[多余]|)"
    r"(?P<unit>[%‰倍年月日号时点届岁分]|周年|百分点|个百分点"
    rf"|{_UNITS}|成(?=[，。；、）多以左的])|)"
    r"(?P<after>以上|以下|以内|左右|上下|多|余|)"
)
_CHINESE = patterns.compile(
    r"(?=[百一二三四五六七八九十两半过翻壹贰叁肆伍陆柒捌玖拾])(?:"
    r"百分之(?P<percent>[零〇一二两三四五六七八九十百点0-9.]{1,9})"
    r"|(?P<den>[二三四五六七八九十])分之(?P<num>[一二三四五六七八九])"
    r"|(?P<cheng>[一二两三四五六七八九])成(?P<plus>[半一二三四五六七八九])?"
    r"(?=以上|以下|左右|上下|多|[，。；、）)的和与到至提升降增减\n]|$)"
    r"|(?P<half>一半|过半(?=[，。；、）)])|半数)"
    r"|翻(?:了)?(?P<fan>[一二两三四]?)番"
    r"|(?P<times>[一二两三四五六七八九十])倍(?![数率镜])"
    r"|(?P<capital>[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{0,15})[元圆]"
    rf"|(?P<cn>[一二两三四五六七八九十][一二两三四五六七八九十百千万亿零]{{1,12}})(?P<unit>{_UNITS})"
    r")(?P<after>以上|以下|以内|左右|上下|多|余)?"
)
_FIRST = "百一二三四五六七八九十两半过翻壹贰叁肆伍陆柒捌玖拾"
_SECOND = "(?=[分成半数番了倍元圆零一二三四五六七八九十两百千万亿壹贰叁肆伍陆柒捌玖拾佰仟])"
_BEGIN = patterns.compile(f"[0-9０-９％．{_FIRST}](?:{_SECOND}|(?<=[0-9])[0-9.]*|(?<=[０-９％．]))")
"""Where a figure may begin, with the digits that follow: none begins at them."""

_UNIT = patterns.compile(rf"(?P<scale>万亿|千万|百万|亿|万|千(?![瓦米克]))?(?P<unit>%|‰|{_UNITS})")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_TENS = frozenset("十百千万亿")
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}

_new = tuple.__new__

_WIDE = dict(zip("０１２３４５６７８９％．", "0123456789%.", strict=True))

_HEDGES = {
    "近": "near",
    "将近": "near",
    "接近": "near",
    "约": "about",
    "大约": "about",
    "超过": "over",
    "超": "over",
    "逾": "over",
    "突破": "over",
    "至少": "over",
    "不低于": "over",
    "不少于": "over",
    "高于": "over",
    "多于": "over",
    "达到或超过": "over",
    "不足": "under",
    "不到": "under",
    "低于": "under",
    "少于": "under",
    "不超过": "under",
    "不高于": "under",
    "至多": "under",
    "未到": "under",
}
_UNHEDGED = "签预节合制违履条附最临邻赶"
"""Before words of approximation: 签约 and 附近 end in one and are none."""

HEDGED = patterns.compile(
    f"(?<![{_UNHEDGED}])(?:" + "|".join(sorted(_HEDGES, key=len, reverse=True)) + ")了?$"
)
_AFTER = {
    "以上": "over",
    "以下": "under",
    "以内": "under",
    "左右": "about",
    "上下": "about",
    "多": "many",
    "余": "many",
}
_HEDGES_BY_END = {
    end: tuple(sorted((word for word in _HEDGES if word[-1] == end), key=len, reverse=True))
    for end in {word[-1] for word in _HEDGES}
}
_HEDGE_ENDS = _HEDGES_BY_END.keys() | {"了", "\n"}
"""What stands right before a figure that is hedged: the line may break in between."""
_CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}
_SIGNED = frozenset("，。；：、（(,:;为是到达至约长降幅率低升润额值差")
"""What stands before a minus sign; after anything else it joins or numbers something."""

_SIGNS = frozenset("-－−负") | _CURRENCY.keys()
_JOINS = frozenset("×+＋-－—=/")
_MARKS = frozenset("第〔[【") | _JOINS
"""What stands before a number that is no figure."""

_BEFORE = _SIGNS | _HEDGE_ENDS
"""What stands before a number and belongs to it."""

_NO_WORD = frozenset("第几这那零〇点0123456789")
"""What stands before words that are no figure, or not the whole of one."""

_KINDS = frozenset("级代产会")
"""What may follow the unit of such a number."""

_RANGE = patterns.compile(r"[-—–~～至到]{1,2}")
_ROLES = {
    "": "bare",
    **dict.fromkeys(("年", "月", "日", "号", "时", "点", "届", "周年"), "date"),
    "岁": "age",
    "分": "bare",
    "%": SHARE,
    "‰": SHARE,
    "成": SHARE,
    "百分点": POINTS,
    "个百分点": POINTS,
    "倍": TIMES,
}
"""What a number is by its unit. All others count."""

_PARTS = {"%": 2, "‰": 3, "成": 1}
"""What a share is printed in: one hundredth, with two places, and so on."""

_ULPS = tuple(ONE // 10**places for places in range(10))
"""One unit of the last place, by the number of decimal places."""

_SEPARATOR = patterns.compile("[,，\x20]")


def plain(text: str) -> str:
    """Return ``text`` with full-width digits and signs made half-width; positions stay."""
    # one after the other: most texts have none, and a translation asks for every character
    for wide, narrow in _WIDE.items():
        text = text.replace(wide, narrow)
    return text


def begins(text: str) -> tuple[str, list[int]]:
    """Return ``text`` made ``plain``, and where figures may begin: they do so nowhere else."""
    places = [match.start() for match in _BEGIN.finditer(text)]
    for wide in _WIDE.keys() & {text[place] for place in places}:
        text = text.replace(wide, _WIDE[wide])
    return text, places


def quantities(
    text: str, start: int = 0, end: int | None = None, places: list[int] | None = None
) -> list[Quantity]:
    """Return the figures of ``text[start:end]`` in order. ``text`` must be ``plain``.

    ``places`` are those of ``begins`` between ``start`` and ``end``, for who knows them.
    """
    end = len(text) if end is None else end
    if places is None:
        places = [match.start() for match in _BEGIN.finditer(text, start, end)]
    found: list[Quantity] = []
    near: list[int] = []  # the figures that stand close to the one before
    number_end = words_end = last = start
    for place in places:
        if text[place] <= "9":
            match = _ARABIC.match(text, place, end) if place >= number_end else None
            if match is None:
                continue
            figure = _arabic(text, match, place, start)
            number_end = figure.end
        else:
            match = _CHINESE.match(text, place, end) if place >= words_end else None
            if match is None:
                continue
            words_end = match.end()
            word = _chinese(text, match, start) if place >= number_end else None  # as in 3万
            if word is None:
                continue
            figure = word
        begin = figure.start
        if begin >= last:  # or else a part of another: 百分之75 is one figure
            if begin <= last + 2 and found:
                near.append(len(found))
            found.append(figure)
            last = figure.end
    return _ranges(text, found, near) if near else found


def _ranges(text: str, found: list[Quantity], near: list[int]) -> list[Quantity]:
    """Give both ends of 20～30人 the role ``range``, and the parts of 3:4 the role ``ratio``."""
    for index in near:
        first, second = found[index - 1], found[index]
        if first.end == second.start or first.role in ("date", "document"):
            continue
        between = text[first.end : second.start]
        if _RANGE.fullmatch(between):
            if text[max(0, first.start - 12) : first.start].rfind("由") >= 0:
                continue  # 由100人到200人 is a change
            role = "range"
        elif between in (":", "：", "∶"):
            role = "ratio"
        elif between in ("×", "*", "/", "－"):
            role = "model"
        else:
            continue
        if first.role != role:
            found[index - 1] = first._replace(role=role)
        found[index] = second._replace(role=role)
    return found


def _arabic(text: str, match: re.Match[str], start: int, floor: int) -> Quantity:
    number, decimals, scale_word, many, unit, after = match.groups()
    end, length = match.end(), len(number)
    digits = start + length
    places, scale = 0, 1
    if decimals:
        places = len(decimals) - 1
        digits += places + 1
        number += decimals[1:]
    whole = int(number) if number.isdigit() else int(_SEPARATOR.sub("", number))
    if scale_word:
        scale = _SCALES[scale_word]
        digits += len(scale_word)
    hedge = _AFTER[after or many] if after or many else ""
    before = text[start - 1] if start > floor else ""
    if before in _BEFORE:
        if before in _SIGNS:
            if before in _CURRENCY:
                start -= 1
                unit = unit or _CURRENCY[before]
            elif start - 1 == floor or before == "负" or text[start - 2] in _SIGNED:
                start -= 1
                whole = -whole
            before = text[start - 1] if start > floor else ""
        if not hedge and before in _HEDGE_ENDS:
            hedge = _hedge(text, start, floor)
    following = text[end : end + 1]
    if not unit or before in _MARKS or following in _KINDS or length > 13:
        role = _role(before, following, unit, length, bool(decimals), start == floor)
    else:
        role = _ROLES.get(unit, COUNT)
    ulp, style, exact = _ULPS[places], "digits", False
    if role == COUNT:
        exact = not (decimals or scale_word or hedge or unit in _ROUGH)
    elif role == SHARE:
        ulp = _ULPS[places + _PARTS[unit]]
        if unit == "成":
            style = "cheng"
    elif role == POINTS:
        ulp, unit = _ULPS[places + 2], "百分点"
    if scale_word:
        ulp *= scale
        if role == SHARE:
            scale = 1
    if unit in _SAME:
        unit = _SAME[unit]
    value = whole * ulp
    if hedge:
        low, high = _loose(value, ulp, hedge)
    else:
        half = 0 if exact else ulp >> 1
        low, high = value - half, value + half
    # what Quantity(...) does, without its two calls: there are very many
    of = (start, end, digits, role, value, low, high, ulp, unit, hedge, style, places, scale, exact)
    return _new(Quantity, of)


def _role(before: str, following: str, unit: str, length: int, decimal: bool, opening: bool) -> str:
    """Return the role of a number that stands between two signs.

    ``length`` is that of its digits before the point, and ``opening`` says that it stands first.
    """
    if before == "第":
        return "ordinal"
    if before in ("〔", "[", "【") and following in ("〕", "]", "】"):
        return "document"
    if before in _JOINS:
        return "model"
    if not unit:
        if length == 11 and not decimal:
            return "phone"
        if following and following.isascii() and (following.isalpha() or following in "+*_@"):
            return "model"
        if following == "×":
            return "model"
        return "label" if opening and following and following in ".、．)）" else "bare"
    role = _ROLES.get(unit, COUNT)
    if role in ("date", "age"):
        return role
    if length > 13:
        return "bare"
    if role == COUNT:
        if unit == "次" and following in ("产", "会"):
            return "bare"
        if following in ("级", "代") and unit not in _MEASURED:
            return "ordinal"
    return role


def _hedge(text: str, start: int, floor: int) -> str:
    """Return how the words right before a figure make it approximate."""
    end = start
    words = _HEDGES_BY_END.get(text[end - 1])
    if words is None:
        if text[end - 1] == "\n":
            end -= 1
        if end > floor and text[end - 1] == "了":
            end -= 1
        words = _HEDGES_BY_END.get(text[end - 1], ())
    if text.endswith(words, floor, end):
        for word in words:
            first = end - len(word)
            if first >= floor and text.startswith(word, first):
                if not first or text[first - 1] not in _UNHEDGED:
                    return _HEDGES[word]
    return ""


def _loose(value: int, ulp: int, hedge: str) -> tuple[int | None, int | None]:
    """Return the interval that a word of approximation leaves open."""
    if hedge == "about":
        half = max(value // 20, ulp)
        return value - half, value + half
    if hedge == "near":
        return value - max(value // 10, ulp), value
    if hedge == "many":
        step = ulp
        while value and value % (step * 10) == 0:
            step *= 10
        return value, value + step
    return (value, None) if hedge == "over" else (None, value)


def _number(word: str) -> tuple[int, int] | None:
    """Return a Chinese numeral as (value in units of 1/10**places, places)."""
    if word[0].isascii():
        whole, _, rest = word.partition(".")
        if not whole.isdigit() or (rest and not rest.isdigit()):
            return None
        return int(whole + rest), len(rest)
    head, point, tail = word.partition("点")
    total = section = 0
    digit: int | None = None
    last = 0
    for char in head:
        if char in _CHINESE_DIGITS:
            if digit:
                return None
            digit = _CHINESE_DIGITS[char]
            if not digit:
                last = 0
        elif char in "万亿":
            below = section + (digit or 0)
            if char == "万":
                total, last = total + below * 10**4, 10**4
            else:
                total, last = (total + below) * 10**8, 10**8
            section, digit = 0, None
        elif char in _CHINESE_UNITS:
            section += (1 if digit is None else digit) * _CHINESE_UNITS[char]
            digit, last = None, _CHINESE_UNITS[char]
        else:
            return None
    if digit and last > 10:
        digit *= last // 10  # 两千三: the last place is left unsaid
    total += section + (digit or 0)
    if not point:
        return total, 0
    if not tail or any(char not in _CHINESE_DIGITS for char in tail):
        return None
    for char in tail:
        total = total * 10 + _CHINESE_DIGITS[char]
    return total, len(tail)


def _chinese(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    start, end = match.span()
    if start > floor and text[start - 1] in _NO_WORD:
        return None
    percent, den, num, cheng, plus, half, fan, times, capital, cn, unit, after = match.groups()
    hedge = _AFTER[after] if after else _hedge(text, start, floor)
    digits = end - len(after or "")
    role, style, places, ulp = SHARE, "chinese", 0, ONE
    if percent:
        number = _number(percent)
        if number is None:
            return None
        unit, places = "%", number[1]
        ulp = ONE // 100 // 10**places
        value = number[0] * ulp
    elif den:
        top, bottom = _CHINESE_DIGITS[num], 10 if den == "十" else _CHINESE_DIGITS[den]
        if top > bottom:
            return None
        value, ulp, unit, style = ONE * top // bottom, ONE // 12, "", "fraction"
    elif cheng:
        value, ulp, unit, style = ONE * _CHINESE_DIGITS[cheng] // 10, ONE // 10, "成", "cheng"
        if plus:
            # 七成半 is round to the half, 八成九 to the hundredth
            ulp = ONE // 20 if plus == "半" else ONE // 100
            value += ulp if plus == "半" else ulp * _CHINESE_DIGITS[plus]
    elif half:
        if half == "过半":
            hedge = "over"
        elif half == "半数" and not hedge:
            return None
        value, ulp, unit, style = ONE // 2, ONE // 10, "", "half"
    elif fan is not None:
        role, unit = DOUBLING, "番"
        value = ONE * 2 ** (_CHINESE_DIGITS[fan] if fan else 1)
    else:
        number = _number(times or cn or capital.translate(_CAPITALS))
        if number is None:
            return None
        value = number[0] * ONE
        if times:
            role, unit = TIMES, "倍"
        else:
            if cn and _TENS.isdisjoint(cn):
                return None
            role = COUNT
            unit = unit or "元"
            digits -= len(unit)
            unit = _SAME.get(unit, unit)
    exact = role == COUNT and unit not in _MEASURED and not hedge
    half_ulp = 0 if exact else ulp >> 1
    low, high = _loose(value, ulp, hedge) if hedge else (value - half_ulp, value + half_ulp)
    return Quantity(
        start, end, digits, role, value, low, high, ulp, unit, hedge, style, places, 1, exact
    )


def unit_of(text: str) -> tuple[str, int] | None:
    """Return the unit and the scale of a heading: 万元 is ``("元", 10000)``; None for no unit."""
    found = _UNIT.fullmatch(text.strip())
    if found is None:
        return None
    unit = found["unit"]
    return _SAME.get(unit, unit), _SCALES[found["scale"]] if found["scale"] else 1


def is_money(unit: str) -> bool:
    """Whether ``unit`` is a currency."""
    return unit in _MONEY


def is_measured(unit: str) -> bool:
    """Whether ``unit`` measures (money, length, time …) rather than counts one by one."""
    return unit in _MEASURED
