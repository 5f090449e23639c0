"""The datatrove blocks, in pipelines that a local executor runs in several processes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import reportlint
from reportlint.errors import ConfigError
from tests.corpus.conftest import records

pytest.importorskip("datatrove", reason="reportlint[datatrove] is not installed")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

from reportlint.integrations.datatrove import ReportlintAnnotator, ReportlintFilter

COUNT = 3000
TASKS = 3


def read(folder: Path) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        lines = gzip.decompress(path.read_bytes()).decode().split("\n")
        rows += [json.loads(line) for line in lines if line]
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    made = records(COUNT)
    for task in range(TASKS):
        with open(folder / f"{task}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in made[task::TASKS])
    return folder


def run(folder: Path, *blocks: Any) -> None:
    executor = LocalPipelineExecutor(
        list(blocks), tasks=TASKS, workers=2, logging_dir=str(folder / "logs")
    )
    executor.run()


def test_the_annotator(drafts: Path, tmp_path: Path) -> None:
    run(
        tmp_path,
        JsonlReader(str(drafts)),
        ReportlintAnnotator(messages=True),
        JsonlWriter(str(tmp_path / "out")),
    )
    found = read(tmp_path / "out")
    made = records(COUNT)
    expected = reportlint.lint_batch([record["text"] for record in made[:3]])
    assert len(found) == COUNT
    for record in made:
        row = found[record["id"]]
        assert row["metadata"]["reportlint"] == expected[record["n"] % 3]
        assert (row["text"], row["metadata"]["n"]) == (record["text"], record["n"])
    stats = json.loads((tmp_path / "logs" / "stats.json").read_bytes())
    (own,) = [step["stats"] for step in stats if "reportlint" in step["name"]]
    assert own["total"] == COUNT or own["total"]["total"] == COUNT


def test_the_filter(drafts: Path, tmp_path: Path) -> None:
    run(
        tmp_path,
        JsonlReader(str(drafts)),
        ReportlintFilter(drop=["PH"], exclusion_writer=JsonlWriter(str(tmp_path / "dropped"))),
        JsonlWriter(str(tmp_path / "kept")),
    )
    kept, dropped = read(tmp_path / "kept"), read(tmp_path / "dropped")
    made = records(COUNT)
    assert dropped.keys() == {record["id"] for record in made if record["n"] % 3 == 1}
    assert kept.keys() == {record["id"] for record in made} - dropped.keys()
    assert {row["metadata"]["filter_reason"] for row in dropped.values()} == {"PH001"}


def test_what_the_filter_drops() -> None:
    documents = [Document(record["text"], record["id"]) for record in records(3)]
    assert ReportlintFilter().filter_batch(documents) == [True, (False, "PH001"), (False, "PW001")]
    assert ReportlintFilter(drop=["SC"]).filter_batch(documents) == [True, True, True]
    assert ReportlintFilter(drop=["ALL"], ignore=["PH"]).filter(documents[1]) == (False, "PW001")
    strict = ReportlintFilter(drop_severity="info", select=["PW"])
    assert strict.filter_batch(documents)[1:] == [(False, "PW001")] * 2


def test_mistakes_are_said_before_the_work_begins() -> None:
    with pytest.raises(ConfigError):
        ReportlintAnnotator(select=["ZZ"])
    with pytest.raises(ConfigError):
        ReportlintFilter(kind="不存在")
    with pytest.raises(ValueError, match="grave"):
        ReportlintFilter(drop_severity="grave")
