"""How damaged and malicious files are handled, for each reader, in the worker process of a run.

usage: python benchmarks/mutate.py [READER …] [--inputs N] [--seed S] [--seconds T] [--jobs J] [--keep FOLDER]

Each input is a valid file with bytes, words, elements or objects changed (`tests/fuzz`), identical for the
same seed. It is read in a process like that of `thaita extract`, with limits on time and memory, and the
invariants of a reading are checked there. The output shows how many inputs were read and how many refused
with each code, including violated invariants and failures (`internal`) and exceeded limits (`too_complex`),
with the slowest input and the peak resident memory. `--keep` writes inputs that violated an invariant or took
more than 10 seconds to a folder.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.worker_process import Worker
from thaita.extract.readers.errors import UnreadableFileError

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.append(str(TESTS))
from fuzz.holds import Outcome  # noqa: E402 - found only with the path above
from fuzz.readers import READERS, Target  # noqa: E402

BY_NAME = {target.name: target for target in READERS}
USUAL = [target.name for target in READERS if target.name != "picture-tesseract"]
SLOW = 10.0
"""Seconds from which an input counts as slow."""

_STATUS = Path("/proc/self/status")
_REFERENCES = Path("/proc/self/clear_refs")


def outcome(name: str, number: int, seed: int) -> Outcome:
    """Return the outcome of reading an input in this process, whatever the reader raises."""
    data = BY_NAME[name].mutated(number, seed)
    if _REFERENCES.exists():
        _REFERENCES.write_text("5", encoding="ascii")  # the peak is counted from here (proc(5))
    started = time.perf_counter()
    try:
        code, said = BY_NAME[name].check(data), ""
    except MemoryError:
        code, said = "too_complex", "memory"
    except Exception as error:  # errors that no reader may raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        code, said = (
            "internal",
            f"{type(error).__name__}: {str(error)[:150]} ({Path(last.filename).name}:{last.lineno})",
        )
    return Outcome(code, said, time.perf_counter() - started, _peak())


def _peak() -> float:
    """Return the peak of resident memory in MiB; 0 if the system does not report it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="ascii")) if _STATUS.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def outcomes(
    target: Target, inputs: int, seed: int, seconds: float, jobs: int
) -> Iterator[tuple[int, Outcome]]:
    """Yield the outcome of each input, read by `jobs` processes."""
    own, workers = local(), []

    def one(number: int) -> tuple[int, Outcome]:
        if not hasattr(own, "worker"):
            own.worker = Worker(Limits(seconds))
            workers.append(own.worker)
        started = time.perf_counter()
        try:
            return number, own.worker.call(outcome, target.name, number, seed)
        except UnreadableFileError as error:
            return number, Outcome(error.code, str(error), time.perf_counter() - started)

    try:
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(one, range(inputs))
    finally:
        for worker in workers:
            worker.close()


def run(target: Target, options: argparse.Namespace) -> int:
    """Print a row of the table and the failures; return their number."""
    codes: Counter[str] = Counter()
    broken: dict[str, int] = {}
    slowest, peak, started = (0.0, 0), 0.0, time.perf_counter()
    for number, one in outcomes(target, options.inputs, options.seed, options.seconds, options.jobs):
        codes[one.code] += 1
        slowest, peak = max(slowest, (one.seconds, number)), max(peak, one.peak)
        bad = one.code in ("internal", "too_complex")
        if bad:
            broken.setdefault(f"{one.code}: {one.said}", number)
        if options.keep and (bad or one.seconds > SLOW):
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{target.name}-{options.seed}-{number}").write_bytes(
                target.mutated(number, options.seed)
            )
    read, internal, complex_ = (codes.pop(name, 0) for name in ("read", "internal", "too_complex"))
    refused = ", ".join(f"{code} {count:,}" for code, count in codes.most_common())
    print(
        f"{target.name:18} {options.inputs:7,} {read:7,} {sum(codes.values()):8,} {internal:9,} {complex_:12,}"
        f" {slowest[0]:10.1f} {peak:9.0f} {time.perf_counter() - started:8.0f}\n  refused: {refused}; slowest: input {slowest[1]}",
        flush=True,
    )
    for said, number in broken.items():
        print(f"  input {number}: {said}", flush=True)
    return internal + complex_


def main() -> int:
    """Run the benchmark; return 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "readers", nargs="*", help=f"of {', '.join(BY_NAME)}; without, all but those by Tesseract"
    )
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=LIMITS.seconds)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if unknown := set(options.readers) - set(BY_NAME):
        parser.error(f"no reader is called {', '.join(sorted(unknown))}: choose of {', '.join(BY_NAME)}")
    print(
        f"{'reader':18} {'inputs':>7} {'read':>7} {'refused':>8} {'internal':>9} {'too_complex':>12} {'slowest s':>10} {'peak MiB':>9} {'total s':>8}"
    )
    with tempfile.TemporaryDirectory() as cache:  # cached OCR results would not be read again
        os.environ["THAITA_CACHE"] = cache
        os.environ["PYTHONPATH"] = os.pathsep.join(
            filter(None, (str(TESTS), str(Path(__file__).parent), os.environ.get("PYTHONPATH")))
        )
        return int(sum(run(BY_NAME[name], options) for name in options.readers or USUAL) > 0)


if __name__ == "__main__":
    import mutate  # functions sent to another process are found there by their module's name

    sys.exit(mutate.main())
