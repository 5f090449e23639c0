"""CS004: names out of their time are reported, what is told of the past is not."""

from __future__ import annotations

from pathlib import Path

import pytest

import reportlint
from reportlint import engine, packs
from reportlint.cli import main
from reportlint.document import Document
from reportlint.settings import Settings

HOUSE = '[[term]]\nterm = "农经站"\nto = 2020-06-30\nsince = "镇改革方案"\n'


def found(text: str) -> list[str]:
    settings = Settings(packs.builtin(), frozenset(("CS004",)))
    return [text[f.start : f.end] for f in engine.lint(Document(text), settings).findings]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a configuration with a pack that is still to be written."""
    (tmp_path / "reportlint.toml").write_text('rules = ["house.toml"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestDate:
    @pytest.mark.parametrize(
        ("title", "body", "spans"),
        [
            ("2022年工作总结", "会同环保局检查。", ["环保局"]),
            ("2018年工作总结", "会同环保局检查。", []),
            ("工作总结", "会同环保局检查。", []),
            ("2018年工作总结", "学习党的二十大精神。", ["党的二十大精神"]),
            ("2022年工作总结", "学习党的二十大精神。", []),
            ("2018年工作总结", "开展“不忘初心、牢记使命”主题教育。", []),
            ("2030年前生态修复行动方案", "会同环保局检查。", []),
            ("2021—2035年国土空间规划", "会同环保局检查。", []),
        ],
    )
    def test_of_the_title(self, title: str, body: str, spans: list[str]) -> None:
        assert found(f"{title}\n{body}") == spans

    def test_under_the_text(self) -> None:
        text = "关于修路的请示\n按照《合同法》办理。\n石桥镇人民政府\n"
        assert found(text + "2021年3月1日") == ["《合同法》"]
        assert found(text + "2020年3月1日") == []
        assert found(text) == []


class TestHistory:
    @pytest.mark.parametrize(
        "body",
        [
            "原环保局的档案已移交。",
            "原国土资源局、环保局和工商局的档案已移交。",
            "生态环境局（原环保局）牵头。",
            "环保局（现生态环境局）的楼房已修缮。",
            "2016年环保局发证。",
            "国土资源部〔2016〕192号文件继续执行。",
            "“十三五”期间，会同国土资源局整治土地300亩。",
            "2016年，全县启动确权。国土资源局完成测绘120个村。",
            "机构改革前，环保局负责。",
            "历任县扶贫办主任、县民政局局长。",
            "李某退休前在县卫计委工作。",
            "落实《国土资源部关于节约用地的意见》。",
            "授予“国土资源部示范县”称号。",
            "老兵张某从沈阳军区退伍。",
            "在全面建成小康社会的基础上，为全面建成小康社会作出的贡献载入史册。",
            "十、大事记\n国土资源局挂牌。",
        ],
    )
    def test_is_left_alone(self, body: str) -> None:
        assert found(f"2024年工作总结\n{body}") == []

    @pytest.mark.parametrize(
        ("body", "spans"),
        [
            ("一、2023年工作回顾\n会同环保局检查。", ["环保局"]),
            ("原则上由环保局审批。", ["环保局"]),
            ("目前县环保局正在核查。", ["环保局"]),
            ("开展老旧小区改造，安监局验收。", ["安监局"]),
            ("2021年，会同工商局检查。", ["工商局"]),
            ("2016年以来，修路12公里。会同工商局检查。", ["工商局"]),
            ("6月底之前，国税局完成清算。", ["国税局"]),
            ("为全面建成小康社会提供保证。", ["为全面建成小康社会"]),
        ],
    )
    def test_is_not_what_only_sounds_like_it(self, body: str, spans: list[str]) -> None:
        assert found(f"2024年工作总结\n{body}") == spans


@pytest.mark.parametrize(
    "body",
    [
        "药品通过美国食品药品监督管理局检查。",
        "澳门环境保护局来访。",
        "开发区安全环保局参加，市交通质监局验收，矿山安监局督导。",
        "区建设和环境保护局参加。",
        "县乡村振兴局考核，国家乡村振兴局肯定。",
        "宣传《劳动合同法》，巩固党史学习教育成果。",
    ],
)
def test_other_offices_and_names_in_force_are_silent(body: str) -> None:
    assert found(f"2024年工作总结\n{body}") == []


class TestFix:
    def test_is_never_safe(self) -> None:
        (finding,) = reportlint.lint_text("2022年情况通报\n会同环保局检查。")
        assert finding.fix is not None
        assert finding.fix.applicability.value == "unsafe"
        assert [edit.replacement for edit in finding.fix.edits] == ["生态环境局"]

    @pytest.mark.parametrize(("year", "name"), [(2020, "党的十九大精神"), (2024, "党的二十大精神")])
    def test_gives_the_name_of_the_reports_own_time(self, year: int, name: str) -> None:
        (finding,) = reportlint.lint_text(f"{year}年情况通报\n学习党的十八大精神。")
        assert finding.fix is not None
        assert [edit.replacement for edit in finding.fix.edits] == [name]
        assert f"今用“{name}”" in finding.message


class TestHouse:
    def test_a_term_of_the_users_own(self, house: Path, capfd: pytest.CaptureFixture[str]) -> None:
        (house / "house.toml").write_text(HOUSE, encoding="utf-8")
        (house / "a.txt").write_text(
            "2022年情况通报\n由农经站发放。\n原农经站撤销。\n2019年农经站发放。\n", encoding="utf-8"
        )
        assert main(["check", "--output-format", "concise", "--lang", "en", "a.txt"]) == 0
        out = capfd.readouterr().out
        assert "a.txt:2:2: warning CS004" in out
        assert out.count("CS004") == 1

    def test_takes_the_place_of_one_built_in(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        pack = HOUSE.replace("农经站", "环保局").replace("2020-06-30", "2029-12-31")
        (house / "house.toml").write_text(pack, encoding="utf-8")
        (house / "a.txt").write_text("2022年情况通报\n会同环保局检查。\n", encoding="utf-8")
        main(["check", "--output-format", "concise", "a.txt"])
        assert "CS004" not in capfd.readouterr().out

    @pytest.mark.parametrize(
        ("old", "new", "line", "word"),
        [
            ("2020-06-30", "2020-06-31", 3, "date"),
            ("2020-06-30", '"2020年6月"', 3, "2019-03-31"),
            ("to = 2020-06-30\n", "from = 2021-01-01\nto = 2020-06-30\n", 1, "from"),
            ("to = 2020-06-30\n", "", 1, "from"),
            ("to =", "till =", 3, "till"),
        ],
    )
    def test_a_mistake_is_named_with_file_and_line(
        self,
        house: Path,
        capfd: pytest.CaptureFixture[str],
        old: str,
        new: str,
        line: int,
        word: str,
    ) -> None:
        (house / "house.toml").write_text(HOUSE.replace(old, new), encoding="utf-8")
        (house / "a.txt").write_text("由农经站发放。\n", encoding="utf-8")
        assert main(["check", "--lang", "en", "a.txt"]) == 2
        out, err = capfd.readouterr()
        assert f"house.toml:{line}:" in err
        assert word in err
        assert "Traceback" not in out + err

    def test_terms_stay_when_the_configuration_changes_kinds(
        self, house: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (house / "reportlint.toml").write_text(
            '[kinds."值班报告"]\ntitles = ["值班报告"]\nsections = []\n', encoding="utf-8"
        )
        (house / "a.txt").write_text("2022年情况通报\n会同环保局检查。\n", encoding="utf-8")
        main(["check", "--output-format", "concise", "a.txt"])
        assert "CS004" in capfd.readouterr().out
