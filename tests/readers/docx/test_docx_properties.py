"""What holds for any text, any split into runs and any edits."""

import zipfile
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from wordfile import archive, numbered, p, parts_of, t, unpacked, word

from reportlint.errors import ReadError
from reportlint.findings import Edit
from reportlint.readers.docx import read, write

MAIN = "word/document.xml"
LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"
) | st.sampled_from(" &<>]\"'一是##XX")
RUN = st.text(LETTERS, max_size=6)
PARAGRAPHS = st.lists(st.lists(RUN, max_size=5), max_size=6)


def file_of(paragraphs):
    """A Word file of paragraphs, each a list of runs; and its text."""
    content = "".join(p(*(escape(run) for run in runs)) for runs in paragraphs)
    return word(content, styles=""), "\n".join("".join(runs) for runs in paragraphs)


@st.composite
def edited(draw):
    """Paragraphs in runs, and edits that stay within paragraphs."""
    paragraphs = draw(PARAGRAPHS)
    edits, start = [], 0
    for runs in paragraphs:
        length = sum(map(len, runs))
        cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
        for first, last in zip(cuts[::2], cuts[1::2], strict=False):
            edits.append(Edit(start + first, start + last, draw(RUN)))
        start += length + 1
    return paragraphs, edits


def changed(text, edits):
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


@given(PARAGRAPHS)
def test_text_does_not_depend_on_runs(paragraphs):
    data, text = file_of(paragraphs)
    document = read(data, "")
    assert document.text == text
    for block in document.blocks:
        line = document.text[block.start : block.end]
        assert line == "".join(paragraphs[block.address["paragraph"] - 1])
        assert line.strip()
    lines = [line for line in text.split("\n") if line.strip()]
    assert len(document.blocks) == len(lines)


@given(edited())
def test_edits_change_the_words_and_nothing_else(case):
    paragraphs, edits = case
    data, text = file_of(paragraphs)
    document = read(data, "")
    written = write(document, data, edits)
    assert read(written, "").text == changed(text, edits)
    before, after = unpacked(data), unpacked(written)
    assert list(before) == list(after)
    assert all(before[name] == after[name] for name in before if name != MAIN)
    assert before[MAIN].count(b"<w:") == after[MAIN].count(b"<w:")


@given(edited())
def test_an_edit_can_be_taken_back(case):
    paragraphs, edits = case
    data, text = file_of(paragraphs)
    written = write(read(data, ""), data, edits)
    whole = read(written, "")
    back, shift = [], 0
    for edit in sorted(edits):
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.replacement), text[edit.start : edit.end]))
        shift += len(edit.replacement) - (edit.end - edit.start)
    # Where nothing is left of a paragraph there is no run to put text into.
    kept = [edit for edit in back if edit.start != edit.end]
    assert read(write(whole, written, kept), "").text == changed(whole.text, kept)


RICH = (
    numbered("甲")
    + f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl><w:p>{t('框')}<w:r><w:txbxContent>{p('内')}"
    + "</w:txbxContent></w:r><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>A</w:instrText>"
    + "<w:fldChar w:fldCharType='separate'/><w:t>1</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
STORED = archive(
    parts_of(
        RICH,
        styles='<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>',
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num>',
        footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
    ),
    zipfile.ZIP_STORED,
)
PACKED = archive(unpacked(STORED))


def survives(data):
    try:
        document = read(data, "")
    except ReadError:
        return
    assert all(block.start < block.end <= len(document.text) for block in document.blocks)


@settings(max_examples=300, deadline=2000)
@given(
    st.sampled_from([STORED, PACKED]),
    st.lists(st.tuples(st.integers(0, len(STORED) - 1), st.integers(0, 255)), max_size=5),
)
def test_damaged_bytes_are_a_document_or_a_read_error(data, damage):
    out = bytearray(data)
    for at, value in damage:
        out[at % len(out)] = value
    survives(bytes(out))


TAGS = st.sampled_from(
    ["p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "del", "ins", "txbxContent", "fldChar", "tab",
     "numPr", "sectPr", "sdt", "br", "moveFrom", "footnote", "trPr"]
)  # fmt: skip
NODES = st.recursive(
    st.text("甲 \n", max_size=3),
    lambda inner: st.builds(
        lambda tag, kind, parts: f'<w:{tag} w:fldCharType="{kind}">{"".join(parts)}</w:{tag}>',
        TAGS,
        st.sampled_from(["begin", "separate", "end"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@settings(max_examples=200)
@given(st.lists(NODES, max_size=4))
def test_any_tree_of_elements_can_be_read(nodes):
    survives(word("".join(nodes)))


@given(st.binary(max_size=200))
def test_any_bytes(data):
    survives(data)
    survives(b"PK\x03\x04" + data)
    survives(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)
