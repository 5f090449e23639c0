"""Document and settings to findings. Pure: no disk, no terminal, no clock, no environment.

The draft is read twice. Site markers and adverts (layer ``raw``) are looked for in the text as it
is, only without invisible characters; they are often spliced into the middle of a word. Every other
check reads the *clean view*: the text without them and without the markup of its format, whose
spans map back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportlint import patterns
from reportlint.checks import CHECKS
from reportlint.checks.model import Check, Context, Hit
from reportlint.document import Document, Notice, Span, View, covered, merge, touched
from reportlint.findings import Applicability, Edit, Finding, Fix, Label
from reportlint.record import NamedTuple
from reportlint.ruleset import Rule, RuleSet, fill
from reportlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TIME_LIMIT = 2.0
"""Seconds that one pattern of a user's pack may take on one document."""

INVISIBLE = patterns.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)
"""Characters that take no room on paper: zero-width, joiners, direction marks, tags."""

_CR = patterns.compile(r"\r(?=\n)")


class Outcome(NamedTuple):
    """What ``lint`` found, in order of position, and what kind of report it took the draft for.

    ``kind_from`` is ``title``, ``opening``, ``option`` or None.
    """

    findings: tuple[Finding, ...]
    kind: str | None
    kind_from: str | None
    context: Context


def lint(document: Document, settings: Settings) -> Outcome:
    """Run every active rule over ``document``. A rule that crashes becomes a finding RL003."""
    text, active = document.text, settings.active
    carriage = [(m.start(), m.end()) for m in _CR.finditer(text)] if "\r" in text else []
    unseen = [(m.start(), m.end()) for m in INVISIBLE.finditer(text)]
    opaque = merge((b.start, b.end) for b in document.blocks if b.kind == "opaque")

    checks = (*CHECKS, *settings.ruleset.checks)
    source = Context(document, settings, View(text))
    findings = [_noticed(source, notice) for notice in document.notices if notice.code in active]
    findings += _run(source, "source", checks, opaque)
    visible = _view(text, carriage + unseen)
    telling = settings.ruleset.telling(visible.text)
    # What a site left is no text of the report, whether or not it is to be reported.
    markers_too = settings._replace(active=active | settings.ruleset.markers)
    raw = Context(document, markers_too, visible, telling)
    left_over = list(_run(raw, "raw", checks, opaque))
    markers = [(f.start, f.end) for f in left_over if f.category == "paywall"]
    findings += [f for f in left_over if f.code in active or f.category == "reportlint"]

    cuts = [*carriage, *unseen, *markers, *document.markup]
    clean = Context(document, settings, _view(text, cuts) if cuts else visible, telling)
    findings += _run(clean, "clean", checks, opaque)

    kind = clean.structure.kind
    findings.sort(key=lambda f: (f.start, f.end, f.code))
    return Outcome(tuple(findings), kind.id, kind.origin, clean)


def _view(text: str, cuts: Sequence[tuple[int, int]]) -> View:
    view = View(text, cuts)
    if "\r" in view.text:
        view.text = view.text.replace("\r", "\n")
    return view


def _run(
    context: Context, layer: str, checks: Sequence[Check], opaque: Sequence[Span]
) -> Iterator[Finding]:
    settings = context.settings
    active = settings.active
    hits: list[Hit] = []
    for check in checks:
        if check.layer != layer or active.isdisjoint(check.codes):
            continue
        try:
            hits += [hit for hit in check.find(context) if hit.code in active]
        except Exception as error:
            crash = _crash(context, check.codes[0], error)
            if crash is not None:
                yield crash
    for rule in settings.ruleset.searched.get(layer, ()):
        if rule.code in active:
            try:
                hits += search(context, rule)
            except TimeoutError:
                yield _internal(context, "RL004", {"rule": rule.code, "seconds": TIME_LIMIT})
            except Exception as error:
                crash = _crash(context, rule.code, error)
                if crash is not None:
                    yield crash
    document = context.document
    hidden = document.markup if layer == "clean" else ()
    for hit in _strongest(hits, settings.ruleset, layer):
        finding = _finding(context, hit)
        start, end = finding.start, finding.end
        if covered(opaque, start, end) or (start < end and covered(hidden, start, end)):
            continue
        if layer == "clean" and start < end and not _in_block(document, start, end):
            continue  # the gap between two cells of a table is no blank
        yield finding


def _in_block(document: Document, start: int, end: int) -> bool:
    block = document.block_at(start)
    return (block is not None and start < block.end) or document.block_at(end - 1) is not None


def search(context: Context, rule: Rule) -> Iterator[Hit]:
    """Yield the matches of a pattern rule. Raises TimeoutError for a pattern of a user's pack."""
    text, ruleset = context.text, context.ruleset
    if rule.requires and not any(word in text for word in rule.requires):
        return
    limit = {} if rule.trusted else {"timeout": TIME_LIMIT}
    excused: Sequence[Span] | None = None
    for number, pattern in enumerate(rule.patterns):
        if rule.needs and _lacks(context.telling, rule.needs[number]):
            continue
        for match in ruleset.compile(pattern, trusted=rule.trusted).finditer(text, **limit):
            start, end = match.span("span") if "span" in match.re.groupindex else match.span()
            if start == end:
                continue
            if rule.unless and excused is None:
                excused = merge(
                    other.span()
                    for exception in rule.unless
                    for other in ruleset.compile(exception, trusted=rule.trusted).finditer(
                        text, **limit
                    )
                )
            if excused and touched(excused, start, end):
                continue
            if rule.extent != "match":
                start, end = grow(text, start, end, rule.extent)
            edits = [(start, end, "")] if rule.fix == "delete" else ()
            yield Hit(
                rule.code,
                start,
                end,
                edits=edits,
                title=DELETE if edits else None,
                applicability=Applicability.SAFE,
            )


def _lacks(telling: frozenset[str], needs: tuple[tuple[str, ...], ...]) -> bool:
    return any(map(telling.isdisjoint, needs))


QUOTING = frozenset(
    {
        "text",
        "before",
        "claimed",
        "expected",
        "proof",
        "whole",
        "other",
        "right",
        "since",
        "author",
        "remark",
        "zh",
        "en",
    }
)
"""The fields of messages that quote the draft; all others are words of our own."""

DELETE = {"zh": "删除“{text}”", "en": "delete “{text}”"}

_OPENING = "（(【[〖〔《<{「『"
_CLOSING = "）)】]〗〕》>}」』"
_REACH = 120


def grow(text: str, start: int, end: int, extent: str) -> tuple[int, int]:
    """Widen a match to the bracket or to the line that holds it.

    ``bracket``: to the nearest pair of brackets around it within 120 characters of its line, else
    not at all. ``line``: to its line where that is short or mostly of the same sentence, else to
    that sentence; white space at the ends of the line stays out.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if extent == "bracket":
        for left in range(start - 1, max(line_start, start - _REACH) - 1, -1):
            if text[left] in _CLOSING:
                break
            if text[left] in _OPENING:
                right = text.find(
                    _CLOSING[_OPENING.index(text[left])], end - 1, min(line_end, end + _REACH)
                )
                return (left, right + 1) if right >= 0 else (start, end)
        return start, end
    first, last = start, end
    while first > line_start and text[first - 1] not in "。！？!?":
        first -= 1
    while last < line_end and text[last - 1] not in "。！？!?":
        last += 1
    if line_end - line_start <= 60 or 2 * (last - first) >= line_end - line_start:
        first, last = line_start, line_end
    while text[first].isspace():
        first += 1
    while text[last - 1].isspace():
        last -= 1
    return first, last


def _strongest(hits: list[Hit], ruleset: RuleSet, layer: str) -> Iterator[Hit]:
    """Of hits of one family that overlap, keep the longest; of equal ones the first code.

    In the raw layer what a pattern names exactly goes before what was weighed: the tag inside an
    advert's line, and above all inside a sentence of the report.
    """
    exact: dict[str, list[Span]] = {}
    if layer == "raw":
        for hit in hits:
            if ruleset.rules[hit.code].patterns:
                exact.setdefault(hit.code[:2], []).append(Span(hit.start, hit.end))
        exact = {family: list(merge(spans)) for family, spans in exact.items()}
    kept: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda h: (h.code[:2], h.start, -h.end, h.code)):
        known = exact.get(hit.code[:2], ())
        if known and not ruleset.rules[hit.code].patterns and touched(known, hit.start, hit.end):
            continue
        family = kept.setdefault(hit.code[:2], [])
        if family and hit.start < family[-1].end:
            if hit.end - hit.start > family[-1].end - family[-1].start:
                family[-1] = hit
            continue
        family.append(hit)
    for family in kept.values():
        yield from family


def _finding(context: Context, hit: Hit) -> Finding:
    settings, view = context.settings, context.view
    rule = settings.ruleset.rules[hit.code]
    lang = settings.lang
    start, end = view.raw_span(hit.start, hit.end)
    fields = {"text": context.document.text[start:end], **hit.fields}
    if settings.redact:
        # What the fields of other people's checks quote is not known.
        quoting = QUOTING if rule.trusted else fields.keys()
        fields |= dict.fromkeys(quoting & fields.keys(), "…")
    fix = None
    if hit.edits and hit.title is not None:
        edits = tuple(
            Edit(*view.raw_span(first, last), replacement) for first, last, replacement in hit.edits
        )
        fix = Fix(fill(hit.title[lang], fields), edits, hit.applicability)
    return Finding(
        code=rule.code,
        name=rule.name,
        category=rule.category,
        severity=rule.severity,
        message=rule.say(lang, fields),
        start=start,
        end=end,
        labels=tuple(
            Label(fill(message[lang], fields), *view.raw_span(first, last))
            for message, first, last in hit.labels
        ),
        data=hit.data,
        fix=fix,
    )


def _crash(context: Context, code: str, error: Exception) -> Finding | None:
    said = type(error).__name__
    if not context.settings.redact:
        said += f": {error}"  # which may quote the draft
    return _internal(context, "RL003", {"rule": code, "error": said})


def _noticed(context: Context, notice: Notice) -> Finding:
    severity = context.settings.severities.get(notice.code)
    finding = _internal(context, notice.code, notice.fields, notice.offset)
    return finding if severity is None else finding._replace(severity=severity)


def _internal(context: Context, code: str, fields: Mapping[str, Any], offset: int = 0) -> Finding:
    rule = context.ruleset.rules[code]
    return Finding(
        code=code,
        name=rule.name,
        category=rule.category,
        severity=rule.severity,
        message=rule.say(context.settings.lang, fields),
        start=offset,
        end=offset,
        data=dict(fields),
    )
