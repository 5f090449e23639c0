"""The parts of a package to one document."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from reportlint.document import Comment, Document
from reportlint.readers.docx.body import Story
from reportlint.readers.docx.draft import Draft, Source
from reportlint.readers.docx.numbering import Counters, Numbering
from reportlint.readers.docx.relations import relations
from reportlint.readers.docx.styles import Styles
from reportlint.readers.limits import unusable
from reportlint.readers.package import Package

_USUAL = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_OTHERS = (
    ((b"%PDF",), "PDF文件", "a PDF file"),
    ((b"{\\rtf",), "RTF文件", "an RTF file"),
    ((b"Rar!", b"7z\xbc\xaf"), "其他格式的压缩包", "another kind of archive"),
    ((b"<?xml", b"<html", b"<!DOC", b"<HTML", b"\xef\xbb\xbf<"), "网页或XML文件", "HTML or XML"),
)


class Reading(NamedTuple):
    """A document and where its text stands in the package."""

    document: Document
    package: Package
    sources: list[Source]


def parse(data: bytes, path: str, *, mapped: bool = False) -> Reading:
    """Read a Word file. ``mapped``: also say where the text stands. Raises ReadError."""
    package = open_package(data)
    main = main_part(package)
    links = relations(package, main)
    targets: dict[str, str] = {}
    for relation in links:
        targets.setdefault(relation.type, relation.target)

    styles = Styles(package, targets.get("styles"))
    numbering = Numbering(package, targets.get("numbering"), styles)
    draft = Draft(styles, numbering, mapped=mapped)

    def tell(name: str, part: str, counters: Counters, number: int | None = None) -> Story:
        base = {} if number is None else {name: number}
        story = Story(name, base, draft.story(part, counters))
        story.read(package, part, package.read(part))
        return story

    body = tell("body", main, Counters(numbering))
    body.pages.tell(package)
    for name in ("footnote", "endnote"):
        part = targets.get(name + "s")
        if part is not None and part in package:
            tell(name, part, Counters(numbering))

    by_id = {relation.id: relation for relation in links}
    wanted = [by_id[target] for target in dict.fromkeys(body.references) if target in by_id]
    counters = Counters(numbering)
    for name in ("header", "footer"):
        parts = dict.fromkeys(relation.target for relation in wanted if relation.type == name)
        for number, part in enumerate((part for part in parts if part in package), 1):
            tell(name, part, counters, number)

    text = draft.text()
    comments: list[Comment] = []
    part = targets.get("comments")
    if draft.marks and part is not None and part in package:
        from reportlint.readers.docx.comments import read_comments

        comments = read_comments(package, part, draft.marks, text)
    document = Document(
        text,
        path=path,
        format="docx",
        encoding=None,
        blocks=draft.blocks,
        comments=comments,
        traces=draft.traces,
    )
    return Reading(document, package, draft.sources)


def open_package(data: bytes) -> Package:
    """Open the package of a Word file. Raises ReadError for what is none."""
    if data.startswith(b"PK\x03\x04"):
        return Package(data)
    if not data:
        raise unusable("文件是空的（0字节）", "the file is empty (0 bytes)")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise unusable(
                "文件有打开密码，请去掉密码后再检查",
                "the file is protected by a password: remove it first",
            )
        if "WordDocument".encode("utf-16-le") in data:
            raise unusable(
                "这是旧的doc（或wps）格式，只是改了后缀名；请用Word或WPS另存为docx",
                "this is a doc (or wps) file under another name: save it as docx",
            )
        raise unusable("这不是Word文件（OLE复合文档）", "not a Word file but an OLE document")
    for marks, zh, en in _OTHERS:
        if data.startswith(marks):
            raise unusable(f"这不是docx，而是{zh}", f"not a docx file but {en}")
    raise unusable("这不是docx（不是ZIP压缩包）", "not a docx file: not a ZIP archive")


def main_part(package: Package) -> str:
    """Return the name of the part that holds the body. Raises ReadError where there is none."""
    for relation in relations(package):
        if relation.type == "officeDocument" and relation.target in package:
            return relation.target
    if _USUAL in package:
        return _USUAL
    if "content.xml" in package:
        raise unusable("这不是docx，而是ODF文件", "not a docx file but an OpenDocument file")
    raise unusable(
        f"压缩包里没有正文（{posixpath.basename(_USUAL)}）", "the package has no main document"
    )
