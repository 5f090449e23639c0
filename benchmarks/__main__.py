"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import corpus, run

FOLDER = Path(tempfile.gettempdir(), "reportlint-benchmarks")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measures reportlint.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="for corpora and programs")
    commands = parser.add_subparsers(dest="command", required=True)
    alone = commands.add_parser(
        "run", help="measure reportlint alone; exit 1 where a bar is missed"
    )
    alone.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(run.GROUPS))
    alone.add_argument("--rounds", type=int, help="how often each command is run")
    alone.add_argument("--drafts", type=int, default=corpus.DRAFTS)
    alone.add_argument("--docx", type=int, default=corpus.DOCX)
    beside = commands.add_parser("peers", help="install other programs, measure all side by side")
    beside.add_argument("--rounds", type=int, help="how often each command is run")
    asked = parser.parse_args(argv)
    if asked.command == "peers":
        from benchmarks import peers

        return peers.run(asked.folder, asked.rounds)
    unknown = [name for name in asked.groups if name not in run.GROUPS]
    if unknown:
        parser.error(f"no such group: {', '.join(unknown)}")
    names = asked.groups or list(run.GROUPS)
    return run.run(asked.folder, names, asked.rounds, drafts=asked.drafts, docx=asked.docx)


if __name__ == "__main__":
    sys.exit(main())
