"""``reportlint check``: the main job, from a request to an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from reportlint import config, files, reporters, runner
from reportlint.cli import terminal
from reportlint.cli.job import DIFF, FIX, Done, Job
from reportlint.cli.options import Request, UsageError
from reportlint.cli.setup import Setup, setup
from reportlint.errors import ReportlintError
from reportlint.reporters import Reporter, ReportOptions
from reportlint.summary import Summary

if TYPE_CHECKING:
    from reportlint.files import Discovery

STDIN = "-"

PROGRESS = 50
"""Files from which on a progress bar is worth what it takes to import."""

MACHINE = ("json", "jsonl")
"""Formats that programs read: not even ``--quiet`` takes away their closing part."""

PASSED_BY_WILL = ("exclude", "gitignore")


def check(request: Request) -> int:
    """Do what is asked for and return the exit code. Raises ReportlintError before it has begun."""
    run = setup(request)
    try:
        return _check(run)
    except ReportlintError as error:
        # Only here is the language of the configuration known.
        terminal.error(error, run.lang)
        return 2


def _check(run: Setup) -> int:
    request = run.request
    _refuse_contradictions(run)
    if request.show_settings:
        path = request.paths[0] if request.paths else None
        path = request.stdin_filename if path == STDIN else path
        named = path if path is not None and not os.path.isdir(path) else None
        _Output(run).write(config.describe(run.config, named, run.lang)).close()
        return 0
    if STDIN in request.paths:
        return _check_stdin(run)
    discovery = files.discover(request.paths, run.resolver)
    for problem in discovery.problems:
        terminal.error(problem, run.lang)
    if request.show_files:
        _Output(run).write(files.listing(discovery)).close()
        return 2 if discovery.problems else 0
    if not discovery.files:
        return _nothing(run, discovery)
    output = _Output(run)
    reporter = _reporter(run, output, discovery.files)
    job = Job(run.resolver, run.lang, reporter, _action(request), unsafe=request.unsafe_fixes)
    results = runner.spread(discovery.files, job, run.config.jobs)
    if len(discovery.files) >= PROGRESS and not request.quiet and sys.stderr.isatty():
        from reportlint.cli.progress import with_bar

        results = with_bar(results, len(discovery.files))
    return _report(run, output, reporter, results, failed=bool(discovery.problems))


def _check_stdin(run: Setup) -> int:
    """Check standard input. With ``--fix`` what comes out on standard output is the fixed draft."""
    request = run.request
    path = request.stdin_filename or STDIN
    data = sys.stdin.buffer.read()
    if request.stdin_filename and run.config.force_exclude:
        if files.excluded(path, run.resolver):
            if _action(request) == FIX:
                _pass_on(data)
            return 0
    output = _Output(run, sys.stderr if _action(request) == FIX else None)
    reporter = _reporter(run, output, [path])
    job = Job(run.resolver, run.lang, reporter, _action(request), unsafe=request.unsafe_fixes)
    done = job.content(data, path, _pass_on)
    return _report(run, output, reporter, [done])


def _pass_on(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def _nothing(run: Setup, discovery: Discovery) -> int:
    """Say why there is nothing to check."""
    if discovery.problems:
        return 2
    why = files.nothing(discovery, run.lang)
    if run.config.force_exclude and all(reason in PASSED_BY_WILL for reason, _ in discovery.passed):
        # A hook names the files that changed; that all of them are excluded is no mistake.
        terminal.warn(why, run.lang)
        return 0
    terminal.error(why, run.lang)
    return 2


def _refuse_contradictions(run: Setup) -> None:
    request = run.request
    if STDIN in request.paths and len(request.paths) > 1:
        raise UsageError(
            "标准输入（-）不能与其他路径一起检查",
            "standard input (-) cannot be checked together with other paths",
        )
    if request.stdin_filename is not None and STDIN not in request.paths:
        raise UsageError(
            "--stdin-filename 只用于标准输入（-）",
            "--stdin-filename is for standard input (-) only",
        )


def _action(request: Request) -> str:
    return DIFF if request.diff else FIX if request.fix else ""


def _reporter(run: Setup, output: _Output, paths: Iterable[str]) -> Reporter:
    """Make the reporter for the files at ``paths``."""
    # What one configuration wants kept secret is kept secret in the report of all.
    redact = any(run.resolver.for_file(path).settings.redact for path in paths)
    if redact and run.request.diff:
        raise UsageError(
            "--diff 会显示文稿内容，不能与 --redact 一起使用",
            "--diff shows text of the drafts and cannot be used with --redact",
        )
    if redact and run.request.show_figures:
        raise UsageError(
            "--show-figures 会显示文稿内容，不能与 --redact 一起使用",
            "--show-figures shows text of the drafts and cannot be used with --redact",
        )
    options = ReportOptions(
        lang=run.lang,
        color=output.colour,
        width=output.width,
        redact=redact,
        ambiguous_wide=run.config.ambiguous_width == 2,
        rules=run.ruleset.rules,
    )
    if run.request.show_figures:
        from reportlint.reporters import figures

        return figures.make(run.config.output_format, options)
    return reporters.make(run.config.output_format, options)


def _report(
    run: Setup,
    output: _Output,
    reporter: Reporter,
    results: Iterable[Done],
    *,
    failed: bool = False,
) -> int:
    """Write what came of each file as it comes; return the exit code."""
    request, lang = run.request, run.lang
    summary = Summary()
    fixed = 0
    differs = False
    for done in results:
        summary = summary.add(done.tally)
        fixed += done.fixed
        for problem in done.problems:
            terminal.error(problem, lang)
            failed = True
        if request.diff:
            differs = differs or bool(done.diff)
            output.write(done.diff)
        elif not request.statistics:
            output.write(reporter.feed(done.parts))
    summary = summary._replace(fixed=fixed)
    if request.diff:
        output.close()
        if not request.quiet:
            print(_would(lang, fixed), file=sys.stderr)
        found = differs
    else:
        if request.statistics:
            output.write(_statistics(run, summary))
        elif not request.quiet or run.config.output_format in MACHINE:
            output.write(reporter.finish(summary))
        output.close()
        found = not request.show_figures and _found(run, summary)
    if failed or summary.failed_files:
        return 2
    return 1 if found and not request.exit_zero else 0


def _found(run: Setup, summary: Summary) -> bool:
    """Return whether there is enough for exit code 1."""
    most = run.config.max_warnings
    if most is not None and summary.warnings > most:
        words = {
            "zh": f"警告 {summary.warnings} 处，超过 --max-warnings {most}",
            "en": f"{summary.warnings} warnings, more than --max-warnings {most}",
        }
        terminal.warn(words[run.lang], run.lang)
        return True
    return summary.at_least(run.config.fail_on) > 0


def _statistics(run: Setup, summary: Summary) -> str:
    from reportlint import summary as numbers

    if run.config.output_format not in MACHINE:
        return numbers.statistics(summary, run.ruleset.rules, run.lang)
    import json

    rows = [
        {
            "code": code,
            "name": run.ruleset.rules[code].name,
            "count": count,
            "fixable": summary.fixable.get(code, 0),
        }
        for code, count in sorted(summary.codes.items(), key=lambda item: (-item[1], item[0]))
    ]
    if run.config.output_format == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _would(lang: str, fixes: int) -> str:
    if lang == "zh":
        return f"可修复 {fixes} 处" if fixes else "没有可修复的问题"
    return f"would fix {fixes}" if fixes else "nothing to fix"


class _Output:
    """Where the report goes: a stream, or a file that is written whole at the end."""

    def __init__(self, run: Setup, stream: TextIO | None = None) -> None:
        self._path = run.request.output_file
        self._stream = stream or sys.stdout
        self._kept: list[str] = []
        when, environ = run.request.color, os.environ
        if self._path is None:
            self.colour = terminal.colourful(when, self._stream, environ)
            self.width = terminal.width(self._stream, environ)
        else:
            self.colour = when == "always"
            self.width = terminal.WIDTH

    def write(self, text: str) -> _Output:
        if self._path is None:
            self._stream.write(text)
        else:
            self._kept.append(text)
        return self

    def close(self) -> None:
        """Finish the output. Raises WriteError."""
        if self._path is None:
            self._stream.flush()
        else:
            data = "".join(self._kept).encode("utf-8", "backslashreplace")
            files.replace(self._path, data)
