"""Files to results: none is lost, in whatever process it is checked."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import engine, readers, reporters, runner
from reportlint.checks.model import Check, Context, Hit
from reportlint.cli.job import Job
from reportlint.config import Options, Resolver
from reportlint.errors import ConfigError
from reportlint.policies import Policies
from reportlint.reporters import ReportOptions
from reportlint.ruleset import RuleSet
from reportlint.settings import Settings

TEXT = "投入XX万元，推##paidbegin##动工作。\n"


class TestOneFile:
    def test_that_can_be_read(self, settings: Settings, tmp_path: Path) -> None:
        path = str(tmp_path / "a.txt")
        Path(path).write_bytes(TEXT.encode("gb18030"))
        result = runner.check_file(path, settings)
        assert (result.path, result.format, result.encoding) == (path, "text", "gb18030")
        assert [finding.code for finding in result.findings] == ["PH001", "PW001"]
        assert result.structure is not None
        assert not result.failed

    def test_that_is_not_there(self, settings: Settings, tmp_path: Path) -> None:
        self.assert_failed(runner.check_file(str(tmp_path / "a.txt"), settings), "RL002")

    def test_that_is_a_folder(self, settings: Settings, tmp_path: Path) -> None:
        self.assert_failed(runner.check_file(str(tmp_path), settings), "RL002")

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("a.txt", b"\0\0", "RL001"),
            ("a.docx", b"", "RL002"),
            ("a.docx", b"PK\x03\x04\0\0", "RL002"),
            ("a.doc", b"\xd0\xcf\x11\xe0", "RL002"),
        ],
    )
    def test_that_cannot_be_read(
        self, settings: Settings, name: str, data: bytes, code: str
    ) -> None:
        self.assert_failed(runner.check_bytes(data, name, settings), code)

    @pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), ValueError("odd")])
    def test_that_breaks_its_reader(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        def read(*_: object) -> None:
            raise error

        monkeypatch.setattr(readers, "read", read)
        result = runner.check_bytes(b"", "a.txt", settings)
        self.assert_failed(result, "RL002")
        assert type(error).__name__ in result.findings[0].message

    def test_the_reason_is_in_the_language_of_the_run(self, settings: Settings) -> None:
        zh = runner.check_bytes(b"\0", "a.txt", settings._replace(lang="zh"))
        en = runner.check_bytes(b"\0", "a.txt", settings._replace(lang="en"))
        assert "字节" in zh.findings[0].message
        assert "byte" in en.findings[0].message

    def test_a_rule_that_crashes_fails_the_file_and_stops_no_other(
        self, settings: Settings
    ) -> None:
        rules, *others = settings.ruleset.__reduce__()[1]
        broken = settings.ruleset.rules["PW001"]._replace(patterns=("(",), needs=())
        rules = [broken if rule.code == "PW001" else rule for rule in rules]
        settings = settings._replace(ruleset=RuleSet(rules, *others))
        result = runner.check_bytes(TEXT.encode(), "a.txt", settings)
        assert [finding.code for finding in result.findings] == ["RL003", "PH001"]
        assert result.failed

    def assert_failed(self, result: runner.FileResult, code: str) -> None:
        assert result.failed
        assert result.document.text == ""
        assert result.structure is None
        assert [finding.code for finding in result.findings] == [code]
        assert (result.kind, result.kind_from, result.encoding) == (None, None, None)


def double(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        # Later ones are quicker: the order of the results is not that of their ends.
        time.sleep(0.02 / (int(word) + 1))
        yield word * 2


def refuse(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word == "7":
            raise ConfigError(word)
        yield word


def process(words: Iterable[str]) -> list[int]:
    return [os.getpid() for _ in words]


def die(words: Iterable[str]) -> Iterator[str]:
    os._exit(9)


class TestSeveralFiles:
    """Drafts are checked together, and each has the result that it has alone."""

    def cases(self, settings: Settings) -> list[runner.Case]:
        english = settings._replace(lang="en", active=frozenset({"PH001", "RL001", "RL002"}))
        texts = [TEXT, "", "一、成绩\n一是修路，三是通电。\n", TEXT * 40]
        drafts = [
            runner.Case(f"{number}.txt", terms, data=text.encode())
            for number, text in enumerate(texts)
            for terms in (settings, settings, english)
        ]
        drafts.insert(1, runner.Case("none.txt", settings))
        drafts.insert(5, runner.Case("zeros.txt", settings, data=b"\0\0"))
        drafts.insert(6, runner.Case("a.md", settings, data="`XX`投入XX万元".encode()))
        return drafts

    @pytest.mark.parametrize("together", [(1, 10**9), (3, 10**9), (100, 1), (100, 10**9)])
    def test_results_are_those_of_each_alone(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, together: tuple[int, int]
    ) -> None:
        monkeypatch.setattr(runner, "TOGETHER", together)
        cases = self.cases(settings)
        numbers = range(len(cases))
        found = list(runner.check_all(zip(cases, numbers, strict=True)))
        assert [number for _, number in found] == list(numbers)
        for case, (result, _) in zip(cases, found, strict=True):
            if case.data is None:
                alone = runner.check_file(*case[:3])
            else:
                alone = runner.check_bytes(case.data, *case[:3])
            assert self.known(result) == self.known(alone)

    def known(self, result: runner.FileResult) -> object:
        return result._replace(document=result.document.text, structure=bool(result.structure))

    def test_a_rule_that_crashes_on_one_draft_is_asked_of_the_others(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def find(context: Context) -> Iterator[Hit]:
            if "炸" in context.text:
                raise ValueError("no")
            yield Hit("PH001", 0, 1)

        monkeypatch.setattr(engine, "CHECKS", (Check(("PH001",), "clean", find),))
        rules, *others = settings.ruleset.__reduce__()[1]
        few = settings._replace(ruleset=RuleSet(rules, *others), active=frozenset({"PH001"}))
        cases = [
            (runner.Case("", few, data=text.encode()), text) for text in ("修路", "炸", "通电")
        ]
        found = {text: result for result, text in runner.check_all(cases)}
        assert {text: [f.code for f in r.findings] for text, r in found.items()} == {
            "修路": ["PH001"],
            "炸": ["RL003"],
            "通电": ["PH001"],
        }
        assert [text for text, result in found.items() if result.failed] == ["炸"]

    def test_of_none(self) -> None:
        assert list(runner.check_all([])) == []

    def test_no_more_are_read_ahead_than_are_checked_together(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runner, "TOGETHER", (3, 10**9))
        taken = []

        def cases() -> Iterator[tuple[runner.Case, int]]:
            for number in range(10):
                taken.append(number)
                yield runner.Case("", settings, data=b""), number

        results = runner.check_all(cases())
        next(results)
        assert taken == [0, 1, 2]

    @given(sizes=st.lists(st.integers(0, 9)), longest=st.integers(1, 5), largest=st.integers(1, 20))
    def test_batches(self, sizes: list[int], longest: int, largest: int) -> None:
        made = list(runner.batches(sizes, lambda size: size, (longest, largest)))
        assert [size for batch in made for size in batch] == sizes
        assert all(0 < len(batch) <= longest for batch in made)
        assert all(len(batch) == 1 or sum(batch) <= largest for batch in made)
        for batch, (first, *_) in pairwise(made):
            assert len(batch) == longest or sum(batch) + first > largest or sum(batch) >= largest


class TestSpread:
    WORDS = tuple(str(number) for number in range(20))

    @pytest.mark.parametrize("jobs", [None, 1, 2, 3, 100])
    def test_results_are_in_order(self, jobs: int | None) -> None:
        assert list(runner.spread(self.WORDS, double, jobs)) == [w * 2 for w in self.WORDS]

    @pytest.mark.parametrize("files", [1, 3, 20, 100, 777, 5000])
    @pytest.mark.parametrize("count", [2, 3, 8])
    def test_chunks_get_smaller(self, files: int, count: int) -> None:
        paths = [str(number) for number in range(files)]
        chunks = list(runner._chunks(paths, count))
        assert [path for chunk in chunks for path in chunk] == paths
        sizes = [len(chunk) for chunk in chunks]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[0] <= runner.CHUNKS[0]
        assert sizes[-1] <= runner.CHUNKS[1]
        assert len(chunks) > min(files, count) // 2

    def test_of_nothing(self) -> None:
        assert list(runner.spread((), double, 4)) == []

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_error_is_raised_here(self, jobs: int) -> None:
        results = runner.spread(self.WORDS, refuse, jobs)
        with pytest.raises(ConfigError, match="7"):
            list(results)

    def test_processes_are_others(self) -> None:
        assert set(runner.spread(self.WORDS, process, 1)) == {os.getpid()}
        others = set(runner.spread(self.WORDS, process, 2))
        assert os.getpid() not in others

    def test_a_process_that_is_killed(self) -> None:
        with pytest.raises(runner.WorkerError):
            list(runner.spread(self.WORDS, die, 2))

    def test_nobody_need_take_all_results(self) -> None:
        results = iter(runner.spread(self.WORDS, double, 2))
        assert next(results) == "00"


class TestProcesses:
    @pytest.mark.parametrize(
        ("files", "jobs", "cpus", "expected"),
        [
            (1, None, 8, 1),
            (399, None, 8, 1),
            (400, None, 8, 2),
            (1000, None, 8, 5),
            (10_000, None, 8, 8),
            (10_000, None, 1, 1),
            (10_000, 3, 8, 3),
            (2, 3, 8, 2),
            (0, 3, 8, 1),
        ],
    )
    def test_as_many_as_pay(
        self,
        monkeypatch: pytest.MonkeyPatch,
        files: int,
        jobs: int | None,
        cpus: int,
        expected: int,
    ) -> None:
        monkeypatch.setattr(runner, "cpus", lambda: cpus)
        assert runner.processes(files, jobs) == expected

    def test_the_processors_are_counted(self) -> None:
        assert runner.cpus() >= 1


def test_a_job_survives_the_way_to_a_process_that_inherits_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text('select = ["PW"]\n[severity]\nPW001 = "info"\n')
    monkeypatch.chdir(tmp_path)
    resolver = Resolver(Options(lang="en"))
    rules = resolver.for_file("a.txt").settings.ruleset.rules
    reporter = reporters.make("concise", ReportOptions(lang="en", rules=rules))
    job = Job(resolver, "en", [reporter], "", Policies(resolver), unsafe=False)
    (done,) = job(["a.txt"])
    assert done.tally.infos == 1
    assert list(pickle.loads(pickle.dumps(job))(["a.txt"])) == [done]
    assert pickle.loads(pickle.dumps(done)) == done
