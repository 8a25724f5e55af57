"""The dataset's tables and their columns, defined once: every output is made from this."""

from __future__ import annotations

from dataclasses import dataclass

from thaita.models.columns import (
    AGENCY_ID,
    FLAGS,
    INDICATOR_NOS,
    INSTRUMENT,
    ITEM,
    MEASURE_ID,
    PROVENANCE,
    REPORT_ID,
    TOPIC,
    Column,
    column,
)
from thaita.models.finding_kinds import FindingKind


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table of the dataset: one row a what, and the columns in their order.

    `key` are the columns that tell its rows apart; `references` are columns that hold the key of another
    table, with its name.
    """

    name: str
    row: str
    row_th: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


_OF_REPORT = (("report_id", "reports"),)
_OF_MEASURE = (("measure_id", "measures"),)

TABLES: tuple[TableDefinition, ...] = (
    TableDefinition(
        "reports",
        "a report",
        "รายงานหนึ่งฉบับ",
        (
            REPORT_ID,
            column("source", "string", "path relative to the archive's root", "ที่อยู่ไฟล์ เทียบกับโฟลเดอร์ที่ให้"),
            column("sha256", "string", "SHA-256 of the file", "ค่า SHA-256 ของไฟล์"),
            column("media_type", "string", "media type of the file", "ชนิดไฟล์"),
            column("page_count", "integer", "number of pages; empty for formats without pages", "จำนวนหน้า"),
            column(
                "kind",
                "list",
                "what the report is",
                "ประเภทรายงาน",
                "analysis",
                "measures",
                "progress",
                "summary",
            ),
            column("agency", "string", "full official name of the agency", "ชื่อเต็มของหน่วยงาน"),
            AGENCY_ID,
            column("agency_type", "string", "type of the agency", "ประเภทหน่วยงาน"),
            column("subdistrict", "string", "subdistrict, without ตำบล", "ตำบล"),
            column("district", "string", "district, without อำเภอ", "อำเภอ"),
            column("province", "string", "province, without จังหวัด", "จังหวัด"),
            column("province_code", "string", "TIS 1099 code of the province", "รหัสจังหวัด มอก. 1099"),
            column("district_code", "string", "TIS 1099 code of the district", "รหัสอำเภอ มอก. 1099"),
            column("subdistrict_code", "string", "TIS 1099 code of the subdistrict", "รหัสตำบล มอก. 1099"),
            column(
                "fiscal_year",
                "integer",
                "B.E. year whose assessment the scores belong to",
                "ปีงบประมาณที่ประเมิน พ.ศ.",
            ),
            column("plan_year", "integer", "B.E. year of the measures", "ปีงบประมาณของมาตรการ พ.ศ."),
            column("overall_score", "number", "overall score as published, 0-100", "คะแนนภาพรวมตามที่เผยแพร่"),
            column("grade", "string", "grade as written", "ระดับผลการประเมินตามที่เขียน"),
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
    ),
    TableDefinition(
        "scores",
        "an indicator score",
        "คะแนนตัวชี้วัดหนึ่งตัว",
        (
            REPORT_ID,
            column("score_id", "string", "id of the score", "รหัสคะแนน"),
            column("agency", "string", "agency that the score belongs to", "หน่วยงานเจ้าของคะแนน"),
            AGENCY_ID,
            column("fiscal_year", "integer", "B.E. year of the assessment", "ปีงบประมาณที่ประเมิน พ.ศ."),
            INSTRUMENT,
            column(
                "indicator_no",
                "integer",
                "canonical number 1-10, decided by the name",
                "ลำดับตัวชี้วัดมาตรฐาน ตัดสินจากชื่อ",
            ),
            column("indicator", "string", "canonical name", "ชื่อตัวชี้วัดมาตรฐาน"),
            column("score", "number", "score 0-100", "คะแนน 0-100"),
            column("score_as_written", "string", "score as the report writes it", "คะแนนตามที่เขียน"),
            column("name_as_written", "string", "indicator name as the report writes it", "ชื่อตัวชี้วัดตามที่เขียน"),
            column("no_as_written", "string", "indicator number as the report writes it", "ลำดับตามที่เขียน"),
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
        _OF_REPORT,
    ),
    TableDefinition(
        "findings",
        "a finding",
        "ข้อค้นพบหนึ่งข้อ",
        (
            REPORT_ID,
            column("finding_id", "string", "id of the finding", "รหัสข้อค้นพบ"),
            column(
                "kind",
                "string",
                "kind of finding",
                "ประเภทข้อค้นพบ",
                *FindingKind,
            ),
            INSTRUMENT,
            INDICATOR_NOS,
            TOPIC,
            ITEM,
            column("text", "string", "the report's own words", "ข้อความตามรายงาน"),
            FLAGS,
            *PROVENANCE,
        ),
        ("finding_id",),
        _OF_REPORT,
    ),
    TableDefinition(
        "measures",
        "a measure",
        "มาตรการหนึ่งข้อ",
        (
            REPORT_ID,
            MEASURE_ID,
            column("measure_no", "string", "number as written", "ลำดับตามที่เขียน"),
            column("title", "string", "measure, activity or indicator acted on", "ชื่อมาตรการ"),
            INDICATOR_NOS,
            TOPIC,
            ITEM,
            column("guideline", "string", "how it is to be done (แนวทางการปฏิบัติ)", "แนวทางการปฏิบัติ"),
            column("period_start", "date", "first day, ISO 8601, Common Era", "วันเริ่ม ค.ศ."),
            column("period_end", "date", "last day, ISO 8601, Common Era", "วันสิ้นสุด ค.ศ."),
            column("period_as_written", "string", "period as written", "ระยะเวลาตามที่เขียน"),
            column("monitoring", "string", "how it is followed up (การกำกับติดตาม)", "การกำกับติดตาม"),
            column("status", "string", "state of the work", "สถานะ", "done", "in_progress", "not_started"),
            column("result", "string", "what was done (สรุปผลการดำเนินการ)", "สรุปผลการดำเนินการ"),
            column("outcome", "string", "what came of it (ผลลัพธ์หรือความสำเร็จ)", "ผลลัพธ์หรือความสำเร็จ"),
            FLAGS,
            *PROVENANCE,
        ),
        ("measure_id",),
        _OF_REPORT,
    ),
    TableDefinition(
        "measure_steps",
        "a step of a measure",
        "ขั้นตอนหนึ่งขั้นของมาตรการ",
        (
            MEASURE_ID,
            column("step_no", "integer", "position of the step, from 1", "ลำดับขั้นตอน นับจาก 1"),
            column("no_as_written", "string", "number as written", "ลำดับตามที่เขียน"),
            column("text", "string", "the step, without its number", "ข้อความขั้นตอน ไม่รวมเลขลำดับ"),
            *PROVENANCE,
        ),
        ("measure_id", "step_no"),
        _OF_MEASURE,
    ),
    TableDefinition(
        "measure_owners",
        "a responsible unit of a measure",
        "ผู้รับผิดชอบหนึ่งหน่วยของมาตรการ",
        (MEASURE_ID, column("owner", "string", "responsible unit", "หน่วยงานผู้รับผิดชอบ"), *PROVENANCE),
        ("measure_id", "owner"),
        _OF_MEASURE,
    ),
    TableDefinition(
        "evidence",
        "a value with a place of its own",
        "ค่าหนึ่งค่ากับที่มาของค่า",
        (
            REPORT_ID,
            column("table", "string", "table of the value", "ตาราง"),
            column("row_id", "string", "id of its row", "รหัสแถว"),
            column(
                "column",
                "string",
                "its column; `claimed`: what the text calls a score (`highest`, `lowest`, `strength`, `weakness`); `other_reading`: how another recogniser reads a scanned score; `extracted:` and a column: what the program read where a person corrected it",
                "คอลัมน์ หรือ claimed คือสิ่งที่ข้อความกล่าวถึงคะแนน other_reading คือผลการอ่านอีกแบบของคะแนนจากภาพสแกน extracted: ตามด้วยชื่อคอลัมน์ คือค่าที่โปรแกรมอ่านได้ก่อนมีคนแก้",
            ),
            column("value", "string", "the value", "ค่า"),
            *PROVENANCE,
        ),
        (),
        _OF_REPORT,
    ),
    TableDefinition(
        "problems",
        "a thing that a person should look at",
        "เรื่องที่ควรมีคนตรวจดู",
        (
            REPORT_ID,
            column("source", "string", "path relative to the archive's root", "ที่อยู่ไฟล์"),
            column("severity", "string", "how bad", "ระดับ", "error", "warning", "info"),
            column("code", "string", "short name of the kind of problem", "รหัสปัญหา"),
            column("message", "string", "what is wrong, for a person", "คำอธิบาย"),
            column("table", "string", "table concerned", "ตารางที่เกี่ยวข้อง"),
            column("row_id", "string", "id of the row concerned", "รหัสแถวที่เกี่ยวข้อง"),
            *PROVENANCE,
        ),
        (),
        _OF_REPORT,
    ),
    TableDefinition(
        "unread",
        "a block of the source that no table took",
        "ข้อความต้นฉบับที่ไม่มีตารางใดใช้",
        (
            REPORT_ID,
            column(
                "kind", "string", "what it is", "ประเภท", "narrative", "heading", "boilerplate", "unclear"
            ),
            column("text", "string", "the text", "ข้อความ"),
            FLAGS,
            *PROVENANCE,
        ),
        (),
        _OF_REPORT,
    ),
)

BY_NAME = {table.name: table for table in TABLES}
