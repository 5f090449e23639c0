"""Comments in Markdown and in Word files: what they silence, and what is said of them."""

from __future__ import annotations

import pytest

from reportlint import runner
from reportlint.findings import Finding, Severity, Suppression
from reportlint.pipeline import Policy
from reportlint.runner import FileResult
from reportlint.settings import Settings
from tests.readers.docx.wordfile import element, p, t, word
from tests.readers.odtfile import content, pack

SLOT = "全年接待群众XX人次。"


def check(
    text: str, settings: Settings, policy: Policy | None = None, path: str = "a.md"
) -> FileResult:
    return runner.check_bytes(text.encode(), path, settings, policy or Policy())


def left(result: FileResult) -> list[str]:
    """Code and line of what is reported."""
    lines = result.document.lines
    return [
        f"{f.code}:{lines.position(f.start)[0]}" for f in result.findings if f.suppressed is None
    ]


def silenced(result: FileResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.suppressed is not None]


def ignore(codes: str, action: str = "ignore", reason: str = "待批复") -> str:
    return f"<!-- reportlint: {action}[{codes}] {reason} -->"


class TestExtent:
    """Where a comment counts."""

    def test_a_comment_on_its_own_is_about_the_next_block(self, settings: Settings) -> None:
        for gap in ("\n", "\n\n", "\r\n", "\r\n\r\n", "\n\n\n"):
            result = check(f"{ignore('PH001')}{gap}{SLOT}\n\n{SLOT}\n", settings)
            (one,) = silenced(result)
            assert one.suppressed == Suppression("inline", "待批复")
            assert len(left(result)) == 1

    def test_within_a_line_it_is_about_that_line(self, settings: Settings) -> None:
        result = check(f"{SLOT}\n\n{SLOT} {ignore('PH001')}\n\n{SLOT}\n", settings)
        assert left(result) == ["PH001:1", "PH001:5"]

    def test_a_table_is_one_block(self, settings: Settings) -> None:
        table = "| 项目 | 数 |\n|---|---|\n| 甲 | XX人 |\n| 乙 | XX人 |\n"
        assert left(check(f"{ignore('PH001')}\n\n{table}\n{SLOT}\n", settings)) == ["PH001:8"]
        inside = table.replace("XX人 |\n| 乙", f"XX人 {ignore('PH001')} |\n| 乙")
        assert left(check(inside, settings)) == ["PH001:4"]

    def test_two_tables_are_two(self, settings: Settings) -> None:
        table = "| 项目 | 数 |\n|---|---|\n| 甲 | XX人 |\n"
        assert left(check(f"{ignore('PH001')}\n\n{table}\n{table}", settings)) == ["PH001:9"]

    def test_comments_add_up_before_a_block(self, settings: Settings) -> None:
        text = f"{ignore('PH001')}\n{ignore('PW001')}\n推##paidbegin##动XX人。\n"
        assert left(check(text, settings)) == []

    def test_a_comment_over_several_lines(self, settings: Settings) -> None:
        text = f"<!-- reportlint: ignore[PH001] 一\n二 -->\n\n{SLOT}\n"
        (one,) = silenced(check(text, settings))
        assert one.suppressed == Suppression("inline", "一 二")

    def test_from_disable_to_enable(self, settings: Settings) -> None:
        text = "\n\n".join(
            [
                SLOT,
                ignore("PH001", "disable"),
                SLOT,
                SLOT,
                "<!-- reportlint: enable[PH001] -->",
                SLOT,
            ]
        )
        assert left(check(text, settings)) == ["PH001:1", "PH001:11"]
        assert left(check(text.replace("enable[PH001]", "enable"), settings)) == [
            "PH001:1",
            "PH001:11",
        ]
        without = text.replace("<!-- reportlint: enable[PH001] -->", "")
        assert left(check(without, settings)) == ["PH001:1"]

    def test_the_whole_file(self, settings: Settings) -> None:
        text = f"{SLOT}\n\n{SLOT}\n\n{ignore('PH001', 'ignore-file')}\n"
        assert left(check(text, settings)) == []

    def test_code_is_no_comment(self, settings: Settings) -> None:
        text = f"`{ignore('PH001')}`\n\n```\n{ignore('PH001')}\n```\n\n{SLOT}\n"
        assert left(check(text, settings)) == ["PH001:7"]

    @pytest.mark.parametrize("selector", ["PH001", "PH", "P", "letter-slot", "ALL"])
    def test_selectors(self, settings: Settings, selector: str) -> None:
        assert left(check(f"{ignore(selector)}\n\n{SLOT}\n", settings)) == []

    def test_a_plain_text_has_no_comments(self, settings: Settings) -> None:
        result = check(f"{ignore('PH001')}\n\n{SLOT}\n", settings, path="a.txt")
        assert "PH001:3" in left(result)


class TestTrouble:
    """What is said of comments."""

    def test_each_code_that_silences_nothing_is_named(self, settings: Settings) -> None:
        result = check(f"{ignore('PH001, PW001, SQ')}\n\n{SLOT}\n", settings)
        said = [f for f in result.findings if f.code == "RL005"]
        assert [f.data["selector"] for f in said] == ["PW001", "SQ"]
        assert all(f.severity is Severity.WARNING for f in said)

    def test_only_rules_that_ran_can_be_of_no_use(self, settings: Settings) -> None:
        few = settings._replace(active=frozenset({"PH001", "RL005"}))
        assert left(check(f"{ignore('PH001, PW001, FM')}\n\n{SLOT}\n", few)) == []
        assert left(check(f"{ignore('FM001')}\n\n文字。\n", settings)) == []

    def test_unknown_codes(self, settings: Settings) -> None:
        result = check(f"{ignore('PH01X')}\n\n{SLOT}\n", settings)
        assert left(result) == ["RL006:1", "PH001:3"]
        assert "“PH01X”" in result.findings[0].message
        assert "是否为" in result.findings[0].message

    def test_what_is_malformed_has_no_effect(self, settings: Settings) -> None:
        result = check(f"<!-- reportlint：ignore[PH001] -->\n\n{SLOT}\n", settings)
        assert left(result) == ["RL007:1", "PH001:3"]
        assert "半角冒号" in result.findings[0].message

    @pytest.mark.parametrize("text", ["enable[PH001]", "enable"])
    def test_enable_without_disable(self, settings: Settings, text: str) -> None:
        result = check(f"<!-- reportlint: {text} -->\n\n文字。\n", settings)
        assert left(result) == ["RL007:1"]

    @pytest.mark.parametrize("code", ["RL001", "RL005", "RL"])
    def test_rules_about_the_program_are_not_silenced(self, settings: Settings, code: str) -> None:
        assert left(check(f"{ignore(code)}\n\n文字。\n", settings)) == ["RL007:1"]
        assert left(check(f"{ignore('ALL')}\n\n{ignore('PH9')}\n\n{SLOT}\n", settings)) == [
            "RL006:3"
        ]

    def test_a_reason_can_be_made_obligatory(self, settings: Settings) -> None:
        strict = Policy(reason=True)
        bare = ignore("PH001", reason="")
        result = check(f"{bare}\n\n{SLOT}\n", settings, strict)
        assert left(result) == ["RL008:1"]
        assert result.findings[0].severity is Severity.ERROR
        assert left(check(f"{bare}\n\n{SLOT}\n", settings)) == []
        assert left(check(f"{ignore('PH001')}\n\n{SLOT}\n", settings, strict)) == []

    def test_they_can_be_redacted(self, settings: Settings) -> None:
        text = f"{ignore('zhangsan')}\n\n<!-- reportlint: ignore[张三] -->\n\n文字。\n"
        said = check(text, settings._replace(redact=True)).findings
        assert [f.code for f in said] == ["RL006", "RL007"]
        assert not any("zhangsan" in f.message or "张三" in f.message for f in said)

    def test_both_languages(self, settings: Settings) -> None:
        text = f"{ignore('PW001')}\n\n{SLOT}\n"
        english = check(text, settings._replace(lang="en")).findings[0]
        assert english.message == "the suppression of PW001 silences nothing"


def test_comments_may_be_made_not_to_count(settings: Settings) -> None:
    text = f"{ignore('PH001')}\n\n{SLOT}\n\n{ignore('PW001')}\n\n{SLOT}\n"
    result = check(text, settings, Policy(inline=False))
    assert result.declined == 1
    assert not silenced(result)
    assert left(result) == ["PH001:3", "RL005:5", "PH001:7"]


COMMENTS = (
    '<w:comment w:id="0" w:author="甲"><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="1" w:author="乙"><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment>'
)


def word_file(said: str, inside: str) -> bytes:
    comments = element("comments", COMMENTS.format(said))
    return word(inside, comments=comments.encode())


START, END = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
AT = '<w:r><w:commentReference w:id="0"/></w:r>'


RTF = (
    rb"{\rtf1\ansi\ansicpg936 "
    + "组织".encode("gbk")
    + rb"{\*\atrfstart 0}XX{\*\atrfend 0}{\*\annotation{\*\atnref 0}%}"
    + "名民兵\\par ".encode("gbk")
    + SLOT.encode("gbk")
    + rb"\par}"
)
ODT = (
    "<text:p>组织<office:annotation office:name='a'><text:p>%</text:p></office:annotation>XX"
    f"<office:annotation-end office:name='a'/>名民兵</text:p><text:p>{SLOT}</text:p>"
)


class TestWord:
    """Comments of Word files."""

    IGNORE = "reportlint: ignore[PH001] 待批复"

    def checked(self, said: str, inside: str, settings: Settings) -> FileResult:
        return runner.check_bytes(word_file(said, inside), "a.docx", settings)

    def test_on_the_words_concerned(self, settings: Settings) -> None:
        inside = (
            f"<w:p>{t('组织')}{START}{t('XX名')}{END}{AT}{t('民兵，接待XX人。')}</w:p>{p(SLOT)}"
        )
        result = self.checked(self.IGNORE, inside, settings)
        (comment,) = result.document.comments
        assert result.document.text[comment.start : comment.end] == "XX名"
        assert (comment.author, comment.apart) == ("甲", True)
        assert [f.start for f in silenced(result)] == [2]
        assert left(result) == ["PH001:1", "PH001:2"]

    def test_over_several_paragraphs(self, settings: Settings) -> None:
        inside = f"{START}{p(SLOT)}{p(SLOT)}{END}{p(SLOT, '')}<w:p>{AT}</w:p>"
        assert left(self.checked(self.IGNORE, inside, settings)) == ["PH001:3"]

    def test_on_no_words_it_is_about_the_paragraph(self, settings: Settings) -> None:
        inside = f"<w:p>{t(SLOT)}{AT}</w:p>{p(SLOT)}"
        assert left(self.checked(self.IGNORE, inside, settings)) == ["PH001:2"]

    def test_after_an_automatic_number_and_a_tab(self, settings: Settings) -> None:
        inside = f"<w:p><w:r><w:tab/></w:r>{t('甲乙')}{START}{t('XX名')}{END}{AT}</w:p>"
        (comment,) = self.checked(self.IGNORE, inside, settings).document.comments
        assert (comment.start, comment.end) == (3, 6)

    def test_what_is_malformed_and_what_is_not_for_us(self, settings: Settings) -> None:
        inside = f"<w:p>{START}{t(SLOT)}{END}{AT}</w:p>"
        # an ordinary remark silences nothing, and has no place in a final draft itself
        assert left(self.checked("请填人数", inside, settings)) == ["WD002:1", "PH001:1"]
        assert left(self.checked("reportlint：ignore[PH001]", inside, settings)) == [
            "RL007:1",
            "PH001:1",
        ]
        assert "RL007:1" in left(self.checked("reportlint: disable[PH001]", inside, settings))

    def test_the_whole_file(self, settings: Settings) -> None:
        inside = f"<w:p>{START}{t(SLOT)}{END}{AT}</w:p>{p(SLOT)}"
        assert left(self.checked("reportlint: ignore-file[PH001]", inside, settings)) == []

    def test_in_other_formats_that_have_comments(self, settings: Settings) -> None:
        for data, name in (
            (RTF.replace(b"%", self.IGNORE.encode("gbk")), "a.rtf"),
            (pack({"content.xml": content(ODT.replace("%", self.IGNORE))}), "a.odt"),
        ):
            result = runner.check_bytes(data, name, settings)
            assert [f.start for f in silenced(result)] == [2]
            assert left(result) == ["PH001:2"]

    def test_comments_without_a_place_are_left_out(self, settings: Settings) -> None:
        assert self.checked(self.IGNORE, p(SLOT), settings).document.comments == ()
