"""Runs with a cache say what runs without one say, byte for byte, and the second one checks less."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reportlint import cache, pipeline, reporters
from reportlint.cli import reuse
from reportlint.cli.job import Done
from reportlint.summary import Tally
from tests.cli.conftest import CLEAN, FAULTY, Call, Run

Checked = Callable[[], int]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Use the cache for any number of files; return how many were checked since last asked."""
    monkeypatch.setattr(reuse, "WORTHWHILE", 1)
    count = 0
    plain = pipeline.run

    def check(*arguments: object) -> object:
        nonlocal count
        count += 1
        return plain(*arguments)  # type: ignore[arg-type]

    def since() -> int:
        nonlocal count
        count, last = 0, count
        return last

    monkeypatch.setattr(pipeline, "run", check)
    return since


@pytest.fixture
def drafts(folder: Path) -> Path:
    """A folder with drafts of several formats and encodings, and one that cannot be read."""
    inside = folder / "drafts"
    inside.mkdir()
    (inside / "faulty.txt").write_text(FAULTY, encoding="utf-8")
    (inside / "old.txt").write_text(FAULTY, encoding="gb18030")
    (inside / "clean.md").write_text(CLEAN, encoding="utf-8")
    (inside / "silenced.md").write_text(
        f"{FAULTY}\n<!-- reportlint: ignore[PH001] 待批 -->\n投入XX万元。\n", encoding="utf-8"
    )
    (inside / "broken.docx").write_bytes(b"PK\3\4 nothing")
    return inside


def test_the_second_run_checks_only_what_could_not_be_read(
    call: Call, drafts: Path, checked: Checked
) -> None:
    first = call("check", "drafts")
    assert checked() == 4
    second = call("check", "drafts")
    assert checked() == 0
    assert second == first
    assert first.code == 2
    assert call("check", "drafts", "--no-cache") == first
    assert checked() == 4


@pytest.mark.parametrize("redact", [[], ["--redact"]])
@pytest.mark.parametrize("form", reporters.NAMES)
def test_every_format_is_the_same_to_the_byte(
    call: Call, drafts: Path, checked: Checked, form: str, redact: list[str]
) -> None:
    argv = ["check", "drafts", "--output-format", form, *redact]
    without = call(*argv, "--no-cache")
    checked()
    assert call(*argv) == without
    assert checked() == 4
    assert call(*argv) == without
    assert checked() == (4 if form in reuse.WHOLE else 0)
    (drafts / "faulty.txt").write_text(FAULTY.replace("XX", "3"), encoding="utf-8")
    mixed = call(*argv)
    assert checked() == (4 if form in reuse.WHOLE else 1)
    assert call(*argv, "--no-cache") == mixed != without


def test_several_formats_at_once(call: Call, drafts: Path, checked: Checked) -> None:
    argv = ["check", "drafts"]
    argv += [w for n in ("json", "sarif", "summary") for w in ("--output-format", n, "-o", n)]
    call(*argv)
    first = [Path(name).read_bytes() for name in ("json", "sarif", "summary")]
    checked()
    call(*argv)
    assert checked() == 0
    assert [Path(name).read_bytes() for name in ("json", "sarif", "summary")] == first


def test_statistics_and_exit_codes(call: Call, drafts: Path, checked: Checked) -> None:
    (drafts / "broken.docx").unlink()
    for argv in (["--statistics"], ["--fail-on", "warning", "-q"], ["--max-warnings", "0"]):
        first = call("check", "drafts", *argv)
        assert first.code == 1
        assert call("check", "drafts", *argv) == first
    assert checked() <= 8


@pytest.mark.parametrize(
    "argv",
    [
        ["--select", "PH"],
        ["--ignore", "PW"],
        ["--extend-select", "FM"],
        ["--kind", "述职报告"],
        ["--lang", "en"],
        ["--redact"],
        ["--no-inline-suppressions"],
        ["--output-format", "concise"],
        ["--color", "always"],
        ["--config", "severity.toml"],
        ["--config", "house.toml"],
        ["--config", "kinds.toml"],
        ["--config", "suppress.toml"],
        ["--baseline", "baseline.json"],
    ],
    ids=" ".join,
)
def test_what_changes_the_outcome_is_not_taken_from_the_cache(
    call: Call, drafts: Path, checked: Checked, argv: list[str]
) -> None:
    for name, text in {
        "severity.toml": '[severity]\nPH001 = "info"\n',
        "kinds.toml": '[kinds."述职报告"]\nextend-sections = ["basic"]\n',
        "suppress.toml": '[[suppress]]\ncode = "PH001"\n',
        "house.toml": 'rules = ["pack.toml"]\n',
        "pack.toml": (
            '[[rule]]\ncode = "HN001"\nname = "reception"\nseverity = "error"\n'
            "patterns = ['接待']\nmessage = { zh = '“{text}”', en = '“{text}”' }\n"
            "why = { zh = '一', en = 'a' }\nsource = '试'\nbad = ['〔接待〕']\ngood = ['来访']\n"
        ),
    }.items():
        Path(name).write_text(text, encoding="utf-8")
    call("baseline", "create", "drafts/old.txt", "--baseline", "baseline.json")
    call("check", "drafts")
    checked()
    other = call("check", "drafts", *argv)
    assert checked() == 4
    assert call("check", "drafts", *argv) == other
    assert checked() == 0
    assert call("check", "drafts", *argv, "--no-cache") == other


def test_a_changed_pack_is_another_pack(call: Call, drafts: Path, checked: Checked) -> None:
    test_what_changes_the_outcome_is_not_taken_from_the_cache(
        call, drafts, checked, ["--config", "house.toml"]
    )
    pack = Path("pack.toml")
    pack.write_text(pack.read_text(encoding="utf-8").replace("'“{text}”'", "'又“{text}”'"), "utf-8")
    checked()
    done = call("check", "drafts", "--config", "house.toml")
    assert checked() == 4
    assert "又“接待”" in done.out


def test_rules_ignored_in_some_files(call: Call, drafts: Path, checked: Checked) -> None:
    call("check", "drafts")
    Path("reportlint.toml").write_text('[per-file-ignores]\n"faulty.txt" = ["PH"]\n', "utf-8")
    checked()
    call("check", "drafts")
    assert checked() == 1


def test_a_sidecar_file_counts_and_so_does_its_being_wrong(
    call: Call, drafts: Path, checked: Checked
) -> None:
    (drafts / "broken.docx").unlink()
    call("check", "drafts")
    sidecar = drafts / "faulty.txt.reportlint.toml"
    sidecar.write_text('[[suppress]]\ncode = "PH001"\n', encoding="utf-8")
    checked()
    silenced = call("check", "drafts")
    assert checked() == 1
    assert call("check", "drafts") == silenced
    assert checked() == 0
    sidecar.write_text("[[suppress]]\n", encoding="utf-8")
    wrong = call("check", "drafts")
    assert wrong.code == 2
    assert sidecar.name in wrong.err
    assert call("check", "drafts") == wrong
    sidecar.unlink()
    checked()
    call("check", "drafts")
    assert checked() == 0


def test_entries_expire_though_nothing_has_changed(
    call: Call, drafts: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    (drafts / "faulty.txt.reportlint.toml").write_text(
        '[[suppress]]\ncode = "PH001"\nexpires = 2030-12-31\n', encoding="utf-8"
    )
    for today, codes in (("2030-12-31", []), ("2031-01-01", ["RL009", "PH001"])):
        monkeypatch.setattr(time, "strftime", lambda _, today=today: today)
        done = call("check", "drafts/faulty.txt", "--output-format", "concise")
        assert [c for c in ("RL009", "PH001") if c in done.out] == codes
        assert call("check", "drafts/faulty.txt", "--output-format", "concise") == done
    assert checked() == 2


def test_the_same_content_elsewhere_is_reported_there(
    call: Call, drafts: Path, checked: Checked
) -> None:
    call("check", "drafts", "--output-format", "json")
    (drafts / "faulty.txt").rename(drafts / "moved.txt")
    checked()
    done = call("check", "drafts", "--output-format", "json")
    assert checked() == 1
    assert "moved.txt" in done.out
    assert "faulty.txt" not in done.out
    (drafts / "moved.txt").rename(drafts / "moved.md")
    call("check", "drafts", "--output-format", "json")
    assert checked() == 1


def test_another_version_begins_anew(
    call: Call, drafts: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("check", "drafts")
    checked()
    monkeypatch.setattr("reportlint.__version__", "99.0")
    call("check", "drafts")
    assert checked() == 4


def test_changed_code_and_other_libraries_begin_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, libraries = folder / "package", folder / "site-packages"
    (package / "cli").mkdir(parents=True)
    (package / "rules.py").write_text("one")
    libraries.mkdir()
    (libraries / "regex-1.0.dist-info").mkdir()
    monkeypatch.setattr(reuse, "__file__", str(package / "cli" / "reuse.py"))
    monkeypatch.setattr(sys, "path", [str(libraries)])
    seen = {tuple(reuse._program())}
    (libraries / "unrelated-1.0.dist-info").mkdir()
    assert tuple(reuse._program()) in seen
    (package / "rules.py").write_text("two")
    seen.add(tuple(reuse._program()))
    (libraries / "regex-1.0.dist-info").rename(libraries / "regex-1.1.dist-info")
    seen.add(tuple(reuse._program()))
    assert len(seen) == 3


@pytest.mark.parametrize(
    "argv", [["--fix"], ["--diff"], ["--show-figures"], ["--profile"], ["--output-format", "html"]]
)
def test_runs_that_do_more_than_report_leave_it_alone(
    call: Call, drafts: Path, checked: Checked, argv: list[str]
) -> None:
    call("check", "drafts", "--cache-dir", "here", *argv)
    assert not Path("here").exists()


def test_few_files_leave_it_alone(call: Call, drafts: Path) -> None:
    call("check", "drafts", "--cache-dir", "here")
    assert not Path("here").exists()


def test_the_cache_holds_no_more_of_the_drafts_than_the_report(
    call: Call, drafts: Path, checked: Checked
) -> None:
    (drafts / "faulty.txt").write_text(f"机密\n\n{FAULTY}", encoding="utf-8")
    for redact in ([], ["--redact"]):
        call("check", "drafts", "--output-format", "json", "--cache-dir", "here", *redact)
        one = cache.Cache("here")
        values = one._open().execute("SELECT value FROM result").fetchall()
        kept = "".join(repr(reuse.unpacked(value)) for (value,) in values)
        one.rest()
        assert "PH001" in kept
        assert "机密" not in kept
        assert ("XX" in kept) == (not redact)
        assert call("clean", "--cache-dir", "here").code == 0


class TestPlaces:
    def test_configuration_says_where_and_whether(
        self, call: Call, drafts: Path, checked: Checked
    ) -> None:
        Path("drafts/reportlint.toml").write_text('cache-dir = "kept"\n')
        call("check", "drafts")
        assert (drafts / "kept" / cache.NAME).exists()
        call("check", "drafts", "--cache-dir", "here")
        assert Path("here", cache.NAME).exists()
        Path("drafts/reportlint.toml").write_text('cache-dir = "other"\ncache = false\n')
        call("check", "drafts")
        assert not (drafts / "other").exists()

    def test_by_default_it_is_where_the_system_has_them(
        self, call: Call, drafts: Path, checked: Checked
    ) -> None:
        call("check", "drafts")
        place = cache.place(os.environ)
        assert place is not None
        assert Path(place, cache.NAME).exists()
        assert drafts.parent not in Path(place).parents

    def test_it_is_deleted(self, call: Call, drafts: Path, checked: Checked) -> None:
        call("check", "drafts", "--cache-dir", "here")
        done = call("clean", "--cache-dir", "here")
        assert done.code == 0
        assert "here" in done.out
        assert not Path("here").exists()
        assert call("clean", "--cache-dir", "here").out == "没有缓存\n"
        assert call("clean", "--cache-dir", "here", "--lang", "en").out == "there is no cache\n"

    def test_a_folder_that_cannot_be_written_is_said_where_it_was_asked_for(
        self, call: Call, drafts: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = call("check", "drafts", "--no-cache")
        done = call("check", "drafts", "--cache-dir", "faulty.txt/cache")
        assert (done.code, done.out) == (plain.code, plain.out)
        assert done.err == "reportlint: 警告：缓存文件夹 faulty.txt/cache 不能写入，这次不用缓存\n"
        monkeypatch.setenv("XDG_CACHE_HOME", os.path.abspath("faulty.txt"))
        monkeypatch.setattr(sys, "platform", "linux")
        assert call("check", "drafts") == plain

    def test_a_damaged_file_is_set_aside_with_a_warning(
        self, call: Call, drafts: Path, checked: Checked
    ) -> None:
        plain = call("check", "drafts", "--cache-dir", "here")
        Path("here", cache.NAME).write_bytes(b"nothing" * 1000)
        done = call("check", "drafts", "--cache-dir", "here")
        assert (done.code, done.out) == (plain.code, plain.out)
        assert done.err.count("\n") == 1
        assert f"here/{cache.NAME}.damaged" in done.err
        checked()
        assert call("check", "drafts", "--cache-dir", "here") == plain
        assert checked() == 0


def test_a_value_that_cannot_be_read_is_made_again(
    call: Call, drafts: Path, checked: Checked
) -> None:
    plain = call("check", "drafts", "--cache-dir", "here")
    one = cache.Cache("here")
    for value in (b"", b"x", b"\x78\x9c\x03\x00\x00\x00\x00\x01"):
        one._open().execute("UPDATE result SET value = ?", (value,))
        one.rest()
        checked()
        assert call("check", "drafts", "--cache-dir", "here") == plain
        assert checked() == 4


def test_what_is_packed_comes_back() -> None:
    tally = Tally("甲\udcff.txt", None, 1, 2, 3, {"PH001": 1}, 0, 1, False, {"PH001": 1}, 4)
    done = Done(
        tally, (("a\n", "“X”\udcff\x00"), ("“X”\x00".encode(), b""), ()), moved_from="乙.txt"
    )
    assert reuse.unpacked(reuse.packed(done)) == done


def many(folder: Path, count: int = 60, times: int = 1) -> None:
    (folder / "many").mkdir()
    for number in range(count):
        text = FAULTY.replace("一、", f"{number}\n\n一、") * times
        (folder / "many" / f"{number}.txt").write_text(text, encoding="utf-8")


def test_several_processes_fill_and_use_it(run: Run, folder: Path) -> None:
    many(folder)
    argv = ["check", "many", "--output-format", "json", "--cache-dir", "here"]
    plain = run(*argv, "--no-cache")
    for jobs in ("3", "1", "2"):
        done = run(*argv, "--jobs", jobs)
        assert (done.returncode, done.stdout, done.stderr) == (1, plain.stdout, "")
    for number in (7, 30, 59):
        (folder / "many" / f"{number}.txt").write_text(CLEAN, encoding="utf-8")
    plain = run(*argv, "--no-cache")
    assert run(*argv, "--jobs", "2").stdout == plain.stdout


def test_runs_at_the_same_time(run: Run, folder: Path) -> None:
    many(folder)
    argv = [sys.executable, "-m", "reportlint", "check", "many", "--cache-dir", "here"]
    argv += ["--output-format", "json"]
    processes = [subprocess.Popen(argv, cwd=folder, stdout=-1, stderr=-1) for _ in range(4)]
    said = [process.communicate(timeout=120) for process in processes]
    plain = run(*argv[3:], "--no-cache").stdout
    assert {(out.decode(), err) for out, err in said} == {(plain, b"")}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to kill")
def test_a_run_that_is_killed_leaves_a_cache_that_works(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder, 120, times=20)
    argv = ["check", "many", "--cache-dir", "here", "--jobs", "2", "--output-format", "concise"]
    # So that there is something to lose.
    script = "import sys; from reportlint import cache; cache._BATCH = 1; "
    script += "from reportlint.cli import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", script, *argv],
        cwd=folder,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait(60)
    done = run(*argv)
    assert done.stderr == ""
    assert done.stdout == run(*argv, "--no-cache").stdout


def test_a_draft_that_changes_meanwhile_is_kept_as_it_was_checked(
    call: Call, drafts: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drafts / "faulty.txt"
    before, after = path.read_bytes(), path.read_bytes().replace(b"XX", b"30")
    plain = reuse.Keyed.of

    def of(self: reuse.Keyed, name: str) -> bytes:
        key = plain(self, name)
        path.write_bytes(after)  # between the look into the cache and the check
        return key

    monkeypatch.setattr(reuse.Keyed, "of", of)
    call("check", "drafts", "--output-format", "concise")
    monkeypatch.setattr(reuse.Keyed, "of", plain)
    path.write_bytes(before)
    assert (
        "faulty.txt:5:7: error PH001" in call("check", "drafts", "--output-format", "concise").out
    )
