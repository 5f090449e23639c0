"""What the page on editors says is true."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from reportlint.cli.options import OPTIONS
from reportlint.server import app, options
from tests.server.client import MODERN
from tests.server.conftest import Launch

TEXT = (Path(__file__).parent.parent.parent / "docs" / "editors.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return found[number]


def test_the_settings_of_the_editors_can_be_read() -> None:
    code = json.loads(block("json"))
    assert code["glspc.server.commandArguments"] == ["server"]
    assert all(name in app.LANGUAGES for name in code["glspc.server.languageId"])
    on_save = code["[plaintext][markdown]"]["editor.codeActionsOnSave"]
    assert on_save == {app.FIX_ALL: "explicit"}
    helix = tomllib.loads(block("toml"))
    assert helix["language-server"]["reportlint"]["args"] == ["server"]
    assert {one["name"] for one in helix["language"]} <= set(app.LANGUAGES)
    for number in (0, 1):
        lua = block("lua", number)
        assert 'bin/reportlint", "server" }' in lua
        assert "reportlint = {}" in lua
        assert lua.count("{") == lua.count("}")
        for name in re.findall(r'(?:filetypes|pattern) = \{ "(\w+)", "(\w+)" \}', lua)[0]:
            assert name in app.LANGUAGES


def test_what_helix_and_neovim_send_is_understood(launch: Launch) -> None:
    config = tomllib.loads(block("toml"))["language-server"]["reportlint"]["config"]
    editor = launch()
    editor.start(MODERN, initializationOptions=config)
    (one,) = editor.open("a.txt", "全年接待群众XX人次。\n", "text")
    assert one["code"] == "PH001"
    assert editor.messages() == []


def test_every_setting_is_in_the_table() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)) == set(options.KEYS)


def test_the_options_there_are() -> None:
    flags = {flag for option in OPTIONS for flag in option.flags}
    flags |= {"--install-completion", "--show-completion"}
    assert set(re.findall(r"(?<![-|\w])--[a-z][a-z-]*", TEXT)) <= flags | {"--health"}
