"""JSON: everything about a run, in one object."""

from __future__ import annotations

from reportlint import patterns
from reportlint.fingerprint import fingerprints
from reportlint.lean import lru_cache
from reportlint.reporters import Encoded, ReportOptions
from reportlint.reporters.place import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from json.encoder import encode_basestring
    from typing import Any

    from reportlint.findings import Edit, Finding, Fix, Label, Severity, Suppression
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

else:
    # The package ``json`` imports what takes a tenth of the time of one draft.
    try:
        from _json import encode_basestring
    except ImportError:
        from json.encoder import encode_basestring

OUR_OWN = ("section", "presence", "rule")
"""Keys of ``Finding.data`` whose values are words of ours, never of the draft."""

_UNSAFE = patterns.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON would leave as it is: characters that some programs end a line at, and the lone
surrogates that stand for bytes in the name of a file and cannot be written at all."""


class Json:
    """The whole report is one object, so it is held back to the end; one entry stands on a line."""

    def __init__(self, options: ReportOptions) -> None:
        self._redact = options.redact
        self._files: list[bytes] = []
        self._findings: list[bytes] = []

    def render(self, result: FileResult) -> Encoded:
        blocks = [",\n  ".join(block).encode() for block in finding_entries(result, self._redact)]
        return (_written(file_object(result)).encode(), *blocks)

    def feed(self, parts: Encoded) -> str:
        entry, *blocks = parts
        self._files.append(entry)
        self._findings += blocks
        return ""

    def finish(self, summary: Summary) -> bytes:
        from reportlint import __version__

        # Joined only once: over an archive this is much text.
        return b"".join(
            (
                f'{{"version": {quoted(__version__)},\n "files": '.encode(),
                *_array(self._files),
                b',\n "findings": ',
                *_array(self._findings),
                f',\n "summary": {_written(summary_object(summary))}}}\n'.encode(),
            )
        )


@lru_cache(maxsize=1)
def _encoder() -> Callable[[Any], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False).encode


def encode(value: Any) -> str:
    """Return a value as JSON in one line, characters as they are."""
    return _escaped(_encoder()(value))


def quoted(value: str) -> str:
    """Return a string as JSON."""
    written = encode_basestring(value)
    # All that is unsafe cannot be printed, and whether there is any of that is quickly told.
    return written if value.isprintable() else _escaped(written)


def _written(value: Any) -> str:
    """Return what ``encode`` would, which takes long to get going."""
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return str(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is dict:
        return f"{{{', '.join([f'{quoted(k)}: {_written(v)}' for k, v in value.items()])}}}"
    if kind is list or kind is tuple:
        return f"[{', '.join(map(_written, value))}]"
    return encode(value)


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


BLOCK = 1000
"""Findings that are written at a time: those of a file of 10 MB take more room than its text."""


def finding_entries(result: FileResult, redact: bool) -> Iterator[list[str]]:
    """Yield the findings of a file, also the suppressed ones, as JSON objects in one line each.

    They come in lists of up to BLOCK. With ``redact`` nothing is left that stands in the draft:
    ``text`` and what a fix puts in are null, and of ``data`` only OUR_OWN stay.
    """
    findings = result.findings
    if not findings:
        return
    structure = result.structure
    names = fingerprints(result.document, findings, structure.heading_path if structure else None)
    entry = _Writer(result, redact).entry
    for first in range(0, len(findings), BLOCK):
        last = first + BLOCK
        yield list(map(entry, findings[first:last], names[first:last]))


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
        self._redact = redact
        self._text = result.document.text
        self._lines = result.document.lines.span
        self._places = Places(result.document)
        self._span = self._addressed if self._places.addressed else self._points
        self._path = quoted(result.path)

    def entry(self, finding: Finding, fingerprint: str) -> str:
        code, name, category, severity, message, start, end, labels, data, fix, by = finding
        redact = self._redact
        text = "null" if redact else quoted(self._text[start:end])
        return (
            f'{_head(code, name, category, severity)}, "message": {quoted(message)}, '
            f'"path": {self._path}, {self._span(start, end)}, "text": {text}, '
            f'"labels": [{", ".join(map(self._label, labels)) if labels else ""}], '
            f'"data": {_written(open_data(data, redact)) if data else "{}"}, '
            f'"fix": {self._fix(fix) if fix else "null"}, "fingerprint": "{fingerprint}", '
            f'"suppressed": {_written(_suppression(by, redact)) if by else "null"}}}'
        )

    def _label(self, label: Label) -> str:
        return f'{{"message": {quoted(label.message)}, {self._span(label.start, label.end)}}}'

    def _addressed(self, start: int, end: int) -> str:
        address = self._places.address(start)
        where = f', "address": {_written(dict(address))}' if address else ""
        return self._points(start, end) + where

    def _points(self, start: int, end: int) -> str:
        line, column, last, stop = self._lines(start, end)
        return (
            f'"start": {{"offset": {start}, "line": {line}, "column": {column}}}, '
            f'"end": {{"offset": {end}, "line": {last}, "column": {stop}}}'
        )

    def _fix(self, fix: Fix) -> str:
        edits = ", ".join(map(self._edit, fix.edits))
        return (
            f'{{"title": {quoted(fix.title)}, '
            f'"applicability": "{fix.applicability.value}", "edits": [{edits}]}}'
        )

    def _edit(self, edit: Edit) -> str:
        hidden = self._redact and edit.replacement
        replacement = "null" if hidden else quoted(edit.replacement)
        return f'{{{self._points(edit.start, edit.end)}, "replacement": {replacement}}}'


@lru_cache(maxsize=1024)
def _head(code: str, name: str, category: str, severity: Severity) -> str:
    """Return how the entries of all findings of one rule begin."""
    words = {"code": code, "name": name, "category": category, "severity": severity.label}
    return _written(words)[:-1]


def _suppression(suppression: Suppression, redact: bool) -> dict[str, str | None]:
    """Return the entry of what silenced a finding; a reason may quote the draft."""
    return {"kind": suppression.kind, "reason": None if redact else suppression.reason}


def open_data(data: Mapping[str, Any], redact: bool) -> dict[str, Any]:
    """Return the data of a finding; with ``redact`` only OUR_OWN."""
    return {key: value for key, value in data.items() if not redact or key in OUR_OWN}


def _array(entries: list[bytes]) -> Iterator[bytes]:
    """Yield the pieces of an array of entries that are JSON already."""
    before = b"[\n  "
    for entry in entries:
        yield before
        yield entry
        before = b",\n  "
    yield b"]" if entries else b"[]"
