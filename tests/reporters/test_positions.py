"""The same places in the units of each format: code points, UTF-8 bytes, lines, paragraphs."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest

from reportlint import packs, runner
from reportlint.reporters import ReportOptions, make
from reportlint.runner import FileResult
from reportlint.settings import Settings, default_active
from tests.helpers import printed

BODY = (
    "2025年工作情况报告",
    "为𠮷祥社区👨\u200d👩\u200d👧家庭投入XX万元，㐀村𡈽坎段完成**公里。",
    "走访困难户××户。",
)
SLOTS = [(2, "XX"), (2, "**"), (3, "××")]
"""Line and text of what must be found; each text stands once in its line."""


def word(lines: tuple[str, ...]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "a.docx": lambda: word(BODY),
    "a.txt": lambda: "\r\n".join(BODY).encode("gb18030"),
    "a.md": lambda: "\n".join(BODY).encode(),
}


@pytest.fixture(scope="module", params=FILES)
def result(request: Any) -> FileResult:
    ruleset = packs.builtin()
    settings = Settings(ruleset, default_active(ruleset))
    found = runner.check_bytes(FILES[request.param](), request.param, settings)
    slots = tuple(finding for finding in found.findings if finding.category == "placeholder")
    return found._replace(findings=slots)


def reported(name: str, result: FileResult) -> Any:
    reporter = make(name, ReportOptions(rules=packs.builtin().rules))
    return json.loads(printed(reporter, [result]))


def points(line: int, text: str) -> tuple[int, int, int, int]:
    column = BODY[line - 1].index(text) + 1
    return line, column, line, column + len(text)


def test_json_counts_code_points(result: FileResult) -> None:
    found = reported("json", result)["findings"]
    places = [
        (f["start"]["line"], f["start"]["column"], f["end"]["line"], f["end"]["column"])
        for f in found
    ]
    assert places == [points(*slot) for slot in SLOTS]
    text = result.document.text
    assert [text[f["start"]["offset"] : f["end"]["offset"]] for f in found] == [
        slot for _, slot in SLOTS
    ]
    assert [f.get("address") for f in found] == (
        [{"paragraph": line} for line, _ in SLOTS] if result.format == "docx" else [None] * 3
    )


def test_sarif_counts_code_points(result: FileResult) -> None:
    (run,) = reported("sarif", result)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [f["locations"][0]["physicalLocation"]["region"] for f in run["results"]]
    places = [(r["startLine"], r["startColumn"], r["endLine"], r["endColumn"]) for r in regions]
    assert places == [points(*slot) for slot in SLOTS]
    assert [region["snippet"]["text"] for region in regions] == [slot for _, slot in SLOTS]
    addressed = ["段）" in found["message"]["text"] for found in run["results"]]
    assert addressed == [result.format == "docx"] * 3


def test_rdjson_counts_bytes_of_utf_8(result: FileResult) -> None:
    found = reported("rdjson", result)["diagnostics"]
    cut = []
    for diagnostic in found:
        place = diagnostic["location"]["range"]
        assert place["start"]["line"] == place["end"]["line"]
        line = BODY[place["start"]["line"] - 1].encode()
        cut.append(
            (
                place["start"]["line"],
                line[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode(),
            )
        )
    assert cut == SLOTS


def test_checkstyle_and_github_count_code_points(result: FileResult) -> None:
    from xml.etree import ElementTree

    reporter = make("checkstyle", ReportOptions())
    root = ElementTree.fromstring(printed(reporter, [result]))
    places = [(int(e.get("line", 0)), int(e.get("column", 0))) for e in root.iter("error")]
    assert places == [points(*slot)[:2] for slot in SLOTS]
    if result.format != "docx":
        reporter = make("github", ReportOptions())
        said = printed(reporter, [result])
        for slot in SLOTS:
            line, column, _, end = points(*slot)
            assert f"line={line},endLine={line},col={column},endColumn={end}," in said
