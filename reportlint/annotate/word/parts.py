"""What a package needs besides the marks: the comments, their content type and relationship."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence

from reportlint.annotate import AUTHOR
from reportlint.annotate.word.layout import Layout
from reportlint.annotate.word.splices import Splice, appended
from reportlint.readers.docx.relations import relations
from reportlint.readers.package import Package

TYPES = "[Content_Types].xml"
TYPES_SPACE = b"http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_SPACE = b"http://schemas.openxmlformats.org/package/2006/relationships"
COMMENTS_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_IDS = re.compile(rb"""\sId\s*=\s*["']([^"']*)""")
_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")

_INITIALS = "RL"


def comments_part(package: Package, main: str) -> tuple[str, bool]:
    """Return the name of the part of comments, and whether the main part refers to it already."""
    for relation in relations(package, main):
        if relation.type == "comments":
            return relation.target, True
    folder = posixpath.dirname(main)
    name, number = posixpath.join(folder, "comments.xml"), 0
    while name in package:
        number += 1
        name = posixpath.join(folder, f"comments{number}.xml")
    return name, False


def comments(content: bytes | None, part: str, items: Iterable[tuple[int, Sequence[str]]],
             stamp: str, namespace: bytes) -> tuple[bytes, Sequence[Splice]]:  # fmt: skip
    """Return a part of comments and what puts ``items`` (ids and paragraphs) into it.

    ``content`` is None for a part that does not exist; then one without comments is returned.
    """
    if content is None:
        content = _HEAD + b'<w:comments xmlns:w="' + namespace + b'"></w:comments>'
        prefix, space = b"w:", namespace
    else:
        layout = Layout(part, content)
        prefix, space = layout.prefix, layout.namespace
    declared = b"" if prefix else b' xmlns:w="' + space + b'"'
    w = (prefix or b"w:").decode()
    made = "".join(_comment(w, declared.decode(), *item, stamp) for item in items)
    return content, appended(content, made.encode())


def _comment(w: str, declared: str, key: int, paragraphs: Sequence[str], stamp: str) -> str:
    inside = "".join(
        f'<{w}p><{w}r><{w}t xml:space="preserve">{escaped(text)}</{w}t></{w}r></{w}p>'
        for text in paragraphs
    )
    return (
        f'<{w}comment{declared} {w}id="{key}" {w}author="{AUTHOR}" {w}date="{stamp}"'
        f' {w}initials="{_INITIALS}">{inside}</{w}comment>'
    )


def escaped(text: str) -> str:
    """Return a text as XML; what XML cannot hold is a space."""
    text = _UNWRITABLE.sub(" ", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(content: bytes, part: str, kind: bytes) -> Sequence[Splice]:
    """Return what gives a part its content type, nothing where it has one of its own."""
    name = b'PartName="/' + part.encode() + b'"'
    if name.lower() in content.lower():
        return ()
    space = b"" if b"<Types" in content else b' xmlns="' + TYPES_SPACE + b'"'
    return appended(content, b"<Override" + space + b" " + name + b' ContentType="' + kind + b'"/>')


def related(content: bytes | None, target: str, namespace: bytes) -> tuple[bytes, Sequence[Splice]]:
    """Return the relationships of the main part and what adds the comments to them."""
    if content is None:
        content = _HEAD + b'<Relationships xmlns="' + RELATIONS_SPACE + b'"></Relationships>'
    used = set(_IDS.findall(content))
    number = 1
    while b"rId%d" % number in used:
        number += 1
    kind = _STRICT_RELATION if namespace == _STRICT else _RELATION
    space = b"" if b"<Relationships" in content else b' xmlns="' + RELATIONS_SPACE + b'"'
    item = b'<Relationship%s Id="rId%d" Type="%s" Target="%s"/>' % (
        space, number, kind, escaped(target).encode(),
    )  # fmt: skip
    return content, appended(content, item)


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
