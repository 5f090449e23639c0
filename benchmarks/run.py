"""Measures reportlint: ``python -m benchmarks run``."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from benchmarks.target import Target
from benchmarks.timing import Command, Measured, rounds, table

ROUNDS = {"start": 15, "many": 3, "cache": 3, "large": 3, "hostile": 3}
"""How often each group is run when nothing else is asked for."""

CONCISE = ("--isolated", "--output-format", "concise", "--no-cache")
JSON = ("--isolated", "--output-format", "json", "--no-cache")

_SHORT = 0.3
"""Seconds below which growth cannot be told from noise."""


class Row(NamedTuple):
    """A line of the table. Each of the ``limits`` is a value, the most it may be, and its unit."""

    name: str
    measured: Measured
    said: str
    limits: tuple[tuple[float, float, str], ...] = ()

    @property
    def missed(self) -> bool:
        return any(value > most for value, most, _ in self.limits)

    @property
    def bars(self) -> str:
        return "; ".join(
            f"≤ {most:g}{unit}" + (" **missed**" if value > most else "")
            for value, most, unit in self.limits
        )


Group = Callable[[Target, Path, int], Iterator[Row]]


def start(target: Target, data: Path, count: int) -> Iterator[Row]:
    """Yield what one draft and the help cost, as multiples of an empty Python."""
    house = data / "house"
    house.mkdir(exist_ok=True)
    shutil.copy(data / "one.txt", house)
    (house / "reportlint.toml").write_text('fail-on = "warning"\n[severity]\nPH001 = "warning"\n')
    measured = rounds(
        {
            "pass": Command([sys.executable, "-c", "pass"], str(data)),
            "one draft of 6 KB": target.command("check", "one.txt", *CONCISE, cwd=data),
            "the same, JSON": target.command("check", "one.txt", *JSON, cwd=data),
            "with a configuration file": target.command(
                "check", "one.txt", *CONCISE[1:], cwd=house
            ),
            "--help": target.command("--help", cwd=data),
        },
        count,
        warm=True,
    )
    empty = measured.pop("pass")
    yield Row("python -c pass", empty, "1.0 × pass")
    for (name, one), bar in zip(measured.items(), (5.0, None, 6.5, 12.0), strict=True):
        ratio = one.seconds / empty.seconds
        yield Row(name, one, f"{ratio:.1f} × pass", () if bar is None else ((ratio, bar, " ×"),))


def many(target: Target, data: Path, count: int) -> Iterator[Row]:
    """Yield what many drafts and Word files cost, in drafts a second."""
    drafts, docx = _files(data / "drafts"), _files(data / "docx")
    measured = rounds(
        {
            f"{drafts} drafts, JSON, 1 process": target.command(
                "check", "drafts", *JSON, "-j1", cwd=data
            ),
            f"{drafts} drafts, JSON, 2 processes": target.command(
                "check", "drafts", *JSON, "-j2", cwd=data
            ),
            f"{drafts} drafts, PH and PW, concise, 2 processes": target.command(
                "check", "drafts", *CONCISE, "--select", "PH,PW", "-j2", cwd=data
            ),
            f"{docx} Word files, 1 process": target.command(
                "check", "docx", *JSON, "-j1", cwd=data
            ),
        },
        count,
    )
    for name, one in measured.items():
        files = docx if "Word" in name else drafts
        yield Row(name, one, f"{files / one.seconds:.0f} files/s")


def cache(target: Target, data: Path, count: int) -> Iterator[Row]:
    """Yield what the first and the second run with a cache cost."""
    kept = data / "cache"

    def empty() -> None:
        shutil.rmtree(kept, ignore_errors=True)

    argv = ("check", "drafts", *JSON[:-1], "--cache-dir", str(kept))
    measured = rounds(
        {
            "no cache": target.command(*argv, "--no-cache", cwd=data),
            "first": target.command(*argv, cwd=data, before=empty),
            "second": target.command(*argv, cwd=data),
        },
        count,
    )
    without = measured["no cache"].seconds
    first, second = measured["first"], measured["second"]
    yield Row("first run with a cache", first, f"{first.seconds / without:.2f} × without one")
    ratio = second.seconds / first.seconds
    yield Row("second run with a cache", second, f"{ratio:.2f} × the first", ((ratio, 0.4, " ×"),))
    size = sum(path.stat().st_size for path in kept.iterdir())
    print(f"The cache takes {size / 1e6:.1f} MB.", file=sys.stderr)


def large(target: Target, data: Path, count: int) -> Iterator[Row]:
    """Yield how time grows from 1 MB to 10 MB, without the start."""
    names = ("one.txt", *corpus.LARGE)
    measured = rounds(
        {name: target.command("check", name, *JSON, cwd=data) for name in names}, count
    )
    begin, small, big = (measured[name] for name in names)
    ratio = (big.seconds - begin.seconds) / (small.seconds - begin.seconds)
    yield Row("1 MB in one file", small, "")
    limits = ((ratio, 12.0, " ×"), ((big.memory or 0) / 1e6, 200.0, " MB"))
    yield Row("10 MB in one file", big, f"{ratio:.1f} × 1 MB", limits)


def hostile(target: Target, data: Path, count: int) -> Iterator[Row]:
    """Yield how time grows from 250 KB to 1 MB of the same token: as n to which power."""
    begin = rounds({"": target.command("check", "one.txt", *JSON, cwd=data)}, max(count, 3))[""]
    small, big = corpus.HOSTILE_SIZES
    for name in corpus.HOSTILE:
        measured = rounds(
            {
                size: target.command("check", f"hostile/{name}-{size}.txt", *JSON, cwd=data)
                for size in (small, big)
            },
            count,
        )
        less, more = (max(measured[s].seconds - begin.seconds, 0.001) for s in (small, big))
        growth = corpus.HOSTILE_SIZES[big] / corpus.HOSTILE_SIZES[small]
        power = math.log(more / less, growth) if more > _SHORT else 0.0
        said = f"n^{power:.2f}" if more > _SHORT else "too short to tell"
        limits = ((power, 1.2, ""), (measured[big].seconds, 5.0, " s"))
        yield Row(f"1 MB of {name}", measured[big], said, limits)


GROUPS: dict[str, Group] = {
    "start": start,
    "many": many,
    "cache": cache,
    "large": large,
    "hostile": hostile,
}


def run(folder: Path, names: list[str], count: int | None, *, drafts: int, docx: int) -> int:
    """Print a table of the groups that are named, and return 1 where a bar is missed."""
    data = folder / "corpus"
    corpus.prepare(data, drafts, docx)
    target = Target(folder / "target")
    rows = [["what", "seconds", "ratio or rate", "bar", "memory"]]
    missed = 0
    for name in names:
        for row in GROUPS[name](target, data, count or ROUNDS[name]):
            missed += row.missed
            rows.append(_cells(row))
            print(" | ".join(rows[-1]), file=sys.stderr, flush=True)
    print(table(rows), end="")
    return 1 if missed else 0


def _cells(row: Row) -> list[str]:
    memory = row.measured.memory
    return [
        row.name,
        f"{row.measured.seconds:.3f}",
        row.said,
        row.bars,
        f"{memory / 1e6:.0f} MB" if memory else "",
    ]


def _files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))
