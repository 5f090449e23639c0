"""The drafts of ``samples/`` show what the README says that they show."""

import os
from pathlib import Path

import pytest

import reportlint
from reportlint import packs, readers
from reportlint.cli import main
from scripts import docx_samples

SAMPLES = Path(__file__).parent.parent / "samples"

GOLDEN = {
    "flood-season-status.md": [
        ("PH002", "**"),
        ("SC005", "述职如下"),
        ("PH006", "{{疏通长度}}"),
        ("PH001", "XX"),
        ("PH001", "XX"),
        ("PH005", "（请填写姓名）"),
        ("SC004", "三、存在的主要问题"),
    ],
    "night-market-survey.txt": [
        (
            "PW004",
            "当前位置：首页 > 调研报告 > 正文　字号：【大 中 小】　[打印本页]　[关闭窗口]",
        ),
        ("PW006", "\u200b"),
        ("PH010", "某"),
        ("NM001", "69.9%"),
        ("PH009", "%"),
        ("SQ004", "四个难"),
    ],
    "old-bridge-minutes.md": [
        ("PH003", "某某"),
        ("PH005", "【待明确】"),
        ("SQ003", "二、"),
        ("PW003", "长按识别下方二维码，关注公众号“材料匠”，回复“纪要”免费领取范文500篇"),
    ],
    "reading-room-summary-clean.md": [],
    "school-canteen-selfcheck.docx": [
        ("PH001", "XX"),
        ("PH001", "XX"),
        ("PH005", "（此处粘贴自查小组现场照片）"),
        ("WD001", ""),
        ("PW003", "墨渠文库 www.moqu.example 下载更多范文"),
    ],
    "sports-ground-request.txt": [
        ("PH004", "____"),
        ("PH004", "（　　）"),
        ("PW007", "\uf0b7"),
        ("PH005", "（此处填写设计单位名称）"),
        ("SQ001", "三是"),
        ("PH007", " 月 日"),
        ("SC001", ""),
    ],
    "town-militia-duty-report.txt": [
        ("PH002", "**"),
        ("PW001", "##paidbegin##"),
        ("PH001", "XX"),
        ("PH001", "X"),
        ("SQ001", "（四）"),
        ("PW002", "【更*多&素#材%请~搜^墨渠文库】"),
        ("SC001", ""),
        ("PH007", "20XX年X月X日"),
    ],
    "village-bus-plan.md": [
        ("PH006", "${首批线路数}"),
        ("SC003", "（二）方便换乘"),
        ("PW005", "- 3 -"),
        ("SQ001", "4."),
        ("SC001", ""),
    ],
    "village-safety-summary.txt": [
        ("CS004", "扶贫办"),
        ("PH008", "**建引领"),
        ("PH004", "____"),
        ("SQ002", "（二）"),
        ("PW003", "剩余420字未显示，开通会员后继续阅读全文"),
        ("PH007", "X月"),
        ("SC002", "总的看，全村平安建设取得了一些成绩，但还存在一定差距。"),
    ],
    "water-station-duty-report-clean.docx": [],
}
"""Sample -> what is found in it: code and the text that it stands on."""

CLEAN = [name for name in GOLDEN if "-clean." in name]


def test_the_table_has_every_sample() -> None:
    assert sorted(os.listdir(SAMPLES)) == sorted(GOLDEN)


@pytest.mark.parametrize("name", GOLDEN)
def test_what_is_found(name: str) -> None:
    path = SAMPLES / name
    text = readers.read(path.read_bytes(), name).text
    found = [(f.code, text[f.start : f.end]) for f in reportlint.lint_path(str(path))]
    assert sorted(found) == sorted(GOLDEN[name])


def test_every_family_is_shown() -> None:
    rules = packs.builtin().rules.values()
    families = {rule.code[:2] for rule in rules if rule.enabled} - {"RL"}
    assert {code[:2] for found in GOLDEN.values() for code, _ in found} == families


def test_there_are_clean_samples() -> None:
    assert len(CLEAN) >= 2
    assert not any(GOLDEN[name] for name in CLEAN)


@pytest.mark.parametrize(
    ("path", "code"), [(SAMPLES, 1), *((SAMPLES / name, 0) for name in CLEAN)], ids=str
)
def test_exit_codes(path: Path, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(path), "--isolated"]) == code
    assert capsys.readouterr().err == ""


def test_samples_are_small_enough_to_read() -> None:
    for name in GOLDEN:
        text = readers.read((SAMPLES / name).read_bytes(), name).text
        assert 500 <= len(text) <= 1200, name


def test_encodings_and_line_ends_are_those_of_the_files_that_people_have() -> None:
    data = (SAMPLES / "village-safety-summary.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode()
    assert data.count(b"\r\n") == data.count(b"\n") > 10
    assert data.decode("gb18030").startswith("砚台山村")
    assert (SAMPLES / "night-market-survey.txt").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", docx_samples.DRAFTS)
def test_word_files_are_what_the_script_makes(name: str) -> None:
    body, header = docx_samples.DRAFTS[name]
    assert (SAMPLES / name).read_bytes() == docx_samples.package(body, header)


@pytest.mark.parametrize("name", docx_samples.DRAFTS)
def test_word_files_can_be_read_by_others(name: str) -> None:
    import docx

    document = docx.Document(str(SAMPLES / name))
    style = document.paragraphs[0].style
    assert style is not None
    assert style.name == "Title"
    assert document.sections[0].header.paragraphs[0].text


def test_fixing_leaves_the_encoding_and_line_ends_alone(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    before = (SAMPLES / "village-safety-summary.txt").read_bytes()
    path.write_bytes(before)
    main(["check", str(path), "--fix", "--isolated", "-q"])
    advert = "剩余420字未显示，开通会员后继续阅读全文".encode("gb18030")
    assert path.read_bytes() == before.replace(advert, b"")
