"""A whole corpus: chunks to worker processes, what they make of them to the store, in order."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from typing import Any

from reportlint.corpus.source import CHUNK, Chunk
from reportlint.corpus.store import Store
from reportlint.corpus.work import Done, Plan, work
from reportlint.runner import WorkerError

CHECKPOINT = 1.0
"""Seconds of work that are lost at most when a run is killed, and a bit."""

IN_FLIGHT = 64 * CHUNK
"""Bytes of records that wait for workers at most."""


def run(
    plan: Plan,
    chunks: Iterator[Chunk],
    store: Store,
    jobs: int,
    progress: Callable[[Store], None] | None = None,
) -> None:
    """Do the work of ``plan`` on ``chunks`` into ``store``, which is saved now and then.

    Raises WorkerError. Whatever is raised, what was done until then is kept in the store.
    """
    results = map(partial(work, plan), chunks) if jobs == 1 else _pooled(plan, chunks, jobs)
    saved = time.monotonic()
    try:
        for done in results:
            store.add(done)
            if time.monotonic() - saved >= CHECKPOINT:
                store.save()
                if progress is not None:
                    progress(store)
                saved = time.monotonic()
    except BaseException:
        store.leave()
        raise
    finally:
        close = getattr(results, "close", None)
        if close is not None:
            close()


def _pooled(plan: Plan, chunks: Iterator[Chunk], jobs: int) -> Iterator[Done]:
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    # A forked process would write out again what still waits in the buffers.
    sys.stdout.flush()
    sys.stderr.flush()
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(plan,))
    waiting: deque[tuple[int, Future[Any]]] = deque()
    volume = 0
    try:
        # The processes are there before an input is opened by a library with threads of its own.
        pool.submit(_ready).result()
        for chunk in chunks:
            waiting.append((chunk.size, pool.submit(_work, chunk)))
            volume += chunk.size
            while len(waiting) > 3 * jobs or volume > IN_FLIGHT:
                size, future = waiting.popleft()
                volume -= size
                yield future.result()
        while waiting:
            yield waiting.popleft()[1].result()
    except BrokenProcessPool as error:
        raise WorkerError from error
    finally:
        pool.shutdown(cancel_futures=True)


_plan: Plan


def _begin(plan: Plan) -> None:
    """Prepare a worker process: Ctrl-C is for the parent, and without a parent there is no work."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    global _plan
    _plan = plan


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ready() -> None:
    pass


def _work(chunk: Chunk) -> Done:
    return work(_plan, chunk)
