"""What a configuration file may say: one table of keys, types, defaults and meanings.

Checking a file, merging, the template of ``reportlint init`` and ``--show-settings`` all read it.
"""

from __future__ import annotations

from reportlint.findings import Severity
from reportlint.i18n import Bilingual
from reportlint.lean import Enum, NamedTuple
from reportlint.reporters import NAMES as FORMATS
from reportlint.ruleset import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

OFF = "off"
LEVELS = (*(severity.label for severity in reversed(Severity)), OFF)

EXCLUDE = (
    ".git",
    ".hg",
    ".svn",
    ".idea",
    ".vscode",
    ".venv",
    "venv",
    ".tox",
    ".nox",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".reportlint_cache",
    "__pycache__",
    "__MACOSX",
    "node_modules",
    "site-packages",
    "build",
    "dist",
)
"""Folders that hold no drafts: histories, caches, installed and built software."""


class Type(Enum):
    """What a value looks like, in the words of both languages."""

    TEXT = ("非空字符串", "a string that is not empty")
    WORDS = ("字符串数组", "an array of strings")
    SELECTORS = ("规则代码或规则名的数组", "an array of rule codes or rule names")
    BOOL = ("true 或 false", "true or false")
    COUNT = ("不小于 0 的整数", "a whole number from 0 on")
    POSITIVE = ("不小于 1 的整数", "a whole number from 1 on")
    CHOICE = ("", "")
    BILINGUAL = ("含 zh 和 en 的表", "a table with zh and en")
    LEVELS = ("规则到级别的表", "a table of rules and severities")
    IGNORES = ("文件模式到规则数组的表", "a table of file patterns and arrays of rules")
    TABLES = ("表", "a table")
    ENTRIES = ("表的数组，写作 [[suppress]]", "tables, written as [[suppress]]")
    PLUGINS = ("插件名的数组，或 true", "an array of names of plugins, or true")


class Option(NamedTuple):
    """One key. ``default`` None: there is none, or it depends on other things.

    ``choices`` are the values of a CHOICE, ``keys`` the keys of each of its TABLES. ``example`` is
    shown in the template where the default alone would say little. ``adds``: the lists of several
    layers are put together; otherwise the last layer counts.
    """

    key: str
    type: Type
    default: Any
    help: Bilingual
    choices: tuple[Any, ...] = ()
    keys: Mapping[str, Type] = {}
    example: str = ""
    adds: bool = False


KIND_KEYS: Mapping[str, Type] = {
    "titles": Type.WORDS,
    "extend-titles": Type.WORDS,
    "openings": Type.WORDS,
    "extend-openings": Type.WORDS,
    "sections": Type.WORDS,
    "extend-sections": Type.WORDS,
}
SECTION_KEYS: Mapping[str, Type] = {
    "title": Type.BILINGUAL,
    "headings": Type.WORDS,
    "extend-headings": Type.WORDS,
    "cues": Type.WORDS,
    "extend-cues": Type.WORDS,
    "substance": Type.WORDS,
    "extend-substance": Type.WORDS,
    "empty": Type.WORDS,
    "extend-empty": Type.WORDS,
}

OPTIONS: tuple[Option, ...] = (
    Option(
        "extend",
        Type.TEXT,
        None,
        {
            "zh": "先读另一个配置文件（路径相对于本文件），再以本文件的设置覆盖它",
            "en": "Read another configuration file first (its path is relative to this file); "
            "what is set here goes before what is set there",
        },
        example='extend = "../reportlint.toml"',
    ),
    Option(
        "select",
        Type.SELECTORS,
        None,
        {
            "zh": "只运行这些规则：代码（PH001）、代码的开头（PH）、规则名（letter-slot）或 ALL。"
            "写得具体的优先于笼统的",
            "en": "Run these rules only: codes (PH001), beginnings of codes (PH), names "
            "(letter-slot) or ALL. The more specific selector goes before the less specific one",
        },
    ),
    Option(
        "extend-select",
        Type.SELECTORS,
        (),
        {
            "zh": "在 select 之外再运行这些规则",
            "en": "Run these rules besides those of select",
        },
        adds=True,
    ),
    Option(
        "ignore",
        Type.SELECTORS,
        (),
        {"zh": "不运行这些规则", "en": "Do not run these rules"},
        adds=True,
    ),
    Option(
        "lang",
        Type.CHOICE,
        None,
        {
            "zh": "提示所用的语言：zh 中文，en 英文。不写则随系统语言",
            "en": "Language of messages: zh for Chinese, en for English. By default that of the "
            "system",
        },
        choices=LANGUAGES,
        example='lang = "{lang}"',
    ),
    Option(
        "kind",
        Type.TEXT,
        None,
        {
            "zh": "把每份文稿都当作这种文种，不再从标题和开头判断（见 reportlint kinds）",
            "en": "Take every draft for this kind of report and do not read the kind off its title "
            "or opening (see reportlint kinds)",
        },
        example='kind = "述职报告"',
    ),
    Option(
        "fail-on",
        Type.CHOICE,
        "error",
        {
            "zh": "有这一级别或更重的问题时，退出码为 1：error 错误，warning 警告，info 提示",
            "en": "Exit with 1 where there is a finding of this severity or worse: error, warning "
            "or info",
        },
        choices=LEVELS[:-1],
    ),
    Option(
        "max-warnings",
        Type.COUNT,
        None,
        {
            "zh": "警告超过这个数时，退出码也为 1。不写则不限",
            "en": "Exit with 1 for more warnings than this, too. Without it there is no limit",
        },
        example="max-warnings = 20",
    ),
    Option(
        "output-format",
        Type.TEXT,
        "full",
        {
            "zh": "输出格式：" + "、".join(FORMATS) + "，或插件的格式",
            "en": "Output format: " + ", ".join(FORMATS) + ", or that of a plugin",
        },
    ),
    Option(
        "redact",
        Type.BOOL,
        False,
        {
            "zh": "输出中不出现文稿内容，供他人可见的日志使用",
            "en": "Print nothing of the drafts' text, for logs that others can read",
        },
    ),
    Option(
        "ambiguous-width",
        Type.CHOICE,
        1,
        {
            "zh": "终端把“”…—①一类字符显示为几格宽：1 或 2",
            "en": "How many cells wide the terminal draws characters such as “ ” … — ①: 1 or 2",
        },
        choices=(1, 2),
    ),
    Option(
        "jobs",
        Type.POSITIVE,
        None,
        {
            "zh": "同时使用的进程数。不写则按文件多少决定",
            "en": "Number of processes. By default as many as pay for themselves",
        },
        example="jobs = 2",
    ),
    Option(
        "cache",
        Type.BOOL,
        True,
        {
            "zh": "文稿较多时，结果存入缓存，没有变动的下次不再检查；缓存里有报告引用的文字",
            "en": "Keep the results of a run over many drafts in a cache, so that drafts that have "
            "not changed are not checked again. It holds the words that reports quote",
        },
    ),
    Option(
        "cache-dir",
        Type.TEXT,
        None,
        {
            "zh": "缓存所在的文件夹，路径相对于本文件。不写则用系统的缓存文件夹",
            "en": "Folder of the cache, relative to this file. By default the system's folder for "
            "caches",
        },
        example='cache-dir = ".reportlint_cache"',
    ),
    Option(
        "rules",
        Type.WORDS,
        (),
        {
            "zh": "自己的规则包，路径相对于本文件，可用通配符；extend 的配置里的规则包照样使用",
            "en": "Rule packs of your own, relative to this file, wildcards allowed; those of an "
            "extended configuration are used as well",
        },
        example='rules = ["house/*.toml"]',
        adds=True,
    ),
    Option(
        "plugins",
        Type.PLUGINS,
        (),
        {
            "zh": "使用这些插件（与 reportlint 装在同一 Python 环境里的包）带来的规则、检查、"
            "文件格式和输出格式；true 表示已安装的全部插件",
            "en": "Use the rules, checks, file formats and output formats of these plugins: "
            "packages that are installed where reportlint is; true means all that are",
        },
        example="plugins = true",
    ),
    Option(
        "include",
        Type.WORDS,
        None,
        {
            "zh": "在文件夹中检查哪些文件，写法同 .gitignore。不写则检查能读的所有格式",
            "en": "Which files of a folder are checked, written as in a .gitignore. By default "
            "those of every format that can be read",
        },
        example='include = ["*.txt", "*.md", "*.docx"]',
    ),
    Option(
        "exclude",
        Type.WORDS,
        EXCLUDE,
        {
            "zh": "在文件夹中跳过哪些文件和子文件夹，写法同 .gitignore",
            "en": "Which files and folders are passed over, written as in a .gitignore",
        },
    ),
    Option(
        "extend-exclude",
        Type.WORDS,
        (),
        {
            "zh": "在 exclude 之外再跳过这些",
            "en": "Pass over these besides those of exclude",
        },
        example='extend-exclude = ["归档/", "*-旧稿.docx"]',
        adds=True,
    ),
    Option(
        "respect-gitignore",
        Type.BOOL,
        True,
        {
            "zh": "跳过 .gitignore 忽略的文件",
            "en": "Pass over files that a .gitignore ignores",
        },
    ),
    Option(
        "force-exclude",
        Type.BOOL,
        False,
        {
            "zh": "在命令行上写明的文件，被排除时也跳过",
            "en": "Pass over an excluded file even where it is named on the command line",
        },
    ),
    Option(
        "baseline",
        Type.TEXT,
        None,
        {
            "zh": "基线文件，路径相对于本文件：其中记下的问题不再报告（见 reportlint baseline）",
            "en": "A baseline, relative to this file: the findings in it are not reported again "
            "(see reportlint baseline)",
        },
        example='baseline = "reportlint-baseline.json"',
    ),
    Option(
        "require-suppression-reason",
        Type.BOOL,
        False,
        {
            "zh": "忽略某一处问题时必须写明原因",
            "en": "Every suppression of a finding must give a reason",
        },
    ),
    Option(
        "severity",
        Type.LEVELS,
        {},
        {
            "zh": "改变规则的级别：error、warning、info，或 off 关闭",
            "en": "Change the severity of rules: error, warning, info, or off",
        },
        example='PH004 = "warning"',
    ),
    Option(
        "per-file-ignores",
        Type.IGNORES,
        {},
        {
            "zh": "在某些文件里不运行某些规则；文件的写法同 .gitignore，以 ! 开头表示其余所有文件",
            "en": "Do not run some rules on some files, written as in a .gitignore; with a ! "
            "before it, on all other files",
        },
        example='"模板/" = ["PH"]',
    ),
    Option(
        "kinds",
        Type.TABLES,
        {},
        {
            "zh": "自己的文种，或改动已有的文种：写出的键替换原值，extend- 开头的键在原值后追加。"
            "titles 和 openings 是在标题和开头里查找的正则表达式，sections 是应有的部分",
            "en": "Kinds of reports of your own, or changes to a built-in one: a key replaces what "
            "was there, a key with extend- adds to it. titles and openings are regular expressions "
            "searched in the title and the opening, sections are the parts that must be there",
        },
        keys=KIND_KEYS,
        example='[kinds."值班报告"]\ntitles = ["值班报告"]\nsections = ["work", "problems"]',
    ),
    Option(
        "sections",
        Type.TABLES,
        {},
        {
            "zh": "自己的部分，或改动已有的部分，键的规则同上。headings 在小标题里查找，"
            "cues 在句子里查找，substance 说明确有内容，empty 是只表态的套话",
            "en": "Parts of your own, or changes to a built-in one; keys as above. headings are "
            "searched in headings, cues in sentences; substance shows that something is said, "
            "empty are phrases that only wish",
        },
        keys=SECTION_KEYS,
        example='[sections.problems]\nextend-headings = ["短板弱项"]',
    ),
    Option(
        "suppress",
        Type.ENTRIES,
        (),
        {
            "zh": "忽略某一处问题：code 是规则，text 是所在的文字（前后文 prefix、suffix 可省），"
            "path 是文稿（写法同 .gitignore），reason 是原因，expires 是失效日期。"
            "也可写在文稿旁边的“文稿名.reportlint.toml”里，那里不写 path",
            "en": "Silence one finding: code is the rule, text the words concerned (with prefix "
            "and suffix where they occur several times), path the draft as in a .gitignore, reason "
            "why, expires the last day. A file <draft>.reportlint.toml beside the draft may hold "
            "such tables, too, without path",
        },
        example='[[suppress]]\npath = "drafts/*.txt"\ncode = "PH001"\ntext = "X名民兵"\n'
        'reason = "人数待批复"\nexpires = 2030-12-31',
        adds=True,
    ),
)

BY_KEY: Mapping[str, Option] = {option.key: option for option in OPTIONS}


class Options(NamedTuple):
    """What the command line says about settings; None where it says nothing."""

    select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    extend_select: Sequence[str] | None = None
    kind: str | None = None
    lang: str | None = None
    fail_on: str | None = None
    max_warnings: int | None = None
    output_format: str | None = None
    redact: bool | None = None
    baseline: str | None = None
    respect_gitignore: bool | None = None
    force_exclude: bool | None = None
    cache: bool | None = None
    cache_dir: str | None = None
    jobs: int | None = None
    plugins: Sequence[str] | bool | None = None
    config: str | None = None
    isolated: bool = False


def expected(option: Option, value: Any) -> tuple[str, str] | None:
    """Return in both languages what the value of an option should have been; None if it is right.

    Looks at the shape alone: not at what stands in tables, nor whether a rule or a kind exists.
    """
    if option.type is Type.CHOICE:
        # True == 1, but it is not written as 1
        if any(value == choice and type(value) is type(choice) for choice in option.choices):
            return None
        return one_of(option.choices)
    return None if fits(option.type, value) else option.type.value


def fits(type: Type, value: Any) -> bool:
    """Return whether a value has the shape of a type other than CHOICE."""
    if type is Type.TEXT:
        return isinstance(value, str) and value != ""
    if type in (Type.WORDS, Type.SELECTORS):
        return isinstance(value, list | tuple) and all(isinstance(w, str) and w for w in value)
    if type is Type.BOOL:
        return isinstance(value, bool)
    if type in (Type.COUNT, Type.POSITIVE):
        least = 1 if type is Type.POSITIVE else 0
        return isinstance(value, int) and not isinstance(value, bool) and value >= least
    if type is Type.BILINGUAL:
        return (
            isinstance(value, dict)
            and set(value) == set(LANGUAGES)
            and all(fits(Type.TEXT, text) for text in value.values())
        )
    if type is Type.ENTRIES:
        return isinstance(value, list | tuple)
    if type is Type.PLUGINS:
        return isinstance(value, bool) or fits(Type.WORDS, value)
    return isinstance(value, dict)


def one_of(choices: Sequence[Any]) -> tuple[str, str]:
    """Return in both languages that a value should have been one of ``choices``."""
    words = [_written(choice) for choice in choices]
    return "、".join(words) + " 之一", "one of " + ", ".join(words)


def _written(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
