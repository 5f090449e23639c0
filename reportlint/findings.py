"""The values a run produces: findings, their severities, labels and fixes.

All of them are immutable and carry no logic. Positions are half-open ranges of code points in
``Document.text``; lines, columns and other units are computed by whoever prints them.
They are named tuples, not dataclasses: importing ``dataclasses`` costs a quarter of a cold start.
"""

from __future__ import annotations

from reportlint.lean import Enum, IntEnum, MappingProxyType, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NO_DATA: Mapping[str, Any] = MappingProxyType({})


class Severity(IntEnum):
    """How bad a finding is; the order is the order of ``--fail-on``."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word used in configuration and in every machine-readable output."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Severity:
        """Return the severity that ``word`` names. Raises ValueError for any other word."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(word) from None


class Applicability(Enum):
    """Whether a fix may be applied unasked."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``replacement``."""

    start: int
    end: int
    replacement: str


class Fix(NamedTuple):
    """A way to remove a finding. The edits of one fix never overlap and are applied together."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


class Label(NamedTuple):
    """A second place that a finding speaks of, such as the total of a sum."""

    message: str
    start: int
    end: int


class Suppression(NamedTuple):
    """What silenced a finding.

    ``kind``    ``inline`` (a comment in the draft), ``sidecar`` (a file beside it), ``config`` or
                ``baseline``
    ``reason``  why, in the words of whoever silenced it; may be empty
    """

    kind: str
    reason: str = ""


class Finding(NamedTuple):
    """One fault at one place.

    ``start == end`` means that something is absent there. ``data`` holds what a program may want
    to know beyond the message (JSON types only). ``suppressed`` is None or says what silenced it.
    """

    code: str
    name: str
    category: str
    severity: Severity
    message: str
    start: int
    end: int
    labels: tuple[Label, ...] = ()
    data: Mapping[str, Any] = NO_DATA
    fix: Fix | None = None
    suppressed: Suppression | None = None
