"""Totals whose parts stand in other sentences or past brackets. 〔〕 marks what is wrong."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint import packs
from reportlint.document import Document
from reportlint.engine import lint
from reportlint.settings import Settings

RULES = packs.builtin()
SETTINGS = Settings(RULES, frozenset(code for code in RULES.rules if code.startswith("NM")))


def found(text: str) -> list[tuple[str, str]]:
    return [(f.code, text[f.start : f.end]) for f in lint(Document(text), SETTINGS).findings]


WRONG = [
    "全年共办理案件〔120件〕。其中民事案件60件，标的8000万元。刑事案件40件，同比持平。行政案件30件。",
    "全年共办理案件〔120件〕：一是民事案件60件，均已办结；二是刑事案件40件；三是行政案件30件。",
    "工程含四项内容：一是新建站房，测算经费540万元；二是购置车辆，测算经费286万元；三是配备器材，测算经费94万元；四是管网配套，测算经费80万元。合计〔1100万元〕。",
    "修路投入38.6万元。清淤投入24.2万元。绿化投入17.5万元。以上三项共计〔82.3万元〕。",
    "现有教职工〔120人〕。从性别看，男60人，女70人。",
    "现有教职工〔120人〕。从性别看，男60人，女60人；从年龄看，35岁以下40人，36至50岁50人，51岁以上40人。",
    "全校教师共〔120人〕。男教师50人，女教师60人。",
    "全年接待来访〔300批〕。其中，来信100批，办结98批；来电150批，办结率100%；其他60批。",
    "全年化解矛盾纠纷〔86起〕，分为三类：一是邻里纠纷40起；二是婚姻纠纷26起；三是劳资纠纷16起。",
    "共排查隐患〔218处〕。一是消防隐患120处，已整改110处。二是用电隐患68处，已整改60处。三是燃气隐患40处。",
    "收到提案〔92件〕。按类别分，经济类40件、社会类30件、文化类32件。",
    "共办理〔120件〕，其中民事80件（其中合同50件、婚姻30件）、刑事50件。",
    "现有客车〔260辆〕，其中电动182辆（含租用12辆）、柴油98辆。",
    "全年争取资金〔1.2亿元〕。其中，中央资金8000万元；省级资金3000万元；市级资金2500万元。",
    "全年发放补助〔1.2亿元〕，分两类：一是粮食补贴8000万元；二是农机补贴5000万元。",
]

RIGHT = [
    "全年共办理案件130件。其中民事案件60件，标的8000万元。刑事案件40件，同比持平。行政案件30件。",
    "全年共办理案件130件：一是民事案件60件，均已办结；二是刑事案件40件；三是行政案件30件。",
    "全年共办理案件230件：一是民事案件60件，均已办结；二是刑事案件40件；三是行政案件30件。",
    "工程含四项内容：一是新建站房，测算经费540万元；二是购置车辆，测算经费286万元；三是配备器材，测算经费94万元；四是管网配套，测算经费80万元。合计1000万元。",
    "修路投入38.6万元。清淤投入24.2万元。绿化投入17.5万元。以上三项共计80.3万元。",
    "现有教职工120人。从性别看，男60人，女60人。从年龄看，35岁以下40人，36至50岁50人，51岁以上30人。从学历看，本科及以上100人，硕士40人，大专20人。",
    "全校教师共120人。男教师50人，女教师70人。",
    "现有党员50人。其中女党员18人，占36%；大专以上学历党员45人；35岁以下党员12人。",
    "全年发展党员581名。其中生产一线的345名，占59.4%；大专及以上学历的525名；35岁及以下的381名。",
    "全年发放补贴1.3亿元。其中，粮食补贴8000万元，惠及农户3万户；农机补贴5000万元。",
    "全年争取资金1.35亿元。其中，中央资金8000万元；省级资金3000万元；市级资金2500万元。",
    "全年办案120件。其中，民事案件80件，审结75件；涉企案件60件，审结58件。",
    "上年办案120件。今年受理民事案件80件，审结75件；受理刑事案件60件，审结58件。",
    "培训干部300人。一是举办新任干部班，培训120人；二是举办年轻干部班，培训100人；三是送学上门，培训150人次。",
    "全市共有医院50家。其中三级医院12家，床位9000张；二级医院20家；民营医院25家。",
    "全年走访群众1200户。其中低保户300户，送米300袋；脱贫户500户；残疾户450户。",
    "全年共完成投资50亿元。其中工业投资30亿元，增长5%；技改投资12亿元；民间投资25亿元。",
    "共收到建议128件。交办50件；主办40件；协办60件。",
    "到年底，新建农房100户，改造厕所200户；拆除危房50户，整治庭院300户。",
    "共有学生1200人。男生人数比女生多20人。女生590人。",
    "全年开展检查12次，发现问题218个。一季度发现问题80个。二季度发现问题90个。三季度发现问题30个。四季度发现问题18个。",
    "召开会议36次。其中，党组会议12次，专题会议15次；办公会议9次，专题会议6次。",
    "全年查处案件60件。其中，县级案件5件，乡级案件20件；立案案件60件。",
    "计划投入120万元。一是改造校舍60万元；二是购置设备38万元；三是培训教师30万元。",
    "全年投入120万元，重点抓好三项工程：一是改造校舍60万元；二是购置设备38万元；三是培训教师10万元。",
    "全年投入约120万元，分三类：一是校舍改造60万元；二是设备购置38万元；三是教师培训10万元。",
    "共办理130件，其中民事80件（其中合同50件、婚姻30件）、刑事50件。",
    "共有教师310人，其中高级62人（正高5人）、一级124人、二级124人。",
    "一季度修路3公里。二季度修路4公里。全年合计修路12公里。",
    "甲村修路3公里，投入50万元。乙村修路4公里。两村共计投入90万元。",
    "现有职工120人。从学历看，本科以上80人，大专以上110人。",
    "全县已建服务站189个，覆盖率87.5%；其余27个村由流动车送件。从功能看，能寄件的108个，能取件的45个，能代缴的36个。",
    "共有站点189个，其中新建20个。改建27个。从功能看，能寄件的108个，能取件的45个，能代缴的36个。",
    "现有职工120人。从去向看，留任60人，多岗兼任70人，较上年增加10人。",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_contradicts_is_found(text: str) -> None:
    wrong = re.findall("〔(.*?)〕", text)
    assert found(text.replace("〔", "").replace("〕", "")) == [("NM002", cell) for cell in wrong]


@pytest.mark.parametrize("text", RIGHT)
def test_what_agrees_or_cannot_be_judged_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.lists(st.integers(100, 9999), min_size=3, max_size=5), st.data())
def test_numbered_lists(parts: list[int], data: st.DataObject) -> None:
    names = ["民事", "刑事", "行政", "执行", "赔偿"]
    numbers = "一二三四五"
    items = "；".join(
        f"{numbers[n]}是{name}案件{part}件，均已办结"
        for n, (name, part) in enumerate(zip(names, parts, strict=False))
    )
    kinds = "三四五"[len(parts) - 3]
    total = sum(parts)
    head, foot = "办理案件{}件，分为" + kinds + "类：" + items + "。", items + "。合计{}件。"
    assert found(head.format(total)) == found(foot.format(total)) == []
    moved = total + data.draw(st.integers(-99, 99))
    assume(moved != total)
    wrong = [("NM002", f"{moved}件")]
    assert found(head.format(moved)) == found(foot.format(moved)) == wrong


@given(st.lists(st.integers(100, 9999), min_size=2, max_size=4), st.integers(1, 99))
def test_sentences_of_their_own(parts: list[int], away: int) -> None:
    names = ["民事", "刑事", "行政", "执行"]
    rest = "".join(f"{n}案件{p}件，占一定比重。" for n, p in zip(names, parts, strict=False))
    text = "全年办理案件{}件。其中" + rest
    assert found(text.format(sum(parts))) == []
    assert found(text.format(sum(parts) + away)) == []  # the list may be open
    less = sum(parts) - away
    assert found(text.format(less)) == [("NM002", f"{less}件")]
