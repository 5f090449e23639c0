"""File names as the program uses them: absolute, with ``/``, and as people are shown them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def absolute(path: str, folder: str) -> str:
    """Return ``path``, seen from ``folder``, as an absolute path with ``/``."""
    return slashed(os.path.normpath(os.path.join(folder, path)))


def slashed(path: str) -> str:
    """Return ``path`` with ``/`` between its parts on every system."""
    return path if os.sep == "/" else path.replace(os.sep, "/")


def below(folder: str) -> str:
    """Return what the paths of everything in ``folder`` begin with."""
    return folder if folder.endswith("/") else folder + "/"


def shown(path: str, cwd: str) -> str:
    """Return an absolute path as it is shown: relative to ``cwd`` where it is below it."""
    prefix = below(cwd)
    if path.startswith(prefix):
        return path[len(prefix) :]
    return "." if path == cwd else path


def one_of_each_folder(paths: Iterable[str]) -> Iterable[str]:
    """Return one path of each folder: what holds for all files of it need be asked once."""
    return {os.path.dirname(path): path for path in paths}.values()


def printable(path: str) -> str:
    """Return ``path`` with ``?`` signs for bytes that are no text in any encoding.

    Such names exist: a file unpacked from an archive that was made elsewhere.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return path
