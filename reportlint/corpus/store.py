"""The output of a run while it is being made, so that being killed costs seconds, not hours.

Beside the output stands a folder, ``OUT.parts``, with what has been written so far and a state
that says how much of it counts. The state is replaced now and then, after what it speaks of is on
the disk. A run that is taken up again cuts off whatever was written after that and goes on from
there. The output gets its name when it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from reportlint import files
from reportlint.corpus.source import Position
from reportlint.corpus.statistics import Statistics
from reportlint.corpus.work import Done
from reportlint.errors import ReportlintError

SUFFIX = ".parts"
_SHAPE = 1


class StoreError(ReportlintError):
    """An output that cannot be begun or taken up again. ``say`` has the text in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.say = {"zh": zh, "en": en}
        super().__init__(en)


class Store:
    """What has been written of one output.

    ``job`` is everything that the output depends on, as JSON types: a state of another job is not
    taken up. ``position`` is where to go on, ``statistics`` what has been counted up to there,
    ``complete`` says that there is nothing left to do.
    """

    def __init__(self, out: str, dead: str, job: Mapping[str, Any], *, resume: bool) -> None:
        """Begin an output or, with ``resume``, go on with it. Raises StoreError, OSError."""
        self._out = out
        self._dead = dead
        self._folder = out + SUFFIX
        self._job = dict(job)
        self.position = Position()
        self.statistics = Statistics()
        self.complete = False
        self.resumed = False
        known = os.path.isdir(self._folder)
        if resume and not known and os.path.exists(out):
            self.complete = True
            return
        if known and not resume:
            raise StoreError(
                f"{self._folder}: 上次没有做完；加 --resume 接着做，或删去这个文件夹重新开始",
                f"{self._folder}: there is an unfinished run; go on with --resume, or remove "
                "this folder to start again",
            )
        os.makedirs(self._folder, exist_ok=True)
        self._lock = _locked(self._path("lock"), self._folder)
        try:
            lengths = self._restore() if known else {}
            if self.complete:
                self._name()
                return
            self._streams = {
                name: _opened(self._path(name), lengths.get(name, 0)) for name in ("output", "dead")
            }
            self.save()
        except BaseException:
            os.close(self._lock)
            raise

    def add(self, done: Done) -> None:
        """Write what a chunk came to."""
        self._streams["output"].write(done.output)
        self._streams["dead"].write(done.dead)
        self.statistics.add(done.statistics)
        self.position = done.after

    def save(self, *, whole: bool = False) -> None:
        """Make everything that was added survive whatever happens next."""
        lengths = {}
        for name, stream in self._streams.items():
            stream.flush()
            os.fsync(stream.fileno())
            lengths[name] = stream.tell()
        state = {
            "shape": _SHAPE,
            "whole": whole,
            "job": self._job,
            "position": self.position,
            "lengths": lengths,
            "statistics": self.statistics.as_json(),
        }
        files.replace(self._path("state.json"), json.dumps(state, ensure_ascii=False).encode())

    def finish(self) -> None:
        """Give the output, and the dead letters if there are any, their names."""
        self.save(whole=True)
        self.leave(unlock=False)
        self._name()

    def leave(self, *, unlock: bool = True) -> None:
        """Stop here, to be taken up again where the last ``save`` was."""
        for stream in self._streams.values():
            stream.close()
        if unlock:
            os.close(self._lock)

    def _name(self) -> None:
        """Put the files of a whole run where they belong; again, if need be."""
        dead = self._path("dead")
        if os.path.exists(dead):
            if os.path.getsize(dead):
                os.replace(dead, self._dead)
            else:
                with suppress(FileNotFoundError):
                    os.unlink(self._dead)  # of an earlier run
        if os.path.exists(self._path("output")):
            os.replace(self._path("output"), self._out)
        os.close(self._lock)
        shutil.rmtree(self._folder)

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)

    def _restore(self) -> Mapping[str, int]:
        """Read the state and return how much of each file counts."""
        try:
            with open(self._path("state.json"), "rb") as file:
                state = json.loads(file.read())
        except FileNotFoundError:
            return {}  # killed before anything was done
        except ValueError:
            state = {}
        if state.get("shape") != _SHAPE:
            raise StoreError(
                f"{self._folder}: 状态文件已损坏或来自别的版本；请删去这个文件夹重新开始",
                f"{self._folder}: the state is damaged or of another version; remove this folder "
                "to start again",
            )
        # As JSON would give it back.
        job = json.loads(json.dumps(self._job))
        changed = sorted(key for key in job if state["job"].get(key) != job[key])
        if changed:
            names = ", ".join(changed)
            raise StoreError(
                f"{self._folder}: 没有做完的那次运行，以下各项与这次不同：{names}；"
                "请照原样运行，或删去这个文件夹重新开始",
                f"{self._folder}: the unfinished run differs from this one in: {names}; run it "
                "as it was, or remove this folder to start again",
            )
        self.position = Position(*state["position"])
        self.statistics = Statistics.from_json(state["statistics"])
        self.complete = state["whole"]
        self.resumed = True
        lengths: dict[str, int] = state["lengths"]
        return lengths


def _opened(path: str, length: int) -> BinaryIO:
    """Open a file for writing after its first ``length`` bytes; the others are cut off."""
    stream = open(path, "r+b" if os.path.exists(path) else "w+b")  # noqa: SIM115 kept open
    stream.seek(0, os.SEEK_END)
    if stream.tell() < length:
        stream.close()
        raise StoreError(f"{path}: 比记录的短，已损坏", f"{path}: shorter than it was: damaged")
    stream.truncate(length)
    stream.seek(length)
    return stream


def _locked(path: str, folder: str) -> int:
    """Lock a file for as long as this process lives and return its descriptor."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        # Locks that worker processes do not inherit.
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise StoreError(
            f"{folder}: 另一个进程正在写", f"{folder}: another process is writing there"
        ) from None
    return descriptor
