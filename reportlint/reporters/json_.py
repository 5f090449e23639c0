"""JSON: everything about a run, in one object."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reportlint.fingerprint import fingerprints
from reportlint.reporters import Parts, ReportOptions
from reportlint.reporters.place import Places

if TYPE_CHECKING:
    from reportlint.findings import Edit, Finding, Fix, Label, Suppression
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
            ",\n  ".join(finding_entries(result, self._redact)),
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

    return lambda value: _escaped(plain(value))


def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


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


def finding_entries(result: FileResult, redact: bool) -> list[str]:
    """Return the findings of a file, also the suppressed ones, as JSON objects in one line each.

    With ``redact`` nothing is left that stands in the draft: ``text`` and what a fix puts in are
    null, and of ``data`` only OUR_OWN stay.
    """
    if not result.findings:
        return []
    structure = result.structure
    names = fingerprints(
        result.document, result.findings, structure.heading_path if structure else None
    )
    writer = _Writer(result, redact)
    return [
        _escaped(writer.entry(finding, name))
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


class _Writer:
    """Writes the findings of one file.

    They are put together from pieces of text: a run over an archive has tens of thousands, and
    making objects of them for the encoder takes four times as long.
    """

    def __init__(self, result: FileResult, redact: bool) -> None:
        from json.encoder import encode_basestring

        self._quote: Callable[[str], str] = encode_basestring
        self._encode = encoder()
        self._redact = redact
        self._text = result.document.text
        self._places = Places(result.document)
        self._path = self._quote(result.path)
        self._heads: dict[tuple[str, int], str] = {}

    def entry(self, finding: Finding, fingerprint: str) -> str:
        start, end, redact = finding.start, finding.end, self._redact
        head = self._heads.get((finding.code, finding.severity))
        if head is None:
            head = self._encode(
                {
                    "code": finding.code,
                    "name": finding.name,
                    "category": finding.category,
                    "severity": finding.severity.label,
                }
            )[:-1]
            self._heads[finding.code, finding.severity] = head
        text = "null" if redact else self._quote(self._text[start:end])
        labels = ", ".join(self._label(label) for label in finding.labels)
        data = self._encode(open_data(finding.data, redact)) if finding.data else "{}"
        fix = self._fix(finding.fix) if finding.fix else "null"
        by = (
            self._encode(_suppression(finding.suppressed, redact)) if finding.suppressed else "null"
        )
        return (
            f'{head}, "message": {self._quote(finding.message)}, "path": {self._path}, '
            f'{self._span(start, end)}, "text": {text}, "labels": [{labels}], "data": {data}, '
            f'"fix": {fix}, "fingerprint": "{fingerprint}", "suppressed": {by}}}'
        )

    def _label(self, label: Label) -> str:
        message = self._quote(label.message)
        return f'{{"message": {message}, {self._span(label.start, label.end)}}}'

    def _span(self, start: int, end: int) -> str:
        address = self._places.address(start)
        where = f', "address": {self._encode(dict(address))}' if address else ""
        return f'"start": {self._point(start)}, "end": {self._point(end)}{where}'

    def _point(self, offset: int) -> str:
        line, column = self._places.position(offset)
        return f'{{"offset": {offset}, "line": {line}, "column": {column}}}'

    def _fix(self, fix: Fix) -> str:
        edits = ", ".join(self._edit(edit) for edit in fix.edits)
        return (
            f'{{"title": {self._quote(fix.title)}, '
            f'"applicability": "{fix.applicability.value}", "edits": [{edits}]}}'
        )

    def _edit(self, edit: Edit) -> str:
        hidden = self._redact and edit.replacement
        replacement = "null" if hidden else self._quote(edit.replacement)
        return (
            f'{{"start": {self._point(edit.start)}, "end": {self._point(edit.end)}, '
            f'"replacement": {replacement}}}'
        )


def _suppression(suppression: Suppression, redact: bool) -> dict[str, str | None]:
    """Return the entry of what silenced a finding; a reason may quote the draft."""
    return {"kind": suppression.kind, "reason": None if redact else suppression.reason}


def open_data(data: Mapping[str, Any], redact: bool) -> dict[str, Any]:
    """Return the data of a finding; with ``redact`` only OUR_OWN."""
    return {key: value for key, value in data.items() if not redact or key in OUR_OWN}


def _array(entries: list[str]) -> str:
    return "[\n  " + ",\n  ".join(entries) + "]" if entries else "[]"
