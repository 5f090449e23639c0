"""Headings and contents entries by style."""

import pytest
from wordfile import p, word

from reportlint.readers.docx import read


def style(style_id, name=None, based_on=None, props="", kind="paragraph", default=""):
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"{default}>'
        + (f'<w:name w:val="{name}"/>' if name else "")
        + (f'<w:basedOn w:val="{based_on}"/>' if based_on else "")
        + f"<w:pPr>{props}</w:pPr></w:style>"
    )


def outline(level):
    return f'<w:outlineLvl w:val="{level}"/>'


def kinds(styles, *used, props=""):
    """(kind, level) of one paragraph for each style id."""
    content = "".join(
        p("文字", props=(f'<w:pStyle w:val="{one}"/>' if one else "") + props) for one in used
    )
    return [(b.kind, b.level) for b in read(word(content, styles=styles), "").blocks]


@pytest.mark.parametrize("name", ["heading 2", "Heading 2", "标题 2", "标题2"])
def test_heading_by_name(name):
    assert kinds(style("a", name), "a") == [("heading", 2)]


def test_heading_by_id_without_a_style():
    assert kinds("", "Heading3", "标题1", "Normal") == [("heading", 3), ("heading", 1), ("text", 0)]


def test_heading_by_the_chain_of_styles():
    styles = (
        style("a", "一级", "b") + style("b", "二级", "c") + style("c", "三级", props=outline(3))
    )
    assert kinds(styles, "a", "b") == [("heading", 4)] * 2


def test_the_nearest_style_decides():
    styles = style("1", "heading 1", props=outline(0)) + style("a", "正文", "1", outline(9))
    assert kinds(styles, "1", "a") == [("heading", 1), ("text", 0)]


def test_the_paragraph_decides_before_its_style():
    styles = style("1", "heading 1")
    assert kinds(styles, "1", props=outline(9)) == [("text", 0)]
    assert kinds(styles, None, props=outline(2)) == [("heading", 3)]


def test_the_default_style():
    styles = style("n", "Normal", props=outline(1), default=' w:default="1"')
    assert kinds(styles, None) == [("heading", 2)]


def test_a_style_of_characters_or_tables_is_no_heading():
    assert kinds(style("c", "heading 1", kind="character"), "c") == [("text", 0)]


@pytest.mark.parametrize("name", ["toc 1", "TOC 3", "目录 2"])
def test_contents_entries_are_opaque(name):
    assert kinds(style("t", name), "t") == [("opaque", 0)]


def test_no_headings_in_cells_headers_and_notes():
    heading = p("标题", props='<w:pStyle w:val="Heading1"/>')
    reference = '<w:sectPr><w:headerReference r:id="rheader1"/></w:sectPr>'
    content = f"<w:tbl><w:tr><w:tc>{heading}</w:tc></w:tr></w:tbl>{reference}"
    notes = f'<w:footnote w:id="1">{heading}</w:footnote>'
    document = read(word(content, header1=heading, footnotes=notes), "")
    assert [block.kind for block in document.blocks] == ["cell", "text", "text"]


def test_headings_in_text_boxes():
    heading = p("标题", props='<w:pStyle w:val="Heading1"/>')
    content = f"<w:p><w:r><w:txbxContent>{heading}</w:txbxContent></w:r></w:p>"
    assert [block.kind for block in read(word(content), "").blocks] == ["heading"]


@pytest.mark.parametrize(
    "styles",
    [
        style("a", "甲", "a"),
        style("a", "甲", "b") + style("b", "乙", "c") + style("c", "丙", "a"),
        style("a", "甲", "missing"),
        '<w:style w:type="paragraph"><w:name w:val="heading 1"/></w:style>',
        style("a", "甲", props='<w:outlineLvl w:val="x"/><w:numPr><w:numId w:val="-1"/></w:numPr>'),
    ],
)
def test_broken_styles_are_text(styles):
    assert kinds(styles, "a") == [("text", 0)]
