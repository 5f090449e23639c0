"""The command line. This module only decides how much of the program a command line needs."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from reportlint.errors import ReportlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

GARBAGE = 100_000
"""Objects after which to look for those that nobody can reach, instead of 700."""

FAILED = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: 0, 1 or 2, or as a signal would have it."""
    from reportlint.cli import terminal

    argv = sys.argv[1:] if argv is None else argv
    terminal.prepare()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except ReportlintError as error:
        terminal.error(error, terminal.spoken(argv, os.environ))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return BROKEN_PIPE
    except OSError as error:
        # Of files there is none left to speak of here: the output itself cannot be written.
        terminal.error(error.strerror or str(error), terminal.spoken(argv, os.environ))
        _close_stdout()
        return FAILED
    return code


def script() -> NoReturn:
    """Run the command line of this process, and end the process with the exit code.

    When all that waits for the end has been served, it is ended at once: to take down all that a
    run has built up takes the interpreter as long as checking a draft. Threads are waited for.
    """
    # What one draft needs is not worth looking through for garbage again and again.
    gc.set_threshold(GARBAGE)
    code = main()
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass  # Who was to read it is gone, and so is who could be told.
    os._exit(code)


def _close_stdout() -> None:
    """Give up what could not be written: the interpreter would try, and complain, at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: Sequence[str]) -> int:
    if "_REPORTLINT_COMPLETE" not in os.environ:
        from reportlint.cli import light

        request = light.parse(argv)
        if request is not None:
            from reportlint.cli.check import check

            return check(request)
        name = light.helped(argv)
        if name is not None:
            from reportlint.cli import help, terminal

            print(help.text(name, terminal.spoken(argv, os.environ)))
            # Without a command there is nothing to do, which is a mistake, but help is what helps.
            return 0 if argv else FAILED
    from reportlint.cli.app import run

    return run(argv)
