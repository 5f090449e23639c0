"""What is done with a draft, without a process around it; and the processes."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import signal
import time
from pathlib import Path

import pytest

from reportlint import engine
from reportlint.checks.model import Check, Context, Hit
from reportlint.config import Options
from reportlint.errors import ConfigError
from reportlint.server import pool, worker
from reportlint.server.jobs import Desk, Draft, Scene
from reportlint.server.pool import JobError, OverdueError, Pool

PLAIN = "全年接待群众XX人次。\n"


def scene(folder: Path, turn: int = 0) -> Scene:
    return Scene(Options(lang="zh"), str(folder), {}, turn)


def draft(folder: Path, text: str = PLAIN, name: str = "a.txt") -> Draft:
    return Draft(str(folder / name), text, "markdown" if name.endswith(".md") else "text")


def test_what_comes_of_a_draft_can_be_sent_between_processes(tmp_path: Path) -> None:
    checked = Desk().check(draft(tmp_path), scene(tmp_path))
    assert [finding.code for finding in checked.findings] == ["PH001"]
    assert len(checked.fingerprints) == 1
    assert set(checked.pages) == set(checked.plain) == {"PH001"}
    assert pickle.loads(pickle.dumps(checked)) == checked


def test_files_are_read_once_a_turn(tmp_path: Path) -> None:
    desk = Desk()
    assert desk.check(draft(tmp_path), scene(tmp_path)).findings
    (tmp_path / "reportlint.toml").write_text('ignore = ["PH001"]\n', encoding="utf-8")
    assert desk.check(draft(tmp_path), scene(tmp_path)).findings
    assert not desk.check(draft(tmp_path), scene(tmp_path, 1)).findings


def test_a_rule_that_crashes_is_a_finding_on_the_first_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: Context) -> list[Hit]:
        raise RuntimeError("out of order")

    broken = Check(("PH001",), "clean", crash)
    monkeypatch.setattr(engine, "CHECKS", (*engine.CHECKS, broken))
    checked = Desk().check(draft(tmp_path), scene(tmp_path))
    crashed = checked.findings[0]
    assert (crashed.code, crashed.start, crashed.end) == ("RL003", 0, 0)
    assert "out of order" in crashed.message


def test_a_broken_baseline_is_a_problem_and_no_end(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('baseline = "b.json"\n', encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    checked = Desk().check(draft(tmp_path), scene(tmp_path))
    assert len(checked.problems) == 1
    assert "b.json" in checked.problems[0]
    assert [finding.code for finding in checked.findings] == ["PH001"]
    with pytest.raises(ConfigError):
        Desk().note(draft(tmp_path), scene(tmp_path), checked.fingerprints[0])


def test_a_baseline_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlint.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text('baseline = "b.json"\n', encoding="utf-8")
    assert main(["baseline", "create"]) == 0
    assert not Desk().check(draft(tmp_path), scene(tmp_path)).findings
    assert Desk().check(draft(tmp_path, PLAIN * 2), scene(tmp_path)).findings


def test_entries_are_added_to_those_there_are(tmp_path: Path) -> None:
    text = "全年接待群众XX人次。\n另有YY户××人。\n"
    desk, at = Desk(), scene(tmp_path)
    checked = desk.check(draft(tmp_path, text), at)
    assert len(checked.findings) > 1
    for count, name in enumerate(checked.fingerprints, 1):
        made = desk.note(draft(tmp_path, text), at, name)
        assert made is not None
        path, content = made
        assert path == str(tmp_path / "a.txt.reportlint.toml")
        assert content.count(b"[[suppress]]") == count
        Path(path).write_bytes(content)
        assert desk.note(draft(tmp_path, text), at, name) is None
    assert not desk.check(draft(tmp_path, text), at).findings


def test_a_comment_that_would_not_help_is_not_written(tmp_path: Path) -> None:
    desk, at = Desk(), scene(tmp_path)
    one = draft(tmp_path, "组织XX名民兵。\n", "a.md")
    (name,) = desk.check(one, at).fingerprints
    assert desk.comment(one, at, name)
    assert desk.comment(one, at, "0" * 16) == []
    assert desk.comment(draft(tmp_path), at, name) == []


def test_pages_of_rules(tmp_path: Path) -> None:
    page = Desk().page(draft(tmp_path), scene(tmp_path), "PH001")
    assert page is not None
    assert "怎么改" in page[0]
    assert Desk().page(draft(tmp_path), scene(tmp_path), "XX001") is None


# Processes


def test_the_loop_of_a_process() -> None:
    asked = worker.packed(("check", ())) + worker.packed(("no-such-job", ())) + b"\0"
    replies = io.BytesIO()
    worker.serve(io.BytesIO(asked), replies)
    replies.seek(0)
    read = []
    while head := replies.read(worker.LENGTH):
        read.append(pickle.loads(replies.read(int.from_bytes(head, "big"))))
    assert read[0][0] is False
    assert "TypeError" in read[0][1]
    assert read[1] == (True, None)


def pid(workers: Pool) -> int:
    (one,) = workers._idle
    return one._process.pid


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def huge(folder: Path) -> Draft:
    return draft(folder, "扎实推##paidbegin##动工作，接待群众XX人次。\n" * 60_000)


def test_a_job_that_nobody_wants_any_more_is_ended(tmp_path: Path) -> None:
    async def story() -> None:
        workers = Pool()
        await workers.warm()
        first = pid(workers)
        stale = asyncio.ensure_future(workers.run("check", huge(tmp_path), scene(tmp_path)))
        await asyncio.sleep(0.3)
        stale.cancel()
        began = time.monotonic()
        checked = await workers.run("check", draft(tmp_path), scene(tmp_path))
        assert [finding.code for finding in checked.findings] == ["PH001"]
        assert time.monotonic() - began < 5
        await asyncio.sleep(pool.GRACE)
        while workers._running:
            await asyncio.sleep(0.01)
        assert not alive(first)
        await workers.close()

    asyncio.run(story())


def test_a_job_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    async def story() -> None:
        workers = Pool(limit=0.3)
        await workers.warm()
        with pytest.raises(OverdueError):
            await workers.run("check", huge(tmp_path), scene(tmp_path))
        await workers.close()

    asyncio.run(story())


def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    async def story() -> None:
        workers = Pool()
        await workers.warm()
        os.kill(pid(workers), signal.SIGKILL)
        with pytest.raises(JobError):
            await workers.run("check", draft(tmp_path), scene(tmp_path))
        checked = await workers.run("check", draft(tmp_path), scene(tmp_path))
        assert checked.findings
        with pytest.raises(JobError, match="TypeError"):
            await workers.run("check")
        number = pid(workers)
        await workers.close()
        assert not alive(number)

    asyncio.run(story())
