"""What ``reportlint check`` prints and writes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reportlint import files, readers, reporters
from tests.cli.conftest import CLEAN, FAULTY, Call, Run

FIXED = FAULTY.replace("##paidbegin##", "")


def keyed(text: str) -> list[str]:
    """Return the codes of a concise report."""
    return [line.split()[2] for line in text.split("\n") if line.count(":") > 2]


class TestChoosing:
    def test_rules(self, call: Call) -> None:
        out = call("check", "--output-format", "concise", "--select", "PH", "faulty.txt").out
        assert keyed(out) == ["PH001"]
        out = call("check", "--output-format", "concise", "--ignore", "PH,SC", "faulty.txt").out
        assert keyed(out) == ["PW001"]

    def test_kind(self, call: Call) -> None:
        done = call("check", "--kind", "述职报告", "--output-format", "json", "clean.txt")
        assert json.loads(done.out)["files"][0]["kind"] == "述职报告"
        assert call("check", "--kind", "述职报", "clean.txt").code == 2

    def test_show_files_checks_nothing(self, call: Call) -> None:
        assert call("check", "--show-files") == (0, "clean.txt\nfaulty.txt\n", "")

    def test_show_files_with_one_that_is_missing(self, call: Call) -> None:
        done = call("check", "--show-files", "clean.txt", "missing.txt")
        assert (done.code, done.out) == (2, "clean.txt\n")
        assert "missing.txt" in done.err

    def test_show_settings_says_where_they_come_from(self, call: Call, folder: Path) -> None:
        (folder / "reportlint.toml").write_text('fail-on = "warning"\n')
        done = call("check", "--show-settings")
        assert done.code == 0
        assert 'fail-on = "warning"  # reportlint.toml:1' in done.out

    def test_nearest_configuration_of_each_file(self, call: Call, folder: Path) -> None:
        (folder / "sub").mkdir()
        (folder / "sub" / "faulty.txt").write_text(FAULTY, encoding="utf-8")
        (folder / "sub" / "reportlint.toml").write_text('select = ["PH"]\n')
        out = call("check", "--output-format", "concise", "--select", "PH,PW").out
        assert keyed(out) == ["PH001", "PW001", "PH001", "PW001"]
        out = call("check", "--output-format", "concise", "--ignore", "SC").out
        assert keyed(out) == ["PH001", "PW001", "PH001"]

    def test_isolated(self, call: Call, folder: Path) -> None:
        (folder / "reportlint.toml").write_text("nonsense\n")
        assert call("check", "clean.txt").code == 2
        assert call("check", "--isolated", "clean.txt").code == 0

    def test_an_excluded_file_that_is_named(self, call: Call, folder: Path) -> None:
        (folder / "reportlint.toml").write_text('exclude = ["faulty.txt"]\n')
        assert call("check", "faulty.txt").code == 1
        done = call("check", "--force-exclude", "faulty.txt")
        assert (done.code, done.out) == (0, "")
        assert done.err.startswith("reportlint: 警告：")


class TestOutput:
    def test_to_a_file(self, call: Call, folder: Path) -> None:
        done = call("check", "--output-format", "json", "--output-file", "out.json", "faulty.txt")
        assert (done.code, done.out) == (1, "")
        report = json.loads((folder / "out.json").read_text(encoding="utf-8"))
        assert report["summary"]["files"] == 1

    def test_to_a_file_that_cannot_be_written(self, call: Call) -> None:
        done = call("check", "--output-file", "no/such/folder", "faulty.txt")
        assert done.code == 2
        assert "no/such/folder" in done.err

    def test_a_file_has_no_colours_unless_asked_for(self, call: Call, folder: Path) -> None:
        for when, coloured in (("auto", False), ("always", True)):
            call("check", "--color", when, "--output-file", "out.txt", "faulty.txt")
            assert ("\x1b[" in (folder / "out.txt").read_text(encoding="utf-8")) is coloured

    @pytest.mark.parametrize(
        ("argv", "environ", "coloured"),
        [
            ([], {}, False),
            ([], {"FORCE_COLOR": "1"}, True),
            ([], {"FORCE_COLOR": "0"}, False),
            ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
            (["--color", "always"], {"NO_COLOR": "1"}, True),
            (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ],
    )
    def test_colour(
        self,
        call: Call,
        monkeypatch: pytest.MonkeyPatch,
        argv: list[str],
        environ: dict[str, str],
        coloured: bool,
    ) -> None:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert ("\x1b[" in call("check", *argv, "faulty.txt").out) is coloured

    def test_the_width_is_that_of_the_terminal_up_to_a_limit(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        outputs = []
        for columns in ("40", "100", "1000", "x"):
            monkeypatch.setenv("COLUMNS", columns)
            outputs.append(call("check", "faulty.txt").out)
        narrow, limit, wide, none = outputs
        assert narrow != limit
        assert limit == wide == none

    def test_quiet(self, call: Call) -> None:
        loud = call("check", "--output-format", "concise", "faulty.txt").out
        quiet = call("check", "-q", "--output-format", "concise", "faulty.txt").out
        assert loud.startswith(quiet)
        assert keyed(quiet) == keyed(loud)
        assert call("check", "-q", "--output-format", "concise", "clean.txt").out == ""
        assert json.loads(call("check", "-q", "--output-format", "json", "clean.txt").out)

    def test_statistics(self, call: Call) -> None:
        done = call("check", "--statistics", "faulty.txt")
        assert done.code == 1
        assert "PW001" in done.out
        assert "faulty.txt" not in done.out
        rows = json.loads(call("check", "--statistics", "--output-format", "json").out)
        assert {"code": "PW001", "name": "paid-content-tag", "count": 1, "fixable": 1} in rows
        lines = call("check", "--statistics", "--output-format", "jsonl").out.split("\n")
        assert [json.loads(line) for line in lines if line] == rows

    def test_redacted(self, call: Call) -> None:
        for form in reporters.NAMES:
            out = call("check", "--redact", "--output-format", form, "faulty.txt").out
            assert "PH001" in out or form == "summary"
            # The page of a rule, which some formats hold, has words of its own.
            assert "接待群众" not in out
            assert "动基层工作" not in out

    def test_a_configuration_that_redacts_redacts_the_report(
        self, call: Call, folder: Path
    ) -> None:
        (folder / "secret").mkdir()
        (folder / "secret" / "faulty.txt").write_text(FAULTY, encoding="utf-8")
        (folder / "secret" / "reportlint.toml").write_text("redact = true\n")
        assert "接待" in call("check", "faulty.txt").out
        assert "接待" not in call("check").out

    def test_languages(self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        argv = ("check", "--output-format", "concise", "faulty.txt")
        assert "没有填写" in call(*argv).out
        monkeypatch.setenv("LANG", "en_GB.UTF-8")
        assert "没有填写" not in call(*argv).out
        (folder / "reportlint.toml").write_text('lang = "zh"\n')
        assert "没有填写" in call(*argv).out
        assert "没有填写" not in call(*argv, "--lang", "en").out
        assert "reportlint: 错误：" in call("check", "missing.txt").err
        assert "reportlint: error: " in call("check", "--lang=en", "missing.txt").err

    def test_a_locale_without_chinese_changes_no_byte(self, run: Run) -> None:
        plain = run("check", "faulty.txt")
        other = run("check", "faulty.txt", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
        assert plain.stdout == other.stdout
        assert "没有填写" in plain.stdout

    def test_several_processes_print_what_one_prints(self, run: Run, folder: Path) -> None:
        for number in range(7):
            (folder / f"{number}.txt").write_text(FAULTY * number, encoding="utf-8")
        for form in ("full", "json", "jsonl"):
            one = run("check", "--jobs", "1", "--output-format", form)
            three = run("check", "--jobs", "3", "--output-format", form)
            assert (one.returncode, one.stdout) == (three.returncode, three.stdout)


class TestThreshold:
    @pytest.fixture(autouse=True)
    def warning_only(self, folder: Path) -> None:
        (folder / "reportlint.toml").write_text(
            'select = ["PH001"]\n[severity]\nPH001 = "warning"\n'
        )

    @pytest.mark.parametrize(
        ("code", "argv"),
        [
            (0, []),
            (1, ["--fail-on", "warning"]),
            (1, ["--fail-on", "info"]),
            (0, ["--max-warnings", "1"]),
            (1, ["--max-warnings", "0"]),
            (0, ["--max-warnings", "0", "--exit-zero"]),
        ],
    )
    def test_exit_code(self, call: Call, code: int, argv: list[str]) -> None:
        assert call("check", *argv, "faulty.txt").code == code

    def test_too_many_warnings_are_said(self, call: Call) -> None:
        assert "--max-warnings 0" in call("check", "--max-warnings", "0", "faulty.txt").err


class TestFixing:
    def test_fix_writes_and_reports_what_is_left(self, call: Call, folder: Path) -> None:
        done = call("check", "--fix", "--output-format", "concise")
        assert done.code == 1
        assert (folder / "faulty.txt").read_text(encoding="utf-8") == FIXED
        assert (folder / "clean.txt").read_text(encoding="utf-8") == CLEAN
        assert "PW001" not in keyed(done.out)
        assert "已修复 1 处" in done.out

    def test_fix_keeps_encoding_line_ends_and_mark(self, call: Call, folder: Path) -> None:
        for encoding, mark in (("utf-8-sig", b""), ("gb18030", b""), ("utf-16-le", b"\xff\xfe")):
            for end in ("\r\n", "\r", "\n"):
                text = FAULTY.replace("\n", end)
                (folder / "faulty.txt").write_bytes(mark + text.encode(encoding))
                call("check", "--fix", "faulty.txt")
                fixed = mark + text.replace("##paidbegin##", "").encode(encoding)
                assert (folder / "faulty.txt").read_bytes() == fixed

    def test_fix_changes_nothing_else(self, call: Call, folder: Path) -> None:
        before = (folder / "clean.txt").stat()
        call("check", "--fix", "clean.txt")
        after = (folder / "clean.txt").stat()
        assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
        assert sorted(path.name for path in folder.iterdir()) == ["clean.txt", "faulty.txt"]

    def test_unsafe_fixes_only_when_asked_for(self, call: Call, folder: Path) -> None:
        text = "一、甲工作\n\n内容。\n\n三、乙工作\n\n内容。\n"
        (folder / "faulty.txt").write_text(text, encoding="utf-8")
        call("check", "--fix", "faulty.txt")
        assert (folder / "faulty.txt").read_text(encoding="utf-8") == text
        call("check", "--fix", "--unsafe-fixes", "faulty.txt")
        assert (folder / "faulty.txt").read_text(encoding="utf-8") == text.replace("三、", "二、")

    def test_a_file_that_cannot_be_written(
        self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: str, data: bytes) -> None:
            raise files.ReplaceError(path, "磁盘已满", "disk full")

        monkeypatch.setattr(files, "replace", refuse)
        done = call("check", "--fix", "--output-format", "concise", "faulty.txt")
        assert done.code == 2
        assert done.err == "reportlint: 错误：faulty.txt: 无法写入：磁盘已满\n"
        assert "PW001" in keyed(done.out)
        assert "已修复" not in done.out

    def test_a_fix_that_makes_a_file_unreadable_is_not_written(
        self, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(readers, "write", lambda *_: b"\0\0")
        done = call("check", "--fix", "faulty.txt")
        assert done.code == 2
        assert "faulty.txt" in done.err
        assert (folder / "faulty.txt").read_text(encoding="utf-8") == FAULTY

    def test_diff_writes_nothing(self, call: Call, folder: Path) -> None:
        done = call("check", "--fix", "--diff", "--output-format", "json")
        assert done.code == 1
        assert done.out.startswith("--- faulty.txt\n+++ faulty.txt\n@@ ")
        assert "\n-全年接待群众XX人次，扎实推##paidbegin##动基层工作。\n" in done.out
        assert "\n+全年接待群众XX人次，扎实推动基层工作。\n" in done.out
        assert "可修复 1 处" in done.err
        assert (folder / "faulty.txt").read_text(encoding="utf-8") == FAULTY
        assert call("check", "--diff", "--exit-zero").code == 0

    def test_diff_without_difference(self, call: Call) -> None:
        assert call("check", "--diff", "-q", "clean.txt") == (0, "", "")

    def test_diff_tells_of_files_that_cannot_be_read(self, call: Call, folder: Path) -> None:
        (folder / "nul.txt").write_bytes(b"\0\0\0")
        done = call("check", "--diff", "--exit-zero")
        assert done.code == 2
        assert "nul.txt" in done.err

    def test_diff_shows_text_and_cannot_be_redacted(self, call: Call, folder: Path) -> None:
        done = call("check", "--diff", "--redact")
        assert (done.code, done.out) == (2, "")
        (folder / "sub").mkdir()
        (folder / "sub" / "reportlint.toml").write_text("redact = true\n")
        (folder / "sub" / "faulty.txt").write_text(FAULTY, encoding="utf-8")
        done = call("check", "--diff")
        assert (done.code, done.out) == (2, "")


class TestStandardInput:
    def test_is_checked_as_text(self, run: Run) -> None:
        done = run("check", "-", "--output-format", "json", stdin=FAULTY.encode())
        assert done.returncode == 1
        report: Any = json.loads(done.stdout)
        assert (report["files"][0]["path"], report["files"][0]["format"]) == ("-", "text")

    def test_its_name_decides_format_and_configuration(self, run: Run, folder: Path) -> None:
        (folder / "sub").mkdir()
        (folder / "sub" / "reportlint.toml").write_text('select = ["PH"]\n')
        name = "sub/x.md"
        argv = ("check", "-", "--stdin-filename", name, "--output-format", "json")
        report: Any = json.loads(run(*argv, stdin=FAULTY.encode()).stdout)
        assert (report["files"][0]["path"], report["files"][0]["format"]) == (name, "markdown")
        assert [finding["code"] for finding in report["findings"]] == ["PH001"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_fix_prints_the_draft_and_reports_beside(self, folder: Path, encoding: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", "--fix", "-"],
            input=FAULTY.replace("\n", "\r\n").encode(encoding),
            capture_output=True,
            timeout=60,
        )
        assert done.stdout == FIXED.replace("\n", "\r\n").encode(encoding)
        assert b"PH001" in done.stderr

    def test_ctrl_c(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        class Waiting:
            @property
            def buffer(self) -> Any:
                raise KeyboardInterrupt

        monkeypatch.setattr(sys, "stdin", Waiting())
        assert call("check", "-") == (130, "", "")

    def test_fix_passes_on_what_has_nothing_to_fix(self, run: Run) -> None:
        done = run("check", "--fix", "-", stdin=CLEAN.encode())
        assert (done.returncode, done.stdout) == (0, CLEAN)

    def test_fix_passes_on_what_cannot_be_fixed(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(readers, "write", lambda *_: b"\0\0")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FAULTY.encode())))
        done = call("check", "--fix", "-")
        assert (done.code, done.out) == (2, FAULTY)

    def test_an_excluded_name_is_passed_on(self, run: Run, folder: Path) -> None:
        (folder / "reportlint.toml").write_text('force-exclude = true\nexclude = ["x.txt"]\n')
        argv = ("check", "-", "--stdin-filename", "x.txt")
        done = run(*argv, stdin=FAULTY.encode())
        assert (done.returncode, done.stdout) == (0, "")
        done = run(*argv, "--fix", stdin=FAULTY.encode())
        assert (done.returncode, done.stdout) == (0, FAULTY)

    def test_diff(self, run: Run) -> None:
        done = run("check", "--diff", "-", stdin=FAULTY.encode())
        assert done.returncode == 1
        assert done.stdout.startswith("--- -\n")

    @pytest.mark.parametrize("argv", [["-", "clean.txt"], ["clean.txt", "--stdin-filename", "x"]])
    def test_contradictions(self, call: Call, argv: list[str]) -> None:
        assert call("check", *argv).code == 2
