"""The commands, declared once: what they take and what the help says of them.

The commands of typer and the help are made from these tables.
"""

from __future__ import annotations

from reportlint.cli.corpus import OPTIONS as CORPUS
from reportlint.cli.options import GROUPS, OPTIONS, Option
from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportlint.i18n import Bilingual


class Argument(NamedTuple):
    """What stands on a command line without a flag.

    ``shown`` is the word for it in the help, by default its name. ``many``: may be several.
    """

    field: str
    help: Bilingual
    shown: str = ""
    needed: bool = False
    many: bool = False


class Command(NamedTuple):
    """A command or, where others have its name before theirs, a group of commands.

    ``name`` is all that is typed before what it takes; empty for the program itself.
    """

    name: str
    help: Bilingual
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()


HEADINGS: Mapping[str, Bilingual] = {
    "arguments": {"zh": "参数", "en": "Arguments"},
    "options": {"zh": "选项", "en": "Options"},
    "records": {"zh": "读写记录", "en": "Reading and writing records"},
    **GROUPS,
    "commands": {"zh": "命令", "en": "Commands"},
}
"""What stands above each group of options, and above the arguments and the commands."""


def _own(flag: str, zh: str, en: str, *flags: str, value: str = "") -> Option:
    """Return an option that only some commands have."""
    field = flag.removeprefix("--").replace("-", "_")
    return Option(field, (flag, *flags), "options", {"zh": zh, "en": en}, value=value)


def _shared(*fields: str) -> tuple[Option, ...]:
    """Return options of ``check`` by their fields or groups, in the order that they have there."""
    return tuple(option for option in OPTIONS if {option.field, option.group} & set(fields))


_SETTINGS = ("color", "config", "isolated", "lang")
_CHOOSING = ("rules", "force_exclude", "baseline", "no_inline_suppressions")

_FORMAT = _own("--output-format", "输出格式", "how to print", value="text|json")
_DRAFTS = Argument(
    "paths",
    {
        "zh": "文件、文件夹；默认为当前文件夹",
        "en": "files, folders; the current folder by default",
    },
    many=True,
)
_CODE: Bilingual = {"zh": "规则代码或名称", "en": "code or name of a rule"}

HELP = _own("--help", "显示帮助", "show this help", "-h")
"""What every command takes."""

ADDED = (
    _own(
        "--install-completion",
        "为当前命令行解释器安装补全",
        "install completion for the current shell",
    ),
    _own(
        "--show-completion",
        "显示补全脚本，供复制或改写",
        "show the completion script, to copy or to change it",
    ),
)
"""What typer gives to the program."""

COMMANDS: tuple[Command, ...] = (
    Command(
        "",
        {
            "zh": "检查中文正式报告的草稿：占位符、付费广告残留、缺少的章节、编号错误、数字矛盾。",
            "en": "Check drafts of Chinese formal reports: placeholders, pasted adverts, missing "
            "sections, broken numbering, figures that contradict each other.",
        },
        options=(_own("--version", "显示版本", "show the version", "-V"), *ADDED, *_shared("lang")),
    ),
    Command(
        "check",
        {
            "zh": "检查文稿。退出码：0 没有问题，1 有问题，2 无法完成。",
            "en": "Check drafts. Exit code: 0 nothing found, 1 something found, 2 could not be "
            "done.",
        },
        (
            Argument(
                "paths",
                {
                    "zh": "文件、文件夹，或以 - 表示标准输入；默认为当前文件夹",
                    "en": "files, folders, or - for standard input; the current folder by default",
                },
                many=True,
            ),
        ),
        OPTIONS,
    ),
    Command(
        "rule",
        {"zh": "说明一条规则；不写代码则列出全部。", "en": "Explain a rule, or list them all."},
        (Argument("code", _CODE),),
        (_FORMAT, *_shared(*_SETTINGS)),
    ),
    Command(
        "kinds",
        {
            "zh": "列出报告文种和各自必备的章节。",
            "en": "List the kinds of report and the sections each must have.",
        },
        options=(_FORMAT, *_shared(*_SETTINGS)),
    ),
    Command(
        "test",
        {
            "zh": "用规则自带的例子检验规则包；不写则检验内置规则。",
            "en": "Prove rule packs by their own examples; without any, the built-in ones.",
        },
        (Argument("packs", {"zh": "规则包文件", "en": "rule packs"}, many=True),),
        _shared("lang"),
    ),
    Command(
        "corpus",
        {
            "zh": "检查或清理大批文稿：JSONL 或 Parquet 中的记录。退出码：0 已完成，2 无法完成。",
            "en": "Check or clean texts by the million: records in JSONL or Parquet. Exit code: 0 "
            "done, 2 could not be done.",
        },
        (
            Argument(
                "inputs",
                {
                    "zh": "文件（.jsonl .ndjson，可加 .gz .zst；.parquet），或装有这些文件的文件夹",
                    "en": "files (.jsonl .ndjson, also with .gz .zst; .parquet), or folders with "
                    "such files",
                },
                many=True,
            ),
        ),
        (*CORPUS, *_shared("rules", "redact", "quiet", *_SETTINGS, "jobs")),
    ),
    Command(
        "ignore",
        {
            "zh": "忽略一处问题：在 Markdown 里写注释，其他格式写进文稿旁边的旁注文件。",
            "en": "Silence one finding: by a comment in Markdown, else in a sidecar file beside "
            "the draft.",
        },
        (
            Argument("ignored", _CODE, "CODE", needed=True),
            Argument(
                "place",
                {"zh": "文件:行 或 文件:行:列", "en": "FILE:LINE or FILE:LINE:COLUMN"},
                "FILE:LINE",
                needed=True,
            ),
        ),
        (
            _own("--reason", "为什么可以不改", "why the fault may stay", value="TEXT"),
            *_shared(*_SETTINGS),
        ),
    ),
    Command(
        "annotate",
        {
            "zh": "把检查结果写进 Word 文档或 PDF：每个问题一条批注，在 Word 里修复可写成修订。",
            "en": "Write what is found into a Word file or a PDF: a comment for each finding, in "
            "Word fixes as tracked changes.",
        },
        (
            Argument(
                "draft",
                {"zh": "Word 文档（.docx）或 PDF", "en": "a Word file (.docx) or a PDF"},
                "DRAFT",
                needed=True,
            ),
        ),
        (
            _own("--output", "写到这个文件", "write to this file", "-o", value="OUT"),
            _own("--in-place", "改写原文件", "rewrite the draft itself"),
            _own(
                "--fixes",
                "把修复写成修订，由人接受或拒绝（只用于 Word 文档）",
                "put the fixes in as tracked changes, for a person to accept or reject (only into "
                "Word files)",
            ),
            _own(
                "--clean",
                "只去掉以前写进去的批注和修订",
                "only take out the comments and changes written before",
            ),
            *_shared("rules", "known", *_SETTINGS),
        ),
    ),
    Command(
        "init",
        {
            "zh": "在当前文件夹写一份带注释的 reportlint.toml。",
            "en": "Write a commented reportlint.toml into the current folder.",
        },
        options=_shared("lang"),
    ),
    Command(
        "clean",
        {"zh": "删除缓存。", "en": "Delete the cache."},
        options=_shared("cache_dir", *_SETTINGS),
    ),
    Command(
        "server",
        {
            "zh": "为编辑器运行语言服务器（标准输入输出，须安装 reportlint[lsp]）。",
            "en": "Run the language server for an editor, on standard input and output (needs "
            "reportlint[lsp]).",
        },
        options=_shared("config", "isolated", "lang"),
    ),
    Command(
        "schema",
        {
            "zh": "输出配置文件的 JSON Schema，供编辑器补全和检查。",
            "en": "Print the JSON Schema of the configuration, for completion and checks in "
            "editors.",
        },
        options=_shared("config", "isolated", "lang"),
    ),
    Command(
        "baseline",
        {
            "zh": "基线：记下已有的问题，以后只报告新的。",
            "en": "Baselines: note what is wrong now, and report only what is new.",
        },
    ),
    Command(
        "baseline create",
        {
            "zh": "把现有的问题记入基线文件。",
            "en": "Write what is found now into a baseline.",
        },
        (_DRAFTS,),
        (
            _own(
                "--update",
                "已有基线时重新生成；没有检查到的文稿，记录保留",
                "replace a baseline that is there; drafts that are not checked now stay in it",
            ),
            *_shared(*_CHOOSING, "redact", "jobs", *_SETTINGS),
        ),
    ),
    Command(
        "baseline prune",
        {
            "zh": "从基线文件里删去已不存在的问题，记下文稿的新路径。",
            "en": "Remove from a baseline what is no longer found; note new paths of drafts.",
        },
        (_DRAFTS,),
        _shared(*_CHOOSING, "jobs", *_SETTINGS),
    ),
    Command(
        "baseline show",
        {"zh": "列出基线文件里的问题。", "en": "List what is in a baseline."},
        (_DRAFTS,),
        _shared("baseline", "redact", *_SETTINGS),
    ),
)


def below(name: str) -> tuple[Command, ...]:
    """Return the commands of a group, those of the program for the empty name."""
    return tuple(
        command for command in COMMANDS if command.name and command.name.rpartition(" ")[0] == name
    )
