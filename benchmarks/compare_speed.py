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

from support.official_archive import INDICATORS, YEAR, Archive, Unit, invent

from thaita.check.official.compare import Comparison, compare
from thaita.check.official.statement import official_side, own_side
from thaita.models.records import Provenance, Reading, Report, Result, Score
from thaita.out.official.page import comparison_page
from thaita.out.official.values import as_csv, as_json

_PLACE = Provenance(spans=((0, 5),), quote="98.52", confidence=0.99)
_INSTRUMENTS = ("IIT",) * 5 + ("EIT",) * 3 + ("OIT",) * 2


def records(unit: Unit, report_id: str, row: int, scope: str) -> tuple[Result, list[Score]]:
    """Return the result and the scores of an agency in a document."""
    who = {
        "report_id": report_id,
        "scope": scope,
        "agency": unit.name,
        "agency_id": f"a{row}",
        "fiscal_year": YEAR,
    }
    place = {"district": unit.district, "province": unit.province, "provenance": _PLACE}
    result = Result(
        result_id=f"{report_id}-r{row}", overall_score=unit.overall, grade=unit.grade, **who, **place
    )
    scores = [
        Score(score_id=f"{report_id}-s{row}-{no}", instrument=_INSTRUMENTS[no - 1], indicator_no=no, indicator=INDICATORS[no - 1], score=score, score_as_written=str(score), name_as_written="", name_match=100.0, provenance=_PLACE, **who)
        for no, score in enumerate(unit.ten, 1)
    ]  # fmt: skip
    return result, scores


def readings(archive: Archive) -> tuple[list[Reading], Reading]:
    """Return the reports and the list of an archive."""
    own = []
    for number, unit in enumerate(archive.own):
        result, scores = records(unit, f"own{number}", number, "own")
        head = {
            "report_id": f"own{number}",
            "source": f"{number}.txt",
            "sha256": "",
            "media_type": "text/plain",
        }
        place = {
            "agency": unit.name,
            "district": unit.district,
            "province": unit.province,
            "fiscal_year": YEAR,
        }
        own.append(Reading(report=Report(**head, **place), results=(result,), scores=tuple(scores)))
    listed = [records(unit, "list", number, "agency") for number, unit in enumerate(archive.official)]
    head = {"report_id": "list", "source": "list.xlsx", "sha256": "", "media_type": "text/csv"}
    scores = tuple(score for _, some in listed for score in some)
    return own, Reading(report=Report(**head), results=tuple(result for result, _ in listed), scores=scores)


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
