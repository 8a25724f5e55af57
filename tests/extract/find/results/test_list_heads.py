"""Heads of lists: counted columns, letters of instruments, units, kinds of agencies; and what their cells decide."""

import pytest

from thaita.extract.find.results.kinds import head_kind
from thaita.extract.find.results.names import Surroundings, in_surroundings, read_subject
from thaita.extract.pipeline import read_bytes
from thaita.normalize.result_words import read_head_words

NAMES = ("อบต.จอมศรี", "อบต.ท่าสะอาด", "อบต.นาอ้อ", "อบต.ชัยพฤกษ์", "อบต.ปากชม")
SCORES = ("96.00", "94.00", "92.00", "92.00", "88.00")
TITLE = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565 หน่วยงานในจังหวัดเลย"


def reading_of(*rows, title=TITLE, below=""):
    text = "\n".join("\t".join(map(str, row)) for row in rows)
    return read_bytes(f"{title}\n\n{text}\n\n{below}".encode(), "list.txt")


@pytest.mark.parametrize(
    ("head", "holds", "indicator"),
    [
        ("e6", "indicator_score", 6),
        ("o9", "indicator_score", 9),
        ("e9", None, None),
        ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)", "instrument_score", None),
        ("การเปิดเผยข้อมูล (OIT)", "indicator_score", 9),
        ("OIT ที่เผยแพร่ (ข้อ)", "count", None),
        ("ผ่าน 85 คะแนน (ร้อยละ)", "share", None),
        ("ลำดับในจังหวัด", "rank", None),
    ],
)
def test_what_heads_announce(head, holds, indicator):
    words = read_head_words(head)
    assert (words.holds, words.indicator) == (holds, indicator)


def test_a_row_that_counts_the_columns_names_no_indicators():
    rows = [
        ("ที่", "หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม"),
        tuple(f"({number})" for number in range(1, 7)),
        (1, NAMES[0], "90.00", "80.00", "70.00", "79.00"),
        (2, NAMES[1], "92.00", "82.00", "72.00", "81.00"),
        (3, NAMES[2], "94.00", "84.00", "74.00", "83.00"),
    ]
    reading = reading_of(*rows)
    assert not reading.scores
    assert [(str(one.iit), str(one.eit), str(one.oit)) for one in reading.results] == [
        ("90.00", "80.00", "70.00"),
        ("92.00", "82.00", "72.00"),
        ("94.00", "84.00", "74.00"),
    ]


def test_codes_of_agencies_are_no_numbers_of_agencies():
    rows = [("รหัส อปท.", "หน่วยงาน", "คะแนน")]
    rows += [(6550000 + at, name, score) for at, (name, score) in enumerate(zip(NAMES, SCORES, strict=True))]
    assert [(one.agencies, str(one.overall_score)) for one in reading_of(*rows).results] == [
        (None, score) for score in SCORES
    ]


def test_the_head_of_a_column_of_names_is_the_beginning_of_each():
    assert [head_kind(head) for head in ("มหาวิทยาลัยราชภัฏ", "ชื่อหน่วยงาน", "สำนักงาน")] == [
        "มหาวิทยาลัยราชภัฏ",
        None,
        None,
    ]
    found = reading_of(
        ("มหาวิทยาลัยราชภัฏ", "2565", "2566"),
        ("เลย", "93.50", "94.50"),
        ("ลำปาง", "92.50", "91.50"),
        ("ธนบุรี", "90.50", "89.50"),
        title="เปรียบเทียบคะแนน ITA",
    ).results
    assert {one.agency for one in found} == {f"มหาวิทยาลัยราชภัฏ{place}" for place in ("เลย", "ลำปาง", "ธนบุรี")}
    assert len(found) == 6


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("อบต,จอมศรี", "องค์การบริหารส่วนตำบลจอมศรี"),
        ("ม.ราชภัฏเลย", "มหาวิทยาลัยราชภัฏเลย"),
        ("สป.กท.", None),
    ],
)
def test_abbreviations_of_unusual_writing(written, name):
    found = read_subject(written)
    assert (found.name if found else None) == name


def test_a_mean_of_the_province_and_one_of_a_district():
    around = Surroundings(province="เลย")
    province = in_surroundings(read_subject("เฉลี่ยจังหวัด"), around)
    assert (province.scope, province.name) == ("province", "จังหวัดเลย")
    district = in_surroundings(read_subject("เฉลี่ยอำเภอ"), around)
    assert (district.scope, district.flags) == (None, ("ambiguous_scope",))


def test_the_mean_of_a_province_ends_it():
    found = reading_of(
        ("จังหวัด", "หน่วยงาน", "คะแนน"),
        ("เลย", "อบต.จอมศรี", "93.50"),
        ("", "อบต.ท่าสะอาด", "92.50"),
        ("", "ค่าเฉลี่ยจังหวัดเลย", "93.00"),
        ("", "อบต.ดงเย็น", "91.50"),
        ("มุกดาหาร", "อบต.คำป่าหลาย", "90.50"),
        title="ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565",
    ).results
    places = {one.agency: one.province for one in found if one.scope == "agency"}
    assert places["องค์การบริหารส่วนตำบลท่าสะอาด"] == "เลย"
    assert places["องค์การบริหารส่วนตำบลดงเย็น"] != "เลย"


@pytest.mark.parametrize(
    ("title", "numbers", "ranks"),
    [
        (TITLE, (1, 2, 3, 3, 5), [1, 2, 3, 3, 5]),
        (TITLE, (1, 2, 3, 4, 5), [None] * 5),
        (f"{TITLE} (เรียงตามคะแนน)", (1, 2, 3, 4, 5), [None] * 5),
    ],
)
def test_numbers_of_rows_are_ranks_where_rows_with_the_same_score_share_one(title, numbers, ranks):
    rows = [("ลำดับที่", "หน่วยงาน", "คะแนน"), *zip(numbers, NAMES, SCORES, strict=True)]
    assert [one.rank for one in reading_of(*rows, title=title).results] == ranks


def test_a_level_above_a_table_is_that_of_its_agencies():
    rows = [("ที่", "หน่วยงาน", "คะแนน"), *zip(range(1, 4), NAMES, ("96.0", "95.5", "95.2"), strict=False)]
    found = reading_of(*rows, title=f"{TITLE}\n\n1. ระดับ AA จำนวน 3 แห่ง").results
    assert [one.grade for one in found] == ["AA"] * 3


def test_labels_of_years_are_no_agencies():
    names = ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต"]
    rows = [
        ("รายการ", *names),
        ("ปี 2566", "96.80", "93.20", "95.55", "92.10", "93.98"),
        ("ปี 2567", "97.60", "94.87", "96.12", "93.75", "95.41"),
        ("เป้าหมายปี 2568", "95.00", "95.00", "95.00", "95.00", "95.00"),
    ]
    reading = reading_of(*rows, title="ผล ITA ประจำปีงบประมาณ พ.ศ. 2567 องค์การบริหารส่วนตำบลจอมศรี จังหวัดเลย")
    assert {(one.scope, one.fiscal_year) for one in reading.scores} == {("own", 2566), ("own", 2567)}
    assert len(reading.scores) == 10


ROWS = [
    ("80.00", "82.00", "84.00", "86.00", "88.00", "70.00", "72.00", "74.00", "90.00", "94.00"),
    ("91.00", "93.00", "95.00", "97.00", "99.00", "81.00", "83.00", "85.00", "70.00", "60.00"),
    ("71.00", "73.00", "75.00", "77.00", "79.00", "61.00", "63.00", "65.00", "98.00", "96.00"),
]
TOTALS = ("83.60", "79.40", "80.20")


@pytest.mark.parametrize(
    "heads",
    [
        [f"ด้านที่ {number}" for number in range(1, 11)],
        [f"score_{number}" for number in range(1, 11)],
        [
            f"{code}-{number}"
            for code, most in (("IIT", 5), ("EIT", 3), ("OIT", 2))
            for number in range(1, most + 1)
        ],
    ],
)
def test_columns_of_numbers_are_the_indicators_if_they_add_up(heads):
    body = [(name, *row, total) for name, row, total in zip(NAMES, ROWS, TOTALS, strict=False)]
    found = reading_of(("หน่วยงาน", *heads, "คะแนนรวม"), *body)
    assert [str(one.score) for one in found.scores] == [score for row in ROWS for score in row]
    assert not any(one.flags for one in (*found.scores, *found.results))
    wrong = [(*row[:-1], "50.00") for row in body]
    assert reading_of(("หน่วยงาน", *heads, "คะแนนรวม"), *wrong).scores == ()


def test_agencies_as_columns_behind_a_count_of_the_rows():
    labels = [f"ตัวชี้วัดที่ {number}" for number in range(1, 11)]
    rows = [(at + 1, label, *(row[at] for row in ROWS)) for at, label in enumerate(labels)]
    found = reading_of(("ที่", "ตัวชี้วัด", *NAMES[:3]), *rows, ("", "คะแนนรวม", *TOTALS))
    assert [str(one.overall_score) for one in found.results] == list(TOTALS)
    assert len(found.scores) == 30


def test_rows_of_instruments_without_the_name_of_their_agency():
    parts = (("IIT", "90.00"), ("EIT", "80.00"), ("OIT", "70.00"), ("รวม", "79.00"))
    rows = [(name if not at else "", *part) for name in NAMES[:3] for at, part in enumerate(parts)]
    found = reading_of(("หน่วยงาน", "เครื่องมือ", "คะแนน"), *rows).results
    assert [(str(one.iit), str(one.eit), str(one.oit), str(one.overall_score)) for one in found] == [
        ("90.00", "80.00", "70.00", "79.00")
    ] * 3
    assert all(one.scope == "agency" for one in found)


def test_a_mistyped_score_does_not_take_its_column_away():
    scores = ("96.00", "94.00", "92.00", "192.00", "88.00")
    results = reading_of(("หน่วยงาน", "คะแนนรวม"), *zip(NAMES, scores, strict=True)).results
    assert [str(one.overall_score) for one in results] == list(scores)
    assert ["range" in one.flags for one in results] == [False, False, False, True, False]


def test_decimal_commas_are_read():
    rows = "".join(
        f'{no},{name},เลย,"{score.replace(".", ",")}",A\n'
        for no, (name, score) in enumerate(zip(NAMES, SCORES, strict=True), 1)
    )
    results = read_bytes(f"{TITLE}\nที่,หน่วยงาน,จังหวัด,คะแนน,ระดับ\n{rows}".encode(), "list.csv").results
    assert [str(one.overall_score) for one in results] == list(SCORES)


def test_a_head_that_names_scores_decides_in_doubt_where_many_are_mistyped():
    scores = ("92.75", "927.5", "91.20", "925.4", "90.10")
    results = reading_of(("หน่วยงาน", "คะแนนรวม"), *zip(NAMES, scores, strict=True)).results
    assert [str(one.overall_score) for one in results] == list(scores)
    assert all("ambiguous_column" in one.flags for one in results)


@pytest.mark.parametrize("unit", ["ล้านบาท", "บาท"])
def test_amounts_of_money_are_no_scores_of_the_indicator_on_the_budget(unit):
    head = ("หน่วยงาน", f"งบประมาณ ({unit})", "คะแนน")
    reading = reading_of(
        head, *zip(NAMES, ("96.10", "94.50", "292.20", "92.20", "91.10"), SCORES, strict=True)
    )
    assert [str(one.overall_score) for one in reading.results] == list(SCORES)
    assert not reading.scores


@pytest.mark.parametrize(
    ("name", "agencies"),
    [
        ("ค่าเฉลี่ยจังหวัดเลย (5 แห่ง)", "5"),
        ("ค่าเฉลี่ยจังหวัดเลย รวม 5 หน่วยงาน", "5"),
        ("ค่าเฉลี่ยจังหวัดเลย ผ่านเกณฑ์ 2 แห่ง", "None"),
    ],
)
def test_the_number_beside_a_mean_is_that_of_all_agencies(name, agencies):
    rows = [*zip(NAMES, SCORES, strict=True), (name, "92.40")]
    mean = next(one for one in reading_of(("หน่วยงาน", "คะแนน"), *rows).results if one.scope == "province")
    assert str(mean.agencies) == agencies


@pytest.mark.parametrize(
    "note", ["6 อบต.นาอาน คะแนนปีก่อน 91.00", "6 ค่าเฉลี่ยเดิม ปี 2564 อบต.นาอาน 81.00", "6 อบต.นาอาน เดิม 91.00"]
)
def test_a_note_below_a_table_is_no_row_of_it(note):
    rows = [(at, *row) for at, row in enumerate(zip(NAMES, SCORES, strict=True), 1)]
    row = "6 อบต.นาอาน อ.เมืองเลย จ.เลย 91.00"
    for below, count in ((note, 5), (row, 6)):
        results = reading_of(("ที่", "หน่วยงาน", "คะแนน"), *rows, below=below).results
        assert [one.fiscal_year for one in results] == count * [2565]


def test_names_with_words_of_heads_are_agencies_and_statistics_are_none():
    names = ("กองพัฒนาการคุณภาพ", "คุณภาพชีวิต", "สูงสุด", "ค่าเป้าหมาย", "การใช้งบประมาณ")
    rows = [*zip(NAMES, SCORES, strict=True), *zip(names, SCORES, strict=True)]
    found = {one.agency: one.flags for one in reading_of(("หน่วยงาน", "คะแนน"), *rows).results}
    assert [name for name in names if name in found] == list(names[:2])
    assert found[names[0]] == ("agency_unknown_kind",)


def test_the_distribution_of_scores_below_a_head_of_a_kind_is_no_agency():
    rows = [("จอมศรี", "96.00"), ("ท่าสะอาด", "94.00"), ("นาอ้อ", "92.00")]
    rows += [("สูงสุด", "96.00"), ("ค่ามัธยฐาน", "94.00"), ("ส่วนเบี่ยงเบนมาตรฐาน", "2.00")]
    assert len(reading_of(("อบต.", "คะแนน"), *rows).results) == 3


def test_another_spelling_of_a_level_is_kept_as_written():
    rows = [
        (*row, grade)
        for row, grade in zip(zip(NAMES, SCORES, strict=True), ["ผ่านดี"] * 4 + ["ต้องปรับปรุงด่วน"], strict=True)
    ]
    results = reading_of(("หน่วยงาน", "คะแนน", "ระดับ"), *rows, title=TITLE.replace("2565", "2567")).results
    assert [one.grade for one in results][-1] == "ต้องปรับปรุงด่วน"


def test_years_over_the_middle_of_their_groups_of_columns():
    text = """รายชื่อหน่วยงาน ผลการประเมิน ITA
                       ปี 2562             ปี 2563
หน่วยงาน         คะแนน     ระดับ     คะแนน     ระดับ
อบต.ท่าวุ้ง        68.87      C         77.69      B
อบต.บางคู้        75.13      B         63.03      D
อบต.บางงา       68.71      C         66.00      C
"""
    found = read_bytes(text.encode(), "list.txt").results
    assert [
        (one.fiscal_year, str(one.overall_score), one.grade) for one in found if "ท่าวุ้ง" in (one.agency or "")
    ] == [
        (2562, "68.87", "C"),
        (2563, "77.69", "B"),
    ]


def test_a_total_beside_the_indicators_of_an_instrument_is_the_overall_score():
    head = ",".join(f"ตัวชี้วัดที่ {no}" for no in range(1, 11))
    rows = {
        "สภ.เมืองเพชรบูรณ์": "97.03,90.60,92.88,89.15,90.87,95.24,93.39,88.20,100,100,95.31",
        "สภ.หล่มสัก": "94.52,91.22,92.80,90.05,92.60,91.34,91.04,89.18,93.94,91.67,91.95",
        "สภ.หล่มเก่า": "88.03,86.65,88.57,82.74,83.76,84.45,82.02,77.26,72.73,70.83,78.87",
    }
    text = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566\n,แบบ IIT,,,,,แบบ EIT,,,แบบ OIT,,\n"
    text += f"สถานี,{head},คะแนนรวม\n" + "".join(f"{name},{figures}\n" for name, figures in rows.items())
    found = read_bytes(text.encode(), "list.csv").results
    assert [str(one.overall_score) for one in found] == ["95.31", "91.95", "78.87"]
    assert not any(one.flags or one.oit for one in found)


def test_years_over_the_middle_of_three_columns_of_a_sheet():
    head = ["ผลการประเมิน ITA จังหวัดเลย,,,,,,,", "ที่,หน่วยงาน,,2567,,,2568,", ",,คะแนน,ระดับ,อันดับ,คะแนน,ระดับ,อันดับ"]
    rows = [
        "1,อบต.นาอ้อ,91.50,ผ่าน,3,96.20,ผ่านดี,1",
        "2,อบต.จอมศรี,92.50,ผ่าน,2,95.20,ผ่านดี,2",
        "3,ทต.เชียงคาน,93.50,ผ่าน,1,94.20,ผ่านดี,3",
    ]
    found = read_bytes("\n".join([*head, *rows]).encode(), "list.csv").results
    assert [(one.fiscal_year, one.rank) for one in found] == [
        (2567, 3),
        (2568, 1),
        (2567, 2),
        (2568, 2),
        (2567, 1),
        (2568, 3),
    ]


def test_a_year_left_of_the_row_labels_is_that_of_its_rows():
    rows = [["ปี", "รายการ", "อบต.นาอ้อ", "อบต.จอมศรี", "ทต.เชียงคาน"]]
    for year, gain in ((2566, 0), (2567, 1)):
        rows += [[str(year), "คะแนนรวม", f"{90 + gain}.10", f"{88 + gain}.20", f"{91 + gain}.30"]]
    text = "ผลการประเมิน ITA ประจำปี 2567\n" + "\n".join(map(",".join, rows))
    found = read_bytes(text.encode(), "list.csv").results
    assert {(one.fiscal_year, str(one.overall_score)) for one in found} == {
        *((2566, score) for score in ("90.10", "88.20", "91.30")),
        *((2567, score) for score in ("91.10", "89.20", "92.30")),
    }
