"""The folder for cached results, such as recognized pages."""

from __future__ import annotations

import os
from pathlib import Path


def cache_root() -> Path:
    """Return the cache folder: `THAITA_CACHE` if it is set, otherwise the user's cache folder.

    Everything in it can be recreated.
    """
    configured = os.environ.get("THAITA_CACHE")
    if configured:
        return Path(configured)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("thaita", appauthor=False))
