"""What a run imports: the usual ones load nothing that they do not need."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

import reportlint
from reportlint import packs, reporters

HEAVY = {
    "argparse",
    "asyncio",
    "charset_normalizer",
    "click",
    "concurrent.futures",
    "dataclasses",
    "difflib",
    "docx",
    "hashlib",
    "importlib.metadata",
    "inspect",
    "json",
    "logging",
    "lxml",
    "markdown_it",
    "multiprocessing",
    "pathlib",
    "pathspec",
    "pydantic",
    "regex",
    "rich",
    "shutil",
    "sqlite3",
    "tomllib",
    "typer",
    "zipfile",
}
PLAIN = {
    "collections",
    "contextlib",
    "enum",
    "functools",
    "importlib",
    "re",
    "reprlib",
    "types",
    "typing",
    "warnings",
}
"""What many modules of the standard library import, and the commonest runs do without."""

TEXT = "2024年度述职报告\n\n一、主要工作\n\n投入XX万元，推##paidbegin##动工作。\n"
ROOT = os.path.dirname(os.path.dirname(reportlint.__file__))


SAMPLES = os.path.join(ROOT, "samples")


@pytest.fixture(scope="module")
def literals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the build makes, as the module ``literals``."""
    made = tmp_path_factory.mktemp("built") / "literals.py"
    code = (
        "import sys\n"
        "from reportlint import assembly\n"
        "sys.stdout.reconfigure(encoding='utf-8')\n"
        f"print(assembly.snapshot({packs.builtin_folder()!r}, {SAMPLES!r}))\n"
    )
    with made.open("wb") as file:
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=file, timeout=60, check=True)
    py_compile.compile(str(made), doraise=True)
    return made.parent


def imported(code: str, folder: Path, literals: Path) -> set[str]:
    """Return the modules that are loaded after ``code``, in a process that starts with none."""
    script = (
        f"import sys; sys.path.append({str(literals)!r}); import literals\n"
        "sys.modules['reportlint.snapshot'] = literals\n"
        f"{code}\n"
        "print('|'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        # -S: what site-packages brings in at every start is not ours to count.
        [sys.executable, "-S", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stderr.decode().strip().split("\n")[-1].split("|"))


def check(*argv: str) -> str:
    return f"from reportlint.cli import main\nassert main({['check', *argv]!r}) == 1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "one.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("argv", "needed"),
    [
        (["one.txt", "--output-format", "concise"], set()),
        (["one.txt", "--output-format", "grouped"], set()),
        (["one.txt"], set()),
        (["one.txt", "--statistics", "-q"], set()),
        (["one.txt", "--output-format", "json"], set()),
        (["one.txt", "--output-format", "jsonl"], set()),
        (["one.txt", "--output-format", "summary"], set()),
        (["one.txt", "--output-format", "github"], set()),
        (["one.txt", "--output-format", "html"], {"hashlib"}),
        (["one.txt", "--output-format", "junit"], set()),
        (["one.txt", "--output-format", "sarif"], {"json"}),
        (["--fix", "one.txt"], set()),
        (["--diff", "one.txt"], {"difflib"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_check_loads_what_it_needs(
    folder: Path, literals: Path, argv: list[str], needed: set[str]
) -> None:
    assert HEAVY & imported(check(*argv), folder, literals) == needed


@pytest.mark.parametrize(
    "form", ["full", "concise", "grouped", "summary", "github", "json", "jsonl"]
)
def test_the_commonest_runs_are_light(folder: Path, literals: Path, form: str) -> None:
    run = check("one.txt", "--output-format", form)
    assert PLAIN & imported(run, folder, literals) == set()


@pytest.mark.parametrize("argv", [["--help"], ["check", "--help"], ["corpus", "-h"]])
def test_help_is_light(folder: Path, literals: Path, argv: list[str]) -> None:
    run = f"from reportlint.cli import main\nassert main({argv!r}) == 0"
    assert (HEAVY | PLAIN) & imported(run, folder, literals) == set()


@pytest.mark.parametrize("form", ["full", "concise", "summary", "sarif", "html"])
def test_check_loads_no_format_but_the_one_asked_for(
    folder: Path, literals: Path, form: str
) -> None:
    loaded = imported(check("one.txt", "--output-format", form), folder, literals)
    shared = {"full", "concise", "summary", "sarif", "html"} - {form}
    modules = {reporters.CLASSES[name][0] for name in shared}
    assert {f"reportlint.reporters.{name}" for name in modules}.isdisjoint(loaded)
    assert f"reportlint.reporters.{reporters.CLASSES[form][0]}" in loaded


def test_reading_configuration_needs_its_parser(folder: Path, literals: Path) -> None:
    (folder / "reportlint.toml").write_text('lang = "zh"\n')
    loaded = HEAVY & imported(check("one.txt", "--output-format", "concise"), folder, literals)
    assert loaded == {"tomllib"}


def test_what_silences_findings_is_loaded_where_something_does(
    folder: Path, literals: Path
) -> None:
    """Without a comment, a sidecar file or an option none of it is imported or opened."""
    heavy = {
        "reportlint.baseline",
        "reportlint.changes",
        "reportlint.fingerprint",
        "reportlint.git",
        "reportlint.suppress.directives",
        "reportlint.suppress.scopes",
        "subprocess",
        "tomllib",
    }
    run = check("one.txt", "--output-format", "concise")
    assert heavy.isdisjoint(imported(run, folder, literals))
    (folder / "one.txt.reportlint.toml").write_text("[[suppress]]\ncode = 'PW'\n")
    assert heavy & imported(run, folder, literals) == {
        "reportlint.suppress.directives",
        "reportlint.suppress.scopes",
        "tomllib",
    }


def test_importing_the_package_loads_next_to_nothing(folder: Path, literals: Path) -> None:
    before = imported("", folder, literals)
    assert imported("import reportlint", folder, literals) - before == {"__future__", "reportlint"}


def test_there_is_no_cycle(folder: Path) -> None:
    """Every module can be the first one that is imported."""
    package = Path(reportlint.__file__).parent
    modules = sorted(
        ".".join(path.relative_to(package.parent).with_suffix("").parts)
        for path in package.rglob("*.py")
        # Frameworks that integrations are for need not be there.
        if path.stem not in ("__init__", "__main__") and path.parent.name != "integrations"
    )
    code = (
        "import importlib, sys\n"
        f"for module in {modules!r}:\n"
        "    for name in [name for name in sys.modules if name.startswith('reportlint')]:\n"
        "        del sys.modules[name]\n"
        "    importlib.import_module(module)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()


class TestPublicNames:
    def test_are_there(self) -> None:
        assert set(reportlint.__all__) <= set(dir(reportlint))
        for name in reportlint.__all__:
            assert getattr(reportlint, name)

    def test_others_are_not(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
            reportlint.nonsense  # noqa: B018

    def test_lint_text(self) -> None:
        findings = reportlint.lint_text("投入XX万元。")
        assert [finding.code for finding in findings] == ["PH001"]
        assert isinstance(findings[0], reportlint.Finding)
        assert findings[0].severity is reportlint.Severity.ERROR
        assert (findings[0].start, findings[0].end) == (2, 4)

    def test_lint_text_takes_rules_kinds_languages_and_formats(self) -> None:
        text = "推##paidbegin##动，投入XX万元。\n"
        assert {f.code for f in reportlint.lint_text(text, select=["PW"])} == {"PW001"}
        assert {f.code for f in reportlint.lint_text(text, ignore=["PW"])} == {"PH001"}
        assert "SC001" in {f.code for f in reportlint.lint_text(text, kind="述职报告")}
        assert "leftover" in reportlint.lint_text(text, lang="en")[0].message
        assert reportlint.lint_text("`投入XX万元`", format="markdown") == []
        with pytest.raises(ValueError, match="nonsense"):
            reportlint.lint_text(text, format="nonsense")

    def test_lint_text_in_every_format_counts_from_the_first_character(self) -> None:
        for form in ("text", "markdown"):
            (finding,) = reportlint.lint_text("\ufeff投入XX万元。", format=form, select=["PH"])
            assert (finding.start, finding.end) == (3, 5)

    def test_what_is_silenced_is_left_out_unless_asked_for(self, folder: Path) -> None:
        text = "<!-- reportlint: ignore[PH001] -->\n\n投入XX万元。\n"
        assert reportlint.lint_text(text, format="markdown") == []
        (one,) = reportlint.lint_text(text, format="markdown", suppressed=True)
        assert one.suppressed is not None
        (folder / "one.txt.reportlint.toml").write_text("[[suppress]]\ncode = 'PH'\n")
        path = folder / "one.txt"
        found = {finding.code for finding in reportlint.lint_path(path)}
        assert "PH001" not in found
        every = {finding.code for finding in reportlint.lint_path(path, suppressed=True)}
        assert every == found | {"PH001"}

    def test_lint_path(self, folder: Path) -> None:
        path = str(folder / "one.txt")
        assert reportlint.lint_path(path) == reportlint.lint_text(TEXT)
        assert reportlint.lint_path(path, select=["PW"]) == reportlint.lint_text(
            TEXT, select=["PW"]
        )
        os.rename(path, folder / "one.docx")
        (broken,) = reportlint.lint_path(str(folder / "one.docx"))
        assert broken.code == "RL002"
        assert reportlint.lint_path(str(folder / "one.docx"), format="text")

    @pytest.mark.parametrize(
        "options", [{"select": ["ZZ"]}, {"kind": "不存在"}, {"lang": "fr"}, {"select": []}]
    )
    def test_unknown_options(self, options: dict[str, object]) -> None:
        from reportlint.errors import ConfigError

        with pytest.raises(ConfigError):
            reportlint.lint_text("", **options)  # type: ignore[arg-type]
