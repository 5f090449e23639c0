"""Reporters: results to text, one module per output format.

A reporter works in three steps, so that files can be checked in several processes and reported one
after the other: ``render`` turns one result into pieces of text wherever the file was checked,
``feed`` takes these in the order of the files, ``finish`` closes the report. What ``feed`` and
``finish`` return is printed as it is: it ends with a line end unless it is empty.

What nothing more is to be done to but to print it may be bytes, in UTF-8, from ``render`` on: over
an archive of drafts it takes as long to decode and encode it again as to check a tenth of them.
"""

from __future__ import annotations

from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol, TypeAlias

    from reportlint.ruleset import Rule
    from reportlint.runner import FileResult
    from reportlint.summary import Summary
else:
    Protocol = object

CLASSES = {
    "full": ("full", "Full"),
    "concise": ("concise", "Concise"),
    "grouped": ("grouped", "Grouped"),
    "summary": ("digest", "Digest"),
    "html": ("html_", "Html"),
    "markdown": ("markdown", "Markdown"),
    "json": ("json_", "Json"),
    "jsonl": ("jsonl", "JsonLines"),
    "sarif": ("sarif", "Sarif"),
    "github": ("github", "Github"),
    "gitlab": ("gitlab", "Gitlab"),
    "junit": ("junit", "Junit"),
    "checkstyle": ("checkstyle", "Checkstyle"),
    "rdjson": ("rdjson", "Rdjson"),
}
"""Output format -> module and class, imported when it is asked for."""

NAMES = tuple(CLASSES)
"""The output formats: first those for people, then those for programs."""

Parts = tuple[str, ...]
"""What one result comes to. Only the reporter that rendered it knows what each string is."""

Encoded = tuple[bytes, ...]
"""The same in UTF-8."""


class ReportOptions(NamedTuple):
    """How to report.

    ``lang``            ``zh`` or ``en``
    ``color``           True: ANSI colours
    ``width``           terminal cells in a line
    ``redact``          True: nothing that stands in the draft
    ``show_fixes``      True: say what can be fixed, and how
    ``ambiguous_wide``  True: the terminal draws characters such as ``“`` two cells wide
    ``rules``           code -> rule, for the advice that a rule gives
    ``quiet``           True: findings only, no closing lines where a person reads them
    """

    lang: str = "zh"
    color: bool = False
    width: int = 80
    redact: bool = False
    show_fixes: bool = True
    ambiguous_wide: bool = False
    rules: Mapping[str, Rule] = {}
    quiet: bool = False


class Reporter(Protocol):
    """One output format. Reporters can be pickled."""

    def render(self, result: FileResult) -> Parts | Encoded:
        """Turn one result into pieces of text. Depends on nothing else and changes nothing."""

    def feed(self, parts: Any) -> str | bytes:
        """Take what ``render`` made of the next file; return what can be printed now."""

    def finish(self, summary: Summary) -> str | bytes:
        """Return the rest of the report, to be called in any case."""


Make: TypeAlias = "Callable[[ReportOptions], Reporter]"
"""Makes a reporter. A plugin brings one for each of its output formats."""

_NO_MORE: Mapping[str, Make] = {}


def make(name: str, options: ReportOptions, others: Mapping[str, Make] = _NO_MORE) -> Reporter:
    """Return a new reporter for an output format; ``others`` are those of plugins.

    Raises ValueError for a name that is in neither NAMES nor ``others``.
    """
    if name in others:
        return others[name](options)
    if name not in CLASSES:
        raise ValueError(name)
    file, reporter = CLASSES[name]
    # What importlib brings along takes as long as printing a report.
    module = __import__(f"reportlint.reporters.{file}", fromlist=[reporter])
    made: Reporter = getattr(module, reporter)(options)
    return made
