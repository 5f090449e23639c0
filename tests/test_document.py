"""Positions: lines and columns, blocks, and views with their way back to the document."""

from itertools import pairwise

import pytest
from hypothesis import given

from reportlint.document import Block, Document, Lines, Span, View, line_blocks, merge
from tests.helpers import outside
from tests.strategies import anything, cut_texts


@given(cut_texts())
def test_a_view_is_the_text_without_its_cuts(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, cuts = case
    cut = {offset for start, end in cuts for offset in range(start, end)}
    view = View(text, cuts)
    assert view.text == "".join(c for i, c in enumerate(text) if i not in cut)


@given(cut_texts())
def test_every_character_of_a_view_finds_its_way_back(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, cuts = case
    view = View(text, cuts)
    for position, char in enumerate(view.text):
        assert text[view.raw(position)] == char
        assert view.here(view.raw(position)) == position


@given(cut_texts())
def test_every_offset_of_the_document_has_a_place_in_the_view(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, cuts = case
    view = View(text, cuts)
    cut = {offset for start, end in cuts for offset in range(start, end)}
    places = [view.here(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(view.text)
    for offset, place in enumerate(places[:-1]):
        if offset in cut:
            assert place == places[offset + 1], "what is cut out lies where it was"
        else:
            assert view.raw(place) == offset


@given(cut_texts())
def test_a_span_of_a_view_covers_the_cuts_inside_it_and_no_others(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, cuts = case
    view = View(text, cuts)
    cut = {offset for start, end in cuts for offset in range(start, end)}
    length = len(view.text)
    for start, end in ((0, length), (length // 3, length // 2), (length // 2, length // 2)):
        first, last = view.raw_span(start, end)
        kept = "".join(text[i] for i in range(first, last) if i not in cut)
        assert kept == view.text[start:end]
        assert 0 <= first <= last <= len(text)
        if start == end:
            assert first == last
        else:
            assert first not in cut
            assert last - 1 not in cut


@given(cut_texts())
def test_merged_spans_are_sorted_apart_and_cover_the_same(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    _, spans = case
    merged = merge(spans)
    assert all(a.end < b.start for a, b in pairwise(merged))
    covered = {offset for span in merged for offset in range(*span)}
    assert covered == {offset for start, end in spans for offset in range(start, end)}
    assert all(span.start < span.end for span in merged)


@given(anything)
def test_positions_and_offsets_are_inverse(text: str) -> None:
    lines = Lines(text)
    positions = [lines.position(offset) for offset in range(len(text) + 1)]
    assert [lines.offset(*position) for position in positions] == list(range(len(text) + 1))
    assert positions == sorted(positions)
    assert positions[0] == (1, 1)


@given(anything)
def test_only_line_feeds_and_carriage_returns_end_lines(text: str) -> None:
    assert len(Lines(text)) == text.count("\n") + text.count("\r") - text.count("\r\n") + 1


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (1, 4), (2, 3), (3, 1), (-1, 1)])
def test_a_place_outside_the_text_is_an_error(place: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=f"{place[0]}:{place[1]}"):
        Lines("甲乙\n丙").offset(*place)


@given(anything)
def test_blocks_hold_all_that_is_written_and_no_line_end(text: str) -> None:
    blocks = line_blocks(text)
    assert all(text[b.start : b.end].strip() for b in blocks)
    assert not any("\n" in text[b.start : b.end] or "\r" in text[b.start : b.end] for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert not outside(text, blocks).strip()


def test_a_document_knows_its_lines_and_blocks() -> None:
    document = Document("一、甲\r\n\r\n乙", markup=[(5, 7), (0, 2), (1, 3)])
    assert document.blocks == (Block(0, 3), Block(7, 8))
    assert document.markup == (Span(0, 3), Span(5, 7))
    assert document.lines.position(7) == (3, 1)
    assert document.block_at(0) == document.block_at(3) == Block(0, 3)
    assert document.block_at(5) is None
    assert document.block_at(8) == Block(7, 8)
    assert Document("").block_at(0) is None
