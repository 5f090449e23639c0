"""Figures that contradict each other, and figures that only seem to."""

import pytest

from reportlint.document import Document
from reportlint.engine import lint
from reportlint.findings import Applicability, Finding
from reportlint.settings import Settings


def findings(text: str, settings: Settings) -> list[Finding]:
    return [f for f in lint(Document(text), settings).findings if f.category == "percentage"]


CONSISTENT = [
    # communiqués
    "三次产业比重为：第一产业增加值占国内生产总值的7.3%，第二产业占39.9%，第三产业占52.8%。",
    "年末总人口141175万人，比上年末少85万人；全年出生956万人，死亡1041万人。",
    "年末就业人员73351万人，其中城镇就业45931万人，占62.6%。",
    "70个城市中，上涨的有16个，持平的有1个，下降的有53个。",
    "生产总值1160.33亿元，其中一产80.93亿元、二产515.20亿元、三产564.20亿元。常住人口180.88万人，其中城镇125.45万人，占69.36%。",
    "生产总值1800.5亿元，其中一产263.5亿元、二产622.1亿元、三产915.0亿元，结构为14.6:34.6:50.8。",
    "民营经济增加值17404.40亿元，占全市经济总量的59.7%。农民工751万人，其中外出509万人、本地242万人。",
    "户籍人口496954人，其中，男性249997人，女性246957人；城镇295115人，乡村201839人。",
    # party and personnel
    "全年发展党员581名，其中生产、工作一线的345名，占59.4%；大专及以上学历的525名，占90.4%；35岁及以下的381名，占65.6%。",
    "党员总数71771名，其中大专以上44368名，占61.8%；少数民族党员273名，占0.38%。",
    "党员总数为8956.4万名。女党员2388.8万名，占26.7%；少数民族党员651.4万名，占7.3%。",
    "组织总数增加5.4万个，其中机关1.0万个、事业单位0.5万个、企业1.8万个、村和社区2.2万个。",
    "确定286名新兵，其中，大学生144名，占50.34%。",
    "送走46名新兵，其中大专以上学历占比5%，高中文化74%，有专业特长的占56.5%。",
    # schools
    "专任教师1,443人、外聘教师681人，折合教师总数为1784人。",
    # affairs and courts
    "收到建议128件，其中财经类20件，占15.6%；法制类7件，占5.5%；城建类32件，占25%；教科类44件，占34.4%；农业类25件，占19.5%。",
    "承办778件，其中城建232件、占30%；民生351件、占45%；产业195件、占25%。",
    "52件建议中，办成33件，占总数的63.4%；推进中14件，占27%；留作参考5件，占9.6%。",
    "新收案件1512.5万件，结案1238.9万件，结案率为68.17%。",
    "2015年受理案件15985件，审结14135件，比2014年分别上升42.6%和43%。2014年受理11210件、审结9882件。",
    "批准逮捕158件196人，不批准逮捕33件40人，不捕率为16.95%。",
    # money
    "总收入67949万元，比上年增加6517万元，增长10.61%，其中税收51653万元、非税12133万元、基金4163万元。",
    "安排赤字10500亿元，其中中央8500亿元，代发地方债2000亿元。",
    "安排赤字2.38万亿元，其中中央财政1.55万亿元，地方财政8300亿元。",
    "今年赤字2.18万亿元，比上年增加。其中，中央1.4万亿元，地方7800亿元。",
    # government work reports
    "对外投资从2007年的248亿美元上升到2012年的772亿美元，年均增长25.5%。",
    "去年新增投资中，保障房占44%，自主创新占16%，基础设施占23%，灾后重建占14%。",
    "引进3600名，其中银龄教师1550名、银龄医师1000名、工程师650名、科技人才100名、技师300名。",
    "“水盆子”684个，其中水库5座、淤地坝20座、小型设施659座。",
    "公园累计达到973座。其中849座夜间开放，占全市公园总数的87.3%。",
    "全年生产总值4050亿元，上年为4100亿元，增长3%。",
    # surveys
    "发放问卷6560份，回收问卷6300份，有效问卷共计6217份，有效问卷回收率为94.7%。",
    # look-alikes of our own
    "共有党员50人，其中退役军人20人、女性18人、大专以上学历25人。",
    "网办件15.3万件，占全部办件的近八成。",
    "完成投资5.4亿元，为年度计划4.5亿元的120%。",
    "选择进修、补贴、倾斜的（可多选）分别占71.4%、63.3%和55.1%。",
    "普及率由82%提高到95%，相对提高15.9%。",
    "一季度10人、二季度12人，合计22人；三季度约30人，全年共80人。",
    "贷款余额28.6亿元，比年初增加3.2亿元，同比增长15.1%。",
    "上半年检查企业120家，发现隐患85处，已整改80处，全年整改率达到98%。",
    "抽检食品320批次，不合格4批次，合格率98.75%。",
    "党员、团员、女职工分别占45%、30%和28%。",
    "干警65人中，本科以上60人，占92%，硕士12人，占18%，平均年龄36岁。",
    "上年结转12件，本年受理86件，办结90件，办结率91.8%。",
    "贷款余额28.6亿元，增长12.6%，其中新增3.2亿元，占11.2%。",
    "用电量由上年的86万度降至72万度，下降16.3%，节约电费11.2万元，下降15%。",
    "甲县30户，乙县20户，共发放肥料500袋。",
]


@pytest.mark.parametrize("text", CONSISTENT)
def test_figures_that_agree_or_cannot_be_judged_are_left_alone(
    text: str, settings: Settings
) -> None:
    assert [(f.code, f.message) for f in findings(text, settings)] == []


CONTRADICTIONS = [
    ("专任教师1812人，其中硕士以上学位1692人，占专任教师的95.08%。", "NM001", "95.08%", "93.38%"),
    ("专兼职教师31名，其中专业课教师17名，占教师总数的55%；双师型教师14名，占专业课教师的45%。", "NM001", "45%", "82%"),
    ("应征入伍120人，其中大学生90人，占70%。", "NM001", "70%", "75%"),
    ("应征入伍120人，其中大学生90人，占百分之七十。", "NM001", "百分之七十", "75%"),
    ("全镇25个村中，18个通了公交，占八成半。", "NM001", "八成半", "72%"),
    ("党员40人、团员60人、群众100人，分别占20%、30%和55%。", "NM001", "55%", "50%"),
    ("教师1237人，其中正高177人（14.31%）、副高543人（53.90%）。", "NM001", "53.90%", "43.90%"),
    ("审结95件134人，去年同期为200件377人，同比分别下降50.76%、64.27%。", "NM004", "50.76%", "52.50%"),
    ("办结478件635人，去年同期为773件1350人，同比分别下降38.24%、52.96%。", "NM004", "38.24%", "38.16%"),
    ("受理数由200件增至260件，增长25%。", "NM004", "25%", "30%"),
    ("税收入库191347万元，比上年增加25457万元，增长13.30%。", "NM004", "13.30%", "15.35%"),
    ("库存由80吨减少到60吨，减少33%。", "NM004", "33%", "25%"),
    ("应到90人，实到81人，到岗率95%。", "NM005", "95%", "90%"),
    ("年度计划30公里，实际完成36公里，完成计划的130%。", "NM005", "130%", "120%"),
    ("样品1500份，检出不合格30份，不合格率为5%。", "NM005", "5%", "2%"),
    ("达成意向480人，其中签约360人，签约率80%。", "NM005", "80%", "75%"),
    ("共有民兵600人，其中男510人，女100人。", "NM002", "600人", "610人"),
    ("其中大学生占120%。", "NM006", "120%", "≤ 100%"),
    ("投诉由426件降至171件，下降1.5倍。", "NM006", "1.5倍", "< 1倍"),
    ("满意度由82.6%提高到91.4%，提高8.8%。", "NM007", "8.8%", "8.8个百分点"),
    ("优良率为92.4%，比上年的89.7%提高3.7个百分点。", "NM007", "3.7个百分点", "2.7个百分点"),
    ("收入由40万元增至120万元，翻了两番。", "NM008", "翻了两番", "3倍"),
    ("站点由3个增加到9个，增长3倍。", "NM008", "3倍", "2倍"),
    ("三处泵站投入38.6万元、24.2万元、17.5万元，三项共计82.3万元。", "NM002", "82.3万元", "80.3万元"),
    ("现有学校214所，其中小学138所、初中41所、高中12所，其余19所为幼儿园。", "NM002", "214所", "210所"),
    ("下拨资金4900万元，其中中央860万元、省级540万元、县级1180万元、社会2420万元。", "NM002", "4900万元", "5000万元"),
    ("排查1286栋，其中有隐患的1328栋。", "NM002", "1328栋", "≤ 1286栋"),
    ("公交占38.6%，电动车占27.4%，私家车占24.9%，其他占11.1%，四项合计100%。", "NM003", "100%", "102.0%"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "claimed", "expected"), CONTRADICTIONS)
def test_contradictions_are_found_with_their_proof(
    text: str, code: str, claimed: str, expected: str, settings: Settings
) -> None:
    found = findings(text, settings)
    assert [f.code for f in found if text[f.start : f.end] == claimed] == [code]
    finding = next(f for f in found if text[f.start : f.end] == claimed)
    assert finding.data["claimed"] == claimed
    assert finding.data["expected"] == expected


def test_copied_percentages_are_told_from_wrong_ones(settings: Settings) -> None:
    text = (
        "受理97件134人，上年同期为197件375人，同比分别减少50.76%、64.27%；"
        "审结95件134人，上年同期为200件377人，同比分别减少50.76%、64.27%。"
    )
    assert [f.code for f in findings(text, settings)] == ["NM010", "NM010"]


def test_the_message_shows_the_sum_and_the_labels_its_figures(settings: Settings) -> None:
    text = "应征入伍120人，其中大学生90人，占70%。"
    (finding,) = findings(text, settings)
    assert "90人 ÷ 120人 = 75%" in finding.message
    assert "70%" in finding.message
    assert [text[label.start : label.end] for label in finding.labels] == ["90人", "120人"]
    assert finding.data["part"] == "90人"
    assert finding.data["whole"] == "120人"


def test_the_fix_corrects_the_result_and_leaves_nothing_to_find(settings: Settings) -> None:
    text = "受理数由200件增至260件，增长25%。收缴率由82%提高到95%，提高了13%。"
    found = findings(text, settings)
    fixes = [f.fix for f in found if f.fix is not None]
    assert len(fixes) == len(found) == 2
    assert {fix.applicability for fix in fixes} == {Applicability.UNSAFE}
    fixed = text
    for edit in sorted((e for fix in fixes for e in fix.edits), reverse=True):
        fixed = fixed[: edit.start] + edit.replacement + fixed[edit.end :]
    assert fixed == "受理数由200件增至260件，增长30%。收缴率由82%提高到95%，提高了13个百分点。"
    assert findings(fixed, settings) == []


def test_a_total_that_only_may_be_wrong_has_no_fix(settings: Settings) -> None:
    (finding,) = findings("下拨490万元，其中中央86万元、省级54万元、县级400万元。", settings)
    assert finding.fix is None


def test_full_width_figures_and_spliced_markers_change_nothing(settings: Settings) -> None:
    text = "应征入伍１２０人，其中大学##paidbegin##生９０人，占７０％。"
    (finding,) = findings(text, settings)
    assert text[finding.start : finding.end] == "７０％"
