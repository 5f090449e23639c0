"""What Word holds besides the words: which of it is reported, on which words, and what is not."""

from __future__ import annotations

import pytest

from reportlint import engine
from reportlint.document import Block, Comment, Document, Trace
from reportlint.findings import Finding
from reportlint.readers.docx import read
from reportlint.settings import Settings
from tests.annotate.anchored import STAMP
from tests.readers.docx.wordfile import p, word

TEXT = "青桥镇2022年工作总结\n全镇修路12公里，通水3处，慰问群众40户。\n下步继续抓好落实。"


def found(settings: Settings, *traces: Trace, text: str = TEXT) -> list[tuple[str, str]]:
    """Code and words of each finding of Word's own."""
    document = Document(text, format="docx", traces=traces)
    return [
        (f.code, text[f.start : f.end])
        for f in engine.lint(document, settings).findings
        if f.code.startswith("WD") or f.code == "PH011"
    ]


def on(quoted: str, kind: str, detail: str = "", text: str = TEXT) -> Trace:
    start = text.index(quoted)
    return Trace(start, start + len(quoted), kind, detail)


def gone(before: str, author: str, kind: str = "deletion") -> Trace:
    return Trace(TEXT.index(before), TEXT.index(before), kind, author)


def word_findings(data: bytes, settings: Settings) -> list[Finding]:
    document = read(data, "")
    return [f for f in engine.lint(document, settings).findings if f.code.startswith("WD")]


def test_changes_of_one_hand_are_one_finding(settings: Settings) -> None:
    changes = [on("修路", "insertion", "甲"), gone("12", "甲"), on("12公里", "formatting", "甲")]
    assert found(settings, *changes) == [("WD001", "修路12公里")]
    others = [on("修路", "insertion", "甲"), on("12公里", "insertion", "乙")]
    assert found(settings, *others) == [("WD001", "修路"), ("WD001", "12公里")]
    apart = [on("修路", "insertion", "甲"), on("通水", "insertion", "甲")]
    assert found(settings, *apart) == [("WD001", "修路"), ("WD001", "通水")]
    paragraphs = [on("40户。", "insertion", "甲"), on("下步", "insertion", "甲")]
    assert found(settings, *paragraphs) == [("WD001", "40户。\n下步")]
    assert found(settings, gone("12", "甲")) == [("WD001", "")]


@pytest.mark.parametrize("redact", [False, True])
def test_who_changed_what(settings: Settings, redact: bool) -> None:
    settings = settings._replace(redact=redact)
    changes = [on("修路", "insertion", "张三"), gone("12", "张三")]
    document = Document(TEXT, traces=changes, comments=[Comment(0, 3, "请张三核实", True, "李四")])
    remark, change = (f for f in engine.lint(document, settings).findings if f.code[:2] == "WD")
    assert change.message == (
        "…的修订还没有接受或拒绝（插入、删除）"
        if redact
        else "张三的修订还没有接受或拒绝（插入、删除）"
    )
    assert remark.message == (
        "…的批注还没有处理：“…”" if redact else "李四的批注还没有处理：“请张三核实”"
    )
    assert change.data == {"changes": ["insertion", "deletion"]}


def test_comments_that_do_not_count(settings: Settings) -> None:
    comments = [
        Comment(0, 3, "核实", apart=True, author="甲"),
        Comment(0, 3, "PH001 错误", apart=True, author="reportlint"),
        Comment(0, 3, "reportlint: ignore[PH001] 有意", apart=True, author="甲"),
        Comment(0, 3, "网页里的注释", apart=False),
    ]
    document = Document(TEXT, comments=comments)
    findings = [f for f in engine.lint(document, settings).findings if f.code == "WD002"]
    assert [(f.start, f.end) for f in findings] == [(0, 3)]


@pytest.mark.parametrize(
    ("kind", "code"), [("hidden", "WD003"), ("highlight", "WD004"), ("struck", "WD005")]
)
def test_marks_are_on_their_words_without_the_space_around(
    kind: str, code: str, settings: Settings
) -> None:
    text = "全镇修路 12公里 ，通水3处。"
    pieces = [on(" 12", kind, text=text), on("公里 ", kind, text=text), on(" ", kind, text=text)]
    assert found(settings, *pieces, text=text) == [(code, "12公里")]


def test_red_in_a_letterhead_or_heading_is_right(settings: Settings) -> None:
    red = on("青桥镇2022年工作总结", "red")
    assert found(settings, red) == []
    assert found(settings, on("12公里", "red")) == [("WD004", "12公里")]
    assert found(settings, on("12公里", "red"), on("12公里", "highlight")) == [("WD004", "12公里")]
    start = TEXT.index("下步")
    blocks = [Block(0, 12), Block(13, start - 1), Block(start, len(TEXT), "heading", 1)]
    document = Document(TEXT, traces=[on("下步", "red")], blocks=blocks)
    assert [f for f in engine.lint(document, settings).findings if f.code == "WD004"] == []
    header = [*blocks[:2], Block(start, len(TEXT), address={"header": 1, "paragraph": 1})]
    document = Document(TEXT, traces=[on("下步", "red")], blocks=header)
    assert [f for f in engine.lint(document, settings).findings if f.code == "WD004"] == []


def test_a_draft_that_is_mostly_red_was_made_so(settings: Settings) -> None:
    text = TEXT * 5
    assert found(settings, Trace(20, len(text) - 20, "red"), text=text) == []
    assert found(settings, Trace(60, 70, "red"), text=text) != []


def test_long_words_are_cut_short_in_messages(settings: Settings) -> None:
    text = "全镇修路" * 40 + "。"
    document = Document(text, traces=[Trace(4, 150, "hidden")])
    (finding,) = (f for f in engine.lint(document, settings).findings if f.code == "WD003")
    assert (finding.start, finding.end) == (4, 150)
    assert len(finding.message) < 50


@pytest.mark.parametrize(
    ("reason", "said"),
    [("control", "内容控件"), ("style", "样式"), ("field", "窗体域"), ("placeholder", "占位符域")],
)
def test_slots_say_why(reason: str, said: str, settings: Settings) -> None:
    document = Document("报告单位：单位全称", traces=[Trace(5, 9, "slot", reason)])
    (finding,) = engine.lint(document, settings).findings
    assert (finding.code, finding.start, finding.end) == ("PH011", 5, 9)
    assert said in finding.message


def test_a_slot_that_its_words_show_is_found_once(settings: Settings) -> None:
    text = "报告单位：【请填写单位】，投入XX万元。"
    slot = Trace(5, 12, "slot", "control")
    document = Document(text, traces=[slot, Trace(15, 17, "slot", "style")])
    found = [text[f.start : f.end] for f in engine.lint(document, settings).findings]
    assert found == ["【请填写单位】", "XX"]


def test_what_annotate_wrote_is_no_comment_left(settings: Settings) -> None:
    from reportlint.annotate import Note
    from reportlint.annotate.word import annotate

    data = word(p("青桥镇工作总结") + p("全镇修路12公里。"))
    made = annotate(data, "", [Note(10, 14, ("PH001 错误",))], STAMP)
    assert word_findings(made.data, settings) == []
