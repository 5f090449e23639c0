"""Makes what the benchmarks read: the same bytes on every machine, from drafts of our own.

``write(folder)`` makes

    one.txt            one draft of 6 KB
    drafts/00/0000.txt 2,000 drafts of 7 KB, a hundred in a folder
    docx/00.docx       31 drafts of 10,000 characters in Word files of 30 KB
    1MB.txt, 10MB.txt  the drafts one after the other
    hostile/NAME-1000.txt, and with 250 instead of 1000: a token over and over, for 1 MB and 250 KB

A draft goes through the topics of ``prose.py`` in order; here and there stands a passage of a draft
of ``tests/accuracy``, where traps and faults are. As in an archive most drafts are finished; in the
others half of the figures are slots. There are as many figures as in published reports, 11 in a
thousand characters, and findings of every family, eight in a draft.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import prose
from tests import gold
from tests.accuracy import FOLDERS

SEED = 20240501
DRAFTS = 2000
DOCX = 31
ONE, DRAFT, DOCX_TEXT = 6_000, 7_000, 30_000
"""Bytes of UTF-8: one draft, one of many, the text of a Word file."""

DOCX_NOISE = 20_000
"""Bytes in a Word file for what Word puts there besides the text, as random as pictures are."""

FIGURES = "figures"
"""The folder of drafts that are there for their figures: none of their passages is taken."""

FINISHED, FILLED, PASSAGES, REDRAWN = 2 / 3, 0.5, 0.2, 0.1
"""How many of the drafts are finished, how many of the figures are there in the others, how many of
the topics have a passage after them, and in how many passages the figures are drawn anew."""

SLOTS = ("XX", "**", "__", "X", "××")

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

_SIGN = re.compile("#")
_FIGURE = re.compile(r"[0-9]{1,3}(?![0-9年])")
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip archive can name."""

_NUMERALS = "一二三四五六七八九"

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
    whole = hashlib.sha256(Path(__file__).read_bytes() + Path(prose.__file__).read_bytes())
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.gold.*")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def write(folder: Path, drafts: int = DRAFTS, docx: int = DOCX, *, large: bool = True) -> str:
    """Write the corpus into an empty or absent folder and return the digest of its content."""
    source = random.Random(SEED)
    pool = passages()
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


def passages() -> list[Passage]:
    """Return passages of two paragraphs each of the plain drafts of ``tests/accuracy``."""
    drafts = [draft for folder in FOLDERS if folder.name != FIGURES for draft in gold.load(folder)]
    found = []
    for text in sorted(draft.text for draft in drafts if draft.name.endswith(".txt")):
        lines = [line for line in text.split("\n") if line.strip()]
        found += [lines[at : at + 2] for at in range(0, len(lines), 2)]
    return found


def draft(pool: list[Passage], source: random.Random, size: int) -> str:
    """Return a draft of about ``size`` bytes."""
    filled = 1.0 if source.random() < FINISHED else FILLED
    lines: list[str] = []
    count = 0
    for line in _lines(pool, source, filled):
        if lines and count + _bytes(line) > size * 1.05:
            if count >= size * 0.95:
                break
            continue
        lines.append(line)
        count += _bytes(line) + 1
    return "\n".join(lines) + "\n"


def _lines(pool: list[Passage], source: random.Random, filled: float) -> Iterator[str]:
    yield source.choice(prose.TITLES)
    number = 0
    while True:
        for heading, sentences in prose.TOPICS.items():
            number += 1
            yield f"{_numeral(number)}、{heading}"
            order = source.sample(sentences, len(sentences))
            while order:
                length = source.randint(6, 9)
                paragraph, order = "".join(order[:length]), order[length:]
                yield _SIGN.sub(lambda _: _figure(source, filled), paragraph)
            if source.random() < PASSAGES:
                redrawn = source.random() < REDRAWN
                for line in source.choice(pool):
                    yield _FIGURE.sub(lambda f: _like(f[0], source), line) if redrawn else line


def _numeral(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}" + (
        _NUMERALS[ones - 1] if ones else ""
    )


def _figure(source: random.Random, filled: float) -> str:
    return str(source.randrange(2, 400)) if source.random() < filled else source.choice(SLOTS)


def _like(figure: str, source: random.Random) -> str:
    return str(source.randrange(1, 10 ** len(figure)))


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
