"""A function for ``map_batches`` of Ray Data. Needs ``pip install "reportlint[ray]"``.

ray.data.read_parquet("drafts").map_batches(
    annotate, batch_format="pyarrow", batch_size=128, fn_kwargs={"select": ["PH", "PW"]}
)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportlint.batch import FAMILIES, SEVERITIES, lint_batch

if TYPE_CHECKING:
    import pyarrow


def annotate(
    batch: pyarrow.Table,
    *,
    text: str = "text",
    prefix: str = "reportlint_",
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    kind: str | None = None,
    lang: str = "zh",
    format: str = "text",
    messages: bool = False,
) -> pyarrow.Table:
    """Return an Arrow table with a column added for each key of what ``lint_batch`` gives.

    ``text`` names the column of the texts, ``prefix`` comes before the names of the new ones; the
    other options are those of ``lint_batch``. The types do not depend on what is found, so that
    batches fit together. A text that is null is a row that failed. Raises KeyError where there is
    no column ``text``, TypeError where it holds no strings.
    """
    import pyarrow

    values = batch.column(text).to_pylist()
    results = lint_batch(
        ["" if value is None else value for value in values],
        select=select,
        ignore=ignore,
        kind=kind,
        lang=lang,
        format=format,
        messages=messages,
    )
    for value, result in zip(values, results, strict=True):
        if value is None:
            nothing = {key: type(found)() for key, found in result.items() if found is not None}
            result.update({**nothing, "kind": None, "kind_from": None, "failed": True})
    string = pyarrow.string()
    finding = [("code", string), ("severity", string)]
    finding += [("start", pyarrow.int64()), ("end", pyarrow.int64())]
    if messages:
        finding.append(("message", string))
    types = {
        "kind": string,
        "kind_from": string,
        "failed": pyarrow.bool_(),
        **dict.fromkeys((*SEVERITIES, *FAMILIES), pyarrow.int64()),
        "codes": pyarrow.list_(string),
        "findings": pyarrow.list_(pyarrow.struct(finding)),
    }
    for key, kind_of in types.items():
        column = pyarrow.array([result[key] for result in results], kind_of)
        batch = batch.append_column(prefix + key, column)
    return batch
