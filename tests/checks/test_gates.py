"""What is looked at first, to spare the rest, never hides what the rest would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import packs, patterns
from reportlint.chars import SPACE
from reportlint.checks import (
    declared,
    eras,
    levels,
    paywall,
    placeholder,
    places,
    redaction,
    section,
)
from reportlint.checks.model import Context
from reportlint.document import Document, Span, View
from reportlint.marks import Marks
from reportlint.settings import Settings, default_active
from reportlint.structure.sentences import sentences
from reportlint.words import Words

RULES = packs.builtin()
SETTINGS = Settings(RULES, default_active(RULES))


def thrown_together(*words: str, most: int = 14) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), max_size=most).map("".join)


PROSE = thrown_together(
    *"但也还存在不足问题短板差距主要是有：；。，！”“将要想抓我们全镇本局党委月底前年",
    *(
        "工作",
        "虽然",
        "存在",
        "不够",
        "检查",
        "发现，",
        "巡察组",
        "指出",
        "排查",
        "隐患",
        "之处：",
        "一是",
        "第一，",
    ),
    *(
        "下一步",
        "今后",
        "2023年",
        "3月底前",
        "打算：",
        "措施：",
        "加强",
        "针对上述问题",
        "再接再厉",
        "添砖加瓦",
        "困难群众",
    ),
    *(
        "廉洁",
        "整改",
        "建议",
        "力争",
        "会议决定",
        "主持人：",
        "妥否，请批示",
        "恳请批准",
        "保障措施",
        "以12为目标",
    ),
    *(
        "再立新功",
        "取得更大成绩",
        "不忘初心",
        "有一些差距",
        "很多方面需要改进",
        "\n",
        "薄弱",
        "环节",
        "以甲乙丙为例",
    ),
)


def context(text: str) -> Context:
    return Context(Document(text), SETTINGS, View(text))


def plainly(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{RULES.expand(part)})" for part in parts), re.MULTILINE)


CUES = {name: plainly(one.cues) for name, one in RULES.sections.items()}
SUBSTANCE = {name: plainly(one.substance) for name, one in RULES.sections.items()}
EMPTY = {name: plainly(one.empty) for name, one in RULES.sections.items() if one.empty}


@pytest.mark.parametrize("name", RULES.sections)
@given(text=PROSE)
def test_a_paragraph_shows_every_cue_that_a_sentence_of_it_has(name: str, text: str) -> None:
    cues = section._cues(RULES, name)
    for paragraph in text.split("\n"):
        near = cues.near(paragraph)
        for start, end in sentences(paragraph):
            sentence = paragraph[start:end]
            there = CUES[name].search(sentence) is not None
            assert any(cue.search(sentence) for cue in near) == there
            assert cues.in_(sentence) == there


@pytest.mark.parametrize("name", [name for name, one in RULES.sections.items() if one.headings])
@given(text=PROSE)
def test_a_heading_has_a_word_that_each_of_its_section_has(name: str, text: str) -> None:
    gate, pattern = section._headings(RULES, name)
    found = plainly(RULES.sections[name].headings).search(text) is not None
    assert found == (pattern.search(text) is not None)
    assert gate.search(text) is not None or not found


@pytest.mark.parametrize("name", EMPTY)
@given(text=PROSE)
def test_empty_phrases_count_as_if_all_were_taken_out_at_once(name: str, text: str) -> None:
    said = section._Search(context(text))._says(RULES.sections[name], Span(0, len(text)))
    assert said == (SUBSTANCE[name].search(EMPTY[name].sub("", text)) is not None)


@given(
    thrown_together(
        *"在我全列入摆上自任作为，。：（）的和与县市区镇乡委",
        *(
            "街道",
            "县委",
            "区委",
            "书记",
            "长",
            "以来",
            "起，我",
            "议事日程",
            "工作要点",
            "正确领导",
            "关心",
            "重视",
            "下",
        ),
        *("圆满", "顺利", "完成", "完成了", "征兵", "年度", "平川", "XX", "**"),
    )
)
def test_every_claim_of_a_level_stands_where_one_may(text: str) -> None:
    found = [(sort, match.span()) for sort, match in levels._phrases(context(text))]
    assert found == [
        (sort, match.span())
        for sort in ("own", "led", "agenda", "role", "done")
        for match in RULES.compile(f"(?&cs-level-{sort})").finditer(text)
    ]


@given(
    thrown_together(
        *"在由经报请将就入现需，。：:\n县区镇",
        *(
            "平川县",
            "云台镇",
            "海州市",
            "城关街道",
            "中共",
            "党委",
            "政府",
            "人民政府",
            "财政局",
            "委员会",
            "办公室",
        ),
        *(
            "领导下",
            "列入",
            "议事日程",
            "汇报如下",
            "情况",
            "负责",
            "牵头",
            "会同",
            "同意",
            "批准",
            "通过",
            "审议",
            "常委会",
        ),
        *(
            "位于",
            "地处",
            "总面积",
            "下辖",
            "辖",
            "现有",
            "境内",
            "属",
            "委",
            "常务会议",
            "研究",
            "北部",
        ),
    )
)
def test_no_place_in_the_author_s_role_is_passed_over(text: str) -> None:
    behind = {match.lastgroup for match in places._BEHIND.finditer(text)}
    for sort in places._OTHERS:
        if RULES.compile(f"(?&cs-own-{sort})").search(text):
            assert sort in behind


MEETING = "十八大|十九大|二十大"


YEARS = st.tuples(
    thrown_together("2022年", "二〇二一年", "今年", "明年", "，", most=2),
    thrown_together("是", "为", "正值", "恰逢", "适逢", "迎来", most=2),
    thrown_together("“十四五”", "十三五", "建党100周年", "新中国成立", "七十", "周年", most=2),
    thrown_together("开局", "之年", "收官之年", "最后一年", "第二年", "度", most=2),
).map("".join)


@given(
    st.lists(YEARS, max_size=4).map("".join)
    | thrown_together("按照", "围绕", "“十四五”", "十三五", "发展", "规划", "计划", "》", "，")
    | thrown_together("刚", "闭幕", "召开", "党的", "二十大", "喜", "迎", "接", "迎接")
    | thrown_together("贯彻", "以", "十九届五中", "全会", "党的", "十九大", "的", "精神", "，")
    | thrown_together("过去", "五年", "三年", "来", "间", "任职", "任期", "以来", "，")
)
def test_nothing_of_an_era_is_passed_over(text: str) -> None:
    def spans(pattern: str) -> list[tuple[int, int]]:
        return [match.span() for match in RULES.compile(pattern).finditer(text)]

    years = [match.start() for match in eras._YEAR.finditer(text)]
    starts = {max(0, at - before) for at in years for before in (4, 1)}
    plan_year = f"{eras._WHEN}(?&cs-plan-year)"
    found = patterns.matches_at(RULES.compile(plan_year), text, starts)
    assert [match.span() for match in found] == spans(plan_year)
    assert years or not spans("(?:建党|新中国成立)(?:100|七十)周年")
    assert eras._PLAN.search(text) or not spans("(?&cs-by-plan)")
    for sort, word in (("just", "刚"), ("ahead", "迎")):
        assert word in text or not spans(
            RULES.expand(f"(?&cs-meeting-{sort})").replace("MEETING", MEETING)
        )
    assert "精神" in text or not spans("(?&cs-spirit)")
    told = "五年来|过去五年|五年间|[三四]年来|任职以来|任期"
    assert any(map(spans, eras._TERM)) == bool(spans(told))


@given(
    thrown_together(
        *"XxＸ×*某甲、，\n省县镇村街道社区同志局公司", "XX县", "某某村", "**局", most=40
    )
)
def test_a_draft_with_many_masked_names_has_as_many_masks_before_one(text: str) -> None:
    slots = sum(1 for _ in RULES.compile("(?&cs-masked-name)").finditer(text))
    assert slots < redaction._FEWEST or redaction._may_be_redacted(context(text))


@given(
    thrown_together(
        *"一二三两123第上，、：。“”\n个项",
        *(
            "方面",
            "三个",
            "两项",
            "一个",
            "第三个",
            "以下",
            "任务：",
            "问题，",
            "即",
            "甲、乙、丙",
            "专区",
        ),
        *("一是学", "；二是干", "。三是看", "一抓学", "，二抓干", "第一道是学，", "第二道是干。"),
    )
)
def test_a_count_that_is_passed_over_would_have_said_nothing(text: str) -> None:
    found = list(declared._declared_counts(context(text)))
    with pytest.MonkeyPatch.context() as all_read:
        all_read.setattr(declared, "_REACH", len(text) + 1)
        assert list(declared._declared_counts(context(text))) == found


@given(thrown_together(*"XxＸ×*＊_＿□年月日号0129.．-—，（）镇州的名 \n", "20", "二〇", most=24))
def test_every_run_of_slot_characters_is_looked_at(text: str) -> None:
    judge, found, done = placeholder._Judge(context(text)), [], 0
    by_sort = (
        (placeholder._LETTER, judge.letters),
        (placeholder._CROSS, judge.crosses),
        (placeholder._STAR, judge.stars),
        (placeholder._BLANK, judge.blanks),
    )
    for run in placeholder._RUN.finditer(text):
        start, end = run.span()
        if start >= done:
            slots = [decide(start, end) for sort, decide in by_sort if text[start] in sort]
            slot = judge.date(start) or slots[0]
            if slot is not None:
                done = slot[1]
                found.append(slot)
    assert [(hit.start, hit.end) for hit in placeholder._slots(context(text))] == found


@given(thrown_together(*"XＸ×*_年月日号0129.镇二〇", "20", "二〇", most=12), st.integers(0, 11))
def test_no_date_is_passed_over(text: str, start: int) -> None:
    if text[start : start + 1] in placeholder._SLOTS:
        judge = placeholder._Judge(context(text))
        if not {"年", "月"} & {*text[start + 1 : start + 5]}:
            for begin in range(max(0, start - 3), start + 1):
                match = placeholder._DATE.match(text, begin)
                assert match is None or match.end() <= start
            assert judge.date(start) is None


@given(
    thrown_together(
        *"，。：“”【】|>2小群点请篇",
        *("本文", "全文", "会员", "积分", "下载", "免费阅读", "开通VIP", "剩余", "公众号", "扫码"),
        *(
            "小编",
            "上传人",
            "仅供参考",
            "文库",
            "您的余额",
            "更多",
            "返回首页",
            "下一篇：",
            "www.a.cn",
        ),
    )
)
def test_a_piece_weighs_no_more_than_its_words_allow(text: str) -> None:
    most = paywall._cues(RULES).at_most(text)
    scale = paywall._Scale(context(text))
    weighed = scale._weighed(text, dict.fromkeys(paywall._WEIGHTS, 0.0))
    assert all(weight <= most.get(sort, 0.0) for sort, weight in weighed.items())


@given(
    thrown_together(
        *"，【】*\n范文下载登陆帐其他它年", "下载", "范文", "登录", "公众号", "<vip>", most=40
    ),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6)), max_size=4),
)
def test_what_stands_in_a_text_is_known_after_cuts(text: str, at: list[tuple[int, int]]) -> None:
    text += "。" * 200
    view = View(text, [(start, start + length) for start, length in at])
    whole = Marks(text, RULES.marks)
    whole.standing(RULES.vocabulary)
    left, anew = whole.cut(view.cuts, view.text) if at else whole, Marks(view.text, RULES.marks)
    assert left.at == anew.at
    assert left.standing(RULES.vocabulary) == anew.standing(RULES.vocabulary)
    assert Words(RULES.vocabulary.found(text) or ["无"]).standing(text) == (
        whole.standing(RULES.vocabulary)
    )


def test_white_space_spelled_out_is_what_re_takes_for_it() -> None:
    spelled = re.compile(f"[{SPACE}]")
    for code in range(0x110000):
        char = chr(code)
        if char.isspace() or code < 0x3100:
            assert (spelled.match(char) is None) == (re.match(r"\s", char) is None)
