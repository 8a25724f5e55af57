"""Each rule with a report that breaks it: only that rule is reported.

The reports in tests/check/breaks/ break no rule. Each row of the table contains the rule, the report, the
replacement in it, and the expected verdict. If a break needs another year, the base is the report moved to that
year, with the verdicts caused by the year alone.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.paths import BREAKS

from thaita.check.judge import Judged, judge
from thaita.check.messages import banner, say
from thaita.check.rulebook import own_rules
from thaita.cli.main import cli
from thaita.extract.pipeline import read_bytes
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Doubt, Problem
from thaita.models.verdicts import Verdict
from thaita.normalize.frameworks import framework
from thaita.normalize.national import national_indicators
from thaita.out.verdicts.dataset import check_dataset

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in BREAKS.glob("*.txt")}

Edits = tuple[tuple[str, str], ...]

STEP = "1. เปิดรับข้อเสนอที่เคาน์เตอร์ 2. แจ้งผลการแก้ไขบนบอร์ด"
TOPICS = TEXTS["topics"].splitlines()
FINDINGS = TEXTS["plan"][
    TEXTS["plan"].index("การวิเคราะห์รายตัวชี้วัด") : TEXTS["plan"].index("มาตรการที่จะดำเนินการ")
]
SCORES = TEXTS["plan"][TEXTS["plan"].index("ตัวชี้วัด\tคะแนน") : TEXTS["plan"].index("การวิเคราะห์รายตัวชี้วัด")]
MEASURES = TEXTS["plan"][TEXTS["plan"].index("มาตรการที่จะดำเนินการ") :]


def later(base: str, years: int) -> Edits:
    """Return the edits that move results, plan and periods of a report to a later year."""
    found = sorted({y for y in range(2560, 2575) if str(y) in TEXTS[base]}, reverse=True)
    return tuple((str(y), str(y + years)) for y in found)


PLAN_ROWS: list[tuple[str, Edits, str]] = [
    ("O42.1", ((SCORES, ""), (" มีคะแนนรวม 88.10 คะแนน อยู่ในระดับ A", "")), "partly"),
    ("O42.2", (("\tจุดอ่อน\t", "\tจุดแข็ง\t"), ("ต่ำที่สุด คือ ประสิทธิภาพการสื่อสาร", "สูงที่สุด คือ การปฏิบัติหน้าที่")), "partly"),
    ("O42.3", (("ประเด็นที่ควรพัฒนา", "จุดแข็ง"),), "partly"),
    ("O42.4", ((MEASURES, ""),), "absent"),
    ("O42.5", (("3. การปรับปรุงการทำงาน\t1.", "3. รับฟังข้อเสนอ\t1."),), "partly"),
    ("O42.6", (("กองคลัง", "-"),), "partly"),
    ("O42.7", ((STEP, ""),), "partly"),
    ("O42.8", (("หัวหน้าฝ่ายรายงานจำนวนคิวทุกเดือน", "-"),), "partly"),
    ("A1", (("องค์การบริหารส่วนตำบลปากแคว อำเภอเมือง จังหวัดสุโขทัย", ""),), "partly"),
    ("A3", (("4. การใช้ทรัพย์สินของราชการ\t86.00\n", ""),), "partly"),
    ("A5", (("5. การแก้ไขปัญหาการทุจริต\t91.00", "5. การแก้ไขปัญหาการทุจริต\t81.00"), ("88.10", "87.50")), "partly"),
    ("A8", (("ต.ค. 2564 - มี.ค. 2565", "-"),), "partly"),
    ("B1", (("1. การปฏิบัติหน้าที่\t95.00", "1. การปฏิบัติหน้าที่\t105.00"), ("88.10", "88.70")), "broken"),
    ("B2", (("88.10", "89.10"),), "broken"),
    ("B3", (("ระดับ A", "ระดับ B"),), "broken"),
    ("B3", (("ระดับ A", "ระดับ ผ่านดี"),), "broken"),
    ("B4", (("ต่ำที่สุด คือ ประสิทธิภาพการสื่อสาร", "ต่ำที่สุด คือ ประสิทธิภาพการสื่อสาร 81.00 คะแนน"),), "broken"),
    ("B5", (("5. การแก้ไขปัญหาการทุจริต\t91.00\n", ""), ("8. การปรับปรุงการทำงาน\t88.00\n", "8. การปรับปรุงการทำงาน\t88.00\n5. การแก้ไขปัญหาการทุจริต\t91.00\n")), "broken"),
    ("B6", (("4. การใช้ทรัพย์สินของราชการ", "5. การใช้ทรัพย์สินของราชการ"), ("5. การแก้ไขปัญหาการทุจริต", "4. การแก้ไขปัญหาการทุจริต")), "broken"),
    ("B7", (("ต่ำที่สุด คือ ประสิทธิภาพการสื่อสาร", "ต่ำที่สุด คือ คุณภาพการดำเนินงาน"),), "broken"),
    ("B8", (("2564 มีคะแนนรวม", "2563 มีคะแนนรวม"),), "broken"),
    ("B9", (("ม.ค. 2565 - ก.ย. 2565", "ม.ค. 2565 - ธ.ค. 2565"),), "broken"),
]  # fmt: skip

TOPIC_ROWS: list[tuple[str, Edits, str]] = [
    *((f"O34.{n}", ((TOPICS[18 + n], ""),), "absent") for n in range(1, 8)),
    ("O34.8", (("สำนักปลัด\tต.ค. 2566 - ก.ย. 2567\tรายงานทุกเดือน", "สำนักปลัด\t-\tรายงานทุกเดือน"),), "partly"),
    ("A9", (("รายงานทุกเดือน", "-"),), "partly"),
]

PROGRESS_ROWS: list[tuple[str, Edits, str]] = [
    ("O43.1", (("ดำเนินการแล้ว\tเปิดช่องเพิ่มสองช่อง เวลารอเหลือสิบนาที", "\t"),), "partly"),
    ("O43.2", (("เปิดช่องเพิ่มสองช่อง เวลารอเหลือสิบนาที", ""),), "partly"),
    (
        "O43.3",
        (
            (" ประจำปีงบประมาณ พ.ศ. 2565\n", "\n"),
            ("สำหรับปีงบประมาณ พ.ศ. 2565 ", ""),
            ("ต.ค. 2564 - มี.ค. 2565", "-"),
            ("ต.ค. 2564 - ก.ย. 2565", "-"),
            ("ม.ค. 2565 - ก.ย. 2565", "-"),
        ),
        "absent",
    ),
]


def verdicts(base: str, edits: Edits = ()) -> Judged:
    text = TEXTS[base]
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return judge(read_bytes(text.encode(), "report.txt"))


def raised(judged: Judged) -> dict[str, Verdict]:
    return {verdict.rule.rule: verdict for verdict in judged.verdicts if verdict.severity}


@pytest.mark.parametrize("base", TEXTS)
def test_the_base_reports_break_no_rule(base: str) -> None:
    assert raised(verdicts(base)) == {}


ROWS = [
    *(("plan", *row) for row in PLAN_ROWS),
    *(("topics", *row) for row in TOPIC_ROWS),
    *(("progress", *row) for row in PROGRESS_ROWS),
]


@pytest.mark.parametrize(
    ("base", "rule", "edits", "status"), ROWS, ids=[f"{row[1]}-{i}" for i, row in enumerate(ROWS)]
)
def test_a_broken_rule_is_reported_and_nothing_else(base: str, rule: str, edits: Edits, status: str) -> None:
    found = raised(verdicts(base, edits))
    assert {name: one.status for name, one in found.items() if not one.was} == {rule: status}
    assert {name for name, one in found.items() if one.was} <= {"A5"}  # it needs every score


LATER = [
    ("progress", 2, "O35.1", "ดำเนินการแล้ว\tเปิดช่องเพิ่มสองช่อง เวลารอเหลือสิบนาที"),
    ("progress", 3, "O28.1", "ดำเนินการแล้ว\tเปิดช่องเพิ่มสองช่อง เวลารอเหลือสิบนาที"),
    ("progress", 4, "O26.1", "ดำเนินการแล้ว\tเปิดช่องเพิ่มสองช่อง เวลารอเหลือสิบนาที"),
    ("plan", 4, "O25.2", MEASURES),
    ("progress", 5, "A10", "ดำเนินการแล้ว\tเปิดช่องเพิ่มสองช่อง เวลารอเหลือสิบนาที"),
    ("plan", 5, "A4", MEASURES),
    ("plan", 4, "A6", STEP),
    ("plan", 4, "A7", "กองคลัง"),
    ("topics", 1, "O27.3", TOPICS[21]),
    ("topics", 1, "O27.8", "กองคลัง"),
]
"""Rules that hold only in later years, by the years that the report is moved on; FY2570 has no rules yet."""


@pytest.mark.parametrize(("base", "years", "rule", "old"), LATER, ids=[row[2] for row in LATER])
def test_a_broken_rule_of_a_later_year_is_reported_and_nothing_else(
    base: str, years: int, rule: str, old: str
) -> None:
    grade = (("ระดับ A", "ระดับ ผ่าน"),) if base == "plan" else ()
    moved = (*later(base, years), *grade)
    before = raised(verdicts(base, moved))
    assert set(before) <= {"year"}
    cut = old
    for year, other in later(base, years):
        cut = cut.replace(year, other)
    after = raised(verdicts(base, (*moved, (cut, cut.replace("กองคลัง", "-") if cut == "กองคลัง" else ""))))
    assert set(after) - set(before) == {rule}


def test_every_rule_has_a_test_that_breaks_it() -> None:
    """A rule of one year also covers the rules of other years with the same requirement."""
    broken = {row[1] for row in ROWS} | {row[2] for row in LATER} | {"A11", "B10", "B11", "B12"}
    book = own_rules()
    rules = [rule for rules in (book.every_year, *book.years.values()) for rule in rules]
    asked = {(rule.check, rule.argument) for rule in rules}
    assert asked == {(rule.check, rule.argument) for rule in rules if rule.rule in broken}


# -- what can be seen ------------------------------------------------------------------------------


def unjudged(judged: Judged) -> set[str]:
    return {one.rule.rule for one in judged.verdicts if one.was}


def seen_in_part(edits: Edits = (), code: ProblemCode = ProblemCode.OCR) -> Judged:
    """Return the verdicts on the plan as if it had been read from a scan or in part."""
    text = TEXTS["plan"]
    for old, new in edits:
        text = text.replace(old, new)
    one = read_bytes(text.encode(), "report.txt")
    problem = Problem(report_id=one.report.report_id, severity="info", code=code, message_en="a page")
    return judge(one.model_copy(update={"problems": (*one.problems, problem)}))


def test_no_indicator_is_below_the_line_only_if_all_scores_are_known() -> None:
    two = re.sub(r"(?m)^[3-9]\. [^\t\n]+\t\d\d\.00\n", "", SCORES)
    judged = verdicts("plan", ((SCORES, two),))
    (verdict,) = [one for one in judged.verdicts if one.rule.rule == "A5"]
    assert verdict.status == "not_judged"
    assert re.match(r"\d of 10 scores are missing or in doubt", say(verdict, "en"))
    assert judged.unseen == ()  # a text that can be read whole states no more


def test_what_is_not_found_on_a_scan_may_stand_on_it() -> None:
    judged = seen_in_part(((MEASURES, ""), ("4. การใช้ทรัพย์สินของราชการ\t86.00\n", "")))
    assert {"O42.4", "A3", "B1", "B4", "B5"} <= unjudged(judged)
    (verdict,) = [one for one in judged.verdicts if one.rule.rule == "A3"]
    assert say(verdict, "en").startswith("1 of 10 scores were not read: 4 ")
    assert [name for name, _ in judged.unseen][:2] == ["banner.scan", "banner.scores"]


def test_what_was_read_of_a_scan_is_judged() -> None:
    assert unjudged(seen_in_part()) == set()


def test_a_page_that_was_not_read_is_named() -> None:
    judged = seen_in_part(code=ProblemCode.PAGE_DAMAGED)
    assert banner(judged.unseen, "en") == [f"Read in part: {ProblemCode.PAGE_DAMAGED.en}."]
    assert banner(judged.unseen, "th") == [f"อ่านได้ไม่ครบ: {ProblemCode.PAGE_DAMAGED.th}"]


def test_a_value_in_doubt_decides_nothing() -> None:
    one = read_bytes(TEXTS["plan"].encode(), "report.txt")
    doubt = Doubt(
        doubt_id="d", report_id=one.report.report_id, table="reports", row_id=one.report.report_id, column="grade",
        flag="unsure_grade",
    )  # fmt: skip
    assert unjudged(judge(one.model_copy(update={"doubts": (doubt,)}))) == {"B3"}
    assert (
        unjudged(judge(one.model_copy(update={"doubts": (doubt.model_copy(update={"open": False}),)})))
        == set()
    )


def test_scores_of_the_whole_nation() -> None:
    nation = national_indicators(2566)
    lines = [f"{no}. {one.name}\t" for no, one in framework(2566).indicators.items()]
    text = TEXTS["plan"]
    for old, new in later("plan", 2):
        text = text.replace(old, new)
    for no, line in enumerate(lines, 1):
        text = re.sub(re.escape(line) + r"\d\d\.\d\d", line + str(nation[no].score), text)
    (verdict,) = [one for one in judge(read_bytes(text.encode(), "a.txt")).verdicts if one.rule.rule == "B12"]
    assert (verdict.status, verdict.severity) == ("broken", "warning")
    other = text.replace(str(nation[3].score), "91.11")
    (verdict,) = [
        one for one in judge(read_bytes(other.encode(), "a.txt")).verdicts if one.rule.rule == "B12"
    ]
    assert verdict.status == "holds"


# -- reports against each other -------------------------------------------------------------------


def dataset_verdicts(tmp_path: Path, **texts: str) -> dict[str, set[str]]:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name, text in texts.items():
        (archive / f"{name}.txt").write_text(text, encoding="utf-8")
    assert CliRunner().invoke(cli, ["extract", str(archive), "-o", str(tmp_path / "dataset")]).exit_code == 0
    return {one.report.source: set(raised(one)) for one in check_dataset(tmp_path / "dataset")}


def test_a_plan_and_its_progress_agree(tmp_path: Path) -> None:
    found = dataset_verdicts(tmp_path, plan=TEXTS["plan"], progress=TEXTS["progress"], other=TEXTS["topics"])
    assert found == {"plan.txt": set(), "progress.txt": set(), "other.txt": set()}


def test_a_planned_measure_missing_from_the_progress_report(tmp_path: Path) -> None:
    progress = "".join(
        line for line in TEXTS["progress"].splitlines(keepends=True) if not line.startswith("3.")
    )
    found = dataset_verdicts(tmp_path, plan=TEXTS["plan"], progress=progress)
    assert found == {"plan.txt": set(), "progress.txt": {"A11"}}


def test_the_same_file_twice(tmp_path: Path) -> None:
    assert dataset_verdicts(tmp_path, a=TEXTS["plan"], b=TEXTS["plan"]) == {"a.txt": {"B10"}}


def test_two_reports_of_one_agency_and_year_that_disagree(tmp_path: Path) -> None:
    other = TEXTS["plan"].replace("1. การปฏิบัติหน้าที่\t95.00", "1. การปฏิบัติหน้าที่\t90.00").replace("88.10", "87.80")
    found = dataset_verdicts(tmp_path, a=TEXTS["plan"], b=other)
    assert found == {"a.txt": {"B11"}, "b.txt": {"B11"}}


# -- years and schemes without rules --------------------------------------------------------------


def test_a_year_without_rules_is_reported_and_not_judged() -> None:
    judged = verdicts("topics", later("topics", 3))
    assert {name: one.status for name, one in raised(judged).items()} == {"year": "not_judged"}
    assert "FY2570" in say(raised(judged)["year"], "en")


@pytest.mark.parametrize(
    "edits",
    [
        (("องค์การบริหารส่วนตำบลปากแคว", "โรงเรียนบ้านปากแคว"),),
        (("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปี", "แบบรายงาน MOIT ประจำปี"),),
        (("การวิเคราะห์รายตัวชี้วัด", "ดัชนีความโปร่งใส ดัชนีความพร้อมรับผิด ดัชนีความปลอดจากการทุจริต"),),
    ],
)
def test_another_scheme_is_reported_and_not_judged(edits: Edits) -> None:
    judged = verdicts("plan", edits)
    assert [(one.rule.rule, one.status, one.severity) for one in judged.verdicts] == [
        ("scheme", "not_judged", "info")
    ]
