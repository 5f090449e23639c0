"""What is done with a draft that is open in an editor. Knows neither protocol nor processes.

The draft is what the editor has of it, saved or not; configuration, sidecar files and baselines
are read from the disk, as the command line reads them, and findings go through the same pipeline.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from reportlint import fixes, runner, silence
from reportlint.config import Options, Resolver
from reportlint.document import Document
from reportlint.errors import ConfigError, WriteError
from reportlint.findings import Edit, Finding
from reportlint.fingerprint import fingerprints
from reportlint.paths import absolute, printable, shown
from reportlint.pipeline import Policy
from reportlint.policies import Policies
from reportlint.reporters import rulepage
from reportlint.runner import FileResult
from reportlint.settings import Settings
from reportlint.suppress import sidecar

_MARK = b"\xef\xbb\xbf"
"""A byte-order mark: what follows is UTF-8, whatever it looks like."""


class Draft(NamedTuple):
    """A draft as the editor has it. ``path`` is absolute, or a mere name for one never saved."""

    path: str
    text: str
    format: str


class Scene(NamedTuple):
    """What a draft is seen under: settings of the editor, the folder of the work, the locale.

    ``turn`` counts how often files may have changed that are read only once.
    """

    options: Options
    cwd: str
    environ: Mapping[str, str]
    turn: int


class Symbol(NamedTuple):
    """A heading: its title, how deep it is, what stands under it, and where the title stands."""

    title: str
    depth: int
    start: int
    end: int
    title_start: int
    title_end: int


class Checked(NamedTuple):
    """What came of a draft.

    ``findings``     what is reported, in order; their ``data`` left out
    ``fingerprints`` one for each of them
    ``pages``        the page of each rule that has one, in Markdown
    ``plain``        the same as plain text
    ``problems``     why something could not be done that is no finding
    """

    findings: tuple[Finding, ...]
    fingerprints: tuple[str, ...]
    symbols: tuple[Symbol, ...]
    pages: Mapping[str, str]
    plain: Mapping[str, str]
    problems: tuple[str, ...]
    lang: str


class Desk:
    """Does jobs; keeps what has been read until the scene changes."""

    def __init__(self) -> None:
        self._scene: Scene | None = None
        self._resolver: Resolver | None = None
        self._policies: Policies | None = None

    def check(self, draft: Draft, scene: Scene) -> Checked:
        """Check a draft. A configuration that cannot be used is a problem, not an exception."""
        try:
            settings, policy, problems = self._rules(draft, scene)
        except ConfigError as error:
            return Checked((), (), (), {}, {}, (str(error),), self._lang(scene))
        result = runner.check_bytes(_data(draft), draft.path, settings, policy, format=draft.format)
        reported = [
            (finding._replace(data={}), name)
            for finding, name in zip(result.findings, _names(result), strict=True)
            if finding.suppressed is None
        ]
        rules, lang = settings.ruleset.rules, settings.lang
        codes = dict.fromkeys(finding.code for finding, _ in reported)
        return Checked(
            tuple(finding for finding, _ in reported),
            tuple(name for _, name in reported),
            _symbols(result),
            {code: rulepage.markdown(rules[code], lang) for code in codes},
            {code: rulepage.plain(rules[code], lang) for code in codes},
            problems,
            lang,
        )

    def fix(self, draft: Draft, scene: Scene) -> list[Edit]:
        """Return the edits that ``check --fix`` would make, in order; none overlap.

        Raises ConfigError and WriteError.
        """
        settings, policy, problems = self._rules(draft, scene)
        if problems:
            # What somebody wants to keep is not known.
            return []

        def check(data: bytes) -> FileResult:
            return runner.check_bytes(data, draft.path, settings, policy, format=draft.format)

        def again(data: bytes) -> tuple[Document, tuple[Finding, ...]]:
            result = check(data)
            if result.failed and not before.failed:
                raise WriteError(result.findings[0].message)
            return result.document, result.findings

        data = _data(draft)
        before = check(data)
        settled = fixes.settle(data, before.document, before.findings, again, unsafe=False)
        if settled.data == data:
            return []
        planned = fixes.plan(before.findings, unsafe=False)
        if fixes.apply(before.document, data, planned) == settled.data:
            return planned
        return [_difference(draft.text, settled.data[len(_MARK) :].decode())]

    def comment(self, draft: Draft, scene: Scene, fingerprint: str) -> list[Edit]:
        """Return the edits that silence a finding by a comment; none where that cannot be."""
        settings, policy, _ = self._rules(draft, scene)
        data = _data(draft)

        def check(changed: bytes) -> FileResult:
            return runner.check_bytes(changed, draft.path, settings, policy, format=draft.format)

        before = check(data)
        wanted = _named(before, fingerprint)
        return (silence.comments(before, data, wanted, "", check) or []) if wanted else []

    def note(self, draft: Draft, scene: Scene, fingerprint: str) -> tuple[str, bytes] | None:
        """Return path and content of the sidecar file that silences a finding, or None.

        Raises ConfigError for a sidecar file that cannot be used.
        """
        settings, policy, problems = self._rules(draft, scene)
        if problems:
            raise ConfigError(problems[0])
        data = _data(draft)

        def check(wider: Policy) -> FileResult:
            return runner.check_bytes(data, draft.path, settings, wider, format=draft.format)

        before = check(policy)
        wanted = _named(before, fingerprint)
        if not wanted:
            return None
        beside = absolute(draft.path, scene.cwd) + sidecar.SUFFIX
        try:
            with open(beside, "rb") as file:
                content = file.read()
        except FileNotFoundError:
            content = b""
        name = printable(shown(beside, scene.cwd))
        changed = silence.entries(before.document, content, name, wanted, "", policy, check)
        return None if changed is None else (beside, changed)

    def page(self, draft: Draft, scene: Scene, code: str) -> tuple[str, str] | None:
        """Return the page of a rule, in Markdown and as plain text; None for an unknown one."""
        settings, _, _ = self._rules(draft, scene)
        rule = settings.ruleset.rules.get(code)
        if rule is None:
            return None
        return rulepage.markdown(rule, settings.lang), rulepage.plain(rule, settings.lang)

    def _rules(self, draft: Draft, scene: Scene) -> tuple[Settings, Policy, tuple[str, ...]]:
        """Return settings and policy of a draft, and what is wrong with its sidecar file.

        Raises ConfigError for a configuration that cannot be used.
        """
        if self._resolver is None or self._policies is None or scene != self._scene:
            self._resolver = self._policies = None
            self._resolver = Resolver(scene.options, scene.cwd, scene.environ)
            self._policies = Policies(self._resolver)
            self._scene = scene
        settings = self._resolver.for_file(draft.path).settings_for(draft.path)
        try:
            return settings, self._policies.for_file(draft.path), ()
        except ConfigError as error:
            said = getattr(error, "say", {}).get(settings.lang) or str(error)
            try:
                return settings, self._policies.without_sidecar(draft.path), (said,)
            except ConfigError:
                # It is the baseline.
                return settings, Policy(), (said,)

    def _lang(self, scene: Scene) -> str:
        from reportlint.i18n import language

        return scene.options.lang or language(scene.environ)


def environment(locale: str | None) -> Mapping[str, str]:
    """Return the variables that decide the language: those of an editor's locale, or one's own."""
    if locale:
        return {"LANG": locale.replace("-", "_")}
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return {name: os.environ[name] for name in names if name in os.environ}


def _data(draft: Draft) -> bytes:
    # Half of a character, which JSON can carry and UTF-8 cannot, becomes a whole one.
    return _MARK + draft.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _names(result: FileResult) -> list[str]:
    path = result.structure.heading_path if result.structure is not None else None
    return fingerprints(result.document, result.findings, path)


def _named(result: FileResult, fingerprint: str) -> list[Finding]:
    """Return the finding of that name, unless it is silenced already or not to be silenced."""
    return [
        finding
        for finding, name in zip(result.findings, _names(result), strict=True)
        if name == fingerprint and finding.suppressed is None and finding.category != "reportlint"
    ]


def _symbols(result: FileResult) -> tuple[Symbol, ...]:
    structure = result.structure
    if structure is None:
        return ()
    found = []
    for heading in structure.headings:
        start = structure.paragraphs[heading.paragraph].start
        whole = structure.raw_span(start, max(heading.stop, heading.end))
        title = structure.raw_span(start, heading.end)
        shown = " ".join("".join(structure.heading_path(whole[0])[-1:]).split())
        found.append(Symbol(shown or "…", heading.depth, *whole, *title))
    return tuple(found)


def _difference(before: str, after: str) -> Edit:
    """Return the one edit that makes ``after`` of ``before``, without what they share."""
    shortest = min(len(before), len(after))
    start = 0
    while start < shortest and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < shortest - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Edit(start, len(before) - tail, after[start : len(after) - tail])
