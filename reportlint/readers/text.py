"""Plain text: every line is a block, and edits go back into the bytes as they were.

Drafts pasted from chat tools keep their Markdown in a ``.txt``: bold, ``# `` headings and ``* ``
bullets are taken for markup where they cannot be anything else.
"""

from __future__ import annotations

from reportlint.document import Block, Document, Span, line_blocks
from reportlint.errors import WriteError
from reportlint.readers.decode import codec, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlint.findings import Edit

_TITLE = 60
"""Characters that a heading marked with ``#`` has at most."""


def read(data: bytes, path: str = "") -> Document:
    """Read a plain text. Raises ReadError RL001 for what cannot be decoded."""
    text, encoding, mark = decode(data)
    blocks = line_blocks(text)
    markup: list[Span] = []
    if "#" in text and ("# " in text or "#\t" in text):
        blocks = [_heading(text, block, markup) for block in blocks]
    if "*" in text:
        if "* " in text or "*\t" in text:
            blocks = [_item(text, block, markup) for block in blocks]
        markup += _bold(text, blocks)
    return Document(
        text,
        path=path,
        format="text",
        encoding=encoding,
        blocks=blocks,
        markup=markup,
        origin=mark,
    )


def _heading(text: str, block: Block, markup: list[Span]) -> Block:
    """Return the block as a heading where it is one by Markdown and reads like a title."""
    line = text[block.start : block.end]
    level = len(line) - len(line.lstrip("#"))
    title = line[level:].strip()
    if not 1 <= level <= 6 or line[level : level + 1] not in (" ", "\t") or not title.strip("#"):
        return block
    bare = title.rstrip("#").rstrip()
    if len(bare) > _TITLE or bare[-1] in "。；，、" or not any(c >= "\u3400" for c in bare):
        return block
    content = block.start + line.index(title, level)
    markup += (Span(block.start, content), Span(content + len(bare), content + len(title)))
    return block._replace(kind="heading", level=level)


def _item(text: str, block: Block, markup: list[Span]) -> Block:
    """Return the block as a list item where it begins with an asterisk for a bullet."""
    line = text[block.start : block.end]
    content = line.lstrip()
    rest = content[1:].lstrip(" \t")
    if content[0] != "*" or content[1:2] not in (" ", "\t") or not _begins_item(rest):
        return block
    bullet = block.start + len(line) - len(content)
    markup.append(Span(bullet, block.end - len(rest)))
    return block._replace(kind="item")


def _begins_item(rest: str) -> bool:
    from reportlint.readers.emphasis import slot_follows

    if rest[:1].isalnum():
        return not slot_follows(rest, 0, len(rest))
    return rest.startswith(("*", "“", "《", "（", "【"))


def _bold(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    from reportlint.readers.emphasis import ASTERISKS, OPENS, certain_pairs, delimiters, strictness

    if not OPENS.search(text):
        return
    ranges = [
        (start, end, [Span(*match.span()) for match in ASTERISKS.finditer(text, start, end)])
        for start, end, *_ in blocks
        if text.find("*", start, end) >= 0
    ]
    certain = certain_pairs(text, ranges)
    if not certain:
        return  # what is not Markdown beyond doubt is plain, and its asterisks are slots
    strict = strictness(text, ranges, certain)
    for start, end, runs in ranges:
        if len(runs) > 1:
            yield from delimiters(text, runs, start, end, strict=strict)


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return ``data``, the bytes of ``document``, with ``edits`` made; all else as it was.

    Edits are in coordinates of ``document.text``, in any order. Raises WriteError where they
    overlap, where the encoding lacks a character, and where ``data`` is not what was read.
    """
    encoding = document.encoding or "utf-8"
    name, text = codec(encoding), document.text
    mark: bytes = document.origin or b""
    body = data[len(mark) :]
    ordered = sorted(edits)
    _validate(document, ordered)
    try:
        if not data.startswith(mark) or body.decode(name) != text:
            raise WriteError(f"{document.path}: the file has changed since it was read")
    except UnicodeDecodeError:
        raise WriteError(f"{document.path}: the file has changed since it was read") from None

    pieces, last = [mark], 0
    for edit, (start, end) in zip(ordered, _byte_spans(text, body, name, ordered), strict=True):
        pieces += (body[last:start], _encode(document, edit, encoding, name))
        last = end
    pieces.append(body[last:])
    written = b"".join(pieces)

    if _decoded(written[len(mark) :], name) != _edited(text, ordered):
        raise WriteError(f"{document.path}: the edits cannot be expressed in {encoding}")
    return written


def _validate(document: Document, ordered: Sequence[Edit]) -> None:
    last = 0
    for start, end, _ in ordered:
        if not last <= start <= end <= len(document.text):
            line, column = document.lines.position(max(0, min(start, len(document.text))))
            raise WriteError(f"{document.path}:{line}:{column}: edits overlap or lie outside")
        last = end


def _byte_spans(
    text: str, body: bytes, name: str, edits: Sequence[Edit]
) -> Iterator[tuple[int, int]]:
    """Yield where the range of each edit lies in ``body``, which decodes to ``text``."""
    try:
        same = text.encode(name) == body
    except UnicodeEncodeError:
        same = False
    if not same:
        # Two byte sequences for one character, as Big5 has: only decoding tells how long each is.
        offsets = _walk(body, name)
        yield from ((offsets[edit.start], offsets[edit.end]) for edit in edits)
        return
    position = offset = 0
    for edit in edits:
        start = offset + len(text[position : edit.start].encode(name))
        position, offset = edit.end, start + len(text[edit.start : edit.end].encode(name))
        yield start, offset


def _walk(body: bytes, name: str) -> list[int]:
    """Return the byte offset of every character of ``body`` and, last, its length."""
    import codecs

    decoder = codecs.getincrementaldecoder(name)()
    offsets, begin = [], 0
    for index in range(len(body)):
        characters = decoder.decode(body[index : index + 1])
        if characters:
            offsets += [begin] * len(characters)
            begin = index + 1
    offsets += [begin] * len(decoder.decode(b"", True))
    offsets.append(len(body))
    return offsets


def _encode(document: Document, edit: Edit, encoding: str, name: str) -> bytes:
    try:
        return edit.replacement.encode(name)
    except UnicodeEncodeError as error:
        line, column = document.lines.position(edit.start)
        raise WriteError(
            f"{document.path}:{line}:{column}: {encoding} has no character "
            f"“{edit.replacement[error.start]}”"
        ) from None


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _edited(text: str, ordered: Sequence[Edit]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, replacement in ordered:
        pieces += (text[last:start], replacement)
        last = end
    pieces.append(text[last:])
    return "".join(pieces)
