"""A process that does jobs, one after the other, and ends when nobody wants anything any more.

A message is eight bytes of length and a pickle: from outside the name of a job and its arguments,
from inside whether it was done, and what came of it or what went wrong. Both sides are one program
on one machine; nobody else has the pipe.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import Any, BinaryIO

from reportlint.errors import ReportlintError
from reportlint.server.jobs import Desk

LENGTH = 8
"""Bytes of the number that stands before each message."""

JOBS = ("check", "fix", "comment", "note", "page")


def packed(message: Any) -> bytes:
    """Return a message as it goes through the pipe."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(LENGTH, "big") + body


def main() -> None:
    """Do jobs from standard input until it ends."""
    # The editor's Ctrl-C is for the server, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "wb")
    # What anything prints must not get between the replies.
    os.dup2(2, 1)
    serve(sys.stdin.buffer, replies)


def serve(jobs: BinaryIO, replies: BinaryIO) -> None:
    """Do jobs until there are no more."""
    desk = Desk()
    while True:
        head = jobs.read(LENGTH)
        if len(head) < LENGTH:
            return
        name, arguments = pickle.loads(jobs.read(int.from_bytes(head, "big")))
        try:
            reply = packed((True, getattr(desk, name)(*arguments) if name in JOBS else None))
        except ReportlintError as error:
            reply = packed((False, str(error)))
        except Exception as error:
            reply = packed((False, f"{type(error).__name__}: {error}"))
        replies.write(reply)
        replies.flush()


if __name__ == "__main__":
    main()
