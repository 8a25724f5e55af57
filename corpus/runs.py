"""A run over an archive as a user asks for it: where it is done, within which limits, and what is kept of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thaita.corpus.archive import ArchiveRun, Outcome, Watch
from thaita.corpus.find import Found
from thaita.corpus.known import Known
from thaita.corpus.pool import LocalPool, cores
from thaita.corpus.program import how
from thaita.corpus.store import Store
from thaita.corpus.task import Job, Keep
from thaita.corpus.worker import LIMITS, Limits
from thaita.extract.cache import cache_root
from thaita.extract.options import DEFAULT, PdfOptions

if TYPE_CHECKING:
    from thaita.corpus.cluster import ClusterPool

STORE = "results.sqlite3"
"""The store's file below the folder for what can be made again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an archive is to be read.

    `workers` are processes on this machine, None for one a core; `cluster` is the address of a Dask scheduler that
    does the work in their place. A `fresh` run uses nothing of earlier runs.
    """

    options: PdfOptions = DEFAULT
    limits: Limits = LIMITS
    workers: int | None = None
    fresh: bool = False
    cluster: str | None = None


@contextmanager
def outcomes(
    found: Sequence[Found], plan: Plan, keep: Keep, watch: Watch | None = None
) -> Iterator[Iterator[Outcome]]:
    """Give the outcomes of the files in their order; the workers end with the block.

    Raises StoreError where results cannot be kept, ClusterError where the cluster cannot do the work.
    """
    run = secrets.token_hex(8)
    limits = (float(plan.limits.seconds), plan.limits.memory)
    path = cache_root().absolute() / STORE
    known = Known(path, how(plan.options), plan.options.ocr, limits, run if plan.fresh else None)
    job = Job(plan.options, keep, None if plan.cluster else known)
    with closing(Store(known, run)) as store, _pool(plan, len(found)) as pool:
        yield ArchiveRun(found, job, pool, store, watch).outcomes()


def _pool(plan: Plan, files: int) -> LocalPool | ClusterPool:
    if plan.cluster is not None:
        from thaita.corpus.cluster import ClusterPool

        return ClusterPool(plan.cluster, plan.limits)
    return LocalPool(max(1, min(plan.workers or cores(), files)), plan.limits)
