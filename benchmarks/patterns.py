"""61 patterns that every program can be given, so that all can do the same work.

They are in what re, regex, JavaScript, Rust and PCRE have in common: no look-around, no
back-reference, every repeat bounded. Each has an example that it matches from end to end.
"""

from __future__ import annotations

import json
from typing import NamedTuple

_ORDINAL = "[一二三四五六七八九十]"
_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,4})?"
_PLACE = "[省市县区镇乡村]"


class Pattern(NamedTuple):
    """A pattern with a name for people and an example."""

    name: str
    source: str
    example: str


PATTERNS = tuple(
    Pattern(*row)
    for row in (
        ("upper-letters", "X{1,8}", "XX"),
        ("lower-letters", "x{2,8}", "xx"),
        ("wide-letters", "Ｘ{1,8}", "ＸＸ"),
        ("crosses", "[×✕✖]{1,8}", "××"),
        ("circles", "[○◯〇]{2,8}", "○○"),
        ("asterisks", r"\*{2,8}", "**"),
        ("underscores", "_{2,40}", "____"),
        ("wide-underscores", "＿{2,40}", "＿＿"),
        ("dots", r"\.{6,40}", "......"),
        ("ellipses", "…{3,20}", "………"),
        ("boxes", "[□■▢]{2,40}", "□□"),
        ("question-marks", "[?？]{3,40}", "？？？"),
        ("empty-brackets", "（[ \u3000]{0,10}）", "（  ）"),
        ("somebody", "某某", "某某"),
        ("some-office", "某(?:市|县|区|镇|乡|村|局|校|院|公司|单位)", "某县"),
        ("slot-date", "[X×]{1,4}年[X×]{1,2}月", "XX年X月"),
        ("slot-month", "[0-9]{4}年[X×]{1,2}月", "2024年X月"),
        ("slot-place", f"[X×]{{1,4}}{_PLACE}", "XX县"),
        ("slot-office", "[X×]{1,4}(?:公司|集团|单位|学校|医院)", "XX公司"),
        ("slot-ordinal", "第[X×]{1,4}[名次届批期]", "第X次"),
        ("slot-count", "[X×]{1,8}余?(?:人|名|户|次|个|场|件|万元)", "XX余人"),
        ("slot-share", "[X×]{1,8}[%％]", "XX%"),
        ("starred-place", rf"\*{{1,4}}{_PLACE}", "**县"),
        ("starred-count", r"\*{1,8}余?(?:人|名|户|次|个|元|万元)", "**人"),
        ("starred-share", r"\*{1,8}[%％]", "**%"),
        ("hollow-share", "(?:达|占|完成率)[%％]", "达%"),
        ("note-round", "（此处(?:填写|填入|插入|补充)[^）\\n]{0,40}）", "（此处填写单位）"),
        ("note-pending", "（(?:待补充|待定|待填|暂缺)）", "（待补充）"),
        ("note-lenticular", "【(?:请填|填写|此处|待)[^】\\n]{0,40}】", "【填写职务】"),
        ("note-square", r"\[(?:请填|填写|此处|待)[^\]\n]{0,40}\]", "[填写职务]"),
        ("pending", "待(?:补充|完善|核实|确认)", "待核实"),
        ("marks", "TODO|TBD|FIXME", "TODO"),
        ("braces", r"\{\{[^{}\n]{0,40}\}\}", "{{单位}}"),
        ("dollar", r"\$\{[^{}\n]{0,40}\}", "${单位}"),
        ("angle", "<[^<>\\n]{0,20}(?:姓名|单位|日期|名称)[^<>\\n]{0,20}>", "<单位名称>"),
        ("paid-tag", "##paid(?:begin|end)##", "##paidbegin##"),
        ("hash-tag", "#{2,4}[a-z]{2,20}#{2,4}", "##note##"),
        ("library", "【[*＊][^】\\n]{0,60}文库】", "【*更多材料文库】"),
        ("more", "更多[^\\n]{0,8}素材", "更多写作素材"),
        ("follow", "关注(?:微信|本站)?公众号", "关注公众号"),
        ("scan", "扫(?:一扫|码|描)[^\\n]{0,6}二维码", "扫描下方二维码"),
        ("origin", "来[源自][:：][^\\n]{0,30}网", "来源：甲乙网"),
        ("address", "https?://[!-~]{4,120}", "https://a.example"),
        ("host", r"www\.[a-z0-9.-]{3,60}", "www.a.example"),
        ("download", "(?:下载|复制)(?:本文|全文|文档)", "下载全文"),
        ("permission", "未经(?:授权|许可)", "未经许可"),
        ("pay", "付费(?:阅读|下载|内容)", "付费阅读"),
        ("member", "开通会员", "开通会员"),
        ("remaining", "剩余[0-9]{1,6}字", "剩余420字"),
        ("heading-1", f"^{_ORDINAL}{{1,3}}、[^\\n]{{1,60}}", "一、基本情况"),
        ("heading-2", f"^（{_ORDINAL}{{1,3}}）[^\\n]{{1,60}}", "（一）基本情况"),
        ("heading-3", "^[0-9]{1,2}[.．、][^\\n]{1,60}", "1.基本情况"),
        ("heading-part", f"^第{_ORDINAL}{{1,3}}[章节部条][^\\n]{{0,60}}", "第一章总则"),
        ("heading-end", "^(?:下一步|今后|存在的?(?:主要)?(?:问题|不足))[^\\n]{0,40}", "下一步打算"),
        ("run-in", f"{_ORDINAL}是", "一是"),
        ("share", f"{_NUMBER}[%％]", "75%"),
        ("quantity", f"{_NUMBER}余?(?:人|名|户|个|件|次|项|万元|亿元|元)", "120余人"),
        ("share-of", f"占(?:比|总数的)?{_NUMBER}[%％]", "占75%"),
        ("growth", f"同比(?:增长|下降|减少|增加){_NUMBER}[%％]", "同比增长5%"),
        ("points", f"{_NUMBER}个?百分点", "2.5个百分点"),
        ("among", f"其中[^。；\\n]{{0,30}}占[^。；\\n]{{0,6}}{_NUMBER}[%％]", "其中女生占50%"),
    )
)


def lines() -> str:
    """Return the patterns one a line, for ripgrep."""
    return "".join(f"{pattern.source}\n" for pattern in PATTERNS)


def textlint() -> str:
    """Return a rule for textlint: every match of every pattern is a message."""
    listed = json.dumps([[p.name, p.source] for p in PATTERNS], ensure_ascii=False)
    return (
        f"const patterns = {listed}.map(([name, source]) => [name, new RegExp(source, 'gmu')]);\n"
        """module.exports = (context) => {
  const { Syntax, RuleError, report, getSource, locator } = context;
  return {
    [Syntax.Document](node) {
      const text = getSource(node);
      for (const [name, pattern] of patterns)
        for (const match of text.matchAll(pattern)) {
          const range = [match.index, match.index + match[0].length];
          report(node, new RuleError(name, { padding: locator.range(range) }));
        }
    },
  };
};
"""
    )


def semgrep() -> str:
    """Return a configuration of Semgrep; JSON is YAML."""
    rules = [
        {
            "id": pattern.name,
            "languages": ["regex"],
            "severity": "WARNING",
            "message": pattern.name,
            "pattern-regex": f"(?m){pattern.source}",
        }
        for pattern in PATTERNS
    ]
    return json.dumps({"rules": rules}, ensure_ascii=False)


def codes() -> tuple[str, ...]:
    """Return a code for each pattern. All families differ: within one the longest match wins."""
    return tuple(f"{chr(ord('D') + n // 26)}{chr(ord('A') + n % 26)}Z001" for n in range(61))


def pack() -> str:
    """Return a rule pack of reportlint."""
    tables = []
    for code, pattern in zip(codes(), PATTERNS, strict=True):
        said = json.dumps({"zh": pattern.name, "en": pattern.name})[1:-1].replace('": ', '" = ')
        tables.append(
            f'[[rule]]\ncode = "{code}"\nname = "bench-{pattern.name}"\nseverity = "warning"\n'
            f"layer = \"raw\"\npatterns = ['{pattern.source}']\n"
            f'message = {{ {said} }}\nwhy = {{ {said} }}\nsource = "a benchmark"\n'
            f"bad = ['⟦{pattern.example}⟧']\ngood = ['不含任何毛病的一句话']\n"
        )
    return "\n".join(tables)
