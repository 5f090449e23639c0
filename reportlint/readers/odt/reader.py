"""The parts of a package to one document."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.document import Document
from reportlint.readers.limits import unusable
from reportlint.readers.odt.body import Story
from reportlint.readers.odt.styles import Styles
from reportlint.readers.package import Package
from reportlint.readers.paragraphs import Paragraphs
from reportlint.readers.splice import Piece
from reportlint.readers.xml import Listener, walk

CONTENT = "content.xml"
STYLES = "styles.xml"

_MANIFEST = "META-INF/manifest.xml"
_MARGINS = (b"<style:header", b"<style:footer")


class Reading(NamedTuple):
    """A document and where its text stands.

    ``parts``  (offset of the text where a part begins, its name, its pieces)
    """

    document: Document
    package: Package
    parts: list[tuple[int, str, list[Piece]]]


def parse(data: bytes, path: str, *, mapped: bool = False) -> Reading:
    """Read an OpenDocument text. ``mapped``: also say where it stands. Raises ReadError."""
    package = _open(data)
    common = Styles()
    styles = package.read(STYLES) if STYLES in package else b""
    if styles:
        walk(STYLES, styles, package.budget, Listener(common.starts(), {}))
    out = Paragraphs()
    body = Story("body", Styles(common), mapped=mapped)
    body.read(CONTENT, package.read(CONTENT), package.budget)
    body.tell(out)
    parts = [(0, CONTENT, body.pieces)]
    traces = list(body.traces())
    if any(name in styles for name in _MARGINS):
        margins = Story("margin", common, mapped=mapped)
        margins.read(STYLES, styles, package.budget)
        parts.append((out.length, STYLES, margins.pieces))
        margins.tell(out)
        traces += margins.traces()
    text = out.text()
    comments = list(body.comments(text))
    document = Document(
        text,
        path=path,
        format="odt",
        encoding=None,
        blocks=out.blocks,
        comments=comments,
        traces=traces,
    )
    return Reading(document, package, parts)


def _open(data: bytes) -> Package:
    if not data.startswith(b"PK\x03\x04"):
        if not data:
            raise unusable("文件是空的（0字节）", "the file is empty (0 bytes)")
        raise unusable("这不是odt（不是ZIP压缩包）", "not an odt file: not a ZIP archive")
    package = Package(data)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise unusable(
            "文件有打开密码，请去掉密码后再检查",
            "the file is protected by a password: remove it first",
        )
    if CONTENT not in package:
        raise unusable("压缩包里没有正文（content.xml）", "the package has no content.xml")
    return package
