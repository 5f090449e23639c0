"""``reportlint ignore``: silences one finding in the form that its file has for it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from reportlint import files, readers, runner, silence
from reportlint.cli.options import Request, UsageError
from reportlint.cli.setup import Setup, setup
from reportlint.document import Document
from reportlint.errors import ReportlintError
from reportlint.findings import Finding
from reportlint.paths import absolute, printable, shown
from reportlint.pipeline import Policy
from reportlint.runner import FileResult
from reportlint.settings import Settings
from reportlint.suppress import sidecar

_PLACE = re.compile(r"(.+?):([0-9]{1,9})(?::([0-9]{1,9}))?", re.DOTALL)
_SPACE = re.compile(r"\s+")

_WROTE = {
    "zh": "已忽略 {code}（{count} 处），写入 {name}",
    "en": "{code} is ignored ({count}); wrote {name}",
}
_ALREADY = {"zh": "{code} 在此处已经忽略", "en": "{code} is ignored here already"}
_RELOAD = {
    "zh": "写入后问题仍会报告，未作改动",
    "en": "the finding would be reported all the same; nothing was changed",
}


def ignore(code: str, place: str, reason: str, request: Request) -> int:
    """Silence the findings of a rule at ``FILE:LINE`` or ``FILE:LINE:COLUMN``."""
    path, line, column = _place(place)
    run = setup(request._replace(paths=(path,)))
    code = _code(run, code)
    reason = _SPACE.sub(" ", reason).strip()
    if run.config.require_suppression_reason and not reason:
        raise UsageError(
            "配置要求写明原因：请加 --reason",
            "the configuration asks for a reason: add --reason",
        )
    data = _read(path)
    settings = run.resolver.for_file(path).settings_for(path)
    settings = settings._replace(active=settings.active | {code})
    policy = run.policies(baselines=False).for_file(path)
    result = runner.check_bytes(data, path, settings, policy)
    if result.failed:
        raise UsageError(*[f"{path}: {result.findings[0].message}"] * 2)
    document = result.document
    at_place = _at(document, result.findings, line, column)
    wanted = [finding for finding in at_place if finding.code == code]
    reported = [finding for finding in wanted if finding.suppressed is None]
    if not wanted:
        raise _none(path, code, line, at_place, document)
    if not reported:
        print(_ALREADY[run.lang].format(code=code))
        return 0
    name = path
    if not _comment(path, data, result, reported, reason, settings, policy):
        name = _beside(run, path, data, document, reported, reason, settings, policy)
    print(_WROTE[run.lang].format(code=code, count=len(reported), name=printable(name)))
    return 0


def _comment(
    path: str,
    data: bytes,
    result: FileResult,
    wanted: Sequence[Finding],
    reason: str,
    settings: Settings,
    policy: Policy,
) -> bool:
    """Write comments into the draft; return False where that would not do what it should."""

    def check(changed: bytes) -> FileResult:
        return runner.check_bytes(changed, path, settings, policy)

    edits = silence.comments(result, data, wanted, reason, check, settings.readers)
    if edits is None:
        return False
    files.replace(path, readers.write(result.document, data, edits, settings.readers))
    return True


def _beside(
    run: Setup,
    path: str,
    data: bytes,
    document: Document,
    wanted: Sequence[Finding],
    reason: str,
    settings: Settings,
    policy: Policy,
) -> str:
    """Write entries into the sidecar file; return its path. Raises ReportlintError."""
    beside = absolute(path, run.resolver.cwd) + sidecar.SUFFIX
    name = printable(shown(beside, run.resolver.cwd))
    try:
        with open(beside, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        content = b""

    def check(wider: Policy) -> FileResult:
        return runner.check_bytes(data, path, settings, wider)

    changed = silence.entries(document, content, name, wanted, reason, policy, check)
    if changed is None:
        raise UsageError(_RELOAD["zh"], _RELOAD["en"])
    files.replace(beside, changed)
    return name


def _place(place: str) -> tuple[str, int, int | None]:
    match = _PLACE.fullmatch(place)
    if match is None:
        raise UsageError(
            f"“{place}”应写作 文件:行 或 文件:行:列",
            f"{place!r} must be FILE:LINE or FILE:LINE:COLUMN",
        )
    return match[1], int(match[2]), int(match[3]) if match[3] else None


def _code(run: Setup, word: str) -> str:
    from reportlint.suggest import suggest

    rules = run.ruleset.rules
    for rule in rules.values():
        if word in (rule.code, rule.name):
            if rule.category == "reportlint":
                raise UsageError(
                    f"{rule.code} 说的是 reportlint 自身的工作，不能这样忽略",
                    f"{rule.code} is about the work of reportlint itself and not to be ignored",
                )
            return rule.code
    zh, en = suggest(word, [*rules, *(rule.name for rule in rules.values())])
    raise UsageError(f"没有规则“{word}”{zh}", f"there is no rule {word!r}{en}")


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        why = error.strerror or str(error)
        name = printable(path)
        raise UsageError(f"“{name}”无法读取：{why}", f"{name!r} cannot be read: {why}") from error


def _at(
    document: Document, findings: Sequence[Finding], line: int, column: int | None
) -> list[Finding]:
    """Return the findings that begin on a line, or that begin at or hold a column of it."""
    found = []
    for finding in findings:
        at, begin = document.lines.position(finding.start)
        if at != line:
            continue
        width = max(1, finding.end - finding.start)
        if column is None or begin <= column < begin + width:
            found.append(finding)
    return found


def _none(
    path: str, code: str, line: int, others: Sequence[Finding], document: Document
) -> ReportlintError:
    """Return the error that there is no such finding, with those that there are."""
    there = sorted(
        {
            f"{f.code}:{document.lines.position(f.start)[1]}"
            for f in others
            if f.category != "reportlint"
        }
    )
    place = f"{printable(os.fspath(path))}:{line}"
    zh = f"；此处有 {'、'.join(there)}（代码:列）" if there else "；此处没有问题"
    en = f"; there is {', '.join(there)} (code:column)" if there else "; there is nothing"
    return UsageError(f"{place} 没有 {code}{zh}", f"{place} has no {code}{en}")
