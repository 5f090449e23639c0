"""How fast ``reportlint corpus`` is, and how much memory it takes: ``python scripts/corpus_speed.py``.

Makes a corpus of drafts of about 7 KB out of the samples, the same on every machine, and runs the
command over it. ``--layer`` does the same without the linter: what reading, taking apart, passing
between processes, compressing and writing cost by themselves. Memory is the sum of the resident
memory of all processes, so that shared pages count several times (Linux only).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BYTES = 7000

NOOP = """
import sys
from reportlint import batch
from reportlint.document import Document
from reportlint.runner import FileResult
nothing = Document("")
batch.check = lambda text, settings, format="text": FileResult(
    "", nothing, "text", "utf-8", None, None, (), nothing, False)
from reportlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


def drafts(count: int) -> list[str]:
    """Return drafts put together from paragraphs of the samples, a tenth of them with faults."""
    from reportlint import readers

    random.seed(20260101)
    bodies = [
        [
            line
            for line in readers.read(path.read_bytes(), path.name).text.split("\n")
            if line.strip()
        ]
        for path in sorted((ROOT / "samples").glob("*.[mt]*"))
    ]
    pool = [line for body in bodies for line in body[1:]]
    clean = [line for line in pool if not any(mark in line for mark in "X×#*＿_【")]
    made = []
    for _ in range(count):
        lines, size = [random.choice(bodies)[0].lstrip("# ")], 0
        while size < BYTES:
            line = random.choice(pool if random.random() < 0.1 else clean)
            lines.append(line)
            size += len(line.encode()) + 1
        made.append("\n\n".join(lines))
    return made


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
    print(
        f"{asked.records} records, {size / 1e6:.0f} MB {asked.suffix} -> {written / 1e6:.1f} MB "
        f"{asked.out}, {asked.jobs} processes{', no linter' if asked.layer else ''}: "
        f"{seconds:.1f} s, {asked.records / seconds:.0f} records/s, {most / 1e6:.0f} MB of memory"
    )
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
