"""Tables ``[[suppress]]``, as they stand in a sidecar file and in the configuration::

[[suppress]]
code = "PH001"                # code, beginning of a code, name of a rule, or ALL
text = "X名民兵"               # the words concerned; without it the whole draft
prefix = "组织"                # words before and after it, where it occurs several times
suffix = "参加"
reason = "人数待县里批复"
author = "甲"
expires = 2026-12-31          # the last day on which it counts
path = "drafts/*.txt"         # in the configuration only
"""

from __future__ import annotations

from reportlint.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

KEY = "suppress"
"""The name of the tables."""

KEYS = ("code", "text", "prefix", "suffix", "reason", "author", "expires")

Fault: TypeAlias = "Callable[[Sequence[str | int], str, str], Exception]"
"""Makes the error for what stands at some keys, in both languages."""


class Entry(NamedTuple):
    """One table. Texts that are not given are empty.

    ``kind``    ``sidecar`` or ``config``
    ``expires`` the last day on which it counts, ``YYYY-MM-DD``, or empty
    ``where``   ``path:line`` of the table, for people
    ``general`` True: made for several drafts, so that it may be of no use in one of them
    """

    kind: str
    selector: str
    text: str = ""
    prefix: str = ""
    suffix: str = ""
    reason: str = ""
    author: str = ""
    expires: str = ""
    where: str = ""
    general: bool = False


def check(
    tables: Any, fault: Fault, keys: Sequence[str] = KEYS, at: Sequence[str | int] = (KEY,)
) -> None:
    """Check the shape of what stands at ``at``. Raises what ``fault`` makes for the first mistake.

    Whether rules of that name exist is not looked at.
    """
    if not isinstance(tables, list | tuple) or not all(isinstance(one, dict) for one in tables):
        raise fault(at, f"{KEY} 应为表，写作 [[{KEY}]]", f"{KEY} must be tables, as in [[{KEY}]]")
    for number, table in enumerate(tables):
        here = (*at, number)
        for key, value in table.items():
            if key not in keys:
                from reportlint.suggest import suggest

                hint = suggest(key, keys)
                raise fault(
                    (*here, key),
                    f"[[{KEY}]] 有未知的键“{key}”{hint[0]}",
                    f"[[{KEY}]] has an unknown key {key!r}{hint[1]}",
                )
            if key == "expires":
                if not _is_date(value):
                    raise fault(
                        (*here, key),
                        "expires 应为日期，如 2026-12-31（不加引号）",
                        "expires must be a date such as 2026-12-31, without quotes",
                    )
            elif not isinstance(value, str) or not value.strip():
                raise fault(
                    (*here, key),
                    f"[[{KEY}]] 的 {key} 应为非空字符串",
                    f"{key} of [[{KEY}]] must be a string that is not empty",
                )
        if "code" not in table:
            raise fault(here, f"[[{KEY}]] 缺少 code", f"[[{KEY}]] has no code")
        for key in ("prefix", "suffix"):
            if key in table and "text" not in table:
                raise fault(
                    (*here, key),
                    f"[[{KEY}]] 有 {key} 而没有 text",
                    f"[[{KEY}]] has {key} but no text",
                )


def entry(table: Mapping[str, Any], kind: str, where: str, *, general: bool = False) -> Entry:
    """Return a table that has been checked as an entry."""
    texts = {key: table[key] for key in KEYS if key in table and key not in ("code", "expires")}
    expires = table["expires"].isoformat() if "expires" in table else ""
    return Entry(kind, table["code"], expires=expires, where=where, general=general, **texts)


def _is_date(value: Any) -> bool:
    # The parser has imported it already; a date with a time is a date, too, for isinstance.
    from datetime import date

    return type(value) is date
