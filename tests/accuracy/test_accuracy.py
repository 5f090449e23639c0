"""Precision and recall on the annotated drafts stay where they are."""

from pathlib import Path

import pytest

from reportlint.settings import Settings
from tests import gold
from tests.accuracy import FOLDERS
from tests.helpers import lint, safe_edits


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_category_reaches_its_floor(folder: Path, settings: Settings) -> None:
    drafts = gold.load(folder)
    verdict = gold.total(gold.judge(draft, settings) for draft in drafts)
    floors = FOLDERS[folder]
    low = [name for name, floor in floors.items() if verdict.counts[name].f1 < floor]
    if verdict.kinds < len(drafts):
        low.append("kind")
    assert not low, f"{', '.join(low)} below the floor\n{gold.table(verdict, len(drafts), floors)}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_drafts_hold_marks_of_every_category_with_a_floor(folder: Path) -> None:
    counts = gold.total(gold.weigh(draft, (), None) for draft in gold.load(folder)).counts
    assert all(counts[category].marks for category in FOLDERS[folder])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_but_leftovers_is_deleted(folder: Path, settings: Settings) -> None:
    for draft in gold.load(folder):
        leftovers = {
            offset
            for mark in draft.marks
            if mark.category == "paywall"
            for offset in range(mark.start, mark.end)
        }
        for edit in safe_edits(lint(draft.text, settings, draft.name).findings):
            text = draft.text[edit.start : edit.end]
            lost = set(range(edit.start, edit.end)) - leftovers
            assert not "".join(draft.text[offset] for offset in lost).strip(), (draft.name, text)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_figure_is_called_wrong_that_is_right(folder: Path, settings: Settings) -> None:
    verdict = gold.total(gold.judge(draft, settings) for draft in gold.load(folder))
    assert verdict.counts["percentage"].precision == 1, "\n".join(
        line for what, line in verdict.complaints if what == "percentage"
    )
