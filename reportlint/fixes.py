"""Fixes: which of them go together, what they make of a file, and the difference as a diff.

``plan`` chooses, ``apply`` writes into bytes, ``settle`` repeats both until there is nothing left
to fix. Nothing here touches the disk.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

from reportlint import readers
from reportlint.document import LINE_END, Document, Span, merge
from reportlint.findings import Applicability, Edit, Finding, Fix
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reportlint.readers import Other

PASSES = 5
"""How often a draft is checked again after a fix. One pass is nearly always enough; a second is
needed where a deletion joins what was apart."""


_NONE: Mapping[str, Other] = {}


class Settled(NamedTuple):
    """A file after its fixes: its bytes and how many fixes are in them."""

    data: bytes
    applied: int


def fixable(finding: Finding, *, unsafe: bool) -> Fix | None:
    """Return the fix of ``finding`` if it may be applied: never for a suppressed finding."""
    fix = finding.fix
    if fix is None or not fix.edits or finding.suppressed is not None:
        return None
    return fix if unsafe or fix.applicability is Applicability.SAFE else None


def choose(findings: Iterable[Finding], *, unsafe: bool) -> list[Fix]:
    """Return the fixes that can be applied together, the first by position before later ones.

    A fix is taken whole or not at all: not when an edit of it meets an edit of one taken before,
    or reaches into a suppressed finding.
    """
    findings = list(findings)
    kept = merge((f.start, f.end) for f in findings if f.suppressed is not None)
    fixes = [fix for f in findings if (fix := fixable(f, unsafe=unsafe)) is not None]
    fixes.sort(key=lambda fix: sorted(fix.edits))
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in fixes:
        if any(_meets(edit, taken) or _reaches(edit, kept) for edit in fix.edits):
            continue
        for edit in fix.edits:
            insort(taken, edit)
        chosen.append(fix)
    return chosen


def plan(findings: Iterable[Finding], *, unsafe: bool) -> list[Edit]:
    """Return the edits of the fixes that can be applied together, in order, none overlapping."""
    return sorted(edit for fix in choose(findings, unsafe=unsafe) for edit in fix.edits)


def apply(
    document: Document, data: bytes, edits: Sequence[Edit], others: Mapping[str, Other] = _NONE
) -> bytes:
    """Return the bytes of a file with ``edits`` made in them. Raises WriteError."""
    return readers.write(document, data, edits, others) if edits else data


def settle(
    data: bytes,
    document: Document,
    findings: Sequence[Finding],
    check: Callable[[bytes], tuple[Document, Sequence[Finding]]],
    *,
    unsafe: bool,
    others: Mapping[str, Other] = _NONE,
) -> Settled:
    """Fix and check again until nothing is left to fix, at most PASSES times.

    ``check`` gives document and findings of changed bytes, ``others`` are readers of plugins.
    Where fixes undo one another the first state that comes back is final, so that a second run
    changes nothing. Raises WriteError, as ``check`` may, too, for bytes that no fix should have
    led to.
    """
    original = data
    seen = {data}
    applied = 0
    for _ in range(PASSES):
        fixes = choose((f for f in findings if writable(document, f, others)), unsafe=unsafe)
        edits = sorted(edit for fix in fixes for edit in fix.edits)
        changed = apply(document, data, edits, others)
        if changed == data:
            break
        data = changed
        applied += len(fixes)
        if data in seen:
            break
        seen.add(data)
        document, findings = check(data)
    return Settled(data, applied if data != original else 0)


def writable(document: Document, finding: Finding, others: Mapping[str, Other] = _NONE) -> bool:
    """Return whether the file has text to edit where the fix of ``finding`` has it.

    A file of markup holds no automatic numbers, and keeps tabs and line ends as elements. One fix
    that meets one of them must not keep all others of the file from being written.
    """
    if not readers.writable(document.format, others):
        return False
    if document.format not in readers.BY_MARKUP or finding.fix is None:
        return True
    for edit in finding.fix.edits:
        block = document.block_at(edit.start)
        if block is not None and edit.start < block.start + block.auto:
            return False
        if any(char in document.text[edit.start : edit.end] for char in "\t\n"):
            return False
    return True


def diff(before: str, after: str, path: str) -> str:
    """Return a unified diff of two texts of ``path``; empty where they are equal."""
    if before == after:
        return ""
    from difflib import unified_diff

    out = []
    for line in unified_diff(_lines(before), _lines(after), path, path, n=1, lineterm="\n"):
        if line.endswith("\n"):
            out.append(line)
        else:
            out.append(f"{line}\n\\ No newline at end of file\n")
    return "".join(out)


def _lines(text: str) -> list[str]:
    lines, start = [], 0
    for match in LINE_END.finditer(text):
        # A lone carriage return would overwrite the line on a terminal.
        end = "\n" if match.group() == "\r" else match.group()
        lines.append(text[start : match.start()] + end)
        start = match.end()
    if start < len(text):
        lines.append(text[start:])
    return lines


def _meets(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Return whether ``edit`` overlaps one of ``taken`` or inserts at the same place.

    ``taken`` is sorted and has no overlaps, so that only the two neighbours count.
    """
    index = bisect_left(taken, edit)
    pairs = [(other, edit) for other in taken[max(index - 1, 0) : index]]
    pairs += [(edit, other) for other in taken[index : index + 1]]
    return any(b.start < a.end or a[:2] == b[:2] for a, b in pairs)


def _reaches(edit: Edit, spans: Sequence[Span]) -> bool:
    """Return whether ``edit`` changes something inside one of the sorted ``spans``."""
    index = bisect_right(spans, edit.start, key=lambda span: span.end)
    return index < len(spans) and spans[index].start < edit.end
