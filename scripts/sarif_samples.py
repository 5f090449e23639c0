"""Write SARIF of every sort into a folder: ``python scripts/sarif_samples.py DIR``.

It is for a validator. There are all samples together, in both languages and redacted, and a file
that cannot be read; the same with findings that are suppressed in every way; and nothing at all.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from reportlint import packs, runner  # noqa: E402
from reportlint.findings import Suppression  # noqa: E402
from reportlint.reporters import ReportOptions, make  # noqa: E402
from reportlint.runner import FileResult  # noqa: E402
from reportlint.settings import Settings  # noqa: E402
from reportlint.summary import Summary, tally  # noqa: E402

WAYS = (
    None,
    Suppression("inline", "已与主管科室核对"),
    Suppression("sidecar", "原件如此"),
    Suppression("config"),
    Suppression("baseline", ""),
)


def results(lang: str, redact: bool) -> list[FileResult]:
    """Check the samples with every rule, and a file that is none."""
    ruleset = packs.builtin()
    settings = Settings(ruleset, frozenset(ruleset.rules), lang=lang, redact=redact)
    paths = sorted((ROOT / "samples").iterdir())
    found = [
        runner.check_bytes(path.read_bytes(), f"samples/{path.name}", settings) for path in paths
    ]
    return [*found, runner.check_bytes(b"\0\0", "samples/读不了 100%.docx", settings)]


def suppressed(result: FileResult) -> FileResult:
    """Suppress the findings of a result, one in each way in turn."""
    findings = tuple(
        finding._replace(suppressed=WAYS[number % len(WAYS)])
        for number, finding in enumerate(result.findings)
    )
    return result._replace(findings=findings)


def sarif(checked: list[FileResult], lang: str, redact: bool) -> str:
    """Return the report on results."""
    options = ReportOptions(lang=lang, redact=redact, rules=packs.builtin().rules)
    reporter = make("sarif", options)
    summary = Summary()
    for result in checked:
        reporter.feed(reporter.render(result))
        summary = summary.add(tally(result))
    return reporter.finish(summary)


def main(folder: Path) -> None:
    """Write the files."""
    for lang in ("zh", "en"):
        for redact in (False, True):
            name = f"{lang}{'-redacted' if redact else ''}"
            checked = results(lang, redact)
            every = [suppressed(result) for result in checked]
            for part, given in (("all", checked), ("suppressed", every), ("none", [])):
                text = sarif(given, lang, redact)
                (folder / f"{part}-{name}.sarif").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
