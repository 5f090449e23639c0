"""Sidecar files and entries: quoted words, dates, mistakes, and what is written into them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reportlint import engine, runner
from reportlint.findings import Suppression
from reportlint.pipeline import Policy
from reportlint.settings import Settings
from reportlint.suppress import form, sidecar
from reportlint.suppress.entries import Entry
from reportlint.suppress.sidecar import SidecarError
from tests import strategies

TEXT = "组织XX名民兵参加训练。\n接待群众XX人次。\n组织XX名干部参加训练。\n"


def entry(**fields: object) -> Entry:
    return Entry(**{"kind": "sidecar", "selector": "PH001", **fields})  # type: ignore[arg-type]


def check(text: str, settings: Settings, *entries: Entry, today: str = "", path: str = "a.txt"):
    return runner.check_bytes(text.encode(), path, settings, Policy(entries=entries, today=today))


def places(result) -> list[str]:
    lines = result.document.lines
    return [
        f"{f.code}:{lines.position(f.start)[0]}" for f in result.findings if f.suppressed is None
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"text": "XX名民兵"}, ["PH001:2", "PH001:3"]),
        ({"text": "XX", "prefix": "群众"}, ["PH001:1", "PH001:3"]),
        ({"text": "XX", "suffix": "名"}, ["PH001:2"]),
        ({"text": "XX", "prefix": "组织", "suffix": "名干部"}, ["PH001:1", "PH001:2"]),
        ({"text": "组 织\nXX　名民兵"}, ["PH001:2", "PH001:3"]),
        ({"text": "训练。接待群众XX"}, ["PH001:1", "PH001:3"]),
        ({"text": "参加训练"}, ["RL005:1", "PH001:1", "PH001:2", "PH001:3"]),
        ({"text": "不在"}, ["RL005:1", "PH001:1", "PH001:2", "PH001:3"]),
        ({"selector": "letter-slot"}, []),
        ({"selector": "PW", "text": "XX"}, ["RL005:1", "PH001:1", "PH001:2", "PH001:3"]),
        ({"selector": "ZZ"}, ["RL006:1", "PH001:1", "PH001:2", "PH001:3"]),
        ({"selector": "RL"}, ["RL007:1", "PH001:1", "PH001:2", "PH001:3"]),
        ({"selector": "PW", "general": True}, ["PH001:1", "PH001:2", "PH001:3"]),
    ],
)
def test_quoted_words(settings: Settings, fields: dict[str, object], expected: list[str]) -> None:
    assert sorted(places(check(TEXT, settings, entry(**fields)))) == sorted(expected)


def test_the_reason_and_the_kind_go_with_the_finding(settings: Settings) -> None:
    for kind in ("sidecar", "config"):
        result = check(TEXT, settings, entry(kind=kind, reason="待批复"))
        assert {f.suppressed for f in result.findings} == {Suppression(kind, "待批复")}


def test_markup_and_invisible_characters_need_not_be_quoted(settings: Settings) -> None:
    text = "组织**XX名**民\u200b兵参加训练。\n"
    for quote in ("组织XX名民兵", "组织**XX名**民兵"):
        assert "PH001" not in str(places(check(text, settings, entry(text=quote), path="a.md")))


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-11-30", []), ("2026-12-01", []), ("2026-12-02", ["RL009:1", "PH001:1"]), ("", [])],
)
def test_an_entry_counts_to_its_last_day(
    settings: Settings, today: str, expected: list[str]
) -> None:
    result = check("接待XX人次。\n", settings, entry(expires="2026-12-01"), today=today)
    assert places(result) == expected


class TestFile:
    """Reading."""

    def test_every_key(self) -> None:
        data = (
            '[[suppress]]\ncode = "PH001"\ntext = "XX"\nprefix = "甲"\nsuffix = "乙"\n'
            'reason = "丙"\nauthor = "丁"\nexpires = 2026-12-31\n\n[[suppress]]\ncode = "SC001"\n'
        )
        assert sidecar.parse(data.encode(), "a.toml") == (
            Entry("sidecar", "PH001", "XX", "甲", "乙", "丙", "丁", "2026-12-31", "a.toml:1"),
            Entry("sidecar", "SC001", where="a.toml:10"),
        )

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            ("x = 1", 1, "unknown key 'x'"),
            ("[[ignore]]\ncode = 'PH001'", 1, "has [[suppress]] only"),
            ("\n[suppress]\ncode = 'PH001'", 2, "must be tables"),
            ("suppress = 'PH001'", 1, "must be tables"),
            ("[[suppress]]\ncode = 'PH001'\n\n[[suppress]]\ntext = 'x'", 4, "has no code"),
            ("[[suppress]]\ncode = 'PH001'\nresaon = 'x'", 3, "did you mean 'reason'"),
            ("[[suppress]]\ncode = 'PH001'\npath = 'x'", 3, "unknown key 'path'"),
            ("[[suppress]]\ncode = ['PH001']", 2, "must be a string"),
            ("[[suppress]]\ncode = ''", 2, "not empty"),
            ("[[suppress]]\ncode = 'PH001'\ntext = ' '", 3, "not empty"),
            ("[[suppress]]\ncode = 'PH001'\nprefix = 'x'", 3, "prefix but no text"),
            ("[[suppress]]\ncode = 'PH001'\nexpires = '2026-12-31'", 3, "without quotes"),
            ("[[suppress]]\ncode = 'PH001'\nexpires = 2026-12-31T00:00:00", 3, "must be a date"),
            ("[[suppress]]\ncode = PH001", 2, "is not valid TOML"),
        ],
    )
    def test_mistakes_have_a_line(self, text: str, line: int, said: str) -> None:
        with pytest.raises(SidecarError) as error:
            sidecar.parse(text.encode(), "a.txt.reportlint.toml")
        assert str(error.value).startswith(f"a.txt.reportlint.toml:{line}: ")
        assert said in str(error.value)
        assert set(error.value.say) == {"zh", "en"}

    def test_what_is_no_text(self) -> None:
        with pytest.raises(SidecarError, match="a:2: is not UTF-8"):
            sidecar.parse("[[suppress]]\n# 甲".encode("gb18030"), "a")

    def test_what_cannot_be_opened(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt.reportlint.toml").mkdir()
        assert sidecar.exists(str(tmp_path / "a.txt"))
        assert not sidecar.exists(str(tmp_path / "b.txt"))
        with pytest.raises(SidecarError, match="cannot be read"):
            sidecar.read(str(tmp_path / "a.txt"), "a.txt.reportlint.toml")


class TestWriting:
    """``added`` and ``form.entry``."""

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_the_rest_stays(self, end: str) -> None:
        old = end.join(["# 旁注", "[[suppress]]", 'code = "PH001" # 甲', "text = '乙'"])
        for data in (old, old + end):
            new = sidecar.added(data.encode(), entry(text="丙", reason="丁"))
            assert new.decode().startswith(data)
            assert [e.text for e in sidecar.parse(new, "a")] == ["乙", "丙"]
            assert (end == "\r\n") == (b"\r\n" in new)

    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
    def test_any_text_is_written_and_read(self, text: str) -> None:
        if text.strip():
            made = entry(text=text, reason=text)
            (read,) = sidecar.parse(sidecar.added(b"", made), "a")
            assert read == made._replace(where="a:1")

    @hypothesis_settings(max_examples=60)
    @given(strategies.anything)
    def test_an_entry_silences_what_it_was_made_for(self, settings: Settings, text: str) -> None:
        for path in ("a.txt", "a.md"):
            result = check(text, settings, path=path)
            for finding in result.findings[:5]:
                made = form.entry(result.document, finding, "")
                again = check(text, settings, made, path=path)
                same = [f for f in again.findings if f[:7] == finding[:7]]
                assert [f.suppressed for f in same] == [Suppression("sidecar")], made

    def test_only_as_much_is_quoted_as_is_needed(self, settings: Settings) -> None:
        document = engine.lint(check(TEXT, settings).document, settings)
        found = [f for f in document.findings if f.code == "PH001"]
        made = [form.entry(document.context.document, f, "") for f in found]
        assert [(e.prefix, e.text, e.suffix) for e in made] == [
            ("组织", "XX", "名民"),
            ("群众", "XX", "人次"),
            ("组织", "XX", "名干"),
        ]
