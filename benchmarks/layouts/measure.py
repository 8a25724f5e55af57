"""Measure thaita on generated reports: write them, extract them, compare with their gold.

usage: python benchmarks/layouts/measure.py --forms check --seed 1 --count 300 [--keep FOLDER]

For `fit` and `check` the table of `thaita evaluate` is printed, with the worst classes by form; with `--keep` the
documents, gold and dataset stay in a folder. Reports of `last` are deleted and only the summary is printed, so
that nobody tunes on them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bank import SPLITS
from generate import generate

PROGRAM = [str(Path(sys.executable).with_name("thaita"))]


def measure(seed: int, count: int, split: str, folder: Path) -> int:
    """Write, extract and compare. Returns the exit status of the comparison."""
    generate(seed, count, split, folder)
    dataset = folder / "dataset"
    done = subprocess.run(
        [*PROGRAM, "extract", str(folder / "documents"), "-o", str(dataset)],
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stderr[-2000:] if done.returncode not in (0, 1) else "", end="", file=sys.stderr)
    worst = ["--worst", "20"] if split != "last" else []
    return subprocess.run(
        [*PROGRAM, "evaluate", str(dataset), str(folder / "gold"), "--summary", *worst], check=False
    ).returncode


def main() -> int:
    """Run the command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--forms", choices=SPLITS, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.keep and given.forms == "last":
        parser.error("reports of last are never kept")
    if given.keep:
        return measure(given.seed, given.count, given.forms, given.keep)
    with tempfile.TemporaryDirectory() as name:
        return measure(given.seed, given.count, given.forms, Path(name))


if __name__ == "__main__":
    sys.exit(main())
