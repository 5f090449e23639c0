"""A linter for Chinese formal report drafts.

    >>> import reportlint
    >>> [finding.code for finding in reportlint.lint_text("全年接待群众XX人次。")]
    ['PH001']

``lint_text`` and ``lint_path`` give the findings of one draft, ``lint_paths`` those of files and
folders, one draft after the other, ``lint_batch`` those of many texts as plain dictionaries. What
they are made of, and what plugins are made of, can be imported from here as well. Importing this
module imports next to nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike
    from typing import Any

    from reportlint.batch import lint_batch as lint_batch
    from reportlint.checks.model import Check as Check
    from reportlint.checks.model import Context as Context
    from reportlint.checks.model import Hit as Hit
    from reportlint.config import Resolver
    from reportlint.document import Block as Block
    from reportlint.document import Comment as Comment
    from reportlint.document import Document as Document
    from reportlint.errors import ConfigError as ConfigError
    from reportlint.errors import ReadError as ReadError
    from reportlint.errors import ReportlintError as ReportlintError
    from reportlint.errors import WriteError as WriteError
    from reportlint.findings import Applicability as Applicability
    from reportlint.findings import Edit as Edit
    from reportlint.findings import Finding as Finding
    from reportlint.findings import Fix as Fix
    from reportlint.findings import Label as Label
    from reportlint.findings import Severity as Severity
    from reportlint.findings import Suppression as Suppression
    from reportlint.policies import Policies
    from reportlint.reporters import Reporter as Reporter
    from reportlint.reporters import ReportOptions as ReportOptions
    from reportlint.runner import FileResult as FileResult
    from reportlint.settings import Settings
    from reportlint.summary import Summary as Summary

_VALUES = {
    "Applicability": "findings",
    "Block": "document",
    "Check": "checks.model",
    "Comment": "document",
    "ConfigError": "errors",
    "Context": "checks.model",
    "Document": "document",
    "Edit": "findings",
    "FileResult": "runner",
    "Finding": "findings",
    "Fix": "findings",
    "Hit": "checks.model",
    "Label": "findings",
    "ReadError": "errors",
    "ReportOptions": "reporters",
    "Reporter": "reporters",
    "ReportlintError": "errors",
    "Severity": "findings",
    "Summary": "summary",
    "Suppression": "findings",
    "WriteError": "errors",
    "lint_batch": "batch",
}
"""What can be imported from here, and the module that has it."""

__all__ = ["__version__", "lint_path", "lint_paths", "lint_text", *_VALUES]


def lint_text(
    text: str,
    *,
    kind: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    lang: str = "zh",
    format: str = "text",
    suppressed: bool = False,
    plugins: Sequence[str] | bool = (),
) -> list[Finding]:
    """Return the findings of a draft in order of position.

    ``kind`` is a report kind such as ``述职报告``, or None to read it off the draft. ``select`` and
    ``ignore`` hold rule codes, beginnings of codes, names of rules, or ``ALL``. ``lang`` is ``zh``
    or ``en``, ``format`` is ``text``, ``markdown`` or that of a plugin. Positions are
    offsets in code points into ``text``. ``suppressed``: return also what a comment in the draft
    silences; ``Finding.suppressed`` says so. ``plugins`` are names of installed
    packages, or True for all there are. No configuration file is read. Raises ConfigError for a
    selector or a kind that is unknown, ReportlintError for a plugin that cannot be used.
    """
    from reportlint.document import Document
    from reportlint.runner import check_document

    settings = _settings(kind, select, ignore, lang, plugins)
    if format == "text":
        document = Document(text)
    else:
        from reportlint import readers

        # The mark goes away; one that is part of the text stays and counts.
        mark = b"" if format in settings.readers else b"\xef\xbb\xbf"
        document = readers.read(mark + text.encode(), "", format, settings.readers)
    return _wanted(check_document(document, "", settings).findings, suppressed)


def lint_path(
    path: str | PathLike[str],
    *,
    kind: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    lang: str = "zh",
    format: str | None = None,
    suppressed: bool = False,
    plugins: Sequence[str] | bool | None = None,
    config: str | PathLike[str] | bool = False,
) -> list[Finding]:
    """Return the findings of a file in order of position; as ``lint_text`` otherwise.

    ``format`` is ``text``, ``markdown``, ``docx`` or that of a plugin, or None to go by the suffix.
    Positions are offsets into the text that is read from the file. A file that cannot be read
    gives one finding of family RL that says why. A sidecar file beside the draft silences findings
    as well. ``config`` False: no configuration file is read; True: the one that is nearest above
    the draft; else this one. ``plugins`` None: those of the configuration. Raises ConfigError for
    a sidecar or a configuration that cannot be used.
    """
    import os

    from reportlint.policies import Policies
    from reportlint.runner import check_file

    name = os.fspath(path)
    resolver = _resolver(kind, select, ignore, lang, plugins, config)
    settings = resolver.for_file(name).settings_for(name)
    policy = Policies(resolver).for_file(name, format)
    return _wanted(check_file(name, settings, policy, format=format).findings, suppressed)


def lint_paths(
    paths: Iterable[str | PathLike[str]],
    *,
    kind: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    lang: str = "zh",
    suppressed: bool = False,
    plugins: Sequence[str] | bool | None = None,
    config: str | PathLike[str] | bool = False,
) -> Iterator[FileResult]:
    """Yield what is known of each draft in files and folders, as ``reportlint check`` finds them.

    The results come in order of their paths, each when its draft has been checked:
    ``FileResult.findings`` are as of ``lint_path``, and ``FileResult.document`` tells lines and
    columns. Arguments are those of ``lint_path``. Raises ConfigError, before the first result, for
    a path that does not exist, and when its turn comes for a sidecar file that cannot be used.
    """
    import os

    from reportlint import files
    from reportlint.policies import Policies

    resolver = _resolver(kind, select, ignore, lang, plugins, config)
    names = [os.fspath(path) for path in paths]
    found = files.discover(names, resolver) if names else files.Discovery((), (), {})
    for problem in found.problems:
        raise problem
    policies = Policies(resolver)
    policies.prepare(found.files)
    return _each(found.files, resolver, policies, suppressed)


def _each(
    paths: Iterable[str], resolver: Resolver, policies: Policies, suppressed: bool
) -> Iterator[FileResult]:
    from reportlint.errors import ConfigError
    from reportlint.pipeline import PLAIN
    from reportlint.runner import Case, check_all

    def case(path: str) -> tuple[Case, ConfigError | None]:
        settings = resolver.for_file(path).settings_for(path)
        try:
            return Case(path, settings, policies.for_file(path)), None
        except ConfigError as error:
            return Case(path, settings, PLAIN), error

    for result, error in check_all(map(case, paths)):
        if error is not None:
            raise error
        yield result._replace(findings=tuple(_wanted(result.findings, suppressed)))


def _wanted(findings: Iterable[Finding], suppressed: bool) -> list[Finding]:
    return [finding for finding in findings if suppressed or finding.suppressed is None]


def _settings(
    kind: str | None,
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
    lang: str,
    plugins: Sequence[str] | bool = (),
) -> Settings:
    return _resolver(kind, select, ignore, lang, plugins, False).for_folder(".").settings


def _resolver(
    kind: str | None,
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
    lang: str,
    plugins: Sequence[str] | bool | None,
    config: str | PathLike[str] | bool,
) -> Resolver:
    import os

    from reportlint.config import Options, Resolver

    options = Options(
        select=None if select is None else tuple(select),
        ignore=None if ignore is None else tuple(ignore),
        kind=kind,
        lang=lang,
        plugins=plugins,
        config=None if isinstance(config, bool) else os.fspath(config),
        isolated=config is False,
    )
    return Resolver(options, environ={})


def __getattr__(name: str) -> Any:
    if name in _VALUES:
        from importlib import import_module

        return getattr(import_module(f"reportlint.{_VALUES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), "lint_batch", *_VALUES])
