"""CS004: names and phrases that were not in force when the report was written.

The terms with their dates are data (``[[term]]`` in a rule pack, the user's own included). A report
without a date is left alone, and so is what is told as history, quoted, or said of another country.
What tells so is a fragment each in the pack: ``cs-history``, ``cs-ahead``, ``cs-former``,
``cs-renamed``, ``cs-elsewhere`` and ``cs-chronicle``.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.dating import YEAR, dating, number
from reportlint.checks.model import Check, Context, Hit
from reportlint.ruleset import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


_TOLD = rf"(?<![0-9])(?P<year>{YEAR})(?=[年—－–～~至.．/〕\]］）)-])|十(?P<plan>[一二三四])五"
"""A year or a five-year plan told in a sentence: 2016年, 2016—2018年, 〔2016〕3号, “十三五”期间."""
_BEGUN = (
    rf"(?:^|[。；：])[^，。；：0-9]{{0,6}}(?P<year>{YEAR})年(?![^，。；]{{0,8}}(?:以来|起|至今))"
)
"""A sentence that begins with a year; what follows it in the paragraph happened then."""
_TARGET = rf"{YEAR}年?底?前|到{YEAR}|规划|纲要|远景|愿景"
"""A title whose year is not that of the report: 2030年前碳达峰行动方案."""
_PAIRS = {"“": "”", "《": "》", "‘": "’", "「": "」"}
_PLANS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021}
_REACH = 160
_NEAR = 12
_NAMES = 48
_PARAGRAPH = 480


def _outdated(context: Context) -> Iterator[Hit]:
    text = context.text
    when = dating(context)
    if not when.earliest or (when.signed_year is None and _is_target(context)):
        return
    # What a later pack says of a term takes the place of what an earlier one says.
    terms = context.ruleset.named
    names = set(context.ruleset.words("terms", terms.keys).found(text))
    present = [term for name, term in terms.items() if name in names]
    taken: set[int] = set()  # positions within longer terms: 国家税务局 is no 税务局
    for term in sorted(present, key=lambda term: -len(term.term)):
        ended = bool(term.ends) and term.ends < when.earliest
        wrong = ended or (bool(term.starts) and term.starts > when.latest)
        for start in patterns.places(text, term.term):
            end = start + len(term.term)
            if start in taken or end - 1 in taken:
                continue
            taken.update(range(start, end))
            if wrong and not _excused(context, term, start, end, ended):
                yield _hit(term, start, end, ended, _today(term, terms, when.earliest))


def _excused(context: Context, term: Term, start: int, end: int, ended: bool) -> bool:
    """Whether a term out of its time may stand here all the same."""
    compiled = context.ruleset.compile
    before, after = _sentence(context.text, start, end)
    sentence = before + term.term + after
    if any(word in sentence for word in term.unless) or _is_quoted(before):
        return True
    if compiled("(?:(?&cs-elsewhere))$").search(before[-_NEAR:]):
        return True
    if not ended:
        return compiled("(?&cs-ahead)").search(sentence) is not None
    return (
        compiled("(?&cs-history)").search(sentence) is not None
        or compiled("(?:(?&cs-former))$").search(before[-_NAMES:]) is not None
        or compiled("(?&cs-renamed)").match(after) is not None
        or _is_told_of(context.text, start, sentence, int(term.ends[:4]))
        or _is_chronicle(context, start)
    )


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a span in its sentence, within reach."""
    before = patterns.split("[。！？；\n]", text[max(0, start - _REACH) : start])[-1]
    return before, patterns.split("[。！？；\n]", text[end : end + _REACH], maxsplit=1)[0]


def _is_quoted(before: str) -> bool:
    """Whether the term stands within marks that were opened before it."""
    return any(before.count(left) > before.count(right) for left, right in _PAIRS.items())


def _is_told_of(text: str, start: int, sentence: str, last: int) -> bool:
    """Whether the sentence, or the year that its paragraph began with, is of the term's time."""
    for match in patterns.finditer(_TOLD, sentence):
        if (number(match["year"]) if match["year"] else _PLANS[match["plan"]]) <= last:
            return True
    earlier = text[max(0, start - _PARAGRAPH) : start].rpartition("\n")[2]
    if "年" not in earlier:
        return False
    begun = [number(match["year"]) for match in patterns.finditer(_BEGUN, earlier)]
    return bool(begun) and begun[-1] <= last


def _is_chronicle(context: Context, start: int) -> bool:
    """Whether the headings above announce the past: 历史沿革, 大事记, 个人简历."""
    chronicle = context.ruleset.compile("(?&cs-chronicle)")
    path = context.structure.heading_path(context.view.raw(start))
    return any(chronicle.search(title) for title in path)


def _is_target(context: Context) -> bool:
    structure = context.structure
    lines = structure.paragraphs[: structure.title_lines]
    title = "\n".join(context.text[line.start : line.end] for line in lines)
    return context.ruleset.compile(_TARGET).search(title) is not None


def _today(term: Term, terms: Mapping[str, Term], day: str) -> str:
    """Return what the term is called on ``day``, where its successor was renamed in its turn."""
    name = term.replacement
    for _ in terms:
        successor = terms.get(name)
        if successor is None or not successor.ends or successor.ends >= day:
            break
        name = successor.replacement
    return name


def _hit(term: Term, start: int, end: int, ended: bool, today: str) -> Hit:
    zh = f"{term.ends}以后不再使用" if ended else f"{term.starts}才有"
    en = f"was used until {term.ends}" if ended else f"came up on {term.starts}"
    advice = {"zh": "", "en": ""}
    edits: Iterable[tuple[int, int, str]] = ()
    if ended and today:
        advice = {"zh": f"，今用“{today}”", "en": f"; today {today}"}
        edits = ((start, end, today),)
    return Hit(
        "CS004",
        start,
        end,
        fields={
            "zh": zh + advice["zh"],
            "en": en + advice["en"],
            "since": term.since,
            "replacement": today,
        },
        data={
            "from": term.starts or None,
            "to": term.ends or None,
            "since": term.since,
            "replacement": today or None,
        },
        edits=tuple(edits),
        title={"zh": "改为“{replacement}”", "en": "replace by “{replacement}”"} if edits else None,
    )


CHECKS = (Check(("CS004",), "clean", _outdated),)
