"""FM: the form of documents. Off unless selected, so its modules are imported when first asked for.

``official`` has GB/T 9704-2012 and the regulations of 2012, ``punctuation`` GB/T 15834-2011,
``digits`` GB/T 15835-2011.
"""

from __future__ import annotations

from reportlint.checks.model import Check, Context, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _later(module: str, name: str) -> Callable[[Context], Iterator[Hit]]:
    """Return the check ``name`` of ``module``, which is imported when the check runs."""

    def find(context: Context) -> Iterator[Hit]:
        from importlib import import_module

        check: Callable[[Context], Iterator[Hit]] = getattr(
            import_module(f"reportlint.checks.{module}"), name
        )
        return check(context)

    return find


CHECKS = (
    Check(("FM001", "FM002"), "clean", _later("official", "document_numbers")),
    Check(("FM003",), "clean", _later("official", "signed_dates")),
    Check(("FM004",), "clean", _later("official", "attachments")),
    Check(("FM005", "FM006", "FM007", "FM008", "FM009"), "clean", _later("official", "kinds")),
    Check(("FM010",), "clean", _later("official", "title_stop")),
    Check(("FM011",), "clean", _later("punctuation", "half_width")),
    Check(("FM012",), "clean", _later("punctuation", "between_titles")),
    Check(("FM013",), "clean", _later("punctuation", "ordinals")),
    Check(("FM014",), "clean", _later("punctuation", "ellipses")),
    Check(("FM015",), "clean", _later("punctuation", "unpaired")),
    Check(("FM016",), "clean", _later("punctuation", "heading_stops")),
    Check(("FM017",), "clean", _later("punctuation", "straight_quotes")),
    Check(("FM018",), "clean", _later("punctuation", "approximate")),
    Check(("FM021",), "clean", _later("digits", "hedged_twice")),
    Check(("FM022", "FM023"), "clean", _later("digits", "ranges")),
    Check(("FM024",), "clean", _later("digits", "short_years")),
    Check(("FM025",), "clean", _later("digits", "zeros")),
    Check(("FM026",), "clean", _later("digits", "mixed_dates")),
    Check(("FM027",), "clean", _later("digits", "hyphens")),
    Check(("FM028",), "clean", _later("digits", "fixed_words")),
)
