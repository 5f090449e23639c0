"""Fingerprints: names of findings that outlive edits elsewhere in the draft.

A fingerprint is made of the rule, the text that it found, the letters around it in its paragraph
and the headings over it: no line, no offset. Figures, slots and punctuation around it are left out,
so that filling in the number beside a finding does not make it look new. It does not hold the path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportlint.document import LINE_END, Document, View
from reportlint.findings import Finding

LENGTH = 16
"""Hexadecimal digits of a fingerprint."""

CONTEXT = 12
"""Letters on either side that belong to the identity of a finding."""

_REACH = 6 * CONTEXT
"""Characters on either side among which those letters are looked for."""

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
    seen: dict[str, int] = {}
    result = []
    for identity in _identities(document, findings, heading_path):
        number = seen.get(identity, 0)
        seen[identity] = number + 1
        result.append(_hash(identity, number))
    return result


def kinds(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Callable[[int], tuple[str, ...]] | None = None,
) -> list[str]:
    """Return for each finding the fingerprint of the first that nothing tells apart from it.

    Of findings that are alike this is the same, so that they can be counted.
    """
    return [_hash(identity, 0) for identity in _identities(document, findings, heading_path)]


def _hash(identity: str, number: int) -> str:
    from hashlib import sha256

    whole = f"{identity}{_BETWEEN}{number}".encode("utf-8", "surrogatepass")
    return sha256(whole).hexdigest()[:LENGTH]


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
    return [_BETWEEN.join(_identity(document, view, f, heading_path)) for f in findings]


def _identity(
    document: Document,
    view: View,
    finding: Finding,
    heading_path: Callable[[int], tuple[str, ...]] | None,
) -> list[str]:
    section = finding.data.get("section")
    if section is not None and finding.start == finding.end:
        # What is absent has no place of its own, wherever it is reported.
        return [finding.code, str(section)]
    first, last = view.here(finding.start), view.here(finding.end)
    before = LINE_END.split(view.text[max(0, first - _REACH) : first])[-1]
    after = LINE_END.split(view.text[last : last + _REACH], maxsplit=1)[0]
    path = heading_path(finding.start) if heading_path else ()
    return [
        finding.code,
        _SPACE.sub("", document.text[finding.start : finding.end]),
        _UNSTABLE.sub("", before)[-CONTEXT:],
        _UNSTABLE.sub("", after)[:CONTEXT],
        *(_UNSTABLE.sub("", _ORDINAL.sub("", title)) for title in path),
    ]
