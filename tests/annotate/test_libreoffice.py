"""Annotated files and a real program: they open, and every comment is there on its words.

These tests need LibreOffice; ``scripts/install_libreoffice.sh`` installs it where it is missing.
"""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from reportlint import readers, runner
from reportlint.annotate import pdf
from reportlint.annotate.notes import notes_of
from reportlint.annotate.word import annotate, clean
from reportlint.readers import office
from reportlint.readers.docx import read
from reportlint.settings import Settings
from tests.annotate.anchored import STAMP, comments, parts, words
from tests.annotate.highlights import WHITE, marks, pixel

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))[:5]
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"

pytestmark = pytest.mark.skipif(
    office.find() is None,
    reason="LibreOffice is not installed: scripts/install_libreoffice.sh does that",
)


def convert(folder: Path, form: str, sources: list[Path]) -> dict[str, Path]:
    program = office.find()
    assert program is not None
    out = folder / form
    subprocess.run(
        [
            program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", form, "--outdir", str(out), *map(str, sources),
        ],
        capture_output=True, timeout=300, env={**os.environ, "HOME": str(folder)}, check=True,
    )  # fmt: skip
    return {path.stem: path for path in out.iterdir()}


@pytest.fixture(scope="module")
def annotated(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, bytes], dict[str, Path]]:
    """The samples as Word files made by python-docx, before and after, fixes as changes."""
    folder = tmp_path_factory.mktemp("word")
    from reportlint import packs
    from reportlint.settings import default_active

    ruleset = packs.builtin()
    rules = Settings(ruleset, default_active(ruleset))
    before, after = {}, {}
    for path in SAMPLES:
        draft = docx.Document()
        for line in readers.read(path.read_bytes(), path.name).text.split("\n"):
            paragraph = draft.add_paragraph()
            for at in range(0, len(line), 7):
                paragraph.add_run(line[at : at + 7]).bold = at % 2 == 1
        target = folder / f"{path.stem}.docx"
        draft.save(str(target))
        before[path.stem] = target.read_bytes()
        result = runner.check_bytes(before[path.stem], target.name, rules)
        notes = notes_of(result.document, result.findings, ruleset, "zh", fix=True)
        made = annotate(before[path.stem], target.name, notes, STAMP)
        assert made.comments == len(result.findings)
        after[path.stem] = target
        target.write_bytes(made.data)
    return folder, before, after


def test_they_open(annotated: tuple[Path, dict[str, bytes], dict[str, Path]]) -> None:
    folder, _, after = annotated
    made = convert(folder, "pdf", list(after.values()))
    assert made.keys() == after.keys()
    assert all(path.read_bytes().startswith(b"%PDF") for path in made.values())


def test_the_comments_are_there_on_their_words(
    annotated: tuple[Path, dict[str, bytes], dict[str, Path]],
) -> None:
    folder, _, after = annotated
    made = convert(folder, "odt", list(after.values()))
    total = 0
    for name, path in made.items():
        with zipfile.ZipFile(path) as file:
            tree = etree.fromstring(file.read("content.xml"))
        found = [
            ["".join(p.itertext()) for p in annotation.iter(TEXT + "p")]
            for annotation in tree.iter(OFFICE + "annotation")
            if annotation.findtext(DC + "creator") == "reportlint"
        ]
        data = after[name].read_bytes()
        assert sorted(found) == sorted(comments(data).values())
        total += len(found)
        ranges = {key for key, text in words(data).items() if text}
        ends = list(tree.iter(OFFICE + "annotation-end"))
        assert len(ends) >= len(ranges)
    assert total > 10


def test_what_it_saved_again_is_cleaned_of_all_that_was_ours(
    annotated: tuple[Path, dict[str, bytes], dict[str, Path]],
) -> None:
    folder, before, after = annotated
    for name, path in convert(folder, "docx", list(after.values())).items():
        saved = path.read_bytes()
        assert "reportlint/undo.json" not in parts(saved)
        bare = clean(saved)
        assert comments(bare) == {}
        assert read(bare, "").text == read(before[name], "").text
        assert b"reportlint" not in parts(bare)["word/document.xml"]
        assert parts(clean(after[name].read_bytes())) == parts(before[name])


def test_highlights_stand_on_the_words_of_the_pdf(
    annotated: tuple[Path, dict[str, bytes], dict[str, Path]],
    tmp_path: Path,
    settings: Settings,
) -> None:
    _, before, _ = annotated
    sources = [tmp_path / f"{name}.docx" for name in before]
    for source in sources:
        source.write_bytes(before[source.stem])
    colored = 0
    for path in convert(tmp_path, "pdf", sources).values():
        data = path.read_bytes()
        result = runner.check_bytes(data, path.name, settings)
        notes = notes_of(result.document, result.findings, settings.ruleset, "zh", fix=False)
        made = pdf.annotate(data, path.name, notes, STAMP)
        assert made.comments == len(result.findings)
        found = marks(made.data)
        text = result.document.text
        expected = ["".join(text[note.start : note.end].split()) for note in notes]
        assert [mark.words for mark in found] == expected
        assert [mark.said.split("\n")[0] for mark in found] == [n.paragraphs[0] for n in notes]
        assert {mark.kind for mark in found if mark.words} <= {"highlight"}
        was, shown = pixel(data), pixel(made.data)
        for mark in found:
            for left, bottom, _, top in mark.boxes if mark.page == 0 else ():
                # Between the edge of the box and the strokes of the characters is paper.
                edge = [(left + 0.6, bottom + part * (top - bottom)) for part in (0.1, 0.5, 0.9)]
                paper = [place for place in edge if was(*place) == WHITE]
                assert all(shown(*place)[2] < 100 < shown(*place)[0] for place in paper)
                colored += len(paper)
        assert pdf.clean(made.data) == data
    assert colored > 10
