"""Asterisks: bold or slots. The same character decides in opposite ways a few words apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.readers.emphasis import OPENS, emphasis

BOLD = [
    "〈**〉（一）指导思想。〈**〉 坚持问题导向，统筹推进各项任务。",
    "〈**〉（一）指导思想。〈**〉坚持问题导向，统筹推进各项任务。",
    "推行〈**〉村民说事〈**〉，改不改、怎么改由大家商量；落实〈**〉先地下后地上〈**〉，优先治理积水。",
    "〈**〉述职人：〈**〉 县档案馆馆长　〈**〉述职时间：〈**〉 二〇二四年十二月",
    "把〈**〉稳岗优先〈**〉作为主基调，就业形势稳中向好。",
    "图中〈**〉X轴〈**〉代表月份，〈**〉Y轴〈**〉代表件数。",
    "〈**〉退役军人方面〈**〉，逐人建档。",
    "1. 〈**〉抓排查。〈**〉 全年检查12次。",
    "一、〈**〉抓排查。〈**〉全年检查12次。",
    "一是〈**〉底数不够清楚〈**〉。部分单位台账更新慢。",
    "接入系统由21个增加到42个，〈**〉翻了一番〈**〉。",
    "〈**〉市场监管〈**〉",
    "〈**〉名师工程。〈**〉培养骨干教师16名。",
    "〈**〉县域经济：〈**〉县委常委会专题研究3次。",
    "〈**〉人才支撑〈**〉更加有力。",
    "突出〈**〉人才〈**〉引领、〈**〉项目〈**〉带动、〈**〉市场〈**〉运作。",
    "深化〈**〉区域协作〈**〉机制，支持〈**〉多元投入〈**〉。",
    "共选派〈**〉120〈**〉名干部，增长〈**〉12.5%〈**〉，占〈**〉八成〈**〉。",
    "新建改建〈**〉XX〈**〉公里农村公路。",
    "做到〈**〉“两不误”〈**〉，守住底线。",
    "〈**〉市级层面：〈**〉印发方案2个。",
    "〈**〉村集体经济。〈**〉 全镇经营性收入稳步提高。",
    "〈**〉加强领导，落实责任。〈**〉各单位要抓紧抓实。",
    "〈**〉抓学习。抓培训。〈**〉",
    "〈**〉一是〈**〉补短板，〈**〉二是〈**〉强弱项。",
    "〈**〉全年改造**个小区。〈**〉",
    "〈**〉投入****万元。〈**〉全部到位。",
    "〈**〉总投资：〈**〉**万元，其中自筹一半。",
    "〈**〉甲方：〈**〉〈**〉乙方：〈**〉",
    "〈***〉重要提示〈***〉：以下数据为初步数。",
    "〈*〉注：本表数据为初步数。〈*〉",
    "坚持〈**〉以群众为中心〈**〉的思路，办好实事。",
    "〈**〉重点工作〈**〉完成率达〈**〉95%〈**〉以上，实现〈**〉零事故〈**〉、〈**〉零上访〈**〉。",
    "〈**〉村“两委”换届〈**〉工作圆满完成。",
    "〈**〉2024年〈**〉，增速〈**〉高于〈**〉全市〈**〉2.3〈**〉个百分点。",
    "〈**〉和谐社区〈**〉建设有序推进。",
    "The 〈**〉final〈**〉 report is 〈*〉due〈*〉 in March.",
]

SLOTS = [
    "在**市委、市政府和**军分区党委的领导下",
    "发放慰问金**多万元，调整配备**名专武干部",
    "**县地处**省西北部，总面积****平方公里，辖**个乡镇",
    "**县人武部党委第一书记二〇二四年述职报告",
    "以***新时代中国特色社会主义思想为指导，争创***县五四红旗团委",
    "加强**建工作，推进**员教育，抓好**风廉政建设",
    "*镇锚定目标任务，*省卫生乡镇顺利通过复审",
    "“**市”和“**县”",
    "由**同志主持，**同志汇报",
    "占**%，同比提高**个百分点",
    "20**年**月**日",
    "书记**、镇长**、副镇长**到会",
    "**，男，**年生",
    "张**和李**等人到场",
    "联系电话133****7777和138****8888",
    "推动**经济社会和国防建设协调发展。在**市第一个建成",
    "全年**办了**件大事",
    "共**人，其中**人受奖",
    "投入 ** 万元，新建 ** 公里",
    "**县**镇**村党支部书记***，男",
    "第一书记为**，第二书记为**，",
    "（**）和（**）",
    "**市第一个以大会形式部署，**主持大会使我深感责任重大",
    "引进了*农林科技有限公司和*电子有限公司",
    "40*4=160，2*（N+1）*3",
    "满意率**.**%，提高**.**个百分点；**某同学得**分",
    "任命**为主任，免去**的职务",
    "同比增长**，完成年度任务的**，",
    "达到**亿元；人均**元；户均**亩",
    "经**区政府研究，由**街道牵头",
]


def delimiters_of(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for piece in marked.split("〈"):
        if "〉" in piece:
            mark, piece = piece.split("〉")
            spans.append((len(text), len(text) + len(mark)))
            text += mark
        text += piece
    return text, spans


@pytest.mark.parametrize("marked", BOLD)
def test_bold(marked: str) -> None:
    text, spans = delimiters_of(marked)
    assert emphasis(text, 0, len(text)) == spans


@pytest.mark.parametrize("text", SLOTS)
@pytest.mark.parametrize("strict", [False, True])
def test_slots(text: str, strict: bool) -> None:
    assert emphasis(text, 0, len(text), strict=strict) == []


@pytest.mark.parametrize(
    "marked",
    [
        "〈**〉（一）指导思想。〈**〉坚持问题导向。",
        "〈**〉市场监管〈**〉",
        "一是〈**〉底数不够清楚〈**〉。二是〈**〉力量不足〈**〉。",
        "〈**〉述职人：〈**〉 县档案馆馆长",
        "把**稳岗优先**作为主基调",
        "由**主持召开**会议",
    ],
)
def test_strictly_bold_ends_where_clauses_end(marked: str) -> None:
    text, spans = delimiters_of(marked)
    assert emphasis(text, 0, len(text), strict=True) == spans


def test_only_the_range_is_looked_at() -> None:
    text = "在**市\n**抓落实。**\n由**县"
    assert emphasis(text, 5, 13) == [(5, 7), (11, 13)]


@given(st.text(st.sampled_from("*_市抓好。，：（）“” 1.\n")))
def test_delimiters_pair_and_lie_inside(text: str) -> None:
    for strict in (False, True):
        spans = emphasis(text, 0, len(text), strict=strict)
        assert len(spans) % 2 == 0
        assert spans == sorted(spans)
        assert all(set(text[start:end]) == {"*"} for start, end in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(st.sampled_from("*_市抓好。是：（“1\n")), st.integers(0, 3))
def test_strict_emphasis_begins_where_a_clause_does(text: str, start: int) -> None:
    line = text.rfind("\n", 0, start) + 1
    if emphasis(text, line, len(text), strict=True):
        assert OPENS.search(text)
