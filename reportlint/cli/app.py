"""The commands as typer knows them: help, completion and words for mistakes."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from reportlint import __version__
from reportlint.cli import help, terminal
from reportlint.cli.commands import ADDED, COMMANDS, HEADINGS, HELP, Argument, Command, below
from reportlint.cli.options import OPTIONS, ORDERED, Option, UsageError, request

_ORDER = "reportlint.ordered"
"""Where a context keeps the options whose order counts."""

_ADDED = {flag: option for option in (HELP, *ADDED) for flag in option.flags}
"""What typer adds by itself, and what we say of it."""


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code. Raises ReportlintError."""
    lang = terminal.spoken(argv, os.environ)
    command = typer.main.get_command(build(lang))
    try:
        code = command.main(list(argv), "reportlint", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        # typer has its own classes for mistakes since 0.29 and click's before.
        if hasattr(error, "format_message"):
            raise _mistake(error) from None
        raise
    return code if isinstance(code, int) else 0


def build(lang: str) -> typer.Typer:
    """Make the typer application that speaks ``lang``."""
    groups: dict[str, typer.Typer] = {}
    for command in COMMANDS:
        group, _, name = command.name.rpartition(" ")
        if not command.name or below(command.name):
            groups[command.name] = made = typer.Typer(
                cls=_group(lang),
                help=command.help[lang],
                rich_markup_mode="rich",
                pretty_exceptions_enable=False,
                context_settings={"help_option_names": list(HELP.flags)},
            )
            if command.name:
                panel = HEADINGS["commands"][lang]
                groups[group].add_typer(made, name=name, rich_help_panel=panel)
            else:
                made.callback()(_signed(_callback, command, lang))
        else:
            groups[group].command(
                name,
                cls=_command(lang),
                help=command.help[lang],
                rich_help_panel=HEADINGS["commands"][lang],
            )(_signed(_RUN[command.name], command, lang))
    return groups[""]


def _callback(**_: Any) -> None:
    pass


def _check(paths: list[str] | None, context: typer.Context, **values: Any) -> int:
    from reportlint.cli.check import check

    values[ORDERED] = context.meta.get(_ORDER, ())
    return check(request(tuple(paths or ()), values))


def _rule(code: str | None, output_format: str | None, **values: Any) -> int:
    from reportlint.cli import explain

    return explain.rule(code, output_format or "text", request((), values))


def _kinds(output_format: str | None, **values: Any) -> int:
    from reportlint.cli import explain

    return explain.kinds(output_format or "text", request((), values))


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


_RUN: dict[str, Callable[..., int]] = {
    "check": _check,
    "rule": _rule,
    "kinds": _kinds,
    "test": _test,
    "corpus": _corpus,
    "ignore": _ignore,
    "annotate": _annotate,
    "init": _init,
    "clean": _clean,
    "server": _server,
    "schema": _schema,
    "baseline create": _create,
    "baseline prune": _prune,
    "baseline show": _show,
}


def _signed(function: Callable[..., Any], command: Command, lang: str) -> Callable[..., Any]:
    """Return ``function`` with the signature that typer is to read, with what ``command`` takes."""

    def signed(**values: Any) -> Any:
        return function(**values)

    parameters = [_argument(argument, lang) for argument in command.arguments]
    if function is _check:
        parameters.append(_parameter("context", typer.Context))
    # What typer brings by itself it declares by itself.
    parameters += [_option(option, lang) for option in command.options if option not in ADDED]
    signed.__annotations__ = {p.name: p.annotation for p in parameters}
    signed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return signed


def _parameter(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword, default=default, annotation=kind)


def _argument(argument: Argument, lang: str) -> inspect.Parameter:
    info = typer.Argument(
        help=argument.help[lang],
        metavar=argument.shown or None,
        rich_help_panel=HEADINGS["arguments"][lang],
        show_default=False,
    )
    kind: Any = list[str] if argument.many else str
    if argument.needed:
        return _parameter(argument.field, Annotated[kind, info])
    return _parameter(argument.field, Annotated[kind | None, info], None)


def _option(option: Option, lang: str) -> inspect.Parameter:
    info = typer.Option(
        *option.flags,
        help=option.said(lang),
        metavar=option.value,
        rich_help_panel=HEADINGS[option.group][lang],
        show_default=False,
        autocompletion=_completion(option.choices) if option.choices else None,
        is_eager=option.field == "version",
        callback=_show_version if option.field == "version" else None,
    )
    if option.many or option.ordered:
        return _parameter(option.field, Annotated[list[str] | None, info], None)
    if option.value:
        return _parameter(option.field, Annotated[str | None, info], None)
    return _parameter(option.field, Annotated[bool, info], False)


def _show_version(asked: bool) -> None:
    if asked:
        print(f"reportlint {__version__}")
        raise typer.Exit


def _command(lang: str) -> type[TyperCommand]:
    class Made(TyperCommand):
        def get_params(self, ctx: Any) -> Any:
            return _translated(super().get_params(ctx), lang)

        def get_help(self, ctx: Any) -> str:
            return help.text(ctx.command_path.partition(" ")[2], lang)

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            ctx.meta[_ORDER] = _ordered(self.make_parser(ctx), args)
            return super().parse_args(ctx, args)

    return Made


def _group(lang: str) -> type[TyperGroup]:
    class Made(TyperGroup):
        def get_params(self, ctx: Any) -> Any:
            return _translated(super().get_params(ctx), lang)

        def get_help(self, ctx: Any) -> str:
            return help.text(ctx.command_path.partition(" ")[2], lang)

    return Made


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
                parameter.help = _ADDED[flag].help[lang]
                parameter.metavar = ""
                parameter.rich_help_panel = HEADINGS["options"][lang]
    return parameters


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
