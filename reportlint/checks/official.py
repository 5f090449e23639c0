"""FM001 to FM010: the form of official documents, GB/T 9704-2012 and the regulations of 2012.

Some of it binds documents of the fifteen official kinds only (请示, 报告 …), and is asked only of a
draft whose title names such a kind.
"""

from __future__ import annotations

from reportlint.checks.dating import number, small
from reportlint.checks.model import Context, Hit
from reportlint.findings import Applicability
from reportlint.structure import Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_WRITE = {"zh": "改为“{right}”", "en": "write “{right}”"}
_BRACKETS = ("[［【〖﹝（(", "]］】〗﹞）)")
_NEAR_END = 12
_LINE = 40
_FIRST_YEAR = 2013
"""Before the middle of 2012 dates were written in Chinese numerals."""


def rewrite(code: str, start: int, end: int, right: str, *, safe: bool) -> Hit:
    """Return a hit that replaces its whole span."""
    return Hit(
        code,
        start,
        end,
        fields={"right": right},
        data={"right": right},
        edits=[(start, end, right)],
        title=_WRITE,
        applicability=Applicability.SAFE if safe else Applicability.UNSAFE,
    )


def document_numbers(context: Context) -> Iterator[Hit]:
    """FM001, FM002: 国办发[2023]1号, 国办发〔2023〕第01号."""
    text, rules = context.text, context.ruleset
    if "号" not in text:
        return
    for match in rules.compile("(?&fm-docno)").finditer(text):
        year, opening, closing = match["year"], match["open"], match["close"]
        start, end = match.span("bracket")
        pairs = opening in _BRACKETS[0] and closing in _BRACKETS[1]
        if pairs and len(year) == 4:
            yield rewrite("FM001", start, end, f"〔{year}〕", safe=True)
        if len(year) == 2:
            yield Hit("FM002", start, end, fields={"right": "〔20XX〕"})
        plain = match["number"].lstrip("第0")
        if plain and plain != match["number"]:
            # the number of a document that exists may have been given like this
            yield rewrite("FM002", match.start("number"), match.end("number"), plain, safe=False)


def signed_dates(context: Context) -> Iterator[Hit]:
    """FM003: 2023年01月05日, 2023.1.5, 二〇二三年一月五日 under the text."""
    text = context.text
    pattern = context.ruleset.compile("(?&fm-date)$")
    for paragraph in context.structure.paragraphs[-_NEAR_END:]:
        if paragraph.kind == "cell" or paragraph.end - paragraph.start > _LINE:
            continue
        match = pattern.search(text, paragraph.start, paragraph.end)
        if match is None or not _stands_alone(text, paragraph, match.start("date")):
            continue
        year, month, day = number(match["year"]), small(match["month"]), small(match["day"])
        if year < _FIRST_YEAR or not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        right = f"{year}年{month}月{day}日"
        start, end = match.span("date")
        if "".join(text[start:end].split()) != right:
            yield rewrite("FM003", start, end, right, safe=True)


def _stands_alone(text: str, paragraph: Paragraph, start: int) -> bool:
    before = text[paragraph.start : start]
    return not before.strip(" \u3000") or before[-1] in " \u3000\t：:"


def attachments(context: Context) -> Iterator[Hit]:
    """FM004: 附件：1、名单。"""
    text, structure, rules = context.text, context.structure, context.ruleset
    first, item = rules.compile("(?&fm-attachment)"), rules.compile("(?&fm-attachment-item)")
    inside = False
    for paragraph in structure.paragraphs:
        opening = first.match(text, paragraph.start, paragraph.end)
        if opening is None and not inside:
            continue
        start = opening.end() if opening else paragraph.start
        if opening is not None:
            inside = True
            if text[opening.end("word")] == ":":
                at = opening.end("word")
                yield rewrite("FM004", at, at + 1, "：", safe=True)
            empty = rules.compile("(?&fm-attachment-empty)").match(text, start, paragraph.end)
            if empty is not None:
                yield Hit("FM004", *empty.span())
        label = item.match(text, start, paragraph.end)
        if label is None and opening is None:
            inside = False
            continue
        if label is not None and label["mark"] != ".":
            yield rewrite("FM004", label.start("mark"), label.end("mark"), ".", safe=True)
        if text[paragraph.end - 1] in "。；;，," and paragraph.end - start <= _LINE:
            yield rewrite("FM004", paragraph.end - 1, paragraph.end, "", safe=True)


def kinds(context: Context) -> Iterator[Hit]:
    """FM005 to FM009: what the title calls the document, and what it then does."""
    text, structure, rules = context.text, context.structure, context.ruleset
    paragraphs = structure.paragraphs
    lines = paragraphs[: structure.title_lines]
    if not lines:
        return
    doubled = rules.compile("(?&fm-doubled-kind)$")
    superfluous = [rules.compile(f"(?&{p})") for p in ("fm-title-verb", "fm-title-to")]
    for line in lines:
        for pattern in superfluous:
            match = pattern.search(text, line.start, line.end)
            if match is not None and text[match.end("word")] != "口":  # 对口支援
                start, end = match.span("word")
                yield rewrite("FM009", start, end, "", safe=False)
        match = doubled.search(text, line.start, line.end)
        if match is not None:
            yield Hit("FM005", *match.span())
            return
    name = rules.compile("关于[^\n]{2,80}的?(?P<kind>请示|报告)$")
    titles = [name.search(text, line.start, line.end) for line in lines]
    kind = next((match["kind"] for match in titles if match is not None), None)
    if kind == "请示" and len(paragraphs) > len(lines):
        line = paragraphs[len(lines)]
        addressed = rules.compile("(?&fm-recipients)$").match(text, line.start, line.end)
        if addressed is not None:
            yield Hit("FM006", line.start, line.end)
    closing = {"请示": ("FM008", "(?&fm-reports)"), "报告": ("FM007", "(?&fm-asks)|(?&fm-begs)")}
    if kind is not None:
        code, pattern = closing[kind]
        for line in paragraphs[max(len(lines), len(paragraphs) - _NEAR_END) :]:
            said = rules.compile(pattern).search(text, line.start, line.end)
            if said is not None:
                yield Hit(code, *said.span())
                return


def title_stop(context: Context) -> Iterator[Hit]:
    """FM010: a title with a full stop, which the title area does not count as one."""
    for line in context.structure.paragraphs[:2]:
        pattern = context.ruleset.compile("(?&fm-title-stop)")
        match = pattern.match(context.text, line.start, line.end)
        if match is not None:
            yield rewrite("FM010", match.start("mark"), match.end("mark"), "", safe=True)
            return
