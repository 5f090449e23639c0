"""One chunk of records to the bytes that are written for it. Pure; runs in any process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reportlint import batch, fixes, runner
from reportlint.corpus import streams
from reportlint.corpus.source import LINE, Chunk, Position
from reportlint.corpus.statistics import Statistics
from reportlint.document import Document
from reportlint.errors import WriteError
from reportlint.findings import Finding, Severity
from reportlint.runner import FileResult
from reportlint.settings import Settings

RESULTS, RECORDS, BOTH = WRITE = ("results", "records", "both")
"""What is written for a record: what was found, the record itself, or both in one."""

FIELD = "reportlint"
"""The field that holds what was found where the record is written with it."""

_EXCERPT = 2000
"""Characters of a dead record that are kept where it is too long to be kept whole."""


class Plan(NamedTuple):
    """What is to be done with every record.

    ``inputs`` are the inputs as they are shown. ``shard`` is (number from 1, of how many).
    ``drop`` holds codes, ``drop_severity`` the least severity for which a record is left out.
    ``most`` is the number of characters up to which a text is checked.
    """

    settings: Settings
    inputs: tuple[str, ...]
    text_field: str = "text"
    id_field: str = "id"
    format: str = "text"
    write: str = RESULTS
    clean: bool = False
    drop: frozenset[str] = frozenset()
    drop_severity: Severity | None = None
    shard: tuple[int, int] = (1, 1)
    most: int = 1_000_000
    compression: str = ""

    @property
    def columns(self) -> tuple[str, ...] | None:
        """The columns that are needed, the text first; None for all."""
        return (self.text_field, self.id_field) if self.write == RESULTS else None


class Done(NamedTuple):
    """What a chunk came to: bytes for the output, lines for the dead letters, counts."""

    after: Position
    output: bytes
    dead: bytes
    statistics: Statistics


class DeadRecordError(Exception):
    """A record that cannot be checked or written: a word for programs and one for people."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def work(plan: Plan, chunk: Chunk) -> Done:
    """Check, clean and drop the records of a chunk that belong to the shard."""
    statistics = Statistics()
    output: list[bytes] = []
    dead: list[bytes] = []
    path = plan.inputs[chunk.start.input]
    if chunk.fault:
        statistics.unreadable += 1
        letter = {"file": path, "line": chunk.start.line, "error": "input", "detail": chunk.fault}
        dead.append(_dump(letter))
    for record in _checked(plan, _read(plan, chunk)):
        statistics.totals["records"] += 1
        try:
            written = _record(plan, path, record, statistics)
        except DeadRecordError as reason:
            statistics.totals["dead"] += 1
            statistics.tables["reasons"][reason.reason] += 1
            letter = {
                "file": path,
                "line": record.line,
                "error": reason.reason,
                "detail": str(reason),
            }
            if not plan.settings.redact:
                letter["record"] = _excerpt(record.raw)
            dead.append(_dump(letter))
        else:
            if written is not None:
                statistics.totals["written"] += 1
                output.append(written)
    data = b"".join(output)
    packed = streams.compressor(plan.compression)(data) if data else b""
    return Done(chunk.after, packed, b"".join(dead), statistics)


class _Record:
    """A record on its way: its ``text``, and the ``result`` of checking that, or why it is dead."""

    __slots__ = ("fields", "line", "raw", "result", "text")

    def __init__(self, line: int, raw: bytes | Mapping[str, Any]) -> None:
        self.line = line
        self.raw = raw
        self.fields: Mapping[str, Any] = {}
        self.text = ""
        self.result: FileResult | DeadRecordError | None = None


def _read(plan: Plan, chunk: Chunk) -> Iterator[_Record]:
    """Yield the records of a shard with their texts."""
    for line, raw in _records(chunk, plan.shard):
        record = _Record(line, raw)
        try:
            record.fields = _parsed(raw) if isinstance(raw, bytes) else raw
            record.text = _text(plan, record.fields)
        except DeadRecordError as reason:
            record.result = reason
        yield record


def _records(
    chunk: Chunk, shard: tuple[int, int]
) -> Iterator[tuple[int, bytes | Mapping[str, Any]]]:
    """Yield the records of a shard with their numbers: bytes of JSON, or rows."""
    part, parts = shard
    line = chunk.start.line
    if chunk.lines:
        for raw in chunk.lines.removesuffix(b"\n").split(b"\n"):
            if line % parts == part % parts and raw.strip():
                yield line, raw
            line += 1
    for row in chunk.rows:
        if line % parts == part % parts:
            yield line, row
        line += 1


def _checked(plan: Plan, records: Iterable[_Record]) -> Iterator[_Record]:
    """Check the texts of records, several at a time, and yield the records in order."""
    for together in runner.batches(records, lambda record: len(record.text), runner.TOGETHER):
        alive = [record for record in together if record.result is None]
        try:
            results = list(batch.check_all([r.text for r in alive], plan.settings, plan.format))
        except Exception:
            # One text in a million must not stop the others.
            for record in alive:
                record.result = _alone(plan, record.text)
        else:
            for record, result in zip(alive, results, strict=True):
                record.result = result
        yield from together


def _alone(plan: Plan, text: str) -> FileResult | DeadRecordError:
    try:
        return batch.check(text, plan.settings, plan.format)
    except Exception as error:
        return _crash(error)


def _crash(error: Exception) -> DeadRecordError:
    return DeadRecordError("crash", f"{type(error).__name__}: {error}")


def _record(plan: Plan, path: str, record: _Record, statistics: Statistics) -> bytes | None:
    """Return what is to be written for a record, None for one that is dropped.

    Raises DeadRecordError.
    """
    text, result, cleaned = record.text, record.result, False
    if isinstance(result, DeadRecordError):
        raise result
    assert result is not None
    if result.structure is None:
        raise DeadRecordError("text", result.findings[0].message)
    if plan.clean:
        try:
            text, result, cleaned = _clean(plan, text, result)
        except DeadRecordError:
            raise
        except Exception as error:
            raise _crash(error) from error
    findings = batch.reported(result)
    # What cannot be written must not have been counted, so that comes first.
    written = None
    if not _drops(plan, findings):
        written = _written(plan, path, record, text, result, cleaned)
    _count(statistics, result, findings, cleaned=cleaned, dropped=written is None)
    return written


def _parsed(raw: bytes) -> Mapping[str, Any]:
    if len(raw) >= LINE:
        raise DeadRecordError("too-long", f"the line has {LINE} bytes or more")
    try:
        record = _decode(raw.decode())
    except UnicodeDecodeError as error:
        raise DeadRecordError("encoding", f"not UTF-8 at byte {error.start} of the line") from None
    except (ValueError, RecursionError) as error:
        raise DeadRecordError("json", str(error)) from None
    if not isinstance(record, dict):
        raise DeadRecordError("json", f"not an object but {type(record).__name__}")
    return record


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


_decode = json.JSONDecoder(parse_constant=_no_number).decode


def _text(plan: Plan, record: Mapping[str, Any]) -> str:
    if plan.text_field not in record:
        raise DeadRecordError("missing", f"no field {plan.text_field!r}")
    text = record[plan.text_field]
    if not isinstance(text, str):
        raise DeadRecordError(
            "not-text", f"{plan.text_field!r} is {type(text).__name__}, not a string"
        )
    if len(text) > plan.most:
        raise DeadRecordError("too-long", f"{len(text)} characters, more than {plan.most}")
    return text


def _clean(plan: Plan, text: str, before: FileResult) -> tuple[str, FileResult, bool]:
    """Return the text without what safe fixes remove, and what is found in it then."""
    if not fixes.choose(before.findings, unsafe=False):
        return text, before, False
    results: dict[bytes, FileResult] = {}

    def again(data: bytes) -> tuple[Document, tuple[Finding, ...]]:
        result = batch.check(batch.decoded(data), plan.settings, plan.format)
        results[data] = result
        return result.document, result.findings

    data = batch.encoded(text)
    try:
        settled = fixes.settle(data, before.document, before.findings, again, unsafe=False)
    except WriteError as error:
        raise DeadRecordError("clean", str(error)) from None
    if not settled.applied:
        return text, before, False
    if settled.data not in results:
        again(settled.data)
    return batch.decoded(settled.data), results[settled.data], True


def _drops(plan: Plan, findings: list[Finding]) -> bool:
    least = plan.drop_severity
    if least is not None and any(finding.severity >= least for finding in findings):
        return True
    return bool(plan.drop) and any(finding.code in plan.drop for finding in findings)


def _written(
    plan: Plan, path: str, record: _Record, text: str, result: FileResult, cleaned: bool
) -> bytes:
    raw, fields = record.raw, record.fields
    if plan.write == RECORDS and not cleaned and isinstance(raw, bytes):
        return raw.rstrip() + b"\n"  # to the last digit what it was
    if plan.write == RESULTS:
        identity = fields.get(plan.id_field)
        return _dump({"file": path, "line": record.line, "id": identity, **batch.flat(result)})
    whole = {**fields, plan.text_field: text}
    if plan.write == BOTH:
        whole[FIELD] = batch.flat(result)
    return _dump(whole)


def _count(
    statistics: Statistics,
    result: FileResult,
    findings: list[Finding],
    *,
    cleaned: bool,
    dropped: bool,
) -> None:
    totals, tables = statistics.totals, statistics.tables
    totals["checked"] += 1
    totals["dropped"] += dropped
    totals["cleaned"] += cleaned
    totals["failed"] += result.failed
    tables["kinds"][result.kind or ""] += 1
    if not findings:
        return
    totals["marked"] += 1
    totals.update([batch.LEVELS[finding.severity] for finding in findings])
    for name, found in (
        ("categories", [finding.category for finding in findings]),
        ("codes", [finding.code for finding in findings]),
    ):
        statistics.findings[name].update(found)
        tables[name].update(set(found))


_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=lambda value: _plain(value)
).encode


def _dump(value: Mapping[str, Any]) -> bytes:
    """Return a line of JSON. Raises DeadRecordError for what JSON cannot hold."""
    try:
        return _encode(value).encode() + b"\n"
    except UnicodeEncodeError:
        # A lone half of a surrogate pair somewhere beside the text: only an escape can hold it.
        return json.dumps(value, allow_nan=False, default=_plain).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise DeadRecordError("unwritable", str(error)) from None


def _plain(value: Any) -> Any:
    """Return a value of a Parquet column as JSON has it."""
    from datetime import date, datetime, time, timedelta
    from decimal import Decimal

    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, timedelta)):
        return str(value)
    raise TypeError(f"a value of type {type(value).__name__} cannot be written as JSON")


def _excerpt(raw: bytes | Mapping[str, Any]) -> str:
    if isinstance(raw, bytes):
        text = raw[: LINE + 1].decode("utf-8", "replace")
    else:
        text = json.dumps(raw, ensure_ascii=False, default=repr)
    return text if len(text) < LINE else text[:_EXCERPT]
