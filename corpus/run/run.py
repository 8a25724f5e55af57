"""A run over an archive: where the work is done, within which limits, and which results are stored."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thaita.corpus.discover import ArchiveFile
from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.outcomes import ArchiveRun, Outcome, Watch
from thaita.corpus.run.pool import LocalPool, available_cores
from thaita.corpus.run.result_lookup import ResultLookup
from thaita.corpus.run.result_store import Store, Warn
from thaita.corpus.run.task import Job, Keep
from thaita.corpus.run.version_digest import reading_digest
from thaita.extract.cache import cache_root
from thaita.extract.options import DEFAULT, PdfOptions

if TYPE_CHECKING:
    from thaita.corpus.run.dask_pool import ClusterPool

STORE = "results.sqlite3"
"""The store's file in the cache folder."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read an archive.

    `workers` is the number of processes on this machine, None for one per core; `cluster` is the address of a
    Dask scheduler that does the work instead. A `fresh` run ignores the results of earlier runs.
    `follow_links` allows links that lead out of the archive.
    """

    options: PdfOptions = DEFAULT
    limits: Limits = LIMITS
    workers: int | None = None
    fresh: bool = False
    cluster: str | None = None
    follow_links: bool = False


@contextmanager
def outcomes(
    found: Sequence[ArchiveFile],
    plan: Plan,
    keep: Keep,
    watch: Watch | None = None,
    warn: Warn = warnings.warn,
) -> Iterator[Iterator[Outcome]]:
    """Provide the outcomes of the files in order; the workers end with the `with` block.

    `warn` is called with a message if results cannot be stored. Raises StoreError if they cannot be stored
    anywhere, ClusterError if the cluster cannot be used.
    """
    run = secrets.token_hex(8)
    path = cache_root().absolute() / STORE
    known = ResultLookup(
        path, reading_digest(plan.options), plan.options.ocr, plan.limits, run if plan.fresh else None
    )
    with closing(Store(known, run, warn)) as store, _pool(plan, len(found)) as pool:
        job = Job(plan.options, keep, None if plan.cluster else store.known)
        yield ArchiveRun(found, job, pool, store, watch).outcomes()


def _pool(plan: Plan, files: int) -> LocalPool | ClusterPool:
    if plan.cluster is not None:
        from thaita.corpus.run.dask_pool import ClusterPool

        return ClusterPool(plan.cluster, plan.limits)
    return LocalPool(max(1, min(plan.workers or available_cores(), files)), plan.limits)
