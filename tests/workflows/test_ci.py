"""The GitHub action and the GitLab job: their files by the schemas of the services, their shell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import reportlint

ROOT = Path(reportlint.__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / "templates" / "gitlab-ci.yml").read_text(encoding="utf-8"))

# Makes a "virtual environment" that runs the package of the tests, and notes what it installs.
PYTHON = """#!/usr/bin/env bash
if [ "$1 $2" = '-m venv' ]; then
    mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
elif [ "$1 $2" = '-m pip' ]; then
    printf '%s\\n' "$@" >>"$INSTALLED"
else
    exec "$REAL_PYTHON" "$@"
fi
"""


@pytest.mark.parametrize(
    ("schema", "name"),
    [("github-actions", "action.yml"), ("gitlab-ci", "templates/gitlab-ci.yml")],
)
def test_the_files_are_valid(schema: str, name: str) -> None:
    command = ["-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(ROOT / name)]
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_are_valid() -> None:
    command = ["-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


class Outcome(NamedTuple):
    code: int
    stdout: str
    stderr: str
    outputs: dict[str, str]
    summary: str
    installed: list[str]


class Runner:
    """A folder with drafts, and what GitHub gives to a step."""

    def __init__(self, folder: Path) -> None:
        self.drafts = folder / "work space"
        self.drafts.mkdir()
        (self.drafts / "a b.txt").write_text("投入XX万元。\n", encoding="utf-8")
        (self.drafts / "-c.txt").write_text("推##paidbegin##动。\n", encoding="utf-8")
        (self.drafts / "clean.txt").write_text("扎实推动工作。\n", encoding="utf-8")
        self.folder = folder
        (folder / "bin").mkdir()
        for name in ("python", "pip", "reportlint"):
            path = folder / "bin" / name
            path.write_text(PYTHON)
            path.chmod(0o755)
        (folder / "bin" / "pip").write_text(
            '#!/usr/bin/env bash\nprintf "%s\\n" "$@" >>"$INSTALLED"\n'
        )
        (folder / "bin" / "reportlint").write_text(
            '#!/usr/bin/env bash\nexec "$REAL_PYTHON" -m reportlint "$@"\n'
        )

    def environ(self, own: dict[str, str]) -> dict[str, str]:
        return {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "zh_CN.UTF-8",
            "REAL_PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "INSTALLED": str(self.folder / "installed"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            **own,
        }

    def action(self, **inputs: str) -> Outcome:
        """Run the step that checks, with the inputs as action.yml hands them over."""
        for name in ("output", "summary", "installed"):
            (self.folder / name).write_text("")
        (self.folder / "temp").mkdir(exist_ok=True)
        (step,) = (one for one in ACTION["runs"]["steps"] if one.get("id") == "check")
        values = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        values |= {name.replace("_", "-"): value for name, value in inputs.items()}
        variables = {}
        for name, expression in step["env"].items():
            place = re.fullmatch(r"\$\{\{ (inputs|github)\.([a-z_-]+) \}\}", expression)
            assert place is not None
            variables[name] = values[place[2]] if place[1] == "inputs" else str(ROOT)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.drafts,
            env=self.environ(variables),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        lines = (self.folder / "output").read_text(encoding="utf-8").split("\n")
        return Outcome(
            done.returncode,
            done.stdout,
            done.stderr,
            dict(line.split("=", 1) for line in lines if line),
            (self.folder / "summary").read_text(encoding="utf-8"),
            (self.folder / "installed").read_text(encoding="utf-8").split("\n")[:-1],
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    sarif = json.loads(Path(outcome.outputs["sarif-file"]).read_text(encoding="utf-8"))
    return [
        (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["ruleId"],
        )
        for result in sarif["runs"][0]["results"]
    ]


def test_one_run_annotates_and_writes_all_reports(runner: Runner) -> None:
    outcome = runner.action()
    assert outcome.code == 0, outcome.stderr
    assert outcome.outputs["exit-code"] == "1"
    assert sorted(codes(outcome)) == [("-c.txt", "PW001"), ("a%20b.txt", "PH001")]
    assert "::error file=a b.txt,line=1,endLine=1,col=3,endColumn=5," in outcome.stdout
    assert "PH001" in outcome.summary
    page = Path(outcome.outputs["html-file"]).read_text(encoding="utf-8")
    assert "投入" in page
    assert outcome.installed[-1] == str(ROOT)
    assert sorted(path.name for path in runner.drafts.iterdir()) == [
        "-c.txt",
        "a b.txt",
        "clean.txt",
    ]


def test_paths_stand_one_a_line_and_are_no_options(runner: Runner) -> None:
    outcome = runner.action(paths="a b.txt\r\n\n-c.txt\n")
    assert len(codes(outcome)) == 2
    assert runner.action(paths="clean.txt").outputs["exit-code"] == "0"
    outcome = runner.action(paths="absent.txt")
    assert outcome.outputs == {"exit-code": "2"}
    assert "absent.txt" in outcome.stderr


def test_inputs_become_options(runner: Runner) -> None:
    assert codes(runner.action(args="--select 'PH' --kind \"述职报告\"")) == [
        ("a%20b.txt", "PH001")
    ]
    baseline = {"version": 1}
    (runner.drafts / "b.json").write_text(json.dumps(baseline))
    assert runner.action(baseline="b.json").outputs["exit-code"] == "2"
    assert "b.json" in runner.action(baseline="b.json").stderr
    assert runner.action(diff_base="no-such-revision").outputs == {"exit-code": "2"}
    assert runner.action(fail_on="nonsense").outputs["exit-code"] == "2"
    outcome = runner.action(redact="true")
    page = Path(outcome.outputs["html-file"]).read_text(encoding="utf-8")
    assert "投入" not in page + outcome.stdout + outcome.summary
    assert outcome.outputs["exit-code"] == "1"


def test_a_release_is_installed_from_the_index(runner: Runner) -> None:
    assert runner.action(version="0.1.0").installed[-1] == "reportlint==0.1.0"


HOSTILE = "$(touch pwned) `touch pwned` ; touch pwned #"


@pytest.mark.parametrize(
    "name", ["paths", "args", "fail_on", "baseline", "diff_base", "redact", "version"]
)
def test_no_input_is_run(runner: Runner, name: str) -> None:
    outcome = runner.action(**{name: HOSTILE})
    assert outcome.code == 2 or outcome.outputs["exit-code"] == "2"
    assert not list(runner.folder.rglob("pwned"))


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"args": "--select 'PH"}, "the quotes in args do not pair"),
        ({"redact": "yes"}, "redact must be true or false"),
        ({"version": "1 --index-url=https://example.org"}, "version must be a version"),
        ({"paths": "\n"}, "paths is empty"),
    ],
)
def test_inputs_that_cannot_be_used(runner: Runner, inputs: dict[str, str], said: str) -> None:
    outcome = runner.action(**inputs)
    assert outcome.code == 2
    assert f"::error title=reportlint::{said}" in outcome.stdout
    assert outcome.installed == []


class TestActionFile:
    def test_no_expression_stands_in_a_script(self) -> None:
        for step in ACTION["runs"]["steps"]:
            assert "${{" not in step.get("run", "")

    def test_other_actions_are_pinned_to_a_commit(self) -> None:
        text = (ROOT / "action.yml").read_text(encoding="utf-8")
        used = re.findall(r"uses: (\S+)(.*)", text)
        assert len(used) == 3
        for name, comment in used:
            assert re.fullmatch(r"[a-z-]+/[a-z/-]+@[0-9a-f]{40}", name)
            assert re.fullmatch(r" # v[0-9]+\.[0-9]+\.[0-9]+", comment)

    def test_every_input_is_used_and_every_output_is_written(self) -> None:
        steps = json.dumps(ACTION["runs"])
        for name in ACTION["inputs"]:
            assert f"inputs.{name} " in steps, name
        script = (ROOT / "scripts" / "action.sh").read_text(encoding="utf-8")
        for name in ACTION["outputs"]:
            assert name.replace("sarif", "$kind").replace("html", "$kind") in script
        assert set(re.findall(r"\b(REPORTLINT_[A-Z_]+)", script)) - {"REPORTLINT_"} == {
            name for step in ACTION["runs"]["steps"] for name in step.get("env", {})
        } - {"REPORTLINT_EXIT_CODE"}

    def test_the_last_step_has_the_exit_code(self) -> None:
        step = ACTION["runs"]["steps"][-1]
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]], env={"REPORTLINT_EXIT_CODE": "2"}, timeout=10
        )
        assert done.returncode == 2


class TestGitLab:
    def job(self, runner: Runner, **variables: str) -> subprocess.CompletedProcess[str]:
        (runner.folder / "installed").write_text("")
        job = GITLAB["reportlint"]
        environ = runner.environ({**job["variables"], **variables})
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", "\n".join(job["script"])],
            cwd=runner.drafts,
            env=environ,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )

    def test_the_reports_are_where_the_job_says(self, runner: Runner) -> None:
        done = self.job(runner)
        assert done.returncode == 1, done.stderr
        assert "a b.txt:1:3: error PH001" in done.stdout
        artifacts = GITLAB["reportlint"]["artifacts"]
        reports = artifacts["reports"]
        quality = json.loads((runner.drafts / reports["codequality"]).read_text(encoding="utf-8"))
        assert sorted(one["check_name"] for one in quality) == ["PH001", "PW001"]
        suites = ET.parse(runner.drafts / reports["junit"]).getroot()
        assert len(suites.findall(".//failure")) == 2
        assert (runner.drafts / artifacts["paths"][0]).stat().st_size > 1000
        installed = (runner.folder / "installed").read_text(encoding="utf-8")
        assert installed == "install\n--quiet\nreportlint\n"

    def test_variables(self, runner: Runner) -> None:
        done = self.job(
            runner, REPORTLINT_PATHS="clean.txt -c.txt", REPORTLINT_ARGS="--select PH --quiet"
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        done = self.job(runner, REPORTLINT_PATHS="$(touch pwned)")
        assert done.returncode == 2
        assert not list(runner.folder.rglob("pwned"))
