"""Where work that need not be done twice is kept."""

from __future__ import annotations

import os
from pathlib import Path


def cache_root() -> Path:
    """Return the folder for what can be made again: `THAITA_CACHE`, else the user's folder for such files."""
    named = os.environ.get("THAITA_CACHE")
    if named:
        return Path(named)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("thaita", appauthor=False))
