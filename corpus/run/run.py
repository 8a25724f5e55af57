"""A run over an archive as a user asks for it: where it is done, within which limits, and what is kept of it."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thaita.corpus.discover import Found
from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.outcomes import ArchiveRun, Outcome, Watch
from thaita.corpus.run.pool import LocalPool, cores
from thaita.corpus.run.result_lookup import Known
from thaita.corpus.run.result_store import Store, Warn
from thaita.corpus.run.task import Job, Keep
from thaita.corpus.run.version_digest import how
from thaita.extract.cache import cache_root
from thaita.extract.options import DEFAULT, PdfOptions

if TYPE_CHECKING:
    from thaita.corpus.run.dask_pool import ClusterPool

STORE = "results.sqlite3"
"""The store's file below the folder for what can be made again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an archive is to be read.

    `workers` are processes on this machine, None for one a core; `cluster` is the address of a Dask scheduler that
    does the work in their place. A `fresh` run uses nothing of earlier runs. `follow_links` says that links may
    lead out of the archive.
    """

    options: PdfOptions = DEFAULT
    limits: Limits = LIMITS
    workers: int | None = None
    fresh: bool = False
    cluster: str | None = None
    follow_links: bool = False


@contextmanager
def outcomes(
    found: Sequence[Found], plan: Plan, keep: Keep, watch: Watch | None = None, warn: Warn = warnings.warn
) -> Iterator[Iterator[Outcome]]:
    """Give the outcomes of the files in their order; the workers end with the block.

    `warn` is told what keeps results from being kept.
    Raises StoreError where results cannot be kept, ClusterError where the cluster cannot do the work.
    """
    run = secrets.token_hex(8)
    path = cache_root().absolute() / STORE
    known = Known(path, how(plan.options), plan.options.ocr, plan.limits, run if plan.fresh else None)
    with closing(Store(known, run, warn)) as store, _pool(plan, len(found)) as pool:
        job = Job(plan.options, keep, None if plan.cluster else store.known)
        yield ArchiveRun(found, job, pool, store, watch).outcomes()


def _pool(plan: Plan, files: int) -> LocalPool | ClusterPool:
    if plan.cluster is not None:
        from thaita.corpus.run.dask_pool import ClusterPool

        return ClusterPool(plan.cluster, plan.limits)
    return LocalPool(max(1, min(plan.workers or cores(), files)), plan.limits)
