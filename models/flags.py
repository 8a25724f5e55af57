"""The flags of rows: doubts about a value and notes on how it came about, each with its meaning."""

from __future__ import annotations

from typing import Self

from thaita.models.codes import Code, Language


class Flag(Code):
    """A flag as `flags` holds it. One that ends in `_*` stands for several: `of` makes them.

    `en_more` and `th_more` tell a reader of the tables where to look for more.
    """

    # fmt: off
    ACCEPTED = ("accepted", "a person looked at a value of the row and found it right", "มีคนตรวจค่าในแถวแล้วว่าถูกต้อง")
    AGENCY_DOUBT = ("agency_*", "doubt about the agency's name", "ข้อสงสัยเกี่ยวกับชื่อหน่วยงาน", ": see `normalize/agencies.py`", "")
    AMBIGUOUS_AGENCY = ("ambiguous_agency", "two agencies are named about equally often", "มีชื่อหน่วยงานสองแห่งพอ ๆ กัน")
    AMBIGUOUS_FISCAL_YEAR = ("ambiguous_fiscal_year", "two years are named about equally often", "มีปีที่ประเมินสองปีพอ ๆ กัน")
    AMBIGUOUS_ITEM = ("ambiguous_item", "the item's code is misread or only its wording shows it", "รหัสข้อคำถามไม่แน่ชัด")
    AMBIGUOUS_NAME = ("ambiguous_name", "the name is near to two indicators", "ชื่อใกล้เคียงตัวชี้วัดสองตัว")
    AMBIGUOUS_OVERALL = ("ambiguous_overall", "several figures could be the overall score", "มีคะแนนภาพรวมที่เป็นไปได้หลายค่า")
    AMBIGUOUS_STATUS = ("ambiguous_status", "no box is ticked, or several are, or the words are unknown", "สถานะไม่ชัด ไม่ได้กาหรือกาหลายช่อง")
    AMBIGUOUS_COLUMN = ("ambiguous_column", "several columns could hold the score", "มีหลายคอลัมน์ที่อาจเป็นคะแนน")
    ANNOTATION = ("annotation", "the text was typed or stamped onto the page of a PDF as an annotation", "ข้อความที่พิมพ์หรือประทับทับบนหน้า PDF (คำอธิบายประกอบ)")
    COMMA_DECIMAL = ("comma_decimal", "a comma stands for the decimal point", "ใช้จุลภาคแทนจุดทศนิยม")
    COMMENT = ("comment", "a reader's comment on the PDF, which is no part of the report", "ความเห็นของผู้อ่านใน PDF ซึ่งไม่ใช่เนื้อหาของรายงาน")
    CORRECTED = ("corrected", "a person corrected a value of the row; `evidence` has it as extracted, under `extracted:` and the column", "มีคนแก้ค่าในแถวแล้ว ค่าเดิมอยู่ใน evidence ใต้ชื่อ extracted: ตามด้วยชื่อคอลัมน์")
    DITTO = ("ditto", "a ditto mark stands where no cell above says what it repeats; the value is empty", "มีเครื่องหมายบุพสัญญา แต่ไม่มีช่องด้านบนให้ซ้ำ จึงเว้นว่างไว้")
    FORM_FIELD = ("form_field", "the text was typed into a form field of the PDF", "ข้อความที่กรอกในช่องแบบฟอร์มของ PDF")
    EXTRA_DECIMALS = ("extra_decimals", "the score has more than two decimals: a footnote's mark may stand at its end", "คะแนนมีทศนิยมเกินสองตำแหน่ง อาจมีเลขเชิงอรรถติดอยู่ท้าย")
    GARBLED = ("garbled", "letters are left that no Thai spelling allows, or stand among such: look at the source", "มีตัวอักษรที่สะกดเป็นภาษาไทยไม่ได้ หรืออยู่ในหน้าที่มีตัวอักษรเช่นนั้น ควรดูต้นฉบับ")
    INHERITED = ("inherited", "a value comes from a cell merged over several rows", "ค่ามาจากเซลล์ที่ผสานหลายแถว")
    INSTRUMENT_CONFLICT = ("instrument_conflict", "the report puts the indicator under another instrument", "อยู่ใต้เครื่องมือประเมินอื่น")
    JOINED = ("joined", "rows on two pages were joined, and that is not certain", "ต่อแถวข้ามหน้า ไม่แน่ใจ")
    LAYOUT_UNCERTAIN = ("layout_uncertain", "the page does not show whether the text goes on with the line below: look at the source", "หน้าเอกสารไม่แสดงชัดว่าข้อความต่อกับบรรทัดถัดไปหรือไม่ ควรดูต้นฉบับ")
    LOW_NAME_MATCH = ("low_name_match", "the name resembles the indicator's by less than 90 of 100", "ชื่อคล้ายตัวชี้วัดน้อยกว่า 90")
    MARKED_WRONG = ("marked_wrong", "a person found a value of the row wrong and knows no better one; it is left empty where it may be", "มีคนตรวจแล้วว่าค่าในแถวผิดและไม่ทราบค่าที่ถูก จึงเว้นว่างไว้หากว่างได้")
    MERGED = ("merged", "one cell over several indicators", "เซลล์เดียวสำหรับหลายตัวชี้วัด")
    MIXED_DIGITS = ("mixed_digits", "Thai and Arabic digits in one number", "เลขไทยปนเลขอารบิกในจำนวนเดียว")
    NOTE_MARK = ("note_mark", "a raised footnote mark stands beside the number; it was left out of the number", "มีเครื่องหมายเชิงอรรถติดกับตัวเลข จึงตัดออกจากตัวเลข")
    NUMBER_CONFLICT = ("number_conflict", "the report's number is not the indicator's", "ลำดับในรายงานไม่ตรงกับลำดับมาตรฐาน")
    NUMBER_ONLY = ("number_only", "the report gives the indicator's number and no name", "ระบุเพียงลำดับ ไม่มีชื่อตัวชี้วัด")
    OCR = ("ocr", "read from a scan, and the confidence or a check leaves doubt", "อ่านจากภาพสแกน ความมั่นใจหรือการตรวจสอบยังมีข้อสงสัย")
    OTHER_SCHEME = ("other_scheme", "the report is of another scheme than the ten indicators", "เป็นการประเมินแบบอื่น")
    PERIOD_DOUBT = ("period_*", "doubt about the period", "ข้อสงสัยเกี่ยวกับระยะเวลา", ": see `normalize/dates.py`", "")
    PLACE_DOUBT = ("place_*", "doubt about the place", "ข้อสงสัยเกี่ยวกับที่ตั้ง", ": see `normalize/places.py`", "")
    PLACEHOLDER = ("placeholder", "a form asks for text here and nobody typed any", "ข้อความแนะนำในช่องกรอกของแบบฟอร์มที่ยังไม่ได้กรอก")
    RANGE = ("range", "the score is not between 0 and 100", "คะแนนไม่อยู่ระหว่าง 0 ถึง 100")
    REPAIRED = ("repaired", "broken letters were repaired", "ซ่อมอักขระที่เสีย", "; `quote` has them as they were", " ต้นฉบับอยู่ใน quote")
    SCALE = ("scale", "the figure is out of another total than 100", "คะแนนเต็มไม่ใช่ 100")
    SCORE_CONFLICT = ("score_conflict", "places of the report state different scores", "ในรายงานมีคะแนนไม่ตรงกัน")
    SIGN = ("sign", "a sign stands before the number", "มีเครื่องหมายบวกหรือลบหน้าจำนวน")
    SPACED_DECIMAL = ("spaced_decimal", "a space stands inside the number", "มีช่องว่างในจำนวน")
    STRUCK = ("struck", "crossed-out text stands beside the value and was left out of it", "มีข้อความที่ขีดฆ่าอยู่ข้างค่านี้ ไม่ได้นำมาใช้")
    SUM_MISMATCH = ("sum_mismatch", "the scores do not give the published total", "คะแนนรวมที่เผยแพร่ไม่ตรงกับที่คำนวณ")
    WATERMARK = ("watermark", "a watermark laid across the page", "ลายน้ำที่พาดทับหน้า")
    # fmt: on

    def __init__(self, code: str, en: str, th: str, en_more: str = "", th_more: str = "") -> None:
        super().__init__(code, en, th)
        self.en_more = en_more
        self.th_more = th_more

    def meaning_in_tables(self, language: Language) -> str:
        """Return what the flag means, and where the tables say more."""
        return self.meaning(language) + (self.th_more if language == "th" else self.en_more)

    def of(self, doubt: str) -> str:
        """Return the flag of one doubt of the kind that this flag stands for.

        >>> Flag.PERIOD_DOUBT.of("reversed")
        'period_reversed'
        """
        return self.removesuffix("*") + doubt

    @classmethod
    def known(cls, text: str) -> Self | None:
        """Return the flag that a row of a dataset has, or the one that stands for it; None for an unknown one.

        >>> Flag.known("period_reversed")
        <Flag.PERIOD_DOUBT: 'period_*'>
        """
        kind, parted, _ = text.partition("_")
        return super().known(text) or (super().known(f"{kind}_*") if parted else None)


DECIDED = (Flag.CORRECTED, Flag.ACCEPTED, Flag.MARKED_WRONG)
"""Flags that say what a person decided."""

SURE = frozenset({Flag.CORRECTED, Flag.ACCEPTED})
"""Those of them by which the row's value is a person's word."""

NOTES = frozenset(
    {Flag.ANNOTATION, Flag.FORM_FIELD, Flag.INHERITED, Flag.MERGED, Flag.NOTE_MARK, Flag.REPAIRED, *DECIDED}
)
"""Flags that say how a value came about and ask nobody to look."""

NO_POINTS = frozenset({Flag.RANGE, Flag.SCALE, Flag.OTHER_SCHEME, Flag.MARKED_WRONG})
"""Flags of scores that are no points of 100, or known to be wrong: no mean may hold them."""

ABOUT: dict[Flag, tuple[str, ...]] = {
    Flag.AGENCY_DOUBT: ("agency",),
    Flag.PLACE_DOUBT: ("district", "subdistrict", "province"),
    Flag.PERIOD_DOUBT: ("period_start", "period_end", "period_as_written"),
    Flag.AMBIGUOUS_AGENCY: ("agency",),
    Flag.AMBIGUOUS_FISCAL_YEAR: ("fiscal_year",),
    Flag.AMBIGUOUS_OVERALL: ("overall_score",),
    Flag.AMBIGUOUS_ITEM: ("item_code",),
    Flag.AMBIGUOUS_STATUS: ("status",),
    Flag.AMBIGUOUS_NAME: ("indicator_no",),
    Flag.LOW_NAME_MATCH: ("indicator_no",),
    Flag.NUMBER_CONFLICT: ("indicator_no",),
    Flag.NUMBER_ONLY: ("indicator_no",),
    Flag.INSTRUMENT_CONFLICT: ("indicator_no", "instrument"),
    Flag.SUM_MISMATCH: ("score", "overall_score"),
    Flag.OTHER_SCHEME: ("indicator_no",),
    Flag.SCORE_CONFLICT: ("score",),
    Flag.RANGE: ("score",),
}
"""The columns that a flag is about; every other flag is about the main column of its table."""
