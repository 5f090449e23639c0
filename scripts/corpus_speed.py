"""How fast ``reportlint corpus`` is, and how much memory it takes.

Makes a corpus of invented reports of about 7 KB, the same on every machine, and runs the command
over it: ``python scripts/corpus_speed.py``. ``--layer`` does the same without the linter: what
reading, taking apart, passing between processes, compressing and writing cost by themselves.
Memory is the sum of the resident memory of all processes, so that shared pages count several times
(Linux only).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import corpus  # noqa: E402

NOOP = """
import sys
from reportlint import batch
from reportlint.document import Document
from reportlint.runner import FileResult
nothing, structure = Document(""), object()
result = FileResult("", nothing, "text", "utf-8", None, None, (), structure, False)
batch.check_all = lambda texts, settings, format="text": [result for _ in texts]
from reportlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


def drafts(count: int) -> list[str]:
    """Return reports in order, those of the benchmarks."""
    source, pool = random.Random(corpus.SEED), corpus.passages()
    return [corpus.draft(pool, source, corpus.DRAFT) for _ in range(count)]


def write(path: Path, count: int) -> int:
    """Write a corpus and return its size in bytes."""
    texts = drafts(min(count, 2000))
    if path.suffix == ".parquet":
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.table(
            {"id": range(count), "text": [texts[n % len(texts)] for n in range(count)]}
        )
        pyarrow.parquet.write_table(table, path, row_group_size=2000)
        return path.stat().st_size
    from reportlint.corpus import streams

    pack = streams.compressor(streams.compression(path.name))
    with open(path, "wb") as file:
        for start in range(0, count, 1000):
            lines = [
                json.dumps({"id": n, "text": texts[n % len(texts)]}, ensure_ascii=False) + "\n"
                for n in range(start, min(start + 1000, count))
            ]
            file.write(pack("".join(lines).encode()))
    return path.stat().st_size


def memory(process: int) -> int:
    """Return the resident memory of a process and all its children, in bytes."""
    total = 0
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        total += pages * os.sysconf("SC_PAGE_SIZE")
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return total
    return total + sum(memory(int(child)) for child in children)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--suffix", default=".jsonl", help=".jsonl, .jsonl.gz, .jsonl.zst, .parquet"
    )
    parser.add_argument("--out", default=".jsonl", help="suffix of the output")
    parser.add_argument("--layer", action="store_true", help="without the linter")
    parser.add_argument("options", nargs="*", help="options of reportlint corpus, after --")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder, f"in{asked.suffix}"), Path(folder, f"out{asked.out}")
        size = write(corpus, asked.records)
        start = ["-c", NOOP] if asked.layer else ["-m", "reportlint"]
        argv = [sys.executable, *start, "corpus", str(corpus), "-o", str(out)]
        argv += ["--isolated", "--jobs", str(asked.jobs), *asked.options]
        began = time.perf_counter()
        process = subprocess.Popen(argv, env={**os.environ, "PYTHONPATH": str(ROOT)})
        most = 0
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        written = out.stat().st_size if out.exists() else 0
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (spent.ru_utime + spent.ru_stime) / asked.records * 1e6
    print(
        f"{asked.records} records, {size / 1e6:.0f} MB {asked.suffix} -> {written / 1e6:.1f} MB "
        f"{asked.out}, {asked.jobs} processes{', no linter' if asked.layer else ''}: "
        f"{seconds:.1f} s, {asked.records / seconds:.0f} records/s, "
        f"{cpu:.0f} µs of processor time a record, "
        f"{most / 1e6:.0f} MB of memory"
    )
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
