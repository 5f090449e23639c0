"""Compressed files by their suffix. What is not in the standard library comes with an extra."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import BinaryIO, cast

from reportlint.errors import ReportlintError

COMPRESSIONS = (".gz", ".zst")
JSONL = (".jsonl", ".ndjson")
PARQUET = ".parquet"
SUFFIXES = (*JSONL, *(text + packed for text in JSONL for packed in COMPRESSIONS), PARQUET)
"""What can be read; all of it but Parquet can be written."""

_BUFFER = 1 << 18


class MissingExtraError(ReportlintError):
    """A library that is only installed when asked for."""

    def __init__(self, what: str, extra: str) -> None:
        command = f'pip install "reportlint[{extra}]"'
        self.say = {
            "zh": f"{what} 需要另装一个库：{command}",
            "en": f"{what} needs a library that is not installed: {command}",
        }
        super().__init__(self.say["en"])


def suffix(path: str) -> str | None:
    """Return which of SUFFIXES ``path`` ends with, or None."""
    name = path.lower()
    return next((end for end in SUFFIXES if name.endswith(end)), None)


def compression(path: str) -> str:
    """Return the suffix of COMPRESSIONS that ``path`` ends with, or nothing."""
    return next((end for end in COMPRESSIONS if path.lower().endswith(end)), "")


def require(path: str) -> None:
    """Raise MissingExtraError where there is no library for the format of ``path``."""
    if compression(path) == ".zst":
        zstd()
    elif suffix(path) == PARQUET:
        from importlib.util import find_spec

        # Only looked for: it starts threads, and worker processes are still to be forked.
        if find_spec("pyarrow") is None:
            raise MissingExtraError("Parquet", "parquet")


def open_input(path: str) -> BinaryIO:
    """Open a JSONL file for reading. Seeking goes by decompressed bytes."""
    packed = compression(path)
    if packed == ".gz":
        import gzip

        return cast(BinaryIO, gzip.open(path, "rb"))
    if packed == ".zst":
        return cast(BinaryIO, zstd().open(path, "rb"))
    return open(path, "rb", _BUFFER)


def compressor(packed: str) -> Callable[[bytes], bytes]:
    """Return the function that makes a whole member of some bytes; members may be strung together.

    The same bytes always become the same member.
    """
    if packed == ".gz":
        import gzip

        return lambda data: gzip.compress(data, 6, mtime=0)
    if packed == ".zst":
        return cast(Callable[[bytes], bytes], zstd().compress)
    return bytes


def zstd() -> ModuleType:
    """Return the module for Zstandard: the standard library's, else its backport."""
    from importlib import import_module

    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    raise MissingExtraError(".zst", "zstd")


def parquet() -> ModuleType:
    """Return the module for Parquet."""
    from importlib import import_module

    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None


def damage() -> tuple[type[BaseException], ...]:
    """Return what reading a file may raise where the file is damaged or goes away."""
    import sys
    import zlib

    errors: list[type[BaseException]] = [OSError, EOFError, zlib.error, ValueError]
    for name, error in (
        ("compression.zstd", "ZstdError"),
        ("backports.zstd", "ZstdError"),
        ("pyarrow", "ArrowException"),
    ):
        if name in sys.modules:
            errors.append(getattr(sys.modules[name], error))
    return tuple(errors)
