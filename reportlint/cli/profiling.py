"""``--profile``: where the time of a run goes, by stage and by rule.

The functions concerned are stood in for by ones that watch the clock, for as long as the run lasts;
a run without the option knows nothing of all this. The time of a function that calls another one of
them is its own alone: what a rule waits for because it is the first to ask for the headings is put
down to the structure.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any

from reportlint import engine, pipeline, readers, search
from reportlint.checks import CHECKS
from reportlint.checks.model import Check
from reportlint.cli.job import Job
from reportlint.i18n import Bilingual
from reportlint.lean import cached_property
from reportlint.reporters.width import table
from reportlint.structure import Structure

START, READ, STRUCTURE, RULES, ENGINE, PIPELINE, REPORT, REST = (
    "start", "read", "structure", "rules", "engine", "pipeline", "report", "rest",
)  # fmt: skip

_STAGES: dict[str, Bilingual] = {
    START: {"zh": "启动（处理器时间）", "en": "start (processor time)"},
    READ: {"zh": "读取", "en": "read"},
    STRUCTURE: {"zh": "文稿结构", "en": "structure"},
    RULES: {"zh": "规则", "en": "rules"},
    ENGINE: {"zh": "引擎其余部分", "en": "rest of the engine"},
    PIPELINE: {"zh": "忽略与级别", "en": "suppressions, severities"},
    REPORT: {"zh": "报告", "en": "report"},
    REST: {"zh": "其余：查找文件、配置、输出", "en": "rest: finding files, configuration, output"},
}
_HEADS = {
    "zh": (("毫秒", "占比", "次数", "阶段"), ("毫秒", "占比", "次数", "规则或结构")),
    "en": (("ms", "share", "times", "stage"), ("ms", "share", "times", "rule or structure")),
}

Name = tuple[str, str]
"""A stage and what it is a part of."""


class Watch:
    """Adds up the time of each name; what is begun inside stops the time of what is around it."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: dict[Name, float] = {}
        self.times: dict[Name, int] = {}
        self._clock = clock
        self._open: list[Name] = []
        self._last = clock()

    def _mark(self) -> None:
        now = self._clock()
        if self._open:
            name = self._open[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._last
        self._last = now

    @contextmanager
    def of(self, *name: str) -> Iterator[None]:
        """Count what is done inside as the time of a stage and a part of it."""
        stage, part = name
        self._mark()
        self._open.append((stage, part))
        try:
            yield
        finally:
            self._mark()
            self._open.pop()

    def count(self, stage: str, part: str, times: int = 1) -> None:
        """Count a call, or several."""
        self.times[stage, part] = self.times.get((stage, part), 0) + times

    def call(
        self,
        stage: str,
        part: str,
        function: Callable[..., Any],
        times: Callable[..., int] = lambda *_, **__: 1,
    ) -> Callable[..., Any]:
        """Return ``function``, watched; ``times`` tells from its arguments what a call counts."""

        @wraps(function)
        def watched(*arguments: Any, **options: Any) -> Any:
            self.count(stage, part, times(*arguments, **options))
            with self.of(stage, part):
                return function(*arguments, **options)

        return watched

    def each(self, stage: str, part: str, items: Iterator[Any]) -> Iterator[Any]:
        """Yield ``items``, watched while the next one is made and not in between."""
        self.count(stage, part)
        while True:
            with self.of(stage, part):
                try:
                    item = next(items)
                except StopIteration:
                    return
            yield item


def profiled(run: Callable[[], int], lang: str) -> int:
    """Return what ``run`` returns, and print on standard error where its time went."""
    start = time.process_time()
    watch = Watch()
    begun = time.perf_counter()
    with ExitStack() as stack:
        _stand_in(watch, stack)
        code = run()
    total = time.perf_counter() - begun
    sys.stdout.flush()
    print(report(watch, start, total, lang), end="", file=sys.stderr)
    return code


def _stand_in(watch: Watch, stack: ExitStack) -> None:
    def put(owner: Any, name: str, stands_in: Any) -> None:
        stack.callback(setattr, owner, name, getattr(owner, name))
        setattr(owner, name, stands_in)

    put(readers, "read", watch.call(READ, "", readers.read))
    put(engine, "lint_all", watch.call(ENGINE, "", engine.lint_all, lambda drafts, _: len(drafts)))
    put(pipeline, "run", watch.call(PIPELINE, "", pipeline.run))
    put(Job, "done", watch.call(REPORT, "", Job.done))
    put(engine, "CHECKS", tuple(_check(watch, check) for check in CHECKS))
    hits = search.hits
    put(
        search,
        "hits",
        lambda context, attempt, at: watch.call(RULES, attempt.rule.code, hits)(
            context, attempt, at
        ),
    )
    for name, value in vars(Structure).items():
        if isinstance(value, cached_property):
            put(value, "func", watch.call(STRUCTURE, name, value.func))


def _check(watch: Watch, check: Check) -> Check:
    name = " ".join(check.codes)
    return check._replace(find=lambda context: watch.each(RULES, name, check.find(context)))


def report(watch: Watch, start: float, total: float, lang: str) -> str:
    """Return two tables: the stages, and the rules and parts of the structure."""
    stages = dict.fromkeys(_STAGES, 0.0)
    times = dict.fromkeys(_STAGES, 0)
    for (stage, part), seconds in watch.seconds.items():
        stages[stage] += seconds
        times[stage] += 0 if part else watch.times[stage, part]
    stages[REST] = total - sum(stages.values())
    stages[START] = start
    whole = start + total
    first = [
        (*_numbers(stages[stage], whole, times[stage]), words[lang])
        for stage, words in _STAGES.items()
    ]
    parts = sorted(watch.seconds.items(), key=lambda item: (-item[1], item[0]))
    second = [
        (*_numbers(seconds, whole, watch.times[name]), name[1])
        for name, seconds in parts
        if name[1]
    ]
    heads = _HEADS[lang]
    tables = [table([heads[0], *first], right=(0, 1, 2))]
    if second:
        tables.append(table([heads[1], *second], right=(0, 1, 2)))
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in tables)


def _numbers(seconds: float, whole: float, times: int) -> tuple[str, str, str]:
    share = 100 * seconds / whole if whole else 0.0
    return f"{1000 * seconds:.1f}", f"{share:.1f}%", str(times or "-")
