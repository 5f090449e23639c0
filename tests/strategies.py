"""Texts for property tests: the stuff of drafts, thrown together in any order."""

from hypothesis import strategies as st

LINE_ENDS = ("\n", "\r\n", "\r", "\n\n")

PROSE = (
    "全县", "扎实推动", "武装工作", "人民群众", "会议要求", "组织", "完成投资", "占", "达", "共", "由", "的", "市委",
    "存在问题", "主要是", "下一步", "我们将抓好", "述职报告", "工作总结", "现将有关情况报告如下", "特此请示", "妥否，请批示",
    "三个方面", "四条措施", "“四个一”，即", "二、三级医院", "附件", "李", "新时代中国特色社会主义思想",
)  # fmt: skip
MARKS = (
    "，", "。", "；", "：", "、", "！", "？", "“", "”", "（", "）", "《", "》", "【", "】", "〔", "〕",
    "(", ")", "[", "]", "{", "}", "<", ">", ".", ",", "-", "—", "…", "%", "％", "/", "+", "=", "|", "`", "~",
    " ", "\u3000", "\t",
)  # fmt: skip
FIGURES = (
    "0",
    "1",
    "3",
    "12",
    "2023",
    "20",
    "75.5%",
    "三",
    "十二",
    "百分之八",
    "１２",
    "1200万元",
    "2023年5月",
    "人",
    "名",
    "月",
    "日",
    "年",
)
LABELS = (
    "一、", "二、", "四、", "十一、", "（一）", "（二）", "（四）", "1.", "2.", "3、", "（1）", "(2)", "1）", "①", "③", "⑵", "㈣",
    "第一章", "第二条", "第一，", "第三，", "一是", "二是", "四是", "一要", "其一，", "首先", "其次，",
)  # fmt: skip
SLOTS = (
    "X", "XX", "xx", "ＸＸ", "×", "××", "*", "**", "****", "_", "____", "□", "某某", "某", "20XX年X月X日", "XX.X", "（　　）",
    "【】", "〔〕", "{{姓名}}", "${date}", "（此处填写）", "【待补充】", "待定", "TODO", "年 月 日", "N", "○○",
)  # fmt: skip
MARKDOWN = (
    "# ",
    "## ",
    "* ",
    "- ",
    "> ",
    "| ",
    "***\n",
    "---\n",
    "```\n",
    "`",
    "**保障**",
    "[附件](a.docx)",
    "<!-- ",
    " -->",
    "\n|---|\n",
)
UNSEEN = ("\u200b", "\ufeff", "\u200d", "\u00ad", "\ufe0f", "\ue000", "\U000e0061")
ASTRAL = ("👨", "👩", "𠮷", "𡈽", "\U0001f600")
MARKERS = (
    "##paidbegin##",
    "##paidend##",
    "$$paidbegin$$",
    "##pagebreak##",
    "@@paid_start@@",
    "<vip>",
    "%%游客止步%%",
)
ADVERTS = (
    "【*更多&#素材%搜索~哒哒文库】", "剩余386字，开通VIP后继续阅读", "扫一扫，关注公众号领取完整版", "本文由墨渠文库整理发布",
    "余-下-部-分-请-充-值-后-查-看", "上一篇：总结　下一篇：方案", "公众号", "文库", "下载", "- 4 -", "第3页",
)  # fmt: skip

_ORDINARY = (*PROSE, *MARKS, *FIGURES, *LABELS, *SLOTS, *LINE_ENDS, *ASTRAL)
_ANYTHING = (
    *_ORDINARY,
    *MARKDOWN,
    *UNSEEN,
    *MARKERS,
    *ADVERTS,
    "##",
    "$$",
    "\x0b",
    "\x85",
    "\u2028",
)


def _thrown_together(pieces: tuple[str, ...], most: int) -> st.SearchStrategy[str]:
    loose = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)
    return st.lists(st.sampled_from(pieces) | loose, max_size=most).map("".join)


anything = _thrown_together(_ANYTHING, 30)
"""Any text that a file may hold, mostly made of what the checks look for."""

ordinary = st.lists(st.sampled_from(_ORDINARY), max_size=30).map("".join)
"""What people write into a draft: nothing of a web site, of Markdown or invisible in it."""


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text with ranges to cut out of it, in any order, touching and overlapping ones too."""
    text = draw(anything)
    offset = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(offset, offset), max_size=8))
    return text, [(min(pair), max(pair)) for pair in pairs]
