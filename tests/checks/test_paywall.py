"""PW: what document sites leave behind, and reports that speak of sites, libraries and accounts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import packs
from reportlint.chars import HAN
from reportlint.checks import paywall
from reportlint.marks import Marks
from reportlint.settings import Settings
from tests.helpers import errors, lint, texts

MARKS = packs.builtin().marks
BEFORE = "一年来，我始终把党管武装工作抓在手上，扎实推进各项任务落地见效。"
AFTER = "下一步，我将继续抓好民兵整组和兵员征集，努力把工作提高到新的水平。"


@pytest.mark.parametrize(
    "tag",
    [
        "##paidbegin##", "##paidend##", "##pagebreak##", "$$paidbegin$$", "$$paidend$$", "@@paid_start@@", "~~pay_end~~",
        "%%vip_begin%%", "%%游客止步%%", "##付费可见##", "<vip>", "</vip>", "<paid>", "{pay:begin}", "{{vip_end}}", "[vip]", "[/pay]",
        "[[会员可见]]", "【以下为付费内容】", "<!--paidbegin-->", "请替换付费标签内内容", '<div class="paywall">购买</div>',
    ],
)  # fmt: skip
def test_a_tag_inside_a_word_is_reported_alone(tag: str, settings: Settings) -> None:
    text = f"有效解决影{tag}响党管武装工作的问题。"
    outcome = lint(text, settings)
    assert texts(outcome) == [tag]
    [finding] = outcome.findings
    assert finding.fix is not None
    assert finding.fix.edits == ((5, 5 + len(tag), ""),)


@pytest.mark.parametrize(
    "notice",
    [
        "剩余386字，开通VIP后继续阅读",
        "本文由“墨渠文库”整理发布，仅供会员学习参考",
        "扫一扫下方二维码，关注公众号“材料匠”，回复“述廉”领取完整版",
        "《述职报告.docx》由会员分享，可在线阅读，更多相关《述职报告.docx（4页珍藏版）》请在墨渠文库上搜索。",
        "亲，该文档总共2页，全部预览完了，如果喜欢就下载吧！",
        "(阅读全部图文内容,您需要先登录!)",
        "下面是小编为大家整理的述职报告，供大家参考。",
        "以下是网友分享的“述职报告”，供您学习参考，希望有所帮助！",
        "已阅读5页，还剩12页未读，继续免费阅读",
        "本文档由用户提供并上传，收益归属内容提供方，如有侵权请联系删除",
        "更多精彩内容请关注公众号“材料匠”",
        "未完，全文共6831字，当前仅显示2399字，购买后可阅读全文",
        "上传人：张** 文档编号：2387 上传时间：2023-01-05 格式：DOCX 页数：4",
        "[点击下载Word版]　[收藏本文]　[我要纠错]",
        "上一篇：安全生产总结　下一篇：春节值班方案",
        "首页 > 范文大全 > 述职报告 > 正文",
        "收藏 打印 纠错 分享 返回顶部",
        "温馨提示：登录后可下载全文，还可获赠20个积分",
        "【*更多&#素材%搜索~哒哒文库】",
        "余-下-部-分-请-充-值-后-查-看",
        "搜#索&公*众%号：材~料@匠，看*更&多#范%文",
        "（新文秘网省略854字，正式会员可完整阅读）",
        "第一公文网 www.mqwenku.com 收集整理，版权归原作者所有",
    ],
)
def test_notices_on_lines_of_their_own(notice: str, settings: Settings) -> None:
    outcome = lint(f"{BEFORE}\n{notice}\n{AFTER}", settings)
    assert texts(outcome, "PW") == [notice]


@pytest.mark.parametrize(
    "notice",
    [
        "【*更多&#素材%搜索~哒哒文库】",
        "余-下-部-分-请-充-值-后-查-看",
        "（省略854字，正式会员可完整阅读）",
        "【剩余内容请付费后阅读】",
        "（更多范文请关注公众号“材料匠”）",
        "搜～索～公～众～号～材～料～匠",
        "%%预览结束_请付费%%",
    ],
)
def test_notices_inside_a_paragraph(notice: str, settings: Settings) -> None:
    outcome = lint(f"{BEFORE}{notice}{AFTER}", settings)
    assert texts(outcome, "PW") == [notice]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("列入风险名单，审第3页/共6页批会仍然否决。", "第3页/共6页"),
        ("全年发现问题- 4 -并解决问题。", "- 4 -"),
        ("把武装经费纳入预算，确保建\n\n2\n\n设项目按期完工，群众满意。", "2"),
        ("把武装经费纳入预算，确保建\n— 12 —\n设项目按期完工，群众满意。", "— 12 —"),
    ],
)
def test_page_numbers_inside_a_sentence(text: str, page: str, settings: Settings) -> None:
    assert texts(lint(text, settings), "PW") == [page]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("扎实推\u200b动武装工作。", ["\u200b"]),
        ("扎\ufeff实推\u2060\u200d动。", ["\ufeff", "\u2060\u200d"]),
        ("\uf0b7一是提高站位。", ["\uf0b7"]),
        ("中秋快乐👨\u200d👩\u200d👧。", []),
        ("喜报❤\ufe0f送到家。", []),
        ("\ufeff扎实推动。", []),
    ],
)
def test_characters_that_nobody_sees(text: str, found: list[str], settings: Settings) -> None:
    assert texts(lint(text, settings), "PW") == found


def test_an_advert_is_recognised_through_invisible_characters(settings: Settings) -> None:
    notice = "剩余386\u200b字，开通V\u200bIP后继续阅读"
    outcome = lint(f"{BEFORE}\n{notice}\n{AFTER}", settings)
    assert notice in texts(outcome, "PW003")


@pytest.mark.parametrize(
    "text",
    [
        # libraries, accounts and sites that a report is about
        "编纂出版《齐鲁文库》120册，建成安徽文库查询平台。",
        "开通“张湾发布”微信公众号，全年推送信息320条，粉丝达到2.3万人。",
        "患者扫描床头二维码，即可查看费用清单；医院公众号开通送药到家。",
        "在各村张贴二维码，群众扫码即可反映问题。",
        "持证读者登录本馆网站即可免费下载电子图书。",
        "取消原有的VIP阅览室，改为自习室。",
        "政策文本可在县政府网站在线下载，免费查阅。",
        "请各单位登录县政府网站下载申报表。",
        "全年下载量突破10万次，会员单位达到230家。",
        "公众号开设专栏12期，小程序上线运行，微博转发300条。",
        "办理会员卡1200张，发展志愿者会员300名。",
        "推行付费预约、预付费监管，规范充值退费。",
        "查处“付费下载”“强制充值”“诱导注册”等问题。",
        "网站首页改版，栏目由8个增加到12个。",
        "整治“扫码关注才能停车”问题，下架强制关注公众号的停车系统。",
        "建设素材库，收集典型案例86个。",
        "来源：县统计局",
        "责任编辑岗位由2人增加到3人。",
        "一、首页栏目建设",
        "打印、复印设备更新，下载专区开放。",
        "注册资本500万元，登记会员企业65家。",
        "详见https://www.example.gov.cn/art/2023。",
        "公司官网为www.example.com。",
        # symbols with an honest use
        "东、西、南、北四个方向，做到“稳/准/快”。",
        "甲·乙·丙三家，A/B/C三类企业。",
        "【重点】抓好“人、地、钱、房、事”五件事。",
        "服务热线12345#，工单系统@到人。",
        "## 标题",
        "投资1200万元##",
        "5G专网@@",
        "<br>换行</br>",
        "见[附件](a.docx)。",
        "集合[a, b]与{a, b}。",
        "$100与&符号、~号。",
        # page numbers on pages
        "一、工作开展情况\n— 3 —\n二、存在问题",
        "详见第3页。",
        "详见第3页和第5页。",
        "见第2页、第6页附表。",
        "1\n\n2\n\n3",
    ],
)
def test_reports_that_speak_of_such_things(text: str, settings: Settings) -> None:
    assert errors(lint(f"{BEFORE}\n{text}\n{AFTER}", settings), "PW") == []
    assert errors(lint(f"{BEFORE}{text}{AFTER}", settings), "PW") == []


@given(text=st.text("甲1Aα★*#％ （）()，。\n", max_size=40))
def test_steps_meet_where_a_search_of_the_text_finds_them(text: str) -> None:
    marks = Marks(text, MARKS)
    ends, begins = paywall._STEP_ENDS.pattern, paywall._STEP_BEGINS.pattern
    searched = [match.start() for match in re.finditer(f"{ends}(?={HAN}{begins})", text)]
    assert list(paywall._meetings(marks)) == searched
