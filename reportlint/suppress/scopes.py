"""Comments and entries to the places of one draft where they silence findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reportlint.document import Comment, Document, Span, View, merge
from reportlint.engine import INVISIBLE
from reportlint.ruleset import RuleSet
from reportlint.settings import selected
from reportlint.suggest import suggest
from reportlint.suppress import directives
from reportlint.suppress.directives import DISABLE, ENABLE, IGNORE_FILE, Directive, Malformed
from reportlint.suppress.entries import Entry

_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t\u3000]*(?:\r\n|\r|\n)")
_SPACE = re.compile(r"\s+")


class Silencer(NamedTuple):
    """One selector of one suppression, and where it holds.

    ``spans``   sorted, none overlapping; a finding that meets one of them is silenced. None: all
    ``place``   where it is reported that it silences nothing
    ``where``   ``path:line`` of what stands outside of the draft, else empty
    ``general`` True: made for several drafts, so that it may be of no use in this one
    """

    kind: str
    selector: str
    codes: frozenset[str]
    spans: tuple[Span, ...] | None
    reason: str
    place: Span
    where: str = ""
    general: bool = False


class Trouble(NamedTuple):
    """What is wrong with a suppression: the rule that says so, where, and the fields it is told."""

    code: str
    place: Span
    fields: Mapping[str, Any]


class Scopes(NamedTuple):
    """The silencers of a draft in the order in which they count, and what is wrong with others."""

    silencers: list[Silencer]
    troubles: list[Trouble]


def of_comments(document: Document, ruleset: RuleSet, *, reason: bool) -> Scopes:
    """Return what the comments of a draft silence. ``reason``: each must give one."""
    scopes = Scopes([], [])
    open_ones: list[tuple[Silencer, int]] = []
    for comment in document.comments:
        directive = directives.parse(comment.text)
        if directive is None:
            continue
        place = Span(comment.start, comment.end)
        if isinstance(directive, Directive) and comment.apart:
            if directive.action in (DISABLE, ENABLE):
                directive = Malformed(
                    "批注里只能用 ignore 和 ignore-file",
                    "in a comment of a Word file only ignore and ignore-file can be used",
                )
        if isinstance(directive, Malformed):
            scopes.troubles.append(Trouble("RL007", place, {"detail": directive._asdict()}))
            continue
        if directive.action == ENABLE:
            _close(directive, place, open_ones, scopes)
            continue
        if reason and not directive.reason:
            fields = {"selector": ", ".join(directive.selectors), "where": ""}
            scopes.troubles.append(Trouble("RL008", place, fields))
        spans = _extent(document, comment, directive)
        for selector in directive.selectors:
            codes = _codes(ruleset, selector, place, "", scopes.troubles)
            if codes:
                made = Silencer("inline", selector, codes, spans, directive.reason, place)
                if directive.action == DISABLE:
                    open_ones.append((made, len(scopes.silencers)))
                scopes.silencers.append(made)
    return scopes


def of_entries(
    document: Document, entries: Iterable[Entry], ruleset: RuleSet, *, reason: bool, today: str
) -> Scopes:
    """Return what entries silence in a draft. ``today`` is ``YYYY-MM-DD``, empty for never."""
    scopes = Scopes([], [])
    views: list[View] = []
    top = Span(0, 0)
    for entry in entries:
        fields = {"selector": entry.selector, "where": entry.where}
        codes = _codes(ruleset, entry.selector, top, entry.where, scopes.troubles)
        if not codes:
            continue
        if entry.expires and today > entry.expires:
            expired = {**fields, "date": entry.expires}
            scopes.troubles.append(Trouble("RL009", top, expired))
            continue
        if reason and not entry.reason and not entry.general:
            scopes.troubles.append(Trouble("RL008", top, fields))
        spans = None
        if entry.text:
            views = views or quotable(document)
            spans = merge(find(views, entry.prefix, entry.text, entry.suffix))
        place = spans[0] if spans else top
        scopes.silencers.append(
            Silencer(
                entry.kind,
                entry.selector,
                codes,
                spans,
                entry.reason,
                place,
                entry.where,
                entry.general,
            )
        )
    return scopes


def quotable(document: Document) -> list[View]:
    """Return the views of a draft in which quoted words are looked for, one after the other.

    White space and invisible characters count in none of them: people copy what they see. In the
    first there is no markup either.
    """
    text = document.text
    unseen = [match.span() for pattern in (_SPACE, INVISIBLE) for match in pattern.finditer(text)]
    views = [View(text, [*unseen, *document.markup])]
    return [*views, View(text, unseen)] if document.markup else views


def find(views: Sequence[View], prefix: str, quote: str, suffix: str) -> list[Span]:
    """Return where ``quote`` stands between ``prefix`` and ``suffix``: in the draft, not a view."""
    prefix, quote, suffix = squeeze(prefix), squeeze(quote), squeeze(suffix)
    found: list[Span] = []
    for view in views:
        whole = prefix + quote + suffix
        at = view.text.find(whole) if quote else -1
        while at >= 0:
            start = at + len(prefix)
            found.append(Span(*view.raw_span(start, start + len(quote))))
            at = view.text.find(whole, at + 1)
        if found:
            break
    return found


def squeeze(text: str) -> str:
    """Return ``text`` without white space and invisible characters."""
    return INVISIBLE.sub("", _SPACE.sub("", text))


def _close(
    directive: Directive, place: Span, open_ones: list[tuple[Silencer, int]], scopes: Scopes
) -> None:
    """End what was disabled. Of several that are open each one ends that has the selector."""
    wanted = directive.selectors
    known = {silencer.selector for silencer, _ in open_ones}
    missing = [selector for selector in wanted if selector not in known]
    if missing or not open_ones:
        name = f"disable[{', '.join(missing)}]" if missing else "disable"
        detail = {"zh": f"前面没有对应的 {name}", "en": f"there is no {name} before it"}
        scopes.troubles.append(Trouble("RL007", place, {"detail": detail}))
    for silencer, index in list(open_ones):
        if not wanted or silencer.selector in wanted:
            span = Span(silencer.place.start, place.end)
            scopes.silencers[index] = silencer._replace(spans=(span,))
            open_ones.remove((silencer, index))


def _extent(document: Document, comment: Comment, directive: Directive) -> tuple[Span, ...] | None:
    if directive.action == IGNORE_FILE:
        return None
    if comment.apart:
        return (Span(comment.start, comment.end),)
    if directive.action == DISABLE:
        return (Span(comment.start, len(document.text)),)
    block = document.block_at(comment.start)
    if block is not None:
        return (Span(block.start, block.end),)
    return _next_block(document, comment.end)


def _next_block(document: Document, offset: int) -> tuple[Span, ...]:
    """Return the first block that ends after ``offset``; a table is one block."""
    outer = document.outer
    index = bisect_right(outer, offset, key=lambda block: block.end)
    if index == len(outer):
        return ()
    start, end = outer[index].start, outer[index].end
    if outer[index].kind == "cell":
        for block in outer[index + 1 :]:
            if block.kind != "cell" or _BLANK_LINE.search(document.text, end, block.start):
                break
            end = block.end
    return (Span(start, end),)


def _codes(
    ruleset: RuleSet, selector: str, place: Span, where: str, troubles: list[Trouble]
) -> frozenset[str]:
    """Return the codes of the rules that may be silenced by ``selector``."""
    codes = selected(ruleset, selector)
    if not codes:
        names = [*ruleset.rules, *(rule.name for rule in ruleset.rules.values())]
        families = {code.rstrip("0123456789") for code in ruleset.rules}
        zh, en = suggest(selector, (*names, *families, "ALL"))
        fields = {"selector": selector, "where": where, "detail": {"zh": zh, "en": en}}
        troubles.append(Trouble("RL006", place, fields))
        return codes
    silent = frozenset(code for code in codes if ruleset.rules[code].category != "reportlint")
    if not silent:
        detail = {
            "zh": f"{selector} 说的是 reportlint 自身的工作，只能用配置中的 ignore 关闭",
            "en": f"{selector} is about the work of reportlint itself; only ignore in the "
            "configuration switches it off",
        }
        if where:
            detail = {"zh": f"{where}：{detail['zh']}", "en": f"{where}: {detail['en']}"}
        troubles.append(Trouble("RL007", place, {"detail": detail}))
    return silent


def unused(
    silencers: Sequence[Silencer], used: set[int], active: frozenset[str]
) -> Iterator[Trouble]:
    """Yield a trouble for each silencer that silences nothing, of whose rules one has run."""
    for index, silencer in enumerate(silencers):
        if index in used or silencer.general or active.isdisjoint(silencer.codes):
            continue
        detail = {"zh": "", "en": ""}
        if silencer.where and silencer.spans == ():
            detail = {"zh": "：稿中没有所引的文字", "en": ": the quoted words are not in the draft"}
        fields = {"selector": silencer.selector, "where": silencer.where, "detail": detail}
        yield Trouble("RL005", silencer.place, fields)
