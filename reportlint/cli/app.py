"""The commands as typer knows them: help, completion and words for mistakes."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from reportlint import __version__
from reportlint.cli import terminal
from reportlint.cli.corpus import OPTIONS as CORPUS
from reportlint.cli.options import GROUPS, OPTIONS, ORDERED, Option, UsageError, request
from reportlint.i18n import Bilingual

_HELP: dict[str, Bilingual] = {
    "app": {
        "zh": "检查中文正式报告的草稿：占位符、付费广告残留、缺少的章节、编号错误、数字矛盾。",
        "en": "Check drafts of Chinese formal reports: placeholders, pasted adverts, missing "
        "sections, broken numbering, figures that contradict each other.",
    },
    "check": {
        "zh": "检查文稿。退出码：0 没有问题，1 有问题，2 无法完成。",
        "en": "Check drafts. Exit code: 0 nothing found, 1 something found, 2 could not be done.",
    },
    "paths": {
        "zh": "文件、文件夹，或以 - 表示标准输入；默认为当前文件夹",
        "en": "files, folders, or - for standard input; the current folder by default",
    },
    "rule": {"zh": "说明一条规则；不写代码则列出全部。", "en": "Explain a rule, or list them all."},
    "code": {"zh": "规则代码或名称", "en": "code or name of a rule"},
    "kinds": {
        "zh": "列出报告文种和各自必备的章节。",
        "en": "List the kinds of report and the sections each must have.",
    },
    "test": {
        "zh": "用规则自带的例子检验规则包；不写则检验内置规则。",
        "en": "Prove rule packs by their own examples; without any, the built-in ones.",
    },
    "packs": {"zh": "规则包文件", "en": "rule packs"},
    "init": {
        "zh": "在当前文件夹写一份带注释的 reportlint.toml。",
        "en": "Write a commented reportlint.toml into the current folder.",
    },
    "clean": {"zh": "删除缓存。", "en": "Delete the cache."},
    "schema": {
        "zh": "输出配置文件的 JSON Schema，供编辑器补全和检查。",
        "en": "Print the JSON Schema of the configuration, for completion and checks in editors.",
    },
    "corpus": {
        "zh": "检查或清理大批文稿：JSONL 或 Parquet 中的记录。退出码：0 已完成，2 无法完成。",
        "en": "Check or clean texts by the million: records in JSONL or Parquet. Exit code: 0 "
        "done, 2 could not be done.",
    },
    "inputs": {
        "zh": "文件（.jsonl .ndjson，可加 .gz .zst；.parquet），或装有这些文件的文件夹",
        "en": "files (.jsonl .ndjson, also with .gz .zst; .parquet), or folders with such files",
    },
    "ignore": {
        "zh": "忽略一处问题：在 Markdown 里写注释，其他格式写进文稿旁边的旁注文件。",
        "en": "Silence one finding: by a comment in Markdown, else in a sidecar file beside the "
        "draft.",
    },
    "ignored": {"zh": "规则代码或名称", "en": "code or name of a rule"},
    "annotate": {
        "zh": "把检查结果写进 Word 文档或 PDF：每个问题一条批注，在 Word 里修复可写成修订。",
        "en": "Write what is found into a Word file or a PDF: a comment for each finding, in Word "
        "fixes as tracked changes.",
    },
    "draft": {"zh": "Word 文档（.docx）或 PDF", "en": "a Word file (.docx) or a PDF"},
    "output": {"zh": "写到这个文件", "en": "write to this file"},
    "--in-place": {"zh": "改写原文件", "en": "rewrite the draft itself"},
    "--fixes": {
        "zh": "把修复写成修订，由人接受或拒绝（只用于 Word 文档）",
        "en": "put the fixes in as tracked changes, for a person to accept or reject (Word files)",
    },
    "--clean": {
        "zh": "只去掉以前写进去的批注和修订",
        "en": "only take out the comments and changes written before",
    },
    "place": {"zh": "文件:行 或 文件:行:列", "en": "FILE:LINE or FILE:LINE:COLUMN"},
    "reason": {"zh": "为什么可以不改", "en": "why the fault may stay"},
    "baseline": {
        "zh": "基线：记下已有的问题，以后只报告新的。",
        "en": "Baselines: note what is wrong now, and report only what is new.",
    },
    "create": {
        "zh": "把现有的问题记入基线文件。",
        "en": "Write what is found now into a baseline.",
    },
    "prune": {
        "zh": "从基线文件里删去已不存在的问题，记下文稿的新路径。",
        "en": "Remove from a baseline what is no longer found; note new paths of drafts.",
    },
    "show": {"zh": "列出基线文件里的问题。", "en": "List what is in a baseline."},
    "server": {
        "zh": "为编辑器运行语言服务器（标准输入输出，须安装 reportlint[lsp]）。",
        "en": "Run the language server for an editor, on standard input and output (needs "
        "reportlint[lsp]).",
    },
    "drafts": {
        "zh": "文件、文件夹；默认为当前文件夹",
        "en": "files, folders; the current folder by default",
    },
    "--update": {
        "zh": "已有基线时重新生成；没有检查到的文稿，记录保留",
        "en": "replace a baseline that is there; drafts that are not checked now stay in it",
    },
    "format": {"zh": "输出格式", "en": "how to print"},
    "version": {"zh": "显示版本", "en": "show the version"},
    "--help": {"zh": "显示帮助", "en": "show this help"},
    "--install-completion": {
        "zh": "为当前命令行解释器安装补全",
        "en": "install completion for the current shell",
    },
    "--show-completion": {
        "zh": "显示补全脚本，供复制或改写",
        "en": "show the completion script, to copy or to change it",
    },
    "commands": {"zh": "命令", "en": "Commands"},
    "arguments": {"zh": "参数", "en": "Arguments"},
    "options": {"zh": "选项", "en": "Options"},
    "records": {"zh": "读写记录", "en": "Reading and writing records"},
}


_ORDER = "reportlint.ordered"
"""Where a context keeps the options whose order counts."""

_ADDED = ("--help", "--install-completion", "--show-completion")


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code. Raises ReportlintError."""
    lang = terminal.spoken(argv, os.environ)
    command = typer.main.get_command(build(lang))
    try:
        # Without a command there is nothing to do, which is a mistake, but help is what helps.
        code = command.main(list(argv) or ["--help"], "reportlint", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        # typer has its own classes for mistakes since 0.29 and click's before.
        if hasattr(error, "format_message"):
            raise _mistake(error) from None
        raise
    return code if argv and isinstance(code, int) else 0 if argv else 2


def build(lang: str) -> typer.Typer:
    """Make the typer application that speaks ``lang``."""
    app = typer.Typer(
        cls=_group(lang),
        help=_HELP["app"][lang],
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_signed(_callback, [_version(lang)], ["lang"], lang))
    settings = ["color", "config", "isolated", "lang"]
    for function, own, shared in (
        (
            _check,
            [_argument("paths", list[str], lang), _context()],
            [option.field for option in OPTIONS],
        ),
        (_rule, [_argument("code", str, lang), _format(lang)], settings),
        (_kinds, [_format(lang)], settings),
        (_test, [_argument("packs", list[str], lang)], ["lang"]),
        (
            _corpus,
            [_argument("inputs", list[str], lang), *(_own(option, lang) for option in CORPUS)],
            ["select", "ignore", "extend_select", "kind", "redact", "quiet", *settings, "jobs"],
        ),
        (_ignore, [*_ignored(lang), _text_option("reason", "TEXT", lang)], settings),
        (
            _annotate,
            [
                _needed("draft", "DRAFT", lang),
                _text_option("output", "OUT", lang, "-o"),
                *(_flag(name, lang) for name in ("in-place", "fixes", "clean")),
            ],
            [
                *(o.field for o in OPTIONS if o.group in ("rules", "known")),
                *settings,
            ],
        ),
        (_init, [], ["lang"]),
        (_clean, [], ["cache_dir", *settings]),
        (_server, [], ["config", "isolated", "lang"]),
        (_schema, [], ["config", "isolated", "lang"]),
    ):
        _add(app, function, own, shared, lang)
    group = typer.Typer(cls=_group(lang), help=_HELP["baseline"][lang])
    chosen = [option.field for option in OPTIONS if option.group in ("rules", "files", "known")]
    chosen = [field for field in chosen if field not in ("stdin_filename", "show_files")]
    paths = _argument("paths", list[str], lang, "drafts")
    for command, own, shared in (
        (_create, [paths, _flag("update", lang)], [*chosen, "redact", "jobs", *settings]),
        (_prune, [paths], [*chosen, "jobs", *settings]),
        (_show, [paths], ["baseline", "redact", *settings]),
    ):
        _add(group, command, own, [field for field in shared if field != "diff_base"], lang)
    app.add_typer(
        group,
        name="baseline",
        rich_help_panel=_HELP["commands"][lang],
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    return app


def _add(
    app: typer.Typer,
    function: Callable[..., Any],
    own: Sequence[inspect.Parameter],
    shared: Sequence[str],
    lang: str,
) -> None:
    """Make a command of ``function``, with parameters as for ``_signed``."""
    name = function.__name__.removeprefix("_")
    app.command(
        name,
        cls=_command(lang),
        help=_HELP[name][lang],
        rich_help_panel=_HELP["commands"][lang],
    )(_signed(function, own, shared, lang))


def _callback(**_: Any) -> None:
    pass


def _check(paths: list[str] | None, context: typer.Context, **values: Any) -> int:
    from reportlint.cli.check import check

    values[ORDERED] = context.meta.get(_ORDER, ())
    return check(request(tuple(paths or ()), values))


def _rule(code: str | None, output_format: str, **values: Any) -> int:
    from reportlint.cli import explain

    return explain.rule(code, output_format, request((), values))


def _kinds(output_format: str, **values: Any) -> int:
    from reportlint.cli import explain

    return explain.kinds(output_format, request((), values))


def _test(packs: list[str] | None, **values: Any) -> int:
    from reportlint.cli import proof

    return proof.test(packs or [], request((), values))


def _corpus(inputs: list[str] | None, **values: Any) -> int:
    from reportlint.cli import corpus

    paths = tuple(inputs or ())
    return corpus.corpus(request(paths, values), corpus.options(values))


def _ignore(ignored: str, place: str, reason: str | None, **values: Any) -> int:
    from reportlint.cli import ignore

    return ignore.ignore(ignored, place, reason or "", request((), values))


def _annotate(
    draft: str, output: str | None, in_place: bool, fixes: bool, clean: bool, **values: Any
) -> int:
    from reportlint.cli import annotate

    run = request((), values)
    return annotate.annotate(draft, output, run, in_place=in_place, fix=fixes, clean=clean)


def _create(paths: list[str] | None, update: bool, **values: Any) -> int:
    from reportlint.cli import baseline

    return baseline.create(request(tuple(paths or ()), values), update=update)


def _prune(paths: list[str] | None, **values: Any) -> int:
    from reportlint.cli import baseline

    return baseline.prune(request(tuple(paths or ()), values))


def _show(paths: list[str] | None, **values: Any) -> int:
    from reportlint.cli import baseline

    return baseline.show(request(tuple(paths or ()), values))


def _schema(**values: Any) -> int:
    from reportlint.cli import schema

    return schema.schema(request((), values))


def _init(**values: Any) -> int:
    from reportlint.cli import init

    return init.init(request((), values))


def _clean(**values: Any) -> int:
    from reportlint.cli import clean

    return clean.clean(request((), values))


def _server(**values: Any) -> int:
    from reportlint.cli import server

    return server.serve(request((), values))


def _signed(
    function: Callable[..., Any],
    own: Sequence[inspect.Parameter],
    shared: Sequence[str],
    lang: str,
) -> Callable[..., Any]:
    """Return ``function`` with the signature that typer is to read.

    It has the parameters ``own`` and those made from the table for the fields ``shared``.
    """

    def signed(**values: Any) -> Any:
        return function(**values)

    parameters = list(own)
    parameters += [_own(option, lang) for option in OPTIONS if option.field in shared]
    signed.__annotations__ = {p.name: p.annotation for p in parameters}
    signed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return signed


def _own(option: Option, lang: str) -> inspect.Parameter:
    default = None if option.value else False
    return _parameter(option.field, _type(option), _info(option, lang), default)


def _parameter(name: str, kind: Any, info: Any, default: Any) -> inspect.Parameter:
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword, default=default, annotation=Annotated[kind, info])


def _argument(name: str, kind: Any, lang: str, said: str = "") -> inspect.Parameter:
    """Return an argument that may be left out; its help is that of ``said``, else of its name."""
    panel = _HELP["arguments"][lang]
    info = typer.Argument(help=_HELP[said or name][lang], rich_help_panel=panel, show_default=False)
    return _parameter(name, kind | None, info, None)


def _ignored(lang: str) -> Iterator[inspect.Parameter]:
    """Yield the arguments of ``ignore``, which must both be there."""
    for name, shown in (("ignored", "CODE"), ("place", "FILE:LINE")):
        yield _needed(name, shown, lang)


def _needed(name: str, shown: str, lang: str) -> inspect.Parameter:
    """Return an argument that must be there."""
    panel = _HELP["arguments"][lang]
    info = typer.Argument(help=_HELP[name][lang], rich_help_panel=panel, metavar=shown)
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword, annotation=Annotated[str, info])


def _text_option(name: str, value: str, lang: str, short: str = "") -> inspect.Parameter:
    panel = _HELP["options"][lang]
    flags = [f"--{name}", *([short] if short else [])]
    info = typer.Option(*flags, metavar=value, help=_HELP[name][lang], rich_help_panel=panel)
    return _parameter(name, str | None, info, None)


def _flag(name: str, lang: str) -> inspect.Parameter:
    panel = _HELP["options"][lang]
    return _parameter(
        name.replace("-", "_"),
        bool,
        typer.Option(f"--{name}", metavar="", help=_HELP[f"--{name}"][lang], rich_help_panel=panel),
        False,
    )


def _context() -> inspect.Parameter:
    return inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)


def _format(lang: str) -> inspect.Parameter:
    info = typer.Option(
        "--output-format",
        metavar="text|json",
        help=_HELP["format"][lang],
        rich_help_panel=_HELP["options"][lang],
    )
    return _parameter("output_format", str, info, "text")


def _version(lang: str) -> inspect.Parameter:
    def show(asked: bool) -> None:
        if asked:
            print(f"reportlint {__version__}")
            raise typer.Exit

    info = typer.Option(
        "--version",
        "-V",
        is_eager=True,
        callback=show,
        metavar="",
        help=_HELP["version"][lang],
        rich_help_panel=_HELP["options"][lang],
    )
    return _parameter("show_version", bool, info, False)


def _command(lang: str) -> type[TyperCommand]:
    class Command(TyperCommand):
        def get_params(self, ctx: Any) -> Any:
            return _translated(super().get_params(ctx), lang)

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            ctx.meta[_ORDER] = _ordered(self.make_parser(ctx), args)
            return super().parse_args(ctx, args)

    return Command


def _group(lang: str) -> type[TyperGroup]:
    class Group(TyperGroup):
        def get_params(self, ctx: Any) -> Any:
            return _translated(super().get_params(ctx), lang)

    return Group


def _ordered(parser: Any, args: Sequence[str]) -> list[tuple[str, str]]:
    """Return the options whose order counts as they were given: typer itself keeps no order."""
    values, _, order = parser.parse_args(args=list(args))
    left = {
        option.field: iter(values[option.field])
        for option in OPTIONS
        if option.ordered and isinstance(values.get(option.field), list)
    }
    return [(param.name, next(left[param.name])) for param in order if param.name in left]


def _translated(parameters: Sequence[Any], lang: str) -> Sequence[Any]:
    """Put the options that typer adds by itself into the language and the group of the others."""
    for parameter in parameters:
        for flag in parameter.opts:
            if flag in _ADDED:
                parameter.help = _HELP[flag][lang]
                parameter.metavar = ""
                parameter.rich_help_panel = _HELP["options"][lang]
    return parameters


def _type(option: Option) -> Any:
    if option.many or option.ordered:
        return list[str] | None
    return (str | None) if option.value else bool


def _info(option: Option, lang: str) -> Any:
    text = option.help[lang]
    if option.choices:
        text += {"zh": "：", "en": ": "}[lang] + ", ".join(option.choices)
    return typer.Option(
        *option.flags,
        help=text,
        metavar=option.value,
        rich_help_panel=(GROUPS.get(option.group) or _HELP[option.group])[lang],
        show_default=False,
        autocompletion=_completion(option.choices) if option.choices else None,
    )


def _completion(choices: Sequence[str]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return complete


def _mistake(error: Any) -> UsageError:
    """Put a mistake that typer found into both languages."""
    english = error.format_message().rstrip(".")
    kind = type(error).__name__
    name = getattr(error, "option_name", "")
    chinese = f"命令行有误：{english}"
    command = re.match(r"No such command '(.*?)'", english, re.DOTALL)
    close = getattr(error, "possibilities", None) or re.findall(r"Did you mean '(.*?)'", english)
    if command:
        chinese = f"没有命令“{command[1]}”"
        if os.path.exists(command[1]):
            chinese += f"；检查文件请用 reportlint check {command[1]}"
            english += f"; to check a file use: reportlint check {command[1]}"
    elif kind == "NoSuchOption":
        chinese, english = f"没有选项 {name}", f"No such option: {name}"
    elif kind == "BadOptionUsage":
        chinese = f"选项 {name} " + ("需要一个值" if "requires" in english else "不带值")
    elif "unexpected extra argument" in english:
        chinese = "多余的参数 " + english[english.rfind("(") + 1 :].rstrip(")")
    if close:
        chinese += "；是否想用 " + "、".join(sorted(close))
        if "Did you mean" not in english:
            english += ". Did you mean " + ", ".join(sorted(close)) + "?"
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "reportlint"
    hint = {"zh": f"（用法：{path} --help）", "en": f" (usage: {path} --help)"}
    return UsageError(chinese + hint["zh"], english + hint["en"])
