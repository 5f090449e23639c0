"""What is to be done with the findings of a file: gathered from the files around it.

Sidecar files, baselines and git are read here, and the clock; ``pipeline`` gets values.
"""

from __future__ import annotations

import os

from reportlint.lean import NamedTuple
from reportlint.paths import absolute, below, one_of_each_folder, printable, shown, slashed
from reportlint.pipeline import Policy
from reportlint.suppress import sidecar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from reportlint.baseline import Files, Known
    from reportlint.changes import Before
    from reportlint.config import Config, Resolver
    from reportlint.git import Revision


class Choices(NamedTuple):
    """What a caller decides for all files.

    ``inline``     False: comments in drafts silence nothing
    ``diff_base``  a git revision: only what stands in paragraphs changed since counts
    ``baselines``  False: baselines are not looked at
    """

    inline: bool = True
    diff_base: str | None = None
    baselines: bool = True


class Policies:
    """Gives each file its policy. Every baseline and revision is read once."""

    def __init__(self, resolver: Resolver, choices: Choices | None = None) -> None:
        self.choices = choices or Choices()
        self._resolver = resolver
        self._baselines: dict[str, _Loaded] = {}
        self._today = ""
        self._revision: Revision | None = None
        if self.choices.diff_base is not None:
            from reportlint.git import Revision

            self._revision = Revision(self.choices.diff_base)

    def __reduce__(self) -> tuple[Callable[..., Policies], tuple[Any, ...]]:
        # A process that does not inherit the configuration reads it again.
        return _remake, (self._resolver.overrides, self._resolver.cwd, self.choices)

    def prepare(self, paths: Iterable[str]) -> None:
        """Read what concerns several of these files. Raises ConfigError."""
        for path in one_of_each_folder(paths):
            config = self._resolver.for_file(path)
            if config.baseline is not None and self.choices.baselines:
                self._loaded(config.baseline)
            if self._revision is not None:
                self._revision.commit(os.path.dirname(absolute(path, self._resolver.cwd)))

    def for_file(self, path: str, format: str | None = None) -> Policy:
        """Return the policy for a file; ``format`` overrides its suffix. Raises ConfigError."""
        config = self._resolver.for_file(path)
        entries = config.suppressions_for(path)
        beside = absolute(path, self._resolver.cwd)
        if sidecar.exists(beside):
            name = printable(shown(beside + sidecar.SUFFIX, self._resolver.cwd))
            entries = sidecar.read(beside, name) + entries
        expires = any(entry.expires for entry in entries)
        return Policy(
            inline=self.choices.inline,
            entries=entries,
            reason=config.require_suppression_reason,
            today=self._date() if expires else "",
            baseline=self._known(config, beside),
            before=self._before(config, beside, path, format),
        )

    def without_sidecar(self, path: str) -> Policy:
        """Return a policy for a file whose sidecar file cannot be used. Raises ConfigError."""
        config = self._resolver.for_file(path)
        return Policy(
            inline=self.choices.inline,
            baseline=self._known(config, absolute(path, self._resolver.cwd)),
        )

    def gone(self, baseline: str, below_any: Iterable[str]) -> dict[str, int]:
        """Return the paths in a baseline at which there is no draft any more, and their findings.

        Only those below one of the folders ``below_any`` count.
        """
        folders = [below(absolute(folder, self._resolver.cwd)) for folder in below_any]
        loaded = self._loaded(baseline)
        return {
            path: sum(record.times for record in records)
            for path, records in loaded.gone.items()
            if absolute(path, loaded.folder).startswith(tuple(folders))
        }

    def baselines(self) -> tuple[str, ...]:
        """Return the baselines that have been read."""
        return tuple(self._baselines)

    def _known(self, config: Config, path: str) -> Known | None:
        if config.baseline is None or not self.choices.baselines:
            return None
        from reportlint.baseline import Known

        loaded = self._loaded(config.baseline)
        own = loaded.files.get(key(path, loaded.folder), ())
        return Known(own, {} if own else loaded.gone)

    def _loaded(self, path: str) -> _Loaded:
        if path not in self._baselines:
            files = read(path, printable(shown(path, self._resolver.cwd)))
            folder = slashed(os.path.dirname(path))
            gone = {
                name: records
                for name, records in files.items()
                if not os.path.exists(absolute(name, folder))
            }
            self._baselines[path] = _Loaded(folder, files, gone)
        return self._baselines[path]

    def _before(self, config: Config, path: str, name: str, format: str | None) -> Before | None:
        if self._revision is None:
            return None
        from reportlint import readers
        from reportlint.changes import Before

        data = self._revision.content(path)
        if data is None:
            return Before(None)
        try:
            return Before(readers.read(data, name, format, config.settings.readers))
        except Exception:
            # Nothing is known of what cannot be read: all that is there now counts.
            return Before(None)

    def _date(self) -> str:
        if not self._today:
            import time

            self._today = time.strftime("%Y-%m-%d")
        return self._today


class _Loaded(NamedTuple):
    folder: str
    files: Files
    gone: Files


def key(path: str, folder: str) -> str:
    """Return how a baseline in ``folder`` names the draft at an absolute path."""
    try:
        return slashed(os.path.relpath(path, folder))
    except ValueError:
        # On another drive than the baseline.
        return path


def read(path: str, name: str) -> Files:
    """Return what the baseline at ``path`` holds. Raises BaselineError."""
    from reportlint import baseline

    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise baseline.BaselineError(
            name,
            "没有这个基线文件；用 reportlint baseline create 生成",
            "there is no such baseline; make it with reportlint baseline create",
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise baseline.BaselineError(name, f"无法读取：{why}", f"cannot be read: {why}") from error
    return baseline.load(data, name)


def _remake(overrides: Any, cwd: str, choices: Choices) -> Policies:
    from reportlint.config import Resolver

    return Policies(Resolver(overrides, cwd, os.environ), choices)
