"""Output format ``tsv``: a finding a line, tabs between path, line, code and message."""

from reportlint import FileResult, ReportOptions, Summary


class Tsv:
    def __init__(self, options: ReportOptions) -> None:
        self._quiet = options.quiet

    def render(self, result: FileResult) -> tuple[str, ...]:
        lines = result.document.lines
        return tuple(
            f"{result.path}\t{lines.position(one.start)[0]}\t{one.code}\t{one.message}\n"
            for one in result.findings
            if one.suppressed is None
        )

    def feed(self, parts: tuple[str, ...]) -> str:
        return "".join(parts)

    def finish(self, summary: Summary) -> str:
        return "" if self._quiet else f"\t\t\t{summary.findings}\n"
