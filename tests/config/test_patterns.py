"""Patterns as in a .gitignore."""

from __future__ import annotations

import pickle
import sys
import warnings

import pytest

from reportlint.config.patterns import Patterns, covering, match


def found(lines, path, *, folder=False):
    patterns = Patterns(lines, "/r")
    return patterns.find(f"/r/{path}", path.rpartition("/")[2], folder)


@pytest.mark.parametrize(
    ("lines", "path", "line"),
    [
        (["报告"], "sub/报告", "报告"),
        (["/报告"], "sub/报告", None),
        (["sub/报告"], "sub/报告", "sub/报告"),
        (["报告"], "报告/a", None),
        (["*.txt", "!a.txt"], "a.txt", "!a.txt"),
        (["!a.txt", "*.txt"], "a.txt", "*.txt"),
        (["*.txt", "!a.txt", "/a.txt"], "a.txt", "/a.txt"),
        (["*.tar.gz"], "x.tar.gz", "*.tar.gz"),
        (["# a", "", "  "], "# a", None),
        ([r"\#a"], "#a", r"\#a"),
        ([r"\!a"], "!a", r"\!a"),
        (["!!a*"], "!ab", "!!a*"),
        (["a "], "a", "a "),
        (["a\\ "], "a ", "a\\ "),
        (["a\r"], "a", "a\r"),
        (["/"], "a", None),
        (["[[:digit:]]"], "7", "[[:digit:]]"),
        (["[[:punct:]]x"], "!x", "[[:punct:]]x"),
        (["[[a]b"], "[b", "[[a]b"),
        (["a**"], "abc", "a**"),
    ],
)
def test_entries(lines, path, line):
    assert found(lines, path) == line


def test_a_slash_at_the_end_means_folders():
    for lines in (["a/"], ["/a/"], ["*a/"], ["**/a/"]):
        assert found(lines, "a", folder=True) == lines[0]
        assert found(lines, "a") is None


def test_outside_the_root_names_still_count():
    patterns = Patterns(["build", "*.bak", "/top", "**/deep"], "/r")
    assert patterns.find("/elsewhere/build", "build", True) == "build"
    assert patterns.find("/elsewhere/a.bak", "a.bak", False) == "*.bak"
    assert patterns.find("/elsewhere/deep", "deep", True) == "**/deep"
    assert patterns.find("/top", "top", True) is None


def test_what_is_no_pattern_matches_nothing_and_is_told():
    patterns = Patterns(["[a", "b\\", "[z-a]", "ok*"], "/r")
    assert patterns.broken == ["[a", "b\\", "[z-a]"]
    assert patterns.find("/r/okay", "okay", False) == "ok*"
    assert patterns.find("/r/[a", "[a", False) is None


def test_odd_sets_do_not_make_python_complain():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Patterns(["[[a]*", "[&&a]x*", "[a||b]?"], "/r").broken == []


def test_simple_patterns_need_no_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "pathspec.patterns.gitignore.spec", None)
    simple = ["a", "a/", "/a", "/a/b/", "a/b", "*.txt", "!*.md", "# x", "报告 1.docx"]
    assert Patterns(simple, "/r").broken == []
    with pytest.raises(ImportError):
        Patterns(["a*b"], "/r")


def test_the_last_list_counts_most():
    outer, inner = Patterns(["*.txt", "!b.txt"], "/r"), Patterns(["!a.txt", "b.txt"], "/r/sub")
    assert match((outer, inner), "/r/sub/a.txt", "a.txt", False) is None
    assert match((outer, inner), "/r/sub/b.txt", "b.txt", False) == (inner, "b.txt")
    assert match((outer, inner), "/r/sub/c.txt", "c.txt", False) == (outer, "*.txt")
    assert match((), "/r/a", "a", False) is None


def test_covering_looks_at_the_folders_below_the_root_too():
    patterns = Patterns(["build/", "!*.md"], "/build/r")
    assert covering((patterns,), "/build/r/x/build/y/a.txt") == (patterns, "build/")
    assert covering((patterns,), "/build/r/x/a.txt") is None
    assert covering((patterns,), "/build/r/build", True) == (patterns, "build/")
    assert covering((patterns,), "/build/r/build") is None
    assert covering((patterns,), "/build/elsewhere/a.txt") is None


def test_patterns_can_be_sent_to_another_process():
    patterns = Patterns(["a*b", "!c"], "/r", "here")
    again = pickle.loads(pickle.dumps(patterns))
    assert (again.lines, again.root, again.origin) == (("a*b", "!c"), "/r", "here")
    assert again.find("/r/axb", "axb", False) == "a*b"
