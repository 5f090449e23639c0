"""A few lines of plain text to paste into a mail: what is left to do, file by file."""

from __future__ import annotations

from reportlint.findings import Severity
from reportlint.reporters import Parts, ReportOptions, closing
from reportlint.reporters.entry import Entry, entries
from reportlint.reporters.width import visible
from reportlint.runner import FATAL
from reportlint.summary import is_slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_NAMED = 10
"""Of the files with nothing to say, how many are named."""


class Digest:
    """The sum, then a numbered entry for each file with findings, then the files without."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._zh = options.lang == "zh"
        self._listed: list[str] = []
        self._clean: list[str] = []

    def render(self, result: FileResult) -> Parts:
        """Return the entry of the file without its number, or only the name of a file without."""
        name = visible(result.path)
        found = list(entries(result, self._options.lang))
        if not found:
            return "", name
        kind = visible(result.kind or "")
        if kind:
            name += f"（{kind}）" if self._zh else f" ({kind})"
        said = [*self._failures(found), self._counts(found), *self._missing(found)]
        colon, stop = ("：", "；") if self._zh else (": ", "; ")
        return name + colon + stop.join(part for part in said if part), ""

    def feed(self, parts: Parts) -> str:
        entry, clean = parts
        if entry:
            self._listed.append(entry)
        elif clean:
            self._clean.append(clean)
        return ""

    def finish(self, summary: Summary) -> str:
        options, zh = self._options, self._zh
        head = closing.result(summary, options.lang)
        if summary.slots:
            head += ("；" if zh else "; ") + closing.to_fill(summary.slots, options.lang)
        lines = [head + ("。" if zh else ".")]
        lines += [f"{number}. {entry}" for number, entry in enumerate(self._listed, 1)]
        if self._clean and self._listed:
            lines.append(self._without())
        notes = closing.notes(summary, options.lang, show_fixes=False)
        lines += [note + ("。" if zh else ".") for note in notes]
        return "".join(f"{line}\n" for line in lines)

    def _failures(self, found: Sequence[Entry]) -> list[str]:
        return [entry.message for entry in found if entry.finding.code in FATAL]

    def _counts(self, found: Sequence[Entry]) -> str:
        """Say how many of each severity there are, and how many of them are empty slots."""
        counted = [entry.finding for entry in found if entry.finding.code not in FATAL]
        words = closing.SEVERITY[self._options.lang]
        parts = []
        for severity in reversed(Severity):
            count = sum(finding.severity is severity for finding in counted)
            if count:
                word = words[severity.label]
                parts.append(f"{word} {count}" if self._zh else closing.plural(count, word))
        slots = sum(map(is_slot, counted))
        if slots:
            parts.append(f"其中待填 {slots}" if self._zh else f"{slots} to fill in")
        return ("，" if self._zh else ", ").join(parts)

    def _missing(self, found: Sequence[Entry]) -> list[str]:
        return [entry.message for entry in found if entry.finding.data.get("presence") == "missing"]

    def _without(self) -> str:
        names = self._clean[:_NAMED]
        more = len(self._clean) > _NAMED
        if self._zh:
            tail = f" 等 {len(self._clean)} 个文件" if more else ""
            return f"没有问题：{'、'.join(names)}{tail}。"
        tail = f" and {len(self._clean) - _NAMED} more" if more else ""
        return f"Nothing found in {', '.join(names)}{tail}."
