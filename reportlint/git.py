"""What git knows of a file: its content in a revision. Runs ``git``, which must be there."""

from __future__ import annotations

import os
import subprocess

from reportlint.errors import ConfigError
from reportlint.paths import printable

_LOCAL = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE")
"""What git tells its hooks, relative to another folder than that of the file."""


class GitError(ConfigError):
    """Something that git does not know. ``say`` has the text in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.say = {"zh": zh, "en": en}


class Revision:
    """One revision, looked up once for each folder that files of it are in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._commits: dict[str, str] = {}

    def __reduce__(self) -> tuple[type[Revision], tuple[str]]:
        return Revision, (self.name,)

    def commit(self, folder: str) -> str:
        """Return the commit that the name means in the repository around ``folder``.

        Raises GitError where there is none, or no repository.
        """
        if folder not in self._commits:
            self._commits[folder] = self._look_up(folder)
        return self._commits[folder]

    def content(self, path: str) -> bytes | None:
        """Return the content of a file in this revision, None where it was no file then.

        Raises GitError.
        """
        folder, name = os.path.split(os.path.abspath(path))
        commit = self.commit(folder)
        listed = _git(folder, "ls-tree", "-z", commit, "--", name)
        if listed.returncode:
            raise self._failed(folder, listed)
        mode, _, rest = listed.stdout.partition(b" ")
        if mode not in (b"100644", b"100755"):
            return None
        shown = _git(folder, "cat-file", "blob", os.fsdecode(rest.split(b"\t")[0].split()[-1]))
        if shown.returncode:
            raise self._failed(folder, shown)
        return shown.stdout

    def _look_up(self, folder: str) -> str:
        inside = _git(folder, "rev-parse", "--is-inside-work-tree")
        if inside.returncode or inside.stdout.strip() != b"true":
            where = printable(folder)
            raise GitError(
                f"--diff-base：“{where}”不在 git 仓库的工作区里",
                f"--diff-base: {where!r} is not in the work tree of a git repository",
            )
        found = _git(
            folder,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{self.name}^{{commit}}",
        )
        if found.returncode:
            raise GitError(
                f"--diff-base：git 仓库里没有版本“{self.name}”",
                f"--diff-base: the git repository has no revision {self.name!r}",
            )
        # Older releases of git print the end of the options as well.
        return found.stdout.decode().split()[-1]

    def _failed(self, folder: str, done: subprocess.CompletedProcess[bytes]) -> GitError:
        why = done.stderr.decode("utf-8", "replace").strip().replace("\n", " ")
        where = printable(folder)
        return GitError(
            f"--diff-base：git 在“{where}”中出错：{why}",
            f"--diff-base: git failed in {where!r}: {why}",
        )


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. Names of files are taken as they are, not as patterns."""
    try:
        return subprocess.run(
            ["git", "--literal-pathspecs", *arguments],
            cwd=folder,
            env={key: value for key, value in os.environ.items() if key not in _LOCAL},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        if not os.path.isdir(folder):
            where = printable(folder)
            raise GitError(
                f"--diff-base：没有文件夹“{where}”", f"--diff-base: there is no folder {where!r}"
            ) from error
        why = error.strerror or str(error)
        raise GitError(
            f"--diff-base 需要 git，但无法运行：{why}",
            f"--diff-base needs git, which cannot be run: {why}",
        ) from error
