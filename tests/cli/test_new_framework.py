"""A new framework needs only data: a fictitious one passes through every stage of a copy of the program."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

import thaita
from thaita.models.rows import rows

# FY2590: an eleventh indicator, under a fourth instrument with items of its own letter
ADDED = {
    "indicators.csv": [
        "2590,,11,AIT,canonical,การมีส่วนร่วมของประชาชน,Public participation,made up,test,",
        "2590,,,AIT,instrument,แบบสำรวจภาคประชาชน,,made up,test,",
    ],
    "instruments.csv": ["AIT,A,ภาคประชาชน,citizens,made up,test,"],
    "weights.csv": [
        f"2590,{code},{share},,mean,made up,test,"
        for code, share in (("IIT", 20), ("EIT", 30), ("OIT", 40), ("AIT", 10))
    ],
    "items.csv": ["2590,AIT,A1,หน่วยงานเปิดโอกาสให้ประชาชนร่วมตัดสินใจ,indicator 11,made up,test,"],
    "topics.csv": ["2590,,8,canonical,กระบวนการมีส่วนร่วมของภาคประชาสังคม,made up,test,"],
}
LAST_YEAR = {"4": "2594"}
"""From FY2595 on the fourth indicator is no longer assessed."""

REPORT = """รายงานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. {year}

องค์การบริหารส่วนตำบลปากแคว อำเภอเมืองสุโขทัย จังหวัดสุโขทัย

ผลการประเมินในภาพรวม ปีงบประมาณ พ.ศ. {year} ได้คะแนน 86.50 คะแนน

ตัวชี้วัด	คะแนน	ข้อบกพร่องที่ต้องพัฒนา
1. การปฏิบัติหน้าที่	90.00	ควรลดเวลาให้บริการ
2. การใช้งบประมาณ	80.00	ควรเผยแพร่แผนการใช้จ่าย
3. การใช้อำนาจ	85.00	ควรมอบหมายงานให้เป็นธรรม
4. การใช้ทรัพย์สินของราชการ	95.00	ควรทำทะเบียนกลาง
5. การแก้ไขปัญหาการทุจริต	100.00	ควรเพิ่มช่องทางร้องเรียน
6. คุณภาพการดำเนินงาน	80.00	ควรอบรมเจ้าหน้าที่
7. ประสิทธิภาพการสื่อสาร	85.00	ควรปรับปรุงเว็บไซต์
8. การปรับปรุงการทำงาน	90.00	ควรรับฟังความคิดเห็น
9. การเปิดเผยข้อมูล	95.00	ควรเผยแพร่ให้ครบ
10. การป้องกันการทุจริต	85.00	ควรประกาศนโยบาย
11. การมีส่วนร่วมของประชาชน	70.00	ควรจัดเวทีประชาคม

ข้อ A1 การร่วมตัดสินใจ: ประชาชนยังไม่ทราบช่องทาง
"""

SCRIPT = """
import json, sys
from click.testing import CliRunner
import thaita
from thaita.cli.main import cli
from thaita.models.rows import rows
from thaita.normalize.frameworks import framework
from thaita.normalize.topics import match_topic

def run(*arguments):
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return done.output

run("extract", "archive", "-o", "dataset", "--workers", "1")
run("report", "dataset", "-o", "site", "--lang", "en")
panel = thaita.panel(thaita.load("dataset")).reset_index()
reports = {year: list(rows(thaita.read(f"archive/{year}.txt"))) for year in (2568, 2590)}
print(json.dumps({
    "panel": panel[panel["fiscal_year"] == 2590].iloc[0].to_dict(),
    "verdicts": json.loads(run("check", "archive/2590.txt", "--format", "json")),
    "reports": reports,
    "indicators": {year: list(framework(year).indicators) for year in (None, 2568, 2590, 2595)},
    "topic": match_topic("8. กระบวนการมีส่วนร่วมของภาคประชาสังคม").no,
}, default=str))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the program, its data of FY2590 added, and an archive of two reports."""
    folder = tmp_path_factory.mktemp("copy")
    # with the compiled modules, but not with those that another process is compiling
    left_out = shutil.ignore_patterns("samples", "*.pyc.*")
    shutil.copytree(ROOT / "thaita", folder / "thaita", ignore=left_out)
    data = folder / "thaita" / "normalize" / "data"
    for name, lines in ADDED.items():
        with (data / name).open("a", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
    _end(data / "indicators.csv")
    (folder / "archive").mkdir()
    for year in (2568, 2590):
        (folder / "archive" / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    return folder


def _end(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows({**row, "last_year": LAST_YEAR.get(row["no"], "")} for row in table)


@pytest.fixture(scope="module")
def told(folder: Path) -> dict:
    """Return the output of the copy for its archive."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "THAITA_CACHE": str(folder / "cache")}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def of(told: dict, year: int, table: str) -> list[dict]:
    return [row for name, row in told["reports"][str(year)] if name == table]


def test_the_eleventh_indicator_is_a_score_and_counts_under_the_years_weights(told):
    scores = {row["indicator_no"]: row for row in of(told, 2590, "scores")}
    assert list(scores) == list(range(1, 12))
    assert (scores[11]["instrument"], scores[11]["indicator"]) == ("AIT", "การมีส่วนร่วมของประชาชน")
    assert scores[11]["score"] == "70.00"
    (report,) = of(told, 2590, "reports")
    assert (report["overall_score"], report["overall_computed"], report["flags"]) == ("86.50", "86.50", None)
    assert of(told, 2590, "problems") == []


def test_findings_and_items_belong_to_the_fourth_instrument(told):
    findings = {row["text"]: row for row in of(told, 2590, "findings")}
    assert findings["ควรจัดเวทีประชาคม"]["indicator_no"] == "11"
    assert findings["ควรจัดเวทีประชาคม"]["instrument"] == "AIT"
    assert findings["ประชาชนยังไม่ทราบช่องทาง"]["item_code"] == "A1"
    assert findings["ประชาชนยังไม่ทราบช่องทาง"]["instrument"] == "AIT"
    assert told["topic"] == 8


def test_checks_panel_and_site_have_eleven_indicators(told, folder):
    verdicts = {one["rule"]: one for report in told["verdicts"]["reports"] for one in report["verdicts"]}
    assert verdicts["A3"]["status"] == "present"
    assert "11" in verdicts["A3"]["message"]["en"]
    assert verdicts["B2"]["status"] == "holds"
    assert told["panel"]["i11"] == 70.0
    site = "".join(path.read_text(encoding="utf-8") for path in (folder / "site").rglob("*.html"))
    assert "11. Public participation" in site
    assert 'data-concern="11"' in site
    assert "AIT citizens" in site
    assert ".AIT { color: var(--AIT); }" in site


def test_a_report_of_an_older_year_is_read_as_before(told, folder):
    before = json.loads(json.dumps(list(rows(thaita.read(folder / "archive" / "2568.txt"))), default=str))
    assert told["reports"]["2568"] == before
    assert [row["indicator_no"] for row in of(told, 2568, "scores")] == list(range(1, 11))


def test_each_year_has_its_own_indicators(told):
    ten = list(range(1, 11))
    ended = [no for no in range(1, 12) if no != 4]
    assert told["indicators"] == {"null": ten, "2568": ten, "2590": [*ten, 11], "2595": ended}
