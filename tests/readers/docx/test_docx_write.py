"""Edits of the text in the runs of the file, and everything else as it was."""

import zipfile
from io import BytesIO

import docx
import pytest
from wordfile import (
    archive,
    body,
    level,
    lists,
    numbered,
    opened,
    p,
    parts_of,
    relations,
    saved,
    t,
    unpacked,
    word,
)

from reportlint.errors import WriteError
from reportlint.findings import Edit
from reportlint.readers.docx import read, write

MAIN = "word/document.xml"


def edit(data, old, new=""):
    """Replace the only occurrence of ``old`` in the text of a file."""
    document = read(data, "a.docx")
    assert document.text.count(old) == 1
    start = document.text.index(old)
    return write(document, data, [Edit(start, start + len(old), new)])


def xml(data, part=MAIN):
    return unpacked(data)[part].decode()


def test_no_edits_leave_the_file_alone():
    data = word(p("甲"))
    assert write(read(data, ""), data, []) is data
    assert write(read(data, ""), data, [Edit(1, 1, "")]) is data


def test_deletion_across_runs_keeps_the_formatting():
    source = docx.Document()
    paragraph = source.add_paragraph("扎实推##pa")
    paragraph.add_run("idbe").bold = True
    paragraph.add_run("gin##动").italic = True
    data = saved(source)
    written = edit(data, "##paidbegin##")
    runs = opened(written).paragraphs[0].runs
    assert [run.text for run in runs] == ["扎实推", "", "动"]
    assert [(run.bold, run.italic) for run in runs] == [(None, None), (True, None), (None, True)]
    assert read(written, "").text == "扎实推动"


def test_new_text_takes_the_formatting_of_the_first_run():
    source = docx.Document()
    paragraph = source.add_paragraph("占")
    paragraph.add_run("7").bold = True
    paragraph.add_run("0%").italic = True
    paragraph.add_run("。")
    written = edit(saved(source), "70%", "75%")
    assert [run.text for run in opened(written).paragraphs[0].runs] == ["占", "75%", "", "。"]


def test_insertions_go_into_the_run_before_or_else_after():
    data = word(f"<w:p>{t('甲')}{t('乙')}</w:p>{p('丙')}")
    document = read(data, "")
    assert document.text == "甲乙\n丙"
    edits = [Edit(1, 1, "一"), Edit(2, 2, "二"), Edit(3, 3, "三")]
    written = write(document, data, edits)
    assert read(written, "").text == "甲一乙二\n三丙"
    assert ">甲一</w:t>" in xml(written)
    assert ">三丙</w:t>" in xml(written)


def test_many_edits_at_once_in_any_order():
    data = word(p("一二三", "四五六") + p("七八九"))
    edits = [Edit(7, 8, "7"), Edit(1, 5, "X"), Edit(0, 1, ""), Edit(9, 10, "9<"), Edit(5, 6, "")]
    written = write(read(data, ""), data, edits)
    assert read(written, "").text == "X\n7八9<"


def test_new_text_is_escaped():
    written = edit(word(p("甲乙丙")), "乙", "<&>\"'")
    assert '<w:t xml:space="preserve">甲&lt;&amp;&gt;"\'丙</w:t>' in xml(written)


def test_references_to_characters():
    source = word("<w:p><w:r><w:t>甲&amp;乙&#x4e19;&lt;丁</w:t></w:r></w:p>")
    assert "<w:t>甲乙&#x4e19;&lt;丁</w:t>" in xml(edit(source, "&"))
    assert "<w:t>甲&amp;乙&lt;丁</w:t>" in xml(edit(source, "丙"))
    assert "<w:t>甲&amp;丙二&lt;丁</w:t>" in xml(edit(source, "乙丙", "丙二"))


def test_line_ends_inside_text():
    assert "<w:t>甲乙</w:t>" in xml(edit(word("<w:p><w:r><w:t>甲\r\n乙</w:t></w:r></w:p>"), " "))
    assert "<w:t>甲\n丙</w:t>" in xml(
        edit(word("<w:p><w:r><w:t>甲\n乙</w:t></w:r></w:p>"), "乙", "丙")
    )


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<w:t>", '<w:t xml:space="preserve"> 乙</w:t>'),
        ("<w:t w:a='>'>", "<w:t xml:space=\"preserve\" w:a='>'> 乙</w:t>"),
        ('<w:t xml:space="preserve">', '<w:t xml:space="preserve"> 乙</w:t>'),
    ],
)
def test_spaces_at_the_ends_are_preserved(tag, expected):
    source = word(f"<w:p><w:r>{tag}甲 乙</w:t></w:r></w:p>")
    written = edit(source, "甲")
    assert expected in xml(written)
    assert read(written, "").text == " 乙"


def test_no_attribute_where_no_space_needs_it():
    assert "<w:t>甲 丙</w:t>" in xml(edit(word("<w:p><w:r><w:t>甲 乙丙</w:t></w:r></w:p>"), "乙"))


def test_an_emptied_paragraph_stays():
    data = word(p("前") + p("##paidbegin##", props="<w:jc w:val='center'/>") + p("后"))
    written = edit(data, "##paidbegin##")
    assert read(written, "").text == "前\n\n后"
    assert xml(written).count("<w:p>") == 3


def test_every_other_byte_of_the_part_stays():
    before, after = (
        "<w:p w:rsid='1'  ><!-- a --><?x y?><w:r><w:t>",
        "</w:t></w:r><w:bookmarkStart/></w:p >",
    )
    data = word(before + "甲乙" + after)
    assert xml(edit(data, "乙")) == body(before + "甲" + after)


def test_edits_reach_every_kind_of_text():
    table = f"<w:tbl><w:tr><w:tc>{p('格 子')}</w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:txbxContent>{p('文本框')}</w:txbxContent></w:r>{t('锚点')}</w:p>"
    link = f"<w:p><w:hyperlink>{t('链')}<w:ins>{t('接')}</w:ins></w:hyperlink></w:p>"
    formula = "<w:p><m:oMath><m:r><m:t>公式</m:t></m:r></m:oMath></w:p>"
    reference = '<w:sectPr><w:headerReference r:id="rheader1"/><w:footerReference r:id="rfooter1"/></w:sectPr>'
    data = word(
        table + box + link + formula + reference,
        header1=p("页眉"),
        footer1=p("页脚"),
        footnotes=f'<w:footnote w:id="1">{p("脚注")}</w:footnote>',
    )
    document = read(data, "")
    words = ("格 子", "文本框", "锚点", "链接", "公式", "页眉", "页脚", "脚注")
    starts = [document.text.index(each) for each in words]
    edits = [Edit(at, at + len(each), "改") for at, each in zip(starts, words, strict=True)]
    written = read(write(document, data, edits), "")
    assert sorted(filter(None, written.text.split("\n"))) == ["改"] * len(words)


def test_other_parts_and_the_archive_stay_as_they_were():
    parts = parts_of(p("甲乙"), styles="", footnotes="")
    parts["word/media/图.bin"] = bytes(range(256)) * 20
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for index, (name, content) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6 + 2 * index))
            info.compress_type = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)[index % 2]
            info.comment, info.create_system, info.external_attr = b"note", 3, 0o644 << 16
            file.writestr(info, content)
        file.comment = "归档".encode()
    data = out.getvalue()
    written = edit(data, "乙")
    old, new = zipfile.ZipFile(BytesIO(data)), zipfile.ZipFile(BytesIO(written))
    assert new.testzip() is None
    assert new.comment == old.comment
    for before, after in zip(old.infolist(), new.infolist(), strict=True):
        for name in (
            "filename",
            "date_time",
            "compress_type",
            "comment",
            "create_system",
            "flag_bits",
            "external_attr",
        ):
            assert getattr(before, name) == getattr(after, name)
        raw = [_raw(data, before), _raw(written, after)]
        assert (raw[0] == raw[1]) == (before.filename != MAIN)


def _raw(data, info):
    start = (
        info.header_offset
        + 30
        + sum(
            int.from_bytes(data[info.header_offset + at : info.header_offset + at + 2], "little")
            for at in (26, 28)
        )
    )
    return data[start : start + info.compress_size]


def test_an_archive_written_as_a_stream():
    class Pipe:
        """A file that cannot seek: sizes follow the content of each entry."""

        def __init__(self):
            self.data = b""

        def write(self, data):
            self.data += data
            return len(data)

        def flush(self):
            pass

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts_of(p("甲乙"), styles="").items():
            file.writestr(name, content)
    written = edit(pipe.data, "乙")
    assert zipfile.ZipFile(BytesIO(written)).testzip() is None
    assert read(written, "").text == "甲"
    # Written again, from an archive where one entry has its sizes in front.
    assert read(edit(written, "甲", "丙"), "").text == "丙"


def refusal(data, start, end, new=""):
    with pytest.raises(WriteError) as caught:
        write(read(data, "稿.docx"), data, [Edit(start, end, new)])
    assert str(caught.value).startswith("稿.docx: ")
    return str(caught.value)


def test_what_is_not_text_in_the_file_cannot_be_edited():
    numbering = lists(level(0, "chineseCounting", "%1、"))
    data = word(numbered("甲"), numbering=numbering)
    assert "自动编号" in refusal(data, 0, 1, "二")
    assert "自动编号" in refusal(data, 0, 3)
    assert "自动编号" in refusal(data, 0, 0, "新")
    assert read(write(read(data, ""), data, [Edit(2, 2, "新")]), "").text == "一、新甲"

    assert "段落结尾" in refusal(word(p("甲") + p("乙")), 0, 3)
    assert "段落结尾" in refusal(word(p("") + p("乙")), 0, 0, "新")
    assert "文末" in refusal(word(p("")), 0, 0, "新")
    tab = word("<w:p>" + t("甲") + "<w:r><w:tab/></w:r>" + t("乙") + "</w:p>")
    assert "制表符" in refusal(tab, 0, 3)
    assert "换行" in refusal(
        word("<w:p>" + t("甲") + "<w:r><w:br/></w:r>" + t("乙") + "</w:p>"), 0, 3
    )
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>'
    assert "符号" in refusal(word("<w:p>" + t("2") + symbol + t("3") + "</w:p>"), 0, 3)
    assert "第2行第1列" in refusal(word(p("甲") + "<w:p><w:r><w:tab/></w:r></w:p>"), 2, 3)


@pytest.mark.parametrize("new", ["\n", "\t", "\r", "\x00", "\x0b", "\ufffe", "\ud800"])
def test_new_text_that_a_run_cannot_hold(new):
    assert "换行" in refusal(word(p("甲")), 0, 1, new)


def test_edits_that_overlap_or_lie_outside():
    data = word(p("甲乙丙"))
    document = read(data, "")
    for edits in ([Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 4, "")], [Edit(2, 1, "x")]):
        with pytest.raises(WriteError):
            write(document, data, edits)


def test_a_file_that_changed_meanwhile():
    document = read(word(p("甲")), "")
    for changed in (word(p("乙")), b"PK\x03\x04", b""):
        with pytest.raises(WriteError):
            write(document, changed, [Edit(0, 1, "")])


@pytest.mark.parametrize(
    ("settings", "closed"),
    [
        ('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>', True),
        ('<w:documentProtection w:edit="comments" w:enforcement="true"/>', True),
        ('<w:documentProtection w:edit="readOnly" w:enforcement="0"/>', False),
        ('<w:documentProtection w:edit="readOnly"/>', False),
        ('<w:writeProtection w:hashValue="AAAA" w:algorithmName="SHA-512"/>', True),
        ('<w:writeProtection w:recommended="1"/>', False),
        ('<w:trackRevisions/>', False),
    ],
)  # fmt: skip
def test_protected_documents(settings, closed):
    data = word(p("甲"), settings=settings)
    if closed:
        assert "保护" in refusal(data, 0, 1)
    else:
        assert read(edit(data, "甲", "乙"), "").text == "乙"


def test_settings_that_cannot_be_read_forbid_nothing_but_writing():
    assert "DOCTYPE" in refusal(word(p("甲"), settings=b"<!DOCTYPE x><x/>"), 0, 1)


def test_signed_documents():
    parts = parts_of(p("甲"))
    signature = archive({**parts, "_xmlsignatures/sig1.xml": "<a/>"})
    assert "签名" in refusal(signature, 0, 1)
    links = {"r1": ("officeDocument", MAIN), "r2": ("digital-signature/origin", "sign/o.sigs")}
    linked = archive({**parts, "_rels/.rels": relations(links)})
    assert "签名" in refusal(linked, 0, 1)


def test_parts_in_utf16_are_read_only():
    data = word(body(p("甲乙")).replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "UTF-16" in refusal(data, 0, 1)


def test_a_byte_order_mark_does_not_shift_the_edit():
    data = word(body(p("甲乙")).encode("utf-8-sig"))
    written = edit(data, "乙")
    assert unpacked(written)[MAIN] == body(p("甲")).encode("utf-8-sig")


def test_what_would_not_read_as_expected_is_not_written():
    # Words in a CDATA section are text, but a reference in it would not be one.
    data = word("<w:p><w:r><w:t><![CDATA[甲乙]]></w:t></w:r></w:p>")
    assert read(edit(data, "甲"), "").text == "乙"
    assert "核对" in refusal(data, 0, 1, "<")
    for inside in ("&乙", "&lt;", "&"):
        ampersand = word(f"<w:p><w:r><w:t><![CDATA[{inside}]]>丙</w:t></w:r></w:p>")
        assert read(edit(ampersand, "&"), "").text == f"{inside[1:]}丙"


def test_numbers_may_change_with_their_text():
    numbering = lists(level(0, "decimal", "%1."))
    data = word(numbered("X5亿元") + numbered("乙"), numbering=numbering)
    assert read(data, "").text == "1.X5亿元\n2.乙"
    assert read(edit(data, "X"), "").text == "1. 5亿元\n2.乙"


def test_python_docx_opens_what_is_written():
    source = docx.Document()
    source.add_heading("一、基本情况", 1)
    source.add_table(1, 1).cell(0, 0).text = "XX人"
    written = edit(edit(saved(source), "XX", "12"), "基本", "总体")
    result = opened(written)
    assert result.paragraphs[0].text == "一、总体情况"
    assert result.paragraphs[0].style.name == "Heading 1"
    assert result.tables[0].cell(0, 0).text == "12人"
