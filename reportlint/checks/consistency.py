"""CS: residue of copying and of many hands.

Each of the harder rules has a module: ``levels`` and ``places``, ``redaction``, ``years`` and
``eras``, ``terms``, ``repetition``. Here is the one that is a table: words written in two ways.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks import eras, levels, places, redaction, repetition, terms, years
from reportlint.checks.model import Check, Context, Hit
from reportlint.lean import lru_cache
from reportlint.words import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_AROUND = patterns.compile(r"\(\?<?[!=][^()]*\)")
"""What in a pattern looks around: the form itself is what is left."""


@lru_cache(maxsize=8)
def _forms(pairs: tuple[str, ...]) -> tuple[Words, dict[str, list[tuple[str, str]]]]:
    """Return the forms to look for, and by these the recommended ones with the patterns."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        right, _, wrong = pair.partition("/")
        forms.setdefault(_AROUND.sub("", wrong), []).append((right, wrong))
    return Words(forms), forms


def _two_forms(context: Context) -> Iterator[Hit]:
    """CS006: the form that is not recommended, where the draft has the other one as well."""
    text, rules = context.text, context.ruleset
    words, forms = _forms(rules.lists["two-forms"])
    for right, wrong in (pair for word in words.found(text) for pair in forms[word]):
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
