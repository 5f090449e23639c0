"""rdjson, the format of reviewdog. Its columns count bytes in UTF-8, whatever the file is in."""

from __future__ import annotations

from reportlint.findings import Severity
from reportlint.readers import BY_LINES
from reportlint.reporters import Parts, ReportOptions
from reportlint.reporters.entry import Entry, entries
from reportlint.reporters.json_ import encode
from reportlint.reporters.width import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportlint.document import Document
    from reportlint.findings import Fix
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


class Rdjson:
    """One object that is printed as it grows."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._begun = False

    def render(self, result: FileResult) -> Parts:
        found = (self._diagnostic(result, entry) for entry in entries(result, self._options.lang))
        return (",\n  ".join(encode(value) for value in found),)

    def feed(self, parts: Parts) -> str:
        return self._next(parts[0]) if parts[0] else ""

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        return "]}\n" if self._begun else self._next("") + "]}\n"

    def _next(self, diagnostics: str) -> str:
        if self._begun:
            return f",\n  {diagnostics}"
        self._begun = True
        head = '{"source": {"name": "reportlint"},\n "diagnostics": ['
        return f"{head}\n  {diagnostics}" if diagnostics else head

    def _diagnostic(self, result: FileResult, entry: Entry) -> dict[str, Any]:
        document, finding = result.document, entry.finding
        said: dict[str, Any] = {
            "message": entry.said(self._options.lang),
            "location": _location(result, finding.start, finding.end),
            "severity": _SEVERITY[finding.severity],
            "code": {"value": finding.code},
        }
        # What is not the text of its file is not edited by lines either.
        if finding.fix and result.format in BY_LINES:
            said |= {"suggestions": _suggestions(document, finding.fix, self._options.redact)}
        if finding.labels:
            said["related_locations"] = [
                {
                    "message": visible(label.message),
                    "location": _location(result, label.start, label.end),
                }
                for label in finding.labels
            ]
        return said


def _location(result: FileResult, start: int, end: int) -> dict[str, Any]:
    return {"path": result.path, "range": _range(result.document, start, end)}


def _range(document: Document, start: int, end: int) -> dict[str, Any]:
    return {"start": _point(document, start), "end": _point(document, end)}


def _point(document: Document, offset: int) -> dict[str, int]:
    lines = document.lines
    line, column = lines.position(offset)
    at = lines.at(offset)
    before = lines.text[at - column + 1 : at]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _suggestions(document: Document, fix: Fix, redact: bool) -> list[dict[str, Any]]:
    """Return the fix as one replacement, since several would be taken for alternatives."""
    edits = sorted(fix.edits)
    if redact and (len(edits) > 1 or any(edit.replacement for edit in edits)):
        return []
    first, last = edits[0].start, edits[-1].end
    text, at = "", first
    for start, end, replacement in edits:
        text += document.text[at:start] + replacement
        at = end
    return [{"range": _range(document, first, last), "text": text}]
