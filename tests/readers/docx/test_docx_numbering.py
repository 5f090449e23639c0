"""Automatic numbers: formats, levels, restarts, links; and how they stand in the text."""

import docx
import pytest
from wordfile import level, lists, num, numbered, p, saved, t, word

from reportlint.readers.docx import read
from reportlint.readers.numerals import FORMATS, numeral

SEVERAL = [1, 2, 10, 11, 20, 21, 101]


def lines(content, numbering, **others):
    return read(word(content, numbering=numbering, **others), "").text.split("\n")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 2 10 11 20 21 101"),
        ("decimalZero", "01 02 10 11 20 21 101"),
        ("001", "001 002 010 011 020 021 101"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ２１ １０１"),
        ("upperLetter", "A B J K T U WWWW"),
        ("lowerLetter", "a b j k t u wwww"),
        ("upperRoman", "I II X XI XX XXI CI"),
        ("lowerRoman", "i ii x xi xx xxi ci"),
        ("chineseCounting", "一 二 十 十一 二十 二十一 一百零一"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 一百零一"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 一百零一"),
        ("taiwaneseCountingThousand", "一 二 十 十一 二十 二十一 一百零一"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零壹"),
        ("ideographLegalTraditional", "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 壹佰零壹"),
        ("ideographDigital", "一 二 一〇 一一 二〇 二一 一〇一"),
        ("ideographTraditional", "甲 乙 癸 11 20 21 101"),
        ("ideographZodiac", "子 丑 酉 戌 20 21 101"),
        ("ideographEnclosedCircle", "㊀ ㊁ ㊉ 11 20 21 101"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ 21 101"),
        ("decimalEnclosedCircleChinese", "① ② ⑩ ⑪ ⑳ 21 101"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ ⒇ 21 101"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒑ ⒒ ⒛ 21 101"),
        ("ordinal", "1st 2nd 10th 11th 20th 21st 101st"),
        ("numberInDash", "- 1 - - 2 - - 10 - - 11 - - 20 - - 21 - - 101 -"),
        ("hex", "1 2 A B 14 15 65"),
        ("hindiVowels", "1 2 10 11 20 21 101"),
    ],
)
def test_formats(form, expected):
    assert " ".join(numeral(value, form) for value in SEVERAL) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "零"), (100, "一百"), (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"),
     (10000, "一万"), (10010, "一万零一十"), (12000, "一万二千"), (32767, "三万二千七百六十七")],
)  # fmt: skip
def test_counting_in_chinese(value, expected):
    assert numeral(value, "chineseCounting") == expected


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_format_fails_on_any_value(form):
    assert all(len(numeral(value, form)) < 64 for value in (0, 1, 26, 780, 781, 9999, 32767))


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("chineseCounting", "%1、", ["一、甲", "二、乙"]),
        ("chineseCountingThousand", "（%1）", ["（一）甲", "（二）乙"]),
        ("decimal", "%1.", ["1.甲", "2.乙"]),
        ("decimal", "（%1）", ["（1）甲", "（2）乙"]),
        ("decimalEnclosedCircle", "%1", ["①甲", "②乙"]),
        ("decimal", "第%1条", ["第1条 甲", "第2条 乙"]),
        ("chineseCounting", "第%1章", ["第一章 甲", "第二章 乙"]),
        ("decimal", "%1", ["1 甲", "2 乙"]),
        ("none", "附件：", ["附件：甲", "附件：乙"]),
        ("none", "%1", ["甲", "乙"]),
        ("bullet", "●", ["甲", "乙"]),
    ],
)
def test_labels_of_one_level(form, text, expected):
    content = numbered("甲") + numbered("乙")
    document = read(word(content, numbering=lists(level(0, form, text))), "")
    assert document.text.split("\n") == expected
    for block, line, bare in zip(document.blocks, expected, "甲乙", strict=True):
        assert block.auto == len(line) - len(bare)


def test_figures_after_a_stop_are_kept_apart():
    content = numbered("5亿元") + numbered("甲")
    assert lines(content, lists(level(0, "decimal", "%1."))) == ["1. 5亿元", "2.甲"]


@pytest.mark.parametrize(
    ("suffix", "expected"), [("nothing", "1甲"), ("space", "1 甲"), ("tab", "1 甲")]
)
def test_suffixes(suffix, expected):
    numbering = lists(level(0, "decimal", "%1", extra=f'<w:suff w:val="{suffix}"/>'))
    assert lines(numbered("甲"), numbering) == [expected]


def test_an_empty_numbered_paragraph_shows_its_number():
    document = read(word(numbered(""), numbering=lists(level(0, "decimal", "%1."))), "")
    assert document.text == "1."
    assert document.blocks[0].auto == 2


def test_only_the_first_line_has_the_number():
    content = (
        "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
        + t("甲")
        + "<w:r><w:br/></w:r>"
        + t("乙")
        + "</w:p>"
    )
    document = read(word(content, numbering=lists(level(0, "decimal", "%1."))), "")
    assert document.text == "1.甲\n乙"
    assert [block.auto for block in document.blocks] == [2, 0]


MULTI = (
    level(0, "chineseCounting", "%1、")
    + level(1, "decimal", "%1.%2", extra="<w:isLgl/>")
    + level(2, "lowerLetter", "%2.%3)")
)


def test_levels_restart_after_higher_ones():
    content = "".join(numbered("x", level=index) for index in (0, 1, 2, 2, 1, 2, 0, 1, 2))
    assert [line[:-1] for line in lines(content, lists(MULTI))] == [
        "一、", "1.1 ", "1.a)", "1.b)", "1.2 ", "2.a)", "二、", "2.1 ", "1.a)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", ["1", "1", "1", "1", "1"]), ('<w:lvlRestart w:val="0"/>', ["1", "1", "1", "2", "3"]),
     ('<w:lvlRestart w:val="1"/>', ["1", "1", "1", "2", "1"])],
)  # fmt: skip
def test_what_restarts_a_level(restart, expected):
    numbering = lists(
        level(0, "decimal", "%1")
        + level(1, "decimal", "%2")
        + level(2, "decimal", "%3", extra=restart)
    )
    content = numbered("", level=0) + "".join(
        numbered("", level=index) for index in (1, 2, 1, 2, 0, 2)
    )
    found = lines(content, numbering)
    assert [found[0], found[1], found[2], found[4], found[6]] == expected


def test_lower_levels_first_bring_the_higher_to_their_start():
    content = numbered("x", level=1) + numbered("x", level=1) + numbered("x", level=0)
    assert [line[:-1] for line in lines(content, lists(MULTI))] == ["1.1 ", "1.2 ", "二、"]


def test_a_bullet_level_has_no_number_in_deeper_labels():
    numbering = lists(level(0, "bullet", "●") + level(1, "decimal", "%1%2."))
    assert lines(numbered("甲") + numbered("乙", level=1), numbering) == ["甲", "1.乙"]


def test_lists_of_one_definition_count_on_and_overrides_start_anew():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    nums = num(1, 0) + num(2, 0) + num(3, 0, override)
    content = "".join(numbered("x", each) for each in (1, 2, 3, 3, 1))
    found = lines(content, lists(level(0, "decimal", "%1."), nums=nums))
    assert [line[:-1] for line in found] == ["1.", "2.", "5.", "6.", "7."]


def test_a_list_that_starts_anew_restarts_its_levels_below():
    override = '<w:lvlOverride w:ilvl="{}"><w:startOverride w:val="{}"/></w:lvlOverride>'
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")
    nums = num(1, 0) + num(2, 0, override.format(0, 1)) + num(3, 0, override.format(1, 4))
    order = [(1, 0), (1, 1), (1, 1), (2, 0), (2, 1), (2, 0), (3, 1), (3, 1), (1, 0)]
    content = "".join(numbered("x", each, depth) for each, depth in order)
    found = lines(content, lists(levels, nums=nums))
    assert [line[:-1] for line in found] == [
        "1.", "1.1.", "1.2.", "1.", "1.1.", "2.", "2.4.", "2.5.", "3.",
    ]  # fmt: skip


def test_a_level_that_a_list_replaces_restarts_as_it_says_itself():
    never = level(1, "decimal", "%2)", extra='<w:lvlRestart w:val="0"/>')
    nums = num(1, 0) + num(2, 0, f'<w:lvlOverride w:ilvl="1">{never}</w:lvlOverride>')
    numbering = lists(level(0, "decimal", "%1.") + level(1, "decimal", "%2)"), nums=nums)
    for number, expected in ((1, ["1.", "1)", "2.", "1)"]), (2, ["1.", "1)", "2.", "2)"])):
        content = "".join(numbered("x", number, depth) for depth in (0, 1, 0, 1))
        assert [line[:-1] for line in lines(content, numbering)] == expected


def test_a_number_that_is_not_shown():
    hidden = level(0, "decimal", "%1.", extra="<w:rPr><w:vanish/></w:rPr>")
    numbering = lists(hidden + level(1, "decimal", "%1.%2"))
    content = numbered("甲") + numbered("乙", level=1) + numbered("丙")
    assert lines(content, numbering) == ["甲", "1.1 乙", "丙"]


def test_a_list_may_replace_a_level():
    override = f'<w:lvlOverride w:ilvl="0">{level(3, "upperRoman", "%1.", 4)}</w:lvlOverride>'
    found = lines(numbered("x"), lists(level(0, "decimal", "%1."), nums=num(1, 0, override)))
    assert found == ["IV.x"]


def test_start_values_and_custom_formats():
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>'
    )
    assert lines(numbered("甲"), lists(custom)) == ["007、甲"]


STYLE = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>{1}<w:pPr>{2}</w:pPr></w:style>'


def by_style(style_id):
    return p("x", props=f'<w:pStyle w:val="{style_id}"/>')


def test_numbers_from_styles_at_the_level_linked_to_the_style():
    one = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        STYLE.format("H1", "", one)
        + STYLE.format("H2", "", one)
        + STYLE.format("Sub", '<w:basedOn w:val="H2"/>', "")
        + STYLE.format("Off", '<w:basedOn w:val="H1"/>', '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    numbering = lists(
        level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="H1"/>')
        + level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="H2"/>')
    )
    content = "".join(by_style(each) for each in ("H1", "H2", "Sub", "Off", "H1", "H2"))
    assert lines(content, numbering, styles=styles) == [
        "一、x", "（一）x", "（二）x", "x", "二、x", "（一）x",
    ]  # fmt: skip


def test_a_paragraph_may_change_or_drop_the_number_of_its_style():
    styles = STYLE.format("H", "", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    numbering = lists(MULTI)
    pick = '<w:pStyle w:val="H"/><w:numPr>{}</w:numPr>'
    content = (
        by_style("H")
        + p("x", props=pick.format('<w:numId w:val="0"/>'))
        + p("x", props=pick.format('<w:ilvl w:val="0"/>'))
    )
    assert lines(content, numbering, styles=styles) == ["1.1 x", "x", "二、x"]


def test_lists_linked_through_a_numbering_style():
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = lists(
        '<w:numStyleLink w:val="L"/>', '<w:styleLink w:val="L"/>' + level(0, "decimal", "%1)")
    )
    content = numbered("x", 1) + numbered("x", 2)
    assert lines(content, numbering, styles=styles) == ["1)x", "2)x"]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering += num(3, 0, anew)
    content += numbered("x", 3) + numbered("x", 1)
    assert lines(content, numbering, styles=styles) == ["1)x", "2)x", "1)x", "2)x"]


def test_links_in_a_circle_give_no_number():
    styles = "".join(
        f'<w:style w:type="numbering" w:styleId="L{a}"><w:pPr><w:numPr><w:numId w:val="{b}"/></w:numPr></w:pPr></w:style>'
        for a, b in ((1, 2), (2, 1))
    )
    numbering = lists('<w:numStyleLink w:val="L1"/>', '<w:numStyleLink w:val="L2"/>')
    assert lines(numbered("x"), numbering, styles=styles) == ["x"]


@pytest.mark.parametrize(
    ("number", "depth"), [(7, 0), (1, 8), (1, 9), (1, 32767), (1, 99999), (-1, 0), ("x", "y")]
)
def test_lists_and_levels_that_do_not_exist(number, depth):
    assert lines(numbered("x", number, depth), lists(level(0, "decimal", "%1."))) in (
        ["x"], ["1.x"],
    )  # fmt: skip


def test_stories_count_apart():
    box = f"<w:p><w:r><w:txbxContent>{numbered('框')}{numbered('框')}</w:txbxContent></w:r></w:p>"
    reference = '<w:sectPr><w:headerReference r:id="rheader1"/><w:footerReference r:id="rfooter1"/></w:sectPr>'
    notes = f'<w:footnote w:id="1">{numbered("注")}</w:footnote>'
    found = lines(
        numbered("甲") + box + numbered("乙") + reference,
        lists(level(0, "decimal", "%1.")),
        header1=numbered("眉"),
        footer1=numbered("脚"),
        footnotes=notes,
    )
    assert found == ["1.甲", "", "1.框", "2.框", "2.乙", "1.注", "1.眉", "2.脚"]


def test_lists_of_a_real_writer():
    source = docx.Document()
    for text in ("甲", "乙"):
        source.add_paragraph(text, style="List Number")
    source.add_paragraph("点", style="List Bullet")
    source.add_paragraph("丙", style="List Number")
    assert read(saved(source), "").text == "1.甲\n2.乙\n点\n3.丙"
