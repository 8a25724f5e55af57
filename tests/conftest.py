"""What all tests share: nothing of theirs is kept in the user's folders, and nothing of a user's is found."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from support.kept_workers import kept_workers
from support.ocr_data import unpack_models

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background jobs, which pass it on
    signal.signal(signal.SIGINT, signal.default_int_handler)

# as in the worker processes: threads of libraries only wait for each other when tests run on all cores
os.environ |= {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}

# how long an example takes says how busy the machine is; other examples in each run would make failures depend on chance
settings.register_profile("any machine", deadline=None, derandomize=True)
settings.load_profile("any machine")


HANG_SECONDS = 600
"""Seconds after which a test that waits for something is taken to hang."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Let a test that hangs fail, in whatever call it waits."""

    def fail(*_: object) -> None:
        pytest.fail(f"the test did not end within {HANG_SECONDS} s")

    if not hasattr(signal, "SIGALRM"):
        return (yield)
    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, HANG_SECONDS, 60)  # again, because clean-up may wait too
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Give each worker an equal share of the tests, and at the end what another has left: fixtures are set up once."""
    if config.getvalue("dist") != "load":
        return None
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Let the processes that tests start store compiled modules, so that only the first one compiles them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give all tests one store of results, so that the samples are read once for all datasets of them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
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


@pytest.fixture(scope="session", autouse=True)
def workers(cache: Path, tessdata: Path) -> Iterator[None]:  # noqa: ARG001 - they are in the processes' environment
    """Let commands that run in this process use the same worker processes in all tests."""
    with kept_workers():
        yield
