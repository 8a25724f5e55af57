"""Invented national volumes: the results of thousands of agencies with real place names, for several years.

Names are unique within a district; a province may have two agencies of the same name, as in reality.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import geothai
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent / "lists"))
from figures import NAMES, Agency, Result, result

_KINDS = (
    ("องค์การบริหารส่วนตำบล", "อบต.", 5300),
    ("เทศบาลตำบล", "ทต.", 2247),
    ("เทศบาลเมือง", "ทม.", 195),
)
HEAD = ("ลำดับ", "หน่วยงาน", "อำเภอ", "จังหวัด", *NAMES, "คะแนนรวม", "ระดับ")


def agencies(random: Random, count: int) -> list[Agency]:
    """Return agencies of the whole country, about as many of each kind as there are."""
    places = [
        (area.name_th.split(" (")[0], home.name_th.removeprefix("เขต"), province.name_th)
        for province in geothai.provinces()
        if province.name_th != "กรุงเทพมหานคร"
        for home in geothai.districts(province.code)
        for area in geothai.subdistricts(home.code)
    ]
    heads = sorted({province for *_, province in places})
    found = [Agency(f"องค์การบริหารส่วนจังหวัด{one}", f"อบจ.{one}", "อบจ.", f"เมือง{one}", one) for one in heads]
    pairs = [(kind, short, place) for kind, short, _ in _KINDS for place in places]
    total = sum(share for *_, share in _KINDS)
    chances = {kind: share / total for kind, _, share in _KINDS}
    pairs.sort(key=lambda pair: random.random() ** (1 / chances[pair[0]]), reverse=True)
    found += [
        Agency(kind + name, short + name, kind, district, province)
        for kind, short, (name, district, province) in pairs
    ]
    return found[:count]


def volume(random: Random, units: list[Agency], year: int) -> list[Result]:
    """Return a result of each agency in a year."""
    return [result(random, one, year) for one in units]


def rows(results: list[Result]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a volume below its head, sorted by province and district."""
    placed = sorted(results, key=lambda one: (one.agency.province, one.agency.district))
    for at, one in enumerate(placed, 1):
        who = (at, one.agency.full, one.agency.district, one.agency.province)
        yield (*who, *map(float, one.ten), float(one.overall), one.grade)


def write_volume(path: Path, results: list[Result], year: int) -> None:
    """Write a volume as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ผลการประเมิน")
    sheet.append([f"ผลการประเมิน ITA ของหน่วยงานภาครัฐทั่วประเทศ ประจำปีงบประมาณ พ.ศ. {year}"])
    sheet.append(list(HEAD))
    for row in rows(results):
        sheet.append(list(row))
    book.save(path)
