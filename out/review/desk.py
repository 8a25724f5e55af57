"""The state of the review server: a dataset, its archive and its decisions, kept in sync with the disk."""

from __future__ import annotations

import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import InvalidOperation
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from thaita.corpus.archive_location import SourceError, source_path
from thaita.corpus.review.decide import DecisionRequest, decision_maker
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.decision_log import DecisionFile, append_decision, read_decisions
from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.worker_process import Worker
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Place
from thaita.models.source_text import Span
from thaita.out.pages.image import PageImage, lines_of, page_image_of, ready, text_of
from thaita.out.pages.marks import Lines
from thaita.out.review.index import Entry, Index, state_of
from thaita.out.review.view import Doubt, ReportView, view_of
from thaita.out.tables.csv_tables import DatasetError
from thaita.out.tables.report_records import damaged_report

Result = TypeVar("Result")

PAGE_SECONDS = 15.0
"""Time limit for drawing a page or reading a text, in seconds."""

KEPT = 48 * 1024 * 1024
"""Size limit of the cache of pictures and texts, in bytes."""


class ShowError(ValueError):
    """A page or text that cannot be shown: a code in `review_texts`, and the reader's message about the file."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Kept(Generic[Result]):
    """A cache of the most recently used results, limited by their size in bytes."""

    def __init__(self, size_of: Callable[[Result], int]) -> None:
        self._size_of = size_of
        self._found: OrderedDict[tuple[object, ...], Result] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[object, ...]) -> Result | None:
        """Return the result for a key, None if it is not cached."""
        if key in self._found:
            self._found.move_to_end(key)
        return self._found.get(key)

    def put(self, key: tuple[object, ...], made: Result) -> None:
        """Add a result and drop the least recently used ones."""
        self._bytes += self._size_of(made)
        self._found[key] = made
        while self._bytes > KEPT and len(self._found) > 1:
            self._bytes -= self._size_of(self._found.popitem(last=False)[1])


Made = PageImage | Lines | str
"""A result for a report's file: the picture of a page, the positions of its lines, its text, or an error message."""


def _size(made: Made) -> int:
    if isinstance(made, Lines):
        return len(made.text) * 4 + len(made.lines) * 400
    return len(made) * 4 if isinstance(made, str) else len(made.jpeg)


@dataclass(slots=True)
class Desk:
    """The data behind the review pages; all methods are thread-safe.

    `archive` is None if the location of the reports is unknown. `decisions` is the path of the decision log.
    """

    dataset: Path
    archive: Path | None
    decisions: Path
    by: str
    password: str | None = field(default=None, repr=False)
    _index: Index | None = None
    _file: tuple[object, DecisionFile, dict[str, list[Decision]]] = (None, DecisionFile(), {})
    _kept: Kept[Made] = field(default_factory=lambda: Kept(_size))
    _hashes: dict[tuple[object, ...], str] = field(default_factory=dict)
    _open: dict[str, tuple[str, int, list[Doubt]]] = field(default_factory=dict)
    _worker: Worker = field(default_factory=lambda: Worker(Limits(PAGE_SECONDS)))
    _reader: Worker = field(default_factory=lambda: Worker(LIMITS))
    _reading: Lock = field(default_factory=Lock)
    _drawing: Lock = field(default_factory=Lock)
    _finding: Lock = field(default_factory=Lock)

    def index(self) -> Index:
        """Return the dataset's index, rebuilt if the dataset has changed. Raises DatasetError."""
        with self._reading:
            try:
                state = state_of(self.dataset)
            except DatasetError:  # the dataset is being replaced
                if self._index is not None:
                    return self._index
                raise
            if self._index is None or self._index.state != state:
                self._index = Index(self.dataset)
            return self._index

    def file(self) -> DecisionFile:
        """Return the current content of the decision log. Raises OSError."""
        return self._decided()[0]

    def on_report(self, report_id: str) -> Sequence[Decision]:
        """Return the decisions on one report, sorted by time. Raises OSError."""
        return self._decided()[1].get(report_id, ())

    def _decided(self) -> tuple[DecisionFile, dict[str, list[Decision]]]:
        try:
            known = self.decisions.stat()
            state: object = (known.st_ino, known.st_size, known.st_mtime_ns)
        except FileNotFoundError:
            state = "none"
        if self._file[0] != state:
            found = read_decisions(self.decisions)
            by_report: dict[str, list[Decision]] = defaultdict(list)
            for one in found.decisions:
                by_report[one.report_id].append(one)
            self._file = state, found, dict(by_report)
        return self._file[1:]

    def view(self, report_id: str) -> ReportView:
        """Return a report as it will be after the next run. Raises KeyError for an unknown report, DatasetError."""
        index, decisions = self._index_with(report_id), self.on_report(report_id)
        rows = index.rows(report_id)
        try:
            view = view_of(rows, decisions)
        except (ValueError, InvalidOperation) as error:
            raise damaged_report(self.dataset, report_id, error) from error
        self._open[report_id] = index.state, len(decisions), view.open_doubts()
        return view

    def open_doubts(self, index: Index) -> dict[str, list[Doubt]]:
        """Return the unresolved doubts by report: exact for reports opened since their last change, else estimated.

        Raises OSError if the decision log cannot be read.
        """
        by_report = self._decided()[1]
        found: dict[str, list[Doubt]] = {}
        for entry in index.entries:
            if entry.same_as:
                found[entry.report_id] = []  # a copy: the report that it repeats is asked
                continue
            decisions = by_report.get(entry.report_id, [])
            state, count, doubts = self._open.get(entry.report_id, ("", 0, []))
            exact = state == index.state and count == len(decisions)
            found[entry.report_id] = doubts if exact else entry.undecided(decisions)
        return found

    def decide(self, report_id: str, request: DecisionRequest, known: str | None) -> Decision:
        """Store a decision; `known` is the id of the decision shown to the reviewer, None if there was none.

        Raises KeyError for an unknown report, StaleError, NewValueError, DatasetError, OSError.
        """
        rows = self._index_with(report_id).extracted(report_id)

        def agrees(standing: Decision | None) -> bool:
            return (standing.id if standing else None) == known

        return append_decision(self.decisions, decision_maker(rows, request, agrees))

    def _index_with(self, report_id: str) -> Index:
        """Return the index. Raises KeyError if it does not contain the report."""
        index = self.index()
        if report_id not in index.by_id:
            raise KeyError(report_id)
        return index

    def page(self, report_id: str, number: int) -> PageImage:
        """Return a page of a report as a picture. Raises KeyError, ShowError."""
        path, entry = self._source(report_id)
        made = self._drawn(("page", entry.sha256, number), page_image_of, str(path), number, self.password)
        if isinstance(made, PageImage):
            return made
        raise ShowError("page_failed", made if isinstance(made, str) else "")

    def text(self, report_id: str) -> str:
        """Return the extracted text of a report. Raises KeyError, ShowError."""
        path, entry = self._source(report_id)
        made = self._drawn(("text", entry.sha256), text_of, str(path), entry.source)
        return made if isinstance(made, str) else ""

    def parts(self, report_id: str, spans: Iterable[Span]) -> list[Place]:
        """Return the positions of text ranges on the pages of a report, line by line. Raises KeyError, ShowError.

        This reads the whole report, in another process than the drawing of pages: a scan may take minutes.
        """
        path, entry = self._source(report_id)
        with self._finding:
            made = self._made(
                self._reader, ("lines", entry.sha256), lines_of, str(path), entry.source, self.password
            )
        return [part for span in spans for part in made.parts(span)] if isinstance(made, Lines) else []

    def warm(self) -> None:
        """Start the drawing process in advance, so that the first page appears without delay."""
        with self._drawing:
            self._worker.call(ready)

    def close(self) -> None:
        """Stop the drawing and the reading process."""
        self._worker.close()
        self._reader.close()

    def _source(self, report_id: str) -> tuple[Path, Entry]:
        """Return the file of a report after checking that it is unchanged since the extraction. Raises ShowError."""
        entry = self.index().by_id[report_id]
        if self.archive is None:
            raise ShowError("no_archive")
        try:
            path = source_path(self.archive, entry.source)
            known = path.stat()
            key = str(path), known.st_ino, known.st_size, known.st_mtime_ns
            if key not in self._hashes:
                with path.open("rb") as file:
                    self._hashes[key] = hashlib.file_digest(file, "sha256").hexdigest()
        except SourceError as error:
            raise ShowError(f"source_{error.code}") from error
        except OSError as error:
            raise ShowError("source_missing", error.strerror or "") from error
        if self._hashes[key] != entry.sha256:
            raise ShowError("source_changed")
        return path, entry

    def _drawn(self, key: tuple[object, ...], function: Callable[..., Made], *args: object) -> Made:
        with self._drawing:
            return self._made(self._worker, key, function, *args)

    def _made(
        self, worker: Worker, key: tuple[object, ...], function: Callable[..., Made], *args: object
    ) -> Made:
        """Return the result of a function, from the cache or by calling it in a separate process."""
        made = self._kept.get(key)
        if made is not None:
            return made
        try:
            made = worker.call(function, *args)
        except (UnreadableFileError, RuntimeError, OSError) as error:
            if getattr(error, "code", "") == "too_complex":
                self._kept.put(key, str(error))  # do not wait for the same failure twice
            raise ShowError("page_failed", str(error)) from error
        self._kept.put(key, made)
        return made
