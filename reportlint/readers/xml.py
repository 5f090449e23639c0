"""One pass over the XML of a part of a package, with the offsets of its bytes, within bounds.

Office documents have no document type declaration. A part that has one is refused before anything
in it is declared, so that entities are never expanded.
"""

from __future__ import annotations

import pyexpat
import re
from collections.abc import Callable, Mapping
from typing import Any

from reportlint.readers.limits import (
    MAX_DEPTH,
    MAX_NAMES,
    MAX_TAG,
    Budget,
    too_large,
    unusable,
)

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_ALTERNATE = _COMPATIBILITY + "AlternateContent"
_CHOICE = _COMPATIBILITY + "Choice"
_FALLBACK = _COMPATIBILITY + "Fallback"

XML_SPACE = "http://www.w3.org/XML/1998/namespace space"

SKIP = True
"""What a start handler returns to pass over its element and all that is in it."""

Start = Callable[[Mapping[str, str]], "bool | None"]
End = Callable[[], None]

_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.-]{1,40})""")
_FEED = 1 << 19


class Listener:
    """Handlers by expanded name, and the parser while it runs."""

    parser: Any

    def __init__(self, starts: Mapping[str, Start], ends: Mapping[str, End]) -> None:
        self.starts = starts
        self.ends = ends

    def root(self, part: str, name: str, attributes: Mapping[str, str]) -> None:
        """Called with the root element, before its handler."""


def utf8(part: str, content: bytes) -> bytes:
    """Return ``content`` in UTF-8: itself, or transcoded from UTF-16. Raises ReadError."""
    start = content[:4]
    for encoding, marks in (
        ("utf-16", (b"\xff\xfe", b"\xfe\xff")),
        ("utf-16-le", (b"<\0?\0", b"<\0w\0")),
        ("utf-16-be", (b"\0<\0?", b"\0<\0w")),
    ):
        if start.startswith(marks):
            try:
                return content.decode(encoding).encode()
            except UnicodeError:
                raise _malformed(part, "UTF-16") from None
    declared = _DECLARATION.match(content.removeprefix(b"\xef\xbb\xbf")[:300])
    name = declared.group(1).decode("ascii", "replace").lower() if declared else "utf-8"
    if name not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise unusable(
            f"“{part}”的编码是{name}，不是允许的UTF-8或UTF-16",
            f"{part} is in {name}; only UTF-8 and UTF-16 are allowed",
        )
    return content


def walk(part: str, content: bytes, budget: Budget, listener: Listener) -> None:
    """Call the handlers of ``listener`` for the XML of ``part``. Raises ReadError.

    Of alternate content only the first choice is walked, or the fallback where there is none.
    Offsets of ``listener.parser`` are those of ``utf8(part, content)``.
    """
    content = utf8(part, content)
    parser = pyexpat.ParserCreate("utf-8", " ")
    starts, ends = listener.starts, listener.ends
    depth = skipped = 0
    # Each element has one or two of them: a bound that costs nothing to count.
    budget.tags -= content.count(b"<")
    if budget.tags < 0:
        raise too_large("XML元素过多", "too many XML elements")
    chosen: list[bool] = []

    def doctype(*_: Any) -> None:
        raise unusable(
            f"“{part}”含有DOCTYPE声明，可能是恶意文件", f"{part} has a DOCTYPE: it may be hostile"
        )

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, skipped
        depth += 1
        if depth == 1:
            listener.root(part, name, attributes)
        elif depth > MAX_DEPTH:
            raise too_large(f"“{part}”嵌套过深", f"{part} is nested too deeply")
        if skipped:
            return
        handler = starts.get(name)
        if handler is not None:
            if handler(attributes):
                skipped = depth
        elif name == _ALTERNATE:
            chosen.append(False)
        elif name in (_CHOICE, _FALLBACK):
            if chosen:
                if chosen[-1]:
                    skipped = depth
                chosen[-1] = True

    def end(name: str) -> None:
        nonlocal depth, skipped
        depth -= 1
        if skipped:
            if skipped > depth:
                skipped = 0
            return
        handler = ends.get(name)
        if handler is not None:
            handler()
        elif name == _ALTERNATE:
            chosen.pop()

    listener.parser = parser
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for at in range(0, len(content), _FEED):
            parser.Parse(content[at : at + _FEED], False)
            if at + _FEED - parser.CurrentByteIndex > MAX_TAG or len(parser.intern) > MAX_NAMES:
                raise too_large(f"“{part}”的标记过长或过多", f"{part} has too much markup")
        parser.Parse(b"", True)
    except pyexpat.ExpatError as error:
        reason = pyexpat.ErrorString(error.code) or "?"
        raise _malformed(part, reason, error.lineno, error.offset + 1) from None
    finally:
        listener.parser = None


def _malformed(part: str, reason: str, line: int = 1, column: int = 1) -> Exception:
    return unusable(
        f"“{part}”第{line}行第{column}列不是正确的XML（{reason}）",
        f"{part}, line {line}, column {column}: not well-formed XML ({reason})",
    )
