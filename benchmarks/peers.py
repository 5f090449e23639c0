"""Measures reportlint beside other programs: ``python -m benchmarks peers``.

textlint, zhlint, autocorrect and ripgrep come from npm, Semgrep from PyPI, into the folder of the
benchmarks; nothing is installed anywhere else. Where programs do the same work, which is to report
every match of 61 patterns, their findings are counted first, and have to be equally many.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import corpus, patterns
from benchmarks.run import CONCISE, JSON
from benchmarks.target import Target
from benchmarks.timing import HYPERFINE, Command, output, rounds, table

NPM = ("textlint@15", "zhlint@0.8", "autocorrect-node@2", "@vscode/ripgrep@1.18")
PYPI = ("semgrep>=1.100",)

FEW, SOME = 100, 200
"""Drafts for the programs that would take minutes for all of them: Semgrep, zhlint."""

ROUNDS = {"one": 7, "few": 1, "some": 3, "many": 3, "large": 1}

SAME = "the 61 patterns"


class Peers:
    """The programs, installed in a folder, and the command lines to start them by."""

    def __init__(self, folder: Path, data: Path, target: Target) -> None:
        self._folder = folder
        self._data = data
        self._target = target
        self.npm = folder / "npm"
        self._venv = folder / "venv"

    def install(self) -> None:
        """Install what is not there yet, and write the patterns as each program has them."""
        self.npm.mkdir(parents=True, exist_ok=True)
        if not (self.npm / "node_modules" / "textlint").exists():
            _do("npm", "install", "--no-audit", "--no-fund", "--silent", *NPM, cwd=self.npm)
        if not self._venv.exists():
            _do(sys.executable, "-m", "venv", str(self._venv), cwd=self._folder)
            _do(str(self._venv / "bin" / "pip"), "install", "-q", *PYPI, cwd=self._folder)
        (self.npm / "rules").mkdir(exist_ok=True)
        for path, text in {
            self.npm / "rules" / "patterns.js": patterns.textlint(),
            self.npm / "textlintrc.json": json.dumps({"rules": {"patterns": True}}),
            self._folder / "patterns.txt": patterns.lines(),
            self._folder / "semgrep.yml": patterns.semgrep(),
            self._data / "peers.toml": 'rules = ["pack.toml"]\nselect = '
            + json.dumps(patterns.codes()),
            self._data / "pack.toml": patterns.pack(),
        }.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        for name, count in (("few", FEW), ("some", SOME)):
            self._twins(name, count)

    def _twins(self, name: str, count: int) -> None:
        """Copy the first drafts into a folder of their own, once as Markdown."""
        for folder, suffix in ((name, ".txt"), (f"{name}-md", ".md")):
            shutil.rmtree(self._data / folder, ignore_errors=True)
            (self._data / folder).mkdir()
            for path in sorted((self._data / "drafts").rglob("*.txt"))[:count]:
                shutil.copy(path, self._data / folder / f"{path.stem}{suffix}")
        shutil.copy(self._data / "one.txt", self._data / "one.md")

    def versions(self) -> Iterator[str]:
        """Yield the name and the version of each program."""
        yield f"Python {platform.python_version()}"
        yield f"Node {_said('node', '--version').strip().lstrip('v')}"
        for name in NPM:
            name = name[: name.rindex("@")]
            package = self.npm / "node_modules" / name / "package.json"
            yield f"{name} {json.loads(package.read_bytes())['version']}"
        yield f"ripgrep {_said(str(self._ripgrep()), '--version').split()[1]}"
        yield f"semgrep {_said(str(self._venv / 'bin' / 'semgrep'), '--version').strip()}"
        if HYPERFINE:
            yield _said(HYPERFINE, "--version").strip()

    def _ripgrep(self) -> Path:
        return next((self.npm / "node_modules" / "@vscode").glob("ripgrep*/bin/rg"))

    # Command lines

    def patterns(self, path: str, jobs: int = 1, form: str = "concise") -> Command:
        """reportlint with a pack of the 61 patterns."""
        argv = ("check", path, "--config", "peers.toml", "--no-cache", f"-j{jobs}")
        return self._target.command(*argv, "--output-format", form, cwd=self._data)

    def defaults(self, path: str, jobs: int = 1) -> Command:
        """reportlint with all its rules, figures included."""
        return self._target.command("check", path, *JSON, f"-j{jobs}", cwd=self._data)

    def slots(self, path: str, jobs: int = 1) -> Command:
        """reportlint with the rules that are patterns for the most part."""
        argv = ("check", path, *CONCISE, "--select", "PH,PW", f"-j{jobs}")
        return self._target.command(*argv, cwd=self._data)

    def textlint(self, path: str, form: str = "unix") -> Command:
        at = self._data / path
        files = str(at / "**" / "*.txt") if at.is_dir() else str(at)
        program = self.npm / "node_modules" / "textlint" / "bin" / "textlint.js"
        argv = ["node", str(program), "--rulesdir", "rules", "-c", "textlintrc.json", "-f", form]
        return Command([*argv, files], str(self.npm), (0, 1))

    def semgrep(self, path: str) -> Command:
        program = str(self._venv / "bin" / "semgrep")
        argv = [program, "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json"]
        argv += ["--no-git-ignore", "--max-target-bytes=0", "--timeout=0", "--max-memory=0"]
        argv += ["-j2", "--config", str(self._folder / "semgrep.yml"), str(self._data / path)]
        # It starts programs of its own by their names.
        path_ = f"{self._venv / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return Command(argv, str(self._data), (0, 1), environ={"PATH": path_})

    def ripgrep(self, path: str, jobs: int = 2) -> Command:
        argv = [str(self._ripgrep()), "--no-config", f"-j{jobs}", "-no", "--no-heading"]
        return Command(
            [*argv, "-f", str(self._folder / "patterns.txt"), path], str(self._data), (0, 1)
        )

    def autocorrect(self, path: str) -> Command:
        program = str(self.npm / "node_modules" / ".bin" / "autocorrect")
        return Command([program, "--lint", path], str(self._data), (0, 1))

    def zhlint(self, path: str) -> Command:
        program = str(self.npm / "node_modules" / ".bin" / "zhlint")
        at = f"{path}/*.md" if (self._data / path).is_dir() else path
        return Command([program, at], str(self._data), (0, 1))


def counts(peers: Peers, path: str, *, semgrep: bool) -> dict[str, int]:
    """Return how many matches of the 61 patterns each program finds."""
    ours = json.loads(output(peers.patterns(path, form="json")))
    theirs = json.loads(output(peers.textlint(path, "json")))
    found = {
        "reportlint": len(ours["findings"]),
        "textlint": sum(len(file["messages"]) for file in theirs),
    }
    if semgrep:
        found["semgrep"] = len(json.loads(output(peers.semgrep(path)))["results"])
    return found


def run(folder: Path, count: int | None) -> int:
    """Install, compare, and print the tables."""
    data = folder / "corpus"
    made = corpus.prepare(data)
    peers = Peers(folder / "peers", data, Target(folder / "target"))
    peers.install()
    print(f"Corpus {made}. {', '.join(peers.versions())}; {os.cpu_count()} processors.\n")
    for path, semgrep in (("one.txt", True), ("few", True), ("drafts", False), ("1MB.txt", False)):
        # In a process of its own: what starts the programs that are measured has to be small.
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            found = pool.submit(counts, peers, path, semgrep=semgrep).result()
        said = ", ".join(f"{name} {number}" for name, number in found.items())
        print(f"Matches of the 61 patterns in {path}: {said}.", flush=True)
        if len(set(found.values())) > 1:
            print(f"They should be equally many in {path}.", file=sys.stderr)
            return 1
    for title, name, commands in _tables(peers):
        measured = rounds(commands, count or ROUNDS[name], warm=name == "one")
        ours = next(measured[name] for name in measured if name.startswith("reportlint"))
        rows = [["program", "seconds", f"× {next(iter(commands))}", "memory"]]
        for row, one in measured.items():
            memory = f"{one.memory / 1e6:.0f} MB" if one.memory else ""
            times = f"{one.seconds / ours.seconds:.2f}"
            rows.append([row, f"{one.seconds:.3f}", times, memory])
        print(f"\n{title}\n\n{table(rows)}", end="", flush=True)
    return 0


def _tables(peers: Peers) -> Iterator[tuple[str, str, Mapping[str, Command]]]:
    """Yield title, name and commands of each table, the first of them ours."""
    one = "one.txt"
    yield (
        "One draft of 6 KB",
        "one",
        {
            "reportlint": peers._target.command("check", one, *CONCISE, cwd=peers._data),
            f"reportlint, {SAME}": peers.patterns(one),
            "python -c pass": Command([sys.executable, "-c", "pass"], str(peers._data)),
            "ripgrep": peers.ripgrep(one),
            f"textlint, {SAME}": peers.textlint(one),
            f"semgrep, {SAME}": peers.semgrep(one),
            "autocorrect": peers.autocorrect(one),
            "zhlint": peers.zhlint("one.md"),
        },
    )
    yield (
        f"{corpus.DRAFTS} drafts of 7 KB",
        "many",
        {
            "reportlint, 2 processes, JSON": peers.defaults("drafts", 2),
            "reportlint, 1 process, JSON": peers.defaults("drafts", 1),
            "reportlint, 2 processes, PH and PW": peers.slots("drafts", 2),
            f"reportlint, 2 processes, {SAME}": peers.patterns("drafts", 2),
            f"textlint, {SAME}": peers.textlint("drafts"),
            "ripgrep, 2 threads": peers.ripgrep("drafts"),
            "autocorrect": peers.autocorrect("drafts"),
        },
    )
    yield (
        f"{SOME} drafts",
        "some",
        {
            "reportlint, 1 process, JSON": peers.defaults("some"),
            "zhlint": peers.zhlint("some-md"),
        },
    )
    yield (
        f"{FEW} drafts",
        "few",
        {
            f"reportlint, 1 process, {SAME}": peers.patterns("few"),
            f"semgrep, {SAME}, 2 processes": peers.semgrep("few"),
        },
    )
    yield (
        "1 MB in one file",
        "large",
        {
            "reportlint, JSON": peers.defaults("1MB.txt"),
            f"reportlint, {SAME}": peers.patterns("1MB.txt"),
            f"textlint, {SAME}": peers.textlint("1MB.txt"),
            "ripgrep": peers.ripgrep("1MB.txt"),
            "autocorrect": peers.autocorrect("1MB.txt"),
        },
    )


def _do(*argv: str, cwd: Path) -> None:
    subprocess.run(argv, check=True, cwd=cwd, stdout=sys.stderr)


def _said(*argv: str) -> str:
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout
