"""JSON Lines: one finding a line, the same object as in JSON. Nothing else is printed."""

from __future__ import annotations

from reportlint.reporters import Encoded, ReportOptions
from reportlint.reporters.json_ import finding_entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary


class JsonLines:
    """Holds nothing back: for runs over any number of files."""

    def __init__(self, options: ReportOptions) -> None:
        self._redact = options.redact

    def render(self, result: FileResult) -> Encoded:
        blocks = finding_entries(result, self._redact)
        return ("".join(f"{entry}\n" for entries in blocks for entry in entries).encode(),)

    def feed(self, parts: Encoded) -> bytes:
        return parts[0]

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        return ""
