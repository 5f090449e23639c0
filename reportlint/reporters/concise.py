"""One finding a line, for editors and ``grep``: ``path:line:column: severity code message``."""

from __future__ import annotations

from reportlint.reporters import Parts, ReportOptions, closing, style
from reportlint.reporters.context import brief
from reportlint.reporters.place import Places, describe
from reportlint.reporters.width import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary


class Concise:
    """Lines whose first words are the same in every language; the last line sums up.

    Where a format has no lines, the words for the address follow the message.
    """

    def __init__(self, options: ReportOptions) -> None:
        self._options = options

    def render(self, result: FileResult) -> Parts:
        lang = self._options.lang
        paint = style.Style(self._options.color).paint
        path = visible(result.path)
        text = result.document.text
        places = Places(result.document)
        lines = []
        for finding in result.findings:
            if finding.suppressed is not None:
                continue
            line, column = places.position(finding.start)
            address = places.address(finding.start)
            severity = paint(finding.severity.label, style.SEVERITY[finding.severity])
            message = visible(brief(finding.message, text[finding.start : finding.end]))
            where = f" [{describe(address, lang)}]" if address else ""
            lines.append(f"{path}:{line}:{column}: {severity} {finding.code} {message}{where}\n")
        return ("".join(lines),)

    def feed(self, parts: Parts) -> str:
        return parts[0]

    def finish(self, summary: Summary) -> str:
        options = self._options
        if options.quiet:
            return ""
        said = [
            closing.result(summary, options.lang),
            *closing.notes(summary, options.lang, show_fixes=options.show_fixes),
        ]
        return ("；" if options.lang == "zh" else "; ").join(said) + "\n"
