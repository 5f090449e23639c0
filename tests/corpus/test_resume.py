"""Runs that are killed, interrupted or disturbed, and what is left of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint.corpus import run as runs
from reportlint.corpus import source
from reportlint.corpus.source import chunks
from reportlint.corpus.store import Store
from tests.corpus.conftest import Call, read, records, write

SLOW = """
import sys
import reportlint.corpus.run as runs, reportlint.corpus.source as source
import reportlint.corpus.work as work, time
runs.CHECKPOINT = 0.05
source.CHUNK = 2000
check = work.batch.check_all
def slowly(texts, *arguments):
    time.sleep(0.002 * len(texts))
    return check(texts, *arguments)
work.batch.check_all = slowly
from reportlint.cli import main
sys.exit(main(["corpus", *sys.argv[1:]]))
"""
"""The command, slow enough to be killed half-way and with small steps."""

COUNT = 480


def start(*argv: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SLOW, *argv], stderr=subprocess.PIPE, start_new_session=True
    )


def reached(folder: Path) -> int:
    """How many records the state speaks of."""
    try:
        state = json.loads((folder / "state.json").read_bytes())
    except FileNotFoundError:
        return 0
    return int(state["statistics"]["records"])


def wait_for(folder: Path, count: int) -> None:
    end = time.monotonic() + 60
    while reached(folder) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


def gone(group: int) -> bool:
    """Whether every process of a group ends within a few seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def corpus(folder: Path) -> tuple[str, ...]:
    """Two inputs with records that fail among them."""
    made = records(COUNT)
    write(folder / "a.jsonl", [*made[:200], b"broken", *made[200:300]])
    write(folder / "b.jsonl.gz", [*made[300:], b"[]"])
    return "a.jsonl", "b.jsonl.gz"


@pytest.mark.parametrize(("jobs", "suffix"), [("1", ".gz"), ("2", ""), ("2", ".zst")])
def test_killed_and_resumed_nothing_is_lost_or_doubled(
    call: Call, folder: Path, corpus: tuple[str, ...], suffix: str, jobs: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(source, "CHUNK", 2000)
    whole, out = f"whole.jsonl{suffix}", f"out.jsonl{suffix}"
    assert call(*corpus, "-o", whole, "--clean", "--statistics-file", "whole.json").code == 0
    argv = [*corpus, "-o", out, "--clean", "--statistics-file", "out.json", "--resume"]
    for count in (80, 320):
        process = start(*argv, "--jobs", jobs)
        wait_for(folder / f"{out}.parts", count)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert gone(process.pid)
        assert not (folder / out).exists()
    # As if more had been written than the state speaks of.
    with open(folder / f"{out}.parts" / "output", "ab") as file:
        file.write(b"half a line")
    known = reached(folder / f"{out}.parts")
    assert 320 <= known < COUNT
    outcome = call(*argv, "--jobs", jobs)
    assert outcome.code == 0
    assert f"已有 {known} 篇" in outcome.err
    assert not (folder / f"{out}.parts").exists()
    for name in (whole, f"{whole}.dead.jsonl", "whole.json"):
        other = name.replace("whole", "out")
        assert (folder / name).read_bytes() == (folder / other).read_bytes()
    assert len(read(folder / out)) == COUNT
    assert len(read(folder / f"{out}.dead.jsonl")) == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_clean(folder: Path, corpus: tuple[str, ...], jobs: str) -> None:
    process = start(*corpus, "-o", "out.jsonl", "--jobs", jobs)
    wait_for(folder / "out.jsonl.parts", 50)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().strip() == "已中断；加 --resume 接着做"
    assert gone(process.pid)
    assert not (folder / "out.jsonl").exists()
    process = start(*corpus, "-o", "out.jsonl", "--jobs", jobs, "--resume")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert [row["id"] for row in read(folder / "out.jsonl")] == [f"r{n}" for n in range(COUNT)]


def test_a_killed_worker_is_said_and_resumed(folder: Path, corpus: tuple[str, ...]) -> None:
    process = start(*corpus, "-o", "out.jsonl", "--jobs", "2")
    wait_for(folder / "out.jsonl.parts", 50)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "工作进程意外结束" in err.decode()
    process = start(*corpus, "-o", "out.jsonl", "--resume")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert [row["id"] for row in read(folder / "out.jsonl")] == [f"r{n}" for n in range(COUNT)]


@pytest.fixture
def unfinished(folder: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Path:
    """The folder of a run that failed after one chunk."""
    write(folder / "in.jsonl", records(60))
    monkeypatch.setattr(source, "CHUNK", 2000)
    monkeypatch.setattr(runs, "CHECKPOINT", 0.0)

    def failing(plan: object, chunk: source.Chunk) -> object:
        if chunk.start.line > 1:
            raise KeyboardInterrupt
        return work(plan, chunk)  # type: ignore[arg-type]

    work = runs.work
    with monkeypatch.context() as patch:
        patch.setattr(runs, "work", failing)
        assert call("in.jsonl", "-o", "out.jsonl", "--jobs", "1").code == 130
    parts = folder / "out.jsonl.parts"
    assert 0 < reached(parts) < 60
    return parts


def test_an_unfinished_run_is_not_thrown_away(call: Call, folder: Path, unfinished: Path) -> None:
    outcome = call("in.jsonl", "-o", "out.jsonl")
    assert outcome.code == 2
    assert "--resume" in outcome.err
    assert call("in.jsonl", "-o", "out.jsonl", "--resume").code == 0
    assert len(read(folder / "out.jsonl")) == 60


def test_a_finished_run_is_not_done_again(call: Call, folder: Path) -> None:
    write(folder / "in.jsonl", records(3))
    assert call("in.jsonl", "-o", "out.jsonl", "--resume").code == 0
    before = (folder / "out.jsonl").stat()
    outcome = call("in.jsonl", "-o", "out.jsonl", "--resume")
    assert (outcome.code, outcome.err) == (0, "out.jsonl：已经做完\n")
    assert (folder / "out.jsonl").stat().st_mtime_ns == before.st_mtime_ns
    assert call("in.jsonl", "-o", "out.jsonl").code == 0
    assert (folder / "out.jsonl").stat().st_ino != before.st_ino


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("--select", "PH"), "rules"),
        (("--clean",), "--clean, --write"),
        (("--shard", "1/2"), "--shard"),
        (("--lang", "en"), "--lang"),
    ],
)
def test_another_run_is_not_taken_up(
    call: Call, unfinished: Path, change: tuple[str, ...], named: str
) -> None:
    outcome = call("in.jsonl", "-o", "out.jsonl", "--resume", *change)
    assert outcome.code == 2
    assert named in outcome.err


def test_changed_inputs_are_not_gone_on_with(call: Call, folder: Path, unfinished: Path) -> None:
    write(folder / "in.jsonl", records(61))
    outcome = call("in.jsonl", "-o", "out.jsonl", "--resume")
    assert outcome.code == 2
    assert "：inputs" in outcome.err


@pytest.mark.parametrize("harm", ["state", "output"])
def test_a_damaged_state_is_said(call: Call, unfinished: Path, harm: str) -> None:
    if harm == "state":
        (unfinished / "state.json").write_text("{")
    else:
        (unfinished / "output").write_bytes(b"")
    outcome = call("in.jsonl", "-o", "out.jsonl", "--resume")
    assert outcome.code == 2
    assert "已损坏" in outcome.err


def test_two_runs_do_not_write_the_same_output(folder: Path, corpus: tuple[str, ...]) -> None:
    first = start(*corpus, "-o", "out.jsonl")
    wait_for(folder / "out.jsonl.parts", 20)
    second = start(*corpus, "-o", "out.jsonl", "--resume")
    _, err = second.communicate(timeout=60)
    assert second.returncode == 2
    assert "另一个进程正在写" in err.decode()
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert len(read(folder / "out.jsonl")) == COUNT


@pytest.mark.parametrize("left", [("output", "dead"), ("output",), ()])
def test_killed_while_the_files_get_their_names(
    call: Call, folder: Path, left: tuple[str, ...]
) -> None:
    write(folder / "in.jsonl", [*records(3), b"broken"])
    assert call("in.jsonl", "-o", "out.jsonl").code == 0
    expected = [(folder / name).read_bytes() for name in ("out.jsonl", "out.jsonl.dead.jsonl")]
    named = {"output": "out.jsonl", "dead": "out.jsonl.dead.jsonl"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "_name", lambda _: None)
        call("in.jsonl", "-o", "out.jsonl")
    parts = folder / "out.jsonl.parts"
    for name, path in named.items():
        (folder / path).unlink()
        if name not in left:
            (parts / name).rename(folder / path)
    assert call("in.jsonl", "-o", "out.jsonl", "--resume").code == 0
    assert [(folder / path).read_bytes() for path in named.values()] == expected
    assert not parts.exists()


def test_chunks_are_the_same_from_any_of_their_starts(folder: Path) -> None:
    lines = [*records(3000), b"x" * 300_000, *records(2000)]
    inputs = [str(write(folder / f"in.jsonl{end}", lines)) for end in ("", ".gz", ".zst")]
    whole = list(chunks(inputs, None, source.Position()))
    assert len(whole) >= 9
    for index, chunk in enumerate(whole):
        assert list(chunks(inputs, None, chunk.start)) == whole[index:]
        if index:
            assert whole[index - 1].after == chunk.start or chunk.start.line == 1
