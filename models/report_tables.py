"""The tables of reports, scores and findings."""

from __future__ import annotations

from dataclasses import replace

from thaita.models.codes import Language
from thaita.models.columns import (
    AGENCY_ID,
    FLAGS,
    INDICATOR_NOS,
    INSTRUMENT,
    ITEM,
    PROVENANCE,
    REPORT_ID,
    REPORT_REFERENCE,
    TOPIC,
    TableDefinition,
    column,
)
from thaita.models.finding_kinds import FindingKind
from thaita.models.result_tables import SCOPE

REPORT_KINDS: dict[str, dict[Language, str]] = {
    "analysis": {"en": "analysis of results", "th": "วิเคราะห์ผล"},
    "measures": {"en": "measures", "th": "มาตรการ"},
    "progress": {"en": "progress", "th": "ผลการดำเนินการ"},
    "summary": {"en": "summary of several agencies", "th": "สรุปหลายหน่วยงาน"},
    "national": {"en": "results of the nation", "th": "ผลระดับประเทศ"},
    "news": {"en": "press release, announcement or digest", "th": "ข่าวหรือประกาศ"},
    "plan": {"en": "passage of a longer document", "th": "ส่วนหนึ่งของเอกสารอื่น"},
}
"""The kinds of reports, and their names on pages."""

REPORTS = TableDefinition(
    "reports",
    "a report",
    "รายงานหนึ่งฉบับ",
    (
        REPORT_ID,
        column(
            "source",
            "string",
            "path of the file, relative to the archive",
            "ที่อยู่ไฟล์ เทียบกับโฟลเดอร์ของคลังรายงาน",
            width=30,
        ),
        column("sha256", "string", "SHA-256 of the file", "ค่า SHA-256 ของไฟล์", width=14),
        column("media_type", "string", "media type of the file", "ชนิดไฟล์"),
        column(
            "page_count",
            "integer",
            "number of pages; empty for formats without pages",
            "จำนวนหน้า เว้นว่างหากเอกสารไม่มีหน้า",
        ),
        column(
            "kind",
            "list",
            "kinds of the report",
            "ประเภทรายงาน",
            *REPORT_KINDS,
            label=("Kind", "ประเภท"),
        ),
        column(
            "agency",
            "string",
            "full official name of the agency",
            "ชื่อเต็มอย่างเป็นทางการของหน่วยงาน",
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
        column(
            "subdistrict",
            "string",
            "name of the subdistrict, without ตำบล",
            "ชื่อตำบล ไม่มีคำว่าตำบล",
            label=("Subdistrict", "ตำบล"),
        ),
        column(
            "district",
            "string",
            "name of the district, without อำเภอ",
            "ชื่ออำเภอ ไม่มีคำว่าอำเภอ",
            label=("District", "อำเภอ"),
        ),
        column(
            "province",
            "string",
            "name of the province, without จังหวัด",
            "ชื่อจังหวัด ไม่มีคำว่าจังหวัด",
            label=("Province", "จังหวัด"),
        ),
        column("province_code", "string", "TIS 1099 code of the province", "รหัสจังหวัด มอก. 1099"),
        column("district_code", "string", "TIS 1099 code of the district", "รหัสอำเภอ มอก. 1099"),
        column("subdistrict_code", "string", "TIS 1099 code of the subdistrict", "รหัสตำบล มอก. 1099"),
        column(
            "fiscal_year",
            "integer",
            "fiscal year (B.E.) that the scores assess",
            "ปีงบประมาณที่ประเมิน (พ.ศ.)",
            label=("Year assessed (B.E.)", "ปีที่ประเมิน (พ.ศ.)"),
        ),
        column(
            "plan_year",
            "integer",
            "fiscal year (B.E.) of the measures",
            "ปีงบประมาณของมาตรการ (พ.ศ.)",
            label=("Year of measures (B.E.)", "ปีของมาตรการ (พ.ศ.)"),
        ),
        column(
            "overall_score",
            "number",
            "overall score as published, 0-100",
            "คะแนนภาพรวมตามที่เผยแพร่ 0-100",
            label=("Overall score", "คะแนนภาพรวม"),
        ),
        column("grade", "string", "grade as written", "ระดับผลการประเมินตามที่เขียน", label=("Grade", "ระดับผล")),
        column(
            "overall_computed",
            "number",
            "overall score computed from the indicator scores",
            "คะแนนภาพรวมที่คำนวณจากคะแนนตัวชี้วัด",
        ),
        column(
            "same_as",
            "string",
            "report_id of an earlier file that contains the same report in another format",
            "รหัสรายงานของไฟล์ก่อนหน้าที่เป็นรายงานเดียวกันแต่ต่างรูปแบบไฟล์",
        ),
        FLAGS,
    ),
    ("report_id",),
)

SCORES = TableDefinition(
    "scores",
    "the score of an indicator",
    "คะแนนของตัวชี้วัดหนึ่งตัว",
    (
        REPORT_ID,
        column("score_id", "string", "id of the score", "รหัสคะแนน"),
        SCOPE,
        column(
            "agency",
            "string",
            "agency that received the score",
            "หน่วยงานที่ได้รับคะแนน",
            label=("Agency", "หน่วยงาน"),
            width=38,
        ),
        AGENCY_ID,
        column(
            "fiscal_year",
            "integer",
            "fiscal year (B.E.) that the score assesses",
            "ปีงบประมาณที่ประเมิน (พ.ศ.)",
            label=("Year assessed (B.E.)", "ปีที่ประเมิน (พ.ศ.)"),
        ),
        INSTRUMENT,
        column(
            "indicator_no",
            "integer",
            "standard indicator number, 1-{last_indicator}, determined by the name",
            "ลำดับตัวชี้วัดมาตรฐาน 1-{last_indicator} พิจารณาจากชื่อ",
            label=("Indicator no.", "ตัวชี้วัดที่"),
        ),
        column("indicator", "string", "standard name of the indicator", "ชื่อมาตรฐานของตัวชี้วัด", width=30),
        column("score", "number", "score, 0-100", "คะแนน 0-100", label=("Score", "คะแนน")),
        column(
            "score_as_written",
            "string",
            "score as written in the report",
            "คะแนนตามที่เขียนในรายงาน",
            label=("Score as written", "คะแนนตามที่เขียน"),
        ),
        column(
            "name_as_written",
            "string",
            "name of the indicator as written in the report",
            "ชื่อตัวชี้วัดตามที่เขียนในรายงาน",
            label=("Name as written", "ชื่อตามที่เขียน"),
            prose=True,
        ),
        column(
            "no_as_written",
            "string",
            "number of the indicator as written in the report",
            "ลำดับตัวชี้วัดตามที่เขียนในรายงาน",
            label=("Number as written", "ลำดับตามที่เขียน"),
        ),
        column(
            "name_match",
            "number",
            "similarity, 0-100, between the repaired name and the standard name",
            "ความคล้ายของชื่อที่ซ่อมแล้วกับชื่อมาตรฐาน 0-100",
        ),
        FLAGS,
        *PROVENANCE,
    ),
    ("score_id",),
    REPORT_REFERENCE,
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
            "text of the finding as written in the report",
            "ข้อความข้อค้นพบตามที่เขียนในรายงาน",
            label=("Text", "ข้อความ"),
            width=70,
            prose=True,
        ),
        FLAGS,
        *PROVENANCE,
    ),
    ("finding_id",),
    REPORT_REFERENCE,
)
