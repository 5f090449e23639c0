"""SC: the parts that a kind of report must have, however they are realised."""

import pytest

from reportlint.settings import Settings
from tests.helpers import lint, texts

WORK = "一年来，完成投资1200万元，修路30公里，改造危房86户，新建文化广场4处，组织培训12期，受益群众3200人。"
PROBLEMS = (
    "同时也清醒地看到，工作中还存在不少问题，主要表现在：一是产业基础薄弱；二是年轻干部偏少。"
)
PLAN = "下一步，我们将加快推进产业园建设，完善基础设施，加强干部培训。"
MORE = "全镇干部群众团结一心，抓项目、抓民生、抓治理，各项工作平稳推进，年度指标全部完成。"


def said(text: str, settings: Settings, path: str = "draft.txt") -> dict[str, str]:
    """Return what is said of sections: id -> presence."""
    return {
        f.data["section"]: f.data["presence"]
        for f in lint(text, settings, path).findings
        if f.code in ("SC001", "SC002")
    }


@pytest.mark.parametrize(
    "parts",
    [
        # a heading for each
        ["一、主要工作", WORK, "二、存在问题", PROBLEMS, "三、下一步打算", PLAN],
        ["（一）主要工作", WORK, "（二）存在的不足", PROBLEMS, "（三）今后打算", PLAN],
        ["第一部分 主要工作", WORK, "第二部分 存在不足", PROBLEMS, "第三部分 下一步计划", PLAN],
        # headings of the content, a paragraph for the rest
        ["一、抓实产业，增收有了底气", WORK, "二、抓牢民生，群众有了笑脸", MORE, PROBLEMS, PLAN],
        ["一、抓实产业，增收有了底气", WORK, "二、抓牢民生，群众有了笑脸", MORE, PROBLEMS + PLAN],
        # no heading at all
        [WORK, MORE, PROBLEMS, PLAN],
        [WORK + MORE + PROBLEMS + PLAN],
        # in words of their own
        [WORK, MORE, "但也要看到，产业链条短，专业人才缺乏，村级集体经济薄弱。", PLAN],
        [WORK, MORE, "一、看得见的短板", "产业层次不高，人才留不住，资金缺口较大。", "二、2024年打算", "加快推进产业园建设。"],
    ],
)  # fmt: skip
def test_a_summary_with_all_its_parts(parts: list[str], settings: Settings) -> None:
    assert said("\n".join(["张湾镇2023年工作总结", *parts]), settings) == {}


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        (["一、主要工作", WORK, "二、下一步打算", PLAN], {"problems": "missing"}),
        (["一、主要工作", WORK, "二、存在问题", PROBLEMS], {"plan": "missing"}),
        ([WORK, MORE], {"problems": "missing", "plan": "missing"}),
        ([WORK, MORE, "虽然取得了一些成绩，但还存在一定差距。", PLAN], {"problems": "perfunctory"}),
        ([WORK, MORE, PROBLEMS, "今后，我们将再接再厉，再上新台阶。"], {"plan": "perfunctory"}),
        (["一、主要工作", WORK, "二、存在问题", "三、下一步打算", PLAN], {"problems": "missing"}),
        (["一、主要工作", WORK, "二、存在问题", PROBLEMS, "三、下一步打算", "再接再厉，再创佳绩。"],
         {"plan": "perfunctory"}),
        # what was solved is no shortcoming of today
        ([WORK + "针对群众反映的饮水困难问题，新建水厂2座。", MORE, PLAN], {"problems": "missing"}),
    ],
)  # fmt: skip
def test_a_summary_that_lacks_a_part(
    parts: list[str], faults: dict[str, str], settings: Settings
) -> None:
    assert said("\n".join(["张湾镇2023年工作总结", *parts]), settings) == faults


@pytest.mark.parametrize(
    ("title", "parts", "faults"),
    [
        ("张湾镇党委书记述职述廉报告", [WORK, "坚持廉洁自律，严格执行中央八项规定，不插手工程项目，不收受礼金红包。", PROBLEMS, PLAN], {}),
        ("张湾镇党委书记述职述廉报告", [WORK, MORE, PROBLEMS, PLAN], {"integrity": "missing"}),
        ("张湾镇消防安全自查报告", [WORK, "通过自查，发现存在制度不健全、台账不规范等问题，部分灭火器过期。",
         "针对上述问题，我镇制定整改台账，已更换灭火器32具，清理通道6处。"], {}),
        ("张湾镇消防安全自查报告", [WORK, "通过自查，发现存在制度不健全、台账不规范等问题，部分灭火器过期。", MORE], {"rectification": "missing"}),
        ("关于乡村旅游发展情况的调研报告", ["一、基本情况", WORK, "二、存在问题", PROBLEMS, "三、对策建议", "加强规划引领，加大资金投入。"], {}),
        ("关于乡村旅游发展情况的调研报告", ["一、基本情况", WORK, "二、存在问题", PROBLEMS], {"suggestions": "missing"}),
        ("张湾镇防汛工作方案", ["一、总体要求", "坚持预防为主，确保不死人、少损失。", "二、重点任务",
         "开展隐患排查，修复水毁堤防，储备防汛物资。", "三、保障措施", "加强组织领导，成立防汛领导小组，落实经费50万元。"], {}),
        ("张湾镇防汛工作方案", ["一、总体要求", "坚持预防为主，确保不死人、少损失。", "二、重点任务",
         "开展隐患排查，修复水毁堤防，储备防汛物资。"], {"safeguards": "missing"}),
        ("关于购置消防车的请示", ["县人民政府：", "为提高灭火救援能力，我镇拟购置消防车一辆。现申请安排资金80万元。", "妥否，请批示。"], {}),
        ("关于购置消防车的请示", ["县人民政府：", "为提高灭火救援能力，我镇拟购置消防车一辆。现申请安排资金80万元。"],
         {"closing": "missing"}),
        ("张湾镇防汛工作会议纪要", ["2023年6月5日，镇长主持召开防汛工作会议，有关单位负责人出席会议。纪要如下：",
         "会议议定，由水利站负责堤防巡查，由财政所安排经费20万元。"], {}),
        ("张湾镇防汛工作会议纪要", ["由水利站负责堤防巡查，由财政所安排经费20万元，会议决定按月调度。"],
         {"meeting": "missing"}),
    ],
)  # fmt: skip
def test_other_kinds(
    title: str, parts: list[str], faults: dict[str, str], settings: Settings
) -> None:
    assert said("\n".join([title, *parts]), settings) == faults


@pytest.mark.parametrize(
    "sentence",
    [
        "在肯定成绩的同时，也存在一些不足：学习不够系统，调研不够深入。",
        "反思一年来的工作，主要是学习抓得不够紧，基层跑得不够多。",
        "与先进乡镇相比，仍有差距，主要体现在产业规模小、人才少。",
        "问题与不足主要有以下几点：一是产业规模小；二是专业人才少。",
        "虽然取得了一定成绩，但仍存在学习不系统、作风不扎实等问题。",
        "个人存在的不足：理论功底还不扎实，工作方法还比较简单。",
        "困难主要有：经费缺口大，专业力量少。",
        "存在的主要问题：1.产业规模小；2.专业人才少。",
        "不足之处：产业规模小，专业人才缺。",
        "回顾一年工作，仍有以下短板：产业规模小，人才少。",
        "工作中也暴露出一些问题，如项目推进慢、资金到位晚。",
        "但工作中仍有问题，项目推进慢，资金到位晚。",
    ],
)
def test_a_sentence_that_says_what_is_wrong_is_enough(sentence: str, settings: Settings) -> None:
    parts = ["张湾镇2023年工作总结", WORK, MORE, sentence, PLAN]
    assert said("\n".join(parts), settings) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年，我将继续加强学习，抓好项目。",
        "在今后的工作中，我将加强学习，多到基层调研。",
        "接下来，重点抓好三件事：修路、通水、亮灯。",
        "新的一年，镇党委将团结带领全镇干部抓好产业。",
        "针对以上不足，我将加强学习，多跑基层。",
        "今后努力方向：加强学习，改进作风。",
        "展望来年，全镇将聚焦产业，建设园区。",
        "二〇二四年，我们要加快产业园建设。",
        "明年，全镇将修建产业路30公里。",
        "明年工作打算：\n1.修建产业路30公里。\n2.完成集中供水工程。",
        "三、2024年怎么干\n加快推进产业园建设，完善基础设施。",
        "我将以此次述职为契机，加强学习，改进作风，抓好落实。",
    ],
)
def test_a_sentence_that_says_what_will_be_done_is_enough(
    sentence: str, settings: Settings
) -> None:
    parts = ["张湾镇2023年工作总结", WORK, MORE, PROBLEMS, sentence]
    assert said("\n".join(parts), settings) == {}


@pytest.mark.parametrize(
    "found",
    [
        "自查发现，部分场所消防通道被占用，灭火器过期。",
        "自查中发现以下问题：一是通道被占；二是灭火器过期。",
        "共排查出隐患12处，主要是线路老化、通道堵塞。",
        "二、自查发现的问题\n部分场所消防通道被占用，灭火器过期。",
    ],
)
@pytest.mark.parametrize(
    "mended",
    [
        "针对上述问题，我镇制定整改台账，已更换灭火器32具，清理通道6处。",
        "目前上述隐患已全部整改到位，更换灭火器32具。",
        "下一步，我镇将对存在的隐患逐一整改。",
        "以上问题已于当日整改完毕，并举一反三开展排查。",
    ],
)
def test_what_an_inspection_found_and_what_came_of_it(
    found: str, mended: str, settings: Settings
) -> None:
    parts = ["张湾镇消防安全自查报告", WORK, found, mended]
    assert said("\n".join(parts), settings) == {}


@pytest.mark.parametrize(
    "head",
    [
        "2023年6月5日，张湾镇召开防汛工作专题会议，会议由镇长主持。",
        "6月5日下午，镇长在三楼会议室主持召开办公会，研究防汛工作。",
        "时间：2023年6月5日\n地点：镇三楼会议室\n主持：李某\n出席：各办负责人",
        "会议时间：2023年6月5日\n会议地点：三楼会议室\n主持人：李某",
    ],
)
def test_minutes_begin_in_many_ways(head: str, settings: Settings) -> None:
    decision = "会议议定，由水利站负责堤防巡查，财政所安排经费20万元。"
    assert said("\n".join(["张湾镇防汛工作会议纪要", head, decision]), settings) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "妥否，请批示。", "当否，请批复", "可否，请批示。", "以上请示当否，请批示。", "特此请示，请批复。", "请审批。", "请批准为盼。", "请予批准。",
    ],
)  # fmt: skip
def test_requests_close_in_many_ways(sentence: str, settings: Settings) -> None:
    text = "县人民政府：\n为提高灭火救援能力，我镇拟购置消防车一辆。现申请安排资金80万元。"
    parts = ["关于购置消防车的请示", text, sentence, "张湾镇人民政府", "2023年5月6日"]
    assert said("\n".join(parts), settings) == {}


def test_markdown_headings_are_headings(settings: Settings) -> None:
    parts = ["# 工作总结", "## 主要工作", WORK, "## 存在问题", PROBLEMS, "## 下一步打算", PLAN]
    assert said("\n\n".join(parts), settings, "a.md") == {}
    assert said("\n\n".join(parts[:5]), settings, "a.md") == {"plan": "missing"}


def test_a_missing_part_is_reported_where_it_belongs(settings: Settings) -> None:
    text = "\n".join(["张湾镇工作总结", "一、主要工作", WORK, "二、下一步打算", PLAN])
    [finding] = lint(text, settings).findings
    assert (finding.start, finding.end) == (text.index("二、"), text.index("二、"))
    assert finding.message == "工作总结缺少“存在问题”部分"
    assert finding.data == {"section": "problems", "presence": "missing", "kind": "工作总结"}


def test_a_perfunctory_part_is_reported_where_it_stands(settings: Settings) -> None:
    phrase = "虽然取得了一些成绩，但还存在一定差距。"
    text = "\n".join(["张湾镇工作总结", WORK, MORE, phrase, PLAN])
    assert texts(lint(text, settings), "SC002") == [phrase]


@pytest.mark.parametrize(
    ("parts", "empty"),
    [
        (["一、主要工作", WORK, "二、经验做法", "三、存在问题", PROBLEMS], ["二、经验做法"]),
        (["一、主要工作", "（一）抓投资", WORK, "二、存在问题", PROBLEMS], []),
        (["一、主要工作", WORK, "二、存在问题", PROBLEMS, "三、修路", "四、通水", "五、亮灯"], []),
        (["一、主要工作。" + WORK, "二、存在问题。" + PROBLEMS], []),
    ],
)
def test_headings_with_nothing_under_them(
    parts: list[str], empty: list[str], settings: Settings
) -> None:
    assert texts(lint("\n".join(parts), settings), "SC003") == empty


def test_parts_in_the_wrong_order(settings: Settings) -> None:
    parts = ["一、主要工作", WORK, "二、下一步打算", PLAN, "三、存在问题", PROBLEMS]
    assert texts(lint("\n".join(["工作总结", *parts]), settings), "SC004") == ["三、存在问题"]
    parts = ["一、主要工作", WORK, "二、存在问题", PROBLEMS, "三、下一步打算", PLAN]
    assert texts(lint("\n".join(["工作总结", *parts]), settings), "SC004") == []


@pytest.mark.parametrize(
    ("title", "opening", "faults"),
    [
        ("张湾镇民兵工作情况报告", "现就我镇党管武装工作述职如下：", 1),
        ("张湾镇消防安全自查报告", "现将整改情况报告如下：", 1),
        ("张湾镇民兵工作情况报告", "现将有关情况报告如下：", 0),
        ("张湾镇党委书记述职报告", "现将履职情况报告如下：", 0),
        ("张湾镇工作总结", "现将有关情况报告如下：", 0),
    ],
)
def test_title_and_text_name_one_kind(
    title: str, opening: str, faults: int, settings: Settings
) -> None:
    text = f"{title}\n2023年，{WORK}{opening}\n一、工作\n{MORE}\n{PROBLEMS}\n{PLAN}"
    assert len(texts(lint(text, settings), "SC005")) == faults


def test_a_report_of_no_kind_has_no_parts(settings: Settings) -> None:
    assert said(f"春天的田野\n{WORK}\n{MORE}", settings) == {}
