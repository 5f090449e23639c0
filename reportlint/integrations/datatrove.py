"""Blocks for datatrove pipelines. Needs ``pip install "reportlint[datatrove]"``.

    pipeline = [
        JsonlReader("drafts"),
        ReportlintFilter(drop=["PW", "PH"], exclusion_writer=JsonlWriter("dropped")),
        ReportlintAnnotator(),
        JsonlWriter("kept"),
    ]

Options that are not explained are those of ``reportlint.lint_batch``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.filters.base_filter import BaseFilter

from reportlint.batch import SEVERITIES, lint_batch
from reportlint.findings import Severity
from reportlint.settings import matches

BATCH = 32


class ReportlintAnnotator(PipelineStep):
    """Puts what ``lint_batch`` gives for each document into ``metadata[field]``."""

    type = "✍ - ANNOTATOR"
    name = "reportlint"

    def __init__(
        self,
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
        kind: str | None = None,
        lang: str = "zh",
        format: str = "text",
        messages: bool = False,
        field: str = "reportlint",
        batch_size: int = BATCH,
    ) -> None:
        super().__init__()
        self.field = field
        self.batch_size = batch_size
        self.options = _options(select, ignore, kind, lang, format, messages)

    def run(
        self,
        data: Iterable[Any] | None,
        rank: int = 0,  # noqa: ARG002 the name is that of datatrove
        world_size: int = 1,  # noqa: ARG002
    ) -> Iterator[Any]:
        """Yield every document with what was found in it."""
        documents = iter(data or ())
        while batch := list(islice(documents, self.batch_size)):
            with self.track_time("batch"):
                results = lint_batch([document.text for document in batch], **self.options)
            for document, result in zip(batch, results, strict=True):
                self.stat_update("total")
                for name in SEVERITIES:
                    self.stat_update(name, value=result[name])
                document.metadata[self.field] = result
                self.update_doc_stats(document)
                yield document


class ReportlintFilter(BaseFilter):
    """Drops documents with faults.

    ``drop`` holds codes of rules, beginnings of codes, or ``ALL``; ``drop_severity`` is the least
    severity for which a document is dropped. Without either, errors drop it. The reason that is
    counted, and kept with what is excluded, is the code of the first rule that told against it.
    """

    name = "reportlint"

    def __init__(
        self,
        *,
        drop: Iterable[str] = (),
        drop_severity: str | None = None,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
        kind: str | None = None,
        lang: str = "zh",
        format: str = "text",
        exclusion_writer: Any = None,
        batch_size: int = BATCH,
    ) -> None:
        super().__init__(exclusion_writer, batch_size)
        self.drop = tuple(drop)
        if drop_severity is None and not self.drop:
            drop_severity = "error"
        self.least = None if drop_severity is None else Severity.parse(drop_severity)
        self.options = _options(select, ignore, kind, lang, format, messages=False)

    def filter(self, doc: Any) -> bool | tuple[bool, str]:
        """Return whether to keep a document, and why not."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: Sequence[Any]) -> list[bool | tuple[bool, str]]:
        """Return for each document whether to keep it, and why not."""
        results = lint_batch([document.text for document in batch], **self.options)
        return [self._verdict(result["findings"]) for result in results]

    def _verdict(self, findings: Iterable[dict[str, Any]]) -> bool | tuple[bool, str]:
        for finding in findings:
            code = finding["code"]
            worse = self.least is not None and Severity.parse(finding["severity"]) >= self.least
            if worse or any(matches(code, selector) for selector in self.drop):
                return False, code
        return True


def _options(
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
    kind: str | None,
    lang: str,
    format: str,
    messages: bool,
) -> dict[str, Any]:
    """Return the options for ``lint_batch``, tried once: a mistake should not wait for a worker."""
    options = {
        "select": None if select is None else tuple(select),
        "ignore": None if ignore is None else tuple(ignore),
        "kind": kind,
        "lang": lang,
        "format": format,
        "messages": messages,
    }
    lint_batch([], **options)  # type: ignore[arg-type]
    return options
