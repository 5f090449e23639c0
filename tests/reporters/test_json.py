"""The machine-readable formats."""

import json
import pickle

import pytest

from reportlint import __version__
from reportlint.document import Document
from reportlint.reporters import NAMES, ReportOptions, make

POINT = ["offset", "line", "column"]
FINDING = [
    "code",
    "name",
    "category",
    "severity",
    "message",
    "path",
    "start",
    "end",
    "text",
    "labels",
    "data",
    "fix",
    "fingerprint",
    "suppressed",
]


def test_the_shape_of_the_whole(report, every):
    found = json.loads(report("json", every()))
    assert list(found) == ["version", "files", "findings", "summary"]
    assert found["version"] == __version__
    assert len(found["files"]) == len(every())
    for entry in found["files"]:
        assert list(entry) == ["path", "kind", "kind_from", "encoding", "format", "findings"]
    for finding in found["findings"]:
        assert [key for key in finding if key != "address"] == FINDING
        assert list(finding["start"]) == list(finding["end"]) == POINT
        for label in finding["labels"]:
            assert list(label) == ["message", "start", "end"]
        if finding["fix"]:
            assert list(finding["fix"]) == ["title", "applicability", "edits"]
            assert [list(e) for e in finding["fix"]["edits"]] == [["start", "end", "replacement"]]
    shown = [finding for finding in found["findings"] if finding["suppressed"] is None]
    summary = found["summary"]
    assert sum(entry["findings"] for entry in found["files"]) == len(shown)
    assert summary["errors"] + summary["warnings"] + summary["infos"] == len(shown)
    assert (summary["files"], summary["unknown_kinds"], summary["failed"]) == (6, 1, 1)


def test_no_file_at_all(report):
    found = json.loads(report("json", []))
    assert found["files"] == found["findings"] == []


def test_offsets_are_of_the_text(report, one):
    result = one("unknown")
    text = result.document.text
    for line in report("jsonl", [result]).split("\n")[:-1]:
        finding = json.loads(line)
        assert text[finding["start"]["offset"] : finding["end"]["offset"]] == finding["text"]
        assert (finding["start"]["line"], finding["start"]["column"]) == (2, 8)


def test_blocks_without_lines_have_an_address(report, one):
    found = json.loads(report("json", [one("docx")]))["findings"]
    assert [finding["address"] for finding in found] == [
        {"paragraph": 1},
        {"paragraph": 3},
        {"table": 1, "row": 2, "cell": 1, "paragraph": 1},
        {"paragraph": 4},
    ]


def test_a_file_that_failed_has_an_entry_and_a_finding(report, one):
    found = json.loads(report("json", [one("failed")]))
    assert found["files"] == [
        {
            "path": "坏文件.txt",
            "kind": None,
            "kind_from": None,
            "encoding": None,
            "format": "text",
            "findings": 1,
        }
    ]
    assert [finding["code"] for finding in found["findings"]] == ["RL001"]


def test_json_lines_are_the_findings_of_json(report, every):
    lines = report("jsonl", every()).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == json.loads(report("json", every()))["findings"]


def test_json_lines_are_lines_to_everybody(report, one):
    result = one("docx")
    odd = "一\u2028二\x85三\x0b四\x7f"
    document = Document(odd, path="b.docx")
    finding = result.findings[0]._replace(start=0, end=len(odd), message=odd)
    printed = report("jsonl", [result._replace(document=document, findings=(finding,))])
    assert len(printed.splitlines()) == 1
    assert json.loads(printed)["text"] == odd


def test_a_file_name_that_is_no_text_can_be_written(report, one):
    printed = report("json", [one("text")._replace(path="a\udcff.txt")])
    assert json.loads(printed.encode("utf-8"))["files"][0]["path"] == "a\udcff.txt"


def test_redacted(report, one):
    found = json.loads(report("json", [one("text", redacted=True)], redact=True))["findings"]
    plain = json.loads(report("json", [one("text")]))["findings"]
    for finding, before in zip(found, plain, strict=True):
        assert finding["text"] is None
        assert finding["data"] == {}
        for same in ("code", "path", "start", "end", "fingerprint"):
            assert finding[same] == before[same]
    edits = {f["code"]: f["fix"]["edits"][0]["replacement"] for f in found if f["fix"]}
    assert edits == {"PW001": "", "SQ002": None}


def test_section_findings_say_which_section_even_when_redacted(report, one):
    found = json.loads(report("json", [one("docx", redacted=True)], redact=True))["findings"]
    assert [f["data"] for f in found if f["category"] == "section"] == [
        {"section": "plan", "presence": "missing"},
        {"section": "problems", "presence": "perfunctory"},
    ]


@pytest.mark.parametrize("name", NAMES)
def test_reporters_can_be_sent_to_another_process(name, rules, one):
    reporter = make(name, ReportOptions(rules=rules))
    copy = pickle.loads(pickle.dumps(reporter))
    assert copy.render(one("text")) == reporter.render(one("text"))


def test_an_unknown_format_is_an_error():
    with pytest.raises(ValueError, match="xml"):
        make("xml", ReportOptions())
