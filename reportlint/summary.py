"""What a run found, in numbers: per file, over all files, per rule.

Suppressed findings are counted apart, by what silences them, and nowhere else.
"""

from __future__ import annotations

from reportlint.findings import Applicability, Finding, Severity
from reportlint.lean import MappingProxyType, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportlint.ruleset import Rule
    from reportlint.runner import FileResult


class Tally(NamedTuple):
    """The numbers of one file.

    ``codes`` maps codes of rules to their findings, ``fixable`` to those of them that have a fix.
    ``slots`` are the placeholders that are certain: not those that are mere information.
    ``suppressed`` maps kinds of suppressions to the findings that they silence; ``declined`` and
    ``outside`` are those of ``pipeline.Verdict``.
    """

    path: str
    kind: str | None
    errors: int
    warnings: int
    infos: int
    codes: Mapping[str, int]
    safe_fixes: int
    unsafe_fixes: int
    failed: bool
    fixable: Mapping[str, int]
    slots: int
    suppressed: Mapping[str, int] = MappingProxyType({})
    declined: int = 0
    outside: int = 0


def tally(result: FileResult) -> Tally:
    """Count what ``result`` holds."""
    severities = [0] * (Severity.ERROR + 1)
    codes: dict[str, int] = {}
    fixable: dict[str, int] = {}
    suppressed: dict[str, int] = {}
    safe = fixes = 0
    for finding in result.findings:
        if finding.suppressed is not None:
            kind = finding.suppressed.kind
            suppressed[kind] = suppressed.get(kind, 0) + 1
            continue
        code = finding.code
        severities[finding.severity] += 1
        codes[code] = codes.get(code, 0) + 1
        if finding.fix is not None:
            fixes += 1
            safe += finding.fix.applicability is Applicability.SAFE
            fixable[code] = fixable.get(code, 0) + 1
    return Tally(
        path=result.path,
        kind=result.kind,
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        infos=severities[Severity.INFO],
        codes=codes,
        safe_fixes=safe,
        unsafe_fixes=fixes - safe,
        failed=result.failed,
        fixable=fixable,
        slots=sum(map(is_slot, result.findings)),
        suppressed=suppressed,
        declined=result.declined,
        outside=result.outside,
    )


def is_slot(finding: Finding) -> bool:
    """Return whether a finding is a place that is still to be filled in."""
    certain = finding.category == "placeholder" and finding.severity > Severity.INFO
    return certain and finding.suppressed is None


_NONE: Mapping[str, int] = MappingProxyType({})


class Summary(NamedTuple):
    """The sum of the tallies of a run.

    ``failed_files`` could not be read or not be checked by every rule; ``unknown_kinds`` are the
    others whose kind of report could not be told; ``fixed`` is how many fixes have been applied.
    """

    files: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    codes: Mapping[str, int] = _NONE
    safe_fixes: int = 0
    unsafe_fixes: int = 0
    failed_files: int = 0
    unknown_kinds: int = 0
    fixed: int = 0
    fixable: Mapping[str, int] = _NONE
    slots: int = 0
    suppressed: Mapping[str, int] = _NONE
    declined: int = 0
    outside: int = 0

    @property
    def findings(self) -> int:
        """All findings, whatever their severity."""
        return self.errors + self.warnings + self.infos

    def at_least(self, severity: Severity) -> int:
        """Return how many findings are as bad as ``severity`` or worse."""
        counts = {
            Severity.ERROR: self.errors,
            Severity.WARNING: self.warnings,
            Severity.INFO: self.infos,
        }
        return sum(count for level, count in counts.items() if level >= severity)

    def add(self, one: Tally) -> Summary:
        """Return the summary with one more file in it."""
        return self._replace(
            files=self.files + 1,
            errors=self.errors + one.errors,
            warnings=self.warnings + one.warnings,
            infos=self.infos + one.infos,
            codes=_sum(self.codes, one.codes),
            safe_fixes=self.safe_fixes + one.safe_fixes,
            unsafe_fixes=self.unsafe_fixes + one.unsafe_fixes,
            failed_files=self.failed_files + one.failed,
            unknown_kinds=self.unknown_kinds + kind_unknown(one),
            fixable=_sum(self.fixable, one.fixable),
            slots=self.slots + one.slots,
            suppressed=_sum(self.suppressed, one.suppressed),
            declined=self.declined + one.declined,
            outside=self.outside + one.outside,
        )


def kind_unknown(one: Tally | FileResult) -> bool:
    """Return whether a file that could be checked left its kind of report open."""
    return one.kind is None and not one.failed


def _sum(left: Mapping[str, int], right: Mapping[str, int]) -> Mapping[str, int]:
    if not right:
        return left
    total = dict(left)
    for code, count in right.items():
        total[code] = total.get(code, 0) + count
    return total


_HEADS = {
    "zh": ("处数", "规则", "可修复", "名称"),
    "en": ("count", "rule", "fixable", "name"),
}


def statistics(summary: Summary, rules: Mapping[str, Rule], lang: str) -> str:
    """Return a table of findings per rule, most frequent first, and what is not in it.

    The columns are: how many, the code, how many of them have a fix, the name of the rule. Without
    any finding there is no table.
    """
    from reportlint.reporters.closing import silenced
    from reportlint.reporters.width import table

    below = "".join(f"{line}\n" for line in silenced(summary, lang))
    if not summary.codes:
        return below
    rows = [
        (str(count), code, str(summary.fixable.get(code, 0) or "-"), _name(rules, code))
        for code, count in sorted(summary.codes.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "".join(f"{line}\n" for line in table([_HEADS[lang], *rows], right=(0, 2))) + below


def _name(rules: Mapping[str, Rule], code: str) -> str:
    rule = rules.get(code)
    return rule.name if rule else ""
