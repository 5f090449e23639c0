"""Rules whose faults no pattern can find."""

from collections.abc import Iterator

from reportlint import Applicability, Check, Context, Hit

_TITLE = {"zh": "删除引号", "en": "delete the quotation mark"}


def _unpaired(context: Context) -> Iterator[Hit]:
    """HX002: an opening quotation mark whose line has no closing one after it."""
    text = context.text
    start = text.find("“")
    while start >= 0:
        end = text.find("\n", start)
        if "”" not in text[start : end if end >= 0 else len(text)]:
            yield Hit(
                "HX002",
                start,
                start + 1,
                edits=((start, start + 1, ""),),
                title=_TITLE,
                applicability=Applicability.SAFE,
            )
        start = text.find("“", start + 1)


CHECKS = (Check(("HX002",), "clean", _unpaired),)
