"""``reportlint corpus``: records by the million, from a request to an exit code."""

from __future__ import annotations

import os
import sys

from reportlint import patterns
from reportlint.cli import terminal
from reportlint.cli.options import Option, Request, UsageError, read
from reportlint.errors import ReportlintError
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from reportlint.cli.setup import Setup
    from reportlint.corpus.statistics import Statistics
    from reportlint.corpus.store import Store
    from reportlint.corpus.work import Plan
    from reportlint.settings import Settings

OPTIONS: tuple[Option, ...] = (
    Option(
        "out",
        ("--output", "-o"),
        "records",
        {
            "zh": "输出文件（.jsonl .ndjson，可加 .gz .zst），必须给出",
            "en": "file to write (.jsonl .ndjson, also with .gz .zst); must be given",
        },
        value="OUT",
    ),
    Option(
        "text_field",
        ("--text-field",),
        "records",
        {
            "zh": "正文所在的字段或列，默认 text",
            "en": "field or column of the text, text by default",
        },
        value="NAME",
    ),
    Option(
        "id_field",
        ("--id-field",),
        "records",
        {
            "zh": "标识所在的字段或列，默认 id，可以没有",
            "en": "field or column of the identifier, id by default; need not be there",
        },
        value="NAME",
    ),
    Option(
        "text_format",
        ("--text-format",),
        "records",
        {"zh": "正文的格式，默认 text", "en": "format of the texts, text by default"},
        value="FORMAT",
        choices=("text", "markdown"),
    ),
    Option(
        "max_length",
        ("--max-length",),
        "records",
        {
            "zh": "正文超过这么多字的记录不检查，默认 1000000",
            "en": "do not check records with more characters than this, 1000000 by default",
        },
        value="N",
        least=1,
    ),
    Option(
        "write",
        ("--write",),
        "records",
        {
            "zh": "写检查结果、原记录，还是带结果的原记录；默认写结果，剔除或清理时写原记录",
            "en": "write what was found, the records, or the records with it; by default what was "
            "found, with --drop or --clean the records",
        },
        value="WHAT",
        choices=("results", "records", "both"),
    ),
    Option(
        "clean",
        ("--clean",),
        "records",
        {
            "zh": "应用安全的修复：删去正文里的网站残留",
            "en": "apply safe fixes: remove what sites left in the texts",
        },
    ),
    Option(
        "drop",
        ("--drop",),
        "records",
        {
            "zh": "不写有这些问题的记录：代码、代码开头或 ALL，逗号分隔",
            "en": "leave out records with these faults: codes, beginnings of codes or ALL, "
            "between commas",
        },
        value="CODES",
        many=True,
    ),
    Option(
        "drop_severity",
        ("--drop-severity",),
        "records",
        {
            "zh": "不写有此级别或更严重的问题的记录",
            "en": "leave out records with faults of this severity or worse",
        },
        value="SEVERITY",
        choices=("error", "warning", "info"),
    ),
    Option(
        "dead_letters",
        ("--dead-letters",),
        "records",
        {
            "zh": "无法处理的记录写入此文件，默认为输出文件名加 .dead.jsonl",
            "en": "file for records that fail; by default the name of the output with .dead.jsonl",
        },
        value="FILE",
    ),
    Option(
        "statistics_file",
        ("--statistics-file",),
        "records",
        {"zh": "把统计写入此 JSON 文件", "en": "write the statistics to this file, as JSON"},
        value="FILE",
    ),
    Option(
        "shard",
        ("--shard",),
        "records",
        {
            "zh": "只处理 N 份中的第 I 份，供多台机器分工",
            "en": "only do part I of N, to share the work between machines",
        },
        value="I/N",
    ),
    Option(
        "resume",
        ("--resume",),
        "records",
        {
            "zh": "接着做上次没有做完的；已经做完的不再做",
            "en": "go on with a run that was not finished; do nothing for one that was",
        },
    ),
)


class Asked(NamedTuple):
    """What ``reportlint corpus`` was asked for besides what it shares with ``check``."""

    out: str | None = None
    text_field: str = "text"
    id_field: str = "id"
    text_format: str = "text"
    max_length: int = 1_000_000
    write: str | None = None
    clean: bool = False
    drop: tuple[str, ...] = ()
    drop_severity: str | None = None
    dead_letters: str | None = None
    statistics_file: str | None = None
    shard: str = "1/1"
    resume: bool = False


def options(values: Mapping[str, Any]) -> Asked:
    """Return what a parser found, checked. Raises UsageError."""
    return Asked(**read(OPTIONS, values))


def corpus(request: Request, asked: Asked) -> int:
    """Do what is asked for and return the exit code: 0 done, 2 could not be done."""
    from reportlint.cli.setup import setup

    run = setup(request._replace(paths=()))
    try:
        return _corpus(run, request.paths, asked)
    except ReportlintError as error:
        terminal.error(error, run.lang)
        return 2


def _corpus(run: Setup, paths: Sequence[str], asked: Asked) -> int:
    from reportlint import files, runner
    from reportlint.corpus import run as runs
    from reportlint.corpus import source
    from reportlint.corpus.store import Store

    inputs, out = _inputs(paths), _out(asked)
    dead = asked.dead_letters or out + ".dead.jsonl"
    written = [out, dead, asked.statistics_file]
    _keep_apart(inputs, [path for path in written if path is not None])
    plan = _plan(run.config.settings, inputs, out, asked)
    try:
        store = Store(out, dead, _job(plan, inputs), resume=asked.resume)
    except OSError as error:
        raise _unwritable(out, error) from error
    if store.complete:
        _tell(run, f"{out}：已经做完", f"{out}: done already")
        return 0
    if store.resumed:
        records = store.statistics.totals["records"]
        _tell(run, f"接着做：已有 {records} 篇", f"going on after {records} records")
    jobs = run.config.jobs or runner.cpus()
    if run.config.jobs is None and source.size(inputs) < _WORTHWHILE:
        jobs = 1
    chunks = source.chunks(inputs, plan.columns, store.position)
    try:
        progress = _progress(run)
        runs.run(plan, chunks, store, jobs, progress)
        if progress is not None:
            print(file=sys.stderr)
        if asked.statistics_file is not None:
            statistics = _json(store.statistics)
            files.replace(asked.statistics_file, statistics)
        store.finish()
    except KeyboardInterrupt:
        _tell(run, "\n已中断；加 --resume 接着做", "\ninterrupted; go on with --resume")
        raise
    except OSError as error:
        raise _unwritable(out, error) from error
    return _end(run, plan, store.statistics, dead)


_WORTHWHILE = 1 << 20
"""Bytes of input from which on several processes pay for their start."""


def _inputs(paths: Sequence[str]) -> list[str]:
    """Return the files to read, those of folders in the order of their names."""
    from reportlint.corpus import streams

    if not paths:
        raise UsageError("没有写输入文件", "no input was named")
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            inside = [
                os.path.join(folder, name)
                for folder, _, names in os.walk(path)
                for name in names
                if streams.suffix(name) is not None
            ]
            if not inside:
                raise UsageError(
                    f"{path}: 文件夹里没有可读的文件", f"{path}: no file to read there"
                )
            found += sorted(inside)
        elif not os.path.exists(path):
            raise UsageError(f"{path}: 没有这个文件", f"{path}: there is no such file")
        elif streams.suffix(path) is None:
            raise _unknown(path, streams.SUFFIXES)
        else:
            found.append(path)
    for path in found:
        streams.require(path)
        if not os.access(path, os.R_OK):
            raise UsageError(f"{path}: 无法读取", f"{path}: cannot be read")
    return found


def _out(asked: Asked) -> str:
    from reportlint.corpus import streams

    out = asked.out
    if out is None:
        raise UsageError("没有写输出文件：-o OUT", "no output was named: -o OUT")
    if streams.suffix(out) in (None, streams.PARQUET):
        raise _unknown(out, streams.SUFFIXES[:-1])
    streams.require(out)
    return out


def _unknown(path: str, suffixes: Sequence[str]) -> UsageError:
    known = " ".join(suffixes)
    return UsageError(
        f"{path}: 不认识这个后缀，可用的有 {known}", f"{path}: unknown suffix; there are {known}"
    )


def _keep_apart(inputs: Sequence[str], written: Sequence[str]) -> None:
    """Raise UsageError where something would be written over something else."""
    taken = {os.path.realpath(path) for path in inputs}
    for path in written:
        real = os.path.realpath(path)
        if real in taken:
            raise UsageError(
                f"{path}: 不能既是输入又是输出，也不能写两样东西",
                f"{path}: cannot be read and written, or written twice",
            )
        if os.path.isdir(path):
            raise UsageError(f"{path}: 是文件夹", f"{path}: is a folder")
        taken.add(real)


def _plan(settings: Settings, inputs: Sequence[str], out: str, asked: Asked) -> Plan:
    from reportlint.corpus import streams
    from reportlint.corpus.work import RECORDS, RESULTS, Plan
    from reportlint.findings import Severity
    from reportlint.paths import printable, slashed

    severity = asked.drop_severity
    makes_records = asked.clean or asked.drop or severity
    return Plan(
        settings=settings,
        inputs=tuple(printable(slashed(path)) for path in inputs),
        text_field=asked.text_field,
        id_field=asked.id_field,
        format=asked.text_format,
        write=asked.write or (RECORDS if makes_records else RESULTS),
        clean=asked.clean,
        drop=_codes(settings, asked.drop),
        drop_severity=None if severity is None else Severity.parse(severity),
        shard=_shard(asked.shard),
        most=asked.max_length,
        compression=streams.compression(out),
    )


def _codes(settings: Settings, selectors: Sequence[str]) -> frozenset[str]:
    """Return the active codes that ``selectors`` name. Raises UsageError where one names none."""
    from reportlint.settings import matches

    codes: set[str] = set()
    for selector in selectors:
        named = {code for code in settings.active if matches(code, selector)}
        if not named:
            raise UsageError(
                f"--drop 的值“{selector}”：没有启用这样的规则",
                f"--drop: {selector!r} names no rule that is active",
            )
        codes |= named
    return frozenset(codes)


def _shard(value: str) -> tuple[int, int]:
    match = patterns.fullmatch("([0-9]{1,6})/([0-9]{1,6})", value)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise UsageError(
            f"--shard 的值“{value}”应形如 1/4，前一个数从 1 到后一个数",
            f"--shard: {value!r} is not like 1/4, the first number from 1 to the second",
        )
    return int(match[1]), int(match[2])


def _job(plan: Plan, inputs: Sequence[str]) -> dict[str, Any]:
    """Return all that the output depends on, as JSON types, by the names that people know."""
    from reportlint import __version__

    def stamp(path: str) -> tuple[int, int]:
        status = os.stat(path)
        return status.st_size, status.st_mtime_ns

    severity = plan.drop_severity
    return {
        "version": __version__,
        "inputs": [(shown, *stamp(path)) for shown, path in zip(plan.inputs, inputs, strict=True)],
        "rules": _digest(plan.settings),
        "--lang": plan.settings.lang,
        "--kind": plan.settings.kind,
        "--redact": plan.settings.redact,
        "--text-field": plan.text_field,
        "--id-field": plan.id_field,
        "--text-format": plan.format,
        "--max-length": plan.most,
        "--write": plan.write,
        "--clean": plan.clean,
        "--drop": sorted(plan.drop),
        "--drop-severity": severity and severity.label,
        "--shard": plan.shard,
    }


def _digest(settings: Settings) -> str:
    """Return what changes with the rules that run, or with anything in them."""
    import hashlib

    _, parts = settings.ruleset.__reduce__()
    severities = sorted(settings.severities.items())
    whole = repr((parts, sorted(settings.active), severities))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _progress(run: Setup) -> Callable[[Store], None] | None:
    if run.request.quiet or not sys.stderr.isatty():
        return None
    word = {"zh": "篇", "en": "records"}[run.lang]

    def show(store: Store) -> None:
        print(f"\r{store.statistics.totals['records']} {word}", end="", file=sys.stderr, flush=True)

    return show


def _json(statistics: Statistics) -> bytes:
    import json

    return json.dumps(statistics.as_json(), ensure_ascii=False, indent=2).encode() + b"\n"


def _end(run: Setup, plan: Plan, statistics: Statistics, dead: str) -> int:
    """Say what came of it and return the exit code."""
    from reportlint.corpus.statistics import TOTALS

    totals, lang = statistics.totals, run.lang
    counts = {name: totals[name] for name in TOTALS}
    table = statistics.table(run.ruleset.rules, lang)
    _tell(run, *(table + _SUMMARY[language].format_map(counts) for language in ("zh", "en")))

    def warn(zh: str, en: str) -> None:
        terminal.warn({"zh": zh, "en": en}[lang], lang)

    if totals["dead"] or statistics.unreadable:
        failed, inputs = totals["dead"], statistics.unreadable
        warn(
            f"{failed} 篇无法处理，{inputs} 个文件没有读完，见 {dead}",
            f"{failed} records failed, {inputs} inputs could not be read to their end: see {dead}",
        )
    if totals["failed"]:
        warn(
            f"{totals['failed']} 篇没有经过全部规则（RL003、RL004）",
            f"{totals['failed']} records were not checked by every rule (RL003, RL004)",
        )
    if totals["checked"]:
        return 2 if statistics.unreadable else 0
    if not totals["dead"] and not statistics.unreadable and plan.shard[1] > 1:
        return 0  # there are fewer records than shards
    terminal.error({"zh": "没有检查到任何记录", "en": "no record was checked"}[lang], lang)
    return 2


_SUMMARY = {
    "zh": "共 {records} 篇，有问题的 {marked} 篇（错误 {errors}，警告 {warnings}，提示 {infos}）；"
    "写出 {written} 篇，剔除 {dropped} 篇，清理 {cleaned} 篇",
    "en": "{records} records, {marked} with findings ({errors} errors, {warnings} warnings, "
    "{infos} infos); wrote {written}, dropped {dropped}, cleaned {cleaned}",
}


def _tell(run: Setup, zh: str, en: str) -> None:
    if not run.request.quiet:
        print({"zh": zh, "en": en}[run.lang], file=sys.stderr)


def _unwritable(out: str, error: OSError) -> UsageError:
    why = error.strerror or str(error)
    return UsageError(f"{out}: 无法写入：{why}", f"{out}: cannot be written: {why}")
