"""What services take in: GitHub, GitLab, JUnit, Checkstyle, rdjson, and Markdown and mail."""

import json
import re
from xml.etree import ElementTree

import pytest

from reportlint.document import Document
from reportlint.findings import Applicability, Edit, Fix, Severity, Suppression
from reportlint.reporters import ReportOptions, github, make
from reportlint.reporters.markdown import Markdown
from reportlint.reporters.xml_ import escape
from tests.helpers import printed

ODD = "甲\x00乙\x0b<丙>&\"'\t丁\r\n::error::戊%己\u2028\ufffe\ud800"


def with_message(result, message, **more):
    """The result with one finding that says this."""
    return result._replace(findings=(result.findings[0]._replace(message=message, **more),))


class TestGithub:
    COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,\r\n]*,?)*)::(.*)")

    def lines(self, printed):
        assert printed.endswith("\n")
        return printed[:-1].split("\n")

    def test_a_summary_comes_first_then_the_gravest(self, report, every):
        first, *others = self.lines(report("github", every()))
        assert first.startswith("::notice title=reportlint::检查 6 个文件")
        levels = [self.COMMAND.fullmatch(line)[1] for line in others]
        assert levels == sorted(levels, key=["error", "warning", "notice"].index)
        assert set(levels) == {"error", "warning", "notice"}

    def test_it_says_how_many_github_does_not_show(self, report, one):
        result = one("text")

        def said(**counts):
            findings = tuple(
                result.findings[0]._replace(severity=Severity.parse(level))
                for level, count in counts.items()
                for _ in range(count)
            )
            return self.lines(report("github", [result._replace(findings=findings)]))[0]

        assert github.SHOWN == 10
        assert "还有" not in said(error=10, warning=10, info=9)
        assert "还有 3 处" in said(error=11, warning=11, info=10)

    def test_nothing_found_is_no_annotation(self, report, one):
        printed = report("github", [one("clean")])
        assert printed == "检查 1 个文件，未发现问题\n"

    def test_columns_only_within_a_line(self, report, one):
        result = one("text")
        start = result.document.text.index("12场")
        for end, columns in ((start + 2, True), (result.document.text.index("（二）"), False)):
            finding = result.findings[0]._replace(start=start, end=end)
            line = self.lines(report("github", [result._replace(findings=(finding,))]))[1]
            assert ("col=" in line) is columns
            assert ("endColumn=" in line) is columns

    def test_a_word_file_is_annotated_as_a_whole(self, report, one):
        for line in self.lines(report("github", [one("docx")]))[1:]:
            assert "line=" not in line
            assert re.search(r"（(第 \d+ 段|表 1 .*)）$", line)

    def test_nothing_in_a_draft_or_a_name_makes_a_command(self, report, one):
        result = with_message(one("text"), ODD)._replace(path="a:b,c%\n::error::.txt")
        lines = self.lines(report("github", [result]))
        assert len(lines) == 2
        assert len(lines[1].splitlines()) == 1
        command = self.COMMAND.fullmatch(lines[1])
        assert command[2].startswith("file=a%3Ab%2Cc%25%0A%3A%3Aerror%3A%3A.txt,line=")
        assert "%25己" in command[3]


class TestGitlab:
    def test_each_finding_is_an_entry(self, report, every):
        found = json.loads(report("gitlab", every()))
        shown = [f for r in every() for f in r.findings if f.suppressed is None]
        assert len(found) == len(shown)
        for entry, finding in zip(found, shown, strict=True):
            assert list(entry) == [
                "description", "check_name", "fingerprint", "severity", "location",
            ]  # fmt: skip
            assert entry["description"].startswith(f"{finding.code} ")
            assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
            assert entry["location"]["lines"]["begin"] >= 1

    def test_fingerprints_differ_between_files(self, report, one):
        result = one("text")
        found = json.loads(report("gitlab", [result, result._replace(path="另一份.txt")]))
        names = [entry["fingerprint"] for entry in found]
        assert len(set(names)) == len(names)

    def test_nothing_is_an_empty_array(self, report, one):
        assert json.loads(report("gitlab", [one("clean")])) == []
        assert json.loads(report("gitlab", [])) == []


class TestJunit:
    def test_the_sums_are_right(self, report, every):
        results = every()
        result = results[0]
        silenced = result.findings[0]._replace(suppressed=Suppression("sidecar", "有意"))
        results[0] = result._replace(findings=(silenced, *result.findings[1:]))
        root = ElementTree.fromstring(report("junit", results))
        assert root.tag == "testsuites"
        for suite in [root, *root]:
            for name, path in (
                ("tests", ".//testcase"),
                ("failures", ".//failure"),
                ("errors", ".//error"),
                ("skipped", ".//skipped"),
            ):
                assert int(suite.get(name)) == len(suite.findall(path)), name
        assert [suite.get("name") for suite in root] == [
            result.path.replace("\n", "\n") for result in results
        ]
        assert [
            case.find("skipped").get("message")
            for case in root.iter("testcase")
            if case.find("skipped") is not None
        ] == ["有意", "第 2 行的说明"]

    def test_a_reason_is_not_shown_when_redacted(self, report, one):
        assert "说明" in report("junit", [one("unknown")])
        assert "说明" not in report("junit", [one("unknown", redacted=True)], redact=True)

    def test_a_file_without_findings_has_passed(self, report, one):
        root = ElementTree.fromstring(report("junit", [one("clean")]))
        (case,) = root.iter("testcase")
        assert list(case) == []
        assert (root.get("tests"), root.get("failures")) == ("1", "0")


class TestCheckstyle:
    def test_files_and_errors(self, report, every):
        root = ElementTree.fromstring(report("checkstyle", every()))
        assert [file.tag for file in root] == ["file"] * 6
        for file, result in zip(root, every(), strict=True):
            shown = [f for f in result.findings if f.suppressed is None]
            assert [error.get("severity") for error in file] == [f.severity.label for f in shown]
            assert all(int(error.get("line")) >= 1 and error.get("column") for error in file)

    def test_no_file_at_all(self, report):
        assert len(ElementTree.fromstring(report("checkstyle", []))) == 0


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_holds_what_it_can_and_no_more(report, one, name):
    result = with_message(one("text"), ODD)._replace(path=f"{ODD}.txt")
    root = ElementTree.fromstring(report(name, [result]).encode())
    (file,) = [node for node in root if node.get("name")]
    assert file.get("name") == "甲乙<丙>&\"'\t丁\r\n::error::戊%己\u2028.txt"
    message = next(node.get("message") for node in root.iter() if node.get("message"))
    assert message.startswith("甲<U+0000>乙<U+000B><丙>&\"'")


def test_escaping_for_xml():
    assert escape("a\x00\x1f\ufffe\uffff\ud800b") == "ab"
    assert escape("\U00020bb7\ue000\x85") == "\U00020bb7\ue000\x85"


class TestRdjson:
    def test_each_finding_is_a_diagnostic(self, report, every):
        found = json.loads(report("rdjson", every()))
        assert found["source"] == {"name": "reportlint"}
        for diagnostic in found["diagnostics"]:
            assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO")
            assert diagnostic["code"]["value"]
            place = diagnostic["location"]["range"]
            assert min(place["start"]["line"], place["start"]["column"]) >= 1
            assert (place["start"]["line"], place["start"]["column"]) <= (
                place["end"]["line"],
                place["end"]["column"],
            )

    def test_nothing(self, report, one):
        assert json.loads(report("rdjson", [one("clean")]))["diagnostics"] == []

    def test_a_fix_of_several_edits_is_one_suggestion(self, report, one):
        result = one("text")
        text = "“甲，\n乙𠮷,丙"
        fix = Fix("改", (Edit(6, 7, "，"), Edit(0, 1, "")), Applicability.SAFE)
        finding = result.findings[0]._replace(start=0, end=1, labels=(), fix=fix)
        edited = result._replace(document=Document(text, path="a.txt"), findings=(finding,))
        (diagnostic,) = json.loads(report("rdjson", [edited]))["diagnostics"]
        assert diagnostic["suggestions"] == [
            {
                "range": {"start": {"line": 1, "column": 1}, "end": {"line": 2, "column": 9}},
                "text": "甲，\n乙𠮷，",
            }
        ]
        (diagnostic,) = json.loads(report("rdjson", [edited], redact=True))["diagnostics"]
        assert diagnostic["suggestions"] == []


class TestMarkdown:
    def test_a_table_for_each_file_with_findings(self, report, every):
        printed = report("markdown", every())
        assert printed.count("\n### ") == 5
        rows = [line for line in printed.split("\n") if line.startswith("| ")]
        shown = [f for r in every() for f in r.findings if f.suppressed is None]
        assert len(rows) == len(shown) + 2 * 5
        assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)

    def test_nothing_in_a_draft_is_markup(self, report, one):
        from markdown_it import MarkdownIt

        message = "**粗**<b>|`码`|[x](http://a.example) ![y](z) &amp; #1 @us ~~q~~ \\| __s__"
        printed = report("markdown", [with_message(one("text"), message)])
        html = (
            MarkdownIt("commonmark", {"html": True})
            .enable(["table", "strikethrough"])
            .render(printed)
        )
        assert set(re.findall(r"<(\w+)", html)) == {
            "h2", "ul", "li", "strong", "h3", "table", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip
        assert (
            re.sub(
                r"&(\w+);", lambda m: {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}[m[1]], html
            ).count(message)
            == 1
        )

    def test_a_limit_leaves_out_whole_files_and_says_so(self, one, rules):
        results = [one("text")._replace(path=f"{number}.txt") for number in range(30)]

        def limited(most):
            return printed(Markdown(ReportOptions(rules=rules), most), results)

        whole = limited(None)
        assert limited(len(whole.encode())) == whole or "没有列出" in limited(len(whole.encode()))
        assert limited(10**6) == whole
        for most in (1000, 5000, 9000):
            cut = limited(most)
            assert len(cut.encode()) <= most
            listed = cut.count("\n### ")
            assert f"还有 {30 - listed} 个文件没有列出" in cut


class TestSummary:
    def test_says_per_file_how_many_and_what_is_missing(self, report, every):
        lines = report("summary", every()).split("\n")
        assert lines[0].startswith("检查 6 个文件，发现 ")
        assert lines[1].startswith("1. 街道述职.txt（述职报告）：错误 11，其中待填 8")
        assert "缺少“存在问题”部分" in lines[2]
        assert any(line.startswith("4. 坏文件.txt：无法按文本解码") for line in lines)
        assert "没有问题：请示.md。" in lines
        assert "\x1b" not in "".join(lines)

    def test_of_many_clean_files_some_are_named(self, report, one):
        results = [one("clean")._replace(path=f"{number}.md") for number in range(40)]
        printed = report("summary", [one("text"), *results])
        assert "9.md 等 40 个文件" in printed
        assert "10.md" not in printed
        english = report("summary", [one("text", "en"), *results], lang="en")
        assert "9.md and 30 more." in english


def test_only_what_can_hold_it_tells_of_what_is_suppressed(report, one):
    result = one("text")
    silenced = tuple(f._replace(suppressed=Suppression("config", "")) for f in result.findings)
    result = result._replace(findings=silenced)
    for name in ("github", "gitlab", "checkstyle", "rdjson", "markdown", "summary"):
        assert "PH001" not in report(name, [result]), name
    for name in ("sarif", "junit", "html"):
        assert "PH001" in report(name, [result]), name


def test_parts_are_small(one):
    """What goes from process to process is strings, and no document."""
    for name in ("sarif", "html", "junit", "github", "summary"):
        parts = make(name, ReportOptions()).render(one("text"))
        assert all(type(part) is str for part in parts)
