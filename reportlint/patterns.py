"""Compiles patterns, from stored machine code where there is some.

Compiling the patterns of one draft takes longer than everything else together (60 of 100 ms). So
the build runs a few drafts, keeps the code that ``re`` made of each pattern (``snapshot.CODES``),
and this module hands it back to the regular expression engine. The code belongs to one version of
the engine: if ``STAMP`` differs from the running interpreter's, or anything else is amiss, patterns
are compiled from their source as usual. Slower then, but never different.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import sys

from reportlint.lean import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, TypeAlias

MULTILINE, DOTALL = 8, 16
"""Flags, as in ``re``."""

Code: TypeAlias = "tuple[int, bytes, int, Mapping[str, int], tuple[str | None, ...]]"
"""Flags, machine code, number of groups, names of groups, and the names by number."""

STAMP = (sys.implementation.name, sys.version_info[:2], _sre.MAGIC, _sre.CODESIZE, sys.byteorder)
"""What stored code is valid for."""

wanted: set[tuple[str, int]] | None = None
"""While this is a set, every pattern that is compiled is noted in it: for the build."""

_codes: Mapping[tuple[str, int], Code] | None = None

weighed: dict[str, tuple[tuple[str, ...], ...]] = {}
"""What ``word_sets`` has been asked for in this process."""


def compile(source: str, flags: int = 0) -> re.Pattern[str]:
    """Do what ``re.compile`` does. Raises re.error."""
    if wanted is not None:
        wanted.add((source, int(flags)))
        return _compile(source, flags)
    code = _stored().get((source, flags))
    if code is not None:
        all_flags, machine, groups, names, numbers = code
        try:
            words = memoryview(machine).cast("I").tolist()
            pattern: re.Pattern[str] = _sre.compile(
                source, all_flags, words, groups, dict(names), numbers
            )
        except Exception:
            # the engine validates code before it takes it; the source is always there
            return _compile(source, flags)
        return pattern
    return _compile(source, flags)


def _compile(source: str, flags: int) -> re.Pattern[str]:
    # Here and not above: a run that finds the code of every pattern does without ``re``.
    import re

    return re.compile(source, flags)


@lru_cache(maxsize=512)
def kept(source: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern that stands where it is used, and keep it. Raises re.error."""
    return compile(source, flags)


def search(source: str, text: str) -> re.Match[str] | None:
    """Do what ``re.search`` does."""
    return kept(source).search(text)


def match(source: str, text: str) -> re.Match[str] | None:
    """Do what ``re.match`` does."""
    return kept(source).match(text)


def fullmatch(source: str, text: str) -> re.Match[str] | None:
    """Do what ``re.fullmatch`` does."""
    return kept(source).fullmatch(text)


def findall(source: str, text: str) -> list[Any]:
    """Do what ``re.findall`` does."""
    return kept(source).findall(text)


def finditer(source: str, text: str) -> Iterator[re.Match[str]]:
    """Do what ``re.finditer`` does."""
    return kept(source).finditer(text)


def matches_at(
    pattern: re.Pattern[str], text: str, starts: Iterable[int], end: int = sys.maxsize
) -> list[re.Match[str]]:
    """Return what ``finditer`` finds in ``text[:end]`` where no match begins but at ``starts``,
    which are in order."""
    match_at = pattern.match
    found = []
    last = 0
    for start in starts:
        if start >= last:
            match = match_at(text, start, end)
            if match is not None:
                last = match.end()
                found.append(match)
    return found


def places(text: str, word: str, most: int = sys.maxsize) -> list[int]:
    """Return where ``word`` stands in ``text``, in order, the first ``most`` of the places.

    For one character this costs a tenth of a search for a class of characters.
    """
    found: list[int] = []
    find = text.find
    at = find(word)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = find(word, at + 1)
    return found


def split(source: str, text: str, maxsplit: int = 0) -> list[str]:
    """Do what ``re.split`` does, for patterns without optional groups."""
    return kept(source).split(text, maxsplit)


def sub(source: str, replacement: str, text: str) -> str:
    """Do what ``re.sub`` does."""
    return kept(source).sub(replacement, text)


def escape(text: str) -> str:
    """Do what ``re.escape`` does."""
    return text.translate(_SPECIAL)


_SPECIAL = {ord(char): f"\\{char}" for char in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def word_sets(source: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of words of each of which each match of a pattern has one: ``needs.word_sets``.

    The set that tells most comes first.
    """
    sets = weighed.get(source)
    if sets is None:
        try:
            from reportlint import snapshot

            sets = snapshot.WORD_SETS[source]  # type: ignore[attr-defined]
        except (ImportError, AttributeError, KeyError):
            from reportlint import needs

            sets = needs.word_sets(source)
        weighed[source] = sets
    return sets


def literals(source: str) -> tuple[str, ...]:
    """Return words of which each match of a pattern has one; none if that cannot be told."""
    return next(iter(word_sets(source)), ())


def _stored() -> Mapping[tuple[str, int], Code]:
    global _codes
    if _codes is None:
        _codes = {}
        try:
            from reportlint import snapshot
        except ImportError:
            pass
        else:
            if getattr(snapshot, "STAMP", None) == STAMP:
                _codes = snapshot.CODES  # type: ignore[attr-defined]
    return _codes


def assemble(source: str, flags: int) -> Code:
    """Return the machine code of a pattern, as ``compile`` takes it. Raises re.error."""
    import re

    compiler: Any = re._compiler  # type: ignore[attr-defined]
    tree = re._parser.parse(source, flags)  # type: ignore[attr-defined]
    words = compiler._code(tree, flags)
    names = dict(tree.state.groupdict)
    numbers: list[str | None] = [None] * tree.state.groups
    for name, number in names.items():
        numbers[number] = name
    machine = b"".join(word.to_bytes(4, sys.byteorder) for word in words)
    return int(flags | tree.state.flags), machine, tree.state.groups - 1, names, tuple(numbers)
