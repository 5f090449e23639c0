"""The cache as a file: what is kept, what is dropped, and what becomes of it in bad company."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from reportlint import cache
from reportlint.cache import Cache

KEY, OTHER = b"k" * 32, b"o" * 32


def never(name: str) -> None:
    raise AssertionError(name)


def opened(folder: Path, limit: int = cache.LIMIT) -> Cache:
    return Cache(str(folder), never, limit)


def content(folder: Path) -> dict[bytes, bytes]:
    with closing(sqlite3.connect(folder / cache.NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return dict(connection.execute("SELECT key, value FROM result"))


def test_what_is_put_is_there_for_the_next_one(tmp_path: Path) -> None:
    one = opened(tmp_path / "new" / "folder")
    assert one.usable
    assert not one.has(KEY)
    assert one.get(KEY) is None
    one.put(KEY, b"value")
    one.rest()
    two = opened(tmp_path / "new" / "folder")
    assert two.has(KEY)
    assert two.get(KEY) == b"value"
    assert not two.has(OTHER)


def test_it_goes_on_after_a_rest(tmp_path: Path) -> None:
    one = opened(tmp_path)
    one.put(KEY, b"a")
    one.rest()
    one.put(KEY, b"b")
    one.put(OTHER, b"c")
    one.rest()
    assert content(tmp_path) == {KEY: b"b", OTHER: b"c"}
    one.rest()
    assert one.get(KEY) == b"b"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        one = opened(tmp_path / "cache")
        one.put(KEY, b"value")
        one._write()
        files = list((tmp_path / "cache").glob("results-*"))
    finally:
        os.umask(before)
    assert len(files) == 3  # with the log and its index, which hold values, too
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_backups_and_version_control_pass_it_over(tmp_path: Path) -> None:
    opened(tmp_path / "cache")
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"
    tag = (tmp_path / "cache" / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    opened(tmp_path)
    assert not (tmp_path / ".gitignore").exists()


class TestBounds:
    def test_what_was_not_used_for_the_longest_time_goes_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys = [bytes([number]) * 32 for number in range(100)]
        limit = 1 << 20
        for day, some in enumerate((keys[:50], keys[50:])):
            monkeypatch.setattr(time, "time", lambda day=day: (20_000 + day) * 86_400.0)
            one = opened(tmp_path, limit)
            for key in some:
                one.put(key, bytes(9_000))
            one.rest()
        assert len(content(tmp_path)) == 100
        monkeypatch.setattr(time, "time", lambda: 20_009 * 86_400.0)
        one = opened(tmp_path, limit)
        assert one.has(keys[0])
        for number in range(100, 120):
            one.put(bytes([number]) * 32, bytes(9_000))
        one.rest()
        left = content(tmp_path)
        assert keys[0] in left
        assert keys[1] not in left
        assert {*keys[60:], bytes([119]) * 32} <= left.keys()
        assert 80 <= len(left) < 120

    def test_the_file_stays_small_however_much_is_put(self, tmp_path: Path) -> None:
        limit = 1 << 20
        for start in range(0, 250, 50):
            one = opened(tmp_path, limit)
            for number in range(start, start + 50):
                one.put(number.to_bytes(32, "big"), os.urandom(20_000))
            one.rest()
        assert (tmp_path / cache.NAME).stat().st_size < 3 * limit
        assert len(content(tmp_path)) > 20

    def test_a_value_larger_than_the_whole_is_not_kept(self, tmp_path: Path) -> None:
        one = opened(tmp_path, 100_000)
        one.put(KEY, bytes(500_000))
        one.rest()
        assert content(tmp_path) == {}
        one.put(KEY, b"small")
        one.rest()
        assert content(tmp_path) == {KEY: b"small"}


class TestDamage:
    @pytest.mark.parametrize("data", [b"no database at all" * 100, os.urandom(50_000)])
    def test_a_file_that_is_no_database_is_set_aside(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / cache.NAME).write_bytes(data)
        (tmp_path / f"{cache.NAME}-wal").write_bytes(b"old")
        said: list[str] = []
        one = Cache(str(tmp_path), said.append)
        assert one.usable
        assert said == [str(tmp_path / f"{cache.NAME}.damaged")]
        assert Path(said[0]).read_bytes() == data
        one.put(KEY, b"value")
        one.rest()
        assert content(tmp_path) == {KEY: b"value"}

    def test_other_tables_count_as_damage(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / cache.NAME)) as connection:
            connection.execute("CREATE TABLE result (name TEXT)")
        said: list[str] = []
        assert Cache(str(tmp_path), said.append).usable
        assert len(said) == 1

    def test_what_is_damaged_while_it_is_in_use(self, tmp_path: Path) -> None:
        one = opened(tmp_path)
        for number in range(200):
            one.put(number.to_bytes(32, "big"), os.urandom(3_000))
        one.rest()
        path = tmp_path / cache.NAME
        data = bytearray(path.read_bytes())
        data[8192:] = os.urandom(len(data) - 8192)
        path.write_bytes(data)
        said: list[str] = []
        one = Cache(str(tmp_path), said.append)
        for number in range(200):
            assert one.get(number.to_bytes(32, "big")) is None or not said
        one.put(KEY, b"value")
        one.rest()
        assert said == [f"{path}.damaged"]
        assert not path.exists()
        assert not one.has(KEY)

    def test_only_the_file_that_was_read_is_set_aside(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of two processes that find the same damage the slower one spares the new file."""
        path = tmp_path / cache.NAME
        path.write_bytes(b"no database at all" * 100)
        plain = Cache._close

        def close(self: Cache) -> None:
            plain(self)
            monkeypatch.setattr(Cache, "_close", plain)
            Cache(str(tmp_path)).rest()

        monkeypatch.setattr(Cache, "_close", close)
        said: list[str] = []
        Cache(str(tmp_path), said.append)
        assert said == []
        assert content(tmp_path) == {}


class TestNoPlace:
    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        one = opened(tmp_path / "file" / "cache")
        assert not one.usable
        one.put(KEY, b"value")
        assert not one.has(KEY)
        assert one.get(KEY) is None
        one.rest()

    def test_a_file_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / cache.NAME).mkdir()
        one = opened(tmp_path)
        assert not one.usable
        one.put(KEY, b"value")
        one.rest()

    def test_a_disk_that_is_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        one = opened(tmp_path)
        connection = one._open()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        for number in range(100):
            one.put(number.to_bytes(32, "big"), bytes(9_000))
        one.rest()
        assert not one.usable
        assert content(tmp_path) == {}


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/var/c"}, "/var/c/reportlint"),
        ("linux", {"XDG_CACHE_HOME": "c"}, "/home/me/.cache/reportlint"),
        ("linux", {}, "/home/me/.cache/reportlint"),
        ("darwin", {"XDG_CACHE_HOME": "/var/c"}, "/home/me/Library/Caches/reportlint"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/reportlint/Cache"),
        ("win32", {}, "/home/me/AppData/Local/reportlint/Cache"),
    ],
)
def test_the_place_is_where_the_system_has_caches(
    platform: str,
    environ: dict[str, str],
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os.path, "expanduser", lambda _: "/home/me")
    assert cache.place(environ) == expected.replace("/", os.sep)


def test_without_a_home_there_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert cache.place({}) is None


class TestClean:
    def test_everything_goes_with_its_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "cache"
        one = opened(folder)
        one.put(KEY, b"value")
        one._write()
        files, size = cache.clean(str(folder))
        assert files == 3
        assert size > 10_000
        assert not folder.exists()
        assert cache.clean(str(folder)) == (0, 0)

    def test_what_is_not_ours_stays(self, tmp_path: Path) -> None:
        opened(tmp_path / "cache")
        (tmp_path / "cache" / "mine.txt").write_text("")
        (tmp_path / "cache" / "results-0.sqlite3.damaged").write_text("")
        assert cache.clean(str(tmp_path / "cache"))[0] >= 2
        left = sorted(path.name for path in (tmp_path / "cache").iterdir())
        assert left == [".gitignore", "CACHEDIR.TAG", "mine.txt"]


def _fill(folder: str, first: int) -> None:
    one = Cache(folder, never)
    for number in range(first, first + 300):
        one.put(number.to_bytes(32, "big"), str(number).encode() * 300)
        if number % 50 == 0:
            one.rest()
    one.rest()


def test_processes_that_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    # They overlap: some keys are written several times.
    processes = [context.Process(target=_fill, args=(str(tmp_path), n)) for n in (0, 150, 300)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    kept = content(tmp_path)
    assert len(kept) == 600
    assert all(value == str(int.from_bytes(key)).encode() * 300 for key, value in kept.items())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_process_that_is_killed_while_it_writes(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from reportlint.cache import Cache\n"
        f"one = Cache({str(tmp_path)!r})\n"
        "number = 0\n"
        "while True:\n"
        "    for _ in range(20):\n"
        "        one.put(number.to_bytes(32, 'big'), str(number).encode() * 2000)\n"
        "        number += 1\n"
        "    one._write()\n"
        "    print(number, flush=True)\n"
    )
    root = os.path.dirname(os.path.dirname(cache.__file__))
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": root},
        )
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(5)][-1]
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait(60)
        one = opened(tmp_path)
        for number in range(said):
            assert one.get(number.to_bytes(32, "big")) == str(number).encode() * 2000
        one.rest()
        content(tmp_path)


def test_while_another_process_writes_one_goes_on_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_WAIT", 0.05)
    one = opened(tmp_path)
    one.put(KEY, b"value")
    one.rest()
    with closing(sqlite3.connect(one.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        one.put(OTHER, b"lost")
        one.rest()
        assert one.get(KEY) == b"value"
        other.execute("ROLLBACK")
    one.put(OTHER, b"kept")
    one.rest()
    assert content(tmp_path) == {KEY: b"value", OTHER: b"kept"}
