"""What was found, in the words of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lsprotocol import types

from reportlint.findings import Applicability, Edit, Finding, Severity
from reportlint.i18n import Bilingual
from reportlint.server.jobs import Checked, Symbol
from reportlint.server.positions import Positions

SOURCE = "reportlint"

_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}

_UNSAFE: Bilingual = {"zh": "（须核对）", "en": " (please review)"}


def span(positions: Positions, start: int, end: int) -> types.Range:
    """Return the range of a span of code points."""
    first, last = positions.position(start), positions.position(end)
    return types.Range(types.Position(*first), types.Position(*last))


def diagnostics(
    checked: Checked, positions: Positions, uri: str, *, related: bool
) -> list[types.Diagnostic]:
    """Return the diagnostics of a draft. ``related``: the client shows other places beside it."""
    found = [
        types.Diagnostic(
            range=span(positions, 0, 0),
            message=problem,
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )
        for problem in checked.problems
    ]
    for finding, name in zip(checked.findings, checked.fingerprints, strict=True):
        found.append(
            types.Diagnostic(
                range=span(positions, *positions.around(finding.start, finding.end)),
                message=finding.message,
                severity=_SEVERITIES[finding.severity],
                code=finding.code,
                source=SOURCE,
                related_information=_related(finding, positions, uri) if related else None,
                data=name,
            )
        )
    return found


def _related(
    finding: Finding, positions: Positions, uri: str
) -> list[types.DiagnosticRelatedInformation] | None:
    return [
        types.DiagnosticRelatedInformation(
            types.Location(uri, span(positions, *positions.around(label.start, label.end))),
            label.message,
        )
        for label in finding.labels
    ] or None


def within(checked: Checked, positions: Positions, range: types.Range) -> list[tuple[Finding, str]]:
    """Return the findings that meet a range, with their names; what only touches it counts."""
    first = positions.offset(range.start.line, range.start.character)
    last = positions.offset(range.end.line, range.end.character)
    found = []
    for finding, name in zip(checked.findings, checked.fingerprints, strict=True):
        start, end = positions.around(finding.start, finding.end)
        if start <= last and first <= end:
            found.append((finding, name))
    return found


def hover(
    checked: Checked, positions: Positions, at: types.Position, *, markdown: bool
) -> types.Hover | None:
    """Return the pages of the rules that reported something at a position."""
    offset = positions.offset(at.line, at.character)
    found = [
        finding
        for finding in checked.findings
        if (place := positions.around(finding.start, finding.end))[0] <= offset < place[1]
    ]
    if not found:
        return None
    pages = checked.pages if markdown else checked.plain
    parts = []
    for finding in found:
        name = f"{finding.code} {finding.name}"
        said = escape(finding.message) if markdown else finding.message
        head = f"**{name}**: {said}" if markdown else f"{name}: {said}"
        parts.append(f"{head}\n\n{pages.get(finding.code, '')}".rstrip())
    nearest = min(found, key=lambda finding: finding.end - finding.start)
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(
        types.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(parts)),
        span(positions, *positions.around(nearest.start, nearest.end)),
    )


def escape(text: str) -> str:
    """Return draft text so that Markdown shows it as it is."""
    from reportlint.reporters import rulepage

    return rulepage.escape(text.replace("\r", " "))


def fix_title(finding: Finding, lang: str) -> str:
    """Return the title of a fix, which says if it should be looked at."""
    assert finding.fix is not None
    safe = finding.fix.applicability is Applicability.SAFE
    return f"{finding.code}: {finding.fix.title}" + ("" if safe else _UNSAFE[lang])


def edits(made: Iterable[Edit], positions: Positions) -> list[types.TextEdit]:
    """Return edits of the text."""
    return [
        types.TextEdit(span(positions, edit.start, edit.end), edit.replacement) for edit in made
    ]


def workspace_edit(
    made: Iterable[Edit], positions: Positions, uri: str, version: int | None, *, versioned: bool
) -> types.WorkspaceEdit:
    """Return an edit of one draft. ``versioned``: the client compares versions."""
    changes = edits(made, positions)
    if not versioned:
        return types.WorkspaceEdit(changes={uri: changes})
    draft = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(draft, list(changes))])


def symbols(found: Sequence[Symbol], positions: Positions) -> list[types.DocumentSymbol]:
    """Return the tree of headings."""
    top: list[types.DocumentSymbol] = []
    above: list[tuple[int, list[types.DocumentSymbol]]] = [(-1, top)]
    for symbol in found:
        while above[-1][0] >= symbol.depth:
            above.pop()
        below: list[types.DocumentSymbol] = []
        above[-1][1].append(
            types.DocumentSymbol(
                name=symbol.title,
                kind=types.SymbolKind.String,
                range=span(positions, symbol.start, symbol.end),
                selection_range=span(positions, symbol.title_start, symbol.title_end),
                children=below,
            )
        )
        above.append((symbol.depth, below))
    return top


def flat_symbols(
    found: Sequence[Symbol], positions: Positions, uri: str
) -> list[types.SymbolInformation]:
    """Return the headings as a list, for clients that know no tree."""
    return [
        types.SymbolInformation(
            types.Location(uri, span(positions, symbol.start, symbol.end)),
            symbol.title,
            types.SymbolKind.String,
        )
        for symbol in found
    ]
