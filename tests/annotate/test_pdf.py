"""Highlights in a PDF: on which words, what they say, and what of the file they touch."""

from __future__ import annotations

import io
import time
from contextlib import suppress
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.annotate import Note
from reportlint.annotate.pdf import annotate, clean
from reportlint.errors import ReadError, WriteError
from reportlint.readers.pdf import read
from tests.annotate.anchored import STAMP
from tests.annotate.highlights import BLACK, WHITE, image, marks, pixel
from tests.readers.pdffile import column, pdf, restricted, signed, stream

LINE = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄"
"""A full line of the pages below: 26 characters of 16 points."""
PAGE = column(["  " + LINE[:24], LINE, "宇宙洪荒XX日月"])
LINK = b"<</Type/Annot/Subtype/Link/Rect[1 2 3 4]/Border[0 0 0]>>"


def on(data: bytes, words: str, *said: str) -> Note:
    """A note on the words quoted."""
    start = read(data, "").text.index(words)
    return Note(start, start + len(words), said or ("说明",))


def marked(data: bytes, *notes: Note) -> bytes:
    """The file with notes in it: only behind what was there, and taken out to the last byte."""
    made = annotate(data, "a.pdf", notes, STAMP)
    assert (made.comments, made.changes, made.homeless) == (len(notes), 0, 0)
    assert made.data.startswith(data)
    assert clean(made.data) == data
    return made.data


def words(data: bytes) -> list[str]:
    return [mark.words for mark in marks(data) if mark.author == "reportlint"]


def saved(data: bytes) -> bytes:
    """The file as another program writes it anew."""
    document = pypdfium2.PdfDocument(data)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("quoted", ["XX", "甲", LINE[20:24] + LINE[:2], LINE[22:24] + LINE + "宇"])
def test_words_are_marked_on_every_line(quoted: str, packed: bool) -> None:
    data = pdf(PAGE, packed=packed)
    (mark,) = marks(marked(data, on(data, quoted, "第一段", "第二段：“𠮷”(\\)")))
    assert (mark.kind, mark.author, mark.words) == ("highlight", "reportlint", quoted)
    assert mark.said == "第一段\n第二段：“𠮷”(\\)"
    assert len(mark.boxes) == {1: 1, 2: 1, 6: 2, 29: 3}[len(quoted)]


def test_words_that_go_on_over_the_page_are_marked_on_both() -> None:
    full = column(["  " + LINE[:24], *[LINE] * 5])
    data = pdf(full, column([LINE[:9] + "。", "  新段。"]))
    start = read(data, "").text.rindex(LINE[24:] + LINE[:9])
    made = marked(data, Note(start, start + 11, ("说明",)))
    assert [(mark.page, mark.words, mark.said) for mark in marks(made)] == [
        (0, LINE[24:], "说明"), (1, LINE[:9], "说明"),
    ]  # fmt: skip


def test_the_marks_are_seen_and_the_words_too() -> None:
    rows = [(90.0, 700.0, 16.0, "甲乙"), (150.0, 700.0, 16.0, "丙丁"), (90.0, 670.0, 16.0, "戊")]
    data = pdf(rows)
    made = marked(data, on(data, "乙 丙"))
    assert words(made) == ["乙丙"]
    (box,) = marks(made)[0].boxes
    assert box == pytest.approx((106, 698, 166, 714), abs=1)
    before, after = pixel(data), pixel(made)
    # The characters of this font are black boxes.
    assert [before(x, 706) for x in (98, 114, 135, 158)] == [BLACK, BLACK, WHITE, BLACK]
    assert [after(x, 706) for x in (98, 114, 158)] == [BLACK] * 3
    assert after(135, 706) == pytest.approx((255, 209, 51), abs=2)
    assert [after(135, y) for y in (690, 722)] == [WHITE] * 2


def test_rotated_and_cropped_pages() -> None:
    data = pdf(PAGE, page="/Rotate 90/CropBox[110 100 560 760]")
    made = marked(data, on(data, "XX日"))
    assert [mark.words for mark in marks(made)] == ["XX日"]
    made = marked(data, Note(0, 0, ("缺",)))
    assert image(made) != image(data)  # the sign is where the page is shown


def test_where_nothing_can_be_seen_a_sign_stands_in_the_margin() -> None:
    data = pdf(PAGE)
    text = read(data, "").text
    made = marked(data, Note(0, 0, ("缺一章",)), Note(len(text), len(text), ("末",)))
    assert [(mark.kind, mark.said, mark.words) for mark in marks(made)] == [
        ("text", "缺一章", ""), ("text", "末", ""),
    ]  # fmt: skip
    assert pixel(data)(97, 700) == WHITE != pixel(made)(97, 700)


def test_signs_do_not_hide_one_another() -> None:
    data = pdf(PAGE)
    made = marked(data, *[Note(0, 0, (f"缺{n}",)) for n in range(100)])
    places = [mark.place for mark in marks(made)]
    assert len({top for _, _, _, top in places}) == 39  # as many as the page has room for
    tops = sorted({top for _, _, _, top in places})
    assert all(above - below > 17 for below, above in pairwise(tops))
    assert min(bottom for _, bottom, _, _ in places) > 0


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "page",
    ["/Annots[500 0 R 501 0 R]", "/Annots 502 0 R", "/Annots % list\n[500 0 R 501\n0 R ] ",
     f"/Annots[500 0 R {LINK.decode()}]", "/#41nnots[500 0 R 501 0 R]/X(a\\)b(c))",
     "/Annots[500 0 R 501 0 R]/A(\\\\)/B<</Annots[1]>>"],
)  # fmt: skip
def test_annotations_of_others_stay(page: str, packed: bool) -> None:
    other = b"<</Type/Annot/Subtype/Highlight/Rect[0 0 9 9]/T(reportlint2)/Contents(a)>>"
    more = {500: LINK, 501: other, 502: b"[500 0 R 501 0 R]"}
    data = pdf(PAGE, column(["又一页"]), packed=packed, page=page, more=more)
    before = marks(data)
    assert len(before) == 4
    after = marks(marked(data, on(data, "XX")))
    assert [mark for mark in after if mark.author != "reportlint"] == before
    assert [(mark.page, mark.words) for mark in after if mark.author == "reportlint"] == [(0, "XX")]


def test_no_notes_leave_the_file_as_it_is() -> None:
    data = pdf(PAGE)
    assert marked(data) == data


@pytest.mark.parametrize("packed", [False, True])
def test_a_second_run_gives_the_same(packed: bool) -> None:
    data = pdf(PAGE, packed=packed)
    made = marked(data, on(data, "XX"), on(data, "日月"))
    assert annotate(clean(made), "", [on(data, "XX"), on(data, "日月")], STAMP).data == made


@pytest.mark.parametrize("packed", [False, True])
def test_marks_are_found_in_what_another_program_wrote(packed: bool) -> None:
    data = pdf(PAGE, packed=packed, page="/Annots[500 0 R]", more={500: LINK})
    anew = saved(marked(data, on(data, "XX"), Note(0, 0, ("缺",))))
    assert words(anew) == ["XX", ""]
    bare = clean(anew)
    assert bare.startswith(anew)
    assert [mark.kind for mark in marks(bare)] == [marks(data)[0].kind]
    assert read(bare, "").text == read(data, "").text
    assert clean(bare) == bare
    assert words(marked(bare, on(data, "日"))) == ["日"]


def test_what_another_program_put_behind_ours_stays() -> None:
    data = pdf(PAGE, page="/Annots[500 0 R]", more={500: LINK})
    made = marked(data, on(data, "XX"))
    numbers = [int(n) for n in made.partition(b"/Annots[500 0 R ")[2].split(b" 0 R]")[0].split()]
    window = b"<</Type/Annot/Subtype/Popup/Rect[0 0 9 9]/Parent %d 0 R>>" % numbers[0]
    added = len(made)
    held = made[made.rindex(b"%d 0 obj" % numbers[0]) :].partition(b"obj\n")[2]
    mark = held.partition(b"\nendobj")[0][:-2] + b"/Popup 600 0 R>>"
    page = made[made.rindex(b"10 0 obj\n") :].partition(b"obj\n")[2].partition(b"\nendobj")[0]
    page = page.replace(b"%d 0 R]" % numbers[0], b"%d 0 R 600 0 R 601 0 R]" % numbers[0])
    objects = {10: page, numbers[0]: mark, 600: window, 601: LINK}
    tail, rows = b"", b""
    for number, content in objects.items():
        rows += b"%d 1\n%010d 00000 n \n" % (number, added + len(tail))
        tail += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    last = int(made.rpartition(b"startxref\n")[2].split()[0])
    tail += b"xref\n%btrailer<</Size 602/Root 1 0 R/Prev %d>>\n" % (rows, last)
    grown = made + tail + b"startxref\n%d\n%%%%EOF\n" % (added + tail.index(b"xref\n"))
    assert words(grown) == ["XX"]
    bare = clean(grown)
    assert bare.startswith(grown)
    assert len(marks(grown)) == 4
    assert [(mark.kind, mark.author) for mark in marks(bare)] == [(marks(data)[0].kind, "")] * 2


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [(signed(b"/V 501 0 R"), "数字签名", "signed"), (restricted(), "密码保护", "protected")],
)
def test_closed_files_are_refused(data: bytes, zh: str, en: str) -> None:
    for act in (clean, lambda data: annotate(data, "", [Note(0, 1, ("说明",))], STAMP)):
        with pytest.raises(WriteError) as caught:
            act(data)
        assert zh in caught.value.say["zh"]
        assert en in caught.value.say["en"]


def test_a_place_for_a_signature_is_no_signature() -> None:
    data = signed(b"")
    assert words(marked(data, on(data, "XX"))) == ["XX"]


def test_files_that_are_certified_are_refused() -> None:
    data = pdf(PAGE, more={1: b"<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 501 0 R>>>>",
                           501: b"<</Type/Sig/Contents<00>>>"})  # fmt: skip
    with pytest.raises(WriteError, match="签名"):
        annotate(data, "", [on(data, "XX")], STAMP)


GOOD = pdf(PAGE)


@pytest.mark.parametrize(
    "data",
    [
        b"\n" + GOOD,
        GOOD.replace(b"startxref\n", b"startxref\n1"),
        GOOD[: GOOD.rindex(b"startxref")],
        GOOD.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"),
        pdf(PAGE, page="/Annots 5"),
        pdf(PAGE, trailer="/Prev 999999"),
    ],
)
def test_damaged_files_that_viewers_open_are_refused(data: bytes) -> None:
    assert "XX" in read(data, "").text
    with pytest.raises(WriteError, match="内部结构"):
        annotate(data, "", [on(data, "XX")], STAMP)


def test_what_is_no_pdf_cannot_be_annotated() -> None:
    for data in (b"", b"text", GOOD[:200], pdf(stream(b""))):
        with pytest.raises(ReadError):
            annotate(data, "", [Note(0, 1, ("说明",))], STAMP)


def hostile() -> dict[str, bytes]:
    """Files whose tables lead in circles or would take for ever, behind one that is whole."""
    start = int(GOOD.rpartition(b"startxref\n")[2].split()[0])

    def behind(tail: bytes, at: int) -> bytes:
        return GOOD + tail + b"\nstartxref\n%d\n%%%%EOF\n" % (len(GOOD) + at)

    circle = b"xref\n0 0\ntrailer<</Root 1 0 R/Prev %d>>" % len(GOOD)
    blanks = b" " * 5_000
    chain = b"".join(
        b"xref\n0 0\ntrailer<</Root 1 0 R/Prev %d>>%b" % (len(GOOD) + n * 5_050 + 1, blanks)
        for n in range(50)
    )
    huge = b"xref\n0 999999999\n" + b"0000000000 00000 n \n" * 50_000
    deep = b"xref\n0 0\ntrailer" + b"<</A" * 100_000
    long_ = b"xref\n0 0\ntrailer<</A[" + b"[]" * 1_000_000 + b"]>>"
    row = stream(bytes(6 << 20))
    packed = (
        b"9 0 obj\n<</Type/XRef/W[1 2 2]/Size 9/Root 1 0 R/DecodeParms<</Predictor 14/Columns 5>>"
    )
    return {
        "circle": behind(circle, 0),
        "blanks": behind(chain, 0),
        "huge": behind(huge, 0),
        "deep": behind(deep, 0),
        "long": behind(long_, 0),
        "predicted": behind(packed + row[2:], 0),
        "own": GOOD.replace(
            b"startxref", b"xref\n0 0\ntrailer<</Root 1 0 R/Prev %d>>\nstartxref" % start
        ),
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_tables_end_in_bounded_time(name: str) -> None:
    begun = time.process_time()
    with suppress(ReadError, WriteError):
        annotate(hostile()[name], "", [Note(0, 1, ("说明",))], STAMP)
    assert time.process_time() - begun < 5


SEEDS = [GOOD, pdf(PAGE, packed=True), marked(GOOD, on(GOOD, "XX"))]


@given(st.sampled_from(SEEDS), st.data())
def test_whatever_a_file_holds_there_is_no_other_error(seed: bytes, data: st.DataObject) -> None:
    changed = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=3)
            | st.sampled_from([b"<<", b">>", b"[", b"]", b"(", b"/Kids", b" 10 0 R", b"9999999999"])
        )
    broken = bytes(changed)
    with suppress(ReadError, WriteError):
        text = read(broken, "").text
        bare = clean(broken)
        made = annotate(bare, "", [Note(0, len(text), ("说明",))], STAMP).data
        assert clean(made) == bare
