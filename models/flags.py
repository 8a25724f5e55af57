"""The flags of rows: doubts about values and notes on their origin, each with its meaning."""

from __future__ import annotations

from typing import Self

from thaita.models.codes import Code, Language


class Flag(Code):
    """A flag as it appears in the column `flags`. A flag that ends in `_*` stands for a family; `of` returns a member.

    `en_more` and `th_more` add to the meaning in the codebook where to find details.
    """

    # fmt: off
    ACCEPTED = ("accepted", "a person confirmed a value of the row", "มีผู้ตรวจสอบค่าในแถวแล้วว่าถูกต้อง")
    AGENCY_DOUBT = ("agency_*", "doubt about the agency's name", "ข้อสงสัยเกี่ยวกับชื่อหน่วยงาน", ": see `normalize/agencies.py`", "")
    AMBIGUOUS_AGENCY = ("ambiguous_agency", "the report names two agencies about equally often", "รายงานระบุชื่อหน่วยงานสองแห่งจำนวนครั้งใกล้เคียงกัน")
    AMBIGUOUS_FISCAL_YEAR = ("ambiguous_fiscal_year", "the report names two years about equally often", "รายงานระบุปีที่ประเมินสองปีจำนวนครั้งใกล้เคียงกัน")
    AMBIGUOUS_ITEM = ("ambiguous_item", "the item code is misread, or only the wording identifies the item", "รหัสข้อคำถามไม่แน่ชัด")
    AMBIGUOUS_NAME = ("ambiguous_name", "the name resembles two indicators", "ชื่อใกล้เคียงตัวชี้วัดสองตัว")
    AMBIGUOUS_OVERALL = ("ambiguous_overall", "several figures could be the overall score", "มีคะแนนภาพรวมที่เป็นไปได้หลายค่า")
    AMBIGUOUS_SCOPE = ("ambiguous_scope", "the source does not show clearly whose result the row is: an agency's or a level's", "ไม่ชัดเจนว่าเป็นผลของหน่วยงานหรือของระดับใด")
    AMBIGUOUS_SCORE = ("ambiguous_score", "another figure nearby could be the score", "มีตัวเลขอื่นใกล้กันที่อาจเป็นคะแนน")
    AMBIGUOUS_STATUS = ("ambiguous_status", "no box is ticked, several are, or the wording is unknown", "สถานะไม่ชัดเจน ไม่ได้กาเครื่องหมาย กาหลายช่อง หรือใช้คำที่ไม่รู้จัก")
    AMBIGUOUS_COLUMN = ("ambiguous_column", "several columns could hold the score", "มีหลายคอลัมน์ที่อาจเป็นคะแนน")
    BY_ORDER = ("by_order", "the heading of a column is damaged, and only the usual order of the columns shows what it holds", "หัวคอลัมน์เสียหาย พิจารณาจากลำดับคอลัมน์ที่ใช้ทั่วไป")
    BY_SUM = ("by_sum", "the heading of a column is damaged, and the sums of the rows show what it holds", "หัวคอลัมน์เสียหาย พิจารณาจากผลรวมของแถว")
    ANNOTATION = ("annotation", "the text was typed or stamped onto the page of a PDF as an annotation", "ข้อความที่พิมพ์หรือประทับทับบนหน้า PDF (คำอธิบายประกอบ)")
    COMMA_DECIMAL = ("comma_decimal", "a comma is used as the decimal point", "ใช้จุลภาคแทนจุดทศนิยม")
    COMMENT = ("comment", "a reader's comment on the PDF, which is not part of the report", "ความเห็นของผู้อ่านใน PDF ซึ่งไม่ใช่เนื้อหาของรายงาน")
    CORRECTED = ("corrected", "a person corrected a value of the row; `evidence` has the extracted value under `extracted:` and the column name", "มีผู้แก้ไขค่าในแถวแล้ว ค่าเดิมอยู่ใน evidence ใต้ชื่อ extracted: ตามด้วยชื่อคอลัมน์")
    DITTO = ("ditto", "a ditto mark has no cell above it to repeat; the value is empty", "มีเครื่องหมายบุพสัญญา แต่ไม่มีช่องด้านบนให้ซ้ำ จึงเว้นว่างไว้")
    FORM_FIELD = ("form_field", "the text was typed into a form field of the PDF", "ข้อความที่กรอกในช่องแบบฟอร์มของ PDF")
    FROM_POINTS = ("from_points", "an instrument is stated in points of its weight and was converted to a percentage; `evidence` has the points", "คะแนนเครื่องมือเป็นคะแนนถ่วงน้ำหนัก แปลงเป็นร้อยละแล้ว ค่าตามที่เขียนอยู่ใน evidence")
    EXTRA_DECIMALS = ("extra_decimals", "the score has more than two decimals; the last digit may be a footnote mark", "คะแนนมีทศนิยมเกินสองตำแหน่ง อาจมีเลขเชิงอรรถติดอยู่ท้าย")
    GARBLED = ("garbled", "letters that no Thai spelling allows remain in or around the text; check the source", "มีตัวอักษรที่สะกดเป็นภาษาไทยไม่ได้ หรืออยู่ในหน้าที่มีตัวอักษรเช่นนั้น ควรดูต้นฉบับ")
    GRADE_BAND = ("grade_band", "the score is outside the band of the grade", "ระดับไม่ตรงกับช่วงคะแนน")
    INHERITED = ("inherited", "a value comes from a cell merged over several rows", "ค่ามาจากเซลล์ที่ผสานหลายแถว")
    INSTRUMENT_CONFLICT = ("instrument_conflict", "the report lists the indicator under another instrument", "อยู่ใต้เครื่องมือประเมินอื่น")
    JOINED = ("joined", "rows on two pages were joined, which is uncertain", "ต่อแถวข้ามหน้า ซึ่งยังไม่แน่นอน")
    LAYOUT_UNCERTAIN = ("layout_uncertain", "the layout does not show whether the text continues on the line below; check the source", "หน้าเอกสารไม่แสดงชัดว่าข้อความต่อกับบรรทัดถัดไปหรือไม่ ควรดูต้นฉบับ")
    LIKELY_HEADING = ("likely_heading", "the heading above the text or over a column of the table is not a known one; its meaning is inferred from its words", "หัวข้อหรือหัวคอลัมน์ไม่ใช่คำที่รู้จัก ความหมายอนุมานจากถ้อยคำ")
    LOW_NAME_MATCH = ("low_name_match", "the similarity between the name and that of the indicator is below 90 of 100", "ความคล้ายกับชื่อตัวชี้วัดต่ำกว่า 90 จาก 100")
    MARKED_WRONG = ("marked_wrong", "a person marked a value of the row as wrong and gave no correct value; it is empty if the column permits", "มีผู้ตรวจสอบแล้วว่าค่าในแถวผิดและไม่ทราบค่าที่ถูกต้อง จึงเว้นว่างไว้หากเว้นว่างได้")
    MERGED = ("merged", "one cell covers several indicators", "เซลล์เดียวสำหรับหลายตัวชี้วัด")
    MIXED_DIGITS = ("mixed_digits", "Thai and Arabic digits in one number", "เลขไทยปนเลขอารบิกในจำนวนเดียว")
    NOTE_MARK = ("note_mark", "a raised footnote mark follows the number and was omitted from it", "มีเครื่องหมายเชิงอรรถติดกับตัวเลข จึงตัดออกจากตัวเลข")
    NUMBER_CONFLICT = ("number_conflict", "the number in the report is not the standard number", "ลำดับในรายงานไม่ตรงกับลำดับมาตรฐาน")
    NUMBER_ONLY = ("number_only", "the report gives the number of the indicator but no name", "ระบุเพียงลำดับ ไม่มีชื่อตัวชี้วัด")
    OCR = ("ocr", "read from a scan, and the confidence or a check raises doubt", "อ่านจากภาพสแกน และยังมีข้อสงสัยจากค่าความมั่นใจหรือการตรวจสอบ")
    OTHER_SCHEME = ("other_scheme", "the report uses another scheme than the ten indicators", "เป็นการประเมินแบบอื่น")
    PERIOD_DOUBT = ("period_*", "doubt about the period", "ข้อสงสัยเกี่ยวกับระยะเวลา", ": see `normalize/dates.py`", "")
    PLACE_DOUBT = ("place_*", "doubt about the place", "ข้อสงสัยเกี่ยวกับที่ตั้ง", ": see `normalize/places.py`", "")
    PLACEHOLDER = ("placeholder", "the text is the prompt of a form field that was not filled in", "ข้อความแนะนำในช่องกรอกของแบบฟอร์มที่ยังไม่ได้กรอก")
    RANGE = ("range", "the score is not between 0 and 100", "คะแนนไม่อยู่ระหว่าง 0 ถึง 100")
    REPAIRED = ("repaired", "broken letters were repaired", "ซ่อมอักขระที่เสีย", "; `quote` has the original text", " ต้นฉบับอยู่ใน quote")
    SCALE = ("scale", "the maximum of the score is not 100", "คะแนนเต็มไม่ใช่ 100")
    SCORE_CONFLICT = ("score_conflict", "the report states different scores for the indicator", "รายงานระบุคะแนนของตัวชี้วัดไว้ไม่ตรงกัน")
    SIGN = ("sign", "the number has a sign", "มีเครื่องหมายบวกหรือลบหน้าจำนวน")
    SPACED_DECIMAL = ("spaced_decimal", "the number contains a space", "มีช่องว่างในจำนวน")
    STRUCK = ("struck", "crossed-out text next to the value was omitted from it", "มีข้อความที่ขีดฆ่าอยู่ข้างค่านี้ ไม่ได้นำมาใช้")
    SUM_MISMATCH = ("sum_mismatch", "the published total does not follow from the scores", "คะแนนรวมที่เผยแพร่ไม่ตรงกับที่คำนวณ")
    UNSURE = ("unsure_*", "the confidence in a value of the row is low; the code names the strongest reason against it, in `reports` the column", "ความมั่นใจในค่าของแถวต่ำ รหัสบอกเหตุผลสำคัญ ส่วนใน reports บอกชื่อคอลัมน์", ": see `normalize/data/confidence_reasons.csv`", "")
    UNCONFIRMED_OVERALL = ("unconfirmed_overall", "nothing else in the report confirms the overall score", "ไม่มีข้อมูลอื่นในรายงานที่ยืนยันคะแนนภาพรวม")
    WATERMARK = ("watermark", "the text is a watermark across the page", "ลายน้ำที่พาดทับหน้า")
    # fmt: on

    def __init__(self, code: str, en: str, th: str, en_more: str = "", th_more: str = "") -> None:
        super().__init__(code, en, th)
        self.en_more = en_more
        self.th_more = th_more

    def meaning_in_tables(self, language: Language) -> str:
        """Return the meaning of the flag for the codebook, with where to find details."""
        return self.meaning(language) + (self.th_more if language == "th" else self.en_more)

    def of(self, doubt: str) -> str:
        """Return the flag of one doubt in the family of this flag.

        >>> Flag.PERIOD_DOUBT.of("reversed")
        'period_reversed'
        """
        return self.removesuffix("*") + doubt

    @classmethod
    def known(cls, text: str) -> Self | None:
        """Return the flag with this text, or the family that it belongs to; None for an unknown flag.

        >>> Flag.known("period_reversed")
        'period_*'
        """
        kind, parted, _ = text.partition("_")
        return super().known(text) or (super().known(f"{kind}_*") if parted else None)


DECIDED = (Flag.CORRECTED, Flag.ACCEPTED, Flag.MARKED_WRONG)
"""Flags that record the decision of a reviewer."""

SURE = frozenset({Flag.CORRECTED, Flag.ACCEPTED})
"""Review flags that confirm the value of a row."""

NOTES = frozenset(
    {
        Flag.ANNOTATION,
        Flag.BY_SUM,
        Flag.FORM_FIELD,
        Flag.FROM_POINTS,
        Flag.INHERITED,
        Flag.MERGED,
        Flag.NOTE_MARK,
        Flag.REPAIRED,
        *DECIDED,
    }
)
"""Flags that describe the origin of a value and need no review."""

EXCLUDED_FROM_MEANS = frozenset({Flag.RANGE, Flag.SCALE, Flag.OTHER_SCHEME, Flag.MARKED_WRONG})
"""Flags of scores that are not on the scale of 0-100 or are known to be wrong; means exclude them."""

ABOUT: dict[Flag, tuple[str, ...]] = {
    Flag.AGENCY_DOUBT: ("agency",),
    Flag.PLACE_DOUBT: ("district", "subdistrict", "province"),
    Flag.PERIOD_DOUBT: ("period_start", "period_end", "period_as_written"),
    Flag.AMBIGUOUS_AGENCY: ("agency",),
    Flag.AMBIGUOUS_FISCAL_YEAR: ("fiscal_year",),
    Flag.AMBIGUOUS_OVERALL: ("overall_score",),
    Flag.UNCONFIRMED_OVERALL: ("overall_score",),
    Flag.AMBIGUOUS_SCORE: ("score",),
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
    Flag.AMBIGUOUS_SCOPE: ("scope",),
    Flag.BY_ORDER: ("iit", "eit"),
    Flag.GRADE_BAND: ("grade", "overall_score"),
}
"""The columns that a flag concerns; all other flags concern the main column of their table."""

UNSURE_ABOUT = {
    "indicator": "indicator_no",
    "name": "indicator_no",
    "item": "item_code",
    "kind": "kind",
    "label": "kind",
    "year": "fiscal_year",
    "period": "period_as_written",
}
"""The columns that the reasons of `unsure_*` concern, where a table has them; all other reasons, the main column."""

ONE_FACT = frozenset({Flag.SUM_MISMATCH, Flag.NUMBER_CONFLICT})
"""Flags that several rows of a report share because of one fact; together they are one doubt."""

GENERAL = (Flag.UNSURE, Flag.OCR, Flag.GARBLED, Flag.LAYOUT_UNCERTAIN, Flag.LIKELY_HEADING)
"""Flags that say little about what is wrong: the weakest first. Of several flags of a value, others tell more."""
