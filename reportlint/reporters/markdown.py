"""Markdown: the list of findings as tables, for a pull request or the summary of a CI job."""

from __future__ import annotations

from reportlint.reporters import Parts, ReportOptions, closing
from reportlint.reporters.entry import entries
from reportlint.reporters.rulepage import escape
from reportlint.reporters.width import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlint.runner import FileResult
    from reportlint.summary import Summary

STEP_SUMMARY = 1_000_000
"""Bytes that the summary of a GitHub step may have, with some room to spare."""

_HEADS = {"zh": ("级别", "位置", "规则", "说明"), "en": ("severity", "place", "rule", "message")}


class Markdown:
    """The sum, then a heading and a table for each file with findings.

    ``most`` is how many bytes there is room for, None for as many as it takes. Files that do not
    go into it are left out whole, and that is said.
    """

    def __init__(self, options: ReportOptions, most: int | None = None) -> None:
        self._options = options
        self._most = most
        self._files: list[str] = []

    def render(self, result: FileResult) -> Parts:
        lang = self._options.lang
        rows = [
            (
                closing.SEVERITY[lang][entry.finding.severity.label],
                entry.place,
                entry.finding.code,
                entry.message,
            )
            for entry in entries(result, lang)
        ]
        if not rows:
            return ("",)
        heads = _HEADS[lang]
        kind = f" · {escape(visible(result.kind))}" if result.kind else ""
        lines = [
            f"### {escape(visible(result.path))}{kind}",
            "",
            _row(heads),
            _row(("---",) * len(heads)),
            *(_row(map(escape, row)) for row in rows),
        ]
        return ("".join(f"{line}\n" for line in lines) + "\n",)

    def feed(self, parts: Parts) -> str:
        if parts[0]:
            self._files.append(parts[0])
        return ""

    def finish(self, summary: Summary) -> str:
        options = self._options
        lines = [f"**{escape(closing.result(summary, options.lang))}**"]
        if summary.slots:
            lines.append(escape(closing.to_fill(summary.slots, options.lang)))
        notes = closing.notes(summary, options.lang, show_fixes=options.show_fixes)
        lines += [escape(note) for note in notes]
        head = "## reportlint\n\n" + "".join(f"- {line}\n" for line in lines) + "\n"
        files = self._files
        if self._most is not None:
            files = self._fitting(self._most - len(head.encode("utf-8", "replace")))
        missing = len(self._files) - len(files)
        return head + "".join(files) + (self._cut(missing) if missing else "")

    def _fitting(self, room: int) -> list[str]:
        """Return the first files, as many as there is room for besides the line that says so."""
        room -= len(self._cut(len(self._files)).encode())
        for number, file in enumerate(self._files):
            room -= len(file.encode("utf-8", "replace"))
            if room < 0:
                return self._files[:number]
        return self._files

    def _cut(self, count: int) -> str:
        if self._options.lang == "zh":
            return f"这里放不下了，还有 {count} 个文件没有列出。\n"
        return f"{closing.plural(count, 'file')} did not fit in here.\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
