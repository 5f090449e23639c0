"""Choosing fixes, making them, and doing it only once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from reportlint import engine, fixes, packs
from reportlint.document import Document
from reportlint.findings import Applicability, Edit, Finding, Fix, Severity, Suppression
from reportlint.readers import read
from reportlint.runner import check_bytes
from reportlint.settings import Settings, default_active

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def finding(
    *edits: tuple[int, int, str],
    applicability: Applicability = SAFE,
    span: tuple[int, int] | None = None,
    suppressed: Suppression | None = None,
) -> Finding:
    made = tuple(Edit(*edit) for edit in edits)
    start, end = span or (made[0].start, made[0].end)
    fix = Fix("", made, applicability) if made else None
    return Finding(
        "XX001", "x", "x", Severity.ERROR, "", start, end, fix=fix, suppressed=suppressed
    )


class TestPlan:
    def test_safe_fixes_only_unless_asked(self) -> None:
        findings = [finding((0, 1, "")), finding((2, 3, ""), applicability=UNSAFE)]
        assert fixes.plan(findings, unsafe=False) == [Edit(0, 1, "")]
        assert fixes.plan(findings, unsafe=True) == [Edit(0, 1, ""), Edit(2, 3, "")]

    def test_of_two_that_overlap_the_first_by_position(self) -> None:
        findings = [finding((3, 6, "")), finding((2, 4, "x")), finding((6, 7, ""))]
        assert fixes.plan(findings, unsafe=False) == [Edit(2, 4, "x"), Edit(6, 7, "")]

    def test_a_fix_is_made_whole_or_not_at_all(self) -> None:
        findings = [finding((0, 2, "")), finding((1, 2, ""), (8, 9, "")), finding((8, 9, "y"))]
        assert fixes.plan(findings, unsafe=False) == [Edit(0, 2, ""), Edit(8, 9, "y")]

    def test_edits_may_touch(self) -> None:
        findings = [finding((0, 2, "")), finding((2, 4, "")), finding((4, 4, "x"))]
        assert len(fixes.plan(findings, unsafe=False)) == 3

    def test_two_insertions_at_one_place_have_no_order(self) -> None:
        findings = [finding((2, 2, "a")), finding((2, 2, "b"))]
        assert fixes.plan(findings, unsafe=False) == [Edit(2, 2, "a")]

    def test_the_same_edit_twice_is_made_once(self) -> None:
        findings = [finding((2, 5, "")), finding((2, 5, ""))]
        assert fixes.plan(findings, unsafe=False) == [Edit(2, 5, "")]

    def test_suppressed_findings_are_not_touched(self) -> None:
        quiet = finding((2, 5, ""), suppressed=Suppression("inline", "comment"))
        assert fixes.plan([quiet], unsafe=True) == []

    @pytest.mark.parametrize("edit", [(1, 3, ""), (3, 3, "x"), (4, 9, ""), (0, 9, "")])
    def test_nor_by_the_fix_of_another_finding(self, edit: tuple[int, int, str]) -> None:
        quiet = finding(span=(2, 5), suppressed=Suppression("inline", "comment"))
        assert fixes.plan([quiet, finding(edit)], unsafe=True) == []

    @pytest.mark.parametrize("edit", [(0, 2, ""), (2, 2, "x"), (5, 5, "x"), (5, 9, "")])
    def test_but_beside_them(self, edit: tuple[int, int, str]) -> None:
        quiet = finding(span=(2, 5), suppressed=Suppression("inline", "comment"))
        assert fixes.plan([quiet, finding(edit)], unsafe=True) == [Edit(*edit)]

    @given(
        st.lists(
            st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=2)
            .map(lambda spans: [Edit(start, start + length, "") for start, length in spans])
            .filter(lambda edits: _apart(edits))
            .map(lambda edits: finding(*edits))
        )
    )
    def test_edits_are_sorted_and_never_overlap(self, findings: list[Finding]) -> None:
        plan = fixes.plan(findings, unsafe=True)
        assert plan == sorted(plan)
        assert _apart(plan)
        assert bool(plan) == bool(findings)


def _apart(edits: Sequence[Edit]) -> bool:
    edits = sorted(edits)
    return all(a.end <= b.start and a[:2] != b[:2] for a, b in pairwise(edits))


class TestSettle:
    def settle(self, text: str, rules: dict[str, str]) -> fixes.Settled:
        """Fix ``text`` by replacing each key by its value until that changes nothing."""

        def check(data: bytes) -> tuple[Document, list[Finding]]:
            document = read(data, "")
            found = []
            for old, new in rules.items():
                at = document.text.find(old)
                if at >= 0:
                    found.append(finding((at, at + len(old), new)))
            return document, found

        data = text.encode()
        return fixes.settle(data, *check(data), check, unsafe=False)

    def test_what_a_fix_uncovers_is_fixed_too(self) -> None:
        assert self.settle("a付付费费b", {"付费": ""}) == (b"ab", 2)

    def test_nothing_to_do(self) -> None:
        assert self.settle("abc", {"x": ""}) == (b"abc", 0)

    def test_fixes_that_undo_one_another_end_where_they_began(self) -> None:
        settled = self.settle("ab", {"ab": "ba", "ba": "ab"})
        assert settled == (b"ab", 0)

    def test_a_fix_that_grows_what_it_fixes_ends(self) -> None:
        settled = self.settle("a", {"a": "aa"})
        assert settled == (b"a" * (fixes.PASSES + 1), fixes.PASSES)


PIECES = st.sampled_from(
    ["##paidbegin##", "##paidend##", "##", "推", "动", "\u200b", "XX", "。", "\n", "\r\n", "一、甲\n",
     "二、乙\n", "四、丁\n", "- 1 -\n", "全文", "*", "（一）", "1.", "##paid", "begin##"]
)  # fmt: skip


@pytest.mark.parametrize("unsafe", [False, True])
@example_settings(max_examples=150)
@given(pieces=st.lists(PIECES, max_size=25))
def test_fixing_twice_is_fixing_once(settings: Settings, pieces: list[str], unsafe: bool) -> None:
    def fixed(data: bytes) -> bytes:
        def check(data: bytes) -> tuple[Document, Sequence[Finding]]:
            result = check_bytes(data, "x.txt", settings)
            return result.document, result.findings

        return fixes.settle(data, *check(data), check, unsafe=unsafe).data

    once = fixed("".join(pieces).encode())
    assert fixed(once) == once


class TestDiff:
    def test_equal_texts_have_none(self) -> None:
        assert fixes.diff("甲\n", "甲\n", "a.txt") == ""

    def test_a_changed_line(self) -> None:
        assert fixes.diff("甲\n乙X\n丙\n丁\n", "甲\n乙\n丙\n丁\n", "a.txt") == (
            "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n 甲\n-乙X\n+乙\n 丙\n"
        )

    def test_a_last_line_without_an_end(self) -> None:
        assert fixes.diff("甲X", "甲", "a.txt").split("\n")[3:] == [
            "-甲X",
            "\\ No newline at end of file",
            "+甲",
            "\\ No newline at end of file",
            "",
        ]

    def test_line_ends_are_kept_apart_and_nothing_else_ends_a_line(self) -> None:
        made = fixes.diff("甲\r\n乙\u2028X\r丙", "甲\r\n乙\u2028\r丙", "a.txt")
        assert made.split("\n")[3:6] == [" 甲\r", "-乙\u2028X", "+乙\u2028"]


def test_a_fix_that_a_word_file_cannot_hold_stops_no_other(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("剩余386字，开通VIP后继续阅读\t立即下载")
    word.add_paragraph("扎实推##paidbegin##动武装工作。")
    path = tmp_path / "draft.docx"
    word.save(str(path))
    data = path.read_bytes()

    def check(changed: bytes) -> tuple[Document, list[Finding]]:
        document = read(changed, "draft.docx")
        ruleset = packs.builtin()
        found = engine.lint(document, Settings(ruleset, default_active(ruleset))).findings
        return document, list(found)

    document, findings = check(data)
    assert {f.code for f in findings} >= {"PW001"}
    settled = fixes.settle(data, document, findings, check, unsafe=False)
    after = read(settled.data, "draft.docx").text
    assert settled.applied == 1
    assert "扎实推动武装工作。" in after
    assert "\t" in after
