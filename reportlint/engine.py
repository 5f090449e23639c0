"""Document and settings to findings. Pure: no disk, no terminal, no clock, no environment.

The draft is read twice. Site markers and adverts (layer ``raw``) are looked for in the text as it
is, only without invisible characters; they are often spliced into the middle of a word. Every other
check reads the *clean view*: the text without them and without the markup of its format, whose
spans map back.
"""

from __future__ import annotations

from operator import attrgetter

from reportlint import patterns, search
from reportlint.checks import CHECKS
from reportlint.checks.model import Context, Hit
from reportlint.document import Document, Notice, Span, View, covered, merge, touched
from reportlint.findings import Edit, Finding, Fix, Label
from reportlint.lean import NamedTuple, lru_cache
from reportlint.ruleset import RuleSet, fill
from reportlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from reportlint.plan import Plan

INVISIBLE = patterns.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)
"""Characters that take no room on paper: zero-width, joiners, direction marks, tags."""

_CR = patterns.compile(r"\r(?=\n)")
_place = attrgetter("start", "end", "code")


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
    return lint_all((document,), settings)[0]


def lint_all(documents: Sequence[Document], settings: Settings) -> list[Outcome]:
    """Run every active rule over each of ``documents``, and return what ``lint`` would for each.

    It goes from rule to rule, and with each from draft to draft: what a rule is made of is still
    in the processor's caches for the next draft then, which saves a fifth of the time.
    """
    if not documents:
        return []
    sources = [Context(document, settings, View(document.text)) for document in documents]
    hidden = [_hidden(source) for source in sources]
    visible = [
        _view(source.text, cuts) if cuts or "\r" in source.text else source.view
        for source, cuts in zip(sources, hidden, strict=True)
    ]
    # What a site left is no text of the report, whether or not it is to be reported.
    markers_too = settings._replace(active=_both(settings.active, settings.ruleset.markers))
    raw = [
        Context(source.document, markers_too, view, source.marks)
        for source, view in zip(sources, visible, strict=True)
    ]
    of_sources, of_raw = _run(sources, "source"), _run(raw, "raw")
    clean = []
    for context, view, cuts, found in zip(raw, visible, hidden, of_raw, strict=True):
        document = context.document
        markers = [(f.start, f.end) for f in found if f.category == "paywall"]
        if markers or document.markup:
            view = _view(document.text, [*cuts, *markers, *document.markup])
        clean.append(Context(document, settings, view, context.marks))
    return list(map(_outcome, clean, of_sources, of_raw, _run(clean, "clean")))


def _hidden(source: Context) -> list[tuple[int, int]]:
    """Return what no reader of a draft can see: the first half of line ends, and INVISIBLE."""
    text = source.text
    cuts = [(m.start(), m.end()) for m in _CR.finditer(text)] if "\r" in text else []
    if INVISIBLE.search("".join(source.marks.at)):
        cuts += [(m.start(), m.end()) for m in INVISIBLE.finditer(text)]
    return cuts


def _outcome(
    context: Context, of_source: list[Finding], of_raw: list[Finding], of_clean: list[Finding]
) -> Outcome:
    active = context.settings.active
    notices = context.document.notices
    findings = [_noticed(context, notice) for notice in notices if notice.code in active]
    findings += of_source
    findings += [f for f in of_raw if f.code in active or f.category == "reportlint"]
    findings += of_clean
    findings.sort(key=_place)
    kind = context.structure.kind
    return Outcome(tuple(findings), kind.id, kind.origin, context)


def _view(text: str, cuts: Sequence[tuple[int, int]]) -> View:
    view = View(text, cuts)
    if "\r" in view.text:
        view.text = view.text.replace("\r", "\n")
    return view


@lru_cache(maxsize=64)
def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    # Draft after draft the same ones, and then they are known by being the same object.
    return one | other


def _run(contexts: Sequence[Context], layer: str) -> list[list[Finding]]:
    """Return what the rules of a layer find in each draft."""
    settings = contexts[0].settings
    active = settings.active
    plan = settings.ruleset.plan(layer, active, CHECKS)
    found: list[list[Hit]] = [[] for _ in contexts]
    findings: list[list[Finding]] = [[] for _ in contexts]
    for check in plan.checks:
        find = check.find
        for context, hits, failures in zip(contexts, found, findings, strict=True):
            try:
                hits += [hit for hit in find(context) if hit.code in active]
            except Exception as error:
                failures.append(_crash(context, check.codes[0], error))
    for context, hits, failures in zip(contexts, found, findings, strict=True):
        _search(context, plan, hits, failures)
    for context, hits, reported in zip(contexts, found, findings, strict=True):
        reported += _reported(context, layer, hits)
    return findings


def _search(context: Context, plan: Plan, hits: list[Hit], failures: list[Finding]) -> None:
    """Add what the patterns of a layer find in a draft to ``hits``."""
    failed: set[str] = set()
    for attempt, at in plan.attempts(context.marks):
        code = attempt.rule.code
        if code in failed:
            continue
        try:
            hits += search.hits(context, attempt, at)
        except TimeoutError:
            failed.add(code)
            fields = {"rule": code, "seconds": search.TIME_LIMIT}
            failures.append(_internal(context, "RL004", fields))
        except Exception as error:
            failed.add(code)
            failures.append(_crash(context, code, error))


def _reported(context: Context, layer: str, hits: list[Hit]) -> Iterator[Finding]:
    """Yield the findings that hits come to, without those where there is nothing to report."""
    if not hits:
        return
    document = context.document
    opaque = document.opaque
    clean = layer == "clean"
    hidden = document.markup if clean else ()
    for hit in _strongest(hits, context.ruleset, layer):
        finding = _finding(context, hit)
        start, end = finding[5:7]
        if opaque and covered(opaque, start, end):
            continue
        if clean and start < end:
            if hidden and covered(hidden, start, end):
                continue
            block = document.block_at(start)
            if block is None or start == block.end:
                if document.block_at(end - 1) is None:
                    continue  # the gap between two cells of a table is no blank
        yield finding


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


def _strongest(hits: list[Hit], ruleset: RuleSet, layer: str) -> list[Hit]:
    """Of hits of one family that overlap, keep the longest; of equal ones the first code.

    In the raw layer what a pattern names exactly goes before what was weighed: the tag inside an
    advert's line, and above all inside a sentence of the report.
    """
    rules = ruleset.rules
    exact: dict[str, list[Span]] = {}
    if layer == "raw":
        for hit in hits:
            if rules[hit.code].patterns:
                exact.setdefault(hit.code[:2], []).append(Span(hit.start, hit.end))
        exact = {family: list(merge(spans)) for family, spans in exact.items()}
    places = [
        (code[:2], start, -end, code, index) for index, (code, start, end, *_) in enumerate(hits)
    ]
    places.sort()
    kept: list[Hit] = []
    before, last, length = "", 0, 0
    for family, start, end, code, index in places:
        end = -end
        if exact:
            known = exact.get(family, ())
            if known and not rules[code].patterns and touched(known, start, end):
                continue
        if family == before and start < last:
            if end - start <= length:
                continue
            kept.pop()
        kept.append(hits[index])
        before, last, length = family, end, end - start
    return kept


def _finding(context: Context, hit: Hit) -> Finding:
    settings, view = context.settings, context.view
    code, first, last, said, data, labels, edits, title, applicability = hit
    rule = settings.ruleset.rules[code]
    lang, raw_span = settings.lang, view.raw_span
    start, end = raw_span(first, last)
    fields: dict[str, Any] = {"text": context.document.text[start:end]}
    if said:
        fields.update(said)
    if settings.redact:
        # What the fields of other people's checks quote is not known.
        quoting = QUOTING if rule.trusted else fields.keys()
        fields |= dict.fromkeys(quoting & fields.keys(), "…")
    fix = None
    if edits and title is not None:
        made = tuple([Edit(*raw_span(first, last), new) for first, last, new in edits])
        fix = Fix(fill(title[lang], fields), made, applicability)
    beside: tuple[Label, ...] = ()
    if labels:
        beside = tuple(
            [Label(fill(message[lang], fields), *raw_span(*at)) for message, *at in labels]
        )
    # By position: there are tens of them in a draft.
    return Finding(
        code,
        rule.name,
        rule.category,
        rule.severity,
        rule.say(lang, fields),
        start,
        end,
        beside,
        data,
        fix,
    )


def _crash(context: Context, code: str, error: Exception) -> Finding:
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
