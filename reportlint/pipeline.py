"""Findings to what is reported: one order for the command line, the server and the library.

    inline -> sidecar -> configuration -> baseline -> changes -> dedupe -> severity -> sort

What is silenced stays, and says by what; only what stands outside of the changed paragraphs is
left out. Pure: whatever is read from the disk comes in a ``Policy``.
"""

from __future__ import annotations

from operator import attrgetter

from reportlint.findings import Finding, Suppression
from reportlint.lean import NamedTuple
from reportlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from reportlint.baseline import Known
    from reportlint.changes import Before
    from reportlint.document import Document
    from reportlint.suppress.entries import Entry
    from reportlint.suppress.scopes import Trouble

FATAL = frozenset(("RL001", "RL002", "RL003", "RL004"))
"""Rules whose findings say that a file was not checked, or not by every rule."""

QUOTING = {"RL006": ("selector", "detail"), "RL007": ("detail",)}
"""Fields of messages that may quote what somebody wrote into the draft."""


class Policy(NamedTuple):
    """What is to be done with the findings of one draft.

    ``inline``   False: comments silence nothing, and what they would have silenced is counted
    ``entries``  suppressions of the sidecar file, then those of the configuration
    ``reason``   True: each suppression must give a reason
    ``today``    ``YYYY-MM-DD`` for entries that expire; empty: none does
    ``baseline`` what is known of the draft already
    ``before``   the draft as it was: only what stands in changed paragraphs is reported
    """

    inline: bool = True
    entries: tuple[Entry, ...] = ()
    reason: bool = False
    today: str = ""
    baseline: Known | None = None
    before: Before | None = None


PLAIN = Policy()
"""Comments count; there is nothing else."""


class Verdict(NamedTuple):
    """What came of the findings of one draft.

    ``declined`` were silenced by comments that do not count, ``outside`` were left out since their
    paragraphs have not changed. ``moved_from`` is the path under which the baseline knows the
    draft, where that is another one.
    """

    findings: tuple[Finding, ...]
    declined: int = 0
    outside: int = 0
    moved_from: str = ""


def run(
    document: Document,
    findings: Sequence[Finding],
    settings: Settings,
    policy: Policy = PLAIN,
    heading_path: Callable[[int], tuple[str, ...]] | None = None,
) -> Verdict:
    """Return what is reported of ``findings``, which are all of the draft's, in order.

    ``heading_path`` gives the titles of the headings over an offset.
    """
    judged = list(findings)
    complete = FATAL.isdisjoint(map(_code, findings))
    declined = outside = 0
    moved_from = ""
    comments = document.comments
    if policy.entries or (comments and any("reportlint" in c.text.lower() for c in comments)):
        judged, declined, troubles = _silence(document, judged, settings, policy, complete)
    else:
        troubles = []
    if policy.baseline is not None:
        from reportlint import baseline

        judged, moved_from, stale = baseline.recognise(
            document, judged, policy.baseline, settings.active, heading_path
        )
        if stale and complete:
            troubles += _reports(settings, [("RL010", 0, 0, {"count": stale})])
    judged += troubles
    if policy.before is not None:
        from reportlint import changes

        inside = changes.inside(document, judged, policy.before)
        outside = sum(finding.suppressed is None for finding in judged) - sum(
            finding.suppressed is None for finding in inside
        )
        judged = inside
    graded = _graded(_deduped(judged), settings)
    if troubles:
        graded = sorted(graded, key=_place)
    return Verdict(tuple(graded), declined, outside, moved_from)


def _silence(
    document: Document,
    findings: list[Finding],
    settings: Settings,
    policy: Policy,
    complete: bool,
) -> tuple[list[Finding], int, list[Finding]]:
    """Return the findings with their suppressions, how many were declined, and new findings."""
    from reportlint.suppress import marking, scopes

    ruleset = settings.ruleset
    comments = scopes.of_comments(document, ruleset, reason=policy.reason)
    entries = scopes.of_entries(
        document, policy.entries, ruleset, reason=policy.reason, today=policy.today
    )
    # Those that do not count come last: of what another one silences nothing is declined.
    silencers = [*comments.silencers, *entries.silencers]
    if not policy.inline:
        silencers = [*entries.silencers, *comments.silencers]
    marks = marking.mark(findings, silencers)
    declined = 0
    judged = []
    for finding, index in zip(findings, marks.by, strict=True):
        if index is not None and (policy.inline or silencers[index].kind != "inline"):
            by = silencers[index]
            finding = finding._replace(suppressed=Suppression(by.kind, by.reason))
        elif index is not None:
            declined += 1
        judged.append(finding)
    troubles: list[Trouble] = [*comments.troubles, *entries.troubles]
    if complete:
        troubles += scopes.unused(silencers, marks.used, settings.active)
    return judged, declined, _reports(settings, [(t.code, *t.place, t.fields) for t in troubles])


def _reports(
    settings: Settings, troubles: Iterable[tuple[str, int, int, Mapping[str, Any]]]
) -> list[Finding]:
    """Return findings of the rules that are about suppressions and baselines."""
    found = []
    for code, start, end, said in troubles:
        if code not in settings.active:
            continue
        rule = settings.ruleset.rules[code]
        lang = settings.lang
        data = {k: v[lang] if isinstance(v, dict) else v for k, v in said.items()}
        fields = dict(data)
        if fields.get("where"):
            fields["where"] += "：" if lang == "zh" else ": "
        if settings.redact:
            fields |= dict.fromkeys(QUOTING.get(code, ()), "…")
        found.append(
            Finding(
                code=code,
                name=rule.name,
                category=rule.category,
                severity=rule.severity,
                message=rule.say(lang, fields),
                start=start,
                end=end,
                data=data,
            )
        )
    return found


_code = attrgetter("code")
_place = attrgetter("start", "end", "code")
_said = attrgetter("code", "start", "end", "message")


def _deduped(findings: list[Finding]) -> list[Finding]:
    """Keep one of several findings of one rule at one place that say the same."""
    if len(set(map(_said, findings))) == len(findings):
        return findings
    kept: dict[tuple[str, int, int, str], Finding] = {}
    for finding in findings:
        kept.setdefault(_said(finding), finding)
    return list(kept.values())


def _graded(findings: Iterable[Finding], settings: Settings) -> Iterable[Finding]:
    """Give each finding the severity that the configuration wants."""
    severities = settings.severities
    if not severities:
        return findings
    return [
        finding._replace(severity=severities.get(finding.code, finding.severity))
        for finding in findings
    ]
