"""reportlint as it is installed, made from this checkout: with the rules as literals, and a script
to start it by."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import Command, output

ROOT = Path(__file__).parent.parent
SAMPLES = str(ROOT / "samples")

_SCRIPT = """import sys
from reportlint.cli import script
sys.exit(script())
"""


class Target:
    """A copy of the package in a folder, which is made anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        ignore = shutil.ignore_patterns("__pycache__", "snapshot.py")
        shutil.copytree(ROOT / "reportlint", folder / "reportlint", ignore=ignore)
        shutil.copytree(ROOT / "rules", folder / "reportlint" / "rules")
        (folder / "start.py").write_text(_SCRIPT)
        made = (
            "from reportlint import assembly, packs\n"
            f"print(assembly.snapshot(packs.builtin_folder(), {SAMPLES!r}))"
        )
        argv = [sys.executable, "-c", made]
        (folder / "reportlint" / "snapshot.py").write_bytes(output(Command(argv, str(folder))))
        # As pip does, whatever the environment says of bytecode.
        output(Command([sys.executable, "-m", "compileall", "-q", "reportlint"], str(folder)))

    def command(self, *argv: str, cwd: Path, before: Callable[[], None] = lambda: None) -> Command:
        """Return a command line; 0 and 1 are how it ends when it has done its job."""
        start = str(self.folder / "start.py")
        return Command([sys.executable, start, *argv], str(cwd), (0, 1), before)
