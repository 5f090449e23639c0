"""What every reader promises whatever the bytes are."""

import time

from reportlint import readers
from reportlint.document import Document
from reportlint.errors import ReadError

SECONDS = 5


def outcome(format: str, data: bytes) -> str | None:
    """Read ``data``; return why it is refused in English, None where it is not."""
    try:
        document = readers.read(data, "a", format)
    except ReadError as error:
        refused = error
    else:
        _is_sound(document)
        return None
    assert refused.code in ("RL001", "RL002")
    assert set(refused.detail) == {"zh", "en"}
    return refused.detail["en"]


def _is_sound(document: Document) -> None:
    last = 0
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(document.text)
        assert block.start >= last or block.kind == "opaque"
        last = block.start


def ends_quickly(format: str, data: bytes) -> str | None:
    """As ``outcome``, in bounded time."""
    begun = time.process_time()
    reason = outcome(format, data)
    assert time.process_time() - begun < SECONDS
    return reason
