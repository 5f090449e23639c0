"""The links between the parts of a package (ECMA-376 Part 2, Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from reportlint.readers.package import Package
from reportlint.readers.xml import Listener, walk

_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


class Relation(NamedTuple):
    """A link from one part to another. ``type`` is the last word of its URI, ``target`` a part."""

    id: str
    type: str
    target: str


def relations(package: Package, part: str = "") -> list[Relation]:
    """Return the links from ``part`` (or from the package itself) to parts. Raises ReadError."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package:
        return []
    found: list[Relation] = []

    def relation(attributes: Mapping[str, str]) -> None:
        if attributes.get("TargetMode") == "External":
            return
        target = posixpath.join("/" + folder, attributes.get("Target", ""))
        found.append(
            Relation(
                attributes.get("Id", ""),
                attributes.get("Type", "").rpartition("/")[2],
                posixpath.normpath(target).lstrip("/"),
            )
        )

    walk(source, package.read(source), package.budget, Listener({_RELATION: relation}, {}))
    return found
