"""Several formats in one run, each to its own place."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reportlint import engine, files, reporters
from reportlint.cli import output
from reportlint.cli.options import Request
from reportlint.cli.setup import setup
from reportlint.document import Document
from reportlint.engine import Outcome
from reportlint.settings import Settings
from tests.cli.conftest import FAULTY, Call, Run


def test_a_file_belongs_to_the_format_before_it(call: Call, folder: Path) -> None:
    done = call(
        "check", "faulty.txt",
        "--output-format", "sarif", "--output-file", "out.sarif",
        "--output-format", "concise",
        "--output-format", "junit", "-o", "out.xml",
    )  # fmt: skip
    assert done.code == 1
    assert done.out == call("check", "faulty.txt", "--output-format", "concise").out
    assert json.loads((folder / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ElementTree.parse(folder / "out.xml").getroot().tag == "testsuites"


def test_the_order_of_the_formats_counts_not_that_of_the_files(call: Call, folder: Path) -> None:
    done = call(
        "check", "--output-format=concise", "--output-format=json", "--output-file=x", "faulty.txt"
    )
    assert done.out.startswith("faulty.txt:5:7: ")
    assert json.loads((folder / "x").read_text(encoding="utf-8"))["findings"]


@pytest.mark.parametrize(
    "lines", [["--output-format", "json", "-o", "x"], ["-o", "x", "--output-format", "json"]]
)
def test_one_file_and_one_format_go_together_in_any_order(
    call: Call, folder: Path, lines: list[str]
) -> None:
    done = call("check", "faulty.txt", *lines)
    assert (done.code, done.out) == (1, "")
    assert json.loads((folder / "x").read_text(encoding="utf-8"))["findings"]


def test_typer_pairs_as_the_light_parser_does(call: Call, folder: Path) -> None:
    # A short option with its value in one word is for typer.
    done = call(
        "check", "faulty.txt", "--output-format", "concise", "--output-format", "json", "-ox",
        "--output-format", "summary", "-oy",
    )  # fmt: skip
    assert done.out.startswith("faulty.txt:5:7: ")
    assert json.loads((folder / "x").read_text(encoding="utf-8"))["findings"]
    assert (folder / "y").read_text(encoding="utf-8").startswith("检查 1 个文件")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--output-format", "full", "--output-format", "github"], "full、github"),
        (["--output-format", "json", "-o", "a", "-o", "b"], "a 和 b"),
        (["-o", "a", "-o", "b"], "a 和 b"),
        (["-o", "a", "--output-format", "json", "-o", "b"], "a 和 b"),
        (["--output-format", "json", "-o", "a", "--output-format", "full", "-o", "./a"], "./a"),
        (["-o", "faulty.txt"], "faulty.txt"),
        (["--output-format", "xml"], "xml"),
        (["--statistics", "--output-format", "sarif"], "sarif"),
        (["--statistics", "--output-format", "full", "--output-format", "json", "-o", "a"], "--statistics"),
        (["--show-figures", "--output-format", "html"], "html"),
        (["--show-figures", "--redact"], "--redact"),
        (["--diff", "--output-format", "full", "--output-format", "json", "-o", "a"], "--diff"),
        (["--show-files", "--output-format", "full", "--output-format", "json", "-o", "a"], "--show-files"),
        (["--show-settings", "--output-format", "full", "--output-format", "json", "-o", "a"], "--show-settings"),
    ],
)  # fmt: skip
def test_mistakes_are_refused_before_anything_is_written(
    call: Call, folder: Path, argv: list[str], said: str
) -> None:
    done = call("check", "faulty.txt", *argv)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["clean.txt", "faulty.txt"]
    assert (folder / "faulty.txt").read_text(encoding="utf-8") == FAULTY
    english = call("check", "faulty.txt", "--lang", "en", *argv)
    assert english.code == 2
    assert english.err.isascii()


def test_files_are_checked_once_for_all_formats(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    plain = engine.lint_all

    def count(documents: Sequence[Document], settings: Settings) -> list[Outcome]:
        checked.extend(document.path for document in documents)
        return plain(documents, settings)

    monkeypatch.setattr(engine, "lint_all", count)
    argv = [
        word for name in reporters.NAMES for word in ("--output-format", name, "-o", f"out.{name}")
    ]
    call("check", "faulty.txt", *argv)
    assert checked == ["faulty.txt"]


def test_several_processes_write_what_one_writes(run: Run, folder: Path) -> None:
    for number in range(7):
        (folder / f"{number}.txt").write_text(FAULTY * number, encoding="utf-8")
    written = []
    for jobs in ("1", "3"):
        (folder / jobs).mkdir()
        argv = [w for n in reporters.NAMES for w in ("--output-format", n, "-o", f"{jobs}/{n}")]
        assert run("check", "--jobs", jobs, *argv).returncode == 1
        written.append({path.name: path.read_bytes() for path in (folder / jobs).iterdir()})
        for path in (folder / jobs).iterdir():
            path.unlink()
    assert written[0] == written[1]
    assert written[0].keys() == set(reporters.NAMES)
    assert all(written[0].values())


def test_one_file_that_cannot_be_written_keeps_no_other_from_it(call: Call, folder: Path) -> None:
    done = call(
        "check", "faulty.txt", "--output-format", "json", "-o", "no/where",
        "--output-format", "sarif", "-o", "out.sarif",
    )  # fmt: skip
    assert done.code == 2
    assert "no/where" in done.err
    assert (folder / "out.sarif").exists()


def test_a_file_is_replaced_whole(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced: list[str] = []
    monkeypatch.setattr(files, "replace", lambda path, _: replaced.append(path))
    call("check", "faulty.txt", "--output-format", "html", "-o", "a.html")
    assert replaced == ["a.html"]


@pytest.mark.parametrize("form", ["full", "concise", "grouped"])
def test_quiet_leaves_the_findings(call: Call, form: str) -> None:
    loud = call("check", "--output-format", form, "faulty.txt").out
    quiet = call("check", "-q", "--output-format", form, "faulty.txt").out
    assert "PH001" in quiet
    assert quiet in loud
    assert "检查 1 个文件" in loud
    assert "检查 1 个文件" not in quiet


class TestStepSummary:
    def test_github_gets_the_whole_list_there(
        self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "step").write_text("before\n")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "step"))
        done = call("check", "faulty.txt", "--output-format", "github")
        assert done.out.startswith("::notice title=reportlint::")
        written = (folder / "step").read_text(encoding="utf-8")
        listed = call("check", "faulty.txt", "--output-format", "markdown").out
        assert written == f"before\n{listed}"

    def test_is_redacted_too(
        self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "step"))
        call("check", "faulty.txt", "--output-format", "github", "--redact")
        assert "paidbegin" not in (folder / "step").read_text(encoding="utf-8")

    def test_is_not_written_for_other_formats(
        self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "step"))
        call("check", "faulty.txt", "--output-format", "concise")
        assert not (folder / "step").exists()

    def test_that_cannot_be_written_is_an_error(
        self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "no" / "step"))
        done = call("check", "clean.txt", "--output-format", "github")
        assert done.code == 2
        assert "step" in done.err


def test_rules_of_a_nearer_configuration_are_in_the_report(call: Call, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "house.toml").write_text(
        '[[rule]]\ncode = "HN001"\nname = "visitors"\nseverity = "warning"\n'
        "patterns = ['接待群众']\n"
        'message = { zh = "“{text}”太口语", en = "“{text}” is colloquial" }\n'
        'why = { zh = "规定如此。", en = "So it is ruled." }\n'
        'source = "本单位"\nbad = ["〔接待群众〕"]\ngood = ["来访"]\n',
        encoding="utf-8",
    )
    (folder / "sub" / "reportlint.toml").write_text('rules = ["house.toml"]\n')
    (folder / "sub" / "a.txt").write_text(FAULTY, encoding="utf-8")
    found = json.loads(call("check", "--output-format", "sarif").out)["runs"][0]
    rules = found["tool"]["driver"]["rules"]
    (result,) = [result for result in found["results"] if result["ruleId"] == "HN001"]
    assert rules[result["ruleIndex"]]["fullDescription"]["text"] == "规定如此。"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_bytes_go_to_a_stream_as_text_does(encoding: str) -> None:
    """A terminal keeps its encoding, whatever reporters give."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, "backslashreplace", newline="\n")
    to = output.Stream(setup(Request()), stream)
    for piece in ("查\u2e3a\n", "查\u2e3a\n".encode(), "完\n"):
        to.write(piece)
    to.close()
    said = "查\u2e3a\n查\u2e3a\n完\n"
    assert raw.getvalue() == said.encode(encoding, "backslashreplace")
