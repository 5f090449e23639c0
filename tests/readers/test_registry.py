"""Which reader takes which file, and which files are refused with advice."""

import io
import zipfile

import pytest

from reportlint import readers
from reportlint.errors import ReadError
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
        ("方案.doc", None),
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


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt", ".pdf"])
def test_formats_without_a_reader_say_what_to_do(suffix: str) -> None:
    error = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "报告" + suffix)
    assert suffix in error.detail["zh"]
    assert ".docx" in error.detail["zh"]
    assert ".docx" in error.detail["en"]


@pytest.mark.parametrize("suffix", [".txt", ".md", ""])
@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (archive("word/document.xml"), "后缀改为 .docx", "rename it to .docx"),
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


def test_a_docx_named_doc_needs_a_new_name_only() -> None:
    assert "改为 .docx" in refused(archive("word/document.xml"), "报告.doc").detail["zh"]


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_edits_go_to_the_reader_of_the_document(path: str) -> None:
    data = "一是抓学习。\r\n三是抓落实。".encode("gb18030")
    document = readers.read(data, path)
    written = readers.write(document, data, [Edit(8, 9, "二")])
    assert written == "一是抓学习。\r\n二是抓落实。".encode("gb18030")
