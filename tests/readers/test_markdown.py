"""Markdown: which lines are what, and what a reader of the page does not see."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Document, View
from reportlint.errors import WriteError
from reportlint.findings import Edit
from reportlint.readers.markdown import read, write

FRAGMENTS = [
    "# ", "## 标题 ##", "- ", "* ", "1. ", "> ", "    ", "\t", "**", "*", "***", "_", "__", "`", "```",
    "~~~", "|", "|-|-|", "---", "===", "+++", "[", "](", ")", "]:", "http://a.cn/b", "<!--", "-->",
    "<br>", "<vip>", "<div>", "</div>", "&nbsp;", "\\", "一、工作情况", "全年完成XX万元", "市", "。", "，", "：",
    "\n", "\r\n", "\r", "\n\n", " ", "\u3000", "[^1]", "![", "title: 报告", "\x0b", "\u2028",
]  # fmt: skip
PAGES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=40).map("".join)


def page(text: str) -> Document:
    return read(text.encode(), "a.md")


def blocks(document: Document) -> list[tuple[str, str]]:
    """Kind and visible text of every block."""
    seen = []
    for start, end, kind, *_ in document.blocks:
        cuts = [
            (max(start, left) - start, min(end, right) - start)
            for left, right in document.markup
            if left < end and start < right
        ]
        seen.append((kind, View(document.text[start:end], cuts).text))
    return seen


def visible(text: str) -> list[str]:
    return [line for kind, line in blocks(page(text)) if kind != "opaque"]


def test_headings() -> None:
    document = page("# 一、工作情况 #\n\n###  （一）抓学习\n\n存在问题\n---\n\n打算\n==\n")
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", 1),
        ("heading", 3),
        ("heading", 2),
        ("heading", 1),
    ]
    assert visible(document.text) == ["一、工作情况", "（一）抓学习", "存在问题", "打算"]


def test_a_paragraph_above_a_rule_is_no_heading() -> None:
    assert blocks(page("现将有关情况报告如下。\n---\n\n第一行\n第二行\n---\n")) == [
        ("text", "现将有关情况报告如下。"),
        ("text", "第一行"),
        ("text", "第二行"),
    ]


def test_every_line_of_a_paragraph_is_a_block() -> None:
    assert blocks(page("第一行  \n第二行\\\n第三行\n\n\n第四行\n")) == [
        ("text", "第一行"),
        ("text", "第二行"),
        ("text", "第三行"),
        ("text", "第四行"),
    ]


def test_lists_keep_numbers_and_lose_bullets() -> None:
    draft = "- 抓学习\n  并抓培训\n* + 抓落实\n\n1. 第一条\n2) 第二条\n- [ ] 待办\n3. [x] 办结\n-\n"
    assert blocks(page(draft)) == [
        ("item", "抓学习"),
        ("text", "  并抓培训"),
        ("item", "抓落实"),
        ("item", "1. 第一条"),
        ("item", "2) 第二条"),
        ("item", "待办"),
        ("item", "3. 办结"),
    ]


def test_quotations() -> None:
    assert blocks(page("> 会议强调\n>\n> > 要抓实\n续行\n\n> # 标题\n")) == [
        ("text", "会议强调"),
        ("text", "要抓实"),
        ("text", "续行"),
        ("heading", "标题"),
    ]


def test_tables() -> None:
    draft = (
        "| 指标 | **数值** |\n|---|:-:|\n| 产值 | XX亿元 |\n户数|\\|3|\n\n|90|80|\n|-|-|\n|70|60|\n"
    )
    assert blocks(page(draft)) == [
        ("cell", "指标"),
        ("cell", "数值"),
        ("cell", "产值"),
        ("cell", "XX亿元"),
        ("cell", "户数"),
        ("cell", "|3"),
        ("cell", "90"),
        ("cell", "80"),
        ("cell", "70"),
        ("cell", "60"),
    ]


def test_figures_of_two_cells_never_touch() -> None:
    document = page("|年|月|\n|-|-|\n|90|80|\n| 7 | 6 |\n")
    text = View(document.text, document.markup).text
    assert "90|80" in text
    assert "|" not in text.split("\n")[3]


def test_code_and_metadata_are_opaque() -> None:
    draft = "---\ntitle: XX\n---\n```\nXX市\n```\n\n    x = XX\n\n[a]: http://a.cn/XX\n\n<style>\nXX\n</style>\n"
    assert {kind for kind, _ in blocks(page(draft))} == {"opaque"}
    assert [line for _, line in blocks(page(draft))][3:6] == ["```", "XX市", "```"]


def test_other_metadata() -> None:
    assert blocks(page("+++\ntitle = 'XX'\n+++\n正文\n"))[-2:] == [
        ("opaque", "+++"),
        ("text", "正文"),
    ]


def test_a_rule_at_the_top_begins_no_metadata() -> None:
    assert blocks(page("---\n\n关于解决经费的请示\n\n---\n")) == [("text", "关于解决经费的请示")]


def test_indented_prose_is_not_code() -> None:
    assert visible("    全年完成投资XX万元。\n\n    同比增长**%。\n") == [
        "    全年完成投资XX万元。",
        "    同比增长**%。",
    ]


def test_a_code_span_is_an_opaque_block_of_its_own() -> None:
    document = page("运行`XX **a** ``b`后，``c`d``完成**X轴**升级\n")
    assert blocks(document) == [
        ("text", "运行`XX a ``b`后，c`d完成X轴升级".replace("`XX a ``b`", "XX **a** ``b")),
        ("opaque", "XX **a** ``b"),
        ("opaque", "c`d"),
    ]


@pytest.mark.parametrize(
    ("draft", "seen"),
    [
        ("见[通知](http://a.cn/b(1).html \"全文\")和![图](a.png)", "见通知和图"),
        ("见[通知][1]、[细则][]和[附表]\n\n[1]: /a\n[细则]: b.md\n[附表]: <c d>", "见通知、细则和附表"),
        ("由[单位名称]填报，[待填](由办公室提供)", "由[单位名称]填报，[待填](由办公室提供)"),
        ("共[ ]人，[[1]]", "共[ ]人，[[1]]"),
        ("增长8%[^1]。", "增长8%。"),
        ("网址<http://a.cn>，邮箱<a@b.cn>", "网址http://a.cn，邮箱a@b.cn"),
        ("由<u>办公室</u>落<b class=\"x\">实</b><br/>", "由办公室落实"),
        ("由<姓名>和<vip>、<name>、<title>签发", "由<姓名>和<vip>、<name>、<title>签发"),
        ("共90<br>80户", "共90>80户"),
        ("共<!-- TODO -->90户&emsp;&nbsp;", "共90户"),
        ("a<b，共<!-- 未完", "a<b，共<!-- 未完"),
        ("\\*\\*县\\# \\人", "**县# \\人"),
        ("投入____万元，培训__人次，_强调_，__要点__：", "投入____万元，培训__人次，强调，要点："),
        ("（__年__月__日）共__人，__名干部", "（__年__月__日）共__人，__名干部"),
        ("**一是**抓`**`，**二是**抓**市**名", "一是抓**，二是抓**市**名"),
        ("[**通知**](a.md)与**[细则](b.md)**", "通知与细则"),
        ("~~XX~~ {{姓名}} ${金额}", "~~XX~~ {{姓名}} ${金额}"),
    ],
)  # fmt: skip
def test_inline(draft: str, seen: str) -> None:
    assert visible(draft)[0] == seen


def test_html_shows_its_text() -> None:
    draft = '<div align="center">\n<b>XX县</b><!-- 校对\n未完 -->\n</div>\n\n<!-- 批注\n\nXX -->\n正文\n'
    assert visible(draft) == ["XX县", "正文"]


def test_definitions_without_an_address_are_text() -> None:
    assert visible("[1]: 数据来自年报\n\n[^2]: 含XX镇\n") == ["[1]: 数据来自年报", "含XX镇"]


def test_rules_are_nothing_and_a_signature_is_something() -> None:
    assert visible("正文\n\n***\n\n正文\n\n- - -\n\n述职人\n***\n2024年12月5日\n") == [
        "正文",
        "正文",
        "述职人",
        "***",
        "2024年12月5日",
    ]


def test_lines_that_show_nothing_are_no_blocks() -> None:
    assert visible("&nbsp;\n\n<br>\n\n>\n\n*\n\n#\n\n[^1]:\n\n正文\n") == ["正文"]


def test_in_a_draft_of_slots_nothing_unsure_is_bold() -> None:
    slots = "# 述职报告\n\n在**市委领导下，由**主持召开**会议，投入**万元。\n"
    assert visible(slots)[1] == slots.split("\n")[2]
    assert visible("**一、总体情况**\n\n由**专人负责**落实\n")[1] == "由专人负责落实"


def test_bold_may_run_over_lines() -> None:
    assert visible("> **加强组织\n> 领导。** 各单位\n") == ["加强组织", "领导。 各单位"]


@given(PAGES)
def test_any_text_can_be_read(text: str) -> None:
    document = page(text.replace("\0", ""))
    text = document.text
    for start, end, kind, *_ in document.blocks:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
        assert not {"\n", "\r"} & set(text[start:end])
        assert kind in ("text", "heading", "item", "cell", "opaque")
    for start, end in document.markup:
        assert 0 <= start < end <= len(text)
        assert not {"\n", "\r"} & set(text[start:end])
    lines = [block for block in document.blocks if block.kind != "opaque"]
    assert all(one.end <= other.start for one, other in pairwise(lines))
    assert list(document.blocks) == sorted(document.blocks, key=lambda b: (b.start, -b.end))


@given(PAGES)
def test_no_text_is_lost(text: str) -> None:
    """Chinese characters are in a block, or hidden in a comment or the address of a link."""
    document = page(text.replace("\0", "").replace("<!--", "").replace("](", ""))
    covered = [(block.start, block.end) for block in document.blocks]
    for offset, character in enumerate(document.text):
        if "\u4e00" <= character <= "\u9fff":
            assert any(start <= offset < end for start, end in covered)


@given(PAGES, st.data())
def test_edits_change_nothing_else(text: str, data: st.DataObject) -> None:
    before = text.replace("\0", "").encode()
    document = read(before, "a.md")
    text = document.text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after = write(document, before, [Edit(start, end, "二")])
    assert after == (text[:start] + "二" + text[end:]).encode()


def test_an_edit_that_cannot_be_encoded() -> None:
    data = "# 全年工作情况报告\n".encode("gb18030")
    document = read(data, "a.md")
    assert document.encoding == "gb18030"
    with pytest.raises(WriteError):
        write(document, data, [Edit(0, 1, "\ud800")])


@pytest.mark.parametrize(
    "token", ["*", "_", "[", "`", "#", "|", "<", "（", "**县", "[](", "<!--", "`a``", "> ", "a*"]
)
def test_reading_takes_time_in_proportion(token: str) -> None:
    """A quadratic step anywhere would take minutes here."""
    data = (token * (200_000 // len(token))).encode()
    began = time.perf_counter()
    read(data, "a.md")
    assert time.perf_counter() - began < 8


def test_comments_are_handed_over_with_their_places() -> None:
    text = "一。<!-- 甲 -->\n\n<!--乙\n丙-->\n\n- 二 <!-- 丁 -->\n\n`<!-- 戊 -->`\n\n| 甲 | <!-- 己 --> |\n|---|---|\n"
    document = read(text.encode())
    assert [c.text for c in document.comments] == ["甲", "乙\n丙", "丁", "己"]
    for comment in document.comments:
        assert text[comment.start : comment.end].startswith("<!--")
        assert text[comment.start : comment.end].endswith("-->")
        assert not comment.apart
