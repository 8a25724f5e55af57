"""Years, overall score, grade and agency of a report."""

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Report


def report(text: str) -> Report:
    return read_bytes(text.encode(), "report.txt").report


PLACE = "เทศบาลตำบลหนองบัว อำเภอหนองบัว จังหวัดนครสวรรค์"


@pytest.mark.parametrize(
    ("text", "fiscal", "plan"),
    [
        (f"รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568\n{PLACE}\n", 2568, None),
        (f"รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๗\n{PLACE}\n", 2567, None),
        # the results of one year, the measures of the next
        (
            f"มาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. 2568\n{PLACE}\n\nจากผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n",
            2567,
            2568,
        ),
        # the year of a law or of a date is none of the report's
        (f"การประเมิน ITA\n{PLACE}\n\nตามพระราชบัญญัติ พ.ศ. 2561 และผลการประเมิน ITA ปี 2568\n", 2568, None),
        (f"การประเมิน ITA\n{PLACE}\n", None, None),
    ],
)
def test_years_of_a_report(text, fiscal, plan):
    found = report(text)
    assert (found.fiscal_year, found.plan_year) == (fiscal, plan)


TITLE = f"รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568\n{PLACE}\n\n"


@pytest.mark.parametrize(
    ("text", "score", "grade"),
    [
        ("ผลการประเมินในภาพรวม ได้คะแนน 89.67 คะแนน อยู่ในระดับ ผ่านดี\n", "89.67", "ผ่านดี"),
        ("ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t80.00\nคะแนนรวม\t85.00\n", "85.00", None),
        ("คะแนนรวม\n85.00\n", "85.00", None),
        # the nation's, last year's, a threshold, a band, an indicator's
        ("ค่าเฉลี่ยระดับประเทศ 93.05 คะแนน\n", None, None),
        ("ปีที่ผ่านมาได้คะแนนรวม 85.00\n", None, None),
        ("ผลคะแนนภาพรวมต้องไม่น้อยกว่า 85.00\n", None, None),
        ("เกณฑ์การประเมิน\n95.00 - 100 ระดับ AA\n85.00 - 94.99 ระดับ A\n", None, None),
        ("การใช้อำนาจ ได้คะแนน 80.00\n", None, None),
        # the score, the one before and the change in one sentence, in any order
        (
            "ปีงบประมาณ 2568 ได้คะแนน 88.26 คะแนน เพิ่มขึ้นจากปี 2567 ที่ได้ 80.90 คะแนน อยู่ 7.36 คะแนน อยู่ในระดับ ผ่านดี"
            " จากเดิมระดับ ผ่าน\n",
            "88.26",
            "ผ่านดี",
        ),
        (
            "เทียบกับปี 2567 (80.90 คะแนน ระดับ ผ่าน) ผลการประเมินภาพรวมของปี 2568 สูงขึ้น 7.36 คะแนน เป็น 88.26 คะแนน"
            " ระดับ ผ่านดี ห่างจากเป้าหมาย 95 คะแนน ระดับ ผ่านดีเยี่ยม\n",
            "88.26",
            "ผ่านดี",
        ),
        ("ผลคะแนนภาพรวมเพิ่มขึ้นจาก 80.90 คะแนน เป็น 88.26 คะแนน\n", "88.26", None),
        ("ผลคะแนนภาพรวมเพิ่มขึ้น 7.36 คะแนน\n", None, None),
        (
            "ผลคะแนนภาพรวมปี 2568 ได้ 80.90 คะแนน ต่างจากปี 2567 ที่ได้ 88.26 คะแนน ลดลงถึง 7.36 คะแนน\n",
            "80.90",
            None,
        ),
        ("ผลคะแนนภาพรวมปี 2567 ได้ 80.90 คะแนน และผลคะแนนภาพรวมปี 2568 ได้ 88.26 คะแนน\n", "88.26", None),
        ("ผลคะแนนภาพรวมปี 2568 ได้ 88.26 คะแนน ลดลงจากปี 2567 ซึ่งได้ 90.00 คะแนน\n", "88.26", None),
    ],
)
def test_overall_score_and_grade_of_a_report(text, score, grade):
    found = report(TITLE + text)
    assert (str(found.overall_score) if found.overall_score is not None else None, found.grade) == (
        score,
        grade,
    )


@pytest.mark.parametrize(
    ("line", "agency", "kind"),
    [
        ("เทศบาลตำบลหนองบัว", "เทศบาลตำบลหนองบัว", "เทศบาลตำบล"),
        ("องค์การบริหารส่วนตำบลบ้านนา", "องค์การบริหารส่วนตำบลบ้านนา", "อบต."),
        ("อบต.บ้านนา", "องค์การบริหารส่วนตำบลบ้านนา", "อบต."),
        ("องค์การบริหารส่วนจังหวัดลำปาง", "องค์การบริหารส่วนจังหวัดลำปาง", "อบจ."),
        ("หน่วยงานภาครัฐ", None, None),
    ],
)
def test_agency_of_a_report(line, agency, kind):
    found = report(f"รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n{line}\n")
    assert (found.agency, found.agency_type) == (agency, kind)


def test_the_place_is_kept_as_stated_and_has_a_code():
    found = report(TITLE)
    assert (found.district, found.province, found.province_code) == ("หนองบัว", "นครสวรรค์", "60")


def test_two_equally_frequent_agencies_are_flagged():
    found = report("รายงานผลการประเมิน ITA\nเทศบาลตำบลหนองบัว\nเทศบาลตำบลบ้านนา\n")
    assert "ambiguous_agency" in found.flags


def test_a_box_of_a_dashboard_states_the_overall_score_and_its_level():
    title = "<tr><td colspan=2>ITA เทศบาลตำบลหนองบัว ปีงบประมาณ 2567</td></tr>"
    boxes = "<tr><td>คะแนนรวม<br>90.31<br>ระดับ ผ่าน</td><td>IIT<br>90.68</td></tr>"
    found = report(f"<table>{title}{boxes}</table>\n")
    assert (found.agency, found.fiscal_year) == ("เทศบาลตำบลหนองบัว", 2567)
    assert (str(found.overall_score), found.grade) == ("90.31", "ผ่าน")


def test_the_level_of_the_row_of_the_overall_score_is_the_reports():
    rows = "ปีงบประมาณ\tคะแนนรวม\tผล\n2566\t84.12\tต้องปรับปรุง\n2567\t90.55\tผ่าน\n"
    found = report(f"รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567\n{PLACE}\n\n{rows}")
    assert (str(found.overall_score), found.grade) == ("90.55", "ผ่าน")


def test_the_year_of_a_result_among_the_particulars_is_the_assessed_one():
    text = (
        f"รายงานผลการดำเนินการตามมาตรการ ปีงบประมาณ พ.ศ. 2567\n{PLACE}\nผลการประเมิน ITA ปี 2566: 88.74 คะแนน\n"
    )
    assert report(text).fiscal_year == 2566
