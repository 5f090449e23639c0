"""Every format over one small set of results, compared with what a person has read and approved.

Escape characters are written as ␛. ``pytest --snapshot-update`` writes the files anew.
"""

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from reportlint import __version__
from reportlint.summary import Summary, statistics, tally


class TextFile(SingleFileSnapshotExtension):
    file_extension = _file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def golden(snapshot):
    return snapshot.use_extension(TextFile)


def shown(printed: str) -> str:
    return printed.replace("\x1b", "␛")


@pytest.mark.parametrize(
    ("lang", "width"), [("zh", 80), ("en", 80), ("zh", 40), ("en", 140)], ids=lambda v: str(v)
)
def test_full(golden, report, every, lang, width):
    assert shown(report("full", every(lang), lang=lang, width=width)) == golden


def test_full_in_colour(golden, report, every):
    assert shown(report("full", every(), color=True)) == golden


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_full_redacted(golden, report, every, lang):
    assert shown(report("full", every(lang, redacted=True), lang=lang, redact=True)) == golden


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["text", "docx", "clean", "failed", "unknown"])
def test_full_of_one_file(golden, report, one, name, lang):
    assert shown(report("full", [one(name, lang)], lang=lang, width=72)) == golden


def test_full_where_ambiguous_characters_are_wide(golden, report, one):
    assert shown(report("full", [one("text")], ambiguous_wide=True)) == golden


def test_full_without_fixes(golden, report, one):
    assert shown(report("full", [one("text")], show_fixes=False)) == golden


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("color", [False, True], ids=["plain", "colour"])
@pytest.mark.parametrize("name", ["concise", "grouped"])
def test_lists(golden, report, every, name, lang, color):
    assert shown(report(name, every(lang), lang=lang, color=color)) == golden


@pytest.mark.parametrize("name", ["concise", "grouped"])
def test_lists_redacted(golden, report, every, name):
    assert shown(report(name, every(redacted=True), redact=True)) == golden


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json(golden, report, every, name, lang):
    assert report(name, every(lang), lang=lang).replace(f'"{__version__}"', '"VERSION"') == golden


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_redacted(golden, report, every, name):
    printed = report(name, every(redacted=True), redact=True)
    assert printed.replace(f'"{__version__}"', '"VERSION"') == golden


SERVICES = (
    "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "summary", "html",
)  # fmt: skip


def versionless(printed: str) -> str:
    return printed.replace(f'"{__version__}"', '"VERSION"').replace(
        f"reportlint {__version__}", "reportlint VERSION"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SERVICES)
def test_services_and_pages(golden, report, every, name, lang):
    assert versionless(report(name, every(lang), lang=lang)) == golden


@pytest.mark.parametrize("name", SERVICES)
def test_services_and_pages_redacted(golden, report, every, name):
    assert versionless(report(name, every(redacted=True), redact=True)) == golden


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_after_fixing(golden, report, one, lang):
    assert report("concise", [one("clean", lang)], fixed=3, lang=lang) == golden


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_statistics(golden, every, rules, lang):
    summary = Summary()
    for result in every(lang):
        summary = summary.add(tally(result))
    assert statistics(summary, rules, lang) == golden
