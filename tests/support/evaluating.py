"""A small report and its gold, written by hand so that every outcome occurs."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal

from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.gold import gold_of

REPORT = {
    "report_id": "r1",
    "source": "a/report.pdf",
    "agency": "เทศบาลตำบลบ้านกลาง",
    "province": "ลำพูน",
    "fiscal_year": 2567,
    "overall_score": Decimal("91.25"),
    "grade": "ผ่านดี",
    "flags": None,
}


def score(number, value, **more):
    return {"score_id": f"r1-s{number}", "indicator_no": number, "score": Decimal(value), **more}


def finding(number, kind, text, **more):
    return {
        "finding_id": f"r1-f{number}",
        "kind": kind,
        "text": text,
        "page": 3,
        "quote": f"• {text}",
        **more,
    }


def measure(number, title, **more):
    return {"measure_id": f"r1-m{number}", "title": title, **more}


TEXTS = (
    "ประชาชนยังไม่ทราบช่องทางร้องเรียนของเทศบาล",
    "เจ้าหน้าที่ให้บริการตามลำดับคิวอย่างเท่าเทียม",
    "ควรเผยแพร่แผนการใช้จ่ายงบประมาณให้เร็วขึ้น",
    "การยืมทรัพย์สินของราชการยังไม่มีระเบียบชัดเจน",
)

ROWS = {
    "reports": [REPORT],
    "scores": [score(1, "95.10", page=2, quote="๑ การปฏิบัติหน้าที่ ๙๕.๑๐")],
    "findings": [finding(i, "weakness", text, instrument="EIT") for i, text in enumerate(TEXTS[:2], 1)],
    "measures": [measure(1, "จัดทำคู่มือการให้บริการประชาชน", period_start="2024-10-01", status="done")],
    "measure_steps": [
        {"measure_id": "r1-m1", "step_no": i, "text": text}
        for i, text in enumerate(("ประชุมคณะทำงาน", "ประกาศใช้คู่มือ"), 1)
    ],
    "measure_owners": [{"measure_id": "r1-m1", "owner": "สำนักปลัด"}],
}

GOLD = {
    "form": {"scores": "table", "furniture": ["header", "stamp"]},
    "report": {
        "agency": "เทศบาลตำบล บ้านกลาง",
        "province": "ลำพูน",
        "fiscal_year": 2567,
        "overall_score": 91.25,
        "grade": "ผ่านดี",
    },
    "not_stated": ["district"],
    "scores": [{"indicator_no": 1, "score": 95.1, "words": "1 การปฏิบัติหน้าที่ 95.10", "page": 2}],
    "findings": [
        {"kind": "weakness", "text": text, "instrument": "EIT", "page": 3, "words": text}
        for text in TEXTS[:2]
    ],
    "limitations": [],
    "measures": [
        {
            "title": "จัดทำคู่มือการให้บริการประชาชน",
            "steps": ["ประชุมคณะทำงาน", "2. ประกาศใช้คู่มือ"],
            "owners": ["สำนักปลัด"],
            "period_start": "2024-10-01",
            "status": "done",
            "not_stated": ["result"],
        }
    ],
}


def judge(rows=None, gold=None, **changed):
    """Compare the report, with changed tables, with its gold, with changed keys."""
    wanted = {**deepcopy(GOLD), **(gold or {})}
    tables = None if rows == "absent" else {**deepcopy(ROWS), **(rows or {}), **changed}
    return compare("report", gold_of(json.dumps(wanted)), tables)


def errors(judged):
    """Return (table, field, outcome) of each value that is not right."""
    return [(one.table, one.field, one.outcome) for one in judged.errors]
