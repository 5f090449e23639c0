"""Encodings: found without being told, or refused with the byte that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.errors import ReadError
from reportlint.readers.decode import codec, decode

SIMPLIFIED = (
    "全年完成固定资产投资十二亿元，比上年增长百分之八。",
    "一是理论学习不够深入，二是调查研究不够扎实，三是工作方法不够多。",
    "下一步，我将继续抓好基层党组织建设，推动各项任务落到实处。",
    "征集新兵120人，其中大学生90人，占75%。\n",
    "（一）加强组织领导。成立工作专班，定期召开会议。\r\n",
)
TRADITIONAL = (
    "本局全年辦理道路養護工程三十六件，較上年度增加五件。",
    "一、組織及業務概況：主管全縣農業發展、動植物防疫等事項。",
    "爾後將持續強化災害應變能力，加強與鄉鎮公所之聯繫。",
    "受理民眾陳情案件1,280件，辦結率達98%。\n",
    "以上報告，敬請指教，並祝大會圓滿成功。\r\n",
)
MARKS = {
    "utf-8-sig": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\x00\x00",
    "utf-32-be": b"\x00\x00\xfe\xff",
}
ANY = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))


def drafts(sentences: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(sentences), min_size=1, max_size=12).map("".join)


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == "RL001"
    return caught.value


@given(ANY.filter(lambda text: not text.startswith("\ufeff")))
def test_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", b"")


@given(ANY, st.sampled_from(sorted(MARKS)))
def test_a_byte_order_mark_settles_it(text: str, encoding: str) -> None:
    if encoding == "utf-16-le" and not text:
        return  # the mark of UTF-16 and nothing else is followed by nothing
    data = MARKS[encoding] + text.encode(codec(encoding))
    assert decode(data) == (text, encoding, MARKS[encoding])


@given(drafts(SIMPLIFIED))
def test_gb18030(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, "gb18030", b"")


@given(drafts(TRADITIONAL))
def test_big5_is_not_taken_for_gb18030(text: str) -> None:
    data = text.encode("big5")
    data.decode("gb18030")  # it would do, and that is the trap
    assert decode(data) == (text, "big5", b"")


@given(drafts(SIMPLIFIED + TRADITIONAL), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding, b"")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_of_plain_ascii(encoding: str) -> None:
    assert decode("Total: 120\n".encode(encoding)) == ("Total: 120\n", encoding, b"")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("述职报告", "gbk", "gb18030"),
        ("魏延", "gbk", "gb18030"),
        ("𠮷野同志到会讲话，并作了工作报告。", "gb18030", "gb18030"),
        ("述職報告", "big5", "big5"),
        ("碁峰資訊與本縣合作辦理教育訓練，銹蝕水管已全數汰換。", "cp950", "cp950"),
    ],
)
def test_short_and_rare(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding)) == (text, name, b"")


def test_gb18030_with_its_own_mark() -> None:
    mark = b"\x84\x31\x95\x33"
    assert decode(mark + "报告".encode("gbk")) == ("报告", "gb18030", mark)


def test_another_script_is_left_to_the_detector() -> None:
    text = "Отчёт о проделанной работе за прошедший год подготовлен и утверждён. " * 4
    decoded = decode(text.encode("cp1251"))
    assert (decoded.text, decoded.mark) == (text, b"")


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ("", "utf-8", b"")


def test_one_broken_byte_in_utf8_is_named() -> None:
    before, after = "一、工作情况\r\n（一）全年".encode(), "完成投资十二亿元，同比增长。\n".encode()
    error = refused(before + b"\xff" + after * 20)
    assert f"字节偏移 {len(before)} 处" in error.detail["zh"]
    assert "第 2 行" in error.detail["zh"]
    assert f"0xFF at offset {len(before)} (line 2)" in error.detail["en"]
    assert "UTF-8" in error.detail["en"]


def test_the_broken_byte_may_come_late() -> None:
    before = (SIMPLIFIED[0] + "\n").encode() * 400
    error = refused(before + b"\xe5\x85" + before)
    assert f"offset {len(before)} (line 401)" in error.detail["en"]


@pytest.mark.parametrize(
    ("encoding", "sentences"), [("gb18030", SIMPLIFIED), ("big5", TRADITIONAL)]
)
def test_one_broken_byte_in_an_older_encoding(encoding: str, sentences: tuple[str, ...]) -> None:
    before = "".join(sentences).encode(encoding)
    error = refused(before + b"\xff\n" + before)
    assert f"offset {len(before)} (line 3)" in error.detail["en"]
    assert encoding.upper() in error.detail["en"]


def test_a_file_cut_off_within_a_character() -> None:
    data = "".join(SIMPLIFIED).encode("gb18030") * 3
    assert f"offset {len(data)} " in refused(data + b"\xca").detail["en"]


def test_a_nul_byte_is_named() -> None:
    before = "第一行\r第二行\n述".encode()
    error = refused(before + b"\0" + "职报告".encode())
    assert f"NUL byte at offset {len(before)} (line 3)" in error.detail["en"]
    assert "NUL" in error.detail["zh"]


def test_a_nul_in_wide_text_is_named() -> None:
    error = refused(b"\xff\xfe" + "报告\0".encode("utf-16-le"))
    assert "NUL byte at offset 6 (line 1)" in error.detail["en"]


def test_half_a_unit_after_a_mark() -> None:
    assert "offset 4 (line 1)" in refused(b"\xff\xfe\x11\x62\x00").detail["en"]


def test_pictures_and_programs_are_refused() -> None:
    refused(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06")
    refused(b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 8 + b"\x02\x00\x3e\x00")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadError:
        assert "offset" in refused(data).detail["en"]
        return
    assert data.startswith(decoded.mark)
    assert data[len(decoded.mark) :].decode(codec(decoded.encoding)) == decoded.text
    assert "\0" not in decoded.text
