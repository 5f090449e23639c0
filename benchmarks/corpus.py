"""Makes what the benchmarks read: the same bytes on every machine, from drafts of our own.

``write(folder)`` makes

    one.txt            one draft of 6 KB
    drafts/00/0000.txt 2,000 drafts of 7 KB, a hundred in a folder
    docx/00.docx       31 drafts of 10,000 characters in Word files of 30 KB
    1MB.txt, 10MB.txt  the drafts one after the other
    hostile/NAME-1000.txt, and with 250 instead of 1000: a token over and over, for 1 MB and 250 KB

The drafts are those of ``tests/accuracy``, cut into passages and put together anew, but for those
that are there for their figures. All are full of faults on purpose, so most paragraphs with one are
left out, some of the slots are filled, and the figures of a few paragraphs are drawn anew: there
are findings of every family, one for every 120 characters, and 34 figures in a thousand. In
published reports there are 11, and hardly any finding.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests import gold
from tests.accuracy import FOLDERS

SEED = 20240501
DRAFTS = 2000
DOCX = 31
ONE, DRAFT, DOCX_TEXT = 6_000, 7_000, 30_000
"""Bytes of UTF-8: one draft, one of many, the text of a Word file."""

DOCX_NOISE = 10_000
"""Bytes in a Word file for what Word puts there besides the text, as random as pictures are."""

FIGURES = "figures"
"""The folder of drafts that are there for their figures."""

FAULTY, FILLED, REDRAWN = 0.3, 0.5, 0.02
"""How many of the paragraphs with a fault are taken, how many of the slots are filled, and in how
many of the paragraphs the figures are drawn anew."""

LARGE = {"1MB.txt": 1_000_000, "10MB.txt": 10_000_000}
HOSTILE_SIZES = {"250": 250_000, "1000": 1_000_000}

HOSTILE = {
    "letters": "X",
    "asterisks": "*",
    "hashes": "##",
    "digits": "1234567890",
    "spaces": " ",
    "brackets": "（",
    "lenticular": "【*",
    "quotes": "“",
    "ordinals": "一是",
    "headings": "（一）\n",
    "among": "1人其中",
    "shares": "其中3人占5%，",
    "commas": "，",
    "advert": "更*多",
    "lines": "\n",
    "invisible": "\u200b",
    "damaged": "\ufffd锟斤拷",
}
"""Names and tokens of the hostile files."""

_SLOT = re.compile(r"[Xx×]{1,4}")
_FIGURE = re.compile(r"[0-9]{1,3}(?![0-9年])")
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip archive can name."""

Passage = list[str]


def prepare(folder: Path, drafts: int = DRAFTS, docx: int = DOCX) -> str:
    """Make the corpus unless it is there as it should be; return its digest.

    In a process of its own: what starts the programs that are measured has to be small.
    """
    note = folder.with_name(f"{folder.name}.digest")
    wanted = f"{drafts} {docx} {_source()}"
    if note.exists() and note.read_text().startswith(f"{wanted} "):
        return note.read_text().split()[-1]
    shutil.rmtree(folder, ignore_errors=True)
    argv = [sys.executable, "-m", "benchmarks.corpus", str(folder), str(drafts), str(docx)]
    done = subprocess.run(
        argv, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent
    )
    made = done.stdout.decode().strip()
    note.write_text(f"{wanted} {made}")
    return made


def _source() -> str:
    """Return a digest of what the corpus is made of and by."""
    whole = hashlib.sha256(Path(__file__).read_bytes())
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.gold.*")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def write(folder: Path, drafts: int = DRAFTS, docx: int = DOCX, *, large: bool = True) -> str:
    """Write the corpus into an empty or absent folder and return the digest of its content."""
    source = random.Random(SEED)
    pool = passages(source)
    texts = [draft(pool, source, DRAFT) for _ in range(drafts)]
    _put(folder / "one.txt", draft(pool, source, ONE))
    for number, text in enumerate(texts):
        _put(folder / "drafts" / f"{number // 100:02d}" / f"{number:04d}.txt", text)
    for number in range(docx):
        path = folder / "docx" / f"{number:02d}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        _word(path, draft(pool, source, DOCX_TEXT), source)
    if large:
        for name, size in LARGE.items():
            _put(folder / name, _long(texts, size))
        for name, token in HOSTILE.items():
            for label, size in HOSTILE_SIZES.items():
                _put(folder / "hostile" / f"{name}-{label}.txt", token * (size // _bytes(token)))
    return digest(folder)


def digest(folder: Path) -> str:
    """Return the first digits of a SHA-256 over the names and the bytes of all files."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes() if path.suffix != ".docx" else _unpacked(path)
        whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()[:16]


def _unpacked(path: Path) -> bytes:
    """Return the parts of a Word file: how well they are packed differs from zlib to zlib."""
    with zipfile.ZipFile(path) as package:
        return b"".join(package.read(name) for name in package.namelist())


def passages(source: random.Random) -> list[Passage]:
    """Return the plain drafts of ``tests/accuracy``, each as its paragraphs; few have a fault."""
    drafts = [draft for folder in FOLDERS if folder.name != FIGURES for draft in gold.load(folder)]
    plain = sorted((draft.text, draft.marks) for draft in drafts if draft.name.endswith(".txt"))
    return [list(_paragraphs(text, marks, source)) for text, marks in plain]


def _paragraphs(text: str, marks: Sequence[gold.Mark], source: random.Random) -> Iterator[str]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        faulty = any(mark.start <= end and start <= mark.end for mark in marks)
        if line.strip() and (not faulty or source.random() < FAULTY):
            yield line
        start = end + 1


def draft(pool: list[Passage], source: random.Random, size: int) -> str:
    """Return a draft of about ``size`` bytes: the beginning of one, then passages of others."""
    first = source.choice(pool)
    lines: list[str] = []
    count = 0
    for line in _lines(first, pool, source):
        made = _changed(line, source)
        if lines and count + _bytes(made) > size * 1.05:
            if count >= size * 0.95:
                break
            continue
        lines.append(made)
        count += _bytes(made) + 1
        if count >= size:
            break
    return "\n".join(lines) + "\n"


def _lines(first: Passage, pool: list[Passage], source: random.Random) -> Iterator[str]:
    yield from first
    while True:
        other = source.choice(pool)
        start = source.randrange(len(other))
        yield from other[start : start + 6]


def _changed(line: str, source: random.Random) -> str:
    """Fill a part of the slots of a paragraph; of a few draw the figures anew."""

    def filled(slot: re.Match[str]) -> str:
        return str(source.randrange(2, 400)) if source.random() < FILLED else slot[0]

    line = _SLOT.sub(filled, line)
    if source.random() < REDRAWN:
        line = _FIGURE.sub(lambda figure: str(source.randrange(1, 10 ** len(figure[0]))), line)
    return line


def _long(texts: list[str], size: int) -> str:
    """Return texts one after the other, ``size`` bytes at most, cut at the end of a line."""
    whole = b""
    while len(whole) < size:
        whole += "".join(texts).encode()
    return whole[: whole.rfind(b"\n", 0, size) + 1].decode()


def _word(path: Path, text: str, source: random.Random) -> None:
    """Write a Word file."""
    from xml.sax.saxutils import escape

    space = "http://schemas.openxmlformats.org"
    run = '<w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr><w:t>'
    body = "".join(
        "<w:p>" + "".join(f"{run}{escape(piece)}</w:t></w:r>" for piece in _runs(line)) + "</w:p>"
        for line in text.split("\n")
        if line
    )
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = f"{space}/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, xml in parts.items():
            _part(package, name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode())
        _part(package, "word/theme.bin", source.randbytes(DOCX_NOISE))


def _part(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    part = zipfile.ZipInfo(name, _FIXED)
    part.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(part, data)


def _runs(line: str) -> list[str]:
    """Cut a paragraph as Word does: where the language of the characters changes."""
    return re.findall(r"[!-~]+|[^!-~]+", line)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _bytes(text: str) -> int:
    return len(text.encode())


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
