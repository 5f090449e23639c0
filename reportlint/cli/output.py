"""Where each report goes: to a stream, to a file, or to the summary of a CI step."""

from __future__ import annotations

import os
import sys

from reportlint import files, reporters
from reportlint.cli import terminal
from reportlint.cli.options import UsageError
from reportlint.cli.setup import Setup
from reportlint.errors import WriteError
from reportlint.paths import one_of_each_folder
from reportlint.reporters import Reporter, ReportOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol, TextIO

    from reportlint.ruleset import Rule

    class Output(Protocol):
        """Takes a report piece by piece."""

        colour: bool
        width: int

        def write(self, text: str | bytes) -> None:
            """Take text, or the same in UTF-8."""

        def close(self) -> None:
            """Finish the output. Raises WriteError."""


STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file whose Markdown GitHub shows under a step."""


COUNTING = ("--statistics", "--show-figures")
"""Options that print numbers instead of findings, as a table or in JSON."""

SINGLE = (*COUNTING, "--diff", "--show-files", "--show-settings")
"""Options that print one thing, and no report."""


_SLICE = 1 << 16
"""Characters that are encoded at a time."""


class Stream:
    """Standard output, or standard error where that is taken."""

    def __init__(self, run: Setup, stream: TextIO) -> None:
        self._stream = stream
        self.colour = terminal.colourful(run.request.color, stream, os.environ)
        self.width = terminal.width(stream, os.environ)

    def write(self, text: str | bytes) -> None:
        if isinstance(text, bytes):
            if self._stream.encoding.lower() == "utf-8":
                self._stream.flush()
                self._stream.buffer.write(text)
                return
            text = text.decode()
        # A whole report in bytes besides the same in characters would take memory for both.
        for start in range(0, len(text), _SLICE):
            self._stream.write(text[start : start + _SLICE])

    def close(self) -> None:
        self._stream.flush()


class File:
    """A file that is written whole at the end, and not at all where that does not succeed."""

    width = terminal.WIDTH

    def __init__(self, run: Setup, path: str) -> None:
        self._path = path
        self._kept: list[bytes] = []
        self.colour = run.request.color == "always"

    def write(self, text: str | bytes) -> None:
        if isinstance(text, str):
            text = text.encode("utf-8", "backslashreplace")
        self._kept.append(text)

    def close(self) -> None:
        files.replace(self._path, b"".join(self._kept))


class Appended(File):
    """A file that others write to as well: the report is put at its end."""

    def close(self) -> None:
        try:
            with open(self._path, "ab") as file:
                file.write(b"".join(self._kept))
        except OSError as error:
            why = error.strerror or str(error)
            raise files.ReplaceError(self._path, why, why) from error


class Report:
    """A format with its options, and the output that it goes to."""

    def __init__(
        self, output: Output, name: str, options: ReportOptions, reporter: Reporter
    ) -> None:
        self.output = output
        self.name = name
        self.options = options
        self.reporter = reporter


def formats(run: Setup) -> tuple[str, ...]:
    """Return the output formats that are asked for, by the command line or the configuration."""
    return run.request.output_format or (run.config.output_format,)


def first(run: Setup, flag: str) -> Output:
    """Return the only output, for the option ``flag``. Raises UsageError where there are more."""
    if len(formats(run)) > 1:
        raise UsageError(
            f"{flag} 只有一个输出，不能写多个 --output-format",
            f"{flag} has one output and does not go with several --output-format",
        )
    return _output(run, (run.request.output_file or (None,))[0], None)


def reports(run: Setup, paths: Iterable[str], stream: TextIO | None = None) -> list[Report]:
    """Return a report for each format, on the files at ``paths``.

    ``stream`` takes the place of standard output. Raises UsageError where an output file is one
    of the drafts, or where two reports have the same.
    """
    paths = list(paths)
    targets = run.request.output_file or (None,) * len(formats(run))
    _refuse_clashes([path for path in targets if path is not None], paths)
    redact, rules = _of_all(run, paths)
    if redact and run.request.diff:
        raise UsageError(
            "--diff 会显示文稿内容，不能与 --redact 一起使用",
            "--diff shows text of the drafts and cannot be used with --redact",
        )
    if redact and run.request.show_figures:
        raise UsageError(
            "--show-figures 会显示文稿内容，不能与 --redact 一起使用",
            "--show-figures shows text of the drafts and cannot be used with --redact",
        )
    made = []
    for name, path in zip(formats(run), targets, strict=True):
        output = _output(run, path, stream)
        options = ReportOptions(
            lang=run.lang,
            color=output.colour,
            width=output.width,
            redact=redact,
            ambiguous_wide=run.config.ambiguous_width == 2,
            rules=rules,
            quiet=run.request.quiet,
        )
        made.append(Report(output, name, options, _make(run, name, options)))
        summary = os.environ.get(STEP_SUMMARY) if name == "github" else None
        if summary:
            from reportlint.reporters import markdown

            reporter = markdown.Markdown(options, markdown.STEP_SUMMARY)
            made.append(Report(Appended(run, summary), STEP_SUMMARY, options, reporter))
    return made


def _make(run: Setup, name: str, options: ReportOptions) -> Reporter:
    if run.request.show_figures:
        from reportlint.reporters import figures

        return figures.make(name, options)
    return reporters.make(name, options, run.config.reporters)


def close(outputs: Iterable[Output], lang: str) -> bool:
    """Finish all outputs, say which could not be written, and return whether all could."""
    done = True
    for output in outputs:
        try:
            output.close()
        except WriteError as error:
            terminal.error(error, lang)
            done = False
    return done


def _output(run: Setup, path: str | None, stream: TextIO | None) -> Output:
    return Stream(run, stream or sys.stdout) if path is None else File(run, path)


def _refuse_clashes(targets: list[str], drafts: list[str]) -> None:
    if not targets:
        return
    seen: set[str] = set()
    read = {os.path.abspath(path) for path in drafts}
    for path in targets:
        name = os.path.abspath(path)
        if name in seen:
            raise UsageError(f"两种格式都要写入 {path}", f"two formats are to be written to {path}")
        if name in read:
            raise UsageError(
                f"{path} 就在要检查的文件当中，不能用作输出文件；请写到别处，或用 exclude 排除它",
                f"{path} is one of the files to be checked and cannot be the output file; write it "
                "elsewhere or exclude it",
            )
        seen.add(name)


def _of_all(run: Setup, paths: Iterable[str]) -> tuple[bool, dict[str, Rule]]:
    """Return whether to redact and all rules: configurations may differ from folder to folder."""
    # What one configuration wants kept secret is kept secret in the report of all.
    redact = False
    rules = dict(run.ruleset.rules)
    known = {id(run.ruleset)}
    for path in one_of_each_folder(paths):
        settings = run.resolver.for_file(path).settings
        redact = redact or settings.redact
        if id(settings.ruleset) not in known:
            known.add(id(settings.ruleset))
            rules = {**settings.ruleset.rules, **rules}
    return redact, rules
