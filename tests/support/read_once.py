"""The reports beside the tests, each read once for all tests that only look at its records."""

from __future__ import annotations

import os
import pickle
from functools import cache
from hashlib import sha256
from pathlib import Path

from thaita.extract.cache import cache_root
from thaita.extract.pipeline import read_with_document
from thaita.models.records import Reading


@cache
def read_once(path: Path) -> tuple[Reading, str]:
    """Return the records of a file that is a report, and the text in which their spans count.

    Test processes share what they have read in the folder for cached results, which is new in each run.
    """
    kept = cache_root() / "read_once" / f"{sha256(str(path).encode()).hexdigest()}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    reading, document = read_with_document(path.read_bytes(), path.name)
    kept.parent.mkdir(exist_ok=True)
    own = kept.with_suffix(f".{os.getpid()}")
    own.write_bytes(pickle.dumps((reading, document.text)))
    own.replace(kept)
    return reading, document.text
