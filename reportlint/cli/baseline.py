"""``reportlint baseline``: makes, prunes and shows baselines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from reportlint import baseline, files, policies, runner
from reportlint.baseline import Record, total
from reportlint.cli import terminal
from reportlint.cli.options import Request, UsageError
from reportlint.cli.setup import Setup, setup
from reportlint.errors import ConfigError
from reportlint.paths import absolute, below, printable, shown, slashed
from reportlint.pipeline import PLAIN
from reportlint.policies import Policies
from reportlint.runner import Case, FileResult

_DONE = {
    "zh": "已写入 {name}：{files} 份文稿，{findings} 处问题",
    "en": "wrote {name}: {findings} findings in {files} drafts",
}
_PRUNED = {
    "zh": "删去 {gone} 处已不存在的问题；{moved} 份文稿改了路径；{name} 还有 {left} 处",
    "en": "removed {gone} findings that are no longer there; {moved} drafts have a new path; "
    "{name} has {left} left",
}
_NOTHING = {
    "zh": "{name} 没有可删的；有 {left} 处",
    "en": "nothing to prune in {name}: {left} findings",
}
_TOTAL = {
    "zh": "共 {files} 份文稿，{findings} 处问题",
    "en": "{findings} findings in {files} drafts",
}


class Collected(NamedTuple):
    """What is to be kept of one file: its records, None for a file that could not be checked.

    ``moved_from`` is the path under which the baseline knows it, where that is another one.
    """

    path: str
    records: tuple[Record, ...] | None
    moved_from: str = ""
    problems: tuple[str, ...] = ()


class Collector:
    """Checks files and yields what is to be in the baseline.

    ``prune``: of what is there already; else everything that nothing else suppresses.
    """

    def __init__(self, run: Setup, found: Policies, *, prune: bool) -> None:
        self._run = run
        self._policies = found
        self._prune = prune

    def __reduce__(self) -> tuple[Callable[..., Collector], tuple[Any, ...]]:
        # A process that does not inherit the configuration reads it again.
        return _remake, (self._run.request, self._policies.choices, self._prune)

    def __call__(self, paths: Iterable[str]) -> Iterator[Collected]:
        for result, (case, problem) in runner.check_all(map(self._case, paths)):
            if problem:
                yield Collected(case.path, None, problems=(problem,))
            else:
                yield self._collected(result, case)

    def _case(self, path: str) -> tuple[Case, tuple[Case, str]]:
        lang, problem = self._run.lang, ""
        settings = self._run.resolver.for_file(path).settings_for(path)
        policy = PLAIN
        try:
            policy = self._policies.for_file(path)
        except ConfigError as error:
            problem = _said(error, lang)
        case = Case(path, settings._replace(lang=lang), policy)
        return case, (case, problem)

    def _collected(self, result: FileResult, case: Case) -> Collected:
        path, settings, policy, *_ = case
        if result.failed:
            why = (f"{path}: {f.message}" for f in result.findings if f.code in runner.FATAL)
            return Collected(path, None, problems=tuple(why))
        assert result.structure is not None
        context = result.document, result.findings
        if not self._prune:
            records = baseline.records(
                *context, result.structure.heading_path, redact=settings.redact
            )
            return Collected(path, records)
        known = policy.baseline or baseline.Known()
        records = known.gone[result.moved_from] if result.moved_from else known.own
        kept = baseline.pruned(records, *context, settings.active, result.structure.heading_path)
        return Collected(path, kept, result.moved_from)


def create(request: Request, *, update: bool) -> int:
    """Write a baseline of what is found now.

    ``update``: one that is there may be replaced; what it knows of drafts that are not checked now
    stays, but for those that are gone.
    """
    run = setup(request)
    path, name = _path(run)
    old: baseline.Files = {}
    if os.path.lexists(path):
        if not update:
            raise UsageError(
                f"{name} 已存在；重新生成请加 --update，只删去已改好的请用 baseline prune",
                f"{name} is there already; add --update to make it anew, or remove what has been "
                "mended with reportlint baseline prune",
            )
        old = policies.read(path, name)
    folder = slashed(os.path.dirname(path))
    gone = {key for key in old if not os.path.exists(absolute(key, folder))}
    found = {key: records for key, records in old.items() if key not in gone}
    collected, failed = _collect(run, run.policies(baselines=False), prune=False)
    if failed and not collected:
        return 2
    for one in collected:
        key = policies.key(absolute(one.path, run.resolver.cwd), folder)
        found[key] = one.records or ()
    found = {key: records for key, records in found.items() if records}
    files.replace(path, baseline.dump(found))
    print(_DONE[run.lang].format(name=name, files=len(found), findings=_findings(found)))
    return 2 if failed else 0


def prune(request: Request) -> int:
    """Remove from a baseline what is no longer found, and note the new paths of moved drafts."""
    run = setup(request)
    path, name = _path(run)
    old = policies.read(path, name)
    folder = slashed(os.path.dirname(path))
    found = run.policies()
    collected, failed = _collect(run, found, prune=True)
    new = dict(old)
    moved = 0
    for one in collected:
        key = policies.key(absolute(one.path, run.resolver.cwd), folder)
        if one.moved_from:
            moved += 1
        if one.records:
            new[key] = one.records
        else:
            new.pop(key, None)
    # A draft that is gone is looked for among those that were checked, so only below them.
    for key in found.gone(path, _folders(run)):
        new.pop(key, None)
    for one in collected:
        if one.moved_from:
            new.pop(one.moved_from, None)
    left = _findings(new)
    if new == old:
        print(_NOTHING[run.lang].format(name=name, left=left))
    else:
        files.replace(path, baseline.dump(new))
        gone = _findings(old) - left
        print(_PRUNED[run.lang].format(gone=gone, moved=moved, name=name, left=left))
    return 2 if failed else 0


def show(request: Request) -> int:
    """Print what a baseline holds, of all drafts or of those at or below the paths."""
    run = setup(request)
    path, name = _path(run)
    folder = slashed(os.path.dirname(path))
    wanted = [absolute(one, run.resolver.cwd) for one in request.paths]
    held = policies.read(path, name)
    shown_ones = {
        key: records
        for key, records in held.items()
        if not wanted or any(_within(absolute(key, folder), one) for one in wanted)
    }
    rules = run.ruleset.rules
    redact = run.config.settings.redact
    for key in sorted(shown_ones):
        for record in sorted(shown_ones[key]):
            rule = rules.get(record.code)
            words = [printable(key), record.code, rule.name if rule else "?", f"×{record.times}"]
            if record.text and not redact:
                words.append(_visible(record.text))
            print(" ".join(words))
    print(_TOTAL[run.lang].format(files=len(shown_ones), findings=_findings(shown_ones)))
    return 0


def _path(run: Setup) -> tuple[str, str]:
    """Return the path of the baseline and how it is shown. Raises UsageError without any."""
    path = run.config.baseline
    if path is None:
        raise UsageError(
            "没有指明基线文件：请用 --baseline FILE，或在配置中写 baseline",
            "no baseline is named: use --baseline FILE, or baseline in the configuration",
        )
    return path, printable(shown(path, run.resolver.cwd))


def _collect(run: Setup, found: Policies, *, prune: bool) -> tuple[list[Collected], bool]:
    """Check the files; return what came of those that could be, and whether all could."""
    if "-" in run.request.paths:
        raise UsageError("标准输入（-）没有基线", "standard input (-) has no baseline")
    discovery = files.discover(run.request.paths, run.resolver)
    problems: list[Any] = list(discovery.problems)
    if not discovery.files and not problems and not prune:
        problems.append(files.nothing(discovery, run.lang))
    found.prepare(discovery.files)
    work = Collector(run, found, prune=prune)
    collected = list(runner.spread(discovery.files, work, run.config.jobs))
    for one in collected:
        problems += one.problems
    for problem in problems:
        terminal.error(problem, run.lang)
    sys.stderr.flush()
    return [one for one in collected if one.records is not None], bool(problems)


def _folders(run: Setup) -> list[str]:
    return [path for path in run.request.paths or (".",) if os.path.isdir(path)]


def _within(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(below(wanted))


def _findings(held: baseline.Files) -> int:
    return sum(total(records) for records in held.values())


def _visible(text: str) -> str:
    from reportlint.reporters.width import visible

    return visible(text)


def _said(error: ConfigError, lang: str) -> str:
    return getattr(error, "say", {}).get(lang) or str(error)


def _remake(request: Request, choices: policies.Choices, prune: bool) -> Collector:
    run = setup(request)
    return Collector(run, Policies(run.resolver, choices), prune=prune)
