"""Suppressions written so that they do what they should, and proved to before they are kept.

``reportlint ignore`` and the language server make theirs here. Nothing touches the disk: the
caller checks, writes and reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from reportlint import readers
from reportlint.document import Document
from reportlint.errors import WriteError
from reportlint.findings import Edit, Finding
from reportlint.pipeline import Policy
from reportlint.runner import FileResult
from reportlint.suppress import form, sidecar

if TYPE_CHECKING:
    from reportlint.readers import Other

_NONE: Mapping[str, Other] = {}


def comments(
    before: FileResult,
    data: bytes,
    wanted: Sequence[Finding],
    reason: str,
    check: Callable[[bytes], FileResult],
    others: Mapping[str, Other] = _NONE,
) -> list[Edit] | None:
    """Return the edits that write comments which silence ``wanted`` and nothing else.

    ``before`` is what ``check`` says of ``data``; ``others`` are readers of plugins. None: the
    format has no comments, the reason cannot stand in one, or the comments would not do what they
    should.
    """
    document = before.document
    if not (form.takes_comments(document) and form.fits_comment(reason)):
        return None
    edits = sorted({form.comment(document, finding, reason) for finding in wanted})
    try:
        changed = readers.write(document, data, edits, others)
    except WriteError:
        # The encoding of the draft lacks a character of the reason.
        return None
    after = check(changed)
    if after.failed or not _only_these(before.findings, after.findings, wanted, edits):
        return None
    return edits


def _only_these(
    before: Sequence[Finding],
    after: Sequence[Finding],
    wanted: Sequence[Finding],
    edits: Sequence[Edit],
) -> bool:
    """Return whether of what was reported nothing is missing but what was wanted, nothing new."""

    def moved(offset: int) -> int:
        return offset + sum(len(e.replacement) for e in edits if e.start <= offset)

    def reported(findings: Sequence[Finding]) -> list[tuple[str, str]]:
        return sorted((f.code, f.message) for f in findings if f.suppressed is None)

    silenced = {(f.code, f.start) for f in after if f.suppressed is not None}
    if not all((f.code, moved(f.start)) in silenced or f.start == f.end for f in wanted):
        return False
    left = reported(after)
    return len(left) < len(reported(before)) and not set(left) - set(reported(before))


def entries(
    document: Document,
    content: bytes,
    name: str,
    wanted: Sequence[Finding],
    reason: str,
    policy: Policy,
    check: Callable[[Policy], FileResult],
) -> bytes | None:
    """Return what ``content``, that of a sidecar file, becomes with entries for ``wanted``.

    ``name`` is the file's, as it is shown; ``policy`` is the one that the draft has so far. None:
    the entries would not silence all of ``wanted``. Raises SidecarError.
    """
    made = [form.entry(document, finding, reason) for finding in wanted]
    for entry in dict.fromkeys(made):
        content = sidecar.added(content, entry)
    held = sidecar.parse(content, name)
    others = tuple(entry for entry in policy.entries if entry.kind != "sidecar")
    after = check(policy._replace(entries=held + others))
    silenced = {f[:7] for f in after.findings if f.suppressed is not None}
    return content if all(finding[:7] in silenced for finding in wanted) else None
