"""SARIF 2.1.0, as code scanning services take it.

Columns count code points. Findings that are suppressed stay in, so that a service does not close
and open them again and again. Of more than LIMIT results the gravest are kept. For a Word file the
line is that of the text that was read, one paragraph a line, and the message holds the address.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.findings import Severity
from reportlint.fingerprint import fingerprints
from reportlint.readers import BY_LINES
from reportlint.reporters import Parts, ReportOptions, rulepage
from reportlint.reporters.entry import Entry, entries
from reportlint.reporters.json_ import encode, open_data
from reportlint.reporters.place import Places
from reportlint.ruleset import category
from reportlint.runner import FATAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from reportlint.findings import Finding, Fix, Suppression
    from reportlint.ruleset import Rule
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

LIMIT = 25_000
"""Results that GitHub takes in one run."""

_LONGEST = 5_000
_DESCRIPTION = 1_024
"""Characters that GitHub takes in a text, and in the description of a rule."""

_LABELS = 100
"""Locations that GitHub takes with one result."""

_ROOT = "%SRCROOT%"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.INFO: "medium"}
_TAG = {"zh": "zh-CN", "en": "en"}

_CHARSETS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "big5": "Big5",
}
"""Python's names of encodings and IANA's; others are left out."""

_SUPPRESSED = "0"
_DRIVE = patterns.compile("[A-Za-z]:/")


class Sarif:
    """Results are held back as strings until it is known how many there are."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._artifacts: list[str] = []
        self._notifications: list[str] = []
        self._results: list[str] = []
        self._compared = False

    def render(self, result: FileResult) -> Parts:
        """Return the file, its notifications, whether there is a baseline, and the results.

        A result is its rank, a digit, and then its JSON.
        """
        page = _Page(self._options, result)
        found = [f"{rank}{encode(value)}" for rank, value in page.results()]
        return (
            encode(page.artifact()) if found else "",
            ",\n    ".join(encode(value) for value in page.notifications()),
            "compared" if page.compared else "",
            *found,
        )

    def feed(self, parts: Parts) -> str:
        artifact, notifications, compared, *results = parts
        if artifact:
            self._artifacts.append(artifact)
        if notifications:
            self._notifications.append(notifications)
        self._compared = self._compared or bool(compared)
        self._results += results
        return ""

    def finish(self, summary: Summary) -> str:
        from reportlint import __version__

        options = self._options
        results = self._results
        if len(results) > LIMIT:
            # The gravest, in the order in which they stand in the drafts.
            order = sorted(range(len(results)), key=lambda at: results[at][0], reverse=True)
            results = [results[at] for at in sorted(order[:LIMIT])]
            self._notifications.append(encode(self._left_out(len(self._results) - LIMIT)))
        driver = {
            "name": "reportlint",
            "fullName": f"reportlint {__version__}",
            "version": __version__,
            "semanticVersion": __version__,
            "language": _TAG[options.lang],
            "shortDescription": {
                "text": {
                    "zh": "检查中文正式报告的草稿。",
                    "en": "Checks drafts of Chinese formal reports.",
                }[options.lang]
            },
        }
        rules = [_descriptor(rule, options.lang) for _, rule in sorted(options.rules.items())]
        notes = ",\n    ".join(self._notifications)
        tool = f'{encode(driver)[:-1]}, "rules": {_array(map(encode, rules))}}}'
        return (
            f'{{"$schema": {encode(SCHEMA)},\n'
            f' "version": "2.1.0",\n'
            f' "runs": [{{\n'
            f'  "tool": {{"driver": {tool}}},\n'
            f'  "automationDetails": {{"id": "reportlint/"}},\n'
            f'  "language": {encode(_TAG[options.lang])},\n'
            f'  "columnKind": "unicodeCodePoints",\n'
            f'  "newlineSequences": {encode([chr(13) + chr(10), chr(10), chr(13)])},\n'
            f'  "originalUriBaseIds": {encode({_ROOT: {"description": {"text": self._root()}}})},\n'
            f'  "invocations": [{{"executionSuccessful": {encode(not summary.failed_files)}, '
            f'"toolExecutionNotifications": [{notes}]}}],\n'
            f'  "artifacts": {_array(self._artifacts)},\n'
            f'  "results": {_array(map(self._result, results))}\n'
            f" }}]}}\n"
        )

    def _result(self, ranked: str) -> str:
        """Return the JSON of a result; with a baseline, what is not in it is new."""
        rank, result = ranked[0], ranked[1:]
        if self._compared and rank != _SUPPRESSED:
            return f'{result[:-1]}, "baselineState": "new"}}'
        return result

    def _root(self) -> str:
        zh = "运行 reportlint 的文件夹。"
        return zh if self._options.lang == "zh" else "The folder in which reportlint was run."

    def _left_out(self, count: int) -> dict[str, Any]:
        zh = f"结果超过 {LIMIT} 处，略去较轻的 {count} 处。"
        en = f"There are more than {LIMIT} results; {count} of the least grave are left out."
        text = zh if self._options.lang == "zh" else en
        return {"level": "warning", "message": {"text": text}}


class _Page:
    """What one file comes to."""

    def __init__(self, options: ReportOptions, result: FileResult) -> None:
        self._lang = options.lang
        self._redact = options.redact
        self._indexes = {code: at for at, code in enumerate(sorted(options.rules))}
        self._result = result
        self._places = Places(result.document)
        self._file = artifact_location(result.path)
        # What is not the text of its file is not edited by lines either.
        self._lines = result.format in BY_LINES
        self.compared = any(_in_baseline(finding) for finding in result.findings)

    def artifact(self) -> dict[str, Any]:
        """Return the file itself."""
        charset = _CHARSETS.get(self._result.encoding or "")
        named = {"encoding": charset} if charset else {}
        return {"location": self._file, "roles": ["analysisTarget"], **named}

    def notifications(self) -> Iterator[dict[str, Any]]:
        """Yield what kept the file from being checked."""
        for finding in self._result.findings:
            if finding.code in FATAL:
                yield {
                    "level": "error",
                    "message": {"text": _clip(finding.message)},
                    "locations": [{"physicalLocation": {"artifactLocation": self._file}}],
                    "associatedRule": self._rule(finding.code),
                }

    def results(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield rank and result of each finding: the more, the graver."""
        structure = self._result.structure
        names = fingerprints(
            self._result.document,
            self._result.findings,
            structure.heading_path if structure else None,
        )
        listed = entries(self._result, self._lang, suppressed=True)
        for entry, name in zip(listed, names, strict=True):
            finding = entry.finding
            rank = str(int(finding.severity)) if finding.suppressed is None else _SUPPRESSED
            yield rank, self._one(entry, name)

    def _one(self, entry: Entry, fingerprint: str) -> dict[str, Any]:
        finding = entry.finding
        rule = self._rule(finding.code)
        said: dict[str, Any] = {
            "ruleId": rule["id"],
            **({"ruleIndex": rule["index"]} if "index" in rule else {}),
            "level": _LEVEL[finding.severity],
            "message": {"text": _clip(_linkless(entry.said(self._lang)))},
            "locations": [self._location(finding.start, finding.end)],
            "partialFingerprints": {
                "primaryLocationLineHash": f"{fingerprint}:1",
                "reportlint/v1": fingerprint,
            },
        }
        if finding.labels:
            said["relatedLocations"] = [
                {
                    "id": number,
                    **self._location(label.start, label.end),
                    "message": {"text": _clip(_linkless(label.message))},
                }
                for number, label in enumerate(finding.labels[:_LABELS], 1)
            ]
        if finding.fix and self._lines and not (self._redact and _writes(finding.fix)):
            said["fixes"] = [self._fix(finding.fix)]
        if finding.suppressed is not None:
            said["suppressions"] = [self._suppression(finding.suppressed)]
        if _in_baseline(finding):
            said["baselineState"] = "unchanged"
        said["properties"] = {
            "category": finding.category,
            **({"kind": self._result.kind} if self._result.kind else {}),
            **({"data": data} if (data := open_data(finding.data, self._redact)) else {}),
        }
        return said

    def _rule(self, code: str) -> dict[str, Any]:
        index = self._indexes.get(code)
        return {"id": code} if index is None else {"id": code, "index": index}

    def _location(self, start: int, end: int) -> dict[str, Any]:
        region = self._region(start, end)
        if not self._redact and start < end:
            text = self._result.document.text[start:end]
            region["snippet"] = {"text": _clip(text)}
        return {"physicalLocation": {"artifactLocation": self._file, "region": region}}

    def _region(self, start: int, end: int) -> dict[str, Any]:
        line, column = self._places.position(start)
        end_line, end_column = self._places.position(end)
        return {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }

    def _fix(self, fix: Fix) -> dict[str, Any]:
        replacements = [
            {
                "deletedRegion": self._region(edit.start, edit.end),
                "insertedContent": {"text": edit.replacement},
            }
            for edit in fix.edits
        ]
        return {
            "description": {"text": _clip(_linkless(fix.title))},
            "artifactChanges": [{"artifactLocation": self._file, "replacements": replacements}],
        }

    def _suppression(self, suppression: Suppression) -> dict[str, Any]:
        kind = "inSource" if suppression.kind == "inline" else "external"
        reason = "" if self._redact else suppression.reason
        return {
            "kind": kind,
            **({"justification": _clip(reason)} if reason else {}),
            "properties": {"by": suppression.kind},
        }


def artifact_location(path: str) -> dict[str, str]:
    """Return where a file is: relative to the folder of the run unless the path is absolute."""
    from urllib.parse import quote

    # A name that is no text is made of the bytes that it has on the disk.
    uri = quote(path.removeprefix("./").encode("utf-8", "surrogateescape"))
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[0]}:{uri.partition('%3A')[2]}"}
    return {"uri": uri, "uriBaseId": _ROOT}


def _descriptor(rule: Rule, lang: str) -> dict[str, Any]:
    headline = rulepage.headline(rule, lang)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _clip(headline, _DESCRIPTION)},
        "fullDescription": {"text": _clip(rule.why.get(lang) or headline, _DESCRIPTION)},
        "help": {
            "text": _clip(rulepage.plain(rule, lang)),
            "markdown": _clip(rulepage.markdown(rule, lang)),
        },
        "defaultConfiguration": {"enabled": rule.enabled, "level": _LEVEL[rule.severity]},
        "properties": {
            "tags": [rule.category or category(rule.code)],
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _in_baseline(finding: Finding) -> bool:
    return finding.suppressed is not None and finding.suppressed.kind == "baseline"


def _writes(fix: Fix) -> bool:
    return any(edit.replacement for edit in fix.edits)


def _clip(text: str, limit: int = _LONGEST) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _linkless(text: str) -> str:
    """Return a message that is not read as holding a link, whatever brackets the draft has."""
    if "](" not in text:
        return text
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _array(values: Iterable[str]) -> str:
    joined = ",\n    ".join(values)
    return f"[\n    {joined}]" if joined else "[]"
