"""What a check is given and what it reports."""

from __future__ import annotations

from reportlint.document import Document, View
from reportlint.findings import NO_DATA, Applicability
from reportlint.lean import NamedTuple
from reportlint.marks import Marks
from reportlint.settings import Settings
from reportlint.structure import Structure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")


class Hit(NamedTuple):
    """What a check reports: a rule's code and a span of the view that the check reads.

    ``fields`` fill the message; ``text`` is always among them. ``labels`` and ``edits`` are in the
    same coordinates as the span. ``title`` names the fix that ``edits`` make, in both languages.
    """

    code: str
    start: int
    end: int
    fields: Mapping[str, Any] = NO_DATA
    data: Mapping[str, Any] = NO_DATA
    labels: Sequence[tuple[Mapping[str, str], int, int]] = ()
    edits: Sequence[tuple[int, int, str]] = ()
    title: Mapping[str, str] | None = None
    applicability: Applicability = Applicability.UNSAFE


class Context:
    """What a check may look at: the view of its layer, the document, the settings.

    ``marks`` are those of the text of the view, worked out when first used unless those of the
    same text are handed over, or of the text of the document. ``structure`` is there for checks of
    the clean layer only, and is worked out when first used.
    """

    def __init__(
        self,
        document: Document,
        settings: Settings,
        view: View,
        marks: Marks | None = None,
    ) -> None:
        self.document = document
        self.settings = settings
        self.ruleset = settings.ruleset
        self.view = view
        self.text = view.text
        if marks is not None and marks.text is not view.text:
            same = marks.text is document.text and "\r" not in marks.text
            marks = marks.cut(view.cuts, view.text) if same else None
        self._marks = marks
        self._structure: Structure | None = None
        self._worked_out: dict[Callable[[Context], Any], Any] = {}

    @property
    def marks(self) -> Marks:
        if self._marks is None:
            self._marks = Marks(self.text, self.ruleset.marks)
        return self._marks

    @property
    def structure(self) -> Structure:
        if self._structure is None:
            self._structure = Structure(self.document, self.view, self.settings)
        return self._structure

    def standing(self, words: Container[str]) -> list[tuple[int, int]]:
        """Return where those of the vocabulary stand that are among ``words``, in order."""
        text, spans = self.text, self.marks.standing(self.ruleset.vocabulary)
        return [(start, end) for start, end in spans if text[start:end] in words]

    def once(self, work: Callable[[Context], T]) -> T:
        """Return what ``work`` makes of this context. Several checks that ask share one answer."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        answer: T = self._worked_out[work]
        return answer


class Check(NamedTuple):
    """A check written in Python: the codes it may report and the function that finds them."""

    codes: tuple[str, ...]
    layer: str
    find: Callable[[Context], Iterator[Hit]]
