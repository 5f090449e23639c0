"""What the READMEs and CONTRIBUTING say is true: commands, outputs, examples, tables, figures."""

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import reportlint
from reportlint import packs, readers, reporters
from reportlint.cli import main
from reportlint.settings import Settings
from scripts import picture
from tests import gold
from tests.accuracy import FOLDERS

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
TEXTS = {lang: path.read_text(encoding="utf-8") for lang, path in READMES.items()}

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_SECTION = re.compile(r"^## (.*)\n", re.MULTILINE)

INSTALL = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/reportlint check samples"
)
TESTS = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]'"
    " && .venv/bin/python -m pytest -q"
)


def blocks(lang: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [body for kind, body in _FENCE.findall(TEXTS[lang]) if kind == language]


def rows(text: str) -> list[list[str]]:
    """The cells of all tables, without their heads."""
    found: list[list[str]] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if line.startswith("| ---"):
            found.pop()
        elif line.startswith("|"):
            found.append(cells)
    return found


def section_with(lang: str, word: str) -> str:
    """The only section that has ``word``."""
    found = [part for part in _SECTION.split(TEXTS[lang])[2::2] if word in part]
    assert len(found) == 1, word
    return found[0]


def commands(lang: str) -> dict[str, int | None]:
    """Each ``reportlint …`` in code spans, with its exit code where its table says so."""
    prose = _FENCE.sub("", TEXTS[lang])
    found: dict[str, int | None] = {}
    for row in rows(prose):
        command = _CODE.fullmatch(row[0])
        if command and command[1].startswith("reportlint "):
            found[command[1]] = int(row[-1])
    for command in _CODE.findall(prose):
        if command.startswith("reportlint "):
            found.setdefault(command, None)
    return found


COMMANDS = {**commands("en"), **commands("zh")}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the samples and the rule pack of the README, as the current one."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    write(tmp_path, only("en", "house/names.toml"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def only(lang: str, name: str) -> str:
    """The TOML block whose first line is a comment with this file name."""
    (block,) = [body for body in blocks(lang, "toml") if body.startswith(f"# {name}\n")]
    return block


def write(folder: Path, block: str) -> None:
    path = folder / block.partition("\n")[0].removeprefix("# ")
    path.parent.mkdir(exist_ok=True)
    path.write_text(block, encoding="utf-8", newline="\n")


# The two commands


@pytest.mark.parametrize("lang", READMES)
def test_the_two_commands_are_one_line_each(lang: str) -> None:
    lines = TEXTS[lang].split("\n")
    assert lines.count(INSTALL) == 1
    assert lines.count(TESTS) == 1


def test_ci_runs_the_two_commands_as_the_readme_has_them() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    endings = re.findall(r"\$\(readme '([^']+)'\)", script)
    assert sorted(endings) == ["pytest -q", "reportlint check samples"]
    assert "README.md" in script
    assert not re.search(r"^\s*python3? -m venv", script, re.MULTILINE)
    for command, ending in zip((TESTS, INSTALL), sorted(endings), strict=True):
        lines = TEXTS["en"].split("\n")
        found = [x for x in lines if re.fullmatch(rf"python3 -m venv .*{re.escape(ending)}", x)]
        assert found == [command]


# Commands and their output


def test_there_are_commands() -> None:
    assert len([command for command, code in COMMANDS.items() if code is not None]) >= 15


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_work(
    command: str, house: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    argv = shlex.split(command)[1:]
    if "<" in argv:
        data = Path(argv.pop()).read_bytes()
        argv.pop()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    code = main(argv)
    out, err = capfd.readouterr()
    assert out
    assert "错误" not in err
    expected = COMMANDS[command]
    assert code in (0, 1) if expected is None else code == expected


def test_both_readmes_state_the_same_exit_codes() -> None:
    english, chinese = commands("en"), commands("zh")
    for command in english.keys() & chinese.keys():
        assert english[command] == chinese[command]


@pytest.mark.parametrize("lang", READMES)
def test_outputs_are_what_the_commands_print(lang: str, house: Path) -> None:
    consoles = blocks(lang, "console")
    assert consoles
    locale = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[lang]
    for console in consoles:
        prompt, _, output = console.partition("\n")
        argv = shlex.split(prompt.removeprefix("$ "))
        assert argv[0] == "reportlint"
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", *argv[1:]],
            capture_output=True,
            cwd=house,
            env={**os.environ, "LANG": locale, "PYTHONPATH": str(ROOT)},
            timeout=60,
        )
        assert done.stdout.decode() == output


@pytest.mark.parametrize("lang", picture.PICTURES)
def test_pictures_show_what_the_command_prints(lang: str) -> None:
    path = picture.PICTURES[lang]
    assert f"({path})" in TEXTS[lang]
    svg = (ROOT / path).read_text(encoding="utf-8")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", picture.output(lang))
    lines = ["".join(line.split()) for line in plain.split("\n")]
    assert picture.text_of(svg) == [line for line in lines if line], "run python scripts/picture.py"
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("lang", READMES)
def test_python_examples_run(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(lang, "python")
    exec(compile(code, READMES[lang].name, "exec"), {})
    assert capsys.readouterr().out.startswith("PH001 2 4 ")


# Examples


@pytest.mark.parametrize("lang", READMES)
def test_each_example_shows_its_family(lang: str) -> None:
    families = {}
    for row in rows(TEXTS[lang]):
        family = row[0].split(" ")[0]
        if re.fullmatch("[A-Z]{2}", family):
            families[family] = _CODE.findall(row[2])
    assert families.keys() == {code[:2] for code in packs.builtin().rules}
    assert all(families[family] for family in ("PH", "PW", "SQ"))
    for family, examples in families.items():
        for example in examples:
            if not example.startswith("."):
                found = {finding.code[:2] for finding in reportlint.lint_text(example)}
                assert found == {family}, example


@pytest.mark.parametrize("lang", READMES)
def test_look_alikes_are_silent(lang: str) -> None:
    examples = _CODE.findall(section_with(lang, "1+X"))
    assert len(examples) >= 8
    for example in examples:
        assert reportlint.lint_text(example) == [], example
        assert reportlint.lint_text(example, format="markdown") == [], example


@pytest.mark.parametrize("lang", READMES)
def test_the_configuration_works(lang: str, house: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(house, only(lang, "reportlint.toml"))
    write(house, only(lang, "house/names.toml"))
    drafts = {
        "值班.txt": "8月值班报告\n一、主要工作\n由镇农经站值守XX天，赴某县学习。\n二、薄弱环节\n夜间人手不足。\n",
        "模板/总结.txt": "XX镇安全工作情况报告\n一、主要工作\n由镇农经站汇总，全年检查240次，整改隐患36处。虽然有成效，但还存在一定差距。\n二、下一步打算\n加强巡查，完善制度。\n",
        "归档/旧稿.txt": "投入XX万元。\n",
    }
    for name, text in drafts.items():
        path = house / "drafts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert main(["check", "drafts", "--output-format", "json"]) == 1
    report = json.loads(capfd.readouterr().out)
    kinds = {file["path"]: file["kind"] for file in report["files"]}
    assert kinds == {"drafts/值班.txt": "值班报告", "drafts/模板/总结.txt": "情况报告"}
    found = [(f["path"], f["code"], f["severity"]) for f in report["findings"]]
    assert sorted(found) == [
        ("drafts/值班.txt", "HN001", "warning"),
        ("drafts/值班.txt", "PH001", "error"),
        ("drafts/模板/总结.txt", "HN001", "warning"),
        ("drafts/模板/总结.txt", "SC002", "error"),
    ]


@pytest.mark.parametrize("lang", READMES)
def test_the_rule_pack_is_proved_by_its_examples(
    lang: str, house: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pack = only(lang, "house/names.toml")
    write(house, pack)
    assert main(["test", "house/names.toml"]) == 0
    for spoilt in (
        pack.replace("〔镇农经站〕", "〔镇农经〕站"),
        pack.replace("镇农经站']", "镇农经.*站']"),
    ):
        assert spoilt != pack
        write(house, spoilt)
        assert main(["test", "house/names.toml"]) == 2


@pytest.mark.parametrize("lang", READMES)
def test_the_pack_of_terms_works(lang: str, house: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(house, only(lang, "reportlint.toml"))
    write(house, only(lang, "house/terms.toml"))
    draft = "2024年情况通报\n由镇财政所发放。\n原镇财政所已撤销。\n镇财政所旧址已修缮。\n2022年镇财政所发放。\n"
    (house / "通报.txt").write_text(draft, encoding="utf-8")
    main(["check", "通报.txt", "--output-format", "json"])
    report = json.loads(capfd.readouterr().out)
    assert [(f["code"], f["start"]["line"]) for f in report["findings"]] == [("CS004", 2)]


# Tables and figures


def test_the_tables_of_kinds_agree_with_the_rules() -> None:
    ruleset = packs.builtin()
    for lang, text in TEXTS.items():
        table = {row[0]: row[1] for row in rows(text) if row[0] in ruleset.kinds}
        for kind in ruleset.kinds.values():
            names = [
                ruleset.sections[id].title["zh"] if lang == "zh" else id for id in kind.sections
            ]
            assert table.get(kind.id) == {"zh": "；", "en": ", "}[lang].join(names)


@pytest.mark.parametrize("lang", READMES)
def test_every_format_is_named(lang: str) -> None:
    codes = set(_CODE.findall(_FENCE.sub("", TEXTS[lang])))
    assert set(readers.FORMATS) <= codes
    assert set(reporters.NAMES) <= codes


@pytest.fixture(scope="module")
def measured() -> tuple[int, gold.Verdict]:
    """How many annotated drafts there are, and what they say."""
    ruleset = packs.builtin()
    settings = Settings(
        ruleset, frozenset(code for code, rule in ruleset.rules.items() if rule.enabled)
    )
    drafts = [draft for folder in FOLDERS for draft in gold.load(folder)]
    return len(drafts), gold.total(gold.judge(draft, settings) for draft in drafts)


@pytest.mark.parametrize("lang", READMES)
def test_the_figures_claim_no_more_than_is_measured(
    lang: str, measured: tuple[int, gold.Verdict]
) -> None:
    drafts, verdict = measured
    part = section_with(lang, "python -m tests.accuracy")
    claimed = {row[0].split(" ")[-1]: row[1:] for row in rows(part)}
    assert claimed.keys() == FOLDERS[next(iter(FOLDERS))].keys()
    for category, (marks, found, right) in claimed.items():
        count = verdict.counts[category]
        assert int(marks) == count.marks, category
        assert float(found.rstrip("%")) <= 100 * count.recall, category
        assert float(right.rstrip("%")) <= 100 * count.precision, category
    below = part.rpartition("|\n")[2].strip().partition("\n\n")[0]
    assert [int(number) for number in re.findall(r"\d+", below)] in (
        [verdict.kinds, drafts],
        [drafts, verdict.kinds],
    )
    assert re.search(rf"(?<!\d){drafts}(?!\d)", part)


# Links and promises


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [x for x in links if "://" not in x and not (ROOT / x).exists()] == []


def test_checking_opens_no_connection_and_writes_no_file(house: Path) -> None:
    code = """
import sys

def watch(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit(f"{event} {arguments}")
    if event in ("os.mkdir", "os.rename", "os.remove", "tempfile.mkstemp", "tempfile.mkdtemp"):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(watch)
from reportlint.cli import main
sys.exit(main(["check", "samples", "--jobs", "1", "--quiet"]))
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        capture_output=True,
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert done.stderr == b""
    assert done.returncode == 1


def test_contributing_names_every_dependency_and_its_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {*project["dependencies"]}
    for extra in project["optional-dependencies"].values():
        required |= {name for name in extra if not name.startswith("reportlint[")}
    table = rows((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    named = {row[0].strip("`"): row[1] for row in table if ">=" in row[0]}
    assert named.keys() == required
    assert all(named.values())


def test_the_layout_in_contributing_is_that_of_the_tree() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named: set[str] = set()
    for row in rows(text.partition("\n## Layout\n")[2].partition("\n## ")[0]):
        folder = ""
        for path in _CODE.findall(row[0]):
            folder = path[: path.rfind("/") + 1] or folder
            named.add(folder + path.rpartition("/")[2])
    made = {"rules/*.toml", "reportlint/snapshot.py"}
    assert [path for path in named - made if not (ROOT / path).exists()] == []
    packages = {f"reportlint/{x.parent.name}/" for x in ROOT.glob("reportlint/*/__init__.py")}
    assert packages <= named


def test_the_changelog_has_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## [{reportlint.__version__}]" in text
