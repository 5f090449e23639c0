"""Whether parts are all that a whole has, and whether nothing is counted in two of them."""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.figures.passage import Passage
from reportlint.structure.quantities import Quantity, is_measured

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


REST = patterns.compile(r"其余|其他|其它|剩余|余下")


CHANGED = patterns.compile(r"增加|减少|增长|净增|下降|提高|比|较|同比|多|少$")


LISTED = patterns.compile(r"[^，,、。；;：:]{0,12}(?:、|以?及|和|与)[^，,、。；;：:]{0,20}")


WHOLLY = frozenset({"即", "由", "分为", "分别是", "分别为", "依次是", "依次为"})
"""Cues that promise every part, where the list does not end in 等."""

KIND = patterns.compile(
    r"(?P<sex>男|女)|(?P<age>岁|老年|青年|中年|儿童|未成年)|(?P<school>本科|大专|中专|专科|硕士|博士|学历|研究生|高中|"
    r"毕业生|大学)|(?P<rank>职称|高级|中级|初级|正高|副高|技师|骨干)|(?P<party>党员|团员|群众)|(?P<home>城镇|农村|乡村|"
    r"外来|本地|户籍)|(?P<folk>少数民族|汉族)|(?P<past>退役|军人|贫困|脱贫|残疾|低保|困难)|(?P<new>新增|新建|改建)"
)


_CLOSED = patterns.compile(
    r"[，,](?:[^，,。；;]{0,10}(?:以外|之外|此外)(?:没有|无|再无|别无)|别无其他|没有其他|无其他)"
    r"|[，,](?:各[^，,。；;]{1,4}|样本|相互|彼此|均)?(?:互不|不)(?:重复|交叉|重叠)"
)
"""Words after a list that say that nothing else is part of the whole, or nothing twice."""


_HALVES = (
    "男|女 城市|农村 城镇|乡村 城镇|农村 集中|分散 公办|民办 住校|走读 室内|室外 境内|境外 "
    "线上|线下 国内|国外 省内|省外 市内|市外 县内|县外 区内|区外 本县|外县 本市|外市 本省|外省 "
    "本地|外地 上半年|下半年 有效|无效 合格|不合格 专职|兼职 短期|中长期 直接|间接 在职|退休 "
    "在编|编外 快充|慢充 成功|未成功 已婚|未婚 户籍|非户籍"
)
"""Words that divide a whole in two: what is one is not the other, and there is no third."""


_BOTH = tuple(pair for both in _HALVES.split() for pair in (both.split("|"), both.split("|")[::-1]))


_GRADES = (
    "优|良|中|差 优秀|良好|合格|不合格 优秀|良好|一般|较差 好|较好|一般|差 满意|基本满意|不满意 "
    "满意|比较满意|一般|不满意 优秀|称职|基本称职|不称职 轻度|中度|重度 高|中|低 大|中|小"
)


_SCALES = tuple(frozenset(scale.split("|")) for scale in _GRADES.split())
"""Grades that cover every case between them."""


def _quoted(passage: Passage, index: int) -> str:
    """Return the word in quotation marks right before a figure: “优”93个."""
    found = patterns.search(r"“([^“”]{1,6})”(?:的|有)?$", passage.before[index])
    return found.group(1) if found else ""


def complete(passage: Passage, cue: str, parts: Sequence[int]) -> bool:
    """Whether the words promise that the parts are all there."""
    last = parts[-1]
    after = passage.text[passage.figures[last].end : passage.figures[last].end + 40]
    if REST.search(passage.label(last)) or halves(passage, parts):
        return True
    if _CLOSED.match(after):
        return True
    labels = {passage.label(i).strip(' “”"') or _quoted(passage, i) for i in parts}
    if any(scale <= labels for scale in _SCALES):
        return True
    if cue == "由":
        return patterns.match(r"[^，,。；;0-9]{0,12}(?:构成|组成)", after) is not None
    return cue in WHOLLY and len(parts) > 1 and not after.startswith(("等", "左右", "以"))


def halves(passage: Passage, parts: Sequence[int]) -> bool:
    """Whether the parts are the two that a whole divides into: men and women, town and country."""
    if len(parts) != 2:
        return False
    one, other = (passage.label(i).strip() for i in parts)
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if {one[:1], other[:1]} == {"男", "女"}:
        return True
    return any(one.endswith(a) and other.endswith(b) for a, b in _BOTH)


def exclusive(passage: Passage, parts: Sequence[int], total: Quantity, shares: bool) -> bool:
    """Whether nothing can be counted in two of the parts."""
    if shares or len(parts) < 2:
        return False
    if _CLOSED.match(passage.text[passage.figures[parts[-1]].end :][:40]) or halves(passage, parts):
        return True
    if any(not LISTED.fullmatch(passage.before[i].lstrip("）)")) for i in parts[1:]):
        if not is_measured(total.unit):
            return False
    labels = [passage.label(i) for i in parts]
    if any(patterns.search(r"以上|以下|合计|小计|共", label) for label in labels):
        return False
    if any(patterns.search(r"以上|以下", passage.after(i)[:3]) for i in parts):
        return False
    if is_measured(total.unit):
        return True
    kinds: set[str] = set()
    for label in labels:
        found = {name for m in KIND.finditer(label) for name, v in m.groupdict().items() if v}
        kinds |= found or {"plain"}
    return len(kinds) == 1
