"""Suppressions, baselines and revisions from the command line, with real files and a real git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from reportlint.cli import terminal
from tests.cli.conftest import Call, Run
from tests.readers.docx.wordfile import p, word

SLOT = "全年接待群众XX人次，扎实推动基层工作。\n"
COMMENT = "<!-- reportlint: ignore[PH001] 待批复 -->\n\n"


@pytest.fixture
def folder(folder: Path) -> Path:
    for draft in ("faulty.txt", "clean.txt"):
        (folder / draft).unlink()
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false"]
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, timeout=60
    )


@pytest.fixture
def repository(folder: Path) -> Path:
    git(folder, "init", "-q")
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")


def found(call: Call, *argv: str) -> list[str]:
    """Path, line and code of what is reported."""
    out = call("check", "--output-format", "jsonl", *argv).out
    rows = [json.loads(line) for line in out.split("\n") if line]
    return [
        f"{row['path']}:{row['start']['line']}:{row['code']}"
        for row in rows
        if row["suppressed"] is None
    ]


class TestCheck:
    """Comments, sidecar files and entries of the configuration in a run."""

    def test_the_closing_line_counts_them(self, folder: Path, call: Call) -> None:
        write(folder / "a.md", COMMENT + SLOT)
        write(folder / "b.txt", SLOT * 2)
        write(folder / "b.txt.reportlint.toml", '[[suppress]]\ncode = "PH001"\n')
        write(
            folder / "reportlint.toml",
            '[[suppress]]\npath = "c.txt"\ncode = "letter-slot"\ntext = "XX人次"\nreason = "甲"\n',
        )
        write(folder / "c.txt", SLOT)
        done = call("check", "--output-format", "concise")
        assert done.code == 0
        assert "已忽略 4 处（注释 1、旁注文件 2、配置 1）" in done.out
        english = call("check", "--output-format", "concise", "--lang", "en")
        assert "4 suppressed (comments 1, sidecar 2, config 1)" in english.out
        assert "已忽略 4 处" in call("check", "--statistics").out
        assert "已忽略 4 处" in call("check").out
        report = json.loads(call("check", "--output-format", "json").out)
        assert report["summary"]["suppressed"] == 4
        assert {f["suppressed"]["kind"] for f in report["findings"]} == {
            "inline", "sidecar", "config",
        }  # fmt: skip

    def test_comments_need_not_count(self, folder: Path, call: Call) -> None:
        write(folder / "a.md", COMMENT + SLOT)
        done = call("check", "--no-inline-suppressions", "--output-format", "concise")
        assert done.code == 1
        assert "注释要忽略的 1 处照样报告" in done.out

    def test_a_broken_sidecar_is_exit_2_and_the_others_are_checked(
        self, folder: Path, call: Call
    ) -> None:
        write(folder / "a.txt", "推##paidbegin##动。\n")
        write(folder / "b.txt", SLOT)
        write(folder / "a.txt.reportlint.toml", '[[suppress]]\ncode = "PW001"\n\nx = 1\n')
        for argv in ((), ("--fix",), ("--jobs", "2")):
            done = call("check", "--output-format", "concise", *argv)
            assert done.code == 2
            assert "a.txt.reportlint.toml:4: [[suppress]] 有未知的键“x”" in done.err
            assert "a.txt:1:2: error PW001" in done.out
            assert "b.txt:1:7: error PH001" in done.out
        assert (folder / "a.txt").read_text(encoding="utf-8") == "推##paidbegin##动。\n"

    def test_sidecars_are_no_drafts(self, folder: Path, call: Call) -> None:
        write(folder / "a.txt", SLOT)
        write(folder / "a.txt.reportlint.toml", '[[suppress]]\ncode = "PH001"\n')
        assert call("check", "--show-files").out == "a.txt\n"
        write(folder / "reportlint.toml", 'include = ["*"]\nexclude = ["reportlint.toml"]\n')
        assert call("check", "--show-files").out == "a.txt\n"
        done = call("check", "a.txt.reportlint.toml")
        assert (done.code, "旁注文件" in done.err) == (2, True)
        assert call("check", "--force-exclude", "a.txt.reportlint.toml").code == 0

    def test_entries_expire(self, folder: Path, call: Call) -> None:
        write(folder / "a.txt", SLOT)
        entry = '[[suppress]]\ncode = "PH001"\nexpires = {}\n'
        write(folder / "a.txt.reportlint.toml", entry.format("2999-12-31"))
        assert found(call) == []
        write(folder / "a.txt.reportlint.toml", entry.format("2001-01-01"))
        assert found(call) == ["a.txt:1:RL009", "a.txt:1:PH001"]

    def test_a_reason_can_be_made_obligatory(self, folder: Path, call: Call) -> None:
        write(folder / "reportlint.toml", 'require-suppression-reason = true\nselect = ["PH"]\n')
        write(folder / "a.md", COMMENT.replace(" 待批复", "") + SLOT)
        assert found(call) == ["a.md:1:RL008"]
        assert call("check").code == 1

    def test_entries_of_the_configuration(self, folder: Path, call: Call) -> None:
        write(folder / "drafts/a.txt", SLOT)
        write(folder / "drafts/b.txt", "文字。\n")
        entry = '[[suppress]]\npath = "{}"\ncode = "PH001"\n'
        # What is made for one file is said to be of no use there; what is made for many is not.
        for path, expected in (
            ("drafts/*.txt", []),
            ("drafts/", []),
            ("drafts/a.txt", []),
            ("drafts/b.txt", ["drafts/a.txt:1:PH001", "drafts/b.txt:1:RL005"]),
            ("other/", ["drafts/a.txt:1:PH001"]),
        ):
            write(folder / "reportlint.toml", entry.format(path))
            assert found(call) == expected, path

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[[suppress]]\ncode = "PH9"', "reportlint.toml:2: 没有规则“PH9”"),
            ('[[suppress]]\ncode = "RL001"', "reportlint.toml:2: RL001 报告没有查完的文件"),
            ('[[suppress]]\ntext = "x"', "reportlint.toml:1: [[suppress]] 缺少 code"),
            (
                '[[ignore]]\ncode = "PH001"',
                "reportlint.toml:1: ignore 应为规则代码的数组；要忽略某一处",
            ),
            ("baseline = 1", "reportlint.toml:1: baseline 应为非空字符串"),
            ('baseline = "x.json"', "x.json: 没有这个基线文件"),
        ],
    )
    def test_mistakes_in_the_configuration(
        self, folder: Path, call: Call, text: str, said: str
    ) -> None:
        write(folder / "a.txt", SLOT)
        write(folder / "reportlint.toml", text)
        done = call("check")
        assert done.code == 2
        assert said in done.err

    def test_standard_input_has_a_sidecar_by_its_name(self, folder: Path, run: Run) -> None:
        write(folder / "a.txt.reportlint.toml", '[[suppress]]\ncode = "PH001"\n')
        assert run("check", "-", "--stdin-filename", "a.txt", stdin=SLOT.encode()).returncode == 0
        assert run("check", "-", stdin=SLOT.encode()).returncode == 1


class TestIgnore:
    """``reportlint ignore`` writes the form that the file has."""

    def test_markdown(self, folder: Path, call: Call) -> None:
        draft = write(folder / "a.md", f"# 总结\r\n\r\n{SLOT.strip()}\r\n")
        done = call("ignore", "PH001", "a.md:3", "--reason", "待 批复")
        assert (done.code, done.out) == (0, "已忽略 PH001（1 处），写入 a.md\n")
        assert draft.read_bytes().decode() == (
            f"# 总结\r\n\r\n<!-- reportlint: ignore[PH001] 待 批复 -->\r\n{SLOT.strip()}\r\n"
        )
        assert found(call, "--select", "PH,RL") == []
        before = draft.read_bytes()
        again = call("ignore", "letter-slot", "a.md:4")
        assert (again.code, again.out) == (0, "PH001 在此处已经忽略\n")
        assert draft.read_bytes() == before

    @pytest.mark.parametrize(
        ("text", "line", "expected"),
        [
            ("- 接待XX人次。\n- 培训3人。\n", 1, "- 接待XX人次。 {}\n- 培训3人。\n"),
            ("> 接待XX人次。\n", 1, "> 接待XX人次。 {}\n"),
            ("一行。\n接待XX人次。\n", 2, "一行。\n接待XX人次。 {}\n"),
            (
                "| 甲 | 乙 |\n|---|---|\n| XX人 | 3 |\n",
                3,
                "| 甲 | 乙 |\n|---|---|\n| XX人 {} | 3 |\n",
            ),
            ("文。\n\n## 接待XX人次\n", 3, "文。\n\n{}\n## 接待XX人次\n"),
            ("接待XX人次。", 1, "{}\n接待XX人次。"),
        ],
    )
    def test_no_block_is_cut_in_two(
        self, folder: Path, call: Call, text: str, line: int, expected: str
    ) -> None:
        draft = write(folder / "a.md", text)
        assert call("ignore", "PH001", f"a.md:{line}").code == 0
        comment = "<!-- reportlint: ignore[PH001] -->"
        assert draft.read_text(encoding="utf-8") == expected.format(comment)
        assert found(call, "--select", "PH,RL") == []

    def test_what_is_missing_is_ignored_for_the_whole_file(self, folder: Path, call: Call) -> None:
        draft = write(
            folder / "a.md", "# 2024年度述职报告\n\n一、主要工作\n\n修路3公里，全部验收。\n"
        )
        place = found(call)[0].rsplit(":", 1)[0]
        assert call("ignore", "SC001", place, "--reason", "另文报告").code == 0
        assert draft.read_text(encoding="utf-8").endswith(
            "验收。\n\n<!-- reportlint: ignore-file[SC001] 另文报告 -->\n"
        )
        assert found(call) == []

    @pytest.mark.parametrize("name", ["a.txt", "a.docx"])
    def test_others_have_a_sidecar(self, folder: Path, call: Call, name: str) -> None:
        lines = ["组织XX名民兵参加训练。", "组织XX名干部参加训练。"]
        if name == "a.docx":
            (folder / name).write_bytes(word("".join(map(p, lines))))
        else:
            write(folder / name, "\n".join(lines))
        before = (folder / name).read_bytes()
        old = "# 旁注\n[[suppress]]\ncode = 'SC'\n\n"
        beside = write(folder / f"{name}.reportlint.toml", old)
        done = call("ignore", "PH001", f"{name}:2:3", "--reason", "待“批”复")
        assert (done.code, done.out) == (0, f"已忽略 PH001（1 处），写入 {name}.reportlint.toml\n")
        assert beside.read_text(encoding="utf-8") == old + (
            '\n[[suppress]]\ncode = "PH001"\ntext = "XX"\nprefix = "组织"\nsuffix = "名干"\n'
            'reason = "待“批”复"\n'
        )
        assert (folder / name).read_bytes() == before
        assert found(call, "--select", "PH") == [f"{name}:1:PH001"]
        content = beside.read_bytes()
        assert "已经忽略" in call("ignore", "PH001", f"{name}:2").out
        assert beside.read_bytes() == content

    def test_a_reason_that_would_end_the_comment_goes_beside(
        self, folder: Path, call: Call
    ) -> None:
        draft = write(folder / "a.md", SLOT)
        assert call("ignore", "PH001", "a.md:1", "--reason", "见 --> 附件").code == 0
        assert draft.read_text(encoding="utf-8") == SLOT
        assert (folder / "a.md.reportlint.toml").exists()
        assert found(call) == []

    def test_the_encoding_stays(self, folder: Path, call: Call) -> None:
        (folder / "a.md").write_bytes(SLOT.encode("gb18030"))
        assert call("ignore", "PH001", "a.md:1", "--reason", "待批复").code == 0
        assert (folder / "a.md").read_bytes().decode("gb18030").endswith(f"待批复 -->\n{SLOT}")

    @pytest.mark.parametrize(
        ("argv", "said"),
        [
            (("PH001", "a.md:2"), "a.md:2 没有 PH001；此处没有问题"),
            (("PW001", "a.md:1"), "a.md:1 没有 PW001；此处有 PH001:7（代码:列）"),
            (("PH001", "a.md:1:1"), "a.md:1 没有 PH001"),
            (("PH001", "a.md"), "“a.md”应写作 文件:行"),
            (("PH001", "b.md:1"), "“b.md”无法读取"),
            (("PH9", "a.md:1"), "没有规则“PH9”"),
            (("RL005", "a.md:1"), "RL005 说的是 reportlint 自身的工作"),
        ],
    )
    def test_mistakes(self, folder: Path, call: Call, argv: tuple[str, ...], said: str) -> None:
        write(folder / "a.md", SLOT)
        done = call("ignore", *argv)
        assert done.code == 2
        assert said in done.err
        assert (folder / "a.md").read_text(encoding="utf-8") == SLOT

    def test_the_reason_may_be_asked_for(self, folder: Path, call: Call) -> None:
        write(folder / "a.md", SLOT)
        write(folder / "reportlint.toml", "require-suppression-reason = true\n")
        done = call("ignore", "PH001", "a.md:1")
        assert (done.code, "--reason" in done.err) == (2, True)
        assert call("ignore", "PH001", "a.md:1", "--reason", "甲").code == 0

    def test_a_broken_sidecar_is_left_alone(self, folder: Path, call: Call) -> None:
        write(folder / "a.txt", SLOT)
        beside = write(folder / "a.txt.reportlint.toml", "x\n")
        done = call("ignore", "PH001", "a.txt:1")
        assert (done.code, "a.txt.reportlint.toml:1: " in done.err) == (2, True)
        assert beside.read_text() == "x\n"


DRAFT = """2024年度工作总结

一、主要工作

（一）全年接待群众XX人次，办结信访事项XX件。

（二）组织XX名民兵参加训练，扎实推##paidbegin##动基层工作。

二、存在问题

培训覆盖面不够，全年只办了2期，部分台账记录不全，已逐项登记。

三、下一步打算

明年一季度补办3期培训，6月底前补齐台账。
"""


class TestBaseline:
    """``reportlint baseline`` and ``check --baseline``."""

    BASE = ("--baseline", "base.json")

    def made(self, folder: Path, call: Call) -> Path:
        draft = write(folder / "drafts/a.txt", DRAFT)
        done = call("baseline", "create", *self.BASE)
        assert (done.code, done.out) == (0, "已写入 base.json：1 份文稿，4 处问题\n")
        assert found(call, *self.BASE) == []
        return draft

    def test_the_second_bar(self, repository: Path, call: Call) -> None:
        draft = self.made(repository, call)
        commit(repository)
        write(draft, DRAFT.replace("（一）", "本年度认真履行职责，现将情况汇报如下。\n\n（一）"))
        assert call("check", *self.BASE).code == 0
        write(draft, DRAFT.replace("\n", "\r\n"))
        assert call("check", *self.BASE).code == 0
        write(draft, DRAFT.replace("接待群众XX人次", "接待群众十二人次"))
        done = call("check", *self.BASE, "--output-format", "concise")
        assert done.code == 1
        assert "drafts/a.txt:1:1: warning RL010" in done.out
        assert "请运行 reportlint baseline prune" in done.out
        assert "PH001" not in done.out
        assert call("baseline", "prune", *self.BASE).out.startswith("删去 1 处")
        assert call("check", *self.BASE).code == 0

        write(draft, DRAFT)
        assert call("baseline", "create", "--update", *self.BASE).code == 0
        git(repository, "mv", "drafts/a.txt", "工作总结.txt")
        moved = call("check", *self.BASE, "--output-format", "concise")
        assert moved.code == 0
        assert "工作总结.txt 按基线中 drafts/a.txt 的记录对照" in moved.err
        assert "1 份文稿改了路径" in call("baseline", "prune", *self.BASE).out
        assert call("check", *self.BASE).err == ""
        assert list(json.loads((repository / "base.json").read_text())["files"]) == ["工作总结.txt"]

    def test_a_new_fault_is_reported_and_exit_zero_counts(self, folder: Path, call: Call) -> None:
        draft = self.made(folder, call)
        write(draft, DRAFT.replace("补办3期", "补办XX期"))
        assert found(call, *self.BASE) == ["drafts/a.txt:15:PH001"]
        write(draft, "文字。\n")
        assert call("check", *self.BASE).code == 1
        assert call("check", *self.BASE, "--exit-zero").code == 0

    def test_drafts_that_are_gone(self, folder: Path, call: Call) -> None:
        draft = self.made(folder, call)
        write(folder / "drafts/b.txt", "文字。\n")
        draft.unlink()
        done = call("check", *self.BASE)
        assert done.code == 1
        assert "1 份文稿（4 处问题）已不存在：drafts/a.txt" in done.err
        # Whoever checks one file has not asked for the others.
        assert call("check", "drafts/b.txt", *self.BASE).code == 0
        assert call("baseline", "prune", "drafts/b.txt", *self.BASE).out.startswith(
            "base.json 没有"
        )
        assert call("baseline", "prune", *self.BASE).out.startswith("删去 4 处")
        assert call("check", *self.BASE).code == 0

    def test_an_old_one_is_only_replaced_when_asked_to(self, folder: Path, call: Call) -> None:
        draft = self.made(folder, call)
        before = (folder / "base.json").read_bytes()
        done = call("baseline", "create", *self.BASE)
        assert (done.code, "--update" in done.err) == (2, True)
        assert (folder / "base.json").read_bytes() == before
        write(folder / "drafts/b.txt", SLOT)
        assert call("baseline", "create", "--update", "drafts/b.txt", *self.BASE).code == 0
        files = json.loads((folder / "base.json").read_text())["files"]
        assert list(files) == ["drafts/a.txt", "drafts/b.txt"]
        draft.unlink()
        assert call("baseline", "create", "--update", "drafts/b.txt", *self.BASE).code == 0
        assert list(json.loads((folder / "base.json").read_text())["files"]) == ["drafts/b.txt"]

    def test_the_same_drafts_give_the_same_bytes(self, folder: Path, call: Call) -> None:
        self.made(folder, call)
        before = (folder / "base.json").read_bytes()
        for argv in (["."], ["drafts"], ["drafts/a.txt", "--jobs", "2"]):
            assert call("baseline", "create", "--update", *argv, *self.BASE).code == 0
            assert (folder / "base.json").read_bytes() == before

    def test_paths_are_relative_to_it(
        self, folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.made(folder, call)
        write(folder / "reportlint.toml", 'baseline = "base.json"\n')
        monkeypatch.chdir(folder / "drafts")
        assert found(call) == []
        assert call("baseline", "show").out.endswith("共 1 份文稿，4 处问题\n")
        assert call("baseline", "prune").out == "../base.json 没有可删的；有 4 处\n".replace(
            "../base.json", str(folder / "base.json")
        )

    def test_what_comments_silence_is_not_in_it(self, folder: Path, call: Call) -> None:
        write(folder / "a.md", COMMENT + SLOT)
        assert call("baseline", "create", *self.BASE).out.endswith("0 份文稿，0 处问题\n")
        counted = call("baseline", "create", "--update", "--no-inline-suppressions", *self.BASE)
        assert counted.out.endswith("1 份文稿，1 处问题\n")

    def test_nothing_is_lost_where_it_cannot_be_written(
        self, folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft = self.made(folder, call)
        before = (folder / "base.json").read_bytes()
        write(draft, "文字。\n")

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        for argv in (["create", "--update"], ["prune"]):
            done = call("baseline", *argv, *self.BASE)
            assert (done.code, "No space left" in done.err) == (2, True)
        assert sorted(os.listdir(folder)) == ["base.json", "drafts"]
        assert (folder / "base.json").read_bytes() == before

    def test_a_file_that_cannot_be_read_keeps_its_records(self, folder: Path, call: Call) -> None:
        draft = self.made(folder, call)
        write(folder / "drafts/b.txt", SLOT)
        draft.write_bytes(b"\0\0")
        for argv in (["create", "--update"], ["prune"]):
            done = call("baseline", *argv, *self.BASE)
            assert done.code == 2
            assert "drafts/a.txt: 无法读出文字" in done.err
            assert "drafts/a.txt" in json.loads((folder / "base.json").read_text())["files"]

    def test_show(self, folder: Path, call: Call) -> None:
        self.made(folder, call)
        done = call("baseline", "show", *self.BASE)
        assert done.code == 0
        assert "drafts/a.txt PW001 paid-content-tag ×1 ##paidbegin##\n" in done.out
        assert "##" not in call("baseline", "show", "--redact", *self.BASE).out
        assert call("baseline", "show", "drafts", *self.BASE).out == done.out
        assert call("baseline", "show", "other", *self.BASE).out == "共 0 份文稿，0 处问题\n"

    def test_it_can_be_without_text(self, folder: Path, call: Call) -> None:
        write(folder / "a.txt", DRAFT)
        assert call("baseline", "create", "--redact", *self.BASE).code == 0
        assert (folder / "base.json").read_bytes().isascii()
        assert found(call, *self.BASE) == []

    @pytest.mark.parametrize(
        ("argv", "said"),
        [
            (("create",), "没有指明基线文件"),
            (("prune", "--baseline", "none.json"), "none.json: 没有这个基线文件"),
            (("show", "--baseline", "a.txt"), "a.txt:1: 不是合法的 JSON"),
            (("create", "-", "--baseline", "x.json"), "标准输入"),
            (("create", "none", "--baseline", "x.json"), "没有文件或文件夹“none”"),
        ],
    )
    def test_mistakes(self, folder: Path, call: Call, argv: tuple[str, ...], said: str) -> None:
        write(folder / "a.txt", SLOT)
        done = call("baseline", *argv)
        assert done.code == 2
        assert said in done.err
        assert os.listdir(folder) == ["a.txt"]


class TestDiffBase:
    """``--diff-base``: only what stands in changed paragraphs."""

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx"])
    def test_changed_paragraphs(self, repository: Path, call: Call, name: str) -> None:
        def save(*lines: str) -> None:
            if name.endswith("docx"):
                (repository / name).write_bytes(word("".join(map(p, lines))))
            else:
                write(repository / name, "\n".join(lines) + "\n")

        save("甲镇修路XX公里。", "乙镇修路XX公里。")
        commit(repository)
        assert found(call, "--diff-base", "HEAD") == []
        save("新修XX公里。", "甲镇修路XX公里。", "乙镇修路XX公里，全部验收。")
        assert found(call, "--diff-base", "HEAD") == [f"{name}:1:PH001", f"{name}:3:PH001"]
        done = call("check", "--diff-base", "HEAD", "--output-format", "concise")
        assert (done.code, "另有 1 处在没有改动的段落里" in done.out) == (1, True)
        commit(repository)
        assert found(call, "--diff-base", "HEAD~1") == [f"{name}:1:PH001", f"{name}:3:PH001"]

    def test_new_files_count_wholly(self, repository: Path, call: Call) -> None:
        write(repository / "a.txt", SLOT)
        commit(repository)
        write(repository / "子 目录/[b].txt", SLOT)
        assert found(call, "--diff-base", "HEAD") == ["子 目录/[b].txt:1:PH001"]

    def test_from_another_folder_and_in_several_processes(
        self, repository: Path, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in "abc":
            write(repository / f"子/{name}.txt", SLOT)
        commit(repository)
        write(repository / "子/b.txt", SLOT + "补充XX条。\n")
        monkeypatch.chdir(repository / "子")
        monkeypatch.setenv("GIT_DIR", "nowhere")
        for argv in ((), ("--jobs", "2"), (str(repository),)):
            assert [x.split("/")[-1] for x in found(call, "--diff-base", "HEAD", *argv)] == [
                "b.txt:2:PH001"
            ]

    def test_only_changed_paragraphs_are_fixed(self, repository: Path, call: Call) -> None:
        draft = write(repository / "a.txt", "推##paidbegin##动。\n")
        commit(repository)
        write(draft, "推##paidbegin##动。\n推##paidbegin##进。\n")
        assert call("check", "--fix", "--diff-base", "HEAD").code == 0
        assert draft.read_text(encoding="utf-8") == "推##paidbegin##动。\n推进。\n"

    def test_unknown_revisions_and_folders_outside(
        self, folder: Path, call: Call, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        write(folder / "a.txt", SLOT)
        done = call("check", "--diff-base", "HEAD")
        assert (done.code, "不在 git 仓库的工作区里" in done.err) == (2, True)
        git(folder, "init", "-q")
        for name in ("HEAD", "none"):
            done = call("check", "--diff-base", name)
            assert (done.code, f"没有版本“{name}”" in done.err) == (2, True)
        done = call("check", "--diff-base=--all")
        assert (done.code, done.out) == (2, "")

    def test_without_git(self, folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        write(folder / "a.txt", SLOT)
        monkeypatch.setenv("PATH", str(folder))
        done = call("check", "--diff-base", "HEAD")
        assert (done.code, "需要 git" in done.err) == (2, True)


def test_help_names_the_new_commands(call: Call) -> None:
    for argv in (["ignore", "--help"], ["baseline", "--help"], ["baseline", "create", "-h"]):
        for lang in ("zh", "en"):
            assert call(*argv, *(["--lang", lang] if "baseline" not in argv else [])).code == 0
    assert terminal.spoken(["baseline", "prune", "--lang", "en"], {}) == "en"
