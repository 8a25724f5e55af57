"""Invented agencies with real place names, and results whose arithmetic holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import geothai

NAMES = (
    "การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน", "ประสิทธิภาพการสื่อสาร", "การปรับปรุงระบบการทำงาน", "การเปิดเผยข้อมูล", "การป้องกันการทุจริต",
)  # fmt: skip
SHORT = (
    "ปฏิบัติหน้าที่", "ใช้งบประมาณ", "ใช้อำนาจ", "ใช้ทรัพย์สินฯ", "แก้ไขปัญหาทุจริต",
    "คุณภาพฯ", "การสื่อสาร", "ปรับปรุงระบบ", "เปิดเผยข้อมูล", "ป้องกันทุจริต",
)  # fmt: skip
KINDS = (
    ("องค์การบริหารส่วนตำบล", "อบต.", 12),
    ("เทศบาลตำบล", "ทต.", 5),
    ("เทศบาลเมือง", "ทม.", 2),
    ("องค์การบริหารส่วนจังหวัด", "อบจ.", 1),
)
DEPARTMENTS = (
    "กรมการปกครอง", "กรมการพัฒนาชุมชน", "กรมที่ดิน", "กรมป้องกันและบรรเทาสาธารณภัย", "กรมโยธาธิการและผังเมือง",
    "กรมส่งเสริมการปกครองท้องถิ่น", "กรมชลประทาน", "กรมปศุสัตว์", "กรมประมง", "กรมวิชาการเกษตร", "กรมป่าไม้",
    "กรมทรัพยากรน้ำ", "กรมควบคุมมลพิษ", "กรมอุตุนิยมวิทยา", "กรมทางหลวง", "กรมทางหลวงชนบท", "กรมการขนส่งทางบก",
    "กรมเจ้าท่า", "กรมการแพทย์", "กรมควบคุมโรค", "กรมอนามัย", "กรมสุขภาพจิต", "กรมบัญชีกลาง", "กรมธนารักษ์",
    "กรมสรรพากร", "กรมศุลกากร", "กรมการค้าภายใน", "กรมทรัพย์สินทางปัญญา", "กรมพัฒนาที่ดิน", "กรมการข้าว",
)  # fmt: skip
_CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    """Return a value with two decimals, rounded half up."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def mean(values: list[Decimal]) -> Decimal:
    """Return the unrounded mean."""
    return sum(values, Decimal(0)) / len(values)


@dataclass(frozen=True)
class Agency:
    """An agency: full name, name with the abbreviation of its kind, and its place."""

    full: str
    short: str
    kind: str
    district: str = ""
    province: str = ""


@dataclass
class Result:
    """What one agency or level scored in one year; `scope` as in the table `results`."""

    agency: Agency
    year: int
    ten: list[Decimal]
    part1: Decimal
    part2: Decimal
    overall: Decimal = Decimal(0)
    grade: str = ""
    rank: int = 0
    scope: str = "agency"
    wrong: bool = False
    agencies: int = 0
    instruments: dict[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ten = self.ten
        eit = mean([self.part1, self.part2]) if self.part1 else mean(ten[5:8])
        exact = {"IIT": mean(ten[:5]), "EIT": eit, "OIT": mean(ten[8:])}
        self.instruments = {code: cents(value) for code, value in exact.items()}
        shares = {"IIT": Decimal("0.3"), "EIT": Decimal("0.3"), "OIT": Decimal("0.4")}
        self.points = {code: cents(exact[code] * shares[code]) for code in exact}
        self.overall = self.overall or cents(sum((exact[code] * shares[code] for code in exact), Decimal(0)))
        self.grade = grade_of(self)


def grade_of(result: Result) -> str:
    """Return the level that the year's scale gives."""
    four = [result.instruments["IIT"], result.instruments["OIT"]]
    four += [result.part1, result.part2] if result.part1 else [result.instruments["EIT"]]
    score = result.overall
    if result.year < 2566:
        bands = ((95, "AA"), (85, "A"), (75, "B"), (65, "C"), (55, "D"), (50, "E"), (0, "F"))
        return next(name for least, name in bands if score >= least)
    if score < 85:
        return "ต้องปรับปรุง" if score >= 70 else "ต้องปรับปรุงโดยด่วน"
    least = min([score, *four])
    return "ผ่านดีเยี่ยม" if least >= 95 else "ผ่านดี" if least >= 85 else "ผ่าน"


def provinces(random: Random, count: int) -> list[str]:
    """Return names of provinces, without the special one."""
    names = sorted({one.name_th for one in geothai.provinces()} - {"กรุงเทพมหานคร"})
    return random.sample(names, count)


def agencies(random: Random, province: str, count: int) -> list[Agency]:
    """Return different agencies of a province."""
    code = next(one.code for one in geothai.provinces() if one.name_th == province)
    places = [
        (area.name_th.split(" (")[0], home.name_th)
        for home in geothai.districts(code)
        for area in geothai.subdistricts(home.code)
    ]
    random.shuffle(places)
    found: list[Agency] = []
    for name, district in places:
        full, short, _ = random.choices(KINDS, [share for *_, share in KINDS])[0]
        if short == "อบจ.":
            name = province
        if all(one.full != full + name for one in found) and len(found) < count:
            found.append(Agency(full + name, short + name, full, district, province))
    return found


def result(random: Random, agency: Agency, year: int, scope: str = "agency") -> Result:
    """Return an invented result, most of them good, as in real years."""
    level = random.triangular(68, 99, 92)

    def score() -> Decimal:
        return cents(Decimal(str(min(100.0, max(30.0, random.gauss(level, 3.5))))))

    ten = [score() for _ in range(10)]
    ten[8] = cents(Decimal(random.choice((100, 100, 97.5, 95, 87.5, 80, 72.73))))
    ten[9] = cents(Decimal(random.choice((100, 100, 100, 93.75, 87.5, 75))))
    part1 = part2 = Decimal(0)
    if year >= 2566:
        spread = cents(Decimal(str(random.uniform(0.4, 5))))
        eit = cents(mean(ten[5:8]))
        spread = min(spread, 100 - eit)
        part1, part2 = eit - spread, eit + spread
        if random.random() < 0.3:
            part1, part2 = part2, part1
    return Result(agency, year, ten, part1, part2, scope=scope)


def ranked(results: list[Result]) -> list[Result]:
    """Return the results from the highest overall score, each with its rank; equal scores share a rank."""
    found = sorted(results, key=lambda one: -one.overall)
    for at, one in enumerate(found):
        one.rank = found[at - 1].rank if at and found[at - 1].overall == one.overall else at + 1
    return found


def mean_of(results: list[Result], name: str, scope: str, kind: str = "") -> Result:
    """Return the mean of results as a result of their level; every column is the mean of the column."""
    agency = Agency(name, name, kind, province=name.removeprefix("จังหวัด") if scope == "province" else "")
    ten = [cents(mean([one.ten[at] for one in results])) for at in range(10)]
    parts = [cents(mean([part(one) for one in results])) for part in (_part1, _part2)]
    found = Result(
        agency, results[0].year, ten, *parts, cents(mean([one.overall for one in results])), scope=scope
    )
    for code in found.instruments:
        found.instruments[code] = cents(mean([one.instruments[code] for one in results]))
        found.points[code] = cents(mean([one.points[code] for one in results]))
    found.agencies = len(results)
    return found


def _part1(one: Result) -> Decimal:
    return one.part1


def _part2(one: Result) -> Decimal:
    return one.part2
