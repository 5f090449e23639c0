"""Damaged, encrypted, unsafe and foreign files: a ReadError, soon and in little memory."""

import json
import random
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from wordfile import archive, body, lists, numbered, p, parts_of, relations, t, word

from reportlint.errors import ReadError
from reportlint.readers.docx import read
from reportlint.readers.limits import MAX_DEPTH, MAX_XML

SECONDS = 5
"""Processor time: what the neighbours of the process do is not its fault."""

MEGABYTES = 300

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = word(p("甲") + p("乙"))


def refused(data):
    """Why a file is refused, in Chinese and English."""
    begun = time.process_time()
    with pytest.raises(ReadError) as caught:
        read(data, "a.docx")
    assert time.process_time() - begun < SECONDS
    assert caught.value.code == "RL002"
    assert "\n" not in str(caught.value)
    return caught.value.detail["zh"], caught.value.detail["en"]


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (b"", "空", "empty"),
        ("扎实推进".encode(), "ZIP", "ZIP"),
        (b"PK", "ZIP", "ZIP"),
        (OLE + bytes(500) + "WordDocument".encode("utf-16-le"), "doc", "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
        (OLE + bytes(1000), "OLE", "OLE"),
        (b"%PDF-1.7", "PDF", "PDF"),
        (b"{\\rtf1", "RTF", "RTF"),
        (b"<html>", "网页", "HTML"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "XML", "XML"),
        (b"Rar!\x1a\x07", "压缩包", "archive"),
    ],
)
def test_other_files_under_the_name_of_a_word_file(data, zh, en):
    reasons = refused(data)
    assert zh in reasons[0]
    assert en in reasons[1]


def test_other_packages():
    odt = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    assert "ODF" in refused(odt)[0]
    sheet = archive(
        {
            "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        }
    )
    assert "workbook" in refused(sheet)[0]
    assert "main document" in refused(archive({"a.txt": "x"}))[1]
    assert "ZIP" in refused(archive({}))[0]


def test_a_package_without_its_main_part():
    parts = parts_of(p("甲"))
    del parts["word/document.xml"]
    assert "正文" in refused(archive(parts))[0]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated(share):
    assert "不完整" in refused(GOOD[: int(len(GOOD) * share)])[0]


def test_a_wrong_checksum():
    stored = archive(parts_of(p("甲乙丙")), zipfile.ZIP_STORED)
    at = stored.index("乙".encode())
    assert "损坏" in refused(stored[:at] + "丁".encode() + stored[at + 3 :])[0]


def _patched(signature, offset, form, value):
    """GOOD with a field changed in every record with a signature."""
    out = bytearray(GOOD)
    at = out.find(signature)
    while at >= 0:
        struct.pack_into(form, out, at + offset, value)
        at = out.find(signature, at + 4)
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "zh"),
    [
        (_patched(b"PK\1\2", 8, "<H", 1), "加密"),
        (_patched(b"PK\1\2", 10, "<H", 14), "压缩方式"),
        (_patched(b"PK\1\2", 24, "<I", 5), "损坏"),
        (_patched(b"PK\1\2", 24, "<I", 5_000_000), "损坏"),
        (_patched(b"PK\1\2", 20, "<I", 0x7FFFFFFF), "损坏"),
        (_patched(b"PK\1\2", 42, "<I", 0x7FFFFFFF), "损坏"),
        (_patched(b"PK\1\2", 28, "<H", 0xFFFF), "损坏"),
        (_patched(b"PK\5\6", 12, "<I", 3), "损坏"),
        (_patched(b"PK\5\6", 16, "<I", 0xFFFFFFFF), "ZIP64"),
        (_patched(b"PK\5\6", 10, "<H", 3), "损坏"),
        (_patched(b"PK\5\6", 4, "<H", 3), "损坏"),
    ],
)
def test_archives_that_lie(data, zh):
    assert zh in refused(data)[0]


def test_two_entries_of_one_name():
    parts = parts_of(p("甲"))
    parts["word/DOCUMENT.xml"] = body(p("乙"))
    assert "同名" in refused(archive(parts))[0]


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml",
     "word/_rels/document.xml.rels", "_rels/.rels"],
)  # fmt: skip
def test_entity_bombs_in_any_part(part):
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "哈">{entities}]><x>&a11;</x>'
    parts = parts_of(p("甲"), styles="", numbering="", footnotes="")
    parts[part] = bomb
    assert "DOCTYPE" in refused(archive(parts))[0]


def test_external_entities_are_not_fetched():
    outside = '<!DOCTYPE x SYSTEM "file:///etc/hostname"><x>&a;</x>'
    parts = parts_of(p("甲"))
    parts["word/document.xml"] = outside
    assert "DOCTYPE" in refused(archive(parts))[0]


NUMBERED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
ROMAN = (
    '<w:lvl w:ilvl="0"><w:start w:val="30000"/><w:numFmt w:val="upperRoman"/>'
    f'<w:lvlText w:val="{"%1" * 100_000}"/></w:lvl>'
)

BOMBS = {
    "bytes": lambda: word(" " * (MAX_XML + 1)),
    "ratio": lambda: word(" " * (MAX_XML // 2)),
    "tags": lambda: word(p("x") * 600_000),
    "paragraphs": lambda: word("<w:p/>" * 250_000),
    "pieces": lambda: word("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 520_000 + "</w:p>"),
    "breaks": lambda: word("<w:p>" + "<w:br/>" * 600_000 + "</w:p>"),
    "line-ends": lambda: word("<w:p><w:r><w:t>a" + "\n" * 2_000_000 + "b</w:t></w:r></w:p>"),
    "characters": lambda: word(p("汉" * 2_000_000) * 3),
    "depth": lambda: word("<w:p>" * (MAX_DEPTH + 1) + "</w:p>" * (MAX_DEPTH + 1)),
    "names": lambda: word("".join(f"<w:p{number}/>" for number in range(100_000))),
    "attributes": lambda: word("<w:p " + " ".join(f'w:a{n}=""' for n in range(400_000)) + "/>"),
    "attribute": lambda: word(f'<w:p w:a="{"x" * 6_000_000}"/>'),
    "numbers": lambda: word(
        "".join(f'<w:p w:a="{number}"/>' for number in range(100_000)),
        styles=NUMBERED,
        numbering=lists(ROMAN),
    ),
}

WATCH = """
import json, sys, time
from reportlint.errors import ReadError
from reportlint.readers.docx import read

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        data = file.read()
    begun = time.process_time()
    try:
        read(data, path)
        reason = ""
    except ReadError as error:
        reason = error.detail["zh"]
    # not ru_maxrss: it starts at what the parent had before exec
    try:
        with open("/proc/self/status") as status:
            peak = next(int(line.split()[1]) // 1024 for line in status if line[:5] == "VmHWM")
    except OSError:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([path, reason, time.process_time() - begun, peak]))
"""


def test_bombs_cost_little(tmp_path):
    paths = []
    for name, make in BOMBS.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(make())
    watched = subprocess.run(
        [sys.executable, "-c", WATCH, *paths], capture_output=True, check=True, text=True
    )
    results = [json.loads(line) for line in watched.stdout.splitlines()]
    assert len(results) == len(BOMBS)
    for path, reason, seconds, megabytes in results:
        assert "不安全" in reason, path
        assert seconds < SECONDS, path
        assert megabytes < MEGABYTES, path


def test_many_files_in_the_archive():
    parts = parts_of(p("甲"))
    parts |= {f"x{number}": b"" for number in range(20_001)}
    assert "不安全" in refused(archive(parts, zipfile.ZIP_STORED))[0]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("<w:p>", "第2行"),
        ("<w:p></w:r>", "第2行"),
        ("<w:p>&nbsp;</w:p>", "第2行"),
        ("<w:p>\n\n<w:r <</w:p>", "第4行"),
        ("<x:p/>", "第2行"),
        ("<w:p>\x00</w:p>", "第2行"),
        ("<w:p>&#0;</w:p>", "第2行"),
        ("<w:p>&#xD800;</w:p>", "第2行"),
    ],
)
def test_malformed_xml_has_a_place(content, place):
    zh, en = refused(word(content))
    assert place in zh
    assert "word/document.xml" in zh
    assert "line" in en


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<a/>",
        b"<a>\xff\xfe</a>",
        b"\xff\xfe<\x00",
        b"<?xml version='1.0' encoding='GBK'?><a/>",
        b"<?xml version='1.0' encoding='rot13'?><a/>",
    ],
)
def test_parts_that_are_no_word_xml(part):
    parts = parts_of("")
    parts["word/document.xml"] = part
    refused(archive(parts))


def test_text_in_an_embedded_file_is_not_passed_over():
    assert "altChunk" in refused(word('<w:altChunk r:id="r1"/>'))[0]


@pytest.mark.parametrize(
    "content",
    [
        "<w:tbl>" + "<w:tr><w:tc>" * 3 + p("甲") + "</w:tc></w:tr>" * 3 + "</w:tbl>",
        "<w:tc>" + p("甲") + "</w:tc>",
        "<w:tr><w:tc>" + p("甲") + "</w:tc></w:tr>",
        "<w:p><w:p>" + t("甲") + "</w:p></w:p>",
        "<w:txbxContent>" + p("甲") + "</w:txbxContent>",
        "<w:p>" + t("甲") + '<w:r><w:fldChar w:fldCharType="end"/><w:fldChar/></w:r></w:p>',
        "<w:p>" + t("甲") + "<mc:Choice/><mc:Fallback/><mc:AlternateContent/></w:p>",
        "<w:pPr><w:pStyle/><w:numPr/><w:outlineLvl/></w:pPr><w:t>无</w:t><w:tab/>" + p("甲"),
        "<w:p><w:r><w:t><w:t>甲</w:t></w:t></w:r></w:p>",
        '<w:sectPr><w:headerReference/><w:headerReference r:id="none"/></w:sectPr>' + p("甲"),
    ],
)  # fmt: skip
def test_odd_but_harmless(content):
    assert read(word(content), "").text.replace("\n", "") == "甲"


def test_deep_nesting_within_the_bound():
    tables = MAX_DEPTH // 3 - 3
    content = "<w:tbl><w:tr><w:tc>" * tables + p("甲") + "</w:tc></w:tr></w:tbl>" * tables
    assert read(word(content), "").text == "甲"
    paragraphs = MAX_DEPTH - 5
    content = "<w:p>" * paragraphs + t("甲") + "</w:p>" * paragraphs
    assert read(word(content), "").text.strip("\n") == "甲"


def test_a_long_chain_and_ten_thousand_tables_in_good_time():
    begun = time.process_time()
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{i + 1}"/></w:style>'
        for i in range(20_000)
    )
    table = f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
    used = "".join(p("x", props=f'<w:pStyle w:val="s{i}"/>') for i in range(20_000))
    document = read(word(table * 10_000 + used, styles=chain), "")
    assert len(document.blocks) == 30_000
    assert time.process_time() - begun < SECONDS


def test_missing_and_circular_parts():
    parts = parts_of(p("甲") + '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>')
    parts["word/_rels/document.xml.rels"] = relations(
        {
            "h": ("header", "document.xml"),
            "s": ("styles", "gone.xml"),
            "n": ("numbering", "../../../etc/passwd"),
            "f": ("footnotes", "gone.xml"),
        }
    )
    assert read(archive(parts), "").text == "甲\n甲"


def test_a_damaged_file_is_a_read_error_or_a_document():
    # Each part is stored, so that the damage reaches the XML as well as the archive.
    pieces = numbered("甲") + f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
    stored = archive(
        parts_of(pieces, styles="", numbering=lists('<w:lvl w:ilvl="0"/>')), zipfile.ZIP_STORED
    )
    chance = random.Random(7)
    codes = set()
    for _ in range(300):
        data = bytearray(stored)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data), "")
        except ReadError as error:
            codes.add(error.code)
    assert codes == {"RL002"}
