"""The tables of reports, their scores and their findings."""

from __future__ import annotations

from dataclasses import replace

from thaita.models.codes import Language
from thaita.models.columns import (
    AGENCY_ID,
    FLAGS,
    INDICATOR_NOS,
    INSTRUMENT,
    ITEM,
    OF_REPORT,
    PROVENANCE,
    REPORT_ID,
    TOPIC,
    TableDefinition,
    column,
)
from thaita.models.finding_kinds import FindingKind

REPORT_KINDS: dict[str, dict[Language, str]] = {
    "analysis": {"en": "analysis of results", "th": "วิเคราะห์ผล"},
    "measures": {"en": "measures", "th": "มาตรการ"},
    "progress": {"en": "progress", "th": "ผลการดำเนินการ"},
    "summary": {"en": "summary of several agencies", "th": "สรุปหลายหน่วยงาน"},
}
"""What a report can be, and its name on pages."""

REPORTS = TableDefinition(
    "reports",
    "a report",
    "รายงานหนึ่งฉบับ",
    (
        REPORT_ID,
        column(
            "source", "string", "path relative to the archive's root", "ที่อยู่ไฟล์ เทียบกับโฟลเดอร์ที่ให้", width=30
        ),
        column("sha256", "string", "SHA-256 of the file", "ค่า SHA-256 ของไฟล์", width=14),
        column("media_type", "string", "media type of the file", "ชนิดไฟล์"),
        column("page_count", "integer", "number of pages; empty for formats without pages", "จำนวนหน้า"),
        column(
            "kind",
            "list",
            "what the report is",
            "ประเภทรายงาน",
            *REPORT_KINDS,
            label=("Kind", "ประเภท"),
        ),
        column(
            "agency",
            "string",
            "full official name of the agency",
            "ชื่อเต็มของหน่วยงาน",
            label=("Agency", "หน่วยงาน"),
            width=38,
        ),
        AGENCY_ID,
        column(
            "agency_type",
            "string",
            "type of the agency",
            "ประเภทหน่วยงาน",
            label=("Type of agency", "ประเภทหน่วยงาน"),
        ),
        column("subdistrict", "string", "subdistrict, without ตำบล", "ตำบล", label=("Subdistrict", "ตำบล")),
        column("district", "string", "district, without อำเภอ", "อำเภอ", label=("District", "อำเภอ")),
        column("province", "string", "province, without จังหวัด", "จังหวัด", label=("Province", "จังหวัด")),
        column("province_code", "string", "TIS 1099 code of the province", "รหัสจังหวัด มอก. 1099"),
        column("district_code", "string", "TIS 1099 code of the district", "รหัสอำเภอ มอก. 1099"),
        column("subdistrict_code", "string", "TIS 1099 code of the subdistrict", "รหัสตำบล มอก. 1099"),
        column(
            "fiscal_year",
            "integer",
            "B.E. year whose assessment the scores belong to",
            "ปีงบประมาณที่ประเมิน พ.ศ.",
            label=("Year assessed (B.E.)", "ปีที่ประเมิน (พ.ศ.)"),
        ),
        column(
            "plan_year",
            "integer",
            "B.E. year of the measures",
            "ปีงบประมาณของมาตรการ พ.ศ.",
            label=("Year of measures (B.E.)", "ปีของมาตรการ (พ.ศ.)"),
        ),
        column(
            "overall_score",
            "number",
            "overall score as published, 0-100",
            "คะแนนภาพรวมตามที่เผยแพร่",
            label=("Overall score", "คะแนนภาพรวม"),
        ),
        column("grade", "string", "grade as written", "ระดับผลการประเมินตามที่เขียน", label=("Grade", "ระดับผล")),
        column(
            "overall_computed",
            "number",
            "overall score that the indicator scores give",
            "คะแนนรวมที่คำนวณจากตัวชี้วัด",
        ),
        column(
            "same_as",
            "string",
            "report_id of an earlier file that is the same report, in another format",
            "รหัสรายงานของไฟล์ก่อนหน้าที่เป็นรายงานเดียวกัน ต่างรูปแบบไฟล์",
        ),
        FLAGS,
    ),
    ("report_id",),
)

SCORES = TableDefinition(
    "scores",
    "an indicator score",
    "คะแนนตัวชี้วัดหนึ่งตัว",
    (
        REPORT_ID,
        column("score_id", "string", "id of the score", "รหัสคะแนน"),
        column(
            "agency",
            "string",
            "agency that the score belongs to",
            "หน่วยงานเจ้าของคะแนน",
            label=("Agency", "หน่วยงาน"),
            width=38,
        ),
        AGENCY_ID,
        column(
            "fiscal_year",
            "integer",
            "B.E. year of the assessment",
            "ปีงบประมาณที่ประเมิน พ.ศ.",
            label=("Year assessed (B.E.)", "ปีที่ประเมิน (พ.ศ.)"),
        ),
        INSTRUMENT,
        column(
            "indicator_no",
            "integer",
            "canonical number 1-{last_indicator}, decided by the name",
            "ลำดับตัวชี้วัดมาตรฐาน ตัดสินจากชื่อ",
            label=("Indicator no.", "ตัวชี้วัดที่"),
        ),
        column("indicator", "string", "canonical name", "ชื่อตัวชี้วัดมาตรฐาน", width=30),
        column("score", "number", "score 0-100", "คะแนน 0-100", label=("Score", "คะแนน")),
        column(
            "score_as_written",
            "string",
            "score as the report writes it",
            "คะแนนตามที่เขียน",
            label=("Score as written", "คะแนนตามที่เขียน"),
        ),
        column(
            "name_as_written",
            "string",
            "indicator name as the report writes it",
            "ชื่อตัวชี้วัดตามที่เขียน",
            label=("Name as written", "ชื่อตามที่เขียน"),
            prose=True,
        ),
        column(
            "no_as_written",
            "string",
            "indicator number as the report writes it",
            "ลำดับตามที่เขียน",
            label=("Number as written", "ลำดับตามที่เขียน"),
        ),
        column(
            "name_match",
            "number",
            "similarity 0-100 of the repaired name to the canonical one",
            "ความคล้ายของชื่อ 0-100",
        ),
        FLAGS,
        *PROVENANCE,
    ),
    ("score_id",),
    OF_REPORT,
)

FINDINGS = TableDefinition(
    "findings",
    "a finding",
    "ข้อค้นพบหนึ่งข้อ",
    (
        REPORT_ID,
        column("finding_id", "string", "id of the finding", "รหัสข้อค้นพบ"),
        column("kind", "string", "kind of finding", "ประเภทข้อค้นพบ", *FindingKind, label=("Kind", "ประเภท")),
        replace(INSTRUMENT, label="Instrument", label_th="เครื่องมือ"),
        INDICATOR_NOS,
        TOPIC,
        ITEM,
        column(
            "text",
            "string",
            "the report's own words",
            "ข้อความตามรายงาน",
            label=("Text", "ข้อความ"),
            width=70,
            prose=True,
        ),
        FLAGS,
        *PROVENANCE,
    ),
    ("finding_id",),
    OF_REPORT,
)
