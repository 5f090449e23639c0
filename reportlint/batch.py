"""Many texts at once, to plain values that any framework can carry.

``lint_batch`` is pure and can be pickled. The rules are made ready once in each process, at the
first call, whatever process that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from reportlint import runner
from reportlint.findings import Finding, Severity
from reportlint.ruleset import CATEGORIES
from reportlint.runner import FileResult
from reportlint.settings import Settings

FORMATS = ("text", "markdown")
"""What a text can be taken for."""

SEVERITIES = ("errors", "warnings", "infos")
FAMILIES = (*CATEGORIES.values(), "other")
"""Keys that count findings; ``other`` counts those of rules from packs of the user's own."""

_LABELS = {severity: severity.label for severity in Severity}
LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "errors",
    Severity.WARNING: "warnings",
    Severity.INFO: "infos",
}
_MARK = b"\xef\xbb\xbf"


def lint_batch(
    texts: Sequence[str],
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    kind: str | None = None,
    lang: str = "zh",
    format: str = "text",
    messages: bool = True,
) -> list[dict[str, Any]]:
    """Return one dictionary for each text, of JSON types and always with the same keys::

        kind, kind_from             kind of report and how it was told, or None
        failed                      True: not read, or not checked by every rule (see ``codes``)
        errors, warnings, infos     numbers of findings by severity
        placeholder, … reportlint   numbers of findings by category; ``other`` for all further ones
        codes                       codes of the rules that found something, each once, in order
        findings                    list of {code, severity, start, end, message}, by position

    ``start`` and ``end`` count code points of the text. ``messages=False`` leaves messages out,
    which halves the size. The other options are those of ``lint_text``; the texts are read as
    files with this text would be. Raises ConfigError for a selector, kind or language that is
    unknown, ValueError for an unknown format, TypeError for what is no text.
    """
    if isinstance(texts, (str, bytes)):
        raise TypeError("texts must be a sequence of strings, not one string")
    if format not in FORMATS:
        raise ValueError(format)
    settings = _settings(kind, _frozen(select), _frozen(ignore), lang)
    return [flat(result, messages=messages) for result in check_all(texts, settings, format)]


def check_all(
    texts: Iterable[str], settings: Settings, format: str = "text"
) -> Iterator[FileResult]:
    """Check texts, in order. What is no valid text is a result with a finding of family RL."""
    cases = ((_case(text, settings, format), None) for text in texts)
    return (result for result, _ in runner.check_all(cases))


def check(text: str, settings: Settings, format: str = "text") -> FileResult:
    """Check one text."""
    return runner.check(_case(text, settings, format))


def _case(text: str, settings: Settings, format: str) -> runner.Case:
    if not isinstance(text, str):
        raise TypeError(f"a text must be a string, not {type(text).__name__}")
    return runner.Case("", settings, data=encoded(text), format=format)


def encoded(text: str) -> bytes:
    """Return the bytes of a file that holds ``text`` and nothing else."""
    # With a mark of its own, so that one that is part of the text stays and counts.
    return _MARK + text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """Return the text of bytes as ``encoded`` makes them."""
    return data[len(_MARK) :].decode()


def reported(result: FileResult) -> list[Finding]:
    """Return the findings of a result that nothing silences."""
    return [finding for finding in result.findings if finding.suppressed is None]


def flat(result: FileResult, *, messages: bool = True) -> dict[str, Any]:
    """Return a result as the dictionary that ``lint_batch`` gives."""
    counts = dict.fromkeys((*SEVERITIES, *FAMILIES), 0)
    codes: set[str] = set()
    findings: list[dict[str, Any]] = []
    for finding in reported(result):
        code, category, severity = finding.code, finding.category, finding.severity
        counts[LEVELS[severity]] += 1
        counts[category if category in _KNOWN else "other"] += 1
        codes.add(code)
        row: dict[str, Any] = {
            "code": code,
            "severity": _LABELS[severity],
            "start": finding.start,
            "end": finding.end,
        }
        if messages:
            row["message"] = finding.message
        findings.append(row)
    return {
        "kind": result.kind,
        "kind_from": result.kind_from,
        "failed": result.failed,
        **counts,
        "codes": sorted(codes),
        "findings": findings,
    }


_KNOWN = frozenset(CATEGORIES.values())


def _frozen(selectors: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if selectors is None else tuple(selectors)


@lru_cache(maxsize=16)
def _settings(
    kind: str | None,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    lang: str,
) -> Settings:
    from reportlint import _settings as make

    return make(kind, select, ignore, lang)
