"""Comparison of datasets from an idle and a busy machine.

usage: python benchmarks/busy.py [--files N] [--loops N] [--workers N] [--seed N]

Creates an archive of N files (2,000): two thirds are reports in mixed formats, one third are files damaged at
random (`tests/fuzz`). Extracts it twice, each time with an empty store: undisturbed, and beside busy loops
(one per core). The exit status is 1 if the datasets differ.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archives import make_archive

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from fuzz.readers import READERS

ENDINGS = {"text": "txt", "docx": "docx", "pdf": "pdf", "picture": "png"}
"""The damaged kinds, and the file extension of each."""


def add_damaged(folder: Path, files: int, seed: int) -> None:
    """Write a number of damaged files below a folder."""
    folder.mkdir(parents=True)
    targets = [target for target in READERS if target.name in ENDINGS]
    for i in range(files):
        target = targets[i % len(targets)]
        (folder / f"{i:05d}.{ENDINGS[target.name]}").write_bytes(target.mutated(i, seed))


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep a number of processes busy."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


def extract(archive: Path, root: Path, name: str, workers: int) -> dict[str, bytes]:
    """Return the files of the dataset that a run with an empty store writes."""
    command = [
        sys.executable,
        "-m",
        "thaita",
        "extract",
        archive,
        "-o",
        root / name,
        "--workers",
        str(workers),
    ]
    started = time.perf_counter()
    done = subprocess.run(
        command,
        env={**os.environ, "THAITA_CACHE": str(root / f"cache-{name}")},
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stderr.strip().splitlines()[-1:]
    print(f"{name}: {time.perf_counter() - started:.0f} s, exit status {done.returncode}: {' '.join(last)}")
    return {path.name: path.read_bytes() for path in sorted((root / name).iterdir())}


def main() -> int:
    """Print one line for each run, and the result."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--loops", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        damaged = options.files // 3
        make_archive(root / "archive", options.files - damaged, options.seed)
        add_damaged(root / "archive" / "damaged", damaged, options.seed)
        idle = extract(root / "archive", root, "idle", options.workers)
        with busy(options.loops):
            loaded = extract(root / "archive", root, "busy", options.workers)
    differ = [name for name in {**idle, **loaded} if idle.get(name) != loaded.get(name)]
    print(f"DIFFERENT: {', '.join(differ)}" if differ else "the datasets are the same bytes")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
