"""CS002: a real name that was left in a draft whose other names are masked.

What stands in the place of a slot is a name for certain only where its surroundings say so: right
behind a masked place (XX县青山镇), right before one (青山县XX镇), in a list with masked ones
(XX村、青石村), where the writer signs, in the role of the author's own office (``places``), or in a
form that only names have (浅水西路).
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks import places
from reportlint.checks.model import Check, Context, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_FEWEST = 8
"""So many masked names make a draft a redacted one."""

_MASKS = "XxＸｘ×*＊"
_MASKED = frozenset("省市县区镇乡村州旗街路河社同局公")
"""With what a masked name goes on behind its last mask."""

_LEFT = (
    "cs-place-left",
    "cs-place-before",
    "cs-person-left",
    "cs-beside-slot",
    "cs-beside-name",
    "cs-road-left",
    "cs-school-left",
)


def _unredacted(context: Context) -> Iterator[Hit]:
    text, rules = context.text, context.ruleset
    if not _may_be_redacted(context):
        return
    slots = sum(1 for _ in rules.compile("(?&cs-masked-name)").finditer(text))
    if slots < _FEWEST:
        return
    for pattern in _LEFT:
        for match in rules.compile(f"(?&{pattern})").finditer(text):
            start, end = match.span("name")
            if rules.compile("(?:(?&cs-common-name))$").search(text[start:end]) is None:
                yield Hit("CS002", start, end, data={"slots": slots})
    for claim in places.claims(context):
        level = claim.name[-1]
        masked = rules.compile(f"(?&cs-slot){level}").finditer(text)
        if next(masked, None) is not None and next(masked, None) is not None:
            yield Hit("CS002", claim.start, claim.end, data={"slots": slots})


def _may_be_redacted(context: Context) -> bool:
    """Whether there are enough masks with what may be the rest of a name behind them."""
    text, marks = f"{context.text}\n", context.marks.at
    masks = patterns.places(text, "某")
    for mask in _MASKS:
        masks += marks.get(mask, ())
    if len(masks) < _FEWEST:
        return False
    return len([at for at in masks if text[at + 1] in _MASKED]) >= _FEWEST


CHECKS = (Check(("CS002",), "clean", _unredacted),)
