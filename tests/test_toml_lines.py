"""Lines of keys and items in TOML."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.toml_lines import TomlError, Where, parse

TEXT = """# a = 1
top = 1
"quoted key" = 'a = [1'
'single "q"' = 2
"escaped \\u62a5" = 3
dotted.inner = 1
dotted . "other one" = 2
text = \"\"\"
fake = 1
[fake]
\\\"""\"\"\"
raw = '''
fake = 1'''
list = [ # comment ]
  1, "]", # [
  [2,
   3],
  { in = 1, deep = [
     4,
  ] },
]
date = 1979-05-27 07:32:00
flat = { a = 1, b.c = 2 }
after = true

[table]
key = 1
[ table . "sub.t" ]
key = 2
[[array]]
key = 3
[array.of]
x = 4
[[ array ]]
key = 5
[[array.inner]]
y = 6
[[array.inner]]
y = 7
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (('single "q"',), 4),
        (("escaped 报",), 5),
        (("dotted",), 6),
        (("dotted", "inner"), 6),
        (("dotted", "other one"), 7),
        (("text",), 8),
        (("fake",), 1),
        (("raw",), 12),
        (("list",), 14),
        (("list", 0), 15),
        (("list", 1), 15),
        (("list", 2), 16),
        (("list", 2, 1), 17),
        (("list", 3, "in"), 18),
        (("list", 3, "deep", 0), 19),
        (("date",), 22),
        (("flat", "b", "c"), 23),
        (("after",), 24),
        (("table",), 26),
        (("table", "key"), 27),
        (("table", "sub.t"), 28),
        (("table", "sub.t", "key"), 29),
        (("array",), 30),
        (("array", 0), 30),
        (("array", 0, "key"), 31),
        (("array", 0, "of", "x"), 33),
        (("array", 1), 34),
        (("array", 1, "key"), 35),
        (("array", 1, "inner", 0, "y"), 37),
        (("array", 1, "inner", 1, "y"), 39),
        # what is not there is looked for in what holds it
        (("array", 1, "inner", 5, "y"), 36),
        (("table", "nothing", "at", "all"), 26),
        (("nothing",), 1),
        ((), 1),
    ],
)
def test_lines(keys, line):
    assert tomllib.loads(TEXT)
    assert Where("x.toml", TEXT).line(*keys) == line


def test_headers_and_keys_after_a_line():
    where = Where("x.toml", TEXT)
    assert [where.header("array", number) for number in range(3)] == [30, 34, 30]
    assert where.key("key") == 27
    assert where.key("key", 30) == 31
    assert where.key("y", 38) == 39
    assert where.key("fake", 7) == 7


def test_line_ends_of_windows():
    data = b"a = 1\r\n\r\nb = [\r\n1,\r\n2]\r\nc.d = '''\r\n'''\r\ne = 1\r\n"
    _, text = parse(data)
    where = Where("", text)
    assert [where.line(*keys) for keys in [("a",), ("b", 1), ("c", "d"), ("e",)]] == [1, 5, 6, 8]


@pytest.mark.parametrize(
    ("data", "line", "en"),
    [
        (b"a = 1\nb", 2, "is not valid TOML"),
        (b"a = 1\n\xff", 2, "is not UTF-8"),
        (b"\n\n[a]\n[a]\n", 4, "is not valid TOML"),
        (b"a = '\x00'", 1, "is not valid TOML"),
        ("a = 1\nb = “x”".encode(), 2, "is not valid TOML"),
        (b"x = " + b"{a=" * 5000, 1, "is nested too deeply"),
    ],
)
def test_what_is_no_toml(data, line, en):
    with pytest.raises(TomlError) as caught:
        parse(data)
    assert caught.value.line == line
    assert str(caught.value).startswith(en)
    assert caught.value.zh


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[kinds.值班报告]", True),
        ("值班 = 1", True),
        ("a = “x”", True),
        ("a = ['x'，'y']", True),
        ("a = 1 2 # 注释", False),
        ("a = '值班' 2", False),
        ("a = \n# 注释", False),
    ],
)
def test_chinese_outside_of_quotes_is_told(text, told):
    with pytest.raises(TomlError) as caught:
        parse(text.encode())
    assert caught.value.zh.endswith("键是中文的，也要加引号）") == told
    assert str(caught.value).endswith("a Chinese key needs them, too)") == told


SCALARS = st.one_of(
    st.integers(-9, 9), st.booleans(), st.text("a#[]{}\"'=,. \n\\报", max_size=6), st.just("'")
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("ab.#]= 报", max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)


def write(value, keys, lines, line):
    """Return TOML for a value, arrays over several lines, and the line that it ends on."""
    if isinstance(value, list):
        text = "["
        for number, item in enumerate(value):
            text += " # ]\n"
            line += 1
            lines[(*keys, number)] = line
            written, line = write(item, (*keys, number), lines, line)
            text += written + ","
        return text + "]", line
    if isinstance(value, dict):
        parts = []
        for key, item in value.items():
            lines[(*keys, key)] = line
            written, line = write(item, (*keys, key), lines, line)
            parts.append(f"{json.dumps(key, ensure_ascii=False)} = {written}")
        return "{" + ", ".join(parts) + "}", line
    if isinstance(value, str) and "'" not in value and value[:1] != "\n":
        return f"'''{value}'''", line + value.count("\n")
    return json.dumps(value, ensure_ascii=False), line


@given(st.dictionaries(st.text("ab.'#[ 报", max_size=3), VALUES, max_size=4))
def test_every_key_and_item_is_found(table):
    text, lines, line = "", {}, 1
    for key, value in table.items():
        lines[(key,)] = line
        written, end = write(value, (key,), lines, line)
        text += f"{json.dumps(key, ensure_ascii=False)} = {written} # x = 1\n"
        line = end + 1
    assert tomllib.loads(text) == table
    where = Where("", text)
    assert {keys: where.line(*keys) for keys in lines} == lines
