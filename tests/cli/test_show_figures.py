"""``--show-figures``: every figure, what it was compared with and what came of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

TEXT = (
    "2024年度工作总结\n\n"
    "全年应征入伍120人，其中大学生90人，占70%。办理许可136份，其中工业58份、生活43份、农业35份。\n\n"
    "全年生产总值4050亿元，上年为4100亿元，增长3%。##paidbegin##走访群众约300户，占常住户数的六成。\n"
)


@pytest.fixture
def draft(folder: Path) -> Path:
    path = folder / "figures.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_table(call: Call, draft: Path) -> None:
    done = call("check", "--show-figures", "--lang", "zh", "figures.txt")
    assert (done.code, done.err) == (0, "")
    lines = done.out.split("\n")
    assert lines[0] == "figures.txt"
    rows = {line.split()[1]: line.split() for line in lines[2:-3]}
    assert rows["70%"][2:] == ["占比、比率", "矛盾", "NM001", "90人", "÷", "120人", "=", "75%"]
    assert rows["136份"][3:5] == ["相符", "NM002"]
    assert rows["3%"][2:5] == ["增减幅度", "不判断", "NM004"]
    assert "可比价" in done.out
    assert rows["90人"][3] == "-"
    assert lines[-3].startswith("共 13 个数字：相符 1，矛盾 1，不判断 2")


def test_json_holds_intervals_and_spans_of_the_file(call: Call, draft: Path) -> None:
    done = call("check", "--show-figures", "--output-format", "json", "figures.txt")
    (file,) = json.loads(done.out)["files"]
    figures = {figure["text"]: figure for figure in file["figures"]}
    assert all(
        TEXT[figure["start"]["offset"] : figure["end"]["offset"]] == text
        for text, figure in figures.items()
    )
    assert figures["70%"]["verdict"] == "contradicts"
    assert figures["70%"]["rule"] == "NM001"
    assert [used["text"] for used in figures["70%"]["used"]] == ["90人", "120人"]
    assert figures["120人"] | {"start": 0, "end": 0} == {
        "text": "120人",
        "start": 0,
        "end": 0,
        "role": "level",
        "unit": "人",
        "noun": "",
        "value": "120",
        "low": "120",
        "high": "120",
        "hedge": "",
        "verdict": "none",
        "rule": None,
        "used": [],
        "proof": None,
        "reason": None,
    }
    assert (figures["300户"]["low"], figures["300户"]["high"]) == ("285", "315")
    assert figures["4050亿元"]["low"] == "404950000000"
    assert figures["六成"]["reason"]


def test_json_lines_and_several_files(call: Call, draft: Path) -> None:
    done = call("check", "--show-figures", "--output-format", "jsonl", "clean.txt", "figures.txt")
    assert done.code == 0
    entries = [json.loads(line) for line in done.out.strip().split("\n")]
    assert {entry["path"] for entry in entries} >= {"figures.txt"}


def test_in_english(call: Call, draft: Path) -> None:
    out = call("check", "--show-figures", "--lang", "en", "figures.txt").out
    assert "contradicts" in out
    assert "13 figures: 1 agree, 1 contradict" in out


def test_an_unreadable_file_is_said_and_fails(call: Call, folder: Path) -> None:
    (folder / "broken.docx").write_bytes(b"no package")
    done = call("check", "--show-figures", "--lang", "zh", "broken.docx")
    assert done.code == 2
    assert "broken.docx\n无法检查：" in done.out


def test_not_with_redact(call: Call, draft: Path) -> None:
    done = call("check", "--show-figures", "--redact", "figures.txt")
    assert done.code == 2
    assert "--redact" in done.err
