"""Who silences what, against the plain way of working it out."""

from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Span, merge
from reportlint.findings import Finding, Severity
from reportlint.suppress.marking import mark
from reportlint.suppress.scopes import Silencer

CODES = ["PH001", "PW001", "SC001"]
spans = st.tuples(st.integers(0, 30), st.integers(0, 6)).map(lambda s: Span(s[0], s[0] + s[1]))


def finding(code: str, span: Span) -> Finding:
    return Finding(code, "", "", Severity.ERROR, "", *span)


findings = st.lists(st.builds(finding, st.sampled_from(CODES), spans), max_size=12)


def apart(found: list[Finding]) -> list[Finding]:
    """Those of one code that do not overlap, as the engine gives them."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start, f.end, f.code)):
        if all(o.code != one.code or o.end <= one.start for o in kept):
            kept.append(one)
    return kept


def silencer(codes: set[str], where: list[Span] | None) -> Silencer:
    held = None if where is None else merge(where)
    return Silencer("inline", "", frozenset(codes), held, "", Span(0, 0))


silencers = st.lists(
    st.builds(silencer, st.sets(st.sampled_from(CODES)), st.none() | st.lists(spans, max_size=4)),
    max_size=6,
)


def covers(one: Silencer, found: Finding) -> bool:
    if found.code not in one.codes:
        return False
    if one.spans is None:
        return True
    if found.start == found.end:
        return any(s.start <= found.start <= s.end for s in one.spans)
    return any(s.start < found.end and found.start < s.end for s in one.spans)


@given(findings, silencers)
def test_the_first_counts_and_all_are_used(found: list[Finding], held: list[Silencer]) -> None:
    found = apart(found)
    marks = mark(found, held)
    for number, one in enumerate(found):
        met = [index for index, silencer in enumerate(held) if covers(silencer, one)]
        assert marks.by[number] == (met[0] if met else None)
    used = {i for i, silencer in enumerate(held) if any(covers(silencer, f) for f in found)}
    assert marks.used == used


def test_many_of_both_take_little_time() -> None:
    count = 20_000
    found = [finding("PH001", Span(10 * n, 10 * n + 2)) for n in range(count)]
    held = [silencer({"PH001"}, [Span(10 * n, 10 * count)]) for n in range(count)]
    marks = mark(found, held)
    assert marks.by == [0] * count
    assert len(marks.used) == count
