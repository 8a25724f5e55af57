"""Charts of months: the marks in the row of a measure state its period."""

from __future__ import annotations

import pytest

from thaita.extract.pipeline import read_bytes

HEAD = "<p>มาตรการส่งเสริมคุณธรรมและความโปร่งใส ITA ปีงบประมาณ พ.ศ. 2568</p>"
MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
DATED = [f"{month} {67 if i < 3 else 68}" for i, month in enumerate(MONTHS)]
QUARTERS = [f"ไตรมาสที่ {n}" for n in range(1, 5)]


def measure(heads: list[str], row: str, above: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Return the period and flags of the only measure in a chart; `row` has one letter per column, > for a merged cell."""
    cells = [f"<td>{mark.strip()}</td>" for mark in row]
    for i in range(len(row) - 1, -1, -1):
        if row[i] == ">":
            end = next((j for j in range(i, len(row)) if row[j] != ">"), len(row))
            if not i or row[i - 1] != ">":
                cells[i:end] = [f"<td colspan={end - i}>←→</td>"]
    first = (
        f"<td rowspan=2>มาตรการ</td><td rowspan=2>ผู้รับผิดชอบ</td><td colspan={len(heads)}>{above}</td></tr><tr>"
    )
    top = first if above else "<td>มาตรการ</td><td>ผู้รับผิดชอบ</td>"
    table = f"<tr>{top}{''.join(f'<td>{head}</td>' for head in heads)}</tr>"
    body = f"<tr><td>จัดทำทะเบียนยืมครุภัณฑ์</td><td>กองคลัง</td>{''.join(cells)}</tr>"
    (found,) = read_bytes(f"{HEAD}<table>{table}{body}</table>".encode(), "a.txt").measures
    return f"{found.period_start or ''}/{found.period_end or ''}", found.period_as_written or "", found.flags


@pytest.mark.parametrize(
    ("heads", "above", "row", "period", "flags"),
    [
        (MONTHS, "ระยะเวลา (ต.ค. ๒๕๖๗ – ก.ย. ๒๕๖๘)", "✓✓✓✓✓✓      ", "2024-10-01/2025-03-31", ()),
        (MONTHS, "ปีงบประมาณ 2568", "   /////////", "2025-01-01/2025-09-30", ()),
        (MONTHS, "ระยะเวลาดำเนินการ", "  ■■        ", "2024-12-01/2025-01-31", ("period_year_from_context",)),
        (MONTHS, "พ.ศ. 2568", "✓✓✓✓        ", "2024-10-01/2025-01-31", ("period_fiscal_assumed",)),
        (MONTHS, "ปีงบประมาณ 2568", "✓    ✓     ✓", "2024-10-01/2025-09-30", ("period_several_dates",)),
        (MONTHS, "ปีงบประมาณ 2568", "  >>>>      ", "2024-12-01/2025-03-31", ()),  # an arrow in a merged cell
        (MONTHS, "ปีงบประมาณ 2568", "-----------●", "2025-09-01/2025-09-30", ()),
        (MONTHS, "ปีงบประมาณ 2568", " " * 12, "/", ("period_months_unread",)),  # coloured cells
        (DATED, "", "  xxx       ", "2024-12-01/2025-02-28", ()),
        (QUARTERS, "ปีงบประมาณ 2568", " ✓✓ ", "2025-01-01/2025-06-30", ()),
    ],
)
def test_marks_under_months_give_the_period(
    heads: list[str], above: str, row: str, period: str, flags: tuple[str, ...]
) -> None:
    found = measure(heads, row, above)
    assert (found[0], found[2]) == (period, flags)


def test_months_are_quoted_as_written_in_the_heads() -> None:
    assert measure(MONTHS, "✓✓          ", "ปีงบประมาณ 2568")[1] == "ต.ค. - พ.ย."
    assert measure(DATED, "     ✓      ")[1] == "มี.ค. 68"
