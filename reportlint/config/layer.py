"""One source of settings: a configuration file, or the command line; and what is wrong with it."""

from __future__ import annotations

from reportlint.config.options import BY_KEY, LEVELS, Options, Type, expected, fits
from reportlint.errors import ConfigError
from reportlint.lean import NamedTuple
from reportlint.suggest import suggest
from reportlint.suppress import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from reportlint.toml_lines import Where


class SettingError(ConfigError):
    """A mistake in a configuration. ``say`` has the text in both languages, ``str()`` in one."""

    def __init__(self, lang: str, zh: str, en: str) -> None:
        self.say = {"zh": zh, "en": en}
        super().__init__(self.say[lang])


class Layer(NamedTuple):
    """Raw options whose shape has been checked.

    ``name``    the file as it is shown; empty for the command line
    ``folder``  where its own paths (extend, rules) start
    ``root``    where its file patterns start
    ``values``  option -> raw value
    ``lang``    the language for its mistakes
    ``where``   the lines of the file; None for the command line
    ``prefix``  the keys of the table in the file that holds the options
    """

    name: str
    folder: str
    root: str
    values: Mapping[str, Any]
    lang: str
    where: Where | None = None
    prefix: tuple[str, ...] = ()

    def at(self, *keys: str | int) -> str:
        """Return for people where an option stands: ``path:line``, or the command-line flag."""
        if self.where is None:
            return f"--{keys[0]}"
        return f"{self.name}:{self.where.line(*self.prefix, *keys)}"

    def fault(self, keys: Iterable[str | int], zh: str, en: str) -> SettingError:
        """Return an error about what stands at ``keys``."""
        place = self.at(*keys)
        return SettingError(self.lang, f"{place}: {zh}", f"{place}: {en}")


def command_line(options: Options, cwd: str, lang: str) -> Layer:
    """Make a layer of the command line. Raises ConfigError."""
    values = {
        field.replace("_", "-"): value
        for field, value in options._asdict().items()
        if value is not None and field not in ("config", "isolated")
    }
    layer = Layer("", cwd, cwd, values, lang)
    check(layer)
    return layer


def check(layer: Layer) -> None:
    """Check the keys and the types of a layer. Raises ConfigError for the first that is wrong."""
    for key, value in layer.values.items():
        option = BY_KEY.get(key)
        if option is None:
            hint = suggest(key, BY_KEY)
            raise layer.fault(
                (key,), f"未知的设置“{key}”{hint[0]}", f"unknown key {key!r}{hint[1]}"
            )
        wanted = expected(option, value)
        if wanted is not None and key == "ignore" and _has_table(value):
            raise layer.fault(
                (key,),
                "ignore 应为规则代码的数组；要忽略某一处问题，请写 [[suppress]]",
                "ignore must be an array of rules; to silence one finding write [[suppress]]",
            )
        if wanted is not None:
            raise _wrong(layer, (key,), wanted)
        if option.type is Type.IGNORES:
            _entries(layer, key, value, Type.SELECTORS)
        elif option.type is Type.LEVELS:
            for name, level in value.items():
                if not name:
                    raise layer.fault((key, name), f"{key} 中有空的键", f"{key} has an empty key")
                if level not in LEVELS:
                    words = ", ".join(f'"{word}"' for word in LEVELS)
                    raise _wrong(layer, (key, name), (words.replace(", ", "、"), f"one of {words}"))
        elif option.type is Type.ENTRIES:
            entries.check(value, layer.fault, (*entries.KEYS, "path"), (key,))
        elif option.type is Type.TABLES:
            _entries(layer, key, value, Type.TABLES)
            for name, table in value.items():
                _table(layer, (key, name), table, option.keys)


def _entries(layer: Layer, key: str, table: Mapping[str, Any], type: Type) -> None:
    for name, value in table.items():
        if not name:
            raise layer.fault((key, name), f"{key} 中有空的键", f"{key} has an empty key")
        if not fits(type, value):
            raise _wrong(layer, (key, name), type.value)


def _table(
    layer: Layer, keys: tuple[str, str], table: Mapping[str, Any], known: Mapping[str, Type]
) -> None:
    for key, value in table.items():
        if key not in known:
            hint = suggest(key, known)
            name = ".".join(keys)
            raise layer.fault(
                (*keys, key),
                f"{name} 有未知的键“{key}”{hint[0]}",
                f"{name} has an unknown key {key!r}{hint[1]}",
            )
        if not fits(known[key], value):
            raise _wrong(layer, (*keys, key), known[key].value)


def _wrong(layer: Layer, keys: tuple[str, ...], wanted: tuple[str, str]) -> SettingError:
    if layer.where is None:
        return layer.fault(keys, f"应为{wanted[0]}", f"must be {wanted[1]}")
    name = ".".join(keys)
    return layer.fault(keys, f"{name} 应为{wanted[0]}", f"{name} must be {wanted[1]}")


def _has_table(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)
