"""Runs the function for Ray Data on a local Ray, checks what comes out and says how long it took.

``pip install "reportlint[ray]"``, then ``python scripts/ray_local.py [RECORDS]``. Ray is too heavy
for the test suite, which tests the function on tables without it.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = str(ROOT)

import ray  # noqa: E402

import reportlint  # noqa: E402
from reportlint.integrations.ray import annotate  # noqa: E402
from scripts.corpus_speed import drafts  # noqa: E402


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    texts = drafts(count)
    began = time.perf_counter()
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    logging.getLogger("ray.data").setLevel("ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    up = time.perf_counter()
    rows = [{"id": number, "text": text} for number, text in enumerate(texts)]
    made = (
        ray.data.from_items(rows, override_num_blocks=16)
        .map_batches(annotate, batch_format="pyarrow", batch_size=64, fn_kwargs={"messages": True})
        .take_all()
    )
    done = time.perf_counter()
    found = {row["id"]: row for row in made}
    if len(made) != count or found.keys() != set(range(count)):
        print(f"{len(made)} rows came back for {count}", file=sys.stderr)
        return 1
    for number, expected in enumerate(reportlint.lint_batch(texts)):
        if any(found[number][f"reportlint_{key}"] != value for key, value in expected.items()):
            print(f"row {number} differs from lint_batch", file=sys.stderr)
            return 1
    errors = sum(row["reportlint_errors"] for row in made)
    print(
        f"{count} records, {errors} errors, the same as lint_batch: start {up - began:.1f} s, "
        f"map_batches {done - up:.1f} s, {count / (done - up):.0f} records/s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
