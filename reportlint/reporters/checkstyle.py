"""Checkstyle XML, printed as it grows. Columns count code points."""

from __future__ import annotations

from reportlint.reporters import Parts, ReportOptions
from reportlint.reporters.entry import entries
from reportlint.reporters.xml_ import DECLARATION, attributes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_HEAD = f'{DECLARATION}<checkstyle version="8.0">\n'


class Checkstyle:
    """A ``file`` for each that was checked, also for one without findings."""

    def __init__(self, options: ReportOptions) -> None:
        self._lang = options.lang
        self._begun = False

    def render(self, result: FileResult) -> Parts:
        errors = [
            "    <error"
            + attributes(
                line=entry.line,
                column=entry.column,
                severity=entry.finding.severity.label,
                message=entry.said(self._lang),
                source=f"reportlint.{entry.finding.category}.{entry.finding.code}",
            )
            + "/>\n"
            for entry in entries(result, self._lang)
        ]
        opening = f"  <file{attributes(name=result.path)}"
        return (f"{opening}>\n{''.join(errors)}  </file>\n" if errors else f"{opening}/>\n",)

    def feed(self, parts: Parts) -> str:
        return self._head() + parts[0]

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        return f"{self._head()}</checkstyle>\n"

    def _head(self) -> str:
        if self._begun:
            return ""
        self._begun = True
        return _HEAD
