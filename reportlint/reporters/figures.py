"""The ledger of figures: what ``--show-figures`` prints instead of findings."""

from __future__ import annotations

from bisect import bisect_left

from reportlint.reporters import Parts, Reporter, ReportOptions
from reportlint.reporters.json_ import encode, file_object, summary_object
from reportlint.reporters.place import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from typing import Any

    from reportlint.checks.figures.ledger import Entry
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_HEADS = {
    "zh": ("位置", "数字", "性质", "结论", "规则", "依据"),
    "en": ("place", "figure", "role", "verdict", "rule", "because"),
}
_OUTCOMES = {
    "zh": {"agrees": "相符", "contradicts": "矛盾", "unclear": "不判断", "none": "-"},
    "en": {
        "agrees": "agrees",
        "contradicts": "contradicts",
        "unclear": "not assessable",
        "none": "-",
    },
}
_COUNTS = {
    "zh": "共 {all} 个数字：相符 {agrees}，矛盾 {contradicts}，不判断 {unclear}，未作对照 {none}",
    "en": "{all} figures: {agrees} agree, {contradicts} contradict, {unclear} not assessable, "
    "{none} not compared",
}
_UNREAD = {"zh": "无法检查：", "en": "cannot be checked: "}


def make(name: str, options: ReportOptions) -> Reporter:
    """Return the reporter of the ledger: JSON for ``json`` and ``jsonl``, else a table."""
    if name == "json":
        return Objects(options)
    return Lines(options) if name == "jsonl" else Table(options)


class Table:
    """A table for each file."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options

    def render(self, result: FileResult) -> Parts:
        from reportlint.checks.figures.ledger import ledger
        from reportlint.reporters.width import Ruler, table, visible

        lang = self._options.lang
        lines = [visible(result.path)]
        if result.structure is None:
            lines += [_UNREAD[lang] + finding.message for finding in result.findings]
            return ("\n".join(lines) + "\n\n",)
        entries = list(ledger(result.structure))
        if entries:
            places = Places(result.document)
            rows = [_row(result, entry, places, lang) for entry in entries]
            ruler = Ruler(ambiguous_wide=self._options.ambiguous_wide)
            lines += table([_HEADS[lang], *rows], ruler=ruler)
        lines.append(_COUNTS[lang].format(**_counts(entries)))
        return ("\n".join(lines) + "\n\n",)

    def feed(self, parts: Parts) -> str:
        return parts[0]

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        return ""


class Objects:
    """One JSON object for the whole run."""

    def __init__(self, options: ReportOptions) -> None:
        self._lang = options.lang
        self._files: list[str] = []

    def render(self, result: FileResult) -> Parts:
        entry = file_object(result) | {"figures": _objects(result, self._lang)}
        return (encode(entry),)

    def feed(self, parts: Parts) -> str:
        self._files.append(parts[0])
        return ""

    def finish(self, summary: Summary) -> str:
        from reportlint import __version__

        files = ",\n  ".join(self._files)
        return (
            f'{{"version": {encode(__version__)},\n "files": [\n  {files}],\n'
            f' "summary": {encode(summary_object(summary))}}}\n'
        )


class Lines:
    """One JSON object for each figure, on a line of its own."""

    def __init__(self, options: ReportOptions) -> None:
        self._lang = options.lang

    def render(self, result: FileResult) -> Parts:
        return (
            "".join(
                encode({"path": result.path, **entry}) + "\n"
                for entry in _objects(result, self._lang)
            ),
        )

    def feed(self, parts: Parts) -> str:
        return parts[0]

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        return ""


def _row(result: FileResult, entry: Entry, places: Places, lang: str) -> tuple[str, ...]:
    from reportlint.reporters.width import visible
    from reportlint.structure.roles import ROLES

    assert result.structure is not None
    start, end = result.structure.raw_span(entry.figure.start, entry.figure.end)
    because = entry.proof or _reason(entry, lang)
    if entry.noun:
        role = f"{ROLES[entry.role][lang]}（{entry.noun}）" if lang == "zh" else entry.role
    else:
        role = ROLES[entry.role][lang]
    return (
        places.words(start, lang),
        visible(result.document.text[start:end]),
        visible(role),
        _OUTCOMES[lang][entry.outcome],
        entry.rule or "-",
        visible(because),
    )


def _reason(entry: Entry, lang: str) -> str:
    from reportlint.checks.figures.reasons import REASONS

    return REASONS[entry.reason][lang] if entry.reason else ""


def _counts(entries: Sequence[Entry]) -> dict[str, int]:
    counts = dict.fromkeys(_OUTCOMES["zh"], 0)
    for entry in entries:
        counts[entry.outcome] += 1
    return counts | {"all": len(entries)}


def _objects(result: FileResult, lang: str) -> list[dict[str, Any]]:
    from reportlint.checks.figures.ledger import ledger

    structure = result.structure
    if structure is None:
        return []
    places = Places(result.document)
    entries = list(ledger(structure))
    starts = [entry.figure.start for entry in entries]

    def span(start: int, end: int) -> dict[str, Any]:
        first, last = structure.raw_span(start, end)
        points = []
        for offset in (first, last):
            line, column = places.position(offset)
            points.append({"offset": offset, "line": line, "column": column})
        return {"text": result.document.text[first:last], "start": points[0], "end": points[1]}

    objects = []
    for entry in entries:
        figure = entry.figure
        low, high = figure.interval
        used = []
        for start in entry.used:
            at = bisect_left(starts, start)
            if at < len(starts) and starts[at] == start:
                used.append(span(start, entries[at].figure.end))
        objects.append(
            span(figure.start, figure.end)
            | {
                "role": entry.role,
                "unit": figure.unit,
                "noun": entry.noun,
                "value": _rational(figure.exactly),
                "low": None if low is None else _rational(low),
                "high": None if high is None else _rational(high),
                "hedge": figure.hedge,
                "verdict": entry.outcome,
                "rule": entry.rule or None,
                "used": used,
                "proof": entry.proof or None,
                "reason": _reason(entry, lang) or None,
            }
        )
    return objects


def _rational(value: Fraction) -> str:
    """Return a rational number as a decimal where that is exact, else as a fraction."""
    from decimal import Decimal

    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest > 1:
        return str(value)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return format(decimal, "f")
