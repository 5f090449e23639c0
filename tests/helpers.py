"""Short ways of asking what the linter says."""

from collections.abc import Callable, Iterable

from reportlint import engine, readers
from reportlint.document import Block, Document, Span
from reportlint.engine import Outcome
from reportlint.findings import Applicability, Edit, Finding, Severity
from reportlint.reporters import Reporter
from reportlint.runner import FileResult
from reportlint.settings import Settings
from reportlint.structure import Paragraph
from reportlint.summary import Summary, tally


def lint(text: str, settings: Settings, path: str = "draft.txt") -> Outcome:
    """Lint a text as if it had been read from a file of that name."""
    return engine.lint(readers.read(text.encode(), path), settings)


def lint_plain(text: str, settings: Settings) -> Outcome:
    """Lint a text that no reader has looked at: every line is a block, nothing is markup."""
    return engine.lint(Document(text), settings)


def printed(reporter: Reporter, results: Iterable[FileResult], fixed: int = 0) -> str:
    """What a reporter prints of results, the way the command line has it done."""
    summary = Summary(fixed=fixed)
    pieces = []
    for result in results:
        pieces.append(reporter.feed(reporter.render(result)))
        summary = summary.add(tally(result))
    pieces.append(reporter.finish(summary))
    return "".join(piece.decode() if isinstance(piece, bytes) else piece for piece in pieces)


def in_proportion(seconds: Callable[[int], float], small: int, large: int, most: float) -> bool:
    """Whether ``seconds(large)`` is at most ``most`` times ``seconds(small)``, which counts as a
    fiftieth of a second at least. Three times over, so that a busy machine cannot decide.
    """
    return any(seconds(large) <= most * max(seconds(small), 0.02) for _ in range(3))


def texts(outcome: Outcome, *families: str) -> list[str]:
    """Return what is reported by rules of some families (beginnings of codes; all by default)."""
    text = outcome.context.document.text
    return [text[f.start : f.end] for f in outcome.findings if f.code.startswith(families or "")]


def codes(outcome: Outcome, *families: str) -> list[str]:
    """Return the codes of the findings of some families (all by default), in order."""
    return [f.code for f in outcome.findings if f.code.startswith(families or "")]


def errors(outcome: Outcome, *families: str) -> list[str]:
    """Return code and text of each error of some families (all by default)."""
    text = outcome.context.document.text
    return [
        f"{f.code} {text[f.start : f.end]!r}"
        for f in outcome.findings
        if f.severity is Severity.ERROR and f.code.startswith(families or "")
    ]


def safe_edits(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of all safe fixes in order of position."""
    return sorted(
        edit
        for f in findings
        if f.fix is not None and f.fix.applicability is Applicability.SAFE
        for edit in f.fix.edits
    )


def outside(text: str, spans: Iterable[Paragraph | Block | Span]) -> str:
    """Return what no span of ``text`` covers."""
    inside = {offset for span in spans for offset in range(span.start, span.end)}
    return "".join(char for offset, char in enumerate(text) if offset not in inside)
