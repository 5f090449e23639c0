"""Fingerprints: names of findings that outlive edits elsewhere in the draft.

A fingerprint is made of the rule, the text that it found, the letters around it in its paragraph
and the headings over it: no line, no offset. Figures, slots and punctuation around it are left out,
so that filling in the number beside a finding does not make it look new. It does not hold the path.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.document import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from hashlib import sha256

    from reportlint.document import Document
    from reportlint.findings import Finding

else:
    # What Python itself has: to load OpenSSL takes a tenth of the time of one draft.
    try:
        from _sha256 import sha256
    except ImportError:
        try:
            from _sha2 import sha256
        except ImportError:
            from hashlib import sha256

LENGTH = 16
"""Hexadecimal digits of a fingerprint."""

CONTEXT = 12
"""Letters on either side that belong to the identity of a finding."""

_REACH = 6 * CONTEXT
"""Characters on either side among which those letters are looked for."""

_NEAR = 3 * CONTEXT // 2
"""Characters that mostly hold them all, so that the others need no look."""

_SCRIPTS = (
    "AZ az ＡＺ ａｚ \u00c0\u024f \u0370\u03ff \u0400\u04ff \u3041\u30ff \u3400\u4dbf "
    "\u4e00\u9fff \ua640\ua66e \uac00\ud7a3 \uf900\ufaff Ⅰↈ ①⒛"
)
"""The first and the last letter of scripts, and of numbers that stand for themselves: Ⅳ, ④."""

_UNSTABLE = "×÷XxＸｘ某零〇一二两三四五六七八九十百千万亿"
"""What a figure or a slot is made of, and signs among the letters."""


def _class(ranges: str, but: str) -> str:
    r"""Return a class of all characters of ``ranges`` but some.

    As ``[^\W\d…]``, an exclusion of what is no letter, it would take three times as long.
    """
    left = []
    for pair in ranges.split():
        first, last = pair[0], pair[1]
        for char in sorted(but):
            if first <= char <= last:
                left.append((first, chr(ord(char) - 1)))
                first = chr(ord(char) + 1)
        left.append((first, last))
    return f"[{''.join([f'{first}-{last}' for first, last in left if first <= last])}]"


_STABLE = patterns.compile(f"{_class(_SCRIPTS, _UNSTABLE)}+")
_SPACE = patterns.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ORDINAL = patterns.compile(r"^[第（(]?[零〇一二三四五六七八九十百\d]{1,6}[章节条部分）)、.．\s]+")

_BETWEEN = "\x1f"

_JOINT = "\ua66e"
"""A letter that hardly any text has: texts that it joins are worked on as one."""


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
        number = seen[identity] = seen.get(identity, -1) + 1
        result.append(_hashed(identity, number))
    return result


def kinds(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Callable[[int], tuple[str, ...]] | None = None,
) -> list[str]:
    """Return for each finding the fingerprint of the first that nothing tells apart from it.

    Of findings that are alike this is the same, so that they can be counted.
    """
    return [_hashed(identity, 0) for identity in _identities(document, findings, heading_path)]


def _hashed(identity: str, number: int) -> str:
    whole = f"{identity}{_BETWEEN}{number}".encode("utf-8", "surrogatepass")
    return sha256(whole).hexdigest()[:LENGTH]


def _identities(
    document: Document,
    findings: Sequence[Finding],
    heading_path: Callable[[int], tuple[str, ...]] | None,
) -> list[str]:
    """Return for each finding the rule, what it found, the letters beside it, and its headings."""
    whole = document.text
    # Site markers go when they are fixed, and comments come and go; what stood beside them must
    # stay the same finding.
    cuts = [(f.start, f.end) for f in findings if f.category == "paywall"]
    cuts += [(c.start, c.end) for c in document.comments if not c.apart]
    view = View(whole, cuts)
    text, here = view.text.replace("\r", "\n"), view.here
    titled: dict[tuple[str, ...], str] = {}
    found: list[str] = []
    under: list[str | None] = []
    places: list[tuple[int, int]] = []
    sides: list[str] = []
    for code, _, _, _, _, start, end, _, data, _, _ in findings:
        if start == end and data.get("section") is not None:
            # What is absent has no place of its own, wherever it is reported.
            found.append(f"{code}{_BETWEEN}{data['section']}")
            under.append(None)
            places.append((start, end))
            sides += "", ""
            continue
        words = whole[start:end]
        if not words.isalnum():
            words = _SPACE.sub("", words)
        found.append(f"{code}{_BETWEEN}{words}{_BETWEEN}")
        path = heading_path(start) if heading_path else ()
        titles = titled.get(path)
        if titles is None:
            # Findings under one heading share what is left of it.
            bare = _letters([_ORDINAL.sub("", title) for title in path])
            titles = titled[path] = "".join([f"{_BETWEEN}{title}" for title in bare])
        under.append(titles)
        if cuts:
            start, end = here(start), here(end)
        places.append((start, end))
        sides += _sides(text, start, end, _NEAR)
    letters = _letters(sides)
    # Beside some there are so many figures and slots that all that is within reach is needed.
    short = [i for i, few in enumerate(letters) if len(few) < CONTEXT and len(sides[i]) == _NEAR]
    if short:
        longer = _letters([_sides(text, *places[i // 2], _REACH)[i % 2] for i in short])
        for i, more in zip(short, longer, strict=True):
            letters[i] = more
    each = zip(found, under, letters[::2], letters[1::2], strict=True)
    return [
        what if titles is None else f"{what}{left[-CONTEXT:]}{_BETWEEN}{right[:CONTEXT]}{titles}"
        for what, titles, left, right in each
    ]


def _sides(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """Return what stands on either side of a place, within its line."""
    left = text[start - reach if start > reach else 0 : start]
    right = text[end : end + reach]
    if "\n" in left:
        left = left[left.rindex("\n") + 1 :]
    if "\n" in right:
        right = right[: right.index("\n")]
    return left, right


def _letters(texts: list[str]) -> list[str]:
    """Return what is left of each text without figures, slots and points."""
    joined = "".join(_STABLE.findall(_JOINT.join(texts)))
    if joined.count(_JOINT) == len(texts) - 1:
        return joined.split(_JOINT)
    return ["".join(_STABLE.findall(text)) for text in texts]
