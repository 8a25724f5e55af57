"""The simplest pool: files are read one after the other in this process, within no limits."""

from collections.abc import Iterable, Iterator

from thaita.corpus.run.pool import Task
from thaita.corpus.run.task import Job, Result, perform


class Serial:
    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, Result]]:
        for number, place, stamp in tasks:
            yield number, perform(job, place, stamp)
