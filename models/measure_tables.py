"""The tables of measures, their steps and the units responsible for them."""

from __future__ import annotations

from thaita.models.codes import Language
from thaita.models.columns import (
    FLAGS,
    INDICATOR_NOS,
    ITEM,
    MEASURE_ID,
    MEASURE_REFERENCE,
    PROVENANCE,
    REPORT_ID,
    REPORT_REFERENCE,
    TOPIC,
    TableDefinition,
    column,
)

STATUSES: dict[str, dict[Language, str]] = {
    "done": {"en": "done", "th": "ดำเนินการแล้ว"},
    "in_progress": {"en": "in progress", "th": "อยู่ระหว่างดำเนินการ"},
    "not_started": {"en": "not started", "th": "ยังไม่ดำเนินการ"},
}
"""The statuses of a measure, and their names on pages."""

MEASURES = TableDefinition(
    "measures",
    "a measure",
    "มาตรการหนึ่งข้อ",
    (
        REPORT_ID,
        MEASURE_ID,
        column(
            "measure_no",
            "string",
            "number of the measure as written",
            "ลำดับตามที่เขียน",
            label=("Number", "ลำดับ"),
        ),
        column(
            "title",
            "string",
            "title of the measure or activity, or the indicator that it addresses",
            "ชื่อมาตรการหรือกิจกรรม หรือตัวชี้วัดที่ดำเนินการ",
            label=("Measure", "มาตรการ"),
            width=45,
            prose=True,
        ),
        INDICATOR_NOS,
        TOPIC,
        ITEM,
        column(
            "guideline",
            "string",
            "how the measure is to be carried out (แนวทางการปฏิบัติ)",
            "แนวทางการปฏิบัติ",
            label=("Guideline", "แนวทางการปฏิบัติ"),
            width=45,
            prose=True,
        ),
        column(
            "period_start",
            "date",
            "first day, ISO 8601, C.E.",
            "วันเริ่มต้น ตามรูปแบบ ISO 8601 (ค.ศ.)",
            label=("First day", "วันเริ่ม"),
        ),
        column(
            "period_end",
            "date",
            "last day, ISO 8601, C.E.",
            "วันสิ้นสุด ตามรูปแบบ ISO 8601 (ค.ศ.)",
            label=("Last day", "วันสิ้นสุด"),
        ),
        column(
            "period_as_written",
            "string",
            "period as written",
            "ระยะเวลาตามที่เขียน",
            label=("Period as written", "ระยะเวลาตามที่เขียน"),
        ),
        column(
            "monitoring",
            "string",
            "how the measure is monitored (การกำกับติดตาม)",
            "การกำกับติดตาม",
            label=("Monitoring", "การกำกับติดตาม"),
            width=35,
            prose=True,
        ),
        column(
            "status",
            "string",
            "status of the measure",
            "สถานะการดำเนินการ",
            *STATUSES,
            label=("Status", "สถานะ"),
        ),
        column(
            "result",
            "string",
            "what was done (สรุปผลการดำเนินการ)",
            "สรุปผลการดำเนินการ",
            label=("Result", "ผลการดำเนินการ"),
            width=45,
            prose=True,
        ),
        column(
            "outcome",
            "string",
            "outcome of the measure (ผลลัพธ์หรือความสำเร็จ)",
            "ผลลัพธ์หรือความสำเร็จ",
            label=("Outcome", "ผลลัพธ์"),
            prose=True,
        ),
        FLAGS,
        *PROVENANCE,
    ),
    ("measure_id",),
    REPORT_REFERENCE,
)

MEASURE_STEPS = TableDefinition(
    "measure_steps",
    "a step of a measure",
    "ขั้นตอนหนึ่งขั้นของมาตรการ",
    (
        MEASURE_ID,
        column("step_no", "integer", "position of the step, from 1", "ลำดับขั้นตอน นับจาก 1"),
        column(
            "no_as_written",
            "string",
            "number as written",
            "ลำดับตามที่เขียน",
            label=("Number as written", "ลำดับตามที่เขียน"),
        ),
        column(
            "text",
            "string",
            "text of the step, without its number",
            "ข้อความขั้นตอน ไม่รวมเลขลำดับ",
            label=("Text", "ข้อความ"),
            width=70,
            prose=True,
        ),
        *PROVENANCE,
    ),
    ("measure_id", "step_no"),
    MEASURE_REFERENCE,
)

MEASURE_OWNERS = TableDefinition(
    "measure_owners",
    "a responsible unit of a measure",
    "ผู้รับผิดชอบหนึ่งหน่วยของมาตรการ",
    (
        MEASURE_ID,
        column(
            "owner",
            "string",
            "responsible unit",
            "หน่วยงานผู้รับผิดชอบ",
            label=("Owner", "ผู้รับผิดชอบ"),
            width=30,
            prose=True,
        ),
        *PROVENANCE,
    ),
    ("measure_id", "owner"),
    MEASURE_REFERENCE,
)

MEASURE_TEXTS = tuple(column.name for column in MEASURES.columns if column.prose)
"""The columns of a measure that hold prose; each has the name of its role."""

_HEADER = MEASURES.header
BEFORE_PERIOD = _HEADER[_HEADER.index("measure_no") : _HEADER.index("period_start")]
AFTER_PERIOD = _HEADER[_HEADER.index("period_as_written") + 1 : _HEADER.index("flags") + 1]
"""The columns that a page shows before the steps, owners and period of a measure, and after them."""
