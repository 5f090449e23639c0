"""Which configuration files there are, and what is in them before anything is made of it."""

from __future__ import annotations

import os

from reportlint.config.layer import Layer, SettingError, check
from reportlint.paths import absolute, below, shown, slashed
from reportlint.ruleset import LANGUAGES

NAMES = (".reportlint.toml", "reportlint.toml", "pyproject.toml")
"""Names of configuration files; in one folder the first goes before the others."""

PROJECT = "pyproject.toml"
TABLE = ("tool", "reportlint")
"""The table of ``pyproject.toml`` that holds the options."""


class Finder:
    """Finds and reads configuration files, each folder and each file once.

    ``cwd`` is the folder that file names are shown relative to; mistakes are told in ``lang``
    unless the file itself names a language. ``asked`` says that the command line chose ``lang``.
    """

    def __init__(self, cwd: str, lang: str, *, asked: bool) -> None:
        self._cwd = cwd
        self._lang = lang
        self._asked = asked
        self._nearest: dict[str, str | None] = {}
        self._layers: dict[tuple[str, str], Layer | None] = {}

    def nearest(self, folder: str) -> str | None:
        """Return the configuration file for files in ``folder``: there or in a folder above."""
        climbed = []
        found = None
        while folder not in self._nearest:
            climbed.append(folder)
            found = self._here(folder)
            parent = slashed(os.path.dirname(folder))
            if found is not None or parent == folder:
                break
            folder = parent
        else:
            found = self._nearest[folder]
        self._nearest.update(dict.fromkeys(climbed, found))
        return found

    def chain(self, path: str, root: str | None = None) -> list[Layer]:
        """Return the layers of a configuration file: what it extends first, then itself.

        Patterns are relative to ``root``, or to the folder of the file that they stand in. Raises
        ConfigError, also for files that extend each other.
        """
        layers: list[Layer] = []
        passed: list[str] = []
        while True:
            layer = self._layer(path, root)
            if layer is None:
                zh = f"{shown(path, self._cwd)}: 没有 [tool.reportlint] 表"
                raise SettingError(
                    self._lang, zh, f"{shown(path, self._cwd)}: has no [tool.reportlint] table"
                )
            layers.append(layer)
            passed.append(os.path.realpath(path))
            if "extend" not in layer.values:
                return layers[::-1]
            path = absolute(os.path.expanduser(layer.values["extend"]), layer.folder)
            base = shown(path, self._cwd)
            if os.path.realpath(path) in passed:
                names = [layer.name for layer in layers[passed.index(os.path.realpath(path)) :]]
                circle = " → ".join([*names, names[0]])
                raise layer.fault(
                    ("extend",),
                    f"配置文件互相继承：{circle}",
                    f"configuration files extend each other: {circle}",
                )
            if not os.path.isfile(path):
                raise layer.fault(("extend",), f"没有文件“{base}”", f"there is no file {base!r}")

    def _here(self, folder: str) -> str | None:
        for name in NAMES:
            path = below(folder) + name
            if os.path.isfile(path) and self._layer(path, None) is not None:
                return path
        return None

    def _layer(self, path: str, root: str | None) -> Layer | None:
        """Read a file. Return None for a ``pyproject.toml`` that is about other things."""
        key = (path, root or "")
        if key not in self._layers:
            self._layers[key] = self._read(path, root)
        return self._layers[key]

    def _read(self, path: str, root: str | None) -> Layer | None:
        name = shown(path, self._cwd)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise SettingError(
                self._lang,
                f"{name}: 无法读取：{error.strerror}",
                f"{name}: cannot be read: {error.strerror}",
            ) from error
        project = os.path.basename(path) == PROJECT
        if project and b"reportlint" not in data:
            # most are about other things, and the parser is slow to import
            return None
        from reportlint.toml_lines import TomlError, Where, parse

        try:
            raw, text = parse(data)
        except TomlError as error:
            if project and b"tool.reportlint" not in data:
                return None
            place = f"{name}:{error.line}"
            raise SettingError(
                self._lang, f"{place}: {error.zh}", f"{place}: {error.en}"
            ) from error
        prefix: tuple[str, ...] = ()
        values = raw
        if project:
            tool = raw.get(TABLE[0])
            if not isinstance(tool, dict) or TABLE[1] not in tool:
                return None
            prefix, values = TABLE, tool[TABLE[1]]
        folder = slashed(os.path.dirname(path))
        layer = Layer(name, folder, root or folder, {}, self._lang, Where(name, text), prefix)
        if not isinstance(values, dict):
            raise layer.fault((), "tool.reportlint 应为表", "tool.reportlint must be a table")
        spoken = values.get("lang")
        if not self._asked and spoken in LANGUAGES:
            layer = layer._replace(lang=spoken)
        layer = layer._replace(values=values)
        check(layer)
        return layer
