"""Throughput and memory of whole runs over a generated archive, and the duration of a second run.

usage: python benchmarks/archive_speed.py [--reports N] [--workers N …] [--folder FOLDER]

Creates an archive of N reports (10,000) in mixed formats. Extracts it with each number of workers (1 and 2),
first with an empty store and then again. Memory is that of the run and all of its processes, sampled every
second.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archives import make_archive


def memory_of(pid: int) -> tuple[float, float]:
    """Return the memory of a process, and that of its process tree, in MiB; Linux only."""
    below: dict[int, list[int]] = {}
    sizes: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(stat[1]), []).append(int(entry.name))
            sizes[int(entry.name)] = int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    todo, total = [pid], 0.0
    while todo:
        one = todo.pop()
        total += sizes.get(one, 0)
        todo += below.get(one, [])
    return sizes.get(pid, 0.0), total


def extract(
    archive: Path, dataset: Path, cache: Path, workers: int
) -> tuple[float, list[tuple[float, float]]]:
    """Return the duration of a run in seconds, and the memory samples."""
    command = [sys.executable, "-m", "thaita", "extract", archive, "-o", dataset, "--workers", str(workers)]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, "THAITA_CACHE": str(cache)}, stderr=subprocess.DEVNULL
    )
    samples = []
    while process.poll() is None:
        samples.append(memory_of(process.pid))
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            continue
    return time.perf_counter() - started, samples


def figures(samples: list[tuple[float, float]]) -> str:
    """Return the memory of the run and of all processes at five moments, and the maximum."""
    moments = [samples[int((len(samples) - 1) * part)] for part in (0.1, 0.3, 0.5, 0.7, 0.9)]
    own = " ".join(f"{one[0]:.0f}" for one in moments)
    both = " ".join(f"{one[1]:.0f}" for one in moments)
    return f"run {own} (most {max(one[0] for one in samples):.0f}) | all {both} (most {max(one[1] for one in samples):.0f})"


def main() -> None:
    """Print one row for each number of workers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--folder", type=Path, help="folder for the archive and the datasets; default: a temporary folder"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        archive = Path(place) / "archive"
        size = make_archive(archive, options.reports)
        print(f"{options.reports} reports, {size / 2**20:.0f} MiB")
        for workers in options.workers:
            cache, dataset = Path(place) / f"cache{workers}", Path(place) / f"dataset{workers}"
            first, samples = extract(archive, dataset, cache, workers)
            again, more = extract(archive, dataset, cache, workers)
            store = sum(path.stat().st_size for path in cache.iterdir() if path.is_file()) / 2**20
            tables = sum(path.stat().st_size for path in dataset.iterdir()) / 2**20
            print(
                f"workers {workers}: {first:.1f} s, {options.reports / first:.1f} reports/s; again {again:.2f} s, "
                f"{first / again:.0f} times faster; store {store:.0f} MiB, dataset {tables:.0f} MiB"
            )
            print(f"  MiB over the run: {figures(samples)}; again most {max(one[1] for one in more):.0f}")


if __name__ == "__main__":
    main()
