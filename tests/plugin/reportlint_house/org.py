"""Org files: plain text whose headings begin with asterisks. Only UTF-8 is read."""

import re
from collections.abc import Sequence

from reportlint import Block, Document, Edit, ReadError

suffixes = (".org",)

_LINE = re.compile(r"(?P<stars>\*+ )?(?P<text>[^\r\n]+)")


def read(data: bytes, path: str) -> Document:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        where = error.start
        raise ReadError(
            "RL001", f"第 {where} 字节不是 UTF-8", f"byte {where} is not UTF-8"
        ) from error
    blocks, markup = [], []
    for line in _LINE.finditer(text):
        start, end = line.span("text")
        stars = line["stars"] or ""
        level = len(stars) - 1 if stars else 0
        blocks.append(Block(start, end, "heading" if level else "text", level=level))
        if stars:
            markup.append(line.span("stars"))
    return Document(text, path=path, blocks=blocks, markup=markup)


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    text = document.text
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text.encode()
