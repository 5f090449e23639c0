"""CS004: names and phrases that were not in force when the report was written.

The terms with their dates are data (``[[term]]`` in a rule pack, the user's own included). A report
without a date is left alone, and so is what a sentence tells as history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.dating import YEAR, Dating, dating, number
from reportlint.checks.model import Check, Context, Hit
from reportlint.ruleset import Term

_YEAR = rf"(?<![0-9]){YEAR}(?=年|—|-|－|～|至)"
_QUOTES = {"“": "”", "《": "》", "‘": "’", '"': '"'}
_REACH = 160


def _outdated(context: Context) -> Iterator[Hit]:
    text = context.text
    present = [term for term in context.ruleset.terms if term.term in text]
    if not present:
        return
    when = dating(context)
    if not when.earliest:
        return
    history = context.ruleset.compile("(?&cs-history)")
    ahead = context.ruleset.compile("(?&cs-ahead)")
    taken: set[int] = set()  # positions within longer terms: 国家税务局 is no 税务局
    for term in sorted(present, key=lambda term: -len(term.term)):
        ended = bool(term.ends) and term.ends < when.earliest
        wrong = ended or (bool(term.starts) and term.starts > when.latest)
        excused = history if ended else ahead
        for match in re.finditer(re.escape(term.term), text):
            start, end = match.span()
            if start in taken or end - 1 in taken:
                continue
            taken.update(range(start, end))
            if not wrong:
                continue
            before, after = _sentence(text, start, end)
            sentence = before + term.term + after
            if (
                excused.search(sentence)
                or any(word in sentence for word in term.unless)
                or before[-1:] in _QUOTES
                or _former(before)
                or (ended and _dated_earlier(sentence, when))
            ):
                continue
            yield _hit(term, start, end, ended)


def _hit(term: Term, start: int, end: int, ended: bool) -> Hit:
    zh = f"{term.ends}以后不再使用" if ended else f"{term.starts}才有"
    en = f"was used until {term.ends}" if ended else f"came up on {term.starts}"
    advice = {"zh": "", "en": ""}
    edits = []
    if ended and term.replacement:
        advice = {"zh": f"，今用“{term.replacement}”", "en": f"; today {term.replacement}"}
        edits = [(start, end, term.replacement)]
    return Hit(
        "CS004",
        start,
        end,
        fields={
            "zh": zh + advice["zh"],
            "en": en + advice["en"],
            "since": term.since,
            "replacement": term.replacement,
        },
        data={
            "from": term.starts or None,
            "to": term.ends or None,
            "since": term.since,
            "replacement": term.replacement or None,
        },
        edits=edits,
        title={"zh": "改为“{replacement}”", "en": "replace by “{replacement}”"} if edits else None,
    )


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a span in its sentence, within reach."""
    before = re.split("[。！？；\n]", text[max(0, start - _REACH) : start])[-1]
    return before, re.split("[。！？；\n]", text[end : end + _REACH], maxsplit=1)[0]


def _former(before: str) -> bool:
    return re.search(r"(?:原|前|旧)[^，、。]{0,8}$", before) is not None


def _dated_earlier(sentence: str, when: Dating) -> bool:
    return any(number(m.group()) < int(when.earliest[:4]) for m in re.finditer(_YEAR, sentence))


CHECKS = (Check(("CS004",), "clean", _outdated),)
