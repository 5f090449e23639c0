"""Baselines: what was wrong with drafts when somebody began to check them.

A baseline is a JSON file with one finding a line, sorted, so that its history can be read::

    {"version": 1,
     "files": {
      "drafts/a.txt": [
       {"code": "PH001", "fingerprint": "0f3c…", "count": 2, "text": "XX"}]
     }}

Paths are relative to its folder. A fingerprint holds the finding, the letters around it and the
headings over it, no line; ``count`` says how many findings nothing tells apart. Nothing here
touches the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint.errors import ConfigError
from reportlint.findings import Finding, Suppression
from reportlint.fingerprint import kinds

if TYPE_CHECKING:
    from reportlint.document import Document

VERSION = 1

_EXCERPT = 40
"""Characters of a finding that are kept for whoever reads the file."""


class Record(NamedTuple):
    """Findings of one draft that nothing tells apart, and how many there are.

    ``text`` is empty for what is absent.
    """

    code: str
    fingerprint: str
    times: int
    text: str = ""


Files = Mapping[str, tuple[Record, ...]]
"""Path -> what is known of the draft there."""

NOTHING: Files = MappingProxyType({})


class Known(NamedTuple):
    """What a baseline knows of one draft.

    ``own`` are the records under its path. ``gone`` are those of paths at which there is no draft
    any more: one of them may be where this one was before it was moved.
    """

    own: tuple[Record, ...] = ()
    gone: Files = NOTHING


class Recognised(NamedTuple):
    """Findings with those suppressed that are known; the path under which they are known where it
    is another one; and how many findings are known that are no longer there."""

    findings: list[Finding]
    moved_from: str
    stale: int


class BaselineError(ConfigError):
    """A baseline that cannot be used. ``say`` has the text in both languages."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        self.say = {"zh": f"{place}: {zh}", "en": f"{place}: {en}"}
        super().__init__(self.say["en"])


Path = Callable[[int], tuple[str, ...]]
"""The titles of the headings over an offset."""


def recognise(
    document: Document,
    findings: Sequence[Finding],
    known: Known,
    active: frozenset[str],
    heading_path: Path | None = None,
) -> Recognised:
    """Suppress the findings that are known, of those alike as many as there were.

    ``findings`` are all of the draft's. What something else has suppressed is recognised as well:
    it is still there, and so not stale. Rules that have not run (not in ``active``) leave none.
    """
    names = kinds(document, findings, heading_path)
    records, moved_from = known.own, ""
    if not records and known.gone:
        moved_from, records = _origin(findings, names, known.gone)
    left = {record.fingerprint: record.times for record in records}
    judged = list(findings)
    # First those that nothing else has suppressed: they need it.
    for silenced in (False, True):
        for index, finding in enumerate(findings):
            if (finding.suppressed is not None) == silenced and left.get(names[index]):
                left[names[index]] -= 1
                if not silenced:
                    judged[index] = finding._replace(suppressed=Suppression("baseline"))
    stale = sum(left[record.fingerprint] for record in records if record.code in active)
    return Recognised(judged, moved_from, stale)


def _origin(
    findings: Sequence[Finding], names: Sequence[str], gone: Files
) -> tuple[str, tuple[Record, ...]]:
    """Return the path that a draft has been moved from, and what is known there.

    It is the one with the most findings in common: at least half of what is known there, and one
    of them has words around it. What is absent is absent from many drafts.
    """
    counts: dict[str, int] = {}
    wordy = set()
    for finding, name in zip(findings, names, strict=True):
        counts[name] = counts.get(name, 0) + 1
        if finding.start < finding.end:
            wordy.add(name)
    best: tuple[int, str, tuple[Record, ...]] = (0, "", ())
    for path in sorted(gone):
        records = gone[path]
        common = sum(min(r.times, counts.get(r.fingerprint, 0)) for r in records)
        known = any(r.fingerprint in wordy for r in records)
        if known and common > best[0] and 2 * common >= total(records):
            best = common, path, records
    return best[1], best[2]


def records(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Path | None = None,
    *,
    redact: bool = False,
) -> tuple[Record, ...]:
    """Return the records of a draft: of its ``findings`` those that nothing suppresses.

    What is said of files and suppressions is no fault of the text and not among them. ``redact``:
    without any text of the draft.
    """
    found: dict[str, Record] = {}
    for finding, name in zip(findings, kinds(document, findings, heading_path), strict=True):
        if finding.suppressed is not None or finding.category == "reportlint":
            continue
        old = found.get(name)
        if old is not None:
            found[name] = old._replace(times=old.times + 1)
        else:
            text = "" if redact else " ".join(document.text[finding.start : finding.end].split())
            text = text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
            found[name] = Record(finding.code, name, 1, text)
    return tuple(sorted(found.values()))


def total(records: Iterable[Record]) -> int:
    """Return how many findings there are in records."""
    return sum(record.times for record in records)


def pruned(
    records: Sequence[Record],
    document: Document,
    findings: Sequence[Finding],
    active: frozenset[str],
    heading_path: Path | None = None,
) -> tuple[Record, ...]:
    """Return records without what is no longer among ``findings``, for rules that have run."""
    counts: dict[str, int] = {}
    for name in kinds(document, findings, heading_path):
        counts[name] = counts.get(name, 0) + 1
    kept = []
    for record in records:
        count = record.times
        if record.code in active:
            count = min(count, counts.get(record.fingerprint, 0))
        if count:
            kept.append(record._replace(times=count))
    return tuple(kept)


def dump(files: Files) -> bytes:
    """Return the content of a baseline file. The same records always give the same bytes."""
    from reportlint.reporters.json_ import encode

    parts = []
    for path in sorted(files):
        rows = []
        for record in sorted(files[path]):
            row: dict[str, Any] = {
                "code": record.code,
                "fingerprint": record.fingerprint,
                "count": record.times,
            }
            if record.text:
                row["text"] = record.text
            rows.append(f"   {encode(row)}")
        if rows:
            parts.append(f"  {encode(path)}: [\n" + ",\n".join(rows) + "]")
    inside = "\n" + ",\n".join(parts) + "\n " if parts else ""
    return f'{{"version": {VERSION},\n "files": {{{inside}}}}}\n'.encode()


def load(data: bytes, name: str) -> Files:
    """Return what a baseline file holds. Raises BaselineError with ``name`` and line."""
    import json

    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BaselineError(f"{name}:{line}", "不是 UTF-8 编码", "is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BaselineError(
            f"{name}:{error.lineno}", f"不是合法的 JSON：{error.msg}", f"is not JSON: {error.msg}"
        ) from error
    except RecursionError as error:
        raise BaselineError(f"{name}:1", "嵌套过深", "is nested too deeply") from error
    if not isinstance(content, dict) or not isinstance(content.get("files"), dict):
        raise BaselineError(f"{name}:1", "不是 reportlint 的基线", "is no baseline of reportlint")
    if content.get("version") != VERSION:
        raise BaselineError(
            f"{name}:1",
            f"基线的版本 {content.get('version')!r} 不能读；能读的是 {VERSION}",
            f"version {content.get('version')!r} cannot be read, only {VERSION}",
        )
    return {path: _records(path, rows, data, name) for path, rows in content["files"].items()}


def _records(path: str, rows: Any, data: bytes, name: str) -> tuple[Record, ...]:
    try:
        if not isinstance(rows, list):
            raise ValueError
        found = tuple(_record(row) for row in rows)
        if len({record.fingerprint for record in found}) != len(found):
            raise ValueError
    except ValueError as error:
        at = data.find(path.encode("utf-8", "replace"))
        line = data.count(b"\n", 0, max(at, 0)) + 1
        raise BaselineError(
            f"{name}:{line}",
            f"“{path}”的记录有误，请用 reportlint baseline create --update 重新生成",
            f"the records of {path!r} are wrong; make them anew with baseline create --update",
        ) from error
    return found


def _record(row: Any) -> Record:
    if not isinstance(row, dict) or row.keys() - {"text"} != {"code", "fingerprint", "count"}:
        raise ValueError(row)
    record = Record(row["code"], row["fingerprint"], row["count"], row.get("text", ""))
    texts = (record.code, record.fingerprint, record.text)
    if not all(isinstance(text, str) for text in texts) or type(record.times) is not int:
        raise ValueError(row)
    if record.times < 1:
        raise ValueError(row)
    return record
