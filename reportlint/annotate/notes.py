"""Findings to notes: what a comment says."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint import fixes
from reportlint.annotate import Note
from reportlint.document import Document
from reportlint.findings import Finding, Severity
from reportlint.ruleset import RuleSet

_SEVERITY = {
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"},
}
_SAID = {
    "zh": {
        "head": "{code} {severity}：{message}",
        "place": "在{place}：“{words}”",
        "label": "对照：{message}“{words}”",
        "help": "改法：{help}",
        "advised": "建议：{title}",
        "fixed": "已写成修订，请接受或拒绝：{title}",
    },
    "en": {
        "head": "{code} {severity}: {message}",
        "place": "in {place}: “{words}”",
        "label": "compare: {message} “{words}”",
        "help": "what to do: {help}",
        "advised": "suggested: {title}",
        "fixed": "put in as a tracked change, to be accepted or rejected: {title}",
    },
}
_PLACES = {
    "header": {"zh": "页眉", "en": "the header"},
    "footer": {"zh": "页脚", "en": "the footer"},
    "footnote": {"zh": "脚注", "en": "a footnote"},
    "endnote": {"zh": "尾注", "en": "an endnote"},
    "textbox": {"zh": "文本框", "en": "a text box"},
}
"""Where words cannot bear a comment themselves, so that it has to quote them."""

_QUOTED = 30
"""Characters of the draft that a comment quotes, at most."""


def notes_of(
    document: Document, findings: Sequence[Finding], ruleset: RuleSet, lang: str, *, fix: bool
) -> list[Note]:
    """Return a note for each finding that nothing suppresses.

    ``fix``: also the edits of the fixes that can be applied together. Unsafe ones are among them,
    since a person accepts or rejects each.
    """
    said = _SAID[lang]
    reported = [finding for finding in findings if finding.suppressed is None]
    ready = [finding for finding in reported if fixes.writable(document, finding)]
    chosen = {id(one) for one in fixes.choose(ready, unsafe=True)} if fix else set()
    notes = []
    for finding in reported:
        severity = _SEVERITY[lang][finding.severity]
        head = said["head"].format(code=finding.code, severity=severity, message=finding.message)
        paragraphs = [head]
        place = _place(document, finding.start, lang)
        if place:
            words = _quoted(document, finding.start, finding.end)
            paragraphs.append(said["place"].format(place=place, words=words))
        for label in finding.labels:
            words = _quoted(document, label.start, label.end)
            paragraphs.append(said["label"].format(message=label.message, words=words))
        help_ = ruleset.rules[finding.code].help.get(lang)
        if help_:
            paragraphs.append(said["help"].format(help=help_))
        title = finding.fix.title if finding.fix is not None else ""
        edits = finding.fix.edits if finding.fix is not None and id(finding.fix) in chosen else ()
        notes.append(
            Note(
                finding.start,
                finding.end,
                tuple(paragraphs),
                edits,
                said["fixed"].format(title=title) if title else "",
                said["advised"].format(title=title) if title else "",
            )
        )
    return notes


def _place(document: Document, offset: int, lang: str) -> str:
    block = document.block_at(offset)
    address = block.address if block is not None else None
    for key, words in _PLACES.items():
        if address is not None and key in address:
            return words[lang]
    return ""


def _quoted(document: Document, start: int, end: int) -> str:
    words = " ".join(document.text[start:end].split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
