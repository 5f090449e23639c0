"""Fingerprints outlive what happens elsewhere in the draft."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Document
from reportlint.findings import Finding, Severity
from reportlint.fingerprint import fingerprints

RULES = {"PH001": r"XX|\*\*", "PW001": "##paid(?:begin|end)##"}
CATEGORY = {"PH001": "placeholder", "PW001": "paywall"}

DRAFT = (
    "述职报告\n"
    "一、工作情况\n"
    "全年完成投资XX亿元，比上年增长**%。\n"
    "走访困难群众XX户，扎实推##paidbegin##动各项工作落实到位。\n"
    "二、下一步打算\n"
    "培训骨干XX人。\n"
    "培训骨干XX人。\n"
)
HEADINGS = re.compile(r"^[一二三四]、.*$", re.MULTILINE)


def names(text: str, code: str = "PH001") -> list[str]:
    """Return the fingerprints of the findings of one rule, in order."""
    findings = [
        Finding(rule, rule.lower(), CATEGORY[rule], Severity.ERROR, "", *match.span())
        for rule, pattern in RULES.items()
        for match in re.finditer(pattern, text)
    ]
    findings.sort(key=lambda finding: finding.start)

    def heading_path(offset: int) -> tuple[str, ...]:
        above = [m.group() for m in HEADINGS.finditer(text) if m.start() <= offset]
        return tuple(above[-1:])

    prints = fingerprints(Document(text), findings, heading_path)
    return [name for name, finding in zip(prints, findings, strict=True) if finding.code == code]


def test_fingerprints_are_sixteen_hexadecimal_digits_and_unique():
    prints = names(DRAFT) + names(DRAFT, "PW001")
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in prints)
    assert len(set(prints)) == len(prints) == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("述职报告\n", "述职报告\n\n2025年度\n"),
        ("一、工作情况", "三、工作情况"),
        ("培训骨干XX人。\n培训", "新增一行。\n培训骨干XX人。\n培训"),
        ("走访", "\u3000\u3000走访"),
        ("推##paidbegin##动", "推动"),
        ("XX亿元", "XX 亿元"),
        ("XX户，", "XX户\u200b，"),
        ("\n", "\r\n"),
    ],
)
def test_an_edit_elsewhere_changes_nothing(old, new):
    assert names(DRAFT.replace(old, new)) == names(DRAFT)


def test_filling_in_the_slot_beside_it_changes_nothing():
    before = names(DRAFT)
    assert names(DRAFT.replace("投资XX亿", "投资3.62亿")) == before[1:]
    assert names(DRAFT.replace("增长**%", "增长5%")) == [before[0], *before[2:]]


def test_another_text_rule_or_heading_is_another_finding():
    first = names(DRAFT)[0]
    assert names(DRAFT.replace("投资XX亿", "投资**亿"))[0] != first
    assert names(DRAFT.replace("完成投资", "完成产值"))[0] != first
    assert names(DRAFT.replace("一、工作情况", "一、主要成绩"))[0] != first


def test_equal_findings_are_numbered():
    first, second = names(DRAFT)[3:]
    assert first != second
    assert names(DRAFT.replace("培训骨干XX人。\n", "", 1))[3:] == [first]


def test_what_is_absent_is_known_by_its_section_alone():
    def missing(text: str, *sections: str) -> list[str]:
        findings = [
            Finding("SC001", "x", "section", Severity.ERROR, "", 2, 2, data={"section": section})
            for section in sections
        ]
        return fingerprints(Document(text), findings)

    problems, plan = missing("述职报告", "problems", "plan")
    assert problems != plan
    assert missing("年终述职报告\n正文", "plan") == [plan]


@given(
    st.lists(st.sampled_from(["开展调研XX次。", "开展调研。", "投资XX万元，增长XX%。", "一、工作"]))
)
def test_unique_in_every_draft_and_the_same_each_time(lines):
    text = "\n".join(lines)
    assert len(set(names(text))) == len(names(text))
    assert names(text) == names(text)
    assert names("新的一段。\n" + text) == names(text)


def test_no_letter_is_lost_on_the_way() -> None:
    """The letter that texts are joined by while they are worked on is one like all others."""
    assert names(DRAFT.replace("困难", "困\ua66e难")) != names(DRAFT)
    assert names(f"走访\ua66e群众XX户。\n{DRAFT}")[1:] == names(DRAFT)
