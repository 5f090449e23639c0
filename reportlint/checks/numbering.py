"""SQ: sequences of numbers, and counts that announce a list.

Labels are read in order with a stack of open lists. A label continues the innermost list of its
style that waits for its number (everything nested inside is then closed), or opens a new list if
it is a first item. Only a label that no open list waits for is a fault. So a list of ten inside the
seventh item of another, lists that begin again under each heading and numbers that run on across
headings are all in order.

Before a gap is reported the missing number is looked for in any notation between the two labels:
a heading that was written differently is no gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from reportlint.checks.model import Check, Context, Hit
from reportlint.structure import Label
from reportlint.structure.numerals import chinese, ordinal

_DEEPEST = 24
"""Open lists kept. No report nests deeper; hostile input would."""

_WIDEST_GAP = 6
"""A label further ahead than this does not belong to the list."""

_ANNEX = re.compile(r"(?:附件|附表|附录|附[:：]|名词解释|附\s*[0-9一二三])")


class _List:
    """One open list: ``last`` is the number printed last, ``count`` how many items it has."""

    __slots__ = ("also", "end", "items", "last", "missing", "paragraph", "start", "style")

    def __init__(self, label: Label) -> None:
        self.items = [label]
        self.style = label.style
        self.last = self.start = label.value
        self.also = 0
        self.missing: set[int] = set()
        self.paragraph = label.paragraph
        self.end = label.end

    def waits_for(self, value: int) -> bool:
        return value == self.last + 1 or value == self.also or value in self.missing

    def take(self, label: Label) -> None:
        if label.value in self.missing:
            self.missing.discard(label.value)
        else:
            self.last = label.value
        self.also = 0
        self.items.append(label)
        self.paragraph = label.paragraph
        self.end = label.end


def _sequences(context: Context) -> Iterator[Hit]:
    structure = context.structure
    paragraphs = structure.paragraphs
    stack: list[_List] = []
    finished: dict[str, int] = {}
    first_annex = next(
        (i for i, p in enumerate(paragraphs) if _ANNEX.match(context.text, p.start, p.end)),
        len(paragraphs),
    )
    annexed = False
    labels = structure.labels
    lazy = _lazy_items(context, labels)
    placed: set[int] = set()
    faults: list[tuple[Hit, _List, int]] = []
    for number, label in enumerate(labels):
        if label.paragraph >= first_annex and not annexed:
            annexed = True
            stack.clear()
            finished.clear()
        if label.start in lazy:
            continue
        depth = _waiting(stack, label)
        if depth is not None:
            for closed in stack[depth + 1 :]:
                finished[closed.style] = closed.last
            del stack[depth + 1 :]
            if label.doubtful and _comes_later(label, labels[number + 1 :]):
                continue
            stack[depth].take(label)
            placed.add(label.start)
            continue
        if label.doubtful:
            continue
        depth = _open_list(stack, label.style)
        if label.value == 1:
            if depth is not None and _repeats_first(stack, depth, label):
                stack[depth].take(label)
                stack[depth].also = 3
                faults.append((_repeat(label), stack[depth], 1))
                continue
            _push(stack, label)
            placed.add(label.start)
            continue
        if depth is None:
            follower = labels[number + 1 :]
            before = finished.get(label.style, 0)
            yield from _late_start(context, label, follower, before, placed)
            _push(stack, label)
            continue
        for closed in stack[depth + 1 :]:
            finished[closed.style] = closed.last
        open_list = stack[depth]
        fault = _fault(context, open_list, label, placed)
        if fault is None:
            # too far off, or not certain: it belongs to something else
            if label.value == finished.get(label.style, 0) + 1:
                _push(stack, label)
            continue
        del stack[depth + 1 :]
        previous = open_list.last
        open_list.take(label)
        if fault.code == "SQ001":
            open_list.missing = set(range(previous + 1, label.value))
        elif fault.code == "SQ002":
            open_list.also = label.value + 2
        faults.append((fault, open_list, len(open_list.items) - 1))
    fixed: set[int] = set()
    for fault, open_list, position in faults:
        if fault.code == "SQ003" or open_list.style == "word" or id(open_list) in fixed:
            yield fault
        else:
            # renumbering from the first fault on mends the later ones too
            fixed.add(id(open_list))
            yield _with_fix(context, fault, open_list, position)


def _with_fix(context: Context, fault: Hit, faulty: _List, position: int) -> Hit:
    """Add the fix that numbers the items of a list from ``position`` on in order."""
    text, document, raw = context.text, context.document, context.view.raw
    value = faulty.items[position - 1].value
    edits = []
    for label in faulty.items[position:]:
        block = document.block_at(raw(label.start))
        if block is not None and block.auto:
            return fault  # the program that shows this number makes it
        value += 1
        if label.value != value:
            edits.append((label.start, label.end, _renumbered(text, label, value)))
    if not edits:
        return fault
    return fault._replace(edits=tuple(edits), title=_RENUMBER)


_RENUMBER = {"zh": "从“{text}”起重新编号", "en": "renumber from “{text}” on"}


def _waiting(stack: list[_List], label: Label) -> int | None:
    """Return the index of the innermost list that waits for ``label``."""
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].style == label.style and stack[depth].waits_for(label.value):
            return depth
    return None


def _open_list(stack: list[_List], style: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].style == style:
            return depth
    return None


def _push(stack: list[_List], label: Label) -> None:
    if len(stack) >= _DEEPEST:
        del stack[0]
    stack.append(_List(label))


def _repeats_first(stack: list[_List], depth: int, label: Label) -> bool:
    """Whether a second 一、 follows the first with nothing of its rank between: 一、…一、…二、…"""
    open_list = stack[depth]
    return (
        len(open_list.items) == 1
        and open_list.last == 1
        and depth == len(stack) - 1
        and label.style in ("cn", "paren", "chapter", "section")
        and label.leads
        and label.paragraph - open_list.paragraph <= 12
    )


def _fault(
    context: Context, open_list: _List, label: Label, placed: set[int]
) -> Hit | None:
    last = open_list.last
    same_paragraph = label.paragraph == open_list.paragraph
    if label.style == "word":
        # 首先 … 再次 without 其次 is good prose; the same word twice is not
        return _repeat(label) if same_paragraph and label.value == last > 1 else None
    if label.style == "item" and not same_paragraph:
        return None
    if not label.leads and not same_paragraph and label.style in ("num", "num-half", "circle"):
        return None
    if label.style == "article" and open_list.start != 1:
        return None
    if label.value == last:
        return _repeat(label)
    if label.value < last:
        if not label.leads and not same_paragraph:
            return None
        name = _numeral(label, last)
        return Hit("SQ003", label.start, label.end, fields={"last": name}, data={"after": last})
    if label.value - last > _WIDEST_GAP:
        return None
    missing = range(last + 1, label.value)
    if any(_written_otherwise(context.text, open_list.end, label, v, placed) for v in missing):
        return None
    names = "、".join(_numeral(label, value) for value in missing)
    return Hit(
        "SQ001",
        label.start,
        label.end,
        fields={"missing": names},
        data={"missing": list(missing)},
    )


def _repeat(label: Label) -> Hit:
    return Hit("SQ002", label.start, label.end, data={"value": label.value})


def _late_start(
    context: Context, label: Label, later: list[Label], finished: int, placed: set[int]
) -> Iterator[Hit]:
    """Report a list whose first items are missing, if it is a list for certain."""
    if label.value == finished + 1 or label.value > 3 or label.style in ("article", "word", "item"):
        return
    follows = next((x for x in later[:40] if x.style == label.style), None)
    if follows is None or follows.value != label.value + 1 or follows.leads != label.leads:
        return
    begin = 0
    if not label.leads:
        if follows.paragraph != label.paragraph:
            return
        begin = context.structure.paragraphs[max(label.paragraph - 1, 0)].start
    missing = range(1, label.value)
    if any(_written_otherwise(context.text, begin, label, value, placed) for value in missing):
        return
    names = "、".join(_numeral(label, value) for value in missing)
    yield Hit(
        "SQ001",
        label.start,
        label.end,
        fields={"missing": names},
        data={"missing": list(missing)},
    )


def _comes_later(label: Label, later: list[Label]) -> bool:
    """Whether a certain label has the number of a doubtful one before the list goes on."""
    for other in later[:200]:
        if other.style == label.style and not other.doubtful:
            return other.value == label.value
    return False


_WORDS_FOR = {1: ("首先", "一方面"), 2: ("其次", "另一方面", "再者", "同时")}
_AFTER = r"[ \u3000]{0,2}(?:[、.．，,：:）)〕]|是|要|方面|[ \u3000]|为|来|则|靠|抓|看|个)"


def _written_otherwise(text: str, start: int, label: Label, value: int, placed: set[int]) -> bool:
    """Whether ``value`` stands between ``start`` and ``label`` like a label in another notation.

    Labels that found their place in some list are not looked at again. A label that opens a
    paragraph is only replaced by one that does so too.
    """
    words = [chinese(value), str(value)]
    if value <= 10:
        words += [row[value - 1] for row in ("①②③④⑤⑥⑦⑧⑨⑩", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "壹贰叁肆伍陆柒捌玖拾")]
    alternatives = "|".join(words)
    edge = r"^[ \u3000]*[（(“第其]?" if label.leads else r"(?:^|[\s。；;，,：:！？（(“第其])"
    pattern = rf"{edge}(?P<word>{alternatives})(?:{_AFTER}|$)"
    for match in re.compile(pattern, re.MULTILINE).finditer(text, start, label.start):
        opening = match.start("word")
        if opening not in placed and opening - 1 not in placed:
            return True
    if label.leads:
        return False
    return any(word in text[start : label.start] for word in _WORDS_FOR.get(value, ()))


def _numeral(label: Label, value: int) -> str:
    """Return ``value`` as the label would print it, without its punctuation."""
    if label.style in ("num", "num-paren", "num-half"):
        return str(value)
    if label.style == "circle":
        return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[value - 1] if value <= 20 else str(value)
    return chinese(value)


def _renumbered(text: str, label: Label, value: int) -> str:
    """Return the label's own text with another number in it."""
    shown = text[label.start : label.end]
    old = re.search(r"[0-9]+|[〇零一二三四五六七八九十百]+", shown)
    if old is None:
        return _numeral(label, value)
    return shown[: old.start()] + _numeral(label, value) + shown[old.end() :]


def _lazy_items(context: Context, labels: list[Label]) -> set[int]:
    """Return the starts of Markdown items that all carry the same number: 1. 1. 1."""
    if context.document.format != "markdown":
        return set()
    lazy: set[int] = set()
    run: list[Label] = []
    for label in [*labels, None]:
        if label is not None and label.style == "num" and label.leads and label.value == 1:
            run.append(label)
            continue
        if label is not None and not label.leads:
            continue
        if len(run) >= 3:
            lazy.update(item.start for item in run)
        run = []
    return lazy


_DECLARED = r"(?P<n>[一二三四五六七八九十两]|[1-9])(?:(?&count-measure))(?P<noun>[^，。；：:、\n“”\"（）()]{0,10})"
_QUOTED = re.compile(r"“(?P<n>[二三四五六七八九])(?P<noun>[^，。；：:、\n“”\"（）()一二三四五六七八九十]{1,4})”(?=[：:]|，?即|，?分别)")
_LEAD_IN = re.compile(r"[”\"]?(?:(?:方面|工作)?的?[^，。；：:、\n“”（）]{0,8})?(?:[：:，,]|[（(])?(?:即|分别[是为]|就是|包括|也就是|具体[是为]|主要[是为]|主要表现[在为])?[：:，,]?")
_SHARED = re.compile(r"[；;]")


def _declared_counts(context: Context) -> Iterator[Hit]:
    """SQ004: a count with the list that follows it, where the list can be counted for certain."""
    text = context.text
    structure = context.structure
    finder = context.ruleset.compile(_DECLARED)
    nouns = context.ruleset.compile(r"(?:(?&count-noun))$|(?&count-noun)")
    inline: dict[int, list[Label]] = {}
    for label in structure.labels:
        inline.setdefault(label.paragraph, []).append(label)
    for index, paragraph in enumerate(structure.paragraphs):
        if paragraph.kind == "cell":
            continue
        found = [*finder.finditer(text, paragraph.start, paragraph.end)]
        taken = {match.start() for match in found}
        for match in _QUOTED.finditer(text, paragraph.start, paragraph.end):
            if match.start("n") not in taken:
                found.append(match)
        for match in found:
            start = match.start("n")
            if start > paragraph.start and text[start - 1] in "第十百千万几0123456789.一二三四五六七八九每这那前后上下":
                continue
            declared = ordinal(match["n"]) or 2
            noun = nouns.search(match["noun"])
            quoted = start > paragraph.start and text[start - 1] in "“\"" 
            if declared < 2:
                continue
            end = match.end()
            if noun is not None:
                end = match.start("noun") + noun.end()
            listed = _listed(context, index, match.end(), declared, inline)
            if noun is None and not quoted:
                # any noun will do if every item ends with it: 三个专区，即甲专区、乙专区
                counted = match["noun"][:2]
                end = match.start("noun") + len(counted)
                if len(counted) < 2 or not _repeats(text, match.end(), counted, listed):
                    continue
            if listed is not None and listed != declared:
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


def _listed(
    context: Context, index: int, after: int, declared: int, inline: dict[int, list[Label]]
) -> int | None:
    """Return how many items the list after a declared count has, or None where that is open.

    The count itself is returned as soon as any reading of the list agrees with it.
    """
    text = context.text
    paragraphs = context.structure.paragraphs
    stop = paragraphs[index].end
    lead = _LEAD_IN.match(text, after, stop)
    begin = lead.end() if lead else after
    announced = lead.group() if lead else ""
    if not re.search(r"[：:即是为括]|主要表现", announced) and not (
        announced.strip("”\"") == "" and begin < stop
    ):
        if text[begin : begin + 2] not in ("一是", "一要"):
            return None
    labelled = _labelled(text, begin, stop, index, inline.get(index, []), paragraphs, inline)
    if labelled is not None:
        count, last = labelled
        return declared if declared in (count, last) else count
    if not re.search(r"即|分别[是为]|就是|包括|具体[是为]|[：:]", announced):
        return None
    return _parallel(text, begin, stop, declared)


def _labelled(
    text: str,
    begin: int,
    stop: int,
    index: int,
    here: list[Label],
    paragraphs: list,
    inline: dict[int, list[Label]],
) -> tuple[int, int] | None:
    """Count items that carry numbers: 一是 … 二是 …, 第一，…, 一看 … 二看 …, or the lines below."""
    first = bisect_left(here, begin, key=lambda label: label.start)
    own = [label for label in here[first : first + 60] if not label.leads]
    if own and own[0].value == 1 and own[0].start - begin <= 12:
        items = _run_of(own)
        if len(items) >= 2:
            return len(items), items[-1].value
        return None
    stop = min(stop, begin + _LONGEST_RUN)
    verb = re.compile(r"一([\u4e00-\u9fff])").match(text, begin, stop)
    if verb is not None:
        char = verb.group(1)
        count, position = 1, verb.end()
        for value in range(2, 13):
            following = re.compile(rf"[，。；、,;]\s?{chinese(value)}{re.escape(char)}").search(
                text, position, stop
            )
            if following is None:
                break
            count, position = value, following.end()
        if count >= 2:
            return count, count
    if stop - begin <= 1 and text[begin - 1 : begin] in "：:":
        below: list[Label] = []
        for later in range(index + 1, len(paragraphs)):
            labels = [label for label in inline.get(later, []) if label.leads]
            if labels and (not below or labels[0].style == below[0].style):
                below += labels[:1]
                if len(below) > 1 and below[-1].value <= below[-2].value:
                    below.pop()
                    break
            elif labels or not below:
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
    sentence = re.compile(r"[^。！？\n]{0,200}").match(text, begin)
    if listed is None or sentence is None:
        return False
    shown = sentence.group()
    return "即" in shown[:12] and len(re.findall(f"{noun}(?=[、，；和与及]|$)", shown)) == listed


def _parallel(text: str, begin: int, stop: int, declared: int) -> int | None:
    """Count items without numbers: the parts of the sentence after the count.

    Any sensible way of cutting the sentence that gives the declared count settles it. Otherwise the
    parts must prove to be a list: by semicolons, by being alike (每月…一次，每季度…一次), or by being
    all that the sentence has, between commas of enumeration.
    """
    close = _LIST_END.search(text, begin, min(stop, begin + _LONGEST_LIST))
    sentence = text[begin : close.start() if close else min(stop, begin + _LONGEST_LIST)]
    counted: int | None = None
    for separators, certain in (("；;", True), ("，,", False), ("、", False)):
        parts = _cut(sentence, separators)
        if len(parts) == declared:
            return declared
        if len(parts) < 2 or counted is not None or (len(parts) == 2 and not _alike(parts)):
            continue
        whole = not re.search(f"[，,；;、：:]", "".join(parts)) and all(len(p) > 2 for p in parts)
        if certain or _alike(parts) or (separators == "、" and whole):
            counted = len(parts)
    for separators in ("、和与及", "，,；;", "，,、；;", "，,、；;和与及"):
        parts = _cut(sentence, separators)
        short = "，" not in separators and all(len(part) <= 14 for part in parts)
        if len(parts) == declared and (short or _alike(parts)):
            return declared
    if counted is not None and declared < counted:
        # the list may be followed by what it leads to
        for separators in ("，,", "、"):
            parts = _cut(sentence, separators)
            if _alike(parts[:declared]) and not _alike(parts[: declared + 1]):
                return declared
    return counted


_LIST_END = re.compile(r"[。！？\n）)]")
_LONGEST_LIST = 400
_LONGEST_RUN = 2000


def _cut(sentence: str, separators: str) -> list[str]:
    return [part for part in re.split(f"[{separators}]", sentence) if part.strip()]


def _alike(parts: list[str]) -> bool:
    if any(len(part) > 40 for part in parts):
        return False
    if len({part[0] for part in parts}) == 1 or len({part[-1] for part in parts}) == 1:
        return True
    measures = [set(re.findall(r"一[\u4e00-\u9fff]", part)) for part in parts]
    return all(measures) and all("一" in part for part in parts)


CHECKS = (
    Check(("SQ001", "SQ002", "SQ003"), "clean", _sequences),
    Check(("SQ004",), "clean", _declared_counts),
)
