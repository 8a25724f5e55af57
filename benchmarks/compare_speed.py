"""CPU time and memory of `thaita compare` on records of many agencies.

usage: python benchmarks/compare_speed.py [AGENCIES ...]

Invents agencies, their own reports and a list of all of them, with planted differences, and compares the two. Prints the
CPU seconds of each step and whether the comparison found what was planted. Twice the agencies must not take much
more than twice the time.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.official_archive import YEAR, Archive, Unit, invent
from support.results import report, result, score

from thaita.check.official.compare import Comparison, compare
from thaita.check.official.statement import official_side, own_side
from thaita.models.records import Reading, Report, Result, Score
from thaita.out.official.page import comparison_page
from thaita.out.official.values import as_csv, as_json


def records(of: Report, unit: Unit, row: int, scope: str) -> tuple[Result, list[Score]]:
    """Return the result and the scores of an agency in a document."""
    who = {"scope": scope, "agency_id": f"a{row}", "fiscal_year": YEAR}
    more = {"district": unit.district, "province": unit.province, "grade": unit.grade, "agency_type": None}
    scores = [
        score(of, no, str(one), agency=unit.name, score_id=f"{of.report_id}-s{row}-{no}", **who)
        for no, one in enumerate(unit.ten, 1)
    ]
    return result(of, row, unit.name, str(unit.overall), **who, **more), scores


def readings(archive: Archive) -> tuple[list[Reading], Reading]:
    """Return the reports and the list of an archive."""
    own = []
    for row, unit in enumerate(archive.own, 1):
        place = {"district": unit.district, "province": unit.province}
        of = report(row, agency=unit.name, fiscal_year=YEAR, **place)
        stated, scores = records(of, unit, row, "own")
        own.append(Reading(report=of, results=(stated,), scores=tuple(scores)))
    of = report(0)
    listed = [records(of, unit, row, "agency") for row, unit in enumerate(archive.official)]
    scores = tuple(one for _, some in listed for one in some)
    return own, Reading(report=of, results=tuple(stated for stated, _ in listed), scores=scores)


def found_in(comparison: Comparison) -> set[tuple[str, str, str, str]]:
    """Return what a comparison found, in the form of what was planted."""
    rows = (row for row in comparison.rows if row.status != "agree")
    return {(row.status, row.agency.name, row.agency.district or "", row.measure) for row in rows}


def measure(count: int) -> None:
    """Print the figures for a number of agencies."""
    archive = invent(count)
    own, listed = readings(archive)
    start = time.process_time()
    theirs = official_side([listed])
    comparison = compare(own_side(own, frozenset(theirs.listed)), theirs)
    seconds = {"compare": time.process_time() - start}
    for name, write in (
        ("csv", as_csv),
        ("json", as_json),
        ("page", lambda one: [comparison_page(one, "th")]),
    ):
        start = time.process_time()
        for _ in write(comparison):
            pass
        seconds[name] = time.process_time() - start
    found = found_in(comparison)
    shown = ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count:,} agencies: {shown}; {memory} MiB; {len(archive.planted):,} differences planted, {len(archive.planted - found)} missed, {len(found - archive.planted)} more"
    )


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ("2000", "4000", "8300")):
        measure(size)
