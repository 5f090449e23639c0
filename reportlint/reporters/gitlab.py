"""The Code Quality report of GitLab: a JSON array, printed as it grows."""

from __future__ import annotations

from hashlib import sha256

from reportlint.findings import Severity
from reportlint.fingerprint import fingerprints
from reportlint.reporters import Parts, ReportOptions
from reportlint.reporters.entry import entries
from reportlint.reporters.json_ import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class Gitlab:
    """GitLab shows descriptions only, so they begin with the code; it compares fingerprints."""

    def __init__(self, options: ReportOptions) -> None:
        self._lang = options.lang
        self._begun = False

    def render(self, result: FileResult) -> Parts:
        structure = result.structure
        names = fingerprints(
            result.document, result.findings, structure.heading_path if structure else None
        )
        found = [
            encode(
                {
                    "description": f"{entry.finding.code} {entry.said(self._lang)}",
                    "check_name": entry.finding.code,
                    "fingerprint": _unique(result.path, name),
                    "severity": _SEVERITY[entry.finding.severity],
                    "location": {
                        "path": result.path.removeprefix("./"),
                        "lines": {"begin": entry.line, "end": entry.end_line},
                    },
                }
            )
            for entry, name in zip(entries(result, self._lang, suppressed=True), names, strict=True)
            if entry.finding.suppressed is None
        ]
        return (",\n  ".join(found),)

    def feed(self, parts: Parts) -> str:
        if not parts[0]:
            return ""
        before = ",\n  " if self._begun else "[\n  "
        self._begun = True
        return before + parts[0]

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        return "]\n" if self._begun else "[]\n"


def _unique(path: str, name: str) -> str:
    """Return a fingerprint that differs between files: findings in two may be alike."""
    return sha256(f"{path}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
