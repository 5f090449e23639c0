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
    from collections.abc import Iterator


_TIERS = {
    level: tier for tier, row in enumerate(("省", "市州盟", "县区旗", "镇乡")) for level in row
}
_TIERS["街道"] = 3
_SIBLINGS = (("县", "区", "旗"), ("镇", "乡", "街道"))
_AGENDA = ("议事日程", "工作日程", "工作要点")
_MANY = 4
_CLAIMED = patterns.compile(
    "[省市州盟县区旗镇乡道](?:(?<=[我全].)|(?<=[我全]街道)|(?=委|长(?:以来|起|，我)|(?:年度)?征兵))"
)
"""A level where a phrase may claim it: 我县, 全县, 县委, 县长以来, 县征兵."""


class _Claim(NamedTuple):
    """A phrase that gives the author a level. ``sort`` is own, whole, led, agenda, role or done."""

    sort: str
    level: str
    start: int
    end: int


def _mixed_levels(context: Context) -> Iterator[Hit]:
    """CS001: claims of the smaller party, each with one of the larger as its label."""
    text, rules = context.text, context.ruleset
    near = _near_levels(text)
    if not near or not _worth_a_look(context, near):
        return
    claims = [
        _Claim(sort, match["level"], *match.span())
        for sort in _possible(text, near)
        for match in rules.compile(f"(?&cs-level-{sort})").finditer(text)
        if not _quoted(text, match.start())
    ]
    districts = [c for c in claims if c.level == "区" and c.sort in ("own", "whole")]
    if districts and rules.compile("(?&cs-zone)").search(text):
        claims = [claim for claim in claims if claim not in districts]
    reported: set[int] = set()
    clashes = [*_siblings(claims), *_inverted(text, claims), *_below(context, claims)]
    if not clashes or rules.compile("(?&cs-reorganised)").search(text):
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


def _near_levels(text: str) -> set[tuple[str, str, str]]:
    """Return what stands before and after each level that may be claimed, and the level."""
    near = set()
    for match in _CLAIMED.finditer(text):
        start, end = match.span()
        level = text[start:end]
        if level == "道":
            start -= 1
            level = text[start:end] if start >= 0 else level
        if level in _TIERS:
            near.add((text[start - 1 : start], level, text[end : end + 1]))
    return near


def _possible(text: str, near: set[tuple[str, str, str]]) -> list[str]:
    """Return the sorts of claims that there may be, in order."""
    before, _, after = map(set, zip(*near, strict=True))
    there = {
        "own": "我" in before,
        "whole": "全" in before,
        "led": "委" in after,
        "agenda": any(left in ("入", "上") and right == "委" for left, _, right in near),
        "role": "长" in after or "委书记" in text,
        "done": not after.isdisjoint("征年"),
    }
    return [sort for sort, possible in there.items() if possible]


def _worth_a_look(context: Context, near: set[tuple[str, str, str]]) -> bool:
    """Whether levels may clash, told from plain words: compiling the patterns costs more."""
    text = context.text
    claimed = {level for left, level, right in near if left in ("我", "全") or right == "委"}
    if any(len(claimed.intersection(group)) > 1 for group in _SIBLINGS):
        return True
    if "市" in text and any(word in text for word in _AGENDA):
        return True
    lines = context.structure.paragraphs[: context.structure.title_lines]
    title = text[lines[0].start : lines[-1].end] if lines else ""
    lowest = max((tier for word, tier in _TIERS.items() if word in title), default=None)
    return lowest is not None and any(_TIERS[word] > lowest for word in claimed)


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
    own = [claim for claim in claims if claim.sort in ("agenda", "role", "done")]
    city = [claim for claim in own if claim.level == "市"]
    county = [claim for claim in own if claim.level in "县区旗"]
    if city and county:
        few, many = county, city
        if text.count(county[0].level) > text.count("市"):
            few, many = many, few
        for claim in few:
            yield claim, many[0]


def _below(context: Context, claims: list[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield claims of a level below the one that the title names and the text claims."""
    structure = context.structure
    lines = structure.paragraphs[: structure.title_lines]
    if not lines:
        return
    names = context.ruleset.compile("(?&cs-level-title)")
    named = [match["level"] for match in names.finditer(context.text, 0, lines[-1].end)]
    if not named:
        return
    tier = max(_TIERS[level] for level in named)
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
