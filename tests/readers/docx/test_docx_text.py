"""What of a Word file is text, in which order, and under which address."""

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from wordfile import STRICT, W, archive, body, numbered, p, parts_of, saved, t, word

from reportlint.readers.docx import read


def text(content, **others):
    return read(word(content, **others), "a.docx").text


def shown(document):
    """The blocks as (text, kind, address)."""
    return [(document.text[b.start : b.end], b.kind, dict(b.address)) for b in document.blocks]


def test_paragraphs_of_a_real_writer():
    source = docx.Document()
    source.add_paragraph("各位代表：")
    source.add_paragraph("")
    paragraph = source.add_paragraph("现将")
    paragraph.add_run("2024年").bold = True
    paragraph.add_run("工作报告如下。")
    document = read(saved(source), "folder/a.docx")
    assert document.text == "各位代表：\n\n现将2024年工作报告如下。"
    assert document.format == "docx"
    assert document.encoding is None
    assert document.path == "folder/a.docx"
    assert shown(document) == [
        ("各位代表：", "text", {"paragraph": 1}),
        ("现将2024年工作报告如下。", "text", {"paragraph": 3}),
    ]


def test_tables_of_a_real_writer():
    source = docx.Document()
    source.add_paragraph("附表")
    table = source.add_table(2, 2)
    table.cell(0, 0).text = "单位"
    table.cell(0, 1).text = "人数"
    table.cell(1, 0).text = "东街"
    cell = table.cell(1, 1)
    cell.text = "十二"
    cell.add_paragraph("另有三")
    source.add_paragraph("完")
    inner = cell.add_table(1, 1)
    inner.cell(0, 0).text = "内"
    second = source.add_table(1, 1)
    second.cell(0, 0).text = "末"
    place = {"table": 1, "row": 2, "cell": 2}
    assert shown(read(saved(source), "")) == [
        ("附表", "text", {"paragraph": 1}),
        ("单位", "cell", {"table": 1, "row": 1, "cell": 1, "paragraph": 1}),
        ("人数", "cell", {"table": 1, "row": 1, "cell": 2, "paragraph": 1}),
        ("东街", "cell", {"table": 1, "row": 2, "cell": 1, "paragraph": 1}),
        ("十二", "cell", {**place, "paragraph": 1}),
        ("另有三", "cell", {**place, "paragraph": 2}),
        ("内", "cell", {"table": 2, "row": 1, "cell": 1, "paragraph": 1}),
        ("完", "text", {"paragraph": 2}),
        ("末", "cell", {"table": 3, "row": 1, "cell": 1, "paragraph": 1}),
    ]


def test_tables_in_tables_leave_the_outer_ones_where_they_were():
    def table(*rows):
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"

    def cells(*contents):
        return "".join(f"<w:tc>{content}</w:tc>" for content in contents)

    inmost = table(cells(p("丙")))
    inner = table(cells(p("乙一"), inmost + p("乙二")), cells(p("乙三"), p("乙四")))
    outer = table(cells(p("甲一"), inner + p("甲二")), cells(p("甲三")))
    found = [(said, *place.values()) for said, _, place in shown(read(word(outer + p("后")), ""))]
    assert found == [
        ("甲一", 1, 1, 1, 1), ("乙一", 2, 1, 1, 1), ("丙", 3, 1, 1, 1), ("乙二", 2, 1, 2, 1),
        ("乙三", 2, 2, 1, 1), ("乙四", 2, 2, 2, 1), ("甲二", 1, 1, 2, 1), ("甲三", 1, 2, 1, 1),
        ("后", 1),
    ]  # fmt: skip


def test_headers_and_footers_come_last_and_once():
    source = docx.Document()
    source.add_paragraph("正文")
    section = source.sections[0]
    section.header.paragraphs[0].text = "页眉一"
    section.footer.paragraphs[0].text = "页脚一"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "首页页眉"
    source.add_section()  # linked to the one before
    third = source.add_section()
    third.header.is_linked_to_previous = False
    third.header.paragraphs[0].text = "页眉三"
    document = read(saved(source), "")
    assert [block[2] for block in shown(document) if block[0].startswith("页")] == [
        {"header": 1, "paragraph": 1},
        {"header": 3, "paragraph": 1},
        {"footer": 1, "paragraph": 1},
    ]
    assert document.text.splitlines()[-4:] == ["页眉一", "首页页眉", "页眉三", "页脚一"]
    assert document.text.count("页眉一") == 1


def test_a_header_that_nothing_refers_to_is_not_text():
    assert text(p("正文"), header1=p("旧页眉")) == "正文"


def test_tables_and_text_boxes_in_headers_keep_the_header_in_their_address():
    box = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
    reference = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    document = read(word(p("正文") + reference, header1=table + box), "")
    assert shown(document)[1:] == [
        ("格", "cell", {"header": 1, "table": 1, "row": 1, "cell": 1, "paragraph": 1}),
        ("框", "text", {"header": 1, "textbox": 1, "paragraph": 1}),
    ]


def test_notes():
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("――")}</w:footnote>'
        f'<w:footnote w:type="continuationSeparator" w:id="0">{p("――")}</w:footnote>'
        f'<w:footnote w:id="1">{p("甲注")}</w:footnote>'
        f'<w:footnote w:id="2">{p("乙注")}{p("第二段")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'
    content = (
        "<w:p>" + t("正文") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + t("继续") + "</w:p>"
    )
    document = read(word(content, footnotes=notes, endnotes=ends), "")
    assert shown(document) == [
        ("正文继续", "text", {"paragraph": 1}),
        ("甲注", "text", {"footnote": 1, "paragraph": 1}),
        ("乙注", "text", {"footnote": 2, "paragraph": 1}),
        ("第二段", "text", {"footnote": 2, "paragraph": 2}),
        ("尾注", "text", {"endnote": 1, "paragraph": 1}),
    ]


def test_a_field_left_open_in_one_note_does_not_hide_the_next():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    notes = (
        f'<w:footnote w:id="1"><w:p>{begin}{begin}{t("甲")}</w:p></w:footnote>'
        f'<w:footnote w:id="2">{p("乙")}</w:footnote>'
    )
    assert text(p("正文"), footnotes=notes).split("\n") == ["正文", "", "乙"]


def test_tabs_breaks_and_special_characters():
    content = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>"
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:ptab/><w:t>2024</w:t>"
        "<w:noBreakHyphen/><w:t>2025</w:t><w:softHyphen/><w:t>年</w:t></w:r></w:p>"
    )
    assert text(content) == "甲\t乙\t2024-2025年"


def test_a_line_break_makes_two_lines_of_one_address():
    source = docx.Document()
    paragraph = source.add_paragraph("上")
    paragraph.runs[0].add_break()
    paragraph.add_run("下").add_break(WD_BREAK.PAGE)
    paragraph.add_run("次页")
    document = read(saved(source), "")
    assert document.text == "上\n下\n次页"
    assert shown(document) == [(line, "text", {"paragraph": 1}) for line in ("上", "下", "次页")]


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Wingdings 2", "F052", "☑"),
        ("Symbol", "F0B4", "×"),
        ("Symbol", "00B1", "±"),
        ("Symbol", "F061", "α"),
        ("宋体", "2460", "①"),
        ("Webdings", "F041", "▪"),
        ("宋体", "E123", "▪"),
        ("宋体", "", "▪"),
        ("宋体", "zz", "▪"),
        ("宋体", "D800", "▪"),
        ("宋体", "FFFFFFFFFF", "▪"),
        ("宋体", "-5", "▪"),
    ],
)
def test_symbols(font, code, character):
    content = f'<w:p>{t("甲")}<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>{t("乙")}</w:p>'
    assert text(content) == f"甲{character}乙"


def test_only_results_of_fields_are_text():
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    page = char("begin") + "<w:r><w:instrText> PAGE </w:instrText></w:r>" + char("separate")
    nested = (
        char("begin") + "<w:r><w:instrText> IF </w:instrText></w:r>"
        + page + t("7") + char("end")
        + "<w:r><w:instrText> = 1 </w:instrText></w:r>" + char("separate") + t("结果") + char("end")
    )  # fmt: skip
    simple = f'<w:fldSimple w:instr=" DATE ">{t("1日")}</w:fldSimple>'
    assert text(f"<w:p>{t('第')}{page}{t('3')}{char('end')}{t('页')}</w:p>") == "第3页"
    assert text(f"<w:p>{nested}{t('。')}</w:p>") == "结果。"
    assert text(f"<w:p>{simple}</w:p>") == "1日"
    assert text(f"<w:p>{char('begin')}{char('end')}{t('后')}</w:p>") == "后"


def test_fields_in_the_results_of_fields_and_in_links():
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def field(instruction, result):
        said = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        return char("begin") + said + char("separate") + result + char("end")

    simple = f'<w:fldSimple w:instr=" SEQ ">{t("3")}</w:fldSimple>'
    link = field(' HYPERLINK "a" ', t("见表") + field(" REF ", t("2")) + simple)
    assert text(f"<w:p>{link}{t('。')}</w:p>") == "见表23。"
    inner = f'<w:fldSimple w:instr=" IF ">{t("甲")}{field(" REF ", t("乙"))}</w:fldSimple>'
    assert text(f'<w:p><w:hyperlink w:anchor="a">{inner}{t("丙")}</w:hyperlink></w:p>') == "甲乙丙"
    # no result: nothing stands there
    assert (
        text(
            f"<w:p>{char('begin')}<w:r><w:instrText> XE 甲 </w:instrText></w:r>{char('end')}</w:p>"
        )
        == ""
    )


def test_a_button_shows_what_its_instruction_says():
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def button(*said):
        runs = "".join(
            f'<w:r><w:instrText xml:space="preserve">{s}</w:instrText></w:r>' for s in said
        )
        return char("begin") + runs + char("end")

    whole = button(" MACROBUTTON  NoMacro [点击此处", "输入 单位] ")
    assert text(f"<w:p>{t('单位：')}{whole}{t('。')}</w:p>") == "单位：[点击此处输入 单位]。"
    assert text(f"<w:p>{button(' GoToButton Mark 转到')}</w:p>") == "转到"
    assert text(f"<w:p>{button(' MACROBUTTON NoMacro ')}{button('MACROBUTTONS a b')}</w:p>") == ""
    nested = char("begin") + "<w:r><w:instrText> IF </w:instrText></w:r>" + whole + char("separate")
    assert text(f"<w:p>{nested}{t('结果')}{char('end')}</w:p>") == "结果"


def test_a_field_may_span_paragraphs_and_hold_a_text_box():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r>'
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    content = f"<w:p>{begin}{box}{middle}{t('甲')}</w:p>{p('乙')}<w:p>{end}{t('丙')}</w:p>"
    assert text(content).split("\n") == ["甲", "框", "乙", "丙"]


def test_insertions_are_read_and_deletions_are_not():
    content = (
        "<w:p>" + t("共")
        + f'<w:ins w:id="1" w:author="a">{t("三")}</w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>二</w:delText><w:tab/></w:r></w:del>'
        + f'<w:moveFrom w:id="3">{t("走")}</w:moveFrom><w:moveTo w:id="4">{t("来")}</w:moveTo>'
        + f'<w:ins w:id="5"><w:del w:id="6">{t("又")}</w:del></w:ins>'
        + t("人") + "</w:p>"
    )  # fmt: skip
    assert text(content) == "共三来人"


def test_paragraphs_that_were_moved_are_read_where_they_are_now():
    def moved(kind, said):
        mark = f'<w:rPr><w:{kind} w:id="1" w:author="a"/></w:rPr>'
        bounds = f'<w:{kind}RangeStart w:id="2" w:name="m"/>', f'<w:{kind}RangeEnd w:id="2"/>'
        inside = f'<w:{kind} w:id="3" w:author="a">{t(said)}</w:{kind}>'
        return f"<w:p><w:pPr>{mark}</w:pPr>{bounds[0]}{inside}{bounds[1]}</w:p>"

    content = (
        p("甲") + moved("moveFrom", "移动的段") + p("乙") + moved("moveTo", "移动的段") + p("丙")
    )
    assert text(content) == "甲\n乙\n移动的段\n丙"


def test_deleted_paragraph_marks_join_paragraphs():
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    content = p("前", props=gone) + p("中", props=gone) + p("后") + p("另")
    assert shown(read(word(content), "")) == [
        ("前中后", "text", {"paragraph": 3}),
        ("另", "text", {"paragraph": 4}),
    ]


def test_a_paragraph_deleted_whole_takes_no_number():
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        '<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    content = numbered("甲") + gone + numbered("乙")
    assert text(content, numbering=numbering) == "1.甲\n2.乙"


def test_a_joined_paragraph_stays_within_its_cell():
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    row = f"<w:tr><w:tc>{p('甲', props=gone)}</w:tc><w:tc>{p('乙')}</w:tc></w:tr>"
    content = p("前", props=gone) + f"<w:tbl>{row}</w:tbl>" + p("后", props=gone)
    assert text(content) == "前\n甲\n乙\n后"


def test_deleted_rows_are_not_text():
    rows = "".join(
        f"<w:tr><w:trPr>{change}</w:trPr><w:tc>{p(word_)}</w:tc></w:tr>"
        for word_, change in (("甲", ""), ("乙", "<w:del w:id='1'/>"), ("丙", "<w:ins w:id='2'/>"))
    )
    document = read(word(f"<w:tbl>{rows}</w:tbl>"), "")
    assert [(block[0], block[2]["row"]) for block in shown(document)] == [("甲", 1), ("丙", 3)]


def test_former_properties_do_not_count():
    former = (
        '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="heading 1"/><w:outlineLvl w:val="0"/>'
        "</w:pPr></w:pPrChange>"
    )
    assert shown(read(word(p("正文", props=former)), ""))[0][1] == "text"


def test_wrappers_are_seen_through():
    content = (
        f'<w:sdt><w:sdtPr><w:alias w:val="a"/><w:tab/></w:sdtPr><w:sdtContent>{p("控件")}'
        "</w:sdtContent></w:sdt><w:p>"
        f'<w:hyperlink r:id="x">{t("链接")}</w:hyperlink><w:smartTag w:element="e">{t("标签")}'
        f"</w:smartTag><w:sdt><w:sdtContent>{t('内')}</w:sdtContent></w:sdt>"
        f'<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="b"/>{t("尾")}</w:p>'
    )
    assert shown(read(word(content), "")) == [
        ("控件", "text", {"paragraph": 1}),
        ("链接标签内尾", "text", {"paragraph": 2}),
    ]


def test_alternate_content_is_read_once_wherever_it_stands():
    def either(choice, other, fallback):
        return (
            f'<mc:AlternateContent><mc:Choice Requires="w14">{choice}</mc:Choice>'
            f'<mc:Choice Requires="w15">{other}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )

    run = f"<w:r>{either('<w:t>甲</w:t>', '<w:t>乙</w:t>', '<w:t>丙</w:t>')}</w:r>"
    nested = either(either(t("丁"), t("戊"), ""), "", t("己"))
    content = either(p("块一"), p("块二"), p("块三")) + f"<w:p>{run}{nested}</w:p>"
    assert text(content) == "块一\n甲丁"


def test_emoji_are_read_though_they_are_written_as_symbols_of_word():
    space = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    run = (
        f'<w:r><mc:AlternateContent {space}><mc:Choice Requires="w16se"><w16se:symEx '
        'w16se:font="Segoe UI Emoji" w16se:char="{}"/></mc:Choice><mc:Fallback><w:t>{}</w:t>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    content = f"<w:p>{t('好')}{run.format('1F600', '😀')}{run.format('2611', '☑')}</w:p>"
    assert text(content) == "好😀☑"
    assert text(f"<w:p>{run.format('XYZ', '')}{run.format('110000', '')}</w:p>") == "▪▪"


def test_hidden_text_is_read_and_comments_and_ruby_are_not():
    content = (
        "<w:p>" + t("隐", "<w:rPr><w:vanish/></w:rPr>")
        + '<w:commentRangeStart w:id="0"/>' + t("藏")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        + f"<w:r><w:ruby><w:rt>{t('pin')}</w:rt><w:rubyBase>{t('拼')}</w:rubyBase></w:ruby></w:r>"
        + "</w:p>"
    )  # fmt: skip
    assert text(content) == "隐藏拼"


def test_text_boxes_come_once_and_after_their_paragraph():
    def box(inside):
        return f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"

    alternate = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box(p("框一") + p("框二"))}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('框一')}{p('框二')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    only = f"<w:r><mc:AlternateContent><mc:Fallback>{box(p('备'))}</mc:Fallback></mc:AlternateContent></w:r>"
    content = f"<w:p>{t('前')}{alternate}{t('后')}</w:p><w:p>{old}{only}</w:p>{p('完')}"
    document = read(word(content), "")
    assert document.text == "前后\n框一\n框二\n\n旧框\n备\n完"
    assert shown(document) == [
        ("前后", "text", {"paragraph": 1}),
        ("框一", "text", {"textbox": 1, "paragraph": 1}),
        ("框二", "text", {"textbox": 1, "paragraph": 2}),
        ("旧框", "text", {"textbox": 2, "paragraph": 1}),
        ("备", "text", {"textbox": 3, "paragraph": 1}),
        ("完", "text", {"paragraph": 3}),
    ]


def test_a_table_in_a_text_box_and_a_text_box_in_a_table():
    def box(inside):
        return f"<w:r><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></w:r>"

    def table(inside):
        return f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"

    content = table(f"<w:p>{t('格')}{box(table(p('深')))}</w:p>")
    assert shown(read(word(content), "")) == [
        ("格", "cell", {"table": 1, "row": 1, "cell": 1, "paragraph": 1}),
        ("深", "cell", {"textbox": 1, "table": 2, "row": 1, "cell": 1, "paragraph": 1}),
    ]


def test_formulas_are_text():
    fraction = (
        "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    )
    assert text(f"<w:p>{t('占')}<m:oMath>{fraction}</m:oMath></w:p>") == "占3/4"


def test_white_space_of_text():
    def run(inside, attributes=""):
        return f"<w:p><w:r><w:t{attributes}>{inside}</w:t></w:r></w:p>"

    assert text(run("\n  甲 乙\t\n")) == "甲 乙"
    assert text(run(" 甲 ", ' xml:space="preserve"')) == " 甲 "
    assert text(run("甲\n乙&#13;&#10;丙")) == "甲 乙  丙"
    assert text(run(" &#32; ")) == ""
    preserved = body(run(" 甲 ") + run(" 乙 ", ' xml:space="default"')).replace(
        "<w:document ", '<w:document xml:space="preserve" '
    )
    assert text(preserved) == " 甲 \n乙"


def test_references_and_sections_of_characters():
    content = "<w:p><w:r><w:t>A&amp;B&lt;&#x4e2d;&#22269;<![CDATA[<&>]]>]</w:t></w:r></w:p>"
    assert text(content) == "A&B<中国<&>]"


def test_lines_of_white_space_are_no_blocks():
    document = read(word(p("　") + p("") + p("甲")), "")
    assert document.text == "　\n\n甲"
    assert shown(document) == [("甲", "text", {"paragraph": 3})]


def test_strict_documents_and_other_prefixes():
    strict = body(p("严格"), f'xmlns:w="{STRICT}"')
    assert text(strict) == "严格"
    renamed = body(p("改名")).replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
    plain = f'<document xmlns="{W}"><body><p><r><t>无前缀</t></r></p></body></document>'
    assert text(plain.encode()) == "无前缀"
    assert text(renamed.encode()) == "改名"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_a_part(encoding):
    part = body(p("编码")).replace("UTF-8", "UTF-16" if "16" in encoding else "UTF-8")
    assert text(part.encode(encoding)) == "编码"


def test_the_main_part_is_where_the_package_says():
    parts = parts_of(p("正文"))
    parts["文/正文.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("word/document.xml", "/文/正文.xml")
    del parts["word/_rels/document.xml.rels"]
    assert read(archive(parts), "").text == "正文"
    del parts["_rels/.rels"]
    parts["word/document.xml"] = parts["文/正文.xml"]
    assert read(archive(parts), "").text == "正文"


def test_names_of_parts_ignore_case_and_kind_of_slash():
    parts = parts_of(p("正文"), styles="")
    parts["Word\\Document.XML"] = parts.pop("word/document.xml")
    assert read(archive(parts), "").text == "正文"


def test_outline_evidence_from_a_real_writer():
    source = docx.Document()
    source.add_heading("工作报告", 0)
    source.add_heading("一、基本情况", 1)
    source.add_heading("（一）班子建设", 2)
    marked = source.add_paragraph("二、主要问题")
    level = marked._p.get_or_add_pPr().makeelement(qn("w:outlineLvl"), {qn("w:val"): "0"})
    marked._p.pPr.append(level)
    source.add_paragraph("正文。")
    blocks = read(saved(source), "").blocks
    assert [(block.kind, block.level) for block in blocks] == [
        ("text", 0),
        ("heading", 1),
        ("heading", 2),
        ("heading", 1),
        ("text", 0),
    ]
