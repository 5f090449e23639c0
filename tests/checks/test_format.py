"""FM: off unless selected; fixes leave nothing to fix."""

from __future__ import annotations

import time

import pytest

from reportlint import engine, packs
from reportlint.cli import main
from reportlint.document import Document
from reportlint.findings import Applicability, Finding
from reportlint.settings import Settings, default_active

CODES = frozenset(code for code in packs.builtin().rules if code.startswith("FM"))


def lint(text: str, codes: frozenset[str] = CODES) -> tuple[Finding, ...]:
    return engine.lint(Document(text), Settings(packs.builtin(), codes)).findings


def fixed(text: str, *, unsafe: bool = False) -> str:
    """Return the text with the fixes of all findings applied."""
    edits = [
        edit
        for finding in lint(text)
        if finding.fix and (unsafe or finding.fix.applicability is Applicability.SAFE)
        for edit in finding.fix.edits
    ]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def test_off_by_default() -> None:
    assert CODES
    assert CODES.isdisjoint(default_active(packs.builtin()))


@pytest.mark.parametrize("option", ["--select", "--extend-select"])
def test_on_when_selected(option: str, capfd: pytest.CaptureFixture[str], tmp_path: object) -> None:
    path = f"{tmp_path}/a.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("修路,通水。\n")
    assert main(["check", "--output-format", "concise", path]) == 0
    assert "FM011" not in capfd.readouterr().out
    assert main(["check", "--output-format", "concise", option, "FM", path]) == 0
    assert "FM011" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("见青政发[2023]12号文件。", "见青政发〔2023〕12号文件。"),
        ("修路,通水(原青山乡)如下:\n完成。", "修路，通水（原青山乡）如下：\n完成。"),
        ("学习《国防法》、《兵役法》。", "学习《国防法》《兵役法》。"),
        ("（一）、修路\n1、通水", "（一）修路\n1.通水"),
        ("做两件事。第一、修路。第二、通水。", "做两件事。第一，修路。第二，通水。"),
        ("修路、通水...", "修路、通水……"),
        ("增长20～30%。", "增长20%～30%。"),
        ("二○○八年和二零二三年建成。", "二〇〇八年和二〇二三年建成。"),
        (
            "修路12公里，完成任务。\n石桥镇\n2023年01月05日",
            "修路12公里，完成任务。\n石桥镇\n2023年1月5日",
        ),
        (
            "修路12公里，完成任务。\n石桥镇\n二〇二三年十二月二十一日",
            "修路12公里，完成任务。\n石桥镇\n2023年12月21日",
        ),
        ('坚定"四个自信"，做到"两个维护"。', "坚定“四个自信”，做到“两个维护”。"),
        ("落实2016-2020年规划，增长3%-5%。", "落实2016—2020年规划，增长3%～5%。"),
        (
            "学习党的20大精神、20届3中全会精神，落实“14五”规划，第1书记带头。",
            "学习党的二十大精神、二十届三中全会精神，落实“十四五”规划，第一书记带头。",
        ),
        ("关于修路的请示。\n县政府：", "关于修路的请示\n县政府："),
        ("二0二三年建成。", "二〇二三年建成。"),
        ("请审阅。\n附件:1、名单。\n2、预算", "请审阅。\n附件：1.名单\n2.预算"),
    ],
)
def test_safe_fixes(text: str, right: str) -> None:
    assert fixed(text) == right
    assert fixed(right) == right
    assert [f.code for f in lint(right)] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("投资9～16亿元。", "投资9亿～16亿元。"),
        ("约20人左右参加。", "约20人参加。"),
        ("超过60%以上完成。", "超过60%完成。"),
        ("约300余人参加。", "约300人参加。"),
        ("到会三、四百人，走了五、六里路。", "到会三四百人，走了五六里路。"),
        ("二〇〇八年8月8日建成，2009年十月一日通车。", "2008年8月8日建成，2009年10月1日通车。"),
        ("关于请求解决经费的请示\n县政府：", "关于解决经费的请示\n县政府："),
        ("关于对修路的批复\n石桥镇：", "关于修路的批复\n石桥镇："),
        ("青政发〔2023〕第05号", "青政发〔2023〕5号"),
    ],
)
def test_unsafe_fixes(text: str, right: str) -> None:
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == right
    assert lint(right) == ()


@pytest.mark.parametrize(
    "text",
    [
        "法院（2023）青01民终12号判决生效。",
        "8:30开会，比例5:3，修路12,000米，接口(API)可用。",
        "1）修路；2）通水；a)亮灯。",
        "第一、二产业和第一、第二批。",
        "依照第（一）、（二）项。",
        "二〇〇八年八月八日建成。\n石桥镇\n二〇〇八年八月八日",
        "建成10年来，近30年度过难关，3年行动。",
        "2020—2025年增长5%，第3-5名，电话0535-1234567。",
        "“今年修路。\n“明年通水。\n后年亮灯。”",
        "三、四年级和七、八十年代，第三、四次会议。\n三、四个方面的工作\n做好各项工作。",
        '2008年八月十五赏月，屏幕55"，完成20大类，党的二十大，节约20元左右，附近20米左右。',
        "关于对口帮扶的批复\n石桥镇：",
        "电话0535-2020，编号A-2016-2020年。",
        "一、概况......3\n二、做法......5",
        "一、目录是否完整；\n二、编码是否连续；\n三、档案是否装盒。\n以上各项请逐一核对，发现问题及时整改。",
    ],
)
def test_look_alikes_are_silent(text: str) -> None:
    assert [(f.code, text[f.start : f.end]) for f in lint(text)] == []


def test_a_report_that_asks_and_a_request_to_two() -> None:
    report = "石桥镇关于水厂的报告\n县政府、县财政局：\n水厂已建成。\n妥否，请批示。"
    request = "石桥镇关于水厂的请示\n县政府、县财政局：\n拟建水厂。\n妥否，请批示。"
    assert [f.code for f in lint(report)] == ["FM007"]
    assert [f.code for f in lint(request)] == ["FM006"]


def test_a_report_that_begs_and_a_request_that_reports() -> None:
    report = "石桥镇关于水厂的报告\n县政府：\n水厂已建成。恳请县政府予以拨付。"
    request = "石桥镇关于水厂的请示\n县政府：\n拟建水厂。\n特此报告。"
    assert [f.code for f in lint(report)] == ["FM007"]
    assert [f.code for f in lint(request)] == ["FM008"]
    granted = "石桥镇关于水厂的报告\n县政府：\n水厂经县政府批准建成。\n特此报告。"
    assert lint(granted) == ()


@pytest.mark.parametrize(
    "piece",
    [
        ",",
        "(",
        "“",
        "《",
        "1、",
        "二○",
        "20～",
        "约20",
        ".",
        "。。。",
        "发[2023]",
        "县政府、",
        "98年",
        "修路(",
        "第一、",
        "附件：1、",
        '"',
        '"修',
        "三、四百",
        "二〇〇八年8月",
        "2016-",
        "党的20",
        "恳请",
    ],
)
@pytest.mark.parametrize("between", ["", "中", "\n"])
def test_time_grows_with_the_text_only(piece: str, between: str) -> None:
    unit = piece + between
    text = "石桥镇关于水厂的请示\n" + unit * (30_000 // len(unit))
    started = time.process_time()
    lint(text)
    assert time.process_time() - started < 3
