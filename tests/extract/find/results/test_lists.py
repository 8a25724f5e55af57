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


def test_the_end_of_a_name_is_no_word_before_a_figure():
    names = ("เทศบาลเมืองปรางหมู่", "อบต.จอมศรี", "อบต.นาอ้อ")
    _, found = results("".join(f"อันดับ {at} {name} 9{at}.50 คะแนน (A)\n" for at, name in enumerate(names, 1)))
    assert [str(one.overall_score) for one in found.values()] == ["91.50", "92.50", "93.50"]


def test_a_report_of_one_agency_has_its_own_result_only():
    _, found = results("องค์การบริหารส่วนตำบลจอมศรี\n\nหน่วยงานได้คะแนนภาพรวม 93.50 คะแนน อยู่ในระดับ A\n")
    assert {scope for scope, _, _ in found} == {"own"}


def test_a_row_above_names_the_kind_of_the_agencies_below():
    _, found = results(
        table(
            ("ที่", "หน่วยงาน", "คะแนน", "ระดับ"),
            ("1. องค์การบริหารส่วนตำบล (จำนวน 2 แห่ง)", "", "", ""),
            (1, "จอมศรี", "93.50", "A"),
            (2, "นาอ้อ", "91.10", "A"),
            ("2. เทศบาลตำบล (จำนวน 1 แห่ง)", "", "", ""),
            (1, "เชียงคาน", "83.50", "B"),
        )
    )
    names = ["องค์การบริหารส่วนตำบลจอมศรี", "องค์การบริหารส่วนตำบลนาอ้อ", "เทศบาลตำบลเชียงคาน"]
    assert list(found) == [("agency", name, 2565) for name in names]
    assert not any(one.flags for one in found.values())


def test_a_name_without_a_kind_is_in_doubt():
    _, found = results(
        table(("ที่", "หน่วยงาน", "คะแนน"), (1, "จอมศรี", "93.50"), (2, "นาอ้อ", "91.10"), (3, "นาซำ", "83.50"))
    )
    assert [one.flags for one in found.values()] == [("agency_unknown_kind",)] * 3
    assert all(one.provenance.confidence < 0.9 for one in found.values())


def page(*rows):
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows) + "</table>"


def test_a_table_goes_on_over_a_page_break_that_divides_a_row():
    head = ("ที่", "หน่วยงาน", "ปี", "คะแนน", "ระดับ")
    tables = (
        page(
            head,
            (1, "อบต.จอมศรี", 2564, "93.50", "A"),
            ("", "", 2565, "94.50", "A"),
            (2, "อบต.นาอ้อ", 2564, "81.10", "B"),
        ),
        page(head, ("", "", 2565, "91.10", "A"), (3, "องค์การบริหารส่วนตำบลสะอาด", 2564, "83.50", "B")),
        page(("", "ไชยศรี", "", "", ""), ("", "", 2565, "84.50", "B")),
    )
    reading = read_bytes(f"<html><p>ผลการประเมิน ITA{''.join(tables)}</html>".encode(), "list.doc")
    found = [
        (one.agency.removeprefix("องค์การบริหารส่วนตำบล"), one.fiscal_year, str(one.overall_score))
        for one in reading.results
    ]
    assert found == [
        ("จอมศรี", 2564, "93.50"),
        ("จอมศรี", 2565, "94.50"),
        ("นาอ้อ", 2564, "81.10"),
        ("นาอ้อ", 2565, "91.10"),
        ("สะอาดไชยศรี", 2564, "83.50"),
        ("สะอาดไชยศรี", 2565, "84.50"),
    ]
    assert not any(one.flags for one in reading.results)


def test_a_paragraph_states_the_level_of_its_agencies_and_goes_on_in_the_next_line():
    _, found = results(
        "ระดับ A จำนวน 3 แห่ง ได้แก่ 1) อบต.จอมศรี (93.50) 2) อบต.นาอ้อ\n\n(91.10) 3) อบต.ท่าสะอาด (66.10)\n"
    )
    assert [(str(one.overall_score), one.grade, one.flags) for one in found.values()] == [
        ("93.50", "A", ()),
        ("91.10", "A", ()),
        ("66.10", "A", ("grade_band",)),
    ]


def test_the_first_of_several_small_tables_is_not_the_documents_own():
    names = ("อบต.จอมศรี", "อบต.นาอ้อ", "อบต.ท่าสะอาด")
    _, found = results("\n\n".join(f"{name}\n\nคะแนนรวม\t9{at}.50\nระดับ\tA" for at, name in enumerate(names)))
    assert {scope for scope, _, _ in found} == {"agency"}
    assert len(found) == 3
