"""Sentences and clauses: everything written is in one, and quotations stay whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Span
from reportlint.structure.sentences import clauses, sentences
from tests.helpers import outside
from tests.strategies import anything

_QUOTES = ["“”", "「」", "『』", "（）", "《》", "()"]
_INSIDE = st.text(st.sampled_from("，。；：、！？!?;甲乙丙一二 "), max_size=60)
_PLAIN = st.text(st.sampled_from("，。；：、！？\n甲乙丙一二"), max_size=40)


def shown(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def assert_covers(text: str, spans: list[Span]) -> None:
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert not outside(text, spans).strip()


@given(anything)
def test_sentences_cover_what_is_written_in_order(text: str) -> None:
    assert_covers(text, list(sentences(text)))


@given(anything)
def test_clauses_cover_what_is_written_in_order(text: str) -> None:
    assert_covers(text, list(clauses(text, 0, len(text))))


@given(anything)
def test_no_sentence_reaches_over_a_line_end(text: str) -> None:
    assert not any("\n" in sentence for sentence in shown(text))


@given(anything, st.data())
def test_part_of_a_text_is_cut_like_a_text_of_its_own(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = [(a - start, b - start) for a, b in sentences(text, start, end)]
    assert part == list(sentences(text[start:end]))


@given(_PLAIN, st.sampled_from(_QUOTES), _INSIDE, _PLAIN)
def test_a_quotation_is_never_cut_open(before: str, pair: str, inside: str, after: str) -> None:
    """Short ones that close in their line, with no other mark of the same sort about."""
    quotation = pair[0] + inside + pair[1]
    start = len(before)
    end = start + len(quotation)
    assert any(s.start <= start and end <= s.end for s in sentences(before + quotation + after))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("抓学习。抓落实！", ["抓学习。", "抓落实！"]),
        ("一是学；二是干；", ["一是学；", "二是干；"]),
        ("他说：“干得好。继续干。”大家鼓掌。", ["他说：“干得好。继续干。”大家鼓掌。"]),
        ("好了吗？！好了。", ["好了吗？！", "好了。"]),
        ("印发《办法。修订》（试行。）。落实。", ["印发《办法。修订》（试行。）。", "落实。"]),
        ("甲“乙\n丙。丁", ["甲“乙", "丙。", "丁"]),
        ("他问：“行吗？”“行。”散会。", ["他问：“行吗？”“行。”散会。"]),
        ("完成30%；占3.5万元。", ["完成30%；", "占3.5万元。"]),
        ("乙）。丙。", ["乙）。", "丙。"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert shown(text) == parts


def test_a_quotation_that_never_closes_does_not_swallow_the_rest() -> None:
    text = "他说“" + "我们一直在干活，" * 40 + "完了。下一句。再下一句。"
    assert shown(text)[-2:] == ["下一句。", "再下一句。"]


def test_clauses_end_at_commas_and_colons_too() -> None:
    text = "今年，我们：一修路，二通水。三亮灯"
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == ["今年，", "我们：", "一修路，", "二通水。", "三亮灯"]  # fmt: skip
