"""OpenDocument texts: what is shown, numbering, edits back, hostile packages."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import engine, fixes, readers
from reportlint.document import Document
from reportlint.errors import ReadError, WriteError
from reportlint.findings import Edit
from reportlint.readers import odt
from reportlint.settings import Settings
from tests.readers.hostile import ends_quickly
from tests.readers.odtfile import content, pack, styles_part


def package(body: str, styles: str = "", **more: str) -> bytes:
    return pack({"content.xml": content(body, styles), **more})


def read(body: str, styles: str = "", **more: str) -> Document:
    return odt.read(package(body, styles, **more), "a.odt")


def blocks(document: Document) -> list[tuple[str, dict[str, Any], str]]:
    return [
        (f"{b.kind}{b.level or ''}", dict(b.address or {}), document.text[b.start : b.end])
        for b in document.blocks
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>甲</text:p><text:p/><text:p>乙</text:p>", "甲\n\n乙"),
        ("<text:p> 甲 <text:span> 乙\n 丙</text:span> </text:p>", "甲 乙 丙"),
        ("<text:p><text:s text:c='2'/>甲<text:s/>乙<text:tab/>丙<text:line-break/>丁</text:p>", "  甲 乙\t丙\n丁"),
        ("<text:p>A&amp;B&lt;C&#x20;D<![CDATA[<E>]]></text:p>", "A&B<C D<E>"),
        ("<text:p>组织<text:placeholder text:placeholder-type='text'>&lt;姓名&gt;</text:placeholder></text:p>", "组织<姓名>"),
        ("<text:p>甲<office:annotation><text:p>批注XX</text:p><text:list><text:list-item><text:p>XX</text:p></text:list-item></text:list></office:annotation>乙<office:annotation-end/></text:p>", "甲乙"),
        ("<text:tracked-changes><text:changed-region><text:deletion><text:p>删去XX<text:note text:note-class='footnote'><text:note-body><text:p>XX</text:p></text:note-body></text:note></text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>甲<text:change/>乙</text:p>", "甲乙"),
        ("<text:p>汉<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zì</text:ruby-text></text:ruby></text:p>", "汉字"),
        ("<text:p>甲<draw:frame><draw:image/><svg:title>XX</svg:title><svg:desc>XX</svg:desc></draw:frame>乙<text:a>丙</text:a></text:p>", "甲乙丙"),
        ("<text:section><text:p>甲</text:p></text:section><text:soft-page-break/>", "甲"),
        ("", ""),
    ],
)  # fmt: skip
def test_text_is_what_is_shown(body: str, expected: str) -> None:
    assert read(body).text == expected


def test_headings_tables_boxes_notes_and_margins() -> None:
    styles = (
        "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='Mine'/>"
        "<style:style style:name='P2' style:family='paragraph' style:parent-style-name='Contents_20_1'/>"
    )
    common = (
        "<style:style style:name='Mine' style:family='paragraph' style:default-outline-level='3'/>"
        "<style:style style:name='Contents_20_1' style:display-name='Contents 1' style:family='paragraph'/>"
    )
    masters = (
        "<style:master-page><style:header><text:p>眉</text:p></style:header>"
        "<style:footer><text:p>脚</text:p></style:footer></style:master-page>"
    )
    body = (
        "<text:h text:outline-level='2'>题</text:h><text:p text:style-name='P1'>题三</text:p>"
        "<text:p text:style-name='P2'>目</text:p>"
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>XX"
        "</text:index-title-template></text:table-of-content-source>"
        "<text:index-body><text:p>录</text:p></text:index-body></text:table-of-content>"
        "<table:table><table:table-header-rows><table:table-row table:number-rows-repeated='3'>"
        "<table:table-cell table:number-columns-repeated='1000000000'><text:p>甲</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell><text:h text:outline-level='1'>乙</text:h><text:p>丙</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>丁</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>戊</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>前<text:note text:note-class='endnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>注</text:p></text:note-body></text:note>"
        "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>后</text:p>"
    )
    document = read(body, styles, **{"styles.xml": styles_part(common, masters)})
    assert blocks(document) == [
        ("heading2", {"paragraph": 1}, "题"),
        ("heading3", {"paragraph": 2}, "题三"),
        ("opaque", {"paragraph": 3}, "目"),
        ("opaque", {"paragraph": 4}, "录"),
        ("cell", {"table": 1, "row": 1, "cell": 1, "paragraph": 1}, "甲"),
        ("cell", {"table": 1, "row": 4, "cell": 1, "paragraph": 1}, "乙"),
        ("cell", {"table": 1, "row": 4, "cell": 1, "paragraph": 2}, "丙"),
        ("cell", {"table": 2, "row": 1, "cell": 1, "paragraph": 1}, "丁"),
        ("cell", {"table": 1, "row": 4, "cell": 1, "paragraph": 3}, "戊"),
        ("text", {"paragraph": 5}, "前后"),
        ("text", {"textbox": 1, "paragraph": 1}, "框"),
        ("text", {"endnote": 1, "paragraph": 1}, "注"),
        ("text", {"header": 1, "paragraph": 1}, "眉"),
        ("text", {"footer": 1, "paragraph": 1}, "脚"),
    ]


def test_comments_are_kept_apart_with_the_words_that_they_are_about() -> None:
    remark = "<office:annotation {}><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>张</dc:creator><text:p>一</text:p><text:p>二</text:p></office:annotation>"
    body = (
        "<text:p>前</text:p><text:p> 甲 " + remark.format("office:name='a'") + "<text:span>XX</text:span>"
        "<office:annotation-end office:name='a'/>万元</text:p><text:p>乙" + remark.format("") + "丙</text:p>"
    )  # fmt: skip
    document = read(body)
    assert document.text == "前\n甲 XX万元\n乙丙"
    assert document.comments == ((4, 6, "一\n二", True, "张"), (9, 11, "一\n二", True, "张"))


def test_placeholders_and_controls_that_show_their_prompt_are_slots() -> None:
    loext = "xmlns:loext='urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'"
    empty, filled = (
        f"<loext:content-control {loext} loext:showing-place-holder='{n}'>"
        for n in ("true", "false")
    )
    document = read(
        "<text:p>报 <text:placeholder text:placeholder-type='text'>&lt;单位&gt;</text:placeholder>：</text:p>"
        f"<text:p>{empty}<text:span>点击</text:span>输入</loext:content-control>"
        f"{filled}已填</loext:content-control></text:p><text:p><text:placeholder/>末</text:p>"
        "<text:p>注<text:note><text:note-body><text:p>见<text:placeholder>注文</text:placeholder></text:p>"
        "</text:note-body></text:note></text:p>"
    )  # fmt: skip
    assert document.text == "报 <单位>：\n点击输入已填\n末\n注\n见注文"
    assert [
        (trace.kind, trace.detail, document.text[trace.start : trace.end])
        for trace in document.traces
    ] == [
        ("slot", "placeholder", "<单位>"), ("slot", "control", "点击输入"),
        ("slot", "placeholder", ""), ("slot", "placeholder", "注文"),
    ]  # fmt: skip


LISTS = (
    "<text:list-style style:name='L1'>"
    "<text:list-level-style-number text:level='1' style:num-format='一, 二, 三, ...' style:num-suffix='、'/>"
    "<text:list-level-style-number text:level='2' style:num-prefix='（' style:num-suffix='）' style:num-format='1' text:display-levels='2' text:start-value='4'/>"
    "<text:list-level-style-bullet text:level='3' text:bullet-char='•'/></text:list-style>"
)


LIST = "<text:list text:style-name='L1'><text:list-item>"
STARTED = (
    "<text:list text:style-name='L1'><text:list-item text:start-value='7'>"
    "<text:p>甲</text:p><text:p>续</text:p>"
)
ENDED = "</text:list-item><text:list-item><text:p>丁</text:p></text:list-item></text:list>"


def items(*texts: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f"<text:list text:style-name='L1' {more}>{inner}</text:list>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (items("甲", "乙"), ["一、甲", "二、乙"]),
        (items("甲") + items("乙"), ["一、甲", "一、乙"]),
        (items("甲") + "<text:p>x</text:p>" + items("乙", more="text:continue-numbering='true'"), ["一、甲", "x", "二、乙"]),
        (items("甲", more="xml:id='a'") + items("乙") + items("丙", more="text:continue-list='a'"), ["一、甲", "一、乙", "二、丙"]),
        (STARTED + items("乙", "丙") + ENDED, ["七、甲", "续", "（七.4）乙", "（七.5）丙", "八、丁"]),
        ("<text:list text:style-name='L1'><text:list-header><text:p>甲</text:p></text:list-header></text:list>", ["甲"]),
        (LIST + LIST + items("丙") + "</text:list-item></text:list>" * 2, ["丙"]),
        ("<text:list text:style-name='no'><text:list-item><text:p>甲</text:p></text:list-item></text:list>", ["甲"]),
    ],
)  # fmt: skip
def test_lists_are_numbered(body: str, expected: list[str]) -> None:
    assert read(body, LISTS).text.split("\n") == expected


def test_headings_are_numbered_by_the_outline() -> None:
    common = (
        "<text:outline-style><text:outline-level-style text:level='1' style:num-format='1' style:num-suffix='.'/>"
        "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style>"
    )
    body = "".join(
        f"<text:h text:outline-level='{level}' {more}>题</text:h>"
        for level, more in [
            (1, ""),
            (2, ""),
            (2, ""),
            (1, ""),
            (2, ""),
            (1, "text:is-list-header='true'"),
        ]
    )
    document = read(body, **{"styles.xml": styles_part(common)})
    assert document.text.split("\n") == ["1.题", "1.1 题", "1.2 题", "2.题", "2.1 题", "题"]
    assert [block.auto for block in document.blocks] == [2, 4, 4, 2, 4, 0]


def write(body: str, old: str, new: str, **more: str) -> str:
    data = package(body, **more)
    document = odt.read(data, "a.odt")
    at = document.text.index(old)
    written = odt.write(document, data, [Edit(at, at + len(old), new)])
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "mimetype"
        text = archive.read("content.xml").decode()
    return text[text.index("<office:text>") + 13 : text.index("</office:text>")]


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        ("<text:p>推<text:span>##paid</text:span>begin##动</text:p>", "##paidbegin##", "", "<text:p>推<text:span></text:span>动</text:p>"),
        ("<text:p>A&amp;B</text:p>", "&", "<", "<text:p>A&lt;B</text:p>"),
        ("<text:p>甲<text:s/>乙</text:p>", "甲 乙", "丙", "<text:p>丙</text:p>"),
        ("<text:p>甲\n乙</text:p>", "甲 乙", "丙", "<text:p>丙</text:p>"),
        ("<text:p>𠮷X𠮷</text:p>", "X", "&𡈽", "<text:p>𠮷&amp;𡈽𠮷</text:p>"),
    ],
)  # fmt: skip
def test_edits_touch_nothing_but_words(body: str, old: str, new: str, expected: str) -> None:
    assert write(body, old, new) == expected


def test_edits_of_several_parts_leave_all_else() -> None:
    masters = (
        "<style:master-page><style:footer><text:p>脚XX</text:p></style:footer></style:master-page>"
    )
    data = pack(
        {
            "Pictures/a.png": b"\x89PNG" * 100,
            "content.xml": content("<text:p>正XX<text:note text:note-class='footnote'><text:note-body>"
                                   "<text:p>注XX</text:p></text:note-body></text:note></text:p>"),
            "styles.xml": styles_part("", masters),
            "settings.xml": "<x/>",
        }
    )  # fmt: skip
    document = odt.read(data, "a.odt")
    assert document.text == "正XX\n注XX\n脚XX"
    written = odt.write(document, data, [Edit(at, at + 2, "五") for at in (9, 1, 5)])
    assert odt.read(written, "a.odt").text == "正五\n注五\n脚五"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        assert old.namelist() == new.namelist()
        same = {name for name in old.namelist() if old.read(name) == new.read(name)}
    assert same == {"mimetype", "Pictures/a.png", "settings.xml"}
    assert odt.write(document, data, []) is data


@pytest.mark.parametrize(
    ("body", "edit"),
    [
        ("<text:p>甲</text:p><text:p>乙</text:p>", Edit(0, 2, "")),
        ("<text:p>甲<text:s text:c='3'/>乙</text:p>", Edit(1, 2, "")),
        ("<text:p>甲</text:p>", Edit(0, 1, "\t")),
        (items("甲"), Edit(0, 1, "二")),
        ("<text:p><![CDATA[甲]]></text:p>", Edit(0, 1, "<")),
    ],
)
def test_what_cannot_be_written_is_refused(body: str, edit: Edit) -> None:
    data = package(body, LISTS)
    with pytest.raises(WriteError):
        odt.write(odt.read(data, "a.odt"), data, [edit])


def test_a_signed_or_changed_file_is_not_written() -> None:
    data = package("<text:p>甲</text:p>", **{"META-INF/documentsignatures.xml": "<x/>"})
    with pytest.raises(WriteError, match="signed"):
        odt.write(odt.read(data, "a.odt"), data, [Edit(0, 1, "")])
    with pytest.raises(WriteError, match="changed"):
        odt.write(odt.read(package("<text:p>乙</text:p>"), "a.odt"), data, [Edit(0, 1, "")])
    with pytest.raises(WriteError):
        odt.write(odt.read(data, "a.odt"), b"PK\x03\x04", [Edit(0, 1, "")])


def test_fixes_settle(settings: Settings) -> None:
    data = package(
        "<text:p>扎实推<text:span>##paid</text:span>begin##动。</text:p>"
        "<text:p>【更*多&amp;素#材%请~搜^墨渠文库】</text:p><text:p>A<text:tab/>B</text:p>"
    )

    def check(data: bytes) -> tuple[Document, tuple]:
        document = readers.read(data, "a.odt")
        return document, engine.lint(document, settings).findings

    settled = fixes.settle(data, *check(data), check, unsafe=False)
    assert settled.applied == 2
    assert odt.read(settled.data, "a.odt").text == "扎实推动。\n\nA\tB"


@given(
    st.lists(st.text(st.sampled_from("甲乙X <&>\U00020bb7"), min_size=1, max_size=5), max_size=6),
    st.data(),
)
def test_any_edit_of_words_reads_back(texts: list[str], data: st.DataObject) -> None:
    escaped = [t.replace("&", "&amp;").replace("<", "&lt;") for t in texts]
    body = (
        "<text:p>始" + "".join(f"<text:span>{text}</text:span>" for text in escaped) + "末</text:p>"
    )
    file = package(body)
    document = odt.read(file, "a.odt")
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    new = data.draw(st.sampled_from(["", "丙", "<丁&"]))
    again = odt.read(odt.write(document, file, [Edit(start, end, new)]), "a.odt").text
    expected = document.text[:start] + new + document.text[end:]
    assert again.replace(" ", "") == expected.replace(" ", "")


def test_damaged_and_foreign_packages_say_so() -> None:
    whole = package("<text:p>甲</text:p>")
    for data, reason in [
        (b"", "empty"),
        (b"hello", "not a ZIP"),
        (whole[:-30], "incomplete"),
        (pack({"a.xml": "<x/>"}), "content.xml"),
        (pack({"content.xml": "<x/>"}), "root element"),
        (pack({"content.xml": content("").replace("office:text", "office:spreadsheet")}), "not a text"),
        (pack({"content.xml": content("").replace("office:text", "office:other")}), "no text"),
        (pack({"content.xml": content("<text:p>")}), "well-formed"),
        (pack({"content.xml": content("").replace("?>", "?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1)}), "DOCTYPE"),
        (package("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password"),
    ]:  # fmt: skip
        with pytest.raises(ReadError, match=reason) as caught:
            odt.read(data, "a.odt")
        assert caught.value.code == "RL002"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<text:p>" * 3000, "deep"),
        ("<table:table><table:table-row><table:table-cell>" * 600 + "<text:p/>" + "</table:table-cell></table:table-row></table:table>" * 600, None),
        ("<text:list><text:list-item>" * 900 + "<text:p>x</text:p>" + "</text:list-item></text:list>" * 900, None),
        ("<table:table>" + "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>" * 10_000 + "</table:table>", None),
        ("<text:p><text:s text:c='10000'/></text:p>" * 600, "characters"),
        ("<text:p/>" * 210_000, "paragraphs"),
        ("<text:p>" + "x&amp;" * 400_000 + "</text:p>", "pieces"),
        ("<text:p>" + " " * 2_000_000 + "x</text:p>", None),
        ("<text:p>" + "x" * 6_000_000 + "</text:p>", "characters"),
        ("<text:p>" + " " * 60_000_000 + "</text:p>", "times its size"),
        ("".join(f"<text:p text:style-name='a{n}'/>" for n in range(20_000)), None),
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_texts_end_quickly(body: str, reason: str | None) -> None:
    said = ends_quickly("odt", package(body))
    assert (said is None) == (reason is None)
    assert (reason or "") in (said or "")


def test_styles_in_a_circle_and_too_many() -> None:
    circle = "".join(
        f"<style:style style:name='{a}' style:family='paragraph' style:parent-style-name='{b}'/>"
        for a, b in ("ab", "ba")
    )
    assert read("<text:p text:style-name='a'>甲</text:p>", circle).text == "甲"
    many = "".join(
        f"<style:style style:name='s{n}' style:family='paragraph'/>" for n in range(30_000)
    )
    assert "styles" in (ends_quickly("odt", package("", many)) or "")
