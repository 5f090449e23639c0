"""How long an editor waits for the language server.

    python -m scripts.bench_server

prints two figures: the median of 20 times from a change of a draft of 7 KB to its diagnostics, and
the longest hover on that draft while one of 1 MB is being checked. Exits with 1 where one of them
misses its bar. To be run on an idle machine, from the top of a checkout with the extra ``lsp``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from reportlint import readers
from tests.server.client import Editor

CHANGE_BAR, HOVER_BAR = 0.1, 1.0
ROUNDS = 20
SAMPLES = Path(__file__).parent.parent / "samples"


def draft(size: int) -> str:
    """Return a draft of about ``size`` bytes, made of the samples."""
    paths = sorted(SAMPLES.glob("*.txt"))
    texts = [readers.read(path.read_bytes(), path.name).text for path in paths]
    whole = "\n".join(texts).encode()
    return (whole * (size // len(whole) + 1))[:size].decode(errors="ignore")


def changes(editor: Editor) -> list[float]:
    """Return the seconds from each of some changes to the diagnostics of it."""
    text = draft(7_000)
    editor.open("draft.txt", text)
    times = []
    for version in range(2, ROUNDS + 2):
        text += "又及：另有XX人。\n"
        time.sleep(0.1)
        began = time.perf_counter()
        editor.change("draft.txt", text, version)
        editor.diagnostics("draft.txt", version)
        times.append(time.perf_counter() - began)
    return times


def hovers(editor: Editor) -> list[float]:
    """Return the seconds that hovers take until a draft of 1 MB has been checked."""
    large = draft(1_000_000)
    item = {"uri": editor.uri("large.txt"), "languageId": "plaintext", "version": 1, "text": large}
    editor.notify("textDocument/didOpen", {"textDocument": item})
    times = []
    while not editor.published("large.txt"):
        for name in ("draft.txt", "large.txt"):
            began = time.perf_counter()
            editor.hover(name, 0, 0)
            times.append(time.perf_counter() - began)
    return times


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        editor = Editor(Path(folder))
        try:
            editor.start()
            waited, hovered = changes(editor), hovers(editor)
            editor.stop()
        finally:
            editor.tidy()
    change, hover = statistics.median(waited), max(hovered)
    print(f"change to diagnostics, 7 KB: median {change * 1000:.0f} ms of {ROUNDS}, ", end="")
    print(f"slowest {max(waited) * 1000:.0f} ms (bar {CHANGE_BAR * 1000:.0f} ms)")
    print(f"hover while 1 MB is checked: longest {hover * 1000:.0f} ms of {len(hovered)} ", end="")
    print(f"(bar {HOVER_BAR * 1000:.0f} ms)")
    return 0 if change <= CHANGE_BAR and hover <= HOVER_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
