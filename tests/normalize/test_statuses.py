"""The status of a measure: words, boxes before and after answers, and ambiguous forms."""

import pytest

from thaita.normalize.grades import find_grades
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.statuses import is_empty_box, parse_status

ROWS = read_table("statuses.csv")


def test_the_list_is_valid():
    folded = [fold(row["phrase"]) for row in ROWS]
    assert len(set(folded)) == len(folded)
    assert {row["status"] for row in ROWS} == {"done", "in_progress", "not_started"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["phrase"])
def test_every_phrase_is_read_alone_and_ticked(row):
    for shown in (row["phrase"], f"- {row['phrase']}", f"☑ {row['phrase']}", f"{row['phrase']} ☑"):
        found = parse_status(shown)
        assert found is not None
        assert (found.value, found.doubt) == (row["status"], None)


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        # words of a status column
        ("ดำเนินการแล้วเสร็จตามแผน", "done", None),
        ("อยู่ระหว่าง ดำเนินการ", "in_progress", None),
        ("แล้วเสร็จ 100%", "done", None),
        ("แล้วเสร็จ ร้อยละ ๑๐๐", "done", None),
        # other answers made of the same words
        ("✓ เสร็จ", "done", None),
        ("แล้วเสร็จก่อนกำหนด", "done", None),
        # signs of a legend before the words
        ("◐ อยู่ระหว่างดำเนินการ", "in_progress", None),
        ("○ ยังไม่ได้ดำเนินการ", "not_started", None),
        # a box is none: unticked, it says nothing
        ("☐ ยังไม่ได้ดำเนินการ", None, "no_tick"),
        ("( ) ยังไม่ได้ดำเนินการ", None, "no_tick"),
        ("ดำเนินการครบถ้วนแล้ว", "done", None),
        ("ดำเนินการแล้วบางส่วน", "in_progress", None),
        ("ยังไม่เสร็จสมบูรณ์", "in_progress", None),
        ("อยู่ระหว่างดำเนินการ 60%", "in_progress", None),
        ("ยังไม่ได้เริ่มดำเนินงาน", "not_started", None),
        # one of several answers is ticked, in every way that boxes are drawn
        ("☐ ยังไม่ได้ดำเนินการ ☑ ดำเนินการ", "done", None),
        ("□ ดำเนินการ ■ ยังไม่ได้ดำเนินการ", "not_started", None),
        ("( ) ยังไม่ได้ดำเนินการ (/) ดำเนินการแล้ว", "done", None),
        ("(x) อยู่ระหว่างดำเนินการ ( ) ดำเนินการแล้ว", "in_progress", None),
        ("☒ ดำเนินการแล้วเสร็จ\n☐ ยังไม่ได้ดำเนินการ", "done", None),
        # the boxes stand behind the answers
        ("ดำเนินการแล้ว ☑ ยังไม่ดำเนินการ ☐", "done", None),
        ("ดำเนินการแล้ว ☐ ยังไม่ดำเนินการ ☑", "not_started", None),
        ("ดำเนินการแล้ว (/) ยังไม่ดำเนินการ ( )", "done", None),
        # no box, both boxes, a box that may be of either answer
        ("☐ ยังไม่ได้ดำเนินการ ☐ ดำเนินการ", None, "no_tick"),
        ("☑ ดำเนินการ ☑ ยังไม่ได้ดำเนินการ", None, "several_ticks"),
        ("ดำเนินการแล้ว ✓ ยังไม่ดำเนินการ", None, "box_position"),
    ],
)
def test_statuses_as_reports_write_them(text, value, doubt):
    found = parse_status(text)
    assert found is not None
    assert (found.value, found.doubt) == (value, doubt)


@pytest.mark.parametrize("row", read_table("ticks.csv"), ids=lambda row: row["mark"])
def test_every_mark_is_read(row):
    assert row["mark"].lower() in row["example"].lower()
    assert parse_status(row["example"]) is not None
    mark = row["mark"] if row["place"] == "alone" else f"[ {row['mark']} ]"
    alone = parse_status(f"{mark} ดำเนินการแล้ว")
    assert (alone.value, alone.doubt) == (("done", None) if row["state"] == "ticked" else (None, "no_tick"))
    assert is_empty_box(row["mark"]) == (row["state"] == "empty")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "จัดทำคู่มือและดำเนินการเผยแพร่",
        "☑ จัดทำคู่มือ",
        # what follows takes the words back, what stands before denies them
        "แล้วเสร็จ 50%",
        "ดำเนินการแล้วเสร็จไม่ครบ",
        "ดำเนินการแล้ว แต่ยังไม่เสร็จ",
        "ดำเนินการไม่แล้วเสร็จ",
        "ไม่แล้วเสร็จตามกำหนด",
        "ไม่บรรลุเป้าหมาย",
        "ผลการดำเนินงานตามแผน",
        # two answers and no box
        "ดำเนินการแล้วเสร็จ ยังไม่ได้ดำเนินการ",
    ],
)
def test_words_that_are_not_a_status(text):
    assert parse_status(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("☐ ยังไม่ได้ดำเนินการ ☑ ดำเนินการ จัดอบรมแล้ว", " จัดอบรมแล้ว"),
        # the words of the answer run on into the result: they belong to it
        ("☑ ดำเนินการจัดอบรม", "ดำเนินการจัดอบรม"),
        ("ดำเนินการแล้ว ☑ ยังไม่ดำเนินการ ☐ เผยแพร่คู่มือ", "เผยแพร่คู่มือ"),
    ],
)
def test_the_result_starts_after_the_answers(text, rest):
    found = parse_status(text)
    assert found is not None
    assert text[found.rest :] == rest


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ระดับ ( ) ผ่านดีเยี่ยม ( / ) ผ่านดี ( ) ผ่าน ( ) ต้องปรับปรุง", "ผ่านดี"),
        ("ผลการประเมินระดับ ☐ AA ☑ A ☐ B", "A"),
        ("ระดับ ☐ ผ่าน ☐ ต้องปรับปรุง", None),  # nobody ticked one
        ("ระดับ ผ่านดี", "ผ่านดี"),
        ("อยู่ในระดับ ผ่านดี ☑ ผ่านเกณฑ์ ☐ ไม่ผ่านเกณฑ์", "ผ่านดี"),  # the boxes of other words
        ("อยู่ในระดับ A ☐ มีข้อร้องเรียน", "A"),
        ("ระดับผลการประเมิน ผ่านดีเยี่ยม [ ] ผ่านดี [x] ผ่าน [ ]", "ผ่านดี"),  # boxes behind the answers
        ("ระดับ ผ่านดีเยี่ยม/ผ่านดี/ผ่าน", None),  # the levels that there are
        ("ระดับ ผ่านดี / ผ่านเกณฑ์", "ผ่านดี"),
    ],
)
def test_of_the_levels_of_a_form_only_the_ticked_one_is_stated(text, level):
    assert [grade.level for grade in find_grades(text)] == ([level] if level else [])
