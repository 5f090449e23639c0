"""Whatever the bytes are: a document or a finding, never a traceback."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.hostile import outcome
from tests.readers.odtfile import content, pack, styles_part
from tests.readers.pdffile import column, pdf
from tests.readers.rtffile import HEAD

HTML = (
    "<!DOCTYPE html><meta charset=utf-8><title>题</title><h1>述职报告</h1><ol start=2 type=a><li>甲<b>乙</b></ol>"
    "<table><tr><td>丙<td><pre>x\ny</pre></table><!-- 注 --><p style='a'>&times;&#20013;<br><code>z</code>"
).encode()
RTF = HEAD + (
    rb"\pard\s1 \'b1\'a8\u21578?\par{\listtext 1.\tab}a{\footnote\ftnalt b\par}\trowd\intbl c\cell\row"
    rb"{\shp{\*\shpinst{\shptxt d\par}}}\bin3 xyz{\*\atrfstart 0}{\*\atnauthor g}h{\*\atrfend 0}{\*\annotation{\*\atnref 0}i\par}{\field{\*\fldinst e}{\fldrslt f}}\par}"
)
CONTENT = content(
    "<text:h text:outline-level='1'>题</text:h><text:list text:style-name='L'><text:list-item><text:p>甲 <text:s text:c='2'/>"
    "</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>乙</text:p>"
    "</table:table-cell></table:table-row></table:table><text:p>丙<text:note text:note-class='footnote'><text:note-body>"
    "<text:p>丁</text:p></text:note-body></text:note><office:annotation><text:p>戊</text:p></office:annotation><text:placeholder>己</text:placeholder></text:p>",
    "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1'/></text:list-style>",
)
MASTERS = "<style:master-page><style:header><text:p>眉</text:p></style:header></style:master-page>"
ODT = pack({"content.xml": CONTENT, "styles.xml": styles_part("", MASTERS)})
PDF = pdf(column(["述职报告", "  正文。"]), column(["后页"]))
WHOLE = {"html": HTML, "rtf": RTF, "odt": ODT, "pdf": PDF}


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """A file of which some bytes are cut out, put in twice, changed or added."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        new = draw(
            st.binary(max_size=8)
            | st.just(data[start:end] * 2)
            | st.sampled_from(
                [b"{", b"}", b"\\", b"<", b">", b"</td>", b"<p>", b"\\u", b"\0", b"&", b"99999999"]
            )
        )
        data = data[:start] + new + data[end:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 5)) == 0 else data


@pytest.mark.parametrize("format", WHOLE)
def test_a_whole_file_is_read(format: str) -> None:
    assert outcome(format, WHOLE[format]) is None


@pytest.mark.parametrize("format", WHOLE)
@settings(max_examples=150)
@given(data=st.data())
def test_spoilt_files(format: str, data: st.DataObject) -> None:
    outcome(format, data.draw(spoilt(WHOLE[format])))


@pytest.mark.parametrize("format", [*WHOLE, "doc"])
@given(data=st.binary(max_size=300))
def test_noise(format: str, data: bytes) -> None:
    heads = {"html": b"", "rtf": b"{\\rtf1", "odt": b"PK\x03\x04", "pdf": b"%PDF-1.7\n", "doc": b""}
    outcome(format, heads[format] + data)


@settings(max_examples=150)
@given(data=st.data())
def test_spoilt_parts_of_a_package(data: st.DataObject) -> None:
    part = data.draw(spoilt(CONTENT.encode()))
    styles = data.draw(spoilt(styles_part("", MASTERS).encode()))
    outcome("odt", pack({"content.xml": part, "styles.xml": styles}))


@given(st.integers(0, len(ODT)))
def test_cut_off_packages(length: int) -> None:
    said = outcome("odt", ODT[:length])
    assert said is None or length < len(ODT)
    assert zipfile.is_zipfile(io.BytesIO(ODT))
