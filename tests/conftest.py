"""What holds for every test: nothing is left in the home of the user who runs them."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep caches below the folder of this run, those of started processes too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAITA_CACHE", os.fspath(tmp_path_factory.mktemp("cache")))
        yield
