"""Splices of bytes, and how to take them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_LAST_TAG = re.compile(rb"<([^\s/>!?]+)[^<>]*/>\s*$")


class Splice(NamedTuple):
    """Put ``new`` in the place of ``content[start:end]``."""

    start: int
    end: int
    new: bytes


def spliced(content: bytes, splices: Iterable[Splice]) -> bytes:
    """Return ``content`` with splices that do not overlap; those at one place in their order."""
    out, last = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        out += [content[last:start], new]
        last = end
    return b"".join([*out, content[last:]])


def inverse(content: bytes, splices: Iterable[Splice]) -> list[Splice]:
    """Return what turns ``spliced(content, splices)`` into ``content``."""
    found, shift = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        found.append(Splice(start + shift, start + shift + len(new), content[start:end]))
        shift += len(new) - (end - start)
    return found


def appended(content: bytes, item: bytes) -> Sequence[Splice]:
    """Return what puts ``item`` behind the last child of the root."""
    empty = _LAST_TAG.search(content)
    at = content.rfind(b"</")
    if empty and empty.start() > at:
        slash = content.rindex(b"/>")
        end = b"></" + empty[1] + b">"
        return (Splice(slash, slash + 2, b">" + item + end[1:]),)
    return (Splice(at, at, item),)
