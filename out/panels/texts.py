"""Texts of the panel's summary, in Thai and English."""

from __future__ import annotations

from thaita.models.verdicts import Language

_TEXTS: dict[str, tuple[str, str]] = {
    "fiscal_year": ("ปี", "year"),
    "agency_type": ("ประเภทหน่วยงาน", "type"),
    "province": ("จังหวัด", "province"),
    "agencies": ("หน่วยงาน", "agencies"),
    "overall_score": ("คะแนนรวม", "overall"),
    "indicators": ("ตัวชี้วัด", "indicators"),
    "grade": ("ระดับ", "level"),
    "own": ("รายงาน", "own"),
    "list": ("บัญชีรวม", "list"),
    "both": ("ทั้งสอง", "both"),
    "conflicts": ("ต่างกัน", "differ"),
    "legend": (
        "จำนวนหน่วยงานที่มีคะแนนรวม ครบทุกตัวชี้วัด มีระดับ มีรายงานของตนเอง อยู่ในบัญชีรวม มีทั้งสองแหล่ง แหล่งไม่ตรงกัน และร้อยละของค่าที่ไม่มีข้อสงสัย",
        "Agencies with an overall score, all indicators, a level, their own report, in a list, in both, with differing documents; share of values without a doubt.",
    ),
    "sure_share": ("แน่ชัด", "sure"),
    "none": ("ไม่ระบุ", "not stated"),
    "empty": (
        "ชุดข้อมูลนี้ไม่มีผลของหน่วยงานที่ระบุชื่อและปี",
        "The dataset has no results of an agency with a name and a year.",
    ),
    "differ": (
        "เอกสารระบุค่าไม่ตรงกัน {count} ค่า ({agencies} หน่วยงาน) ดูทุกค่าด้วย --long",
        "Values in which documents differ: {count}, agencies: {agencies}; --long lists all values.",
    ),
    "no_conflict": ("ไม่มีค่าที่เอกสารระบุไม่ตรงกัน", "No values differ between documents."),
    "used": ("ใช้", "used"),
    "not_used": ("ไม่ใช้", "not used"),
    "source.own": ("รายงานของหน่วยงาน", "own report"),
    "source.list": ("บัญชีรวม", "list"),
    "source.other": ("รายงานของหน่วยงานอื่น", "another agency's report"),
    "standing.doubted": ("มีข้อสงสัย", "in doubt"),
    "page": ("หน้า {page}", "page {page}"),
    "by_type": ("จำนวนหน่วยงานที่มีคะแนนรวม แยกตามประเภท", "Agencies with an overall score, by type"),
    "by_province": ("จำนวนหน่วยงานที่มีคะแนนรวม แยกตามจังหวัด", "Agencies with an overall score, by province"),
    "national": ("เทียบกับผลระดับประเทศ", "Compared with national results"),
    "about": ("เรื่อง", "about"),
    "figure": ("ค่า", "figure"),
    "stated": ("เผยแพร่", "published"),
    "found": ("ชุดข้อมูล", "dataset"),
    "outcome": ("ผล", "outcome"),
    "sources": ("ที่มา ปี {year}: {source}", "source FY{year}: {source}"),
    "figure.agencies": ("จำนวนหน่วยงาน", "agencies"),
    "figure.mean": ("คะแนนเฉลี่ย", "mean"),
    "figure.at_least_85": ("ได้ 85 คะแนนขึ้นไป", "85 or more"),
    "figure.at_least_85_pct": ("ร้อยละที่ได้ 85 ขึ้นไป", "% with 85 or more"),
    "matches": ("ตรงกัน", "matches"),
    "differs": ("ไม่ตรงกัน", "differs"),
    "differs.info": ("ไม่ตรงกัน (ค่าที่เผยแพร่เป็นค่าที่อนุมาน)", "differs (the published figure is inferred)"),
    "not_comparable.missing": (
        "เทียบไม่ได้ (มีหน่วยงานขาด)",
        "not comparable (agencies missing)",
    ),
    "not_comparable.inexact": (
        "เทียบไม่ได้ (ชื่อไม่บอกประเภท)",
        "not comparable (names do not tell the type)",
    ),
    "few": (
        "ปี {years}: หน่วยงานในชุดข้อมูลไม่ถึงร้อยละ 95 ของทั้งประเทศ จึงไม่เทียบ",
        "FY{years}: not compared, because the dataset has less than 95 % of the agencies.",
    ),
    "unknown": ("ไม่มีผลระดับประเทศของปี {years} ให้เทียบ", "No national results are known for FY{years}."),
}


def text(name: str, language: Language, **values: object) -> str:
    """Return a text in a language, its placeholders filled with values.

    >>> text("page", "en", page=3)
    'page 3'
    """
    said = _TEXTS[name][language == "en"]
    return said.format(**values) if values else said
