"""Which paragraphs have changed, and which findings that concerns."""

from __future__ import annotations

import pytest

from reportlint import changes, readers, runner
from reportlint.changes import Before
from reportlint.pipeline import Policy
from reportlint.settings import Settings
from tests.readers.docx.wordfile import numbered, p, word

OLD = ["甲镇修路XX公里。", "乙镇修路XX公里。", "丙镇修路XX公里。"]


def file(kind: str, lines: list[str]) -> tuple[bytes, str]:
    if kind == "docx":
        return word("".join(p(line) for line in lines)), "a.docx"
    end = "\n" if kind == "text" else "\n\n"
    return end.join(lines).encode(), {"text": "a.txt", "markdown": "a.md"}[kind]


@pytest.mark.parametrize("kind", ["text", "markdown", "docx"])
@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, []),
        (OLD[::-1], []),
        (OLD[1:], []),
        (["丁镇修路XX公里。", *OLD], ["丁"]),
        ([OLD[0], OLD[1] + "全部验收。", OLD[2]], ["乙"]),
        ([*OLD, OLD[0]], ["甲"]),
        (["甲镇 修路XX公里。", *OLD[1:]], []),
        ([], []),
    ],
)
def test_findings_of_changed_paragraphs(
    settings: Settings, kind: str, new: list[str], expected: list[str]
) -> None:
    before = Before(readers.read(*file(kind, OLD)))
    few = settings._replace(active=frozenset({"PH001"}))
    result = runner.check_bytes(*file(kind, new), few, Policy(before=before))
    text = result.document.text
    assert [text[f.start - 4] for f in result.findings] == expected
    assert result.outside == len(new) - len(expected)


def test_of_equal_paragraphs_the_last_is_the_new_one() -> None:
    before = readers.read("甲。\n乙。\n".encode(), "a.txt")
    after = readers.read("甲。\n乙。\n甲。\n".encode(), "a.txt")
    assert changes.changed(after, before) == ((6, 9),)


def test_line_ends_are_no_change() -> None:
    before = readers.read("甲。\n乙。\n".encode(), "a.txt")
    after = readers.read("甲。\r\n乙。\r\n".encode(), "a.txt")
    assert changes.changed(after, before) == ()


def test_automatic_numbers_are_no_change(settings: Settings) -> None:
    from tests.readers.docx.wordfile import level, lists

    numbering = lists(level(0, "decimal", "%1."))
    before = readers.read(word(numbered("甲。") + numbered("乙。"), numbering=numbering), "a.docx")
    after = readers.read(
        word(numbered("丙。") + numbered("甲。") + numbered("乙。"), numbering=numbering), "a.docx"
    )
    assert [after.text[s.start : s.end].strip() for s in changes.changed(after, before)] == [
        "1.丙。"
    ]


def test_what_is_missing_counts_where_anything_changed(settings: Settings) -> None:
    title, work = "2024年度述职报告", "一、主要工作"
    old = "\n".join([title, work, "修路3公里，全部验收。", "植树200亩。"])
    few = settings._replace(active=frozenset({"SC001"}))
    before = Before(readers.read(old.encode(), "a.txt"))
    for new, count in ((old, 0), (old + "\n补种30亩。", 2), (old.replace("\n植树200亩。", ""), 2)):
        result = runner.check_bytes(new.encode(), "a.txt", few, Policy(before=before))
        assert len(result.findings) == count


def test_a_label_in_a_changed_paragraph_is_enough(settings: Settings) -> None:
    from reportlint.findings import Finding, Label, Severity

    before = Before(readers.read("总数120人。\n其中90人。\n".encode(), "a.txt"))
    document = readers.read("总数130人。\n其中90人。\n".encode(), "a.txt")
    finding = Finding("NM001", "", "percentage", Severity.ERROR, "", 8, 13)
    assert changes.inside(document, [finding], before) == []
    labelled = finding._replace(labels=(Label("", 0, 6),))
    assert changes.inside(document, [labelled], before) == [labelled]


def test_a_file_that_cannot_be_read_is_reported_whatever_changed(settings: Settings) -> None:
    policy = Policy(before=Before(readers.read("甲。".encode(), "a.txt")))
    result = runner.check_bytes(b"\0\0", "a.txt", settings, policy)
    assert [f.code for f in result.findings] == ["RL001"]
