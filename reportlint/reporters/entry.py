"""What every list of findings says of one: where it is, in lines and in words, and what it says."""

from __future__ import annotations

from reportlint.lean import NamedTuple
from reportlint.reporters.context import brief
from reportlint.reporters.place import Places, describe
from reportlint.reporters.width import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlint.findings import Finding
    from reportlint.runner import FileResult


class Entry(NamedTuple):
    """A finding, ready to be listed.

    Lines and columns count from 1, columns code points; the end is exclusive. ``message`` is one
    line that shows what cannot be seen. ``where`` are the words for the address in a format that
    has no lines, else empty.
    """

    finding: Finding
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    where: str

    @property
    def place(self) -> str:
        """The place as a person is told it: ``3:41``, or the words for its address."""
        return self.where or f"{self.line}:{self.column}"

    def said(self, lang: str) -> str:
        """Return the message with the address, for lists that have nowhere else to put it."""
        if not self.where:
            return self.message
        return (
            f"{self.message}（{self.where}）" if lang == "zh" else f"{self.message} ({self.where})"
        )


def entries(result: FileResult, lang: str, *, suppressed: bool = False) -> Iterator[Entry]:
    """Yield an entry for each finding in order; those that are suppressed only if asked for."""
    text = result.document.text
    places = Places(result.document)
    for finding in result.findings:
        if finding.suppressed is not None and not suppressed:
            continue
        address = places.address(finding.start)
        yield Entry(
            finding,
            *places.position(finding.start),
            *places.position(finding.end),
            visible(brief(finding.message, text[finding.start : finding.end])),
            describe(address, lang) if address else "",
        )
