"""Styles: which paragraphs are headings, contents entries or numbered by their style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reportlint.readers.docx.markup import attribute, on, whole, word
from reportlint.readers.package import Package
from reportlint.readers.xml import SKIP, Listener, walk

_HEADING_NAME = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_PLACEHOLDER_NAME = re.compile(r"(?:placeholder ?text|占位符文本)\s?[0-9]?", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s?[1-9]", re.IGNORECASE)

_UNREAD = re.compile(
    rb"""<(w:style(?=\s[^<>]*?w:type="table")|w:latentStyles(?=[\s>]))[^<>]*(?<!/)>"""
)

BODY_LEVEL = 9
"""The outline level of text that is no heading; levels of headings are 0 to 8."""

_LONGEST_CHAIN = 20
"""Styles based on one another; Word allows eleven."""


class Style:
    """A style as its part gives it. None: it says nothing, ask the style it is based on.

    ``named_level`` is the level of the heading that its name makes it. ``slot``: its name says
    that words of this style wait for others. ``hidden``: its words are not shown.
    """

    __slots__ = (
        "based_on",
        "contents",
        "hidden",
        "ilvl",
        "named_level",
        "num_id",
        "outline",
        "slot",
    )

    def __init__(self, name: str = "") -> None:
        self.based_on: str | None = None
        self.outline: int | None = None
        self.num_id: int | None = None
        self.ilvl: int | None = None
        self.contents = self.slot = False
        self.hidden: bool | None = None
        self.named_level: int | None = None
        self.rename(name)

    def rename(self, name: str) -> None:
        """Take over what a name tells."""
        heading = _HEADING_NAME.fullmatch(name)
        self.named_level = int(heading.group(1)) if heading else None
        self.contents = _CONTENTS_NAME.fullmatch(name) is not None
        self.slot = _PLACEHOLDER_NAME.fullmatch(name) is not None


class Look(NamedTuple):
    """What a paragraph gets from its style.

    ``level`` of a heading from 1, 0 for text. ``numbered_by`` is the id of the style in the chain
    that ``num_id`` comes from.
    """

    level: int = 0
    contents: bool = False
    num_id: int | None = None
    ilvl: int | None = None
    numbered_by: str | None = None


class Styles:
    """The styles of a document. ``part`` is the name of their part, if there is one."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._styles: dict[str, Style] = {}
        self._characters: dict[str, Style] = {}
        self._default: str | None = None
        self._looks: dict[str | None, Look] = {}
        if part is not None and part in package:
            self._load(package, part)

    def number_of(self, style_id: str) -> int | None:
        """Return the ``numId`` that a style itself gives, for links between lists and styles."""
        style = self._styles.get(style_id)
        return style.num_id if style else None

    def look(self, style_id: str | None) -> Look:
        """Return what a paragraph of this style looks like; None is the default style."""
        look = self._looks.get(style_id)
        if look is None:
            look = self._looks[style_id] = self._resolve(style_id or self._default)
        return look

    def trait(self, style_id: str) -> tuple[str, str]:
        """Return kind and detail of the trace on words of a character style, empty for none."""
        hidden: bool | None = None
        following: str | None = style_id
        for _ in range(_LONGEST_CHAIN):
            if following is None:
                break
            style = self._characters.get(following) or Style(following)
            if style.slot:
                return "slot", "style"
            if hidden is None:
                hidden = style.hidden
            following = style.based_on
        return ("hidden", "") if hidden else ("", "")

    def _resolve(self, style_id: str | None) -> Look:
        level: int | None = None
        contents = False
        num_id = ilvl = None
        numbered_by = None
        for _ in range(_LONGEST_CHAIN):
            if style_id is None:
                break
            # A style that is not in the file still tells by its id what it is.
            style = self._styles.get(style_id) or Style(style_id)
            contents = contents or style.contents
            if level is None:
                level = style.named_level
                if style.outline is not None:
                    level = style.outline + 1 if style.outline < BODY_LEVEL else 0
            if num_id is None and style.num_id is not None:
                num_id, numbered_by = style.num_id, style_id
            if ilvl is None:
                ilvl = style.ilvl
            style_id = style.based_on
        return Look(level or 0, contents, num_id, ilvl, numbered_by)

    def _load(self, package: Package, part: str) -> None:
        style = Style()

        def begin(attributes: Mapping[str, str]) -> bool | None:
            nonlocal style
            kind = attribute(attributes, "type")
            style_id = attribute(attributes, "styleId")
            if style_id is None or kind == "table":
                return SKIP
            style = Style(style_id)
            if kind == "character":
                self._characters[style_id] = style
                return None
            self._styles[style_id] = style
            if kind == "paragraph" and attribute(attributes, "default") in ("1", "true", "on"):
                self._default = style_id
            return None

        def name(attributes: Mapping[str, str]) -> None:
            style.rename(attribute(attributes) or "")

        def based_on(attributes: Mapping[str, str]) -> None:
            style.based_on = attribute(attributes)

        def outline(attributes: Mapping[str, str]) -> None:
            style.outline = whole(attributes)

        def num_id(attributes: Mapping[str, str]) -> None:
            style.num_id = whole(attributes)

        def ilvl(attributes: Mapping[str, str]) -> None:
            style.ilvl = whole(attributes)

        def vanish(attributes: Mapping[str, str]) -> None:
            style.hidden = on(attributes)

        def skip(_: Mapping[str, str]) -> bool:
            return SKIP

        starts = word(
            style=begin,
            name=name,
            basedOn=based_on,
            outlineLvl=outline,
            numId=num_id,
            ilvl=ilvl,
            latentStyles=skip,
            docDefaults=skip,
            vanish=vanish,
            rPrChange=skip,
            pPrChange=skip,
        )
        content = package.read(part)
        walk(part, _without_tables(content), package.budget, Listener(starts, {}))


def _without_tables(content: bytes) -> bytes:
    """Return a part of styles without its table styles and its list of built-in ones.

    Nothing is read off them, and they are nine tenths of the styles of an ordinary file. Those
    written in another way than Word's are merely passed over later.
    """
    out, last = [], 0
    for match in _UNREAD.finditer(content):
        if match.start() < last:
            continue
        end = content.find(b"</" + match[1] + b">", match.end())
        if end < 0:
            break
        out.append(content[last : match.start()])
        # Line ends stay, so that mistakes in the rest have their place.
        last = end + len(match[1]) + 3
        out.append(b"\n" * content.count(b"\n", match.start(), last))
    return b"".join([*out, content[last:]])
