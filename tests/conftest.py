"""What all tests share: nothing of theirs is kept in the user's folders, and nothing of a user's is found."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.ocr_data import unpack_models

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background jobs, which pass it on
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "any machine", deadline=None
)  # how long an example takes says how busy the machine is
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "THAITA_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def tessdata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give OCR the models that lie beside the tests, whatever is installed."""
    folder = tmp_path_factory.mktemp("tessdata")
    unpack_models(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "TESSDATA_PREFIX", str(folder))
        yield folder
