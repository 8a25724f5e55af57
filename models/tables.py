"""The dataset's tables and their columns, defined once: every output is made from this."""

from __future__ import annotations

from thaita.models.codes import Language
from thaita.models.columns import FLAGS, OF_REPORT, PROVENANCE, REPORT_ID, column
from thaita.models.columns import TableDefinition as TableDefinition
from thaita.models.finding_kinds import FindingKind
from thaita.models.measure_tables import MEASURE_OWNERS, MEASURE_STEPS, MEASURES, STATUSES
from thaita.models.report_tables import FINDINGS, REPORT_KINDS, REPORTS, SCORES

EVIDENCE = TableDefinition(
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
        column("value", "string", "the value", "ค่า", width=40),
        *PROVENANCE,
    ),
    (),
    OF_REPORT,
)

PROBLEMS = TableDefinition(
    "problems",
    "a thing that a person should look at",
    "เรื่องที่ควรมีคนตรวจดู",
    (
        REPORT_ID,
        column("source", "string", "path relative to the archive's root", "ที่อยู่ไฟล์", width=30),
        column("severity", "string", "how bad", "ระดับ", "error", "warning", "info"),
        column("code", "string", "short name of the kind of problem", "รหัสปัญหา"),
        column("message", "string", "what is wrong, for a person", "คำอธิบาย", width=70),
        column("table", "string", "table concerned", "ตารางที่เกี่ยวข้อง"),
        column("row_id", "string", "id of the row concerned", "รหัสแถวที่เกี่ยวข้อง"),
        *PROVENANCE,
    ),
    (),
    OF_REPORT,
)

UNREAD = TableDefinition(
    "unread",
    "a block of the source that no table took",
    "ข้อความต้นฉบับที่ไม่มีตารางใดใช้",
    (
        REPORT_ID,
        column("kind", "string", "what it is", "ประเภท", "narrative", "heading", "boilerplate", "unclear"),
        column("text", "string", "the text", "ข้อความ", width=70),
        FLAGS,
        *PROVENANCE,
    ),
    (),
    OF_REPORT,
)

TABLES = (REPORTS, SCORES, FINDINGS, MEASURES, MEASURE_STEPS, MEASURE_OWNERS, EVIDENCE, PROBLEMS, UNREAD)

BY_NAME = {table.name: table for table in TABLES}

LABELS: dict[str, dict[Language, str]] = {
    column.name: {"en": column.label, "th": column.label_th}
    for table in TABLES
    for column in table.columns
    if column.label
}
"""The names of columns on pages; a name is the same in all tables."""

VALUES: dict[str, dict[Language, str]] = {
    **REPORT_KINDS,
    **STATUSES,
    **{kind: {"en": kind.en, "th": kind.th} for kind in FindingKind},
}
"""The names on pages of what a column with few values may hold."""
