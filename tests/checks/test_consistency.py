"""CS: what is residue of copying, and what only looks like it."""

from __future__ import annotations

import time

import pytest

import reportlint
from reportlint import engine, packs
from reportlint.document import Document
from reportlint.ruleset import RuleSet
from reportlint.settings import Settings


def found(text: str, code: str, ruleset: RuleSet | None = None) -> list[str]:
    """Return what the rule ``code`` reports, alone."""
    settings = Settings(ruleset or packs.builtin(), frozenset((code,)))
    return [text[f.start : f.end] for f in engine.lint(Document(text), settings).findings]


class TestMixedLevel:
    @pytest.mark.parametrize(
        ("text", "spans"),
        [
            ("我镇修路，我镇通水，我乡亮灯。", ["我乡"]),
            (
                "在区委的领导下，我区修路；在县委、县政府的领导下，我区通水。",
                ["在县委、县政府的领导下"],
            ),
            ("我镇修路，我镇通水，我镇植树，我镇建桥，全乡亮灯。", ["全乡"]),
            ("云台市2022年工作总结\n我市修路，全市通水，我县亮灯。", ["我县"]),
        ],
    )
    def test_the_smaller_party_is_reported(self, text: str, spans: list[str]) -> None:
        assert found(text, "CS001") == spans

    @pytest.mark.parametrize(
        "text",
        [
            "我镇修路，我乡通水。",  # no telling which is wrong
            "在市委、市政府和县委、县政府的领导下，我县修路，我县通水，市委巡察组反馈问题3个。",
            "我县修路，我县通水，排全市第2位，省委肯定。",
            "我镇修路，我镇通水，该乡全乡脱贫，我乡村振兴办验收。",
            "我县修路，我县通水。广西壮族自治区召开会议，我区各县均参加。",
            "我县修路，我县通水。群众说“我区也要修路”。",
            "云台县2022年工作总结\n我市召开会议，我县修路，全县通水，我省表彰。",
        ],
    )
    def test_what_may_be_right_is_silent(self, text: str) -> None:
        assert found(text, "CS001") == []

    def test_the_other_place_is_labelled(self) -> None:
        (finding,) = reportlint.lint_text("我镇修路，我镇通水，我乡亮灯。")
        assert [(label.start, label.end) for label in finding.labels] == [(0, 2)]
        assert finding.data["level"] == "乡"


class TestUnredactedName:
    MASKED = "XX县XX镇修路，XX村、XX村通水，XX乡、XX镇、XX街道、XX社区、XX区受益。"

    @pytest.mark.parametrize(
        ("text", "spans"),
        [
            ("XX县石桥镇参加。", ["石桥镇"]),
            ("平川县XX镇参加。", ["平川县"]),
            ("XX县边远乡镇参加，全县XX镇参加。", []),
            ("工作由石桥镇承担。", []),
            ("\n述职人：李望林", ["李望林"]),
            ("\n述职人：李XX", []),
        ],
    )
    def test_in_a_masked_draft(self, text: str, spans: list[str]) -> None:
        assert found(self.MASKED + text, "CS002") == spans

    def test_a_draft_with_names_is_silent(self) -> None:
        assert found("云台县石桥镇参加，XX县石桥镇参加。", "CS002") == []


class TestStaleYear:
    @pytest.mark.parametrize(
        ("title", "body", "spans"),
        [
            ("2022年工作总结", "2023年以来，修路12公里。", ["2023年以来"]),
            ("二〇二二年工作总结", "二〇二三年以来，修路12公里。", ["二〇二三年以来"]),
            ("2022年工作总结", "今年是2021年。", ["2021年"]),
            ("2022年工作总结", "2021年以来，修路12公里。", []),
            ("2022年工作总结", "2023年，将修路；2023年以来将持续。", []),
            ("2022年工作总结", "今年是2023年。", []),
            ("2022年工作总结", "比2019年增长3%，落实2021—2025年规划。", []),
            ("2020—2022年工作总结", "2023年以来，修路。", []),
            ("工作总结", "今年是2021年。2023年以来，修路。", []),
            (
                "2022年上半年工作总结",
                "修路。\n2022年下半年工作打算\n将继续修路，把剩余的部分全部修完，确保按时通车。",
                [],
            ),
        ],
    )
    def test_against_the_title(self, title: str, body: str, spans: list[str]) -> None:
        assert found(f"{title}\n{body}", "CS003") == spans

    def test_a_date_that_is_too_early(self) -> None:
        text = "2022年工作总结\n修路12公里。\n石桥镇人民政府\n"
        assert found(text + "2021年12月1日", "CS003") == ["2021年12月1日"]
        assert found(text + "2023年1月5日", "CS003") == []


class TestRepeatedParagraph:
    LONG = "我局组织民兵巡查堤防，转移低洼地群众，抢修水毁道路，协调物资到位，确保全县安全度汛。"

    def test_a_paragraph_that_stands_twice(self) -> None:
        text = f"{self.LONG}\n组织学习。\n{self.LONG}"
        assert found(text, "CS005") == ["我局组织民兵巡查堤防"]

    def test_a_passage_that_stands_twice_is_one_finding(self) -> None:
        other = "一年来，走访企业30家，收集困难问题12个，协调银行放贷，帮助招聘用工，稳住经济大盘，成效较好。"
        text = f"{self.LONG}\n{other}\n组织学习。\n{self.LONG}\n{other}"
        assert len(found(text, "CS005")) == 1

    @pytest.mark.parametrize(
        "other",
        [
            "我局组织民兵巡查堤防。",
            "我局组织专班走访企业，转移支付到位，抢修设备，协调物资到位，确保全年任务按时完成，群众满意。",
            "附件：\n" + LONG,
        ],
    )
    def test_other_paragraphs_are_silent(self, other: str) -> None:
        assert found(f"{self.LONG}\n{other}", "CS005") == []


class TestTwoForms:
    @pytest.mark.parametrize(
        ("text", "spans"),
        [
            ("建立台账，登记台帐。", ["台帐"]),
            ("登记台帐，搭起帐篷。", []),
            ("身份不明，本身分为两类。", []),
            ("作为试点，叫做为民服务，做为样板。", ["做为"]),
        ],
    )
    def test_only_where_both_stand(self, text: str, spans: list[str]) -> None:
        assert found(text, "CS006") == spans

    def test_the_recommended_forms_are_no_patterns_of_the_others(self) -> None:
        ruleset = packs.builtin()
        for pair in ruleset.lists["two-forms"]:
            right, slash, wrong = pair.partition("/")
            assert right
            assert slash
            assert ruleset.compile(wrong).search(right) is None, pair


@pytest.mark.parametrize(
    "piece",
    [
        "我县",
        "全区",
        "在县委",
        "XX镇",
        "2022年，",
        "今年是",
        "环保局",
        "《合同法》",
        "台账台帐",
        "我局修路，通水，",
        "自任",
        "在某",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    text = "2022年工作总结\n" + piece * (200_000 // len(piece))
    codes = frozenset(f"CS00{number}" for number in range(1, 7))
    started = time.process_time()
    engine.lint(Document(text), Settings(packs.builtin(), codes))
    assert time.process_time() - started < 6
