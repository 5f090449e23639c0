"""``reportlint check``: the main job, from a request to an exit code."""

from __future__ import annotations

import os
import sys

from reportlint import config, files
from reportlint.cli import output, reuse, terminal
from reportlint.cli.job import DIFF, FIX, Done, Job
from reportlint.cli.options import Request, UsageError
from reportlint.cli.output import Report
from reportlint.cli.setup import Setup, setup
from reportlint.errors import ReportlintError
from reportlint.paths import printable
from reportlint.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportlint.files import Discovery
    from reportlint.policies import Policies

STDIN = "-"

PROGRESS = 50
"""Files from which on a progress bar is worth what it takes to import."""

COUNTED = ("json", "jsonl")
"""Formats that ``--statistics`` and ``--show-figures`` come in besides a table."""

TABLED = ("full", "concise", "grouped", "summary")
"""Formats for people, in whose stead they print a table."""

PASSED_BY_WILL = ("exclude", "gitignore", "sidecar")

STALE = "RL010"
"""The rule that says that a baseline is stale: enough for exit code 1, whatever its severity."""


def check(request: Request) -> int:
    """Do what is asked for and return the exit code. Raises ReportlintError before it has begun."""
    run = setup(request)
    try:
        if request.profile:
            from reportlint.cli.profiling import profiled

            return profiled(lambda: _check(run), run.lang)
        return _check(run)
    except ReportlintError as error:
        # Only here is the language of the configuration known.
        terminal.error(error, run.lang)
        return 2


def _check(run: Setup) -> int:
    request = run.request
    if request.watch:
        from reportlint.cli.watch import watch

        return watch(run, check)
    _refuse_contradictions(run)
    if request.show_settings:
        path = request.paths[0] if request.paths else None
        path = request.stdin_filename if path == STDIN else path
        named = path if path is not None and not os.path.isdir(path) else None
        return _print(run, config.describe(run.config, named, run.lang))
    if STDIN in request.paths:
        return _check_stdin(run)
    discovery = files.discover(request.paths, run.resolver)
    for problem in discovery.problems:
        terminal.error(problem, run.lang)
    if request.show_files:
        printed = _print(run, files.listing(discovery))
        return 2 if discovery.problems else printed
    if not discovery.files:
        return _nothing(run, discovery)
    reports = output.reports(run, discovery.files)
    policies = run.policies()
    policies.prepare(discovery.files)
    job = _job(run, reports, policies)
    results = reuse.spread(run, reports, job, discovery.files)
    if len(discovery.files) >= PROGRESS and not request.quiet and _watched():
        from reportlint.cli.progress import with_bar

        results = with_bar(results, len(discovery.files))
    return _report(run, reports, results, policies, failed=bool(discovery.problems))


def _watched() -> bool:
    """Return whether somebody looks on. The terminal that pre-commit gives to hooks is none."""
    return sys.stderr.isatty() and os.environ.get("PRE_COMMIT") != "1"


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
    reports = output.reports(run, [path], sys.stderr if _action(request) == FIX else None)
    policies = run.policies()
    policies.prepare([path])
    done = _job(run, reports, policies).content(data, path, _pass_on)
    return _report(run, reports, [done], policies)


def _pass_on(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def _print(run: Setup, text: str) -> int:
    """Print what is no report; return the exit code."""
    to = output.first(run, "")
    to.write(text)
    return 0 if output.close([to], run.lang) else 2


def _job(run: Setup, reports: Sequence[Report], policies: Policies) -> Job:
    return Job(
        run.resolver,
        run.lang,
        [report.reporter for report in reports],
        _action(run.request),
        policies,
        unsafe=run.request.unsafe_fixes,
    )


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
    for flag in output.SINGLE:
        if getattr(request, flag.removeprefix("--").replace("-", "_")):
            # Refused before anything is done.
            output.first(run, flag)
            form = output.formats(run)[0]
            if flag in output.COUNTING and form not in (*TABLED, *COUNTED):
                raise UsageError(
                    f"{flag} 没有 {form} 这种格式；请加上 --output-format，用 "
                    f"{'、'.join((*TABLED, *COUNTED))} 之一",
                    f"{flag} does not come as {form}; add --output-format with one of "
                    f"{', '.join((*TABLED, *COUNTED))}",
                )
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


def _report(
    run: Setup,
    reports: Sequence[Report],
    results: Iterable[Done],
    policies: Policies,
    *,
    failed: bool = False,
) -> int:
    """Write what came of each file as it comes; return the exit code."""
    request, lang = run.request, run.lang
    summary = Summary()
    fixed = 0
    differs = False
    moved: dict[str, str] = {}
    for done in results:
        summary = summary.add(done.tally)
        if done.moved_from:
            moved[done.moved_from] = done.tally.path
        fixed += done.fixed
        for problem in done.problems:
            terminal.error(problem, lang)
            failed = True
        if request.diff:
            differs = differs or bool(done.diff)
            reports[0].output.write(done.diff)
        elif not request.statistics:
            for report, parts in zip(reports, done.parts, strict=True):
                report.output.write(report.reporter.feed(parts))
    summary = summary._replace(fixed=fixed)
    if not request.diff:
        if request.statistics:
            reports[0].output.write(_statistics(run, summary))
        else:
            for report in reports:
                report.output.write(report.reporter.finish(summary))
    failed = not output.close((report.output for report in reports), lang) or failed
    if request.diff:
        if not request.quiet:
            print(_would(lang, fixed), file=sys.stderr)
        found = differs
    else:
        found = False
        if not request.show_figures:
            found = _found(run, summary)
            found = _stale(run, summary, policies, moved) or found
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


def _stale(run: Setup, summary: Summary, policies: Policies, moved: Mapping[str, str]) -> bool:
    """Say what a baseline knows of drafts that are gone; return whether any of it is stale."""
    gone: dict[str, int] = {}
    folders = [path for path in run.request.paths or (".",) if os.path.isdir(path)]
    for baseline in policies.baselines():
        gone |= policies.gone(baseline, folders)
    left = {path: count for path, count in gone.items() if path not in moved}
    if left:
        words = {
            "zh": f"基线中有 {len(left)} 份文稿（{sum(left.values())} 处问题）已不存在："
            f"{_names(left, '、')}；请运行 reportlint baseline prune",
            "en": f"the baseline has {len(left)} drafts ({sum(left.values())} findings) that are "
            f"gone: {_names(left, ', ')}; run reportlint baseline prune",
        }
        terminal.warn(words[run.lang], run.lang)
    for old, new in moved.items():
        words = {
            "zh": f"{new} 按基线中 {old} 的记录对照；请运行 reportlint baseline prune 记下新路径",
            "en": f"{new} is known to the baseline as {old}; run reportlint baseline prune to "
            "have the new path in it",
        }
        terminal.warn(words[run.lang], run.lang)
    return bool(left) or STALE in summary.codes


def _names(paths: Iterable[str], comma: str) -> str:
    names = [printable(path) for path in sorted(paths)]
    return comma.join(names[:3]) + ("…" if len(names) > 3 else "")


def _statistics(run: Setup, summary: Summary) -> str:
    from reportlint import summary as numbers

    if output.formats(run)[0] not in COUNTED:
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
    if output.formats(run)[0] == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _would(lang: str, fixes: int) -> str:
    if lang == "zh":
        return f"可修复 {fixes} 处" if fixes else "没有可修复的问题"
    return f"would fix {fixes}" if fixes else "nothing to fix"
