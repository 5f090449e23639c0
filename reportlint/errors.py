"""What can go wrong, as a tree::

ReportlintError          the job could not be done: exit code 2
├── ConfigError          a configuration file, or an option on the command line
├── PackError            a rule pack
├── ReadError            a draft that cannot be read; becomes a finding of family RL
└── WriteError           a draft that cannot be written back
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class ReportlintError(Exception):
    """A problem that a person can act on. ``str()`` of it is one line, with file and position."""


class ConfigError(ReportlintError):
    """A configuration that cannot be used."""


class PackError(ReportlintError):
    """A rule pack that cannot be used; ``path`` and ``line`` (from 1) say where."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message


class ReadError(ReportlintError):
    """A draft that cannot be read.

    ``code`` is the RL rule that reports it, ``detail`` maps ``zh`` and ``en`` to what is wrong.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.detail = {"zh": zh, "en": en}


class WriteError(ReportlintError):
    """What cannot be written into a file; the file is as it was.

    ``say`` has the reason in ``zh`` and ``en`` where it is known in both.
    """

    say: Mapping[str, str]
