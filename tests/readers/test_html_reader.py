"""HTML pages: what is shown, where it stands in the source, and edits back into it."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from reportlint import engine, fixes, readers
from reportlint.cli import main
from reportlint.document import Document
from reportlint.errors import WriteError
from reportlint.findings import Edit
from reportlint.readers import html
from reportlint.runner import check_bytes
from reportlint.settings import Settings
from tests.readers.hostile import ends_quickly
from tests.strategies import anything


def read(source: str | bytes) -> Document:
    return html.read(source.encode() if isinstance(source, str) else source, "a.html")


def blocks(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(f"{b.kind}{b.level or ''}", document.text[b.start : b.end]) for b in document.blocks]


def edited(source: str, old: str, new: str) -> str:
    document = read(source)
    at = document.text.index(old)
    edits = [Edit(at, at + len(old), new)]
    return html.write(document, source.encode(), edits).decode()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>一</p><p>二", [("text", "一"), ("text", "二")]),
        ("<H2 class=x>标题</h2>正文<hr>再", [("heading2", "标题"), ("text", "正文"), ("text", "再")]),
        ("<div>甲<div>乙</div>丙</div>", [("text", "甲"), ("text", "乙"), ("text", "丙")]),
        ("<p>一<br>二<br/>三</p>", [("text", "一"), ("text", "二"), ("text", "三")]),
        ("<ul><li>甲<p>乙</p><li>丙</ul>丁", [("item", "甲"), ("text", "乙"), ("item", "丙"), ("text", "丁")]),
        ("<table><tr><td>甲<td>乙<tr><th>丙</table>丁", [("cell", "甲"), ("cell", "乙"), ("cell", "丙"), ("text", "丁")]),
        ("<table><tr><td><h1>甲</h1></td></tr></table>", [("cell", "甲")]),
        ("<h1>甲<h2>乙</h2>丙", [("heading1", "甲"), ("heading2", "乙"), ("text", "丙")]),
        ("<p>共\n\t<b>五</b>\n 人 </p>", [("text", "共五人")]),
        ("<p>完成 5\n亩 of\nland</p>", [("text", "完成 5 亩 of land")]),
        ("<p>a <i> b</i></p>", [("text", "a b")]),
        ("<p>&times;&#215;&#xD7;&ldquo;&nbsp;&amp;lt;&lt;&unknown; &copy</p>", [("text", "×××“\xa0&lt;<&unknown; ©")]),
        ("<p>&#20013;&#22269;&#10;x</p>", [("text", "中国 x")]),
        ("1 < 2 <3> a<b", [("text", "1 < 2 <3> a")]),
        ('<a title="1 > 2">链接</a><p title=\'<p>\'>文</p>', [("text", "链接"), ("text", "文")]),
        ("<head><title>题</title><style>p{}</style></head><body>文", [("text", "文")]),
        ("<script>if (a</b) '<p>XX</p>'</script>文<SCRIPT>x</script >尾", [("text", "文尾")]),
        ("文<script>XX", [("text", "文")]),
        ("<p>文<!-- XX -->字<!---->！<!-- 未完", [("text", "文字！")]),
        ("<!DOCTYPE html><?xml?><![if !x]>（一）<![endif]>文</>", [("text", "（一）文")]),
        ("<p>旧<del>删<b>去</b></del>新<ruby>汉<rt>hàn</rt></ruby></p>", [("text", "旧新汉")]),
        ("<select><option>XX</select><noscript>XX</noscript><svg><text>XX</text></svg>文", [("text", "文")]),
        ("<title/>文<script src=a />字", [("text", "文字")]),
        ("<pre>  第一行\n第二行\r\n\r\n第三行</pre>", [("text", "  第一行"), ("text", "第二行"), ("text", "第三行")]),
        ("<pre>make XX\nmake all</pre>", [("opaque", "make XX"), ("opaque", "make all")]),
        ("<p>执行<code>cp XX YY</code>即可</p>", [("text", "执行cp XX YY即可"), ("opaque", "cp XX YY")]),
        ("<p>见<code>第三章</code></p>", [("text", "见第三章")]),
        ("<p></p><p> &nbsp; </p>", []),
        ("", []),
    ],
)  # fmt: skip
def test_blocks_are_what_a_browser_shows(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", ["1.甲", "2.乙"]),
        ("<ol start=3 type=A><li>甲<li value='7'>乙<ol><li>丙</ol><li>丁</ol>", ["C.甲", "G.乙", "1.丙", "H.丁"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲</ol>", ["一.甲"]),
        ("<ol type=disc><li>甲</ol><ul><li>乙</ul>", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_numbers_of_lists_stand_before_their_items(source: str, expected: list[str]) -> None:
    document = read(source)
    assert document.text.split("\n") == expected
    for block, line in zip(document.blocks, expected, strict=True):
        assert block.kind == "item"
        assert line[block.auto] in "甲乙丙丁"


def test_places_are_those_of_the_source() -> None:
    source = "<html>\r\n<p>投入<b>X</b>X&times;万</p>\r\n <p>三是</p>"
    document = read(source)
    assert document.text == "投入XX×万\n三是"
    assert [document.lines.position(at) for at in (0, 2, 3, 4, 5, 7)] == [
        (2, 4), (2, 9), (2, 14), (2, 15), (2, 22), (3, 5),
    ]  # fmt: skip
    assert [document.lines.offset(2, 4), document.lines.offset(2, 17)] == [0, 4]
    assert document.lines.position(len(document.text)) == (3, 7)


@given(anything)
def test_every_character_is_found_again_in_the_source(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    document = read(f"<html><!--\n--><body><p>开{escaped}</p><h1>末")
    for at, char in enumerate(document.text):
        line, column = document.lines.position(at)
        if char.isspace():
            continue
        assert document.lines.offset(line, column) == at


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=gb2312><p>报告".encode("gb18030"), "gb18030"),
        ("<meta charset=gb2312><p>联通".encode("gb18030"), "gb18030"),
        ("<meta http-equiv=Content-Type content='text/html; charset=big5'>報告".encode("big5"), "big5"),
        ("<?xml version='1.0' encoding='GBK'?><p>报告".encode("gbk"), "gb18030"),
        ("<meta charset=gbk><p>转成UTF-8而没改声明的报告".encode(), "utf-8"),
        ("<meta charset=nonsense><p>报告".encode(), "utf-8"),
        ("<meta charset=idna><p>报告".encode(), "utf-8"),
        ("<meta charset=utf-8><p>组织全县民兵参加训练，工作总结报告".encode("gb18030"), "gb18030"),
        ("<p>报告".encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + "<p>报告".encode("utf-16-le"), "utf-16-le"),
    ],
)  # fmt: skip
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    document = read(data)
    assert document.encoding == encoding
    assert "报" in document.text or "報" in document.text or "联通" in document.text
    assert html.write(document, data, [Edit(0, 1, "A")]) != data


def test_comments_are_kept_apart_with_their_places() -> None:
    document = read(
        "<!-- 一 --><p>甲<!--二-->乙</p><!--三-->\n<script><!--x--></script><p>丙</p><!--四-->"
    )
    assert document.text == "甲乙\n丙"
    places = [(comment.start, comment.end, comment.text) for comment in document.comments]
    assert places == [(0, 0, "一"), (1, 1, "二"), (3, 3, "三"), (4, 4, "四")]


def test_comments_silence_their_block_or_the_next(settings: Settings) -> None:
    source = (
        "<!-- reportlint: ignore[PH001] 待定 --><p>甲<b>XX</b>万元。</p><p>乙XX万元。</p>"
        "<p>丙XX<!-- reportlint: ignore[PH001] 待定 -->万元。</p>"
        "<!-- reportlint: disable[PH001] 附表 --><p>丁XX万元。</p>"
        "<!-- reportlint: enable[PH001] --><p>戊XX万元。</p>"
    )
    findings = check_bytes(source.encode(), "a.html", settings).findings
    open_ones = [f.start for f in findings if f.code == "PH001" and f.suppressed is None]
    assert len(open_ones) == 2
    text = read(source).text
    assert [text[start - 1] for start in open_ones] == ["乙", "戊"]
    assert not any(f.code.startswith("RL") for f in findings)


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        ("<p class='a'>推<b>##paid</b>begin##动</p>\r\n", "##paidbegin##", "", "<p class='a'>推<b></b>动</p>\r\n"),
        ("<p>X&times;X</p>", "×", "<&>", "<p>X&lt;&amp;&gt;X</p>"),
        ("<p>甲\n  乙</p>", "甲乙", "丙", "<p>丙\n  </p>"),
        ("<p>a\n  b</p>", "a b", "c", "<p>c</p>"),
        ("<p>甲<br>乙</p>", "乙", "丙", "<p>甲<br>丙</p>"),
        ("<p>甲&amp;乙</p>", "甲&乙", "丙", "<p>丙</p>"),
    ],
)  # fmt: skip
def test_edits_touch_nothing_but_words(source: str, old: str, new: str, expected: str) -> None:
    assert edited(source, old, new) == expected


def test_insertions() -> None:
    document = read("<p>甲<b>乙</b></p>")
    for at, expected in [
        (0, "<p>X甲<b>乙</b></p>"),
        (1, "<p>甲X<b>乙</b></p>"),
        (2, "<p>甲<b>乙X</b></p>"),
    ]:
        edits = [Edit(at, at, "X")]
        assert html.write(document, "<p>甲<b>乙</b></p>".encode(), edits).decode() == expected


def test_a_character_that_the_encoding_lacks_becomes_a_reference() -> None:
    data = b"<meta charset=iso-8859-1><p>a XX b"
    document = read(data)
    assert (
        html.write(document, data, [Edit(2, 4, "中")])
        == b"<meta charset=iso-8859-1><p>a &#20013; b"
    )


@pytest.mark.parametrize(
    ("source", "edit"),
    [
        ("<p>甲</p><p>乙</p>", Edit(0, 3, "丙")),
        ("<ol><li>甲</ol>", Edit(0, 1, "3")),
        ("<p>&timesX;", Edit(0, 1, "")),
        ("<p>甲", Edit(0, 1, "\n")),
        ("<p>甲", Edit(0, 9, "")),
    ],
)
def test_what_cannot_be_written_is_refused(source: str, edit: Edit) -> None:
    document = read(source)
    with pytest.raises(WriteError):
        html.write(document, source.encode(), [edit])


def test_another_file_is_not_written_over() -> None:
    with pytest.raises(WriteError, match="changed"):
        html.write(read("<p>甲"), "<p>乙".encode(), [Edit(0, 1, "丙")])


def test_fixes_settle(settings: Settings) -> None:
    data = "<body><p>扎实推<i>##paid</i>begin##动，A&amp;B。</p><p>【更*多&素#材%请~搜^墨渠文库】</p>".encode()

    def check(data: bytes) -> tuple[Document, tuple]:
        document = readers.read(data, "a.html")
        return document, engine.lint(document, settings).findings

    settled = fixes.settle(data, *check(data), check, unsafe=False)
    assert settled.applied == 2
    assert settled.data == "<body><p>扎实推<i></i>动，A&amp;B。</p><p></p>".encode()


@pytest.mark.parametrize(
    "source",
    [
        "<td>" * 3000,
        "<div><ol><li>" * 1500,
        "<p>" * 33333,
        "<" * 166666,
        '<a b="' * 33333,
        "<a b='" * 16666 + '<a b="' * 16666,
        "<!--" * 50000,
        "<script>" * 33333,
        "<script></scrip" * 16666,
        "<!" * 83333,
        "&" * 166666,
        "&a" * 83333,
        "<a " + "= " * 83333,
        "<td><table><code>" * 600 + "<td></td>" * 16666,
        "<li><ul>" + "<code>" * 1900 + "<li>" * 16666,
        "<p>" + "<!--a-->" * 16666,
        "<p>" + "字\n" * 66666,
        "<pre>" + "\n" * 166666,
        "<p>" + "<br>" * 100000,
    ],
    ids=range(19),
)
def test_hostile_pages_end_quickly(source: str) -> None:
    ends_quickly("html", source.encode())


def test_reports_point_into_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text(
        "<h1>述职报告</h1>\n<p>投入<b>&times;</b>&times;万元\n", encoding="utf-8"
    )
    where = {}
    for name in ("rdjson", "sarif", "json"):
        main(["check", "--select", "PH001", "--output-format", name, "a.html"])
        where[name] = json.loads(capsys.readouterr().out)
    (finding,) = where["json"]["findings"]
    assert finding["text"] == "××"
    assert (finding["start"]["line"], finding["start"]["column"]) == (2, 9)
    assert (finding["end"]["line"], finding["end"]["column"]) == (2, 27)
    (diagnostic,) = where["rdjson"]["diagnostics"]
    assert diagnostic["location"]["range"] == {
        "start": {"line": 2, "column": 13},
        "end": {"line": 2, "column": 31},
    }
    region = where["sarif"]["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (9, 27)
