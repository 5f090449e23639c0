"""The ledger: every figure of a draft, what it was compared with, and what came of it."""

from __future__ import annotations

from reportlint.checks.figures import examine
from reportlint.checks.figures.verdicts import AGREES, CONTRADICTS, UNCLEAR, Verdict
from reportlint.lean import NamedTuple
from reportlint.structure import Structure
from reportlint.structure.quantities import Quantity, plain, quantities
from reportlint.structure.roles import noun, role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


NONE = "none"
"""The outcome of a figure that is no claim about others."""

_WEIGHT = {CONTRADICTS: 3, AGREES: 2, UNCLEAR: 1}


class Entry(NamedTuple):
    """One figure.

    ``figure``   its value and interval; its positions are of the clean view
    ``role``     a key of ``roles.ROLES``
    ``noun``     what it counts, where it counts something
    ``outcome``  ``agrees``, ``contradicts``, ``unclear`` or ``none``
    ``rule``     the code of the rule that judged it, or empty
    ``used``     where the figures start that it was compared with
    ``proof``    the sum written out, or empty
    ``reason``   a key of ``reasons.REASONS`` for an unclear one, or empty
    """

    figure: Quantity
    role: str
    noun: str
    outcome: str = NONE
    rule: str = ""
    used: tuple[int, ...] = ()
    proof: str = ""
    reason: str = ""


def ledger(structure: Structure) -> Iterator[Entry]:
    """Yield an entry for every figure of a draft, in order."""
    judged: dict[int, Verdict] = {}
    for verdict in examine(structure):
        known = judged.get(verdict.claim)
        if known is None or _WEIGHT[verdict.outcome] > _WEIGHT[known.outcome]:
            judged[verdict.claim] = verdict
    text = plain(structure.text)
    for paragraph in structure.paragraphs:
        for figure in quantities(text, paragraph.start, paragraph.end):
            entry = Entry(figure, role(text, figure), noun(text, figure))
            found = judged.get(figure.start)
            if found is not None:
                entry = entry._replace(
                    outcome=found.outcome,
                    rule=found.code,
                    used=found.used,
                    proof=found.proof() if found.proof else "",
                    reason=found.reason,
                )
            yield entry
