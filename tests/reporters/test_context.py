"""What is shown around a span."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint.reporters.context import Piece, bracketed, brief, crop, pieces, underline
from reportlint.reporters.width import CUT, Ruler, visible

ALPHABET = "全年完成投资亿元，。；：！？”）XX**12 a\t\u3000\u200b\u0301\x07\n\r\U00020000"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=400)


@st.composite
def spans(draw):
    """A text and a span in it, now and then empty."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, min(len(text), start + 60)))


def excerpt(text: str, what: str, room: int) -> str:
    start = text.index(what)
    span = (start, start + len(what))
    window = crop(text, *span, room, Ruler())
    return "".join(p.text for p in bracketed(pieces(text, window, [span], room, Ruler())))


@given(spans(), st.integers(12, 140), st.booleans())
def test_the_span_is_shown_whole_in_the_room_there_is(case, room, wide):
    text, start, end = case
    ruler = Ruler(wide)
    window = crop(text, start, end, room, ruler)
    assert window.start <= start <= end <= window.end
    shown = pieces(text, window, [(start, end)], room, ruler)
    whole = "".join(piece.text for piece in shown)
    assert ruler.cells(whole) <= room
    assert visible(whole) == whole
    marked = [piece.text for piece in shown if piece.owner == 0]
    assert len(marked) == 1
    if ruler.cells(text[start:end]) <= room - 2 * len(CUT) and end - start <= room - 2 * len(CUT):
        assert marked == [visible(text[start:end])]
    else:
        assert CUT in marked[0]


@given(spans(), st.integers(12, 140), st.booleans())
def test_what_is_shown_is_of_the_lines_of_the_span(case, room, wide):
    text, start, end = case
    window = crop(text, start, end, room, Ruler(wide))
    around = text[window.start : start] + text[end : window.end]
    assert "\n" not in around
    assert "\r" not in around
    before, after = text[: window.start], text[window.end :]
    assert window.more_before == bool(before.rpartition("\n")[2].rpartition("\r")[2].strip())
    assert window.more_after == bool(after.partition("\n")[0].partition("\r")[0].strip())


@given(spans(), st.integers(12, 140), st.booleans())
def test_a_cut_never_parts_a_letter_from_its_mark(case, room, wide):
    text, start, end = case
    window = crop(text, start, end, room, Ruler(wide))
    if window.more_before and window.start < start:
        assert text[window.start] != "\u0301"
    if window.more_after and window.end > end:
        assert text[window.end] != "\u0301"


@given(spans(), st.integers(12, 140), st.booleans(), st.booleans())
def test_carets_stand_under_the_span(case, room, wide, plain):
    text, start, end = case
    ruler = Ruler(wide)
    window = crop(text, start, end, room, ruler)
    shown = pieces(text, window, [(start, end)], room, ruler)
    if plain:
        shown = bracketed(shown)
    index = next(i for i, piece in enumerate(shown) if piece.owner == 0)
    before = "".join(piece.text for piece in shown[:index])
    line = underline(shown, 0, "^", ruler)
    assert ruler.cells(line[: line.index("^")]) == ruler.cells(before)
    assert line.count("^") == max(1, ruler.cells(shown[index].text))
    assert line.rstrip("^").strip() == ""


@given(spans(), st.integers(12, 140))
def test_a_line_that_fits_is_shown_whole(case, room):
    text, start, end = case
    assume("\n" not in text and "\r" not in text)
    ruler = Ruler()
    assume(ruler.cells(text) <= room - 2 * len(CUT) and len(text) <= room)
    window = crop(text, start, end, room, ruler)
    assert not window.more_before
    assert not window.more_after


LONG = (
    "全年规模以上工业增加值增长6.2%，固定资产投资完成XX亿元，同比增长5%；"
    "社会消费品零售总额保持平稳。“稳增长”措施见效。"
)


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (140, LONG.replace("XX", "【XX】")),
        (90, LONG[: LONG.index("社会")].replace("XX", "【XX】") + "..."),
        (50, "...固定资产投资完成【XX】亿元，同比增长5%；..."),
        (40, "...固定资产投资完成【XX】亿元，..."),
        (30, "...资产投资完成【XX】亿元，..."),
        (20, "...完成【XX】亿元..."),
        (16, "...成【XX】亿..."),
        (12, "...【XX】..."),
    ],
)
def test_clauses_are_kept_whole_while_there_is_room(room, expected):
    assert excerpt(LONG, "XX", room - 4) == expected
    assert Ruler().cells(expected) <= room


def test_a_closing_quote_stays_with_its_clause():
    text = "各地落实“强化责任、从严从实。”全年检查XX次，整改到位率较高，群众较为满意，成效明显。"
    assert excerpt(text, "XX", 32) == "...全年检查【XX】次，..."


def test_the_indent_is_left_out_and_is_no_cut():
    assert excerpt("标题\n\u3000\u3000全年检查XX次。\r\n结尾", "XX", 60) == "全年检查【XX】次。"


def test_a_span_longer_than_the_line_is_cut_in_its_middle():
    assert excerpt("前" + "X" * 300 + "后", "X" * 300, 30) == "...【XXXXXXXXXXX...XXXXXXXXXX】..."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投资XX亿元", "投资【XX】亿元"),
        ("【注】投资XX亿元", "【注】投资〔XX〕亿元"),
        ("【注】见〔2024〕5号，投资XX亿元", "【注】见〔2024〕5号，投资>>XX<<亿元"),
    ],
)
def test_marks_differ_from_brackets_of_the_text(text, expected):
    assert excerpt(text, "XX", 70) == expected


def test_labels_own_pieces_where_they_are_apart_and_inside():
    text = "应征120人，其中大学生90人，占70%。"
    total, part, share = [(text.index(w), text.index(w) + len(w)) for w in ("120人", "90人", "70%")]
    window = crop(text, *share, 80, Ruler())
    shown = pieces(text, window, [share, total, share, part, (0, 99)], 80, Ruler())
    assert [piece for piece in shown if piece.owner is not None] == [
        Piece("120人", 1),
        Piece("90人", 3),
        Piece("70%", 0),
    ]
    assert "".join(piece.text for piece in shown) == text


def test_a_long_quotation_in_a_message_is_cut():
    assert brief("“XX”未填写", "XX") == "“XX”未填写"
    assert brief(f"“{'广' * 500}”未删除", "广" * 500) == f"“{'广' * 20}...{'广' * 10}”未删除"


def test_a_line_of_a_megabyte_costs_no_more_than_its_neighbourhood():
    text = "工作" * 250_000 + "XX" + "工作" * 250_000
    window = crop(text, 500_000, 500_002, 60, Ruler())
    assert window.more_before
    assert window.more_after
    assert window.end - window.start < 60
