"""What a Word file holds on words besides them: where each trace begins and ends."""

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor
from wordfile import element, p, saved, t, word

from reportlint.readers.docx import read

BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def traces(data):
    """Kind, detail and words of each trace."""
    document = read(data, "")
    return [(x.kind, x.detail, document.text[x.start : x.end]) for x in document.traces]


def run(text, *properties):
    return t(text, f"<w:rPr>{''.join(properties)}</w:rPr>")


def paragraph(*runs, props=""):
    return f"<w:p>{props}{''.join(runs)}</w:p>"


def test_marks_of_a_real_writer():
    source = docx.Document()
    line = source.add_paragraph("全镇修路")
    line.add_run("12公里").font.highlight_color = WD_COLOR_INDEX.YELLOW
    line.add_run("，通水").font.color.rgb = RGBColor(0xFF, 0, 0)
    line.add_run("3处").font.strike = True
    line.add_run("（存疑）").font.hidden = True
    line.add_run("黑").font.color.rgb = RGBColor(0, 0, 0)
    assert traces(saved(source)) == [
        ("highlight", "", "12公里"),
        ("red", "", "，通水"),
        ("struck", "", "3处"),
        ("hidden", "", "（存疑）"),
    ]


@pytest.mark.parametrize(
    ("properties", "kinds"),
    [
        ('<w:color w:val="FF0000"/>', ["red"]),
        ('<w:color w:val="c00000"/>', ["red"]),
        ('<w:color w:val="EE0000"/>', ["red"]),
        ('<w:color w:val="FF6600"/>', []),
        ('<w:color w:val="auto"/>', []),
        ('<w:color w:val="800000"/>', []),
        ("<w:color/>", []),
        ('<w:highlight w:val="none"/>', []),
        ('<w:highlight w:val="white"/>', []),
        ('<w:highlight w:val="cyan"/>', ["highlight"]),
        ('<w:shd w:val="clear" w:fill="FFFF00"/>', ["highlight"]),
        ('<w:shd w:val="clear" w:fill="FFFFFF"/>', []),
        ('<w:shd w:val="clear" w:fill="D9D9D9"/>', []),
        ('<w:shd w:val="clear" w:fill="auto"/>', []),
        ("<w:vanish/>", ["hidden"]),
        ('<w:vanish w:val="0"/>', []),
        ("<w:dstrike/>", ["struck"]),
        ('<w:strike w:val="false"/>', []),
        ("<w:webHidden/>", []),
        ('<w:rPrChange w:author="甲"><w:rPr><w:vanish/></w:rPr></w:rPrChange>', ["formatting"]),
    ],
)
def test_properties(properties, kinds):
    assert [kind for kind, _, _ in traces(word(paragraph(run("甲", properties))))] == kinds


def test_only_properties_of_the_run_itself_count():
    mark = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
    cell = '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="FFFF00"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
    inside = paragraph(BOX.format(mark and cell.format(p("框"))), t("外"), props=mark)
    assert traces(word(inside + cell.format(p("格")))) == []
    hidden = paragraph(run("甲", "<w:vanish/>") + BOX.format(p("框")), t("乙"))
    assert traces(word(hidden)) == [("hidden", "", "甲")]


def test_words_cut_into_runs_bear_one_trace():
    marked = [run(text, "<w:vanish/>") for text in ("甲", "乙", "丙")]
    apart = paragraph(*marked, t("丁"), run("戊", "<w:vanish/>"))
    assert traces(word(apart)) == [("hidden", "", "甲乙丙"), ("hidden", "", "戊")]


def test_tracked_changes():
    inside = paragraph(
        t("甲"),
        f'<w:ins w:author="张">{t("乙")}{t("丙")}</w:ins>',
        '<w:del w:author="李"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        t("丁"),
        f'<w:moveFrom w:author="王">{t("移")}</w:moveFrom>',
        f'<w:moveTo w:author="王">{t("移")}</w:moveTo>',
        f"<w:ins>{t('戊')}</w:ins>",
    )
    assert read(word(inside), "").text == "甲乙丙丁移戊"
    assert traces(word(inside)) == [
        ("insertion", "张", "乙丙"),
        ("deletion", "李", ""),
        ("move", "王", "移"),
        ("insertion", "", "戊"),
    ]


def test_changes_of_paragraphs_and_rows():
    mark = '<w:pPr><w:rPr><w:ins w:author="张"/></w:rPr></w:pPr>'
    gone = '<w:pPr><w:rPr><w:del w:author="李"/></w:rPr></w:pPr>'
    look = '<w:pPr><w:pPrChange w:author="王"><w:pPr/></w:pPrChange></w:pPr>'
    row = '<w:tr><w:trPr><w:del w:author="赵"/></w:trPr><w:tc>' + p("旧") + "</w:tc></w:tr>"
    content = paragraph(t("甲"), props=mark) + paragraph(t("乙"), props=gone)
    content += paragraph(t("丙"), props=look) + f"<w:tbl>{row}</w:tbl>" + p("丁")
    assert read(word(content), "").text == "甲\n乙丙\n丁"
    assert traces(word(content)) == [
        ("insertion", "张", ""),
        ("formatting", "王", "乙丙"),
        ("deletion", "李", ""),
        ("deletion", "赵", ""),
    ]


def test_content_controls_that_show_their_prompt():
    open_one = "<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = open_one.replace("<w:showingPlcHdr/>", "<w:text/>")
    off = open_one.replace("<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="0"/>')
    inline = paragraph(
        t("单位："), open_one.format(t("单击此处") + t("输入")), filled.format(t("甲"))
    )
    assert traces(word(inline)) == [("slot", "control", "单击此处输入")]
    blocks = open_one.format(p("一") + p("") + p("二")) + off.format(p("三")) + p("四")
    assert traces(word(blocks)) == [("slot", "control", "一"), ("slot", "control", "二")]
    boxed = paragraph(t("外"), BOX.format(open_one.format(p("框里"))), t("后"))
    assert traces(word(boxed)) == [("slot", "control", "框里")]
    cell = f"<w:tbl><w:tr>{open_one.format('<w:tc>' + p('格') + '</w:tc>')}</w:tr></w:tbl>"
    assert traces(word(cell)) == [("slot", "control", "格")]
    row = "<w:tr>" + "".join(f"<w:tc>{p(said)}</w:tc>" for said in "左右") + "</w:tr>"
    rows = f"<w:tbl>{open_one.format(row)}<w:tr><w:tc>{p('下')}</w:tc></w:tr></w:tbl>"
    assert traces(word(rows)) == [("slot", "control", "左"), ("slot", "control", "右")]


def test_buttons_with_a_prompt_are_placeholders():
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    said = "<w:r><w:instrText> MACROBUTTON NoMacro [点击此处输入] </w:instrText></w:r>"
    inside = paragraph(t("单位"), char.format("begin") + said + char.format("end"), t("。"))
    assert traces(word(inside)) == [("slot", "placeholder", "[点击此处输入]")]


def test_styles_of_characters():
    styles = (
        '<w:style w:type="character" w:styleId="a1"><w:name w:val="Placeholder Text"/></w:style>'
        '<w:style w:type="character" w:styleId="a2"><w:basedOn w:val="a1"/></w:style>'
        '<w:style w:type="character" w:styleId="a3"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="a4"><w:basedOn w:val="a3"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="a5"><w:basedOn w:val="a5"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a6"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    names = ("a1", "a2", "a3", "a4", "a5", "PlaceholderText", "none")
    runs = [run(name, f'<w:rStyle w:val="{name}"/>') for name in names]
    assert traces(word(paragraph(*runs), styles=styles)) == [
        ("slot", "style", "a1a2"),
        ("hidden", "", "a3"),
        ("slot", "style", "PlaceholderText"),
    ]


def test_form_fields():
    def field(shown, data="<w:ffData><w:textInput/></w:ffData>"):
        char = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
        return (
            char.format("begin", data) + "<w:r><w:instrText>FORMTEXT</w:instrText></w:r>"
            + char.format("separate", "") + t(shown) + char.format("end", "")
        )  # fmt: skip

    empty = "\u2002" * 5
    inside = paragraph(t("单位"), field(empty), t("电话"), field("123"), field("  ", ""))
    assert traces(word(inside)) == [("slot", "field", empty)]


def test_traces_in_other_stories():
    held = f'<w:footnote w:id="2">{paragraph(run("注", "<w:vanish/>"))}</w:footnote>'
    data = word(p("甲") + '<w:sectPr><w:headerReference r:id="rheader1"/></w:sectPr>',
                footnotes=held, header1=paragraph(run("眉", '<w:highlight w:val="red"/>')))  # fmt: skip
    assert traces(data) == [("hidden", "", "注"), ("highlight", "", "眉")]


def test_table_styles_and_the_list_of_styles_are_passed_over():
    table = '<w:style w:type="table" w:styleId="t"><w:name w:val="heading 1"/></w:style>'
    latent = '<w:latentStyles w:count="1"><w:lsdException w:name="toc 1"/></w:latentStyles>'
    right = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 2"/></w:style>'
    for styles in (
        latent + table + right + table,
        '<w:latentStyles/><w:style w:type="table"/>' + right,
        table.replace("</w:style>", "\n<w:pPr/></w:style>") + right,
    ):
        data = word(p("甲", props='<w:pStyle w:val="h"/>'), styles=styles)
        assert [(b.kind, b.level) for b in read(data, "").blocks] == [("heading", 2)]
    broken = element("styles", table + "\n\n<w:style").encode()
    with pytest.raises(Exception, match="line 4"):
        read(word(p("甲"), styles=broken), "")
