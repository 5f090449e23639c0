"""``lint_batch``: the same findings as ``lint_text``, as values that any framework can carry."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportlint
from reportlint import batch, runner
from reportlint.errors import ConfigError
from reportlint.settings import Settings

TEXTS = [
    "2024年度述职报告\n\n一、主要工作\n\n投入XX万元，推##paidbegin##动工作。\n",
    "",
    "关于开展消防安全检查的通知\n\n各科室：请于3月5日前完成自查。\n",
    "应征入伍120人，其中大学生90人，占70%。",
    "\ufeff投入XX万元。\r\n",
]


def test_agrees_with_lint_text() -> None:
    for text, result in zip(TEXTS, reportlint.lint_batch(TEXTS), strict=True):
        expected = [
            {
                "code": finding.code,
                "severity": finding.severity.label,
                "start": finding.start,
                "end": finding.end,
                "message": finding.message,
            }
            for finding in reportlint.lint_text(text)
        ]
        assert result["findings"] == expected


def test_counts_what_it_lists() -> None:
    result = reportlint.lint_batch(TEXTS)[0]
    assert (result["kind"], result["kind_from"], result["failed"]) == ("述职报告", "title", False)
    found = result["findings"]
    for word in ("error", "warning", "info"):
        assert result[f"{word}s"] == sum(f["severity"] == word for f in found)
    assert result["placeholder"] == sum(f["code"].startswith("PH") for f in found) == 1
    assert result["paywall"] == 1
    assert sum(result[name] for name in batch.FAMILIES) == len(found)
    assert result["codes"] == sorted({f["code"] for f in found})


@given(st.lists(st.text() | st.sampled_from(TEXTS), max_size=3))
def test_gives_the_same_keys_and_json_types_for_any_text(texts: list[str]) -> None:
    results = reportlint.lint_batch(texts)
    assert len(results) == len(texts)
    for result in results:
        assert list(result) == KEYS
        assert json.loads(json.dumps(result)) == result


KEYS = list(reportlint.lint_batch([""])[0])


def test_a_category_of_its_own_counts_as_other(settings: Settings) -> None:
    result = batch.check("投入XX万元。", settings)
    renamed = [finding._replace(category="house") for finding in result.findings]
    flat = batch.flat(result._replace(findings=tuple(renamed)))
    assert flat["other"] == flat["errors"] == 1
    assert list(flat) == KEYS


def test_options() -> None:
    (result,) = reportlint.lint_batch(TEXTS[:1], select=["PW"], lang="en", messages=False)
    assert result["codes"] == ["PW001"]
    assert "message" not in result["findings"][0]
    (result,) = reportlint.lint_batch(["投入XX万元。\n"], kind="述职报告", lang="en")
    assert (result["kind"], result["kind_from"]) == ("述职报告", "option")
    assert "SC001" in result["codes"]
    (result,) = reportlint.lint_batch(TEXTS[:1], ignore=["PW", "SC", "CS"])
    assert result["codes"] == ["PH001"]
    (result,) = reportlint.lint_batch(["`投入XX万元`"], format="markdown")
    assert result["codes"] == []


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_is_no_text_is_a_result(text: str) -> None:
    broken, good = reportlint.lint_batch([text, "投入XX万元。"])
    assert (broken["codes"], broken["failed"], broken["reportlint"]) == (["RL001"], True, 1)
    assert (good["codes"], good["failed"]) == (["PH001"], False)


def test_mistakes() -> None:
    with pytest.raises(TypeError, match="one string"):
        reportlint.lint_batch("投入XX万元。")
    with pytest.raises(TypeError, match="NoneType"):
        reportlint.lint_batch([None])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="docx"):
        reportlint.lint_batch([], format="docx")
    with pytest.raises(ConfigError):
        reportlint.lint_batch([], select=["ZZ"])


def test_the_rules_are_made_ready_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reportlint.lint_batch(["x"], select=["PH"])
    monkeypatch.setattr(reportlint, "_settings", None)
    assert reportlint.lint_batch(["投入XX万元。"], select=["PH"])[0]["codes"] == ["PH001"]


def test_works_in_other_processes() -> None:
    assert pickle.loads(pickle.dumps(reportlint.lint_batch)) is reportlint.lint_batch
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert pool.submit(reportlint.lint_batch, TEXTS).result() == reportlint.lint_batch(TEXTS)


def test_reads_a_text_as_a_file_with_it_would_be(settings: Settings) -> None:
    text = "**工作总结**\n\n投入**XX**万元。\n"
    file = runner.check_bytes(text.encode(), "x.txt", settings)
    assert batch.check(text, settings).findings == file.findings
