"""Worker processes, from the side of those who want something done.

There are at most SIZE of them, started when first needed, so that one large draft keeps no other
one waiting. Who no longer wants an answer is not kept waiting for it: the process may finish
within GRACE seconds and is ended if it does not.
"""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
from contextlib import suppress
from typing import Any

from reportlint.server.worker import LENGTH, packed

SIZE = 2
GRACE = 0.2
"""Seconds: about what a new process takes to start, so that ending one sooner gains nothing."""

LIMIT = 60.0
"""Seconds that a job may take at most: a draft of 1 MB takes two."""


class JobError(Exception):
    """A job that could not be done. ``str()`` of it says why, or is empty where nobody knows."""


class OverdueError(JobError):
    """A job that took longer than LIMIT."""


class Pool:
    """Does jobs of ``jobs.Desk`` in other processes."""

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._slots = asyncio.Semaphore(SIZE)
        self._starting = asyncio.Lock()
        self._idle: list[_Worker] = []
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, job: str, *arguments: Any) -> Any:
        """Return what comes of a job. Raises JobError.

        Cancelling this lets go of the job: its process is free again within GRACE seconds.
        """
        await self._slots.acquire()
        task = asyncio.ensure_future(self._do(job, arguments))
        self._running.add(task)
        task.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(task), self._limit)
        except TimeoutError:
            task.cancel()
            raise OverdueError from None
        except asyncio.CancelledError:
            asyncio.get_running_loop().call_later(GRACE, task.cancel)
            raise

    async def warm(self) -> None:
        """Start a process before there is anything to do."""
        async with self._starting:
            self._idle.append(await _Worker.start())

    async def close(self) -> None:
        """End all processes."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    async def _do(self, job: str, arguments: tuple[Any, ...]) -> Any:
        worker = None
        try:
            # One that is just starting is sooner ready than the next would be.
            async with self._starting:
                worker = self._idle.pop() if self._idle else await _Worker.start()
            done, value = await worker.ask((job, arguments))
        except BaseException as error:
            if worker is not None:
                # It is in the middle of something, or gone.
                worker.end()
            if isinstance(error, EOFError | OSError):
                raise JobError from error
            raise
        self._idle.append(worker)
        if not done:
            raise JobError(value)
        return value

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        self._slots.release()
        if not task.cancelled():
            # Nobody may be waiting for it any more; then nobody is to be told, either.
            task.exception()


class _Worker:
    """One process. Threads wait for its answers: its pipes are plain files on every system."""

    def __init__(self) -> None:
        # It must import the same program, and nothing from the folder that the editor is in.
        code = f"import sys; sys.path[:] = {sys.path!r}; from reportlint.server.worker import main"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"{code}; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._asked = False

    @classmethod
    async def start(cls) -> _Worker:
        """Start a process and wait until it is ready."""
        worker = cls()
        try:
            await worker.ask(("start", ()))
        except BaseException:
            worker.end()
            raise
        return worker

    async def ask(self, message: Any) -> Any:
        """Send a message and return the answer. Raises EOFError or OSError for a dead process."""
        self._asked = True
        return await asyncio.get_running_loop().run_in_executor(None, self._ask, message)

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        if not self._asked:
            self._close()

    def _ask(self, message: Any) -> Any:
        jobs, replies = self._process.stdin, self._process.stdout
        assert jobs is not None
        assert replies is not None
        try:
            jobs.write(packed(message))
            jobs.flush()
            length = int.from_bytes(self._read(LENGTH), "big")
            reply = pickle.loads(self._read(length))
        except (EOFError, OSError):
            # Only this thread may close what it has been waiting for.
            self._process.kill()
            self._process.wait()
            self._close()
            raise
        self._asked = False
        return reply

    def _read(self, length: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(length)
        if len(data) < length:
            raise EOFError
        return data

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # What could not be written any more is of no use to anybody.
                with suppress(OSError):
                    pipe.close()
