"""The hooks for pre-commit, run by pre-commit itself on a real git repository.

Here they run in the Python of the tests; ``scripts/test_precommit.sh`` has pre-commit install them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml

import reportlint
from reportlint import readers

ROOT = Path(reportlint.__file__).parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

TAG = "##paidbegin##"
DRAFTS = {
    "文稿/总结.txt": f"夏季防汛情况\n\n投入XX万元，扎实推{TAG}动工作。\n".encode(),
    "文稿/旧稿 2.TXT": f"夏季防汛情况\n\n扎实推{TAG}动工作。\n".encode("gb18030"),
    "plan.md": f"# 夏季防汛情况\n\n扎实推{TAG}动工作，**务必**落实。\n".encode(),
    "clean.txt": "夏季防汛情况\n\n扎实推动工作。\n".encode(),
    "归档/旧稿.txt": "投入XX万元。\n".encode(),
    "notes.py": "# 投入XX万元\n".encode(),
}
CONFIG = 'extend-exclude = ["归档/"]\n'
PLANTED = {
    "文稿/总结.txt": ["PH001", "PW001"],
    "文稿/旧稿 2.TXT": ["PW001"],
    "plan.md": ["PW001"],
    "报告.docx": ["PH001", "PW001"],
}


class Repository:
    """A git repository with drafts and with one of the hooks."""

    def __init__(self, folder: Path, home: Path, hook: str, *arguments: str) -> None:
        self.folder = folder
        self.home = home
        for name, data in DRAFTS.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        word = docx.Document()
        word.add_paragraph("夏季防汛情况")
        word.add_paragraph(f"投入XX万元，扎实推{TAG}动工作。")
        word.save(str(folder / "报告.docx"))
        (folder / "reportlint.toml").write_text(CONFIG, encoding="utf-8")
        (one,) = (one for one in HOOKS if one["id"] == hook)
        command, rest = one["entry"].split(" ", 1)
        assert command == "reportlint"
        local = one | {
            "language": "system",
            "entry": f"{sys.executable} -m reportlint {rest}",
            "args": list(arguments),
        }
        config = {"repos": [{"repo": "local", "hooks": [local]}]}
        (folder / ".pre-commit-config.yaml").write_text(
            yaml.safe_dump(config, allow_unicode=True), encoding="utf-8"
        )
        self.git("init", "-q")
        self.commit("drafts")

    def process(self, *command: str) -> subprocess.CompletedProcess[str]:
        own = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "HOME": str(self.home),
            "PRE_COMMIT_HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
        }
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environ | own,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    def git(self, *arguments: str) -> str:
        done = self.process(
            "git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def run(self, *options: str) -> tuple[int, str]:
        done = self.process(sys.executable, "-m", "pre_commit", "run", *options)
        return done.returncode, done.stdout + done.stderr


def found(output: str) -> dict[str, list[str]]:
    """The codes per file of concise output."""
    codes: dict[str, list[str]] = {}
    for path, code in re.findall(
        r"^(.+?):[0-9]+:[0-9]+: [a-z]+ ([A-Z]{2}[0-9]{3}) ", output, re.MULTILINE
    ):
        codes.setdefault(path, []).append(code)
    return {path: sorted(found) for path, found in codes.items()}


@pytest.fixture
def make(tmp_path: Path):
    def make(hook: str, *arguments: str) -> Repository:
        for name in ("repository", "home"):
            (tmp_path / name).mkdir()
        return Repository(tmp_path / "repository", tmp_path / "home", hook, *arguments)

    return make


def test_the_check_finds_the_planted_faults_and_only_those(make) -> None:
    repository = make("reportlint", "--output-format=concise")
    code, output = repository.run("--all-files")
    assert code == 1, output
    assert found(output) == PLANTED
    assert "files were modified" not in output
    assert repository.git("status", "--porcelain") == ""


def test_colour_and_width_of_the_terminal_that_hooks_get(make) -> None:
    """pre-commit gives its hooks a terminal without a size, and keeps all that they print."""
    repository = make("reportlint")
    code, output = repository.run("--all-files", "--color=always")
    assert code == 1
    assert "\x1b[" in output
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    assert "\x1b" not in plain
    assert "\r" not in plain
    assert max(map(len, plain.split("\n"))) <= 100


def test_many_drafts_show_no_progress_in_that_terminal(make) -> None:
    repository = make("reportlint", "--output-format=concise")
    for number in range(60):
        (repository.folder / f"{number}.txt").write_bytes(DRAFTS["clean.txt"])
    repository.commit("more")
    code, output = repository.run("--all-files", "--color=always")
    assert code == 1
    assert set(re.findall(r"\x1b.[0-9;?]*[a-zA-Z]", output)) == set(
        re.findall(r"\x1b\[[0-9;]*m", output)
    )


def test_fixing_changes_the_files_and_is_done_the_second_time(make) -> None:
    repository = make("reportlint-fix", "--output-format=concise")
    code, output = repository.run("--all-files")
    assert code == 1
    assert "files were modified by this hook" in output
    # What only a person can mend is still there, and said.
    left = {"文稿/总结.txt": ["PH001"], "报告.docx": ["PH001"]}
    assert found(output) == left
    changed = (
        repository.git("-c", "core.quotePath=false", "diff", "--name-only").strip().split("\n")
    )
    assert sorted(changed) == sorted(PLANTED)
    gb = (repository.folder / "文稿/旧稿 2.TXT").read_bytes()
    assert gb == DRAFTS["文稿/旧稿 2.TXT"].replace(TAG.encode(), b"")
    repository.commit("fixed")
    code, output = repository.run("--all-files")
    assert code == 1
    assert "files were modified" not in output
    assert found(output) == left
    for name in left:
        if name.endswith(".txt"):
            path = repository.folder / name
            path.write_text(path.read_text(encoding="utf-8").replace("XX", "30"), encoding="utf-8")
        else:
            (repository.folder / name).unlink()
    repository.commit("filled in")
    code, output = repository.run("--all-files")
    assert code == 0, output


def test_a_commit_of_excluded_drafts_alone_passes(make) -> None:
    repository = make("reportlint")
    code, output = repository.run("--files", "归档/旧稿.txt")
    assert code == 0, output


def test_a_file_that_cannot_be_read_fails_the_hook(make) -> None:
    repository = make("reportlint", "--exit-zero")
    assert repository.run("--all-files")[0] == 0
    (repository.folder / "坏.docx").write_bytes(b"PK\x03\x04")
    repository.commit("broken")
    code, output = repository.run("--all-files")
    assert code == 1
    assert "exit code: 2" in output


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_hooks_take_every_file_that_can_be_read_and_no_other(hook: dict[str, object]) -> None:
    pattern = re.compile(str(hook["files"]))
    # To read PDF files takes an extra, and a repository has them as products.
    suffixes = set(readers.FORMATS) - {".pdf"}
    for suffix in suffixes:
        assert pattern.search(f"文稿{suffix}")
        assert pattern.search(f"a/文稿{suffix.upper()}")
    alternatives = re.search(r"\((?!\?)(.*)\)", str(hook["files"]))
    assert alternatives is not None
    assert {f".{one}" for one in alternatives[1].split("|")} == suffixes
    for name in ("a.py", "a.txt.reportlint.toml", "a.docx~", "txt", "a.pdf"):
        assert not pattern.search(name)


def test_the_hooks_are_two() -> None:
    assert [hook["id"] for hook in HOOKS] == ["reportlint", "reportlint-fix"]
    check, fix = HOOKS
    assert fix["entry"] == check["entry"].replace("check", "check --fix")
