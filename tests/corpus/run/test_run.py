"""Runs over many files: crashed processes, stopped runs, stored results, and the same bytes in every case."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from support.hostile_pdfs import ENDLESS
from support.kept_workers import own_workers
from support.own_recognizer import HELD
from support.paths import ROOT, TESTS
from support.serial import SerialPool

from thaita.corpus.discover import find_files as find
from thaita.corpus.run import task
from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.outcomes import ArchiveRun, Outcome, Progress
from thaita.corpus.run.pool import LocalPool
from thaita.corpus.run.result_lookup import ResultLookup, _connection
from thaita.corpus.run.result_store import Store
from thaita.corpus.run.task import MAX_BYTES, Job, contents, read_archive_file, stamp_of
from thaita.extract.options import DEFAULT
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.records import Reading, Report
from thaita.out.export import outcome_rows
from thaita.out.tables.packed_rows import pack

SAMPLES = ROOT / "corpus" / "samples"
JOB = Job(DEFAULT, pack)
OLD = time.time() - 100


@pytest.fixture
def own_processes():
    """Let pools end their processes, as outside of tests."""
    with own_workers():
        yield


def reports(folder: Path, count: int) -> Path:
    """Write reports that differ by a line, old enough to count as finished."""
    text = (SAMPLES / "01_pakkhwae.txt").read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    for i in range(count):
        path = folder / f"{i:03d}.txt"
        path.write_text(f"{text}\n{i}\n", encoding="utf-8")
        os.utime(path, (OLD, OLD))
    return folder


class Counting(SerialPool):
    """Runs the tasks one after the other, the last first; `read` lists those whose bytes were not known."""

    def __init__(self):
        self.read = []

    def results(self, job, tasks):
        for number, place, stamp in reversed(list(tasks)):
            result = read_archive_file(job, place, stamp)
            if not result.known:
                self.read.append(Path(place).name)
            yield number, result


def run(archive: Path, store: Path, *, how: str = "1", fresh: bool = False, limits: Limits = LIMITS):
    """Return the outcomes of a run, and which files it read."""
    name = os.urandom(4).hex()
    known = ResultLookup(store, how, "off", limits, name if fresh else None)
    pool = Counting()
    with closing(Store(known, name)) as opened:
        job = Job(DEFAULT, pack, known)
        outcomes = list(ArchiveRun(find(archive), job, pool, opened).outcomes())
    return outcomes, sorted(pool.read)


def codes(outcomes: list[Outcome]) -> dict[str, str]:
    return {one.source: str(row["code"]) for one in outcomes for name, row in one.rows if name == "problems"}


# -- what is kept -------------------------------------------------------------------------------


def test_only_new_and_changed_files_are_read(tmp_path):
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
    assert changed[2].kept == first[1].kept  # the row names the current place of the file


def test_a_file_of_the_same_size_and_time_whose_bytes_changed_a_moment_ago_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(task, "_SETTLE_SECONDS", 3600.0)  # the moment lasts as long as the test
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


def close_store(store: Path) -> None:
    """Leave the store as a run in another process does: a single file that nobody has open."""
    _connection.cache_clear()
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def damage_everything(store: Path) -> None:
    store.write_bytes(b"no database " * 500)


def damage_a_page(store: Path) -> None:
    """Overwrite the middle of the file, which still opens."""
    data = bytearray(store.read_bytes())
    data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    store.write_bytes(data)


def cut_off(store: Path) -> None:
    store.write_bytes(store.read_bytes()[:5000])


def change_a_result(store: Path) -> None:
    """Change bytes of a result without the database noticing."""
    with closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE results SET kept = CAST(x'00' || substr(kept, 2) AS BLOB)")
        db.commit()


def other_tables(store: Path) -> None:
    with closing(sqlite3.connect(store)) as db:
        db.executescript("DROP TABLE results; CREATE TABLE results (sha256 TEXT)")


@pytest.mark.parametrize(
    ("harm", "aside"),
    [
        (damage_everything, True),
        (damage_a_page, True),
        (cut_off, True),
        (other_tables, True),
        (change_a_result, False),  # that result is created again, the others stay
    ],
)
def test_a_damaged_store_does_not_stop_a_run(tmp_path, harm, aside):
    archive, store = reports(tmp_path / "archive", 2), tmp_path / "store"
    whole, _ = run(archive, store)
    close_store(store)
    harm(store)
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        first, read = run(archive, store)
        second, _ = run(archive, store)  # a store damaged further inside is moved aside at the end of a run
    assert first == second == whole
    assert read == ["000.txt", "001.txt"]
    assert run(archive, store) == (whole, [])
    assert (tmp_path / "store.damaged").exists() == aside


def test_a_run_continues_without_an_unavailable_store(tmp_path):
    archive = reports(tmp_path / "archive", 2)
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "file" / "store", tmp_path / "folder", Path("/dev/full")):
        with pytest.warns(UserWarning, match="THAITA_CACHE"):
            assert len(run(archive, place)[1]) == 2


def test_a_run_continues_when_the_store_fails(tmp_path):
    archive, path = reports(tmp_path / "archive", 4), tmp_path / "store"
    known, said = ResultLookup(path, "1", "off"), list[str]()

    class Locking(SerialPool):
        """Another program makes the store read-only after two results."""

        def results(self, job, tasks):
            for number, result in super().results(job, tasks):
                if number == 2:
                    opened._db.execute("PRAGMA query_only = ON")
                yield number, result

    with closing(Store(known, "", said.append)) as opened:
        outcomes = list(ArchiveRun(find(archive), Job(DEFAULT, pack), Locking(), opened).outcomes())
    assert [one.was_read for one in outcomes] == [True] * 4
    assert len(said) == 1
    assert run(archive, path)[1] == ["002.txt", "003.txt"]


def test_a_store_with_another_schema_version_is_emptied(tmp_path):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    run(archive, store)
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA user_version = 99")
        db.commit()
    assert run(archive, store)[1] == ["000.txt"]


# -- the same report in two formats -------------------------------------------------------------


def test_a_report_in_two_formats_or_versions_is_reported(tmp_path):
    for name in ("01_pakkhwae.txt", "01_pakkhwae.docx", "word/01_pakkhwae.pdf", "02_banklang.txt"):
        (tmp_path / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    text = (SAMPLES / "01_pakkhwae.txt").read_text(encoding="utf-8")
    (tmp_path / "later.txt").write_text(
        re.sub(r"\b[๐-๙]{2}[.][๐-๙]{2}\b", "๕๕.๕๕", text, count=1), encoding="utf-8"
    )
    with closing(Store(ResultLookup(None, "", "off"), "")) as store:
        outcomes = list(ArchiveRun(find(tmp_path), JOB, SerialPool(), store).outcomes())
    assert codes(outcomes) == {
        "01_pakkhwae.pdf": "same_report",
        "01_pakkhwae.txt": "same_report",
        "later.txt": "other_version",
    }
    first = outcomes[0].report_id
    assert [one.same_as for one in outcomes] == [None, first, first, None, None]


# -- processes that die, files that change ------------------------------------------------------


@pytest.fixture
def quick_job(monkeypatch):
    """Return a job whose processes return an empty reading of each file, because only they are tested."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(TESTS), str(Path(__file__).parent))))
    return Job(DEFAULT, pack, None, empty_reading)


def empty_reading(data: bytes, source: str, *_: object) -> Reading:
    """Return a reading that says nothing but which file it is of."""
    ids = {"report_id": str(len(data)), "source": source, "sha256": "0", "media_type": "text/plain"}
    return Reading(report=Report(**ids))


@pytest.mark.usefixtures("own_processes")
def test_a_killed_process_loses_no_report(tmp_path, quick_job):
    archive = reports(tmp_path, 6)
    tasks = [(i, one.path, None) for i, one in enumerate(find(archive))]
    done = {}
    with LocalPool(2, LIMITS) as pool:
        for number, result in pool.results(quick_job, tasks):
            done[number] = result
            for hand in pool._all:
                if len(done) == 1 and hand._worker.process is not None:
                    hand._worker.process.kill()
    assert sorted(done) == list(range(6))
    assert all(result.kept and not result.failed for result in done.values())


def test_a_file_that_never_ends_is_tried_once_and_loses_one_report(tmp_path):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    run(archive, store, how="")  # only the endless file meets the limits below
    (archive / "000.pdf").write_bytes(next(iter(ENDLESS.values()))())
    os.utime(archive / "000.pdf", (OLD, OLD))

    def again(seconds: float) -> tuple[dict[str, str], int]:
        known, seen = ResultLookup(store, "", "off", Limits(seconds=seconds)), list[Progress]()
        with LocalPool(1, known.limits) as pool, closing(Store(known, "")) as opened:
            job = Job(DEFAULT, pack, known)
            return codes(list(ArchiveRun(find(archive), job, pool, opened, seen.append).outcomes())), seen[
                -1
            ].known

    assert again(1) == ({"000.pdf": "too_complex"}, 1)
    assert again(1) == ({"000.pdf": "too_complex"}, 2)  # it is not tried in every run
    assert again(1.5) == ({"000.pdf": "too_complex"}, 1)  # but it is with more time


def waiting(*_: object) -> Reading:
    """Read like a process whose file is on a server that does not answer: wait without computing."""
    threading.Event().wait()
    raise AssertionError


def test_a_result_ended_by_the_wall_clock_is_not_stored(tmp_path, monkeypatch):
    archive, store = reports(tmp_path / "archive", 1), tmp_path / "store"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT / "tests"), str(Path(__file__).parent))))
    monkeypatch.setattr(Limits, "patience", 1.0)
    known = ResultLookup(store, "", "off")
    with LocalPool(1, LIMITS) as pool, closing(Store(known, "")) as opened:
        job = Job(DEFAULT, pack, known, waiting)
        assert codes(list(ArchiveRun(find(archive), job, pool, opened).outcomes())) == {
            "000.txt": "timed_out"
        }
    monkeypatch.undo()
    assert run(archive, store, how="")[1] == ["000.txt"]


def test_page_and_pixel_limits_keep_the_pages_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes((SAMPLES / "word" / "01_pakkhwae.pdf").read_bytes())
    os.utime(tmp_path / "a.pdf", (OLD, OLD))

    def read(limits: Limits) -> tuple[dict[str, str], bool]:
        known = ResultLookup(tmp_path / "store", "", DEFAULT.ocr, limits)
        with LocalPool(1, limits) as pool, closing(Store(known, "")) as opened:
            (one,) = ArchiveRun(find(tmp_path / "a.pdf"), Job(DEFAULT, pack, known), pool, opened).outcomes()
            problems = [row for name, row in outcome_rows(one) if name == "problems"]
            return [row["code"] for row in problems if row["severity"] == "warning"]

    assert "too_many_pages" in read(Limits(pages=1))
    assert "too_many_pages" not in read(LIMITS)  # a wider limit reads it again
    assert "too_many_pages" not in read(Limits(pages=1))  # completely read files stay


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path, quick_job):
    found = find(reports(tmp_path / "archive", 2))
    (tmp_path / "archive" / "000.txt").unlink()
    os.mkfifo(tmp_path / "archive" / "000.txt")
    with LocalPool(1, LIMITS) as pool:
        results = dict(pool.results(quick_job, [(i, one.path, None) for i, one in enumerate(found)]))
    assert (results[0].problem.code, results[1].problem) == ("not_a_file", None)


@pytest.mark.parametrize("place", ["/proc/kmsg", "/dev/zero", "/dev/tty", "/proc/self/mem", "/sys"])
def test_devices_and_pipes_are_rejected_without_waiting(place):
    if not Path(place).exists():
        pytest.skip("this system has no such place")
    result = read_archive_file(JOB, Path(place))
    assert result.problem.code in ("not_a_file", "io_error", "no_permission", "empty")


def test_a_link_that_replaces_a_file_is_not_followed(tmp_path):
    found = find(reports(tmp_path / "archive", 1))
    (tmp_path / "archive" / "000.txt").unlink()
    (tmp_path / "archive" / "000.txt").symlink_to(SAMPLES / "02_banklang.txt")
    assert read_archive_file(JOB, found[0].path).problem.code == "not_a_file"


def test_a_file_that_grows_while_it_is_read_is_reported(tmp_path):
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


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2 * 1024**3)
    result = read_archive_file(JOB, tmp_path / "a.txt")
    assert result.problem.code == "too_large"
    assert result.sha256 is None
    assert MAX_BYTES < 2 * 1024**3


def test_only_finished_files_have_a_stamp(tmp_path, monkeypatch):
    monkeypatch.setattr(task, "_SETTLE_SECONDS", 3600.0)
    path = tmp_path / "a.txt"
    path.touch()
    assert stamp_of(path) is None
    os.utime(path, (0, 0))
    assert stamp_of(path) is not None


# -- runs that are stopped ----------------------------------------------------------------------


def command(archive: Path, dataset: Path, cache: Path, *more: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "thaita", "extract", archive, "-o", dataset, "--ocr", HELD, *more]
    own = {
        "THAITA_CACHE": str(cache),
        "THAITA_TEST_GATE": str(archive.parent / "gate"),
        "PYTHONPATH": str(TESTS),
    }
    return subprocess.Popen(line, env={**os.environ, **own}, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=600)
    return process.returncode, said.decode()


def dataset_bytes(dataset: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in dataset.iterdir()}


def kept_results(cache: Path) -> int:
    try:
        with closing(sqlite3.connect(cache / "results.sqlite3", timeout=30)) as db:
            return db.execute("SELECT count(*) FROM results").fetchone()[0]
    except sqlite3.Error:
        return 0


def wait_for(count: int, cache: Path, run: subprocess.Popen[bytes]) -> None:
    """Wait until a number of results are stored, or the run ends."""
    while kept_results(cache) < count and run.poll() is None:
        time.sleep(0.05)
    assert kept_results(cache) >= count


@pytest.mark.long
def test_a_killed_run_resumes_and_gives_the_same_bytes(tmp_path):
    archive, cache, gate = reports(tmp_path / "archive", 8), tmp_path / "cache2", tmp_path / "gate"
    Image.new("L", (800, 1100), 255).save(archive / "000.png", dpi=(100, 100))
    assert finished(command(archive, tmp_path / "whole", tmp_path / "cache1", "--workers", "1"))[0] == 0
    gate.touch()  # no run ends before it is killed
    for count in (1, 3):
        process = command(archive, tmp_path / "d", cache, "--workers", "2")
        wait_for(count, cache, process)
        process.kill()
        finished(process)
        assert not (tmp_path / "d").exists()
    assert 3 <= kept_results(cache) <= 8
    gate.unlink()
    assert finished(command(archive, tmp_path / "d", cache, "--workers", "1"))[0] == 0
    assert dataset_bytes(tmp_path / "d") == dataset_bytes(tmp_path / "whole")


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_a_stopped_run_ends_its_processes_and_stores_its_results(tmp_path, sent, status):
    archive, cache = reports(tmp_path / "archive", 3), tmp_path / "cache"
    (archive / "last.pdf").write_bytes(next(iter(ENDLESS.values()))())
    process = command(archive, tmp_path / "d", cache, "--workers", "1")
    wait_for(3, cache, process)
    process.send_signal(sent)
    assert finished(process)[0] == status
    assert not [path for path in tmp_path.iterdir() if path.name not in ("archive", "cache")]
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    assert not [line for line in listed.splitlines() if line.split()[0] == str(process.pid)]


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command_blocked_in_native_code(sent, status):
    """Native code runs no handler before it ends, and neither does this process, whose handlers do nothing."""
    held = (
        "import signal, time; from thaita.cli.signals import end_on_signals; end_on_signals()\n"
        "for one in (signal.SIGINT, signal.SIGTERM): signal.signal(one, lambda *_: None)\n"
        "print('held', flush=True)\n"
        "while True: time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        process.send_signal(sent)
        assert (process.communicate(timeout=600)[1], process.returncode) == (b"stopped\n", status)


@pytest.mark.usefixtures("own_processes")
def test_a_run_that_fails_halfway_ends_its_processes_and_its_waiting_tasks(tmp_path, quick_job):
    archive = reports(tmp_path, 12)
    with LocalPool(1, LIMITS) as pool:
        results = pool.results(quick_job, [(i, one.path, None) for i, one in enumerate(find(archive))])
        next(results)
    assert all(hand._worker.process is None for hand in pool._all)


def test_progress_counts_every_file(tmp_path):
    archive, seen = reports(tmp_path / "archive", 3), list[Progress]()
    (archive / "bad.txt").touch()
    with closing(Store(ResultLookup(None, "", "off"), "")) as store:
        list(ArchiveRun(find(archive), JOB, SerialPool(), store, seen.append).outcomes())
    assert [(one.done, one.total) for one in seen] == [(i, 4) for i in range(1, 5)]
    assert seen[-1].failed == 1
