"""The meaning of figures: every example of the data file, and sentences with several figures."""

from __future__ import annotations

import pytest

from thaita.normalize.figure_cues import phrases
from thaita.normalize.figures import read_figures
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

ROWS = [row for row in read_table("figure_cues.csv") if row["place"] not in ("head", "label", "between")]
NEUTRAL = {"score", "score_of", "overall", "result", "own", "own_now", "none"}


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row['meaning']} {row['place']} {row['phrase']}" for row in ROWS]
)
def test_the_example_of_a_cue_has_its_meaning(row: dict[str, str]) -> None:
    assert fold(row["phrase"]) in fold(row["example"].replace("[", "").replace("]", ""))
    start = row["example"].index("[")
    text = row["example"].replace("[", "").replace("]", "")
    (figure,) = [figure for figure in read_figures(text) if figure.start == start]
    wanted = "plain" if row["meaning"] in NEUTRAL else row["meaning"]
    assert figure.meaning == wanted
    assert row["meaning"] not in ("overall", "result") or getattr(figure, row["meaning"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ได้ 88.26 คะแนน เพิ่มขึ้นจากปี 2567 ที่ได้ 80.90 คะแนน อยู่ 7.36 คะแนน", ["plain", "plain", "change"]),
        ("สูงขึ้นจาก 86.09 ในปี 2565 เป็น 89.01 ในปี 2566", ["last_year", "plain"]),
        ("ค่าเฉลี่ยระดับประเทศของ 8,323 หน่วยงาน เท่ากับ 87.57", ["count", "national"]),
        ("ได้ 93.20 คะแนน สูงกว่าค่าเฉลี่ยระดับประเทศ 87.57 คะแนน", ["plain", "national"]),
        ("85.00 - 94.99 คะแนน", ["band", "band"]),
        ("ได้ 4.21 จาก 5 คะแนน", ["scale", "scale"]),
        ("คะแนนเต็ม 5 ได้ 4.21", ["scale", "scale"]),
        ("ได้ 93.20 จาก 100", ["plain", "scale"]),
        ("ได้ 100 คะแนนเต็ม", ["plain"]),
    ],
)
def test_figures_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [figure.meaning for figure in read_figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("สูงขึ้นจาก 86.09 ในปี 2565 เป็น 89.01 ในปี 2566", [2565, 2566]),
        ("ปี 2565 ได้ 86.09 คะแนน ปี 2566 ได้ 89.01 คะแนน", [2565, 2566]),
        ("มีผลการประเมิน 95.45 คะแนนในรอบปี 2568", [2568]),
    ],
)
def test_years_of_figures(text: str, years: list[int]) -> None:
    assert [figure.year for figure in read_figures(text)] == years


def test_no_phrase_is_listed_twice_with_one_meaning() -> None:
    seen = [(row["meaning"], row["place"], fold(row["phrase"])) for row in read_table("figure_cues.csv")]
    assert len(seen) == len(set(seen))
    assert phrases("head", "count", scope="is")
