"""Which files are found, why others are not, and how a file is replaced."""

from __future__ import annotations

import inspect
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint import files, packs
from reportlint.config import Options, Resolver
from reportlint.errors import ConfigError, WriteError
from reportlint.files import discover, excluded, listing, nothing, replace


@pytest.fixture(autouse=True, scope="module")
def builtin():
    """Read the built-in packs once, not for every test."""
    ruleset = packs.builtin()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "builtin", lambda: ruleset)
        yield


@pytest.fixture
def folder(tmp_path):
    """Return a function that makes files and a resolver for their folder."""

    def make(*names, cwd="", configs=(), **options):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        for name, text in configs:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return Resolver(Options(**{"lang": "en", **options}), str(tmp_path / cwd))

    return make


class TestFolders:
    """What a folder gives."""

    def test_files_of_every_format_below_it_in_order(self, folder):
        resolver = folder(
            "b.txt", "a.md", "sub/z.docx", "sub.txt", "sub/deep/报告.TXT", "c.jpg", "d"
        )
        found = discover([], resolver)
        assert found.files == ("a.md", "b.txt", "sub/deep/报告.TXT", "sub/z.docx", "sub.txt")
        assert found.problems == ()
        assert found.passed == {("format", ".jpg"): 1, ("format", ""): 1}

    def test_names_of_paths_do_not_change_what_is_found(self, folder):
        resolver = folder("sub/a.txt", "b.txt")
        for paths in (
            ["."],
            ["./"],
            ["sub/..", "sub"],
            ["sub/a.txt", "b.txt"],
            [".", "sub", "b.txt"],
        ):
            assert discover(paths, resolver).files == ("b.txt", "sub/a.txt")

    def test_paths_below_the_current_folder_are_relative_others_whole(self, folder, tmp_path):
        resolver = folder("sub/a.txt", "b.txt", cwd="sub")
        assert discover(["..", "a.txt"], resolver).files == (f"{tmp_path}/b.txt", "a.txt")

    def test_folders_without_drafts_are_passed_over(self, folder):
        names = (
            ".git",
            "node_modules",
            "__pycache__",
            ".venv",
            "build",
            "dist",
            ".reportlint_cache",
        )
        resolver = folder(*(f"{name}/a.txt" for name in names), "ok/build.txt", ".hidden/a.txt")
        found = discover([], resolver)
        assert found.files == (".hidden/a.txt", "ok/build.txt")
        assert found.passed[("exclude", "node_modules")] == 1

    def test_files_that_editors_put_beside_drafts_are_passed_over(self, folder):
        names = ("~$报告.docx", ".~报告.docx", "._报告.docx", ".#a.md", ".~lock.报告.docx#")
        resolver = folder(*names, "报告.docx", ".报告.docx")
        found = discover([], resolver)
        assert found.files == (".报告.docx", "报告.docx")
        assert found.passed == {("temporary", ""): 5}
        assert discover(["~$报告.docx"], resolver).files == ("~$报告.docx",)

    def test_include_and_exclude(self, folder):
        text = 'include = ["*.log", "/in/"]\nexclude = ["x.log"]\nextend-exclude = ["old/", "!keep.log"]'
        names = ("a.log", "x.log", "b.txt", "in/c.txt", "in/deep/d.md", "sub/in/e.txt", "old/f.log")
        resolver = folder(*names, "build/g.log", configs=[("reportlint.toml", text)])
        found = discover([], resolver)
        assert found.files == ("a.log", "build/g.log", "in/c.txt", "in/deep/d.md")
        assert found.passed == {
            ("include", ""): 3,
            ("exclude", "reportlint.toml: x.log"): 1,
            ("exclude", "reportlint.toml: old/"): 1,
        }

    def test_what_is_excluded_can_be_taken_back(self, folder):
        text = 'extend-exclude = ["!build", "*.md", "!README.md"]'
        resolver = folder(
            "build/a.txt", "dist/a.txt", "a.md", "README.md", configs=[("reportlint.toml", text)]
        )
        assert discover([], resolver).files == ("README.md", "build/a.txt")

    def test_every_folder_has_its_own_configuration(self, folder):
        resolver = folder(
            "a.txt",
            "one/a.txt",
            "one/b.txt",
            "two/a.txt",
            configs=[
                ("reportlint.toml", 'exclude = ["a.txt"]'),
                ("one/reportlint.toml", 'exclude = ["b.txt"]'),
                ("two/reportlint.toml", 'exclude = ["a.txt"]'),
            ],
        )
        assert discover([], resolver).files == ("one/a.txt",)

    def test_a_broken_configuration_below_is_an_error(self, folder):
        resolver = folder("a.txt", configs=[("sub/reportlint.toml", "jobs = 0")])
        with pytest.raises(ConfigError, match=r"^sub/reportlint.toml:1: jobs must be"):
            discover([], resolver)

    def test_a_folder_that_cannot_be_listed_is_a_problem(self, folder, monkeypatch):
        listed = os.scandir

        def scandir(path):
            if path.endswith("sub/"):
                raise PermissionError(13, "Permission denied", path)
            return listed(path)

        resolver = folder("a.txt", "sub/b.txt")
        monkeypatch.setattr(os, "scandir", scandir)
        found = discover([], resolver)
        assert found.files == ("a.txt",)
        assert [str(problem) for problem in found.problems] == [
            "'sub/' cannot be read: Permission denied"
        ]

    def test_only_files_are_files(self, folder, tmp_path):
        resolver = folder("a.txt")
        os.mkfifo(tmp_path / "pipe.txt")
        (tmp_path / "dir.txt").mkdir()
        assert discover([], resolver).files == ("a.txt",)

    def test_deep_folders(self, folder):
        """Deeper than functions can be called within each other."""
        resolver = folder("/".join(["d"] * 200) + "/a.txt")
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(len(inspect.stack(0)) + 150)
        try:
            found = discover([], resolver)
        finally:
            sys.setrecursionlimit(limit)
        assert [path.count("/") for path in found.files] == [200]


class TestLinks:
    """A file is checked once, however it is reached."""

    def test_a_link_to_a_file_that_is_found_anyway(self, folder, tmp_path):
        resolver = folder("sub/b.txt")
        (tmp_path / "a.txt").symlink_to("sub/b.txt")
        assert discover([], resolver).files == ("sub/b.txt",)
        assert discover(["a.txt", "sub/b.txt"], resolver).files == ("sub/b.txt",)
        assert discover(["a.txt"], resolver).files == ("a.txt",)

    def test_a_link_to_a_file_elsewhere(self, folder, tmp_path):
        resolver = folder("here/b.txt", "there/a.txt", cwd="here")
        (tmp_path / "here/one.txt").symlink_to("../there/a.txt")
        (tmp_path / "here/two.txt").symlink_to("../there/a.txt")
        found = discover([], resolver).files
        assert len(found) == 2
        assert found[0] == "b.txt"
        assert found[1] in ("one.txt", "two.txt")

    def test_links_to_folders_are_not_followed_unless_named(self, folder, tmp_path):
        resolver = folder("sub/b.txt")
        (tmp_path / "loop").symlink_to(".")
        (tmp_path / "sub/up").symlink_to("..")
        assert discover([], resolver).files == ("sub/b.txt",)
        assert discover(["sub/up"], resolver).files == ("sub/up/sub/b.txt",)
        assert discover(["loop", "sub"], resolver).files == ("loop/sub/b.txt",)
        assert discover(["sub", "loop"], resolver).files == ("sub/b.txt",)

    def test_a_link_that_leads_nowhere(self, folder, tmp_path):
        resolver = folder("b.txt")
        (tmp_path / "a.txt").symlink_to("nowhere.txt")
        (tmp_path / "self.txt").symlink_to("self.txt")
        assert discover([], resolver).files == ("b.txt",)
        found = discover(["a.txt", "self.txt"], resolver)
        assert found.files == ()
        assert [str(problem) for problem in found.problems] == [
            "there is no file or folder 'a.txt'",
            "'self.txt' cannot be read: Too many levels of symbolic links",
        ]


class TestNamedFiles:
    """What is named is checked."""

    def test_whatever_would_pass_it_over(self, folder):
        names = ("build/a.txt", "c.jpg", "x.txt")
        resolver = folder(*names, configs=[("reportlint.toml", 'extend-exclude = ["x.txt"]')])
        assert discover(names, resolver).files == names
        assert discover(["build"], resolver).files == ("build/a.txt",)

    def test_all_that_is_missing_is_told(self, folder):
        found = discover(["no.txt", "a.txt", "a.txt/", "没有", "a\0b"], folder("a.txt"))
        assert found.files == ("a.txt",)
        assert [str(problem) for problem in found.problems] == [
            "there is no file or folder 'no.txt'",
            "'a.txt/' cannot be read: Not a directory",
            "there is no file or folder '没有'",
            "'a\\x00b' cannot be read: embedded null byte",
        ]
        assert all(isinstance(problem, ConfigError) for problem in found.problems)
        assert found.problems[2].say["zh"] == "没有文件或文件夹“没有”"

    def test_a_pipe_can_be_named(self, folder, tmp_path):
        resolver = folder("a.txt")
        os.mkfifo(tmp_path / "pipe")
        assert discover(["pipe"], resolver).files == ("pipe",)

    def test_forced_exclusion(self, folder):
        text = 'extend-exclude = ["old/", "x.txt"]\nforce-exclude = true'
        names = ("old/deep/a.txt", "x.txt", "build/b.txt", "c.jpg")
        resolver = folder(*names, "y.txt", configs=[("reportlint.toml", text)])
        found = discover([*names, "y.txt", "old"], resolver)
        assert found.files == ("c.jpg", "y.txt")
        assert found.passed == {
            ("exclude", "reportlint.toml: old/"): 2,
            ("exclude", "reportlint.toml: x.txt"): 1,
            ("exclude", "build"): 1,
        }
        assert excluded("old/deep/a.txt", resolver) == ("exclude", "reportlint.toml: old/")
        assert excluded("new/not/there.txt", resolver) is None

    def test_forced_exclusion_on_the_command_line(self, folder):
        assert discover(["build/a.txt"], folder("build/a.txt", force_exclude=True)).files == ()

    def test_folders_above_the_configuration_exclude_nothing(self, folder):
        resolver = folder("build/here/a.txt", cwd="build/here", force_exclude=True)
        assert discover(["a.txt"], resolver).files == ("a.txt",)

    def test_names_that_are_no_text(self, folder, tmp_path):
        name = os.fsdecode(b"\xb1\xa8\xb8\xe6.txt")
        try:
            (tmp_path / name).touch()
        except OSError:
            name = "报告.txt"  # a file system that takes UTF-8 only
            (tmp_path / name).touch()
        found = discover([], folder())
        assert found.files == (name,)
        assert listing(found).encode()
        assert discover([name, "\udcff.txt"], folder()).problems[0].say["zh"].encode()


class TestNothing:
    """Why there is no file to check."""

    FORMATS = (
        "formats that can be read: .txt .text .md .markdown .docx .docm .dotx .dotm "
        ".doc .dot .wps .wpt .odt .ott .rtf .pdf .html .htm .xhtml"
    )

    def test_an_empty_folder(self, folder):
        found = discover([], folder())
        assert nothing(found, "en") == f"there is no file to check; {self.FORMATS}"
        assert nothing(found, "zh").startswith("没有可检查的文件；能读的格式：.txt ")

    def test_all_reasons(self, folder):
        text = 'extend-exclude = ["x.txt"]'
        resolver = folder(
            "x.txt", "build/a.txt", "a.jpg", "b.jpg", "c.png", "d.gif", "e.odp", "~$f.docx", "g.md",
            configs=[("reportlint.toml", text), (".gitignore", "g.md")],
        )  # fmt: skip
        found = discover([], resolver)
        assert found.files == ()
        assert nothing(found, "en") == (
            "there is no file to check: "
            "2 excluded by exclude (build, reportlint.toml: x.txt); "
            "1 ignored by .gitignore (.gitignore: g.md); "
            "7 of other formats (.jpg, .gif, .odp, …); "
            f"1 temporary files of editors; {self.FORMATS}"
        )
        assert nothing(found, "zh").startswith(
            "没有可检查的文件：2 个被 exclude 排除（build、reportlint.toml: x.txt）；"
            "1 个被 .gitignore 忽略（.gitignore: g.md）；7 个不是能读的格式（.jpg、.gif、.odp、…）；"
            "1 个是编辑软件的临时文件；能读的格式："
        )

    def test_nothing_included(self, folder):
        resolver = folder("a.txt", configs=[("reportlint.toml", 'include = ["*.md"]')])
        assert "2 not in include;" in nothing(discover([], resolver), "en")


def test_listing(folder):
    assert listing(discover([], folder("b.txt", "sub/a.txt"))) == "b.txt\nsub/a.txt\n"


def test_a_large_tree_takes_no_time(folder):
    resolver = folder(*(f"d{number % 20}/报告{number}.txt" for number in range(2000)))
    resolver.for_folder(".")
    best = 1.0
    for _ in range(5):
        begin = time.perf_counter()
        found = discover([], resolver)
        best = min(best, time.perf_counter() - begin)
    assert len(found.files) == 2000
    assert best < 0.06


def test_one_plain_file_needs_nothing_slow(tmp_path):
    """Without configuration neither TOML nor patterns nor suggestions are imported."""
    (tmp_path / "a.txt").touch()
    code = (
        "import sys\n"
        "from reportlint import packs\n"
        "ruleset = packs.builtin()\n"
        "packs.builtin = lambda: ruleset\n"
        "slow = {'tomllib', 'reportlint.toml_lines', 'pathspec', 'difflib', 'glob', 'json', 'pathlib'}\n"
        "for name in slow & set(sys.modules):\n"
        "    del sys.modules[name]\n"
        "before = set(sys.modules)\n"
        "from reportlint import config, files\n"
        "resolver = config.Resolver(config.Options(lang='zh', select=['PH', 'PW'], ignore=['PH010']))\n"
        "found = files.discover(['a.txt', '.'], resolver)\n"
        "assert found.files == ('a.txt',), found\n"
        "assert resolver.for_file('a.txt').settings_for('a.txt').lang == 'zh'\n"
        "print(*sorted(slow & (set(sys.modules) - before)))\n"
    )
    root = os.path.dirname(os.path.dirname(os.path.abspath(files.__file__)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""


class TestReplace:
    """Writing a file whole or not at all."""

    def test_content_and_permissions(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        path.chmod(0o640)
        before = path.stat()
        replace(str(path), "新\r\n".encode("gb18030"))
        assert path.read_bytes() == "新\r\n".encode("gb18030")
        after = path.stat()
        assert stat.S_IMODE(after.st_mode) == 0o640
        assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
        assert os.listdir(tmp_path) == ["a.txt"]

    def test_a_new_file_has_the_usual_permissions(self, tmp_path):
        mask = os.umask(0o027)
        try:
            replace(str(tmp_path / "a.txt"), b"new")
        finally:
            os.umask(mask)
        assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640

    def test_a_link_stays_one(self, tmp_path):
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub/a.txt").write_bytes(b"old")
        (tmp_path / "one.txt").symlink_to("sub/a.txt")
        (tmp_path / "two.txt").symlink_to("one.txt")
        replace(str(tmp_path / "two.txt"), b"new")
        assert (tmp_path / "two.txt").is_symlink()
        assert (tmp_path / "one.txt").is_symlink()
        assert (tmp_path / "sub/a.txt").read_bytes() == b"new"
        assert sorted(os.listdir(tmp_path)) == ["one.txt", "sub", "two.txt"]

    def test_a_name_as_long_as_names_can_be(self, tmp_path):
        path = tmp_path / ("报" * 83 + ".txt")
        path.write_bytes(b"old")
        replace(str(path), b"new")
        assert path.read_bytes() == b"new"

    def test_nobody_else_can_read_what_he_could_not_read_before(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        path.chmod(0o600)
        modes = []
        synchronised = os.fsync

        def fsync(descriptor):
            modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
            synchronised(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)
        replace(str(path), b"new")
        assert modes[0] == 0o600

    @pytest.mark.parametrize("step", ["open", "write", "fsync", "chmod", "replace"])
    def test_when_a_step_fails_the_file_is_as_it_was(self, tmp_path, monkeypatch, step):
        def fail(*arguments):
            raise OSError(28, "No space left on device")

        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        if step == "write":
            monkeypatch.setattr(files, "open", fail, raising=False)
        else:
            monkeypatch.setattr(os, step, fail)
        with pytest.raises(WriteError) as caught:
            replace(str(path), b"new")
        assert str(caught.value) == f"{path}: cannot be written: No space left on device"
        assert caught.value.say["zh"] == f"{path}: 无法写入：No space left on device"
        assert path.read_bytes() == b"old"
        assert os.listdir(tmp_path) == ["a.txt"]

    def test_an_interruption_leaves_nothing_behind(self, tmp_path, monkeypatch):
        def interrupt(*arguments):
            raise KeyboardInterrupt

        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        monkeypatch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            replace(str(path), b"new")
        assert path.read_bytes() == b"old"
        assert os.listdir(tmp_path) == ["a.txt"]

    def test_a_read_only_file_is_left_alone(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
        with pytest.raises(WriteError, match=r"a.txt: cannot be written: it is read-only$"):
            replace(str(path), b"new")
        assert path.read_bytes() == b"old"

    def test_what_is_no_file_is_left_alone(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        for name in ("pipe", "."):
            with pytest.raises(WriteError, match="it is not a regular file"):
                replace(str(tmp_path / name), b"new")
        assert Path(tmp_path / "pipe").is_fifo()

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(WriteError, match="cannot be written: No such file or directory"):
            replace(str(tmp_path / "no/a.txt"), b"new")
