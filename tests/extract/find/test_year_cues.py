"""The words beside years: every row of `year_cues.csv` decides its example."""

from __future__ import annotations

import pytest

from thaita.extract.find.years import find_report_years
from thaita.extract.pipeline import read_bytes
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.names import read_table
from thaita.normalize.year_cues import is_other_year, role_after, role_before

ROWS = read_table("year_cues.csv")


def _mentions(text: str) -> dict[tuple[str, int], set[str]]:
    """Return the places of each year of a line below a title, by its role."""
    lines: list[FlowItem] = [FlowParagraph(SourceText.at(line, 0), 0) for line in ("x" * 200, text)]
    years = find_report_years(lines)
    found: dict[tuple[str, int], set[str]] = {}
    for role, year, place in years.mentions:
        found.setdefault((role, year), set()).add(place)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['side']} {row['phrase']}" for row in ROWS])
def test_the_example_of_a_word_has_its_role(row: dict[str, str]) -> None:
    before, _, rest = row["example"].partition("[")
    written, _, after = rest.partition("]")
    text, year = before + written + after, int(written)
    assert row["phrase"] in row["example"]
    match row["side"], row["role"]:
        case "before", "other":
            assert is_other_year(before)
        case "before", role:
            assert role_before(before) == (None if role == "none" else role)
        case "after", role:
            assert role_after(after) == role
        case "between", _:
            assert "scored" in _mentions(text)["assessed", year]
        case "opens_bracket", role:
            assert (role, year) in _mentions(text)
        case "in_bracket", role:
            assert "scored" in _mentions(text)[role, year]
        case "glued", _:
            assert ("assessed", year) in _mentions(text)
        case _:
            assert find_report_years([FlowParagraph(SourceText.at(text, 0), 0)]).fiscal_year() == year


def test_no_word_is_listed_twice() -> None:
    listed = [(row["side"], row["role"], row["phrase"]) for row in ROWS]
    assert len(listed) == len(set(listed))


def test_a_table_with_a_row_for_each_year_names_the_assessed_year():
    table = (
        "วิทยาลัยเทคนิคบ้านกลาง ผลการประเมิน ITA ย้อนหลัง\n\n"
        "| ปีงบประมาณ | การปฏิบัติหน้าที่ | การใช้งบประมาณ | การใช้อำนาจ |\n|---|---|---|---|\n"
        "| 2566 | 90.11 | 84.37 | 88.02 |\n| 2567 | 93.02 | 88.14 | 90.75 |\n"
    )
    reading = read_bytes(table.encode(), "rows.md")
    assert reading.report.fiscal_year == 2567
    assert {score.fiscal_year for score in reading.scores} == {2566, 2567}
