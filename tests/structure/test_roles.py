"""What figures stand for, and what they count."""

import pytest

from reportlint.structure.quantities import plain, quantities
from reportlint.structure.roles import ROLES, noun, role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("走访120户", "level"),
        ("比上年增加12户", "change"),
        ("净增约12户", "change"),
        ("到账3.5万元", "money"),
        ("增加3.5万元", "change"),
        ("占75%", "share"),
        ("同比增长7.5%", "growth"),
        ("降幅达到7.5%", "growth"),
        ("翻一番", "growth"),
        ("是上年的3倍", "times"),
        ("增长3倍", "growth"),
        ("提高2个百分点", "points"),
        ("居全市第3位", "rank"),
        ("第3批", "ordinal"),
        ("2024年", "date"),
        ("〔2024〕", "document"),
        ("展板3×4米", "model"),
        ("5:3", "ratio"),
        ("20～30人", "range"),
    ],
)
def test_roles(text: str, expected: str) -> None:
    text = plain(text)
    found = quantities(text)
    assert {role(text, figure) for figure in found} == {expected}
    assert expected in ROLES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90名民兵，", "民兵"),
        ("90名的民兵参加", "民兵参加"),
        ("486个摊位和点位", "摊位"),
        ("12件。", ""),
        ("占75%的人", ""),
        ("3.5万元资金", ""),
    ],
)
def test_nouns(text: str, expected: str) -> None:
    text = plain(text)
    assert noun(text, quantities(text)[0]) == expected
