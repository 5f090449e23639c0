"""SC: the parts that a kind of report must have.

A section is there if a heading names it and something stands under that heading, or if a sentence
speaks of it (a *cue*) and it or the sentences that follow say something (*substance*). What only
wishes or regrets in general is taken out before looking for substance (*empty*); if nothing is left
the section is perfunctory. Most published reports give their problems a paragraph, not a heading.
"""

from __future__ import annotations

from reportlint import patterns
from reportlint.checks.model import Check, Context, Hit
from reportlint.document import Span
from reportlint.lean import NamedTuple, lru_cache
from reportlint.ruleset import RuleSet, Section
from reportlint.structure import Heading, Paragraph
from reportlint.structure.sentences import sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence


_LONG_BODY = 90
"""A body of this many characters under a heading says something, whatever its words."""

_LATTER = 0.4
"""Shortcomings that are not announced are looked for from this share of the text on."""

_PASSAGE = 6
"""Sentences from a cue on that belong to what it introduces."""

_TAKEN_OUT = 8
"""Empty phrases that are taken out one by one; if there are more, all are taken out at once."""

_AHEAD = 4
"""Characters behind it that a pattern of substance may look at."""

_FEW = 6
"""So many words are looked for one by one faster than a pattern that needs one of them."""


_BOUND = patterns.compile(r"(?<!\[)\^|[$]|[(][?]<!|\\[AbBZ]")
"""What ties a pattern to the ends of what is searched, or to what is not before it."""


class _Found(NamedTuple):
    """How a section is there. ``presence`` is ``present``, ``perfunctory`` or ``missing``."""

    presence: str
    span: Span | None = None
    heading: Heading | None = None


def _sections(context: Context) -> Iterator[Hit]:
    structure = context.structure
    kind = context.ruleset.kinds.get(structure.kind.id or "")
    if kind is None or not structure.paragraphs:
        return
    search = _Search(context)
    lang = context.settings.lang
    found = {name: search.find(context.ruleset.sections[name]) for name in kind.sections}
    for name, result in found.items():
        if result.presence == "present":
            continue
        title = context.ruleset.sections[name].title[lang]
        fields = {"section": title, "kind": kind.id}
        data = {"section": name, "presence": result.presence, "kind": kind.id}
        if result.presence == "perfunctory" and result.span is not None:
            yield Hit("SC002", *result.span, fields=fields, data=data)
        else:
            place = search.place(name, kind.sections, found)
            yield Hit("SC001", *place, fields=fields, data=data)
    yield from _order(context, kind.sections, found)


def _order(context: Context, names: tuple[str, ...], found: dict[str, _Found]) -> Iterator[Hit]:
    """SC004: a heading that stands before one it should follow."""
    furthest: Heading | None = None
    for name in names:
        heading = found[name].heading
        if heading is None or name in ("work", "basic", "decisions", "tasks"):
            continue
        if furthest is not None and heading.paragraph < furthest.paragraph:
            late = context.structure.paragraphs[furthest.paragraph]
            early = context.text[heading.start : heading.end]
            yield Hit(
                "SC004",
                late.start,
                furthest.end,
                fields={"before": early},
                labels=(
                    (
                        {"zh": "应在后面", "en": "should follow"},
                        context.structure.paragraphs[heading.paragraph].start,
                        heading.end,
                    ),
                ),
            )
            return
        furthest = heading


def _gate(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what tells whether a text may have one of ``words``, for a fraction of a search."""
    ends = {word[-1] for word in words}
    # ``re`` skips to what a word begins with; to look for two characters is cheaper still
    parts = map(patterns.escape, ends if len(ends) <= 2 else words)
    return patterns.compile("|".join(sorted(parts)))


class _Cue(NamedTuple):
    """A cue, sets of words of each of which it needs one, and what a paragraph with it shows."""

    needs: tuple[tuple[str, ...], ...]
    shown: re.Pattern[str]
    pattern: re.Pattern[str]


class _Cues:
    """The cues of a section, looked for in a paragraph first, as most have none.

    Most of those that begin with one of many words speak of the same fault in the end: where a
    paragraph has no word for a fault they are not looked for at all.
    """

    def __init__(self, rules: RuleSet, cues: Sequence[str]) -> None:
        bound = {cue for cue in cues if _BOUND.search(cue)}
        # Searched for together are those that begin with a character, to which ``re`` skips.
        plain = [cue for cue in cues if cue[:1] not in "([" and cue not in bound]
        self._plain = rules.any_of(plain) if plain else None
        words = {cue: patterns.word_sets(rules.expand(cue)) for cue in cues if cue not in plain}
        shared = [each for sets in words.values() for each in sets]
        gated: dict[tuple[str, ...], list[_Cue]] = {}
        for cue, sets in words.items():
            common = max(sets, key=shared.count, default=())
            if shared.count(common) < 2:
                common = ()
            needs = tuple(each for each in sets if each != common and len(each) <= _FEW)
            pattern = rules.any_of([cue])
            # of one that is bound to an end a paragraph can only be asked for its words
            shown = _gate(next(iter(sets), ())) if cue in bound else pattern
            gated.setdefault(common, []).append(_Cue(needs, shown, pattern))
        self._gated = [(_gate(common) if common else None, each) for common, each in gated.items()]

    def near(self, paragraph: str) -> list[re.Pattern[str]]:
        """Return the cues that some sentence of a paragraph may have.

        What matches within a sentence matches within its paragraph, unless it is bound to an end.
        """
        plain = self._plain
        near = [plain] if plain is not None and plain.search(paragraph) else []
        for gate, group in self._gated:
            if gate is None or gate.search(paragraph):
                for needs, shown, cue in group:
                    if _has(paragraph, needs) and shown.search(paragraph):
                        near.append(cue)
        return near

    def in_(self, sentence: str) -> bool:
        """Return whether a sentence has one of the cues."""
        if self._plain is not None and self._plain.search(sentence):
            return True
        for gate, group in self._gated:
            if gate is None or gate.search(sentence):
                for needs, _, cue in group:
                    if _has(sentence, needs) and cue.search(sentence):
                        return True
        return False


def _has(text: str, sets: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether ``text`` has a word of each of ``sets``."""
    for words in sets:
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


@lru_cache(maxsize=32)
def _cues(rules: RuleSet, section: str) -> _Cues:
    return _Cues(rules, rules.sections[section].cues)


@lru_cache(maxsize=32)
def _headings(rules: RuleSet, section: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what every heading of a section has, and what makes a heading one of the section."""
    pattern = rules.any_of(rules.sections[section].headings)
    return _gate(next(iter(patterns.word_sets(pattern.pattern)), ())), pattern


def prepare(rules: RuleSet) -> None:
    """Compile all that sections are looked for by, for the build to keep."""
    for section in rules.sections.values():
        _cues(rules, section.id)
        if section.headings:
            _headings(rules, section.id)
        for parts in filter(None, (section.substance, section.empty, section.marks)):
            rules.any_of(parts)


class _Search:
    """Looks for sections in one draft."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        structure = context.structure
        self.headings = structure.headings
        self.paragraphs = structure.paragraphs
        self.body = self.paragraphs[structure.title_lines :]
        self._sentences: dict[int, list[Span]] = {}

    def sentences(self, paragraph: Paragraph) -> list[Span]:
        """Return the sentences of a paragraph."""
        found = self._sentences.get(paragraph.start)
        if found is None:
            found = [*sentences(self.text, paragraph.start, paragraph.end)]
            self._sentences[paragraph.start] = found
        return found

    def find(self, section: Section) -> _Found:
        if section.id in _ALWAYS and self._substantial():
            return _Found("present")
        best = self._under_headings(section)
        if best is not None and best.presence == "present":
            return best
        loose = self._in_text(section)
        if loose.presence == "present" or best is None:
            return loose
        return best

    def _substantial(self) -> bool:
        return sum(p.end - p.start for p in self.body) >= 60

    def _heading(self, section: Section) -> Heading | None:
        if not section.headings:
            return None
        pattern = self.context.ruleset.any_of(section.headings)
        for heading in self.headings:
            if pattern.search(self.text, heading.start, heading.end):
                return heading
        return None

    def _under_headings(self, section: Section) -> _Found | None:
        """Return how the section is there under its own headings, None without any."""
        if not section.headings:
            return None
        gate, pattern = _headings(self.context.ruleset, section.id)
        best: _Found | None = None
        for heading in self.headings:
            title = self.text[heading.start : heading.end]
            if not gate.search(title) or not pattern.search(title):
                continue
            body = Span(heading.body, heading.stop)
            inside = self.text[body.start : body.end].strip()
            if not inside:
                result = _Found("missing", None, heading)
            elif len(inside) >= _LONG_BODY or self._says(section, body):
                return _Found("present", Span(heading.start, heading.end), heading)
            else:
                result = _Found("perfunctory", self._trim(body), heading)
            if best is None or best.presence == "missing":
                best = result
        return best

    def _trim(self, span: Span) -> Span:
        start, end = span
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _says(self, section: Section, span: Span) -> bool:
        """Whether a piece of text has substance left once the empty phrases are taken out."""
        rules = self.context.ruleset
        piece = self.text[span.start : span.end]
        substance = rules.any_of(section.substance)
        if not section.empty:
            return substance.search(piece) is not None
        empty = rules.any_of(section.empty)
        # To look for empty phrases is slow, and most passages say something in their first words.
        # So the phrases are taken out one by one, and only as far as the first substance.
        left, rest = "", 0
        for _ in range(_TAKEN_OUT):
            said = substance.search(left + piece[rest:])
            if said is None:
                break
            until = min(rest + said.end() - len(left) + _AHEAD, len(piece))
            tried = (empty.match(piece, start) for start in range(rest, until))
            phrase = next((match for match in tried if match is not None), None)
            if phrase is None:
                return True
            if phrase.end() == phrase.start():
                break
            left += piece[rest : phrase.start()]
            rest = phrase.end()
        return substance.search(empty.sub("", piece)) is not None

    def _in_text(self, section: Section) -> _Found:
        """Look for a passage on the section that no heading announces."""
        text, rules = self.text, self.context.ruleset
        cues = _cues(rules, section.id)
        perfunctory: Span | None = None
        first, last = (share * len(text) for share in section.region)
        mark = rules.any_of(section.marks) if section.marks else None
        # From the end, as what a report lacks and what it plans stand in its last paragraphs.
        for paragraph in reversed(self.body):
            start, end = paragraph.start, paragraph.end
            near = cues.near(text[start:end]) if end > first and start <= last else []
            if not near and mark is None:
                continue
            empty: Span | None = None
            spans = self.sentences(paragraph)
            for number, span in enumerate(spans):
                sentence = text[span.start : span.end]
                if mark is not None and mark.search(sentence) is not None:
                    return _Found("present", span)
                if not first <= span.start <= last:
                    continue
                if section.id == "closing" and len(sentence) > 34:
                    continue
                if not any(cue.search(sentence) for cue in near):
                    continue
                if self._says(section, self._passage(section, spans[number : number + _PASSAGE])):
                    return _Found("present", span)
                if section.empty and rules.any_of(section.empty).search(text, span.start, span.end):
                    empty = span
            perfunctory = perfunctory or empty
        dense = self._dense() if section.id == "problems" else None
        if dense is not None:
            return _Found("present", dense)
        if perfunctory is not None:
            return _Found("perfunctory", perfunctory)
        return _Found("missing")

    def _dense(self) -> Span | None:
        """Return a paragraph that speaks of nothing but what is wrong, without saying so first."""
        lack = self.context.ruleset.compile("(?&sc-lack)")
        solved = self.context.ruleset.compile("针对|解决|破解|化解|由[^。]{1,12}(?:降|升|增|变)")
        for paragraph in self.body:
            if paragraph.start < _LATTER * len(self.text):
                continue
            piece = self.text[paragraph.start : paragraph.end]
            found = len(lack.findall(piece))
            if found >= 3 and found * 45 >= len(piece) and solved.search(piece) is None:
                return Span(paragraph.start, paragraph.end)
        return None

    def _passage(self, section: Section, spans: Sequence[Span]) -> Span:
        """Return the first of these sentences with those after it that belong to it."""
        start, end = spans[0]
        if section.id not in _PASSAGES:
            return Span(start, end)
        later = _cues(self.context.ruleset, "plan") if section.id == "problems" else None
        for span in spans[1:]:
            if later is not None and later.in_(self.text[span.start : span.end]):
                break
            end = span.end
        return Span(start, end)

    def place(self, name: str, names: tuple[str, ...], found: dict[str, _Found]) -> tuple[int, int]:
        """Return the empty span where a missing section belongs: before the next one, or last."""
        own = found[name].heading
        if own is not None:
            start = self.paragraphs[own.paragraph].start
            return start, max(own.end, start)
        for later in names[names.index(name) + 1 :]:
            heading = found[later].heading
            if later in _ALWAYS and self._substantial():
                heading = self._heading(self.context.ruleset.sections[later])
            if heading is not None:
                start = self.paragraphs[heading.paragraph].start
                return start, start
        # after the last paragraph of the text: signature and attachments are short lines
        text = self.text
        for paragraph in reversed(self.paragraphs):
            if paragraph.end - paragraph.start >= 40 or text[paragraph.end - 1] in "。！":
                return paragraph.end, paragraph.end
        end = self.paragraphs[-1].end
        return end, end


_ALWAYS = frozenset({"work", "basic"})
"""Sections that any text of some length is: the report itself."""

_PASSAGES = frozenset({"problems", "plan", "suggestions", "rectification"})


def _empty_sections(context: Context) -> Iterator[Hit]:
    """SC003: a heading with nothing under it."""
    structure = context.structure
    headings = structure.headings
    text = context.text
    for number, heading in enumerate(headings):
        if heading.label is None:
            continue  # a line without a number may be a title
        if heading.body > heading.end or text[heading.body : heading.own_stop].strip():
            continue  # a line that ends like a sentence is an item, not a heading
        following = headings[number + 1] if number + 1 < len(headings) else None
        if following is not None and following.depth > heading.depth:
            continue
        if following is None:
            continue  # the last line may be a signature
        ends = following.depth < heading.depth
        if not ends and (following.label is None or following.label.style != heading.label.style):
            continue
        if _is_list(headings, number):
            continue
        yield Hit("SC003", heading.label.start, heading.end)


def _is_list(headings: list[Heading], number: int) -> bool:
    """Whether other headings of this list are bare too: then it lists lines, not sections."""
    heading = headings[number]
    style = heading.label.style if heading.label else ""
    near = headings[max(0, number - _NEAR) : number + _NEAR + 1]
    bare = [
        other
        for other in near
        if other.label and other.label.style == style and other.own_stop - other.end <= 2
    ]
    return len(bare) > 1


_NEAR = 12
"""Headings on either side that are looked at to tell a list from sections."""


def _kind_mismatch(context: Context) -> Iterator[Hit]:
    """SC005: title and lead-in name different kinds."""
    kind = context.structure.kind
    if kind.title is None or kind.opening is None or kind.title == kind.opening:
        return
    if kind.opening == "情况报告" or kind.opening[:2] == kind.title[:2]:
        return
    yield Hit(
        "SC005",
        *kind.opening_at,
        fields={"title": kind.title, "opening": kind.opening},
        data={"title": kind.title, "opening": kind.opening},
        labels=(({"zh": "标题", "en": "title"}, *kind.title_at),),
    )


CHECKS = (
    Check(("SC001", "SC002", "SC004"), "clean", _sections),
    Check(("SC003",), "clean", _empty_sections),
    Check(("SC005",), "clean", _kind_mismatch),
)
