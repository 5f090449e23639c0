"""PH: slots of a template that nobody filled.

Every run of a character that writers use for "fill this in" is looked at: X, ×, asterisks,
underscores. All of them are marks (``marks.py``), so it is known where they stand. Whether a run is
a slot depends on what stands on either side, so each family of characters has a small decision of
its own. The words it needs are lists of ``rules/``.
"""

from __future__ import annotations

from itertools import chain

from reportlint import patterns
from reportlint.chars import HAN, is_han
from reportlint.checks.model import Check, Context, Hit
from reportlint.lean import lru_cache
from reportlint.ruleset import RuleSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_LETTER = "XxＸｘ"
_CROSS = "×✕╳"
_STAR = "*＊"
_BLANK = "_＿□"
_SLOTS = frozenset(_LETTER + _CROSS + _STAR + _BLANK)
_GOES_ON = _SLOTS | frozenset(".．-")
_SLOT = f"[{_LETTER}{_CROSS}{_STAR}{_BLANK}]"

_RUN = patterns.compile(
    rf"{_SLOT}(?:(?<=[{_LETTER}])[{_LETTER}]{{0,63}}(?:[.．-][{_LETTER}]{{1,16}}){{0,3}}"
    rf"|(?<=[{_CROSS}])[{_CROSS}]{{0,63}}(?:[.．-][{_CROSS}]{{1,16}}){{0,3}}"
    rf"|(?<=[{_STAR}])[{_STAR}]{{0,63}}(?:[.．][{_STAR}]{{1,16}}){{0,2}}"
    rf"|(?<=[{_BLANK}])[{_BLANK}]{{0,255}}(?:[.．][{_BLANK}]{{1,16}}){{0,2}})"
)

_PART = rf"(?:[0-9]?{_SLOT}{{1,4}}|[0-9]{{1,2}})"
_OPEN_PART = rf"(?:[0-9]?{_SLOT}{{1,4}})"
_DATE = patterns.compile(
    rf"(?:(?:19|20|二[〇○零0]){_SLOT}{{1,4}}|(?:19|20)[0-9]{_SLOT}|{_SLOT}{{2,4}})年(?:{_PART}月(?:{_PART}[日号])?)?"
    rf"|{_SLOT}年{_PART}月(?:{_PART}[日号])?"
    rf"|{_OPEN_PART}月(?:{_PART}[日号])?"
    rf"|(?<=年)[0-9]{{1,2}}月{_OPEN_PART}[日号]"
)
_DATE_START = patterns.compile(rf"(?:19|20|二[〇○零0])?[0-9]{{0,2}}{_SLOT}")

_MARKS = frozenset("，。；：、！？（）《》〈〉“”‘’【】〔〕「」『』—…·％‰\u3000,;:!?()[]\"'/%")
_CLOSING_QUOTE = "”’」』\"'"
_OPENING_QUOTE = "“‘「『\"'"


def _slots(context: Context) -> Iterator[Hit]:
    at = context.marks.at
    if _SLOTS.isdisjoint(at):
        return
    text = context.text
    judge = _Judge(context)
    # a run that reaches out of a date is one with what it reaches over, hence two ends
    done = end = 0
    for start in sorted(chain.from_iterable(at[mark] for mark in _SLOTS.intersection(at))):
        if start < end:
            continue
        run = _RUN.match(text, start) if text[start + 1 : start + 2] in _GOES_ON else None
        end = start + 1 if run is None else run.end()
        if start < done:
            continue
        date = judge.date(start)
        if date is not None:
            done = date[1]
            yield Hit("PH007", *date)
            continue
        first = text[start]
        if first in _LETTER:
            slot, code = judge.letters(start, end), "PH001"
        elif first in _CROSS:
            slot, code = judge.crosses(start, end), "PH001"
        elif first in _STAR:
            slot, code = judge.stars(start, end), "PH002"
        else:
            slot, code = judge.blanks(start, end), "PH004"
        if slot is not None:
            done = slot[1]
            yield Hit(code, *slot)


class _Words:
    """The words on either side of a slot that tell what it is."""

    def __init__(self, rules: RuleSet) -> None:
        self.unit = rules.compile(r"[ \u3000]?(?:(?&unit)|(?&admin))")
        self.measure = rules.compile(r"(?&unit)(?![数量率价高宽长积])")
        self.latin_unit = rules.compile(r"(?&latin-unit)(?![A-Za-z0-9])")
        self.term = rules.compile(r"(?&x-term)")
        self.surnames = frozenset(rules.lists["surname"])


_words = lru_cache(maxsize=4)(_Words)


class _Judge:
    """Decides about one run of slot characters, given its neighbours."""

    def __init__(self, context: Context) -> None:
        self.text = context.text
        words = _words(context.ruleset)
        self._unit, self._measure = words.unit, words.measure
        self._latin_unit, self._term, self._surnames = words.latin_unit, words.term, words.surnames
        self._document, self._raw = context.document, context.view.raw

    def _sides(self, start: int, end: int) -> tuple[str, str]:
        text = self.text
        return (text[start - 1] if start else "\n", text[end] if end < len(text) else "\n")

    def date(self, start: int) -> tuple[int, int] | None:
        """Return the span of the date slot that the run at ``start`` belongs to."""
        text = self.text
        near = text[start + 1 : start + 5]
        if "月" not in near and "年" not in near:
            return None
        first = start
        while first > 0 and start - first < 3 and text[first - 1] in "0123456789二〇○零":
            first -= 1
        for begin in range(first, start + 1):
            if begin and text[begin - 1] in "0123456789.":
                continue
            match = _DATE.match(text, begin)
            if match is not None and match.end() > start:
                left, right = self._sides(*match.span())
                if left.isascii() and left.isalpha():
                    return None
                if text[match.end() - 1] == "月" and right in "份" + "球亮饼":
                    return match.span() if right == "份" else None
                return match.span()
        return None

    def letters(self, start: int, end: int) -> tuple[int, int] | None:
        """X, x and their full-width forms: a slot unless part of a word, a term or a formula."""
        text = self.text
        left, right = self._sides(start, end)
        if left.isdigit():
            return self._after_digits(start, end, right)
        # most stand in the midst of a sentence, between two Han characters
        apart = is_han(left) and is_han(right)
        if not apart and self._in_formula(start, end, left, right):
            return None
        if end - start <= 2 and self._term.match(text, end) is not None:
            return None
        if end - start == 1 and text[end + 1 : end + 2] in "YyＹ":
            if patterns.match(r"[、，,和与及/][YyＹ](?![A-Za-z])", text[end : end + 3]):
                return None
        if self._person(start, end, right):
            return None
        return (start, end) if apart or self._in_chinese(start, end) else None

    def _in_formula(self, start: int, end: int, left: str, right: str) -> bool:
        """Whether letters are part of a word, an address or a formula, or quoted as letters."""
        text = self.text
        if _latin(left) or right.isdigit():
            return True
        if _latin(right) and self._latin_unit.match(text, end) is None:
            return True
        if left in "@\\&~^<=#" or right in "@\\&~^>=#":
            return True
        if left in ".．" or (right in ".．" and _latin(text[end + 1 : end + 2])):
            return True
        if end - start > 1:
            return False
        if left in "+＋-/" or right in "+＋-/":
            return True
        if left == " " and _latin(text[start - 2 : start - 1]):
            return True
        if left == "(" and right == ")":
            return True
        quoted = left in _OPENING_QUOTE and right in _CLOSING_QUOTE
        named = quoted and patterns.match(r".(?:表示|代表|标|字|形|号)", text[end : end + 4])
        return bool(named)

    def _after_digits(self, start: int, end: int, right: str) -> tuple[int, int] | None:
        """``20XX``, ``3X%``: digits begin the slot if it goes on as a figure would."""
        text = self.text
        first = start
        while first and text[first - 1].isdigit():
            first -= 1
        before = text[first - 1] if first else "\n"
        if right.isdigit() or _latin(right) or _latin(before) or before in "+＋*×":
            return None
        digits = text[first:start]
        if patterns.fullmatch(r"(?:19|20)[0-9]?", digits) and len(digits) + end - start == 4:
            return first, end
        if self._measure.match(text, end) is not None and right not in _CLOSING_QUOTE:
            return first, end
        return None

    def crosses(self, start: int, end: int) -> tuple[int, int] | None:
        """×: a slot in rows; alone only before a measure word, else it multiplies."""
        text = self.text
        left, right = self._sides(start, end)
        if right.isdigit() or (
            left.isdigit() and text[max(0, start - 2) : start] not in ("19", "20")
        ):
            return None
        if _latin(left) or _latin(right):
            return None
        if end - start == 1 and patterns.match(rf"{HAN}{{1,6}}[〔\[（【]", text[end : end + 8]):
            return start, end  # the name before a document number: ×政办发〔2023〕5号
        if end - start == 1:
            if left in "）)" or right in _CLOSING_QUOTE + "（(":
                return None
            if self._measure.match(text, end) is None and not (
                right in "省市县区镇乡村" and not is_han(left)
            ):
                return None
        if self._person(start, end, right):
            return None
        return start, end

    def stars(self, start: int, end: int) -> tuple[int, int] | None:
        """Asterisks that are no bullet, footnote, rule, product or masked number."""
        text = self.text
        left, right = self._sides(start, end)
        if right.isascii() and right.isdigit():
            return None  # a masked number
        if left.isascii() and left.isdigit() and self._measure.match(text, end) is None:
            year = end - start == 2 and text[max(0, start - 3) : start][-2:] in ("19", "20")
            return (start - 2, end) if year and right in "〕］】)）" else None
        if end - start == 1 and left in "带标打加注" and right in "的号者项":
            return None  # a mark that the text explains
        if left.isascii() and left.isalnum() and right.isascii() and right.isalnum():
            return None
        if end - start == 1:
            if _latin(right) or left.isdigit() or _latin(left):
                return None
            if not (is_han(right) or right in "%％") or right == "注":
                return None
            before = text[max(0, start - 40) : start].rpartition("\n")[2]
            opens = text[start] == "*" and not before.strip()
            if opens and self._unit.match(text, end) is None:
                return None
        if (
            left in "*＊ \u3000\n"
            and right in "*＊ \u3000\n"
            and (_alone(text, start, end) and not self._in_cell(start))
        ):
            return None
        if patterns.search(r"(?:密码|口令|账号)[：:为是]?$", text[max(0, start - 6) : start]):
            return None
        if self._person(start, end, right):
            return None
        return (start, end) if self._in_chinese(start, end) else None

    def _in_chinese(self, start: int, end: int) -> bool:
        """Whether Han, a mark or a line end stands on either side, be it after spaces."""
        text = self.text
        if start and _written(text[start - 1]):
            return True
        left = text[max(0, start - 8) : start].rstrip(" \t")[-1:] or "\n"
        right = text[end : end + 8].lstrip(" \t")[:1] or "\n"
        apart = text[start - 1 : start] in " \t"
        if apart and text[end : end + 1] not in " \t":
            return _written(right)
        if apart and end - start > 1 and left.isdigit():
            return True  # a cell of a table, after a cell with a figure
        return _written(left) or _written(right)

    def blanks(self, start: int, end: int) -> tuple[int, int] | None:
        """Underscores that are no part of an identifier or file name and no ruled line."""
        text = self.text
        left, right = self._sides(start, end)
        if (left.isascii() and left.isalnum()) or (right.isascii() and right.isalnum()):
            if not patterns.search(r"(?:^|[^0-9])20$", text[max(0, start - 3) : start]) or _latin(
                right
            ):
                return None
            return start - 2, end
        if text[start] == "□" and (end - start == 1 or text[end : end + 1] in "是否√"):
            return None  # a box to tick
        if end - start == 1:
            if not is_han(right) and right not in "%％〕":
                return None
            if is_han(left) and (
                self._unit.match(text, end) is None or _names_a_pattern(text, start)
            ):
                return None
            if patterns.match(
                r"[^\s，。；、]{0,30}\.[A-Za-z]{2,4}(?![A-Za-z])", text[end : end + 36]
            ):
                return None
        if _alone(text, start, end) and not self._in_cell(start):
            before = text[max(0, start - 40) : start].rstrip()
            return (start, end) if before.endswith(("：", ":")) else None
        return start, end

    def _in_cell(self, start: int) -> bool:
        """Whether a position lies in a cell of a table, where a slot may stand alone."""
        block = self._document.block_at(self._raw(start))
        return block is not None and block.kind == "cell"

    def _person(self, start: int, end: int, right: str) -> bool:
        """Whether the run hides the given name of a person on purpose: 被告人李××。"""
        text = self.text
        if end - start > 2 or not start or text[start - 1] not in self._surnames:
            return False
        if self._unit.match(text, end) is not None or right in ".．":
            return False
        before = text[start - 2] if start > 1 else "\n"
        return not is_han(before) or before in "人犯名叫告嫌属"


def _names_a_pattern(text: str, position: int) -> bool:
    """Whether an underscore joins words as in 全宗号_目录号_页号."""
    around = text[max(0, position - 24) : position + 24]
    return patterns.search(rf"{HAN}{{2,8}}_{HAN}{{2,8}}_{HAN}{{2}}", around) is not None


def _latin(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalpha()


def _written(char: str) -> bool:
    """Whether a neighbour is what stands beside a slot in Chinese text: Han, a mark, a line end."""
    return char in _MARKS or char == "\n" or is_han(char) or char in ".．-"


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the run has its line to itself but for more of the same."""
    # what a run is longer than needs no look at the whole of a long line
    before, after = text[max(0, start - _RULE) : start], text[end : end + _RULE]
    beside = before.rpartition("\n")[2] + after.partition("\n")[0]
    return not beside.strip(" \u3000" + text[start])


_RULE = 200


CHECKS = (Check(("PH001", "PH002", "PH004", "PH007"), "clean", _slots),)
