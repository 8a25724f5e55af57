"""Duration and memory of `thaita report` on a large dataset, and the size of the site.

usage: python benchmarks/site_speed.py [--reports N] [--years Y]

Reads the project's samples and writes a dataset of N reports (default 2,000) that repeats them with other
ids, sources and provinces, for agencies with Y years each (default 2). Runs the command on it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from check_speed import outcomes

from thaita.corpus.run.outcomes import Outcome
from thaita.normalize.place_names import place_names
from thaita.out.export import write_dataset


def of_agencies(reports: int, years: int) -> Iterator[Outcome]:
    """Yield `reports` reports; those of an agency are one round of all agencies apart, as in folders by year."""
    provinces = [(name, codes[0]) for name, codes in sorted(place_names("province").items())]
    agencies = max(reports // years, 1)
    for i, outcome in enumerate(outcomes(reports)):
        number, year = i % agencies, 2563 + i // agencies
        name, code = provinces[number % len(provinces)]
        changed = {
            "agency_id": f"a{number:012x}",
            "fiscal_year": year,
            "province": name,
            "province_code": code,
        }
        rows = tuple(
            (
                table,
                {
                    column: changed.get(column, value) if value is not None else None
                    for column, value in row.items()
                },
            )
            if table in ("reports", "scores")
            else (table, row)
            for table, row in outcome.rows
        )
        yield replace(outcome, rows=rows)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--years", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        dataset, site = Path(name) / "dataset", Path(name) / "site"
        totals = write_dataset(dataset, of_agencies(asked.reports, asked.years))
        print(f"{totals.reports} reports, {sum(totals.rows.values())} rows")
        command = "from thaita.cli.report import report; report()"
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", command, dataset, "-o", site], check=True)
        seconds = time.perf_counter() - started
        sizes = {path: path.stat().st_size for path in site.rglob("*.html")}
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{seconds:.1f} s  {asked.reports / seconds:.0f} reports/s  peak {peak:.0f} MiB")
        print(
            f"{len(sizes)} pages, {sum(sizes.values()) / 2**20:.1f} MiB;"
            f" overview {sizes[site / 'index.html'] / 1024:.0f} KiB"
        )


if __name__ == "__main__":
    main()
