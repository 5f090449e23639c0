"""What has changed in a draft since it was as it was before: whole paragraphs.

A paragraph is a block of the document, so that this is the same for every format. Paragraphs are
compared as a bag: one that was moved has not changed. Of equal ones the later are the new ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportlint.document import Block, Document, Span, merge, touched
from reportlint.findings import Finding

_SPACE = re.compile(r"\s+")

_ALWAYS = ("RL001", "RL002", "RL003", "RL004", "RL010")
"""Rules that are about the whole file or the baseline, whatever has changed in it."""


class Before(NamedTuple):
    """A draft as it was; ``document`` is None where there was none that could be read."""

    document: Document | None


def inside(document: Document, findings: Sequence[Finding], before: Before) -> list[Finding]:
    """Return the findings that stand in changed paragraphs, or speak of one of them.

    What is absent from a draft, and what is said of its suppressions, counts where anything in it
    has changed.
    """
    if before.document is None:
        return list(findings)
    spans = changed(document, before.document)
    anything = bool(spans) or _bag(document) != _bag(before.document)
    kept = []
    for finding in findings:
        if finding.code in _ALWAYS:
            kept.append(finding)
        elif finding.category in ("section", "reportlint"):
            if anything:
                kept.append(finding)
        elif any(
            touched(spans, start, max(end, start + 1))
            for _, start, end in (("", finding.start, finding.end), *finding.labels)
        ):
            kept.append(finding)
    return kept


def changed(document: Document, before: Document) -> tuple[Span, ...]:
    """Return the paragraphs of ``document`` that are not in ``before``, with their line ends."""
    left = _bag(before)
    found = []
    for block in document.outer:
        key = _key(document, block)
        count = left.get(key, 0)
        if count:
            left[key] = count - 1
        else:
            # One more: an empty finding at the end of a line belongs to the line.
            found.append(Span(block.start, block.end + 1))
    return merge(found)


def _bag(document: Document) -> dict[str, int]:
    bag: dict[str, int] = {}
    for block in document.outer:
        key = _key(document, block)
        bag[key] = bag.get(key, 0) + 1
    return bag


def _key(document: Document, block: Block) -> str:
    """Return the text of a paragraph; neither an automatic number nor white space changes it."""
    return _SPACE.sub("", document.text[block.start + block.auto : block.end])
