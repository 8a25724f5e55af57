"""The reviewer's desk: one dataset, its archive and its decisions, kept in step with what lies on the disk."""

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
from thaita.corpus.review.decide import Wish, deciding
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
"""How long drawing one page or reading one text may take."""

KEPT = 48 * 1024 * 1024
"""Bytes of pictures and texts that are kept."""


class ShowError(ValueError):
    """A page or text that cannot be shown: a code of `review_texts`, and what a reader says of the file."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Kept(Generic[Result]):
    """What was made last, up to a number of bytes."""

    def __init__(self, size_of: Callable[[Result], int]) -> None:
        self._size_of = size_of
        self._found: OrderedDict[tuple[object, ...], Result] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[object, ...]) -> Result | None:
        """Return what was made under a key, None if it is not kept."""
        if key in self._found:
            self._found.move_to_end(key)
        return self._found.get(key)

    def put(self, key: tuple[object, ...], made: Result) -> None:
        """Keep something, and let go of what was asked for longest ago."""
        self._bytes += self._size_of(made)
        self._found[key] = made
        while self._bytes > KEPT and len(self._found) > 1:
            self._bytes -= self._size_of(self._found.popitem(last=False)[1])


Made = PageImage | Lines | str
"""What is made of a report's file: a page's picture, where its text stands, or its text; or why it cannot be made."""


def _size(made: Made) -> int:
    if isinstance(made, Lines):
        return len(made.text) * 4 + len(made.lines) * 400
    return len(made) * 4 if isinstance(made, str) else len(made.jpeg)


@dataclass(slots=True)
class Desk:
    """What the pages are made from; safe to call from several threads.

    `archive` None: it is not known where the reports lie. `decisions` is the file that decisions are kept in.
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
        """Return the dataset's index, made anew after the dataset was written anew. Raises DatasetError."""
        with self._reading:
            try:
                state = state_of(self.dataset)
            except DatasetError:  # it is being replaced at this moment
                if self._index is not None:
                    return self._index
                raise
            if self._index is None or self._index.state != state:
                self._index = Index(self.dataset)
            return self._index

    def file(self) -> DecisionFile:
        """Return the decisions as they are on the disk. Raises OSError."""
        return self._decided()[0]

    def on_report(self, report_id: str) -> Sequence[Decision]:
        """Return the decisions on one report by their time. Raises OSError."""
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
        """Return a report as it will be after the next run. Raises KeyError for one that there is not, DatasetError."""
        index, decisions = self._index_with(report_id), self.on_report(report_id)
        rows = index.rows(report_id)
        try:
            view = view_of(rows, decisions)
        except (ValueError, InvalidOperation) as error:
            raise damaged_report(self.dataset, report_id, error) from error
        self._open[report_id] = index.state, len(decisions), view.open_doubts()
        return view

    def open_doubts(self, index: Index) -> dict[str, list[Doubt]]:
        """Return, by report, the doubts that nobody has answered: exactly where a report was looked at since.

        Raises OSError where the decisions cannot be read.
        """
        by_report = self._decided()[1]
        found = {}
        for entry in index.entries:
            decisions = by_report.get(entry.report_id, [])
            state, count, doubts = self._open.get(entry.report_id, ("", 0, []))
            exact = state == index.state and count == len(decisions)
            found[entry.report_id] = doubts if exact else entry.undecided(decisions)
        return found

    def decide(self, report_id: str, wish: Wish, known: str | None) -> Decision:
        """Keep a decision; `known` is the id of the one that the person saw on the cell, None for none.

        Raises KeyError for no such report, StaleError, NewValueError, DatasetError, OSError.
        """
        rows = self._index_with(report_id).extracted(report_id)

        def agrees(standing: Decision | None) -> bool:
            return (standing.id if standing else None) == known

        return append_decision(self.decisions, deciding(rows, wish, agrees))

    def _index_with(self, report_id: str) -> Index:
        """Return the index. Raises KeyError where it has no such report."""
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
        """Return where on its pages a report shows ranges of its text, line by line. Raises KeyError, ShowError.

        The report is read for it, apart from the drawing of pages: a scan may take minutes.
        """
        path, entry = self._source(report_id)
        with self._finding:
            made = self._made(
                self._reader, ("lines", entry.sha256), lines_of, str(path), entry.source, self.password
            )
        return [part for span in spans for part in made.parts(span)] if isinstance(made, Lines) else []

    def warm(self) -> None:
        """Start the process that draws, so that the first page need not wait for it."""
        with self._drawing:
            self._worker.call(ready)

    def close(self) -> None:
        """End the processes that draw and read."""
        self._worker.close()
        self._reader.close()

    def _source(self, report_id: str) -> tuple[Path, Entry]:
        """Return the file of a report, which has the bytes that the dataset was made from."""
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
        """Return what a function makes in a process apart, from what is kept where it was made before."""
        made = self._kept.get(key)
        if made is not None:
            return made
        try:
            made = worker.call(function, *args)
        except (UnreadableFileError, RuntimeError, OSError) as error:
            if getattr(error, "code", "") == "too_complex":
                self._kept.put(key, str(error))  # once is enough to wait for
            raise ShowError("page_failed", str(error)) from error
        self._kept.put(key, made)
        return made
