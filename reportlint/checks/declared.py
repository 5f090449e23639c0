"""SQ004: a count that announces a list, and the list that follows.

A list is counted only where it can be: by its numbers (一是, 第一，, 一看, lines below), by
semicolons, by parts that are alike, or because it is all that a sentence has. As soon as any
sensible reading gives the announced count the rule is silent.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from reportlint import patterns
from reportlint.chars import HAN
from reportlint.checks.model import Check, Context, Hit
from reportlint.structure import Label
from reportlint.structure.numerals import chinese, ordinal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


_LEAD = (
    r"(?P<lead>[”\"]?(?:(?:方面|工作)?的?[^，。；：:、\n“”（）]{0,8})?(?:[：:，,]|[（(])?"
    r"(?:即|分别[是为]|就是|包括|也就是|具体[是为]|主要[是为]|主要表现[在为])?[：:，,]?)"
)
_DECLARED = (
    r"(?P<n>[一二三四五六七八九十两]|[1-9])(?:方面|(?&count-measure))"
    rf"(?P<noun>[^，。；：:、\n“”\"（）()]{{0,10}}){_LEAD}"
)
_QUOTED = patterns.compile(
    r"“(?P<n>[二三四五六七八九])(?P<noun>[^，。；：:、\n“”\"（）()一二三四五六七八九十]{1,4})"
    r"(?:(?P=n)[^，。；：:、\n“”一二三四五六七八九十]{1,4})?”(?=[：:]|，?即|，?分别)"
    rf"{_LEAD}"
)
_NUMBERED = patterns.compile(r"(?<![的了着])[：:][ \u3000]?(?:一是|一要|第一[，,])")
_ANNOUNCED = patterns.compile("[：:即是为括]|主要表现")
_WHOLE = patterns.compile("即|分别[是为]|就是|包括|具体[是为]|[：:]")


def _declared_counts(context: Context) -> Iterator[Hit]:
    """SQ004: a count with the list that follows it, where the list can be counted for certain."""
    text, paragraphs = context.text, context.structure.paragraphs
    nouns = context.ruleset.compile(r"(?:(?&count-noun))$|(?&count-noun)")
    for index, match in _counts(context):
        start, first = match.start("n"), paragraphs[index].start
        if (
            start > first
            and text[start - 1] in "第十百千万几0123456789.一二三四五六七八九每这那前后上下"
            and text[max(0, start - 2) : start] != "以下"
        ):
            continue
        declared = ordinal(match["n"]) or 2
        if declared < 2:
            continue
        listed = _listed(context, index, match, declared)
        if listed is None or listed == declared:
            continue
        end = match.start("lead")
        noun = nouns.search(match["noun"])
        quoted = start > first and text[start - 1] in '“"'
        if noun is not None:
            end = match.start("noun") + noun.end()
        elif not quoted and not _NUMBERED.match(text, end):
            # 存在两个不平衡：一是…: a numbered list counts, whatever it is of; else
            # any noun will do if every item ends with it: 三个专区，即甲专区、乙专区
            counted = match["noun"][:2]
            if len(counted) < 2 or not _repeats(text, end, counted, listed):
                continue
            end = match.start("noun") + len(counted)
        if quoted:
            close = text.find("”", start, start + 16)
            end = close if close > 0 else end
        yield Hit(
            "SQ004",
            start,
            end,
            fields={"declared": declared, "listed": listed},
            data={"declared": declared, "listed": listed},
        )


def _counts(context: Context) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield counts that may announce a list, each with the index of its paragraph."""
    text, structure = context.text, context.structure
    finder = context.ruleset.compile(_DECLARED)
    quoted = {match.start("n") for match in _QUOTED.finditer(text)}
    places, free = sorted({*structure.counts, *quoted}), 0
    for place, later in pairwise([*places, len(text) + _REACH]):
        alone = later - place >= _REACH
        if alone and (text[place] in "1一" or text[max(0, place - 1)] in _PART_OF):
            continue
        index = structure.paragraph_at(place)
        if index < 0 or place < free:
            continue
        _, end, kind, _ = structure.paragraphs[index]
        if kind == "cell" or place >= end:
            continue
        match = finder.match(text, place, end)
        if match is not None:
            free = match.start("lead")
        elif place in quoted:
            match = _QUOTED.match(text, place - 1, end)
        if match is not None and _announces(match):
            yield index, match


_PART_OF = frozenset("第十百千万几0123456789.一二三四五六七八九每这那前后上")
_REACH = 14
"""So far apart no count takes the next one into its noun. It is read for that if for nothing."""


def _announces(match: re.Match[str]) -> bool:
    """Whether what stands behind a count may lead to a list."""
    lead = match["lead"]
    return (
        not lead.strip('”"')
        or _ANNOUNCED.search(lead) is not None
        or match.string.startswith(("一是", "一要"), match.end())
    )


def _listed(context: Context, index: int, match: re.Match[str], declared: int) -> int | None:
    """Return how many items the list after a declared count has, or None where that is open.

    The count itself is returned as soon as any reading of the list agrees with it.
    """
    begin, stop = match.end(), context.structure.paragraphs[index].end
    labelled = _labelled(context, begin, stop, index)
    if labelled is not None:
        count, last = labelled
        return declared if declared in (count, last) else count
    if not _WHOLE.search(match["lead"]):
        return None
    return _parallel(context.text, begin, stop, declared, match["noun"][:2])


def _labelled(context: Context, begin: int, stop: int, index: int) -> tuple[int, int] | None:
    """Count items that carry numbers: 一是 … 二是 …, 第一，…, 一看 … 二看 …, or the lines below."""
    text, labels = context.text, context.structure.labels
    first = bisect_left(labels, begin, key=lambda label: label.start)
    near = labels[first : first + _MOST_LABELS]
    own = [label for label in near if label.paragraph == index and not label.leads]
    if own and own[0].value == 1 and own[0].start - begin <= 12:
        items = _run_of(own)
        if len(items) >= 2:
            return len(items), items[-1].value
        return None
    stop = min(stop, begin + _LONGEST_RUN)
    verb = _VERB.match(text, begin, stop)
    if verb is not None:
        char = verb.group(1)
        count, position = 1, verb.end()
        for value in range(2, 13):
            item = rf"[，。；、,;]\s?{chinese(value)}{patterns.escape(char)}"
            following = patterns.kept(item).search(text, position, stop)
            if following is None:
                break
            count, position = value, following.end()
        if count >= 2:
            return count, count
    ordinal_item = _FIRST.match(text, begin, stop)
    if ordinal_item is not None:
        # 第一道是…，第二道是…: the measure word goes along with the number
        count, position = 1, ordinal_item.end()
        for value in range(2, 13):
            item = f"第{chinese(value)}{ordinal_item.group(1)}"
            at = text.find(item, position, stop)
            if at < 0:
                break
            count, position = value, at + len(item)
        if count >= 2:
            return count, count
    if stop - begin <= 1 and text[begin - 1 : begin] in "：:":
        below: list[Label] = []
        leads, paragraphs = context.structure.leads, context.structure.paragraphs
        for later in range(index + 1, len(paragraphs)):
            lead = leads.get(later) if paragraphs[later].kind != "cell" else None
            if lead is not None and (not below or lead.style == below[0].style):
                if below and lead.value <= below[-1].value:
                    break
                below.append(lead)
            elif lead is not None or not below:
                break
        if len(below) >= 2 and below[0].value == 1:
            return len(below), below[-1].value
    return None


def _run_of(labels: list[Label]) -> list[Label]:
    """Return the list that the first label opens, without lists nested in it."""
    items = [labels[0]]
    for label in labels[1:]:
        if label.style == labels[0].style:
            if label.value <= items[-1].value:
                break
            items.append(label)
    return items


def _repeats(text: str, begin: int, noun: str, listed: int | None) -> bool:
    """Whether the list after a count has the counted noun at the end of each item."""
    sentence = patterns.kept(r"[^。！？\n]{0,200}").match(text, begin)
    if listed is None or sentence is None:
        return False
    shown = sentence.group()
    named = patterns.findall(f"{noun}(?=[、，；和与及]|$)", shown)
    return "即" in shown[:12] and len(named) == listed


def _parallel(text: str, begin: int, stop: int, declared: int, noun: str) -> int | None:
    """Count items without numbers: the parts of the sentence after the count.

    Any sensible way of cutting the sentence that gives the declared count settles it. Otherwise
    the parts must prove to be a list: by semicolons, by being alike (每月…一次，每季度…一次), or
    by being all that the sentence has, between commas of enumeration.
    """
    close = _LIST_END.search(text, begin, min(stop, begin + _LONGEST_LIST))
    sentence = text[begin : close.start() if close else min(stop, begin + _LONGEST_LIST)]
    counted: int | None = None
    for separators, certain in (("；;", True), ("，,", False), ("、", False)):
        parts = _cut(sentence, separators)
        if len(parts) == declared:
            return declared
        if len(parts) < 2 or counted is not None or (len(parts) == 2 and not _alike(parts, noun)):
            continue
        whole = not patterns.search("[，,；;、：:]", "".join(parts)) and all(
            len(p) > 2 for p in parts
        )
        if certain or _alike(parts, noun) or (separators == "、" and whole):
            counted = len(parts)
    for separators in ("、和与及", "，,；;", "，,、；;", "，,、；;和与及"):
        parts = _cut(sentence, separators)
        short = "，" not in separators and all(len(part) <= 14 for part in parts)
        if len(parts) == declared and (short or _alike(parts, noun)):
            return declared
    if counted is not None and declared < counted:
        # the list may be followed by what it leads to
        for separators in ("，,", "、"):
            parts = _cut(sentence, separators)
            if _alike(parts[:declared], noun) and not _alike(parts[: declared + 1], noun):
                return declared
    return counted


_FIRST = patterns.compile(rf"“?第一({HAN})")
_VERB = patterns.compile(rf"一({HAN})")
_MEASURE = patterns.compile(rf"一{HAN}")
_LIST_END = patterns.compile(r"[。！？\n）)]")
_LONGEST_LIST = 400
_LONGEST_RUN = 2000
_MOST_LABELS = 60


def _cut(sentence: str, separators: str) -> list[str]:
    return [part for part in patterns.split(f"[{separators}]", sentence) if part.strip()]


def _alike(parts: list[str], noun: str) -> bool:
    """Whether the parts are items of one list: an end, a measure or the counted noun in common."""
    if any(len(part) > 40 for part in parts):
        return False
    if len({part[0] for part in parts}) == 1 or len({part[-1] for part in parts}) == 1:
        return True
    if len(noun) == 2 and all(noun in part for part in parts):
        return True
    measures = [set(_MEASURE.findall(part)) for part in parts]
    return all(measures) and all("一" in part for part in parts)


CHECKS = (Check(("SQ004",), "clean", _declared_counts),)
