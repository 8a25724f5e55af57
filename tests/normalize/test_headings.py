"""Column headings and labels: roles, kinds, damage, and text that is not a heading."""

import pytest

from thaita.normalize.field_words import field_scores, leading_role
from thaita.normalize.headings import match_heading, meaning_of
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

ROWS = read_table("headings.csv")


def test_the_list_is_valid():
    folded = [fold(row["phrase"]) for row in ROWS]
    assert len(set(folded)) == len(folded)
    assert [match_heading(row["phrase"]).role for row in ROWS] == [row["role"] for row in ROWS]


@pytest.mark.parametrize(
    ("role", "kind", "message"),
    [
        ("budget", "", "'budget' is not a valid Role"),
        ("finding", "strong", "'strong' is none of"),
        ("finding", "", "has a kind"),
        ("owner", "strength", "has a kind"),
    ],
)
def test_a_row_with_an_unknown_role_or_kind_is_rejected(role, kind, message):
    with pytest.raises(ValueError, match=message):
        meaning_of({"phrase": "ก", "role": role, "kind": kind})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["phrase"])
def test_every_phrase_is_matched_with_spaces_digits_and_a_colon(row):
    for shown in (
        row["phrase"],
        f" {row['phrase']} ",
        f"{row['phrase']}:",
        " ".join(row["phrase"].split("/")),
    ):
        found = match_heading(shown)
        assert found is not None
        if shown.strip(": ") == row["phrase"]:
            assert (found.role, found.kind or "") == (row["role"], row["kind"])
            assert found.similarity == 100


@pytest.mark.parametrize(
    ("text", "role", "kind"),
    [
        # words broken over lines, spaces inside, brackets, years
        ("ผู้รับ ผิดชอบ", "owner", None),
        ("ขั้นตอน / วิธีการ ปฏิบัติ", "steps", None),
        ("ข้อค้นพบปี ๒๕๖๖", "finding", "observation"),
        ("จุดแข็ง (Strength)", "finding", "strength"),
        ("ระยะเวลา (ปีงบประมาณ พ.ศ. ๒๕๖๘)", "period", None),
        ("มาตรการ/กิจกรรม", "title", None),
        # the longest phrase names the role
        ("หน่วยงานที่รับผิดชอบ", "owner", None),
        ("ผลการดำเนินงานตามมาตรการ", "result", None),
        ("คะแนนเฉลี่ยระดับประเทศ", "other_score", None),
        # a letter lost or wrong
        ("ผู้รับผิดชอป", "owner", None),
        ("ระยะเวลาดำเนินกร", "period", None),
    ],
)
def test_headings_as_reports_write_them(text, role, kind):
    found = match_heading(text)
    assert (found and found.role, found and found.kind) == (role, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "90.09",
        "๒๕๖๘",
        "การใช้อำนาจ",
        "การเปิดเผยข้อมูล",
        # sentences that hold a phrase
        "ผู้รับผิดชอบดำเนินการจัดทำคู่มือและเผยแพร่บนเว็บไซต์",
        "ดำเนินการตามขั้นตอนที่กำหนดไว้ในคู่มือสำหรับประชาชนอย่างเคร่งครัด",
        "กองคลัง",
        "จัดประชุม",
        "จุดแข็ง " * 40,
    ],
)
def test_words_that_are_not_a_heading(text):
    assert match_heading(text) is None


def test_a_misspelt_heading_has_a_lower_similarity():
    found = match_heading("ผู้รับผิดชอป")
    assert found is not None
    assert found.similarity < 100


FIELD_WORDS = read_table("field_words.csv")


@pytest.mark.parametrize("row", FIELD_WORDS, ids=[row["word"] for row in FIELD_WORDS])
def test_a_field_word_gives_its_role_and_says_why_it_stays(row):
    assert row["stays"]
    assert leading_role(row["word"]) == row["role"]
    assert row["role"] in field_scores(row["word"])
