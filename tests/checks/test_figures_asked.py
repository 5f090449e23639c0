"""A rule is asked of a figure only where there is a sign of its cue. No answer is lost by it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.checks.figures import (
    averages,
    brackets,
    growth,
    hundred,
    impossible,
    judge,
    levels,
    pairs,
    parts,
    points,
    rate,
    share,
    spread,
    totals,
)
from reportlint.checks.figures.arithmetic import runs, total_agrees
from reportlint.checks.figures.claims import CHANGE, MULTIPLE, RATE, SHARE_OF, claims
from reportlint.checks.figures.passage import ENDS, PAUSES, Passage
from reportlint.checks.figures.verdicts import Verdict
from reportlint.structure.quantities import COUNT, SHARE, begins, plain, quantities
from tests import gold
from tests.accuracy import FOLDERS

WORDS = (
    "其中 包括 分别为 依次为 分为 含 即 由 共 总计 合计 三项合计 其余 剩余 加上 连同 增加到 增长 净增 下降 同比增长 "
    "增幅达到 缺口 收入 支出 达到 平均每村 人均 占 分别占 完成率 完成计划的 为年度计划 超额完成 比例之比为 两项合计占 "
    "男 女 一期 二期 上半年 今年 上年为 2023年 比上年的 是上年的 相当于 一是 二是 从性别看 约 近 甲村 民事案件 （ ） “ ”"
)
NUMBERS = "3 5 8 12 20 60 100 120 4.5 1:2 3:4:5"
UNITS = "人 人 件 万元 处 % % 个百分点 倍 年 以上 多人"
SIGNS = [*"，，，、、。；："]

CUES = (
    "其中 包括 分别是 分别为 依次是 依次为 分为 含 涵盖 覆盖 即 由 三项合计 共计 总计 总共 一共 总面积 总数 共 加上 连同 "
    "其余 剩余 余下 剩下 增加 增长 多 提高 上升 延长 拉长 扩大 增 长 升 涨 减少 下降 降低 少 缩短 压缩 压减 减 降 跌 缩 增幅达到 "
    "达到 缺口 差额 相差 逆差 顺差 结余 盈余 赤字 达到 为 至 实现 平均每村 人均 计划 目标 任务 预算 指标 超额完成 完成计划的 "
    "两项合计占 两项共计占 两项一共占 两项共占 两项合起来占 两项相加占 （ （占 占 分别占 四项合计 完成率"
)

FRAGMENTS = st.tuples(
    st.sampled_from(["", *WORDS.split()]),
    st.sampled_from(["", *NUMBERS.split()]),
    st.sampled_from(["", *UNITS.split()]),
    st.sampled_from(["", *SIGNS]),
).map("".join)
TEXTS = st.lists(FRAGMENTS, min_size=2, max_size=24).map("".join)

PARAGRAPHS = [
    line
    for folder in FOLDERS
    for draft in gold.load(folder)
    for line in draft.text.split("\n")
    if sum(char.isdecimal() for char in line) > 1
]


def whatever(passage: Passage) -> Iterator[Verdict]:
    """Ask every rule of every figure."""
    for claim in claims(passage):
        yield from impossible.impossible(passage, claim)
        if claim.kind == SHARE_OF:
            yield from share.share(passage, claim)
            yield from share.feasible(passage, claim)
            yield from hundred.hundred(passage, claim)
        elif claim.kind == RATE:
            yield from rate.rate(passage, claim)
        elif claim.kind == CHANGE:
            yield from growth.change(passage, claim)
            yield from points.later(passage, claim)
        elif claim.kind == MULTIPLE:
            yield from growth.multiple(passage, claim)
    for index, figure in enumerate(passage.figures):
        if figure.role == COUNT:
            yield from parts.forward(passage, index)
            yield from totals.backward(passage, index)
            yield from totals.added(passage, index)
            yield from parts.inside(passage, index)
            yield from totals.remainder(passage, index)
            yield from parts.periods(passage, index)
            yield from levels.difference(passage, index)
            yield from levels.gap(passage, index)
            yield from levels.grown(passage, index)
            yield from averages.average(passage, index)
        elif figure.role == SHARE:
            yield from rate.target(passage, index)
            yield from rate.planned(passage, index)
            yield from share.bracketed(passage, index)
            yield from share.joint(passage, index)
            yield from hundred.stated(passage, index)
    yield from hundred.open_ended(passage)
    yield from pairs.ratios(passage)
    yield from pairs.lists(passage)
    yield from brackets.bracketed(passage)
    yield from spread.spread(passage)


def same(text: str) -> None:
    text = plain(text)
    passage = Passage(text, 0, len(text))
    asked, all_asked = (
        [verdict._replace(proof=None) for verdict in verdicts]
        for verdicts in (judge(passage), whatever(passage))
    )
    assert asked == all_asked


@given(TEXTS)
def test_what_is_not_asked_has_no_answer(text: str) -> None:
    same(text)


@pytest.mark.parametrize("cue", CUES.split())
@pytest.mark.parametrize(
    "text",
    [
        "共有100人，男60人、女50人，{}110人。",
        "共有100人，{}男60人、女50人。",
        "收入90万元，支出60万元，{}20万元。",
        "人数由100人增加到160人，{}50人，完成率40%，{}50人。",
        "优等占28.4%，良等占42.8%，差等占28.8%，{}71.2%。",
        "完成90人，占60%，{}100%，{}120人。",
        "人数由160人减少到100人，{}50人。",
        "出口90万元，进口60万元，{}20万元。",
        "受理100件，批准60件，批准率60%，{}30件。",
        "受理100件，批准60件，{}40件。",
    ],
)
def test_no_cue_is_missed(cue: str, text: str) -> None:
    same(text.replace("{}", cue))


OPENINGS = (
    "一是 二是 第一， （一） 1. 其中 其中： 包括 从性别看， 其中，按来源分， 以 就 男 女 设计 合计 三项合计 以上三项共计 总共 "
    "民事案件 刑事案件 甲镇 乙镇 受理 ："
)
SEGMENTS = st.lists(
    st.tuples(
        st.sampled_from([*OPENINGS.split(), "", " "]),
        st.sampled_from(["", "男", "女", "民事", "甲镇", "60岁以上", "60岁以下", "其余"]),
        st.sampled_from(["60人", "40人", "100人", "20件", "60%", "", "工作"]),
        st.sampled_from(["", "，女40人", "，其余40人", "，占60%", "，再加上5件"]),
        st.sampled_from([*"。；。；：！?;，"]),
    ).map("".join),
    max_size=7,
).map(lambda segments: "共有100人。" + "".join(segments))


@given(SEGMENTS)
def test_nor_has_it_over_sentences(text: str) -> None:
    same(text)


@given(st.one_of(TEXTS, SEGMENTS))
def test_sentences_and_clauses_are_counted(text: str) -> None:
    text = plain(text)
    ends, pauses = (tuple(m for m in marks if m in text) for marks in (ENDS, PAUSES))
    passage, told = Passage(text, 0, len(text)), Passage(text, 0, len(text), None, ends, pauses)
    for index, figure in enumerate(passage.figures):
        before = text[: figure.start]
        sentence = sum(char in ENDS for char in before)
        assert passage.sentence[index] == sentence
        assert passage.clause[index] == sentence + sum(char in PAUSES for char in before)
        begin = max(before.rfind(mark) + 1 for mark in ENDS)
        assert passage.lead(index) == before[max(begin, figure.start - 80) :]
    assert told.before == passage.before
    assert (told.sentence, told.clause) == (passage.sentence, passage.clause)


@pytest.mark.parametrize("part", range(8))
def test_nor_has_it_in_drafts(part: int) -> None:
    for paragraph in PARAGRAPHS[part::8]:
        same(paragraph)


@given(st.one_of(TEXTS, st.text("0１9.,．％%百分之三成半人个 \n年")), st.data())
def test_figures_begin_where_begins_says(text: str, data: st.DataObject) -> None:
    made, found = begins(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert made == plain(text)
    inside = [at for at in found if start <= at < end]
    assert quantities(made, start, end, inside) == quantities(made, start, end)


@given(TEXTS)
def test_runs_are_sums(text: str) -> None:
    text = plain(text)
    total, *found = [q for q in quantities(text + "，5人") if q.role == COUNT][::-1]
    expected = [total_agrees(found[: n + 1], total) for n in range(len(found))]
    assert list(runs(found, total)) == expected
