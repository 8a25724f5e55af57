"""Forms of lists of results: where the place, kind, year and level of a row stand, and cells that are lines."""

import pytest

from thaita.extract.pipeline import read_bytes

NAMES = ("อบต.จอมศรี", "อบต.ท่าสะอาด", "อบต.นาอ้อ")
FULL = [name.replace("อบต.", "องค์การบริหารส่วนตำบล") for name in NAMES]


def results(text, title="ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565 หน่วยงานในจังหวัดเลย"):
    reading = read_bytes(f"{title}\n\n{text}".encode(), "list.txt")
    return {(one.scope, one.agency, one.fiscal_year): one for one in reading.results}


def table(*rows):
    return "\n".join("\t".join(map(str, row)) for row in rows) + "\n"


def overall(found):
    return {key[1:]: str(one.overall_score) for key, one in found.items()}


def test_the_places_of_a_row_beside_a_title_that_names_several_provinces():
    found = results(
        table(
            ("อันดับ", "หน่วยงาน", "อำเภอ / จังหวัด", "คะแนน"),
            (1, NAMES[0], "ปากชม / เลย", "93.50"),
            (2, NAMES[1], "เซกา / บึงกาฬ", "92.50"),
            (3, NAMES[2], "เมืองเลย / เลย", "91.50"),
        ),
        "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565 จังหวัดเลย หนองคาย และบึงกาฬ",
    )
    assert [(one.district, one.province) for one in found.values()] == [
        ("ปากชม", "เลย"),
        ("เซกา", "บึงกาฬ"),
        ("เมืองเลย", "เลย"),
    ]


@pytest.mark.parametrize(
    ("head", "title", "scope", "agency", "doubt"),
    [
        ("อบจ.", "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565", "agency", "องค์การบริหารส่วนจังหวัดเลย", False),
        ("จังหวัด", "คะแนนเฉลี่ย ITA ปีงบประมาณ พ.ศ. 2565 รายจังหวัด", "province", "จังหวัดเลย", False),
        ("จังหวัด", "ผล ITA หน่วยงานประเภทจังหวัด ปีงบประมาณ พ.ศ. 2565", "agency", "จังหวัดเลย", False),
        ("จังหวัด", "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565", "province", "จังหวัดเลย", True),
        ("หน่วยงาน", "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565", "agency", "จังหวัดเลย", True),
    ],
)
def test_names_of_provinces_are_agencies_or_means_where_words_say_so(head, title, scope, agency, doubt):
    rows = [(head, "คะแนน"), ("เลย", "93.50"), ("น่าน", "92.50"), ("แพร่", "91.50"), ("ตาก", "90.50")]
    found = results(table(*rows), title)
    one = found[scope, agency, 2565]
    assert ("ambiguous_scope" in one.flags) is doubt


def test_counts_targets_and_differences_are_no_scores():
    found = results(
        table(
            ("หน่วยงาน", "ปี", "คะแนนรวม", "จำนวนข้อ OIT ที่เผยแพร่"),
            *((name, 2564, f"9{at}.50", 30 + at) for at, name in enumerate(NAMES, 1)),
            (NAMES[0], "ผลต่าง", "1.50", 1),
            ("ค่าเป้าหมายของจังหวัด", "", "85.00", ""),
        )
    )
    assert overall(found) == dict(
        zip([(name, 2564) for name in FULL], ("91.50", "92.50", "93.50"), strict=True)
    )
    assert all(one.oit is None for one in found.values())


def test_a_list_whose_cells_are_lines():
    heads = ("ลำดับ", "หน่วยงาน", "คะแนนรวม", "ระดับ")
    pages = [[*heads, "1", NAMES[0], "93.50", "A", "2", NAMES[1], "83.50", "B", "หน้า 1"]]
    pages += [[*heads, "3", NAMES[2], "73.50", "C", "4", "ทต.เชียงคาน", "96.50", "AA"]]
    found = results("\n".join(line for page in pages for line in page))
    assert [(str(one.overall_score), one.grade) for one in found.values()] == [
        ("93.50", "A"),
        ("83.50", "B"),
        ("73.50", "C"),
        ("96.50", "AA"),
    ]


def test_the_title_repeated_on_each_page_does_not_end_a_table():
    title = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565 หน่วยงานในจังหวัดเลย"
    heads = ("ที่", "อำเภอ", "หน่วยงาน", "คะแนน")
    first = table(
        heads, (1, "ปากชม", NAMES[0], "93.50"), (2, "", NAMES[1], "92.50"), (3, "", NAMES[2], "91.50")
    )
    second = table(heads, (4, "", NAMES[1], "82.50"), (5, "เชียงคาน", "ทต.เชียงคาน", "95.50"))
    reading = read_bytes(f"{title}\n\n{first}\n{title}\n\n{second}".encode(), "list.txt")
    assert [(str(one.overall_score), one.district) for one in reading.results] == [
        ("93.50", "ปากชม"),
        ("92.50", "ปากชม"),
        ("82.50", "ปากชม"),
        ("91.50", "ปากชม"),
        ("95.50", "เชียงคาน"),
    ]


def test_a_level_announced_for_the_agencies_below_and_years_in_brackets():
    found = results(
        "(ในวงเล็บคือคะแนนปี 2564)\n1. ระดับ A จำนวน 2 แห่ง ได้แก่\n"
        f"1.1 {NAMES[0]} ได้คะแนน 93.50 (91.20)\n1.2 {NAMES[1]} ได้คะแนน 92.50 (90.20)\n"
        f"2. ระดับ B จำนวน 1 แห่ง ได้แก่\n2.1 {NAMES[2]} ได้คะแนน 82.50 (80.20)\n"
    )
    assert [found["agency", name, 2565].grade for name in FULL] == ["A", "A", "B"]
    assert [str(found["agency", name, 2564].overall_score) for name in FULL] == ["91.20", "90.20", "80.20"]
    assert not any("ambiguous_overall" in one.flags for one in found.values())


def test_means_in_sentences_beside_a_list():
    rows = [("หน่วยงาน", "คะแนน"), *((name, f"9{at}.50") for at, name in enumerate(NAMES, 1))]
    found = results(
        table(*rows)
        + "\nค่าเฉลี่ยของหน่วยงานภาครัฐทั้งประเทศ 8,317 แห่ง อยู่ที่ 87.57 คะแนน\n"
        + "\nค่าเฉลี่ยเทศบาลตำบลทั้งประเทศ ปี 2564: 80.12\n"
    )
    nation = found["national", "ประเทศ", 2565]
    assert (str(nation.overall_score), nation.agencies) == ("87.57", 8317)
    assert str(found["type", "เทศบาลตำบล", 2564].overall_score) == "80.12"


def test_the_line_above_a_table_is_its_header_and_a_line_below_its_last_row():
    rows = [(at, name, "90.00", "80.00", "95.00", "89.00", "A") for at, name in enumerate(NAMES, 1)]
    found = results(
        "ที่ ชื่อหน่วยงาน IIT EIT OIT คะแนนรวม ระดับ\n\n"
        + table(*rows)
        + "\nหน้า 1\n\n4 ทต.เชียงคาน 70.00 80.00 95.00 83.00 B\n"
    )
    last = found["agency", "เทศบาลตำบลเชียงคาน", 2565]
    assert (str(last.iit), str(last.overall_score), last.grade, last.flags) == ("70.00", "83.00", "B", ())
    assert len(found) == 4


def test_numbers_of_respondents_are_no_scores_without_a_flag():
    rows = [
        ("หน่วยงาน", "IIT", "EIT", "รวม"),
        (NAMES[0], 45, 30, 75),
        (NAMES[1], 40, 31, 71),
        (NAMES[2], 30, 20, 50),
    ]
    assert all("ambiguous_column" in one.flags for one in results(table(*rows)).values())
