"""The register gives each name one agency, and refuses what it cannot decide."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.check.agencies.mention import Mention, mention_of
from thaita.check.agencies.register import resolve
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.agency_kinds import kinds, read_kind
from thaita.normalize.place_names import official_names

# Two mentions as "name / district / province", and how they belong together: the reason of the match of the second
# with the first; "apart": two agencies; "-" and a reason: the second is refused.
CASES = [
    # abbreviations and ways of writing
    ("องค์การบริหารส่วนตำบลตะเคียนราม / ภูสิงห์ / ศรีสะเกษ", "อบต.ตะเคียนราม / / ศรีสะเกษ", "exact"),
    ("องค์การบริหารส่วนตำบลตะเคียนราม / ภูสิงห์ / ศรีสะเกษ", "อ.บ.ต. ตะเคียนราม / / จ.ศรีสะเกษ", "exact"),
    ("องค์การบริหารส่วนตำบลตะเคียนราม / ภูสิงห์ / ศรีสะเกษ", "อบต ตะเคียนราม", "exact"),  # one place has the name
    ("เทศบาลตำบลท่ายาง / ท่ายาง / เพชรบุรี", "ทต.ท่ายาง / / เพชรบุรี", "place"),
    ("เทศบาลตำบลท่ายาง / ท่ายาง / เพชรบุรี", "เทศบาลต.ท่ายาง อ.ท่ายาง จ.เพชรบุรี", "exact"),
    ("เทศบาลเมืองน่าน / เมืองน่าน / น่าน", "ทม.น่าน / อำเภอเมือง / จังหวัดน่าน", "exact"),
    ("เทศบาลนครเชียงใหม่ / / เชียงใหม่", "ทน.เชียงใหม่", "exact"),
    ("องค์การบริหารส่วนจังหวัดพระนครศรีอยุธยา", "อบจ.อยุธยา", "exact"),
    ("องค์การบริหารส่วนจังหวัดน่าน / เมืองน่าน / น่าน", "อบจ.น่าน", "exact"),
    ("โรงพยาบาลท่ายาง / / เพชรบุรี", "รพ.ท่ายาง / / เพชรบุรี", "exact"),
    ("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านกลาง / / น่าน", "รพ.สต.บ้านกลาง / / น่าน", "exact"),
    ("สำนักงานสาธารณสุขจังหวัดลำปาง", "สสจ.ลำปาง", "exact"),
    ("สำนักงานสาธารณสุขอำเภอเมืองน่าน", "สสอ.เมือง / / น่าน", "exact"),
    ("สถานีตำรวจภูธรเมืองน่าน / เมืองน่าน / น่าน", "สภ.เมือง / / น่าน", "place"),
    ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเชียงใหม่ เขต 2", "สพป.เชียงใหม่ เขต ๒", "exact"),
    ("มหาวิทยาลัยราชภัฏเลย / เมืองเลย / เลย", "มรภ.เลย", "exact"),
    ("มหาวิทยาลัยราชภัฏสวนสุนันทา / / กรุงเทพมหานคร", "มหาวิทยาลัยราชภัฏสวนสุนันทา / / นครปฐม", "exact"),  # a campus
    ("วิทยาลัยเทคนิคกระบี่ / / กระบี่", "วท.กระบี่", "exact"),
    ("วิทยาลัยชุมชนแพร่ / / แพร่", "วชช.แพร่ / / แพร่", "exact"),
    ("องค์การบริหารส่วนจังหวัดลพบุรี / เมืองลพบุรี / ลพบุรี", "อบจ.ลพบุรี", "exact"),  # its address does not matter
    ("ที่ว่าการอำเภอท่ายาง / / เพชรบุรี", "ที่ว่าการอำเภอท่ายาง / เมืองเพชรบุรี / เพชรบุรี", "exact"),
    ("เทศบาลตำบลจ.ป.ร. / / ระนอง", "ทต.จ.ป.ร / / ระนอง", "exact"),
    ("เทศบาลตำบลเมือง / กันทรลักษ์ / ศรีสะเกษ", "ทต.เมืองศรีสะเกษ / / ศรีสะเกษ", "apart"),  # เมือง is its name
    ("กรมที่ดิน / / กรุงเทพมหานคร", "กรมที่ดิน", "exact"),  # the place of a department does not matter
    # typing errors
    ("องค์การบริหารส่วนตำบลตะเคียนราม / ภูสิงห์ / ศรีสะเกษ", "อบต.ตะเคียนรามม / / ศรีสะเกษ", "spelling"),
    ("องค์การบริหารส่วนตำบลตะเคียนราม / ภูสิงห์ / ศรีสะเกษ", "อบต.ตะเคยนราม / ภูสิงห์ / ศรีสะเกษ", "spelling"),
    ("องค์การบริหารส่วนตำบลบ้านใหม่ / เมืองปทุมธานี / ปทุมธานี", "องค์การบริหารสวนตำบลบ้านใหม่ / / ปทุมธานี", "exact"),
    ("เทศบาลตำบลเวียงเชียงรุ้ง / / เชียงราย", "เทศบาลตำบลเวียงเชียงรุงง / / เชียงราย", "spelling"),  # a district's name
    ("เทศบาลตำบลจันทรโคจร / / น่าน", "เทศบาลตำบลจันทโคจร / / น่าน", "spelling"),  # no place has either name
    ("เทศบาลตำบลจันทรโคจร / / น่าน", "เทศบาลตำบลจันโคจร / / น่าน", "apart"),
    ("กรมที่ดิน", "กรมทีดิน", "spelling"),  # the ministries' departments are known
    ("สำนักงานปลัดกระทรวงมหาดไทย", "สป.มหาดไทย", "exact"),
    # two agencies
    ("องค์การบริหารส่วนตำบลแม่คำ / / เชียงราย", "องค์การบริหารส่วนตำบลแม่คือ / / เชียงราย", "apart"),
    ("เทศบาลตำบลหนองใหญ่ / / ชลบุรี", "เทศบาลตำบลหนองใหม่ / / ชลบุรี", "apart"),
    ("เทศบาลตำบลโนนสูง / / นครราชสีมา", "เทศบาลตำบลโนนสูง-น้ำคำ / / นครราชสีมา", "apart"),
    ("สพป.เชียงใหม่ เขต 1", "สพป.เชียงใหม่ เขต 2", "apart"),
    ("อบต.ท่ายาง / ท่ายาง / เพชรบุรี", "ทต.ท่ายาง / ท่ายาง / เพชรบุรี", "apart"),
    ("เทศบาลตำบลบ้านกลาง / สันป่าตอง / เชียงใหม่", "เทศบาลตำบลบ้านกลาง / แม่แตง / เชียงใหม่", "apart"),
    ("กรมทางหลวง", "กรมทางหลวงชนบท", "apart"),
    ("วิทยาลัยชุมชนแพร่ / / แพร่", "วช.แพร่ / / แพร่", "apart"),  # วช. is the National Research Council
    # too close to call
    ("อบต.บ้านใหม่ / เมืองนครราชสีมา / นครราชสีมา", "อบต.บ้านใหม่ / / นครราชสีมา", "-several_places"),
    ("อบต.บ้านใหม่ / เมืองปทุมธานี / ปทุมธานี", "อบต.บ้านใหม่", "-several_places"),
    ("อบต.บ้านใหม่ / เมืองปทุมธานี / ปทุมธานี", "อบต.บ้านใหม่ / ลำลูกกา / ปทุมธานี", "-other_place"),
    ("เทศบาลตำบลบ้านใหม่ / / ปทุมธานี", "เทศบาลตำบลบ้านใหม่", "-several_places"),
]  # fmt: skip


def read(text: str, document: str = "", row: str = "", value: str = "") -> Mention:
    name, district, province = ([part.strip() or None for part in text.split("/")] + [None, None])[:3]
    return Mention(name, None, None, district, province, document, 2567, row, value)


@pytest.mark.parametrize(("first", "second", "expected"), CASES)
def test_two_mentions(first, second, expected):
    one, other = read(first, "report"), read(second, "list", "r1")
    register = resolve([one, other])
    mine, match = register.of(one), register.of(other)
    assert mine.agency_id in register.agencies
    if expected == "apart":
        assert match.agency_id not in (None, mine.agency_id)
    elif expected.startswith("-"):
        assert (match.agency_id, match.reason) == (None, expected[1:])
        assert mine.candidates[0] in match.candidates
    else:
        assert (match.agency_id, match.reason) == (mine.agency_id, expected)
        assert set(register.agencies[mine.agency_id].names) == {one.name, other.name}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("โรงเรียนบ้านกลาง", "โรงเรียนบ้านกวาง"),  # both are names of places
        ("โรงเรียนวัดบ้านดอนกลาง", "โรงเรียนวัดบ้านดอนกวาง"),  # nothing says which is a typing error
    ],
)
def test_two_near_names_of_a_free_kind_are_refused(first, second):
    one, other = read(f"{first} / / แพร่", "report"), read(f"{second} / / แพร่", "list")
    refused = resolve([one, other]).of(other)
    assert (refused.agency_id, refused.reason, len(refused.candidates)) == (None, "near_names", 2)


def test_a_name_without_its_kind_takes_the_kind_of_its_list():
    one, other = (
        read("อบต.เขาคันทรง / ศรีราชา / ชลบุรี"),
        Mention("เขาคันทรง", agency_type="อบต.", province="ชลบุรี"),
    )
    assert resolve([one, other]).of(other).agency_id == resolve([one, other]).of(one).agency_id


def test_two_names_in_one_list_are_two_agencies():
    """A list does not name an agency twice, so that the second spelling is no typing error."""
    names = [read(f"เทศบาลตำบล{own} / / เชียงราย", "list", own) for own in ("เวียงเชียงรุ้ง", "เวียงเชียงรุง")]
    register = resolve(names)
    refused = register.of(names[1])
    assert (refused.agency_id, refused.reason, len(refused.candidates)) == (None, "listed_apart", 2)


def test_a_name_without_a_place_lies_in_the_province_of_its_list():
    """Three names that only one place has show the province; without the third, or with a name of another province, the name stays open."""
    sure = [read(f"สภ.{name}", "list", name) for name in ("ขุขันธ์", "ไพรบึง", "ปรางค์กู่")]
    open_ = read("สภ.วังหิน", "list", "r4")
    own = read("สถานีตำรวจภูธรวังหิน / / ศรีสะเกษ", "report")
    register = resolve([*sure, open_, own])
    assert register.of(open_).agency_id == register.of(own).agency_id
    assert resolve([*sure[:2], open_, own]).of(open_).reason == "several_places"
    elsewhere = read("สภ.หัวหิน / / ประจวบคีรีขันธ์", "list", "r5")
    assert resolve([*sure, open_, own, elsewhere]).of(open_).reason == "several_places"


def test_a_list_with_two_scores_for_one_name_names_two_agencies():
    own = read("เทศบาลตำบลบ้านกลาง / สันป่าตอง / เชียงใหม่", "report")
    rows = [
        read("เทศบาลตำบลบ้านกลาง / / เชียงใหม่", "list", row, value) for row, value in (("1", "90"), ("2", "80"))
    ]
    register = resolve([own, *rows])
    assert [register.of(row).reason for row in rows] == ["listed_twice", "listed_twice"]
    assert register.of(own).agency_id is not None


def test_a_list_with_two_scores_for_a_province_names_it_twice():
    rows = [read("อบจ.น่าน", "list", row, value) for row, value in (("1", "90"), ("2", "80"))]
    assert [resolve(rows).of(row).reason for row in rows] == ["exact", "exact"]


def test_the_name_of_an_agency_is_its_usual_spelling():
    names = ["เทศบาลตำบลจันทรโคจร", "เทศบาลตำบลจันทโคจร", "เทศบาลตำบลจันทรโคจร"]
    found = resolve(Mention(name, province="น่าน", document=str(no)) for no, name in enumerate(names)).agencies
    assert [(one.name, one.names) for one in found.values()] == [(names[0], (names[0], names[1]))]


def test_agencies_whose_rows_have_the_same_id_get_ids_of_their_own():
    names = ["เทศบาลตำบลท่ายาง", "เทศบาลตำบลท่ายาง-กกก"]
    assert agency_id(names[0]) == agency_id(names[1])  # a reader of texts stops at the hyphen
    mentions = [Mention(name, district="ท่ายาง", province="เพชรบุรี") for name in names]
    assert len(resolve(mentions).agencies) == 2


def test_the_id_of_a_row_gives_the_place_that_the_row_leaves_out():
    """Rows of `scores` have no place; their id was made with that of the list's row."""
    name, other = "องค์การบริหารส่วนตำบลบ้านใหม่", Mention("อบต.บ้านใหม่", district="บางใหญ่", province="นนทบุรี")
    row = mention_of(
        {"agency": name, "agency_id": agency_id(name, None, "13"), "report_id": "r", "score_id": "s"}
    )
    full = Mention(name, district="เมืองปทุมธานี", province="ปทุมธานี")
    register = resolve([full, other, row])
    assert register.of(row).agency_id == register.of(full).agency_id


def test_a_kind_whose_word_begins_with_a_national_kind_is_national_too():
    """Except kinds that are named after places, such as องค์การบริหารส่วนตำบล beside องค์การ."""
    national = tuple(one.full for one in kinds().values() if one.national)
    free = [one for one in kinds().values() if one.full.startswith(national) and not one.level]
    assert [one.full for one in free if not one.national] == []


def test_kind_place_and_ministry_of_an_agency():
    found = next(iter(resolve([read("อบต.ตะเคียนราม / / ศรีสะเกษ")]).agencies.values()))
    assert (found.name, found.agency_type) == ("องค์การบริหารส่วนตำบลตะเคียนราม", "อบต.")
    place = (found.subdistrict, found.district, found.province)
    assert place == ("ตะเคียนราม", "ภูสิงห์", "ศรีสะเกษ")
    assert found.ministry == "กระทรวงมหาดไทย"
    department = resolve([read("กรมอุทยานแห่งชาติ สัตว์ป่า และพันธุ์พืช")]).agencies.values()
    assert [one.ministry for one in department] == ["กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม"]


def test_a_mention_that_the_register_was_not_built_from():
    register = resolve([read("อบต.ตะเคียนราม / / ศรีสะเกษ"), read("กรมที่ดิน")])
    assert register.of(read("กรมที่ดิน / / น่าน")).agency_id is not None
    assert register.of(read("อบต.ไพรบึง / / ศรีสะเกษ")).reason == "unknown"
    assert register.of(Mention(None)).reason == "no_name"


def test_a_name_of_an_unknown_kind_keeps_its_spelling():
    for name in ('=HYPERLINK("x","Thai PBS")', "@SUM(A1) เทศบาลตำบลเชียงคาน", "Thai PBS จังหวัดตรัง"):
        (agency,) = resolve([Mention(name)]).of(Mention(name)).candidates
        assert agency.name == name


SUBDISTRICTS = sorted(official_names("subdistrict"))


def of_code(code: str, kind: str) -> Mention:
    names = [
        official_names(level)[code[:length]]
        for level, length in (("subdistrict", 6), ("district", 4), ("province", 2))
    ]
    return Mention(kind + names[0], None, None, names[1], names[2], "report", 2567)


def test_no_two_places_on_the_map_are_one_agency():
    codes = [code for code in SUBDISTRICTS if code[:2] in ("13", "14", "30", "57")]
    mentions = [of_code(code, "อบต.") for code in codes]
    register = resolve(mentions)
    assert len({register.of(one).agency_id for one in mentions} - {None}) == len(codes)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SUBDISTRICTS), st.integers(0, 10**6), st.sampled_from(("อบต.", "เทศบาลตำบล")))
def test_a_damaged_name_never_goes_to_another_agency(code, seed, kind):
    """All subdistricts of the province are agencies; a damaged name is the right one's, nobody's, or refused."""
    random = Random(seed)
    province = [one for one in SUBDISTRICTS if one.startswith(code[:2])]
    own = official_names("subdistrict")[code]
    at = random.randrange(len(own))
    damaged = own[:at] + random.choice(["", own[at] * 2, random.choice("กมนรา่้ี")]) + own[at + 1 :]
    mentions = {one: of_code(one, kind) for one in province}
    row = Mention(kind + damaged, None, None, None, official_names("province")[code[:2]], "list", 2567, "r1")
    register = resolve([*mentions.values(), row])
    match = register.of(row)
    others = {register.of(one).agency_id: at for at, one in mentions.items()}
    if match.reason == "spelling":
        assert others[match.agency_id] == code
    elif match.agency_id in others:
        assert read_kind(row.name).own == official_names("subdistrict")[others[match.agency_id]]
