"""Which asterisks are Markdown emphasis and which are slots that nobody filled.

``在**市委、市政府和**军分区党委的领导下`` is bold to a Markdown parser and two deleted names to a
reader. Both uses stand side by side in drafts, so every pair of delimiter runs is judged by what
it encloses and what it touches:

- A slot stands where a name or a figure belongs: before an office, a title or a unit (市, 军分区,
  书记, 万元, %), or after a word that leads to one (达, 共, 由).
- Bold encloses a phrase or whole clauses: its ends coincide with clause ends, its brackets and
  quotation marks are paired, it does not run across the end of a sentence into the next.

CommonMark's flanking rules are kept for white space only. They fail on ``**指导思想。**坚持…``,
which writers mean as bold, because they take Chinese characters for word characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportlint import patterns
from reportlint.document import Span

ASTERISKS = patterns.compile(r"\*+")

OPENS = patterns.compile(r"\*(?<!(?![是_])[\w*]\*)")
"""What strict emphasis begins with: an asterisk at the beginning of a clause."""

_LOOKAHEAD = 4
"""Runs that are tried as the end of an opener: bold may hold slots (``**共**个小区。**``)."""
_LONGEST = 300
_LONG = 60
_UNSURE_SLOTS = 6
"""Slots for each certain bold from which on the uncertain pairs of a draft are slots, too."""

_SPACE = " \t\u3000\xa0\r\n"
_STOPS = "。；：！？:;!?"
_BREAK = patterns.compile(r"[。；！？;!?]")
_CLAUSE = patterns.compile(r"[，：,:]")
_NEVER_AFTER_OPENER = "，。、；：！？）》〉】〕」』”’…,.;:!?)]}%％‰·"
_NEVER_BEFORE_CLOSER = "（《〈【〔「『“‘([{"
_PAIRED = {"）": "（", "》": "《", "〉": "〈", "】": "【", "〕": "〔", "」": "「", "』": "『"}
_PAIRED |= {"”": "“", "’": "‘"}

_AFTER_SLOT = {
    # Offices and places
    "省": "心力情域际钱时",
    "市": "场域民容值",
    "县": "域城校",
    "区": "域位块别间划街",
    "镇": "域村街",
    "乡": "村镇风土情贤愁音",
    "村": "民庄容规企居务社集两“",
    "州": "",
    "旗": "帜舰",
    "街": "区巷景面",
    "组": "织建合团阁成工",
    "师": "资德生傅范风",
    "团": "结队员组建伙",
    "营": "商造养收业运销",
    "连": "续接同夜年忙带通贯线心起片成队锁任环绵",
    "委": "员托派",
    "局": "面部势限",
    "办": "理事学公案好法成结实件医赛",
    "部": "门署分省属委",
    "处": "理置罚分于突处室办",
    "科": "技学研普教创",
    "所": "有以需属在谓得",
    "站": "位稳好在点",
    "院": "士地前",
    "校": "园地企外内风本舍车准",
    "厅": "",
    "河": "长湖道流畔",
    # Units
    "名": "师优牌医校城品家录单片胜村企副列额义",
    "个": "人别性体案税转",
    "人": "才民大口居员均文社事力心身防工机物群数情生类为格际岗地本道财",
    "次": "要生第日年均序",
    "元": "旦宵素器宇首",
    "万": "众物企家村里象全无",
    "亿": "",
    "千": "方家村企",
    "百": "姓年日村企强花",
    "余": "",
    "级": "别联",
    "户": "籍外均用厕主",
    "件": "均",
    "项": "目",
    "条": "件例块线理",
    "家": "庭风园校长政电教乡国底具访族",
    "亩": "均产",
    "米": "粉面",
    "吨": "",
    "年": "度轻均终报检货味内龄纪",
    "月": "度均报嫂子光",
    "日": "常均益报夜间照程",
    "天": "然气天地空网府际",
    "周": "边期密到末年",
    "岁": "",
    "倍": "增速加",
    "届": "时次",
    "期": "间末满望盼中待货刊",
    "场": "所景地馆镇面站",
    "起": "步草点到来底诉势",
    "例": "会行如外",
    "位": "于置列居次移",
    "份": "",
    "册": "",
    "台": "账风阶湾区",
    "套": "餐取改",
    "辆": "",
    "艘": "",
    "架": "构",
    "座": "谈",
    "栋": "",
    "幢": "",
    "间": "接隔歇",
    "支": "部持出撑援付委农行队柱教线",
    "批": "准复次评量示发而",
    "类": "型别似",
    "种": "植养业子粮质苗公",
    "篇": "",
    "页": "",
    "轮": "岗训换流值候",
    "号": "召码角",
    "笔": "试",
    "株": "",
    "分": "类级管解析工别布局配片散层清支期享销担红为",
    "对": "标于接照口策外应象症手",
    "张": "贴弛家",
    "头": "雁等部",
    "只": "有要增能争",
    "枚": "",
    "%": "",
    "％": "",
    "‰": "",
}
"""Characters that follow a slot -> those that, coming next, make an ordinary word with them."""

_NEVER_FIRST = {
    "的": "",
    "了": "解然",
    "着": "力眼重手",
    "等": "级次额",
    "和": "谐平美睦合顺善",
    "与": "时会民众",
    "及": "时早格",
}
"""Characters that never begin a phrase, so that what stands before them is a slot; likewise."""

_AFTER_SLOT_WORDS = patterns.compile(
    r"军分?区|平方|立方|公[里顷斤司]|千[米克瓦]|[小学]时|小时|分钟|同志|先生|女士|总?书记|主[席任]"
    r"|街道|社区|集团|人民(?:政府|武装部|法院|检察院)|人(?:武部|次)|武装部|开发区|新区|林场|农场|水库"
    r"|多(?:[万亿千百名个人次户亩件项家公平米吨场起条位]|元(?=[，。；、,;\s]|$))|百分点"
    r"|[省市县区镇乡村局厅部处科院校所站]长(?![效期远]|制)"
    r"|新时代中国特色|建(?:工作|引领)|风廉政|员(?:活动|干部|教育|队伍|发展)"
)
"""Words that follow a slot, the last row what is left of words that a filter has cut."""

_TIER = "级直"
"""县级, 市直: an office before a slot, an ordinary word at the beginning of a clause."""

_BEFORE_SLOT = {
    "和": "总调中温缓",
    "与": "参",
    "及": "普以",
    "或": "",
    "在": "存所现潜",
    "由": "自理",
    "从": "服",
    "至": "甚",
    "到": "做看得想收感受达提遇",
    "为": "作行成认",
    "是": "一二三四五六七八九十不就",
    "达": "发传表下",
    "共": "公",
    "约": "节集简契制",
    "占": "侵",
    "比": "占评同环对",
    "向": "导方面走志",
    "对": "应面针",
    "把": "",
    "被": "",
    "将": "",
    "给": "供",
    "按": "",
    "以": "可足加",
    "经": "财已",
    "第": "",
    "近": "亲",
    "超": "反赶",
    "得": "取获值觉懂记",
    "任": "责担信主",
}
"""Characters that lead to a slot -> those that, coming before, make an ordinary word with them."""

_ENUMERATOR = patterns.compile(
    r"(?:[\s。；！？）)>|*\-—]|[一二三四五六七八九十其]是|[0-9０-９一二三四五六七八九十][、.．])\Z"
)
_ORDER = patterns.compile(
    r"[一二三四五六七八九十其]是|首先|其次|再次|最后|第[一二三四五六七八九十]"
)
_FIGURE = patterns.compile(
    r"[约近超达共第]?(?:百分之)?[0-9０-９〇零一二两三四五六七八九十XＸx×○][0-9０-９〇零一二两三四五六七八九十百千万亿.．,XＸx×成分之半]*"
    r"[余多]?[%％‰]?"
)


class _Run(NamedTuple):
    """One delimiter. ``half`` is 1 or 2 for the halves of a run of four, else 0."""

    start: int
    end: int
    half: int = 0


def emphasis(text: str, start: int, end: int, strict: bool = False) -> list[Span]:
    """Return the delimiters of emphasis by asterisks in ``text[start:end]``, in order.

    Spans are in coordinates of ``text``. The range is a line or the lines of one paragraph.
    ``strict`` accepts bold only where both its ends are clause ends: for plain text, and for
    drafts that use asterisks as slots throughout.
    """
    runs = [Span(*match.span()) for match in ASTERISKS.finditer(text, start, end)]
    return delimiters(text, runs, start, end, strict=strict)


def delimiters(
    text: str, runs: Iterable[Span], start: int, end: int, *, strict: bool = False
) -> list[Span]:
    """Do what ``emphasis`` does for the given runs of asterisks or underscores only.

    Underscores are blanks to fill in before they are emphasis: both their ends must be clause ends.
    """
    groups: dict[tuple[str, int], list[_Run]] = {}
    for run in runs:
        mark, size = text[run.start], run.end - run.start
        if mark == "*" and size == 4:
            middle = run.start + 2
            groups.setdefault(("*", 2), []).extend(
                (_Run(run.start, middle, 1), _Run(middle, run.end, 2))
            )
        elif size <= (3 if mark == "*" else 2):
            groups.setdefault((mark, size), []).append(_Run(*run))
    found: list[Span] = []
    for kind, group in groups.items():
        if len(group) > 1:
            found += _pairs(text, group, start, end, strict or kind != ("*", 2))
    found.sort()
    return found


def certain_pairs(text: str, ranges: Sequence[tuple[int, int, Sequence[Span]]]) -> int:
    """Return how many pairs are bold beyond doubt. Each range is a start, an end and its runs."""
    return sum(
        len(delimiters(text, runs, start, end, strict=True)) // 2
        for start, end, runs in ranges
        if len(runs) > 1
    )


def strictness(text: str, ranges: Sequence[tuple[int, int, Sequence[Span]]], certain: int) -> bool:
    """Return whether the emphasis of a draft must be judged strictly.

    ``certain`` is what ``certain_pairs`` counts. A draft with bold beyond doubt is a Markdown draft
    unless slots prevail; without any, asterisks are slots as soon as one of them must be.
    """
    slots = sum(slot_follows(text, run.end, end) for _, end, runs in ranges for run in runs)
    return slots > _UNSURE_SLOTS * certain


def _pairs(text: str, runs: Sequence[_Run], start: int, end: int, strict: bool) -> list[Span]:
    found: list[Span] = []
    first, opened = 0, False
    while first < len(runs) - 1:
        run = runs[first]
        # The second half of a run of four opens only where the first has closed.
        opener = None
        if not run.half or (run.half == 2 and opened):
            opener = _opener(text, run, start, runs[first + 1].start, strict)
        opened = False
        step = 1
        if opener:
            for index in range(first + 1, min(first + 1 + _LOOKAHEAD, len(runs))):
                closer = runs[index]
                if closer.start - run.end > _LONGEST:
                    break
                if _closes(text, opener, closer, end, strict, index == first + 1):
                    found += (Span(run.start, run.end), Span(closer.start, closer.end))
                    opened, step = True, index - first + 1
                    break
        first += step
    return found


class _Opener(NamedTuple):
    """A run that may open emphasis, and what stands before it.

    ``opens``  it stands at the beginning of a clause
    ``heads``  of a line, a sentence or an item, even
    ``unit``   an office or a unit follows, as it would a slot
    """

    run: _Run
    opens: bool
    heads: bool
    unit: bool


def _opener(text: str, run: _Run, start: int, limit: int, strict: bool) -> _Opener | None:
    if run.end == limit or text[run.end] in _SPACE or text[run.end] in _NEVER_AFTER_OPENER:
        return None
    before = text[run.start - 1] if run.start > start else "\n"
    heads = opens = before in "\r\n"
    if not heads and (before == "是" or not before.isalnum()):
        heads = bool(_ENUMERATOR.search(text, max(start, run.start - 3), run.start))
        opens = heads or before not in "是.．"
    if not opens and (strict or text[run.start] == "_"):
        return None
    first, second = text[run.end], text[run.end + 1 : run.end + 2]
    if first in _NEVER_FIRST and (not second or second not in _NEVER_FIRST[first]):
        return None
    unit = slot_follows(text, run.end, limit, opens)
    if unit and not opens and not _FIGURE.fullmatch(text, run.end, limit):
        return None
    return _Opener(run, opens, heads, unit)


def _closes(text: str, opener: _Opener, closer: _Run, end: int, strict: bool, near: bool) -> bool:
    """Return whether ``closer`` ends emphasis. ``near`` is False where other runs lie between."""
    (run, opens, heads, unit_before), last = opener, text[closer.start - 1]
    if closer.half == 2 or last in _SPACE or last in _NEVER_BEFORE_CLOSER:
        return False
    begin, stop = run.end, closer.start
    if near and opens and _ORDER.fullmatch(text, begin, stop):
        return True
    after = text[closer.end] if closer.end < end else "\n"
    ended = last in _STOPS
    closes = ended or not after.isalnum()
    final = ended or after in "\r\n"
    if text[run.start] == "_" and after.isalnum():
        return False
    if strict and not (opens and closes and (heads or not after.isalnum())):
        return False
    if not near and not (heads and final):
        return False
    if closer.half and not (heads and ended):
        return False

    if near and _FIGURE.fullmatch(text, begin, stop):
        return True
    unit_after = slot_follows(text, closer.end, end, ended)
    if unit_before:
        if not closes or unit_after or stop - begin < 4:
            return False
        if strict and not final and after not in "：:":
            return False
    if unit_after and not (heads and ended and near):
        return False
    if last in "，、," and not heads:
        return False
    if stop - begin > _LONG and not (opens and closes):
        return False
    body = text[begin:stop]
    if _leads_to_slot(body) or not _balanced(body):
        return False
    if _BREAK.search(body, 0, len(body) - 1) and not (heads and final):
        return False
    return opens or closes or not _CLAUSE.search(body)


def slot_follows(text: str, at: int, end: int, opens: bool = False) -> bool:
    """Return whether ``text[at:end]`` begins with what follows a slot.

    ``opens`` is True at the beginning of a clause, where 县级 and 市直 are ordinary words.
    """
    if at >= end:
        return False
    if _AFTER_SLOT_WORDS.match(text, at, end):
        return True
    words = _AFTER_SLOT.get(text[at])
    if words is None:
        return False
    following = text[at + 1] if at + 1 < end else ""
    return not following or not (following in words or (opens and following in _TIER))


def _leads_to_slot(body: str) -> bool:
    words = _BEFORE_SLOT.get(body[-1])
    return words is not None and (len(body) < 2 or body[-2] not in words)


def _balanced(body: str) -> bool:
    """Return whether the brackets and quotation marks of ``body`` are paired."""
    opened: list[str] = []
    for character in body:
        if character in _PAIRED:
            if not opened or opened.pop() != _PAIRED[character]:
                return False
        elif character in _NEVER_BEFORE_CLOSER[:9]:
            opened.append(character)
    return not opened
