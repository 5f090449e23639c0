"""What git ignores, read from the files in which it is told so."""

from __future__ import annotations

import os

from reportlint.config.patterns import Match, Patterns, match
from reportlint.paths import below, shown, slashed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


Lists = tuple[Patterns, ...]
"""Lists of patterns, those that count most last."""


class Ignores:
    """The files of git that say what it ignores: ``.gitignore`` in the folders of a repository, of
    which the nearest to an entry counts most, and ``info/exclude``, which counts least.

    Outside a repository only the folders that are walked are looked at.
    """

    def __init__(self, cwd: str) -> None:
        self._cwd = cwd
        self._read: dict[str, Lists] = {}

    def above(self, folder: str) -> Lists:
        """Return what counts in ``folder`` without what is in it."""
        top = _repository(folder)
        if top is None or top == folder:
            return ()
        lists, inner = self._exclude(top), top
        for part in folder[len(below(top)) :].split("/"):
            lists += self._gitignore(inner)
            inner = below(inner) + part
        return lists

    def within(self, folder: str, lists: Lists, entries: Sequence[os.DirEntry[str]]) -> Lists:
        """Return what counts in ``folder``: ``lists`` from above and what is in it."""
        for entry in entries:
            if entry.name == ".git":
                # a repository inside another: what lies above is none of its business
                lists = self._exclude(folder.rstrip("/") or "/")
        for entry in entries:
            if entry.name == ".gitignore" and entry.is_file(follow_symlinks=False):
                lists += self._gitignore(folder.rstrip("/") or "/")
        return lists

    def covering(self, path: str, folder: bool) -> Match | None:
        """Return what ignores an entry or a folder of the repository that it is in."""
        parent = os.path.dirname(path)
        top = _repository(parent) or parent
        lists, inner = self._exclude(top), top
        parts = path[len(below(top)) :].split("/")
        for number, part in enumerate(parts, 1):
            lists += self._gitignore(inner)
            inner = below(inner) + part
            found = match(lists, inner, part, folder or number < len(parts))
            if found is not None:
                return found
        return None

    def _gitignore(self, folder: str) -> Lists:
        path = below(folder) + ".gitignore"
        # git does not follow a link here, since it may lead out of the repository
        return () if os.path.islink(path) else self._lists(path, folder)

    def _exclude(self, top: str) -> Lists:
        return self._lists(os.path.join(_common(below(top) + ".git"), "info", "exclude"), top)

    def _lists(self, path: str, root: str) -> Lists:
        lists = self._read.get(path)
        if lists is None:
            try:
                with open(path, "rb") as file:
                    text = (
                        file.read().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
                    )
            except OSError:
                lists = ()
            else:
                lists = (Patterns(text.split("\n"), root, shown(slashed(path), self._cwd)),)
            self._read[path] = lists
        return lists


def _repository(folder: str) -> str | None:
    """Return the nearest folder at or above ``folder`` that has a ``.git``."""
    while not os.path.exists(below(folder) + ".git"):
        parent = slashed(os.path.dirname(folder))
        if parent == folder:
            return None
        folder = parent
    return folder


def _common(git: str) -> str:
    """Return the folder with what all work trees of a repository share.

    In a work tree of its own and in a submodule ``.git`` is a file that says where to look.
    """
    try:
        with open(git, "rb") as file:
            line = os.fsdecode(file.read(4096)).strip()
        git = os.path.join(os.path.dirname(git), line.removeprefix("gitdir:").strip())
        with open(os.path.join(git, "commondir"), "rb") as file:
            git = os.path.join(git, os.fsdecode(file.read(4096)).strip())
    except OSError:
        pass
    return git
