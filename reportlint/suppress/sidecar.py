"""The file beside a draft that silences findings in it: ``draft.docx.reportlint.toml``."""

from __future__ import annotations

import os

from reportlint.errors import ConfigError
from reportlint.suppress import entries
from reportlint.suppress.entries import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


SUFFIX = ".reportlint.toml"
"""What is put behind the name of a draft."""


class SidecarError(ConfigError):
    """A sidecar file that cannot be used. ``say`` has the text in both languages."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        self.say = {"zh": f"{place}: {zh}", "en": f"{place}: {en}"}
        super().__init__(self.say["en"])


def exists(path: str) -> bool:
    """Return whether there is a sidecar file beside the draft at ``path``."""
    try:
        os.stat(path + SUFFIX)
    except (OSError, ValueError):
        return False
    return True


def read(path: str, name: str) -> tuple[Entry, ...]:
    """Return the entries of the sidecar file of the draft at ``path``; ``name`` is its own, shown.

    Raises SidecarError with the line of what is wrong.
    """
    try:
        with open(path + SUFFIX, "rb") as file:
            data = file.read()
    except OSError as error:
        why = error.strerror or str(error)
        raise SidecarError(name, f"无法读取：{why}", f"cannot be read: {why}") from error
    return parse(data, name)


def parse(data: bytes, name: str) -> tuple[Entry, ...]:
    """Return the entries that a sidecar file holds. Raises SidecarError."""
    from reportlint.toml_lines import TomlError, Where
    from reportlint.toml_lines import parse as parse_toml

    try:
        tables, text = parse_toml(data)
    except TomlError as error:
        raise SidecarError(f"{name}:{error.line}", error.zh, error.en) from error
    where = Where(name, text)

    def fault(keys: Sequence[str | int], zh: str, en: str) -> SidecarError:
        return SidecarError(f"{name}:{where.line(*keys)}", zh, en)

    for key in tables:
        if key != entries.KEY:
            raise fault(
                (key,),
                f"未知的键“{key}”：旁注文件里只有 [[{entries.KEY}]]",
                f"unknown key {key!r}: a sidecar file has [[{entries.KEY}]] only",
            )
    found = tables.get(entries.KEY, ())
    entries.check(found, fault)
    return tuple(
        entries.entry(table, "sidecar", f"{name}:{where.line(entries.KEY, number)}")
        for number, table in enumerate(found)
    )


def added(data: bytes, entry: Entry) -> bytes:
    """Return the content of a sidecar file with one more entry at its end, the rest as it was."""
    text = data.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += end
    rows = [f"[[{entries.KEY}]]", f"code = {_string(entry.selector)}"]
    for key in ("text", "prefix", "suffix", "reason", "author"):
        value = getattr(entry, key)
        if value:
            rows.append(f"{key} = {_string(value)}")
    if entry.expires:
        rows.append(f"expires = {entry.expires}")
    gap = end if text else ""
    return (text + gap + end.join(rows) + end).encode()


def _string(text: str) -> str:
    """Return a TOML string; control characters are escaped."""
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029":
            out.append(f"\\u{ord(char):04x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'
