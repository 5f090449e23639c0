"""Writes what is made in the documentation: run it after a change to what it is made of.

    python scripts/docs.py

The reference comes from the same data as ``reportlint rule``, the help of the commands, the
configuration and the outputs themselves, so that none of it is written twice. The other pages are
written by hand; what their commands print is put in by running them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if __name__ == "__main__":
    sys.path.insert(0, ROOT)

from reportlint import packs, readers, reporters  # noqa: E402
from reportlint.cli import app  # noqa: E402
from reportlint.config import options as config  # noqa: E402
from reportlint.findings import Applicability  # noqa: E402
from reportlint.prove import fixes_of  # noqa: E402
from reportlint.ruleset import CATEGORIES, Rule, RuleSet  # noqa: E402
from scripts import sessions  # noqa: E402

HERE = "docs/reference"
PLAYED = ("docs/tutorial.md", "docs/howto", "docs/explanation", f"{HERE}/exit-codes.md")
"""Pages by hand, and folders of them, whose commands are run."""

_FAMILIES = {
    "PH": "占位：模板里没填的空",
    "PW": "网站残留：从文档网站带来的东西",
    "SC": "结构：必备的部分",
    "SQ": "序号：跳号、重号、倒号",
    "NM": "数字：互相矛盾的数字",
    "CS": "一致：照抄和多人合写的痕迹",
    "FM": "格式：公文格式、标点、数字用法",
    "WD": "Word 残留：修订、批注、隐藏和标记的文字",
    "RL": "程序：读不了的文件、有误的忽略和基线",
}
_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
_FIX = {
    None: ("", "不能自动修复"),
    Applicability.SAFE: ("安全", "`--fix` 自动修复"),
    Applicability.UNSAFE: ("须核对", "`--fix --unsafe-fixes` 修复，须核对"),
}
_OUTPUTS = {
    "full": "默认。标出所在的那句话，写明为什么、怎么改",
    "concise": "每个问题一行：文件:行:列: 轻重 代码 说明",
    "grouped": "按文件分组列出",
    "summary": "几行文字，可以贴进邮件",
    "html": "一个网页文件：原文里标出问题，可筛选，可打印，不联网",
    "markdown": "表格，贴在合并请求里",
    "json": "一个对象，全部信息",
    "jsonl": "每个问题一行，内容同 json 里的一个问题",
    "sarif": "SARIF 2.1.0，供 GitHub 代码扫描",
    "github": "GitHub Actions 标注",
    "gitlab": "GitLab 代码质量报告",
    "junit": "JUnit XML",
    "checkstyle": "Checkstyle XML",
    "rdjson": "reviewdog；列号按 UTF-8 字节计",
}
_READ = {
    "text": "纯文本。编码自动识别：UTF-8、UTF-16、GB18030（含 GBK、GB2312）、Big5",
    "markdown": "Markdown。标记不算正文；代码不检查",
    "docx": "Word 和 WPS 文档：正文、表格、文本框、页眉页脚、脚注尾注、自动编号、修订",
    "doc": "旧版 Word 和 WPS 文档，由本机的 LibreOffice 转换后再查；没有装时请另存为 `.docx`",
    "odt": "OpenDocument 文档，同 Word 文档",
    "rtf": "RTF 文档：正文、表格、脚注、页眉页脚",
    "pdf": "有文字层的 PDF，先装附加组件 `pdf`；扫描的页面报 RL011",
    "html": "网页：只看页面上显示的字，行列是源文件里的",
}

_JSON = {
    "version": "reportlint 的版本",
    "files": "检查过的文件，按顺序",
    "files[].path": "显示用的路径，以 `/` 分隔",
    "files[].kind": "文种；判断不出时为 null",
    "files[].kind_from": "文种从哪里看出来：`title`、`opening`、`option` 或 null",
    "files[].encoding": "编码；Word 一类没有编码的格式为 null",
    "files[].format": "读作哪种格式",
    "files[].findings": "问题数，不含压下的",
    "findings": "全部问题，压下的也在内",
    "findings[].code": "规则代码",
    "findings[].name": "规则名",
    "findings[].category": "类别，见规则一览",
    "findings[].severity": "`error`、`warning` 或 `info`",
    "findings[].message": "说明，语言随 `--lang`",
    "findings[].path": "文件，同 `files[].path`",
    "findings[].start": "开始的位置",
    "findings[].start.offset": "从 0 起的码点数",
    "findings[].start.line": "从 1 起的行号",
    "findings[].start.column": "从 1 起的列号，按码点计",
    "findings[].end": "结束的位置，不含这个字；与 `start` 相同表示这里缺了什么",
    "findings[].end.offset": "同上",
    "findings[].end.line": "同上",
    "findings[].end.column": "同上",
    "findings[].address": "只在没有行的格式里有：第几段、表中哪一格等",
    "findings[].text": "这一段原文；`--redact` 时为 null",
    "findings[].labels": "相关的另一处，如占比的总数",
    "findings[].labels[].message": "它是什么",
    "findings[].labels[].start": "位置，同上",
    "findings[].labels[].start.offset": "同上",
    "findings[].labels[].start.line": "同上",
    "findings[].labels[].start.column": "同上",
    "findings[].labels[].end": "位置，同上",
    "findings[].labels[].end.offset": "同上",
    "findings[].labels[].end.line": "同上",
    "findings[].labels[].end.column": "同上",
    "findings[].data": "规则各自的数据，键随规则不同；SC 类有 `section` 和 `presence`",
    "findings[].fix": "怎么修复；没有时为 null",
    "findings[].fix.title": "一句话",
    "findings[].fix.applicability": "`safe`（`--fix` 即可）或 `unsafe`（还要 `--unsafe-fixes`）",
    "findings[].fix.edits": "要一起做的改动，互不重叠",
    "findings[].fix.edits[].start": "位置，同上",
    "findings[].fix.edits[].start.offset": "同上",
    "findings[].fix.edits[].start.line": "同上",
    "findings[].fix.edits[].start.column": "同上",
    "findings[].fix.edits[].end": "位置，同上",
    "findings[].fix.edits[].end.offset": "同上",
    "findings[].fix.edits[].end.line": "同上",
    "findings[].fix.edits[].end.column": "同上",
    "findings[].fix.edits[].replacement": "换成什么；空字符串表示删去",
    "findings[].fingerprint": "指纹：别处改动后仍不变，用来认出同一个问题",
    "findings[].suppressed": "没有压下时为 null",
    "findings[].suppressed.kind": "被什么压下：`inline`、`sidecar`、`config` 或 `baseline`",
    "findings[].suppressed.reason": "写明的原因",
    "summary": "小结，不含压下的问题",
    "summary.files": "文件数",
    "summary.errors": "错误数",
    "summary.warnings": "警告数",
    "summary.infos": "提示数",
    "summary.unknown_kinds": "看不出文种的文件数",
    "summary.failed": "没能检查的文件数",
    "summary.fixed": "已做的修复数",
    "summary.suppressed": "压下的问题数",
}
_LEDGER = {
    "files[].figures": "文中的数字，按顺序",
    "files[].figures[].text": "原文",
    "files[].figures[].start": "位置",
    "files[].figures[].end": "位置",
    "files[].figures[].role": "性质：数量、占比、日期等",
    "files[].figures[].unit": "单位，不含万和亿",
    "files[].figures[].noun": "数的是什么，看得出时才有",
    "files[].figures[].value": "所写的值，精确的小数或分数",
    "files[].figures[].low": "区间下端；没有界限时为 null",
    "files[].figures[].high": "区间上端；没有界限时为 null",
    "files[].figures[].hedge": "约数的写法：`about`、`near`、`over`、`under`、`many`，或为空",
    "files[].figures[].verdict": "`agrees`、`contradicts`、`unclear` 或 `none`",
    "files[].figures[].rule": "哪条规则判断的",
    "files[].figures[].used": "与哪些数字对照",
    "files[].figures[].used[].text": "那个数字",
    "files[].figures[].used[].start": "位置",
    "files[].figures[].used[].end": "位置",
    "files[].figures[].proof": "算式",
    "files[].figures[].reason": "不判断的原因",
}

# One draft that has all that an entry can have.
_DRAFT = """\
# 2025年工作总结

全年应征入伍120人，其中大学生90人，占70%。扎实推##paidbegin##动各项工作。

<!-- reportlint: ignore[PH001] 人数待批复 -->
组织XX名民兵参加训练。
"""
_COUNTED = "车队现有客车260辆，其中电动客车182辆，占八成。\n全市增长率为8%。\n"


def played() -> Mapping[str, str]:
    """Return the pages by hand whose commands are run, with what these print now."""
    found = {}
    for place in PLAYED:
        names = sorted(os.listdir(os.path.join(ROOT, place))) if "." not in place else [""]
        for path in (f"{place}/{name}".rstrip("/") for name in names):
            with open(os.path.join(ROOT, path), encoding="utf-8", newline="\n") as file:
                found[path] = sessions.play(file.read())
    return found


def pages() -> Mapping[str, str]:
    """Return the generated pages: path from the root of the repository -> text."""
    ruleset = packs.builtin()
    fixes = {code: _fix(ruleset, rule) for code, rule in ruleset.rules.items()}
    made = {
        f"{HERE}/rules.md": _rules(ruleset, fixes),
        f"{HERE}/commands.md": _commands(),
        f"{HERE}/configuration.md": _configuration(),
        f"{HERE}/kinds.md": _kinds(ruleset),
        f"{HERE}/formats.md": _formats(),
        f"{HERE}/json.md": _json(),
    }
    for family in CATEGORIES:
        made[f"{HERE}/rules/{family.lower()}.md"] = _family(ruleset, family, fixes)
    return made


def _page(title: str, *blocks: str) -> str:
    note = "<!-- 由 scripts/docs.py 生成，请勿手改。Made by scripts/docs.py: do not edit. -->"
    return "\n\n".join([note, f"# {title}", *(block for block in blocks if block)]) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


_SPECIAL = re.compile(r"([\\`*_\[\]|#])")


def _plain(text: str) -> str:
    """Return ``text`` so that it is shown as it is, in a table or outside of one."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("~", "&#126;")
    return " ".join(_SPECIAL.sub(r"\\\1", text).split("\n"))


def _code(text: str) -> str:
    """Return ``text``, which is one line, as code outside of a table."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


# Rules


Fixes = Mapping[str, Applicability | None]
"""Code of a rule -> how its fixes may be applied."""


def _rules(ruleset: RuleSet, fixes: Fixes) -> str:
    blocks = []
    for family, title in _FAMILIES.items():
        rows = [
            (
                f"[{rule.code}](rules/{family.lower()}.md#{_anchor(rule)})",
                f"`{rule.name}`",
                _SEVERITY[rule.severity.label] + ("" if rule.enabled else "（默认不启用）"),
                _FIX[fixes[rule.code]][0],
                _plain(_headline(rule, "zh")),
            )
            for rule in _of(ruleset, family)
        ]
        blocks.append(f"## {family} {title}")
        blocks.append(f"类别 category：`{CATEGORIES[family]}`")
        blocks.append(_table(("代码", "规则名", "级别", "修复", "提示"), rows))
    intro = (
        "规则的代码由类别和三位数字组成，规则名说的是毛病本身。选择规则时，代码、代码的开头、"
        "规则名都可以写。`reportlint rule PH001` 在终端里显示同样的内容。"
    )
    return _page("规则一览", intro, *blocks)


def _family(ruleset: RuleSet, family: str, fixes: Fixes) -> str:
    blocks = []
    for rule in _of(ruleset, family):
        label = rule.severity.label
        state = "默认启用" if rule.enabled else "默认不启用，用 `--extend-select` 选上"
        rows = [
            (head, _plain(text["zh"]), _plain(text["en"]))
            for head, text in (
                ("提示 Message", {lang: _headline(rule, lang) for lang in ("zh", "en")}),
                ("为什么 Why", rule.why),
                ("怎么改 How to fix", rule.help),
            )
            if text
        ]
        blocks += [
            f"## {rule.code} {rule.name}",
            " · ".join((f"{_SEVERITY[label]} `{label}`", state, _FIX[fixes[rule.code]][1])),
            _table(("", "中文", "English"), rows),
            *_examples("会报告（括号里是报告的位置） Reported", rule.bad),
            *_examples("不报告 Not reported", rule.good),
            f"依据 Source：{_plain(rule.source)}",
        ]
    return _page(f"{family} {_FAMILIES[family]}", *blocks)


def _of(ruleset: RuleSet, family: str) -> list[Rule]:
    return sorted(rule for rule in ruleset.rules.values() if rule.code[:2] == family)


def _anchor(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}".lower()


def _headline(rule: Rule, lang: str) -> str:
    return re.sub(r"\{[a-z_]+\}", "…", rule.message[lang])


def _fix(ruleset: RuleSet, rule: Rule) -> Applicability | None:
    found = fixes_of(ruleset, rule)
    return Applicability.UNSAFE if Applicability.UNSAFE in found else next(iter(found), None)


def _examples(title: str, examples: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a list of the examples of one line, then a block for each of the others."""
    if not examples:
        return
    yield f"{title}："
    short, long = [], []
    for example in examples:
        text = example["text"].rstrip("\n")
        said = "".join(
            f"（{example[key]}）" for key in ("format", "kind", "trace") if key in example
        )
        if "\n" in text or not text.strip() or text != text.strip():
            long.append((text, said))
        else:
            short.append(f"- {_code(text)}{said}")
    if short:
        yield "\n".join(short)
    for text, said in long:
        if said:
            yield f"{said}"
        fence = max("```", "`" * (max(map(len, re.findall("`+", text)), default=0) + 1), key=len)
        yield f"{fence}text\n{text}\n{fence}"


# Commands


def _commands() -> str:
    from typer.main import get_command

    zh, en = (get_command(app.build(lang)) for lang in ("zh", "en"))
    intro = (
        "同一个选项在各命令里意思相同。列出的是全部命令和选项；"
        "每个命令加 `--help` 也会在终端里列出。"
    )
    return _page("命令", intro, *_command("reportlint", zh, en))


def _command(path: str, zh: Any, en: Any) -> Iterator[str]:
    """Yield the blocks of a command and of all commands below."""
    yield f"## {path}"
    yield f"{_plain(zh.help)}\n\n{_plain(en.help)}"
    arguments, rows = [], []
    for one, other in zip(*(c.get_params(c.context_class(c)) for c in (zh, en)), strict=True):
        if one.param_type_name == "argument":
            name = one.metavar or one.name.upper()
            shown = name if one.required else f"[{name}]"
            arguments.append(shown + ("..." if one.nargs == -1 else ""))
            rows.append((f"`{name}`", _plain(one.help or ""), _plain(other.help or "")))
        else:
            flags = ", ".join(f"`{flag}`" for flag in (*one.opts, *one.secondary_opts))
            value = f" `{_bar(one.metavar)}`" if one.metavar else ""
            rows.append((flags + value, _plain(one.help or ""), _plain(other.help or "")))
    below = getattr(zh, "commands", {})
    words = [path, "[选项]", *arguments] + (["命令"] if below else [])
    yield f"```text\n{' '.join(words)}\n```"
    yield _table(("参数和选项", "中文", "English"), rows)
    for name in below:
        yield from _command(f"{path} {name}", below[name], en.commands[name])


def _bar(text: str) -> str:
    return text.replace("|", "\\|")


# Configuration


def _configuration() -> str:
    blocks = []
    for option in config.OPTIONS:
        shape = option.type.value
        if option.choices:
            words = [json.dumps(choice, ensure_ascii=False) for choice in option.choices]
            shape = ("、".join(words) + " 之一", "one of " + ", ".join(words))
        rows = [
            ("值 Value", *map(_plain, shape)),
            ("说明 Meaning", _plain(option.help["zh"]), _plain(option.help["en"])),
        ]
        blocks += [f"## {option.key}", _table(("", "中文", "English"), rows)]
        default = option.default
        if default is not None and option.type not in (config.Type.TABLES, config.Type.ENTRIES):
            shown = list(default) if isinstance(default, tuple) else default
            blocks.append(f"默认 Default：`{json.dumps(shown, ensure_ascii=False)}`")
        if option.adds:
            blocks.append(
                "用了 `extend` 时，各层的值相加。The values of all layers are put together."
            )
        if option.keys:
            keys = [(f"`{key}`", *kind.value) for key, kind in option.keys.items()]
            blocks.append(_table(("键 Key", "中文", "English"), keys))
        if option.example:
            example = option.example.format(lang="zh")
            if isinstance(default, dict) and not option.keys:
                example = f"[{option.key}]\n{example}"
            blocks.append(f"```toml\n{example}\n```")
    intro = (
        "写在 `reportlint.toml`、`.reportlint.toml`，或 `pyproject.toml` 的 `[tool.reportlint]` "
        "里；对一份稿件，以离它最近的一份为准。命令行上的选项优先于配置。不认识的键是错误，"
        "退出码 2。"
        "`reportlint init` 写一份带注释的配置，`reportlint check --show-settings` 列出生效的值和"
        "来历。"
    )
    return _page("配置", intro, *blocks)


# Kinds and formats


def _kinds(ruleset: RuleSet) -> str:
    kinds = [
        (kind.id, *("、".join(_titles(ruleset, kind.sections, lang)) for lang in ("zh", "en")))
        for kind in ruleset.kinds.values()
    ]
    sections = [
        (
            f"`{section.id}`",
            _plain(section.title["zh"]),
            _plain(section.title["en"]),
            "、".join(kind.id for kind in ruleset.kinds.values() if section.id in kind.sections),
        )
        for section in ruleset.sections.values()
    ]
    read = [
        "- {}：{}".format(kind.id, "，".join(map(_code, (*kind.titles, *kind.openings))))
        for kind in ruleset.kinds.values()
    ]
    return _page(
        "文种和部分",
        "先看标题，再看开头来判断文种；判断不出来就不查必备部分，并在小结里说明。"
        "怎样增加或改动，见[自己的文种](../howto/kinds.md)。",
        "## 文种和必备部分",
        _table(("文种 Kind", "必备部分", "Sections"), kinds),
        "## 部分",
        _table(("标识 id", "中文", "English", "用于"), sections),
        "## 文种怎样认",
        "在标题和开头里查找的正则表达式，从上到下，先合上的算：",
        "\n".join(read),
    )


def _titles(ruleset: RuleSet, ids: Iterable[str], lang: str) -> list[str]:
    return [f"{_plain(ruleset.sections[id].title[lang])} (`{id}`)" for id in ids]


def _formats() -> str:
    suffixes: dict[str, list[str]] = {}
    for suffix, name in readers.FORMATS.items():
        suffixes.setdefault(name, []).append(f"`{suffix}`")
    writable = getattr(readers, "WRITABLE", frozenset(suffixes))
    read = [
        (" ".join(known), f"`{name}`", _READ[name], "是" if name in writable else "只查")
        for name, known in suffixes.items()
    ]
    outputs = [(f"`{name}`", _OUTPUTS[name]) for name in reporters.NAMES]
    return _page(
        "格式",
        "## 能读的文件",
        _table(("后缀", "格式", "说明", "能否修复"), read),
        "修复时，编码、换行、字节顺序标记和文件里的其他内容都保持原样。"
        "标准输入按 `--stdin-filename` 的后缀决定格式，不写按纯文本读。",
        "## 能写的格式",
        _table(("`--output-format`", "说明"), outputs),
        "怎样同时输出几种，见[输出格式](../howto/outputs.md)；`json` 的各个键见"
        "[JSON 格式](json.md)。",
    )


# JSON


def _json() -> str:
    files = {"draft.md": _DRAFT, "figures.txt": _COUNTED}
    report = [_keys(_run(name, text)) for name, text in files.items()]
    report.append(_keys(_run("samples/school-canteen-selfcheck.docx")))
    found = set().union(*report)
    figures = set().union(*(_keys(_run(n, t, "--show-figures")) for n, t in files.items())) - found
    blocks = []
    for words, keys in ((_JSON, found), (_LEDGER, figures)):
        # What stands below differs from rule to rule or format to format, or is known by then.
        inner = {k for k in keys if re.search(r"\.(data|address)\.|figures\[\].*(start|end)\.", k)}
        if keys - inner != words.keys():
            odd = ", ".join(sorted((keys - inner) ^ words.keys()))
            raise SystemExit(f"scripts/docs.py has no words, or needs none any more, for: {odd}")
        blocks.append(_table(("键", "说明"), [(f"`{key}`", said) for key, said in words.items()]))
    example = json.dumps(_run("draft.md", _DRAFT)["findings"][0], ensure_ascii=False, indent=1)
    return _page(
        "JSON 格式",
        "`--output-format json` 输出一个对象，`--output-format jsonl` 每行一个问题。"
        "新版本可能增加键，不会改变已有的键。",
        blocks[0],
        "一个问题：",
        f"```json\n{example}\n```",
        "## 数字清单",
        "`reportlint check --show-figures --output-format json` 没有 `findings`，每个文件另有：",
        blocks[1],
    )


def _run(path: str, text: str | None = None, *options: str) -> Any:
    """Return what the command line says of a sample, or of ``text`` as a file of that name."""
    command = [sys.executable, "-m", "reportlint", "check", "--isolated", "--lang", "zh"]
    command += ["--output-format", "json", *options]
    command += [path] if text is None else ["-", "--stdin-filename", path]
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": ROOT, "PYTHONUTF8": "1"},
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 2:
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    return json.loads(done.stdout)


def _keys(value: Any, path: str = "") -> set[str]:
    """Return the paths of all keys in a JSON value."""
    if isinstance(value, list):
        return set().union(*(_keys(item, f"{path}[]") for item in value))
    if not isinstance(value, dict):
        return set()
    at = f"{path}." if path else ""
    return set().union(*({at + key, *_keys(item, at + key)} for key, item in value.items()))


def main() -> None:
    for path, text in {**pages(), **played()}.items():
        path = os.path.join(ROOT, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    main()
