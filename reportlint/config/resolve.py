"""Raw options to settings: the nearest configuration file, what it extends, the command line."""

from __future__ import annotations

import os

from reportlint import packs
from reportlint.config import selection, vocabulary
from reportlint.config.discover import Finder
from reportlint.config.layer import Layer, SettingError, command_line
from reportlint.config.options import EXCLUDE, OPTIONS, Option, Options, one_of
from reportlint.config.patterns import Match, Patterns, covering, match
from reportlint.findings import Severity
from reportlint.i18n import language
from reportlint.lean import NamedTuple
from reportlint.paths import absolute, slashed
from reportlint.reporters import NAMES as FORMATS
from reportlint.ruleset import LANGUAGES, RuleSet
from reportlint.settings import Settings
from reportlint.suggest import suggest
from reportlint.suppress import entries
from reportlint.suppress.entries import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from reportlint.plugins import Plugins
    from reportlint.reporters import Make


class Resolved(NamedTuple):
    """The value of an option and the places that it comes from; none for a default."""

    value: Any
    origins: tuple[str, ...] = ()


class FileIgnore(NamedTuple):
    """Rules that do not run on some files. ``others``: that run on no file but these."""

    patterns: Patterns
    others: bool
    codes: frozenset[str]

    def applies(self, path: str) -> bool:
        """Return whether the rules are ignored for the file with this absolute path."""
        return (covering((self.patterns,), path) is None) == self.others


class FileSuppression(NamedTuple):
    """A suppression that the configuration holds; ``patterns`` None: for every draft."""

    patterns: Patterns | None
    entry: Entry


class Config(NamedTuple):
    """All that a configuration says about the files that it is nearest to.

    ``source`` is the configuration file as it is shown, None where there is none. ``include`` is
    empty where the formats decide. ``baseline`` and ``cache_dir`` are absolute paths or None.
    ``reporters`` are the output formats that plugins bring. ``values`` has every option with its
    origin, for people.
    """

    settings: Settings
    source: str | None
    fail_on: Severity
    max_warnings: int | None
    output_format: str
    ambiguous_width: int
    jobs: int | None
    cache: bool
    cache_dir: str | None
    respect_gitignore: bool
    force_exclude: bool
    include: tuple[Patterns, ...]
    exclude: tuple[Patterns, ...]
    per_file_ignores: tuple[FileIgnore, ...]
    baseline: str | None
    require_suppression_reason: bool
    suppressions: tuple[FileSuppression, ...]
    reporters: Mapping[str, Make]
    values: Mapping[str, Resolved]
    cwd: str

    def excludes(self, path: str, name: str, folder: bool) -> Match | None:
        """Return the pattern that excludes an entry; arguments as for ``Patterns.find``."""
        return match(self.exclude, path, name, folder)

    def settings_for(self, path: str) -> Settings:
        """Return the settings for one file: ``settings`` itself unless rules are ignored for it."""
        if not self.per_file_ignores:
            return self.settings
        path = absolute(path, self.cwd)
        codes: set[str] = set()
        for ignore in self.per_file_ignores:
            if ignore.applies(path):
                codes |= ignore.codes
        if self.settings.active.isdisjoint(codes):
            return self.settings
        return self.settings._replace(active=self.settings.active - codes)

    def suppressions_for(self, path: str) -> tuple[Entry, ...]:
        """Return the suppressions that the configuration holds for one file."""
        if not self.suppressions:
            return ()
        path = absolute(path, self.cwd)
        found = []
        for patterns, entry in self.suppressions:
            if patterns is None:
                found.append(entry._replace(general=True))
            elif covering((patterns,), path) is not None:
                named = absolute(patterns.lines[0].lstrip("/"), patterns.root)
                found.append(entry._replace(general=named != path))
        return tuple(found)


class Resolver:
    """Gives each file its configuration.

    ``overrides`` is what the command line says, ``cwd`` the folder that relative paths start from,
    ``environ`` decides the language where nothing else does. Everything is read once; without any
    configuration file nothing but the built-in packs is read.
    """

    def __init__(
        self,
        overrides: Options | None = None,
        cwd: str | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.overrides = overrides or Options()
        self.cwd = slashed(os.path.abspath(cwd or os.getcwd()))
        spoken = self.overrides.lang
        if spoken not in LANGUAGES:
            spoken = language(os.environ if environ is None else environ)
        self.lang = spoken
        """The language for what is wrong before any configuration has been read."""
        self._command_line = command_line(self.overrides, self.cwd, self.lang)
        self._finder = Finder(self.cwd, self.lang, asked=self.overrides.lang is not None)
        self._configs: dict[str | None, Config] = {}
        self._rulesets: dict[tuple[tuple[str, ...], int], RuleSet] = {}
        self._plugins: dict[tuple[str, ...] | bool, Plugins] = {}
        self._fixed = self._only()

    def for_file(self, path: str) -> Config:
        """Return the configuration for a file, which need not exist. Raises ConfigError."""
        return self.for_folder(slashed(os.path.dirname(absolute(path, self.cwd))))

    def for_folder(self, folder: str) -> Config:
        """Return the configuration for the files of a folder. Raises ConfigError."""
        if self.overrides.isolated or self._fixed is not None:
            path = self._fixed
        else:
            path = self._finder.nearest(absolute(folder, self.cwd))
        config = self._configs.get(path)
        if config is None:
            config = self._configs[path] = self._config(path)
        return config

    def _only(self) -> str | None:
        """Return the file that ``--config`` names."""
        named = self.overrides.config
        if named is None:
            return None
        if self.overrides.isolated:
            raise SettingError(
                self.lang,
                "--config 与 --isolated 不能同时使用",
                "--config cannot be used with --isolated",
            )
        path = absolute(os.path.expanduser(named), self.cwd)
        if not os.path.isfile(path):
            raise SettingError(
                self.lang, f"--config: 没有文件“{named}”", f"--config: there is no file {named!r}"
            )
        return path

    def _config(self, path: str | None) -> Config:
        # Patterns of a file that is named start where the command line is, as those typed there.
        root = self.cwd if path is not None and path == self._fixed else None
        layers = self._finder.chain(path, root) if path is not None else []
        layers = [*layers, self._command_line]
        plugins = self._loaded(layers)
        return _resolve(layers, self._ruleset(layers, plugins), plugins, self)

    def _loaded(self, layers: Sequence[Layer]) -> Plugins | None:
        """Return the plugins that the last layer with ``plugins`` wants. Raises PluginError."""
        given = [layer.values["plugins"] for layer in layers if "plugins" in layer.values]
        if not given or not given[-1]:
            return None
        wanted = given[-1] if given[-1] is True else tuple(given[-1])
        if wanted not in self._plugins:
            from reportlint import plugins

            self._plugins[wanted] = plugins.load(wanted)
        return self._plugins[wanted]

    def _ruleset(self, layers: Sequence[Layer], plugins: Plugins | None) -> RuleSet:
        own = tuple(vocabulary.own_packs(layers))
        key = own, id(plugins)
        if key not in self._rulesets:
            made = (
                vocabulary.with_packs(own, self.cwd, plugins) if own or plugins else packs.builtin()
            )
            self._rulesets[key] = made
        return vocabulary.changed(self._rulesets[key], layers)


def _resolve(
    layers: Sequence[Layer], ruleset: RuleSet, plugins: Plugins | None, resolver: Resolver
) -> Config:
    """Make a configuration of its layers, the command line last. Raises ConfigError."""
    values = {option.key: _value(layers, option) for option in OPTIONS}
    chosen = selection.resolve(ruleset, layers, _implied(values))
    if not chosen.active - selection.ALWAYS:
        raise _nothing(layers)
    return Config(
        settings=Settings(
            ruleset,
            chosen.active,
            chosen.severities,
            _kind(layers, ruleset, values["kind"].value),
            values["lang"].value or resolver.lang,
            values["redact"].value,
            plugins.readers if plugins else {},
        ),
        source=layers[-2].name if len(layers) > 1 else None,
        fail_on=Severity.parse(values["fail-on"].value),
        max_warnings=values["max-warnings"].value,
        output_format=_format(layers, plugins, values["output-format"].value),
        ambiguous_width=values["ambiguous-width"].value,
        jobs=values["jobs"].value,
        cache=values["cache"].value,
        cache_dir=_file(layers, "cache-dir"),
        respect_gitignore=values["respect-gitignore"].value,
        force_exclude=values["force-exclude"].value,
        include=tuple(_patterns(layers, "include")),
        exclude=tuple(_patterns(layers, "exclude", EXCLUDE)),
        per_file_ignores=tuple(_ignores(layers, ruleset)),
        baseline=_file(layers, "baseline"),
        require_suppression_reason=values["require-suppression-reason"].value,
        suppressions=tuple(_suppressions(layers, ruleset)),
        reporters=plugins.reporters if plugins else {},
        values=values,
        cwd=resolver.cwd,
    )


def _value(layers: Sequence[Layer], option: Option) -> Resolved:
    given = [layer for layer in layers if option.key in layer.values]
    if not given:
        return Resolved(option.default)
    raw = [layer.values[option.key] for layer in given]
    origins = tuple(layer.at(option.key) for layer in given)
    if option.adds:
        return Resolved(tuple(word for words in raw for word in words), origins)
    if isinstance(option.default, dict):
        return Resolved({key: value for table in raw for key, value in table.items()}, origins)
    return Resolved(raw[-1], origins[-1:])


def _nothing(layers: Sequence[Layer]) -> SettingError:
    """Return the error that no rule runs, at the setting that made it so."""
    zh, en = "没有启用任何规则，什么也不会检查", "no rule is active: nothing would be checked"
    faults = (
        layer.fault((key,), zh, en)
        for layer in reversed(layers)
        for key in ("select", "ignore", "severity")
        if key in layer.values
    )
    return next(faults, SettingError(layers[-1].lang, zh, en))


def _kind(layers: Sequence[Layer], ruleset: RuleSet, kind: str | None) -> str | None:
    if kind is None or kind in ruleset.kinds:
        return kind
    layer = next(layer for layer in reversed(layers) if "kind" in layer.values)
    hint = suggest(kind, ruleset.kinds)
    raise layer.fault(
        ("kind",), f"没有文种“{kind}”{hint[0]}", f"there is no kind {kind!r}{hint[1]}"
    )


def _format(layers: Sequence[Layer], plugins: Plugins | None, name: str) -> str:
    """Return the output format. What the command line says is not for a configuration to judge."""
    known = (*FORMATS, *(plugins.reporters if plugins else ()))
    layer = next((x for x in reversed(layers) if "output-format" in x.values), None)
    if layer is None or layer.where is None or name in known:
        return name
    zh, en = one_of(known)
    raise layer.fault(("output-format",), f"output-format 应为{zh}", f"output-format must be {en}")


def _patterns(layers: Sequence[Layer], key: str, default: Sequence[str] = ()) -> Iterator[Patterns]:
    """Yield the patterns of the last layer that sets ``key``, then those that add to them."""
    given = [layer for layer in layers if key in layer.values]
    if given:
        yield _checked(given[-1], key)
    elif default:
        # plain names, the same below every root
        yield Patterns(default, layers[-1].root)
    for layer in layers:
        if f"extend-{key}" in layer.values:
            yield _checked(layer, f"extend-{key}")


def _checked(layer: Layer, key: str) -> Patterns:
    patterns = Patterns(layer.values[key], layer.root, layer.name)
    if patterns.broken:
        number = patterns.lines.index(patterns.broken[0])
        raise _broken(layer, (key, number), patterns.broken[0])
    return patterns


def _ignores(layers: Sequence[Layer], ruleset: RuleSet) -> Iterator[FileIgnore]:
    for layer in layers:
        for line, selectors in layer.values.get("per-file-ignores", {}).items():
            keys = ("per-file-ignores", line)
            others = line.startswith("!")
            patterns = Patterns((line[others:],), layer.root, layer.name)
            if patterns.broken:
                raise _broken(layer, keys, line)
            codes = [
                selection.codes_of(ruleset, layer, (*keys, number), selector, off=True)
                for number, selector in enumerate(selectors)
            ]
            yield FileIgnore(patterns, others, frozenset().union(*codes))


def _implied(values: Mapping[str, Resolved]) -> frozenset[str]:
    """Return the codes of rules that a setting is useless without, whatever is selected."""
    wanted = (("require-suppression-reason", "RL008"), ("baseline", "RL010"))
    return frozenset(code for key, code in wanted if values[key].value)


def _file(layers: Sequence[Layer], key: str) -> str | None:
    """Return the absolute path that the last layer with ``key`` names."""
    for layer in reversed(layers):
        if key in layer.values:
            return absolute(os.path.expanduser(layer.values[key]), layer.folder)
    return None


def _suppressions(layers: Sequence[Layer], ruleset: RuleSet) -> Iterator[FileSuppression]:
    for layer in layers:
        for number, table in enumerate(layer.values.get(entries.KEY, ())):
            keys = (entries.KEY, number)
            selection.codes_of(ruleset, layer, (*keys, "code"), table["code"], off=True)
            patterns = None
            if "path" in table:
                patterns = Patterns((table["path"],), layer.root, layer.name)
                if patterns.broken:
                    raise _broken(layer, (*keys, "path"), table["path"])
            yield FileSuppression(patterns, entries.entry(table, "config", layer.at(*keys)))


def _broken(layer: Layer, keys: Sequence[str | int], line: str) -> SettingError:
    return layer.fault(keys, f"文件模式“{line}”有误", f"{line!r} is not a file pattern")
