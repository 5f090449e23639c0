"""Annotated drafts: how they are written, and how findings are held against them.

A draft begins with a front matter between two ``---`` lines (``kind``, ``missing``,
``perfunctory``); in the text after it ``⟦category|text⟧`` marks a fault. Marks never nest, and
whatever is outside them must stay unreported.

A finding is right when a mark of its category overlaps it; for ``percentage`` and ``numbering`` it
is enough that both lie in one sentence. A mark is found when a finding is right about it. Sections
are compared by file, section id, and whether they are missing or perfunctory.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from reportlint import engine, readers
from reportlint.findings import Finding
from reportlint.settings import Settings

SPANS = ("placeholder", "paywall", "percentage", "numbering")
"""Categories that are marked in the text."""

CATEGORIES = (*SPANS, "section")

UNKNOWN = "其他"
"""What the front matter of a draft of no known kind says."""

_BY_SENTENCE = ("percentage", "numbering")
_MARK = re.compile(rf"⟦({'|'.join(SPANS)})\|([^⟦⟧]*)⟧")
_FRONT = re.compile(r"---\n(?P<fields>.*?\n)---\n", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_FIELDS = ("kind", "missing", "perfunctory")


class Mark(NamedTuple):
    """A fault in a draft; ``start`` and ``end`` are offsets into the plain text."""

    category: str
    start: int
    end: int
    text: str


class Draft(NamedTuple):
    """An annotated draft. ``sections`` holds (section id, ``missing`` or ``perfunctory``)."""

    name: str
    text: str
    kind: str
    sections: frozenset[tuple[str, str]]
    marks: tuple[Mark, ...]


class Count(NamedTuple):
    """What is marked, how much of it was found, how many findings there are and how many right."""

    marks: int = 0
    found: int = 0
    alarms: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.marks if self.marks else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.alarms if self.alarms else 1.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


class Verdict(NamedTuple):
    """What one draft, or several, say about a linter.

    ``counts`` has every category, ``kinds`` is the number of drafts whose kind was read rightly,
    ``complaints`` are (category or ``kind``, one line) of each miss and false alarm.
    """

    counts: dict[str, Count]
    kinds: int
    complaints: tuple[tuple[str, str], ...]


def parse(source: str, name: str) -> Draft:
    """Read an annotated draft. Raises ValueError, which names the draft and what is wrong."""
    front = _FRONT.match(source)
    if front is None:
        raise ValueError(f"{name}: no front matter")
    fields = {}
    for line in front["fields"].splitlines():
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in _FIELDS:
            raise ValueError(f"{name}: the front matter has a line {line!r}")
        fields[key.strip()] = value.partition("#")[0].strip()
    if not fields.get("kind"):
        raise ValueError(f"{name}: no kind")
    body = source[front.end() :]
    text, marks, last = "", [], 0
    for mark in _MARK.finditer(body):
        text += body[last : mark.start()]
        marks.append(Mark(mark[1], len(text), len(text) + len(mark[2]), mark[2]))
        text += mark[2]
        last = mark.end()
    text += body[last:]
    stray = re.search("[⟦⟧]", text)
    if stray is not None:
        raise ValueError(f"{name}: stray bracket in {text[max(0, stray.start() - 20) :][:40]!r}")
    sections = frozenset(
        (section.strip(), presence)
        for presence in ("missing", "perfunctory")
        for section in fields.get(presence, "").split(",")
        if section.strip()
    )
    return Draft(name, text, fields["kind"], sections, tuple(marks))


def load(folder: Path) -> list[Draft]:
    """Read all annotated drafts of a folder in name order: ``NAME.gold.txt`` and ``.gold.md``."""
    return [
        parse(path.read_bytes().decode(), path.name.replace(".gold", ""))
        for path in sorted(folder.glob("*.gold.*"))
    ]


def judge(draft: Draft, settings: Settings) -> Verdict:
    """Lint a draft the way a file is linted, and hold the findings against its marks."""
    document = readers.read(draft.text.encode(), draft.name)
    outcome = engine.lint(document, settings)
    return weigh(draft, outcome.findings, outcome.kind)


def weigh(draft: Draft, findings: Sequence[Finding], kind: str | None) -> Verdict:
    """Hold findings against the marks of a draft."""
    complaints: list[tuple[str, str]] = []
    counts = {}
    for category in SPANS:
        own = [finding for finding in findings if finding.category == category]
        marks = [mark for mark in draft.marks if mark.category == category]
        met: set[Mark] = set()
        right = 0
        for finding in own:
            meeting = _meeting(draft.text, finding, marks)
            if meeting:
                right += 1
                met |= meeting
            else:
                shown = _around(draft.text, finding.start, finding.end)
                line = f"false alarm  {draft.name} {category} {finding.code} {shown}"
                complaints.append((category, line))
        for mark in marks:
            if mark not in met:
                shown = _around(draft.text, mark.start, mark.end)
                line = f"missed       {draft.name} {category} {mark.text!r} in {shown}"
                complaints.append((category, line))
        counts[category] = Count(len(marks), len(met), len(own), right)
    given = {
        (f.data["section"], f.data["presence"])
        for f in findings
        if f.category == "section" and f.data.get("presence")
    }
    both = given & draft.sections
    counts["section"] = Count(len(draft.sections), len(both), len(given), len(both))
    for what, pairs in (("false alarm", given - both), ("missed     ", draft.sections - both)):
        lines = (f"{what}  {draft.name} section {s} {p}" for s, p in sorted(pairs))
        complaints += [("section", line) for line in lines]
    right_kind = (kind or UNKNOWN) == draft.kind
    if not right_kind:
        line = f"wrong kind   {draft.name} {kind} instead of {draft.kind}"
        complaints.append(("kind", line))
    return Verdict(counts, int(right_kind), tuple(complaints))


def total(verdicts: Iterable[Verdict]) -> Verdict:
    """Add up the verdicts of several drafts."""
    counts = {category: Count() for category in CATEGORIES}
    kinds = 0
    complaints: list[tuple[str, str]] = []
    for verdict in verdicts:
        for category, count in verdict.counts.items():
            pairs = zip(counts[category], count, strict=True)
            counts[category] = Count(*(a + b for a, b in pairs))
        kinds += verdict.kinds
        complaints += verdict.complaints
    return Verdict(counts, kinds, tuple(complaints))


def table(verdict: Verdict, drafts: int, categories: Collection[str] = CATEGORIES) -> str:
    """Return precision and recall by category, then every miss and false alarm by name."""
    lines = [f"{'category':12}{'marks':>7}{'recall':>8}{'alarms':>8}{'precision':>11}{'F1':>7}"]
    lines += [
        f"{category:12}{count.marks:7}{count.recall:8.3f}{count.alarms:8}"
        f"{count.precision:11.3f}{count.f1:7.3f}"
        for category, count in verdict.counts.items()
        if category in categories
    ]
    lines.append(f"kinds right: {verdict.kinds} of {drafts}")
    lines += [line for what, line in verdict.complaints if what in categories or what == "kind"]
    return "\n".join(lines)


def _meeting(text: str, finding: Finding, marks: Iterable[Mark]) -> set[Mark]:
    """Return the marks that ``finding`` is right about: those it overlaps, else the nearest one
    in its sentence where its category goes by sentences."""
    exact = {m for m in marks if m.start < finding.end and finding.start < m.end}
    if exact or finding.category not in _BY_SENTENCE:
        return exact
    start, end = _sentence(text, finding.start, finding.end)
    near = [m for m in marks if m.start < end and start < m.end]
    return {min(near, key=lambda m: abs(m.start - finding.start))} if near else set()


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, max(end - 1, start))
    return (ends[-1] if ends else 0, after.end() if after else len(text))


def _around(text: str, start: int, end: int) -> str:
    return repr(f"…{text[max(0, start - 14) : start]}[{text[start:end]}]{text[end : end + 14]}…")
