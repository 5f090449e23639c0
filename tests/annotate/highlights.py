"""What an annotated PDF says, read with PDFium and not with the code under test."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2 as pdfium

RAW = pdfium.raw
KINDS = {RAW.FPDF_ANNOT_HIGHLIGHT: "highlight", RAW.FPDF_ANNOT_TEXT: "text"}

Color = tuple[int, int, int]
BLACK: Color = (0, 0, 0)
WHITE: Color = (255, 255, 255)


class Mark(NamedTuple):
    """An annotation: its page, the words that its boxes hold, what it says, and its rectangle."""

    page: int
    kind: str
    author: str
    said: str
    words: str
    boxes: tuple[tuple[float, float, float, float], ...]
    place: tuple[float, float, float, float]


def marks(data: bytes) -> list[Mark]:
    """All annotations of a file. A character counts where most of it is in a box; none may be cut.

    White space and what PDFium makes up are not among the words.
    """
    pdf = pdfium.PdfDocument(data)
    found: list[Mark] = []
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        chars = [
            (chr(RAW.FPDFText_GetUnicode(text.raw, at)), text.get_charbox(at))
            for at in range(text.count_chars())
        ]
        for index in range(RAW.FPDFPage_GetAnnotCount(page.raw)):
            annotation = RAW.FPDFPage_GetAnnot(page.raw, index)
            kind = RAW.FPDFAnnot_GetSubtype(annotation)
            boxes = tuple(_boxes(annotation))
            found.append(
                Mark(
                    number,
                    KINDS.get(kind, str(kind)),
                    _string(annotation, b"T"),
                    _string(annotation, b"Contents"),
                    "".join(c for c, box in chars if not c.isspace() and _inside(box, boxes)),
                    boxes,
                    _rect(annotation),
                )
            )
            RAW.FPDFPage_CloseAnnot(annotation)
    pdf.close()
    return found


def _rect(annotation: Any) -> tuple[float, float, float, float]:
    rect = RAW.FS_RECTF()
    assert RAW.FPDFAnnot_GetRect(annotation, rect)
    return rect.left, rect.bottom, rect.right, rect.top


def _boxes(annotation: Any) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of the quadrilaterals of an annotation."""
    quad = RAW.FS_QUADPOINTSF()
    boxes = []
    for index in range(RAW.FPDFAnnot_CountAttachmentPoints(annotation)):
        assert RAW.FPDFAnnot_GetAttachmentPoints(annotation, index, quad)
        assert (quad.x1, quad.x2) == (quad.x3, quad.x4)
        assert (quad.y1, quad.y3) == (quad.y2, quad.y4)
        boxes.append((quad.x1, quad.y3, quad.x2, quad.y1))
    return boxes


def _inside(
    char: tuple[float, float, float, float], boxes: tuple[tuple[float, float, float, float], ...]
) -> bool:
    left, bottom, right, top = char
    for box in boxes:
        if box[0] < (left + right) / 2 < box[2] and box[1] < (bottom + top) / 2 < box[3]:
            assert box[0] - 0.6 < left
            assert right < box[2] + 0.6
            assert box[1] - 0.6 < bottom
            assert top < box[3] + 0.6
            return True
    return False


def _string(annotation: Any, key: bytes) -> str:
    size = RAW.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    words = ctypes.cast(buffer, ctypes.POINTER(RAW.FPDF_WCHAR))
    RAW.FPDFAnnot_GetStringValue(annotation, key, words, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def image(data: bytes, page: int = 0) -> tuple[bytes, int, int, int, int]:
    """A page as it is shown, two pixels a point: its bytes, a row's, a pixel's, width, height."""
    pdf = pdfium.PdfDocument(data)
    bitmap = pdf[page].render(scale=2, draw_annots=True)
    made = bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels, bitmap.width, bitmap.height
    pdf.close()
    return made


def pixel(data: bytes, page: int = 0) -> Callable[[float, float], Color]:
    """The colour that a page, not rotated or cropped, shows at a place in points."""
    content, stride, depth, _, height = image(data, page)

    def at(x: float, y: float) -> Color:
        start = (height - 1 - int(y * 2)) * stride + int(x * 2) * depth
        blue, green, red = content[start : start + 3]
        return red, green, blue

    return at
