"""Baselines: what they survive, what they hold, and files that are none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import baseline, runner
from reportlint.baseline import BaselineError, Files, Known, Record
from reportlint.findings import Severity
from reportlint.pipeline import Policy
from reportlint.settings import Settings
from tests.readers.docx.wordfile import p, word

DRAFT = """2024年度述职报告

一、主要工作

（一）全年接待群众XX人次，办结信访事项XX件。

（二）组织XX名民兵参加训练，投入经费XX万元，扎实推##paidbegin##动基层武装工作。

二、存在问题

一是培训覆盖面不够，全年只办了两期。三是部分台账记录不全，已逐项登记。
"""


def check(data: bytes, path: str, settings: Settings, known: Known | None = None):
    return runner.check_bytes(data, path, settings, Policy(baseline=known))


def records(data: bytes, path: str, settings: Settings, *, redact: bool = False):
    result = check(data, path, settings)
    return baseline.records(
        result.document, result.findings, result.structure.heading_path, redact=redact
    )


def reported(result) -> list[str]:
    return [f.code for f in result.findings if f.suppressed is None]


@pytest.fixture
def known(settings: Settings) -> Known:
    held = records(DRAFT.encode(), "a.txt", settings)
    assert {record.code for record in held} == {"PH001", "PW001", "SC001", "SQ001"}
    return Known(held)


class TestSurvives:
    """Edits elsewhere leave every finding known, and none stale."""

    @pytest.mark.parametrize("kind", ["text", "markdown", "docx"])
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("（一）", "今年以来，本人认真履行职责，现将有关情况报告如下，请予审议。\n\n（一）"),
            ("2024年度述职报告\n", "2024年度述职报告\n\n（在全委会上）\n"),
            ("接待群众XX人次", "接待群众340人次"),
            ("办结信访事项XX件", "办结信访事项27件"),
            ("投入经费XX万元", "投入经费12.5万元"),
            ("推##paidbegin##动", "推动"),
            ("只办了两期", "只办了3期"),
            ("", ""),
        ],
    )
    def test_edits(self, settings: Settings, kind: str, old: str, new: str) -> None:
        def file(text: str) -> tuple[bytes, str]:
            if kind == "docx":
                return word("".join(p(line) for line in text.split("\n"))), "a.docx"
            return text.encode(), {"text": "a.txt", "markdown": "a.md"}[kind]

        known = Known(records(*file(DRAFT), settings))
        result = check(*file(DRAFT.replace(old, new, 1)), settings, known)
        assert set(reported(result)) <= {"RL010"}
        filled = old != new and ("XX" in old or "##" in old)
        assert reported(result) == (["RL010"] if filled else [])

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_line_ends(self, settings: Settings, known: Known, end: str) -> None:
        result = check(DRAFT.replace("\n", end).encode(), "a.txt", settings, known)
        assert reported(result) == []

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
    def test_encodings(self, settings: Settings, known: Known, encoding: str) -> None:
        assert reported(check(DRAFT.encode(encoding), "a.txt", settings, known)) == []

    def test_a_new_fault_is_reported(self, settings: Settings, known: Known) -> None:
        text = DRAFT.replace("全年只办了两期", "全年只办了XX期")
        assert reported(check(text.encode(), "a.txt", settings, known)) == ["PH001"]

    def test_a_comment_beside_it_changes_nothing(self, settings: Settings) -> None:
        known = Known(records(DRAFT.encode(), "a.md", settings))
        text = DRAFT.replace("工作。", "工作。<!-- reportlint: ignore[PW001] 原文如此 -->")
        assert reported(check(text.encode(), "a.md", settings, known)) == []


class TestCounts:
    """Findings that nothing tells apart are counted."""

    LINE = "接待群众XX人次。\n"

    def test_one_more_is_reported_one_less_is_stale(self, settings: Settings) -> None:
        (record,) = records((self.LINE * 3).encode(), "a.txt", settings)
        assert record.times == 3
        known = Known((record,))
        for times, expected in ((3, []), (4, ["PH001"]), (5, ["PH001"] * 2), (2, ["RL010"])):
            result = check((self.LINE * times).encode(), "a.txt", settings, known)
            assert reported(result) == expected
        (stale,) = [
            f
            for f in check(self.LINE.encode(), "a.txt", settings, known).findings
            if f.code == "RL010"
        ]
        assert (stale.data["count"], stale.severity) == (2, Severity.WARNING)

    def test_rules_that_did_not_run_leave_nothing_stale(self, settings: Settings) -> None:
        (record,) = records(self.LINE.encode(), "a.txt", settings)
        others = settings._replace(active=settings.active - {"PH001"})
        assert reported(check("文字。\n".encode(), "a.txt", others, Known((record,)))) == []


class TestMoved:
    """A draft at a new path is known by what it has in common with one that is gone."""

    def test_it_is_known(self, settings: Settings, known: Known) -> None:
        moved = Known((), {"old.txt": known.own, "b.txt": (Record("PH001", "x", 9),)})
        result = check(DRAFT.encode(), "new.txt", settings, moved)
        assert reported(result) == []
        assert result.moved_from == "old.txt"

    def test_also_after_an_edit(self, settings: Settings, known: Known) -> None:
        text = DRAFT.replace("接待群众XX人次", "接待群众340人次")
        result = check(text.encode(), "new.txt", settings, Known((), {"old.txt": known.own}))
        assert (reported(result), result.moved_from) == (["RL010"], "old.txt")

    def test_another_draft_is_not(self, settings: Settings, known: Known) -> None:
        text = "2024年度述职报告\n\n一、主要工作\n\n修路XX公里，全部验收。\n"
        result = check(text.encode(), "new.txt", settings, Known((), {"old.txt": known.own}))
        assert result.moved_from == ""
        assert "PH001" in reported(result)
        assert "SC001" in reported(result)

    def test_what_is_absent_from_many_is_no_likeness(self, settings: Settings) -> None:
        text = "2024年度述职报告\n\n一、主要工作\n\n修路12公里，全部验收。\n"
        old = records(text.encode(), "old.txt", settings)
        assert {record.code for record in old} == {"SC001"}
        result = check(text.encode(), "new.txt", settings, Known((), {"old.txt": old}))
        assert result.moved_from == ""


def test_pruning_keeps_what_is_left(settings: Settings, known: Known) -> None:
    result = check(DRAFT.replace("接待群众XX", "接待群众3").encode(), "a.txt", settings)
    left = baseline.pruned(
        known.own,
        result.document,
        result.findings,
        settings.active,
        result.structure.heading_path,
    )
    assert baseline.total(left) == baseline.total(known.own) - 1
    assert set(left) < set(known.own)


def test_nothing_of_the_draft_is_in_it_where_that_is_wanted(settings: Settings) -> None:
    text = DRAFT.replace("（二）", "（甲乙丙丁）____")
    held = records(text.encode(), "a.txt", settings, redact=True)
    content = baseline.dump({"a.txt": held}).decode()
    assert content.isascii()
    assert "XX" in baseline.dump({"a.txt": records(text.encode(), "a.txt", settings)}).decode()


class TestFile:
    """One finding a line, sorted."""

    def test_its_form(self) -> None:
        held = {
            "b.txt": (Record("PH001", "0b", 2, "XX"), Record("PH001", "0a", 1, "“某”")),
            "a/乙.md": (Record("SC001", "0c", 1),),
            "empty.txt": (),
        }
        assert baseline.dump(held).decode() == (
            '{"version": 1,\n'
            ' "files": {\n'
            '  "a/乙.md": [\n'
            '   {"code": "SC001", "fingerprint": "0c", "count": 1}],\n'
            '  "b.txt": [\n'
            '   {"code": "PH001", "fingerprint": "0a", "count": 1, "text": "“某”"},\n'
            '   {"code": "PH001", "fingerprint": "0b", "count": 2, "text": "XX"}]\n'
            " }}\n"
        )
        assert baseline.dump({}) == b'{"version": 1,\n "files": {}}\n'

    @given(
        st.dictionaries(
            st.text(min_size=1, max_size=8),
            st.lists(
                st.builds(
                    Record,
                    st.sampled_from(["PH001", "SC001"]),
                    st.text(st.sampled_from("0123456789abcdef"), min_size=1, max_size=4),
                    st.integers(1, 9),
                    st.text(max_size=8),
                ),
                min_size=1,
                max_size=4,
                unique_by=lambda record: record.fingerprint,
            ).map(lambda rows: tuple(sorted(rows))),
            max_size=4,
        )
    )
    def test_what_is_written_is_read_and_written_again_the_same(self, held: Files) -> None:
        data = baseline.dump(held)
        assert baseline.load(data, "x") == held
        assert baseline.dump(baseline.load(data, "x")) == data
        assert json.loads(data)["version"] == 1

    def test_names_that_are_no_text(self) -> None:
        held = {"\udcff.txt": (Record("PH001", "0", 1),)}
        assert baseline.load(baseline.dump(held), "x") == held

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            ("", 1, "is not JSON"),
            ('{"version": 1,\n "files": {,}}', 2, "is not JSON"),
            ("[]", 1, "no baseline of reportlint"),
            ('{"version": 1}', 1, "no baseline of reportlint"),
            ('{"version": 2, "files": {}}', 1, "version 2 cannot be read"),
            ('{"files": {}}', 1, "version None cannot be read"),
            ('{"version": 1,\n "files": {\n"a": 1}}', 3, "'a' are wrong"),
            ('{"version": 1,\n "files": {\n"a": [1]}}', 3, "'a' are wrong"),
            ('{"version": 1, "files": {"a": [{"code": "PH001"}]}}', 1, "are wrong"),
            (
                '{"version": 1, "files": {"a": [{"code": "P", "fingerprint": "x", "count": 0}]}}',
                1,
                "are wrong",
            ),
            (
                '{"version": 1, "files": {"a": [{"code": "P", "fingerprint": "x", "count": true}]}}',
                1,
                "are wrong",
            ),
            (
                '{"version": 1, "files": {"a": [{"code": 1, "fingerprint": "x", "count": 1}]}}',
                1,
                "are wrong",
            ),
            ("[" * 100_000, 1, "nested too deeply"),
        ],
    )
    def test_files_that_are_none(self, text: str, line: int, said: str) -> None:
        with pytest.raises(BaselineError) as error:
            baseline.load(text.encode(), "base.json")
        assert str(error.value).startswith(f"base.json:{line}: ")
        assert said in str(error.value)
        with pytest.raises(BaselineError, match="is not UTF-8"):
            baseline.load(b"\xff" + text.encode(), "base.json")
