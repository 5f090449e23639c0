"""PH: what is a slot, what only looks like one, and where a slot begins and ends."""

import pytest

from reportlint.settings import Settings
from tests.helpers import codes, errors, lint, texts


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        # a letter before a measure word, a unit of administration, or alone between words
        ("全年组织X名民兵参加集训。", ["X"]),
        ("投入X余万元，降至X岁，共查处X起。", ["X", "X", "X"]),
        ("占X%，同比增长XX.X%。", ["X", "XX.X"]),
        ("X区是X驻军最多的城区。", ["X", "X"]),
        ("新建X省重点实验室。", ["X"]),
        ("项目在X成功注册。", ["X"]),
        ("XX镇下辖XX个村，人口XXXX余人。", ["XX", "XX", "XXXX"]),
        ("XX、XX等X个岗位。", ["XX", "XX", "X"]),
        ("组织“XXXX”主题宣传。", ["XXXX"]),
        ("投入x余万元，xx镇学习xx精神。", ["x", "xx", "xx"]),
        ("走访ＸＸ村Ｘ户，受灾ＸＸＸ亩。", ["ＸＸ", "Ｘ", "ＸＸＸ"]),
        ("修建X村X公里道路。", ["X", "X"]),
        ("长Xkm，重XXkg。", ["X", "XX"]),
        # crosses
        ("×××授予×××同志称号。", ["×××", "×××"]),
        ("××镇党委召开××次会议。", ["××", "××"]),
        ("新增×名工作人员。", ["×"]),
        ("×政办发〔2023〕5号", ["×"]),
        # asterisks
        ("在**市委的领导下，慰问**军分区。", ["**", "**"]),
        ("慰问金达**多万元，人均****元，调整**名专武干部。", ["**", "****", "**"]),
        ("*镇锚定全年目标，***县红旗单位。", ["*", "***"]),
        ("引进了*农林科技公司。", ["*"]),
        ("大学生占**.*%。", ["**.*"]),
        # names
        ("与某某大学合作，某某某同学获奖。", ["某某", "某某某"]),
        ("张湾县某某镇某某村。", ["某某", "某某"]),
        # blanks
        ("投入____万元，召开会议__次。", ["____", "__"]),
        ("制定《》，印发〔 〕。", ["《》", "〔 〕"]),
        ("会议由（　　）主持，【】同志到会。", ["（　　）", "【】"]),
        ("到会□□人。", ["□□"]),
        # fill-in notes
        ("获奖情况：（此处填写获奖情况）。", ["（此处填写获奖情况）"]),
        ("根据【请填写文件名称】精神。", ["【请填写文件名称】"]),
        ("收入【待补充】万元，办公室由[待填]负责。", ["【待补充】", "[待填]"]),
        ("单位经费〔待补〕，数据（待核实）。", ["〔待补〕", "（待核实）"]),
        ("完成情况：待补充。", ["待补充"]),
        ("财政补助待定万元。", ["待定"]),
        ("到会人数〔暂缺〕。", ["〔暂缺〕"]),
        ("本人（姓名）于本月到任，任（职务）。", ["（姓名）", "（职务）"]),
        ("[发文机关]关于[事项]的决定", ["[发文机关]", "[事项]"]),
        ("TODO：补充数据。", ["TODO"]),
        ("营业收入TBD，下月上报。", ["TBD"]),
        # template tags
        ("我叫{{姓名}}，现任{{ 职务 }}。", ["{{姓名}}", "{{ 职务 }}"]),
        ("收入{金额}亿元，增长{百分比}%。", ["{金额}", "{百分比}"]),
        ("截至${date}，共#{count}人。", ["${date}", "#{count}"]),
        ("述职人：<姓名>，<% name %>", ["<姓名>", "<% name %>"]),
        # dates are one slot
        ("自20XX年X月任职以来。", ["20XX年X月"]),
        ("20XX年X月X日", ["20XX年X月X日"]),
        ("20××年×月×日，20**年*月。", ["20××年×月×日", "20**年*月"]),
        ("XX年4月到任，XXXX年完成。", ["XX年4月", "XXXX年"]),
        ("X月X日强降雨期间，X月至X月施工。", ["X月X日", "X月", "X月"]),
        ("20XX年度工作，2023年X月启动。", ["20XX年", "X月"]),
        ("日期：年  月  日", ["年  月  日"]),
        ("述职人：李明\n年月日", ["年月日"]),
        ("防治规划〔20_-20_〕", ["20_", "20_"]),
        # names that a filter took out
        ("以***新时代中国特色社会主义思想为指导。", ["***新时代中国特色社会主义思想"]),
        ("加强**建工作，推进**风廉政建设。", ["**建工作", "**风廉政"]),
        ("扎实开展主T教Y活动。", ["主T教Y活动"]),
        # figures that went missing
        ("全镇共人，其中党员居多。", ["人，"]),
        ("入学率达%，比上年提高。", ["%"]),
        ("累计投入万元，新建公里。", ["万元", "公里"]),
        # inside other numbers and words
        ("人均收入3X万元。", ["3X"]),
        ("“X四五”规划期间。", ["X"]),
    ],
)  # fmt: skip
def test_slots(sentence: str, slots: list[str], settings: Settings) -> None:
    assert texts(lint(sentence, settings), "PH") == slots


@pytest.mark.parametrize(
    "sentence",
    [
        # letters that are words, terms, formulas, ranges
        "新购X光机2台，开展X射线检查和X线摄影。",
        "以时间为X轴、产量为Y轴绘图，X染色体异常。",
        "XX染色体与XY染色体的研究。",
        "导出为XML文件，用Excel统计，系统为Windows XP。",
        "配发Mate X5和iPhone X各一部，服务器为X86架构。",
        "5G/X86边缘服务器上线。",
        "引进PX项目，打造东海港PX上下游产业。",
        "SpaceX公司，XGBoost模型，LINUX系统，EXO组合。",
        "构建“10+X”未来产业体系，“415X”集群，“141X”规划。",
        "落实“7+3+X”布局和N+X模式。",
        "开展1+X证书制度试点，X证书报考踊跃。",
        "拍摄X-ray片，参观Discover Jiangxi展览。",
        "第XII届与Ⅸ级，Xi先生到访。",
        "解密X档案，探讨X理论。",
        # crosses that multiply
        "建设2×66万千瓦机组，展板3×4米，成绩为4×100米接力第一。",
        "操场1200米×1000米，单价×数量等于金额。",
        "实施“数据要素×”行动，构建“4×4”现代化产业体系。",
        "(N+1)×2名候选人。",
        # asterisks
        "联系电话133****7777。",
        "上传人:b****6已注销。",
        "面积按40*4=160计算，合2*（N+1）组。",
        "管制药品目录\n1.麦角酸*\n2.麻黄素*",
        "*注：数据截至年底。",
        "注：带*的为约束性指标，带*号的项目优先安排。",
        "联系电话：0571-8888****，身份证号330106**********。",
        "产值达亿元，户均增收达万元。",
        "管制药品：麦角酸*、麻黄素*。",
        "*ST股票不计入。",
        "登录密码：********",
        "会议要求如下。\n***\n各单位抓好落实。",
        # circles, boxes
        "二〇二三年工作总结，一九八○年建成。",
        "○○年代的老旧小区，O型血志愿者。",
        "□是　□否",
        "检查结果：□合格 □不合格",
        # underscores
        "PM_2.5平均浓度下降。",
        "发送至wuzhuang_bu@example.cn，文件为report_final.docx。",
        "见附件“报告_终稿.docx”。",
        "地址为https://example.cn/a_b/c__d。",
        "变量user_name由系统生成。",
        # 某
        "某些问题、某种程度、某个环节、某项工作、某一时段。",
        "某年某月某日。",
        "老兵张某、王某某，被告人李某祥，甲某某诉乙某。",
        "平利县某局工作人员受到处分。",
        "某部门没有按时报送。",
        # brackets
        "法院【判决理由】如下，【关键词】旅游。",
        "附表（单位：万元）",
        "有关条款（略）。",
        "引用文献[1]和[2-3]，详见[附件1]。",
        "同意（√）　不同意（×）",
        # notes that are text
        "会期待定，另行通知。",
        "时间待定，地点另行通知。",
        "机制有待完善，数据尚待核实后上报。",
        "发函询问（请予支持）。",
        # figures
        "共人民之所需，达标率98%，占地30亩。",
        "增长百分之五，约八成。",
        "国办发〔2023〕1号，（2023）京01民终1号。",
        "%号表示百分号。",
        "N95口罩5000只，“N+X”模式，1+N方案体系。",
        # dates
        "2024年3月5日",
        "二〇二三年十二月",
        "请填写出生年月日。",
        "每年每月每日记录。",
        # quotes and stops
        "他说：“……”会场安静下来。",
        "集合记作{a, b}，推进<国防法>宣传。",
        "Table 1 shows the result.",
    ],
)
def test_look_alikes(sentence: str, settings: Settings) -> None:
    assert errors(lint(sentence, settings), "PH") == []


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("**市场监管。** 全年检查企业240家。", []),
        ("各部门**务必落实**到位。", []),
        ("* 一是抓学习\n* 二是抓落实\n\n***\n\n正文继续。", []),
        ("运行 `XX 命令` 之后。\n\n```\nTODO: XX\n```\n", []),
        ("在**市委和**军分区党委的领导下。", ["**", "**"]),
        ("慰问金达**多万元，调整配备了**名专武干部。", ["**", "**"]),
        ("发放****元，其中**镇最多。", ["****", "**"]),
        ("## XX镇工作总结\n\n**全年投入XX万元。**\n", ["XX", "XX"]),
        ("| 项目 | 数量 |\n|---|---|\n| 培训 | XX |\n", ["XX"]),
        ("见[XX附件](a.docx)。", ["XX"]),
    ],
)
def test_slots_in_markdown(text: str, slots: list[str], settings: Settings) -> None:
    assert texts(lint(text, settings, "draft.md"), "PH") == slots


def test_a_place_hidden_in_a_case_is_only_noted(settings: Settings) -> None:
    outcome = lint("会后赴某县考察学习。", settings)
    assert (codes(outcome, "PH"), errors(outcome, "PH")) == (["PH010"], [])


def test_slots_are_found_through_what_is_spliced_into_them(settings: Settings) -> None:
    outcome = lint(
        "投入X##paidbegin##X万元，建\u200b成XX公里，20XX年##paidend##X月完工。", settings
    )
    assert texts(outcome, "PH") == ["X##paidbegin##X", "XX", "20XX年##paidend##X月"]


@pytest.mark.parametrize(
    ("sentence", "slot"),
    [("张湾区X工作", "X"), ("（XX）", "XX"), ("XX", "XX"), ("XX\n", "XX"), ("、XX、", "XX")],
)
def test_slots_at_the_edges_of_a_text(sentence: str, slot: str, settings: Settings) -> None:
    assert texts(lint(sentence, settings), "PH") == [slot]
