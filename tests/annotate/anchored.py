"""What an annotated file says, read with lxml and not with the reader under test."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "word/document.xml"
STAMP = "2026-01-02T03:04:05Z"

_MARKS = (W + "commentRangeStart", W + "commentRangeEnd")


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name; the archive must be sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def root(data: bytes, part: str = MAIN) -> Any:
    return etree.fromstring(parts(data)[part])


def _shown(element: Any) -> str:
    text = element.text or ""
    return text if element.get(SPACE) == "preserve" else text.strip(" \t\r\n")


def comments(data: bytes) -> dict[str, list[str]]:
    """The paragraphs of our comments by id."""
    held = parts(data)
    if "word/comments.xml" not in held:
        return {}
    return {
        comment.get(W + "id"): [
            "".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p")
        ]
        for comment in etree.fromstring(held["word/comments.xml"]).iter(W + "comment")
        if comment.get(W + "author") == "reportlint"
    }


def words(data: bytes) -> dict[str, str]:
    """The words that each comment is anchored on, by id; a line feed between paragraphs."""
    found: dict[str, str] = {}
    open_ones: set[str] = set()
    ended: set[str] = set()
    for element in root(data).iter():
        if element.tag == W + "commentRangeStart":
            open_ones.add(element.get(W + "id"))
            found[element.get(W + "id")] = ""
        elif element.tag == W + "commentRangeEnd":
            open_ones.remove(element.get(W + "id"))
            ended.add(element.get(W + "id"))
        elif element.tag == W + "commentReference":
            assert element.get(W + "id") in ended
        elif element.tag in (W + "t", W + "delText"):
            for key in open_ones:
                found[key] += _shown(element)
        elif element.tag == W + "p":
            for key in open_ones:
                found[key] += "\n"
    assert not open_ones
    return found


def shape(element: Any) -> list[Any]:
    """The content of an element without comment marks, runs cut into single characters."""
    found: list[Any] = []
    for child in element:
        if child.tag in _MARKS:
            continue
        if child.tag == W + "r":
            properties = child.find(W + "rPr")
            look = etree.tostring(properties) if properties is not None else b""
            for item in child:
                if item.tag in (W + "rPr", W + "commentReference"):
                    continue
                if item.tag == W + "t":
                    found += [(look, char) for char in _shown(item)]
                else:
                    found.append((look, item.tag, sorted(item.items()), shape(item)))
        else:
            text = child.text if child.text and child.text.strip() else ""
            found.append((child.tag, sorted(child.items()), text, shape(child)))
    return found


def decided(element: Any, *, accept: bool) -> list[Any]:
    """``shape`` after our tracked changes have been accepted or rejected."""
    for change in list(element.iter(W + "ins", W + "del")):
        if change.get(W + "author") != "reportlint":
            continue
        parent = change.getparent()
        at = parent.index(change)
        if (change.tag == W + "ins") == accept:
            for run in reversed(change):
                for text in run.iter(W + "delText"):
                    text.tag = W + "t"
                parent.insert(at + 1, run)
        parent.remove(change)
    return shape(element)
