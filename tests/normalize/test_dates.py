"""Dates, years and periods, as reports write them."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SHARED

from thaita.normalize.dates import NoDateError, find_dates, find_years, parse_date, parse_period

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
FULL = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"]
FULL += ["กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"]


@pytest.mark.parametrize(
    ("text", "parts", "doubt"),
    [
        ("เมื่อวันที่ ๓๐ ธันวาคม ๒๕๖๔", (30, 12, 2564), ()),
        ("๓๐ ก.ย.๖๖", (30, 9, 2566), ()),
        ("๓๐ก.ย ๖๖", (30, 9, 2566), ()),  # no space, a dot lost
        ("1 มีค. 2566", (1, 3, 2566), ()),  # the inner dot lost
        ("1 ต.ค.พ.ศ. ๒๕๖๘", (1, 10, 2568), ()),
        ("5 ม.ค. ค.ศ. 2025", (5, 1, 2568), ()),
        ("1/10/2567", (1, 10, 2567), ()),
        ("เดือนมีนาคม 2568", (None, 3, 2568), ()),
        ("มีนาคม", (None, 3, None), ()),
        ("1 ต.ด. 2566", (1, 10, 2566), ("month_fuzzy",)),
        ("๒๐ กันยยน ๒๕๖๖", (20, 9, 2566), ("month_fuzzy",)),
        # one letter off two months: never decided
        ("1 ม.ย. 2566", (1, None, 2566), ("month_unclear",)),
        ("1 มิ.ค. 2566", (1, None, 2566), ("month_unclear",)),
        ("1 มี.ย. 2566", (1, None, 2566), ("month_unclear",)),
        ("1 ก.ข. 2566", (1, None, 2566), ("month_unclear",)),
        ("1-ม.ค.-68", (1, 1, 2568), ()),  # as spreadsheets write it
        ("15.ต.ค. 65", (15, 10, 2565), ("day_unclear",)),  # or item 15
        ("0 ม.ค. 2568", (0, 1, 2568), ("impossible_date",)),
        ("ม.ค. 25", (None, 1, None), ("year_unclear",)),  # 2525, 2568 or neither
        ("๓๑ ก.ย. ๖๖", (31, 9, 2566), ("impossible_date",)),
        ("29 ก.พ. 2566", (29, 2, 2566), ("impossible_date",)),
        ("29 ก.พ. 2567", (29, 2, 2567), ()),  # 2024 is a leap year
        ("๑ ม.ค. ๖๖ และ ๒ ก.พ. ๖๖", (1, 1, 2566), ("several_dates",)),
    ],
)
def test_a_date_is_read(text, parts, doubt):
    found = parse_date(text)
    assert ((found.day, found.month, found.year), found.doubt) == (parts, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "รอบ 6 เดือน",
        "สำนักงาน ก.พ.ร.",
        "ระเบียบ ก.ค.ศ. 2560",
        "พ.ศ. 2566",
        "นายกมล 25",
        "อ.ก.พ. 5",
        "ป.ป.ช. 2566",
    ],
)
def test_other_text_is_not_a_date(text):
    with pytest.raises(NoDateError):
        parse_date(text)


@settings(max_examples=60)
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.booleans(), st.booleans(), st.booleans())
def test_every_spelling_of_a_day_is_read(day, full, thai, two_digits):
    month = (FULL if full else SHORT)[day.month - 1]
    year = f"{day.year + 543}"
    text = f"{day.day} {month} {year[2:] if two_digits else year}"
    found = parse_date(text.translate(THAI) if thai else text)
    assert found.bounds() == (day, day)
    assert found.doubt == ()


def test_offsets_are_those_of_the_text_given():
    text = "ระหว่าง ๑ ต.ค.๖๕ – ๓๐ ก.ย ๖๖ นี้"
    assert [text[d.start : d.end] for d in find_dates(text)] == ["๑ ต.ค.๖๕", "๓๐ ก.ย ๖๖"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ต.ค. ๒๕๖๘ - ก.ย. ๒๕๖๙", "2025-10-01", "2026-09-30"),
        ("๑ ต.ค.๖๕ – ๓๐ ก.ย.๖๖", "2022-10-01", "2023-09-30"),
        ("๑ ต.ค. ๖๕- ๓๐ ก.ย ๖๖", "2022-10-01", "2023-09-30"),  # a dot lost
        ("๑ ก.พ.๖๖ ๓๑ มี.ค.๖๖", "2023-02-01", "2023-03-31"),  # the dash lost
        ("ต.ค.๖๕ ก.ย.๖๖", "2022-10-01", "2023-09-30"),
        ("๑ ต.ค. ๖๕ – ๓๐ก.ย. ๖๖", "2022-10-01", "2023-09-30"),
        ("ไตรมาสที่ ๑ (ต.ค. - ธ.ค. ๒๕๖๘)", "2025-10-01", "2025-12-31"),
        ("ไตรมาสที่ ๒- ๓ ปีงบประมาณ ๒๕๖๙", "2026-01-01", "2026-06-30"),
        ("ต.ค. - ธ.ค. ๒๕๖๘", "2025-10-01", "2025-12-31"),
        ("ต.ค. - ก.ย. ๖๙", "2025-10-01", "2026-09-30"),  # the year before: October comes first
        ("ต.ค. - ธ.ค. ปีงบประมาณ 2569", "2025-10-01", "2025-12-31"),  # a fiscal year is not the months' year
        ("ม.ค. - มี.ค. ปีงบประมาณ 2569", "2026-01-01", "2026-03-31"),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", "2023-10-01", "2024-09-30"),
        ("ตลอดปีงบประมาณ (พ.ศ.) ๒๕๖๗", "2023-10-01", "2024-09-30"),
        ("ปีงบประมาณ 2567", "2023-10-01", "2024-09-30"),
        ("ปีงบประมาณ 2567-2568", "2023-10-01", "2025-09-30"),
        ("ภายในเดือน มีนาคม 2568", None, "2025-03-31"),
        ("ภายในวันที่ 15 มีนาคม 2568", None, "2025-03-15"),
        ("ภายในสิ้นเดือน ก.พ. 67", None, "2024-02-29"),
        ("ตั้งแต่วันที่ 1 ต.ค. 2567", "2024-10-01", None),
        ("รวมถึง มกราคม 2568", "2025-01-01", "2025-01-31"),  # รวมถึง is no last day
        ("มกราคม 2568", "2025-01-01", "2025-01-31"),
        ("รอบ 6 เดือน (ต.ค. 67 – มี.ค. 68)", "2024-10-01", "2025-03-31"),
        ("เดือนตุลาคม 2567 จนถึงเดือนกันยายน 2568", "2024-10-01", "2025-09-30"),
        ("๑ - ๓๑ ม.ค. ๒๕๖๘", "2025-01-01", "2025-01-31"),
        # the number of a quarter or round is no day
        ("ไตรมาสที่ 2 ม.ค. - มี.ค. 2568", "2025-01-01", "2025-03-31"),
        ("รอบที่ 2 เม.ย. 68 - ก.ย. 68", "2025-04-01", "2025-09-30"),
        ("1 ต.ค. 2567 เป็นต้นไป", "2024-10-01", None),
        ("1/10/2567 - 30/9/2568", "2024-10-01", "2025-09-30"),
        # figures with hyphens and dots, the year first or last
        ("2567-10-01 - 2568-09-30", "2024-10-01", "2025-09-30"),
        ("2024-10-01 ถึง 2025-09-30", "2024-10-01", "2025-09-30"),
        ("15-10-2567", "2024-10-15", "2024-10-15"),
        ("๑๕-๑๐-๖๗", "2024-10-15", "2024-10-15"),
        ("1.10.2567 - 30.9.2568", "2024-10-01", "2025-09-30"),
        ("ภายใน 30-09-2568", None, "2025-09-30"),
        ("ภายในวันที่ 30/9/68", None, "2025-09-30"),
        # no dots at all, and the year C.E.
        ("ตค 67 - กย 68", "2024-10-01", "2025-09-30"),
        ("ตค.67-กย.68", "2024-10-01", "2025-09-30"),
        ("ต.ค. 2024 – ก.ย. 2025", "2024-10-01", "2025-09-30"),
        ("สิ้นปีงบประมาณ 2568", None, "2025-09-30"),
        # quarters and halves in words
        ("ไตรมาสแรก ปีงบประมาณ พ.ศ. 2569", "2025-10-01", "2025-12-31"),
        ("ไตรมาสสุดท้ายของปีงบประมาณ ๒๕๖๘", "2025-07-01", "2025-09-30"),
        ("รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2569", "2025-10-01", "2026-03-31"),
        ("ครึ่งปีหลังของปีงบประมาณ 2567", "2024-04-01", "2024-09-30"),
        # months in figures
        ("๑๐/๒๕๖๙ – ๐๓/๒๕๗๐", "2026-10-01", "2027-03-31"),
        ("10/67 - 03/68", "2024-10-01", "2025-03-31"),
        ("ภายใน 09/2568", None, "2025-09-30"),
        # quarters of two years
        (
            "ไตรมาสที่ 4 ปีงบประมาณ 2567 ถึง ไตรมาสที่ 1 ปีงบประมาณ 2568",
            "2024-07-01",
            "2024-12-31",
        ),
    ],
)
def test_a_period_is_read_without_doubt(text, start, end):
    period = parse_period(text)
    assert (period.start and period.start.isoformat(), period.end and period.end.isoformat()) == (start, end)
    assert period.doubt == ()


@pytest.mark.parametrize(
    ("text", "year", "start", "end", "doubt"),
    [
        ("ไตรมาส 1-4", 2569, "2025-10-01", "2026-09-30", "year_from_context"),
        ("ไตรมาส 1-4", None, None, None, "year_missing"),
        ("ปลายปีงบประมาณ 2568", None, "2024-10-01", "2025-09-30", "part_of_year"),
        ("1/2567 - 3/2568", None, "2024-01-01", "2025-03-31", "month_unclear"),  # quarters or months
        ("ไตรมาส ๔/๒๕๖๗ – ไตรมาส ๑/๒๕๖๘", None, "2024-07-01", "2024-12-31", "fiscal_assumed"),
        ("ไตรมาส 2/2568 และ 3/2568", None, "2025-01-01", "2025-06-30", "fiscal_assumed"),
        ("Q1-Q2/2568", None, "2024-10-01", "2025-03-31", "fiscal_assumed"),
        ("31-02-2568", None, None, None, "impossible_date"),
        ("31/9/2568", None, None, None, "impossible_date"),
        ("2567-13-01", None, "2023-10-01", "2024-09-30", "fiscal_assumed"),  # no month
        ("ไตรมาสที่ 1, 3", 2569, "2025-10-01", "2026-06-30", "several_dates"),  # the second is not meant
        ("ภายในไตรมาสที่ 2", 2568, None, "2025-03-31", "year_from_context"),
        ("ตลอดปี", 2567, "2023-10-01", "2024-09-30", "year_from_context"),
        ("ต.ค. - มี.ค.", 2568, "2024-10-01", "2025-03-31", "year_from_context"),
        ("ต.ค. - มี.ค.", None, None, None, "year_missing"),
        ("ปี 2568", None, "2024-10-01", "2025-09-30", "fiscal_assumed"),
        ("ต.ค. 2567 - ก.ย.", None, "2024-10-01", "2025-09-30", "year_inferred"),
        ("๑ ต.ค. ๖๕ - ๓๑ ก.ย. ๖๖", None, "2022-10-01", None, "impossible_date"),
        ("ก.ย. 68 - ต.ค. 67", None, "2025-09-01", "2024-10-31", "end_before_start"),
        ("ไตรมาสที่ 1 (ม.ค. - มี.ค. 2568)", None, "2025-01-01", "2025-03-31", "quarter_conflict"),
        ("ต.ค. 67 - ก.ย. 68 (ปีงบประมาณ 2569)", None, "2024-10-01", "2025-09-30", "fiscal_year_conflict"),
        ("1 ม.ย. 66 - 30 ก.ย. 66", None, None, "2023-09-30", "month_unclear"),
        ("(ต.ค. 67 - มี.ค. 68) (เม.ย. 68 - ก.ย. 68)", None, "2024-10-01", "2025-09-30", "several_dates"),
        ("ทันที ภายใน 30 วัน", 2568, None, None, "no_date"),
        ("รอบ 6 เดือน", 2568, None, None, "no_date"),
        ("ม.ค. 25", 2568, None, None, "year_unclear"),  # the context does not override what is written
    ],
)
def test_doubts_of_a_period_are_reported(text, year, start, end, doubt):
    period = parse_period(text, year)
    assert (period.start and period.start.isoformat(), period.end and period.end.isoformat()) == (start, end)
    assert doubt in period.doubt


def test_an_empty_cell_states_nothing_and_is_in_no_doubt():
    period = parse_period(" \n")
    assert (period.start, period.end, period.doubt) == (None, None, ())


def test_the_span_of_a_period_covers_what_was_read():
    text = "ดำเนินการ ๑ ต.ค. ๖๕ - ๓๐ ก.ย. ๖๖ แล้ว"
    assert text[slice(*parse_period(text).span)] == "๑ ต.ค. ๖๕ - ๓๐ ก.ย. ๖๖"


@given(st.integers(2555, 2590), st.integers(1, 4))
def test_a_quarter_is_three_months_of_its_fiscal_year(year, quarter):
    period = parse_period(f"ไตรมาสที่ {quarter} ปีงบประมาณ {year}")
    whole = parse_period(f"ปีงบประมาณ {year}")
    assert whole.start <= period.start < period.end <= whole.end
    assert timedelta(days=89) <= period.end - period.start <= timedelta(days=91)


@settings(max_examples=60)
@given(st.text(alphabet="๑๒0356 -–.ตคกยมพิี/ปีไตรมาส", max_size=30), st.sampled_from([None, 2568]))
def test_any_text_is_accepted(text, year):
    period = parse_period(text, year)
    assert 0 <= period.span[0] <= period.span[1] <= len(text)
    if period.start is None and period.end is None and text.strip():
        assert period.doubt


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘", [(2568, "fiscal")]),
        ("ประจำปี\nงบประมาณ ๒๕๖๖", [(2566, "fiscal")]),  # a narrow cell
        ("ปีงบประมาณ 68", [(2568, "fiscal")]),
        ("FY2021", [(2564, "fiscal")]),
        ("ค.ศ. 2021", [(2564, "ce")]),
        ("ปี       พ.ศ. 2563", [(2563, "plain")]),
        ("ปี ๒๕๖๖", [(2566, "plain")]),
        ("(ปี ๖๖/๖๗)", [(2566, "plain"), (2567, "plain")]),
        ("ยุทธศาสตร์ (พ.ศ. 2561 – 2580)", [(2561, "range"), (2580, "range")]),
        ("พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. ๒๕๔๐", [(2540, "law")]),
        ("พระราชบัญญัติข้อมูลข่าวสารของ\nราชการ พ.ศ. ๒๕๔๐", [(2540, "law")]),  # cut by a line
        ("พระราชบัญญัติ ก (ฉบับที่ 2) พ.ศ. 2561 ในปี พ.ศ. 2565", [(2561, "law"), (2565, "plain")]),
        ("ตามระเบียบ ในปีงบประมาณ พ.ศ. 2568", [(2568, "fiscal")]),  # a fiscal year is of no law
        ("๓๐ ธันวาคม ๒๕๖๔", [(2564, "date")]),
        ("ITA 2568", [(2568, "bare")]),
        ("อายุ 5 ปี 60 คน", []),  # sixty people
        ("ปี 60 คน", []),
        ("เงิน 2,568.00 บาท รหัส 25681", []),
        ("พ.ศ. 2475", []),  # long before any assessment
    ],
)
def test_years_are_found_and_classified(text, years):
    assert [(y.value_be, y.kind) for y in find_years(text)] == years


def test_a_year_of_the_wrong_era_is_doubtful():
    assert find_years("พ.ศ. 2021")[0].doubt == ("era_conflict",)
    assert find_years("พ.ศ. 2564")[0].doubt == ()


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not on this machine")
def test_every_period_of_the_real_reports_is_read():
    checked = 0
    for gold in sorted((SHARED / "gold").glob("*.json")):
        for measure in json.loads(gold.read_text())["measures"]:
            if written := measure["period_as_written"]:
                period = parse_period(written)
                assert str(period.start) == measure["period_start"], written
                assert (str(period.end), period.doubt) == (measure["period_end"], ()), written
                checked += 1
    assert checked > 25
