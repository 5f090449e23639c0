"""Whether printed figures can agree, in whole numbers, and how the proof is written out."""

from __future__ import annotations

from reportlint.structure.quantities import ONE, POINTS, SHARE, TIMES, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


Interval = tuple[int, int]

_FAR = ONE * 10**18


def known(*figures: Quantity) -> bool:
    """Whether all figures are closed intervals above zero, so that they can be computed with."""
    for figure in figures:
        if figure.low is None or figure.high is None or figure.low <= 0:
            return False
    return True


def window(claim: Quantity) -> Interval:
    """Return the values that a printed result allows.

    Half-up or truncated, and for decimals and % one unit of the last place more; 成 and fractions
    are round words, good to half of a tenth.
    """
    value, ulp = claim.value, claim.ulp
    if claim.style == "cheng" and claim.ulp < ONE // 10 and not claim.hedge:
        # 八成九 may be cut off; 七成半 lies half-way to its neighbours
        return value - claim.ulp // 2, value + (ulp if ulp < ONE // 20 else ulp // 2)
    if claim.style in ("cheng", "half", "fraction"):
        slack = ONE // 20
        if claim.hedge == "near":
            return value - slack - ONE // 50, value
        low, high = value - slack, value + slack
    elif claim.role in (SHARE, POINTS):
        # cut off and one unit more: all that is below the next but one
        low, high = value - 3 * ulp // 2, value + 2 * ulp - 1
    else:
        low, high = value - ulp // 2, value + ulp
    if claim.hedge == "over":
        return value - ulp // 2 if claim.style == "digits" else value, _FAR
    if claim.hedge == "under":
        return -_FAR, high if claim.style == "digits" else value
    if claim.hedge == "near":
        return min(low, value - value // 10), high
    if claim.hedge == "about":
        return min(low, value - value // 15), max(high, value + value // 15)
    if claim.hedge == "many":
        return low, high + max(value // 5, 5 * ulp)
    return low, high


def ratio_agrees(part: Quantity, whole: Quantity, claim: Interval) -> bool:
    """Whether ``part / whole`` can lie in ``claim``."""
    if part.low is None or part.high is None or whole.low is None or whole.high is None:
        return True
    return part.low * ONE <= claim[1] * whole.high and part.high * ONE >= claim[0] * whole.low


def change_agrees(old: Quantity, new: Quantity, claim: Interval, falling: bool) -> bool:
    """Whether the relative change from ``old`` to ``new`` can lie in ``claim``."""
    if old.low is None or old.high is None or new.low is None or new.high is None:
        return True
    if falling:
        least, most = old.low - new.high, old.high - new.low
        return (least * ONE <= claim[1] * old.low) and (most * ONE >= claim[0] * old.high)
    least, most = new.low - old.high, new.high - old.low
    return least * ONE <= claim[1] * old.high and most * ONE >= claim[0] * old.low


def percent(numerator: int, denominator: int, like: Quantity) -> str:
    """Return ``numerator / denominator`` printed like the claim, rounded half-up."""
    if like.role == TIMES:
        places = max(like.places, 1 if numerator * 10 % denominator == 0 else 2)
        text = _decimal(numerator, denominator, places)
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "倍"
    places = like.places if like.style == "digits" else 1
    factor = 1000 if like.unit == "‰" else 100
    text = _decimal(numerator * factor, denominator, places)
    if like.style != "digits" and text.endswith(".0"):
        text = text[:-2]
    return text + ("‰" if like.unit == "‰" else "%")


def _decimal(numerator: int, denominator: int, places: int) -> str:
    sign = "-" if (numerator < 0) != (denominator < 0) and numerator else ""
    numerator, denominator = abs(numerator), abs(denominator)
    scaled = (2 * numerator * 10**places + denominator) // (2 * denominator)
    if not places:
        return sign + str(scaled)
    whole, rest = divmod(scaled, 10**places)
    return f"{sign}{whole}.{rest:0{places}d}"


def mean(total: int, number: int, like: Quantity) -> str:
    """Return ``total / number`` in the scale of ``like``, rounded half-up, without a unit."""
    scale = like.scale if like.style == "digits" else 1
    places = like.places
    if total * 10**places % (number * scale):
        places = max(places, 1)
    text = _decimal(total, number * scale, places)
    return text[:-2] if places > like.places and text.endswith(".0") else text


def amount(value: int, like: Quantity) -> str:
    """Return a value in the scale and unit of ``like``: 1.72 of 1.72万亩, without the unit."""
    places = like.places
    while places < 6 and value * 10**places % (ONE * like.scale):
        places += 1
    return _decimal(value, ONE * like.scale, places)


def runs(parts: Sequence[Quantity], total: Quantity) -> Iterator[bool]:
    """Yield for the first one, two, … of the parts whether they make ``total``.

    Each is what ``total_agrees`` says of them, in one pass over all.
    """
    value = slack = finest = 0
    loose = False
    for number, figure in enumerate((total, *parts)):
        if not figure.exact:
            finest = min(finest or figure.ulp, figure.ulp)
            if not figure.hedge:
                slack += figure.ulp // 2 + 1
            elif figure.low is None or figure.high is None:
                loose = True
            else:
                slack += figure.high - figure.low
        if number == 0:
            continue
        value += figure.value
        yield loose or abs(value - total.value) <= (max(slack, finest) if slack else 0)


def total_agrees(parts: Sequence[Quantity], total: Quantity, sign: int = 0) -> bool:
    """Whether ``parts`` can add up to ``total``; with ``sign`` 1 whether they do not exceed it.

    Counts are exact. Of rounded figures each may be off by half a unit of its last place.
    """
    difference = sum([part.value for part in parts]) - total.value
    slack = 0
    rough = [figure for figure in (*parts, total) if not figure.exact]
    for figure in rough:
        if not figure.hedge:
            slack += figure.ulp // 2 + 1
        elif figure.low is None or figure.high is None:
            return True
        else:
            slack += figure.high - figure.low
    if slack:
        slack = max(slack, min(figure.ulp for figure in rough))
    return difference <= slack if sign > 0 else abs(difference) <= slack
