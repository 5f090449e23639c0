"""``reportlint corpus``: what is written for which records, and what is said about it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportlint
from reportlint import engine
from reportlint.corpus import source, streams
from reportlint.corpus.work import Plan, work
from reportlint.document import Document
from reportlint.settings import Settings
from tests.corpus.conftest import (
    CLEAN,
    FAULTY,
    MARKED,
    TEXTS,
    Call,
    Parquet,
    read,
    records,
    write,
)

# What is written


def test_results_are_those_of_lint_batch(call: Call, folder: Path) -> None:
    made = records(7)
    write(folder / "in.jsonl", made)
    outcome = call("in.jsonl", "-o", "out.jsonl")
    assert (outcome.code, outcome.out) == (0, "")
    assert "共 7 篇，有问题的 4 篇" in outcome.err
    results = reportlint.lint_batch([record["text"] for record in made])
    assert read(folder / "out.jsonl") == [
        {"file": "in.jsonl", "line": n + 1, "id": record["id"], **result}
        for n, (record, result) in enumerate(zip(made, results, strict=True))
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson.gz", ".jsonl.zst"])
def test_every_compression_is_read_and_written(call: Call, folder: Path, suffix: str) -> None:
    write(folder / "plain.jsonl", records(50))
    write(folder / f"in{suffix}", records(50))
    assert call("plain.jsonl", "-o", "expected.jsonl").code == 0
    assert call(f"in{suffix}", "-o", f"out{suffix}").code == 0
    expected = [{**row, "file": f"in{suffix}"} for row in read(folder / "expected.jsonl")]
    assert read(folder / f"out{suffix}") == expected


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_files_may_have_several_members(call: Call, folder: Path, suffix: str) -> None:
    parts = [write(folder / f"{n}.jsonl{suffix}", records(3)) for n in range(3)]
    (folder / f"in.jsonl{suffix}").write_bytes(b"".join(part.read_bytes() for part in parts))
    assert call(f"in.jsonl{suffix}", "-o", "out.jsonl").code == 0
    assert [row["line"] for row in read(folder / "out.jsonl")] == list(range(1, 10))


def test_columns_of_parquet(parquet: Parquet, folder: Path) -> None:
    columns = (
        f"{{'正文': {list(TEXTS)!r} * 33, 'no': list(range(99)),"
        " 'when': [datetime.datetime(1970, 1, 2)] * 99}"
    )
    fields = ("--text-field", "正文", "--id-field", "no")
    assert parquet(columns, *fields, "--jobs", "2").code == 0
    rows = read(folder / "out.jsonl")
    assert [(row["line"], row["id"]) for row in rows] == [(n + 1, n) for n in range(99)]
    assert [row["codes"] for row in rows[:3]] == [[], ["PH001", "PW001"], ["PW001"]]
    assert parquet(columns, *fields, "--clean", "--drop", "PH").code == 0
    rows = read(folder / "out.jsonl")
    assert rows[0] == {"正文": CLEAN, "no": 0, "when": "1970-01-02T00:00:00"}
    assert [row["no"] for row in rows] == [n for n in range(99) if n % 3 != 1]


def test_values_of_parquet_that_json_lacks_are_dead_letters(parquet: Parquet, folder: Path) -> None:
    columns = "{'text': ['一', '二'], 'raw': [b'x', None]}"
    assert parquet(columns, "--write", "records").code == 0
    assert read(folder / "out.jsonl") == [{"text": "二", "raw": None}]
    (letter,) = read(folder / "out.jsonl.dead.jsonl")
    assert (letter["line"], letter["error"]) == (1, "unwritable")


def test_records_that_stay_are_written_as_they_were(call: Call, folder: Path) -> None:
    odd = (
        '{"n": 1.0, "big": 12345678901234567890123, "text" : "没有问题。", "x": "\\u4e00"}'.encode()
    )
    write(folder / "in.jsonl", [odd, {"text": FAULTY}, b"", odd + b"\r"])
    assert call("in.jsonl", "-o", "out.jsonl", "--drop", "PH").code == 0
    assert (folder / "out.jsonl").read_bytes() == (odd + b"\n") * 2


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--drop", "PW001"], [CLEAN]),
        (["--drop", "PH，NM"], [CLEAN, MARKED]),
        (["--drop", "ALL"], [CLEAN]),
        (["--drop-severity", "error"], [CLEAN]),
        (["--drop-severity", "info", "--select", "PH"], [CLEAN, MARKED]),
        (["--clean"], [CLEAN, FAULTY.replace("##paidbegin##", ""), "扎实推动工作，各项任务均已完成。\n"]),
        (["--clean", "--drop", "PW"], [CLEAN, FAULTY.replace("##paidbegin##", ""), "扎实推动工作，各项任务均已完成。\n"]),
        (["--clean", "--select", "PH"], [CLEAN, FAULTY, MARKED]),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith("-") else "",
)  # fmt: skip
def test_dropping_and_cleaning(
    call: Call, folder: Path, options: list[str], left: list[str]
) -> None:
    write(folder / "in.jsonl", records(3))
    assert call("in.jsonl", "-o", "out.jsonl", *options).code == 0
    assert [row["text"] for row in read(folder / "out.jsonl")] == left


def test_records_with_what_was_found_in_them(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", records(2))
    assert call("in.jsonl", "-o", "out.jsonl", "--write", "both", "--clean").code == 0
    texts = [CLEAN, FAULTY.replace("##paidbegin##", "")]
    assert read(folder / "out.jsonl") == [
        {**record, "text": text, "reportlint": result}
        for record, text, result in zip(
            records(2), texts, reportlint.lint_batch(texts), strict=True
        )
    ]


def test_configuration_rules_kinds_and_languages(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", [{"text": FAULTY}])
    (folder / "reportlint.toml").write_text('ignore = ["PH"]\n')

    def row(*options: str) -> dict[str, Any]:
        assert call("in.jsonl", "-o", "out.jsonl", *options).code == 0
        (only,) = read(folder / "out.jsonl")
        return only

    assert row()["codes"] == ["PW001"]
    assert row()["id"] is None
    assert row("--isolated")["codes"] == ["PH001", "PW001"]
    assert row("--isolated", "--ignore", "PW")["codes"] == ["PH001"]
    assert row("--kind", "述职报告")["kind_from"] == "option"
    assert row("--lang", "en")["findings"][0]["message"].startswith("leftover")
    assert row("--redact")["findings"][0]["message"].count("paid") == 0
    assert row("--text-format", "markdown")["codes"] == ["PW001"]


def test_folders_are_read_in_order(call: Call, folder: Path) -> None:
    (folder / "in" / "deeper").mkdir(parents=True)
    for name in ("b.jsonl", "a.jsonl.gz", "deeper/c.ndjson"):
        write(folder / "in" / name, records(1))
    (folder / "in" / "notes.txt").write_text("x")
    assert call("in", "-o", "out.jsonl").code == 0
    rows = read(folder / "out.jsonl")
    assert [row["file"] for row in rows] == ["in/a.jsonl.gz", "in/b.jsonl", "in/deeper/c.ndjson"]


# Numbers of processes, shards


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_the_output_does_not_depend_on_the_processes(
    call: Call, folder: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "CHUNK", 1000)
    made = [*records(200), b"broken", *records(100)]
    write(folder / "in.jsonl", made)
    for jobs in ("1", "2", "3"):
        out = f"out{jobs}.jsonl{suffix}"
        stats = ("--statistics-file", f"{jobs}.json")
        assert call("in.jsonl", "-o", out, "--jobs", jobs, "--clean", *stats).code == 0
    for name in ("out{}.jsonl" + suffix, "out{}.jsonl" + suffix + ".dead.jsonl", "{}.json"):
        first, *others = [(folder / name.format(jobs)).read_bytes() for jobs in (1, 2, 3)]
        assert others == [first] * 2
        assert first


def test_shards_together_are_the_whole(call: Call, folder: Path) -> None:
    write(folder / "a.jsonl", [*records(40), b"", b"no", *records(30)])
    write(folder / "b.jsonl.gz", records(25))
    inputs = ("a.jsonl", "b.jsonl.gz")
    assert call(*inputs, "-o", "whole.jsonl").code == 0
    parts: list[dict[str, Any]] = []
    dead = 0
    for n in range(1, 5):
        assert call(*inputs, "-o", f"{n}.jsonl", "--shard", f"{n}/4").code == 0
        part = read(folder / f"{n}.jsonl")
        assert len(part) in (23, 24, 25)
        parts += part
        dead += (folder / f"{n}.jsonl.dead.jsonl").exists()
    parts.sort(key=lambda row: (row["file"], row["line"]))
    assert parts == read(folder / "whole.jsonl")
    assert dead == 1


def test_a_shard_may_be_empty(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", records(1))
    assert call("in.jsonl", "-o", "out.jsonl", "--shard", "2/2").code == 0
    assert read(folder / "out.jsonl") == []


# Dead letters


def test_records_that_fail_are_dead_letters(call: Call, folder: Path) -> None:
    lines: list[tuple[bytes, str | None]] = [
        (b'\xef\xbb\xbf{"text": "\xe5\xa5\xbd"}', None),
        (b"{broken", "json"),
        (b'"text"', "json"),
        (b"   ", None),
        (b'{"body": "x"}', "missing"),
        (b'{"text": 7}', "not-text"),
        (b'{"text": null}', "not-text"),
        (b'{"text": "\xff"}', "encoding"),
        (b'{"text": "' + b"x" * 101 + b'"}', "too-long"),
        (b'{"text": "\\ud800"}', "text"),
        (b'{"text": "a\\u0000b"}', "text"),
        (b'{"text": "x", "n": NaN}', "json"),
        (b"[" * 100_000, "json"),
        (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "json"),
        (b'{"text": "\xe5\xa5\xbd"}', None),
    ]
    write(folder / "in.jsonl", [line for line, _ in lines])
    outcome = call("in.jsonl", "-o", "out.jsonl", "--max-length", "100")
    assert outcome.code == 0
    assert "12 篇无法处理，0 个文件没有读完，见 out.jsonl.dead.jsonl" in outcome.err
    assert [row["line"] for row in read(folder / "out.jsonl")] == [1, 15]
    letters = read(folder / "out.jsonl.dead.jsonl")
    expected = [(n, word) for n, (_, word) in enumerate(lines, 1) if word is not None]
    assert [(letter["line"], letter["error"]) for letter in letters] == expected
    for letter in letters:
        assert letter["file"] == "in.jsonl"
        assert letter["detail"]
        raw = lines[letter["line"] - 1][0]
        assert letter["record"] == raw.decode("utf-8", "replace")


def test_dead_letters_go_where_they_are_wanted(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", [b"broken", *records(1)])
    options = ("--dead-letters", "dead.jsonl", "--redact")
    assert call("in.jsonl", "-o", "out.jsonl", *options).code == 0
    (letter,) = read(folder / "dead.jsonl")
    assert sorted(letter) == ["detail", "error", "file", "line"]
    # Those of an earlier run do not stay.
    write(folder / "in.jsonl", records(1))
    assert call("in.jsonl", "-o", "out.jsonl", *options).code == 0
    assert not (folder / "dead.jsonl").exists()


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_lines_without_end_are_passed_over(
    call: Call, folder: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "CHUNK", 1000)
    monkeypatch.setattr(source, "LINE", 5000)
    monkeypatch.setattr("reportlint.corpus.work.LINE", 5000)
    long = b'{"text": "' + b"x" * 60_000 + b'"}'
    write(folder / f"in.jsonl{suffix}", [*records(20), long, *records(5), long])
    assert call(f"in.jsonl{suffix}", "-o", "out.jsonl", "--jobs", "1").code == 0
    assert [row["line"] for row in read(folder / "out.jsonl")] == [*range(1, 21), *range(22, 27)]
    letters = read(folder / "out.jsonl.dead.jsonl")
    assert [(letter["line"], letter["error"]) for letter in letters] == [
        (21, "too-long"),
        (27, "too-long"),
    ]
    assert all(len(letter["record"]) < 6000 for letter in letters)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("harm", ["cut", "noise", "no archive"])
def test_damaged_inputs_do_not_stop_the_others(
    call: Call, folder: Path, suffix: str, harm: str
) -> None:
    bad = write(folder / f"bad.jsonl{suffix}", [{"id": n, "text": str(n) * 50} for n in range(999)])
    data = bad.read_bytes()
    half = len(data) // 2
    changed = {
        "cut": data[:half],
        "noise": data[:half] + b"\0" * 50 + data[half + 50 :],
        "no archive": b"{}\n" * 100,
    }
    bad.write_bytes(changed[harm])
    write(folder / "good.jsonl", records(3))
    outcome = call(bad.name, "good.jsonl", "-o", "out.jsonl")
    assert outcome.code == 2
    assert "1 个文件没有读完" in outcome.err
    rows = read(folder / "out.jsonl")
    assert [row["line"] for row in rows if row["file"] == "good.jsonl"] == [1, 2, 3]
    letter = read(folder / "out.jsonl.dead.jsonl")[-1]
    assert (letter["file"], letter["error"]) == (bad.name, "input")


def test_damaged_parquet_and_missing_columns(parquet: Parquet, folder: Path) -> None:
    (folder / "broken.parquet").write_bytes(b"PAR1" + b"x" * 100)
    outcome = parquet("{'body': ['x']}", "broken.parquet")
    assert outcome.code == 2
    letters = read(folder / "out.jsonl.dead.jsonl")
    assert [(letter["file"], letter["error"]) for letter in letters] == [
        ("in.parquet", "input"),
        ("broken.parquet", "input"),
    ]
    assert "body" in letters[0]["detail"]


def test_a_text_that_breaks_the_linter_is_a_dead_letter(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lint_all(documents: Sequence[Document], settings: Settings) -> object:
        if any("炸" in document.text for document in documents):
            raise MemoryError("too much")
        return real(documents, settings)

    real = engine.lint_all
    monkeypatch.setattr(engine, "lint_all", lint_all)
    write(folder / "in.jsonl", [{"text": "炸"}, *records(2)])
    assert call("in.jsonl", "-o", "out.jsonl").code == 0
    (letter,) = read(folder / "out.jsonl.dead.jsonl")
    assert (letter["error"], letter["detail"]) == ("crash", "MemoryError: too much")
    assert len(read(folder / "out.jsonl")) == 2


@given(data=st.binary() | st.lists(st.sampled_from([b'{"text": "X"}', b"\n", b"\r", b"{", b"\0"])))
def test_whatever_the_bytes_every_line_is_accounted_for(
    data: bytes | list[bytes], settings: Settings
) -> None:
    data = b"".join(data) if isinstance(data, list) else data
    position = source.Position()
    after = source.Position(0, data.count(b"\n") + 1, len(data))
    plan = Plan(settings._replace(active=frozenset({"PH001"})), ("in.jsonl",))
    # In another process all of this arrives pickled.
    plan, chunk = pickle.loads(pickle.dumps((plan, source.Chunk(position, after, data))))
    done = pickle.loads(pickle.dumps(work(plan, chunk)))
    count = sum(1 for line in data.split(b"\n") if line.strip())
    lines = done.output.decode().split("\n")[:-1], done.dead.decode().split("\n")[:-1]
    numbers = [json.loads(line)["line"] for part in lines for line in part]
    assert len(numbers) == len(set(numbers)) == done.statistics.totals["records"] == count


# Statistics


def test_statistics(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", [*records(9), b"broken", {"text": "2024年度述职报告\n"}])
    options = ("--statistics-file", "stats.json", "--drop", "PH", "--clean", "-q")
    outcome = call("in.jsonl", "-o", "out.jsonl", *options)
    assert outcome.code == 0
    assert (
        outcome.err == "reportlint: 警告：1 篇无法处理，0 个文件没有读完，见 out.jsonl.dead.jsonl\n"
    )
    stats = json.loads((folder / "stats.json").read_text(encoding="utf-8"))
    counts = {name: stats[name] for name in ("records", "checked", "dead", "written", "dropped")}
    assert counts == {"records": 11, "checked": 10, "dead": 1, "written": 7, "dropped": 3}
    assert (stats["cleaned"], stats["failed"], stats["unreadable_inputs"]) == (6, 0, 0)
    assert stats["reasons"] == {"json": 1}
    assert stats["kinds"] == {"": 9, "述职报告": 1}
    assert stats["codes"]["PH001"] == {"records": 3, "findings": 3}
    assert stats["categories"]["placeholder"] == {"records": 3, "findings": 3}
    assert stats["marked"] == 4


def test_the_summary_in_english(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", records(3))
    err = call("in.jsonl", "-o", "out.jsonl", "--lang", "en").err
    assert err.split("\n")[0].split() == ["records", "count", "rule", "name"]
    assert "3 records, 2 with findings (3 errors, 0 warnings, 0 infos); wrote 3" in err


# What cannot be done


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "没有写输入文件"),
        (["in.jsonl"], "没有写输出文件"),
        (["none.jsonl", "-o", "out.jsonl"], "none.jsonl: 没有这个文件"),
        (["in.csv", "-o", "out.jsonl"], "in.csv: 不认识这个后缀"),
        (["empty", "-o", "out.jsonl"], "empty: 文件夹里没有可读的文件"),
        (["in.jsonl", "-o", "out.parquet"], "out.parquet: 不认识这个后缀"),
        (["in.jsonl", "-o", "in.jsonl"], "in.jsonl: 不能既是输入又是输出"),
        (["in.jsonl", "-o", "x.jsonl", "--dead-letters", "x.jsonl"], "x.jsonl: 不能"),
        (["in.jsonl", "-o", "no/out.jsonl.d/x.jsonl", "--shard", "0/2"], "--shard"),
        (["in.jsonl", "-o", "out.jsonl", "--shard", "3/2"], "--shard"),
        (["in.jsonl", "-o", "out.jsonl", "--shard", "1"], "--shard"),
        (["in.jsonl", "-o", "out.jsonl", "--drop", "ZZ"], "“ZZ”"),
        (["in.jsonl", "-o", "out.jsonl", "--drop", "PW", "--select", "PH"], "没有启用"),
        (["in.jsonl", "-o", "out.jsonl", "--write", "x"], "--write"),
        (["in.jsonl", "-o", "out.jsonl", "--max-length", "0"], "--max-length"),
        (["in.jsonl", "-o", "out.jsonl", "--select", "ZZ"], "ZZ"),
        (["in.jsonl", "-o", "in.csv/out.jsonl"], "无法写入"),
        (["blank.jsonl", "-o", "out.jsonl"], "没有检查到任何记录"),
        (["dead.jsonl", "-o", "out.jsonl"], "没有检查到任何记录"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistakes(call: Call, folder: Path, argv: list[str], said: str) -> None:
    write(folder / "in.jsonl", records(1))
    (folder / "in.csv").write_text("x")
    (folder / "empty").mkdir()
    (folder / "blank.jsonl").write_text("\n\n")
    (folder / "dead.jsonl").write_text("{}\n[]\n")
    outcome = call(*argv)
    assert outcome.code == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("in.jsonl.zst", "backports", "zstd"), ("in.parquet", "pyarrow", "parquet")],
)
def test_without_the_library_it_says_what_to_install(
    folder: Path, name: str, library: str, extra: str
) -> None:
    (folder / name).write_bytes(b"x")
    code = (
        "import sys\n"
        f"sys.modules[{library!r}] = sys.modules['compression'] = None\n"
        "from reportlint.cli import main\n"
        f"sys.exit(main(['corpus', {name!r}, '-o', 'out.jsonl']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=folder, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert f'pip install "reportlint[{extra}]"' in done.stderr.decode()


def test_the_suffixes_are_those_of_the_help(call: Call) -> None:
    outcome = call("--help")
    assert outcome.code == 0
    words = "".join(outcome.out.split())
    for suffix in (*streams.JSONL, *streams.COMPRESSIONS, streams.PARQUET):
        assert suffix in words
