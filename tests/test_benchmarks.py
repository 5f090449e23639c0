"""The benchmarks run, on a corpus that is the same wherever it is made."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks import corpus, patterns, timing
from benchmarks.run import Row
from benchmarks.timing import Command, FailedError, Measured, Sample
from reportlint import packs, readers
from reportlint.prove import prove

ROOT = Path(__file__).parent.parent


def test_the_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    made = [corpus.write(tmp_path / name, drafts=20, docx=2, large=False) for name in "ab"]
    assert made[0] == made[1] == corpus.digest(tmp_path / "a")
    other = corpus.write(tmp_path / "c", drafts=21, docx=2, large=False)
    assert other != made[0]
    (tmp_path / "a" / "one.txt").write_text("another")
    assert corpus.digest(tmp_path / "a") != made[0]


def test_the_corpus_is_of_the_size_it_should_be(tmp_path: Path) -> None:
    corpus.write(tmp_path, drafts=30, docx=2, large=False)
    drafts = [path.stat().st_size for path in (tmp_path / "drafts").rglob("*.txt")]
    assert len(drafts) == 30
    assert all(corpus.DRAFT * 0.9 < size < corpus.DRAFT * 1.1 for size in drafts)
    assert corpus.ONE * 0.9 < (tmp_path / "one.txt").stat().st_size < corpus.ONE * 1.1
    for path in (tmp_path / "docx").iterdir():
        assert 20_000 < path.stat().st_size < 40_000
        assert len(readers.read(path.read_bytes(), path.name).text) > 8_000


@pytest.mark.parametrize("clock", ["hyperfine", None])
def test_a_run_on_a_small_corpus(
    tmp_path: Path, clock: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import sys; from benchmarks import timing; "
    if clock is None:
        code += "timing.HYPERFINE = None; "
    code += "from benchmarks.__main__ import main; sys.exit(main(sys.argv[1:]))"
    argv = [sys.executable, "-c", code, "--folder", str(tmp_path), "run", "start", "cache"]
    done = subprocess.run(
        [*argv, "--rounds", "1", "--drafts", "60", "--docx", "1"],
        cwd=ROOT,
        capture_output=True,
        timeout=300,
    )
    # A machine may be too busy for a bar; it is never too busy for a table.
    assert done.returncode in (0, 1), done.stderr.decode()
    rows = done.stdout.decode().strip().split("\n")
    assert rows[0] == "| what | seconds | ratio or rate | bar | memory |"
    names = [row.split(" | ")[0].removeprefix("| ") for row in rows[2:]]
    assert names[0] == "python -c pass"
    assert names[-1] == "second run with a cache"
    assert len(names) == 7
    assert all(re.search(r" \| [0-9]+\.[0-9]{3} \| ", row) for row in rows[2:])


def test_a_bar_is_held_or_missed() -> None:
    measured = Measured((Sample(3.0, None), Sample(1.0, 5), Sample(2.0, 7)))
    assert (measured.seconds, measured.memory) == (2.0, 7)
    held = Row("", measured, "", ((1.0, 1.0, " ×"),))
    assert (held.missed, held.bars) == (False, "≤ 1 ×")
    missed = Row("", measured, "", ((1.0, 1.0, " ×"), (1.1, 1.0, " s")))
    assert (missed.missed, missed.bars) == (True, "≤ 1 ×; ≤ 1 s **missed**")
    assert not Row("", measured, "").missed


def test_commands_take_turns_and_must_end_well(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write = "import sys; open(sys.argv[1], 'a').write(sys.argv[2])"
    commands = {
        name: Command([sys.executable, "-c", write, str(log), name], str(tmp_path)) for name in "ab"
    }
    measured = timing.rounds(commands, 2)
    assert log.read_text() == "abab"
    timing.rounds(commands, 1, warm=True)
    assert log.read_text() == "abab" + "abab"
    assert all(len(one.samples) == 2 and one.seconds > 0 for one in measured.values())
    fails = Command([sys.executable, "-c", "raise SystemExit(3)"], str(tmp_path), (0, 1))
    with pytest.raises(FailedError, match="exit code 3"):
        timing.once(fails)


def test_every_pattern_matches_its_example_and_is_a_rule() -> None:
    assert len(patterns.PATTERNS) == len(set(patterns.codes())) == 61
    for pattern in patterns.PATTERNS:
        assert re.fullmatch(pattern.source, pattern.example), pattern.name
    table = packs.parse("pack.toml", patterns.pack().encode())
    ruleset = packs.build([packs.builtin_tables()], own=[table])
    assert not prove(ruleset, patterns.codes())
    families = {code[:2] for code in patterns.codes()}
    assert len(families) == 61
    assert families.isdisjoint(code[:2] for code in packs.builtin().rules)


def test_the_table_in_the_docs_names_the_command_and_the_versions() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    for word in (
        "python -m benchmarks run",
        "python -m benchmarks peers",
        "textlint 15",
        "semgrep 1",
    ):
        assert word in text


def test_benchmarks_are_in_the_sdist_and_not_in_the_wheel() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"][
        "targets"
    ]
    assert "/benchmarks" in hatch["sdist"]["include"]
    assert hatch["wheel"]["packages"] == ["reportlint"]
