"""What the documentation says is true: made pages are fresh, links, commands and names work."""

import re
import shlex
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from typer.main import get_command

from reportlint import packs
from reportlint.cli import app, light
from reportlint.structure.quantities import plain, quantities
from scripts import docs, sessions

ROOT = Path(__file__).parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(ROOT.glob("docs/**/*.md"))
}
AT_ONCE = ("--help", "--install-completion", "--show-completion", "--version")
STALE = "run python scripts/docs.py"

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_FENCE = re.compile(r"^(```+)(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_RULE = re.compile(r"(?<![A-Za-z])[A-Z]{2}[0-9]{3}(?![0-9])")
_FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def prose(page: str) -> str:
    """A page without its blocks of code."""
    return _FENCE.sub("", PAGES[page])


BY_HAND = [page for page, text in PAGES.items() if not text.startswith("<!-- 由 scripts/docs.py")]


# What is made


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return dict(docs.pages())


def test_the_reference_is_what_the_code_says(made: dict[str, str]) -> None:
    assert [page for page, text in made.items() if PAGES.get(page) != text] == [], STALE


def test_there_are_no_pages_of_what_is_no_more(made: dict[str, str]) -> None:
    assert made.keys() == PAGES.keys() - set(BY_HAND)


def test_every_rule_has_a_page_with_all_of_its_examples(made: dict[str, str]) -> None:
    for rule in packs.builtin().rules.values():
        page = made[f"docs/reference/rules/{rule.code[:2].lower()}.md"]
        part = page.partition(f"\n## {rule.code} {rule.name}\n")[2].partition("\n## ")[0]
        assert all(example["text"].rstrip("\n") in part for example in (*rule.bad, *rule.good))


def test_commands_print_what_the_pages_show() -> None:
    shown = docs.played()
    assert len(shown) >= 10
    assert [page for page, text in shown.items() if PAGES[page] != text] == [], STALE


def test_a_page_with_a_command_that_fails_is_refused() -> None:
    with pytest.raises(sessions.PlayError, match="no-such"):
        sessions.play("```sh\nreportlint check no-such.txt\n```\n")


def test_a_console_is_filled_with_what_its_commands_print() -> None:
    page = "<!-- file: a.txt -->\n```text\n共X人。\n```\n\n```console\n$ {}; echo $?\nold\n```\n"
    page = page.format("reportlint check --quiet --output-format concise a.txt")
    assert sessions.play(page).endswith("a.txt:1:2: error PH001 “X”还没有填写\n1\n```\n")


# Links


def anchors(page: str) -> set[str]:
    """The anchors of the headings that are in Latin letters: all renderers agree on these."""
    titles = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {title.lower().replace(" ", "-") for title in titles if title.isascii()}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in _LINK.findall(_CODE.sub("", prose(page))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = normpath(join(dirname(page), path)) if path else page
        assert target.startswith("docs/"), f"{link} is not part of the site: name it as code"
        assert (ROOT / target).is_file(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_contents() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    named = re.findall(r": (\S+\.md)$", text, re.MULTILINE)
    assert sorted(f"docs/{name}" for name in named) == sorted(PAGES), "see nav in mkdocs.yml"


# Commands and names


def commands(page: str) -> Iterator[list[str]]:
    """The command lines of a page that begin with ``reportlint`` and a command."""
    text = PAGES[page]
    lines = [code for _, code in _CODE.findall(prose(page))]
    for _, kind, body in _FENCE.findall(text):
        if kind in ("sh", "shell", "bash", "console"):
            lines += [line.removeprefix("$ ") for line in body.replace("\\\n", " ").split("\n")]
    for line in lines:
        line = re.split(r"[;|<>]|&&", line)[0].strip()
        if line.startswith("reportlint ") and "…" not in line:
            yield shlex.split(line, comments=True)[1:]


@pytest.mark.parametrize("page", PAGES)
def test_command_lines_are_understood(page: str) -> None:
    for argv in commands(page):
        if light.parse(argv) is not None:
            continue
        command, name, rest = get_command(app.build("en")), "reportlint", argv
        while rest and (below := getattr(command, "commands", {}).get(rest[0])) is not None:
            command, name, rest = below, rest[0], rest[1:]
        # Some options act as soon as they are parsed; that they exist is tested below.
        rest = [word for word in rest if word not in AT_ONCE]
        # Names in prose stand for the command, without what it must be given.
        if rest:
            command.make_context(name, rest).close()


def flags() -> set[str]:
    found: set[str] = set()

    def walk(command: object) -> None:
        for parameter in command.get_params(command.context_class(command)):  # type: ignore[attr-defined]
            found.update(parameter.opts)
        for below in getattr(command, "commands", {}).values():
            walk(below)

    walk(get_command(app.build("en")))
    return found


def test_options_exist() -> None:
    ours = flags()
    for page in PAGES:
        codes = [code for _, code in _CODE.findall(prose(page))]
        # Other programs that a page runs have options of their own.
        others = {
            flag for code in codes if not code.startswith("-") for flag in _FLAG.findall(code)
        }
        for code in codes:
            if code.startswith("reportlint "):
                assert set(_FLAG.findall(code)) <= ours, (page, code)
            elif code.startswith("-"):
                assert set(_FLAG.findall(code)) <= ours | others, (page, code)


def test_rules_exist() -> None:
    known = packs.builtin().rules.keys()
    for page in BY_HAND:
        own = set(re.findall(r'^code = "(\w+)"', PAGES[page], re.MULTILINE))
        assert set(_RULE.findall(prose(page))) <= known | own, page


def test_files_exist() -> None:
    for page in BY_HAND:
        for _, code in _CODE.findall(prose(page)):
            if re.fullmatch(r"(?:reportlint|rules|samples|scripts|tests|docs)/\S*", code):
                assert (ROOT / code).exists(), (page, code)


def test_printed_figures_are_the_intervals_of_the_table() -> None:
    table = re.findall(
        r"^\| `(.*?)` \| (.*?) \|", PAGES["docs/explanation/figures.md"], re.MULTILINE
    )
    assert len(table) >= 9
    for printed, said in table:
        (figure,) = quantities(plain(printed))
        bounds = [Fraction(n) / (100 if "%" in said else 1) for n in re.findall(r"[0-9.]+", said)]
        low, high = figure.interval
        assert bounds == ([high] if low is None else [low, high] if low != high else [low]), printed


def test_the_tutorial_installs_as_the_readme_does() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [
        body for _, kind, body in _FENCE.findall(PAGES["docs/tutorial.md"]) if kind == "shell"
    ]
    assert f"```sh\n{block}```" in readme
