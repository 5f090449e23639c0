"""``reportlint annotate``: writes findings into a Word file or a PDF, as remarks on the words."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from reportlint import annotate as remarks
from reportlint import files, readers, runner
from reportlint.cli import terminal
from reportlint.cli.options import Request, UsageError
from reportlint.cli.setup import Setup, setup
from reportlint.errors import ReadError, ReportlintError
from reportlint.paths import absolute, printable, shown

_DONE = {
    "zh": "已写入 {name}：批注 {comments} 条",
    "en": "wrote {name}: {comments} comments",
}
_CHANGED = {"zh": "，修订 {changes} 处", "en": ", {changes} fixes as tracked changes"}
_HOMELESS = {
    "zh": "{homeless} 处问题在正文里没有可以加批注的地方",
    "en": "{homeless} findings have no place in the body for a comment",
}
_CLEANED = {
    "zh": "已写入 {name}：去掉了 reportlint 的批注和修订",
    "en": "wrote {name}: took out the comments and changes of reportlint",
}
_NOTHING = {
    "zh": "已写入 {name}：没有 reportlint 的批注和修订",
    "en": "wrote {name}: it has no comments or changes of reportlint",
}


def annotate(
    path: str, output: str | None, request: Request, *, in_place: bool, fix: bool, clean: bool
) -> int:
    """Annotate a draft, or take the annotations out (``clean``). Return 0, or 2 for what failed.

    ``output`` is where the result goes; with ``in_place`` it is the draft itself.
    """
    run = setup(request._replace(paths=(path,)))
    try:
        return _annotate(run, path, _target(run, path, output, in_place), fix=fix, clean=clean)
    except ReadError as error:
        terminal.error(f"{printable(path)}: {error.detail[run.lang]}", run.lang)
    except ReportlintError as error:
        said = getattr(error, "say", {}).get(run.lang) or str(error)
        known = isinstance(error, (UsageError, files.ReplaceError))
        terminal.error(said if known else f"{printable(path)}: {said}", run.lang)
    return 2


def _annotate(run: Setup, path: str, target: str, *, fix: bool, clean: bool) -> int:
    lang = run.lang
    format = _format(path, fix=fix)
    data = _read(path)
    bare = remarks.clean(data, format)
    name = printable(shown(target, run.resolver.cwd))
    if clean:
        _write(target, bare)
        print((_CLEANED if bare != data else _NOTHING)[lang].format(name=name))
        return 0
    from reportlint.annotate.notes import notes_of

    settings = run.resolver.for_file(path).settings_for(path)._replace(lang=lang)
    policies = run.policies()
    policies.prepare([path])
    result = runner.check_bytes(bare, path, settings, policies.for_file(path))
    for finding in result.findings:
        if finding.code in runner.FATAL:
            terminal.error(f"{printable(path)}: {finding.message}", lang)
    if result.structure is None:
        return 2
    notes = notes_of(result.document, result.findings, settings.ruleset, lang, fix=fix)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = remarks.annotate(bare, path, format, notes, stamp)
    _write(target, made.data)
    said = _DONE[lang].format(name=name, comments=made.comments)
    print(said + (_CHANGED[lang].format(changes=made.changes) if fix else ""))
    if made.homeless:
        terminal.warn(_HOMELESS[lang].format(homeless=made.homeless), lang)
    return 2 if result.failed else 0


def _target(run: Setup, path: str, output: str | None, in_place: bool) -> str:
    cwd = run.resolver.cwd
    if in_place:
        if output is not None:
            raise UsageError(
                "--in-place 与 --output 只能用一个", "--in-place and --output exclude each other"
            )
        return absolute(path, cwd)
    if output is None:
        raise UsageError(
            "请用 -o 写明输出文件，或用 --in-place 改写原文件",
            "name a file for the result with -o, or rewrite the draft with --in-place",
        )
    target = absolute(output, cwd)
    if os.path.realpath(target) == os.path.realpath(absolute(path, cwd)):
        raise UsageError(
            "输出文件就是原文件；要改写原文件请用 --in-place",
            "the output is the draft itself; use --in-place to rewrite it",
        )
    return target


def _format(path: str, *, fix: bool) -> str:
    """Return the format of a draft. Raises UsageError for one that takes no remarks."""
    format = readers.format_of(path)
    name = printable(path)
    if format not in remarks.FORMATS:
        raise UsageError(
            f"{name} 不是 Word 文档（.docx）或 PDF，不能加批注；请用 reportlint check "
            f"--output-format html -o 报告.html {name} 生成网页报告",
            f"{name} is no Word file (.docx) or PDF and takes no comments; for a page with all "
            f"findings run reportlint check --output-format html -o report.html {name}",
        )
    if fix and format != "docx":
        raise UsageError(
            f"--fixes 只能用于 Word 文档，{name} 里不能写修订",
            f"--fixes is for Word files: {name} cannot hold tracked changes",
        )
    return format


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(*[f"{printable(path)}: {why}"] * 2) from None


def _write(target: str, data: bytes) -> None:
    try:
        with open(target, "rb") as file:
            if file.read() == data:
                return
    except OSError:
        pass
    files.replace(target, data)
