"""File names as they are used and shown."""

from __future__ import annotations

from reportlint import paths


def test_absolute():
    assert paths.absolute("a/../b.txt", "/r") == "/r/b.txt"
    assert paths.absolute("/x/b.txt", "/r") == "/x/b.txt"
    assert paths.absolute(".", "/r") == "/r"


def test_paths_are_shown_relative_where_they_are_below():
    assert paths.shown("/r/a/b.txt", "/r") == "a/b.txt"
    assert paths.shown("/r2/b.txt", "/r") == "/r2/b.txt"
    assert paths.shown("/r", "/r") == "."
    assert paths.shown("/a.txt", "/") == "a.txt"


def test_names_that_are_no_text_can_be_printed():
    assert paths.printable("报告.txt") == "报告.txt"
    assert paths.printable("a\udcb1\udca8.txt") == "a��.txt"
    assert paths.printable("a\udcb1.txt").encode()
