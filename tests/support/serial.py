"""A pool that reads files one after the other in this process, without limits."""

from collections.abc import Iterable, Iterator

from thaita.corpus.run.pool import Task
from thaita.corpus.run.task import FileResult, Job, read_archive_file


class SerialPool:
    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, FileResult]]:
        for number, place, stamp in tasks:
            yield number, read_archive_file(job, place, stamp)
