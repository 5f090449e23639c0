"""CS001: the name of another place in the role of the author's own.

A report names other places for many good reasons: neighbours, partners, examples, those that it
oversees. So a name counts only where it does what the author's own office does: it leads, approves,
is charged with a task, introduces or signs the report. Of two names of one tier in these roles one
is a leftover; the title and the signature say which is the author's, else the majority does. A
name that the text anywhere speaks of as somebody else's (与平川县协作, 赴平川县) is left alone.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Check, Context, Hit
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_TIERS = {
    level: tier for tier, row in enumerate(("省", "市州盟", "县区旗", "镇乡")) for level in row
}
_TIERS["道"] = 3  # 街道
_OVER = ("led", "agenda", "lead-in")
"""The roles that nobody but the author's own offices and those above can have."""

_OTHERS = ("duty", "approved", "about")
_BEHIND = patterns.compile(
    "[局会室府委议究:：省市州盟县区旗镇乡道](?=(?P<duty>负责|牵头|组织实施|会同)"
    "|(?P<approved>同意|批准|审定|审批|通过)"
    "|(?P<about>位于|地处|总面积|国土|幅员|下?辖|现[辖有]|境内|总人口|属))"
)
"""What gives the other roles stands right behind an office or a place."""

_NEAR_END = 12
_LINE = 30
_OPENING = 1600
_MANY = 8
"""With more names than this in question the text is about many places."""
_REACH = 80


class Claim(NamedTuple):
    """A name with its level (云台县) in the role ``sort``: led, agenda, lead-in, duty, …"""

    sort: str
    tier: int
    name: str
    start: int
    end: int


def claims(context: Context) -> list[Claim]:
    """Return the names of places that stand where the author's own, or those above it, would."""
    return [*context.once(_above), *context.once(_others)]


def _above(context: Context) -> list[Claim]:
    return [claim for role in _OVER for claim in _claims(context, role)]


def _others(context: Context) -> list[Claim]:
    there = {match.lastgroup for match in _BEHIND.finditer(context.text)}
    return [claim for role in _OTHERS if role in there for claim in _claims(context, role)]


def _claims(context: Context, sort: str) -> Iterator[Claim]:
    text, rules = context.text, context.ruleset
    limit = _OPENING if sort == "lead-in" else len(text)
    for match in rules.compile(f"(?&cs-own-{sort})").finditer(text, 0, limit):
        for named in rules.compile("(?&cs-own-name)").finditer(text, *match.span("span")):
            yield from _units(context, sort, *named.span("chain"))


def _units(context: Context, sort: str, start: int, end: int) -> list[Claim]:
    """Return the places of a chain, 海州市云台县 as two; none if one of them is no name."""
    rules = context.ruleset
    found = []
    for match in rules.compile("(?&cs-unit)").finditer(context.text, start, end):
        name = match.group()
        stem = name[: -2 if name.endswith("街道") else -1]
        if rules.compile("(?&cs-no-name)").search(stem):
            return []
        found.append(Claim(sort, _TIERS[name[-1]], name, *match.span()))
    return found


def _title(context: Context) -> list[Claim]:
    """Return the places with which the title begins."""
    structure, text = context.structure, context.text
    begin = context.ruleset.compile("(?&cs-title-name)").match
    for start, end, _, _ in structure.paragraphs[: structure.title_lines]:
        match = begin(text, start, end)
        if match is not None:
            return _units(context, "title", *match.span("chain"))
    return []


def _signatures(context: Context) -> list[list[Claim]]:
    """Return the places of each line that names an office under the text."""
    structure, text = context.structure, context.text
    whole = context.ruleset.compile("(?&cs-signed-name)$").match
    found = []
    paragraphs = structure.paragraphs
    for start, end, kind, _ in paragraphs[
        max(structure.title_lines, len(paragraphs) - _NEAR_END) :
    ]:
        if end - start <= _LINE and kind != "cell":
            match = whole(text, start, end)
            units = _units(context, "signed", *match.span("chain")) if match else []
            if units:
                found.append(units)
    return found


def _foreign(context: Context) -> Iterator[Hit]:
    """CS001: names in the author's role that are not the author's."""
    text, structure, rules = context.text, context.structure, context.ruleset
    named, signed = _title(context), _signatures(context)
    if not named and not signed and len(context.once(_above)) < 2:
        return  # nothing tells which place is the author's own
    found = claims(context)
    if not found and not (named and signed):
        return
    first = structure.paragraphs[: structure.title_lines]
    title = text[first[0].start : first[-1].end] if first else ""
    if rules.compile("(?&cs-two-places)").search(title):
        return
    if rules.compile("(?&cs-reorganised)").search(text):
        return
    lines = {units[-1].name for units in signed}
    if len(lines) > 1:
        signed = []  # issued by several, or a list at the end
    if named and signed and signed[0][-1].tier < named[-1].tier:
        named = []  # a report on the place, by those above it
    own: dict[int, Claim] = {}
    for units in (named, *signed):
        for unit in units:
            # a city that is the author itself may be one above counties or one below a city
            alone = unit is units[-1] and unit.tier == 1
            if not alone or rules.compile("(?&cs-prefecture)").search(text):
                own.setdefault(unit.tier, unit)
    if named and signed and named[-1].tier == signed[0][-1].tier:
        found.append(signed[0][-1])
        own.setdefault(named[-1].tier, named[-1])
    lowest = max((unit.tier for units in (named, *signed) for unit in units), default=len(_TIERS))
    for tier in {claim.tier for claim in found} - own.keys():
        # below the author's tier there are many places, and tasks are given to all of them
        party = [c for c in found if c.tier == tier and c.sort in _OVER]
        found = [c for c in found if c.tier != tier or c.sort in _OVER]
        if tier < lowest:
            _elect(own, party)
    others = {c.name for c in found if c.tier in own and own[c.tier].name != c.name}
    if not others or len(others) > _MANY:
        return
    excused = {name for name in others if name in title or _elsewhere(context, name)}
    for claim in found:
        if claim.name in others - excused and not _told_of(context, claim):
            mine = own[claim.tier]
            yield Hit(
                "CS001",
                claim.start,
                claim.end,
                fields={"other": mine.name},
                data={"name": claim.name, "other": mine.name},
                labels=[({"zh": "另一处", "en": "the other name"}, mine.start, mine.end)],
            )


def _elect(own: dict[int, Claim], party: list[Claim]) -> None:
    """Take the name that at least two claims have, and twice as many as all others together."""
    names = [claim.name for claim in party]
    for claim in party:
        votes = names.count(claim.name) if len(set(names)) <= _MANY else 0
        if votes >= 2 and votes >= 2 * (len(names) - votes):
            own[claim.tier] = claim
            return


def _elsewhere(context: Context, name: str) -> bool:
    """Whether the text anywhere speaks of the place as of another one."""
    text, rules = context.text, context.ruleset
    apart = rules.compile("(?&cs-other-place)")
    before, after = rules.compile("(?&cs-apart-before)"), rules.compile("(?&cs-apart-after)")
    for start in patterns.places(text, name):
        end = start + len(name)
        clause = patterns.split("[，。；：\n]", text[max(0, start - _REACH) : start])[-1]
        rest = patterns.split("[，。；：\n]", text[end : end + _REACH], maxsplit=1)[0]
        if apart.search(clause) or apart.search(rest) or before.search(clause) or after.match(rest):
            return True
    return False


def _told_of(context: Context, claim: Claim) -> bool:
    """Whether the sentence tells history, quotes, or is about several places."""
    text, rules = context.text, context.ruleset
    if claim.sort == "about":
        # an example is announced a sentence or a heading before it
        leading = text[max(0, claim.start - _REACH) : claim.end + _REACH]
        if rules.compile("(?&cs-example)").search(leading):
            return True
    before = patterns.split("[。；\n]", text[max(0, claim.start - _REACH) : claim.start])[-1]
    after = patterns.split("[。；\n]", text[claim.end : claim.end + _REACH], maxsplit=1)[0]
    return (
        before.rfind("“") > before.rfind("”")
        or rules.compile("(?&cs-history)").search(before + after) is not None
    )


CHECKS = (Check(("CS001",), "clean", _foreign),)
