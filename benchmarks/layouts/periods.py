"""Months and days of fiscal years."""

from __future__ import annotations

FISCAL_MONTHS = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BE = 543


def day(year: int, month: int, *, last: bool) -> str:
    """Return a date of a fiscal year (B.E.) in C.E.: the first or last day of a month."""
    calendar = year - BE - (month >= 10)
    number = 29 if last and month == 2 and calendar % 4 == 0 else LAST_DAY[month - 1] if last else 1
    return f"{calendar}-{month:02}-{number:02}"
