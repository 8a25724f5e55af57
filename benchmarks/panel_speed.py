"""Duration of the panel of national volumes, and whether it gives the planted national figures.

usage: python benchmarks/panel_speed.py [--agencies N] [--years Y] [--keep FOLDER]

Writes a workbook with the results of N agencies (default 8,300) for each of Y years (default 3), reads them with
`thaita extract`, and compares the mean and the numbers by type and level of the panel with those of the workbooks.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

from pandas import DataFrame
from volumes import Result, agencies, volume, write_volume

import thaita
from thaita.corpus.discover import find_files
from thaita.corpus.run.limits import Limits
from thaita.corpus.run.run import Plan, outcomes
from thaita.extract.options import PdfOptions
from thaita.out.export import write_dataset
from thaita.out.tables.coverage import coverage, national_comparison
from thaita.out.tables.packed_rows import pack
from thaita.out.tables.panel import wide_panel
from thaita.out.tables.panel_agencies import with_canonical_ids
from thaita.out.tables.panel_values import panel_values

T = TypeVar("T")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, default=8_300)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        planted = _write(folder / "archive", asked.agencies, asked.years)
        started = time.perf_counter()
        if not (folder / "dataset").exists():
            with outcomes(
                find_files(folder / "archive"),
                Plan(PdfOptions(), limits=Limits(seconds=1_200), fresh=True),
                pack,
            ) as found:
                write_dataset(folder / "dataset", found)
        print(f"extract {time.perf_counter() - started:.1f} s")
        tables = _timed("load", lambda: thaita.load(folder / "dataset"))
        tables = _timed("agencies", lambda: with_canonical_ids(tables))
        values = _timed(f"values of {len(tables['scores']):,} scores", lambda: panel_values(tables))
        wide = _timed("panel", lambda: wide_panel(tables, values))
        _timed("coverage", lambda: coverage(wide, values))
        _timed("national comparison", lambda: national_comparison(tables, wide))
        for year, results in planted.items():
            _compare(wide.xs(year, level="fiscal_year"), results)


def _timed(what: str, call: Callable[[], T]) -> T:
    started = time.perf_counter()
    found = call()
    print(f"{what} {time.perf_counter() - started:.1f} s")
    return found


def _write(folder: Path, count: int, years: int) -> dict[int, list]:
    folder.mkdir(parents=True, exist_ok=True)
    random, planted = Random("volumes"), {}
    units = agencies(random, count)
    for year in range(2569 - years, 2569):
        planted[year] = volume(random, units, year)
        if not (folder / f"{year}.xlsx").exists():
            write_volume(folder / f"{year}.xlsx", planted[year], year)
    return planted


def _compare(wide: DataFrame, results: list[Result]) -> None:
    mean = sum(one.overall for one in results) / len(results)
    print(
        f"{results[0].year}: agencies {len(results)} / {len(wide)}, mean {mean:.4f} / {wide['overall_score'].mean():.4f}"
    )
    for name, planted, column in (
        ("types", Counter(one.agency.full.removesuffix(_own(one)) for one in results), wide["agency_type"]),
        ("levels", Counter(one.grade for one in results), wide["grade"]),
    ):
        print(f"  {name}: {sorted(planted.values())} / {sorted(column.value_counts().tolist())}")
    passed = sum(one.overall >= 85 for one in results)
    print(
        f"  at least 85: {passed} / {(wide['overall_score'] >= 85).sum()}; conflicts {(wide['conflicts'] != '').sum()}"
    )


def _own(one: Result) -> str:
    return one.agency.full.removeprefix(
        one.agency.kind if one.agency.kind != "อบจ." else "องค์การบริหารส่วนจังหวัด"
    )


if __name__ == "__main__":
    main()
