"""The page of findings: whole, closed in itself, and faithful to the draft."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.document import LINE_END, Document
from reportlint.findings import Finding, Label, Severity
from reportlint.reporters import ReportOptions, make
from reportlint.reporters.width import visible
from reportlint.runner import FileResult
from tests import strategies
from tests.helpers import printed

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in order, every id is there once."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.lines: list[str] = []
        self.numbers: list[str | None] = []
        self.marked = ""
        self.feed(page)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.attributes |= {(tag, name) for name in values}
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if "href" in values:
            self.links.append(values["href"] or "")
        if tag not in VOID:
            self.stack.append((tag, values))
        if tag == "p" and "data-n" in values:
            self.lines.append("")
            self.numbers.append(values["data-n"])

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.stack.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        within = [values for tag, values in self.stack]
        classes = " ".join(values.get("class") or "" for values in within).split()
        if any("data-n" in values for values in within) and not {"ref", "gap"} & set(classes):
            self.lines[-1] += data
            if any(tag == "mark" for tag, _ in self.stack):
                self.marked += data


def page_of(results: list[FileResult], **more: object) -> str:
    return printed(make("html", ReportOptions()._replace(**more)), results)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("redact", [False, True])
def test_the_page_is_whole(report, every, lang, redact):
    text = report("html", every(lang, redact), lang=lang, redact=redact)
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_every_finding_is_linked_there_and_back(report, one):
    page = Page(report("html", [one("text")]))
    there = [link for link in page.links if link.startswith("#d")]
    back = [link for link in page.links if link.startswith("#l")]
    assert len(there) == len(back) == len(one("text").findings)


def test_the_page_needs_nothing_from_outside(report, every):
    text = report("html", every())
    page = Page(text)
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"https?:|url\(|@import|<script|<img|<link|<iframe|<object", text)
    assert not any(name.startswith("on") or name in ("src", "style") for _, name in page.attributes)
    assert "default-src 'none'" in text


def test_a_draft_is_never_markup(report, one):
    result = one("text")
    text = '</p><script>alert("1")</script>&amp;<img src=x onerror=y>" onclick="z\n'
    finding = result.findings[0]._replace(start=4, end=40, message=text, labels=(), fix=None)
    document = Document(text, path=f"{text}.txt")
    page = report("html", [result._replace(document=document, path=text, findings=(finding,))])
    assert "<script" not in page
    assert "<img" not in page
    read = Page(page)
    assert read.lines == [visible(text[:-1])]
    assert ("a", "onclick") not in read.attributes


def test_clean_files_are_only_named(report, one):
    page = report("html", [one("clean"), one("text")])
    assert "请示.md" in page
    assert "妥否" not in page


def test_redacted_there_is_a_list_but_no_draft(report, one):
    page = report("html", [one("text", redacted=True)], redact=True)
    assert Page(page).lines == []
    assert "第 4 行第 " in page


def test_what_is_suppressed_is_folded_away_with_its_reason(report, one):
    page = report("html", [one("unknown")])
    assert "已忽略 1 处" in page
    assert "第 2 行的说明" in page
    assert "第 2 行的说明" not in report("html", [one("unknown", redacted=True)], redact=True)


def test_a_word_file_shows_addresses_for_lines(report, one):
    page = Page(report("html", [one("docx")]))
    assert page.numbers[2:5] == ["第 3 段", "表 1 第 1 行第 1 格", "表 1 第 2 行第 1 格"]


def test_only_severities_that_can_be_switched_off_are_marked(report, every):
    text = report("html", every())
    for severity in Severity:
        assert f'id="show-{severity.label}"' in text
        assert f"#show-{severity.label}:not(:checked) ~ main" in text


@st.composite
def checked(draw: st.DrawFn) -> FileResult:
    """A draft with findings and labels anywhere in it, over each other too."""
    text = draw(strategies.anything)
    offset = st.integers(0, len(text))
    findings = []
    for one, other, first, last in draw(
        st.lists(st.tuples(offset, offset, offset, offset), max_size=6)
    ):
        label = Label("标注", min(first, last), max(first, last))
        findings.append(
            Finding(
                "PH001", "letter-slot", "placeholder", draw(st.sampled_from(list(Severity))), "提示",
                min(one, other), max(one, other), (label,),
            )
        )  # fmt: skip
    findings.sort(key=lambda finding: (finding.start, finding.end))
    document = Document(text, path="a.txt")
    return FileResult("a.txt", document, "text", "utf-8", None, None, tuple(findings), None, False)


@settings(max_examples=150, deadline=None)
@given(checked())
def test_the_draft_is_all_there_and_what_is_found_is_marked(result: FileResult) -> None:
    page = Page(page_of([result]))
    text = result.document.text
    if not result.findings or not text:
        assert page.lines == []
        return
    lines = LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    assert page.lines == [visible(line) for line in lines]
    covered = {at for f in result.findings for at in range(f.start, f.end)}
    ends = {at for match in LINE_END.finditer(text) for at in range(*match.span())}
    assert page.marked == visible("".join(text[at] for at in sorted(covered - ends)))
    assert len([id for id in page.ids if id.startswith("d")]) == len(result.findings)
    assert len(page.ids) == len(set(page.ids))
