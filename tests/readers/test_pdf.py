"""PDF files: lines to paragraphs, what is left out, pages without text, hostile ones."""

import sys
import zlib

import pytest

from reportlint.document import Document
from reportlint.errors import ReadError
from reportlint.findings import Severity
from reportlint.readers import pdf as reader
from reportlint.runner import check_bytes
from reportlint.settings import Settings
from tests.readers.hostile import ends_quickly
from tests.readers.pdffile import Shown, column, pdf, stream

FULL = "组织全县民兵开展训练完成投资一千二百万元同比增长百分"
"""A full line of the pages below: 26 characters of 16 points."""
PICTURE = stream(b"0 0 100 100 re f")


def read(*pages: list[Shown] | bytes, **options: bool) -> Document:
    return reader.read(pdf(*pages, **options), "a.pdf")  # type: ignore[arg-type]


def lines(*pages: list[Shown] | bytes) -> list[str]:
    return read(*pages).text.split("\n")


def body(*rows: str) -> list[Shown]:
    """Rows among enough full ones to show the margins."""
    return column([*rows, *(f"  {FULL[:24]}" if n == 0 else FULL for n in range(5)), "完。"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["  " + FULL[:24], FULL, "正文。"], [FULL[:24] + FULL + "正文。"]),
        (["  短句。", "  又一句。"], ["短句。", "又一句。"]),
        (["一、基本情况", "  正文。"], ["一、基本情况", "正文。"]),
        (["  " + FULL[:23] + "。", "  新段。"], [FULL[:23] + "。", "新段。"]),
        ([FULL[:25] + "。", "（一）带头学习。"], [FULL[:25] + "。", "（一）带头学习。"]),
        ([FULL[:23], "12345.6万元。"], [FULL[:23] + "12345.6万元。"]),
        ([FULL[:21], "字。"], [FULL[:21], "字。"]),
        ([FULL[:24] + "work", "of art。"], [FULL[:24] + "work of art。"]),
        ([FULL[:20], "“" + FULL[:10] + "”。"], [FULL[:20], "“" + FULL[:10] + "”。"]),
    ],
)  # fmt: skip
def test_lines_are_joined_to_paragraphs(rows: list[str], expected: list[str]) -> None:
    assert lines(body(*rows))[: len(expected)] == expected


def test_paragraphs_go_on_over_pages() -> None:
    first, second = column(["  " + FULL[:24], *[FULL] * 5]), column([FULL[:9] + "。", "  新段。"])
    document = read(first, second)
    assert document.text == FULL[:24] + FULL * 5 + FULL[:9] + "。\n新段。"
    assert [dict(block.address or {}) for block in document.blocks] == [
        {"page": 1, "paragraph": 1}, {"page": 2, "paragraph": 1},
    ]  # fmt: skip


def test_sizes_gaps_and_the_right_edge_part_lines() -> None:
    rows = column([FULL] * 6, top=700)
    title = [(90.0, 760.0, 22.0, FULL[:19])]
    below = [(90.0, 460.0, 16.0, "隔开。")]
    signed = [(400.0, 420.0, 16.0, "某县人民政府"), (410.0, 392.0, 16.0, "2025年1月1日")]
    assert lines([*title, *rows, *below, *signed]) == [
        FULL[:19], FULL * 6, "隔开。", "某县人民政府", "2025年1月1日",
    ]  # fmt: skip


def test_short_texts_are_not_joined() -> None:
    assert lines(column(["述职报告", "单位XX", "2025年"])) == ["述职报告", "单位XX", "2025年"]


def page(number: int, header: str, footer: str) -> list[Shown]:
    rows = column(
        [f"第{'一二三四五六'[number]}项工作。", f"  {'甲乙丙丁戊己'[number]}事完成{number + 3}件。"]
    )
    return [(200, 800, 10, header), *rows, (290, 40, 10, footer)]


@pytest.mark.parametrize(
    ("footers", "kept"),
    [
        (["— 1 —", "— 2 —", "— 3 —"], []),
        (["- 1 -"], []),
        (["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"], []),
        (["Page 1 of 9"], []),
        (["1", "2", "3"], []),
        (["7", "8"], []),
        (["1/2", "2/2"], []),
        (["1"], []),
        (["25"], ["25"]),
        (["25", "90", "37"], ["25", "90", "37"]),
        (["某县", "某县"], []),
        (["某县"], ["某县"]),
        (["共5人", "共6人", "共7人"], []),
    ],
)
def test_running_lines_are_left_out(footers: list[str], kept: list[str]) -> None:
    heads = ["桃溪镇文件"] * len(footers) if len(footers) > 1 else [""]
    found = lines(*(page(n, heads[n], footer) for n, footer in enumerate(footers)))
    expected = []
    for n in range(len(footers)):
        expected += [f"第{'一二三四五六'[n]}项工作。", f"{'甲乙丙丁戊己'[n]}事完成{n + 3}件。"]
        expected += kept[n : n + 1]
    assert found == expected


def test_spaces_between_chinese_and_figures_are_those_of_the_text() -> None:
    # A program sets a quarter of a character; a typed space takes half of one.
    pieces = [(90.0, 700.0, 16.0, "于"), (110.0, 700.0, 16.0, "9"), (122.0, 700.0, 16.0, "月，"),
              (90.0, 672.0, 16.0, "年"), (114.0, 672.0, 16.0, "月"), (138.0, 672.0, 16.0, "日")]  # fmt: skip
    assert lines(pieces) == ["于9月，", "年 月 日"]


def test_pages_without_text_are_reported(settings: Settings) -> None:
    empty = stream(b"")
    data = pdf(column(["述职报告"]), PICTURE, PICTURE, empty, column(["投入XX万元。"]), PICTURE)
    document = reader.read(data, "a.pdf")
    assert [tuple(notice) for notice in document.notices] == [
        ("RL011", 5, {"pages": "2–3"}), ("RL011", 12, {"pages": "6"}),
    ]  # fmt: skip
    result = check_bytes(data, "a.pdf", settings)
    found = [(f.code, f.severity, f.message) for f in result.findings if f.code == "RL011"]
    assert found == [
        ("RL011", Severity.WARNING, "第2–3页没有文字层，没有检查"),
        ("RL011", Severity.WARNING, "第6页没有文字层，没有检查"),
    ]
    assert not result.failed
    assert all(finding.fix is None for finding in result.findings)
    silent = settings._replace(active=settings.active - {"RL011"})
    assert not any(f.code == "RL011" for f in check_bytes(data, "a.pdf", silent).findings)
    loud = settings._replace(severities={"RL011": Severity.ERROR})
    assert check_bytes(data, "a.pdf", loud).findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello", "not a PDF"),
        (b"%PDF-1.7\nhello", "damaged"),
        (pdf(column(["述职报告"]))[:300], "damaged"),
        (pdf(PICTURE), "no text layer"),
        (pdf(), "damaged"),
        (pdf(column(["述职报告"]), trailer="/Encrypt<</Filter/Standard/V 1/R 2/O(" + "o" * 32 + ")/U(" + "u" * 32 + ")/P -4>>/ID[(a)(a)]"), "password"),
    ],
    ids=["text", "header", "cut", "scan", "empty", "encrypted"],
)  # fmt: skip
def test_files_that_cannot_be_read_say_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        reader.read(data, "a.pdf")
    assert caught.value.code == "RL002"


def test_without_pdfium_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError) as caught:
        read(column(["述职报告"]))
    assert caught.value.code == "RL002"
    assert all("pip install 'reportlint[pdf]'" in said for said in caught.value.detail.values())


def bomb(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data)
    return b"<</Length %d/Filter[%s]>>\nstream\n" % (
        len(data), b"/FlateDecode" * times,
    ) + data + b"\nendstream"  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bomb(b" " * (100 << 20)), "too much"),
        (bomb(b" " * (100 << 20), 2), "too much"),
        ([(9.0, 9.0, 1.0, "字" * 1000)] * 2000, None),
        (stream(b"q " * 1_000_000), "no text"),
        (stream(b"[" * 1_000_000), "no text"),
        (stream(b"BT " * 300_000), "no text"),
    ],
    ids=["bomb", "bomb in a bomb", "long", "deep", "arrays", "texts"],
)
def test_hostile_pages_end_quickly(content: bytes | list[Shown], reason: str | None) -> None:
    said = ends_quickly("pdf", pdf(content))
    assert (said is None) == (reason is None)
    assert (reason or "") in (said or "")


def test_a_font_without_characters_is_no_text() -> None:
    assert read(column(["述职报告"])).text == "述职报告"
    with pytest.raises(ReadError, match="no text layer"):
        read(column(["述职报告"]), mapped=False)
