"""The exceptions that callers of thaita may want to catch. All are `ThaitaError`."""

from __future__ import annotations

from thaita.check.official.errors import NoListError
from thaita.check.rulebook import RuleError
from thaita.corpus.discover import ArchiveError
from thaita.corpus.problems import RunError
from thaita.corpus.run.dask_pool import ClusterError
from thaita.corpus.run.result_store import StoreError
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.ocr.recognizer import NoRecognizerError
from thaita.models.errors import ThaitaError
from thaita.models.extras import MissingPackageError
from thaita.out.tables.checksums import DatasetError

__all__ = [
    "ArchiveError",
    "ClusterError",
    "DatasetError",
    "MissingPackageError",
    "NoListError",
    "NoRecognizerError",
    "RuleError",
    "RunError",
    "StoreError",
    "ThaitaError",
    "UnreadableFileError",
]
