"""CS001: levels of administration that exclude each other.

Naming a higher level is normal: a county carries out what 市委 decided. Two levels exclude each
other only where the same sort of phrase claims both for the author: 我镇 and 我乡, in 县委's and in
区委's lead, an agenda of 县委 in a report that fulfils 某市's quota. Such phrases are collected
with the level they claim, and the smaller party is reported.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Check, Context, Hit
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator


_TIERS = {
    level: tier for tier, row in enumerate(("省", "市州盟", "县区旗", "镇乡")) for level in row
}
_TIERS["街道"] = 3
_SIBLINGS = (("县", "区", "旗"), ("镇", "乡", "街道"))
_MANY = 4


_OFFICE = ("agenda", "role", "done")
"""The sorts of claims that only the author's own office makes."""
_COMMITTEE = patterns.compile("委(?<=[市县区旗]委)")
_HEAD = patterns.compile("长(?<=[市县区旗]长)(?=以来|起|，我)")
_DRAFT = patterns.compile("征兵(?<=[市县区旗度]征兵)")


class _Claim(NamedTuple):
    """A phrase that gives the author a level. ``sort`` is own, whole, led, agenda, role or done."""

    sort: str
    level: str
    start: int
    end: int


def _mixed_levels(context: Context) -> Iterator[Hit]:
    """CS001: claims of the smaller party, each with one of the larger as its label."""
    text, named = context.text, _named(context)
    found = list(_phrases(context))
    if not found:
        return  # what is only whole excludes nothing
    whole = context.ruleset.compile("(?&cs-level-whole)")
    found += [("whole", match) for match in whole.finditer(text)]
    if not _may_clash({(sort, match["level"]) for sort, match in found}, named):
        return
    claims = [
        _Claim(sort, match["level"], *match.span())
        for sort, match in found
        if not _quoted(text, match.start())
    ]
    clashes = _clashes(text, claims, named)
    districts = [c for c in claims if c.level == "区" and c.sort in ("own", "whole")]
    if districts:
        # 我区 may be a zone's
        others = _clashes(text, [claim for claim in claims if claim not in districts], named)
        if clashes != others and context.ruleset.compile("(?&cs-zone)").search(text):
            clashes = others
    reported: set[int] = set()
    if not clashes or context.ruleset.compile("(?&cs-reorganised)").search(text):
        return
    for claim, other in clashes:
        if claim.start not in reported:
            reported.add(claim.start)
            yield Hit(
                "CS001",
                claim.start,
                claim.end,
                fields={"other": other.level},
                data={"level": claim.level, "other": other.level},
                labels=[({"zh": "另一处", "en": "the other level"}, other.start, other.end)],
            )


def _phrases(context: Context) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the phrases of each sort but ``whole``, sort by sort.

    Those that begin with one of several characters are looked for only where they may end.
    """
    text, compiled = context.text, context.ruleset.compile
    committees = [match.start() for match in _COMMITTEE.finditer(text)]
    heads = [match.start() for match in _HEAD.finditer(text)]
    heads += [at for at in committees if text.startswith("书记", at + 1)]
    drafts = [match.start() for match in _DRAFT.finditer(text)]
    for match in compiled("(?&cs-level-own)").finditer(text):
        yield "own", match
    for sort, starts in (
        ("led", _before(text, committees, 6, "在")),
        ("agenda", [at - 3 for at in committees if text[at - 2] in "入上"]),
        ("role", _before(text, heads, 21, "自作身")),
        ("done", _before(text, drafts, 13, "圆顺全超")),
    ):
        if starts:
            pattern = compiled(f"(?&cs-level-{sort})")
            for match in patterns.matches_at(pattern, text, sorted(starts)):
                yield sort, match


def _before(text: str, places: Iterable[int], reach: int, begins: str) -> set[int]:
    """Return where one of ``begins`` stands at most ``reach`` characters before a place."""
    starts = set()
    for at in places:
        first = max(0, at - reach)
        near = text[first:at]
        for char in begins:
            starts.update([first + place for place in patterns.places(near, char)])
    return starts


def _may_clash(claims: set[tuple[str, str]], named: set[str]) -> bool:
    """Whether claims of these sorts and levels may exclude each other."""
    levels = {level for _, level in claims}
    if any(len(levels.intersection(group)) > 1 for group in _SIBLINGS):
        return True
    office = {level for sort, level in claims if sort in _OFFICE}
    if "市" in office and len(office) > 1:
        return True
    return bool(named) and _tier(levels) > _tier(named)


def _clashes(text: str, claims: list[_Claim], named: set[str]) -> list[tuple[_Claim, _Claim]]:
    """Return the claims that others exclude, each with one of these."""
    return [*_siblings(claims), *_inverted(text, claims), *_below(claims, named)]


def _siblings(claims: list[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield claims of a level whose sibling is claimed at least twice as often."""
    parties: dict[str, list[_Claim]] = {}
    for claim in claims:
        parties.setdefault(claim.level, []).append(claim)
    for group in _SIBLINGS:
        there = [level for level in group if level in parties]
        if len(there) < 2:
            continue
        main = max(there, key=lambda level: len(parties[level]))
        own = [claim for claim in parties[main] if claim.sort != "whole"]
        if not own:
            continue
        for level in there:
            few = parties[level]
            if level == main or 2 * len(few) > len(parties[main]):
                continue
            for claim in few:
                if claim.sort != "whole" or len(parties[main]) >= _MANY * len(few):
                    same = [other for other in own if other.sort == claim.sort]
                    yield claim, (same or own)[0]


def _inverted(text: str, claims: list[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield the rarer of a city and a county that are both the author's own office."""
    own = [claim for claim in claims if claim.sort in _OFFICE]
    city = [claim for claim in own if claim.level == "市"]
    county = [claim for claim in own if claim.level in "县区旗"]
    if city and county:
        few, many = county, city
        if text.count(county[0].level) > text.count("市"):
            few, many = many, few
        for claim in few:
            yield claim, many[0]


def _named(context: Context) -> set[str]:
    """Return the levels that the title names."""
    structure = context.structure
    lines = structure.paragraphs[: structure.title_lines]
    if not lines:
        return set()
    names = context.ruleset.compile("(?&cs-level-title)")
    return {match["level"] for match in names.finditer(context.text, 0, lines[-1].end)}


def _tier(levels: Iterable[str]) -> int:
    """Return the lowest of some levels, as the place of its tier."""
    return max(map(_TIERS.__getitem__, levels))


def _below(claims: list[_Claim], named: set[str]) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield claims of a level below the one that the title names and the text claims."""
    if not named:
        return
    tier = _tier(named)
    firm = [c for c in claims if _TIERS[c.level] == tier and c.sort in ("own", "whole")]
    if len(firm) < 2:
        return
    for claim in claims:
        if _TIERS[claim.level] > tier and claim.sort in ("own", "led"):
            yield claim, firm[0]


def _quoted(text: str, position: int) -> bool:
    start = max(0, position - 120)
    return text.rfind("“", start, position) > text.rfind("”", start, position)


CHECKS = (Check(("CS001",), "clean", _mixed_levels),)
