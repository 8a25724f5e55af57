"""The dataset's tables and their columns, defined once: every output is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "integer", "number", "date", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, and meaning in English and Thai. A `list` is joined by `|` in CSV."""

    name: str
    type: ColumnType
    meaning: str
    meaning_th: str
    values: tuple[str, ...] = ()


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


def _c(name: str, type_: ColumnType, meaning: str, meaning_th: str, *values: str) -> Column:
    return Column(name, type_, meaning, meaning_th, values)


_REPORT_ID = _c("report_id", "string", "stable id of the report's bytes", "รหัสรายงาน คงที่ตามเนื้อไฟล์")
_FLAGS = _c("flags", "list", "doubts, as codes", "ข้อสงสัย เป็นรหัส")
_INSTRUMENT = _c("instrument", "string", "instrument", "เครื่องมือประเมิน", "IIT", "EIT", "OIT")
_INDICATOR_NOS = _c("indicator_no", "list", "canonical indicator numbers 1-10", "ลำดับตัวชี้วัดมาตรฐาน 1-10")
_TOPIC = _c("topic_no", "integer", "topic 1-7, used from FY2566", "ประเด็นที่ 1-7 ใช้ตั้งแต่ปี 2566")
_ITEM = _c("item_code", "string", "questionnaire or disclosure item, such as E11, I19, O34", "รหัสข้อคำถาม")
_AGENCY_ID = _c(
    "agency_id", "string", "id of the agency, the same in all years and spellings", "รหัสหน่วยงาน คงที่ทุกปี"
)
_MEASURE_ID = _c("measure_id", "string", "id of the measure", "รหัสมาตรการ")

NUMBER_LISTS = frozenset({"indicator_no"})
"""Columns of type `list` that hold whole numbers; the other lists hold texts."""

PROVENANCE = (
    _c("page", "integer", "page from 1; empty for formats without pages", "หน้า นับจาก 1"),
    _c("x0", "number", "left edge in PDF points", "ขอบซ้าย หน่วยพอยต์"),
    _c("top", "number", "upper edge in PDF points from the page's top", "ขอบบน หน่วยพอยต์ จากขอบบนของหน้า"),
    _c("x1", "number", "right edge in PDF points", "ขอบขวา หน่วยพอยต์"),
    _c("bottom", "number", "lower edge in PDF points from the page's top", "ขอบล่าง หน่วยพอยต์"),
    _c("start", "integer", "first character offset in the extracted text", "ตำแหน่งอักขระแรกในข้อความที่สกัด"),
    _c("end", "integer", "character offset after the last", "ตำแหน่งหลังอักขระสุดท้าย"),
    _c("spans", "list", "exact ranges start-end, where a page break cut the value", "ช่วงตำแหน่งทั้งหมด"),
    _c("quote", "string", "source text of the value, as extracted", "ข้อความต้นฉบับตามที่สกัดได้"),
    _c(
        "confidence",
        "number",
        "of a scan: probability 0-1 that the least sure word is read right",
        "ความมั่นใจของคำที่อ่านจากภาพสแกน 0-1",
    ),
)

_OF_REPORT = (("report_id", "reports"),)
_OF_MEASURE = (("measure_id", "measures"),)

TABLES: tuple[TableDefinition, ...] = (
    TableDefinition(
        "reports",
        "a report",
        "รายงานหนึ่งฉบับ",
        (
            _REPORT_ID,
            _c("source", "string", "path relative to the archive's root", "ที่อยู่ไฟล์ เทียบกับโฟลเดอร์ที่ให้"),
            _c("sha256", "string", "SHA-256 of the file", "ค่า SHA-256 ของไฟล์"),
            _c("media_type", "string", "media type of the file", "ชนิดไฟล์"),
            _c("page_count", "integer", "number of pages; empty for formats without pages", "จำนวนหน้า"),
            _c(
                "kind",
                "list",
                "what the report is",
                "ประเภทรายงาน",
                "analysis",
                "measures",
                "progress",
                "summary",
            ),
            _c("agency", "string", "full official name of the agency", "ชื่อเต็มของหน่วยงาน"),
            _AGENCY_ID,
            _c("agency_type", "string", "type of the agency", "ประเภทหน่วยงาน"),
            _c("subdistrict", "string", "subdistrict, without ตำบล", "ตำบล"),
            _c("district", "string", "district, without อำเภอ", "อำเภอ"),
            _c("province", "string", "province, without จังหวัด", "จังหวัด"),
            _c("province_code", "string", "TIS 1099 code of the province", "รหัสจังหวัด มอก. 1099"),
            _c("district_code", "string", "TIS 1099 code of the district", "รหัสอำเภอ มอก. 1099"),
            _c("subdistrict_code", "string", "TIS 1099 code of the subdistrict", "รหัสตำบล มอก. 1099"),
            _c(
                "fiscal_year",
                "integer",
                "B.E. year whose assessment the scores belong to",
                "ปีงบประมาณที่ประเมิน พ.ศ.",
            ),
            _c("plan_year", "integer", "B.E. year of the measures", "ปีงบประมาณของมาตรการ พ.ศ."),
            _c("overall_score", "number", "overall score as published, 0-100", "คะแนนภาพรวมตามที่เผยแพร่"),
            _c("grade", "string", "grade as written", "ระดับผลการประเมินตามที่เขียน"),
            _c(
                "overall_computed",
                "number",
                "overall score that the indicator scores give",
                "คะแนนรวมที่คำนวณจากตัวชี้วัด",
            ),
            _FLAGS,
        ),
        ("report_id",),
    ),
    TableDefinition(
        "scores",
        "an indicator score",
        "คะแนนตัวชี้วัดหนึ่งตัว",
        (
            _REPORT_ID,
            _c("score_id", "string", "id of the score", "รหัสคะแนน"),
            _c("agency", "string", "agency that the score belongs to", "หน่วยงานเจ้าของคะแนน"),
            _AGENCY_ID,
            _c("fiscal_year", "integer", "B.E. year of the assessment", "ปีงบประมาณที่ประเมิน พ.ศ."),
            _INSTRUMENT,
            _c(
                "indicator_no",
                "integer",
                "canonical number 1-10, decided by the name",
                "ลำดับตัวชี้วัดมาตรฐาน ตัดสินจากชื่อ",
            ),
            _c("indicator", "string", "canonical name", "ชื่อตัวชี้วัดมาตรฐาน"),
            _c("score", "number", "score 0-100", "คะแนน 0-100"),
            _c("score_as_written", "string", "score as the report writes it", "คะแนนตามที่เขียน"),
            _c("name_as_written", "string", "indicator name as the report writes it", "ชื่อตัวชี้วัดตามที่เขียน"),
            _c("no_as_written", "string", "indicator number as the report writes it", "ลำดับตามที่เขียน"),
            _c(
                "name_match",
                "number",
                "similarity 0-100 of the repaired name to the canonical one",
                "ความคล้ายของชื่อ 0-100",
            ),
            _FLAGS,
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
            _REPORT_ID,
            _c("finding_id", "string", "id of the finding", "รหัสข้อค้นพบ"),
            _c(
                "kind",
                "string",
                "kind of finding",
                "ประเภทข้อค้นพบ",
                "strength",
                "weakness",
                "improvement",
                "observation",
                "limitation",
            ),
            _INSTRUMENT,
            _INDICATOR_NOS,
            _TOPIC,
            _ITEM,
            _c("text", "string", "the report's own words", "ข้อความตามรายงาน"),
            _FLAGS,
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
            _REPORT_ID,
            _MEASURE_ID,
            _c("measure_no", "string", "number as written", "ลำดับตามที่เขียน"),
            _c("title", "string", "measure, activity or indicator acted on", "ชื่อมาตรการ"),
            _INDICATOR_NOS,
            _TOPIC,
            _ITEM,
            _c("guideline", "string", "how it is to be done (แนวทางการปฏิบัติ)", "แนวทางการปฏิบัติ"),
            _c("period_start", "date", "first day, ISO 8601, Common Era", "วันเริ่ม ค.ศ."),
            _c("period_end", "date", "last day, ISO 8601, Common Era", "วันสิ้นสุด ค.ศ."),
            _c("period_as_written", "string", "period as written", "ระยะเวลาตามที่เขียน"),
            _c("monitoring", "string", "how it is followed up (การกำกับติดตาม)", "การกำกับติดตาม"),
            _c("status", "string", "state of the work", "สถานะ", "done", "in_progress", "not_started"),
            _c("result", "string", "what was done (สรุปผลการดำเนินการ)", "สรุปผลการดำเนินการ"),
            _c("outcome", "string", "what came of it (ผลลัพธ์หรือความสำเร็จ)", "ผลลัพธ์หรือความสำเร็จ"),
            _FLAGS,
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
            _MEASURE_ID,
            _c("step_no", "integer", "position of the step, from 1", "ลำดับขั้นตอน นับจาก 1"),
            _c("no_as_written", "string", "number as written", "ลำดับตามที่เขียน"),
            _c("text", "string", "the step, without its number", "ข้อความขั้นตอน ไม่รวมเลขลำดับ"),
            *PROVENANCE,
        ),
        ("measure_id", "step_no"),
        _OF_MEASURE,
    ),
    TableDefinition(
        "measure_owners",
        "a responsible unit of a measure",
        "ผู้รับผิดชอบหนึ่งหน่วยของมาตรการ",
        (_MEASURE_ID, _c("owner", "string", "responsible unit", "หน่วยงานผู้รับผิดชอบ"), *PROVENANCE),
        ("measure_id", "owner"),
        _OF_MEASURE,
    ),
    TableDefinition(
        "evidence",
        "a value with a place of its own",
        "ค่าหนึ่งค่ากับที่มาของค่า",
        (
            _REPORT_ID,
            _c("table", "string", "table of the value", "ตาราง"),
            _c("row_id", "string", "id of its row", "รหัสแถว"),
            _c(
                "column",
                "string",
                "its column; `claimed`: what the text calls a score (`highest`, `lowest`, `strength`, `weakness`); `other_reading`: how another recogniser reads a scanned score; `extracted:` and a column: what the program read where a person corrected it",
                "คอลัมน์ หรือ claimed คือสิ่งที่ข้อความกล่าวถึงคะแนน other_reading คือผลการอ่านอีกแบบของคะแนนจากภาพสแกน extracted: ตามด้วยชื่อคอลัมน์ คือค่าที่โปรแกรมอ่านได้ก่อนมีคนแก้",
            ),
            _c("value", "string", "the value", "ค่า"),
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
            _REPORT_ID,
            _c("source", "string", "path relative to the archive's root", "ที่อยู่ไฟล์"),
            _c("severity", "string", "how bad", "ระดับ", "error", "warning", "info"),
            _c("code", "string", "short name of the kind of problem", "รหัสปัญหา"),
            _c("message", "string", "what is wrong, for a person", "คำอธิบาย"),
            _c("table", "string", "table concerned", "ตารางที่เกี่ยวข้อง"),
            _c("row_id", "string", "id of the row concerned", "รหัสแถวที่เกี่ยวข้อง"),
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
            _REPORT_ID,
            _c("kind", "string", "what it is", "ประเภท", "narrative", "heading", "boilerplate", "unclear"),
            _c("text", "string", "the text", "ข้อความ"),
            *PROVENANCE,
        ),
        (),
        _OF_REPORT,
    ),
)

BY_NAME = {table.name: table for table in TABLES}
