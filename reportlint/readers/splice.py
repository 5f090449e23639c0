"""Where the text of a document stands in its source, and edits of the one as edits of the other.

For formats whose text is extracted from markup (HTML, OpenDocument): the source is cut and joined,
never parsed and written anew, so that everything but the edited words stays as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlint.document import Document
from reportlint.findings import Edit
from reportlint.readers.limits import refused

_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\r\n]+")


class Piece(NamedTuple):
    """``text[start : start + length]`` stands at ``source[at : at + size]``.

    ``literal``: as it is. Else the source holds an entity, an element or white space for it, and
    the piece can only be replaced as a whole.
    """

    start: int
    length: int
    at: int
    size: int
    literal: bool


def splices(
    document: Document,
    pieces: Sequence[Piece],
    edits: Iterable[Edit],
    size: Callable[[str], int] = len,
) -> Iterator[Edit]:
    """Yield the edits of the source that make ``edits``, in order and none overlapping.

    ``size`` measures text in units of the source. Raises WriteError where an edit touches what is
    not in the source: the end of a paragraph, an automatic number.
    """
    before = 0
    for edit in sorted(edits):
        if edit.start < before or not edit.start <= edit.end <= len(document.text):
            raise refused("修改互相重叠或越界", "edits overlap or are out of range")
        if _UNWRITABLE.search(edit.replacement):
            raise refused(
                "替换文字含有换行、制表符或控制字符",
                "the new text has a line end, a tab or a control character",
            )
        before = edit.end
        if edit.start == edit.end:
            yield _insertion(document, pieces, edit, size)
        else:
            yield from _replacement(document, pieces, edit, size)


def _insertion(
    document: Document, pieces: Sequence[Piece], edit: Edit, size: Callable[[str], int]
) -> Edit:
    """After the character before, else before the one that follows."""
    index = bisect_right(pieces, edit.start, key=lambda piece: piece.start) - 1
    if index > 0 and pieces[index].start == edit.start:
        previous = pieces[index - 1]
        index -= previous.start + previous.length == edit.start
    piece = pieces[index] if index >= 0 else None
    if piece is None or edit.start > piece.start + piece.length:
        raise _obstacle(document, edit.start)
    if edit.start == piece.start:
        at = piece.at
    elif edit.start == piece.start + piece.length:
        at = piece.at + piece.size
    elif piece.literal:
        at = piece.at + size(document.text[piece.start : edit.start])
    else:
        raise _obstacle(document, edit.start)
    return Edit(at, at, edit.replacement)


def _replacement(
    document: Document, pieces: Sequence[Piece], edit: Edit, size: Callable[[str], int]
) -> Iterator[Edit]:
    """Replace in the first piece that is touched, delete in the others."""
    text, position, replacement = document.text, edit.start, edit.replacement
    index = max(bisect_right(pieces, edit.start, key=lambda piece: piece.start) - 1, 0)
    while position < edit.end:
        while index < len(pieces) and pieces[index].start + pieces[index].length <= position:
            index += 1
        if index == len(pieces) or pieces[index].start > position:
            raise _obstacle(document, position)
        piece = pieces[index]
        last = min(edit.end, piece.start + piece.length)
        if piece.literal:
            first = piece.at + size(text[piece.start : position])
            yield Edit(first, first + size(text[position:last]), replacement)
        elif position == piece.start and last == piece.start + piece.length:
            yield Edit(piece.at, piece.at + piece.size, replacement)
        else:
            raise _obstacle(document, position)
        position, replacement = last, ""


def _obstacle(document: Document, position: int) -> Exception:
    line, column = document.lines.position(position)
    block = document.block_at(position)
    if block is not None and block.start <= position < block.start + block.auto:
        zh, en = "自动编号", "an automatic number"
    else:
        zh, en = "段落结尾或没有文字的位置", "the end of a paragraph or a place without text"
    return refused(
        f"第{line}行第{column}列是{zh}，请在编辑软件里修改",
        f"line {line}, column {column} is {en}: change it in an editor",
    )


def reads_as(before: Document, edits: Iterable[Edit], after: Document) -> bool:
    """Return whether ``after`` is ``before`` with ``edits``, white space and numbers aside."""
    autos = [Edit(b.start, b.start + b.auto, "") for b in before.blocks if b.auto]
    expected = _edited(before.text, sorted([*edits, *autos]))
    autos = [Edit(b.start, b.start + b.auto, "") for b in after.blocks if b.auto]
    return _SPACE.sub("", expected) == _SPACE.sub("", _edited(after.text, autos))


def unverified() -> Exception:
    """Return the error for a result that does not read as it should."""
    return refused("改写后核对不符，文件未改动", "the result did not read as expected")


def changed() -> Exception:
    """Return the error for a file that is not the one that was read."""
    return refused("文件在检查之后改变了", "the file has changed since it was checked")


def _edited(text: str, edits: Iterable[Edit]) -> str:
    out, last = [], 0
    for edit in edits:
        out += [text[last : edit.start], edit.replacement]
        last = edit.end
    return "".join([*out, text[last:]])
