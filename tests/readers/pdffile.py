"""PDF files made by hand: characters at places, as programs put them."""

import zlib
from collections.abc import Iterable

Shown = tuple[float, float, float, str]
"""Left, bottom and size in points, and what is shown there; letters take half the room."""


def stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed)
    return head + packed + b"\nendstream"


def shown(lines: Iterable[Shown], codes: dict[str, int]) -> bytes:
    """Return a content stream, and add to ``codes`` the characters that it shows."""
    out = ["BT"]
    for left, bottom, size, text in lines:
        hexed = "".join(f"{codes.setdefault(char, len(codes) + 1):02X}" for char in text)
        out.append(f"/F {size} Tf 1 0 0 1 {left} {bottom} Tm <{hexed}> Tj")
    return " ".join([*out, "ET"]).encode()


def pdf(*pages: Iterable[Shown] | bytes, trailer: str = "", mapped: bool = True) -> bytes:
    """Return a PDF whose pages show lines, at most 255 characters, or are content streams.

    Its font consists of boxes. ``mapped``: it also says which characters they stand for.
    """
    codes: dict[str, int] = {}
    contents = [page if isinstance(page, bytes) else stream(shown(page, codes)) for page in pages]
    chars = list(codes) or [" "]
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    widths = " ".join("500" if char.isascii() else "1000" for char in chars)
    names = " ".join(f"/{'n' if char.isascii() else 'w'}" for char in chars)
    unicode = "/ToUnicode 7 0 R" if mapped else ""
    pairs = "\n".join(
        f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: f"<</Type/Font/Subtype/Type3/FontBBox[0 -120 1000 880]/FontMatrix[.001 0 0 .001 0 0]"
           f"/FirstChar 1/LastChar {len(chars)}/Widths[{widths}]/Encoding<</Differences[1 {names}]>>"
           f"/CharProcs<</n 4 0 R/w 5 0 R>>{unicode}>>".encode(),
        4: stream(b"500 0 0 -120 500 880 d1 0 -120 500 1000 re f"),
        5: stream(b"1000 0 0 -120 1000 880 d1 0 -120 1000 1000 re f"),
        7: stream(
            f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
            f"1 begincodespacerange <00> <FF> endcodespacerange\n"
            f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end".encode()
        ),
    }  # fmt: skip
    for n, content in enumerate(contents):
        objects[10 + 2 * n] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (11 + 2 * n)
        )
        objects[11 + 2 * n] = content
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    out += f"trailer<</Size {max(objects) + 1}/Root 1 0 R{trailer}>>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def column(
    lines: Iterable[str], top: float = 700, left: float = 90, size: float = 16
) -> list[Shown]:
    """Set lines below one another; each space at the beginning indents by a character."""
    set_lines = []
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        set_lines.append((left + indent * size, top - 28 * number, size, line.lstrip()))
    return set_lines
