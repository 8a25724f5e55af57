"""Tables of measures without ruling lines: columns below heads, rows of lines that begin on one level."""

import pytest

from thaita.extract.readers.page.headed_tables import headed_table
from thaita.extract.readers.page.lines import Line, Segment
from thaita.models.document import Box

SIZE = 12.0
X = (40.0, 200.0, 340.0, 460.0)
WIDTH = 6.0


def line(bottom: float, *cells: tuple[int, str]) -> Line:
    segments = tuple(Segment(text, X[c], X[c] + min(130.0, WIDTH * len(text))) for c, text in cells)
    return Line(segments, Box(segments[0].x0, bottom - SIZE, segments[-1].x1, bottom), SIZE, int(bottom))


HEAD = line(100, (0, "มาตรการ"), (1, "ขั้นตอน"), (2, "ระยะเวลา"), (3, "ผู้รับผิดชอบ"))
ROWS = [
    line(126, (0, "จัดทำคู่มือการ"), (1, "1) ตั้งคณะทำงาน"), (2, "ต.ค. 67"), (3, "สำนักปลัด")),
    line(144, (0, "ให้บริการ"), (1, "2) เผยแพร่")),
    line(170, (0, "เปิดช่องทาง"), (1, "พัฒนาระบบ"), (2, "ม.ค. 68"), (3, "กองคลัง")),
    line(188, (1, "รับเรื่อง"), (3, "กองช่าง")),
]


def texts(lines: list[Line]) -> dict[tuple[int, int], list[str]]:
    found = headed_table(lines, 0)
    return (
        {(cell.row, cell.column): [one.text for one in cell.lines] for cell in found.table.cells}
        if found
        else {}
    )


def test_lines_are_put_in_rows_and_columns():
    cells = texts([HEAD, *ROWS])
    assert cells[1, 0] == ["จัดทำคู่มือการ", "ให้บริการ"]
    assert cells[1, 1] == ["1) ตั้งคณะทำงาน", "2) เผยแพร่"]
    assert cells[2, 1] == ["พัฒนาระบบ", "รับเรื่อง"]
    assert cells[2, 3] == ["กองคลัง", "กองช่าง"]


def test_a_segment_over_two_columns_is_divided_at_the_space_between_them():
    glued = Segment("จัดทำคู่มือการให้บริการประชาชน 1) ตั้งคณะทำงาน", 40.0, 290.0)
    first = ROWS[0]
    joined = Line((glued, *first.segments[2:]), first.box, SIZE, 1)
    assert texts([HEAD, joined, *ROWS[1:]])[1, 1] == ["1) ตั้งคณะทำงาน", "2) เผยแพร่"]


def test_fonts_of_different_height_make_the_rows_uncertain():
    lower = [line(131, (2, "ต.ค. 67")), *ROWS]
    lower[1] = line(126, (0, "จัดทำคู่มือการ"), (1, "1) ตั้งคณะทำงาน"), (3, "สำนักปลัด"))
    found = headed_table([HEAD, lower[1], lower[0], *ROWS[1:]], 0)
    assert found is not None
    assert all(one.uncertain for cell in found.table.cells for one in cell.lines)


@pytest.mark.parametrize(
    "head",
    [
        ("ตัวชี้วัด", "คะแนน", "ระดับ", "ร้อยละ"),  # scores
        ("เรียน", "ท่าน", "ผู้อำนวยการ", "ที่นับถือ"),
    ],
)
def test_other_lines_are_no_heads_of_measures(head):
    assert texts([line(100, *enumerate(head)), *ROWS]) == {}
