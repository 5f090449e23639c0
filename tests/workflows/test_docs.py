"""What docs/ci.md and docs/library.md say is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import reportlint
from reportlint.plugins import GROUP, KINDS
from tests.workflows.test_ci import ACTION, GITLAB
from tests.workflows.test_precommit import HOOKS

ROOT = Path(reportlint.__file__).parents[1]
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
LIBRARY = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def table(text: str, head: str) -> dict[str, list[str]]:
    """The rows of the table whose first head is ``head``, by the code in their first cell."""
    (part,) = re.findall(rf"^\| {head} \|.*?\n\n", text + "\n\n", re.MULTILINE | re.DOTALL)
    rows = [re.split(r" ?\| ?", line.strip("|"))[0:] for line in part.strip().split("\n")[2:]]
    return {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in rows}


def validate(schema: str, text: str, folder: Path) -> None:
    path = folder / "block.yml"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


HOOK, WORKFLOW, GITLAB_BLOCK = blocks(CI, "yaml")


def test_the_hooks() -> None:
    (repository,) = yaml.safe_load(HOOK)["repos"]
    known = {hook["id"] for hook in HOOKS}
    assert {hook["id"] for hook in repository["hooks"]} <= known
    assert table(CI, "钩子").keys() == known
    assert repository["rev"] == f"v{reportlint.__version__}"


def test_the_workflow(tmp_path: Path) -> None:
    validate("vendor.github-workflows", WORKFLOW, tmp_path)
    step = yaml.safe_load(WORKFLOW)["jobs"]["reportlint"]["steps"][-1]
    assert step["uses"] == f"OWNER/reportlint@v{reportlint.__version__}"
    assert step["with"].keys() <= ACTION["inputs"].keys()


def test_the_inputs_and_outputs_of_the_action() -> None:
    inputs = {name: one["default"].strip() for name, one in ACTION["inputs"].items()}
    said = {name: row[0].strip("`") for name, row in table(CI, "输入").items()}
    assert said == inputs
    assert table(CI, "输出").keys() == ACTION["outputs"].keys()


def test_the_gitlab_job(tmp_path: Path) -> None:
    validate("vendor.gitlab-ci", GITLAB_BLOCK, tmp_path)
    block = yaml.safe_load(GITLAB_BLOCK)
    assert (ROOT / block["include"][0]["local"]).exists()
    variables = GITLAB["reportlint"]["variables"]
    said = {name: row[0].strip("`") for name, row in table(CI, "变量").items()}
    assert said == {key: value for key, value in variables.items() if key in said}
    assert set(block["reportlint"]["variables"]) <= said.keys()
    own = {name for name in variables if name.startswith("REPORTLINT_")}
    assert own == said.keys()


@pytest.mark.parametrize("command", [*blocks(CI, "sh"), *blocks(LIBRARY, "sh")])
def test_commands_are_taken(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文稿").mkdir()
    (tmp_path / "文稿" / "a.txt").write_text("投入XX万元。\n", encoding="utf-8")
    words = re.split(r" [|>] ", command.strip())[0].split(" ")
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *words[1:]],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8"},
        timeout=60,
    )
    assert done.returncode in (0, 1), done.stderr
    if "rdjson" in command:
        assert json.loads(done.stdout)["diagnostics"]


@pytest.mark.parametrize("code", blocks(LIBRARY, "python"))
def test_examples_run(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(code, "library.md", "exec"), names)
    assert capsys.readouterr().out or names["CHECKS"]


def test_the_library_is_told_whole() -> None:
    prose = re.sub(r"^```.*?^```$", "", LIBRARY, flags=re.MULTILINE | re.DOTALL)
    for name in reportlint.__all__:
        assert name.startswith("__") or f"`{name}" in prose, name
    for function in (reportlint.lint_text, reportlint.lint_path, reportlint.lint_paths):
        code = function.__code__
        wanted = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount][1:]
        for parameter in wanted:
            (users,) = re.findall(rf"^\|.*`{parameter}`.*? \| (.*?) \|", prose, re.MULTILINE)
            assert users == "全部" or f"`{function.__name__}`" in users, parameter
    assert table(LIBRARY, "入口点组").keys() == {GROUP + kind for kind in KINDS}


@pytest.mark.parametrize("text", [CI, LIBRARY])
def test_links_lead_somewhere(text: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert [x for x in links if "://" not in x and not (ROOT / "docs" / x).exists()] == []
