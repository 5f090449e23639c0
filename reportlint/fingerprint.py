"""Fingerprints: names of findings that outlive edits elsewhere in the draft.

A fingerprint is made of the rule, the text that it found, the letters around it in its paragraph
and the headings over it: no line, no offset. Figures, slots and punctuation around it are left out,
so that filling in the number beside a finding does not make it look new. It does not hold the path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportlint.document import Document, View
from reportlint.findings import Finding

LENGTH = 16
"""Hexadecimal digits of a fingerprint."""

CONTEXT = 12
"""Letters on either side that belong to the identity of a finding."""

_REACH = 6 * CONTEXT
"""Characters on either side among which those letters are looked for."""

_NEAR = 2 * CONTEXT
"""Characters that mostly hold them all, so that the others need no look."""

_UNSTABLE = re.compile(r"[\W\d_XxＸｘ某零〇一二两三四五六七八九十百千万亿]+")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ORDINAL = re.compile(r"^[第（(]?[零〇一二三四五六七八九十百\d]{1,6}[章节条部分）)、.．\s]+")

_BETWEEN = "\x1f"


def fingerprints(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Callable[[int], tuple[str, ...]] | None = None,
) -> list[str]:
    """Return the fingerprint of each finding. ``findings`` are all of the draft's, in order.

    Two findings that nothing tells apart are numbered, so no fingerprint occurs twice. The same
    finding in two drafts may have the same one: whoever keeps them keeps the path too.
    """
    hashed = _hasher()
    seen: dict[str, int] = {}
    result = []
    for identity in _identities(document, findings, heading_path):
        number = seen.get(identity, 0)
        seen[identity] = number + 1
        result.append(hashed(identity, number))
    return result


def kinds(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Callable[[int], tuple[str, ...]] | None = None,
) -> list[str]:
    """Return for each finding the fingerprint of the first that nothing tells apart from it.

    Of findings that are alike this is the same, so that they can be counted.
    """
    hashed = _hasher()
    return [hashed(identity, 0) for identity in _identities(document, findings, heading_path)]


def _hasher() -> Callable[[str, int], str]:
    from hashlib import sha256

    def hashed(identity: str, number: int) -> str:
        whole = f"{identity}{_BETWEEN}{number}".encode("utf-8", "surrogatepass")
        return sha256(whole).hexdigest()[:LENGTH]

    return hashed


def _identities(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Callable[[int], tuple[str, ...]] | None,
) -> list[str]:
    # Site markers go when they are fixed, and comments come and go; what stood beside them must
    # stay the same finding.
    cuts = [(f.start, f.end) for f in findings if f.category == "paywall"]
    cuts += [(c.start, c.end) for c in document.comments if not c.apart]
    view = View(document.text, cuts)
    stable: dict[tuple[str, ...], str] = {}
    found = []
    for finding in findings:
        section = finding.data.get("section")
        if section is not None and finding.start == finding.end:
            # What is absent has no place of its own, wherever it is reported.
            found.append(f"{finding.code}{_BETWEEN}{section}")
            continue
        path = heading_path(finding.start) if heading_path else ()
        under = stable.get(path)
        if under is None:
            # Findings under one heading share what is left of it.
            titles = (_UNSTABLE.sub("", _ORDINAL.sub("", title)) for title in path)
            under = stable[path] = "".join(f"{_BETWEEN}{title}" for title in titles)
        found.append(_here(document, view, finding) + under)
    return found


def _here(document: Document, view: View, finding: Finding) -> str:
    """Return the rule, what it found, and the letters on either side in the line."""
    text, first, last = view.text, view.here(finding.start), view.here(finding.end)
    before, after = text[max(0, first - _REACH) : first], text[last : last + _REACH]
    before = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    for end in "\n\r":
        after = after.partition(end)[0]
    left, right = _UNSTABLE.sub("", before[-_NEAR:]), _UNSTABLE.sub("", after[:_NEAR])
    if len(left) < CONTEXT:
        left = _UNSTABLE.sub("", before)
    if len(right) < CONTEXT:
        right = _UNSTABLE.sub("", after)
    said = _SPACE.sub("", document.text[finding.start : finding.end])
    return _BETWEEN.join((finding.code, said, left[-CONTEXT:], right[:CONTEXT]))
