"""Duration and memory of writing a dataset in every format.

usage: python benchmarks/formats_speed.py [--rows N] [--whole]

Writes a dataset that repeats the project's samples with other ids, in each format alone and in all together,
each time in a separate process. Prints seconds and peak memory (of the largest process). Every table has at
most N rows (100,000); with --whole, that is the number of rows of all tables together.
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
    """Yield outcomes until every table, or all together, has enough rows; a full table gets no more."""
    written: Counter[str] = Counter()
    full: set[str] = set()
    for outcome in outcomes(10**9, full):
        written.update(name for name, _ in outcome.rows)
        yield outcome
        if not whole:
            full |= {name for name, count in written.items() if count >= rows}
            if "measures" in full:  # steps of omitted measures would refer to nothing
                full |= {"measure_steps", "measure_owners"}
        if (written.total() if whole else written["reports"]) >= rows:
            return


def run(rows: int, forms: str, *, whole: bool) -> None:
    """Write the dataset in this process, and print duration and memory."""
    with tempfile.TemporaryDirectory() as name:
        options = list(limited(rows, whole=whole)) if whole else limited(rows, whole=whole)
        started = time.perf_counter()
        totals = write_dataset(Path(name) / "dataset", options, forms.split(","))
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
    options = parser.parse_args()
    if options.forms:
        run(options.rows, options.forms, whole=options.whole)
        return
    for forms in (*FORMATS, ",".join(FORMATS)):
        whole = ["--whole"] if options.whole else []
        command = [sys.executable, __file__, "--rows", str(options.rows), "--forms", forms, *whole]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
