"""Files made by LibreOffice: the same findings in every format as in the text.

These tests need LibreOffice; ``scripts/install_libreoffice.sh`` installs it where it is missing.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from reportlint import engine, fixes, readers
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
}
"""Rules that find in a format other things than in the text, and why."""

SPELT_OTHERWISE = {"pdf": "white space on a page is a gap, of whatever width"}
"""Formats whose findings agree but for white space in the words found, and why."""

UTF8 = "Text (encoded):UTF8"

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
def drafts() -> dict[str, Document]:
    """The samples and annotated drafts as text, by name."""
    found = {path.stem: readers.read(path.read_bytes(), path.name) for path in TEXTS}
    for folder in list(FOLDERS)[:1]:
        for draft in gold.load(folder):
            if draft.name.endswith(".txt"):
                name = f"{Path(folder).name}-{Path(draft.name).stem}"
                found[name] = readers.read(draft.text.encode(), draft.name)
    return found


@pytest.fixture(scope="module")
def made(
    drafts: dict[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Path]]:
    """The drafts in every format; old documents, which are converted again, the samples only."""
    folder = tmp_path_factory.mktemp("real")
    sources = []
    for name, document in drafts.items():
        sources.append(folder / f"{name}.txt")
        sources[-1].write_bytes(b"\xef\xbb\xbf" + document.text.encode())
    return {
        format: convert(folder, format, sources[: len(TEXTS)] if format == "doc" else sources, UTF8)
        for format in FORMATS
    }


def found(
    document: Document, settings: Settings, *, spaces: bool = True
) -> Counter[tuple[str, str]]:
    outcome = engine.lint(document, settings)
    texts = ((f.code, document.text[f.start : f.end]) for f in outcome.findings)
    return Counter((code, text if spaces else "".join(text.split())) for code, text in texts)


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
    for name, path in made[format].items():
        draft = drafts[name]
        document = readers.read(path.read_bytes(), path.name)
        assert document.format == format
        expected = found(draft, settings, spaces=spaces)
        here = found(document, settings, spaces=spaces)
        wrong = (expected - here) + (here - expected)
        wrong = Counter({item: n for item, n in wrong.items() if item[0] not in left_out})
        if wrong:
            different[name] = wrong
    assert not different


def report(path: Path) -> None:
    """Write a Word file with what plain text cannot hold."""
    from docx import Document as Word

    word = Word()
    word.add_heading("一、主要工作", 1)
    word.add_paragraph("修路", style="List Number")
    word.add_paragraph("通水", style="List Number")
    word.add_paragraph("植树", style="List Bullet")
    word.add_heading("（一）细目", 2)
    table = word.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内甲", "内乙"
    paragraph = word.add_paragraph("组织")
    paragraph.add_run("XX").bold = True
    paragraph.add_run("名民兵，A&B<C>\t制表𠮷×").add_break()
    paragraph.add_run("换行后")
    word.add_comment(paragraph.runs, text="批注XX", author="甲")
    word.sections[0].header.paragraphs[0].text = "页眉"
    word.sections[0].footer.paragraphs[0].text = "页脚"
    word.save(str(path))


def outline(document: Document, *, addresses: bool) -> list[tuple[object, ...]]:
    return [
        (
            b.kind if b.kind != "item" else "text",
            b.level,
            b.auto,
            dict(b.address or {}) if addresses else None,
            " ".join(document.text[b.start : b.end].split()),
        )
        for b in document.blocks
    ]


@pytest.mark.parametrize("format", ["doc", "odt", "rtf", "html"])
def test_structure_and_addresses_are_those_of_the_word_file(tmp_path: Path, format: str) -> None:
    report(tmp_path / "report.docx")
    original = readers.read((tmp_path / "report.docx").read_bytes(), "report.docx")
    path = convert(tmp_path, format, [tmp_path / "report.docx"])["report"]
    document = readers.read(path.read_bytes(), path.name)
    addresses = format != "html"
    expected = outline(original, addresses=addresses)
    if format == "html":
        expected.insert(0, expected.pop(-2))  # a header stands where it is
    assert outline(document, addresses=addresses) == expected
    assert "批注" not in document.text
    if format != "html":
        remarks = [(c.start, c.end, c.text, c.apart) for c in document.comments]
        assert remarks == [(c.start, c.end, c.text, c.apart) for c in original.comments] != []


@pytest.mark.parametrize("format", ["odt", "html", "docx"])
def test_libreoffice_opens_what_is_written(
    tmp_path: Path, format: str, made: dict[str, dict[str, Path]], settings: Settings
) -> None:
    path = made[format]["town-militia-duty-report"]
    data = path.read_bytes()
    document = readers.read(data, path.name)
    edits = fixes.plan(engine.lint(document, settings).findings, unsafe=False)
    assert edits
    fixed = tmp_path / f"fixed.{format}"
    fixed.write_bytes(readers.write(document, data, edits))
    text = convert(tmp_path, "txt", [fixed])["fixed"].read_text(encoding="utf-8-sig")
    assert "推动各项任务落地" in text
    assert "paidbegin" not in text
    assert "文库" not in text


@pytest.mark.parametrize(("format", "code"), CANNOT_CARRY)
def test_what_cannot_be_carried_is_not_carried(
    format: str,
    code: str,
    drafts: dict[str, Document],
    made: dict[str, dict[str, Path]],
    settings: Settings,
) -> None:
    """An entry that is no longer needed has to go."""
    lost = 0
    for name, path in made[format].items():
        document = readers.read(path.read_bytes(), path.name)
        expected, here = found(drafts[name], settings), found(document, settings)
        lost += any(item[0] == code for item in expected - here)
    assert lost
