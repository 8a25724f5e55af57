"""Texts of the site, in Thai and English."""

from __future__ import annotations

from thaita.models.finding_kinds import FindingKind
from thaita.models.tables import LABELS, VALUES
from thaita.models.unsure_reasons import flag_meaning as flag_meaning
from thaita.models.verdicts import Language
from thaita.normalize.frameworks import every_indicator, every_instrument
from thaita.out.site.result_texts import RESULT_TEXTS

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("ผลการประเมิน ITA ของหน่วยงานภาครัฐ", "ITA results of public agencies"),
    "subtitle": (
        "คะแนน ข้อค้นพบ และมาตรการ ตามที่หน่วยงานเขียนไว้ในรายงาน",
        "Scores, findings and measures, as the agencies' reports state them",
    ),
    "home": ("ภาพรวม", "Overview"),
    "contents": ("ในหน้านี้", "On this page"),
    "agency": ("หน่วยงาน", "Agency"),
    "agencies": ("หน่วยงาน", "Agencies"),
    "reports": ("รายงาน", "Reports"),
    "years": ("ปีงบประมาณ", "Fiscal years (B.E.)"),
    "year": ("ปีงบประมาณ", "Fiscal year (B.E.)"),
    "year_of": ("ปี {year}", "FY{year} B.E."),
    "findings": ("ข้อค้นพบ", "Findings"),
    "measures": ("มาตรการ", "Measures"),
    "province": ("จังหวัด", "Province"),
    "provinces": ("จังหวัด", "Provinces"),
    "not_stated": ("ไม่ระบุ", "not stated"),
    "count": ("จำนวน", "Count"),
    "mean": ("เฉลี่ย", "Mean"),
    "median": ("มัธยฐาน", "Median"),
    "middle": ("ครึ่งกลาง", "Middle half"),
    "range": ("ต่ำสุด–สูงสุด", "Lowest–highest"),
    "overall": ("คะแนนรวม", "Overall score"),
    "grade": ("ระดับ", "Grade"),
    "indicator": ("ตัวชี้วัด", "Indicator"),
    "indicators": ("คะแนนรายตัวชี้วัด", "Scores by indicator"),
    "indicators_note": (
        "จุดคือค่าเฉลี่ย แถบคือครึ่งกลางของผลประเมิน (ควอร์ไทล์ที่ 1 ถึง 3) เส้นคือต่ำสุดถึงสูงสุด",
        "The dot is the mean, the bar the middle half of the results (first to third quartile), the line the lowest to the highest.",
    ),
    "basis": (
        "หนึ่งผลประเมินคือหนึ่งหน่วยงานในหนึ่งปี รายงานหลายฉบับของผลเดียวกันนับครั้งเดียว ทุกปีรวมกัน",
        "One result is one agency in one year; several reports of the same result count once. All years together.",
    ),
    "left_out": (
        "ไม่นับคะแนน {count} ค่าที่ไม่อยู่ระหว่าง 0 ถึง 100 หรือคะแนนเต็มไม่ใช่ 100",
        "{count} scores are left out: they are not between 0 and 100, or their maximum is not 100.",
    ),
    "distribution": ("การกระจายของคะแนน", "Distribution of scores"),
    "distribution_note": (
        "จำนวนผลประเมินในแต่ละช่วงคะแนน คะแนนของเครื่องมือคือค่าเฉลี่ยของตัวชี้วัดในเครื่องมือนั้น เมื่อรายงานระบุครบทุกตัว",
        "Number of results in each band of scores. An instrument's score is the mean of its indicators, if the report states all of them.",
    ),
    "overall_note": (
        "คะแนนรวมคือค่าที่รายงานเผยแพร่ หากไม่มี ใช้ค่าที่คำนวณจากตัวชี้วัด",
        "The overall score is the published score or, if there is none, the score computed from the indicators.",
    ),
    "band": ("ช่วงคะแนน", "Band"),
    "below": ("ต่ำกว่า {top}", "below {top}"),
    "by_province": ("รายจังหวัด", "By province"),
    "by_year": ("เปรียบเทียบรายปี", "Years side by side"),
    "by_year_note": (
        "แต่ละปีอาจเป็นหน่วยงานคนละกลุ่ม และหลักเกณฑ์อาจต่างกัน จึงไม่ใช่แนวโน้มของหน่วยงานเดียวกัน",
        "Agencies and rules may differ between years, so this is not a trend of the same agencies.",
    ),
    "weakest": ("ตัวชี้วัดที่ได้คะแนนต่ำที่สุด", "Weakest indicators"),
    "weakest_note": (
        "เรียงจากค่าเฉลี่ยต่ำสุด และจำนวนครั้งที่เป็นตัวชี้วัดต่ำสุดในผลประเมินที่มีคะแนนครบทุกตัว ({count} ผล)",
        "Sorted by mean, lowest first, with the number of times the indicator is the lowest among results with all indicator scores ({count} results).",
    ),
    "lowest": ("เป็นตัวต่ำสุด", "Times lowest"),
    "times": ("{count} ครั้ง", "{count} times"),
    "common": ("ข้อค้นพบที่พบบ่อย", "Most common findings"),
    "common_note": (
        "นับข้อค้นพบที่เป็นจุดอ่อนและข้อที่ควรพัฒนา ตามตัวชี้วัด ประเด็น และข้อคำถามที่กล่าวถึง ข้อหนึ่งอาจกล่าวถึงหลายตัวชี้วัด",
        "Weaknesses and points to improve, counted by the indicators, topics and items they concern. One finding may concern several.",
    ),
    "common_none": (
        "มีข้อค้นพบสองประเภทนี้ {count} ข้อ และ {bare} ข้อไม่ระบุตัวชี้วัด ประเด็น หรือข้อคำถาม",
        "There are {count} findings of these kinds; {bare} of them name no indicator, topic or item.",
    ),
    "topic": ("ประเด็น", "Topic"),
    "item": ("ข้อคำถาม", "Item"),
    "item_wording": ("ข้อความของข้อ", "Wording"),
    "doubts": ("ข้อสงสัย", "Doubts"),
    "doubts_note": (
        "โปรแกรมทำเครื่องหมายทุกค่าที่ไม่แน่ใจ มีเครื่องหมาย {marked} จาก {rows} แถว ควรตรวจค่าเหล่านั้นกับต้นฉบับ",
        "Every uncertain value is flagged: {marked} of {rows} rows have a flag. Check those against the source.",
    ),
    "doubt": ("ข้อสงสัย", "Doubt"),
    "meaning": ("ความหมาย", "Meaning"),
    "rows_marked": ("แถวที่มีข้อสงสัย / ทั้งหมด", "Rows in doubt / all rows"),
    "scores": ("คะแนน", "Scores"),
    "files_unread": (
        "อ่านเป็นรายงานไม่ได้ {count} ไฟล์ ดูรายชื่อใน problems.csv ของชุดข้อมูล",
        "{count} files could not be read as reports: the dataset's problems.csv lists them.",
    ),
    "all_agencies": ("หน่วยงานทั้งหมด", "All agencies"),
    "search": ("พิมพ์เพื่อค้นหา", "Type to search"),
    "shown": ("พบ", "found"),
    "search_all": (
        "ค้นหาจากทุกหน่วยงาน ({count} แห่ง) หรือเลือกจังหวัดจากตาราง",
        "Search all {count} agencies, or choose a province in the table.",
    ),
    "no_agency": ("บัญชีผลคะแนน และรายงานที่ไม่ระบุหน่วยงาน", "Lists, and reports without an agency"),
    "no_agency_note": (
        "เอกสารเหล่านี้เป็นบัญชีผลคะแนนของหลายหน่วยงาน หรือไม่พบชื่อหน่วยงานเจ้าของรายงาน",
        "These documents are lists of many agencies, or do not name the agency whose report they are.",
    ),
    "report_of": ("เอกสาร: {source}", "Document: {source}"),
    "latest": ("ปีล่าสุด", "Latest year"),
    "results": ("ผลการประเมิน", "Results"),
    "computed": ("คำนวณจากตัวชี้วัด", "computed from the indicators"),
    "computed_is": ("คำนวณจากตัวชี้วัดได้ {value}", "computed from the indicators: {value}"),
    "differs": ("เอกสารอีกฉบับระบุ {values}", "another document states {values}"),
    "no_scores": ("รายงานไม่ระบุคะแนนรายตัวชี้วัด", "The reports state no indicator scores."),
    "no_overall": ("ไม่ระบุคะแนนรวม", "no overall score"),
    "mean_mark": (
        "ขีดดำคือค่าเฉลี่ยของทุกหน่วยงานในชุดข้อมูลในปีเดียวกัน",
        "The black mark is the mean of all agencies in the dataset in that year.",
    ),
    "score_sources": ("ที่มาของคะแนนแต่ละค่า", "Source of each score"),
    "as_written": ("ตามที่เขียน", "As written"),
    "source": ("ที่มา", "Source"),
    "quote": ("ข้อความต้นฉบับ", "Quote"),
    "page": ("หน้า {page}", "page {page}"),
    "report_no": ("รายงาน {number}", "report {number}"),
    "no_findings": ("รายงานไม่มีข้อค้นพบ", "The reports state no findings."),
    "no_measures": ("รายงานไม่มีมาตรการ", "The reports state no measures."),
    **{kind: (kind.th, kind.plural.capitalize()) for kind in FindingKind},
    "measures_of": ("มาตรการ ปี {year}", "Measures of FY{year} B.E."),
    "measures_undated": ("มาตรการ ไม่ระบุปี", "Measures, year not stated"),
    "measure": ("มาตรการ", "Measure"),
    "timeline": ("แผนภาพเวลาของมาตรการ", "Timeline of the measures"),
    "period": ("ระยะเวลา", "Period"),
    "off_axis": ("อยู่นอกช่วงของแผนภาพ", "outside the chart"),
    "steps": ("ขั้นตอน", "Steps"),
    "owners": ("ผู้รับผิดชอบ", "Owners"),
    "status": ("สถานะ", "Status"),
    "untitled": ("(ไม่มีชื่อ)", "(no title)"),
    "sources": ("รายงานที่เป็นที่มา", "Source reports"),
    "file": ("ไฟล์", "File"),
    "kind": ("ประเภท", "Kind"),
    "pages": ("จำนวนหน้า", "Pages"),
    "stated_where": ("ข้อความที่ระบุ", "Evidence"),
    "empty": ("ชุดข้อมูลนี้ไม่มีรายงาน", "This dataset contains no reports."),
    "none": ("ไม่มี", "none"),
    "made_by": (
        "จัดทำจากรายงานของหน่วยงานโดยโปรแกรม thaita ตัวเลขเป็นไปตามที่รายงานระบุ โปรดตรวจกับต้นฉบับก่อนอ้างอิง",
        "Generated by thaita from the agencies' reports. Figures are as the reports state them: check the source before you cite them.",
    ),
    **RESULT_TEXTS,
    **{code: (f"{code} {one.name}", f"{code} {one.english}") for code, one in every_instrument().items()},
}


_MONTHS = {
    "th": ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
BUDDHIST_ERA = 543
"""Years from the Common to the Buddhist Era."""


def text(name: str, language: Language, **values: object) -> str:
    """Return a text in a language, its placeholders filled with values; a column without a text has its label.

    >>> text("page", "en", page=3)
    'page 3'
    """
    said = _TEXTS[name][language == "en"] if name in _TEXTS else LABELS[name][language]
    return said.format(**values) if values else said


def value_shown(value: str, language: Language) -> str:
    """Return the display name of a report's kind or of a measure's status."""
    return VALUES[value][language]


def indicator_name(number: int, language: Language) -> str:
    """Return the name of an indicator. Raises KeyError for a number that no year's framework has."""
    found = every_indicator()[number]
    return found.name if language == "th" else found.english


def month(number: int, language: Language) -> str:
    """Return the abbreviated name of a month from 1 to 12."""
    return _MONTHS[language][number - 1]


def year_shown(year: int, language: Language) -> str:
    """Return a C.E. year in the era that the language uses: B.E. in Thai."""
    return str(year + BUDDHIST_ERA if language == "th" else year)
