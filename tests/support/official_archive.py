"""An archive of agencies' own reports and a list of all their results, with planted differences between the two."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

import geothai

from thaita.normalize.frameworks import indicator

KINDS = (("องค์การบริหารส่วนตำบล", "อบต."), ("เทศบาลตำบล", "ทต."))
GRADES = ("ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน")
YEAR = 2567
INDICATORS = tuple(indicator(no, YEAR).name for no in range(1, 11))
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Unit:
    """An agency and its result as one side states it; `name` is the name as written."""

    full: str
    name: str
    district: str
    province: str
    ten: tuple[Decimal, ...]
    grade: str

    @property
    def overall(self) -> Decimal:
        """The overall score under the weights of the year."""
        iit, eit, oit = (sum(self.ten[a:b]) / (b - a) for a, b in ((0, 5), (5, 8), (8, 10)))
        return _cents(iit * Decimal("0.3") + eit * Decimal("0.3") + oit * Decimal("0.4"))


@dataclass
class Archive:
    """What each side states, and the planted differences."""

    own: list[Unit] = field(default_factory=list)
    official: list[Unit] = field(default_factory=list)
    planted: set[tuple[str, str, str, str]] = field(default_factory=set)
    """Status, full name and district of the agency, measure or empty, as `thaita compare` states them."""


def invent(count: int, seed: int = 1) -> Archive:
    """Return agencies in a few provinces, with equal results on both sides except for planted differences."""
    random = Random(seed)
    units = [_result(random, *place) for place in _places(random, count)]
    archive = Archive()
    for number, unit in enumerate(units):
        own, official = unit, unit
        match number % 10:
            case 0:  # one changed score: the overall score changes with it
                at = random.randrange(10)
                ten = list(unit.ten)
                ten[at] -= Decimal("2.50")
                own = replace(unit, ten=tuple(ten))
                archive.planted |= {("differ", *_key(unit), what) for what in (f"i{at + 1}", "overall_score")}
            case 1:  # another level
                official = replace(unit, grade=GRADES[(GRADES.index(unit.grade) + 1) % 3])
                archive.planted.add(("differ", *_key(unit), "grade"))
            case 2:
                archive.planted.add(("not_published", *_key(unit), ""))
                own = None
            case 3:
                archive.planted.add(("not_in_list", *_key(unit), ""))
                official = None
            case 4:  # a typing error in the list
                official = replace(unit, name=_misspelt(random, unit))
            case 5:
                official = replace(unit, name=_short(unit))
        archive.own += [own] if own else []
        archive.official += [official] if official else []
    return archive


def _key(unit: Unit) -> tuple[str, str]:
    return unit.full, unit.district


def _places(random: Random, count: int) -> list[tuple[str, str, str]]:
    """Return different agencies by full name, district and province; some have the same name in one province."""
    found: list[tuple[str, str, str]] = []
    provinces = [one for one in geothai.provinces() if one.code != "10"]
    random.shuffle(provinces)
    for province in provinces:
        for district in geothai.districts(province.code):
            for area in geothai.subdistricts(district.code):
                for kind, _ in random.sample(KINDS, 2 if random.random() < 0.2 else 1):
                    found.append((kind + area.name_th.split(" (")[0], district.name_th, province.name_th))
        if len(found) >= count:
            break
    random.shuffle(found)
    return found[:count]


def _result(random: Random, full: str, district: str, province: str) -> Unit:
    level = random.triangular(70, 99, 92)
    ten = tuple(_cents(Decimal(str(min(100.0, random.gauss(level, 3))))) for _ in INDICATORS)
    unit = Unit(full, full, district, province, ten, "")
    least = min(sum(ten[a:b]) / (b - a) for a, b in ((0, 5), (5, 8), (8, 10)))
    score = unit.overall
    if score < 85:
        return replace(unit, grade=GRADES[3] if score >= 70 else GRADES[4])
    return replace(unit, grade=GRADES[0] if least >= 95 else GRADES[1] if least >= 85 else GRADES[2])


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _short(unit: Unit) -> str:
    return next(short + unit.full.removeprefix(full) for full, short in KINDS if unit.full.startswith(full))


def _misspelt(random: Random, unit: Unit) -> str:
    """Return the name with a letter twice; only names that are long enough to be recognized."""
    kind = next(full for full, _ in KINDS if unit.full.startswith(full))
    own = unit.full.removeprefix(kind)
    at = random.randrange(1, len(own))
    return kind + own[:at] + own[at - 1] + own[at:] if len(own) >= 7 else unit.full


def write_reports(archive: Archive, folder: Path) -> None:
    """Write each agency's own report as a text file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, unit in enumerate(archive.own, 1):
        rows = "\n".join(
            f"| {no} | {name} | {score} |"
            for no, (name, score) in enumerate(zip(INDICATORS, unit.ten, strict=True), 1)
        )
        (folder / f"{number:04d}.txt").write_text(
            "รายงานผลการวิเคราะห์การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)\n"
            f"ประจำปีงบประมาณ พ.ศ. {YEAR}\n\n{unit.name}\nอำเภอ{unit.district} จังหวัด{unit.province}\n\n"
            f"1. ผลการประเมิน\n\n{unit.name} มีคะแนนภาพรวม {unit.overall} คะแนน อยู่ในระดับ {unit.grade}\n\n"
            f"| ที่ | ตัวชี้วัด | คะแนน |\n|---|---|---|\n{rows}\n",
            encoding="utf-8",
        )  # fmt: skip


HEAD = ("ลำดับ", "หน่วยงาน", "อำเภอ", "จังหวัด", *INDICATORS, "คะแนนรวม", "ระดับ")
TITLE = f"ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. {YEAR}"


def list_rows(archive: Archive) -> list[Sequence[object]]:
    """Return the rows of the list, with its head."""
    rows: list[Sequence[object]] = [HEAD]
    for number, unit in enumerate(archive.official, 1):
        rows.append((number, unit.name, unit.district, unit.province, *unit.ten, unit.overall, unit.grade))
    return rows


def write_xlsx(archive: Archive, path: Path) -> None:
    """Write the list as a workbook, its scores as numbers with two decimals."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    for row in list_rows(archive):
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=3, min_col=5, max_col=15):
        for cell in cells:
            cell.number_format = "0.00"
    book.save(path)


def write_csv(archive: Archive, path: Path) -> None:
    """Write the list as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[TITLE], *list_rows(archive)])
