"""CS: residue of copying and of many hands.

Each of the harder rules has a module: ``levels`` and ``places``, ``redaction``, ``years`` and
``eras``, ``terms``, ``repetition``. Here is the one that is a table: words written in two ways.
"""

from __future__ import annotations

from reportlint.checks import eras, levels, places, redaction, repetition, terms, years
from reportlint.checks.model import Check, Context, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def _two_forms(context: Context) -> Iterator[Hit]:
    """CS006: the form that is not recommended, where the draft has the other one as well."""
    text, rules = context.text, context.ruleset
    found = {text[start:end] for start, end in context.standing(rules.forms)}
    for right, wrong in (pair for word in found for pair in rules.forms[word]):
        first = text.find(right)
        if first < 0:
            continue
        for match in rules.compile(wrong).finditer(text):
            start, end = match.span()
            yield Hit(
                "CS006",
                start,
                end,
                fields={"other": right},
                data={"other": right},
                labels=[({"zh": "另一种写法", "en": "the other form"}, first, first + len(right))],
                edits=[(start, end, right)],
                title={"zh": "统一为“{other}”", "en": "write “{other}” throughout"},
            )


CHECKS = (
    *levels.CHECKS,
    *places.CHECKS,
    *redaction.CHECKS,
    *years.CHECKS,
    *eras.CHECKS,
    *terms.CHECKS,
    *repetition.CHECKS,
    Check(("CS006",), "clean", _two_forms),
)
