"""RTF files: encodings, destinations, structure, hostile ones."""

from typing import Any

import pytest

from reportlint.document import Document
from reportlint.readers import rtf
from tests.readers.hostile import ends_quickly
from tests.readers.rtffile import HEAD


def read(body: bytes) -> Document:
    return rtf.read(HEAD + body + b"}", "a.rtf")


def lines(body: bytes) -> list[str]:
    return read(body).text.split("\n")


def gb(text: str) -> bytes:
    return b"".join(rb"\'%02x" % byte for byte in text.encode("gb18030"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (gb("述职报告") + rb"\par " + gb("正文") + rb"\par", ["述职报告", "正文"]),
        ("述职报告".encode("gbk") + rb"\par", ["述职报告"]),
        (rb"\'81@\'81\{\par", ["丂亄"]),
        (rb"{\f1 \'d7 \'b7}{\f1 " + gb("字") + rb"}\par", ["× ·字"]),
        (rb"{\f3 \'b3\'f8\'a7i}\par", ["報告"]),
        (rb"\u25253\'3f\u21578 ?\uc0\u25253\u21578 x\uc2\u25253\'b1\'a8y\par", ["报告报告x报y"]),
        (rb"{\uc0\u25253}\u21578?\u-10179?\u-9079?\par", ["报告\U0001f489"]),
        (rb"\u25253{x}\u21578\tab y\par", ["报x告y"]),
        (rb"a\~b\_c\-d\{\}\\\emdash\ldblquote\rdblquote\bullet\line e\tab f\par", ["a\xa0b-c\xadd{}\\—“”•", "e\tf"]),
        (rb"a\par" + b"\r\n" + b"b\\\nc", ["a", "b", "c"]),
        (rb"{\f2 \u-3844?\'fe}{\f0 \u-3844?}\par", ["✓☑\uf0fc"]),
        (rb"A{\field{\*\fldinst HYPERLINK XX}{\fldrslt B}}{\fldinst XX}C\par", ["ABC"]),
        (rb"A{\*\unknown XX{\b XX}}{\pict\pngblip 89504e}{\*\bkmkstart XX}{\deleted XX}{\v B}\par", ["AB"]),
        (rb"A\bin5 {{{{{\par", ["A"]),
        (rb"A{\upr{XX}{\*\ud{B}}}{\object\objemb{\*\objdata 00}{\result C}}\par", ["ABC"]),
        (rb"A{\annotation XX\par}{\*\atnid XX}{\tc XX}{\xe\v XX}B\par", ["AB"]),
        (rb"A\deleted\par B\deleted0 C\par", ["AC"]),
        (rb"A{\*\shppict XX}{\nonshppict XX}\par\page B\page\par", ["A", "B", ""]),
    ],
)  # fmt: skip
def test_text_is_what_is_shown(body: bytes, expected: list[str]) -> None:
    assert lines(body) == expected


AUTHOR, RANGE, STOP = rb"{\*\atnauthor Zhang}\chatn ", rb"{\*\atrfstart 7}", rb"{\*\atrfend 7}"


def remark(text: bytes, key: bytes = b"") -> bytes:
    named = rb"{\*\atnref %b}" % key if key else b""
    return AUTHOR + rb"{\*\annotation" + named + rb"{\*\atndate 1}\pard " + text + b"}"


@pytest.mark.parametrize(
    ("body", "words", "said"),
    [
        (b"A" + RANGE + gb("甲乙") + STOP + remark(rb"x{\b y}\par z", b"7") + rb"B\par C", "甲乙", "xy\nz"),
        (rb"A\par \u-10179?\u-9079?" + RANGE + rb"\u21578?" + STOP + remark(gb("注"), b"7") + b"B", "告", "注"),
        (b"A" + RANGE + rb"B\par " + STOP + remark(b"x", b"7") + rb"C\par", "B", "x"),
        (b"A" + RANGE + rb"B\par C" + STOP + remark(b"x", b"7") + rb"D\par", "B\nC", "x"),
        (rb"A\par B" + remark(b"x") + rb"\par C\par", "B", "x"),
        (rb"A\par B" + remark(b"x", b"8") + rb"\par C\par", "B", "x"),
        (rb"A{\footnote B" + RANGE + b"C" + STOP + remark(b"x", b"7") + rb"}\par D\par", "C", "x"),
        (rb"{\listtext\pard 1.\tab}" + RANGE + b"C" + STOP + remark(b"x", b"7") + rb"\par", "C", "x"),
        (rb"\intbl " + RANGE + b"C" + STOP + remark(b"x", b"7") + rb"\cell\row", "C", "x"),
        (rb"\deleted A\deleted0 " + RANGE + b"C" + STOP + remark(b"x", b"7") + rb"\par", "C", "x"),
        (RANGE + b"C" + STOP + remark(rb"x{\footnote XX\par}", b"7") + rb"\par", "C", "x"),
    ],
)  # fmt: skip
def test_comments_are_kept_apart_with_the_words_that_they_are_about(
    body: bytes, words: str, said: str
) -> None:
    document = read(body)
    (comment,) = document.comments
    assert document.text[comment.start : comment.end] == words
    assert (comment.text, comment.apart, comment.author) == (said, True, "Zhang")
    assert "x" not in document.text


def test_comments_that_overlap_and_one_without_an_author() -> None:
    inner = rb"{\*\atrfstart 8}B{\*\atrfend 8}{\annotation{\*\atnref 8}y}"
    document = read(b"A" + RANGE + inner + b"C" + STOP + remark(b"x", b"7") + rb"D\par")
    assert document.text.split("\n")[0] == "ABCD"
    assert document.comments == ((1, 2, "y", True, ""), (1, 3, "x", True, "Zhang"))


def addressed(body: bytes) -> list[tuple[str, dict[str, Any] | None, str]]:
    document = read(body)
    return [
        (
            f"{b.kind}{b.level or ''}",
            dict(b.address or {}),
            document.text[b.start : b.end],
        )
        for b in document.blocks
    ]


def test_headings_and_contents() -> None:
    body = rb"\pard\s1 A\par\pard\s2 B\par\pard\s3 C\par\pard\s4 D\par\pard\outlinelevel2 E\par\s1\outlinelevel9 F\par"
    assert [kind for kind, _, _ in addressed(body)] == [
        "heading1", "heading2", "heading1", "opaque", "heading3", "text",
    ]  # fmt: skip


def test_tables() -> None:
    cells = rb"\trowd\cellx1\cellx2\pard\intbl A\par B\cell C\cell\row"
    nested = rb"\pard\intbl D\par\pard\intbl\itap2 E\nestcell F\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par XX}\pard\intbl G\cell\row"
    body = rb"X\par" + cells + nested + rb"\pard Y\par" + cells
    assert [(tuple(address.values()), text) for _, address, text in addressed(body)] == [
        ((1,), "X"),
        ((1, 1, 1, 1), "A"), ((1, 1, 1, 2), "B"), ((1, 1, 2, 1), "C"),
        ((1, 2, 1, 1), "D"), ((2, 1, 1, 1), "E"), ((2, 1, 2, 1), "F"), ((1, 2, 1, 2), "G"),
        ((2,), "Y"),
        ((3, 1, 1, 1), "A"), ((3, 1, 1, 2), "B"), ((3, 1, 2, 1), "C"),
    ]  # fmt: skip
    assert {kind for kind, address, _ in addressed(body) if "table" in address} == {"cell"}


def test_stories_come_after_the_body() -> None:
    body = (
        rb"{\header H\par}{\footerr F}{\headerf \par}A{\footnote {\super 1}N\par M}B"
        rb"{\*\footnote\ftnalt E}{\shp{\*\shpinst{\sp{\sn XX}}{\shptxt T\par}}{\shprslt XX}}\par"
    )
    assert addressed(body) == [
        ("text", {"paragraph": 1}, "AB"),
        ("text", {"textbox": 1, "paragraph": 1}, "T"),
        ("text", {"footnote": 1, "paragraph": 1}, "1N"),
        ("text", {"footnote": 1, "paragraph": 2}, "M"),
        ("text", {"endnote": 1, "paragraph": 1}, "E"),
        ("text", {"header": 1, "paragraph": 1}, "H"),
        ("text", {"footer": 1, "paragraph": 1}, "F"),
    ]


def test_numbers_of_lists_stand_before_their_paragraphs() -> None:
    body = (
        rb"\pard{\listtext\pard\plain 1.\tab}" + gb("修路") + rb"\par"
        rb"{\pntext\f2\'b7\tab}" + gb("通水") + rb"\par{\listtext " + gb("第一条") + rb"\tab}" + gb("植树") + rb"\par"
    )  # fmt: skip
    document = read(body)
    assert document.text.split("\n") == ["1.修路", "通水", "第一条 植树"]
    assert [block.auto for block in document.blocks] == [2, 0, 4]


def test_the_encoding_of_the_file() -> None:
    assert rtf.read(rb"{\rtf1\ansi caf\'e9}", "a").text == "café"
    assert rtf.read(rb"{\rtf1\mac caf\'8e}", "a").text == "café"
    assert rtf.read(rb"{\rtf1\pc\'e1}", "a").text == "ß"
    assert rtf.read(rb"{\rtf1\ansicpg950\'b3\'f8}", "a").text == "報"
    assert rtf.read(rb"{\rtf1\ansi\ansicpg99999 a}", "a").text == "a"
    assert (
        rtf.read(b"\xef\xbb\xbf{\\rtf1\\ansi\\ansicpg65001 \xe6\x8a\xa5}\n\0junk", "a").text == "报"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HEAD + gb("报告"), "incomplete"),
        (HEAD + rb"\par{\b x}", "incomplete"),
        (b"{\\rtf1" + b"{" * 5000 + b"}" * 5001, "nested"),
        (b"{\\rtf1" + b"{\\header " * 500 + b"}" * 501, "nested"),
        (b"{\\rtf1" + b"\\b" * 4_000_000 + b"}", "control words"),
        (b"{\\rtf1" + b"\\par" * 250_000 + b"}", "paragraphs"),
        (b"{\\rtf1" + b"x" * 6_000_000 + b"}", "characters"),
        (b"{\\rtf1" + rb"\u1?" * 200_000 + b"}", None),
        (b"{\\rtf1" + rb"\uc0\u1?\uc1" * 60_000 + b"}", None),
        (b"{\\rtf1" + rb"\uc5\u1?" * 100_000 + b"}", None),
        (b"{\\rtf1\\uc999999999\\u1 " + b"x" * 500 + b"}", None),
        (b"{\\rtf1" + rb"\bin99999999999 " * 10 + b"}", "incomplete"),
        (b"{\\rtf1" + rb"\bin-5 \bin x}", None),
        (b"{\\rtf1" + rb"{\fonttbl" + rb"{\f1 a;}" * 50_000 + b"}}", None),
        (b"{\\rtf1{\\stylesheet{\\s1\\sbasedon2 a;}{\\s2\\sbasedon1 b;}}\\s1 x\\par}", None),
        (b"{\\rtf1\\itap50" + rb"\intbl x\nestcell\cell" * 20_000 + b"}", None),
        (b"{\\rtf1 a}" + b"{" * 100_000, None),
    ],
    ids=range(17),
)  # fmt: skip
def test_hostile_files_end_quickly(data: bytes, reason: str | None) -> None:
    said = ends_quickly("rtf", data)
    assert (said is None) == (reason is None)
    assert (reason or "") in (said or "")
