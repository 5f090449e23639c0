"""Files made by LibreOffice: the same findings in every format as in the text.

These tests need LibreOffice; ``scripts/install_libreoffice.sh`` installs it where it is missing.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from reportlint import engine, readers
from reportlint.document import Document
from reportlint.readers import office
from reportlint.settings import Settings
from tests import gold
from tests.accuracy import FOLDERS

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "samples").glob("*.txt"))
FORMATS = ("docx", "doc", "odt", "rtf", "pdf", "html")

CANNOT_CARRY = {
    ("pdf", "PW006"): "a character without width leaves no trace on a page",
    ("pdf", "PW007"): "what a font draws for a private character has no place in Unicode",
}
"""Rules that find in a format other things than in the text, and why."""

SPELT_OTHERWISE = {"pdf": "white space on a page is a gap, of whatever width"}
"""Formats whose findings agree but for white space in the words found, and why."""

pytestmark = pytest.mark.skipif(
    office.find() is None,
    reason="LibreOffice is not installed: scripts/install_libreoffice.sh does that",
)


def convert(folder: Path, format: str, sources: list[Path], kind: str = "") -> dict[str, Path]:
    """Convert files all at once; return the results by the stem of their names."""
    program = office.find()
    assert program is not None
    done = subprocess.run(
        [
            program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *([f"--infilter={kind}"] if kind else []),
            "--convert-to", format, "--outdir", str(folder / format), *map(str, sources),
        ],
        capture_output=True, timeout=300, env={**os.environ, "HOME": str(folder)}, check=True,
    )  # fmt: skip
    found = {path.stem: path for path in (folder / format).iterdir()}
    assert set(found) == {path.stem for path in sources}, done.stderr.decode(errors="replace")
    return found


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The samples and the annotated drafts as text, by name."""
    found = {path.stem: readers.read(path.read_bytes(), path.name) for path in TEXTS}
    for folder in FOLDERS:
        for draft in gold.load(folder):
            if draft.name.endswith(".txt"):
                name = f"{Path(folder).name}-{Path(draft.name).stem}"
                found[name] = readers.read(draft.text.encode(), draft.name)
    return found


@pytest.fixture(scope="module")
def made(
    drafts: dict[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Path]]:
    folder = tmp_path_factory.mktemp("real")
    sources = []
    for name, document in drafts.items():
        sources.append(folder / f"{name}.txt")
        sources[-1].write_bytes(b"\xef\xbb\xbf" + document.text.encode())
    return {
        format: convert(folder, format, sources, "Text (encoded):UTF8") for format in FORMATS
    }


def found(document: Document, settings: Settings, *, spaces: bool = True) -> Counter[tuple[str, str]]:
    outcome = engine.lint(document, settings)
    return Counter(
        (f.code, text if spaces else "".join(text.split()))
        for f in outcome.findings
        if (text := document.text[f.start : f.end]) is not None
    )


@pytest.mark.parametrize("format", FORMATS)
def test_the_findings_are_those_of_the_text(
    format: str,
    drafts: dict[str, Document],
    made: dict[str, dict[str, Path]],
    settings: Settings,
) -> None:
    spaces = format not in SPELT_OTHERWISE
    left_out = {code for named, code in CANNOT_CARRY if named == format}
    different = {}
    for name, draft in drafts.items():
        path = made[format][name]
        document = readers.read(path.read_bytes(), path.name)
        assert document.format == format
        expected = found(draft, settings, spaces=spaces)
        here = found(document, settings, spaces=spaces)
        wrong = (expected - here) + (here - expected)
        wrong = {item: n for item, n in wrong.items() if item[0] not in left_out}
        if wrong:
            different[name] = wrong
    assert not different


@pytest.mark.parametrize("format", FORMATS)
def test_what_cannot_be_carried_is_listed_for_a_reason(
    format: str, made: dict[str, dict[str, Path]]
) -> None:
    for named, code in CANNOT_CARRY:
        assert named in FORMATS
        assert code.startswith("PW")
