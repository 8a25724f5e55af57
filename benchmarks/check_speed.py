"""Duration and memory of `thaita check` on a dataset of many reports.

usage: python benchmarks/check_speed.py [--reports N]

Reads the project's samples and writes a dataset of N reports (default 10,000) that repeats them with other
ids, agencies and sources. Runs the command on it twice, for a table and for JSON.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import thaita
from thaita.corpus.run.outcomes import Outcome
from thaita.models.records import Reading
from thaita.models.rows import rows
from thaita.out.export import write_dataset

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"


def outcomes(count: int, left_out: Collection[str] = ()) -> Iterator[Outcome]:
    """Yield the rows of `count` reports: the samples in turn, each with its own id and agency.

    Tables in `left_out`, which may change during iteration, are skipped.
    """
    readings = [thaita.read(path) for path in sorted(SAMPLES.glob("*.txt"))]
    templates = [(reading, list(rows(reading))) for reading in readings]
    for i in range(count):
        reading, all_rows = templates[i % len(templates)]
        yield Outcome(
            f"{i:06}.txt",
            tuple(renamed(reading, [pair for pair in all_rows if pair[0] not in left_out], i)),
            was_read=True,
        )


def renamed(reading: Reading, all_rows: list, number: int) -> Iterator[tuple[str, dict]]:
    """Yield a report's rows with another id, source and agency."""
    old, new = reading.report.report_id, f"r{number:016x}"
    agency = reading.report.agency or "?"
    for table, row in all_rows:
        changed = {
            column: value.replace(old, new).replace(agency, f"{agency}{number}")
            if isinstance(value, str)
            else value
            for column, value in row.items()
        }
        if table == "reports":
            changed["source"] = f"{number:06}.txt"
        yield table, changed


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    count = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as name:
        dataset = Path(name) / "dataset"
        totals = write_dataset(dataset, outcomes(count))
        print(f"{totals.reports} reports, {sum(totals.rows.values())} rows")
        for form in ("table", "json"):
            command = [
                sys.executable,
                "-m",
                "thaita",
                "check",
                str(dataset),
                "--format",
                form,
                "--lang",
                "en",
            ]
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            seconds = time.perf_counter() - started
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{form:6} {seconds:6.1f} s  {count / seconds:6.0f} reports/s  peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
