"""SQ001 to SQ003: sequences of numbers.

Labels are read in order with a stack of open lists. A label continues the innermost list of its
style that waits for its number (everything nested inside is then closed), or opens a new list if
it is a first item. Only a label that no open list waits for is a fault. So a list of ten inside the
seventh item of another, lists that begin again under each heading and numbers that run on across
headings are all in order.

Before a gap is reported the missing number is looked for in any notation between the two labels:
a heading that was written differently is no gap.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Check, Context, Hit
from reportlint.lean import lru_cache
from reportlint.structure import Label
from reportlint.structure.numerals import chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator


_DEEPEST = 24
"""Open lists kept. No report nests deeper; hostile input would."""

_WIDEST_GAP = 6
"""A label further ahead than this does not belong to the list."""

_ANNEX = patterns.compile(r"(?:附件|附表|附录|附[:：]|名词解释|附\s{0,4}[0-9一二三])")


_NONE: frozenset[int] = frozenset()


class _List:
    """One open list: ``last`` is the number printed last, ``count`` how many items it has."""

    __slots__ = ("also", "end", "items", "last", "missing", "paragraph", "style", "whole")

    def __init__(self, label: Label) -> None:
        self.items = [label]
        self.style = label.style
        self.last = label.value
        self.whole = label.value == 1
        self.also = 0
        self.missing: frozenset[int] = _NONE
        self.paragraph = label.paragraph
        self.end = label.end

    def take(self, label: Label) -> None:
        if label.value in self.missing:
            self.missing -= {label.value}
        else:
            self.last = label.value
        self.also = 0
        self.items.append(label)
        self.paragraph = label.paragraph
        self.end = label.end


def _sequences(context: Context) -> Iterator[Hit]:
    structure = context.structure
    stack: list[_List] = []
    finished: dict[str, int] = {}
    first_annex = _first_annex(context)
    annexed = False
    labels = structure.labels
    lazy = _lazy_items(context, labels)
    placed: set[int] = set()
    faults: list[tuple[Hit, _List, int]] = []
    for number, label in enumerate(labels):
        style, value, start, _, paragraph, _, doubtful = label
        if paragraph >= first_annex and not annexed:
            annexed = True
            stack.clear()
            finished.clear()
        if lazy and start in lazy:
            continue
        # the innermost list that waits for this number, or else the innermost of its style
        waits, depth = False, None
        for at in range(len(stack) - 1, -1, -1):
            open_list = stack[at]
            if open_list.style == style:
                last = open_list.last
                if value == last + 1 or value == open_list.also or value in open_list.missing:
                    waits, depth = True, at
                    break
                if depth is None:
                    depth = at
        if waits and depth is not None:
            if depth + 1 < len(stack):
                for closed in stack[depth + 1 :]:
                    finished[closed.style] = closed.last
                del stack[depth + 1 :]
            if doubtful and _comes_later(label, labels[number + 1 : number + 201]):
                continue
            stack[depth].take(label)
            placed.add(start)
            continue
        if doubtful:
            continue
        if value == 1:
            if depth is not None and _repeats_first(stack, depth, label):
                stack[depth].take(label)
                stack[depth].also = 3
                faults.append((_repeat(label), stack[depth], 1))
                continue
            _push(stack, label)
            placed.add(start)
            continue
        if depth is None:
            follower = labels[number + 1 : number + 41]
            before = finished.get(style, 0)
            yield from _late_start(context, label, follower, before, placed)
            _push(stack, label)
            # numbers that run on over chapters are as whole as those before
            stack[-1].whole = value == before + 1
            continue
        for closed in stack[depth + 1 :]:
            finished[closed.style] = closed.last
        open_list = stack[depth]
        fault = _fault(context, open_list, label, placed)
        if fault is None:
            # too far off, or not certain: it belongs to something else
            if value == finished.get(style, 0) + 1:
                _push(stack, label)
            continue
        del stack[depth + 1 :]
        previous = open_list.last
        if fault.code == "SQ003":
            # the number is wrong, so the list goes on from the one before or by position
            open_list.items.append(label)
            open_list.also = previous + 2
            faults.append((fault, open_list, len(open_list.items) - 1))
            continue
        open_list.take(label)
        if fault.code == "SQ001":
            open_list.missing = frozenset(range(previous + 1, value))
        elif fault.code == "SQ002":
            open_list.also = value + 2
        faults.append((fault, open_list, len(open_list.items) - 1))
    if not faults:
        return
    automatic = any(block.auto for block in context.document.blocks)
    fixed: set[int] = set()
    for fault, open_list, position in faults:
        if fault.code == "SQ003" or open_list.style == "word" or id(open_list) in fixed:
            yield fault
        else:
            # renumbering from the first fault on mends the later ones too
            fixed.add(id(open_list))
            yield _with_fix(context, fault, open_list, position, automatic=automatic)


def _first_annex(context: Context) -> int:
    """Return the index of the paragraph with which annexes begin, or how many there are."""
    text, paragraphs = context.text, context.structure.paragraphs
    if "附" in text or "名词解释" in text:
        for index, (start, end, _, _) in enumerate(paragraphs):
            if text[start] in "附名" and _ANNEX.match(text, start, end):
                return index
    return len(paragraphs)


def _with_fix(
    context: Context, fault: Hit, faulty: _List, position: int, *, automatic: bool
) -> Hit:
    """Add the fix that numbers the items of a list from ``position`` on in order.

    ``automatic`` is False where no block of the document has a number that a program makes.
    """
    text, document, raw = context.text, context.document, context.view.raw
    value = faulty.items[position - 1].value
    edits = []
    for label in faulty.items[position:]:
        if automatic:
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


def _fault(context: Context, open_list: _List, label: Label, placed: set[int]) -> Hit | None:
    last = open_list.last
    same_paragraph = label.paragraph == open_list.paragraph
    if label.style == "word":
        # 首先 … 再次 without 其次 is good prose; the same word twice is not
        return _repeat(label) if same_paragraph and label.value == last > 1 else None
    if label.style == "item" and not same_paragraph:
        return None
    if not label.leads and not same_paragraph and label.style in ("num", "num-half", "circle"):
        return None
    if label.style == "article" and not open_list.whole:
        return None
    if label.value == last:
        return _repeat(label)
    if label.value < last:
        if not label.leads and not same_paragraph:
            return None
        name = _names(context.text, label, [last])
        return Hit("SQ003", label.start, label.end, fields={"last": name}, data={"after": last})
    if label.value - last > _WIDEST_GAP:
        return None
    missing = range(last + 1, label.value)
    if any(_written_otherwise(context.text, open_list.end, label, v, placed) for v in missing):
        return None
    names = _names(context.text, label, missing)
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
    follows = next((x for x in later if x.style == label.style), None)
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
    names = _names(context.text, label, missing)
    yield Hit(
        "SQ001",
        label.start,
        label.end,
        fields={"missing": names},
        data={"missing": list(missing)},
    )


def _comes_later(label: Label, later: list[Label]) -> bool:
    """Whether a certain label has the number of a doubtful one before the list goes on."""
    for other in later:
        if other.style == label.style and not other.doubtful:
            return other.value == label.value
    return False


_FIGURES = patterns.compile(r"[0-9０-９]+|[〇零一二三四五六七八九十百]+")
_WORDS_FOR = {1: ("首先", "一方面"), 2: ("其次", "另一方面", "再者", "同时")}
_AFTER = r"[ \u3000]{0,2}(?:[、.．，,：:）)〕]|是|要|方面|[ \u3000]|为|来|则|靠|抓|看|个)"


def _written_otherwise(text: str, start: int, label: Label, value: int, placed: set[int]) -> bool:
    """Whether ``value`` stands between ``start`` and ``label`` like a label in another notation.

    Labels that found their place in some list are not looked at again. A label that opens a
    paragraph is only replaced by one that does so too.
    """
    opens = start == 0 or text[start - 1] == "\n"
    passage = "\n" * opens + text[start : label.start]
    for match in _elsewhere(value, label.leads).finditer(passage):
        opening = start - opens + match.start("word")
        if opening not in placed and opening - 1 not in placed:
            return True
    if label.leads:
        return False
    return any(word in text[start : label.start] for word in _WORDS_FOR.get(value, ()))


@lru_cache(maxsize=256)
def _elsewhere(value: int, leads: bool) -> re.Pattern[str]:
    """Return what finds ``value`` where a label may stand."""
    words = [chinese(value), str(value)]
    if value <= 10:
        words += [row[value - 1] for row in ("①②③④⑤⑥⑦⑧⑨⑩", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "壹贰叁肆伍陆柒捌玖拾")]
    # A line end or a mark before the number, for which a search can look at full speed.
    edge = r"\n[ \u3000]{0,40}[（(“第其]?" if leads else r"[\s。；;，,：:！？（(“第其]"
    pattern = rf"{edge}(?P<word>{'|'.join(words)})(?:{_AFTER}|$)"
    return patterns.kept(pattern, patterns.MULTILINE)


def prepare() -> None:
    """Compile what the first numbers are looked for by, for the build to keep."""
    for value in range(1, 11):
        _elsewhere(value, leads=True)
        _elsewhere(value, leads=False)


def _numeral(label: Label, value: int) -> str:
    """Return ``value`` as the label would print it, without its punctuation."""
    if label.style in ("num", "num-paren", "num-half"):
        return str(value)
    if label.style == "circle":
        return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[value - 1] if value <= 20 else str(value)
    return chinese(value)


def _names(text: str, label: Label, values: Iterable[int]) -> str:
    """Return numbers as ``label`` would write them, quoted: “三、”“四、”."""
    return "".join(f"“{_renumbered(text, label, value)}”" for value in values)


def _renumbered(text: str, label: Label, value: int) -> str:
    """Return the label's own text with another number in it."""
    shown = text[label.start : label.end]
    old = _FIGURES.search(shown)
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


CHECKS = (Check(("SQ001", "SQ002", "SQ003"), "clean", _sequences),)
