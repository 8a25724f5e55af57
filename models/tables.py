"""The tables of the dataset, the single definition from which all outputs are generated."""

from __future__ import annotations

from thaita.models.codes import Language
from thaita.models.columns import FLAGS, PROVENANCE, REPORT_ID, REPORT_REFERENCE, column
from thaita.models.columns import TableDefinition as TableDefinition
from thaita.models.finding_kinds import FindingKind
from thaita.models.measure_tables import MEASURE_OWNERS, MEASURE_STEPS, MEASURES, STATUSES
from thaita.models.report_tables import FINDINGS, REPORT_KINDS, REPORTS, SCORES
from thaita.models.result_tables import RESULTS

EVIDENCE = TableDefinition(
    "evidence",
    "the source location of a value",
    "ตำแหน่งในต้นฉบับของค่าหนึ่งค่า",
    (
        REPORT_ID,
        column("table", "string", "table that contains the value", "ตารางที่มีค่านี้"),
        column("row_id", "string", "id of the row", "รหัสแถว"),
        column(
            "column",
            "string",
            "column of the value; `claimed`: how the text describes a score (`highest`, `lowest`, `strength`, `weakness`); `other_reading`: a scanned score as the other recognizer reads it; `extracted:` and a column name: the extracted value that a person corrected; `runner_up:` and a column name: the value with the next best support, which casts doubt on the row's value",
            "คอลัมน์ของค่า หรือ claimed คือสิ่งที่ข้อความกล่าวถึงคะแนน (`highest` `lowest` `strength` `weakness`) other_reading คือคะแนนจากภาพสแกนตามที่โปรแกรมอีกตัวอ่านได้ extracted: ตามด้วยชื่อคอลัมน์ คือค่าที่โปรแกรมอ่านได้ก่อนมีผู้แก้ไข runner_up: ตามด้วยชื่อคอลัมน์ คือค่าที่มีหลักฐานรองลงมา ซึ่งทำให้ค่าในแถวยังมีข้อสงสัย",
        ),
        column("value", "string", "the value", "ค่า", width=40),
        *PROVENANCE,
    ),
    (),
    REPORT_REFERENCE,
)

DOUBTS = TableDefinition(
    "doubts",
    "a value in doubt",
    "ค่าหนึ่งค่าที่มีข้อสงสัย",
    (
        column(
            "doubt_id",
            "string",
            "id of the doubt: the row and the column",
            "รหัสข้อสงสัย ประกอบด้วยรหัสแถวและชื่อคอลัมน์",
        ),
        REPORT_ID,
        column("table", "string", "table that contains the value", "ตารางที่มีค่านี้"),
        column("row_id", "string", "id of the row", "รหัสแถว"),
        column("column", "string", "column of the value", "คอลัมน์ของค่า"),
        column(
            "flag",
            "string",
            "code of the strongest reason for the doubt, as in `flags`",
            "รหัสเหตุผลหลักของข้อสงสัย เช่นเดียวกับใน flags",
            width=24,
        ),
        column(
            "detail",
            "string",
            "what the report says there, or the figures that disagree",
            "ข้อความในรายงาน หรือตัวเลขที่ขัดกัน",
            width=50,
        ),
        column("alternative", "list", "what else the value could be", "ค่าอื่นที่อาจถูกต้อง", width=30),
        column(
            "open",
            "boolean",
            "`false` once a person has decided, or a correction has removed the cause",
            "`false` เมื่อมีผู้ตรวจสอบแล้ว หรือเมื่อการแก้ไขทำให้หมดข้อสงสัย",
        ),
    ),
    ("doubt_id",),
    REPORT_REFERENCE,
)

PROBLEMS = TableDefinition(
    "problems",
    "a problem that a person should look at",
    "ปัญหาหนึ่งเรื่องที่ควรมีผู้ตรวจสอบ",
    (
        REPORT_ID,
        column(
            "source",
            "string",
            "path of the file, relative to the archive",
            "ที่อยู่ไฟล์ เทียบกับโฟลเดอร์ของคลังรายงาน",
            width=30,
        ),
        column("severity", "string", "severity", "ระดับความรุนแรง", "error", "warning", "info"),
        column("code", "string", "code of the problem", "รหัสปัญหา"),
        column(
            "message_th", "string", "description of the problem in Thai", "คำอธิบายปัญหาเป็นภาษาไทย", width=70
        ),
        column(
            "message_en",
            "string",
            "description of the problem in English",
            "คำอธิบายปัญหาเป็นภาษาอังกฤษ",
            width=70,
        ),
        column("table", "string", "affected table", "ตารางที่เกี่ยวข้อง"),
        column("row_id", "string", "id of the affected row", "รหัสแถวที่เกี่ยวข้อง"),
        *PROVENANCE,
    ),
    (),
    REPORT_REFERENCE,
)

UNREAD = TableDefinition(
    "unread",
    "a block of the source that no other table contains",
    "ข้อความต้นฉบับหนึ่งช่วงที่ไม่ได้อยู่ในตารางอื่น",
    (
        REPORT_ID,
        column(
            "kind", "string", "kind of text", "ประเภทข้อความ", "narrative", "heading", "boilerplate", "unclear"
        ),
        column("text", "string", "text of the block", "ข้อความ", width=70),
        FLAGS,
        *PROVENANCE,
    ),
    (),
    REPORT_REFERENCE,
)

TABLES = (
    REPORTS,
    SCORES,
    RESULTS,
    FINDINGS,
    MEASURES,
    MEASURE_STEPS,
    MEASURE_OWNERS,
    EVIDENCE,
    DOUBTS,
    PROBLEMS,
    UNREAD,
)

BY_NAME = {table.name: table for table in TABLES}

LABELS: dict[str, dict[Language, str]] = {
    column.name: {"en": column.label, "th": column.label_th}
    for table in TABLES
    for column in table.columns
    if column.label
}
"""The labels of columns on pages; a column has the same label in all tables."""

VALUES: dict[str, dict[Language, str]] = {
    **REPORT_KINDS,
    **STATUSES,
    **{kind: {"en": kind.en, "th": kind.th} for kind in FindingKind},
}
"""The labels on pages of the permitted values of columns."""
