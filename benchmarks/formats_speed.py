"""How long a dataset takes to be written in every form, and how much memory.

usage: python benchmarks/formats_speed.py [--rows N] [--whole]

Writes a dataset that repeats the project's samples under other ids, in each form alone and in all together, in
a process of its own each time, and prints seconds and peak memory (of the largest of its processes). As told,
every table has N rows (100,000) at most; with --whole, so many rows of all tables together are written as they come.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from check_speed import outcomes

from thaita.corpus.run.outcomes import Outcome
from thaita.out.export import write_dataset
from thaita.out.tables.formats import FORMATS


def limited(rows: int, *, whole: bool) -> Iterator[Outcome]:
    """Yield outcomes until every table, or all together, has as many rows; a full table gets no more."""
    written: Counter[str] = Counter()
    full: set[str] = set()
    for outcome in outcomes(10**9, full):
        written.update(name for name, _ in outcome.rows)
        yield outcome
        if not whole:
            full |= {name for name, count in written.items() if count >= rows}
            if "measures" in full:  # steps of measures that are left out would refer to nothing
                full |= {"measure_steps", "measure_owners"}
        if (written.total() if whole else written["reports"]) >= rows:
            return


def run(rows: int, forms: str, *, whole: bool) -> None:
    """Write the dataset in this process, and print what it took."""
    with tempfile.TemporaryDirectory() as name:
        given = list(limited(rows, whole=whole)) if whole else limited(rows, whole=whole)
        started = time.perf_counter()
        totals = write_dataset(Path(name) / "dataset", given, forms.split(","))
        seconds = time.perf_counter() - started
    peak = (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024
    )
    print(
        f"{forms:30} {seconds:6.1f} s  peak {peak:5.0f} MiB  {sum(totals.rows.values()):,} rows", flush=True
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--forms")
    given = parser.parse_args()
    if given.forms:
        run(given.rows, given.forms, whole=given.whole)
        return
    for forms in (*FORMATS, ",".join(FORMATS)):
        whole = ["--whole"] if given.whole else []
        command = [sys.executable, __file__, "--rows", str(given.rows), "--forms", forms, *whole]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
