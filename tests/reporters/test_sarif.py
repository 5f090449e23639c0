"""SARIF, beyond what its golden files and the reference tool (scripts/validate_sarif.sh) hold."""

import json

import pytest

from reportlint import packs
from reportlint.document import Document
from reportlint.findings import Severity, Suppression
from reportlint.reporters import ReportOptions, rulepage, sarif
from reportlint.summary import Summary


@pytest.fixture
def run(report):
    """Return the run that results come to."""

    def run(results, **more):
        log = json.loads(report("sarif", results, **more))
        assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
        return log["runs"][0]

    return run


def many(result, count):
    """A result with so many findings, of all severities in turn, the last one suppressed."""
    first = result.findings[0]
    findings = [
        first._replace(severity=list(Severity)[number % 3], message=f"{number}")
        for number in range(count)
    ]
    findings[-1] = findings[-1]._replace(suppressed=Suppression("inline", "有意"))
    return result._replace(findings=tuple(findings))


def test_positions_are_code_points(run, every):
    found = run(every())
    assert found["columnKind"] == "unicodeCodePoints"
    assert found["newlineSequences"] == ["\r\n", "\n", "\r"]


def test_every_result_has_what_github_asks_for(run, every):
    found = run(every())
    rules = found["tool"]["driver"]["rules"]
    assert found["results"]
    for result in found["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        region = location["physicalLocation"]["region"]
        assert min(region.values(), key=str) is not None
        assert {"startLine", "startColumn", "endLine", "endColumn"} <= region.keys()
        assert result["partialFingerprints"].keys() == {"primaryLocationLineHash", "reportlint/v1"}
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[key]["text"]) <= 5000
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a.txt", {"uri": "a.txt", "uriBaseId": "%SRCROOT%"}),
        ("./a.txt", {"uri": "a.txt", "uriBaseId": "%SRCROOT%"}),
        ("../b 100%.md", {"uri": "../b%20100%25.md", "uriBaseId": "%SRCROOT%"}),
        ("总结#1?.txt", {"uri": "%E6%80%BB%E7%BB%93%231%3F.txt", "uriBaseId": "%SRCROOT%"}),
        ("a:b.txt", {"uri": "a%3Ab.txt", "uriBaseId": "%SRCROOT%"}),
        ("a\udcff.txt", {"uri": "a%FF.txt", "uriBaseId": "%SRCROOT%"}),
        ("/srv/x y.txt", {"uri": "file:///srv/x%20y.txt"}),
        ("C:/稿/a.txt", {"uri": "file:///C:/%E7%A8%BF/a.txt"}),
    ],
)
def test_paths_become_addresses(path, location):
    assert sarif.artifact_location(path) == location


@pytest.mark.parametrize(
    ("suppression", "expected", "state"),
    [
        (Suppression("inline", "已核对"), {"kind": "inSource", "justification": "已核对"}, None),
        (Suppression("sidecar", ""), {"kind": "external"}, None),
        (Suppression("config", "模板"), {"kind": "external", "justification": "模板"}, None),
        (Suppression("baseline", ""), {"kind": "external"}, "unchanged"),
    ],
)
def test_what_is_suppressed_stays(run, one, suppression, expected, state):
    result = one("text")
    first, *others = result.findings
    findings = (first._replace(suppressed=suppression), *others)
    results = run([result._replace(findings=findings)])["results"]
    assert len(results) == len(findings)
    (silenced,) = [found for found in results if "suppressions" in found]
    (said,) = silenced["suppressions"]
    assert said.pop("properties") == {"by": suppression.kind}
    assert said == expected
    assert silenced.get("baselineState") == state
    # Where there is a baseline, what is not in it is new.
    rest = {found.get("baselineState") for found in results if found is not silenced}
    assert rest == {"new" if state else None}


def test_of_too_many_results_the_gravest_stay(run, one, monkeypatch):
    monkeypatch.setattr(sarif, "LIMIT", 4)
    found = run([many(one("text"), 4), many(one("text"), 5)])
    kept = [(result["level"], result["message"]["text"]) for result in found["results"]]
    # Of the two errors and three warnings, in the order of the drafts; the last is suppressed.
    assert kept == [("warning", "1"), ("error", "2"), ("warning", "1"), ("error", "2")]
    (notice,) = found["invocations"][0]["toolExecutionNotifications"]
    assert "5" in notice["message"]["text"]
    assert len(run([many(one("text"), 4)])["results"]) == 4


def test_a_file_that_failed_is_a_notification_too(run, every):
    (invocation,) = run(every())["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["associatedRule"]["id"] == "RL001"
    assert "%E5%9D%8F" in notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_fixes_are_replacements_of_regions(run, one):
    result = one("text")
    fixes = {
        found["ruleId"]: found["fixes"] for found in run([result])["results"] if "fixes" in found
    }
    assert fixes.keys() == {"PW001", "SQ002"}
    (change,) = fixes["SQ002"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": "三"}
    region = replacement["deletedRegion"]
    assert region["endColumn"] - region["startColumn"] == 1


def test_redacted_a_fix_stays_only_if_it_deletes(run, one):
    results = run([one("text", redacted=True)], redact=True)["results"]
    assert {found["ruleId"] for found in results if "fixes" in found} == {"PW001"}
    assert not any(
        "snippet" in found["locations"][0]["physicalLocation"]["region"] for found in results
    )


def test_a_word_file_has_addresses_and_no_fixes(run, one):
    result = one("docx")
    text = one("text")
    fix = next(finding.fix for finding in text.findings if finding.fix)
    findings = tuple(finding._replace(fix=fix) for finding in result.findings)
    results = run([result._replace(findings=findings)])["results"]
    assert [found["message"]["text"].rpartition("（")[2] for found in results] == [
        "第 1 段）",
        "第 3 段）",
        "表 1 第 2 行第 1 格）",
        "第 4 段）",
    ]
    lines = [f["locations"][0]["physicalLocation"]["region"]["startLine"] for f in results]
    assert lines == [1, 3, 5, 7]
    assert not any("fixes" in found for found in results)


def test_brackets_of_a_draft_make_no_link(run, one):
    result = one("text")
    finding = result.findings[0]._replace(message="见[附件](http://a.example/)，[X]")
    (found,) = run([result._replace(findings=(finding,))])["results"]
    assert found["message"]["text"] == r"见\[附件\](http://a.example/)，\[X\]"


def test_the_encoding_of_a_file_is_named(run, one):
    result = one("text")
    encodings = []
    for encoding in ("utf-8-sig", "gb18030", "utf-16-le", "big5", "cp949", None):
        (artifact,) = run([result._replace(encoding=encoding)])["artifacts"]
        encodings.append(artifact.get("encoding"))
    assert encodings == ["UTF-8", "GB18030", "UTF-16LE", "Big5", None, None]


def test_a_long_text_is_cut(run, one):
    result = one("text")
    finding = result.findings[0]._replace(message="长" * 9000)
    (found,) = run([result._replace(findings=(finding,))])["results"]
    assert len(found["message"]["text"]) == 5000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_every_rule_fits_whole(lang):
    rules = packs.builtin().rules
    reporter = sarif.Sarif(ReportOptions(lang=lang, rules=rules))
    driver = json.loads(reporter.finish(Summary()))["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == sorted(rules)
    for rule in driver["rules"]:
        page = rules[rule["id"]]
        assert rule["help"]["markdown"] == rulepage.markdown(page, lang)
        assert rule["help"]["text"] == rulepage.plain(page, lang)
        assert page.why[lang] in rule["help"]["text"]
        assert rule["fullDescription"]["text"] == page.why[lang]
        assert "{" not in rule["shortDescription"]["text"].replace("{{", "")


def test_examples_are_code_in_markdown(rules):
    rule = rules["PH001"]._replace(
        bad=({"text": "投入〔`XX`〕万元"}, {"text": "一行〔XX〕\n二行\n"}), good=({"text": "`a"},)
    )
    page = rulepage.markdown(rule, "zh")
    assert "\n- ``投入〔`XX`〕万元``\n" in page
    assert "\n- ```text\n  一行〔XX〕\n  二行\n  ```" in page
    assert page.endswith("- `` `a ``")


def test_a_finding_at_the_end_of_the_text(run, one):
    result = one("text")
    document = Document("一行\n", path="a.txt")
    finding = result.findings[0]._replace(start=3, end=3, labels=(), fix=None)
    (found,) = run([result._replace(document=document, findings=(finding,))])["results"]
    region = found["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1}
