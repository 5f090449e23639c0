"""Proves rules by their own examples.

In a bad example ``〔…〕`` marks what must be reported: these spans and no others. A text that has
such brackets of its own is marked with ``⟦…⟧`` instead. A bad example without marks must be
reported somewhere; a good example nowhere. Only the rule in question runs.

What a rule reads off a word processor's traces has examples with ``trace``, a kind of ``Trace`` or
``comment``: it is on the words between the marks, in good examples, too.

Rules of family RL are about files and runs, not about texts; their examples are only shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from reportlint import engine, readers
from reportlint.document import Comment, Document, Span, Trace
from reportlint.errors import PackError, ReportlintError
from reportlint.findings import Applicability, Finding
from reportlint.ruleset import LANGUAGES, Rule, RuleSet
from reportlint.settings import Settings

_MARKS = (("⟦", "⟧"), ("〔", "〕"))

_TROUBLE = {
    "unpaired": {"zh": "标记不成对", "en": "its marks do not pair"},
    "silent": {"zh": "应当报告，实际没有", "en": "should be reported and is not"},
    "spans": {
        "zh": "应当报告 {expected}，实际报告 {found}",
        "en": "should report {expected}, reports {found}",
    },
    "alarm": {"zh": "不应报告，实际报告 {found}", "en": "should be silent, reports {found}"},
    "crash": {"zh": "规则出错：{found}", "en": "the rule fails: {found}"},
}
_EXAMPLE = {
    "bad": {"zh": "反例", "en": "bad example"},
    "good": {"zh": "正例", "en": "good example"},
}


class Failure(NamedTuple):
    """An example that its rule does not bear out.

    ``side`` is ``bad`` or ``good``; ``trouble`` is a key of what went wrong; ``expected`` and
    ``found`` are the reported texts, each with its span in the example without marks.
    """

    pack: str
    line: int
    code: str
    side: str
    example: str
    trouble: str
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()

    def say(self, lang: str) -> str:
        """Return what is wrong in one line, without the place."""
        trouble = _TROUBLE[self.trouble][lang].format(
            expected=", ".join(self.expected) or "∅", found=", ".join(self.found) or "∅"
        )
        return f"{self.code}: {_EXAMPLE[self.side][lang]} {self.example!r}: {trouble}"


def marked(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return a bad example without its marks, and the spans between them.

    Raises ValueError where the marks do not pair.
    """
    opening, closing = _MARKS[0] if any(mark in text for mark in _MARKS[0]) else _MARKS[1]
    pieces, spans, length, start = [], [], 0, -1
    for piece in re.split(f"([{opening}{closing}])", text):
        if piece == opening:
            if start >= 0:
                raise ValueError(text)
            start = length
        elif piece == closing:
            if start < 0:
                raise ValueError(text)
            spans.append(Span(start, length))
            start = -1
        else:
            pieces.append(piece)
            length += len(piece)
    if start >= 0:
        raise ValueError(text)
    return "".join(pieces), tuple(spans)


def prove(ruleset: RuleSet, codes: Iterable[str] | None = None) -> list[Failure]:
    """Run the examples of the rules in ``codes``, or of all, and return those that fail."""
    wanted = ruleset.rules if codes is None else codes
    failures: list[Failure] = []
    for code in wanted:
        rule = ruleset.rules[code]
        if rule.category == "reportlint":
            continue
        for example in rule.bad:
            failures += _bad(ruleset, rule, example)
        for example in rule.good:
            failures += _good(ruleset, rule, example)
    return failures


class ProofError(PackError):
    """A rule of the user's own that fails an example. ``say`` has the text in both languages."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.pack, failure.line, failure.say("en"))
        place = f"{failure.pack}:{failure.line}"
        self.say = {lang: f"{place}: {failure.say(lang)}" for lang in LANGUAGES}


def prove_own(ruleset: RuleSet) -> None:
    """Prove the rules of the user's own packs. Raises ProofError for the first that fails."""
    failures = prove(ruleset, (c for c, rule in ruleset.rules.items() if not rule.trusted))
    if failures:
        raise ProofError(failures[0])


def fixes_of(ruleset: RuleSet, rule: Rule) -> frozenset[Applicability]:
    """Return how the fixes may be applied that ``rule`` offers for its bad examples.

    What a rule can fix is read off its examples, so that nothing else has to be kept right.
    """
    found = set()
    for example in rule.bad:
        with suppress(ValueError, ReportlintError):
            for finding in _findings(ruleset, rule, example):
                if finding.code == rule.code and finding.fix is not None:
                    found.add(finding.fix.applicability)
    return frozenset(found)


def _bad(ruleset: RuleSet, rule: Rule, example: Mapping[str, Any]) -> list[Failure]:
    try:
        text, expected = marked(example["text"])
    except ValueError:
        return [_failure(rule, "bad", example, "unpaired")]
    found, crash = _run(ruleset, rule, example)
    if crash:
        return [_failure(rule, "bad", example, "crash", found=crash)]
    if not found:
        return [_failure(rule, "bad", example, "silent")]
    if expected and set(expected) != set(found):
        return [
            _failure(
                rule,
                "bad",
                example,
                "spans",
                expected=_show(text, expected),
                found=_show(text, found),
            )
        ]
    return []


def _good(ruleset: RuleSet, rule: Rule, example: Mapping[str, Any]) -> list[Failure]:
    found, crash = _run(ruleset, rule, example, good=True)
    if crash:
        return [_failure(rule, "good", example, "crash", found=crash)]
    if found:
        return [
            _failure(
                rule, "good", example, "alarm", found=_show(draft(example, good=True).text, found)
            )
        ]
    return []


def _run(
    ruleset: RuleSet, rule: Rule, example: Mapping[str, Any], *, good: bool = False
) -> tuple[list[Span], tuple[str, ...]]:
    """Return the spans that the rule reports, and what it died of."""
    try:
        findings = _findings(ruleset, rule, example, good=good)
    except Exception as error:
        return [], (str(error),)
    spans = [Span(f.start, f.end) for f in findings if f.code == rule.code]
    return spans, tuple(f.message for f in findings if f.code != rule.code)


def _findings(
    ruleset: RuleSet, rule: Rule, example: Mapping[str, Any], *, good: bool = False
) -> tuple[Finding, ...]:
    settings = Settings(ruleset, frozenset((rule.code,)), kind=example.get("kind"))
    return engine.lint(draft(example, good=good), settings).findings


def draft(example: Mapping[str, Any], *, good: bool = False) -> Document:
    """Return the document that an example stands for. ``good``: its text has no marks, unless they
    are to bear a trace.

    Raises ValueError where its marks do not pair, ReadError where its format cannot be read.
    """
    kind = example.get("trace")
    text, spans = (example["text"], ()) if good and not kind else marked(example["text"])
    form = example.get("format", "text")
    if kind == "comment":
        comments = [Comment(*span, "核实", apart=True) for span in spans]
        return Document(text, format=form, comments=comments)
    if kind:
        name, _, detail = kind.partition(" ")
        return Document(text, format=form, traces=[Trace(*span, name, detail) for span in spans])
    return Document(text) if form == "text" else readers.read(text.encode(), "", form)


def _show(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(f"“{text[start:end]}”[{start}:{end}]" for start, end in sorted(spans))


def _failure(
    rule: Rule,
    side: str,
    example: Mapping[str, Any],
    trouble: str,
    *,
    expected: tuple[str, ...] = (),
    found: tuple[str, ...] = (),
) -> Failure:
    return Failure(rule.pack, rule.line, rule.code, side, example["text"], trouble, expected, found)
