"""The run over an archive: every report is read, and none can stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from thaita.corpus.discover import ArchiveFile, source_name
from thaita.corpus.duplicates import Signature, likeness
from thaita.corpus.problems import os_problem, problem_row
from thaita.corpus.run.pool import Pool
from thaita.corpus.run.result_store import Store, StoredResult
from thaita.corpus.run.task import FileResult, Job, file_bytes, opened_bytes, stamp_of
from thaita.models.identity import report_id
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem, Reading
from thaita.models.rows import Row


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one file: its rows as (table, row), and whether it was read, failed or was left out.

    `kept` holds the bytes that the run's `keep` made from the report `report_id`, whose rows are then not in
    `rows`; `same_as` is the id of an earlier report in the archive of which this is a duplicate.
    """

    source: str
    rows: tuple[tuple[str, Row], ...] = ()
    was_read: bool = False
    failed: bool = False
    left_out: bool = False
    kept: bytes | None = None
    report_id: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a run: files done, total, failed, and those known from earlier runs."""

    done: int
    total: int
    failed: int
    known: int


Watch = Callable[[Progress], None]


def read_file(path: Path, extract: Callable[[bytes, str], Reading], source: str | None = None) -> Reading:
    """Return everything found in one report; its source is the file's name unless another one is given.

    Raises OSError if the file cannot be opened, UnreadableFileError if no report can be read from it.
    """
    return extract(file_bytes(path), source or source_name(path.name))


def read_opened(
    file: BinaryIO, extract: Callable[[bytes, str], Reading], source: str | None = None
) -> Reading:
    """Return everything found in a report that is open in binary mode; it is read to its end.

    Raises TypeError for a file in text mode, and the same errors as `read_file`.
    """
    data = opened_bytes(file)
    name = getattr(file, "name", None)
    own = source_name(Path(name).name) if isinstance(name, str) and name else "report"
    return extract(data, source or own)


class ArchiveRun:
    """Reads files: each is a task of the pool, and all results are in the store before the tables are written.

    The outcomes do not depend on the order of the tasks, nor on results in the store from earlier runs.
    """

    def __init__(
        self, found: Sequence[ArchiveFile], job: Job, pool: Pool, store: Store, watch: Watch | None = None
    ) -> None:
        self.found = found
        self.job = job
        self.pool = pool
        self.store = store
        self.watch = watch
        self._seen: list[bytes | Problem | None] = [None] * len(found)
        self._done = self._failed = self._known = 0

    def outcomes(self) -> Iterator[Outcome]:
        """Read new files, then yield the outcome of each file in order.

        Any problem of a file becomes a row of `problems`. A file with the bytes of an earlier one is not a
        separate report. Raises StoreError if results cannot be stored, and the errors of the pool.
        """
        for i, result in self.pool.results(self.job, self._tasks()):
            self._store_result(i, result)
        yield from self._outcomes_in_order()

    def _tasks(self) -> Iterator[tuple[int, Path | str, str | None]]:
        """Yield the number, place and stamp of each file without a stored result."""
        for i, one in enumerate(self.found):
            problem, stamp = one.problem, one.stamp
            if problem is None and isinstance(one.path, Path):
                try:
                    stamp = stamp_of(one.path)
                except OSError as error:
                    problem = os_problem(error)
            if problem is not None:
                self._store_result(i, FileResult(problem=problem, failed=problem.severity == "error"))
                continue
            sha256 = self.store.sha_of(one.path, stamp)
            if sha256 is not None and self.store.has(sha256):
                self._report_progress(i, bytes.fromhex(sha256), known=True)
            else:
                yield i, one.path, stamp

    def _store_result(self, i: int, result: FileResult) -> None:
        if result.sha256 is None:
            self._report_progress(i, result.problem, failed=result.failed)
            return
        self.store.add(self.found[i].path, result)
        self._report_progress(i, bytes.fromhex(result.sha256), failed=result.failed, known=result.known)

    def _report_progress(
        self, i: int, seen: bytes | Problem | None, *, failed: bool = False, known: bool = False
    ) -> None:
        self._seen[i] = seen
        self._done += 1
        self._failed += failed
        self._known += known
        if self.watch is not None:
            self.watch(Progress(self._done, len(self.found), self._failed, self._known))

    def _outcomes_in_order(self) -> Iterator[Outcome]:
        first: dict[bytes, str] = {}
        alike: dict[str, list[bytes]] = {}
        for one, seen in zip(self.found, self._seen, strict=True):
            if not isinstance(seen, bytes):
                yield _unread_outcome(one, seen or _NOT_READ)
                continue
            kept = self.store.get(seen.hex())
            if kept.problem is not None:
                yield _unread_outcome(one, kept.problem)
            elif seen in first:
                yield _unread_outcome(one, _duplicate(seen.hex(), first[seen]))
            else:
                first[seen] = one.source
                yield self._read(one, seen, kept, alike, first)

    def _read(
        self,
        one: ArchiveFile,
        seen: bytes,
        kept: StoredResult,
        alike: dict[str, list[bytes]],
        first: dict[bytes, str],
    ) -> Outcome:
        """Return the outcome of a report, after comparison with earlier ones of the same agency and year."""
        rows: tuple[tuple[str, Row], ...] = ()
        same_as = None
        if kept.signature is not None and (about := kept.signature.about) is not None:
            for other in alike.setdefault(about, [])[:_MAX_COMPARED]:
                if problem := _content_duplicate(
                    seen, kept.signature, self.store.get(other.hex()).signature, first[other]
                ):
                    same_as = report_id(other.hex()) if problem.code == ProblemCode.SAME_REPORT else None
                    rows = (("problems", problem_row(problem.model_copy(update={"source": one.source}))),)
                    break
            else:
                alike[about].append(seen)
        return Outcome(
            one.source,
            rows,
            was_read=True,
            failed=kept.failed,
            kept=kept.kept,
            report_id=report_id(seen.hex()),
            same_as=same_as,
        )


_MAX_COMPARED = 20
"""Maximum number of reports of one agency and year that a report is compared with; real archives have a
few."""

_NOT_READ = Problem(
    severity="error", code=ProblemCode.INTERNAL, message_en="the file was not read: please report it"
)


def _unread_outcome(found: ArchiveFile, problem: Problem) -> Outcome:
    problem = problem.model_copy(update={"source": found.source})
    return Outcome(
        found.source,
        (("problems", problem_row(problem)),),
        failed=problem.severity == "error",
        left_out=problem.severity == "warning",
    )


def _duplicate(sha256: str, first: str) -> Problem:
    return Problem(
        report_id=report_id(sha256),
        severity=ProblemCode.DUPLICATE_FILE.severity,
        code=ProblemCode.DUPLICATE_FILE,
        message_en=f"the same bytes as {first}: read once",
        message_th=f"เนื้อไฟล์เหมือน {first} ทุกไบต์ จึงอ่านครั้งเดียว",
    )


_DUPLICATE_MESSAGES_TH = {
    ProblemCode.SAME_REPORT: "เป็นรายงานเดียวกับ {} แต่อยู่ในอีกไฟล์ ทั้งสองฉบับอยู่ในตาราง และ `same_as` ของฉบับนี้ระบุอีกฉบับ",
    ProblemCode.OTHER_VERSION: "ข้อความเหมือน {} แต่ตัวเลขต่างกัน อาจเป็นรายงานคนละรุ่นหรืออ่านฉบับใดฉบับหนึ่งผิด",
}
_DUPLICATE_MESSAGES = {
    ProblemCode.SAME_REPORT: "the same report as {} in another file: both are in the tables, and `same_as` of this one names the other",
    ProblemCode.OTHER_VERSION: "the same words as {} with different figures: another version of that report, or one of the two was misread",
}


def _content_duplicate(seen: bytes, mine: Signature, other: Signature | None, first: str) -> Problem | None:
    found = None if other is None else likeness(mine, other)
    if found is None:
        return None
    id_ = report_id(seen.hex())
    return Problem(
        report_id=id_,
        severity=found.severity,
        code=found,
        message_en=_DUPLICATE_MESSAGES[found].format(first),
        message_th=_DUPLICATE_MESSAGES_TH[found].format(first),
        table="reports",
        row_id=id_,
    )
