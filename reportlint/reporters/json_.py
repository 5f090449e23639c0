"""JSON: everything about a run, in one object."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reportlint.fingerprint import fingerprints
from reportlint.reporters import Parts, ReportOptions
from reportlint.reporters.place import Places

if TYPE_CHECKING:
    from reportlint.findings import Finding, Fix, Suppression
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

OUR_OWN = ("section", "presence", "rule")
"""Keys of ``Finding.data`` whose values are words of ours, never of the draft."""

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON would leave as it is: characters that some programs end a line at, and the lone
surrogates that stand for bytes in the name of a file and cannot be written at all."""


class Json:
    """The whole report is one object, so it is held back to the end; one entry stands on a line."""

    def __init__(self, options: ReportOptions) -> None:
        self._redact = options.redact
        self._files: list[str] = []
        self._findings: list[str] = []

    def render(self, result: FileResult) -> Parts:
        encode = encoder()
        return (
            encode(file_object(result)),
            ",\n  ".join(encode(entry) for entry in finding_objects(result, self._redact)),
        )

    def feed(self, parts: Parts) -> str:
        entry, findings = parts
        self._files.append(entry)
        if findings:
            self._findings.append(findings)
        return ""

    def finish(self, summary: Summary) -> str:
        from reportlint import __version__

        encode = encoder()
        return (
            f'{{"version": {encode(__version__)},\n'
            f' "files": {_array(self._files)},\n'
            f' "findings": {_array(self._findings)},\n'
            f' "summary": {encode(summary_object(summary))}}}\n'
        )


def encoder() -> Callable[[Any], str]:
    """Return a function from values to JSON in one line, characters as they are."""
    from json import JSONEncoder

    plain = JSONEncoder(ensure_ascii=False).encode

    def encode(value: Any) -> str:
        return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", plain(value))

    return encode


def file_object(result: FileResult) -> dict[str, Any]:
    """Return the entry of a checked file; it counts what has not been suppressed."""
    return {
        "path": result.path,
        "kind": result.kind,
        "kind_from": result.kind_from,
        "encoding": result.encoding,
        "format": result.format,
        "findings": sum(finding.suppressed is None for finding in result.findings),
    }


def finding_objects(result: FileResult, redact: bool) -> list[dict[str, Any]]:
    """Return the findings of a file, also the suppressed ones.

    With ``redact`` nothing is left that stands in the draft: ``text`` and what a fix puts in are
    null, and of ``data`` only OUR_OWN stay.
    """
    structure = result.structure
    names = fingerprints(
        result.document, result.findings, structure.heading_path if structure else None
    )
    places = Places(result.document)
    return [
        _finding_object(result, finding, places, name, redact)
        for finding, name in zip(result.findings, names, strict=True)
    ]


def summary_object(summary: Summary) -> dict[str, int]:
    """Return the counts of the run."""
    return {
        "files": summary.files,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "infos": summary.infos,
        "unknown_kinds": summary.unknown_kinds,
        "failed": summary.failed_files,
        "fixed": summary.fixed,
        "suppressed": sum(summary.suppressed.values()),
    }


def _finding_object(
    result: FileResult, finding: Finding, places: Places, fingerprint: str, redact: bool
) -> dict[str, Any]:
    text = None if redact else result.document.text[finding.start : finding.end]
    return {
        "code": finding.code,
        "name": finding.name,
        "category": finding.category,
        "severity": finding.severity.label,
        "message": finding.message,
        "path": result.path,
        **_span(finding.start, finding.end, places),
        "text": text,
        "labels": [
            {"message": label.message, **_span(label.start, label.end, places)}
            for label in finding.labels
        ],
        "data": open_data(finding.data, redact),
        "fix": _fix(finding.fix, places, redact) if finding.fix else None,
        "fingerprint": fingerprint,
        "suppressed": _suppression(finding.suppressed, redact) if finding.suppressed else None,
    }


def _suppression(suppression: Suppression, redact: bool) -> dict[str, str | None]:
    """Return the entry of what silenced a finding; a reason may quote the draft."""
    return {"kind": suppression.kind, "reason": None if redact else suppression.reason}


def _span(start: int, end: int, places: Places) -> dict[str, Any]:
    span: dict[str, Any] = {"start": _point(start, places), "end": _point(end, places)}
    address = places.address(start)
    if address:
        span["address"] = dict(address)
    return span


def _point(offset: int, places: Places) -> dict[str, int]:
    line, column = places.position(offset)
    return {"offset": offset, "line": line, "column": column}


def open_data(data: Mapping[str, Any], redact: bool) -> dict[str, Any]:
    """Return the data of a finding; with ``redact`` only OUR_OWN."""
    return {key: value for key, value in data.items() if not redact or key in OUR_OWN}


def _fix(fix: Fix, places: Places, redact: bool) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [
            {
                "start": _point(edit.start, places),
                "end": _point(edit.end, places),
                "replacement": None if redact and edit.replacement else edit.replacement,
            }
            for edit in fix.edits
        ],
    }


def _array(entries: list[str]) -> str:
    return "[\n  " + ",\n  ".join(entries) + "]" if entries else "[]"
