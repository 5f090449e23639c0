"""The options of ``reportlint check``, declared once.

Two parsers are made from the table: a light one for the usual command lines and a typer command
for help, completion and mistakes. Both give plain values to ``request``, which checks them.
"""

from __future__ import annotations

from reportlint import patterns, reporters
from reportlint.errors import ConfigError
from reportlint.i18n import Bilingual
from reportlint.lean import NamedTuple
from reportlint.ruleset import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class UsageError(ConfigError):
    """A command line that cannot be used. ``say`` has the text in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.say: Bilingual = {"zh": zh, "en": en}


class Option(NamedTuple):
    """One option.

    ``field`` names its place in ``Request``. ``value`` is the word for its value in the help, or
    empty for a switch. ``choices`` are all values that it takes, if they are few. ``many``: may be
    given several times, with several values between commas each. ``least``: takes whole numbers
    from this one on. ``ordered``: may be given several times, and its place among the other
    options that are ordered counts. ``open``: other values than ``choices`` may be known to a
    plugin, and are judged when the configuration has been read.
    """

    field: str
    flags: tuple[str, ...]
    group: str
    help: Bilingual
    value: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False
    least: int | None = None
    ordered: bool = False
    open: bool = False

    def said(self, lang: str) -> str:
        """Return the help with the choices."""
        choices = {"zh": "：", "en": ": "}[lang] + ", ".join(self.choices)
        return self.help[lang] + (choices if self.choices else "")


GROUPS: Mapping[str, Bilingual] = {
    "rules": {"zh": "选择规则", "en": "Choosing rules"},
    "files": {"zh": "选择文件", "en": "Choosing files"},
    "known": {"zh": "已知的问题", "en": "What is known already"},
    "fixes": {"zh": "修复", "en": "Fixes"},
    "output": {"zh": "输出", "en": "Output"},
    "run": {"zh": "运行", "en": "Running"},
}

OPTIONS: tuple[Option, ...] = (
    Option(
        "select",
        ("--select",),
        "rules",
        {
            "zh": "只运行这些规则：代码、代码开头或 ALL，逗号分隔",
            "en": "run these rules only: codes, beginnings of codes or ALL, between commas",
        },
        value="CODES",
        many=True,
    ),
    Option(
        "ignore",
        ("--ignore",),
        "rules",
        {"zh": "不运行这些规则", "en": "do not run these rules"},
        value="CODES",
        many=True,
    ),
    Option(
        "extend_select",
        ("--extend-select",),
        "rules",
        {"zh": "在选定的规则之外再加这些", "en": "run these rules besides the selected ones"},
        value="CODES",
        many=True,
    ),
    Option(
        "kind",
        ("--kind",),
        "rules",
        {
            "zh": "按这种文种检查，不再从标题判断（见 reportlint kinds）",
            "en": "take every draft for this kind of report (see reportlint kinds)",
        },
        value="KIND",
    ),
    Option(
        "force_exclude",
        ("--force-exclude",),
        "files",
        {
            "zh": "命令行写明的文件也受排除规则约束",
            "en": "apply the exclusions to files named on the command line, too",
        },
    ),
    Option(
        "stdin_filename",
        ("--stdin-filename",),
        "files",
        {
            "zh": "标准输入的文件名，决定格式和配置",
            "en": "name of what comes on standard input: decides format and configuration",
        },
        value="PATH",
    ),
    Option(
        "show_files",
        ("--show-files",),
        "files",
        {"zh": "只列出将要检查的文件", "en": "only list the files that would be checked"},
    ),
    Option(
        "baseline",
        ("--baseline",),
        "known",
        {
            "zh": "不再报告这个基线文件里记下的问题（见 reportlint baseline）",
            "en": "do not report again what is in this baseline (see reportlint baseline)",
        },
        value="FILE",
    ),
    Option(
        "diff_base",
        ("--diff-base",),
        "known",
        {
            "zh": "只报告自这个 git 版本以来改动过的段落里的问题",
            "en": "report only what stands in paragraphs changed since this git revision",
        },
        value="REV",
    ),
    Option(
        "no_inline_suppressions",
        ("--no-inline-suppressions",),
        "known",
        {
            "zh": "文稿注释里的忽略不算数",
            "en": "let comments in drafts silence nothing",
        },
    ),
    Option(
        "fix",
        ("--fix",),
        "fixes",
        {"zh": "应用安全的修复，改写文件", "en": "apply safe fixes and rewrite the files"},
    ),
    Option(
        "unsafe_fixes",
        ("--unsafe-fixes",),
        "fixes",
        {
            "zh": "与 --fix 或 --diff 连用：也应用需要人工确认的修复",
            "en": "with --fix or --diff: also apply fixes that a person should look at",
        },
    ),
    Option(
        "diff",
        ("--diff",),
        "fixes",
        {
            "zh": "显示修复会改动什么，不写文件",
            "en": "show what the fixes would change, write nothing",
        },
    ),
    Option(
        "show_figures",
        ("--show-figures",),
        "output",
        {
            "zh": "只列出文中的每个数字、它与哪些数字对照、结论是什么",
            "en": "only list every figure, what it was compared with and what came of it",
        },
    ),
    Option(
        "output_format",
        ("--output-format",),
        "output",
        {
            "zh": "输出格式，默认 full；可写多次，每种格式后面跟它的 --output-file",
            "en": "how to print the findings, full by default; may be repeated, each format "
            "followed by its --output-file",
        },
        value="FORMAT",
        choices=reporters.NAMES,
        ordered=True,
        open=True,
    ),
    Option(
        "output_file",
        ("--output-file", "-o"),
        "output",
        {
            "zh": "把前面那种格式的输出写入文件",
            "en": "write the format named before it to a file",
        },
        value="PATH",
        ordered=True,
    ),
    Option(
        "statistics",
        ("--statistics",),
        "output",
        {"zh": "只按规则统计数量", "en": "only count the findings of each rule"},
    ),
    Option(
        "redact",
        ("--redact",),
        "output",
        {
            "zh": "输出中不出现文稿内容，供他人可见的日志使用",
            "en": "print nothing of the drafts' text, for logs that others can read",
        },
    ),
    Option(
        "quiet",
        ("--quiet", "-q"),
        "output",
        {
            "zh": "只输出问题，不输出小结和进度",
            "en": "print findings only: no summary, no progress",
        },
    ),
    Option(
        "color",
        ("--color",),
        "output",
        {"zh": "是否使用颜色", "en": "whether to use colour"},
        value="WHEN",
        choices=("auto", "always", "never"),
    ),
    Option(
        "lang",
        ("--lang",),
        "output",
        {"zh": "语言", "en": "language"},
        value="LANG",
        choices=LANGUAGES,
    ),
    Option(
        "fail_on",
        ("--fail-on",),
        "run",
        {
            "zh": "达到此级别的问题使退出码为 1，默认 error",
            "en": "exit with 1 for findings of this severity or worse, error by default",
        },
        value="SEVERITY",
        choices=("error", "warning", "info"),
    ),
    Option(
        "max_warnings",
        ("--max-warnings",),
        "run",
        {
            "zh": "警告超过此数时退出码为 1",
            "en": "exit with 1 for more warnings than this",
        },
        value="N",
        least=0,
    ),
    Option(
        "exit_zero",
        ("--exit-zero",),
        "run",
        {
            "zh": "有问题也以 0 退出；无法完成工作时仍为 2",
            "en": "exit with 0 even for findings; still with 2 where the job cannot be done",
        },
    ),
    Option(
        "config",
        ("--config",),
        "run",
        {
            "zh": "使用这个配置文件，不再查找",
            "en": "use this configuration file and look for no other",
        },
        value="PATH",
    ),
    Option(
        "isolated",
        ("--isolated",),
        "run",
        {"zh": "不读任何配置文件", "en": "read no configuration file at all"},
    ),
    Option(
        "show_settings",
        ("--show-settings",),
        "run",
        {"zh": "只显示生效的设置", "en": "only show the settings in force"},
    ),
    Option(
        "profile",
        ("--profile",),
        "run",
        {
            "zh": "最后列出各阶段、各规则用了多少时间；只用一个进程，不用缓存",
            "en": "end with the time that each stage and each rule took; one process, no cache",
        },
    ),
    Option(
        "no_cache",
        ("--no-cache",),
        "run",
        {
            "zh": "不用也不写缓存（见 reportlint clean）",
            "en": "neither use nor write the cache (see reportlint clean)",
        },
    ),
    Option(
        "cache_dir",
        ("--cache-dir",),
        "run",
        {
            "zh": "缓存放在这个文件夹里，不放在系统的缓存文件夹里",
            "en": "keep the cache in this folder instead of the system's folder for caches",
        },
        value="PATH",
    ),
    Option(
        "watch",
        ("--watch",),
        "run",
        {
            "zh": "文件有变化就重新检查，直到按 Ctrl-C（须安装 reportlint[watch]）",
            "en": "check again what changes, until Ctrl-C (needs reportlint[watch])",
        },
    ),
    Option(
        "jobs",
        ("--jobs", "-j"),
        "run",
        {
            "zh": "进程数，默认按文件多少决定",
            "en": "number of processes; by default as many as pay",
        },
        value="N",
        least=1,
    ),
)


BY_FIELD: Mapping[str, Option] = {option.field: option for option in OPTIONS}


class Request(NamedTuple):
    """What ``reportlint check`` was asked for. None and False mean: not asked for.

    ``output_file`` has for each of ``output_format`` its file, or None for standard output; one
    entry where no format is named.
    """

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] | None = None
    kind: str | None = None
    force_exclude: bool = False
    stdin_filename: str | None = None
    show_files: bool = False
    baseline: str | None = None
    diff_base: str | None = None
    no_inline_suppressions: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_figures: bool = False
    output_format: tuple[str, ...] | None = None
    output_file: tuple[str | None, ...] | None = None
    statistics: bool = False
    redact: bool = False
    quiet: bool = False
    color: str | None = None
    lang: str | None = None
    fail_on: str | None = None
    max_warnings: int | None = None
    exit_zero: bool = False
    config: str | None = None
    isolated: bool = False
    show_settings: bool = False
    profile: bool = False
    no_cache: bool = False
    cache_dir: str | None = None
    watch: bool = False
    jobs: int | None = None


ORDERED = "ordered"
"""The key of the values of options that are ordered: pairs of field and string, as given."""


def request(paths: tuple[str, ...], values: Mapping[str, Any]) -> Request:
    """Make a request of what a parser found.

    ``values`` maps fields to True for a switch, a string, or a sequence of strings where the
    option may be repeated; absent, None, False and empty all mean: not given. What is ordered
    stands under ORDERED. Raises UsageError.
    """
    given = [(field, _value(BY_FIELD[field], value)) for field, value in values.get(ORDERED, ())]
    return Request(paths, **read(OPTIONS, values), **_outputs(given))


def read(options: Sequence[Option], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given for ``options``, checked; ``values`` are those of ``request``."""
    fields: dict[str, Any] = {}
    for option in options:
        value = values.get(option.field)
        if option.ordered or value is None or value is False or value == () or value == []:
            continue
        fields[option.field] = _value(option, value)
    return fields


def _outputs(given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Pair formats and files: a file belongs to the format before it, or else to the first."""
    formats: list[str] = []
    files: list[str | None] = []
    early: str | None = None
    for field, value in given:
        if field == "output_format":
            formats.append(value)
            # A file that stood before every format was waiting for the first one.
            files.append(early if len(formats) == 1 else None)
        elif formats and files[-1] is None:
            files[-1] = value
        elif not formats and early is None:
            early = value
        else:
            other = files[-1] if formats else early
            raise UsageError(
                f"两个输出文件 {other} 和 {value} 争一种格式：每个 --output-file 前面要有它自己的 "
                "--output-format",
                f"output files {other} and {value} are for the same format: each --output-file "
                "needs an --output-format of its own before it",
            )
    open_ends = [form for form, file in zip(formats, files, strict=True) if file is None]
    if len(open_ends) > 1:
        raise UsageError(
            f"只能有一种格式输出到屏幕，而 {'、'.join(open_ends)} 都没有写 --output-file",
            f"only one format can go to standard output, but {', '.join(open_ends)} have no "
            "--output-file after them",
        )
    if not formats:
        return {"output_file": (early,)} if early is not None else {}
    return {"output_format": tuple(formats), "output_file": tuple(files)}


def _value(option: Option, value: Any) -> Any:
    if option.many:
        items = ",".join(value).replace("，", ",").split(",")
        words = tuple(word.strip() for word in items if word.strip())
        if not words:
            raise _refuse(option, ",".join(value), "是空的", "is empty")
        return words
    if option.choices and value not in option.choices and not option.open:
        raise refuse_choice(option, value, option.choices)
    if option.least is not None:
        if not patterns.fullmatch("[0-9]{1,9}", value) or int(value) < option.least:
            raise _refuse(
                option,
                value,
                f"应为不小于 {option.least} 的整数",
                f"is not a whole number from {option.least} on",
            )
        return int(value)
    if option.value and not value:
        raise _refuse(option, value, "是空的", "is empty")
    return value


def refuse_choice(option: Option, value: str, choices: Sequence[str]) -> UsageError:
    """Return the error that ``value`` is none of ``choices``."""
    zh, en = "、".join(choices), ", ".join(choices)
    return _refuse(option, value, f"应为 {zh} 之一", f"is not one of {en}")


def _refuse(option: Option, value: str, zh: str, en: str) -> UsageError:
    flag = option.flags[0]
    return UsageError(f"{flag} 的值“{value}”{zh}", f"{flag}: {value!r} {en}")
