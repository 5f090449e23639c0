"""The form that silences a given finding: a comment in the draft, or an entry beside it. Pure."""

from __future__ import annotations

import re

from reportlint.document import Document
from reportlint.findings import Edit, Finding
from reportlint.suppress import directives
from reportlint.suppress.entries import Entry
from reportlint.suppress.scopes import find, quotable

_CONTEXT = 24
"""Characters before and after the words of a finding that an entry quotes at most."""

_EXCERPT = 60
"""Characters that are quoted of a long finding."""

_LINE_END = re.compile(r"\r\n|\r|\n")
COMMENTED = {"markdown": ("<!-- ", " -->")}
"""Formats that have comments, and what is put around one."""


def takes_comments(document: Document) -> bool:
    """Return whether findings in drafts of this format are silenced by comments in them."""
    return document.format in COMMENTED


def fits_comment(reason: str) -> bool:
    """Return whether a reason can stand in a comment."""
    return "--" not in reason and ">" not in reason[:1]


def comment(document: Document, finding: Finding, reason: str) -> Edit:
    """Return the edit that writes a comment that silences ``finding``.

    It stands in a line of its own above a paragraph, else at the end of the line: a comment would
    cut a paragraph, a list or a table in two. What is absent is ignored for the whole draft.
    """
    opening, closing = COMMENTED[document.format]
    text = document.text
    first = _LINE_END.search(text)
    end = first.group() if first else "\n"
    block = document.block_at(finding.start)
    if finding.category == "section" or block is None:
        words = directives.write(directives.IGNORE_FILE, finding.code, reason)
        stop = len(text.rstrip("\r\n"))
        return Edit(stop, stop, f"{end}{end}{opening}{words}{closing}")
    words = opening + directives.write(directives.IGNORE, finding.code, reason) + closing
    before = _LINE_END.split(text[: block.start])
    alone = len(before) < 2 or not before[-2].strip() or before[-2].strip().endswith("-->")
    if block.kind in ("text", "heading") and alone and _plain(text, block.start, before[-1]):
        return Edit(block.start, block.start, words + end)
    stop = block.start + len(text[block.start : block.end].rstrip())
    return Edit(stop, stop, f" {words}")


def _plain(text: str, start: int, before: str) -> bool:
    """Return whether a line begins at ``start`` and is in no list, quotation or the like."""
    return not before and text[start : start + 1] not in " \t>-+*|"


def entry(document: Document, finding: Finding, reason: str) -> Entry:
    """Return the entry that silences ``finding`` and, as far as words can tell, nothing else."""
    made = Entry("sidecar", finding.code, reason=reason)
    views = quotable(document)
    view = views[0]
    start, end = view.here(finding.start), view.here(finding.end)
    if finding.category == "section" or start == end:
        if finding.category == "section" or document.block_at(finding.start) is None:
            return made
        # A place without words of its own is told by those around it.
        start, end = max(0, start - 6), min(len(view.text), end + 6)
    end = min(end, start + _EXCERPT)
    text = view.text
    quote = text[start:end]
    prefix = suffix = ""
    for reach in range(0, _CONTEXT + 1, 2):
        prefix, suffix = text[max(0, start - reach) : start], text[end : end + reach]
        if len(find(views, prefix, quote, suffix)) <= 1:
            break
    return made._replace(text=quote, prefix=prefix, suffix=suffix)
