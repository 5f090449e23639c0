"""``reportlint annotate`` from the command line: files, options, exit codes, words."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.annotate.anchored import comments, parts, words
from tests.annotate.highlights import marks
from tests.cli.conftest import Call
from tests.readers.docx.wordfile import archive, p, parts_of, word
from tests.readers.pdffile import column, pdf, restricted, signed


@pytest.fixture
def draft(folder: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("2024年度述职报告")
    made.add_paragraph("全年接待群众XX人次，扎实推##paidbegin##动基层工作。")
    made.save(str(folder / "稿.docx"))
    return folder / "稿.docx"


def test_comments_go_into_a_new_file(draft: Path, call: Call) -> None:
    before = draft.read_bytes()
    done = call("annotate", "稿.docx", "-o", "批注.docx", "--select", "PH,PW")
    assert done == (0, "已写入 批注.docx：批注 2 条\n", "")
    assert draft.read_bytes() == before
    made = (draft.parent / "批注.docx").read_bytes()
    assert sorted(words(made).values()) == ["##paidbegin##", "XX"]


def test_fixes_are_tracked_changes(draft: Path, call: Call) -> None:
    done = call("annotate", "稿.docx", "-o", "b.docx", "--fixes", "--select", "PW", "--lang", "en")
    assert done == (0, "wrote b.docx: 1 comments, 1 fixes as tracked changes\n", "")
    (said,) = comments((draft.parent / "b.docx").read_bytes()).values()
    assert said[-1].startswith("put in as a tracked change")


def test_again_and_clean(draft: Path, call: Call) -> None:
    before = parts(draft.read_bytes())
    assert call("annotate", "稿.docx", "--in-place", "--fixes", "--select", "PH,PW").code == 0
    assert len(comments(draft.read_bytes())) == 2
    again = call("annotate", "稿.docx", "--in-place", "--select", "PH")
    assert again.out == "已写入 稿.docx：批注 1 条\n"
    assert len(comments(draft.read_bytes())) == 1
    done = call("annotate", "稿.docx", "--clean", "--in-place")
    assert done == (0, "已写入 稿.docx：去掉了 reportlint 的批注和修订\n", "")
    assert parts(draft.read_bytes()) == before
    clean = draft.read_bytes()
    done = call("annotate", "稿.docx", "--clean", "--in-place")
    assert done.out == "已写入 稿.docx：没有 reportlint 的批注和修订\n"
    assert draft.read_bytes() == clean


def test_nothing_found_gives_the_same_file(folder: Path, call: Call) -> None:
    (folder / "a.docx").write_bytes(word(p("各科室：请于3月5日前完成自查。")))
    assert call("annotate", "a.docx", "-o", "b.docx").out == "已写入 b.docx：批注 0 条\n"
    assert (folder / "b.docx").read_bytes() == (folder / "a.docx").read_bytes()


def test_suppressions_and_configuration_count(draft: Path, call: Call) -> None:
    (draft.parent / "reportlint.toml").write_text('ignore = ["PH", "SC"]\n', encoding="utf-8")
    assert call("annotate", "稿.docx", "-o", "b.docx").out == "已写入 b.docx：批注 1 条\n"
    (draft.parent / "稿.docx.reportlint.toml").write_text(
        '[[suppress]]\ncode = "PW001"\ntext = "##paidbegin##"\nreason = "样例"\n', encoding="utf-8"
    )
    done = call("annotate", "稿.docx", "-o", "b.docx")
    assert done == (0, "已写入 b.docx：批注 0 条\n", "")


@pytest.fixture
def printed(folder: Path) -> Path:
    """A draft as PDF."""
    page = column(["2024年度述职报告", "全年接待群众XX人次，扎实推##paidbegin##动基层工作。"])
    (folder / "稿.pdf").write_bytes(pdf(page))
    return folder / "稿.pdf"


def test_a_pdf_gets_highlights(printed: Path, call: Call) -> None:
    before = printed.read_bytes()
    done = call("annotate", "稿.pdf", "-o", "批注.pdf", "--select", "PH,PW")
    assert done == (0, "已写入 批注.pdf：批注 2 条\n", "")
    assert printed.read_bytes() == before
    made = marks((printed.parent / "批注.pdf").read_bytes())
    assert [(mark.kind, mark.author, mark.words) for mark in made] == [
        ("highlight", "reportlint", "XX"), ("highlight", "reportlint", "##paidbegin##"),
    ]  # fmt: skip
    first, *rest = made[1].said.split("\n")
    assert first == "PW001 错误：文档网站的付费标签“##paidbegin##”未删除"
    assert [line[:3] for line in rest] == ["改法："]


def test_a_pdf_again_and_clean(printed: Path, call: Call) -> None:
    before = printed.read_bytes()
    for select, count in (("PH,PW", 2), ("PW", 1)):
        done = call("annotate", "稿.pdf", "--in-place", "--select", select, "--lang", "en")
        assert done == (0, f"wrote 稿.pdf: {count} comments\n", "")
        assert len(marks(printed.read_bytes())) == count
    done = call("annotate", "稿.pdf", "--clean", "--in-place")
    assert done == (0, "已写入 稿.pdf：去掉了 reportlint 的批注和修订\n", "")
    assert printed.read_bytes() == before
    done = call("annotate", "稿.pdf", "--clean", "-o", "b.pdf")
    assert done.out == "已写入 b.pdf：没有 reportlint 的批注和修订\n"
    assert (printed.parent / "b.pdf").read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("稿.pdf", "-o", "b.pdf", "--fixes"), "--fixes 只能用于 Word 文档"),
        (("坏.pdf", "-o", "b.pdf"), "坏.pdf: PDF已损坏"),
        (("坏.pdf", "-o", "b.pdf", "--clean"), "坏.pdf: PDF已损坏"),
        (("密.pdf", "-o", "b.pdf"), "密.pdf: PDF有密码保护，不能改写"),
        (("签.pdf", "-o", "b.pdf"), "签.pdf: PDF有数字签名"),
        (("签.pdf", "--in-place", "--clean"), "签.pdf: PDF有数字签名"),
        (("乱.pdf", "--in-place"), "乱.pdf: PDF的内部结构有误"),
    ],
)
def test_a_pdf_that_cannot_be_changed_is_left_alone(
    argv: tuple[str, ...], said: str, printed: Path, call: Call
) -> None:
    folder, data = printed.parent, printed.read_bytes()
    (folder / "坏.pdf").write_bytes(data[:200])
    (folder / "密.pdf").write_bytes(restricted())
    (folder / "签.pdf").write_bytes(signed(b"/V 501 0 R"))
    (folder / "乱.pdf").write_bytes(data.replace(b"startxref\n", b"startxref\n1"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = call("annotate", *argv)
    assert done.code == 2
    assert done.out == ""
    assert said in done.err
    assert "Traceback" not in done.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("稿.docx",), "请用 -o 写明输出文件，或用 --in-place 改写原文件"),
        (("稿.docx", "-o", "稿.docx"), "输出文件就是原文件"),
        (("稿.docx", "-o", "../{folder}/稿.docx"), "输出文件就是原文件"),
        (("稿.docx", "-o", "b.docx", "--in-place"), "只能用一个"),
        (("faulty.txt", "-o", "b.docx"), "check --output-format html -o 报告.html faulty.txt"),
        (("none.docx", "-o", "b.docx"), "none.docx"),
        (("稿.docx", "-o", "none/b.docx"), "none/b.docx"),
        (("坏.docx", "-o", "b.docx"), "坏.docx: 压缩包不完整"),
        (("坏.docx", "-o", "b.docx", "--clean"), "坏.docx: 压缩包不完整"),
        (("签.docx", "-o", "b.docx"), "签.docx: 文件有数字签名"),
        (("密.docx", "-o", "b.docx"), "密.docx: 文件有打开密码"),
        (("稿.docx", "-o", "b.docx", "--select", "ZZ"), "ZZ"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    argv: tuple[str, ...], said: str, draft: Path, call: Call
) -> None:
    folder = draft.parent
    (folder / "坏.docx").write_bytes(draft.read_bytes()[:900])
    (folder / "签.docx").write_bytes(
        archive({**parts_of(p("甲XX")), "_xmlsignatures/a.xml": "<a/>"})
    )
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (folder / "密.docx").write_bytes(ole)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = call("annotate", *(word.replace("{folder}", folder.name) for word in argv))
    assert done.code == 2
    assert done.out == ""
    assert said in done.err
    assert "Traceback" not in done.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_help_in_both_languages(call: Call) -> None:
    assert "--in-place" in call("annotate", "--help").out
    assert "tracked" in call("annotate", "--help", "--lang", "en").out
