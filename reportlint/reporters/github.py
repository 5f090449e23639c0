"""Annotations of GitHub Actions: a workflow command a line.

GitHub shows the first SHOWN of each level and drops the others without a word, so the gravest
come first in the order of the files, and a summary before all of them.
"""

from __future__ import annotations

from reportlint.findings import Severity
from reportlint.reporters import Parts, ReportOptions, closing
from reportlint.reporters.entry import Entry, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

SHOWN = 10
"""Annotations of each level that GitHub shows for one step."""

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Github:
    """Held back to the end, sorted by severity."""

    def __init__(self, options: ReportOptions) -> None:
        self._lang = options.lang
        self._levels: tuple[list[str], ...] = ([], [], [])

    def render(self, result: FileResult) -> Parts:
        """Return the lines of each severity, the gravest first."""
        levels: dict[Severity, list[str]] = {level: [] for level in reversed(Severity)}
        for entry in entries(result, self._lang):
            levels[entry.finding.severity].append(self._command(result, entry))
        return tuple("".join(lines) for lines in levels.values())

    def feed(self, parts: Parts) -> str:
        for level, lines in zip(self._levels, parts, strict=True):
            if lines:
                level.append(lines)
        return ""

    def finish(self, summary: Summary) -> str:
        said = closing.result(summary, self._lang)
        if not summary.findings:
            return f"{said}\n"
        # The summary is one of the notices that are shown.
        hidden = sum(
            max(0, count - most)
            for count, most in (
                (summary.errors, SHOWN),
                (summary.warnings, SHOWN),
                (summary.infos, SHOWN - 1),
            )
        )
        if hidden:
            said += self._hidden(hidden)
        lines = "".join(line for level in self._levels for line in level)
        return f"::notice title=reportlint::{_data(said)}\n{lines}"

    def _hidden(self, count: int) -> str:
        if self._lang == "zh":
            return f"；还有 {count} 处没有标注出来，完整清单见本步骤的摘要和日志"
        return f"; {count} more are not annotated: see the summary and the log of this step"

    def _command(self, result: FileResult, entry: Entry) -> str:
        finding = entry.finding
        properties = {"file": result.path.removeprefix("./")}
        # A file with no lines is shown as a whole.
        if not entry.where:
            properties["line"] = str(entry.line)
            properties["endLine"] = str(entry.end_line)
            # GitHub refuses columns where the lines differ.
            if entry.line == entry.end_line:
                properties["col"] = str(entry.column)
                properties["endColumn"] = str(entry.end_column)
        properties["title"] = f"{finding.code} {finding.name}"
        written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        command = _COMMAND[finding.severity]
        return f"::{command} {written}::{_data(entry.said(self._lang))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
