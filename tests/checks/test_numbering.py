"""SQ: sequences that break, counts that do not hold, and lists that are in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.settings import Settings
from reportlint.structure.numerals import chinese
from tests.helpers import codes, lint, texts

SEQUENCES = ("SQ001", "SQ002", "SQ003")


def lines(*parts: str) -> str:
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        # after a gap only the first item; what follows goes on from there
        (lines("一、工作", "二、问题", "四、打算", "五、保障"), [("SQ001", "四、")]),
        (lines("（一）学", "（二）干", "（四）评", "（五）改"), [("SQ001", "（四）")]),
        (lines("1.修路", "2.通水", "4.亮灯"), [("SQ001", "4.")]),
        (lines("1、修路", "3、亮灯", "4、植树"), [("SQ001", "3、")]),
        (lines("（1）修路", "（2）通水", "（4）亮灯"), [("SQ001", "（4）")]),
        (lines("①修路", "②通水", "④亮灯"), [("SQ001", "④")]),
        (lines("第一章 总则", "第二章 职责", "第四章 附则"), [("SQ001", "第四章")]),
        (lines("第一条 为落实工作。", "第二条 本办法适用。", "第四条 各单位负责。"), [("SQ001", "第四条")]),
        (lines("一、工作", "二、问题", "五、打算"), [("SQ001", "五、")]),
        (lines("１．修路", "２．通水", "４．亮灯"), [("SQ001", "４．")]),
        (lines("（１）修路", "（２）通水", "（４）亮灯"), [("SQ001", "（４）")]),
        # articles run on over chapters
        (lines("第一章 总则", "第一条 甲。", "第二条 乙。", "第二章 职责", "第三条 丙。", "第五条 丁。"), [("SQ001", "第五条")]),
        ("一是学。二是干。四是评。五是改。", [("SQ001", "四是")]),
        ("抓三点：一要学；三要评。", [("SQ001", "三要")]),
        ("第一，学习。第二，落实。第四，总结。", [("SQ001", "第四，")]),
        ("议定：（一）除险；（二）清淤；（四）值守。", [("SQ001", "（四）")]),
        ("要点：1.修路；2.通水；4.亮灯。", [("SQ001", "4.")]),
        ("包括：①修路、②通水、④亮灯。", [("SQ001", "④")]),
        ("其一，学。其二，干。其四，评。", [("SQ001", "其四，")]),
        # of a repeat the second copy, and what follows goes on unmarked
        (lines("一、工作", "二、问题", "二、打算", "三、保障"), [("SQ002", "二、")]),
        (lines("一、工作", "二、问题", "二、打算", "四、保障"), [("SQ002", "二、")]),
        (lines("（一）学", "（一）干", "（二）评"), [("SQ002", "（一）")]),
        (lines("1.修路", "2.通水", "2.亮灯"), [("SQ002", "2.")]),
        ("一是学。二是干。二是评。三是改。", [("SQ002", "二是")]),
        ("第一，学。第二，干。第二，评。", [("SQ002", "第二，")]),
        # backwards
        (lines("一、工作", "二、问题", "三、打算", "四、保障", "二、附言"), [("SQ003", "二、")]),
        ("一是学。二是干。三是评。二是改。", [("SQ003", "二是")]),
        # a list that lacks its beginning
        (lines("二、工作", "三、问题", "四、打算"), [("SQ001", "二、")]),
        ("做法有：二是干。三是评。四是改。", [("SQ001", "二是")]),
        # two faults in one list
        (lines("一、工作", "三、问题", "四、打算", "六、保障"), [("SQ001", "三、"), ("SQ001", "六、")]),
        # a fault on an inner level is one, whatever the outer level does
        (lines("一、工作", "（一）学", "（三）干", "二、问题", "（一）人", "（二）钱"), [("SQ001", "（三）")]),
        (lines("一、工作", "（一）学", "（二）干", "三、问题", "（一）人", "（二）钱"), [("SQ001", "三、")]),
    ],
)  # fmt: skip
def test_broken_sequences(text: str, faults: list[tuple[str, str]], settings: Settings) -> None:
    outcome = lint(text, settings)
    found = zip(codes(outcome, *SEQUENCES), texts(outcome, *SEQUENCES), strict=True)
    assert list(found) == faults


@pytest.mark.parametrize(
    "text",
    [
        lines("一、工作", "二、问题", "三、打算"),
        # lists that begin again under each heading
        lines("一、工作", "（一）学", "（二）干", "二、问题", "（一）人", "（二）钱", "（三）物"),
        # numbers that run on over headings
        lines("一、工作", "（一）学", "（二）干", "二、问题", "（三）人", "（四）钱"),
        lines("一、工作", "1.学", "2.干", "二、问题", "3.人", "4.钱"),
        # a list nested in an item, then the outer one goes on
        "三是办实事。一是修路。二是通水。三是亮灯。",
        lines("一是稳增长。", "二是促改革。", "三是办实事。", "一是修路。二是通水。三是亮灯。", "四是强保障。"),
        lines("七是办好民生实事。一是修路。二是通水。三是亮灯。四是植树。", "八是强化保障。"),
        "一是抓学习，做到：第一，读书；第二，自学。二是抓落实。",
        # lists in different paragraphs have nothing to do with one another
        lines("学习上：一是读书。二是自学。", "工作上：一是修路。二是通水。三是亮灯。"),
        lines("首先抓学习。", "其次抓落实。", "再次抓作风。"),
        "首先抓学习，再次抓作风。",
        # an annex counts from the beginning again
        lines("一、工作", "二、问题", "附件：民生实事清单", "一、修路", "二、通水"),
        lines("一、工作", "二、问题", "名词解释", "1.三资：资金、资产、资源。", "2.两整：整村、整组。"),
        lines("一、目标", "二、任务", "三、保障", "附件1", "一、名单", "二、分工"),
        # two numbers side by side are a range, not a label
        lines("一、全县概况", "二、三级医院共有五家，运行平稳。", "二、主要做法", "三、存在问题"),
        lines("一、概况", "二、三产业协调发展。", "二、做法"),
        lines("一、二线员工轮训完毕。", "一、工作", "二、问题"),
        # a number that is written in another way is there
        lines("一、工作", "二 问题", "三、打算"),
        lines("一、工作", "（二）问题", "三、打算"),
        "一是学习，另一方面抓落实，三是总结。",
        # a list may end early
        lines("一、工作", "（一）学", "二、问题"),
        # single numbers, numbers of other things
        lines("3.5亿元已经到位。", "12个项目开工。"),
        "第三产业增加值增长，第一书记到村，三是这样。",
        "按照第（三）项和项（五）执行，见第2条、第7条。",
        "会议指出，十是完美的数字，一是开头。",
        # an office that answers article by article quotes from the middle
        lines("第七条 关于经费的说明。", "第九条 关于人员的说明。"),
    ],
)  # fmt: skip
def test_sequences_in_order(text: str, settings: Settings) -> None:
    assert texts(lint(text, settings), *SEQUENCES) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("1. 修路\n1. 通水\n1. 亮灯\n", []),
        ("1. 修路\n2. 通水\n3. 亮灯\n", []),
        ("1. 修路\n2. 通水\n4. 亮灯\n", ["4."]),
        ("## 一、工作\n\n正文。\n\n## 二、问题\n\n正文。\n\n## 四、打算\n\n正文。\n", ["四、"]),
        ("```\n一、甲\n三、丙\n四、丁\n```\n", []),
        (f"{'各单位抓好落实。' * 4}\n\n| 一、甲 | 三、丙 |\n|---|---|\n| 四、丁 | 六、戊 |\n", []),
    ],
)
def test_sequences_in_markdown(text: str, faults: list[str], settings: Settings) -> None:
    assert texts(lint(text, settings, "draft.md"), *SEQUENCES) == faults


def test_tags_of_a_site_do_not_hide_a_gap(settings: Settings) -> None:
    text = lines("一、工作", "二##paidbegin##、问题", "四##paidend##、打算")
    assert texts(lint(text, settings), *SEQUENCES) == ["四##paidend##、"]


STYLES = st.sampled_from(
    ["{}、抓工作", "（{}）抓工作", "第{}章 工作", "{}是抓工作。", "第{}，抓工作。"]
)


@given(style=STYLES, count=st.integers(2, 12), gap=st.integers(2, 11), apart=st.booleans())
def test_a_number_left_out_is_named(
    style: str, count: int, gap: int, apart: bool, settings: Settings
) -> None:
    """Whatever the style: the item after the gap is reported, and what is missing."""
    values = [value for value in range(1, count + 2) if value != gap]
    joint = "\n" if apart else ""
    text = "做法如下。" + joint + joint.join(style.format(chinese(value)) for value in values)
    outcome = lint(text, settings)
    if gap <= count and (apart or style[-1] == "。"):
        assert codes(outcome, "SQ") == ["SQ001"]
        assert chinese(gap + 1) in texts(outcome, "SQ")[0]
        assert outcome.findings[0].data["missing"] == [gap]
    elif gap > count:
        assert codes(outcome, "SQ") == []


@given(style=STYLES, count=st.integers(2, 12), repeat=st.integers(2, 12))
def test_a_number_given_twice_is_reported_once(
    style: str, count: int, repeat: int, settings: Settings
) -> None:
    values = [*range(1, count + 1)]
    values.insert(min(repeat, count), min(repeat, count))
    text = "\n".join(style.format(chinese(value)) for value in values)
    assert codes(lint(text, settings), "SQ") == ["SQ002"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("坚持“四个一”，即每月听一次汇报，每季开一次会，每年办一次公。", ["四个一"]),
        ("采取四条措施：一是修路；二是通水；三是亮灯。", ["四条措施"]),
        ("存在以下三个方面的问题：一是人少；二是钱少。", ["三个方面"]),
        ("明确三项任务：第一，清淤；第二，配泵。", ["三项任务"]),
        ("抓好“五个必看”：一看出口，二看器材，三看线路，四看培训。", ["五个必看"]),
        ("存在三个方面的问题：\n一是人手不足。\n二是经费不足。\n四、打算", ["三个方面"]),
        ("抓好三件事：（一）修路；（二）通水；（三）亮灯；（四）植树。", ["三件事"]),
    ],
)
def test_counts_that_their_lists_contradict(
    text: str, counts: list[str], settings: Settings
) -> None:
    assert texts(lint(text, settings), "SQ004") == counts


@pytest.mark.parametrize(
    "text",
    [
        "坚持“三个一”，即每月听一次汇报，每季开一次会，每年办一次公。",
        "采取三条措施：一是修路；二是通水；三是亮灯。",
        "抓好三件事：\n一是修路。\n二是通水。\n三是亮灯。",
        "坚持“四个一”，即每月一次例会、每季一次调度、每年一次述职、每周一次学习。",
        "实施三大行动：修路、通水和亮灯。",
        # names, whose parts nobody lists
        "把牢“三重一大”事项，整治“两客一危一货”，建好“三室一库一家”。",
        "增强“四个意识”，坚定“四个自信”，做到“两个维护”。",
        "落实“五个认同”：对伟大祖国、中华民族、中华文化、中国共产党、中国特色社会主义的认同。",
        "“登高、升规、晋位、上市”四个工程：全面启动。",
        "发放“两项补贴”：生活补贴和护理补贴。",
        # counts that no list follows, or of what is listed elsewhere
        "设立五个部门：负责征管。",
        "开展三项活动：成效明显。",
        "全年办成三件大事，群众满意。",
        "每个方面：都要抓好。第三个问题：一是人少。二是钱少。",
        "共有3个问题：其中一个已经解决。",
        "三个月内，一是修路，二是通水。",
        # the part that is named last says more than itself
        "抓好三项工作：修路、通水、亮灯，让群众满意。",
    ],
)
def test_counts_that_hold_or_cannot_be_checked(text: str, settings: Settings) -> None:
    assert texts(lint(text, settings), "SQ004") == []


def test_a_gap_says_what_is_missing_and_how_to_renumber(settings: Settings) -> None:
    text = lines("（一）学", "（三）干", "（四）评")
    [finding] = lint(text, settings).findings
    assert finding.data == {"missing": [2]}
    assert "二" in finding.message
    assert finding.fix is not None
    edits = [(text[e.start : e.end], e.replacement) for e in finding.fix.edits]
    assert edits == [("（三）", "（二）"), ("（四）", "（三）")]
