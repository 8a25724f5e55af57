"""Thai repair: each kind of damage is repaired, and well-formed text is not changed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.growth import grows_linearly
from support.paths import SHARED

from thaita.models.source_text import SourceText
from thaita.normalize.thai.letters import csv_rows, glyph_map
from thaita.normalize.thai.lexicon import domain_words, lexicon
from thaita.normalize.thai.repair import DocumentDamage, diagnose, is_thai_possible, repair, repair_source

SEEDS = SHARED / "seeds"

REPAIRED = [
    # sara am torn by a space, with and without a tone mark
    ("ส านักงาน อ าเภอ จ านวน", "สำนักงาน อำเภอ จำนวน"),
    ("น ้ายืน ซ ้า ต ่า", "น้ำยืน ซ้ำ ต่ำ"),
    ("ค าน า", "คำนำ"),  # neighbours are both torn: คาน is a word, and wrong
    # a space before a tone mark may be only that: the words decide
    ("ว ่า ค ่าจ้าง น ้ำ", "ว่า ค่าจ้าง น้ำ"),
    # sara am lost, in words of reports
    ("สานักงานดาเนินการตามอานาจหน้าที่", "สำนักงานดำเนินการตามอำนาจหน้าที่"),
    # nikhahit read as a tone mark
    ("จ้าเป็น ส้าคัญ ต่่า", "จำเป็น สำคัญ ต่ำ"),
    # sara am decomposed, in each order with a tone mark, and with its parts apart
    ("จํานวน น้ํา นํ้า จํ านวน", "จำนวน น้ำ น้ำ จำนวน"),
    # า read as ำ
    ("ตำรำง รำชกำร งำน", "ตาราง ราชการ งาน"),
    # the replacement character beside sara am
    ("ด�ำเนินงาน ประจำ� ประจ�าปี ค�้า", "ดำเนินงาน ประจำ ประจำปี ค้ำ"),
    ("ดำ� เนนิ", "ดำเนิน"),
    # marks pushed past the next consonant, or past a vowel written first
    ("ได้รบั กลุม่ เพือ่", "ได้รับ กลุ่ม เพื่อ"),
    ("ในผเู้จ็บป่วย", "ในผู้เจ็บป่วย"),
    # and a space torn in with them
    ("ทอ้ งถนิ่ องคก์ ร มกี าร", "ท้องถิ่น องค์กร มีการ"),
    ("หนว่ ยงาน จงั หวดั ปงี บประมาณ", "หน่วยงาน จังหวัด ปีงบประมาณ"),
    ("ผูม้ สี ว่ นไดส้ ว่ นเสยี", "ผู้มีส่วนได้ส่วนเสีย"),
    # a space after a tall consonant; the one in "ปี งบ" may be real
    ("เป็ น ป้ อง ฟื้ น ปี งบประมาณ", "เป็น ป้อง ฟื้น ปี งบประมาณ"),
    # a space before the mark
    ("ปฏิบ ัติ ต ัวชี้ว ัด", "ปฏิบัติ ตัวชี้วัด"),
    # letters and marks out of order
    ("เม่ือ ท้องถ่ิน ซำ้ สิทธ์ิ", "เมื่อ ท้องถิ่น ซ้ำ สิทธิ์"),
    # doubled marks, and two vowels on one consonant
    ("ขั้้นตอนทีี่กำหนด", "ขั้นตอนที่กำหนด"),
    ("ทจัี ดการ", "ทีจัดการ"),
    # every letter printed twice for bold
    ("กกาารรปปรระะเเมมิินน", "การประเมิน"),
    # tone marks missing, in words of reports only
    ("ตัวชีวัด รวมทังสิน เครืองมือ", "ตัวชี้วัด รวมทั้งสิ้น เครื่องมือ"),
    # two sara e for sara ae
    ("เเละ คะเเนน", "และ คะแนน"),
    # private-use glyphs of old Thai fonts, Windows and Mac
    ("ท\uf70bอง ป\uf710ญหา ฝ\uf88cาย", "ท้อง ปัญหา ฝ่าย"),
    # boxes and ticks of symbol fonts: the tick is the answer
    ("\uf0a3 ไม่มี \uf052 มี \uf0a8 ใช่ \uf0fe ไม่ใช่ \uf0fc", "☐ ไม่มี ☑ มี ☐ ใช่ ☑ ไม่ใช่ ✓"),
    # Latin accents for marks
    ("ตัวชีÊวัด ผู้บริหารทÉี", "ตัวชี้วัด ผู้บริหารทÉี"),
    # a Lao letter in a Thai word
    ("คະแนน", "คะแนน"),
    # digits of both scripts in one number, of the most digits' or the first digit's script
    ("๒๕๖7 ๒๕67 2๕๖๗ 256๗", "๒๕๖๗ ๒๕๖๗ ๒๕๖๗ 2567"),
    ("๙0.๑๒ 1,2๕0.00", "๙๐.๑๒ 1,250.00"),
    # a space in a number
    ("๒๗๙ ,๖๖๘.๔๔ และ ๕๘๑,๐๙๖ .๐๐ คะแนน 87 .45", "๒๗๙,๖๖๘.๔๔ และ ๕๘๑,๐๙๖.๐๐ คะแนน 87.45"),
    # characters without width, and spaces that do not break
    ("มา\ufeffตรา สำ\u200bนัก\u00a0งาน", "มาตรา สำนัก งาน"),
]

UNTOUCHED = [
    "",
    "การประเมินคุณธรรมและความโปร่งใส (ITA) ปีงบประมาณ พ.ศ. ๒๕๖๘",
    # what the author typed wrong is no damage
    "ตัวขี้วัด กาพสินธุ์ Assesment คุณภาพการเนื้องาน",
    # damaged forms that stand across two correct words
    "ราคาสั่งซื้อ ราคาตอบแทน ระยะทางาม",
    # words that differ from others only by ำ and า, or by a tone mark
    "นาข้าว ทาสี ขาเข้า ตาบอด ยาดี มาตรา สารสำคัญ ท่าเรือ ค่าจ้าง ค้าขาย ย่าน น้าชาย",
    # names of places
    "ตำบลนาดี อำเภอนาทวี ตำบลท่าคา บ้านนา อำเภอกาบัง จังหวัดลำพูน",
    # a word broken over the lines of a narrow cell
    "ปฏิบัติ หน้าที่ การใช้ งบประมาณ สำนัก ปลัด",
    # legal spaces before words that begin with a short syllable
    "ปี งบประมาณ ๒๕๖๘ ณ จุดบริการ",
    # lists are no numbers with spaces
    "(๐๒๕, ๐๒๖) (๐๒๕ ,๐๒๖) 125 ,126 ข้อ 1 ,2 ข้อ 5 .5 และ 1.5 .20",
    # what may be an item code whose letter was read as a digit
    "1๑๙ ๐34 0๓๔ i๘",
    # doubled letters that are Thai, and leaders
    "พรรค ธรรม บรรจง ที่ที่ ........ ---- ๑๐๐ ๒๒ 1100 **จุดแข็ง** ______",
    # a lone mark that a text speaks of, Lao words, Latin accents
    "ລາວ ປະເທດ café Zürich É",
    # columns kept apart by spaces
    "ตัวชี้วัดที่ 1    การป้องกันการทุจริต    \t\t87.50",
    # repetition marks and abbreviations
    "ต่าง ๆ อื่นๆ ฯลฯ อบต. พ.ศ. ก็ต้อง ณัฏฐ์ พันธุ์ สัตว์ เสร็จ เร็วว่า คืนนี้ เพิ่ม",
    # Markdown and HTML
    "| แบบ | ลำดับ |\n|-----|----|\n<p>๑. กำหนด</p> Dos &amp; Don'ts",
]


@pytest.mark.parametrize(("broken", "meant"), REPAIRED)
def test_damage_is_repaired(broken: str, meant: str) -> None:
    assert repair(broken) == meant


@pytest.mark.parametrize("meant", [meant for _, meant in REPAIRED])
def test_repaired_text_is_not_changed_again(meant: str) -> None:
    assert repair(meant) == meant


@pytest.mark.parametrize("text", UNTOUCHED)
@pytest.mark.parametrize(
    "signs", [None, DocumentDamage(shifted=True), DocumentDamage(sara_am="mixed"), DocumentDamage(torn=True)]
)
def test_well_formed_text_is_not_changed(text: str, signs: DocumentDamage | None) -> None:
    assert repair_source(SourceText.at(text, 0), signs).chars == text


SIGNED = [
    # (text, signs of its document, what it means): undone only where the whole document shows the damage
    ("เป็นตานานเมือง", DocumentDamage(sara_am="lost"), "เป็นตำนานเมือง"),
    ("ต้องชาระเงิน", DocumentDamage(sara_am="mixed"), "ต้องชำระเงิน"),
    ("ปลูกข้ำวในนำ", DocumentDamage(aa_as_am=True), "ปลูกข้าวในนำ"),
    ("ผู้ท้าบัญชี", DocumentDamage(am_as_tone=True), "ผู้ทำบัญชี"),
    ("สขุ ภาพ", DocumentDamage(shifted=True), "สุขภาพ"),
    ("ปaญหา ทacวไป ita", DocumentDamage(letters=(("a", "ั"), ("c", "่"))), "ปัญหา ทั่วไป ita"),
    ("¤Ðá¹¹ ñò", DocumentDamage(tis620=True), "คะแนน ๑๒"),
]


@pytest.mark.parametrize(("text", "signs", "meant"), SIGNED)
def test_document_damage_determines_the_repair(text: str, signs: DocumentDamage, meant: str) -> None:
    assert repair_source(SourceText.at(text, 0), signs).chars == meant
    assert repair(text) != meant


PAGE = "สำนักงานดำเนินการตามอำนาจหน้าที่ มีการกำหนดมาตรการ และจัดทำแผนงาน ประจำปีงบประมาณ จำนวน ๕ แผน "
DIAGNOSED = [
    (PAGE, DocumentDamage()),
    ("", DocumentDamage()),
    ("Integrity and Transparency Assessment of 2025, see www.example.org", DocumentDamage()),
    (PAGE.replace("ำ", "า"), DocumentDamage(sara_am="lost")),
    (PAGE + PAGE + "สานักงาน", DocumentDamage(sara_am="mixed")),
    (PAGE.replace("ำ", "้า"), DocumentDamage(am_as_tone=True)),
    (PAGE.replace("า", "ำ"), DocumentDamage(aa_as_am=True)),
    (PAGE.replace("ำ", " า"), DocumentDamage(torn=True)),
    ("ได้รบั มอบหมายจากกลุม่ เพือ่ ดำเนินการ", DocumentDamage(shifted=True)),
    ("ทีcดี แก่หนcวยงาน ผูcมี สcวนรวม ทีcสุด สcวนได้", DocumentDamage(letters=(("c", "่"),))),
    ("กกาารรปปรระะเเมมิินน", DocumentDamage(doubled=True)),
    (PAGE.encode("tis-620").decode("latin-1"), DocumentDamage(tis620=True)),
    ("bG'l\"l.111if rn1;L{1Jfl'U ,:j~vnfl \\11u1u'1'U " * 6, DocumentDamage(hopeless=True)),
    ("(cid:123)(cid:4)" * 30, DocumentDamage(hopeless=True)),
    ("ตััี้ ้้่ีีัชว ะัะะ าาั" * 12, "hopeless"),
]


@pytest.mark.parametrize(("text", "signs"), DIAGNOSED)
def test_damage_of_a_document_is_diagnosed(text: str, signs: DocumentDamage | str) -> None:
    found = diagnose(text)
    if isinstance(signs, str):
        assert getattr(found, signs)
    else:
        assert found == signs


def test_clean_text_is_possible_and_broken_text_is_less_so() -> None:
    assert is_thai_possible(PAGE) == 1.0
    assert is_thai_possible("ได้รบั กลุม่ เพือ่ ทจัี ดการ") < 0.9
    assert is_thai_possible("Thai") == is_thai_possible("") == 0.0


@pytest.mark.parametrize(
    "word", ["ก็", "เกาะ", "เพราะ", "พันธุ์", "สิทธิ์", "สัตว์", "ผัวะ", "เสร็จ", "รัฐ", "คืน", "น้ำ", "ฤๅษี", "เปี๊ยะ"]
)
def test_rare_spellings_are_possible(word: str) -> None:
    assert is_thai_possible(word + " ") == 1.0


def test_dictionary_words_are_not_changed() -> None:
    words = sorted(lexicon().costs)[::23]
    changed = [word for word in words if repair(word) != word]
    # Names that the lists themselves hold with a doubled or misplaced mark.
    assert len(changed) <= len(words) / 1000, changed


THAI = st.text(
    st.sampled_from([*"กขคจดตทนปมรวสหอัิีืุู็่้์ํะาำเแไโ ๑๒3.,\n\t", "�", "\u200b", "\uf70a", "ະ", "Ê", "c"]),
    max_size=24,
)
ALL_SIGNS = st.sampled_from(
    [
        None,
        DocumentDamage(shifted=True, sara_am="mixed"),
        DocumentDamage(sara_am="lost", torn=True, letters=(("c", "่"),)),
        DocumentDamage(aa_as_am=True, am_as_tone=True, tones_lost=True),
    ]
)


@settings(max_examples=150, deadline=None)
@given(THAI, ALL_SIGNS)
def test_repair_is_idempotent_and_keeps_places(text: str, signs: DocumentDamage | None) -> None:
    once = repair_source(SourceText.at(text, 100), signs)
    assert repair_source(once, signs).chars == once.chars
    assert len(once.origin) == len(once.chars)
    assert all(100 <= offset < 100 + len(text) for offset in once.origin)
    for kept in "\n\t":
        assert once.chars.count(kept) == text.count(kept)


@pytest.mark.parametrize(("broken", "meant"), REPAIRED)
def test_untouched_letters_keep_their_own_offset(broken: str, meant: str) -> None:
    before, after = "คะแนน ๙๐.๐๙\n", "\nผลคะแนน"
    repaired = repair_source(SourceText.at(before + broken + after, 50))
    assert repaired.chars == before + meant + after
    assert list(repaired.origin[: len(before)]) == list(range(50, 50 + len(before)))
    end = 50 + len(before + broken + after)
    assert list(repaired.origin[-len(after) :]) == list(range(end - len(after), end))


def test_a_repaired_letter_comes_from_the_damage() -> None:
    repaired = repair_source(SourceText.at("ผลจ านวน ๑", 10))
    assert repaired.chars == "ผลจำนวน ๑"
    assert repaired[3:4].spans() == ((13, 15),)
    assert repaired[-1:].spans() == ((19, 20),)


def test_clean_text_is_fast_and_needs_no_word_list() -> None:
    assert repair(PAGE) == PAGE
    assert grows_linearly(lambda pages: repair((PAGE + "\n") * pages), 200)
    check = "import sys; from thaita.normalize.thai.repair import repair; repair(sys.argv[1])"
    check += "; from thaita.normalize.thai.lexicon import lexicon"
    check += "; sys.exit(lexicon.cache_info().currsize > 0 or 'geothai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check, PAGE], check=False).returncode == 0


def test_data_files_are_complete() -> None:
    assert len(domain_words()) == len(set(domain_words())) > 400
    assert all(is_thai_possible(word + " ") == 1.0 for word in domain_words())
    windows = {code for code in glyph_map("thai") if 0xF700 <= code <= 0xF71A}
    assert windows == set(range(0xF700, 0xF71B))
    for name in ("thai_glyphs.csv", "thai_words.csv"):
        assert all(row["source"] for row in csv_rows(name))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the published reports are not in the repository")
def test_real_reports_are_barely_changed() -> None:
    """Repair changes only broken characters of the reports, at most one in 1,000."""
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text("utf-8")
        repaired = repair_source(SourceText.at(text, 0), diagnose(text)).chars
        assert len(repaired) == len(text)
        changed = [(old, new) for old, new in zip(text, repaired, strict=True) if old != new]
        assert all("\u0e80" <= old <= "\u0eff" for old, _ in changed)
