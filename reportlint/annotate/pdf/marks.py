"""Notes to annotations of a page: highlights on words, signs in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.annotate import AUTHOR
from reportlint.annotate.pdf.places import Place
from reportlint.annotate.pdf.syntax import Reference
from reportlint.readers.pdf import Box

_COLOR = b"1 0.82 0.2"
_PRINTED = 4


def highlight(
    place: Place, text: str, name: str, date: bytes, page: Reference, look: Reference
) -> bytes:
    """Return the annotation that marks words and says something of them.

    ``look`` is what its appearance is called, ``date`` as PDF writes it.
    """
    quads: list[float] = []
    for left, bottom, right, top in place.boxes:
        # In rows, as all programs write and read it, not around as the standard says.
        quads += (left, top, right, top, left, bottom, right, bottom)
    common = _common(place, text, name, date, page, look)
    return b"<</Type/Annot/Subtype/Highlight/QuadPoints[%b]%b>>" % (_numbers(quads), common)


def sign(
    place: Place, text: str, name: str, date: bytes, page: Reference, look: Reference
) -> bytes:
    """Return the annotation that says something where no words are to be marked."""
    common = _common(place, text, name, date, page, look)
    return b"<</Type/Annot/Subtype/Text/Name/Comment%b>>" % common


def look(place: Place) -> bytes:
    """Return what is drawn for an annotation: as marker pen on the words, or a small sheet."""
    if place.point:
        left, bottom, right, top = place.boxes[0]
        inner = (left + 1, bottom + 1, right - left - 2, top - bottom - 2)
        drawn = b"%b rg 0.5 G 1 w %b re B" % (_COLOR, _numbers(inner))
        rows = (bottom + (top - bottom) * part for part in (0.3, 0.5, 0.7))
        for row in rows:
            drawn += b" %b %b m %b %b l S" % (
                *(_number(left + 4), _number(row), _number(right - 4), _number(row)),
            )
    else:
        drawn = b"/M gs %b rg" % _COLOR
        for left, bottom, right, top in place.boxes:
            drawn += b" %b re f" % _numbers((left, bottom, right - left, top - bottom))
    # Multiplied with what is below, the words stay as dark as they are.
    return (
        b"<</Type/XObject/Subtype/Form/BBox[%b]/Group<</S/Transparency>>"
        b"/Resources<</ExtGState<</M<</BM/Multiply>>>>>>/Length %d>>\nstream\n%b\nendstream"
        % (_numbers(_bounds(place.boxes)), len(drawn), drawn)
    )


def _common(
    place: Place, text: str, name: str, date: bytes, page: Reference, look: Reference
) -> bytes:
    return (
        b"/Rect[%b]/Contents %b/T(%b)/NM(%b)/M(%b)/CreationDate(%b)/F %d/C[%b]/P %d %d R"
        b"/AP<</N %d %d R>>"
        % (
            *(_numbers(_bounds(place.boxes)), _string(text), AUTHOR.encode(), name.encode()),
            *(date, date, _PRINTED, _COLOR, *page, *look),
        )
    )


def _bounds(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _string(text: str) -> bytes:
    return b"<FEFF%b>" % text.encode("utf-16-be", "replace").hex().upper().encode()


def _numbers(values: Sequence[float]) -> bytes:
    return b" ".join(_number(value) for value in values)


def _number(value: float) -> bytes:
    return f"{value:.2f}".encode()
