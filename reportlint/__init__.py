"""A linter for Chinese formal report drafts.

    >>> import reportlint
    >>> [finding.code for finding in reportlint.lint_text("全年接待群众XX人次。")]
    ['PH001']

``lint_text`` and ``lint_path`` give the findings of one draft, ``lint_batch`` those of many texts
as plain dictionaries; what findings are made of can be imported from here as well. Importing this
module imports next to nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike
    from typing import Any

    from reportlint.batch import lint_batch as lint_batch
    from reportlint.config import Resolver
    from reportlint.findings import Applicability as Applicability
    from reportlint.findings import Edit as Edit
    from reportlint.findings import Finding as Finding
    from reportlint.findings import Fix as Fix
    from reportlint.findings import Label as Label
    from reportlint.findings import Severity as Severity
    from reportlint.settings import Settings

_VALUES = ("Applicability", "Edit", "Finding", "Fix", "Label", "Severity")

__all__ = ["__version__", "lint_batch", "lint_path", "lint_text", *_VALUES]


def lint_text(
    text: str,
    *,
    kind: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    lang: str = "zh",
    format: str = "text",
    suppressed: bool = False,
) -> list[Finding]:
    """Return the findings of a draft in order of position.

    ``kind`` is a report kind such as ``述职报告``, or None to read it off the draft. ``select`` and
    ``ignore`` hold rule codes, beginnings of codes, or ``ALL``. ``lang`` is ``zh`` or ``en``,
    ``format`` is ``text`` or ``markdown``. Positions are offsets in code points into ``text``.
    ``suppressed``: return also what a comment in the draft silences; ``Finding.suppressed`` says
    so. No configuration file is read. Raises ConfigError for a selector or a kind that is unknown.
    """
    from reportlint.document import Document
    from reportlint.runner import check_document

    settings = _settings(kind, select, ignore, lang)
    if format == "text":
        document = Document(text)
    else:
        from reportlint import readers

        # The mark goes away; one that is part of the text stays and counts.
        document = readers.read(b"\xef\xbb\xbf" + text.encode(), "", format)
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
) -> list[Finding]:
    """Return the findings of a file in order of position; as ``lint_text`` otherwise.

    ``format`` is ``text``, ``markdown`` or ``docx``, or None to go by the suffix. Positions are
    offsets into the text that is read from the file. A file that cannot be read gives one finding
    of family RL that says why. A sidecar file beside the draft silences findings as well; raises
    ConfigError for one that cannot be used.
    """
    import os

    from reportlint.policies import Policies
    from reportlint.runner import check_file

    name = os.fspath(path)
    resolver = _resolver(kind, select, ignore, lang)
    settings = resolver.for_folder(".").settings
    policy = Policies(resolver).for_file(name, format)
    return _wanted(check_file(name, settings, policy, format=format).findings, suppressed)


def _wanted(findings: Iterable[Finding], suppressed: bool) -> list[Finding]:
    return [finding for finding in findings if suppressed or finding.suppressed is None]


def _settings(
    kind: str | None, select: Iterable[str] | None, ignore: Iterable[str] | None, lang: str
) -> Settings:
    return _resolver(kind, select, ignore, lang).for_folder(".").settings


def _resolver(
    kind: str | None, select: Iterable[str] | None, ignore: Iterable[str] | None, lang: str
) -> Resolver:
    from reportlint.config import Options, Resolver

    options = Options(
        select=None if select is None else tuple(select),
        ignore=None if ignore is None else tuple(ignore),
        kind=kind,
        lang=lang,
        isolated=True,
    )
    return Resolver(options, environ={})


def __getattr__(name: str) -> Any:
    if name in _VALUES:
        from reportlint import findings

        return getattr(findings, name)
    if name == "lint_batch":
        from reportlint.batch import lint_batch

        return lint_batch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), "lint_batch", *_VALUES])
