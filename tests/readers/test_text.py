"""Plain text: lines as blocks, and edits that change nothing but what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Document, View
from reportlint.errors import WriteError
from reportlint.findings import Edit
from reportlint.readers.text import read, write

WORDS = "一是抓学习，XX**万元。\u3000a1《》"
TRADITIONAL = "一是辦理業務，XX**萬元。\u3000a1《》"
LINE_ENDS = ("\n", "\r\n", "\r")
ENCODINGS = {
    "utf-8": (b"", WORDS + "𠮷\u200b"),
    "utf-8-sig": (b"\xef\xbb\xbf", WORDS + "𠮷"),
    "utf-16-le": (b"\xff\xfe", WORDS + "𠮷"),
    "utf-16-be": (b"\xfe\xff", WORDS + "𠮷"),
    "utf-32-le": (b"\xff\xfe\x00\x00", WORDS + "𠮷"),
    "gb18030": (b"", WORDS + "𠮷"),
    "big5": (b"", TRADITIONAL),
}
ANCHOR = {"big5": "本縣全年辦理各項業務。", "gb18030": "全年完成各项任务。"}


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes, str, bytes]:
    """A file with mixed line ends: its encoding, its mark, its text and its bytes."""
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    mark, alphabet = ENCODINGS[encoding]
    lines = draw(st.lists(st.text(alphabet, max_size=12), max_size=8))
    # Enough of the language for the encodings that must be recognised by it.
    text = ANCHOR.get(encoding, "") * 8
    for line in lines:
        text += line + draw(st.sampled_from(LINE_ENDS))
    return encoding, mark, text, mark + text.encode(encoding.removesuffix("-sig"))


def shown(document: Document, index: int = 0) -> str:
    """What is left to see of a block."""
    text, block = document.text, document.blocks[index]
    cuts = [
        (start - block.start, end - block.start)
        for start, end in document.markup
        if block.start <= start and end <= block.end
    ]
    return View(text[block.start : block.end], cuts).text


@given(files())
def test_every_line_is_read_as_it_is(file: tuple[str, bytes, str, bytes]) -> None:
    encoding, _, text, data = file
    document = read(data, "a.txt")
    assert (document.text, document.encoding, document.format) == (text, encoding, "text")
    blocks = [text[block.start : block.end] for block in document.blocks]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert blocks == [line for line in lines if line.strip()]
    assert all(0 <= start < end <= len(text) for start, end in document.markup)


@given(files(), st.data())
def test_edits_change_nothing_else(
    file: tuple[str, bytes, str, bytes], data: st.DataObject
) -> None:
    encoding, mark, text, before = file
    document = read(before, "a.txt")
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = [
        Edit(start, end, data.draw(st.sampled_from(["", "二", "a1\r\n"])))
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]
    after = write(document, before, edits)

    expected, last = "", 0
    for start, end, replacement in edits:
        expected += text[last:start] + replacement
        last = end
    name = encoding.removesuffix("-sig")
    assert after == mark + (expected + text[last:]).encode(name)


def test_no_edit_gives_the_same_bytes() -> None:
    for data in (b"", b"\xef\xbb\xbf", b"a\r\r\n\n", "二〇二四年".encode("gb18030")):
        assert write(read(data, "a.txt"), data, []) == data


def test_bytes_that_the_encoding_would_write_otherwise_stay() -> None:
    # Big5 has 十 twice; only the second is what an encoder gives.
    body = "本縣全年辦理道路養護工程三".encode("big5")
    data = body + b"\xa2\xcc" + "件，增加XX件。".encode("big5") + b"\xa2\xcc"
    document = read(data, "a.txt")
    assert document.encoding == "big5"
    start = document.text.index("XX")
    after = write(document, data, [Edit(start, start + 2, "五")])
    assert after == data.replace(b"XX", "五".encode("big5"))


def test_a_character_that_the_encoding_lacks() -> None:
    data = ("本縣全年辦理道路養護工程\r\n三十六件，較上年度增加XX件。").encode("big5")
    document = read(data, "報告.txt")
    start = document.text.index("XX")
    with pytest.raises(WriteError, match=r"報告\.txt:2:12: big5 .*“这”"):
        write(document, data, [Edit(start, start + 2, "三这")])


def test_a_file_that_has_changed_is_not_written() -> None:
    document = read(b"\xef\xbb\xbfabc", "a.txt")
    for other in (b"abc", b"\xef\xbb\xbfabd", b"\xef\xbb\xbf\xff"):
        with pytest.raises(WriteError, match=r"a\.txt: .* changed"):
            write(document, other, [])


def test_edits_in_any_order_but_not_across_each_other() -> None:
    data = b"abcdef"
    document = read(data, "a.txt")
    assert write(document, data, [Edit(4, 5, "y"), Edit(0, 1, "x")]) == b"xbcdyf"
    for edits in ([Edit(0, 3, ""), Edit(2, 4, "")], [Edit(5, 9, "")], [Edit(3, 2, "")]):
        with pytest.raises(WriteError, match=r"a\.txt:1:"):
            write(document, data, edits)


def test_pasted_headings_are_headings() -> None:
    document = read("# 一、工作情况 #\n## **存在问题**\n正文。".encode(), "a.txt")
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("text", 0),
    ]
    assert [shown(document, index).strip() for index in range(3)] == [
        "一、工作情况",
        "存在问题",
        "正文。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "##paidbegin##",
        "#标题",
        "#",
        "# ",
        "# #",
        "#######  标题",
        "# 1",
        "# 以上数据由各乡镇上报，经县统计局审核后使用。",
    ],
)
def test_other_number_signs_are_text(line: str) -> None:
    document = read(f"{line}\n# 标题".encode(), "a.txt")
    assert document.blocks[0].kind == "text"
    assert [document.text[start:end] for start, end in document.markup] == ["# "]


def test_pasted_bold_is_hidden_and_slots_are_not() -> None:
    document = read("**指导思想。**推进**县**工程，投入**万元。".encode(), "a.txt")
    assert shown(document) == "指导思想。推进**县**工程，投入**万元。"


def test_bold_within_a_clause_needs_a_draft_that_is_bold_elsewhere() -> None:
    line = "坚持**稳岗优先**导向，形势稳定。\n"
    assert shown(read(line.encode(), "a.txt")) == line.strip()
    pasted = read((line + "**一、总体情况**\n").encode(), "a.txt")
    assert shown(pasted) == "坚持稳岗优先导向，形势稳定。"


def test_pasted_bullets_are_items() -> None:
    document = read("* **抓学习。** 全年12次\n* 名干部到会\n*注：初步数".encode(), "a.txt")
    assert [block.kind for block in document.blocks] == ["item", "text", "text"]
    assert shown(document) == "抓学习。 全年12次"
    assert shown(document, 1) == "* 名干部到会"
