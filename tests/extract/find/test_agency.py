"""The agency of a report: where its name stands, how far it goes, and the places beside it."""

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Report

BODY = """
1. ผลคะแนน
การปฏิบัติหน้าที่ 91.23
หน่วยงานที่น่าสนใจคือ กรมสรรพสามิต ซึ่งได้ 98.11 คะแนน
เราเคยไปดูงานที่มหาวิทยาลัยมหิดล และประชุมร่วมกับเครือข่าย ณ ห้องประชุมโรงพยาบาลลำปาง
"""


def report(text: str) -> Report:
    return read_bytes((text + BODY).encode(), "report.txt").report


@pytest.mark.parametrize(
    "frame",
    [
        "{}\nรายงานผลการประเมิน ITA ปี 2567\n",
        "มาตรการส่งเสริมความโปร่งใสของ{}\nประจำปีงบประมาณ พ.ศ. 2567\n{}\n",
        "บันทึกข้อความ\nส่วนราชการ งานอำนวยการ {} โทร. 0 2123 4567\nเรื่อง ผล ITA 2567\n",
        "ประกาศ{}\nเรื่อง ผลการประเมิน ITA ปี 2567\n",
        "ผลการประเมิน ITA\n\nหน่วยงานเจ้าของรายงาน\t{}\nปีที่ประเมิน\t2567\nที่ตั้ง\tเชียงใหม่\n",
        "ผลการประเมิน ITA\nตามที่{}เข้ารับการประเมินคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2567 นั้น\n",
        "ผลการประเมิน ITA\nเอกสารนี้สรุปผลการประเมินของ{} ปีงบประมาณ 2567\n",
    ],
)
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("กรมการขนส่งทางบก", "กรม"),
        ("สำนักงานปลัดกระทรวงเกษตรและสหกรณ์", "สำนักงานปลัดกระทรวง"),
        ("สำนักงานคณะกรรมการคุ้มครองผู้บริโภค", "สำนักงาน"),
        ("การเคหะแห่งชาติ", "รัฐวิสาหกิจ"),
        ("บริษัท ไปรษณีย์ไทย จำกัด", "รัฐวิสาหกิจ"),
        ("กองทุนเงินให้กู้ยืมเพื่อการศึกษา", "กองทุน"),
        ("หอภาพยนตร์ (องค์การมหาชน)", "องค์การมหาชน"),
        ("วิทยาลัยเกษตรและเทคโนโลยีลำพูน", "วิทยาลัย"),
        ("วิทยาลัยพยาบาลบรมราชชนนี เลย", "วิทยาลัย"),
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำพูน เขต 1", "สำนักงานเขตพื้นที่การศึกษา"),
        ("สำนักงานป้องกันควบคุมโรคที่ 7", "สำนักงานป้องกันควบคุมโรค"),
        ("สำนักงานแรงงานจังหวัดลำพูน", "สำนักงานแรงงานจังหวัด"),
        ("ที่ว่าการอำเภอศรีเมืองใหม่", "อำเภอ"),
        ("สถานีตำรวจภูธรแม่ริม", "สถานีตำรวจ"),
        ("จังหวัดลำพูน", "จังหวัด"),
    ],
)
def test_the_agency_is_found_wherever_its_name_stands(frame, name, kind):
    found = report(frame.replace("{}", name))
    assert (found.agency, found.agency_type, found.fiscal_year) == (name, kind, 2567)


@pytest.mark.parametrize("text", ["บุคลากรตอบตรงกันเรื่อง ITA\n", "การประเมิน ITA ชอบจริยธรรม\n"])
def test_a_bystander_or_a_part_of_a_word_is_no_agency(text):
    assert report(text).agency is None


def test_an_agency_that_only_a_sentence_names_is_flagged():
    found = report("ผลการประเมิน ITA\nในปีนี้ กรมปศุสัตว์ตั้งใจนำผลที่ได้ไปใช้ปรับปรุงงาน\n")
    assert found.agency == "กรมปศุสัตว์"
    assert "agency_unlisted" in found.flags


def test_a_name_goes_on_in_the_next_line_of_a_cover():
    found = report("ผลการประเมิน ITA\nสำนักงานพัฒนาเทคโนโลยีอวกาศ\nและภูมิสารสนเทศ (องค์การมหาชน)\n")
    assert found.agency == "สำนักงานพัฒนาเทคโนโลยีอวกาศและภูมิสารสนเทศ (องค์การมหาชน)"


def test_the_runner_up_of_an_ambiguous_agency_is_evidence():
    reading = read_bytes("รายงานผลการประเมิน ITA\nเทศบาลตำบลหนองบัว\nเทศบาลตำบลบ้านนา\n".encode(), "report.txt")
    assert "ambiguous_agency" in reading.report.flags
    assert [one.value for one in reading.evidence if one.column == "runner_up:agency"] == ["เทศบาลตำบลบ้านนา"]


@pytest.mark.parametrize(
    ("particulars", "district", "province"),
    [
        ("อำเภอ\tแม่ริม\nจังหวัด\tเชียงใหม่\n", "แม่ริม", "เชียงใหม่"),
        ("อำเภอ/จังหวัด: แม่ริม / เชียงใหม่\n", "แม่ริม", "เชียงใหม่"),
        ("ที่ตั้ง: อำเภอแม่ริม จังหวัดเชียงใหม่\n", "แม่ริม", "เชียงใหม่"),
    ],
)
def test_particulars_state_the_place(particulars, district, province):
    found = report(f"รายงานผล ITA\nหน่วยงาน\tโรงพยาบาลนครพิงค์\n{particulars}")
    assert (found.district, found.province) == (district, province)


@pytest.mark.parametrize(
    ("text", "fiscal", "plan"),
    [
        # the heading of the measures states their year, though it speaks of results
        ("ผล ITA ปี 2567\nแนวทางยกระดับผลการประเมิน ปีงบประมาณ 2568\n", 2567, 2568),
        ("ผล ITA ปี 2567\nการนำผลการวิเคราะห์ไปสู่การปฏิบัติ ประจำปีงบประมาณ พ.ศ. 2568\n", 2567, 2568),
        # an earlier year's result is weaker than a title
        ("ผล ITA 2567\n1. คะแนน\nย้อนไปในปีงบประมาณ พ.ศ. 2566 เคยได้คะแนน 66.12\n", 2567, None),
        # a title without a role
        ("กรมปศุสัตว์\nปีงบประมาณ 2567\n", 2567, None),
        # a page number that is glued to the year of a running head
        ("กรมปศุสัตว์ – รายงานผลการประเมิน ITA 256712\n", 2567, None),
    ],
)
def test_years_by_the_place_where_they_stand(text, fiscal, plan):
    found = report(text)
    assert (found.fiscal_year, found.plan_year) == (fiscal, plan)


TOGETHER = [  # what the mentions of a report show together
    (
        "กรมการเดินเรือภายในประเทศ\n\nผลการประเมิน ITA\n\nในปีนี้ กรมการเดินเรือภายในประเทศได้คะแนน 91.20 คะแนน\n\nกรมการเดินเรือภายในประเทศ",
        "กรมการเดินเรือภายในประเทศ",
    ),
    (
        "พิพิธภัณฑ์เรือนไทยแห่งชาติ คว้า 92.36 คะแนน ITA\n\nวันนี้ พิพิธภัณฑ์เรือนไทยแห่งชาติ (องค์การมหาชน) แจ้งผล",
        "พิพิธภัณฑ์เรือนไทยแห่งชาติ (องค์การมหาชน)",
    ),
    (
        "รายงานผลการประเมิน ITA ของจังหวัดพะเยา\n\nส่วนราชการ สำนักงานจังหวัดพะเยา\n\nที่ พย 0017/4",
        "จังหวัดพะเยา",
    ),
    (
        "รายงานการประชุม ITA\n\nที่ประชุมเห็นว่า โรงพยาบาลมิได้จัดทำรายงาน\n\nผลของ โรงพยาบาลบึงนาราง และ โรงพยาบาลบึงนาราง",
        "โรงพยาบาลบึงนาราง",
    ),
    ("ประกาศการเคหะชนบทแห่งประเทศไทย\n\nเรื่อง มาตรการ ITA", "การเคหะชนบทแห่งประเทศไทย"),
    ("ผลการประเมิน ITA\n\nกรมส่งเสริมการประมงพื้นบ้านกระทรวงเกษตรและทรัพยากรทะเล", "กรมส่งเสริมการประมงพื้นบ้าน"),
]


@pytest.mark.parametrize(("text", "name"), TOGETHER)
def test_all_mentions_of_a_report_decide_which_agency_it_is_and_how_far_its_name_goes(text, name):
    assert report(text + "\n").agency == name
