"""PW: what document sites leave in a copied text.

A notice of a site is told from a report that speaks of web sites by weight of evidence. Cues are
grouped by sort: the document as a thing (本文, 范文), access to it (剩余…字, 开通会员), a channel
(公众号, 扫码), its origin (上传人, 侵权), a library's name, the reader addressed (您, 亲),
navigation, a web address. A line, bracket or sentence is a notice when cues of enough different
sorts meet in it; inside a paragraph more is asked for than in a line or bracket of its own.

An advert that is broken up by symbols betrays itself by the symbols: a Chinese sentence never puts
one between each character and the next.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain

from reportlint import patterns
from reportlint.chars import HAN, is_han
from reportlint.checks.model import Check, Context, Hit
from reportlint.document import Span
from reportlint.findings import Applicability
from reportlint.lean import lru_cache
from reportlint.marks import Marks
from reportlint.ruleset import RuleSet
from reportlint.structure.labels import leading
from reportlint.words import Words, apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Mapping, Sequence


_WEIGHTS = {
    "object": 1.0,
    "access": 1.5,
    "topic": 0.5,
    "channel": 1.0,
    "origin": 1.5,
    "library": 1.0,
    "reader": 1.5,
    "nav": 1.5,
    "address": 1.5,
}
_TELLING = frozenset({"access", "origin", "nav"})
_SPEAKING = frozenset({"origin", "reader", "object", "nav", "library"})
_MOST = {name: weight + 2 * (name in _TELLING) for name, weight in _WEIGHTS.items()}
"""What each sort of cue can weigh at most."""

ENOUGH_ALONE = 2.5
"""Weight that makes a notice of a line or bracket that stands by itself."""
ENOUGH_NEAR = 3.0
"""Weight that makes a notice of one sentence of a short line."""
ENOUGH_INSIDE = 4.0
"""Weight that makes a notice of a sentence of a paragraph or of a numbered line."""
LONGEST_LINE = 90

_DELETE = {"zh": "删除“{text}”", "en": "delete “{text}”"}
_STOPS = "。！？!?"
_SENTENCE_END = patterns.compile(f"[{_STOPS}]")

# Noise that nobody puts between characters, and noise that has honest uses in short lists.
_ORDINARY = patterns.escape(
    "，。、；：！？!?,.;:“”‘’\"'（）()《》〈〉【】〖〗〔〕[]［］{}｛｝<>＜＞「」『』…—–-－·•/／\\_＿+%％‰`"
)
_RARE = rf"[^\w\s{_ORDINARY}]"
_COMMON = "[" + patterns.escape("-–－_.．·•/／\\…＿`'+% ") + "]"
_STEP = rf"(?:{HAN}(?:(?:{_RARE}|{_COMMON}){{1,2}}|[(（](?:{HAN}|，)[)）]))"
_LAST = rf"(?:(?<![)）]){HAN})?"
_BROKEN = patterns.compile(
    rf"{_STEP}{{2,80}}{_LAST}(?:[，：:,。、“”]{{1,2}}{_STEP}{{2,80}}{_LAST}){{0,6}}"
)
# Where two steps of a broken-up run meet: the last of the noise in one, a letter, the first of the
# noise in the next. What is no noise is told by ranges, which ``re`` looks up at once; the search
# for the steps themselves begins anew at every letter.
_LETTERS = (
    '\u3400-\u4dbf\u4e00-\u9fef0-9A-Za-z\n\r\t\u3000，。、；：！？!?,;:“”‘’"《》〈〉【】〖〗〔〕'
    + patterns.escape("[]［］{}｛｝<>＜＞「」『』")
)
_STEP_ENDS = patterns.compile(f"[^{_LETTERS}（(]")
_STEP_BEGINS = patterns.compile(f"[^{_LETTERS}）)]")
_ODD = patterns.compile(f"[^{_LETTERS} {_ORDINARY}]")
_STEPS = patterns.compile(_STEP)
_LOOSE = patterns.compile(_RARE)
_RARE_STEP = patterns.compile(rf"(?:(?![*＊]){_RARE}|[)）])$")
_PAIR = patterns.compile(rf"(?<=[^\x00-\x7f]){_RARE}{{1,2}}(?={HAN})")
_NOISE = patterns.compile(rf"{_RARE}|{_COMMON}")
_BRACKETS = {
    "【": "】",
    "〖": "〗",
    "（": "）",
    "(": ")",
    "[": "]",
    "［": "］",
    "〔": "〕",
    "《": "》",
    "<": ">",
    "{": "}",
    "「": "」",
}
_OPENING = frozenset(_BRACKETS) - {"《"} | frozenset("~～<>＜＞∥‖★☆◆◇■●=＝〔—-")
"""The marks with which brackets and rules around a notice begin."""
_ENCLOSING = "【〖（[［〔"
_LONGEST_BRACKET = 120
_LONGEST_SENTENCE = 160


def _obfuscated(context: Context) -> Iterator[Hit]:
    text = context.text
    scale = _Scale(context)
    done = 0
    for match in _broken(context.marks):
        if match.start() < done:
            continue
        start, end = match.span()
        while end > start and not is_han(text[end - 1]):
            end -= 1
        if text[match.end() - 1 : match.end()] in ")）":
            end = match.end()
        if start and text[start - 1] == text[end - 2] and _LOOSE.match(text, start - 1):
            start, end = start - 1, end - 1  # ★甲★乙★: what follows the last ★ is the report's
        steps = _STEPS.findall(text[start:end])
        pairs = len(steps)
        # a row of names masked by asterisks (**市**县) is a slot, not noise
        rare = sum(_RARE_STEP.search(step) is not None for step in steps)
        if rare >= 4 or pairs >= 8 or (pairs >= 4 and _names_a_site(scale, text, start, end)):
            start, end = _widen(text, start, end)
            done = end
            yield _hit("PW002", start, end)
    for start, end in _bracketed(context.marks):
        if start < done and end <= done:
            continue
        inner = text[start + 1 : end - 1]
        if len(_PAIR.findall(inner)) + len(_LOOSE.findall(inner[:1])) < _ODDITIES:
            continue
        if scale.weigh(_NOISE.sub("", inner)) > 0:
            yield _hit("PW002", start, end)


_ODDITIES = 3
"""Characters in brackets, between others, that make a broken-up advert of what stands there."""


def _broken(marks: Marks) -> Iterator[re.Match[str]]:
    """Yield the matches of _BROKEN, which is tried only where two of its steps meet."""
    text, done = marks.text, 0
    for at in _meetings(marks):
        # a step is two to four characters, and the last one of it stands here
        for start in range(max(done, at - 3), at if at >= done else 0):
            match = _BROKEN.match(text, start)
            if match is not None:
                yield match
                done = match.end()
                break


def _meetings(marks: Marks) -> Iterator[int]:
    """Yield where one mark of noise, a letter and another mark of noise follow one another."""
    every = "".join(marks.at)
    ends, begins = (
        chain.from_iterable([marks.at[mark] for mark in noise.findall(every)])
        for noise in (_STEP_ENDS, _STEP_BEGINS)
    )
    for at in sorted({place - 2 for place in begins}.intersection(ends)):
        if _PLAIN.match(marks.text, at + 1):
            yield at


def _names_a_site(scale: _Scale, text: str, start: int, end: int) -> bool:
    """Whether a broken-up run, or the line around it, has cues once its noise is taken out."""
    if scale.weigh(_NOISE.sub("", text[start:end])) > 0:
        return True
    return scale.weigh(_NOISE.sub("", _line(text, start))) > 1


def _bracketed(marks: Marks) -> Iterator[tuple[int, int]]:
    """Yield brackets with so many odd marks in them that an advert may be broken up by these."""
    text, at = marks.text, marks.at
    odd = sorted(chain.from_iterable([at[mark] for mark in _ODD.findall("".join(at))]))
    if len(odd) < _ODDITIES:
        return
    for start in sorted(chain.from_iterable([at.get(mark, ()) for mark in _ENCLOSING])):
        limit = min(len(text), start + _LONGEST_BRACKET)
        last = bisect_left(odd, start) + _ODDITIES - 1
        if last < len(odd) and odd[last] < limit:
            end = text.find(_BRACKETS[text[start]], start + 1, limit)
            if end > odd[last] and text.find("\n", start, end) < 0:
                yield start, end + 1


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a broken-up run to its bracket, and to its line where nothing else stands there."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    for left in range(start - 1, max(first, start - 60) - 1, -1):
        closing = _BRACKETS.get(text[left])
        if closing is not None and text[left] not in "《<{「":
            right = text.find(closing, end, min(last, end + 80))
            if right >= 0 and closing not in text[left:start]:
                start, end = left, right + 1
                break
    if 2 * (end - start) >= last - first and not _prose(text[first:start] + text[end:last]):
        start, end = first, last
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
    return start, end


def _prose(rest: str) -> bool:
    """Whether what is left of a line beside an advert is text of the report."""
    return len(_PLAIN.findall(_STEPS.sub("", _BUTTON.sub("", rest)))) >= _SCRAP


_BUTTON = patterns.compile(r"[\[【〔（(][^\[\]【】〔〕（）()\n]{1,16}[\]】〕）)]")
_PLAIN = patterns.compile(HAN)
_SCRAP = 6
"""Fewer characters than this beside an advert belong to it."""


def _line(text: str, position: int) -> str:
    """Return the line around a position, of a long line what is near."""
    before = text[max(0, position - _LONGEST_BRACKET) : position].rpartition("\n")[2]
    return before + text[position : position + 200].partition("\n")[0]


class _Cues:
    """The cues by sort, and the words without which none of a sort can be there."""

    def __init__(self, rules: RuleSet) -> None:
        self.patterns = {name: rules.compile(f"(?&pw-{name})") for name in _WEIGHTS}
        self._sorts: dict[str, set[str]] = {}
        self._always = set()
        for name, pattern in self.patterns.items():
            words = patterns.literals(pattern.pattern)
            if not words:
                self._always.add(name)
            for word in words:
                self._sorts.setdefault(word, set()).add(name)
        self._words = Words(self._sorts)
        self.triggers = frozenset(rules.lists["pw-trigger"])

    def at_most(self, piece: str) -> dict[str, float]:
        """Return the sorts of which there may be cues in a piece, with what they weigh at most.

        Each cue has a word of its own, so there are no more of a sort than words of it.
        """
        most = {name: _MOST[name] for name in self._always}
        for start, end in self._words.standing(piece):
            for name in self._sorts[piece[start:end]]:
                if name not in most:
                    most[name] = _WEIGHTS[name]
                elif name in _TELLING and most[name] < _MOST[name]:
                    most[name] += 1
        return most


_cues = lru_cache(maxsize=4)(_Cues)


class _Scale:
    """Weighs the cues of a piece of text."""

    def __init__(self, context: Context) -> None:
        self._cues = _cues(context.ruleset)
        self._known: dict[str, dict[str, float]] = {}
        self._button = context.ruleset.compile(r"(?&button)")

    def weigh(self, piece: str) -> float:
        """Return the weight of all cues: of each sort once, of telling sorts up to three times."""
        known = self._known.get(piece)
        if known is None:
            known = self._weighed(piece, self._cues.at_most(piece))
        return sum(known.values())

    def notice(self, piece: str, enough: float) -> dict[str, float] | None:
        """Return the weights by sort if they make ``piece`` a notice."""
        sorts = self._known.get(piece)
        if sorts is None:
            most = self._cues.at_most(piece)
            if not _suffices(most, enough):
                return None
            sorts = self._weighed(piece, most)
        return sorts if _suffices(sorts, enough) else None

    def hopeless(self, line: str) -> bool:
        """Whether nothing in a line can be a notice or a row of buttons."""
        return not (
            _suffices(self._cues.at_most(line), ENOUGH_ALONE)
            or len(self._button.findall(line)) >= 2
            or _ARROW.search(line)
        )

    def _weighed(self, piece: str, possible: Collection[str]) -> dict[str, float]:
        """Return the weight of each sort of cue that occurs in ``piece``."""
        # a piece is weighed again for each word that may make a notice of it
        sorts = self._known[piece] = {}
        for name in possible:
            cue = self._cues.patterns[name]
            if name in _TELLING:
                seen = {match.group() for match in cue.finditer(piece)}
                if seen:
                    sorts[name] = _WEIGHTS[name] + min(len(seen) - 1, 2)
            elif cue.search(piece):
                sorts[name] = _WEIGHTS[name]
        return sorts

    def buttons(self, line: str) -> bool:
        """Whether a line is a row of buttons or links: short words between bars or spaces."""
        words = [word for word in _APART.split(line) if word]
        known = sum(self._button.search(word) is not None for word in words)
        return (
            len(words) >= 3
            and known >= 2
            and 3 * known >= len(words)
            and all(len(word) <= 12 for word in words)
            and not patterns.search(r"[，。；、]", line)
        )


_APART = patterns.compile(r"[\s\u3000|｜·»>＞\[\]【】〔〕（）()]{1,8}")
"""What stands between the words of a row of buttons."""


def _suffices(sorts: Mapping[str, float], enough: float) -> bool:
    """Whether cues of these sorts and weights make a notice.

    A site speaks of itself, its text or its reader; a report on a service, of channels only.
    """
    if _SPEAKING.isdisjoint(sorts) and sorts.get("access", 0.0) <= _WEIGHTS["access"]:
        return False
    return sum(sorts.values()) >= enough


def _notices(context: Context) -> Iterator[Hit]:
    text = context.text
    scale = _Scale(context)
    openings = None
    for start, end, triggers in _suspects(context):
        if end - start <= LONGEST_LINE and scale.hopeless(text[start:end]):
            continue
        if openings is None:
            found = [context.marks.at.get(mark, ()) for mark in _OPENING]
            openings = sorted(chain.from_iterable(found))
        done = start
        numbered = leading(text, start, end, 0) is not None
        for first, last in triggers:
            if first < done:
                continue
            near = openings[bisect_left(openings, max(start, first - _LONGEST_BRACKET)) :]
            near = near[: bisect_left(near, first)]
            around = _around(text, near, start, end, first, last) if near else None
            for left, right, enough in _units(
                scale, text, start, end, first, last, around, numbered
            ):
                if left < done:
                    continue
                piece = text[left:right]
                sorts = scale.notice(piece, enough)
                row = enough == ENOUGH_ALONE and (scale.buttons(piece) or _crumbs(piece))
                if row or sorts is not None:
                    nav = row or (sorts is not None and "nav" in sorts)
                    hit = _hit("PW004" if nav else "PW003", left, right)
                    if enough != ENOUGH_ALONE:
                        # a sentence among others: somebody should look at it first
                        hit = hit._replace(applicability=Applicability.UNSAFE)
                    yield hit
                    done = right
                    break
            else:
                # what was weighed in vain around one trigger need not be weighed for the next
                done = max(last, _unit_end(text, first, end))


def _suspects(context: Context) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield (start, end, triggers) of each line that holds enough words to be weighed."""
    text = context.text
    line_end = -1
    start = 0
    found: list[tuple[int, int]] = []
    for first, last in apart(context.standing(_cues(context.ruleset).triggers)):
        if first > line_end:
            if found:
                yield from _suspect(text, start, line_end, found)
            start = text.rfind("\n", 0, first) + 1
            line_end = text.find("\n", last)
            line_end = len(text) if line_end < 0 else line_end
            found = []
        found.append((first, last))
    if found:
        yield from _suspect(text, start, line_end, found)


def _suspect(
    text: str, start: int, end: int, found: list[tuple[int, int]]
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    if len(found) > 1 or end - start <= LONGEST_LINE:
        yield start, end, found


def _crumbs(piece: str) -> bool:
    return (
        len(_ARROW.findall(piece)) >= 2
        and patterns.search(r"首页|正文|本文|文档", piece) is not None
    )


_ARROW = patterns.compile(r"»|>>|＞| > ")


def _units(
    scale: _Scale,
    text: str,
    first: int,
    last: int,
    start: int,
    end: int,
    around: Span | None,
    numbered: bool,
) -> Iterator[tuple[int, int, float]]:
    """Yield the pieces of the line ``text[first:last]`` that may be a notice because of the word at
    ``start``, with the weight that each needs.
    """
    short = last - first <= LONGEST_LINE
    if short and (around is None or not _prose(text[first : around[0]] + text[around[1] : last])):
        parts = [part for part in _SENTENCE_END.split(text[first:last]) if part.strip()]
        if len(parts) == 1 or all(scale.weigh(part) for part in parts):
            yield first, last, ENOUGH_INSIDE if numbered else ENOUGH_ALONE
    if around is not None:
        yield *around, ENOUGH_ALONE
    left = max(first, start - _LONGEST_SENTENCE)
    left = max(left, *(text.rfind(stop, left, start) + 1 for stop in _STOPS))
    right = min(last, end + _LONGEST_SENTENCE)
    stop = _SENTENCE_END.search(text, end - 1, right)
    right = stop.end() if stop else right
    if short and not numbered:
        yield left, right, ENOUGH_NEAR
    elif right - left <= _LONGEST_SENTENCE:
        yield left, right, ENOUGH_INSIDE


def _around(
    text: str, openings: Sequence[int], first: int, last: int, start: int, end: int
) -> Span | None:
    """Return the pair of brackets, or of rules such as ~~~~ and ——, around a word of a line.

    ``openings`` is where such a pair may open near the word and before it.
    """
    for left in reversed(openings):
        closing = _BRACKETS.get(text[left])
        if closing is not None:
            right = text.find(closing, end - 1, min(last, left + _LONGEST_BRACKET))
            if right >= 0 and text.find(closing, left, start) < 0:
                return Span(left, right + 1)
    for fence in _FENCE.finditer(text, max(first, start - 60), start):
        closing = fence.group().translate(_MIRRORED)
        right = text.find(closing, end, min(last, end + 60))
        if right >= 0:
            return Span(fence.start(), right + len(closing))
    return None


_MIRRORED = str.maketrans("<>＜＞", "><＞＜")
_FENCE = patterns.compile(
    r"[~～]{2,8}|[<>＜＞]{2,4}|[∥‖★☆◆◇■●=＝]{1,6}|〔[^〔〕\n]{1,3}〕|——|-{2,8}"
)


def _unit_end(text: str, position: int, limit: int) -> int:
    """Return where the sentence or bracket around ``position`` ends: the next word starts anew."""
    boundary = _BOUNDARY.search(text, position, limit)
    return boundary.start() if boundary else limit


_BOUNDARY = patterns.compile(r"[。！？!?（【〔［\[(）】〕］\])]")


def _page_numbers(context: Context) -> Iterator[Hit]:
    """PW005: a line that is only a page number, between the halves of one sentence."""
    text = context.text
    for match in _PAGE_LINE.finditer(text):
        before = text[: match.start()].rstrip()[-1:]
        after = text[match.end() : match.end() + 40].lstrip()
        if not before or not after or not (is_han(before) or before in "，、"):
            continue
        above = text.rfind("\n", 0, match.start() - 1)
        if (
            len(text[above + 1 : match.start()].strip()) < 12
            and text[above : match.start()].strip()
        ):
            continue
        if leading(after, 0, len(after), 0) is None and is_han(after[0]):
            line_after = after.partition("\n")[0]
            if len(line_after) >= 8 or line_after[-1:] in "。，；":
                yield _hit("PW005", *match.span("span"))


_PAGE_LINE = patterns.compile(
    r"\n[ \t\u3000]{0,40}\n?[ \t\u3000]{0,40}(?P<span>[-—–]{0,2} ?[0-9]{1,3} ?[-—–]{0,2}"
    r"|第 ?[0-9]{1,3} ?页(?:[ /，]{0,2}共 ?[0-9]{1,3} ?页)?|[0-9]{1,3} ?/ ?[0-9]{1,3})"
    r"[ \t\u3000]{0,40}\n"
)

_INVISIBLE = patterns.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\U000e0001-\U000e007f]{1,200}"
)


def _invisible(context: Context) -> Iterator[Hit]:
    """PW006, on the document itself: the view of this layer is already without them."""
    if _INVISIBLE.search("".join(context.marks.at)) is None:
        return
    from unicodedata import name

    raw = context.document.text
    for match in _INVISIBLE.finditer(raw):
        start, end = match.span()
        if (
            match.group() == "\u200d"
            and start
            and raw[start - 1] > "\u2190"
            and not is_han(raw[start - 1])
        ):
            continue  # joins two emoji
        names = sorted({f"U+{ord(c):04X} {name(c, '')}".strip() for c in match.group()})
        yield Hit(
            "PW006",
            start,
            end,
            fields={"names": ", ".join(names)},
            data={"characters": [f"U+{ord(c):04X}" for c in match.group()]},
            edits=((start, end, ""),),
            title={"zh": "删除看不见的字符", "en": "delete the invisible characters"},
            applicability=Applicability.SAFE,
        )


def _hit(code: str, start: int, end: int) -> Hit:
    return Hit(
        code,
        start,
        end,
        edits=((start, end, ""),),
        title=_DELETE,
        applicability=Applicability.SAFE,
    )


CHECKS = (
    Check(("PW002",), "raw", _obfuscated),
    Check(("PW003", "PW004"), "raw", _notices),
    Check(("PW005",), "raw", _page_numbers),
    Check(("PW006",), "source", _invisible),
)
