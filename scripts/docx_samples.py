"""Writes the Word files of ``samples/``: run it after a change to the drafts below.

    python scripts/docx_samples.py

They are made by hand, part by part, since they show what libraries for writing Word files do not
make: text split over runs, automatic numbers, text boxes, tracked changes. The same drafts always
give the same bytes, so a test can tell whether the files are up to date.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

SAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "samples")

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)

_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"{default}><w:name w:val="{name}"/>'
    f"<w:pPr>{paragraph}</w:pPr>"
    f'<w:rPr><w:rFonts w:eastAsia="{font}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    for id, name, default, paragraph, font, size in (
        ("Normal", "Normal", ' w:default="1"', '<w:ind w:firstLine="640"/>', "仿宋", 32),
        ("Title", "Title", "", '<w:jc w:val="center"/><w:ind w:firstLine="0"/>', "宋体", 44),
        ("Heading1", "heading 1", "", '<w:outlineLvl w:val="0"/>', "黑体", 32),
        ("Heading2", "heading 2", "", '<w:outlineLvl w:val="1"/>', "楷体", 32),
        ("Cell", "Cell", "", '<w:ind w:firstLine="0"/>', "仿宋", 24),
    )
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1、", "（%2）"))
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851"'
    ' w:footer="992" w:gutter="0"/></w:sectPr>'
)


def run(text: str) -> str:
    """Return a run: what Word writes whenever the format or the editing session changes."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def deleted(text: str) -> str:
    """Return a run whose deletion was tracked and not yet accepted."""
    return (
        '<w:del w:id="1" w:author="reviewer"><w:r>'
        f'<w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def text_box(text: str) -> str:
    """Return a run that holds a text box with one paragraph."""
    return (
        '<w:r><w:pict><v:shape style="width:380pt;height:40pt"><v:textbox><w:txbxContent>'
        f"{paragraph(run(text), style='Cell')}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def paragraph(*runs: str, style: str = "Normal", level: int | None = None) -> str:
    """Return a paragraph; ``level`` (from 0) numbers it automatically."""
    numbers = (
        "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbers}</w:pPr>{"".join(runs)}</w:p>'


def title(text: str) -> str:
    return paragraph(run(text), style="Title")


def heading(text: str) -> str:
    """Return a heading that Word numbers 一、 二、 …"""
    return paragraph(run(text), style="Heading1", level=0)


def subheading(text: str) -> str:
    """Return a heading that Word numbers （一） （二） …"""
    return paragraph(run(text), style="Heading2", level=1)


def text(line: str) -> str:
    """Return a paragraph of text; ``|`` splits it into runs and is not printed."""
    return paragraph(*(run(part) for part in line.split("|")))


def table(*rows: Iterable[str]) -> str:
    cells = (
        "".join(f"<w:tc>{paragraph(run(cell), style='Cell')}</w:tc>" for cell in row)
        for row in rows
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{body}</w:tbl>"


CANTEEN = (
    title("云栈溪镇中心小学食堂食品安全自查报告"),
    text(
        "为守住师生“舌尖上的安全”，学校于2025年9月8日至12日对食堂采购、储存、加工、"
        "留样和消毒各环节开展自查。现将自查情况报告如下。"
    ),
    heading("自查工作开展情况"),
    subheading("压实责任"),
    text(
        "成立由校长任组长的自查小组，食堂经理、校医、家长代表共同参加，对照检查表逐项打钩，"
        "共配备食品安全员|X|X|名，每天开餐前由值周领导和家长代表先行试餐并签字。"
    ),
    subheading("逐项排查"),
    paragraph(
        run("查看进货台账和检验报告，米面油肉蛋奶均能追溯到供货单位；查看冷库温度记录、餐具消毒"),
        run("记录和48小时留样，"),
        deleted("缺XX天，"),
        run("记录基本完整；查看从业人员健康证，12人全部在有效期内。各环节自查结果如下："),
    ),
    table(
        ("环节", "检查内容", "结果", "责任人"),
        ("采购", "索证索票、台账登记", "合格", "食堂经理"),
        ("储存", "离地隔墙、冷库温度", "基本合格", "库管员"),
        ("加工", "生熟分开、烧熟煮透", "合格", "XX"),
    ),
    heading("发现的问题"),
    text(
        "一是库房通风不畅，梅雨天货架底层有返潮现象。二是留样冰箱容量偏小，三餐留样摆放拥挤。"
        "三是个别帮厨人员操作不够规范，加工时未及时更换一次性手套。"
    ),
    heading("整改措施"),
    text(
        "针对自查发现的问题，学校制定整改清单，逐条明确责任人和完成时限：库房加装两台排风扇和"
        "除湿机，9月25日前完成；更换大容量留样冰箱，按餐次分层存放；每周五下午组织食堂人员"
        "培训半小时，现场演示、当场考核，考核不过关的暂停上岗。"
    ),
    text("整改结果将在校门口公示栏张贴，请家长监督。"),
    paragraph(text_box("（此处粘贴自查小组现场照片）")),
    text("云栈溪镇中心小学"),
    text("2025年9月15日"),
)

SPRING = (
    title("桐鹤县水利站负责人2025年度述职报告"),
    text("2025年，我在桐鹤县水利站主持工作，分管农村供水和小型水库管护。现将履职情况报告如下。"),
    heading("履职情况"),
    subheading("让山泉水进得了家"),
    text(
        "竹篙坪、响水沟两个村地势高，过去一到秋冬就要下山挑水。我带着技术员沿着山脊走了四趟，"
        "找到两处常年不断流的泉眼，建起高位水池2座，铺设管道11公里，让246户村民用上了自来水。"
        "通水那天，村里的老人端着搪瓷碗接了第一口水。"
    ),
    subheading("让小水库睡得着觉"),
    paragraph(
        run("全县小型水库逐座落实行政、技术、巡查三个责任人，汛期每天巡查两次，"),
        run("发现渗漏、白蚁等隐患9处，都在主汛期前处理完毕。换装自动雨量站14处，"),
        run("水位数据直接传到值班室。"),
    ),
    subheading("让水价算得明白"),
    text(
        "推行计量到户、张榜收费，水费收支每季度在村务公开栏公布。对特困户、低保户每月减免3吨，"
        "群众交费的积极性明显提高，供水设施有了稳定的维修经费。"
    ),
    heading("存在的问题"),
    text(
        "一是管护队伍年龄偏大，会修泵、会看仪表的人不多。二是部分老管网漏损较重，"
        "抢修往往靠经验找漏点，耗时费力。三是我本人对信息化管水学习不够，数据用得还不充分。"
    ),
    heading("下一步打算"),
    text(
        "一是与职业学校合办水管员培训班，每个供水点培养一名年轻人。二是分三年改造老管网，"
        "先改漏损最重的下渡口片区，配备听漏仪。三是把水位、水质、水压数据接到一张图上，"
        "每月分析一次，用数据安排检修。"
    ),
    text("述职人：桐鹤县水利站负责人"),
    text("2025年12月26日"),
)

DRAFTS = {
    "school-canteen-selfcheck.docx": (CANTEEN, "墨渠文库 www.moqu.example 下载更多范文"),
    "water-station-duty-report-clean.docx": (SPRING, "桐鹤县水利站"),
}
"""File name -> (paragraphs, page header)."""


def package(body: Iterable[str], header: str) -> bytes:
    """Return a Word file; not compressed, since not every compressor gives the same bytes."""

    def relations(*links: tuple[str, str, str]) -> str:
        items = "".join(
            f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for id, kind, target in links
        )
        return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'

    def root(name: str, content: str) -> str:
        return f"{_HEAD}<w:{name}{_NAMESPACES}>{content}</w:{name}>"

    main, others = f"{_TYPE}.document.main+xml", ("styles", "numbering", "header")
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>'
        for name in others
    )
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{overrides}</Types>'
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": root("document", f"<w:body>{''.join(body)}{_SECTION}</w:body>"),
        "word/_rels/document.xml.rels": relations(
            *((f"rId{number}", name, f"{name}.xml") for number, name in enumerate(others, 1))
        ),
        "word/styles.xml": root("styles", _STYLES),
        "word/numbering.xml": root("numbering", _NUMBERING),
        "word/header.xml": root("hdr", paragraph(run(header), style="Cell")),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()


def main() -> None:
    for name, (body, header) in DRAFTS.items():
        with open(os.path.join(SAMPLES, name), "wb") as file:
            file.write(package(body, header))


if __name__ == "__main__":
    main()
