"""Definitions of columns and tables, and the columns that several tables share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "integer", "number", "date", "list", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, its type and its meaning in English and Thai.

    Lists are joined by `|` in CSV. `values` are the permitted values if there are few. Where they depend on the
    frameworks of the fiscal years, `normalize.vocabulary` provides them; it also fills in `{last_indicator}` and
    `{last_topic}` in meanings. `label` and `label_th` name the column on pages. A column without a label, such as
    an id, a source location or a computed value, cannot be reviewed. `width` is the column width in a workbook, in
    characters; None selects the default of the type. `prose` marks text quoted from the report.
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
    """Return a column; `label` holds its English and its Thai label."""
    return Column(name, type_, meaning, meaning_th, values, *label, width, prose)


REPORT_ID = column(
    "report_id",
    "string",
    "id of the report, derived from the content of the file",
    "รหัสรายงาน กำหนดจากเนื้อหาของไฟล์",
    width=21,
)
FLAGS = column("flags", "list", "codes for doubts about the row and notes on it", "รหัสข้อสงสัยและหมายเหตุของแถว")
INSTRUMENT = column("instrument", "string", "instrument", "เครื่องมือประเมิน")
INDICATOR_NOS = column(
    "indicator_no",
    "list",
    "standard indicator numbers, 1-{last_indicator}",
    "ลำดับตัวชี้วัดมาตรฐาน 1-{last_indicator}",
    label=("Indicator no.", "ตัวชี้วัดที่"),
)
TOPIC = column(
    "topic_no",
    "integer",
    "topic number, 1-{last_topic}; reports use topics from FY2566",
    "ประเด็นที่ 1-{last_topic} ใช้ตั้งแต่ปีงบประมาณ พ.ศ. 2566",
    label=("Topic no.", "ประเด็นที่"),
)
ITEM = column(
    "item_code",
    "string",
    "code of a questionnaire or disclosure item, such as E11, I19 or O34",
    "รหัสข้อคำถาม เช่น E11 I19 O34",
    label=("Item", "รหัสข้อคำถาม"),
)
AGENCY_ID = column(
    "agency_id",
    "string",
    "id of the agency, the same for all years and spellings of its name",
    "รหัสหน่วยงาน เหมือนกันทุกปีและทุกวิธีเขียนชื่อ",
)
MEASURE_ID = column("measure_id", "string", "id of the measure", "รหัสมาตรการ")

INTEGER_LISTS = frozenset({"indicator_no"})
"""Columns of type `list` that hold integers; other lists hold strings."""

PROVENANCE = (
    column(
        "page",
        "integer",
        "page number, from 1; empty for formats without pages",
        "เลขหน้า นับจาก 1 เว้นว่างหากเอกสารไม่มีหน้า",
    ),
    column("x0", "number", "left edge, in PDF points", "ขอบซ้าย หน่วยพอยต์"),
    column(
        "top", "number", "top edge, in PDF points from the top of the page", "ขอบบน หน่วยพอยต์ จากขอบบนของหน้า"
    ),
    column("x1", "number", "right edge, in PDF points", "ขอบขวา หน่วยพอยต์"),
    column(
        "bottom",
        "number",
        "bottom edge, in PDF points from the top of the page",
        "ขอบล่าง หน่วยพอยต์ จากขอบบนของหน้า",
    ),
    column(
        "start",
        "integer",
        "offset of the first character in the extracted text",
        "ตำแหน่งอักขระแรกในข้อความที่สกัดได้",
    ),
    column("end", "integer", "offset after the last character", "ตำแหน่งถัดจากอักขระสุดท้าย"),
    column(
        "spans",
        "list",
        "character ranges start-end of the value; several where a page break splits it",
        "ช่วงตำแหน่งอักขระของค่า มีหลายช่วงหากค่าถูกแบ่งข้ามหน้า",
    ),
    column(
        "quote", "string", "source text of the value, as extracted", "ข้อความต้นฉบับของค่า ตามที่สกัดได้", width=50
    ),
    column(
        "confidence",
        "number",
        "of scores, results, findings, measures and the fields of reports: calibrated probability, 0-1, that every value is right; of other text from scans: lowest probability that a word was read correctly",
        "ของคะแนน ผลการประเมิน ข้อค้นพบ มาตรการ และข้อมูลของรายงาน: ความน่าจะเป็น 0-1 ที่ทุกค่าถูกต้อง; ของข้อความอื่นจากภาพสแกน: ความน่าจะเป็นต่ำสุดที่อ่านคำได้ถูกต้อง",
    ),
)


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table of the dataset: what a row stands for, and the columns in order.

    `row` and `row_th` describe a row in English and Thai. `key` are the columns that identify a row. `references`
    are pairs of a foreign-key column and the table that it refers to.
    """

    name: str
    row: str
    row_th: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


REPORT_REFERENCE = (("report_id", "reports"),)
MEASURE_REFERENCE = (("measure_id", "measures"),)
