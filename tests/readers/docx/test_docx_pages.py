"""Pages in addresses: where the file says them, on what begins there, and never on a guess."""

import pytest
from wordfile import R, archive, p, parts_of, t, word

from reportlint.readers.docx import read

BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"
BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def file(content, pages, strict=False, **others):
    """A file that says it has so many pages."""
    held = parts_of(content, **others)
    kind = "extendedProperties" if strict else "extended-properties"
    link = f'<Relationship Id="r9" Type="{R}/{kind}" Target="docProps/app.xml"/></Relationships>'
    held["_rels/.rels"] = held["_rels/.rels"].replace("</Relationships>", link)
    space = "http://purl.oclc.org/ooxml/officeDocument/extendedProperties" if strict else SPACE
    held["docProps/app.xml"] = f'<Properties xmlns="{space}"><Pages>{pages}</Pages></Properties>'
    return archive(held)


def paged(content, pages, **others):
    """What each block says, and on which page it is said to begin."""
    document = read(file(content, pages, **others), "")
    return [(document.text[b.start : b.end], b.address.get("page")) for b in document.blocks]


def para(*inside):
    return f"<w:p>{''.join(inside)}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize("strict", [False, True])
def test_paragraphs_are_on_the_page_where_they_begin(strict):
    content = (
        p("甲")
        + para(t("乙"), BREAK, t("乙二"))
        + p("丙")
        + para("<w:r><w:lastRenderedPageBreak/><w:t>丁</w:t></w:r>")
        + para('<w:r><w:br w:type="page"/></w:r>')
        + para(BREAK, t("戊"))
    )
    assert paged(content, 4, strict=strict) == [
        ("甲", 1), ("乙乙二", 1), ("丙", 2), ("丁", 3), ("戊", 4),
    ]  # fmt: skip
    address = read(file(content, 4), "").blocks[-1].address
    assert list(address.items()) == [("paragraph", 6), ("page", 4)]


@pytest.mark.parametrize("pages", [1, 3, "", "x", "9" * 5000])
def test_where_the_file_contradicts_itself_no_page_is_told(pages):
    assert paged(p("甲") + para(BREAK, t("乙")), pages) == [("甲", None), ("乙", None)]


def test_without_page_ends_or_properties_no_page_is_told():
    assert paged(p("甲"), 1) == [("甲", None)]
    document = read(word(p("甲") + para(BREAK, t("乙"))), "")
    assert [block.address.get("page") for block in document.blocks] == [None, None]


def test_cells_of_a_row_lie_side_by_side():
    long_ = para(t("左"), BREAK, t("续"), BREAK) + p("左末")
    rows = table((p("头"), p("头")), (long_, para(t("右"), BREAK) + p("右末")), (p("下"), p("下")))
    assert paged(rows + p("后"), 3) == [
        ("头", 1), ("头", 1), ("左续", 1), ("左末", 3), ("右", 1), ("右末", 2),
        ("下", 3), ("下", 3), ("后", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("again", ["", BREAK])
def test_a_row_that_begins_on_a_new_page(again):
    rows = table((p("上"), p("上")), (para(BREAK, t("左")), para(again, t("右"))))
    assert paged(rows + p("后"), 2) == [("上", 1), ("上", 1), ("左", 2), ("右", 2), ("后", 2)]


def test_tables_in_tables():
    inner = table((para(BREAK, t("内")), p("内右")))
    rows = table((p("左") + inner + p("左末"), p("右")))
    assert paged(rows + p("后"), 2) == [
        ("左", 1), ("内", 2), ("内右", 2), ("左末", 2), ("右", 1), ("后", 2),
    ]  # fmt: skip


def test_text_boxes_are_on_the_page_of_what_they_hang_on_and_notes_on_none():
    boxed = para(t("甲"), BOX.format(para(BREAK, t("框")) + table((p("格"),))))
    reference = '<w:sectPr><w:headerReference r:id="rheader1"/></w:sectPr>'
    notes = f'<w:footnote w:id="2">{para(BREAK, t("注"))}</w:footnote>'
    content = p("前") + para(BREAK, t("首")) + boxed + reference
    assert paged(content, 2, footnotes=notes, header1=p("眉")) == [
        ("前", 1), ("首", 2), ("甲", 2), ("框", 2), ("格", 2), ("注", None), ("眉", None),
    ]  # fmt: skip


def test_what_was_deleted_or_comes_twice_turns_no_page():
    deleted = f'<w:del w:id="1">{BREAK}</w:del>'
    twice = f"<mc:AlternateContent><mc:Choice>{BREAK}</mc:Choice><mc:Fallback>{BREAK}</mc:Fallback></mc:AlternateContent>"
    assert paged(para(t("甲"), deleted, twice) + p("乙"), 2) == [("甲", 1), ("乙", 2)]
