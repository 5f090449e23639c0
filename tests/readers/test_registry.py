"""Which reader takes which file, and which files are refused with advice."""

import io
import zipfile

import pytest

from reportlint import readers
from reportlint.document import Document
from reportlint.errors import ReadError, WriteError
from reportlint.findings import Edit


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "<x/>")
    return buffer.getvalue()


def refused(data: bytes, path: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        readers.read(data, path)
    assert caught.value.code == "RL002"
    assert set(caught.value.detail) == {"zh", "en"}
    return caught.value


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("述职报告.txt", "text"),
        ("a/b.TEXT", "text"),
        ("总结.md", "markdown"),
        ("总结.Markdown", "markdown"),
        ("方案.DOCX", "docx"),
        ("方案.doc", "doc"),
        ("方案.WPS", "doc"),
        ("方案.odt", "odt"),
        ("方案.rtf", "rtf"),
        ("方案.pdf", "pdf"),
        ("方案.htm", "html"),
        ("方案.et", None),
        ("README", None),
        ("a.md/README", None),
    ],
)
def test_the_suffix_names_the_format(path: str, format: str | None) -> None:
    assert readers.format_of(path) == format


def test_a_named_format_overrides_the_suffix() -> None:
    assert readers.read("# 标题".encode(), "a.txt", "markdown").format == "markdown"
    assert readers.read("# 标题".encode(), "-", "text").format == "text"


def test_a_file_without_a_known_suffix_is_text() -> None:
    document = readers.read("述职报告".encode(), "草稿")
    assert (document.format, document.path, document.text) == ("text", "草稿", "述职报告")


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="wps"):
        readers.read(b"", "a.txt", "wps")


@pytest.mark.parametrize("suffix", [".rtf", ".odt", ".pdf"])
def test_a_document_under_another_name_needs_a_new_name_only(suffix: str) -> None:
    error = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "报告" + suffix)
    assert error.detail["zh"] == "后缀不对，这是旧版 Word 或 WPS 文档；请把后缀改为 .doc"
    assert error.detail["en"] == "misnamed: it is an old Word or WPS document; rename it to .doc"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ""])
@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (archive("word/document.xml"), "后缀改为 .docx", "rename it to .docx"),
        (archive("content.xml"), "OpenDocument 文档；请把后缀改为 .odt", "rename it to .odt"),
        (archive("a.txt"), "ZIP", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "旧版 Word", "old Word"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF", "PDF"),
        (b"{\\rtf1\\ansi\\ansicpg936 }", "RTF", "RTF"),
    ],
)
def test_a_renamed_document_is_called_what_it_is(
    data: bytes, zh: str, en: str, suffix: str
) -> None:
    error = refused(data, "报告" + suffix)
    assert zh in error.detail["zh"]
    assert en in error.detail["en"]


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".odt", ".rtf", ".pdf"])
def test_a_docx_named_otherwise_needs_a_new_name_only(suffix: str) -> None:
    assert "改为 .docx" in refused(archive("word/document.xml"), "报告" + suffix).detail["zh"]


@pytest.mark.parametrize("format", sorted(set(readers.FORMATS.values())))
def test_no_reader_takes_anything_for_its_format(format: str) -> None:
    if format in ("text", "markdown", "html"):
        assert readers.read(b"", "-", format).format == format
    else:
        with pytest.raises(ReadError) as caught:
            readers.read(b"", "-", format)
        assert caught.value.code == "RL002"


def test_what_cannot_be_written_is_no_format_that_can() -> None:
    assert set(readers.FORMATS.values()) >= readers.WRITABLE
    for format in set(readers.FORMATS.values()) - readers.WRITABLE:
        document = Document("报告", path="a", format=format)
        assert readers.write(document, b"x", []) == b"x"
        with pytest.raises(WriteError, match=r"docx|comes from"):
            readers.write(document, b"x", [Edit(0, 1, "")])


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_edits_go_to_the_reader_of_the_document(path: str) -> None:
    data = "一是抓学习。\r\n三是抓落实。".encode("gb18030")
    document = readers.read(data, path)
    written = readers.write(document, data, [Edit(8, 9, "二")])
    assert written == "一是抓学习。\r\n二是抓落实。".encode("gb18030")
