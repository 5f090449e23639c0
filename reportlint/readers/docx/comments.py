"""Comments: what people wrote in the margin, and the words that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from reportlint.document import Comment
from reportlint.readers.docx.markup import attribute, word
from reportlint.readers.limits import MAX_TEXT, too_large
from reportlint.readers.package import Package
from reportlint.readers.paragraphs import about
from reportlint.readers.xml import Listener, walk


def read_comments(
    package: Package, part: str, marks: Mapping[str, Mapping[str, int]], text: str
) -> list[Comment]:
    """Return the comments of ``part`` that stand on a place of ``text``. Raises ReadError.

    ``marks`` maps their ids to where they begin (``start``), ``end`` and are referred to (``at``).
    A comment that is on no words is about the paragraph that refers to it.
    """
    story = _Comments()
    walk(part, package.read(part), package.budget, story)
    found = []
    for key, author, words in story.found:
        if key in marks:
            found.append(Comment(*_extent(marks[key], text), words, apart=True, author=author))
    return found


def _extent(mark: Mapping[str, int], text: str) -> tuple[int, int]:
    at = mark.get("at", mark.get("end", mark.get("start", 0)))
    # An end between two paragraphs is known as the start of the second.
    return about(text, mark.get("start", at), mark.get("end", at))


class _Comments(Listener):
    """Collects id, author and text of each comment, a line feed between its paragraphs."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []
        self._key = self._author = ""
        self._words: list[str] = []
        self._length = 0
        super().__init__(
            word(comment=self._comment, p=self._p, t=self._t, del_=lambda _: True),
            word(comment=self._comment_end, t=self._t_end),
        )

    def _comment(self, attributes: Mapping[str, str]) -> None:
        self._key = attribute(attributes, "id") or ""
        self._author = attribute(attributes, "author") or ""
        self._words = []

    def _comment_end(self) -> None:
        self.found.append((self._key, self._author, "".join(self._words).strip()))

    def _p(self, _: Mapping[str, str]) -> None:
        self._words.append("\n")

    def _t(self, _: Mapping[str, str]) -> None:
        self.parser.CharacterDataHandler = self._characters

    def _t_end(self) -> None:
        self.parser.CharacterDataHandler = None

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise too_large("批注过长", "too much text in comments")
        self._words.append(text)
