"""What a report is about: an agency, its results by year, all invented but for the names of places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

import geothai
from bank import Row, rows

INSTRUMENTS = {
    1: "IIT",
    2: "IIT",
    3: "IIT",
    4: "IIT",
    5: "IIT",
    6: "EIT",
    7: "EIT",
    8: "EIT",
    9: "OIT",
    10: "OIT",
}
NAMES = {
    1: ("การปฏิบัติหน้าที่",),
    2: ("การใช้งบประมาณ",),
    3: ("การใช้อำนาจ",),
    4: ("การใช้ทรัพย์สินของราชการ",),
    5: ("การแก้ไขปัญหาการทุจริต",),
    6: ("คุณภาพการดำเนินงาน",),
    7: ("ประสิทธิภาพการสื่อสาร",),
    8: ("การปรับปรุงระบบการทำงาน", "การปรับปรุงการทำงาน"),
    9: ("การเปิดเผยข้อมูล",),
    10: ("การป้องกันการทุจริต",),
}
INSTRUMENT_NAMES = {
    "IIT": ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", "การรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน"),
    "EIT": ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก", "การรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"),
    "OIT": ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "การเปิดเผยข้อมูลสาธารณะ"),
}
TOPICS = {
    1: "กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
    2: "การให้บริการและระบบ E-Service",
    3: "ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ",
    4: "กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ",
    5: "กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง",
    6: "กระบวนการควบคุม ตรวจสอบการใช้อำนาจและการบริหารงานบุคคล",
    7: "กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน",
}
WEIGHTS = {"IIT": Decimal("0.3"), "EIT": Decimal("0.3"), "OIT": Decimal("0.4")}
LETTERS = (("AA", 95), ("A", 85), ("B", 75), ("C", 65), ("D", 55), ("E", 50), ("F", 0))
FIVE_LEVELS_FROM = 2566
HUNDREDTH = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    """Return a value with two decimals, halves up, as the assessment publishes scores."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


_FURTHER = re.compile(r" (?:อำเภอ|จังหวัด)")
"""Places that follow a name are its address; the opening of a report writes them."""


@dataclass(frozen=True)
class Agency:
    """An agency with the parts of its name; a place is None where the document does not state it."""

    name: str
    agency_type: str
    short: str
    family: str
    subdistrict: str | None
    district: str | None
    province: str | None


@dataclass(frozen=True)
class Results:
    """An agency's results of one fiscal year (B.E.): ten scores and the two parts of EIT, all 0–100."""

    year: int
    scores: dict[int, Decimal]
    eit_parts: tuple[Decimal, Decimal]

    def mean(self, instrument: str) -> Decimal:
        """Return the mean of an instrument's scores, not rounded."""
        own = [score for no, score in self.scores.items() if INSTRUMENTS[no] == instrument]
        return sum(own, Decimal(0)) / len(own)

    @property
    def overall(self) -> Decimal:
        """The overall score with two decimals."""
        return rounded(sum((self.mean(name) * weight for name, weight in WEIGHTS.items()), Decimal(0)))

    @property
    def level(self) -> str:
        """The level of the overall score by the year's scale."""
        if self.year < FIVE_LEVELS_FROM:
            return next(letter for letter, least in LETTERS if self.overall >= least)
        if self.overall < 70:
            return "ต้องปรับปรุงโดยด่วน"
        if self.overall < 85:
            return "ต้องปรับปรุง"
        lowest = min(rounded(self.mean("IIT")), *self.eit_parts, rounded(self.mean("OIT")))
        return "ผ่านดีเยี่ยม" if min(lowest, self.overall) >= 95 else "ผ่านดี" if lowest >= 85 else "ผ่าน"


def draw_results(random: Random, year: int, near: Results | None = None) -> Results:
    """Return invented results: most agencies are good, some are not, and full marks are common in OIT.

    `near` are the agency's results of a neighbouring year, from which these differ as years do.
    """
    level = random.choice((97, 94, 91, 88, 84, 78, 70, 60))
    shift = random.gauss(-1, 3)
    scores = {}
    for no in NAMES:
        centre = float(near.scores[no]) + shift if near else level
        spread = (2 if near else 4) if no < 9 else 9
        value = Decimal(str(round(min(100.0, max(20.0, random.gauss(centre, spread))), 2)))
        scores[no] = Decimal("100.00") if no >= 9 and random.random() < 0.3 else rounded(value)
    eit = sum((scores[no] for no in (6, 7, 8)), Decimal(0)) / 3
    apart = Decimal(str(round(random.uniform(0, min(4.0, float(100 - eit))), 2)))
    return Results(year, scores, (rounded(eit - apart), rounded(eit + apart)))


def draw_agency(random: Random, row: Row) -> Agency:
    """Return an agency of the kind of a row of `phrases/agencies.csv`, at a real place."""
    province, district, subdistrict = random.choice(_places())
    stated = {name.strip() for name in row["places"].split("|") if name.strip()}
    place = {"province": province, "district": district, "subdistrict": subdistrict}
    return Agency(
        _FURTHER.split(row["pattern"].format(**place))[0],
        row["agency_type"],
        row["short"].format(**place),
        row["family"],
        subdistrict if "subdistrict" in stated else None,
        district if "district" in stated else None,
        province if "province" in stated else None,
    )


@cache
def _places() -> tuple[tuple[str, str, str], ...]:
    """Return province, district and subdistrict of all places outside Bangkok."""
    found = []
    for province in geothai.provinces():
        if province.name_th == "กรุงเทพมหานคร":
            continue
        for district in geothai.districts(province.code):
            names = geothai.subdistricts(district.code)
            found += [(province.name_th, district.name_th, each.name_th) for each in names]
    return tuple(found)


def agency_rows(family: str = "") -> tuple[Row, ...]:
    """Return the kinds of agencies, of one family or of all."""
    return tuple(row for row in rows("agencies") if not family or row["family"] == family)
