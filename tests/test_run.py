"""The run over many files: processes that die, runs that are stopped, what is kept, and the same bytes whatever happens."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from serial import Serial
from test_hostile_pdfs import ENDLESS

from thaita.corpus.archive import ArchiveRun, Outcome, Progress
from thaita.corpus.find import find
from thaita.corpus.known import Known
from thaita.corpus.pool import LocalPool
from thaita.corpus.store import Store, StoreError
from thaita.corpus.task import MAX_BYTES, Job, contents, perform, stamp_of
from thaita.corpus.worker import LIMITS, Limits
from thaita.extract.options import DEFAULT
from thaita.extract.readers.errors import UnreadableFileError
from thaita.out.packed import pack

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
JOB = Job(DEFAULT, pack)
OLD = time.time() - 100


def reports(folder: Path, count: int) -> Path:
    """Write reports that differ by a line, long enough ago to be taken for finished."""
    text = (SAMPLES / "01_pakkhwae.txt").read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    for i in range(count):
        path = folder / f"{i:03d}.txt"
        path.write_text(f"{text}\n{i}\n", encoding="utf-8")
        os.utime(path, (OLD, OLD))
    return folder


class Counting(Serial):
    """The tasks one after the other, the last first; `read` are those whose bytes no run had read."""

    def __init__(self):
        self.read = []

    def results(self, job, tasks):
        for number, place, stamp in reversed(list(tasks)):
            result = perform(job, place, stamp)
            if not result.known:
                self.read.append(Path(place).name)
            yield number, result


def run(archive: Path, store: Path, *, how: str = "1", fresh: bool = False, limits: Limits = LIMITS):
    """Return the outcomes of a run, and which files it read."""
    name = os.urandom(4).hex()
    known = Known(store, how, "off", (limits.seconds, limits.memory), name if fresh else None)
    pool = Counting()
    with closing(Store(known, name)) as opened:
        job = Job(DEFAULT, pack, known)
        outcomes = list(ArchiveRun(find(archive), job, pool, opened).outcomes())
    return outcomes, sorted(pool.read)


def codes(outcomes: list[Outcome]) -> dict[str, str]:
    return {one.source: str(row["code"]) for one in outcomes for name, row in one.rows if name == "problems"}


# -- what is kept -------------------------------------------------------------------------------


def test_only_what_is_new_or_changed_is_read(tmp_path):
    archive, store = reports(tmp_path / "archive", 3), tmp_path / "store"
    first, read = run(archive, store)
    assert read == ["000.txt", "001.txt", "002.txt"]
    assert run(archive, store) == (first, [])
    (archive / "001.txt").rename(archive / "moved.txt")
    with (archive / "002.txt").open("a", encoding="utf-8") as file:
        file.write("ต่อท้าย")
    changed, read = run(archive, store)
    assert read == ["002.txt"]
    assert [one.source for one in changed] == ["000.txt", "002.txt", "moved.txt"]
    assert changed[2].kept == first[1].kept  # the row names the place where the file lies now


def test_a_file_of_the_same_size_and_time_whose_bytes_changed_a_moment_ago_is_read(tmp_path):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    path = archive / "000.txt"
    os.utime(path)
    run(archive, store)
    found = path.stat()
    path.write_bytes(path.read_bytes()[:-2] + b"7\n")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert run(archive, store)[1] == ["000.txt"]


def test_another_program_and_a_fresh_run_read_everything(tmp_path):
    archive, store = reports(tmp_path / "archive", 2), tmp_path / "store"
    first, _ = run(archive, store)
    assert run(archive, store, how="2")[1] == ["000.txt", "001.txt"]
    assert run(archive, store, fresh=True) == (first, ["000.txt", "001.txt"])
    assert run(archive, store)[1] == []


def test_the_same_bytes_under_two_names_are_read_once(tmp_path):
    archive = reports(tmp_path / "archive", 1)
    (archive / "copy.txt").write_bytes((archive / "000.txt").read_bytes())
    outcomes, _ = run(archive, tmp_path / "store")
    assert codes(outcomes) == {"copy.txt": "duplicate_file"}


def test_a_store_that_is_damaged_is_put_aside(tmp_path):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    store.write_bytes(b"no database " * 500)
    assert run(archive, store)[1] == ["000.txt"]
    assert run(archive, store)[1] == []
    assert (tmp_path / "store.damaged").exists()


def test_a_store_that_cannot_be_had_is_one_message(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="THAITA_CACHE"):
        run(reports(tmp_path / "archive", 1), tmp_path / "file" / "store")


def test_a_store_of_another_form_is_emptied(tmp_path):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    run(archive, store)
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA user_version = 99")
        db.commit()
    assert run(archive, store)[1] == ["000.txt"]


# -- the same report in two formats -------------------------------------------------------------


def test_a_report_in_two_formats_and_in_two_versions_is_said(tmp_path):
    for name in ("01_pakkhwae.txt", "01_pakkhwae.docx", "word/01_pakkhwae.pdf", "02_banklang.txt"):
        (tmp_path / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    text = (SAMPLES / "01_pakkhwae.txt").read_text(encoding="utf-8")
    (tmp_path / "later.txt").write_text(
        re.sub(r"\b[๐-๙]{2}[.][๐-๙]{2}\b", "๕๕.๕๕", text, count=1), encoding="utf-8"
    )
    with LocalPool(2, LIMITS) as pool, closing(Store(Known(None, "", "off", (1.0, 1)), "")) as store:
        outcomes = list(ArchiveRun(find(tmp_path), JOB, pool, store).outcomes())
    assert codes(outcomes) == {
        "01_pakkhwae.pdf": "same_report",
        "01_pakkhwae.txt": "same_report",
        "later.txt": "other_version",
    }
    first = outcomes[0].report_id
    assert [one.same_as for one in outcomes] == [None, first, first, None, None]


# -- processes that die, files that change ------------------------------------------------------


def test_a_process_that_is_killed_costs_no_report(tmp_path):
    archive = reports(tmp_path, 6)
    tasks = [(i, one.path, None) for i, one in enumerate(find(archive))]
    done = {}
    with LocalPool(2, LIMITS) as pool:
        for number, result in pool.results(JOB, tasks):
            done[number] = result
            for hand in pool._all:
                if len(done) == 1 and hand._worker.process is not None:
                    hand._worker.process.kill()
    assert sorted(done) == list(range(6))
    assert all(result.kept and not result.failed for result in done.values())


def test_a_file_that_hangs_is_tried_twice_and_costs_one_report(tmp_path):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    (archive / "000.pdf").write_bytes(next(iter(ENDLESS.values()))())
    limits = Limits(seconds=2)

    def again(limits: Limits) -> tuple[dict[str, str], float]:
        known = Known(store, "", "off", (limits.seconds, limits.memory))
        started = time.monotonic()
        with LocalPool(2, limits) as pool, closing(Store(known, "")) as opened:
            found = ArchiveRun(find(archive), Job(DEFAULT, pack, known), pool, opened).outcomes()
            return codes(list(found)), time.monotonic() - started

    said, seconds = again(limits)
    assert said == {"000.pdf": "too_complex"}
    assert seconds > 2 * limits.seconds
    assert again(limits)[1] < limits.seconds  # it is not tried in every run
    said, seconds = again(Limits(seconds=2.5))
    assert said == {"000.pdf": "too_complex"}
    assert seconds > 2 * 2.5  # but with more time it is


def test_a_file_that_grows_while_it_is_read_is_said(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(30_000_000))
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        with pytest.raises(UnreadableFileError, match="changed") as error:
            contents(path)
    finally:
        stop.set()
        thread.join()
    assert error.value.code == "changed"


def test_a_file_too_large_is_not_opened(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2 * 1024**3)
    result = perform(JOB, tmp_path / "a.txt")
    assert result.problem.code == "too_large"
    assert result.sha256 is None
    assert MAX_BYTES < 2 * 1024**3


def test_a_stamp_is_of_files_that_are_finished_only(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    assert stamp_of(path) is None
    os.utime(path, (OLD, OLD))
    assert stamp_of(path) is not None


# -- runs that are stopped ----------------------------------------------------------------------


def command(archive: Path, dataset: Path, cache: Path, *more: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "thaita", "extract", archive, "-o", dataset, *more]
    return subprocess.Popen(line, env={**os.environ, "THAITA_CACHE": str(cache)}, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said.decode()


def dataset_bytes(dataset: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in dataset.iterdir()}


def kept_results(cache: Path) -> int:
    try:
        with closing(sqlite3.connect(cache / "results.sqlite3", timeout=30)) as db:
            return db.execute("SELECT count(*) FROM results").fetchone()[0]
    except sqlite3.Error:
        return 0


def wait_for(count: int, cache: Path) -> None:
    deadline = time.monotonic() + 60
    while kept_results(cache) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    assert kept_results(cache) >= count


def test_a_run_that_is_killed_goes_on_and_gives_the_same_bytes(tmp_path):
    archive = reports(tmp_path / "archive", 60)
    assert finished(command(archive, tmp_path / "whole", tmp_path / "cache1", "--workers", "1"))[0] == 0
    chance, cache = random.Random(7), tmp_path / "cache2"
    for _ in range(2):
        process = command(archive, tmp_path / "d", cache, "--workers", "2")
        wait_for(kept_results(cache) + 1, cache)
        time.sleep(chance.random() / 2)
        process.kill()
        finished(process)
        assert not (tmp_path / "d").exists()
    before = kept_results(cache)
    assert 0 < before < 60
    assert finished(command(archive, tmp_path / "d", cache))[0] == 0
    assert dataset_bytes(tmp_path / "d") == dataset_bytes(tmp_path / "whole")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_ends_its_processes_and_keeps_what_it_read(tmp_path, sent, status):
    archive, cache = reports(tmp_path / "archive", 3), tmp_path / "cache"
    (archive / "000.pdf").write_bytes(next(iter(ENDLESS.values()))())
    process = command(archive, tmp_path / "d", cache)
    wait_for(3, cache)
    process.send_signal(sent)
    assert finished(process)[0] == status
    assert not [path for path in tmp_path.iterdir() if path.name not in ("archive", "cache")]
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    assert not [line for line in listed.splitlines() if line.split()[0] == str(process.pid)]


def test_a_run_that_fails_halfway_ends_its_processes_and_its_waiting_tasks(tmp_path):
    archive = reports(tmp_path, 12)
    with LocalPool(1, LIMITS) as pool:
        results = pool.results(JOB, [(i, one.path, None) for i, one in enumerate(find(archive))])
        next(results)
    assert all(hand._worker.process is None for hand in pool._all)


def test_progress_counts_every_file(tmp_path):
    archive, seen = reports(tmp_path / "archive", 3), list[Progress]()
    (archive / "bad.txt").touch()
    with closing(Store(Known(None, "", "off", (1.0, 1)), "")) as store:
        list(ArchiveRun(find(archive), JOB, Serial(), store, seen.append).outcomes())
    assert [(one.done, one.total) for one in seen] == [(i, 4) for i in range(1, 5)]
    assert seen[-1].failed == 1
