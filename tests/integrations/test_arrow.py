"""What the function for Ray Data makes of a table; Ray itself is not needed for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import reportlint

CODE = """
import pyarrow as pa, reportlint
from reportlint.integrations.ray import annotate

texts = ["投入XX万元。", None, "没有问题。", "推##paidbegin##动工作。"]
table = pa.table({"id": [1, 2, 3, 4], "body": pa.chunked_array([texts[:1], texts[1:]])})
made = annotate(table, text="body", select=["PH", "PW"], messages=True, lang="en")
assert made.column_names[:2] == ["id", "body"]
assert made.select(["id", "body"]).equals(table)
rows = made.to_pylist()
for text, row in zip(texts, rows, strict=True):
    found = {k.removeprefix("reportlint_"): v for k, v in row.items() if k.startswith("rep")}
    (expected,) = reportlint.lint_batch([text or ""], select=["PH", "PW"], lang="en")
    assert found == {**expected, "failed": text is None}, (found, expected)

# Batches fit together, whatever is found in them.
clean = annotate(table.slice(2, 1), text="body")
none = annotate(table.slice(1, 1), text="body", kind="述职报告")
assert clean.schema == annotate(table.slice(0, 1), text="body").schema == none.schema
assert annotate(table.slice(0, 0), text="body").schema == clean.schema
row = none.to_pylist()[0]
assert (row["reportlint_errors"], row["reportlint_codes"], row["reportlint_kind"]) == (0, [], None)
for column, error in (("none", KeyError), ("id", TypeError)):
    try:
        annotate(table, text=column)
    except error:
        continue
    raise AssertionError(column)
print("done")
"""


def test_annotate(tmp_path: Path) -> None:
    # The library has threads, and other tests fork this process.
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(reportlint.__file__).parent.parent)},
        timeout=60,
    )
    assert (done.stderr.decode(), done.stdout.decode()) == ("", "done\n")
