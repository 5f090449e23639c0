"""By file, in columns: position, severity, code, message."""

from __future__ import annotations

from reportlint.reporters import Parts, ReportOptions, closing, style
from reportlint.reporters.context import brief
from reportlint.reporters.place import Places
from reportlint.reporters.width import Ruler, table, visible
from reportlint.summary import kind_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary


class Grouped:
    """A heading and a table for each file that has findings, then the sum."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._unknown: list[str] = []

    def render(self, result: FileResult) -> Parts:
        unknown = visible(result.path) if kind_unknown(result) else ""
        findings = [f for f in result.findings if f.suppressed is None]
        if not findings:
            return "", unknown
        lang = self._options.lang
        paint = style.Style(self._options.color).paint
        text = result.document.text
        places = Places(result.document)
        rows = [
            (
                places.words(finding.start, lang),
                closing.SEVERITY[lang][finding.severity.label],
                finding.code,
                visible(brief(finding.message, text[finding.start : finding.end])),
            )
            for finding in findings
        ]
        lines = [paint(visible(result.path), style.BOLD)]
        aligned = table(rows, ruler=Ruler(self._options.ambiguous_wide))
        for finding, line in zip(findings, aligned, strict=True):
            lines.append("  " + paint(line, style.SEVERITY[finding.severity]))
        return "".join(f"{line}\n" for line in lines) + "\n", unknown

    def feed(self, parts: Parts) -> str:
        block, unknown = parts
        if unknown:
            self._unknown.append(unknown)
        return block

    def finish(self, summary: Summary) -> str:
        options = self._options
        if options.quiet:
            return ""
        said = [
            closing.result(summary, options.lang),
            *closing.notes(
                summary, options.lang, show_fixes=options.show_fixes, unknown=self._unknown
            ),
        ]
        return "".join(f"{line}\n" for line in said)
