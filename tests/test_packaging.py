"""The package as it is built: the packs are found wherever it is installed from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from reportlint import __version__, packs

ROOT = Path(__file__).parents[1]
FILES = (".gitignore", "LICENSE", "README.md", "hatch_build.py", "pyproject.toml")
DRAFT = "投入XX万元。\n"

REPORT = """
from reportlint import packs
parsed = []
parse = packs.parse
packs.parse = lambda *arguments: parsed.append(arguments) or parse(*arguments)
ruleset = packs.builtin()
print(len(ruleset.rules), bool(parsed), packs.__file__, packs.builtin_folder(), sep="|")
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare checkout: no snapshot, nothing compiled."""
    folder = tmp_path_factory.mktemp("checkout")
    ignore = shutil.ignore_patterns("__pycache__", "snapshot.py")
    for name in ("reportlint", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel made from the sdist, as by those who install it from an index."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    return build(source, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    process("-m", "pip", "install", *options, f"--target={target}", str(wheel))
    return target


def build(source: Path, kind: str, target: Path) -> Path:
    """Build with the backend itself: nothing is downloaded for it."""
    code = f"from hatchling.build import build_{kind} as build; print(build({str(target)!r}))"
    name = process("-c", code, cwd=source).strip().split("\n")[-1]
    return target / name


def process(*arguments: str, cwd: Path | None = None, path: Path | None = None) -> str:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path is not None:
        environ["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rules_seen(package: Path, cwd: Path) -> tuple[int, bool, Path, Path]:
    """Return how many rules there are, whether TOML was read, whose code ran, and the folder."""
    count, parsed, code, folder = process("-c", REPORT, cwd=cwd, path=package).strip().split("|")
    return int(count), parsed == "True", Path(code).parents[1], Path(folder)


RULES = len(packs.builtin().rules)


def test_the_sdist_holds_what_a_build_needs(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {*FILES, "reportlint/py.typed", "rules/placeholder.toml"} <= names
    assert "reportlint/snapshot.py" not in names


def test_the_wheel_holds_the_packs_and_their_snapshot(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith("/METADATA"))
        said = archive.read(metadata).decode()
    packs_inside = {name for name in names if name.startswith("reportlint/rules/")}
    assert packs_inside == {f"reportlint/rules/{path.name}" for path in (ROOT / "rules").iterdir()}
    assert {"reportlint/snapshot.py", "reportlint/py.typed"} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)
    assert f"\nVersion: {__version__}\n" in said
    assert "\nRequires-Python: >=3.11\n" in said


def test_an_installed_package_finds_its_packs_and_reads_no_toml(
    installed: Path, tmp_path: Path
) -> None:
    folder = installed / "reportlint" / "rules"
    assert rules_seen(installed, tmp_path) == (RULES, False, installed, folder)


def test_an_installed_package_checks_drafts(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(installed / "bin" / "reportlint"), "check", "draft.txt"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "PH001" in done.stdout.decode()


def test_a_checkout_finds_its_packs(checkout: Path, tmp_path: Path) -> None:
    assert rules_seen(checkout, tmp_path) == (RULES, True, checkout, checkout / "rules")


def test_an_editable_install_uses_the_checkout(checkout: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(checkout, source)
    wheel = build(source, "editable", tmp_path / "out")
    with zipfile.ZipFile(wheel) as archive:
        (link,) = (name for name in archive.namelist() if name.endswith(".pth"))
        assert archive.read(link).decode().strip() == str(source)
        assert not any(name.endswith(".toml") for name in archive.namelist())
    assert rules_seen(source, tmp_path) == (RULES, False, source, source / "rules")

    # An edited pack counts at once: a snapshot that is out of date is passed over.
    pack = source / "rules" / "placeholder.toml"
    pack.write_bytes(pack.read_bytes() + b"\n# edited\n")
    assert rules_seen(source, tmp_path) == (RULES, True, source, source / "rules")


def test_the_snapshot_is_what_the_packs_say() -> None:
    folder = packs.builtin_folder()
    made: dict[str, object] = {}
    exec(packs.snapshot(folder), made)
    sources = packs.builtin_sources(folder)
    assert made["TABLES"] == packs.read_builtin(sources)
    assert made["DIGEST"] == packs.digest(sources)


def test_a_broken_pack_cannot_be_built(checkout: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(checkout, source)
    (source / "rules" / "zz.toml").write_text("[[rule]]\n")
    with pytest.raises(AssertionError, match=r"rules/zz\.toml:1: rule has no code"):
        build(source, "wheel", tmp_path / "out")
