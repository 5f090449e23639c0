"""What ``reportlint check`` does with each file, in whatever process."""

from __future__ import annotations

from reportlint import runner
from reportlint.errors import ConfigError, WriteError
from reportlint.lean import NamedTuple
from reportlint.reporters import Reporter
from reportlint.runner import Case, FileResult
from reportlint.summary import Tally, tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
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
    parts: tuple[tuple[str | bytes, ...], ...]
    fixed: int = 0
    diff: str = ""
    problems: tuple[str, ...] = ()
    moved_from: str = ""


class Job:
    """Checks files; fixes them where ``action`` is ``fix``, shows how where it is ``diff``."""

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

    def __call__(self, paths: Iterable[str]) -> Iterator[Done]:
        if self._action:
            yield from map(self._mend, paths)
            return
        for result, problems in runner.check_all(map(self.case, paths)):
            yield self.done(result, problems=problems)

    def case(self, path: str, data: bytes | None = None) -> tuple[Case, tuple[str, ...]]:
        """Return a draft with the terms it is checked on, and what is wrong with these."""
        settings = self._resolver.for_file(path).settings_for(path)
        if settings.lang != self._lang:
            # One report is in one language, whatever nearer configurations say.
            settings = settings._replace(lang=self._lang)
        try:
            return Case(path, settings, self._policies.for_file(path), data), ()
        except ConfigError as error:
            # It is not known what to suppress: the draft is checked, and that is said.
            said = getattr(error, "say", {}).get(self._lang) or str(error)
            return Case(path, settings, self._policies.without_sidecar(path), data), (said,)

    def _mend(self, path: str) -> Done:
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            # What follows says so.
            case, problems = self.case(path)
            return self.done(runner.check(case), problems=problems)
        return self.content(data, path, lambda changed: _replace(path, data, changed))

    def content(self, data: bytes, path: str, write: Callable[[bytes], None]) -> Done:
        """Do it with the content of a file; ``write`` takes what that becomes by fixing."""
        case, problems = self.case(path, data)
        if problems or not self._action:
            if self._action == FIX:
                # What somebody wants to keep is not known: nothing is fixed.
                write(data)
            return self.done(runner.check(case), problems=problems)
        _, settings, policy, *_ = case
        before = runner.check_bytes(data, path, settings, policy)
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
            return self.done(before, problems=(said,))
        after = before
        if settled.applied:
            after = runner.check_bytes(settled.data, path, settings, policy)
        if self._action == FIX:
            return self.done(after, settled.applied)
        failures = [f"{path}: {f.message}" for f in before.findings if f.code in runner.FATAL]
        diff = fixes.diff(before.document.text, after.document.text, path)
        return self.done(after, settled.applied, diff, tuple(failures))

    def done(
        self,
        result: FileResult,
        fixed: int = 0,
        diff: str = "",
        problems: tuple[str, ...] = (),
    ) -> Done:
        """Return what is reported of a file."""
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
