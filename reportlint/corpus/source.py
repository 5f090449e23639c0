"""Inputs to chunks of records, in order, from any position on.

How an input is cut depends on nothing but its content: a run that is taken up again meets the same
chunks, and so does one with another number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from reportlint.corpus import streams
from reportlint.corpus.streams import PARQUET

CHUNK = 1 << 18
"""Bytes of JSONL that a worker takes at a time."""

LINE = 1 << 23
"""Bytes that a line of JSONL must stay below. The rest of a longer one is passed over."""

ROWS = 32
"""Rows of Parquet that a worker takes at a time."""

_MARK = b"\xef\xbb\xbf"


class Position(NamedTuple):
    """Where the next record is: in which input, on which line (from 1), after how many bytes.

    For Parquet ``line`` counts rows and ``offset`` is not used.
    """

    input: int = 0
    line: int = 1
    offset: int = 0


class Chunk(NamedTuple):
    """Records of one input that follow each other.

    ``lines`` are whole lines of JSONL, ``rows`` those of Parquet. ``fault`` is why the input can
    be read no further; then there are no records. ``after`` is where the next chunk begins.
    """

    start: Position
    after: Position
    lines: bytes = b""
    rows: Sequence[Mapping[str, Any]] = ()
    fault: str = ""

    @property
    def size(self) -> int:
        """Roughly how many bytes this takes."""
        return len(self.lines) or CHUNK


def chunks(
    inputs: Sequence[str], columns: Sequence[str] | None, start: Position
) -> Iterator[Chunk]:
    """Yield the chunks of ``inputs`` from ``start`` on.

    ``columns`` are those wanted of Parquet, None for all; the first must be there. An input that
    turns out to be damaged ends with a chunk that says so.
    """
    for number in range(start.input, len(inputs)):
        position = start if number == start.input else Position(number)
        path = inputs[number]
        read = _rows(path, columns, position) if _is_parquet(path) else _lines(path, position)
        try:
            for chunk in read:
                position = chunk.after
                yield chunk
        except streams.damage() as error:
            yield Chunk(position, Position(number + 1), fault=_why(error))


def size(inputs: Sequence[str]) -> int:
    """Return the bytes of all inputs as they lie on the disk."""
    total = 0
    for path in inputs:
        with suppress(OSError):
            total += os.path.getsize(path)
    return total


def _is_parquet(path: str) -> bool:
    return streams.suffix(path) == PARQUET


def _lines(path: str, start: Position) -> Iterator[Chunk]:
    number, line, offset = start
    with streams.open_input(path) as stream:
        if offset:
            stream.seek(offset)
        while data := stream.read(CHUNK):
            read = len(data)
            if not data.endswith(b"\n"):
                tail = stream.readline(LINE)
                read += len(tail)
                data += tail
                if len(tail) == LINE and not tail.endswith(b"\n"):
                    read += _pass_over(stream)
                    data += b"\n"
            after = Position(number, line + data.count(b"\n"), offset + read)
            if not offset and data.startswith(_MARK):
                data = data[len(_MARK) :]
            yield Chunk(Position(number, line, offset), after, lines=data)
            _, line, offset = after


def _pass_over(stream: Any) -> int:
    """Read to the end of the line without keeping it; return how many bytes that were."""
    read = 0
    while piece := stream.readline(CHUNK):
        read += len(piece)
        if piece.endswith(b"\n"):
            break
    return read


def _rows(path: str, columns: Sequence[str] | None, start: Position) -> Iterator[Chunk]:
    number, line, _ = start
    # Buffered: a row group can be larger than memory.
    with streams.parquet().ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
        names = file.schema_arrow.names
        wanted = names if columns is None else [name for name in columns if name in names]
        if columns is not None and columns[0] not in names:
            raise ValueError(f"no column {columns[0]!r}; there are: {', '.join(names)}")
        at = 1
        for batch in file.iter_batches(ROWS, columns=wanted, use_threads=False):
            following = at + batch.num_rows
            if at >= line:
                yield Chunk(
                    Position(number, at), Position(number, following), rows=batch.to_pylist()
                )
            at = following


def _why(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())
