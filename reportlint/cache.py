"""What came of earlier runs: keys and values, bytes both, in one SQLite file.

A cache is a help and nothing else. Whatever is wrong with its file or its folder, a run goes on
without it. Several processes may use a file at once, and any of them may be killed: what was
written whole is there, what was not is not.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

LAYOUT = 1
"""To be raised when the table or the form of the values changes."""

NAME = f"results-{LAYOUT}.sqlite3"
_FAMILY = "results-"
_DAMAGED = ".damaged"

LIMIT = 256 << 20
"""Bytes that the file may take; what was not used for the longest time goes first."""

_BATCH = 4 << 20
"""Bytes of values that are written together. A process that is killed loses no more."""

_WAIT = 5.0
"""Seconds to wait for another process that is writing."""

_DAY = 86_400

_DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR))
"""What SQLite says of a file that is damaged, is no database, or has other tables than ours."""

_TABLE = """
CREATE TABLE IF NOT EXISTS result (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS by_day ON result (day);
"""

Result = TypeVar("Result")


def place(environ: Mapping[str, str]) -> str | None:
    """Return the folder that the system has for the caches of a user, and ours in it, or None."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        folder = environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
        return _below(folder, "reportlint", "Cache")
    if sys.platform == "darwin":
        return _below(home, "Library", "Caches", "reportlint")
    folder = environ.get("XDG_CACHE_HOME", "")
    # A relative path is to be passed over, says the standard.
    return _below(folder if os.path.isabs(folder) else os.path.join(home, ".cache"), "reportlint")


def _below(folder: str, *names: str) -> str | None:
    return os.path.join(folder, *names) if os.path.isabs(folder) else None


class Cache:
    """The cache in a folder, which is made where it is not there.

    ``damaged`` is called with the new name of a file that could not be used and was set aside.
    The file is open from the first question to ``rest``: no process may be forked in between.
    """

    def __init__(
        self, folder: str, damaged: Callable[[str], None] = lambda _: None, limit: int = LIMIT
    ) -> None:
        self.path = os.path.join(folder, NAME)
        self._damaged = damaged
        self._limit = limit
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._usable = True
        self._today = int(time.time()) // _DAY
        self._old: list[bytes] = []
        self._new: list[tuple[bytes, int, bytes]] = []
        self._waiting = 0
        try:
            self._begin()
        except OSError:
            self._usable = False

    @property
    def usable(self) -> bool:
        """Whether there is a file that can be written."""
        return self._usable

    def has(self, key: bytes) -> bool:
        """Return whether there is a value for ``key``, and note that it was of use."""

        def look(connection: sqlite3.Connection) -> bool:
            row = connection.execute("SELECT day FROM result WHERE key = ?", (key,)).fetchone()
            if row is None:
                return False
            if row[0] != self._today:
                self._old.append(key)
            return True

        return self._try(look) or False

    def get(self, key: bytes) -> bytes | None:
        """Return the value for ``key``, or None."""

        def fetch(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute("SELECT value FROM result WHERE key = ?", (key,)).fetchone()
            return None if row is None else row[0]

        return self._try(fetch)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value, together with others: it is written at ``rest`` at the latest."""
        self._new.append((key, self._today, value))
        self._waiting += len(value)
        if self._waiting >= _BATCH:
            self._write()

    def rest(self) -> None:
        """Write what has not been written and close the file. It opens again when it is needed."""
        self._write()
        self._close()

    def _write(self) -> None:
        new, old = self._new, self._old
        self._new, self._old, self._waiting = [], [], 0
        if not new and not old:
            return

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", new)
            connection.executemany(
                "UPDATE result SET day = ? WHERE key = ?", ((self._today, key) for key in old)
            )
            while self._size(connection) > self._limit:
                dropped = connection.execute(
                    "DELETE FROM result WHERE rowid IN (SELECT rowid FROM result ORDER BY day, "
                    "rowid LIMIT (SELECT 1 + count(*) / 8 FROM result))"
                )
                if not dropped.rowcount:
                    break
            connection.execute("COMMIT")

        self._try(write)

    def _size(self, connection: sqlite3.Connection) -> int:
        """Return the bytes in use; pages that were freed will be used again."""
        pages, free, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * size

    def _begin(self) -> None:
        """Make folder and file; a damaged file is set aside, and a new one made. Raises OSError."""
        _make(os.path.dirname(self.path))
        for _ in range(2):
            # Nobody else may read what the findings quote, whatever the umask.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self._try(lambda connection: connection.executescript(_TABLE))
            if self._usable or os.path.exists(self.path):
                return
            self._usable = True

    def _try(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Return what ``work`` does with the file, or None; after damage there is no cache."""
        if not self._usable:
            return None
        try:
            return work(self._open())
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code == sqlite3.SQLITE_BUSY and self._connection is not None:
                # Another process is at it: this once it is as if there were nothing.
                self._roll_back()
                return None
            self._close()
            self._usable = False
            if code in _DAMAGE:
                self._set_aside()
            return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._opened = _identity(self.path)
            connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
            self._connection = connection
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                with suppress(sqlite3.OperationalError):
                    # Where another process has it open just now, that one does this.
                    connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA journal_size_limit = {2 * _BATCH}")
        return self._connection

    def _roll_back(self) -> None:
        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _set_aside(self) -> None:
        target = self.path + _DAMAGED
        try:
            if _identity(self.path) != self._opened:
                # Another process was faster, and what is there now is new.
                return
            os.replace(self.path, target)
        except OSError:
            return
        # They belong to the file that is gone, and would spoil the next one.
        for suffix in ("-wal", "-shm"):
            with suppress(OSError):
                os.unlink(self.path + suffix)
        self._damaged(target)


def _identity(path: str) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_dev, status.st_ino


def _make(folder: str) -> None:
    """Make a folder for caches, which backups and version control pass over."""
    if os.path.isdir(folder):
        return
    os.makedirs(folder, 0o700, exist_ok=True)
    for name, text in _MARKS.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


_MARKS = {
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# A cache of reportlint: https://bford.info/cachedir/\n",
    ".gitignore": "*\n",
}


def clean(folder: str) -> tuple[int, int]:
    """Delete the cache in a folder; return how many files it had and their bytes.

    The folder goes, too, where nothing else is in it. Raises OSError.
    """
    files = size = 0
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return 0, 0
    ours = [name for name in names if name.startswith(_FAMILY) and ".sqlite3" in name]
    for name in ours:
        path = os.path.join(folder, name)
        with suppress(FileNotFoundError):
            size += os.path.getsize(path)
            os.unlink(path)
            files += 1
    if set(names) == {*ours, *_MARKS}:
        for name in _MARKS:
            os.unlink(os.path.join(folder, name))
        with suppress(OSError):
            os.rmdir(folder)
    return files, size
