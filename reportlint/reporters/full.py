"""The format for people: each finding with the clause that it stands in, marked, and what to do."""

from __future__ import annotations

from reportlint.findings import Applicability, Finding, Label
from reportlint.reporters import Parts, ReportOptions, closing, style
from reportlint.reporters.context import (
    BRACKET_CELLS,
    Piece,
    bracketed,
    brief,
    crop,
    pieces,
    underline,
)
from reportlint.reporters.place import Places
from reportlint.reporters.width import Ruler, visible
from reportlint.summary import is_slot, kind_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from reportlint.runner import FileResult
    from reportlint.summary import Summary

FOLD = 4
"""Findings of one rule in one file from which on they share a block: more than these."""

_NARROWEST = 24
_TOP, _SIDE, _BRANCH, _BOTTOM = "  ┌ ", "  │ ", "  ├ ", "  └ "
_INDENT = "    "
_TITLE_CELLS = 32
_QUOTE = 24

_WORDS = {
    "zh": {
        "places": "{}（共 {} 处）",
        "help": "帮助：{}",
        "rule": "说明：reportlint rule {}",
        "safe": "可自动修复：{}（{}）",
        "unsafe": "可修复，须核对：{}（{}）",
        "count": "{} 处",
        "top": "开头",
        "of": "{} {} 处",
        "colon": "：",
        "comma": "，",
        "header": "== {}（{}，{} 处问题）",
        "unknown": "文种未知",
        "failed": "未能检查完",
        "label": "- {}（{}：{}）",
        "label-only": "- {}（{}）",
    },
    "en": {
        "places": "{} ({} places)",
        "help": "help: {}",
        "rule": "more: reportlint rule {}",
        "safe": "can be fixed: {} ({})",
        "unsafe": "can be fixed, check it: {} ({})",
        "count": "{} of them",
        "top": "before the headings",
        "of": "{} {}",
        "colon": ": ",
        "comma": ", ",
        "header": "== {} ({}, {} found)",
        "unknown": "kind unknown",
        "failed": "not checked completely",
        "label": "- {} ({}: {})",
        "label-only": "- {} ({})",
    },
}


class Full:
    """Annotated findings, then what the run came to. A header for each file if there are several.

    The first file is held back until it is known whether it is the only one.
    """

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._style = style.Style(options.color)
        self._only: Parts | None = None
        self._fed = 0
        self._unknown: list[str] = []

    def render(self, result: FileResult) -> Parts:
        page = _Page(self._options, result)
        unknown = visible(result.path) if kind_unknown(result) else ""
        return page.header(), page.body(), visible(result.kind or ""), unknown

    def feed(self, parts: Parts) -> str:
        self._fed += 1
        if parts[3]:
            self._unknown.append(parts[3])
        if self._fed == 1:
            self._only = parts
            return ""
        first, self._only = self._only, None
        return (self._section(first) if first else "") + self._section(parts)

    def finish(self, summary: Summary) -> str:
        options, lang = self._options, self._options.lang
        body = kind = ""
        if self._only:
            _, body, kind, _ = self._only
        if options.quiet:
            return body
        body = f"{body}\n" if body else ""
        lines = [closing.result(summary, lang, kind)]
        if summary.slots and summary.files > 1:
            lines.append(closing.to_fill(summary.slots, lang))
        lines += closing.notes(summary, lang, show_fixes=options.show_fixes, unknown=self._unknown)
        room = max(options.width, _NARROWEST) - 2
        ruler = Ruler(options.ambiguous_wide)
        wrapped = ["\n  ".join(ruler.wrap(line, room)) for line in lines]
        wrapped[0] = self._style.paint(
            wrapped[0], style.BOLD if summary.findings or summary.failed_files else style.GOOD
        )
        return body + "".join(f"{line}\n" for line in wrapped)

    def _section(self, parts: Parts) -> str:
        header, body, _, _ = parts
        return f"{header}\n\n{body}\n" if body else ""


class _Page:
    """What one result comes to."""

    def __init__(self, options: ReportOptions, result: FileResult) -> None:
        self._options = options
        self._lang = options.lang
        self._words = _WORDS[options.lang]
        self._style = style.Style(options.color)
        self._ruler = Ruler(options.ambiguous_wide)
        self._width = max(options.width, _NARROWEST)
        self._indent = " " * self._ruler.cells(_SIDE)
        self._room = self._width - len(self._indent)
        self._result = result
        self._path = visible(result.path)
        self._text = result.document.text
        self._places = Places(result.document)
        self._paths: dict[int, tuple[str, ...]] = {}
        self._findings = [f for f in result.findings if f.suppressed is None]

    def header(self) -> str:
        without = self._words["failed" if self._result.failed else "unknown"]
        kind = visible(self._result.kind or "") or without
        line = self._words["header"].format(self._path, kind, len(self._findings))
        return self._style.paint(line, style.BOLD)

    def body(self) -> str:
        """Return the blocks, in the order of the draft, with an empty line between them."""
        by_code: dict[str, list[Finding]] = {}
        for finding in self._findings:
            by_code.setdefault(finding.code, []).append(finding)
        blocks = []
        for finding in self._findings:
            same = by_code[finding.code]
            if len(same) <= FOLD:
                blocks.append(self._block(finding))
            elif same[0] is finding:
                blocks.append(self._fold(same))
        if slots := [f for f in self._findings if is_slot(f)]:
            blocks.append(self._wrapped("", self._to_fill(slots)))
        return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)

    # One finding

    def _block(self, finding: Finding) -> list[str]:
        lines = self._head(finding, self._message(finding))
        lines += self._where(finding)
        if self._has_context(finding):
            lines += self._excerpts(finding)
        elif finding.labels:
            for label in finding.labels:
                lines += self._boxed(self._label_line(label), _BRANCH)
        tail = self._advice(finding)
        if finding.fix and self._options.show_fixes:
            title = self._brief(finding.fix.title, finding)
            tail.insert(len(tail) - 1, self._fixable(finding.fix.applicability, title))
        return lines + self._tail(tail)

    def _has_context(self, finding: Finding) -> bool:
        if self._options.redact or not self._text:
            return False
        # What the engine says of itself stands at no place.
        return not (finding.category == "reportlint" and finding.start == finding.end)

    def _message(self, finding: Finding) -> str:
        return self._brief(finding.message, finding)

    def _brief(self, said: str, finding: Finding) -> str:
        """Cut down a long quotation of what the excerpt shows anyway."""
        return brief(said, self._text[finding.start : finding.end], _QUOTE)

    def _head(self, finding: Finding, message: str) -> list[str]:
        word = closing.SEVERITY[self._lang][finding.severity.label]
        prefix = f"{word} {finding.code} "
        first, *rest = self._wrapped(prefix, message)
        painted = self._style.paint(first[: len(prefix) - 1], style.SEVERITY[finding.severity])
        return [painted + first[len(prefix) - 1 :], *rest]

    def _wrapped(self, prefix: str, text: str) -> list[str]:
        first, *rest = self._ruler.wrap(prefix + text, self._width - 2)
        return [first, *(f"  {line}" for line in rest)]

    def _boxed(self, text: str, corner: str) -> list[str]:
        first, *rest = self._ruler.wrap(text, self._room)
        paint = self._style.paint
        return [
            paint(corner, style.FAINT) + first,
            *(paint(_SIDE, style.FAINT) + line for line in rest),
        ]

    def _where(self, finding: Finding) -> list[str]:
        """Return the path, the place and the headings over it, in one line if there is room."""
        where = self._path
        if self._text:
            place = self._places.words(finding.start, self._lang)
            where += f" {place}" if self._places.address(finding.start) else f":{place}"
        headings = " > ".join(self._headings(finding))
        if not headings:
            return self._boxed(where, _TOP)
        whole = f"{where} · {headings}"
        if self._ruler.cells(whole) <= self._room:
            return self._boxed(whole, _TOP)
        return self._boxed(where, _TOP) + self._boxed(headings, _SIDE)

    def _headings(self, finding: Finding) -> tuple[str, ...]:
        structure = self._result.structure
        if structure is None or self._options.redact:
            return ()
        path = self._paths.get(finding.start)
        if path is None:
            titles = structure.heading_path(finding.start)
            path = tuple(self._ruler.clip(title, _TITLE_CELLS) for title in titles)
            self._paths[finding.start] = path
        return path

    def _label_line(self, label: Label) -> str:
        return f"{self._places.words(label.start, self._lang)} {label.message}"

    def _excerpts(self, finding: Finding) -> Iterator[str]:
        """Yield the clause with its marks, then the clauses of labels that stand elsewhere."""
        left = list(finding.labels)
        drawn = yield from self._excerpt(
            [(finding.start, finding.end), *((label.start, label.end) for label in left)],
            "^",
            style.MARK[finding.severity],
            style.SEVERITY[finding.severity],
            left,
        )
        while left := [label for i, label in enumerate(left, 1) if i not in drawn]:
            first, *left = left
            yield from self._boxed(self._label_line(first), _BRANCH)
            drawn = yield from self._excerpt(
                [(label.start, label.end) for label in (first, *left)],
                "-",
                style.LABEL,
                style.LABEL_SIGN,
                left,
            )

    def _excerpt(
        self,
        spans: Sequence[tuple[int, int]],
        sign: str,
        mark: str,
        pointer: str,
        labels: Sequence[Label],
    ) -> Generator[str, None, set[int]]:
        """Yield the clause around the first span, the line that points at it, and one for each of
        the other spans that stands in the same clause: those of ``labels``.

        Return the numbers of the spans that have been shown.
        """
        side = self._style.paint(_SIDE, style.FAINT)
        shown = self._shown(spans, self._room)
        yield side + self._painted(shown, mark)
        yield side + self._style.paint(underline(shown, 0, sign, self._ruler), pointer)
        drawn = {piece.owner for piece in shown if piece.owner is not None}
        for owner, label in enumerate(labels, 1):
            if owner in drawn:
                dashes = underline(shown, owner, "-", self._ruler)
                message = visible(label.message)
                whole = f"{dashes} {message}"
                if self._ruler.cells(whole) <= self._room:
                    yield side + self._style.paint(whole, style.LABEL_SIGN)
                else:
                    yield side + self._style.paint(dashes, style.LABEL_SIGN)
                    yield from self._boxed(message, _SIDE)
        return drawn

    def _shown(self, spans: Sequence[tuple[int, int]], room: int) -> list[Piece]:
        """Return the clause around the first span; without colour its marks are in the text."""
        start, end = spans[0]
        if start == end:
            room -= 1  # the caret may stand after the last character
        elif not self._style.color:
            room -= BRACKET_CELLS
        window = crop(self._text, start, end, room, self._ruler)
        shown = pieces(self._text, window, spans, room, self._ruler)
        return shown if self._style.color or start == end else bracketed(shown)

    def _painted(self, shown: Sequence[Piece], mark: str) -> str:
        paint = self._style.paint
        return "".join(
            piece.text
            if piece.owner is None
            else paint(piece.text, style.LABEL if piece.owner else mark)
            for piece in shown
        )

    # What to do

    def _advice(self, finding: Finding) -> list[str]:
        rule = self._options.rules.get(finding.code)
        advice = rule.help.get(self._lang) if rule else None
        said = [self._words["help"].format(advice)] if advice else []
        return [*said, self._words["rule"].format(finding.code)]

    def _fixable(self, applicability: Applicability, what: str) -> str:
        if applicability is Applicability.SAFE:
            return self._words["safe"].format(what, closing.FIX)
        return self._words["unsafe"].format(what, closing.FIX_UNSAFE)

    def _tail(self, said: Sequence[str]) -> list[str]:
        """Box the last lines, two to a line where there is room for them."""
        packed: list[str] = []
        for text in said:
            joined = f"{packed[-1]}   {text}" if packed else text
            if packed and self._ruler.cells(joined) <= self._room:
                packed[-1] = joined
            else:
                packed.append(text)
        lines = [line for text in packed for line in self._ruler.wrap(text, self._room)]
        corner = self._style.paint(_BOTTOM, style.FAINT)
        return [corner + lines[0], *(self._indent + line for line in lines[1:])]

    # Many findings of one rule

    def _fold(self, findings: Sequence[Finding]) -> list[str]:
        """Return one block for all: each with its place and clause in one line.

        What most of them say is said once, at the top; the others speak for themselves.
        """
        generic = [self._generic(finding) for finding in findings]
        counts: dict[str, int] = {}
        for message in generic:
            counts[message] = counts.get(message, 0) + 1
        title = max(counts, key=counts.__getitem__)
        if 2 * counts[title] <= len(findings):
            title = findings[0].name
        heading = self._words["places"].format(title, len(findings))
        lines = self._head(findings[0], heading) + self._boxed(self._path, _TOP)
        places = [self._places.words(f.start, self._lang) for f in findings]
        column = max(map(self._ruler.cells, places))
        above: tuple[str, ...] = ()
        for finding, place, message in zip(findings, places, generic, strict=True):
            headings = self._headings(finding)
            if headings != above:
                above = headings
                lines += self._boxed(" > ".join(headings), _SIDE) if headings else []
            lines += self._entry(finding, self._ruler.left(place, column), told=message == title)
        tail = self._advice(findings[0])
        if self._options.show_fixes:
            for applicability in Applicability:
                count = sum(
                    f.fix is not None and f.fix.applicability is applicability for f in findings
                )
                if count:
                    counted = self._words["count"].format(count)
                    tail.insert(len(tail) - 1, self._fixable(applicability, counted))
        return lines + self._tail(tail)

    def _generic(self, finding: Finding) -> str:
        """Return the message without the text that it quotes, which the marked clause shows."""
        matched = self._text[finding.start : finding.end]
        return finding.message.replace(matched, "…") if matched else finding.message

    def _entry(self, finding: Finding, place: str, *, told: bool) -> Iterator[str]:
        """Yield the lines of one of many: place, clause, and the message unless ``told``."""
        side = self._style.paint(_SIDE, style.FAINT)
        start = f"  {place}  "
        room = self._room - self._ruler.cells(start)
        if not self._has_context(finding):
            yield side + start.rstrip()
        else:
            if room < _NARROWEST:
                yield side + start.rstrip()
                start = _INDENT
                room = self._room - len(_INDENT)
            shown = self._shown([(finding.start, finding.end)], room)
            if finding.start == finding.end:
                shown = [Piece("^", 0) if piece.owner == 0 else piece for piece in shown]
            yield side + start + self._painted(shown, style.MARK[finding.severity])
        for text in self._remarks(finding, told=told):
            for line in self._ruler.wrap(text, self._room - len(_INDENT)):
                yield side + _INDENT + line

    def _remarks(self, finding: Finding, *, told: bool) -> Iterator[str]:
        if not told:
            yield self._message(finding)
        for label in finding.labels:
            place = self._places.words(label.start, self._lang)
            if self._options.redact:
                yield self._words["label-only"].format(label.message, place)
            else:
                quoted = self._ruler.shorten(self._text[label.start : label.end], _QUOTE)
                yield self._words["label"].format(label.message, place, quoted)

    # What is left to fill in

    def _to_fill(self, slots: Sequence[Finding]) -> str:
        """Say how many slots are empty, and under which headings."""
        whole = closing.to_fill(len(slots), self._lang)
        paths = [self._headings(finding) for finding in slots]
        if not any(paths):
            return whole
        depth = 0
        while len({path[: depth + 1] for path in paths}) == 1 and all(
            len(path) > depth + 1 for path in paths
        ):
            depth += 1
        counts: dict[str, int] = {}
        for path in paths:
            title = path[depth] if path else self._words["top"]
            counts[title] = counts.get(title, 0) + 1
        each = (self._words["of"].format(title, count) for title, count in counts.items())
        return whole + self._words["colon"] + self._words["comma"].join(each)
