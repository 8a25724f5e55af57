"""The reasons that the flags `unsure_*` name, each with its meaning; in `reports` these flags name a column instead."""

from __future__ import annotations

from thaita.models.codes import Code, Language
from thaita.models.flags import Flag
from thaita.models.tables import LABELS


class UnsureReason(Code):
    """The last part of a flag `unsure_*` of a score, result, finding or measure."""

    # fmt: off
    AGENCY = ("agency", "the agency is not certain", "หน่วยงานไม่แน่ชัด")
    CONFLICT = ("conflict", "other values are stated too", "มีค่าอื่นระบุไว้ด้วย")
    DECIMALS = ("decimals", "the number of decimals is unusual", "จำนวนทศนิยมผิดปกติ")
    EVIDENCE = ("evidence", "there is little evidence for the value", "มีหลักฐานสนับสนุนค่าน้อย")
    FEW_SCORES = ("few_scores", "few scores stand together", "มีคะแนนอยู่ด้วยกันน้อย")
    FIELDS = ("fields", "the fields differ from those of other measures", "ช่องข้อมูลต่างจากมาตรการอื่น")
    FIGURE = ("figure", "the text states a figure", "ข้อความเป็นตัวเลข")
    HEADING = ("heading", "the text may be a heading", "ข้อความอาจเป็นหัวข้อ")
    INDICATOR = ("indicator", "the indicator is not certain", "ตัวชี้วัดไม่แน่ชัด")
    INLINE = ("inline", "the label stands within a sentence", "คำบอกประเภทอยู่กลางประโยค")
    ITEM = ("item", "the item is not certain", "ข้อคำถามไม่แน่ชัด")
    KIND = ("kind", "the kind of finding is not certain", "ประเภทข้อค้นพบไม่แน่ชัด")
    LABEL = ("label", "the words of the heading are not known", "ไม่รู้จักถ้อยคำของหัวข้อ")
    LIST_END = ("list_end", "the list may have ended above the text", "รายการอาจจบก่อนถึงข้อความนี้")
    NAME = ("name", "the name differs from that of the indicator", "ชื่อต่างจากชื่อตัวชี้วัด")
    NOTES = ("notes", "flags of the row speak against the value", "หมายเหตุของแถวขัดกับค่า")
    OTHER_TEXT = ("other_text", "the words may be those of other text", "ถ้อยคำอาจเป็นข้อความอื่น")
    PERIOD = ("period", "the period is not certain", "ระยะเวลาไม่แน่ชัด")
    SEVERAL = ("several", "the text may be several entries", "ข้อความอาจเป็นหลายรายการ")
    SHORT = ("short", "the length of the text is unusual", "ความยาวของข้อความผิดปกติ")
    SUM = ("sum", "the total does not follow from the scores", "คะแนนรวมไม่ตรงกับคะแนนตัวชี้วัด")
    TITLE = ("title", "the title does not read as that of a measure", "ชื่อไม่เหมือนชื่อมาตรการ")
    UNCONFIRMED = ("unconfirmed", "nothing else confirms the value", "ไม่มีข้อมูลอื่นยืนยันค่า")
    UNMARKED = ("unmarked", "little marks the text as a finding or measure", "ไม่มีเครื่องหมายชัดว่าเป็นข้อค้นพบหรือมาตรการ")
    VALUE = ("value", "the value is unusual", "ค่าผิดปกติ")
    YEAR = ("year", "the year is not certain", "ปีไม่แน่ชัด")
    # fmt: on


_UNSURE = {"en": "{} is not certain", "th": "{}ไม่แน่ชัด"}


def flag_meaning(flag: str, language: Language) -> str:
    """Return the meaning of a flag in words, or the flag itself if it is unknown.

    >>> flag_meaning("period_reversed", "en"), flag_meaning("unsure_short", "en"), flag_meaning("unsure_grade", "en")
    ('doubt about the period', 'the length of the text is unusual', 'Grade is not certain')
    """
    known = Flag.known(flag)
    if known != Flag.UNSURE:
        return flag if known is None else known.meaning(language)
    name = flag.removeprefix(Flag.UNSURE.of(""))
    reason = UnsureReason.known(name)
    if reason is not None:
        return reason.meaning(language)
    return _UNSURE[language].format(LABELS[name][language]) if name in LABELS else known.meaning(language)
