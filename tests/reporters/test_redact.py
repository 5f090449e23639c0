"""``--redact``: nothing of a draft in any format."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import packs, readers, runner
from reportlint.findings import Suppression
from reportlint.reporters import NAMES, ReportOptions, make
from reportlint.runner import FileResult
from reportlint.settings import Settings, default_active
from tests import gold, strategies
from tests.accuracy import FOLDERS
from tests.helpers import printed

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{4,}")
LONG = 4
"""So many Han characters in a row are words of a draft, not a coincidence."""


builtin = cache(packs.builtin)


def reported(name: str, results: list[FileResult], lang: str) -> str:
    reporter = make(name, ReportOptions(lang=lang, redact=True, rules=builtin().rules))
    return printed(reporter, results)


def checked(text: str, path: str, lang: str) -> FileResult:
    ruleset = builtin()
    active = frozenset(ruleset.rules)
    return runner.check_bytes(
        text.encode(), path, Settings(ruleset, active, lang=lang, redact=True)
    )


def runs(text: str) -> set[str]:
    """All runs of LONG Han characters."""
    return {run[at : at + LONG] for run in HAN.findall(text) for at in range(len(run) - LONG + 1)}


@cache
def our_own() -> set[str]:
    """What reportlint says by itself: the pages of its rules, the names of kinds and sections."""
    ruleset = builtin()
    found: set[str] = set()
    for name in NAMES:
        found |= runs(
            reported(name, [checked("", "a.txt", "zh"), checked("\0", "b.txt", "zh")], "zh")
        )
    for rule in ruleset.rules.values():
        said = (rule.message["zh"], rule.why["zh"], rule.help.get("zh", ""), rule.source)
        found |= runs("\n".join(said))
        for example in (*rule.bad, *rule.good):
            # A title may also be a whole example.
            found |= runs(example["text"])
    for kind in ruleset.kinds.values():
        found |= runs(kind.id)
    for section in ruleset.sections.values():
        found |= runs("\n".join(section.title.values()))
    return found


def leaks(name: str, results: list[FileResult], texts: set[str]) -> set[str]:
    """Which of the runs ``texts``, of drafts, the report shows."""
    return runs(reported(name, results, "zh")) & (texts - our_own())


def silenced(result: FileResult, reason: str) -> FileResult:
    """The result with every other finding suppressed for a reason that quotes the draft."""
    findings = tuple(
        finding._replace(suppressed=Suppression("inline", reason)) if number % 2 else finding
        for number, finding in enumerate(result.findings)
    )
    return result._replace(findings=findings)


@pytest.fixture(scope="module")
def annotated() -> tuple[list[FileResult], set[str]]:
    """All annotated drafts checked, and the runs of characters in them."""
    results, texts = [], set()
    for folder in FOLDERS:
        for number, draft in enumerate(gold.load(folder)):
            path = f"{folder.name}/{number}.{draft.name.rpartition('.')[2]}"
            results.append(silenced(checked(draft.text, path, "zh"), draft.text[:40]))
            texts |= runs(draft.text)
    return results, texts


@pytest.mark.parametrize("name", NAMES)
def test_no_annotated_draft_shows(name: str, annotated: tuple[list[FileResult], set[str]]) -> None:
    results, texts = annotated
    assert sum(len(result.findings) for result in results) > 1000
    assert len(texts - our_own()) > 10_000
    assert leaks(name, results, texts) == set()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(strategies.anything, min_size=1, max_size=3).map("\n".join),
    st.sampled_from(["a.txt", "a.md"]),
)
def test_no_draft_shows_in_any_format(text: str, path: str) -> None:
    try:
        readers.read(text.encode(), path)
    except Exception:
        return
    result = silenced(checked(text, path, "zh"), text)
    for name in NAMES:
        assert leaks(name, [result], runs(text)) == set(), name


def test_the_words_of_a_draft_would_be_seen() -> None:
    """What the other tests look for is there without ``redact``."""
    text = "龙潭渡口街道述职报告\n全年走访XX户。\n"
    ruleset = builtin()
    result = runner.check_bytes(text.encode(), "a.txt", Settings(ruleset, default_active(ruleset)))
    for name in ("html", "full"):
        reporter = make(name, ReportOptions(rules=ruleset.rules))
        assert runs(text) - our_own() & runs(printed(reporter, [result]))
