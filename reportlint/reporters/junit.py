"""JUnit XML: a suite for each file, a test case for each finding.

A finding is a failure, a file that could not be checked an error; what is suppressed is skipped. A
file with nothing to report is one case that passed.
"""

from __future__ import annotations

from reportlint.reporters import Parts, ReportOptions
from reportlint.reporters.entry import Entry, entries
from reportlint.reporters.xml_ import DECLARATION, attributes, escape
from reportlint.runner import FATAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_FAILURE, _ERROR, _SKIPPED = "failure", "error", "skipped"


class Junit:
    """Held back to the end: the first line has the sums."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._suites: list[str] = []
        self._sums = [0, 0, 0, 0]

    def render(self, result: FileResult) -> Parts:
        """Return the suite and its numbers: tests, failures, errors, skipped."""
        outcomes = {_FAILURE: 0, _ERROR: 0, _SKIPPED: 0}
        cases = []
        for entry in entries(result, self._options.lang, suppressed=True):
            outcome = _outcome(entry)
            outcomes[outcome] += 1
            cases.append(self._case(result.path, entry, outcome))
        if not cases:
            name = {"zh": "没有问题", "en": "nothing found"}[self._options.lang]
            cases.append(f"    <testcase{attributes(classname=result.path, name=name)}/>\n")
        counts = (len(cases), *outcomes.values())
        head = f"  <testsuite{attributes(name=result.path)}{_counts(counts)}>\n"
        return f"{head}{''.join(cases)}  </testsuite>\n", *map(str, counts)

    def feed(self, parts: Parts) -> str:
        suite, *counts = parts
        self._suites.append(suite)
        self._sums = [total + int(count) for total, count in zip(self._sums, counts, strict=True)]
        return ""

    def finish(self, summary: Summary) -> str:  # noqa: ARG002
        head = f'<testsuites name="reportlint"{_counts(self._sums)}>\n'
        return f"{DECLARATION}{head}{''.join(self._suites)}</testsuites>\n"

    def _case(self, path: str, entry: Entry, outcome: str) -> str:
        finding = entry.finding
        head = attributes(classname=path, name=f"{finding.code} {entry.place}", line=entry.line)
        if outcome == _SKIPPED:
            reason = finding.suppressed.reason if finding.suppressed else ""
            said = None if self._options.redact or not reason else reason
            inner = f"      <skipped{attributes(message=said)}/>\n"
        else:
            kind = attributes(message=entry.message, type=finding.severity.label)
            body = escape(f"{path}:{entry.place}: {finding.code} {entry.message}")
            inner = f"      <{outcome}{kind}>{body}</{outcome}>\n"
        return f"    <testcase{head}>\n{inner}    </testcase>\n"


def _outcome(entry: Entry) -> str:
    if entry.finding.suppressed is not None:
        return _SKIPPED
    return _ERROR if entry.finding.code in FATAL else _FAILURE


def _counts(counts: tuple[int, ...] | list[int]) -> str:
    tests, failures, errors, skipped = counts
    return attributes(tests=tests, failures=failures, errors=errors, skipped=skipped)
