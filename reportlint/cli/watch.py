"""``reportlint check --watch``: checks again what changes, until it is interrupted."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection

from reportlint import files
from reportlint.cli import output, terminal
from reportlint.cli.options import Request, UsageError
from reportlint.cli.setup import Setup, setup
from reportlint.errors import ReportlintError
from reportlint.paths import absolute
from reportlint.suppress.sidecar import SUFFIX

QUIET = 150
"""Milliseconds without a change after which what has changed is checked."""

MOST = 1500
"""Milliseconds after which it is checked at the latest."""

POLL = 200
"""Milliseconds between two looks at whether there is anything."""

REFUSED = (
    "fix",
    "diff",
    "statistics",
    "show_figures",
    "show_files",
    "show_settings",
    "stdin_filename",
    "output_file",
    "profile",
)
"""Options that change drafts, print something else, or write a file."""

FORMATS = ("full", "concise", "grouped", "summary")
"""Formats for people: a program would not know where one report ends and the next begins."""

_CHANGED = {
    "zh": "{clock} 有 {count} 个文件变化，重新检查",
    "en": "{clock} files changed: {count}; checking again",
}
_WAITING = {"zh": "等待文件变化；按 Ctrl-C 结束", "en": "waiting for changes; Ctrl-C ends"}


def watch(run: Setup, check: Callable[[Request], int]) -> int:
    """Check what is asked for, then whatever changes of it; return 0 when interrupted.

    ``check`` is ``reportlint check`` for a request: it prints the outcome. Raises UsageError for
    options that do not go together, or where the extra is not installed.
    """
    request = run.request
    _refuse(run)
    try:
        from watchfiles import watch as changes
    except ModuleNotFoundError as error:
        raise UsageError(
            f'--watch 缺少组件 {error.name}；请运行 pip install "reportlint[watch]"',
            f'--watch needs {error.name}; run: pip install "reportlint[watch]"',
        ) from None
    once = request._replace(watch=False, no_cache=True)
    named = request.paths or (".",)
    folders = [path for path in named if os.path.isdir(path)]
    # An editor puts a new file in the place of the old one: only the folder sees both.
    around = [os.path.dirname(path) or "." for path in named if not os.path.isdir(path)]
    missing = [folder for folder in around if not os.path.isdir(folder)]
    if missing:
        return check(once)
    try:
        events = changes(
            *dict.fromkeys((*folders, *around)),
            watch_filter=None,
            debounce=MOST,
            step=QUIET,
            rust_timeout=POLL,
            yield_on_timeout=True,
            recursive=bool(folders),
        )
        # What changes while the first check is under way is not to be missed.
        next(events)
        check(once)
        _say(_WAITING[run.lang])
        for batch in events:
            if batch:
                _recheck(once, {os.path.realpath(path) for _, path in batch}, check)
    except KeyboardInterrupt:
        pass
    return 0


def _recheck(request: Request, changed: Collection[str], check: Callable[[Request], int]) -> None:
    """Check those drafts again that a change concerns. A mistake is told and then waited out."""
    lang = terminal.spoken((), os.environ)
    try:
        # The configuration may be what has changed.
        run = setup(request)
        lang = run.lang
        drafts = concerned(run, changed)
        if drafts:
            clock = time.strftime("%H:%M:%S")
            _say(_CHANGED[lang].format(clock=clock, count=len(drafts)))
            check(request._replace(paths=drafts))
    except ReportlintError as error:
        terminal.error(error, lang)


def concerned(run: Setup, changed: Collection[str]) -> tuple[str, ...]:
    """Return the drafts to be checked again when files with these real paths have changed.

    A draft is concerned when it has changed itself or its sidecar file has, and every draft is by a
    configuration file, a rule pack or the baseline. Temporary files of editors and whatever else is
    no draft concern nobody.
    """
    cwd = run.resolver.cwd
    drafts = files.discover(run.request.paths, run.resolver).files
    baseline = run.config.baseline
    general = [path for path in changed if path.endswith(".toml") and not files.is_sidecar(path)]
    if general or (baseline is not None and os.path.realpath(baseline) in changed):
        return drafts
    return tuple(
        draft
        for draft in drafts
        if (real := os.path.realpath(absolute(draft, cwd))) in changed or real + SUFFIX in changed
    )


def _refuse(run: Setup) -> None:
    request = run.request
    for field in REFUSED:
        if getattr(request, field) not in (None, False, (None,)):
            flag = "--" + field.replace("_", "-")
            raise UsageError(
                f"--watch 不能与 {flag} 一起使用", f"--watch cannot be used with {flag}"
            )
    if "-" in request.paths:
        raise UsageError(
            "--watch 不能用于标准输入（-）", "--watch cannot be used with standard input (-)"
        )
    for name in output.formats(run):
        if name not in FORMATS:
            raise UsageError(
                f"--watch 的输出格式应为 {'、'.join(FORMATS)} 之一，不能是 {name}",
                f"with --watch the output format must be one of {', '.join(FORMATS)}, not {name}",
            )


def _say(text: str) -> None:
    sys.stdout.flush()
    print(f"reportlint: {text}", file=sys.stderr, flush=True)
