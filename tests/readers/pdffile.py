"""PDF files made by hand: characters at places, as programs put them."""

import zlib
from collections.abc import Iterable, Mapping
from hashlib import md5

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


def pdf(
    *pages: Iterable[Shown] | bytes,
    trailer: str = "",
    mapped: bool = True,
    packed: bool = False,
    page: str = "",
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """Return a PDF whose pages show lines, at most 255 characters, or are content streams.

    Its font consists of boxes. ``mapped``: it also says which characters they stand for. ``page``
    stands in the dictionary of each page, page n from 0 is object 10 + 2n. ``more`` are further
    objects, from 500. ``packed``: objects are in streams, as programs of today write them.
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
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>{page}"
            f"/Contents {11 + 2 * n} 0 R>>".encode()
        )
        objects[11 + 2 * n] = content
    objects |= more or {}
    return _packed(objects, trailer) if packed else _listed(objects, trailer)


def _listed(objects: Mapping[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = _written(out, objects)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    out += f"trailer<</Size {max(objects) + 1}/Root 1 0 R{trailer}>>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _packed(objects: Mapping[int, bytes], trailer: str) -> bytes:
    """Put objects into a stream, and where they are into another one, as differences of rows."""
    plain = {number: body for number, body in objects.items() if not body.endswith(b"endstream")}
    holder, table = max(objects) + 1, max(objects) + 2
    heads, bodies = [], b""
    for number, body in plain.items():
        heads.append(f"{number} {len(bodies)}")
        bodies += body + b"\n"
    head = " ".join(heads).encode() + b" "
    held = zlib.compress(head + bodies)
    streams = {number: body for number, body in objects.items() if number not in plain}
    streams[holder] = (
        b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n"
        % (len(plain), len(head), len(held))
        + held
        + b"\nendstream"
    )
    out = bytearray(b"%PDF-1.7\n")
    offsets = _written(out, streams)
    start = offsets[table] = len(out)
    rows = {number: (1, offset, 0) for number, offset in offsets.items()}
    rows |= {number: (2, holder, place) for place, number in enumerate(plain)}
    above = bytes(5)
    differences = b""
    for kind, second, third in (rows[number] for number in sorted(rows)):
        row = bytes([kind]) + second.to_bytes(3, "big") + bytes([third])
        differences += b"\2" + bytes((x - y) & 255 for x, y in zip(row, above, strict=True))
        above = row
    content = zlib.compress(differences)
    index = " ".join(f"{number} 1" for number in sorted(rows))
    out += (
        f"{table} 0 obj\n<</Type/XRef/Size {table + 1}/Root 1 0 R{trailer}/W[1 3 1]/Index[{index}]"
        f"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 5>>/Length {len(content)}>>\n"
    ).encode()
    out += b"stream\n" + content + b"\nendstream\nendobj\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _written(out: bytearray, objects: Mapping[int, bytes]) -> dict[int, int]:
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return offsets


def column(
    lines: Iterable[str], top: float = 700, left: float = 90, size: float = 16
) -> list[Shown]:
    """Set lines below one another; each space at the beginning indents by a character."""
    set_lines = []
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        set_lines.append((left + indent * size, top - 28 * number, size, line.lstrip()))
    return set_lines


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def restricted() -> bytes:
    """Return a PDF that opens without a password and must not be changed."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    key = md5(padding + b"o" * 32 + (-4).to_bytes(4, "little", signed=True) + b"a").digest()[:5]
    entry = f"/O({'o' * 32})/U<{_rc4(key, padding).hex()}>/P -4"
    return pdf(
        column(["述职报告XX"]), trailer=f"/Encrypt<</Filter/Standard/V 1/R 2{entry}>>/ID[(a)(a)]"
    )


def signed(value: bytes) -> bytes:
    """Return a PDF with a field for a signature; ``/V 501 0 R`` signs it."""
    field = b"<</FT/Sig/T(s)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 10 0 R%b>>" % value
    more = {500: field, 501: b"<</Type/Sig/Filter/A/ByteRange[0 1 2 3]/Contents<00FF>>>",
            1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[500 0 R]/SigFlags 3>>>>"}  # fmt: skip
    return pdf(column(["述职报告XX"]), more=more)
