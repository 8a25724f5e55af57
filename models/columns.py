"""What a column and a table are, and the columns that several tables have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "integer", "number", "date", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, and meaning in English and Thai. A `list` is joined by `|` in CSV.

    Where the values depend on what the fiscal years assess, `normalize.vocabulary` gives them, and fills in
    `{last_indicator}` and `{last_topic}` in a meaning.
    `values` are those that it may have, if they are few. `label` and `label_th` are its name on pages; a column
    without a label is one that nobody can decide on: an id, a place, what the program computes. `width` is that in a
    workbook, in characters; None for the usual one of the type. `prose`: a passage in the report's own words.
    """

    name: str
    type: ColumnType
    meaning: str
    meaning_th: str
    values: tuple[str, ...] = ()
    label: str = ""
    label_th: str = ""
    width: int | None = None
    prose: bool = False


def column(
    name: str,
    type_: ColumnType,
    meaning: str,
    meaning_th: str,
    *values: str,
    label: tuple[str, str] = ("", ""),
    width: int | None = None,
    prose: bool = False,
) -> Column:
    """Return a column; `label` is English and Thai."""
    return Column(name, type_, meaning, meaning_th, values, *label, width, prose)


REPORT_ID = column(
    "report_id", "string", "stable id of the report's bytes", "รหัสรายงาน คงที่ตามเนื้อไฟล์", width=21
)
FLAGS = column("flags", "list", "doubts, as codes", "ข้อสงสัย เป็นรหัส")
INSTRUMENT = column("instrument", "string", "instrument", "เครื่องมือประเมิน")
INDICATOR_NOS = column(
    "indicator_no",
    "list",
    "canonical indicator numbers 1-{last_indicator}",
    "ลำดับตัวชี้วัดมาตรฐาน 1-{last_indicator}",
    label=("Indicator no.", "ตัวชี้วัดที่"),
)
TOPIC = column(
    "topic_no",
    "integer",
    "topic 1-{last_topic}, used from FY2566",
    "ประเด็นที่ 1-{last_topic} ใช้ตั้งแต่ปี 2566",
    label=("Topic no.", "ประเด็นที่"),
)
ITEM = column(
    "item_code",
    "string",
    "questionnaire or disclosure item, such as E11, I19, O34",
    "รหัสข้อคำถาม",
    label=("Item", "รหัสข้อคำถาม"),
)
AGENCY_ID = column(
    "agency_id", "string", "id of the agency, the same in all years and spellings", "รหัสหน่วยงาน คงที่ทุกปี"
)
MEASURE_ID = column("measure_id", "string", "id of the measure", "รหัสมาตรการ")

NUMBER_LISTS = frozenset({"indicator_no"})
"""Columns of type `list` that hold whole numbers; the other lists hold texts."""

PROVENANCE = (
    column("page", "integer", "page from 1; empty for formats without pages", "หน้า นับจาก 1"),
    column("x0", "number", "left edge in PDF points", "ขอบซ้าย หน่วยพอยต์"),
    column("top", "number", "upper edge in PDF points from the page's top", "ขอบบน หน่วยพอยต์ จากขอบบนของหน้า"),
    column("x1", "number", "right edge in PDF points", "ขอบขวา หน่วยพอยต์"),
    column("bottom", "number", "lower edge in PDF points from the page's top", "ขอบล่าง หน่วยพอยต์"),
    column("start", "integer", "first character offset in the extracted text", "ตำแหน่งอักขระแรกในข้อความที่สกัด"),
    column("end", "integer", "character offset after the last", "ตำแหน่งหลังอักขระสุดท้าย"),
    column("spans", "list", "exact ranges start-end, where a page break cut the value", "ช่วงตำแหน่งทั้งหมด"),
    column("quote", "string", "source text of the value, as extracted", "ข้อความต้นฉบับตามที่สกัดได้", width=50),
    column(
        "confidence",
        "number",
        "of a scan: probability 0-1 that the least sure word is read right",
        "ความมั่นใจของคำที่อ่านจากภาพสแกน 0-1",
    ),
)


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


OF_REPORT = (("report_id", "reports"),)
OF_MEASURE = (("measure_id", "measures"),)
