"""The grammar of comments::

    reportlint: ignore[PH001, PW] reason        the block that the comment stands in, or the next
    reportlint: disable[PH001] reason           from here on
    reportlint: enable[PH001]                   up to here; without brackets: all that is disabled
    reportlint: ignore-file[SC001] reason       the whole draft

In brackets stand codes, beginnings of codes, names of rules or ALL, between commas. The grammar
knows nothing of the format that the comment is written in.
"""

from __future__ import annotations

import re
from typing import NamedTuple

IGNORE = "ignore"
IGNORE_FILE = "ignore-file"
DISABLE = "disable"
ENABLE = "enable"

_ADDRESSED = re.compile(
    r"reportlint(?:\s*[:：]|[ \t]*\[|[ \t]+(?:ignore|disable|enable)(?![a-z]))", re.IGNORECASE
)
"""What is meant for us, rightly written or not. That somebody mentions reportlint is not."""

_DIRECTIVE = re.compile(
    r"reportlint:[ \t]*(ignore-file|ignore|disable|enable)(?:\[([^\[\]]*)\])?(.*)", re.DOTALL
)
_SELECTOR = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_COMMA = re.compile("[,，]")
_SPACE = re.compile(r"\s+")


class Directive(NamedTuple):
    """A comment that is well formed. ``selectors`` is empty for ``enable`` without brackets."""

    action: str
    selectors: tuple[str, ...]
    reason: str


class Malformed(NamedTuple):
    """A comment that is meant for us and cannot be understood: why, in both languages."""

    zh: str
    en: str


def parse(text: str) -> Directive | Malformed | None:
    """Return what a comment says, or None for one that is not meant for us."""
    text = text.strip()
    if not _ADDRESSED.match(text):
        return None
    match = _DIRECTIVE.fullmatch(text)
    if match is None:
        return _why(text)
    action, inside, reason = match.groups()
    if inside is None:
        if action != ENABLE or reason.strip():
            return Malformed(
                f"{action} 后面应紧跟方括号和规则代码，如 {action}[PH001]",
                f"{action} must be followed by codes in brackets, as in {action}[PH001]",
            )
        return Directive(action, (), "")
    selectors = tuple(word.strip() for word in _COMMA.split(inside))
    for selector in selectors:
        if not _SELECTOR.fullmatch(selector):
            return Malformed(
                f"方括号里应为规则代码或规则名，用逗号分隔，不能是“{selector}”",
                f"in the brackets must be codes or names of rules between commas, not {selector!r}",
            )
    return Directive(action, tuple(dict.fromkeys(selectors)), _SPACE.sub(" ", reason).strip())


def write(action: str, selector: str, reason: str) -> str:
    """Return the text of a comment that ``parse`` reads as just this."""
    return f"reportlint: {action}[{selector}]" + (f" {reason}" if reason else "")


def _why(text: str) -> Malformed:
    head = text[: len("reportlint")]
    rest = text[len(head) :].lstrip()
    if head != "reportlint":
        return Malformed(f"“{head}”应全部小写：reportlint", f"{head!r} must be written reportlint")
    if not rest.startswith(":") or text[len(head)] != ":":
        return Malformed(
            "reportlint 后面应紧跟半角冒号，如 reportlint: ignore[PH001]",
            "reportlint must be followed by a colon, as in reportlint: ignore[PH001]",
        )
    return Malformed(
        "冒号后面应为 ignore、ignore-file、disable 或 enable 之一，后接方括号",
        "after the colon must stand ignore, ignore-file, disable or enable, then brackets",
    )
