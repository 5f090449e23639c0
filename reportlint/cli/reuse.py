"""Results of earlier runs instead of new ones, where nothing has changed that they depend on.

What is kept of a file is what each report says of it, nothing else of its text. Its key is a digest
of all that goes into that: this program and what it reads files with, the rules and settings, what
silences findings, the reports, the path as it is shown, and the bytes of the file.
"""

from __future__ import annotations

import os
import sys
from itertools import chain, islice

from reportlint import readers, runner
from reportlint.cli import terminal
from reportlint.cli.job import Done, Job
from reportlint.lean import lru_cache
from reportlint.paths import printable, shown
from reportlint.summary import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from reportlint.cache import Cache
    from reportlint.cli.output import Report
    from reportlint.cli.setup import Setup
    from reportlint.runner import Case

WORTHWHILE = 50
"""Files from which on a cache saves more than it takes to open."""

WHOLE = ("html",)
"""Formats that show whole drafts. They are not kept: nobody expects his drafts in a cache."""

LIBRARIES = ("charset_normalizer", "markdown_it_py", "pypdfium2", "regex")
"""What drafts are read with besides our own code, as it is called where it is installed."""


def spread(run: Setup, reports: Sequence[Report], job: Job, paths: Sequence[str]) -> Iterator[Done]:
    """Yield what ``job`` makes of each path, in order, from the cache where it is known there."""
    cache = _cache(run, reports, len(paths))
    if cache is None:
        return runner.spread(paths, job, run.config.jobs)
    return _spread(cache, Keyed(job, digest(reports)), paths, run.config.jobs)


def _cache(run: Setup, reports: Sequence[Report], files: int) -> Cache | None:
    """Return the cache for a run, or None where there is none, or where it would be of no use."""
    config, request = run.config, run.request
    if files < WORTHWHILE or not config.cache or any(r.name in WHOLE for r in reports):
        return None
    if any(report.name in config.reporters for report in reports):
        # What a plugin does cannot be told from its name, here or where a plugin finds and reads.
        return None
    if request.fix or request.diff or request.show_figures or request.diff_base:
        # What comes of a file goes beyond its report, or depends on more than can be named here.
        return None
    try:
        from reportlint import cache
    except ImportError:
        # A Python without SQLite.
        return None
    folder = config.cache_dir or cache.place(os.environ)
    if folder is None:
        return None

    def damaged(name: str) -> None:
        name = printable(shown(name, config.cwd))
        words = {
            "zh": f"缓存文件已损坏，改名为 {name}，不影响检查结果",
            "en": f"the cache was damaged and is now {name}; the findings are not affected",
        }
        terminal.warn(words[run.lang], run.lang)

    opened = cache.Cache(folder, damaged)
    if opened.usable:
        return opened
    if config.cache_dir is not None:
        # Somebody wants it there. Without that it is nobody's business.
        name = printable(shown(folder, config.cwd))
        words = {
            "zh": f"缓存文件夹 {name} 不能写入，这次不用缓存",
            "en": f"the cache folder {name} cannot be written; there is no cache this time",
        }
        terminal.warn(words[run.lang], run.lang)
    return None


def _spread(cache: Cache, keyed: Keyed, paths: Sequence[str], jobs: int | None) -> Iterator[Done]:
    try:
        known = {path: key for path in paths if (key := keyed.of(path)) and cache.has(key)}
        cache.rest()
        results = runner.spread([path for path in paths if path not in known], keyed, jobs)
        # Processes are forked for the first result, and by then the cache is not open.
        results = chain(tuple(islice(results, 1)), results)
        for path in paths:
            key = known.get(path, b"")
            if key:
                value = cache.get(key)
                # Another process may have dropped it.
                done = (unpacked(value) if value else None) or next(keyed.job([path]))
            else:
                key, done = next(results)
                if key and not done.problems and not done.tally.failed:
                    cache.put(key, packed(done))
            yield done
    finally:
        cache.rest()


class Keyed:
    """Checks files, as its job does, and says under which key to keep what comes of each."""

    def __init__(self, job: Job, base: bytes) -> None:
        self.job = job
        self._base = base
        self._digests: dict[int, tuple[Any, bytes]] = {}

    def __reduce__(self) -> tuple[Callable[..., Keyed], tuple[Any, ...]]:
        # Digests are known by the places of objects, which are others in another process.
        return Keyed, (self.job, self._base)

    def of(self, path: str) -> bytes:
        """Return the key of a file as it is now; empty where nothing of it is to be kept."""
        _, (key, _) = self._case(path)
        return key

    def __call__(self, paths: Iterable[str]) -> Iterator[tuple[bytes, Done]]:
        cases = map(self._case, paths)
        for result, (key, problems) in runner.check_all(cases):
            yield key, self.job.done(result, problems=problems)

    def _case(self, path: str) -> tuple[Case, tuple[bytes, tuple[str, ...]]]:
        case, problems = self.job.case(path)
        try:
            # The key of what is checked, even if the file has changed since anybody looked.
            case = case._replace(data=_content(path))
        except OSError:
            return case, (b"", problems)
        return case, (b"" if problems else self._key(case), problems)

    def _key(self, case: Case) -> bytes:
        path, settings, policy, data, _ = case
        if settings.ruleset.checks or settings.readers:
            return b""
        baseline = policy.baseline
        words = [
            path,
            _converter() if readers.format_of(path) == "doc" else "",
            repr(sorted(settings.active)),
            repr(sorted(settings.severities.items())),
            repr((settings.kind, settings.lang, settings.redact)),
            repr(policy._replace(baseline=None)),
            repr(baseline and baseline.own),
        ]
        hashed = _sha256(self._base)
        # What a rule set is pickled as is what it was made of, and nothing that it works out.
        hashed.update(self._digest(settings.ruleset, settings.ruleset.__reduce__()))
        hashed.update(self._digest(baseline.gone, baseline.gone) if baseline else b"")
        hashed.update("\0".join(words).encode("utf-8", "surrogatepass"))
        hashed.update(b"\0")
        hashed.update(data)
        digest: bytes = hashed.digest()
        return digest

    def _digest(self, thing: object, content: object) -> bytes:
        """Return the digest of the content of an object that many files share."""
        found = self._digests.get(id(thing))
        if found is None:
            # Kept together, so that no other object can take its place in memory.
            found = thing, _sha256(repr(content).encode("utf-8", "surrogatepass")).digest()
            self._digests[id(thing)] = found
        return found[1]


def _sha256(data: bytes) -> Any:
    from hashlib import sha256

    return sha256(data)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def digest(reports: Sequence[Report]) -> bytes:
    """Return a digest of what is the same for all files of a run: this program, and its reports."""
    said = [(report.name, report.options._replace(rules={})) for report in reports]
    # All reports of a run are given the same rules.
    rules = sorted(reports[0].options.rules.items())
    hashed = _sha256(repr((said, rules)).encode("utf-8", "surrogatepass"))
    for part in _program():
        hashed.update(part)
    value: bytes = hashed.digest()
    return value


def _program() -> Iterator[bytes]:
    """Yield whatever changes when reportlint, a library or Python does: content, no dates."""
    from reportlint import __version__

    yield f"{__version__} {sys.version} {sys.platform}".encode()
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sources = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(top)
        for name in names
        if name.endswith(".py")
    ]
    for path in sorted(sources):
        yield os.path.relpath(path, top).encode("utf-8", "surrogatepass")
        yield _content(path)
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            # charset_normalizer-3.4.0.dist-info
            yield repr(sorted(n for n in os.listdir(folder) if n.startswith(LIBRARIES))).encode()


@lru_cache(1)
def _converter() -> str:
    """Return what tells one installation of the program that reads old formats from another."""
    from reportlint.readers import office

    program = os.path.realpath(office.find() or "")
    status = os.stat(program)
    return f"{program} {status.st_size} {status.st_mtime_ns}"


def packed(done: Done) -> bytes:
    """Return what is kept of a result."""
    import json
    import zlib

    kept = (done.tally, done.parts, done.moved_from)
    text = json.dumps(kept, ensure_ascii=False, default=_kept)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(value: bytes) -> Done | None:
    """Return the result that ``packed`` was given; None for anything else."""
    import json
    import zlib

    try:
        tally, parts, moved = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
        pieces = tuple(tuple(map(_piece, of_one)) for of_one in parts)
        return Done(Tally(*tally), pieces, moved_from=moved)
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError):
        return None


def _kept(value: Mapping[str, Any] | bytes) -> Any:
    """Return as JSON what is no type of JSON: bytes in a list, so that they are told from text."""
    return [value.decode()] if isinstance(value, bytes) else dict(value)


def _piece(kept: str | list[str]) -> str | bytes:
    return kept if isinstance(kept, str) else kept[0].encode()
