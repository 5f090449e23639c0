"""A bar on standard error while many files are checked. Only ever shown on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

Result = TypeVar("Result")


def with_bar(results: Iterable[Result], total: int) -> Iterator[Result]:
    """Yield the results and move the bar along with them; it goes away at the end."""
    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        # No thread of its own: worker processes are forked while the bar is there.
        auto_refresh=False,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total)
        for number, result in enumerate(results, 1):
            bar.advance(task)
            if number % 10 == 0 or number == total:
                bar.refresh()
            yield result
