"""The kind of a report: from its title, else from its opening, else unknown."""

import pytest

from reportlint.settings import Settings
from tests.helpers import lint

BODY = "全年完成投资1200万元，修路30公里，改造危房86户，新建文化广场4处，群众比较满意。"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("张湾镇党委书记2023年度述职报告", "述职报告"),
        ("2023年度述职述廉报告", "述职述廉报告"),
        ("个人述职述德述廉报告", "述职述廉报告"),
        ("张湾镇2023年上半年工作总结", "工作总结"),
        ("张湾镇2023年工作情况报告", "情况报告"),
        ("关于张湾镇2023年防汛工作情况的汇报", "情况报告"),
        ("政府工作报告", "情况报告"),
        ("关于安全生产工作的自查报告", "自查报告"),
        ("关于巡察反馈问题整改落实情况的报告", "整改报告"),
        ("关于乡村旅游发展情况的调研报告", "调研报告"),
        ("张湾镇防汛抗旱工作方案", "实施方案"),
        ("关于开展校园整治行动的实施方案（试行）", "实施方案"),
        ("关于购置消防车的请示", "请示"),
        ("第12次党委会议纪要", "会议纪要"),
    ],
)
def test_the_title_names_the_kind(title: str, kind: str, settings: Settings) -> None:
    outcome = lint(f"{title}\n\n{BODY}\n", settings)
    assert (outcome.kind, outcome.kind_from) == (kind, "title")


def test_a_title_may_be_broken_over_two_lines(settings: Settings) -> None:
    outcome = lint(f"关于张湾镇党委巡察反馈问题\n整改落实情况的报告\n\n{BODY}\n", settings)
    assert (outcome.kind, outcome.kind_from) == ("整改报告", "title")


def test_a_title_in_markdown_is_read_as_in_plain_text(settings: Settings) -> None:
    assert lint(f"# 张湾镇2023年工作总结\n\n{BODY}\n", settings, "a.md").kind == "工作总结"


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("现将本人履职情况汇报如下：", "述职报告"),
        ("现将一年来的述职述廉情况报告如下：", "述职述廉报告"),
        ("现将有关情况报告如下：", "情况报告"),
        ("现将自查情况报告如下：", "自查报告"),
        ("现将会议纪要如下：", "会议纪要"),
        ("现作如下工作总结：", "工作总结"),
    ],
)
def test_without_a_title_the_opening_names_the_kind(
    opening: str, kind: str, settings: Settings
) -> None:
    outcome = lint(f"2023年，{BODY}{opening}\n一、工作\n{BODY}\n", settings)
    assert (outcome.kind, outcome.kind_from) == (kind, "opening")


@pytest.mark.parametrize(
    "title",
    [
        "关于商请支持防汛物资的函",
        "关于召开防汛工作会议的通知",
        "在防汛工作会议上的讲话",
        "学习党章心得体会",
        "春天的田野",
    ],
)
def test_other_documents_have_no_kind(title: str, settings: Settings) -> None:
    outcome = lint(f"{title}\n\n{BODY}\n", settings)
    assert (outcome.kind, outcome.kind_from) == (None, None)
    assert not [f for f in outcome.findings if f.category == "section"]


def test_the_kind_that_is_asked_for_overrides_the_title(settings: Settings) -> None:
    outcome = lint(f"春天的田野\n\n{BODY}\n", settings._replace(kind="请示"))
    assert (outcome.kind, outcome.kind_from) == ("请示", "option")
    assert {f.data["section"] for f in outcome.findings if f.code == "SC001"} == {
        "request", "closing", "reason"
    }  # fmt: skip


def test_an_empty_draft_has_no_kind(settings: Settings) -> None:
    assert lint("", settings).kind is None
