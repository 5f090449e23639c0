"""What ``reportlint check`` does with each file, in whatever process."""

from __future__ import annotations

from reportlint import runner
from reportlint.errors import ConfigError, WriteError
from reportlint.lean import NamedTuple
from reportlint.pipeline import Policy
from reportlint.reporters import Parts, Reporter
from reportlint.runner import FileResult
from reportlint.settings import Settings
from reportlint.summary import Tally, tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from reportlint.config import Resolver
    from reportlint.document import Document
    from reportlint.findings import Finding
    from reportlint.policies import Choices, Policies

FIX = "fix"
DIFF = "diff"


class Done(NamedTuple):
    """What comes back of one file, small enough to travel between processes.

    ``parts`` are what each reporter made of it.
    ``fixed`` counts the fixes that were made, or would be; ``problems`` say why something could
    not be done that is no part of the report. ``moved_from`` is the path under which a baseline
    knows the file, where that is another one.
    """

    tally: Tally
    parts: tuple[Parts, ...]
    fixed: int = 0
    diff: str = ""
    problems: tuple[str, ...] = ()
    moved_from: str = ""


class Job:
    """Checks a file, and fixes it where ``action`` is ``fix`` or shows how where it is ``diff``."""

    def __init__(
        self,
        resolver: Resolver,
        lang: str,
        reporters: Sequence[Reporter],
        action: str,
        policies: Policies,
        *,
        unsafe: bool,
    ) -> None:
        self._resolver = resolver
        self._lang = lang
        self._reporters = tuple(reporters)
        self._action = action
        self._policies = policies
        self._unsafe = unsafe

    def __reduce__(self) -> tuple[Callable[..., Job], tuple[Any, ...]]:
        # A process that does not inherit the configuration reads it again.
        resolver = self._resolver
        return _remake, (
            resolver.overrides,
            resolver.cwd,
            self._lang,
            self._reporters,
            self._action,
            self._policies.choices,
            self._unsafe,
        )

    def __call__(self, path: str) -> Done:
        if self._action:
            try:
                with open(path, "rb") as file:
                    data = file.read()
            except OSError:
                # What follows says so.
                pass
            else:
                return self.content(data, path, lambda changed: _replace(path, data, changed))
        settings = self._settings(path)
        try:
            policy = self._policies.for_file(path)
        except ConfigError as error:
            return self._unruled(error, path, lambda p: runner.check_file(path, settings, p))
        return self._done(runner.check_file(path, settings, policy))

    def terms(self, path: str) -> tuple[Settings, Policy]:
        """Return all that decides what is reported of a file's content. Raises ConfigError."""
        return self._settings(path), self._policies.for_file(path)

    def checked(self, data: bytes, path: str, settings: Settings, policy: Policy) -> Done:
        """Check the content of a file on given terms."""
        return self._done(runner.check_bytes(data, path, settings, policy))

    def content(self, data: bytes, path: str, write: Callable[[bytes], None]) -> Done:
        """Do the same with the content of a file; ``write`` takes what it becomes by fixing."""
        settings = self._settings(path)
        try:
            policy = self._policies.for_file(path)
        except ConfigError as error:
            if self._action == FIX:
                # What somebody wants to keep is not known: nothing is fixed.
                write(data)
            return self._unruled(error, path, lambda p: runner.check_bytes(data, path, settings, p))
        before = runner.check_bytes(data, path, settings, policy)
        if not self._action:
            return self._done(before)
        from reportlint import fixes

        def again(changed: bytes) -> tuple[Document, tuple[Finding, ...]]:
            result = runner.check_bytes(changed, path, settings, policy)
            if result.failed and not before.failed:
                raise WriteError(result.findings[0].message)
            return result.document, result.findings

        try:
            settled = fixes.settle(
                data,
                before.document,
                before.findings,
                again,
                unsafe=self._unsafe,
                others=settings.readers,
            )
            if self._action == FIX:
                write(settled.data)
        except WriteError as error:
            if self._action == FIX:
                # Who reads a pipe still gets the draft.
                write(data)
            said = getattr(error, "say", {}).get(self._lang) or f"{path}: {error}"
            return self._done(before, problems=(said,))
        after = before
        if settled.applied:
            after = runner.check_bytes(settled.data, path, settings, policy)
        if self._action == FIX:
            return self._done(after, settled.applied)
        problems = [f"{path}: {f.message}" for f in before.findings if f.code in runner.FATAL]
        diff = fixes.diff(before.document.text, after.document.text, path)
        return self._done(after, settled.applied, diff, tuple(problems))

    def _unruled(
        self, error: ConfigError, path: str, check: Callable[[Policy], FileResult]
    ) -> Done:
        """Check a file of which it is not known what to suppress, and say why."""
        said = getattr(error, "say", {}).get(self._lang) or str(error)
        return self._done(check(self._policies.without_sidecar(path)), problems=(said,))

    def _settings(self, path: str) -> Settings:
        settings = self._resolver.for_file(path).settings_for(path)
        # One report is in one language, whatever nearer configurations say.
        return settings if settings.lang == self._lang else settings._replace(lang=self._lang)

    def _done(
        self,
        result: FileResult,
        fixed: int = 0,
        diff: str = "",
        problems: tuple[str, ...] = (),
    ) -> Done:
        parts = tuple(reporter.render(result) for reporter in self._reporters)
        return Done(tally(result), parts, fixed, diff, problems, result.moved_from)


def _replace(path: str, before: bytes, after: bytes) -> None:
    if after != before:
        from reportlint import files

        files.replace(path, after)


def _remake(
    overrides: Any,
    cwd: str,
    lang: str,
    reporters: Sequence[Reporter],
    action: str,
    choices: Choices,
    unsafe: bool,
) -> Job:
    import os

    from reportlint.config import Resolver
    from reportlint.policies import Policies

    resolver = Resolver(overrides, cwd, os.environ)
    return Job(resolver, lang, reporters, action, Policies(resolver, choices), unsafe=unsafe)
