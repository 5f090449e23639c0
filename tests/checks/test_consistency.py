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


class TestForeignName:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("由平川县财政局负责。", ["平川县"]),
            ("平川县水利局：负责水情监测。", ["平川县"]),
            ("在平川县委、县政府的坚强领导下，修路。", ["平川县"]),
            ("把征兵列入平川县委重要议事日程。", ["平川县"]),
            ("报经平川县人民政府批准，修路。", ["平川县"]),
            ("现将平川县2022年工作情况报告如下：", ["平川县"]),
            ("平川县位于江北，面积20平方公里。", ["平川县"]),
            ("平川县现有水库3座，修路12公里。", ["平川县"]),
            ("先进经验。平川县现有合作社20家，修路12公里。", []),
            ("修路。\n平川县水利局\n2022年12月1日", ["平川县"]),
            ("在海州市委领导下，由县财政局负责，由石桥镇政府负责，由青山镇政府负责。", []),
            ("由高新区财政局负责，由各乡镇政府负责，由有关县政府负责，由属地镇政府负责。", []),
            ("与平川县协作修路，由平川县财政局负责。", []),
            ("赴平川县学习。平川县位于江北。", []),
            ("平川县、临江县毗邻我县。由平川县水利局负责上游。", []),
            ("时任平川县委书记。2019年在平川县委领导下，曾修路。", []),
            ("修路。\n抄送：平川县水利局", []),
        ],
    )
    def test_in_the_role_of_the_authors_own_office(self, text: str, names: list[str]) -> None:
        assert found(f"云台县2022年工作总结\n修路12公里。\n{text}", "CS001") == names

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("海州市云台区办法\n由临江市财政局负责。", ["临江市"]),
            ("云台市2022年工作总结\n在海州市委的领导下，由海州市财政局负责。", []),
            ("云台市2022年工作总结\n各县区参加，由海州市财政局负责。", ["海州市"]),
            ("关于云台县水厂的批复\n由平川县水利局负责。", []),
            ("云台县水厂调查\n由平川县水利局负责。\n海州市水利局\n2022年3月1日", []),
            (
                "述职报告\n在云台县委领导下，修路。在云台县委领导下，通水。列入平川县委议事日程。",
                ["平川县"],
            ),
            ("述职报告\n在云台县委领导下，修路。列入平川县委议事日程。", []),
            ("2022年防汛方案\n由云台县水利局负责，由云台县水利局牵头，由平川县水利局负责。", []),
        ],
    )
    def test_who_the_author_is(self, text: str, names: list[str]) -> None:
        assert found(text, "CS001") == names

    def test_the_authors_own_name_is_labelled(self) -> None:
        text = "云台县2022年情况通报\n由平川县财政局负责。"
        (finding,) = reportlint.lint_text(text)
        assert [text[label.start : label.end] for label in finding.labels] == ["云台县"]
        assert finding.data == {"name": "平川县", "other": "云台县"}


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
            ("XX村、青石村通水。", ["青石村"]),
            ("青石村和XX村通水。", ["青石村"]),
            ("XX村和周边村、XX村和城郊村通水。", []),
            ("XX同志、李望林同志参加。", ["李望林同志"]),
            ("在浅水西路设点。", ["浅水西路"]),
            ("修建公路，走出新路。", []),
            ("与解放军理工学院共建。", ["解放军理工学院"]),
            ("由平川县财政局负责，XX县通水，XX县修路。", ["平川县"]),
            ("ＸＸ村、ＸＸ村通水。", []),
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

    def test_only_the_title_has_the_new_year(self) -> None:
        old = "2021年，我镇通水。\n2021年，全镇修路。"
        assert found(f"2022年度述职报告\n{old}", "CS003") == ["2021年", "2021年"]
        assert found(f"2022年度述职报告\n今年通水。\n{old}", "CS003") == []
        assert found(f"2022年度述职报告\n2022年修路。\n{old}", "CS003") == []


class TestStaleOccasion:
    @pytest.mark.parametrize(
        ("title", "body", "spans"),
        [
            ("工作总结", "2022年是“十四五”规划第二年。", []),
            ("工作总结", "2022年是“十四五”开局之年。", ["2022年是“十四五”开局之年"]),
            ("工作总结", "2020年是改革开放41周年。", ["2020年是改革开放41周年"]),
            ("工作总结", "2021年是中国共产党成立一百周年。", []),
            ("工作总结", "今年是“十三五”收官之年。", []),
            ("2022年工作总结", "今年是“十三五”收官之年。", ["今年是“十三五”收官之年"]),
            ("2020年工作总结", "明年是“十四五”开局之年。", []),
            ("2026年工作计划", "2025年是“十四五”收官之年，今年是“十五五”开局之年。", []),
            ("2022年工作总结", "组织纪念改革开放40周年展览。", ["纪念改革开放40周年"]),
            ("2022年工作总结", "2018年组织纪念改革开放40周年展览。", []),
            ("2023年工作总结", "学习刚刚闭幕的党的十九大报告。", ["刚刚闭幕的党的十九大"]),
            ("2022年工作总结", "迎接党的二十大胜利召开。", []),
            ("2023年工作总结", "贯彻十九届六中全会精神。", ["十九届六中全会精神"]),
            ("2023年工作总结", "贯彻党的二十大和十九届历次全会精神。", []),
            ("2022年工作总结", "贯彻十九届六中全会精神。", []),
            ("2023年工作总结", "按照“十三五”规划修路。", ["按照“十三五”规划"]),
            ("2023年工作总结", "“十三五”期间修路40公里，对照“十三五”规划完成情况评估。", []),
            ("2023年工作总结", "到2020年，力争通水。", ["到2020年，力争"]),
            ("2023年工作总结", "《规划》提出，到2020年，力争通水。", []),
            ("2023年工作总结", "五年来，迎接党的十九大，按照“十三五”规划修路。", []),
            ("2019—2023年工作总结", "迎接党的十九大，按照“十二五”规划修路。", []),
        ],
    )
    def test_against_the_facts(self, title: str, body: str, spans: list[str]) -> None:
        assert found(f"{title}\n{body}", "CS003") == spans

    def test_by_the_date_under_the_text(self) -> None:
        text = "情况通报\n今年是新中国成立70周年。\n石桥镇人民政府\n"
        assert found(f"{text}2022年12月1日", "CS003") == ["今年是新中国成立70周年"]
        assert found(f"{text}2019年12月1日", "CS003") == []


class TestRepeatedParagraph:
    LONG = "我局组织民兵巡查堤防，转移低洼地群众，抢修水毁道路，协调物资到位，确保全县安全度汛。"

    def test_a_paragraph_that_stands_twice(self) -> None:
        text = f"{self.LONG}\n组织学习。\n{self.LONG}"
        assert found(text, "CS005") == ["我局组织民兵巡查堤防"]

    def test_a_passage_that_stands_twice_is_one_finding(self) -> None:
        other = "一年来，走访企业30家，收集困难问题12个，协调银行放贷，帮助招聘用工，稳住经济大盘，成效较好。"
        text = f"{self.LONG}\n{other}\n组织学习。\n{self.LONG}\n{other}"
        assert len(found(text, "CS005")) == 1

    def test_a_long_sentence_that_stands_in_two_paragraphs(self) -> None:
        sentence = "入汛以来组织民兵分三批巡查堤防和水库，转移低洼地群众，抢修水毁道路，协调物资到位，保障了群众的生命财产安全"
        others = [
            "修路12公里，通水3处，植树40亩，硬化广场2处，建成公厕1座，安装路灯60盏，修建文化墙300米，新建图书室1间。",
            "组织学习2次，开展谈心谈话12人次，整改问题9个，健全制度4项，选派干部3名驻村，培训骨干20名，表彰先进5名。",
        ]
        text = "\n".join(f"{other}{sentence}。" for other in others)
        assert found(text, "CS005") == ["入汛以来组织民兵分三批巡查堤防和水库"]

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
            ("记账3笔，转帐2笔，搭帐篷1顶。", ["帐"]),
            ("截至2022年底，截止目前。", ["截止"]),
            ("坐落城东，讲座落实，一座落差，座落城西。", ["座落"]),
            ("关联接口，连接两岸，月份内，分内事。", []),
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
        "由平川县局负责",
        "在海州市",
        "现将平川县",
        "平川县",
        "XX村、青石村",
        "今年是“十三五”",
        "贯彻十九届",
        "庆祝建党",
        "刚刚闭幕的",
        "到2020年",
        "按照“十三五”规划",
        "入汛以来组织民兵分三批巡查堤防和水库转移低洼地群众抢修水毁道路协调物资到位保障了群众的生命财产安全。",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    text = "云台县2022年工作总结\n" + piece * (80_000 // len(piece))
    codes = frozenset(f"CS00{number}" for number in range(1, 7))
    started = time.process_time()
    engine.lint(Document(text), Settings(packs.builtin(), codes))
    assert time.process_time() - started < 8
