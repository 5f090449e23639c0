"""One file or many: bytes to results, in this process or in several.

A file that cannot be read, for whatever reason, is a result like any other: it holds a finding of
family RL and says that it failed.
"""

from __future__ import annotations

import os
import sys
from itertools import groupby

from reportlint import engine, pipeline, readers
from reportlint.document import Document
from reportlint.errors import ReadError, ReportlintError
from reportlint.findings import Finding
from reportlint.lean import NamedTuple
from reportlint.pipeline import FATAL as FATAL
from reportlint.pipeline import PLAIN, Policy
from reportlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, TypeVar

    from reportlint.engine import Outcome
    from reportlint.structure import Structure

    Item = TypeVar("Item")
    Note = TypeVar("Note")
    Result = TypeVar("Result")

CHUNKS = (100, 5)
"""Files that a worker process takes at a time, at first and at last: one by one costs more than
the checking, and the more there are in the last the longer one process works alone."""

TOGETHER = (100, 400_000)
"""Drafts that are checked together, and characters that all of them may have: more gain nothing,
and what is known of each draft takes twenty times the memory of its text meanwhile."""

WORTHWHILE = 400
"""Files from which on several processes pay for their start, and at half of which one more does."""


class WorkerError(ReportlintError):
    """A worker process that was killed: the results of its files are lost."""

    def __init__(self) -> None:
        self.say = {
            "zh": "一个工作进程意外结束（可能内存不足）；可用 --jobs 1 重试",
            "en": "a worker process ended unexpectedly (out of memory?); try again with --jobs 1",
        }
        super().__init__(self.say["en"])


class FileResult(NamedTuple):
    """What a run knows about one file.

    ``path`` is what the user is shown, with ``/``. ``failed``: it could not be read, and then
    ``document`` is empty and ``structure`` None, or a rule did not do its job. ``declined``,
    ``outside`` and ``moved_from`` are those of ``pipeline.Verdict``.
    """

    path: str
    document: Document
    format: str
    encoding: str | None
    kind: str | None
    kind_from: str | None
    findings: tuple[Finding, ...]
    structure: Structure | None
    failed: bool
    declined: int = 0
    outside: int = 0
    moved_from: str = ""


class Case(NamedTuple):
    """A draft that is to be checked, and on which terms.

    ``data`` is its content, None for that of the file at ``path``. ``format`` overrides what the
    suffix of ``path`` says.
    """

    path: str
    settings: Settings
    policy: Policy = PLAIN
    data: bytes | None = None
    format: str | None = None


def check_all(cases: Iterable[tuple[Case, Note]]) -> Iterator[tuple[FileResult, Note]]:
    """Yield the result of each case, in order, with whatever note came with the case.

    Drafts on the same terms are checked together, rule by rule (``engine.lint_all``), up to
    TOGETHER of them: that many cases are taken before the first result is there.
    """
    drafts = ((case, _document(case), note) for case, note in cases)
    for settings, alike in groupby(drafts, lambda draft: draft[0].settings):
        for batch in batches(alike, lambda draft: len(_text(draft[1])), TOGETHER):
            documents = [document for _, document, _ in batch if isinstance(document, Document)]
            outcomes = iter(engine.lint_all(documents, settings))
            for case, document, note in batch:
                if isinstance(document, Document):
                    yield _result(case, document, next(outcomes)), note
                else:
                    yield document, note


def check(case: Case) -> FileResult:
    """Check one draft."""
    ((result, _),) = check_all([(case, None)])
    return result


def batches(
    items: Iterable[Item], size: Callable[[Item], int], most: tuple[int, int]
) -> Iterator[list[Item]]:
    """Cut items, in order, into lists of up to ``most`` (items, size in all); one always fits."""
    longest, largest = most
    batch: list[Item] = []
    room = largest
    for item in items:
        taken = size(item)
        if batch and taken > room:
            yield batch
            batch, room = [], largest
        batch.append(item)
        room -= taken
        if len(batch) == longest or room <= 0:
            yield batch
            batch, room = [], largest
    if batch:
        yield batch


def _text(document: Document | FileResult) -> str:
    return document.text if isinstance(document, Document) else ""


def check_bytes(
    data: bytes,
    path: str,
    settings: Settings,
    policy: Policy = PLAIN,
    *,
    format: str | None = None,
) -> FileResult:
    """Check the content of a file."""
    return check(Case(path, settings, policy, data, format))


def check_file(
    path: str, settings: Settings, policy: Policy = PLAIN, *, format: str | None = None
) -> FileResult:
    """Check a file on the disk."""
    return check(Case(path, settings, policy, None, format))


def check_document(
    document: Document, path: str, settings: Settings, policy: Policy = PLAIN
) -> FileResult:
    """Check a document that has been read."""
    return _result(Case(path, settings, policy), document, engine.lint(document, settings))


def _document(case: Case) -> Document | FileResult:
    """Read a draft; where that cannot be done, return the result that says so."""
    path, settings, _, data, format = case
    if data is None:
        try:
            with open(path, "rb", buffering=0) as file:
                data = file.read()
        except OSError as error:
            return unreadable(path, settings, "RL002", _both(error.strerror or str(error)))
    try:
        return readers.read(data, path, format, settings.readers)
    except ReadError as error:
        return unreadable(path, settings, error.code, error.detail)
    except Exception as error:
        # A hostile file may bring any library to its knees; the other files are still checked.
        return unreadable(path, settings, "RL002", _both(f"{type(error).__name__}: {error}"))


def _result(case: Case, document: Document, outcome: Outcome) -> FileResult:
    path, settings, policy, *_ = case
    structure = outcome.context.structure
    verdict = pipeline.run(document, outcome.findings, settings, policy, structure.heading_path)
    findings = verdict.findings
    if not readers.writable(document.format, settings.readers):
        # What cannot be written must not be promised.
        findings = tuple(finding._replace(fix=None) for finding in findings)
    return FileResult(
        path=path,
        document=document,
        format=document.format,
        encoding=document.encoding,
        kind=outcome.kind,
        kind_from=outcome.kind_from,
        findings=findings,
        structure=structure,
        failed=not FATAL.isdisjoint([finding.code for finding in outcome.findings]),
        declined=verdict.declined,
        outside=verdict.outside,
        moved_from=verdict.moved_from,
    )


def unreadable(path: str, settings: Settings, code: str, detail: dict[str, str]) -> FileResult:
    """Return the result of a file that cannot be read: the finding ``code``, which says why."""
    rule = settings.ruleset.rules[code]
    fields = {"detail": detail[settings.lang]}
    finding = Finding(
        code=code,
        name=rule.name,
        category=rule.category,
        severity=settings.severities.get(code, rule.severity),
        message=rule.say(settings.lang, fields),
        start=0,
        end=0,
        data=fields,
    )
    return FileResult(
        path=path,
        document=Document("", path=path, encoding=None),
        format=readers.format_of(path, settings.readers) or "text",
        encoding=None,
        kind=None,
        kind_from=None,
        findings=(finding,),
        structure=None,
        failed=True,
    )


def _both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def spread(
    paths: Sequence[str],
    work: Callable[[Iterable[str]], Iterable[Result]],
    jobs: int | None = None,
) -> Iterator[Result]:
    """Yield what ``work`` yields for each path, in order, whatever the number of processes.

    ``work`` is given several paths and yields one result for each, in order. ``jobs`` None: as
    many processes as pay for themselves. ``work`` and its results are pickled where there are
    several, so results should be small. An exception of ``work`` is raised here.
    """
    count = processes(len(paths), jobs)
    if count <= 1:
        yield from work(paths)
        return
    yield from _pooled(list(_chunks(paths, count)), work, count)


def _chunks(paths: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    """Cut paths into chunks for ``count`` processes, so that all of them end at about one time."""
    most, least = CHUNKS
    least = min(least, -(-len(paths) // count))
    at = 0
    while at < len(paths):
        size = max(least, min(most, (len(paths) - at) // (2 * count)))
        yield paths[at : at + size]
        at += size


def processes(files: int, jobs: int | None) -> int:
    """Return how many processes to use for a number of files."""
    if jobs is not None:
        return max(1, min(jobs, files))
    if files < WORTHWHILE:
        return 1
    return max(1, min(cpus(), files // (WORTHWHILE // 2)))


def cpus() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pooled(
    chunks: Sequence[Sequence[str]],
    work: Callable[[Iterable[str]], Iterable[Result]],
    count: int,
) -> Iterator[Result]:
    from collections import deque
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Elsewhere than on Linux system libraries do not survive a fork.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    # A forked process would write out again what still waits in the buffers.
    sys.stdout.flush()
    sys.stderr.flush()
    pool = ProcessPoolExecutor(count, context, initializer=_begin, initargs=(work,))
    try:
        futures = deque(pool.submit(_work, chunk) for chunk in chunks)
        while futures:
            yield from futures.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerError from error
    finally:
        # Reached early by an exception or Ctrl-C: what has not been begun must not be.
        pool.shutdown(cancel_futures=True)


_task: Callable[[Iterable[str]], Iterable[Any]]


def _begin(work: Callable[[Iterable[str]], Iterable[Any]]) -> None:
    """Prepare a worker process. Ctrl-C ends it at once: the parent says what there is to say."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    global _task
    _task = work


def _work(paths: Sequence[str]) -> list[Any]:
    return list(_task(paths))
