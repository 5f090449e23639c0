"""Patterns for files as in a ``.gitignore``.

Most patterns are a plain name (``build/``), a plain path (``/docs/old``) or an ending (``*.bak``);
looking these up in a table takes no time and no library. Only the others are compiled, by pathspec.

A pattern is asked about an entry alone, never about the folders above it: whoever walks does not
enter an excluded folder, and a folder named on the command line is entered whatever excludes it.
"""

from __future__ import annotations

from reportlint.paths import below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


_SPECIAL = frozenset("*?[\\")
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \t",
    "digit": "0-9",
    "lower": "a-z",
    "punct": ":-@!-.[-`{-~",
    "space": " \t-\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_CLASS = r"\[:([a-z]+):\]"


class Patterns:
    """A list of patterns relative to the folder ``root``. The last one that matches decides.

    ``origin`` says for people where the patterns stand. ``broken`` lists those that are no
    patterns: they match nothing.
    """

    def __init__(self, lines: Iterable[str], root: str, origin: str = "") -> None:
        self.lines = tuple(lines)
        self.root = root
        self.origin = origin
        self.broken: list[str] = []
        self.prefix = below(root)
        self._runs: list[_Run] = []
        for line in self.lines:
            self._add(line)
        self._runs.reverse()

    def __reduce__(self) -> tuple[type[Patterns], tuple[tuple[str, ...], str, str]]:
        return Patterns, (self.lines, self.root, self.origin)

    def find(self, path: str, name: str, folder: bool) -> str | None:
        """Return the last pattern that matches an entry, as written, or None.

        ``path`` is absolute, ``name`` its last part, ``folder`` says whether it is one.
        """
        path = path.removeprefix(self.prefix)
        for run in self._runs:
            line = run.find(path, name, folder)
            if line is not None:
                return line
        return None

    def folders(self, path: str) -> Iterator[str]:
        """Yield the folders between the root and a path below it, from the top."""
        if path.startswith(self.prefix):
            slash = path.find("/", len(self.prefix))
            while slash >= 0:
                yield path[:slash]
                slash = path.find("/", slash + 1)

    def _add(self, line: str) -> None:
        pattern = _trim(line)
        if not pattern or pattern.startswith("#"):
            return
        negated = pattern.startswith("!")
        pattern = pattern[negated:]
        if not self._runs or self._runs[-1].negated != negated:
            self._runs.append(_Run(negated))
        if not self._runs[-1].add(pattern, line):
            self.broken.append(line)


Match = tuple[Patterns, str]
"""A list of patterns and the one of them that matches, as written."""


def match(lists: Sequence[Patterns], path: str, name: str, folder: bool) -> Match | None:
    """Return what matches an entry in several lists, the last before the others.

    None where nothing matches or the last word is a pattern with ``!``. Arguments as in ``find``.
    """
    for patterns in reversed(lists):
        line = patterns.find(path, name, folder)
        if line is not None:
            return None if line.startswith("!") else (patterns, line)
    return None


def covering(lists: Sequence[Patterns], path: str, folder: bool = False) -> Match | None:
    """Return what matches an entry, or a folder that it is in, below the roots of the lists."""
    above = {one for patterns in lists for one in patterns.folders(path)}
    for one in sorted(above, key=len):
        found = match(lists, one, one[one.rfind("/") + 1 :], True)
        if found is not None:
            return found
    return match(lists, path, path[path.rfind("/") + 1 :], folder)


class _Run:
    """Patterns in succession that all exclude or all take back, so that their order is nothing."""

    def __init__(self, negated: bool) -> None:
        self.negated = negated
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        self._folders: _Run | None = None
        self._globs: list[tuple[Callable[[str], object], bool, str]] = []
        self._suffixes: tuple[str, ...] = ()

    def find(self, path: str, name: str, folder: bool) -> str | None:
        line = self._names.get(name)
        if line is None and self._paths:
            line = self._paths.get(path)
        if line is None and self._suffixes and name.endswith(self._suffixes):
            line = next(line for end, line in self._endings.items() if name.endswith(end))
        if line is None:
            for test, whole, written in self._globs:
                if test(path if whole else name):
                    return written
        if line is None and folder and self._folders is not None:
            return self._folders.find(path, name, folder)
        return line

    def add(self, pattern: str, line: str) -> bool:
        """Take up a pattern, ``line`` as written. Return False for one that is no pattern."""
        if pattern.endswith("/"):
            if self._folders is None:
                self._folders = _Run(self.negated)
            return self._folders._add(pattern[:-1], line)
        return self._add(pattern, line)

    def _add(self, pattern: str, line: str) -> bool:
        whole = "/" in pattern
        body = pattern.removeprefix("/")
        if not body:
            # a single slash matches nothing, and git says nothing about it
            return True
        if not _SPECIAL.intersection(body):
            (self._paths if whole else self._names)[body] = line
            return True
        if not whole and body[0] == "*" and not _SPECIAL.intersection(body[1:]) and body != "*":
            self._endings[body[1:]] = line
            self._suffixes = tuple(self._endings)
            return True
        test = _glob(pattern)
        if test is not None:
            self._globs.append((test, whole, line))
        return test is not None


def _trim(line: str) -> str:
    """Take off the spaces at the end, but not one that a backslash makes part of the name."""
    line = line.removesuffix("\n").removesuffix("\r")
    trimmed = line.rstrip(" ")
    backslashes = len(trimmed) - len(trimmed.rstrip("\\"))
    return trimmed + " " if backslashes % 2 and len(trimmed) < len(line) else trimmed


def _glob(pattern: str) -> Callable[[str], object] | None:
    """Return a test for a pattern with wildcards, or None for one that can match nothing.

    The test takes a path if there is a ``/`` in the pattern, else a name.
    """
    import re
    import warnings

    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    if pattern[0] in "#!":
        # a first ! has been taken off, so that this one is part of the name
        pattern = "\\" + pattern
    if pattern.endswith("/**"):
        # everything below the folder; pathspec would say "the folder itself and then anything"
        pattern += "/*"
    pattern = re.sub(_CLASS, lambda m: _CLASSES.get(m.group(1), m.group()), pattern)
    try:
        with warnings.catch_warnings():
            # sets such as [[a] are plain here, and a puzzle to come for Python
            warnings.simplefilter("ignore")
            regex = GitIgnoreSpecPattern(pattern).regex
    except (ValueError, re.error):
        return None
    if regex is None:
        return None
    # A regex without an anchor is pathspec's word for "anything". Any other would accept what
    # lies below a match as well; the whole of the path must match.
    return regex.fullmatch if regex.pattern.startswith("^") else regex.match
