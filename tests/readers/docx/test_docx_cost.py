"""What checking a Word file costs as a process: long ones, many short ones, hostile ones.

Seconds are those of one processor, so that a busy machine counts for little.
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from wordfile import archive, lists, numbered, p, parts_of, t, word

import reportlint

ROOT = Path(reportlint.__file__).parent.parent
CLAUSES = [
    "全年组织民兵巡查堤防", "转移低洼地群众", "抢修水毁道路", "协调物资到位", "走访企业收集困难问题",
    "协调银行放贷", "帮助招聘用工", "修订预案开展演练", "补充器材登记造册", "落实值班值守制度",
]  # fmt: skip
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "XXXXXXXXXX">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&a9;</a>"
)


MEASURED = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[2:], stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([code, used.ru_utime + used.ru_stime, used.ru_maxrss], file)
"""
"""A process between: the peak memory of one begins at what its parent had, and tests have much."""


def check(*paths, folder):
    """Check files in a process of their own; return exit code, seconds, megabytes and output."""
    out, used = folder / "out.txt", folder / "used.json"
    with open(out, "wb") as stream:
        subprocess.run(
            [sys.executable, "-c", MEASURED, used, sys.executable, "-m", "reportlint", "check",
             "--isolated", "--jobs", "1", "--output-format", "concise", *paths],
            stdout=stream, cwd=folder, check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8"},
        )  # fmt: skip
    code, seconds, memory = json.loads(used.read_text())
    used.unlink()
    megabytes = memory // (1024 if sys.platform == "linux" else 1 << 20)
    return code, seconds, megabytes, out.read_text(encoding="utf-8")


def prose(chance, length):
    """A paragraph as Word writes one: in runs of some characters, some of them bold."""
    text = ""
    while len(text) < length:
        text += chance.choice(CLAUSES)
        text += f"{chance.randint(2, 900)}次" if chance.random() < 0.2 else ""
        text += chance.choice("，，；。")
    runs = (text[at : at + 12] for at in range(0, len(text), 12))
    look = "<w:rPr><w:b/></w:rPr>"
    return f"<w:p>{''.join(t(run, look if chance.random() < 0.2 else '') for run in runs)}</w:p>"


def report(chance, characters, tables):
    """The content of a report of so many characters."""
    out = [p("青桥镇2022年工作总结")]
    for number in range(max(characters // 300, tables)):
        if number < characters // 300:
            out.append(prose(chance, 280))
        if number < tables:
            cells = "".join(f"<w:tc>{p(f'数据{n}')}</w:tc>" for n in range(4))
            out.append(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 5}</w:tbl>")
    return "".join([*out, p("投入XX万元。")])


@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be measured here")
class TestCost:
    def best(self, *paths, folder):
        """The cheaper of two runs: a neighbour on the machine must not decide."""
        return min((check(*paths, folder=folder) for _ in range(2)), key=lambda run: run[1])

    def test_two_hundred_pages(self, tmp_path):
        path = tmp_path / "long.docx"
        path.write_bytes(word(report(random.Random(1), 300_000, 200)))
        code, seconds, megabytes, out = self.best(path, folder=tmp_path)
        assert code == 1
        assert "PH001" in out
        assert seconds < 3
        assert megabytes < 300

    def test_many_short_files(self, tmp_path):
        chance = random.Random(2)
        paths = []
        for number in range(31):
            held = parts_of(report(chance, 4_000, 1))
            held["docProps/thumbnail.jpeg"] = chance.randbytes(26_000)
            paths.append(tmp_path / f"{number}.docx")
            paths[-1].write_bytes(archive(held))
            assert 29_000 < paths[-1].stat().st_size < 36_000
        code, seconds, _, out = self.best(*paths, folder=tmp_path)
        assert code == 1
        assert out.count("PH001") == 31
        assert seconds < 31 / 15

    @pytest.mark.parametrize(
        ("make", "expected"),
        [
            (lambda: word("<!-- -->" + " " * (32 << 20) + p("XX")), "RL002"),
            (lambda: archive({**parts_of(""), "word/document.xml": LAUGHS}), "RL002"),
            (
                lambda: archive(
                    {**parts_of(p("投入XX万元。")), "../../../../tmp/slipped": "a", "/etc/x": "b"}
                ),
                "PH001",
            ),
            (lambda: word(p("投入XX万元。"))[:-40], "RL002"),
            (lambda: word("<w:tbl><w:tr><w:tc>" * 5_000), "RL002"),
            (
                lambda: word(
                    f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc></w:tr></w:tbl>" * 10_000
                    + p("投入XX万元。")
                ),
                "PH001",
            ),
            (
                lambda: word(
                    p("投入XX万元。", props='<w:pStyle w:val="a"/>') * 300,
                    styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                    '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
                ),
                "PH001",
            ),
            (
                lambda: word(
                    numbered("投入XX万元。") * 300,
                    numbering=lists('<w:numStyleLink w:val="s"/>'),
                    styles='<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr>'
                    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
                ),
                "PH001",
            ),
        ],
        ids=["zip", "entities", "slip", "truncated", "depth", "tables", "styles", "numbers"],
    )  # fmt: skip
    def test_hostile_files_end_in_a_finding(self, make, expected, tmp_path):
        path = tmp_path / "hostile.docx"
        path.write_bytes(make())
        code, seconds, megabytes, out = check(path, folder=tmp_path)
        assert code == (2 if expected == "RL002" else 1)
        assert expected in out
        assert "Traceback" not in out
        assert seconds < 5
        assert megabytes < 500
        assert {entry.name for entry in tmp_path.iterdir()} == {"hostile.docx", "out.txt"}
