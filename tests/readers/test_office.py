"""Old documents go through LibreOffice, which a script stands in for here."""

import os
import stat
import time
from pathlib import Path

import pytest

from reportlint import readers
from reportlint.errors import ReadError, WriteError
from reportlint.findings import Edit
from reportlint.readers import office

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "school-canteen-selfcheck.docx"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")

CONVERTS = """
while [ $# -gt 1 ]; do
    case "$1" in
        --outdir) out=$2; shift ;;
        -env:UserInstallation=file://*) profile=${1#-env:UserInstallation=file://} ;;
    esac
    shift
done
grep -q DisableMacrosExecution "$profile/user/registrymodifications.xcu" || exit 1
cp SAMPLE "$out/$(basename "$1" .doc).docx"
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program named soffice, the only one of its kind; it gets its script later."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setattr(office, "_NAMES", ("soffice",))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return folder / "soffice"


def install(program: Path, script: str) -> None:
    program.write_text(
        "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script.replace("SAMPLE", str(SAMPLE)), encoding="utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def refused(data: bytes = OLD, path: str = "报告.doc") -> ReadError:
    with pytest.raises(ReadError) as caught:
        readers.read(data, path)
    assert caught.value.code == "RL002"
    return caught.value


@pytest.mark.parametrize("path", ["报告.doc", "报告.WPS", "报告.dot"])
def test_a_document_is_read_as_what_it_is_converted_to(program: Path, path: str) -> None:
    install(program, CONVERTS)
    document = readers.read(OLD, path)
    expected = readers.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert (document.text, document.blocks) == (expected.text, expected.blocks)
    assert (document.format, document.path, document.encoding) == ("doc", path, None)
    with pytest.raises(WriteError, match="docx"):
        readers.write(document, OLD, [Edit(0, 1, "")])
    assert [entry.name for entry in program.parents[1].iterdir()] == ["bin"]


def test_without_libreoffice_the_package_is_named(program: Path) -> None:
    for said in refused().detail.values():
        assert "libreoffice-writer" in said
        assert ".docx" in said


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a document of Word"),
        (b"hello", "not a document of Word"),
        (OLD[:512], "not one of Word"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 a}", "rename it to .rtf"),
        (b"%PDF-1.4", "rename it to .pdf"),
        (SAMPLE.read_bytes(), "rename it to .docx"),
    ],
    ids=range(7),
)
def test_nothing_else_is_given_to_libreoffice(program: Path, data: bytes, reason: str) -> None:
    install(program, "touch " + str(program.parent / "ran"))
    assert reason in refused(data).detail["en"]
    assert not (program.parent / "ran").exists()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0", "cannot open it"),
        ("exit 77", "cannot open it"),
        (CONVERTS.replace("SAMPLE", "/dev/null"), "empty"),
    ],
)
def test_a_failed_conversion_says_so(program: Path, script: str, reason: str) -> None:
    install(program, script)
    assert reason in refused().detail["en"]


def test_a_program_that_cannot_be_started_says_so(program: Path) -> None:
    program.write_bytes(b"\x7fELF broken")
    program.chmod(0o755)
    assert "cannot be started" in refused().detail["en"]


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.5)
    child = program.parent / "child"
    install(program, f"sleep 60 & echo $! > {child}\nwait")
    begun = time.monotonic()
    assert "more than 0.5 s" in refused().detail["en"]
    assert time.monotonic() - begun < 10
    number = int(child.read_text())
    for _ in range(100):
        if not _runs(number):
            break
        time.sleep(0.05)
    assert not _runs(number)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
