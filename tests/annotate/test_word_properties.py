"""Whatever a file looks like: comments stand on their words, and nothing else has changed."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportlint.annotate import Note
from reportlint.annotate.word import annotate, clean
from reportlint.document import Document
from reportlint.errors import ReadError, WriteError
from reportlint.findings import Edit
from reportlint.readers.docx import read
from tests.annotate.anchored import MAIN, STAMP, comments, decided, parts, root, shape, words
from tests.readers.docx.wordfile import archive, word

PLAIN = st.text("甲乙X 1&<>", min_size=1, max_size=6)
LOOKS = st.sampled_from(["", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:color w:val="0000FF"/></w:rPr>'])
SPACED = st.sampled_from(["", ' xml:space="preserve"', ' xml:space="default"'])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&#62;")


@st.composite
def runs(draw: Any) -> str:
    """A run of several texts, with and without other things before, between and after them."""
    inside = ""
    for _ in range(draw(st.integers(1, 3))):
        text = escaped(draw(PLAIN))
        other = st.sampled_from(["", "", "<w:tab/>", "<w:lastRenderedPageBreak/>", "<w:br/>"])
        inside += draw(other) + f"<w:t{draw(SPACED)}>{text}</w:t>" + draw(other)
    return f"<w:r>{draw(LOOKS)}{inside}</w:r>"


def held(run: str) -> list[str]:
    """A run in each of what may hold one."""
    ruby = f"<w:rt><w:r><w:t>注</w:t></w:r></w:rt><w:rubyBase>{run}</w:rubyBase>"
    choice = f"<mc:Choice>{run}</mc:Choice><mc:Fallback>{run}</mc:Fallback>"
    return [
        f'<w:hyperlink w:anchor="a">{run}</w:hyperlink>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>",
        f'<w:ins w:id="7" w:author="甲">{run}</w:ins>',
        f"<w:smartTag>{run}</w:smartTag>",
        f"<w:r><w:ruby>{ruby}</w:ruby></w:r>",
        f"<mc:AlternateContent>{choice}</mc:AlternateContent>",
    ]


def still(text: str) -> list[str]:
    """What stands between runs, and what cannot be split."""
    return [
        '<w:del w:id="8" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        '<w:bookmarkStart w:id="3" w:name="a"/>',
        f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>",
        "<w:r><w:t><![CDATA[甲&X]]></w:t></w:r>",
    ]


@st.composite
def paragraphs(draw: Any, depth: int = 1) -> str:
    """A paragraph with runs, some of them in what runs are put into."""
    inside = ""
    for _ in range(draw(st.integers(0, 4))):
        run = draw(runs())
        inside += draw(st.sampled_from([run, run, *held(run), *still(escaped(draw(PLAIN)))]))
        if depth and draw(st.integers(0, 6)) == 0:
            inner = draw(paragraphs(depth=0))
            inside += f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent>"
            inside += "</v:textbox></w:pict></w:r>"
    return f"<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr>{inside}</w:p>"


@st.composite
def files(draw: Any) -> bytes:
    body = ""
    for paragraph in draw(st.lists(paragraphs(), min_size=1, max_size=4)):
        cell = f"<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"
        body += draw(st.sampled_from([paragraph, paragraph, cell]))
    return word(body)


@st.composite
def annotated(draw: Any) -> tuple[bytes, Document, list[Note]]:
    data = draw(files())
    document = read(data, "a.docx")
    notes = []
    end = 0
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(document.text)))
        stop = draw(st.integers(start, min(len(document.text), start + 8)))
        edits: tuple[Edit, ...] = ()
        if start >= end and draw(st.booleans()) and "\n" not in document.text[start:stop]:
            if "\t" not in document.text[start:stop]:
                new = draw(st.sampled_from(["", "新", " <&"]))
                edits = (Edit(start, stop, new),) if new or stop > start else ()
                end = stop + 1
        notes.append(Note(start, stop, (f"第{number}条 <&>",), edits))
    return data, document, notes


@settings(max_examples=80, deadline=None)
@given(annotated())
def test_comments_change_nothing_and_go_without_a_trace(
    case: tuple[bytes, Document, list[Note]],
) -> None:
    data, document, notes = case
    notes = [note._replace(edits=()) for note in notes]
    made = annotate(data, "a.docx", notes, STAMP)
    assert made.changes == 0
    assert made.comments + made.homeless == len(notes)
    assert shape(root(made.data)) == shape(root(data))
    assert read(made.data, "").text == document.text
    assert [said[0] for said in comments(made.data).values()] == [
        note.paragraphs[0] for note in notes[: made.comments]
    ]
    assert parts(clean(made.data)) == parts(data)


@settings(max_examples=80, deadline=None)
@given(annotated())
def test_changes_can_be_accepted_and_rejected(
    case: tuple[bytes, Document, list[Note]],
) -> None:
    data, document, notes = case
    made = annotate(data, "a.docx", notes, STAMP)
    assert decided(root(made.data), accept=False) == shape(root(data))
    assert parts(clean(made.data)) == parts(data)
    edits = [edit for note in notes for edit in note.edits]
    if made.changes == sum(bool(note.edits) for note in notes):
        # The reader shows what accepting them all would give.
        text = document.text
        for start, end, new in reversed(edits):
            text = text[:start] + new + text[end:]
        assert read(made.data, "").text == text
    # Without the record of what was done the same is found by looking for our name.
    held = parts(made.data)
    held.pop("reportlint/undo.json", None)
    again = clean(archive(held))
    assert shape(root(again)) == shape(root(data))
    assert comments(again) == {}
    assert read(again, "").text == document.text


@settings(max_examples=60, deadline=None)
@given(st.lists(runs(), min_size=1, max_size=4), st.data())
def test_comments_stand_on_exactly_their_words(inside: list[str], data: st.DataObject) -> None:
    file = word("<w:p>" + "".join(inside) + "</w:p>")
    document = read(file, "")
    assume(document.text)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    wanted = document.text[start:end].replace("\t", "").replace("\n", "")
    assume(wanted)
    made = annotate(file, "", [Note(start, end, ("说明",))], STAMP)
    assert [text.replace("\n", "") for text in words(made.data).values()] == [wanted]
    assert MAIN in parts(made.data)


@settings(max_examples=150, deadline=None)
@given(
    annotated(), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6), st.data()
)
def test_damaged_files_are_refused_or_done(
    case: tuple[bytes, Document, list[Note]],
    damage: list[tuple[float, int]],
    draws: st.DataObject,
) -> None:
    # Stored parts let the damage reach the XML, and with it the record of what was done.
    data, _, notes = case
    held = parts(annotate(data, "a.docx", notes, STAMP).data)
    broken = bytearray(archive(held, zipfile.ZIP_STORED))
    for share, value in damage:
        broken[int(share * (len(broken) - 1))] = value
    # A checksum that fits again, so that not all of it ends there.
    if draws.draw(st.booleans()):
        name = draws.draw(st.sampled_from(sorted(held)))
        at = draws.draw(st.integers(0, len(held[name])))
        held[name] = held[name][:at] + draws.draw(st.binary(max_size=3)) + held[name][at + 2 :]
        broken = bytearray(archive(held))
    for act in (clean, lambda data: annotate(data, "", notes, STAMP)):
        with suppress(ReadError, WriteError):
            act(bytes(broken))
