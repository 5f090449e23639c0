"""Counting."""

from reportlint.findings import Severity
from reportlint.summary import Summary, kind_unknown, statistics, tally


def test_a_tally_counts_what_is_not_suppressed(one):
    counted = tally(one("text"))
    assert counted.path == "街道述职.txt"
    assert counted.kind == "述职报告"
    assert (counted.errors, counted.warnings, counted.infos) == (11, 0, 0)
    assert counted.codes == {"PH001": 7, "PW001": 1, "PH004": 1, "NM001": 1, "SQ002": 1}
    assert (counted.safe_fixes, counted.unsafe_fixes) == (1, 1)
    assert counted.fixable == {"PW001": 1, "SQ002": 1}
    assert counted.slots == 8
    assert not counted.failed
    assert tally(one("unknown")).codes == {"PH001": 1}


def test_a_summary_is_the_sum_of_its_tallies(every):
    summary = Summary()
    for result in every():
        summary = summary.add(tally(result))
    tallies = [tally(result) for result in every()]
    assert summary.files == len(tallies)
    assert summary.findings == sum(t.errors + t.warnings + t.infos for t in tallies)
    assert sum(summary.codes.values()) == summary.findings
    assert summary.failed_files == 1
    assert summary.unknown_kinds == 1
    assert summary.slots == sum(t.slots for t in tallies)
    assert summary.fixed == 0


def test_a_file_that_failed_has_no_unknown_kind(one):
    assert kind_unknown(one("unknown"))
    assert not kind_unknown(one("failed"))
    assert not kind_unknown(one("clean"))


def test_at_least_counts_a_severity_and_the_worse_ones():
    summary = Summary(errors=1, warnings=20, infos=300)
    assert summary.at_least(Severity.ERROR) == 1
    assert summary.at_least(Severity.WARNING) == 21
    assert summary.at_least(Severity.INFO) == 321


def test_statistics_are_sorted_by_count_then_code(one, rules):
    lines = statistics(Summary().add(tally(one("text"))), rules, "en").split("\n")
    assert lines == [
        "count  rule   fixable  name",
        "    7  PH001        -  unfilled-slot",
        "    1  NM001        -  share-mismatch",
        "    1  PH004        -  blank-line",
        "    1  PW001        1  paid-content-tag",
        "    1  SQ002        1  run-in-gap",
        "",
    ]
    assert statistics(Summary(), rules, "zh") == ""
