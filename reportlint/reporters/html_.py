"""One page for a person: each draft with its findings marked in place, and a list to click.

The page stands alone: no script, no font, no picture and no network, so it can be mailed and
printed. What comes out of a draft is escaped and never made into markup.
"""

from __future__ import annotations

from reportlint.document import LINE_END
from reportlint.findings import Applicability, Severity
from reportlint.reporters import Parts, ReportOptions, closing, rulepage
from reportlint.reporters.entry import Entry, entries
from reportlint.reporters.place import describe
from reportlint.reporters.style_sheet import CSS
from reportlint.reporters.width import visible
from reportlint.reporters.xml_ import escape
from reportlint.summary import is_slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlint.document import Document
    from reportlint.runner import FileResult
    from reportlint.summary import Summary

_WORDS = {
    "zh": {
        "title": "文稿检查报告",
        "file": "文件",
        "kind": "文种",
        "slots": "待填",
        "show": "显示",
        "files": "检查的文件",
        "findings": "问题清单",
        "none": "没有问题",
        "unknown": "文种未知",
        "failed": "未能检查完",
        "suppressed": "已忽略 {} 处",
        "redacted": "文稿内容已隐去。",
        "rules": "规则说明",
        "why": "为什么",
        "help": "怎么改",
        "safe": "可自动修复：{}",
        "unsafe": "可修复，须核对：{}",
        "hint": "点清单里的一条，跳到文稿中的位置；点文稿里的序号，回到清单。"
        "点下面的级别，隐藏或显示这一级。",
        "place": "第 {} 行第 {} 字",
        "clean": "没有问题的文件（{}）",
        "top": "回到开头",
        "made": "由 reportlint {} 在本机生成",
    },
    "en": {
        "title": "Draft check",
        "file": "file",
        "kind": "kind",
        "slots": "to fill in",
        "show": "Show",
        "files": "Files checked",
        "findings": "Findings",
        "none": "nothing found",
        "unknown": "kind unknown",
        "failed": "not checked completely",
        "suppressed": "{} suppressed",
        "redacted": "The text of the drafts is left out.",
        "rules": "The rules",
        "why": "Why",
        "help": "How to fix",
        "safe": "can be fixed: {}",
        "unsafe": "can be fixed, check it: {}",
        "hint": "Click an entry of a list to see it in the draft, and a number in the draft to get "
        "back to the list. Click a severity below to hide or show it.",
        "place": "line {}, column {}",
        "clean": "Files with nothing to report ({})",
        "top": "back to the top",
        "made": "Made by reportlint {} on this computer",
    },
}
_LANG = {"zh": "zh-CN", "en": "en"}
_LEVELS = tuple(reversed(Severity))
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_TITLE = 40
"""The first line of a draft is set as its title up to this length."""


class Html:
    """Held back to the end: the page begins with the sums."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._words = _WORDS[options.lang]
        self._rows: list[str] = []
        self._sections: list[str] = []
        self._clean: list[str] = []

    def render(self, result: FileResult) -> Parts:
        """Return a row for the table of files and a section; for a clean file only its name."""
        page = _Page(self._options, result)
        if not result.findings:
            return "", "", page.name
        return page.row(), page.section(), ""

    def feed(self, parts: Parts) -> str:
        row, section, clean = parts
        if clean:
            self._clean.append(clean)
        else:
            self._rows.append(row)
            self._sections.append(section)
        return ""

    def finish(self, summary: Summary) -> str:
        from reportlint import __version__

        lang, words = self._options.lang, self._words
        made = escape(words["made"].format(__version__))
        return (
            f'<!DOCTYPE html>\n<html lang="{_LANG[lang]}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{words['title']}</title>\n<style>\n{CSS}</style>\n</head>\n"
            f'<body id="top">\n{self._switches()}<header>\n<h1>{words["title"]}</h1>\n'
            f"{self._sums(summary)}</header>\n<main>\n"
            f"{self._files()}{''.join(self._sections)}{self._clean_files()}"
            f"{self._rules(summary)}</main>\n<footer>{made}</footer>\n</body>\n</html>\n"
        )

    def _switches(self) -> str:
        """Return the boxes that show and hide a severity: style does the rest."""
        show, names = self._words["show"], closing.SEVERITY[self._options.lang]
        return "".join(
            f'<input type="checkbox" class="switch" id="show-{level.label}" checked '
            f'aria-label="{show} {names[level.label]}">\n'
            for level in _LEVELS
        )

    def _sums(self, summary: Summary) -> str:
        lang = self._options.lang
        names = closing.SEVERITY[lang]
        counts = (summary.errors, summary.warnings, summary.infos)
        chips = "".join(
            f'<label for="show-{level.label}" class="chip {level.label}">'
            f"{names[level.label]} <b>{count}</b></label>"
            for level, count in zip(_LEVELS, counts, strict=True)
        )
        said = [closing.result(summary, lang)]
        if summary.slots:
            said.append(closing.to_fill(summary.slots, lang))
        said += closing.notes(summary, lang, show_fixes=False)
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in said)
        if self._options.redact:
            lines += f"<p>{self._words['redacted']}</p>\n"
        elif self._sections:
            lines += f'<p class="hint">{self._words["hint"]}</p>\n'
        return f'{lines}<p class="chips">{chips}</p>\n'

    def _files(self) -> str:
        """Return the table of files with findings, where there are several."""
        if len(self._rows) < 2:
            return ""
        words, names = self._words, closing.SEVERITY[self._options.lang]
        heads = [words["file"], words["kind"], *(names[level.label] for level in _LEVELS)]
        cells = "".join(f"<th>{head}</th>" for head in [*heads, words["slots"]])
        return (
            f'<nav><h2>{words["files"]}</h2>\n<table class="files">\n'
            f"<thead><tr>{cells}</tr></thead>\n"
            f"<tbody>\n{''.join(self._rows)}</tbody></table></nav>\n"
        )

    def _clean_files(self) -> str:
        if not self._clean:
            return ""
        head = self._words["clean"].format(len(self._clean))
        names = "".join(f"<li>{name}</li>\n" for name in self._clean)
        return f'<details class="clean"><summary>{head}</summary>\n<ul>\n{names}</ul></details>\n'

    def _rules(self, summary: Summary) -> str:
        """Return why the rules that found something are there, and what to do."""
        lang, words = self._options.lang, self._words
        said = []
        for code in sorted(summary.codes):
            rule = self._options.rules.get(code)
            if rule is None:
                continue
            parts = [(words[key], getattr(rule, key).get(lang, "")) for key in ("why", "help")]
            said.append(
                f'<dt id="rule-{escape(code)}"><b>{escape(code)}</b> '
                f"{escape(rulepage.headline(rule, lang))}</dt>\n"
                + "".join(
                    f"<dd><b>{head}</b> {escape(text)}</dd>\n" for head, text in parts if text
                )
            )
        if not said:
            return ""
        head = f'<section class="rules"><h2>{words["rules"]}</h2>'
        return f"{head}\n<dl>\n{''.join(said)}</dl></section>\n"


class _Page:
    """What one file comes to."""

    def __init__(self, options: ReportOptions, result: FileResult) -> None:
        from hashlib import sha256

        self._options = options
        self._lang = options.lang
        self._words = _WORDS[options.lang]
        self._result = result
        self.name = _shown(result.path)
        # Findings are numbered by file, and files may be checked in several processes.
        self._id = sha256(result.path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        everything = list(entries(result, options.lang, suppressed=True))
        self._found = [e for e in everything if e.finding.suppressed is None]
        self._suppressed = [e for e in everything if e.finding.suppressed is not None]
        self._drawn = bool(result.document.text) and not options.redact

    def _kind(self) -> str:
        result = self._result
        if result.failed:
            return self._words["failed"]
        return _shown(result.kind) if result.kind else self._words["unknown"]

    def _counts(self) -> list[int]:
        severities = [entry.finding.severity for entry in self._found]
        return [severities.count(level) for level in _LEVELS]

    def row(self) -> str:
        """Return the row of the table of files."""
        counts = [*self._counts(), sum(is_slot(entry.finding) for entry in self._found)]
        classes = [*(level.label for level in _LEVELS), "slots"]
        cells = "".join(
            f'<td class="{name}{"" if count else " zero"}">{count}</td>'
            for name, count in zip(classes, counts, strict=True)
        )
        link = f'<a href="#f{self._id}">{self.name}</a>'
        return f"<tr><td>{link}</td><td>{self._kind()}</td>{cells}</tr>\n"

    def section(self) -> str:
        """Return the section: a heading, the draft, the list."""
        names = closing.SEVERITY[self._lang]
        chips = "".join(
            f'<span class="chip {level.label}">{names[level.label]} <b>{count}</b></span>'
            for level, count in zip(_LEVELS, self._counts(), strict=True)
            if count
        )
        items = "".join(self._item(number, entry) for number, entry in enumerate(self._found, 1))
        listed = f'<ol class="list">\n{items}</ol>\n' if items else f"<p>{self._words['none']}</p>"
        addressed = any(block.address for block in self._result.document.blocks)
        kind = "draft addressed" if addressed else "draft"
        lines = "".join(self._draft(addressed)) if self._drawn else ""
        draft = f'<div class="{kind}" lang="zh-CN">\n{lines}</div>\n'
        return (
            f'<section class="file" id="f{self._id}">\n<h2>{self.name}</h2>\n'
            f'<p class="meta">{self._kind()} {chips} '
            f'<a class="up" href="#top">{self._words["top"]}</a></p>\n'
            f'<div class="pair{"" if self._drawn else " alone"}">\n'
            f"<aside><h3>{self._words['findings']}</h3>\n{listed}{self._ignored()}</aside>\n"
            f"{draft if self._drawn else ''}</div>\n</section>\n"
        )

    def _item(self, number: int, entry: Entry) -> str:
        finding = entry.finding
        said = (
            f'<span class="number">{number}</span>'
            f'<span class="what"><b class="level">'
            f"{closing.SEVERITY[self._lang][finding.severity.label]}</b> "
            f"{escape(entry.message)}</span>"
        )
        if self._drawn and not _nowhere(entry):
            said = f'<a href="#d{self._id}-{number}">{said}</a>'
        else:
            said = f'<span class="row">{said}</span>'
        code = escape(finding.code)
        more = [escape(self._place(entry)), f'<a href="#rule-{code}">{code}</a>']
        if finding.fix and self._options.show_fixes:
            safe = finding.fix.applicability is Applicability.SAFE
            words = self._words["safe" if safe else "unsafe"]
            more.append(escape(words.format(visible(finding.fix.title))))
        tail = f'<span class="more">{" · ".join(more)}</span>'
        return f'<li class="{finding.severity.label}" id="l{self._id}-{number}">{said}{tail}</li>\n'

    def _place(self, entry: Entry) -> str:
        return entry.where or self._words["place"].format(entry.line, entry.column)

    def _ignored(self) -> str:
        """Return the suppressed findings with their reasons, folded."""
        if not self._suppressed:
            return ""
        items = []
        for entry in self._suppressed:
            suppression = entry.finding.suppressed
            reason = suppression.reason if suppression and not self._options.redact else ""
            said = f"{self._place(entry)} {entry.finding.code} {entry.message}"
            why = f"<br>{_shown(reason)}" if reason else ""
            items.append(f"<li>{escape(said)}{why}</li>\n")
        head = self._words["suppressed"].format(len(items))
        return f"<details><summary>{head}</summary>\n<ul>\n{''.join(items)}</ul></details>\n"

    # The draft

    def _draft(self, addressed: bool) -> Iterator[str]:
        """Yield a paragraph for each line, with the marks that fall into it."""
        document = self._result.document
        text = document.text
        marks = _Marks(self._id, self._found)
        start, titled = 0, False
        for number, (end, following) in enumerate(_lines(text), 1):
            inner = marks.draw(text, start, end, following)
            label = self._address(document, start) if addressed else str(number)
            kind = "blank"
            if text[start:end].strip():
                kind = self._style(start, end, first=not titled)
                titled = True
            elif inner:
                kind = "text"
            yield f'<p class="{kind}" data-n="{escape(label)}">{inner}</p>\n'
            start = following

    def _address(self, document: Document, offset: int) -> str:
        block = document.block_at(offset)
        return describe(block.address, self._lang) if block and block.address else ""

    def _style(self, start: int, end: int, *, first: bool) -> str:
        """Return how a line is set: as a title, a heading, a cell, or text."""
        raw = self._result.document.text[start:end]
        line = raw.strip()
        if first and len(line) <= _TITLE and "。" not in line:
            return "title"
        block = self._result.document.block_at(start)
        if block and block.kind in ("heading", "cell"):
            return block.kind
        structure = self._result.structure
        path = structure.heading_path(start + raw.index(line)) if structure else ()
        whole = bool(path) and line.startswith(path[-1]) and len(line) <= len(path[-1]) + 1
        return "heading" if whole else "text"


class _Marks:
    """The findings and labels of one draft, drawn into it line by line, in order."""

    def __init__(self, id: str, found: Sequence[Entry]) -> None:
        self._id = id
        self._found = found
        # What starts and what ends at an offset, by the number of the finding.
        self._starts: dict[int, list[int]] = {}
        self._ends: dict[int, list[int]] = {}
        self._points: dict[int, list[int]] = {}
        self._label_starts: dict[int, list[str]] = {}
        self._label_ends: dict[int, int] = {}
        for number, entry in enumerate(found, 1):
            start, end = entry.finding.start, entry.finding.end
            if _nowhere(entry):
                continue
            if start == end:
                self._points.setdefault(start, []).append(number)
                continue
            self._starts.setdefault(start, []).append(number)
            self._ends.setdefault(end, []).append(number)
            for label in entry.finding.labels:
                if label.start < label.end:
                    said = self._label_starts.setdefault(label.start, [])
                    said.append(f"{number}: {visible(label.message)}")
                    self._label_ends[label.end] = self._label_ends.get(label.end, 0) + 1
        cuts = {*self._starts, *self._ends, *self._points, *self._label_starts, *self._label_ends}
        self._cuts = sorted(cuts)
        self._at = 0
        self._open: set[int] = set()
        self._labels: list[str] = []
        self._labelled = 0

    def draw(self, text: str, start: int, end: int, following: int) -> str:
        """Return a line of the draft; lines are asked for in order, ``following`` is the next."""
        pieces = []
        while self._at < len(self._cuts) and self._cuts[self._at] < following:
            cut = self._cuts[self._at]
            pieces.append(self._text(text[start : min(cut, end)]))
            start = max(start, min(cut, end))
            pieces.append(self._cross(cut))
            self._at += 1
        pieces.append(self._text(text[start:end]))
        if following == len(text):
            # What stands at the very end stands in the last line.
            pieces += [self._cross(cut) for cut in self._cuts[self._at :]]
            self._at = len(self._cuts)
        return "".join(pieces)

    def _cross(self, cut: int) -> str:
        """Pass an offset: close and open what ends and starts there; return the links."""
        said = []
        for number in self._ends.get(cut, ()):
            self._open.discard(number)
            said.append(self._number(number))
        self._labelled -= self._label_ends.get(cut, 0)
        for number in self._points.get(cut, ()):
            entry = self._found[number - 1]
            said.append(
                f'<span class="gap {entry.finding.severity.label}" id="d{self._id}-{number}" '
                f'title="{escape(entry.message)}">{escape(entry.message)}'
                f"{self._number(number)}</span>"
            )
        if cut in self._label_starts:
            self._labels = self._label_starts[cut]
            self._labelled += len(self._labels)
        for number in self._starts.get(cut, ()):
            self._open.add(number)
            said.append(f'<a class="here" id="d{self._id}-{number}"></a>')
        return "".join(said)

    def _number(self, number: int) -> str:
        level = self._found[number - 1].finding.severity.label
        return f'<a class="ref {level}" href="#l{self._id}-{number}">{number}</a>'

    def _text(self, text: str) -> str:
        if not text:
            return ""
        shown = _shown(text)
        if self._labelled:
            told = escape("; ".join(self._labels))
            shown = f'<span class="label" title="{told}">{shown}</span>'
        if not self._open:
            return shown
        worst = max((self._found[number - 1] for number in self._open), key=_gravity)
        level = worst.finding.severity.label
        return f'<mark class="{level}" title="{escape(worst.message)}">{shown}</mark>'


def _gravity(entry: Entry) -> int:
    return int(entry.finding.severity)


def _nowhere(entry: Entry) -> bool:
    """Return whether a finding speaks of the file, not of a place in it."""
    finding = entry.finding
    return finding.category == "reportlint" and finding.start == finding.end


def _shown(text: str) -> str:
    return escape(visible(text))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the end of each line and where the next one starts."""
    start = 0
    for match in LINE_END.finditer(text):
        yield match.span()
        start = match.end()
    if start < len(text):
        yield len(text), len(text)
