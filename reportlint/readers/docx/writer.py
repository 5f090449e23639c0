"""Edits of the text to splices in the XML of the parts that hold it.

The bytes of a part are cut and joined, never parsed and written anew, so that everything but the
edited words stays as the program that wrote the file left it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportlint.document import Document
from reportlint.errors import ReadError, WriteError
from reportlint.findings import Edit
from reportlint.readers.docx.body import SPACES
from reportlint.readers.docx.draft import Source
from reportlint.readers.docx.markup import attribute, on, word
from reportlint.readers.docx.reader import main_part, parse
from reportlint.readers.docx.relations import relations
from reportlint.readers.limits import Budget, refused
from reportlint.readers.package import Package
from reportlint.readers.xml import Listener, utf8, walk

_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_LITERAL = re.compile(rb"&#?\w{1,16};|\r?\n|\r")
_TAG_NAME = re.compile(rb"<[^\s/>]+")
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


class _Change(NamedTuple):
    """Replace characters ``first`` to ``last`` of one source."""

    first: int
    last: int
    replacement: str


def apply(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data`` with ``edits`` made. Raises WriteError; see ``reportlint.readers.docx``."""
    wanted = sorted(edit for edit in edits if edit.start != edit.end or edit.replacement)
    if not wanted:
        return data
    try:
        return _apply(document, data, wanted)
    except WriteError as error:
        reason = str(error)
    except ReadError as error:
        reason = str(refused(error.detail["zh"], error.detail["en"]))
    raise WriteError(f"{document.path}: {reason}")


def _apply(document: Document, data: bytes, wanted: Sequence[Edit]) -> bytes:
    reading = parse(data, document.path, mapped=True)
    package = reading.package
    package.budget = Budget()
    if reading.document.text != document.text:
        raise refused("文件在检查之后改变了", "the file has changed since it was checked")
    check_open(package)

    changes: dict[int, list[_Change]] = {}
    before = 0
    for edit in wanted:
        if edit.start < before or not edit.start <= edit.end <= len(document.text):
            raise refused("修改互相重叠或越界", "edits overlap or are out of range")
        before = edit.end
        for index, change in _locate(reading.document, reading.sources, edit):
            changes.setdefault(index, []).append(change)

    written = package.replaced(_spliced(document.text, package, reading.sources, changes))
    _verify(reading.document, written, wanted)
    return written


def check_open(package: Package) -> None:
    """Raise WriteError for a document that its author has closed to changes."""
    if any(name.startswith("_xmlsignatures/") for name in package.names()) or any(
        relation.type == "origin" for relation in relations(package)
    ):
        raise refused(
            "文件有数字签名，修改会使签名失效",
            "the file is digitally signed: a change would break the signature",
        )
    protected: list[bool] = []

    def protection(attributes: Mapping[str, str]) -> None:
        enforced = attribute(attributes, "enforcement")
        protected.append(enforced is not None and on(attributes, "enforcement"))

    def write_protection(attributes: Mapping[str, str]) -> None:
        keys = ("hash", "hashValue")
        protected.append(any(attribute(attributes, key) is not None for key in keys))

    starts = word(documentProtection=protection, writeProtection=write_protection)
    for relation in relations(package, main_part(package)):
        if relation.type == "settings" and relation.target in package:
            settings = package.read(relation.target)
            walk(relation.target, settings, package.budget, Listener(starts, {}))
    if any(protected):
        raise refused(
            "文件设了编辑保护，请先在Word里停止保护",
            "the file is protected from editing: stop the protection in Word first",
        )


def _locate(
    document: Document, sources: Sequence[Source], edit: Edit
) -> Iterable[tuple[int, _Change]]:
    """Yield the changes that make up an edit, with the index of the source of each."""
    if _UNWRITABLE.search(edit.replacement):
        raise refused(
            "替换文字含有换行、制表符或控制字符",
            "the new text has a line end, a tab or a control character",
        )
    index = bisect_right(sources, edit.start, key=lambda source: source.start) - 1
    if edit.start == edit.end:
        # After the character before, else before the one that follows.
        if index > 0 and sources[index].start == edit.start:
            previous = sources[index - 1]
            if previous.start + previous.length == edit.start:
                index -= 1
        source = sources[index] if index >= 0 else None
        if source is None or edit.start > source.start + source.length:
            raise _obstacle(document, edit.start)
        at = edit.start - source.start
        yield index, _Change(at, at, edit.replacement)
        return
    position, replacement = edit.start, edit.replacement
    index = max(index, 0)
    while position < edit.end:
        while index < len(sources) and sources[index].start + sources[index].length <= position:
            index += 1
        if index == len(sources) or sources[index].start > position:
            raise _obstacle(document, position)
        source = sources[index]
        last = min(edit.end, source.start + source.length)
        yield index, _Change(position - source.start, last - source.start, replacement)
        position, replacement = last, ""


def _obstacle(document: Document, position: int) -> Exception:
    """Return the error for a position that has no text in the file."""
    block = document.block_at(position)
    if block is not None and block.start <= position < block.start + block.auto:
        zh, en = "自动编号", "an automatic number"
    else:
        character = document.text[position : position + 1]
        zh, en = {
            "\t": ("制表符", "a tab"),
            "\n": ("段落结尾或换行", "the end of a paragraph or line"),
            "": ("文末", "the end of the text"),
        }.get(character, ("符号或没有文字的位置", "a symbol or a place without text"))
    line, column = document.lines.position(position)
    return refused(
        f"第{line}行第{column}列是{zh}，请在Word里修改",
        f"line {line}, column {column} is {en}: change it in Word",
    )


def _spliced(
    text: str,
    package: Package,
    sources: Sequence[Source],
    changes: Mapping[int, Sequence[_Change]],
) -> dict[str, bytes]:
    """Return the new content of every part that ``changes``, by index of source, touch."""
    contents: dict[str, bytes] = {}
    splices: dict[str, list[tuple[int, int, bytes]]] = {}
    done: set[tuple[str, int]] = set()
    for index in changes:
        part, tag = sources[index].part, sources[index].tag
        if part not in contents:
            contents[part] = package.read(part)
            splices[part] = []
            if utf8(part, contents[part]) is not contents[part]:
                raise refused(f"“{part}”是UTF-16编码，不能改写", f"{part} is in UTF-16")
        if (part, tag) not in done:
            done.add((part, tag))
            whole = _whole(sources, index)
            splices[part] += _of_one_element(text, contents[part], sources, whole, changes)
    return {part: _joined(contents[part], of_part) for part, of_part in splices.items()}


def _whole(sources: Sequence[Source], index: int) -> range:
    """Return the indices of the sources that are in the same ``w:t``."""
    key = sources[index].part, sources[index].tag
    first = last = index
    while first and (sources[first - 1].part, sources[first - 1].tag) == key:
        first -= 1
    while last < len(sources) and (sources[last].part, sources[last].tag) == key:
        last += 1
    return range(first, last)


def _of_one_element(
    text: str,
    content: bytes,
    sources: Sequence[Source],
    indices: Iterable[int],
    changes: Mapping[int, Sequence[_Change]],
) -> Iterator[tuple[int, int, bytes]]:
    """Yield (first byte, last byte, new bytes) for the changes in one ``w:t``."""
    result, tag = "", 0
    for index in indices:
        source, tag = sources[index], sources[index].tag
        old = text[source.start : source.start + source.length]
        of_source = changes.get(index, ())
        result += _changed(old, of_source)
        if of_source:
            raw = _raw(content, source.at, old)
            yield source.at, source.at + len(raw), _rebuilt(old, raw, of_source)
    if result and (result[0] in SPACES or result[-1] in SPACES):
        start, name = _TAG.match(content, tag), _TAG_NAME.match(content, tag)
        if start and name and b"xml:space" not in start.group():
            yield name.end(), name.end(), b' xml:space="preserve"'


def _changed(old: str, changes: Sequence[_Change]) -> str:
    out, last = "", 0
    for change in changes:
        out += old[last : change.first] + change.replacement
        last = change.last
    return out + old[last:]


def _raw(content: bytes, at: int, text: str) -> bytes:
    """Return the bytes that stand for ``text``: itself, a reference or a line end."""
    other = _NOT_LITERAL.match(content, at) if len(text) == 1 else None
    return other.group() if other else text.encode()


def _rebuilt(old: str, raw: bytes, changes: Sequence[_Change]) -> bytes:
    literal = raw == old.encode()
    out, last = b"", 0
    for change in (*changes, _Change(len(old), len(old), "")):
        kept = old[last : change.first]
        out += kept.encode() if literal else raw if kept else b""
        out += _escape(change.replacement).encode()
        last = change.last
    return out


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _joined(content: bytes, splices: Iterable[tuple[int, int, bytes]]) -> bytes:
    out, last = [], 0
    for first, end, new in sorted(splices):
        out += [content[last:first], new]
        last = end
    return b"".join([*out, content[last:]])


def _verify(document: Document, written: bytes, edits: Sequence[Edit]) -> None:
    """Raise WriteError unless the written file reads as the edits say, automatic numbers aside."""
    try:
        again = parse(written, document.path).document
    except ReadError:
        again = None
    autos = [Edit(b.start, b.start + b.auto, "") for b in document.blocks if b.auto]
    expected = _edited(document.text, sorted([*edits, *autos]))
    if again is not None:
        autos = [Edit(b.start, b.start + b.auto, "") for b in again.blocks if b.auto]
        if _edited(again.text, autos) == expected:
            return
    raise refused("改写后核对不符，文件未改动", "the result did not read as expected")


def _edited(text: str, edits: Sequence[Edit]) -> str:
    out, last = [], 0
    for edit in edits:
        out += [text[last : edit.start], edit.replacement]
        last = edit.end
    return "".join([*out, text[last:]])
