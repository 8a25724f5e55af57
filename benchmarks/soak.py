"""Killed runs: whether the resulting dataset is the same as that of an undisturbed run.

usage: python benchmarks/soak.py [--reports N] [--kills N] [--workers N] [--seed N]

Extracts a generated archive of N reports (600) undisturbed. Extracts it again with an empty store, killed
(SIGKILL) at N random moments (20), and then to the end. Finally kills runs as often while they only write the
tables. Prints whether all datasets have the same bytes, and what the kills left behind. The exit status is 1
if they differ.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from archives import make_archive


def start(archive: Path, dataset: Path, cache: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a run."""
    command = [sys.executable, "-m", "thaita", "extract", archive, "-o", dataset, "--workers", str(workers)]
    return subprocess.Popen(
        command, env={**os.environ, "THAITA_CACHE": str(cache)}, stderr=subprocess.DEVNULL
    )


def count_results(cache: Path) -> int:
    """Return the number of results in the store."""
    try:
        with closing(sqlite3.connect(cache / "results.sqlite3", timeout=60)) as db:
            return int(db.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:
        return 0


def contents(dataset: Path) -> dict[str, bytes]:
    """Return the files of a dataset."""
    return {path.name: path.read_bytes() for path in sorted(dataset.iterdir())}


def written_again(archive: Path, root: Path, workers: int, kills: int, rng: random.Random) -> bool:
    """Kill runs that only write, and return whether the dataset had the same bytes after each."""
    wanted = contents(root / "dataset")
    started = time.perf_counter()
    start(archive, root / "dataset", root / "cache", workers).wait()
    whole = time.perf_counter() - started
    broken = 0
    for _ in range(kills):
        process = start(archive, root / "dataset", root / "cache", workers)
        try:
            process.wait(rng.uniform(0.4, 1.05) * whole)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        broken += contents(root / "dataset") != wanted
    start(archive, root / "dataset", root / "cache", workers).wait()
    print(f"killed {kills} times while writing: {broken} times another dataset")
    return not broken and contents(root / "dataset") == wanted


def main() -> int:
    """Print one line for each kill, and the result."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        archive, cache = root / "archive", root / "cache"
        make_archive(archive, options.reports)
        started = time.perf_counter()
        undisturbed = start(archive, root / "whole", root / "cache0", options.workers)
        while undisturbed.poll() is None and not count_results(root / "cache0"):
            time.sleep(0.05)
        first = time.perf_counter() - started
        undisturbed.wait()
        whole = time.perf_counter() - started
        print(f"undisturbed: {whole:.1f} s, {count_results(root / 'cache0')} results")
        started = time.perf_counter()
        for i in range(options.kills):
            process = start(archive, root / "dataset", cache, options.workers)
            # a run that is killed before its first result shows nothing: half of the kills come after it
            wait = rng.uniform(0, 2 * first + 2.2 * (whole - first) / options.kills)
            try:
                process.wait(wait)
                ended = f"was done after less than {wait:.2f} s"
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                ended = f"killed after {wait:.2f} s"
            print(f"{i + 1:2d} {ended}: {count_results(cache)} results stored")
        start(archive, root / "dataset", cache, options.workers).wait()
        print(
            f"killed {options.kills} times and done: {time.perf_counter() - started:.1f} s, {count_results(cache)} results"
        )
        same = contents(root / "whole") == contents(root / "dataset")
        same = written_again(archive, root, options.workers, options.kills, rng) and same
        known = {"archive", "cache", "cache0", "whole", "dataset"}
        left = sorted(path.name for path in root.iterdir() if path.name not in known)
        print(
            "the datasets are the same bytes" if same else "THE DATASETS DIFFER",
            f"| left behind: {left or 'nothing'}",
        )
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
