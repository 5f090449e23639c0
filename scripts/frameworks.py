"""Runs the integrations on local executors, checks what comes out and says how long it took.

``pip install "reportlint[datatrove,ray]"``, then ``python scripts/frameworks.py NAME [RECORDS]``
with ``pool`` (``lint_batch`` in two processes, to compare with), ``datatrove`` or ``ray``. Ray is
too heavy for the test suite, which tests its function on tables without it.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = str(ROOT)

from reportlint import lint_batch  # noqa: E402
from scripts.corpus_speed import drafts  # noqa: E402

Results = dict[int, dict[str, Any]]
BATCH = 32


def pool(texts: list[str]) -> tuple[float, Results]:
    """``lint_batch`` in two processes of the standard library."""
    from concurrent.futures import ProcessPoolExecutor

    began = time.perf_counter()
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    with ProcessPoolExecutor(2) as workers:
        found = [result for results in workers.map(lint_batch, batches) for result in results]
    return time.perf_counter() - began, dict(enumerate(found))


def datatrove(texts: list[str]) -> tuple[float, Results]:
    """From JSONL to JSONL with two workers, four tasks."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from reportlint.integrations.datatrove import ReportlintAnnotator

    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder, "in")
        inputs.mkdir()
        for task in range(4):
            with open(inputs / f"{task}.jsonl", "w", encoding="utf-8") as file:
                file.writelines(
                    json.dumps({"id": str(number), "text": texts[number]}) + "\n"
                    for number in range(task, len(texts), 4)
                )
        blocks = [
            JsonlReader(str(inputs)),
            ReportlintAnnotator(messages=True, batch_size=BATCH),
            JsonlWriter(f"{folder}/out"),
        ]
        began = time.perf_counter()
        LocalPipelineExecutor(blocks, tasks=4, workers=2, logging_dir=f"{folder}/logs").run()
        seconds = time.perf_counter() - began
        rows = [
            json.loads(line)
            for path in Path(folder, "out").glob("*.gz")
            for line in gzip.decompress(path.read_bytes()).decode().split("\n")
            if line
        ]
    return seconds, {int(row["id"]): row["metadata"]["reportlint"] for row in rows}


def ray(texts: list[str]) -> tuple[float, Results]:
    """``map_batches`` from and to memory on two processors; starting Ray is not counted."""
    import logging

    import ray

    from reportlint.integrations.ray import annotate

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel("ERROR")
    rows = [{"id": number, "text": text} for number, text in enumerate(texts)]
    began = time.perf_counter()
    made = (
        ray.data.from_items(rows, override_num_blocks=16)
        .map_batches(
            annotate, batch_format="pyarrow", batch_size=BATCH, fn_kwargs={"messages": True}
        )
        .take_all()
    )
    prefix = "reportlint_"
    results = {
        row["id"]: {key[len(prefix) :]: value for key, value in row.items() if key[0] == "r"}
        for row in made
    }
    return time.perf_counter() - began, results


FRAMEWORKS: dict[str, Callable[[list[str]], tuple[float, Results]]] = {
    "pool": pool,
    "datatrove": datatrove,
    "ray": ray,
}


def main() -> int:
    name, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    texts = drafts(count)
    seconds, results = FRAMEWORKS[name](texts)
    if results != dict(enumerate(lint_batch(texts))):
        print(f"{name}: not what lint_batch gives", file=sys.stderr)
        return 1
    errors = sum(result["errors"] for result in results.values())
    print(
        f"{name}: {count} records, {errors} errors, the same as lint_batch: {seconds:.1f} s, "
        f"{count / seconds:.0f} records/s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
