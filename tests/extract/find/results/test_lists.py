"""Lists of results of many agencies: whose result each row is, and what each column holds."""

from thaita.extract.pipeline import read_bytes

TITLE = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565 หน่วยงานในจังหวัดเลย\n\n"


def results(text):
    reading = read_bytes((TITLE + text).encode(), "list.txt")
    return reading, {(one.scope, one.agency, one.fiscal_year): one for one in reading.results}


def table(*rows):
    return "\n".join("\t".join(map(str, row)) for row in rows) + "\n"


def test_points_become_percent_and_a_row_that_does_not_add_up_is_flagged():
    _, found = results(
        table(
            ("ลำดับ", "หน่วยงาน", "IIT (30)", "EIT (30)", "OIT (40)", "รวม", "ระดับ"),
            (1, "อบต.จอมศรี", "28.50", "27.00", "38.00", "93.50", "A"),
            (2, "อบต.ท่าสะอาด", "27.00", "26.10", "36.00", "98.10", "AA"),
            (3, "เทศบาลตำบลเชียงคาน", "24.00", "25.50", "34.00", "83.50", "A"),
            ("", "ค่าเฉลี่ย", "26.50", "26.20", "36.00", "88.70", "A"),
        )
    )
    first = found["agency", "องค์การบริหารส่วนตำบลจอมศรี", 2565]
    assert (first.iit, first.oit, first.overall_score, first.grade) == (95, 95, first.overall_score, "A")
    assert first.flags == ("from_points",)
    assert "sum_mismatch" in found["agency", "องค์การบริหารส่วนตำบลท่าสะอาด", 2565].flags
    assert "grade_band" in found["agency", "เทศบาลตำบลเชียงคาน", 2565].flags
    mean = found["province", "จังหวัดเลย", 2565]
    assert (str(mean.overall_score), mean.province) == ("88.70", "เลย")


def test_the_sums_tell_columns_without_heads_apart():
    _, found = results(
        table(
            ("ลำดับ", "หน่วยงาน", "?", "?", "?", "?"),
            (1, "อบต.จอมศรี", "28.50", "27.00", "38.00", "93.50"),
            (2, "อบต.ท่าสะอาด", "27.00", "26.10", "36.00", "89.10"),
            (3, "อบต.นาอ้อ", "26.00", "28.10", "37.00", "91.10"),
        )
    )
    one = found["agency", "องค์การบริหารส่วนตำบลนาอ้อ", 2565]
    assert (str(one.overall_score), str(one.oit)) == ("91.10", "92.50")
    assert {"by_sum", "by_order"} <= set(one.flags)


def test_years_side_by_side_and_the_change_between_them():
    _, found = results(
        table(
            ("ที่", "หน่วยงาน", "คะแนนปี 2566", "คะแนนปี 2567", "ผลต่าง"),
            (1, "อบต.จอมศรี", "91.20", "93.50", "+2.30"),
            (2, "อบต.ท่าสะอาด", "85.00", "84.10", "-0.90"),
            (3, "อบต.นาอ้อ", "77.00", "91.10", "+14.10"),
        )
    )
    scores = {
        year: str(found["agency", "องค์การบริหารส่วนตำบลท่าสะอาด", year].overall_score) for year in (2566, 2567)
    }
    assert scores == {2566: "85.00", 2567: "84.10"}
    assert len(found) == 6


def test_lines_with_ranks():
    reading, found = results(
        "อันดับ 1 เทศบาลตำบลเชียงคาน 98.52 คะแนน (AA)\nอันดับ 2 อบต.จอมศรี 93.50 คะแนน (A)\nอันดับ 3 อบต.นาอ้อ 91.10 คะแนน (A)\n"
    )
    first = found["agency", "เทศบาลตำบลเชียงคาน", 2565]
    assert (str(first.overall_score), first.grade, first.rank, first.province) == ("98.52", "AA", 1, "เลย")
    assert reading.report.kind == ("summary",)


def test_a_report_of_one_agency_has_its_own_result_only():
    _, found = results("องค์การบริหารส่วนตำบลจอมศรี\n\nหน่วยงานได้คะแนนภาพรวม 93.50 คะแนน อยู่ในระดับ A\n")
    assert {scope for scope, _, _ in found} == {"own"}
