"""Help: what is printed, and that typer and the tables know the same commands."""

from __future__ import annotations

import os
import re
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from reportlint.cli import app, help, light, terminal
from reportlint.cli.commands import COMMANDS, HEADINGS, HELP, Command, below
from reportlint.reporters.width import Ruler
from tests.cli.conftest import Call

NAMES = [command.name for command in COMMANDS]
LANGS = ["zh", "en"]


def of_typer(name: str, lang: str) -> Any:
    """The command as typer has it."""
    found = get_command(app.build(lang))
    for word in name.split():
        found = found.commands[word]
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name or "reportlint")
def test_typer_takes_what_the_tables_have(command: Command, lang: str) -> None:
    found = of_typer(command.name, lang)
    assert found.help == command.help[lang]
    inside = [c.name.rpartition(" ")[2] for c in below(command.name)]
    assert list(getattr(found, "commands", ())) == inside
    params = found.get_params(found.context_class(found, help_option_names=list(HELP.flags)))
    arguments = [p for p in params if p.param_type_name == "argument"]
    assert [
        (p.name, p.metavar or p.name.upper(), p.required, p.nargs == -1, p.help) for p in arguments
    ] == [
        (a.field, a.shown or a.field.upper(), a.needed, a.many, a.help[lang])
        for a in command.arguments
    ]
    options = {
        frozenset((*p.opts, *p.secondary_opts)): (p.metavar or "", p.help, p.rich_help_panel)
        for p in params
        if p.param_type_name == "option"
    }
    assert options == {
        frozenset(option.flags): (option.value, option.said(lang), HEADINGS[option.group][lang])
        for option in (*command.options, HELP)
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name or "reportlint")
def test_help_says_all_that_a_command_takes(
    command: Command, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "WIDTH", 1000)
    monkeypatch.setenv("COLUMNS", "1000")
    head, about, *groups = help.text(command.name, lang).split("\n\n")
    assert f"reportlint {command.name}".strip() in head
    assert about == command.help[lang]
    said: dict[str, list[list[str]]] = {}
    for group in groups:
        heading, *lines = group.split("\n")
        said[heading] = [re.split(" {2,}", line.strip(), maxsplit=1) for line in lines]
    assert len(said) == len(groups)
    for option in (*command.options, HELP):
        shown = f"{', '.join(option.flags)} {option.value}".strip()
        assert [shown, option.said(lang)] in said[HEADINGS[option.group][lang]]
    for argument in command.arguments:
        rows = dict(said[HEADINGS["arguments"][lang]])
        assert argument.help[lang] in rows.values()
    for other in below(command.name):
        assert [other.name.split()[-1], other.help[lang]] in said[HEADINGS["commands"][lang]]


@pytest.mark.parametrize("columns", [40, 72, 100])
@pytest.mark.parametrize("lang", LANGS)
def test_help_fits_the_terminal(lang: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for name in NAMES:
        for line in help.text(name, lang).split("\n"):
            assert Ruler().cells(line) <= columns


def test_help_is_coloured_where_colours_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = help.text("check", "zh")
    monkeypatch.setenv("FORCE_COLOR", "1")
    painted = help.text("check", "zh")
    assert painted != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


WORDS = st.sampled_from(
    ["check", "rule", "baseline", "create", "clean", "init", "--help", "-h", "--lang", "--lang=en",
     "--lang=fr", "zh", "en", "fr", "--fix", "x", "", "baseline create", "--", "-"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_help_that_the_light_parser_gives_typer_gives_too(argv: list[str]) -> None:
    name = light.helped(argv)
    if name is not None:
        out = StringIO()
        with redirect_stdout(out):
            assert app.run(argv) == 0
        lang = terminal.spoken(argv, os.environ)
        assert out.getvalue() == help.text(name, lang) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_light_parser_knows_every_command(name: str) -> None:
    assert light.helped([*name.split(), "--help"]) == name
    assert light.helped([*name.split(), "--fix", "--help"]) is None


def test_without_a_command_help_is_what_helps(call: Call) -> None:
    assert call() == (2, call("--help").out, "")
