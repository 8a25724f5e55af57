"""Fit the weights by which headings that no list holds are recognized: `normalize/data/heading_weights.csv`.

usage: python benchmarks/train_headings.py [--cross] [--check]

The examples are the headings of `normalize/data/headings.csv`, the lines of `benchmarks/headings.csv`, and headings, column heads and other lines of the
split `fit` of `benchmarks/layouts/phrases`. The model is a logistic regression on runs of letters; weights near
zero are dropped. It prints how often it is right in cross-validation, by confidence, and with `--check` also on
the phrases of the split `check`, which it never sees. Needs scikit-learn (`benchmarks/requirements.txt`).
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path
from random import Random

from letters import check, fit

from thaita.normalize.heading_model import TEXT, likely_labels

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "normalize" / "data" / "heading_weights.csv"
OWN = ROOT / "benchmarks" / "headings.csv"
PHRASES = ROOT / "benchmarks" / "layouts" / "phrases"
REGULARIZATION = 6.0
SECTION = "section"
MEANINGS = {
    "strengths": "strength",
    "weaknesses": "weakness",
    "improvements": "improvement",
    "observations": "observation",
    "limitations": "limitation",
    "measures": "title",
    "progress": "result",
    "swot_o": "opportunity",
    "swot_t": "limitation",
}
"""The label of each meaning of `headings.csv` of the phrase banks; all others open a section without values."""
ROLES = {
    "score_of_year": "score",
    "weight": "other_score",
    "target": "other_score",
    "last_year": "other_score",
    "national_mean": "other_score",
    "province_mean": "other_score",
    "difference": "other_score",
    "item_mean": "other_score",
    "full_score": "other_score",
    "rank": "other",
    "level": "grade",
    "measure_title": "title",
    "period_start": "period",
    "period_end": "period",
    "suggestion": "improvement",
    "limitation": "limitation",
    "budget": "other",
    "output_indicator": "other",
    "evidence_link": "other",
    "remark": "other",
    "issue": "topic",
}
"""The label of each role of `headers.csv` of the phrase banks whose name differs."""
PLACEHOLDERS = {
    "year": "2567",
    "last_year": "2566",
    "agency": "หน่วยงาน",
    "instrument": "IIT",
    "topic": "",
    "indicator": "",
}
FIELD = re.compile(r"\{(\w+)\}")
VALUES = PLACEHOLDERS | {
    "agency": "เทศบาลตำบลบ้านกลาง",
    "other": "โรงพยาบาลลำพูน",
    "level": "A",
    "n": "12",
    "unit": "คะแนน",
    "rank": "3",
    "instrument_name": "แบบวัดการรับรู้",
    "indicator": "การใช้อำนาจ",
    "indicator_a": "การใช้อำนาจ",
    "indicator_b": "การใช้งบประมาณ",
}
Example = tuple[str, str]
LONG = 30
"""Headings of fewer letters than this are also shown with other words around them."""
AFTER = (
    "จากผลประเมิน",
    "จากผลการประเมิน",
    "ของหน่วยงาน",
    "ที่พบ",
    "ประจำปีงบประมาณ พ.ศ. 2567",
    "ปี 2567",
    "จากการวิเคราะห์",
    "ในภาพรวม",
    "ของเรา",
    "รายตัวชี้วัด",
    "ตามผล ITA",
    "ที่เกี่ยวข้อง",
    "จากการประเมิน ITA",
    "โดยสรุป",
    "ขององค์กร",
    "ในรอบปี",
    "หลัก",
    "ที่สำคัญ",
    "ทั้งหมด",
    "ตามแผน",
    "ภายในหน่วยงาน",
    "ด้านความโปร่งใส",
    "(โดยย่อ)",
    "เพิ่มเติม",
)
BEFORE = ("สรุป", "ส่วนของ", "รายการ", "รายละเอียด", "ประเด็น", "ด้าน", "เรื่อง", "ข้อมูล", "บันทึก", "ตาราง")


def bank(name: str, split: str) -> list[dict[str, str]]:
    """Return the rows of a phrase bank that belong to a split."""
    with (PHRASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("split", split) == split]


def headings(split: str) -> list[Example]:
    """Return the headings and column heads of a split with their labels."""
    found = [(row["text"], MEANINGS.get(row["meaning"], SECTION)) for row in bank("headings", split)]
    for row in bank("headers", split):
        role = row["role"]
        found.append((row["text"], HEADS.get(role) or ROLES.get(role, role)))
    return [(text.format_map(PLACEHOLDERS), label) for text, label in found]


HEADS = {kind: MEANINGS[kind] for kind in ("strengths", "weaknesses", "improvements", "observations")}


def with_words_around(heads: list[Example]) -> list[Example]:
    """Return headings with words before or after them that change nothing of what they announce."""
    random = Random(1)
    found = []
    for text, label in heads:
        if len(text) < LONG:
            found += [(f"{text}{after}", label) for after in random.sample(AFTER, 4)]
            found += [(f"{before}{text}", label) for before in random.sample(BEFORE, 2)]
    return found


def filled(field: re.Match[str]) -> str:
    """Return an example of what a placeholder stands for."""
    return VALUES.get(field[1], "91.25")


def lines(split: str) -> list[Example]:
    """Return lines of a split that are no headings."""
    texts = [
        row["text"] for name in ("findings", "general_findings", "limitations") for row in bank(name, split)
    ]
    texts += [line for row in bank("sentences", split) for line in FIELD.sub(filled, row["text"]).split("|")]
    for row in bank("measures", split):
        texts += [
            row["title"],
            *row["steps"].split("|"),
            row["guideline"],
            row["monitoring"],
            row["result"],
            row["outcome"],
        ]
    texts += [row["owner"] for row in bank("owners", split)]
    return [(text, TEXT) for text in texts if len(text) > 3]


def known() -> list[Example]:
    """Return the headings of the product's own list."""
    with (ROOT / "normalize" / "data" / "headings.csv").open(encoding="utf-8", newline="") as file:
        return [(row["phrase"], row["kind"] or row["role"]) for row in csv.DictReader(file)]


def own() -> list[Example]:
    """Return the lines written for this model alone."""
    with OWN.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def main() -> int:
    """Run the command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    heads = [*known(), *headings("fit")]
    examples = [*heads, *headings("fit"), *own(), *with_words_around(heads), *lines("fit")]
    fit(TARGET, examples, REGULARIZATION, cross=given.cross)
    if given.check:
        check([*headings("check"), *lines("check")], likely_labels)
    return 0


if __name__ == "__main__":
    sys.exit(main())
