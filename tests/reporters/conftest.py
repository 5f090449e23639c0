"""A small set of results, made by hand, that every format is tried on."""

import re
from collections.abc import Callable, Iterable

import pytest

from reportlint.document import Block, Document
from reportlint.findings import Applicability, Edit, Finding, Fix, Label, Severity, Suppression
from reportlint.reporters import ReportOptions, make
from reportlint.ruleset import Rule
from reportlint.runner import FileResult
from tests.helpers import printed

TEXT = (
    "青禾街道武装部长述职报告\n"
    "现将一年来的履职情况汇报如下：\n"
    "一、履职情况\n"
    "\u3000\u3000（一）抓教育。全年组织理论学习XX次，开展国防教育宣讲12场，受教育群众3200余人次，"
    "扎实推##paidbegin##动武装工作高质量发展，营造了关心国防、支持国防的浓厚氛围；"
    "干部职工参训率达到**%，比上年提高3个百分点。\n"
    "\u3000\u3000（二）抓征兵。全年应征报名120人，进站体检110人，其中大学生90人。"
    "经过动员摸底、政策宣讲、上门走访、体检政审等环节，把好身体关、政治关、年龄关、学历关，"
    "大学生占报名人数的70%。\n"
    "二、存在问题\n"
    "\u3000\u3000一是经费保障不足，全年实际到位____万元\u200b；二是训练场地偏少；四是骨干力量薄弱。\n"
    "三、下一步打算\n"
    "\u3000\u3000拟争取经费XX万元，新建训练场XX处，培训骨干XX人，走访困难民兵XX户，由XXX同志牵头落实。\n"
)

SLOT = re.compile(r"X+|\*\*")

LISTS = (
    "经开区工作要点\n"
    "一、强化学习。一是抓集中学习；三是抓个人自学。\n"
    "二、强化服务。一是抓窗口服务；三是抓上门服务。\n"
    "三、强化监督。一是抓日常监督，对重点岗位、重点环节、重点时段开展明察暗访和专项检查，"
    "发现问题立行立改，并建立长效机制防止反弹；三是抓专项监督。\n"
    "四、强化宣传。一是抓阵地建设；四是抓队伍建设。\n"
    "五、强化保障。一是抓经费；三是抓场地。\n"
)

FIELDS = {
    "PH001": (
        "unfilled-slot",
        Severity.ERROR,
        "占位符“{text}”尚未填写",
        "slot “{text}” not filled in",
    ),
    "PH004": ("blank-line", Severity.ERROR, "横线“{text}”尚未填写", "blank “{text}” not filled in"),
    "PW001": (
        "paid-content-tag",
        Severity.ERROR,
        "付费标签“{text}”未删除",
        "leftover paid-content tag “{text}”",
    ),
    "SQ002": (
        "run-in-gap",
        Severity.ERROR,
        "“{text}”与上一项不连续",
        "“{text}” does not follow on the item before",
    ),
    "NM001": (
        "share-mismatch",
        Severity.ERROR,
        "90 ÷ 120 = 75%，文中写 {text}",
        "90 ÷ 120 = 75%, the text says {text}",
    ),
    "SC001": ("missing-section", Severity.ERROR, "缺少“存在问题”部分", "no section on problems"),
    "SC002": (
        "perfunctory-section",
        Severity.WARNING,
        "“存在问题”只是一笔带过",
        "the problems get only a passing clause",
    ),
    "PH009": ("unit-placeholder", Severity.INFO, "“{text}”是否待定", "is “{text}” still open?"),
    "RL001": (
        "undecodable",
        Severity.ERROR,
        "无法按文本解码：字节 128（第 3 行）",
        "cannot be decoded as text: byte 128 (line 3)",
    ),
}

HELP = {
    "PH001": {
        "zh": "填写数据，或删去该句",
        "en": "fill in the figure or take the sentence out",
    },
    "PW001": {"zh": "删除标签", "en": "delete the tag"},
    "NM001": {
        "zh": "核对原始数据：分子、分母和比例中至少有一个有误，改动前先看统计口径是否一致",
        "en": "go back to the source: the part, the whole or the share is wrong",
    },
}


class Headings:
    """Stands in for the structure of a draft: its headings and where they are."""

    def __init__(self, text: str, *titles: tuple[int, str]) -> None:
        self.starts = [(text.index(title), depth, title) for depth, title in titles]

    def heading_path(self, offset: int) -> tuple[str, ...]:
        path: list[tuple[int, str]] = []
        for start, depth, title in self.starts:
            if start <= offset:
                path = [(d, t) for d, t in path if d < depth] + [(depth, title)]
        return tuple(title for _, title in path)


@pytest.fixture(scope="session")
def rules() -> dict[str, Rule]:
    return {
        code: Rule(
            code=code,
            name=name,
            category="",
            severity=severity,
            layer="clean",
            patterns=(),
            requires=(),
            unless=(),
            extent="match",
            fix=None,
            enabled=True,
            message={"zh": zh, "en": en},
            why={"zh": "", "en": ""},
            help=HELP.get(code, {}),
            source="",
            bad=(),
            good=(),
            pack="",
            line=1,
            trusted=True,
        )
        for code, (name, severity, zh, en) in FIELDS.items()
    }


CATEGORIES = {
    "PH": "placeholder",
    "PW": "paywall",
    "SQ": "numbering",
    "NM": "percentage",
    "SC": "section",
    "RL": "reportlint",
}


def found(code: str, text: str, start: int, end: int, lang: str = "zh", **more: object) -> Finding:
    """Make the finding that the engine would make."""
    name, severity, zh, en = FIELDS[code]
    message = zh if lang == "zh" else en
    return Finding(
        code,
        name,
        CATEGORIES[code[:2]],
        severity,
        message.replace("{text}", text[start:end]),
        start,
        end,
        **more,
    )


def result_of(document: Document, findings: Iterable[Finding] = (), **more: object) -> FileResult:
    """Make a result; ``more`` replaces fields."""
    return FileResult(
        path=document.path,
        document=document,
        format=document.format,
        encoding=document.encoding,
        kind="述职报告",
        kind_from="title",
        findings=tuple(sorted(findings, key=lambda f: (f.start, f.end, f.code))),
        structure=None,
        failed=False,
    )._replace(**more)


def text_result(lang: str = "zh") -> FileResult:
    text = TEXT
    zh = lang == "zh"

    def span(what: str) -> tuple[int, int]:
        start = text.index(what)
        return start, start + len(what)

    tag = span("##paidbegin##")
    share = span("70%")
    gap = span("四是")
    findings = [
        *(found("PH001", text, *match.span(), lang) for match in SLOT.finditer(text)),
        found("PH004", text, *span("____"), lang),
        found(
            "PW001",
            text,
            *tag,
            lang,
            fix=Fix("删除“##paidbegin##”" if zh else "delete “##paidbegin##”", (Edit(*tag, ""),)),
        ),
        found(
            "NM001",
            text,
            *share,
            lang,
            labels=(
                Label("总数" if zh else "the whole", *span("120人")),
                Label("部分" if zh else "the part", *span("90人")),
            ),
            data={"part": "90", "whole": "120", "claimed": "70%", "expected": "75%"},
        ),
        found(
            "SQ002",
            text,
            *gap,
            lang,
            labels=(Label("上一项" if zh else "the item before", *span("二是")),),
            fix=Fix(
                "改为“三是”" if zh else "change to “三是”",
                (Edit(gap[0], gap[0] + 1, "三"),),
                Applicability.UNSAFE,
            ),
        ),
    ]
    headings = Headings(
        text,
        (0, "一、履职情况"),
        (1, "（一）抓教育"),
        (1, "（二）抓征兵"),
        (0, "二、存在问题"),
        (0, "三、下一步打算"),
    )
    document = Document(text, path="街道述职.txt")
    return result_of(document, findings, structure=headings)


def docx_result(lang: str = "zh") -> FileResult:
    lines = [
        "征兵工作总结",
        "一、主要工作",
        "全年走访XX户。",
        "单位",
        "某某村",
        "8人",
        "虽有不足，但总体良好。",
    ]
    addresses = [
        {"paragraph": 1},
        {"paragraph": 2},
        {"paragraph": 3},
        {"table": 1, "row": 1, "cell": 1, "paragraph": 1},
        {"table": 1, "row": 2, "cell": 1, "paragraph": 1},
        {"table": 1, "row": 2, "cell": 2, "paragraph": 1},
        {"paragraph": 4},
    ]
    text = "\n".join(lines)
    blocks, start = [], 0
    for line, address in zip(lines, addresses, strict=True):
        kind = "cell" if "table" in address else "text"
        blocks.append(Block(start, start + len(line), kind, 0, address))
        start += len(line) + 1
    document = Document(text, path="总结/征兵.docx", format="docx", encoding=None, blocks=blocks)
    slot, unit, weak = text.index("XX"), text.index("某某"), text.index("虽有")
    findings = [
        found("PH001", text, slot, slot + 2, lang),
        found("PH009", text, unit, unit + 3, lang),
        found(
            "SC002",
            text,
            weak,
            weak + 5,
            lang,
            data={"section": "problems", "presence": "perfunctory"},
        ),
        found(
            "SC001",
            text,
            len(lines[0]),
            len(lines[0]),
            lang,
            data={"section": "plan", "presence": "missing"},
        ),
    ]
    return result_of(
        document, findings, kind="工作总结", structure=Headings(text, (0, "一、主要工作"))
    )


def lists_result(lang: str = "zh") -> FileResult:
    """Five findings of one rule that do not all say the same, with labels and fixes."""
    text, zh, findings = LISTS, lang == "zh", []
    for match in re.finditer("[三四]是", text):
        start, end = match.span()
        first = text.rindex("一是", 0, start)
        label = Label("上一项" if zh else "the item before", first, first + 2)
        fix = Fix(
            "改为“二是”" if zh else "change to “二是”",
            (Edit(start, start + 1, "二"),),
            Applicability.UNSAFE,
        )
        finding = found("SQ002", text, start, end, lang, labels=(label,), fix=fix)
        if match.group() == "四是":
            finding = finding._replace(message="缺少两项" if zh else "two items missing")
        findings.append(finding)
    headings = Headings(text, *((0, text[i : i + 6]) for i in starts_of_lines(text)[1:]))
    document = Document(text, path="要点.txt")
    return result_of(document, findings, kind="情况报告", structure=headings)


def starts_of_lines(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\n(?=.)", text))]


def clean_result(lang: str = "zh") -> FileResult:
    return result_of(
        Document("关于解决训练场地的请示\n妥否，请批示。\n", path="请示.md", format="markdown"),
        kind="请示",
    )


def failed_result(lang: str = "zh") -> FileResult:
    document = Document("", path="坏文件.txt", encoding=None)
    finding = found("RL001", "", 0, 0, lang, data={"detail": "字节 128"})
    return result_of(document, [finding], kind=None, kind_from=None, failed=True)


def unknown_result(lang: str = "zh") -> FileResult:
    document = Document(
        "备忘\r\n\t请\x1b[31m某某\x07同志\ue000办理。\r\n", path="随手记\n.txt", encoding="gb18030"
    )
    start = document.text.index("某某")
    finding = found("PH001", document.text, start, start + 2, lang)
    hidden = finding._replace(
        code="PH004", name="blank-line", suppressed=Suppression("inline", "第 2 行的说明")
    )
    return result_of(document, [finding, hidden], kind=None, kind_from=None)


RESULTS: dict[str, Callable[[str], FileResult]] = {
    "text": text_result,
    "docx": docx_result,
    "lists": lists_result,
    "clean": clean_result,
    "failed": failed_result,
    "unknown": unknown_result,
}


@pytest.fixture
def one() -> Callable[..., FileResult]:
    """Make the result of that name; ``redacted`` as the engine words it then."""

    def make_one(name: str, lang: str = "zh", redacted: bool = False) -> FileResult:
        result = RESULTS[name](lang)
        return hide(result) if redacted else result

    return make_one


@pytest.fixture
def every(one: Callable[..., FileResult]) -> Callable[..., list[FileResult]]:
    """Make all of the results, in their order."""
    return lambda lang="zh", redacted=False: [one(name, lang, redacted) for name in RESULTS]


def hide(result: FileResult) -> FileResult:
    """Take the words of the draft out of messages, as the engine does for ``--redact``."""
    text = result.document.text

    def hidden(finding: Finding) -> Finding:
        matched = text[finding.start : finding.end]
        if not matched:
            return finding
        fix = finding.fix
        if fix:
            title = fix.title.replace(matched, "…")
            fix = fix._replace(title=title)
        return finding._replace(message=finding.message.replace(matched, "…"), fix=fix)

    return result._replace(findings=tuple(hidden(finding) for finding in result.findings))


@pytest.fixture
def report(rules: dict[str, Rule]) -> Callable[..., str]:
    """Report results in a format, the way the command line does."""

    def run(name: str, results: Iterable[FileResult], fixed: int = 0, **more: object) -> str:
        reporter = make(name, ReportOptions(rules=rules)._replace(**more))
        return printed(reporter, results, fixed)

    return run
