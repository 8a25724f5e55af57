"""The table of results: overall results of agencies and levels, by year."""

from __future__ import annotations

from thaita.models.columns import (
    AGENCY_ID,
    FLAGS,
    PROVENANCE,
    REPORT_ID,
    REPORT_REFERENCE,
    TableDefinition,
    column,
)

SCOPES = ("own", "agency", "national", "province", "ministry", "type")
SCOPE = column(
    "scope",
    "string",
    "whose it is: the report's own agency's, another agency's, or that of a level (nation, province, ministry, type of agency); empty if the report leaves it open",
    "เป็นของใคร: หน่วยงานเจ้าของรายงาน (own) หน่วยงานอื่น (agency) หรือระดับประเทศ จังหวัด กระทรวง ประเภทหน่วยงาน เว้นว่างหากรายงานไม่ระบุชัด",
    *SCOPES,
)

RESULTS = TableDefinition(
    "results",
    "the result of an agency or level in a year",
    "ผลการประเมินหนึ่งปีของหน่วยงานหรือระดับหนึ่ง",
    (
        REPORT_ID,
        column("result_id", "string", "id of the result", "รหัสผลการประเมิน"),
        SCOPE,
        column(
            "agency",
            "string",
            "full name of the agency, or name of the level",
            "ชื่อเต็มของหน่วยงาน หรือชื่อของระดับ",
            width=38,
        ),
        AGENCY_ID,
        column("agency_type", "string", "type of the agency", "ประเภทหน่วยงาน"),
        column("district", "string", "name of the district, without อำเภอ", "ชื่ออำเภอ ไม่มีคำว่าอำเภอ"),
        column("province", "string", "name of the province, without จังหวัด", "ชื่อจังหวัด ไม่มีคำว่าจังหวัด"),
        column(
            "fiscal_year", "integer", "fiscal year (B.E.) that the result assesses", "ปีงบประมาณที่ประเมิน (พ.ศ.)"
        ),
        column("overall_score", "number", "overall score as published, 0-100", "คะแนนภาพรวมตามที่เผยแพร่ 0-100"),
        column("grade", "string", "grade as written", "ระดับผลการประเมินตามที่เขียน"),
        column(
            "iit",
            "number",
            "score of IIT, 0-100; points of its weight are converted",
            "คะแนน IIT 0-100 แปลงจากคะแนนถ่วงน้ำหนักแล้ว",
        ),
        column("eit", "number", "score of EIT, 0-100", "คะแนน EIT 0-100"),
        column("eit_part1", "number", "score of part 1 of EIT, 0-100", "คะแนน EIT ส่วนที่ 1 0-100"),
        column("eit_part2", "number", "score of part 2 of EIT, 0-100", "คะแนน EIT ส่วนที่ 2 0-100"),
        column("oit", "number", "score of OIT, 0-100", "คะแนน OIT 0-100"),
        column("rank", "integer", "rank as published", "อันดับตามที่เผยแพร่"),
        column("agencies", "integer", "number of agencies behind a mean", "จำนวนหน่วยงานของค่าเฉลี่ย"),
        FLAGS,
        *PROVENANCE,
    ),
    ("result_id",),
    REPORT_REFERENCE,
)
