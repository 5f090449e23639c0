"""How fast ``reportlint corpus`` is, and how much memory it takes.

Makes a corpus of invented reports of about 7 KB, the same on every machine, and runs the command
over it: ``python scripts/corpus_speed.py``. ``--layer`` does the same without the linter: what
reading, taking apart, passing between processes, compressing and writing cost by themselves.
Memory is the sum of the resident memory of all processes, so that shared pages count several times
(Linux only).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BYTES = 7000

TITLES = (
    "2024年度安全生产工作总结",
    "2023年防汛工作情况报告",
    "个人年度述职报告",
    "公共阅览室建设工作总结",
)
NUMBERS = "一二三四五六七八九十"
HEADINGS = (
    "主要工作",
    "采取的措施",
    "取得的成效",
    "存在的问题和不足",
    "下一步工作打算",
    "有关建议",
)
SENTENCES = (
    "全年开展隐患排查#次，发现问题#处，已督促责任单位逐一整改到位。",
    "坚持每月召开例会，通报进度，研究解决群众反映的具体困难。",
    "投入资金#万元，新建改建道路#公里，惠及周边村组#户居民。",
    "一是压实责任，把任务分解到岗到人；二是加强督查，对进展缓慢的及时提醒。",
    "在肯定成绩的同时也应看到，部分同志业务学习不够深入，工作方法较为单一。",
    "接待来访群众#人次，办结信访事项#件，群众总体比较满意。",
    "组织志愿者走访独居老人#名，送去生活物资，帮助检修用电线路。",
    "下一步将继续完善制度，补齐短板，推动各项工作再上新台阶。",
    "新购图书#册，举办读书活动#场，参与读者比上年有所增加。",
    "与相邻社区建立联防机制，汛期实行昼夜值守，确保信息畅通。",
    "培训业务骨干#人，修订操作规程#项，为规范管理打下基础。",
    "经费使用严格履行审批手续，账目定期公开，自觉接受监督。",
)
FAULTS = (
    "全年组织XX名民兵参加训练，完成（此处填写数量）项任务。",
    "扎实推##paidbegin##动基层工作，形成长效机制。",
    "剩余420字未显示，开通会员后继续阅读全文",
    "应征入伍120人，其中大学生90人，占70%。",
    "一是修路，二是通电，四是清淤，均按期完成。",
    "于20XX年X月X日召开动员会，由{{单位名称}}承办。",
)

NOOP = """
import sys
from reportlint import batch
from reportlint.document import Document
from reportlint.runner import FileResult
nothing, structure = Document(""), object()
result = FileResult("", nothing, "text", "utf-8", None, None, (), structure, False)
batch.check_all = lambda texts, settings, format="text": [result for _ in texts]
from reportlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


def drafts(count: int) -> list[str]:
    """Return reports in order, a tenth of them with a few of the faults that are looked for."""
    random.seed(20260101)
    made = []
    for number in range(count):
        lines, size, part = [random.choice(TITLES)], 0, 0
        while size < BYTES:
            lines.append(f"{NUMBERS[part % 10]}、{HEADINGS[part % len(HEADINGS)]}")
            for _ in range(4):
                sentences = [random.choice(SENTENCES) for _ in range(6)]
                lines.append("".join(map(figured, sentences)))
                size += len(lines[-1].encode()) + 2
            part += 1
        if number % 10 == 0:
            for fault in random.sample(FAULTS, 3):
                lines.insert(random.randrange(2, len(lines)), fault)
        made.append("\n\n".join(lines) + "\n")
    return made


def figured(sentence: str) -> str:
    """Return a sentence with its figures filled in."""
    while "#" in sentence:
        sentence = sentence.replace("#", str(random.randrange(3, 400)), 1)
    return sentence


def write(path: Path, count: int) -> int:
    """Write a corpus and return its size in bytes."""
    texts = drafts(min(count, 2000))
    if path.suffix == ".parquet":
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.table(
            {"id": range(count), "text": [texts[n % len(texts)] for n in range(count)]}
        )
        pyarrow.parquet.write_table(table, path, row_group_size=2000)
        return path.stat().st_size
    from reportlint.corpus import streams

    pack = streams.compressor(streams.compression(path.name))
    with open(path, "wb") as file:
        for start in range(0, count, 1000):
            lines = [
                json.dumps({"id": n, "text": texts[n % len(texts)]}, ensure_ascii=False) + "\n"
                for n in range(start, min(start + 1000, count))
            ]
            file.write(pack("".join(lines).encode()))
    return path.stat().st_size


def memory(process: int) -> int:
    """Return the resident memory of a process and all its children, in bytes."""
    total = 0
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        total += pages * os.sysconf("SC_PAGE_SIZE")
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return total
    return total + sum(memory(int(child)) for child in children)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--suffix", default=".jsonl", help=".jsonl, .jsonl.gz, .jsonl.zst, .parquet"
    )
    parser.add_argument("--out", default=".jsonl", help="suffix of the output")
    parser.add_argument("--layer", action="store_true", help="without the linter")
    parser.add_argument("options", nargs="*", help="options of reportlint corpus, after --")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder, f"in{asked.suffix}"), Path(folder, f"out{asked.out}")
        size = write(corpus, asked.records)
        start = ["-c", NOOP] if asked.layer else ["-m", "reportlint"]
        argv = [sys.executable, *start, "corpus", str(corpus), "-o", str(out)]
        argv += ["--isolated", "--jobs", str(asked.jobs), *asked.options]
        began = time.perf_counter()
        process = subprocess.Popen(argv, env={**os.environ, "PYTHONPATH": str(ROOT)})
        most = 0
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        written = out.stat().st_size if out.exists() else 0
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (spent.ru_utime + spent.ru_stime) / asked.records * 1e6
    print(
        f"{asked.records} records, {size / 1e6:.0f} MB {asked.suffix} -> {written / 1e6:.1f} MB "
        f"{asked.out}, {asked.jobs} processes{', no linter' if asked.layer else ''}: "
        f"{seconds:.1f} s, {asked.records / seconds:.0f} records/s, "
        f"{cpu:.0f} µs of processor time a record, "
        f"{most / 1e6:.0f} MB of memory"
    )
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
