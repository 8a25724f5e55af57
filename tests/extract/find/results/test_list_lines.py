"""Results that lines and sentences state: lines that are cells, and the years that sentences compare."""

import pytest

from thaita.extract.pipeline import read_bytes

TITLE = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567"
NAMES = ("อบต.จอมศรี", "อบต.ท่าสะอาด", "อบต.นาอ้อ", "อบต.ปากชม")
OTHERS = ("อบต.บ้านกลาง", "อบต.ห้วยหม้าย", "อบต.หัวเมือง")


def results(*lines):
    return list(read_bytes("\n\n".join(lines).encode(), "list.txt").results)


def records(names, first="9"):
    return [line for at, name in enumerate(names) for line in (name, f"IIT {first}{at}.12 · EIT 8{at}.81")]


def test_headings_between_lines_that_are_cells_are_those_of_the_records_below():
    found = results(TITLE, "จังหวัดเลย", *records(NAMES), "จังหวัดแพร่", *records(OTHERS))
    assert [one.province for one in found] == 4 * ["เลย"] + 3 * ["แพร่"]
    years = (f"ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}" for year in (2566, 2567))
    found = results(next(years), *records(NAMES), next(years), *records(NAMES, "7"))
    assert [(one.fiscal_year, str(one.iit)[0]) for one in found] == 4 * [(2566, "9")] + 4 * [(2567, "7")]


def test_the_year_above_lines_that_are_cells_far_below_the_title():
    preface = [f"คำนำบรรทัดที่ {at}" for at in range(12)]
    found = results(TITLE, *preface, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566", *records(NAMES))
    assert {one.fiscal_year for one in found} == {2566}


def test_labelled_figures_belong_to_their_own_label_in_any_order():
    labelled = [
        "IIT 91.12 · EIT 84.81",
        "IIT 92.12 · EIT 85.81",
        "EIT 86.81 · IIT 93.12",
        "EIT 87.81 · OIT 94.12",
    ]
    found = results(TITLE, *(line for both in zip(NAMES, labelled, strict=True) for line in both))
    assert [tuple(str(score) for score in (one.iit, one.eit, one.oit)) for one in found] == [
        ("91.12", "84.81", "None"),
        ("92.12", "85.81", "None"),
        ("93.12", "86.81", "None"),
        ("None", "87.81", "94.12"),
    ]


LINES = [f"{name} ได้ 9{at}.20 คะแนน" for at, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    ("more", "score"),
    [
        ("เพิ่มขึ้นจากปี 2566 2.86 คะแนน", None),
        ("สูงกว่าปี 2566 อยู่ 2.86 คะแนน", None),
        ("ปี 2566 IIT ได้ 90.10 คะแนน", None),
        ("(ปี 2566 ตัวชี้วัดการใช้งบประมาณ 81.50 คะแนน)", None),
        ("(ปี 2566 ได้ 90.10 คะแนน)", "90.10"),
        ("เพิ่มขึ้นจากปี 2566 ซึ่งได้ 90.10 คะแนน", "90.10"),
    ],
)
def test_of_another_year_is_only_an_overall_score_that_a_sentence_states(more, score):
    found = results(TITLE, f"{LINES[0]} {more}", *LINES[1:])
    assert [str(one.overall_score) for one in found if one.fiscal_year == 2566] == [score][
        : score is not None
    ]
    assert [str(one.overall_score) for one in found if one.fiscal_year == 2567] == [
        "90.20",
        "91.20",
        "92.20",
        "93.20",
    ]


def test_a_year_before_the_only_figure_of_a_name_may_be_one_that_it_is_compared_with():
    found = results(TITLE, f"{NAMES[0]} ปี 2566 ได้ 90.20 คะแนน", *LINES[1:])
    assert next(one for one in found if one.fiscal_year == 2566).flags == ("ambiguous_fiscal_year",)


def test_the_place_and_year_of_one_agency_are_not_those_of_the_next_line():
    found = results(TITLE, f"{NAMES[0]} จังหวัดเลย ได้ 95.20 คะแนน (ปี 2566 ได้ 90.10 คะแนน)", *LINES[1:])
    assert [(one.province, one.fiscal_year) for one in found if one.agency.endswith("นาอ้อ")] == [(None, 2567)]


def test_figures_in_brackets_that_a_legend_gives_to_another_year_are_no_parts_of_this_one():
    lines = [
        f"{line} ({part}8{at}.00)"
        for at, (line, part) in enumerate(zip(LINES, ("", "", "", "IIT "), strict=True))
    ]
    found = results(TITLE, "คะแนน (ในวงเล็บคือคะแนนปี 2566)", *lines)
    assert [str(one.overall_score) for one in found if one.fiscal_year == 2566] == ["80.00", "81.00", "82.00"]
    assert all(one.iit is None for one in found)
