"""Plugins: one that is really installed, and broken ones, by the command line and from Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reportlint
from reportlint import cache
from reportlint.cli import main, reuse
from reportlint.errors import ReportlintError
from reportlint.plugins import load

ROOT = Path(reportlint.__file__).parents[1]
NAME = "reportlint-house"
ORG = "* 2024年度工作总结\n** 一、主要工作\n会议要求“稳中求进，投入XX万元。\n由镇农经站发放补贴。\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that pip has installed the example plugin into, as a wheel that was built of it."""
    source = tmp_path_factory.mktemp("source") / "plugin"
    shutil.copytree(ROOT / "tests" / "plugin", source, ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path_factory.mktemp("target")
    build = "from hatchling.build import build_wheel; print(build_wheel('.'))"
    wheel = run("-c", build, cwd=source).stdout.strip().split("\n")[-1]
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    done = run("-m", "pip", "install", *options, f"--target={target}", wheel, cwd=source)
    assert done.returncode == 0, done.stderr
    return target


def run(*arguments: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    folders = [str(path), str(ROOT)] if path else [str(ROOT)]
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders), "LANG": "zh_CN.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with drafts and a configuration that wants the plugin, as the current one."""
    (tmp_path / "a.org").write_text(ORG, encoding="utf-8", newline="")
    (tmp_path / "b.txt").write_text("由镇农经站发放补贴。\n", encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text(f'plugins = ["{NAME}"]\nselect = ["PH", "HX"]\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def house(folder: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(installed))
    yield folder
    forget("reportlint_house")


def forget(package: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


EXPECTED = [
    ("a.org", "HX002", "“"),
    ("a.org", "PH001", "XX"),
    ("a.org", "HX001", "镇农经站"),
    ("b.txt", "HX001", "镇农经站"),
]


class TestInstalled:
    def test_the_command_line_uses_all_that_it_brings(self, folder: Path, installed: Path) -> None:
        command = ["-m", "reportlint", "check", "--output-format"]
        done = run(*command, "json", cwd=folder, path=installed)
        assert done.returncode == 1, done.stderr
        report = json.loads(done.stdout)
        assert [(f["path"], f["code"], f["text"]) for f in report["findings"]] == EXPECTED
        assert report["files"][0]["format"] == "org"
        assert report["files"][0]["kind"] == "工作总结"
        done = run(*command, "tsv", cwd=folder, path=installed)
        assert done.returncode == 1
        rows = [line.split("\t") for line in done.stdout.strip("\n").split("\n")]
        assert [(row[0], row[1], row[2]) for row in rows] == [
            ("a.org", "3", "HX002"),
            ("a.org", "3", "PH001"),
            ("a.org", "4", "HX001"),
            ("b.txt", "1", "HX001"),
            ("", "", ""),
        ]

    def test_without_the_configuration_nothing_is_looked_for(
        self, folder: Path, installed: Path
    ) -> None:
        code = (
            "import sys\nfrom reportlint.cli import main\n"
            "main(['check', 'b.txt', '--isolated', '-q'])\n"
            "print('importlib.metadata' in sys.modules, 'reportlint.plugins' in sys.modules)\n"
        )
        done = run("-S", "-c", code, cwd=folder, path=installed)
        assert done.stdout.split() == ["False", "False"], done.stderr

    def test_several_processes(self, house: Path, capfd: pytest.CaptureFixture[str]) -> None:
        outputs = []
        for jobs in ("1", "2"):
            assert main(["check", "--output-format", "tsv", "--jobs", jobs]) == 1
            outputs.append(capfd.readouterr().out)
        assert outputs[0] == outputs[1]
        assert outputs[0].count("\n") == 5

    def test_what_a_plugin_finds_and_reads_is_not_kept(
        self, house: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(reuse, "WORTHWHILE", 1)
        kept: list[bytes] = []
        monkeypatch.setattr(cache.Cache, "put", lambda _, *pair: kept.append(pair[0]))
        argv = ["check", "--cache-dir", "kept"]
        assert main([*argv, "--output-format", "tsv"]) == 1
        assert not (house / "kept").exists()
        assert main(argv) == 1
        assert kept == []
        assert main([*argv, "--isolated", "b.txt"]) == 0
        assert len(kept) == 1

    @pytest.mark.parametrize("wanted", ["true", '["Reportlint_House"]'])
    def test_all_plugins_and_other_spellings(
        self, house: Path, wanted: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (house / "reportlint.toml").write_text(f'plugins = {wanted}\noutput-format = "tsv"\n')
        assert main(["check", "b.txt"]) == 0
        assert capfd.readouterr().out.startswith("b.txt\t1\tHX001\t")

    def test_fixes_are_written_by_its_reader(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", "--fix", "a.org"]) == 1
        assert (house / "a.org").read_text(encoding="utf-8") == ORG.replace("“", "")

    def test_findings_are_silenced_as_others(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["ignore", "HX002", "a.org:3", "--reason", "原文如此"]) == 0
        assert (house / "a.org.reportlint.toml").exists()
        capfd.readouterr()
        main(["check", "a.org", "--output-format", "tsv", "-q"])
        assert "HX002" not in capfd.readouterr().out

    def test_rules_are_explained_and_shown_as_others(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["rule", "HX002"]) == 0
        out = capfd.readouterr().out
        assert "unpaired-quote" in out
        assert "reportlint-house/house.toml:14" in out
        assert main(["check", "--show-files"]) == 0
        assert capfd.readouterr().out.split() == ["a.org", "b.txt"]
        assert main(["check", "--show-settings"]) == 0
        assert f'plugins = ["{NAME}"]' in capfd.readouterr().out

    def test_what_is_changed_since_a_revision(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for command in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *command], cwd=house, check=True, timeout=60)
        changed = ORG.replace("发放", "负责发放")
        (house / "a.org").write_text(changed, encoding="utf-8", newline="")
        assert main(["check", "--diff-base", "HEAD", "--output-format", "tsv", "-q"]) == 0
        assert [line.split("\t")[2] for line in capfd.readouterr().out.split("\n") if line] == [
            "HX001"
        ]

    def test_redaction_covers_its_messages(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        main(["check", "--redact", "--output-format", "tsv", "-q"])
        out = capfd.readouterr().out
        assert out.count("HX001") == 2
        assert "镇农经站" not in out

    def test_an_unreadable_file_is_a_finding(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (house / "a.org").write_bytes(b"\xff")
        assert main(["check", "--output-format", "tsv", "-q"]) == 2
        assert capfd.readouterr().out.split("\t")[2] == "RL001"

    def test_from_python(self, house: Path) -> None:
        text = "由镇农经站发放。\n"
        assert [f.code for f in reportlint.lint_text(text, plugins=[NAME])] == ["HX001"]
        assert reportlint.lint_text(text) == []
        found = reportlint.lint_text("* 由镇农经站", format="org", plugins=True, select=["HX"])
        assert [(f.code, f.start) for f in found] == [("HX001", 3)]
        found = reportlint.lint_path("a.org", plugins=[NAME], select=["HX"])
        assert [f.code for f in found] == ["HX002", "HX001"]
        found = reportlint.lint_path("a.org", config=True)
        assert [f.code for f in found] == ["HX002", "PH001", "HX001"]
        results = reportlint.lint_paths(["."], config="reportlint.toml")
        assert [(r.path, f.code) for r in results for f in r.findings] == [
            (path, code) for path, code, _ in EXPECTED
        ]


# Broken ones

PACK = """
[[rule]]
code = "ZZ001"
name = "zz"
severity = "error"
message = { zh = "{text}", en = "{text}" }
why = { zh = "-", en = "-" }
source = "-"
bad = ["〔坏〕"]
good = ["好"]
"""
CHECK = """
from reportlint import Check, Hit
def find(context):
    yield Hit("ZZ001", 0, 1) if context.text.startswith("坏") else None
    {more}
CHECKS = (Check(("ZZ001",), "clean", lambda c: find(c) if "坏" in c.text else ()),)
"""
GROUPS = {
    "packs": "x = odd",
    "checks": "x = odd.checks:CHECKS",
    "readers": "odd = odd.reader",
    "reporters": "odd = odd.reporter:make",
}


Odd = Callable[..., None]


@pytest.fixture
def odd(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Odd]:
    """Make a plugin called odd of entry points and of the sources of its modules."""
    site = folder / "site-packages"

    def make(entries: dict[str, str], **files: str) -> None:
        forget("odd")
        shutil.rmtree(site, ignore_errors=True)
        (site / "odd").mkdir(parents=True)
        (site / "odd" / "__init__.py").write_text("")
        (site / "odd-1.dist-info").mkdir()
        (site / "odd-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\n")
        points = "".join(f"[reportlint.{group}]\n{line}\n" for group, line in entries.items())
        (site / "odd-1.dist-info" / "entry_points.txt").write_text(points)
        for name, text in files.items():
            suffix = ".toml" if name == "pack" else ".py"
            (site / "odd" / f"{name}{suffix}").write_text(text, encoding="utf-8")

    (folder / "a.org").unlink()
    (folder / "reportlint.toml").write_text('plugins = ["odd"]\n')
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    yield make
    forget("odd")


READER = "from reportlint import Document\nsuffixes = ('.odd',)\ndef read(data, path): {}\n"


@pytest.mark.parametrize(
    ("groups", "files", "said"),
    [
        ("packs", {}, "没有 .toml 规则包"),
        ("packs", {"pack": "[[rule]]\n"}, "odd/pack.toml:1: rule has no code"),
        ("packs", {"pack": PACK}, "a rule without a built-in check has patterns"),
        (
            "packs",
            {"pack": PACK.replace("ZZ001", "PH001") + "patterns = ['坏']\n"},
            "code PH001 is taken",
        ),
        ("packs", {"pack": PACK + "patterns = ['好']\n"}, "反例"),
        ("checks", {}, "无法加载：ModuleNotFoundError"),
        ("checks", {"checks": "1/0"}, "无法加载：ZeroDivisionError: division by zero"),
        ("checks", {"checks": ""}, "无法加载：AttributeError"),
        ("checks", {"checks": "CHECKS = 3"}, "应为 Check 的元组"),
        ("checks", {"checks": "CHECKS = (3,)"}, "应为 Check(codes, layer, find) 的元组"),
        (
            "checks",
            {"checks": "import reportlint\nCHECKS = (reportlint.Check(('A',), 'x', len),)"},
            "layer 为",
        ),
        ("checks", {"checks": CHECK.format(more="")}, "检查 ZZ001 在插件的规则包里没有规则"),
        (
            "packs checks",
            {"pack": PACK, "checks": CHECK.format(more="1/0")},
            "ZeroDivisionError",
        ),
        ("readers", {"reader": ""}, "应有 suffixes"),
        ("readers", {"reader": READER.replace(".odd", ".ODD").format("...")}, "应有 suffixes"),
        ("readers", {"reader": READER.replace(".odd", ".md").format("...")}, "后缀 .md 已由"),
        ("reporters", {"reporter": "make = 3"}, "应可用 ReportOptions 调用"),
    ],
)
def test_a_broken_plugin_is_named(
    odd: Odd, groups: str, files: dict[str, str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    odd({group: GROUPS[group] for group in groups.split()}, **files)
    assert main(["check", "b.txt"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert "odd" in err
    assert len(err.strip().split("\n")) == 1


@pytest.mark.parametrize(
    ("group", "line", "said"),
    [
        ("readers", "text = odd.reader", "这个格式名已被占用"),
        ("reporters", "json = odd.reader:read", "这个输出格式名已被占用"),
    ],
)
def test_names_that_are_taken(
    odd: Odd, group: str, line: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    odd({group: line}, reader=READER.format("..."))
    assert main(["check", "b.txt"]) == 2
    assert said in capfd.readouterr().err


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ('["absent"]', "插件 absent：没有安装"),
        ('["pytest"]', "插件 pytest：不是 reportlint 的插件"),
        ('[""]', "plugins 应为插件名的数组，或 true"),
        ('"odd"', "plugins 应为插件名的数组，或 true"),
    ],
)
def test_what_is_no_plugin(
    folder: Path, wanted: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "reportlint.toml").write_text(f"plugins = {wanted}\n")
    assert main(["check", "b.txt"]) == 2
    assert said in capfd.readouterr().err


WRONG = {
    "1/0": "ZeroDivisionError",
    "yield 3": "no Hit",
    "yield Hit('PH001', 0, 1)": "a code that the check does not name",
    "yield Hit('ZZ001', 0, 10**6)": "a span outside the text",
    "yield Hit('ZZ001', -1, 1)": "a span outside the text",
    "yield Hit('ZZ001', 0, 1, edits=((0, 2, ''), (1, 2, '')), title={'zh': '', 'en': ''})": "edits that overlap",
    "yield Hit('ZZ001', 0, 1, edits=((0, 1, 3),))": "an edit without a text",
    "yield Hit('ZZ001', 0, 1, edits=((0, 1, ''),))": "in both languages",
    "yield Hit('ZZ001', 0, 1, labels=(({'zh': ''}, 0, 1),))": "in both languages",
    "yield Hit('ZZ001', 0, 1, fields=3)": "fields of a wrong type",
    "yield Hit('ZZ001', 0, 1, data={'x': {1}})": "data that is not JSON",
    "yield Hit('ZZ001', 0, 1, data={'x': float('nan')})": "data that is not JSON",
}


@pytest.mark.parametrize("code", WRONG)
def test_a_check_that_fails_on_a_draft_is_a_finding(
    odd: Odd, folder: Path, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    check = CHECK.format(more=f"if len(context.text) > 3: {code}")
    odd({"packs": GROUPS["packs"], "checks": GROUPS["checks"]}, pack=PACK, checks=check)
    (folder / "c.txt").write_text("坏的草稿，投入XX万元。\n", encoding="utf-8")
    assert main(["check", "c.txt", "b.txt", "--output-format", "json"]) == 2
    found = json.loads(capfd.readouterr().out)["findings"]
    assert [f["code"] for f in found] == ["RL003", "PH001"]
    assert WRONG[code] in found[0]["message"]


@pytest.mark.parametrize(
    ("body", "said"), [("1/0", "ZeroDivisionError"), ("return 3", "read() gives no Document")]
)
def test_a_reader_that_fails_is_a_finding(
    odd: Odd, folder: Path, body: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    odd({"readers": GROUPS["readers"]}, reader=READER.format(body))
    (folder / "c.odd").write_text("投入XX万元。\n", encoding="utf-8")
    assert main(["check", "--output-format", "json"]) == 2
    report = json.loads(capfd.readouterr().out)
    assert [(f["path"], f["code"]) for f in report["findings"]] == [("c.odd", "RL002")]
    assert said in report["findings"][0]["message"]


WRITERS = {
    "": (1, ""),
    "def write(document, data, edits): return b'\\xe5\\xa5\\xbd'": (0, ""),
    "def write(document, data, edits): 1/0": (2, "ZeroDivisionError"),
    "def write(document, data, edits): return 'x'": (2, "write() gives no bytes"),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_reader_writes(
    odd: Odd, folder: Path, writer: str, capfd: pytest.CaptureFixture[str]
) -> None:
    read = READER.format("return Document(data.decode())")
    odd({"readers": GROUPS["readers"]}, reader=read + writer)
    text = "推##paidbegin##动工作。\n"
    (folder / "c.odd").write_text(text, encoding="utf-8", newline="")
    code, said = WRITERS[writer]
    assert main(["check", "c.odd", "--fix", "-q"]) == code
    assert said in capfd.readouterr().err
    left = (folder / "c.odd").read_text(encoding="utf-8")
    assert left == ("好" if code == 0 else text)


REPORTER = """
class make:
    def __init__(self, options): {0}
    def render(self, result): {1}
    def feed(self, parts): {2}
    def finish(self, summary): {3}
"""
GOOD = ["pass", "return ('x',)", "return ''", "return ''"]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("body", ["1/0", "return 3"])
def test_a_reporter_that_fails_is_named(
    odd: Odd, folder: Path, step: int, body: str, jobs: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.txt").write_text("投入XX万元。\n", encoding="utf-8")
    steps = [body if number == step else good for number, good in enumerate(GOOD)]
    odd({"reporters": GROUPS["reporters"]}, reporter=REPORTER.format(*steps))
    assert main(["check", "--output-format", "odd", "--jobs", jobs]) == 2
    err = capfd.readouterr().err
    assert err.startswith("reportlint: 错误：插件 odd：输出格式 odd 出错：")
    assert len(err.strip().split("\n")) == 1


@pytest.mark.parametrize(
    "argv",
    [["--output-format", "tsv"], ["--output-format=json", "-o", "x", "--output-format", "tsv"]],
)
def test_a_format_of_a_plugin_that_is_not_asked_for(
    folder: Path, argv: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "reportlint.toml").unlink()
    assert main(["check", *argv]) == 2
    assert "--output-format 的值“tsv”应为 full、" in capfd.readouterr().err


def test_the_english_words() -> None:
    with pytest.raises(ReportlintError, match=r"^plugin absent: is not installed where reportlint"):
        load(["absent"])
