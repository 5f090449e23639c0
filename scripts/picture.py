"""Draws the pictures of the output that the READMEs show: run it after a change to messages.

    python scripts/picture.py

The real command is run in colour, and rich turns what it prints into SVG. No font is fetched from
anywhere: a picture is drawn with the monospaced fonts of whoever looks at it.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape, unescape

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLE = "samples/town-militia-duty-report.txt"
PICTURES = {"zh": "docs/check.svg", "en": "docs/check.en.svg"}
"""Language -> picture, from the root of the repository."""

COLUMNS = 92

# Rich's own frame fetches a font from a server that the readers of a README need not know of.
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", "Source Han Mono SC", Menlo, Consolas,
    "Microsoft YaHei", "PingFang SC", SimSun, monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-matrix .wide {{ font-size: 23px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""

_TEXT = re.compile(
    r'<text class="(?P<style>[^"]*-r[0-9]+(?: wide)?)" x="(?P<x>[0-9.]+)" y="(?P<y>[0-9.]+)" '
    r'textLength="(?P<length>[0-9.]+)"(?P<clip>[^>]*)>(?P<text>.*?)</text>'
)


def output(lang: str) -> str:
    """Return what ``reportlint check`` prints about the sample on a terminal with colours."""
    command = [sys.executable, "-m", "reportlint", "check", SAMPLE]
    command += ["--isolated", "--color", "always", "--lang", lang]
    environ = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONPATH": ROOT}
    done = subprocess.run(
        command, capture_output=True, cwd=ROOT, env=environ, encoding="utf-8", check=False
    )
    if done.returncode != 1:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def draw(ansi: str) -> str:
    """Return an SVG picture of a terminal that shows ``ansi``."""
    from rich.console import Console
    from rich.text import Text

    lines = [Text.from_ansi(line) for line in ansi.rstrip("\n").split("\n")]
    console = Console(
        record=True,
        width=max(line.cell_len for line in lines),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    svg = console.export_svg(title=f"reportlint check {SAMPLE}", code_format=_FRAME)
    svg = _TEXT.sub(_placed, svg)
    return "\n".join(line.rstrip() for line in svg.split("\n"))


def _placed(match: re.Match[str]) -> str:
    """Give each run of wide and of narrow characters a place and a width of its own.

    Rich sets the width as if every character were a narrow one. And few fonts have Chinese
    characters that are twice as wide as Latin ones, so carets would miss what they mark.
    """
    from rich.cells import cell_len

    text = unescape(match["text"]).replace("\xa0", " ")
    cell = float(match["length"]) / len(text)
    out = ""
    for run in _runs(text):
        x = float(match["x"]) + cell * cell_len(text[: run.start()])
        style = match["style"] + (" wide" if cell_len(run[0]) > len(run[0]) else "")
        out += (
            f'<text class="{style}" x="{x:.1f}" y="{match["y"]}" '
            f'textLength="{cell * cell_len(run[0]):.1f}"{match["clip"]}>{escape(run[0])}</text>'
        )
    return out


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands between white space: wide characters alone, and all others."""
    return re.finditer(r"[\u3001-\ufffd]+|[^\s\u3001-\ufffd]+", text)


def text_of(svg: str) -> list[str]:
    """Return the lines of text that a picture shows, without any white space."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for match in _TEXT.finditer(svg):
        lines.setdefault(float(match["y"]), []).append((float(match["x"]), match["text"]))
    return [
        unescape("".join(text for _, text in sorted(parts))) for _, parts in sorted(lines.items())
    ]


def main() -> None:
    for lang, path in PICTURES.items():
        with open(os.path.join(ROOT, path), "w", encoding="utf-8", newline="\n") as file:
            file.write(draw(output(lang)))


if __name__ == "__main__":
    main()
