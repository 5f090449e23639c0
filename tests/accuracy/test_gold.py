"""The reader of annotated drafts and the rules by which findings meet marks."""

from pathlib import Path

import pytest

from reportlint.findings import Finding, Severity
from tests import gold
from tests.accuracy.__main__ import main

SOURCE = (
    "---\nkind: 工作总结  # as in the title\nmissing: plan\nperfunctory:\n---\n"
    "一、培训⟦placeholder|XX⟧人。⟦numbering|三、⟧打算，占⟦percentage|70%⟧；完。\n"
)
DRAFT = gold.parse(SOURCE, "a.txt")


def found(category: str, text: str, **data: str) -> Finding:
    start = DRAFT.text.index(text)
    return Finding(
        "ZZ001", "fault", category, Severity.ERROR, "", start, start + len(text), data=data
    )


def f1(category: str, *findings: Finding) -> float:
    return gold.weigh(DRAFT, findings, "工作总结").counts[category].f1


def test_marks_are_taken_out_of_the_text() -> None:
    assert DRAFT.text == "一、培训XX人。三、打算，占70%；完。\n"
    assert DRAFT.kind == "工作总结"
    assert DRAFT.sections == {("plan", "missing")}
    assert [DRAFT.text[m.start : m.end] for m in DRAFT.marks] == ["XX", "三、", "70%"]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("一、工作", "no front matter"),
        ("---\nkind:\n---\n", "no kind"),
        ("---\nkind: 请示\nmising: plan\n---\n", "mising"),
        ("---\nkind: 请示\n---\n共⟦placholder|X⟧人", "stray bracket"),
        ("---\nkind: 请示\n---\n共⟦placeholder|X⟧人⟧", "stray bracket"),
    ],
)
def test_a_slip_in_an_annotation_is_an_error(source: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        gold.parse(source, "a.txt")


def test_overlap_is_enough_and_necessary_for_a_slot() -> None:
    assert f1("placeholder", found("placeholder", "训X")) == 1
    assert f1("placeholder", found("placeholder", "培训")) == 0
    assert f1("placeholder") == 0


def test_numbering_and_percentage_go_by_sentences() -> None:
    assert f1("numbering", found("numbering", "打算")) == 1
    assert f1("percentage", found("percentage", "打算")) == 1
    assert f1("percentage", found("percentage", "完。")) == 0


def test_a_false_alarm_costs_precision_only() -> None:
    count = gold.weigh(
        DRAFT, [found("placeholder", "XX"), found("placeholder", "完")], "工作总结"
    ).counts["placeholder"]
    assert (count.recall, count.precision) == (1, 0.5)


def test_sections_are_compared_by_id_and_presence() -> None:
    assert f1("section", found("section", "完", section="plan", presence="missing")) == 1
    assert f1("section", found("section", "完", section="plan", presence="perfunctory")) == 0
    assert gold.weigh(DRAFT, [found("section", "完")], None).counts["section"].alarms == 0


def test_the_report_names_every_miss_and_false_alarm() -> None:
    verdict = gold.weigh(DRAFT, [found("placeholder", "完")], "请示")
    report = gold.table(gold.total([verdict, verdict]), 2, ("placeholder", "section"))
    assert "kinds right: 0 of 2" in report
    assert report.count("false alarm  a.txt placeholder ZZ001") == 2
    assert report.count("missed       a.txt placeholder 'XX'") == 2
    assert report.count("missed       a.txt section plan missing") == 2
    assert report.count("wrong kind   a.txt 请示 instead of 工作总结") == 2
    assert "numbering" not in report


def test_the_command_prints_a_table_for_each_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.gold.txt").write_text(SOURCE, encoding="utf-8")
    main([tmp_path, tmp_path])
    printed = capsys.readouterr().out
    assert printed.count(f"{tmp_path}: 1 drafts") == 2
    assert printed.count("missed       a.txt percentage '70%'") == 2
