"""Where comments and changes go, and what of a file they touch."""

from __future__ import annotations

import io

import docx
import pytest

from reportlint import runner
from reportlint.annotate import Note
from reportlint.annotate.notes import notes_of
from reportlint.annotate.word import annotate, clean
from reportlint.errors import WriteError
from reportlint.findings import Edit
from reportlint.readers.docx import read
from reportlint.settings import Settings
from tests.annotate.anchored import MAIN, STAMP, W, comments, parts, root, shape, words
from tests.readers.docx.wordfile import (
    STRICT,
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
    word,
)

LINKS = "word/_rels/document.xml.rels"
COMMENT = '<w:comment w:id="4" w:author="甲"><w:p><w:r><w:t>核实</w:t></w:r></w:p></w:comment>'


def note(data: bytes, quoted: str, new: str | None = None, nth: int = 0) -> Note:
    """A note on the words quoted, and a fix that puts ``new`` in their place."""
    text = read(data, "").text
    start = -1
    for _ in range(nth + 1):
        start = text.index(quoted, start + 1)
    end = start + len(quoted)
    edits = () if new is None else (Edit(start, end, new),)
    return Note(start, end, ("说明",), edits, "已写成修订", "建议" if edits else "")


def marked(data: bytes, *notes: Note) -> bytes:
    """The file with notes in it; taking them out gives back every part."""
    made = annotate(data, "a.docx", notes, STAMP)
    assert parts(clean(made.data)) == parts(data)
    return made.data


def only(found: dict[str, str]) -> str:
    (text,) = found.values()
    return text


def test_python_docx_reads_every_comment_on_its_words() -> None:
    source = docx.Document()
    paragraph = source.add_paragraph("全年接待群众")
    paragraph.add_run("XX").bold = True
    paragraph.add_run("人次，投入X万元。")
    source.add_table(1, 1).cell(0, 0).text = "格中XX"
    data = saved(source)
    made = marked(data, note(data, "XX"), note(data, "X万元"), note(data, "中X"))
    document = opened(made)
    assert [(c.author, c.initials, c.text, c.timestamp.isoformat()) for c in document.comments] == [
        ("reportlint", "RL", "说明", "2026-01-02T03:04:05+00:00")
    ] * 3
    assert list(words(made).values()) == ["XX", "X万元", "中X"]
    runs = document.paragraphs[0].runs
    assert [(r.text, r.bold) for r in runs if r.text] == [
        ("全年接待群众", None),
        ("XX", True),
        ("人次，投入", None),
        ("X万元", None),
        ("。", None),
    ]
    assert shape(root(made)) == shape(root(data))


def test_every_other_part_is_carried_over_as_it_lies_in_the_archive() -> None:
    held = parts_of(p("甲XX乙"), styles="", settings="")
    held["word/vbaProject.bin"] = bytes(range(256)) * 50
    held["word/media/image1.png"] = b"\x89PNG" + bytes(3000)
    data = archive(held)
    made = marked(data, note(data, "XX"))
    touched = {MAIN, "[Content_Types].xml", "word/_rels/document.xml.rels"}
    new = {"word/comments.xml", "reportlint/undo.json"}
    after = parts(made)
    assert after.keys() == held.keys() | new
    for name, content in parts(data).items():
        assert (after[name] == content) == (name not in touched)
    raw = data[data.index(b"word/media/image1.png") :][:200]
    assert raw[: raw.index(b"PK")] in made


def test_the_new_parts_are_declared() -> None:
    data = word(p("甲XX乙"))
    held = parts(marked(data, note(data, "XX")))
    types = held["[Content_Types].xml"].decode()
    assert 'PartName="/word/comments.xml"' in types
    assert 'PartName="/reportlint/undo.json"' in types
    assert 'Target="comments.xml"' in held["word/_rels/document.xml.rels"].decode()


def test_comments_of_others_stay_and_numbers_do_not_clash() -> None:
    inside = p("甲XX乙").replace(
        "<w:r>", '<w:commentRangeStart w:id="4"/><w:r>', 1
    ).replace("</w:p>", '<w:commentRangeEnd w:id="4"/></w:p>')  # fmt: skip
    held = parts_of(inside, comments=body("").replace("document", "comments").encode())
    held["word/comments.xml"] = (
        held["word/comments.xml"].decode().replace("<w:body></w:body>", COMMENT).encode()
    )
    data = archive(held)
    made = marked(data, note(data, "XX"))
    held_now = root(made, "word/comments.xml")
    assert [c.get(W + "author") for c in held_now] == ["甲", "reportlint"]
    assert list(comments(made)) == ["5"]
    assert words(made) == {"4": "甲XX乙", "5": "XX"}


def test_empty_parts_written_with_one_tag() -> None:
    held = parts_of(p("甲XX乙"), comments=f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode())
    data = archive(held)
    made = marked(data, note(data, "XX"))
    assert only(words(made)) == "XX"
    assert len(comments(made)) == 1
    held = parts_of(p("甲XX乙"))
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    held["word/_rels/document.xml.rels"] = f'<r:Relationships xmlns:r="{space}" />'
    made = marked(archive(held), note(archive(held), "XX"))
    assert [link.get("Target") for link in root(made, LINKS)] == ["comments.xml"]
    del held[LINKS]
    made = marked(archive(held), note(archive(held), "XX"))
    assert [link.get("Target") for link in root(made, LINKS)] == ["comments.xml"]


@pytest.mark.parametrize("prefix", ["w", "x", ""])
@pytest.mark.parametrize("space", [W[1:-1], STRICT])
def test_other_prefixes_and_the_strict_namespace(prefix: str, space: str) -> None:
    colon = f"{prefix}:" if prefix else ""
    declared = f"xmlns{':' if prefix else ''}{prefix}"
    main = (
        f'<{colon}document {declared}="{space}"><{colon}body><{colon}p><{colon}r><{colon}t>甲XX乙'
        f"</{colon}t></{colon}r></{colon}p></{colon}body></{colon}document>"
    )
    data = archive(parts_of(main.encode()))
    made = marked(data, note(data, "XX", "12"))
    assert read(made, "").text == "甲12乙"
    link = parts(made)["word/_rels/document.xml.rels"].decode()
    assert ("purl.oclc.org" in link) == (space == STRICT)
    assert space in parts(made)["word/comments.xml"].decode()


def test_notes_headers_and_text_boxes() -> None:
    note_of = '<w:footnote w:id="2">' + p("注中XX") + "</w:footnote>"
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('框中XX')}</w:txbxContent></v:textbox></w:pict></w:r>"
    inside = p("题目") + "<w:p>" + t("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    inside += box + t("之后") + "</w:p>"
    inside += '<w:sectPr><w:headerReference r:id="rheader1"/></w:sectPr>'
    held = parts_of(inside, footnotes=note_of, header1=p("眉上XX"))
    data = archive(held)
    made = marked(data, *(note(data, "XX", nth=n) for n in range(3)))
    order = [
        element.tag.rpartition("}")[2]
        for element in root(made).iter()
        if element.tag.rpartition("}")[2]
        in ("t", "commentRangeStart", "commentRangeEnd", "footnoteReference", "pict")
    ]
    assert order == [
        *("commentRangeStart", "commentRangeEnd", "t", "t"),  # the header: at the top
        *("commentRangeStart", "footnoteReference", "commentRangeEnd"),
        *("commentRangeStart", "pict", "t", "commentRangeEnd", "t"),
    ]
    assert parts(made)["word/footnotes.xml"] == parts(data)["word/footnotes.xml"]


def test_fixes_go_into_notes_and_headers_too() -> None:
    note_of = '<w:footnote w:id="2">' + p("注中XX") + "</w:footnote>"
    inside = p("正文") + '<w:sectPr><w:headerReference r:id="rheader1"/></w:sectPr>'
    data = word(inside, footnotes=note_of, header1=p("眉上XX"))
    made = marked(data, note(data, "XX", "12"), note(data, "XX", "34", nth=1))
    assert read(made, "").text == "正文\n注中12\n眉上34"


def test_an_automatic_number_stands_for_the_words_that_it_numbers() -> None:
    numbering = lists(level(0, "decimal", "第%1条"))
    data = word(p("前文") + numbered("甲乙"), numbering=numbering)
    text = read(data, "").text
    start = text.index("第1条")
    assert only(words(marked(data, Note(start, start + 3, ("说明",))))) == "甲乙"


@pytest.mark.parametrize("content", ["", "<w:p/>", "<w:p></w:p>"])
def test_files_without_words(content: str) -> None:
    data = word(content)
    made = annotate(data, "", [Note(0, 0, ("说明",))], STAMP)
    assert (made.comments, made.homeless) == ((1, 0) if "</w:p>" in content else (0, 1))
    assert parts(clean(made.data)) == parts(data)


def test_points_stand_where_something_is_absent() -> None:
    data = word(p("甲乙", "丙") + p("丁"))
    for offset, before in (
        (0, ""),
        (1, "甲"),
        (2, "甲乙"),
        (3, "甲乙丙"),
        (4, "甲乙丙"),
        (5, "甲乙丙丁"),
    ):
        made = marked(data, Note(offset, offset, ("说明",)))
        main = parts(made)[MAIN].decode()
        head = main[: main.index("<w:commentRangeStart")]
        assert "".join(c for c in head if c in "甲乙丙丁") == before
        assert only(words(made)) == ""


def test_a_change_keeps_the_look_of_what_it_replaces() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    data = word("<w:p>" + t("甲") + t("X", bold) + t("X乙") + "</w:p>")
    made = marked(data, note(data, "XX", "12"))
    (ins,) = root(made).iter(W + "ins")
    assert ins.find(f"{W}r/{W}rPr/{W}b") is not None
    deleted = [
        (text.text, text.getparent().find(f"{W}rPr") is not None)
        for text in root(made).iter(W + "delText")
    ]
    assert deleted == [("X", True), ("X", False)]
    assert {c.get(W + "author") for c in root(made).iter(W + "ins", W + "del")} == {"reportlint"}


def test_in_what_others_inserted_words_are_deleted_but_none_inserted() -> None:
    data = word(f'<w:p>{t("甲")}<w:ins w:id="1" w:author="甲">{t("XX##")}</w:ins></w:p>')
    made = annotate(data, "", [note(data, "XX", "12"), note(data, "##", "")], STAMP)
    assert made.changes == 1
    assert read(made.data, "").text == "甲XX"
    assert [said[-1] for said in comments(made.data).values()] == ["建议", "已写成修订"]


@pytest.mark.parametrize(
    "inside",
    [
        "<m:oMath><m:r><m:t>XX</m:t></m:r></m:oMath>",
        "<w:r><w:t><![CDATA[XX]]></w:t></w:r>",
        "<w:r><w:t>X</w:t><w:tab/><w:t>X</w:t></w:r>",
    ],
)
def test_what_cannot_be_changed_is_only_spoken_of(inside: str) -> None:
    data = word(f"<w:p>{t('甲')}{inside}</w:p>")
    text = read(data, "").text
    made = annotate(data, "", [Note(1, len(text), ("说明",), (Edit(1, len(text), "1"),))], STAMP)
    assert (made.comments, made.changes) == (1, 0)
    assert shape(root(made.data)) == shape(root(data))


def test_a_second_run_gives_the_same_and_the_first_can_be_found_in_what_word_saved() -> None:
    data = word(p("甲XX乙") + p("丙##丁"))
    notes = [note(data, "XX"), note(data, "##", "")]
    made = marked(data, *notes)
    assert annotate(clean(made), "a.docx", notes, STAMP).data == annotate(
        data, "a.docx", notes, STAMP
    ).data  # fmt: skip
    held = parts(made)
    held[MAIN] = held[MAIN].replace(b"<w:body>", b"<w:body><w:p/>")
    edited = archive(held)
    again = clean(edited)
    assert comments(again) == {}
    assert "reportlint/undo.json" not in parts(again)
    assert b"undo.json" not in parts(again)["[Content_Types].xml"]
    assert read(again, "").text == "\n甲XX乙\n丙##丁"
    assert clean(again) == again


@pytest.mark.parametrize(
    "record",
    [b"", b"[]", b"{}", b'{"version":1,"parts":[],"added":0}', b'{"version":2,"parts":{},"added":[]}',
     b'{"version":1,"parts":{"word/none.xml":{}},"added":[]}', b"[" * 100_000],
)  # fmt: skip
def test_a_record_that_somebody_wrote_is_not_trusted(record: bytes) -> None:
    data = word(p("甲XX乙"))
    held = parts(marked(data, note(data, "XX")))
    held["reportlint/undo.json"] = record
    assert shape(root(clean(archive(held)))) == shape(root(data))


def test_closed_files_are_refused() -> None:
    signed = parts_of(p("甲XX"))
    signed["_xmlsignatures/sig1.xml"] = "<a/>"
    protected = word(
        p("甲XX"), settings='<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    )
    for data, zh, en in ((archive(signed), "数字签名", "signed"), (protected, "保护", "protected")):
        for act in (clean, lambda data: annotate(data, "", [Note(0, 1, ("说明",))], STAMP)):
            with pytest.raises(WriteError) as caught:
                act(data)
            assert zh in caught.value.say["zh"]
            assert en in caught.value.say["en"]


def test_parts_in_utf16_are_refused() -> None:
    data = archive(parts_of(body(p("甲XX")).replace("UTF-8", "UTF-16").encode("utf-16")))
    with pytest.raises(WriteError, match="UTF-16"):
        annotate(data, "", [Note(1, 3, ("说明",))], STAMP)


def test_the_main_part_may_be_anywhere() -> None:
    held = parts_of(p("甲XX乙"))
    held["文/正文.xml"] = held.pop(MAIN)
    held["_rels/.rels"] = relations({"r1": ("officeDocument", "文/正文.xml")})
    del held["word/_rels/document.xml.rels"]
    data = archive(held)
    made = annotate(data, "", [note(data, "XX")], STAMP)
    assert {"文/comments.xml", "文/_rels/正文.xml.rels"} < parts(made.data).keys()
    assert parts(clean(made.data)) == parts(data)


def test_what_comments_say(settings: Settings) -> None:
    source = docx.Document()
    source.add_paragraph(
        "全年接待群众XX人次，扎实推##paidbegin##动工作。共走访120户，其中党员90户，占70%。"
    )
    source.sections[0].header.paragraphs[0].text = "眉上XX"
    data = saved(source)
    result = runner.check_bytes(data, "a.docx", settings)
    for lang, fix, expected in (
        ("zh", True, "已写成修订，请接受或拒绝：删除“##paidbegin##”"),
        ("zh", False, "建议：删除“##paidbegin##”"),
        ("en", False, "suggested: 删除“##paidbegin##”"),
    ):
        notes = notes_of(result.document, result.findings, settings.ruleset, lang, fix=fix)
        made = annotate(data, "", notes, STAMP).data
        said = list(comments(made).values())
        assert [lines[0].split(" ")[0] for lines in said] == [f.code for f in result.findings]
        first = said[0]
        assert first[0].startswith("PH001 错误：" if lang == "zh" else "PH001 error: ")
        assert first[1].startswith("改法：" if lang == "zh" else "what to do: ")
        assert any(expected in lines for lines in said)
        assert any(("页眉" if lang == "zh" else "header") in line for line in said[-1])
    assert io.BytesIO(made).read(2) == b"PK"


def test_suppressed_findings_are_not_written(settings: Settings) -> None:
    data = word(p("甲XX乙"))
    result = runner.check_bytes(data, "a.docx", settings)
    silent = [f._replace(suppressed=object()) for f in result.findings]  # type: ignore[arg-type]
    assert notes_of(result.document, silent, settings.ruleset, "zh", fix=True) == []
