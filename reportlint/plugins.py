"""Plugins: rule packs, checks, readers and output formats that other packages bring.

A plugin is an installed package with entry points in these groups:

``reportlint.packs``      a package whose ``*.toml`` files are rule packs
``reportlint.checks``     a sequence of ``Check``: rules whose faults are found by Python code
``reportlint.readers``    the name is that of the format; see ``readers.Other``
``reportlint.reporters``  the name is that of the output format; called with ``ReportOptions`` it
                          gives a ``Reporter``

None is looked for unless a configuration asks: finding out what is installed takes longer than
checking a draft, and what is installed by chance must not decide what is found in a draft. What a
plugin hands over is checked at once, so that a broken one is named and stops the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint import packs, readers, reporters
from reportlint.checks.model import Check, Context, Hit
from reportlint.errors import ReportlintError
from reportlint.findings import Applicability
from reportlint.reporters import Make, Parts, Reporter, ReportOptions
from reportlint.ruleset import LANGUAGES

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from reportlint.document import Document
    from reportlint.findings import Edit
    from reportlint.readers import Other
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

GROUP = "reportlint."
KINDS = ("packs", "checks", "readers", "reporters")
"""What follows GROUP in the names of the groups, in the order in which they are looked at."""

_LAYERS = ("source", "raw", "clean")
_NAME = re.compile("[a-z][a-z0-9_-]*")
_SUFFIX = re.compile(r"\.[^\s./\\A-Z]+")
_JSON = (str, int, float, bool, type(None))


class PluginError(ReportlintError):
    """A plugin that cannot be used, or that failed. ``say`` has the text in both languages."""

    def __init__(self, plugin: str, zh: str, en: str) -> None:
        self.say = {"zh": f"插件 {plugin}：{zh}", "en": f"plugin {plugin}: {en}"}
        super().__init__(self.say["en"])
        self._parts = plugin, zh, en

    def __reduce__(self) -> tuple[Any, ...]:
        return PluginError, self._parts


class Plugins(NamedTuple):
    """What the plugins of a run bring. ``tables`` are those of their packs."""

    tables: tuple[packs.Tables, ...] = ()
    checks: tuple[Check, ...] = ()
    readers: Mapping[str, Other] = {}
    reporters: Mapping[str, Make] = {}


def load(wanted: Sequence[str] | bool) -> Plugins:
    """Load the plugins of these names (those of their packages), or with True all there are.

    Raises PluginError, and PackError for a rule pack.
    """
    if not wanted:
        return Plugins()
    loaded = _Loading()
    for plugin, entries in _installed() if wanted is True else map(_named, wanted or ()):
        loaded.take(plugin, entries)
    return loaded.done()


def _installed() -> Iterator[tuple[str, list[EntryPoint]]]:
    from importlib.metadata import distributions

    # The first of a name is the one that is imported.
    found: dict[str, list[EntryPoint]] = {}
    for distribution in distributions():
        entries = _ours(distribution.entry_points)
        if entries:
            found.setdefault(distribution.name, entries)
    yield from sorted(found.items())


def _named(name: str) -> tuple[str, list[EntryPoint]]:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(name)
    except (PackageNotFoundError, ValueError):
        raise PluginError(
            name,
            "没有安装；请安装到 reportlint 所在的 Python 环境",
            "is not installed where reportlint is",
        ) from None
    entries = _ours(found.entry_points)
    if not entries:
        groups = ", ".join(GROUP + kind for kind in KINDS)
        raise PluginError(
            name,
            f"不是 reportlint 的插件（没有 {groups} 中的入口点）",
            f"is no plugin of reportlint (it has no entry point in {groups})",
        )
    return found.name, entries


def _ours(entries: Iterable[EntryPoint]) -> list[EntryPoint]:
    groups = [GROUP + kind for kind in KINDS]
    found = [entry for entry in entries if entry.group in groups]
    return sorted(found, key=lambda entry: (groups.index(entry.group), entry.name))


class _Loading:
    """Gathers what plugins bring. Each thing remembers its plugin for what may go wrong later."""

    def __init__(self) -> None:
        self._packs: list[tuple[str, str, bytes]] = []
        self._checks: list[tuple[str, Check]] = []
        self._readers: dict[str, _GuardedReader] = {}
        self._reporters: dict[str, _GuardedMake] = {}

    def take(self, plugin: str, entries: Iterable[EntryPoint]) -> None:
        for entry in entries:
            try:
                value = entry.load()
                getattr(self, f"_{entry.group.removeprefix(GROUP)[:-1]}")(plugin, entry.name, value)
            except PluginError:
                raise
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
                raise PluginError(
                    plugin,
                    f"入口点 {entry.name} = {entry.value} 无法加载：{why}",
                    f"entry point {entry.name} = {entry.value} cannot be loaded: {why}",
                ) from error

    def done(self) -> Plugins:
        checked = frozenset(code for _, check in self._checks for code in check.codes)
        tables = [packs.parse(path, data, checked) for _, path, data in self._packs]
        known = {rule["code"] for table in tables for rule in table["rule"]}
        for plugin, check in self._checks:
            for code in check.codes:
                if code not in known:
                    raise PluginError(
                        plugin,
                        f"检查 {code} 在插件的规则包里没有规则",
                        f"no rule pack of a plugin has the rule of its check {code}",
                    )
        checks = tuple(check for _, check in self._checks)
        return Plugins(tuple(tables), checks, self._readers, self._reporters)

    def _pack(self, plugin: str, name: str, package: Any) -> None:
        from importlib.resources import files

        found = sorted(
            (entry for entry in files(package).iterdir() if entry.name.endswith(".toml")),
            key=lambda entry: entry.name,
        )
        if not found:
            raise _refusal(plugin, name, "中没有 .toml 规则包", "has no rule pack (*.toml)")
        self._packs += [(plugin, f"{plugin}/{one.name}", one.read_bytes()) for one in found]

    def _check(self, plugin: str, name: str, checks: Any) -> None:
        if not isinstance(checks, list | tuple) or not checks:
            raise _refusal(plugin, name, "应为 Check 的元组", "must be a tuple of Check")
        for check in checks:
            if (
                not isinstance(check, Check)
                or check.layer not in _LAYERS
                or not check.codes
                or not callable(check.find)
            ):
                layers = ", ".join(_LAYERS)
                raise _refusal(
                    plugin,
                    name,
                    f"应为 Check(codes, layer, find) 的元组，layer 为 {layers} 之一",
                    f"must be a tuple of Check(codes, layer, find), layer being one of {layers}",
                )
            guarded = Check(tuple(check.codes), check.layer, _GuardedFind(check))
            self._checks.append((plugin, guarded))

    def _reader(self, plugin: str, name: str, reader: Any) -> None:
        taken = dict.fromkeys(readers.FORMATS, "reportlint")
        for other in self._readers.values():
            taken |= dict.fromkeys(other.suffixes, other.plugin)
        if name in readers.FORMATS.values() or name in self._readers or not _NAME.fullmatch(name):
            raise _refusal(
                plugin, name, "这个格式名已被占用或不合规", "is a format that is taken or ill-named"
            )
        suffixes = getattr(reader, "suffixes", None)
        if (
            not isinstance(suffixes, list | tuple)
            or not suffixes
            or not all(isinstance(one, str) and _SUFFIX.fullmatch(one) for one in suffixes)
            or not callable(getattr(reader, "read", None))
        ):
            raise _refusal(
                plugin,
                name,
                '应有 suffixes（如 (".rst",)，小写）和 read(data, path)',
                'must have suffixes such as (".rst",), in lower case, and read(data, path)',
            )
        for suffix in suffixes:
            if suffix in taken:
                raise _refusal(
                    plugin,
                    name,
                    f"后缀 {suffix} 已由 {taken[suffix]} 读取",
                    f"the suffix {suffix} is read by {taken[suffix]}",
                )
        self._readers[name] = _GuardedReader(plugin, name, tuple(suffixes), reader)

    def _reporter(self, plugin: str, name: str, make: Any) -> None:
        if name in reporters.NAMES or name in self._reporters or not _NAME.fullmatch(name):
            raise _refusal(
                plugin,
                name,
                "这个输出格式名已被占用或不合规",
                "is an output format that is taken or ill-named",
            )
        if not callable(make):
            raise _refusal(plugin, name, "应可用 ReportOptions 调用", "must be callable")
        self._reporters[name] = _GuardedMake(plugin, name, make)


def _refusal(plugin: str, name: str, zh: str, en: str) -> PluginError:
    return PluginError(plugin, f"入口点 {name} {zh}", f"entry point {name} {en}")


class _GuardedFind:
    """The function of a check that a plugin brings; what it yields is looked at.

    The engine takes hits at their word: one outside the text would stop the run much later, where
    nothing tells whose it was. Raises ValueError for it, which becomes a finding RL003.
    """

    def __init__(self, check: Check) -> None:
        self._codes = check.codes
        self._find = check.find

    def __call__(self, context: Context) -> Iterator[Hit]:
        length = len(context.text)
        for hit in self._find(context):
            wrong = _wrong(hit, self._codes, length)
            if wrong:
                raise ValueError(f"{wrong} in {hit!r:.200}")
            yield hit


def _wrong(hit: Any, codes: Sequence[str], length: int) -> str:
    """Return what is wrong with a hit, or an empty string."""
    if not isinstance(hit, Hit):
        return "no Hit"
    if hit.code not in codes:
        return "a code that the check does not name"
    spans = [(hit.start, hit.end), *((start, end) for _, start, end in hit.labels)]
    edits = sorted((start, end) for start, end, _ in hit.edits)
    spans += edits
    for start, end in spans:
        if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
            return "a span outside the text"
    if any(before[1] > after[0] for before, after in pairwise(edits)):
        return "edits that overlap"
    if not all(isinstance(text, str) for _, _, text in hit.edits):
        return "an edit without a text"
    texts = [message for message, _, _ in hit.labels] + ([hit.title] if hit.edits else [])
    if not all(isinstance(text, Mapping) and set(text) >= set(LANGUAGES) for text in texts):
        return "a label or a title that is not in both languages"
    if not isinstance(hit.applicability, Applicability) or not isinstance(hit.fields, Mapping):
        return "an applicability or fields of a wrong type"
    return "" if isinstance(hit.data, Mapping) and _is_json(hit.data) else "data that is not JSON"


def _is_json(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_json(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(_is_json(item) for item in value)
    return isinstance(value, _JSON) and value == value and value not in (1e999, -1e999)


class _GuardedReader:
    """A reader of a plugin. What it raises and is not ours becomes a finding RL002."""

    def __init__(self, plugin: str, name: str, suffixes: tuple[str, ...], reader: Any) -> None:
        self.plugin = plugin
        self.suffixes = suffixes
        self._name = name
        self._reader = reader
        self.write = self._write if callable(getattr(reader, "write", None)) else None

    def read(self, data: bytes, path: str) -> Document:
        from reportlint.document import Document

        document = self._reader.read(data, path)
        if not isinstance(document, Document):
            raise TypeError(f"{self.plugin}: read() gives no Document")
        # Edits find their way back by it.
        document.format = self._name
        return document

    def _write(self, document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
        from reportlint.errors import WriteError

        try:
            written = self._reader.write(document, data, edits)
        except WriteError:
            raise
        except Exception as error:
            raise WriteError(f"{self.plugin}: {type(error).__name__}: {error}") from error
        if not isinstance(written, bytes):
            raise WriteError(f"{self.plugin}: write() gives no bytes")
        return written


class _GuardedMake:
    """Makes the reporter of a plugin."""

    def __init__(self, plugin: str, name: str, make: Callable[[ReportOptions], Any]) -> None:
        self.plugin = plugin
        self.name = name
        self._make = make

    def __call__(self, options: ReportOptions) -> Reporter:
        return _GuardedReporter(self, _try(self, lambda: self._make(options), object))

    def __reduce__(self) -> tuple[Any, ...]:
        return _GuardedMake, (self.plugin, self.name, self._make)


class _GuardedReporter:
    """A reporter of a plugin: when it fails, so does the run, and says whose fault it was."""

    def __init__(self, made: _GuardedMake, reporter: Any) -> None:
        self._made = made
        self._reporter = reporter

    def render(self, result: FileResult) -> Parts:
        return tuple(_try(self._made, lambda: self._reporter.render(result), tuple))

    def feed(self, parts: Parts) -> str:
        return str(_try(self._made, lambda: self._reporter.feed(parts), str))

    def finish(self, summary: Summary) -> str:
        return str(_try(self._made, lambda: self._reporter.finish(summary), str))


def _try(made: _GuardedMake, do: Callable[[], Any], wanted: type) -> Any:
    try:
        value = do()
        if not isinstance(value, wanted):
            raise TypeError(f"{type(value).__name__} instead of {wanted.__name__}")
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise PluginError(
            made.plugin,
            f"输出格式 {made.name} 出错：{why}",
            f"the output format {made.name} failed: {why}",
        ) from error
    return value
