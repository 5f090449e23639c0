"""The annotated format where its golden files do not look."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.document import Document
from reportlint.findings import Finding, Label, Severity, Suppression
from reportlint.reporters import ReportOptions, make
from reportlint.reporters.width import Ruler
from reportlint.runner import FileResult
from reportlint.summary import Summary, tally
from tests.helpers import printed

ANSI = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\ud800-\udfff\ue000]")
TEXTS = st.text(
    st.sampled_from(
        "全年完成投资亿元，。；：！？“”【】XX**12 a\t\u3000\u200b\u0301\x07\x1b\n\r\ue000"
    ),
    max_size=300,
)


def result_of(text: str, findings: list[Finding]) -> FileResult:
    document = Document(text, path="a.txt")
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.code))
    return FileResult("a.txt", document, "text", "utf-8", None, None, tuple(findings), None, False)


def full(results: list[FileResult], **options: object) -> str:
    return printed(make("full", ReportOptions()._replace(**options)), results)


@st.composite
def results(draw) -> FileResult:
    text = draw(TEXTS)

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text)))
        return start, draw(st.integers(start, min(len(text), start + 90)))

    findings = []
    for _ in range(draw(st.integers(0, 9))):
        start, end = span()
        code = draw(st.sampled_from(["PH001", "PH001", "SQ002"]))
        labels = tuple(
            Label(draw(st.sampled_from(["总数", "一段很长很长的说明" * 4])), *span())
            for _ in range(draw(st.integers(0, 2)))
        )
        severity = draw(st.sampled_from(list(Severity)))
        message = f"“{text[start:end]}”有问题"
        findings.append(
            Finding(code, "some-rule", "placeholder", severity, message, start, end, labels)
        )
    return result_of(text, findings)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(results(), st.integers(0, 140), st.booleans(), st.booleans(), st.sampled_from(["zh", "en"]))
def test_any_draft_at_any_width(result, width, color, wide, lang):
    printed = full([result], width=width, color=color, ambiguous_wide=wide, lang=lang)
    plain = ANSI.sub("", printed)
    assert color or plain == printed
    assert not CONTROL.search(plain)
    assert printed.endswith("\n")
    ruler = Ruler(wide)
    if width >= 40:
        assert all(ruler.cells(line) <= width for line in plain.split("\n"))
    for finding in result.findings if result.document.text else ():
        line, column = result.document.lines.position(finding.start)
        assert re.search(rf"\b{line}:{column}\b", plain)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(results(), st.sampled_from(["full", "concise", "grouped"]))
def test_no_reporter_prints_what_a_terminal_would_obey(result, name):
    reporter = make(name, ReportOptions())
    reporter.feed(reporter.render(result))
    printed = reporter.feed(reporter.render(result._replace(path="a\x1b[2J\n\udc80.txt")))
    assert not CONTROL.search(printed)
    if name == "concise":
        assert printed.count("\n") == len(result.findings)


@pytest.mark.parametrize("count", [4, 5])
def test_findings_of_one_rule_share_a_block_where_they_are_more_than_four(report, count):
    text = "\n".join(f"第{i}项投资XX亿元。" for i in range(count))
    findings = [
        Finding(
            "PH001",
            "unfilled-slot",
            "placeholder",
            Severity.ERROR,
            "“XX”未填写",
            m.start(),
            m.end(),
        )
        for m in re.finditer("XX", text)
    ]
    printed = report("full", [result_of(text, findings)])
    assert printed.count("【XX】") == count
    assert printed.count("说明：reportlint rule PH001") == (count if count <= 4 else 1)
    assert ("共 5 处" in printed) == (count == 5)


def test_messages_that_differ_stay_in_a_shared_block(report, one):
    result = one("text")
    sums = [
        Finding("NM001", "share-mismatch", "percentage", Severity.ERROR, f"{i} ÷ 100", i, i + 1)
        for i in range(1, 8)
    ]
    printed = report("full", [result_of(result.document.text, sums)])
    assert all(f"{i} ÷ 100" in printed for i in range(1, 8))
    assert "NM001 share-mismatch（共 7 处）" in printed


def test_one_file_has_no_header_and_is_held_back_until_the_end(one):
    reporter = make("full", ReportOptions())
    result = one("text")
    assert reporter.feed(reporter.render(result)) == ""
    printed = reporter.finish(Summary().add(tally(result)))
    assert printed.startswith("错误 PH001")
    assert "检查 1 个文件（述职报告）" in printed


def test_several_files_have_headers_and_are_printed_as_they_come(one):
    reporter = make("full", ReportOptions())
    reporter.feed(reporter.render(one("text")))
    printed = reporter.feed(reporter.render(one("docx")))
    assert printed.startswith("== 街道述职.txt（述职报告，11 处问题）\n\n错误 PH001")
    assert "\n\n== 总结/征兵.docx（工作总结，4 处问题）\n\n" in printed
    assert reporter.feed(reporter.render(one("clean"))) == ""


def test_quiet_reports_have_findings_and_no_sum(report, one):
    for name in ("full", "concise", "grouped"):
        assert report(name, [one("clean")], quiet=True) == ""
        for results in ([one("text")], [one("text"), one("docx")]):
            printed = report(name, results, quiet=True)
            assert "PH001" in printed
            assert "PW001" in printed
            assert "检查" not in printed


def test_slots_are_counted_under_the_headings_that_tell_them_apart(report, one):
    result = one("text")
    whole = "一、履职情况 2 处，二、存在问题 1 处，三、下一步打算 5 处"
    assert f"还差 8 处待填：{whole}" in report("full", [result], width=120)

    class Deeper:
        def heading_path(self, offset: int) -> tuple[str, ...]:
            return ("第一部分", *result.structure.heading_path(offset)[:1])

    assert whole in report("full", [result._replace(structure=Deeper())], width=120)

    class Flat:
        def heading_path(self, offset: int) -> tuple[str, ...]:
            return () if offset < 100 else ("第一部分",)

    flat = report("full", [result._replace(structure=Flat())], width=120)
    assert "还差 8 处待填：开头 1 处，第一部分 7 处" in flat


def test_information_is_no_slot_to_fill(report, one):
    assert "还差 1 处待填：一、主要工作 1 处" in report("full", [one("docx")])


def test_suppressed_findings_are_not_shown(report, one):
    result = one("docx")
    hidden = tuple(f._replace(suppressed=Suppression("inline", "理由")) for f in result.findings)
    printed = report("full", [result._replace(findings=hidden)])
    count = len(hidden)
    assert printed == (
        f"检查 1 个文件（工作总结），未发现问题\n已忽略 {count} 处（注释 {count}）\n"
    )


def test_files_of_unknown_kind_are_named(report, one):
    unknown = [one("clean")._replace(kind=None, path=f"{name}.md") for name in "abcde"]
    printed = report("full", unknown)
    assert (
        "5 个文件未能判断文种（a.md、b.md、c.md 等），未检查必备部分；可用 --kind 指定" in printed
    )
    assert "未能判断文种，未检查必备部分；可用 --kind 指定" in report("full", unknown[:1])


def test_redacted_reports_have_nothing_of_the_draft(report, one):
    result = one("text", redacted=True)
    text = re.sub(r"\s", "", result.document.text)
    grams = {text[i : i + 6] for i in range(len(text) - 5)}
    for name in ("full", "concise", "grouped", "json", "jsonl"):
        printed = report(name, [result], redact=True)
        assert not [gram for gram in grams if gram in printed]
        assert "PH001" in printed


def test_a_finding_of_a_megabyte_is_shown_in_a_few_lines(report):
    text = "X" * 1_000_000
    finding = Finding(
        "PH001", "unfilled-slot", "placeholder", Severity.ERROR, f"“{text}”未填写", 0, len(text)
    )
    assert len(report("full", [result_of(text, [finding])])) < 1000
    assert len(report("concise", [result_of(text, [finding])])) < 300
    assert len(report("grouped", [result_of(text, [finding])])) < 300
