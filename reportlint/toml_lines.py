"""TOML with line numbers, which the parser of the standard library does not keep."""

from __future__ import annotations

import re
from typing import Any

KeyPath = tuple[str | int, ...]
"""Keys from the top of a file down; a number is a place in an array, from 0."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|#.*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|\'[^\']*\'')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_VALUE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'|[^,\]}#\n]*', re.DOTALL
)


class TomlError(ValueError):
    """A file that is not TOML; ``line`` counts from 1."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.line = line
        self.zh = zh
        self.en = en


def parse(data: bytes) -> tuple[dict[str, Any], str]:
    """Return the tables and the text of a TOML file. Raises TomlError."""
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlError(line, "不是 UTF-8 编码", "is not UTF-8") from error
    try:
        return tomllib.loads(text), text
    except RecursionError as error:
        raise TomlError(1, "嵌套过深", "is nested too deeply") from error
    except ValueError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        zh, en = f"不是合法的 TOML：{error}", f"is not valid TOML: {error}"
        bare = _QUOTED.sub("", text.split("\n")[line - 1])
        if not bare.isascii():
            zh += "（引号外不能有中文和全角标点；键是中文的，也要加引号）"
            en += " (outside of quotes only ASCII is allowed: a Chinese key needs them, too)"
        raise TomlError(line, zh, en) from error


class Where:
    """The lines of a TOML file on which its keys and the items of its arrays stand.

    ``text`` must be TOML that parses. It is searched when the first line is asked for.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._text = text
        self._found: dict[KeyPath, int] | None = None

    @property
    def _lines(self) -> dict[KeyPath, int]:
        if self._found is None:
            self._found = _Scanner(self._text).scan()
        return self._found

    def line(self, *keys: str | int) -> int:
        """Return the line of a key or an item, else of what holds it, else 1."""
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self._lines[keys] if keys else 1

    def header(self, name: str, number: int) -> int:
        """Return the line of the ``number``-th ``[[name]]``, from 0."""
        return self.line(name, number)

    def key(self, key: str, after: int = 1) -> int:
        """Return the first line from ``after`` on that sets ``key``, else ``after``."""
        lines = (line for keys, line in self._lines.items() if keys[-1] == key and line >= after)
        return min(lines, default=after)


class _Scanner:
    """Walks through TOML that is known to be right and notes the line of whatever it passes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, int] = {}
        self._line = 1
        self._counted = 0

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        arrays: dict[KeyPath, int] = {}
        while self._blank():
            if self.text[self.at] != "[":
                self._pair(table)
                continue
            several = self.text.startswith("[[", self.at)
            self.at += 2 if several else 1
            table = ()
            keys = self._keys()
            for depth, key in enumerate(keys, 1):
                table += (key,)
                if several and depth == len(keys):
                    arrays[table] = arrays.get(table, -1) + 1
                self._note(table)
                if table in arrays:
                    # a table inside an array of tables belongs to the last one before it
                    table += (arrays[table],)
                    self._note(table)
            self.at += 2 if several else 1
        return self.found

    def _note(self, keys: KeyPath) -> None:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        self.found.setdefault(keys, self._line)

    def _blank(self) -> str:
        """Pass white space and comments; return the character after them, if there is one."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._blank()
            match = _KEY.match(self.text, self.at)
            if match is None:
                return keys
            self.at = match.end()
            keys.append(_plain(match.group()))
            dot = _DOT.match(self.text, self.at)
            if dot is None:
                self._blank()
                return keys
            self.at = dot.end()

    def _pair(self, table: KeyPath) -> None:
        self._blank()
        keys = self._keys()
        for depth in range(1, len(keys) + 1):
            self._note((*table, *keys[:depth]))
        self.at += 1
        self._value((*table, *keys))

    def _value(self, keys: KeyPath) -> None:
        opening = self._blank()
        if opening not in ("[", "{"):
            match = _VALUE.match(self.text, self.at)
            self.at = match.end() if match else self.at
            return
        self.at += 1
        number = 0
        while self._blank() not in ("]", "}", ""):
            if opening == "[":
                self._note((*keys, number))
                self._value((*keys, number))
            else:
                self._pair(keys)
            number += 1
            if self._blank() == ",":
                self.at += 1
        self.at += 1


def _plain(key: str) -> str:
    """Return what a key is called: without quotes, with its escapes resolved."""
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"':
        if "\\" in key:
            import tomllib

            return str(tomllib.loads(f"key = {key}")["key"])
        return key[1:-1]
    return key
