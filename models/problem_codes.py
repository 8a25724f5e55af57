"""The codes of problems that a person should look at, with default severities and meanings."""

from __future__ import annotations

import re

from thaita.models.codes import Code, Severity


class ProblemCode(Code):
    """The code of a problem with a report, or with a file that yielded no report (`of_file`).

    `severity` is the default; code that reports a problem can set another one.
    """

    # fmt: off
    ATTACHMENT = ("attachment", "warning", "the PDF has attachments, which were not read", "PDF มีไฟล์แนบที่ไม่ได้อ่าน")
    CORRECTION_CONFLICT = ("correction_conflict", "warning", "corrected scores contradict one another", "คะแนนที่แก้แล้วขัดกันเอง")
    CORRECTION_DAMAGED = ("correction_damaged", "warning", "a line in the file of corrections is not a valid decision", "มีบรรทัดในไฟล์การแก้ไขที่อ่านไม่ได้")
    CORRECTION_NOT_APPLIED = ("correction_not_applied", "warning", "a reviewer's decision no longer applies because its source or value has changed", "ผลการตรวจใช้ไม่ได้แล้ว เพราะต้นฉบับหรือค่าที่อ่านได้เปลี่ยนไป")
    CONVERTED = ("converted", "info", "LibreOffice converted the file before it was read", "แปลงไฟล์ด้วย LibreOffice ก่อนอ่าน")
    DOUBLED_LETTERS = ("doubled_letters", "warning", "letters printed twice were reduced to one; check the figures", "ตัดตัวอักษรที่พิมพ์ซ้ำออก ควรตรวจสอบตัวเลข")
    ENCODING = ("encoding", "warning", "the encoding of a text file is uncertain", "การเข้ารหัสของไฟล์ข้อความไม่แน่ชัด")
    FONT_LETTERS = ("font_letters", "warning", "a font uses other characters for Thai marks", "แบบอักษรใช้ตัวอื่นแทนสระหรือวรรณยุกต์")
    FORMULA = ("formula", "warning", "formulas of a workbook have no stored value and were not computed", "มีสูตรในสมุดงานที่ไม่มีค่าบันทึกไว้ จึงไม่ได้คำนวณ")
    GARBLED_TEXT = ("garbled_text", "warning", "lines contain letters that no Thai spelling allows", "มีบรรทัดที่สะกดเป็นภาษาไทยไม่ได้")
    GRADE_BAND = ("grade_band", "warning", "the score is outside the band of the grade", "ระดับไม่ตรงกับช่วงคะแนน")
    HIDDEN_TEXT = ("hidden_text", "warning", "the document has hidden text, which was omitted", "มีข้อความที่ซ่อนไว้ ไม่ได้นำมาใช้")
    HOPELESS_TEXT = ("hopeless_text", "warning", "the text is not readable Thai", "ข้อความอ่านไม่ได้")
    IMAGE = ("image", "info", "a large picture may contain text that was not read", "มีรูปภาพขนาดใหญ่ที่อาจมีข้อความซึ่งไม่ได้อ่าน")
    IMPORTED_PART = ("imported_part", "warning", "the document includes another file, which was not read", "เอกสารนำเข้าไฟล์อื่นซึ่งไม่ได้อ่าน")
    INSTRUMENT_CONFLICT = ("instrument_conflict", "warning", "an indicator is listed under another instrument", "ตัวชี้วัดอยู่ใต้เครื่องมืออื่น")
    NO_TEXT = ("no_text", "warning", "the document contains no text", "ไม่มีข้อความ")
    NOT_ITA = ("not_ita", "error", "the file does not mention an ITA assessment", "ไม่ใช่รายงาน ITA")
    NOTHING_READ = ("nothing_read", "warning", "the file mentions ITA, but no scores, findings or measures were found", "ไม่พบข้อมูลในรายงาน")
    NUMBER_CONFLICT = ("number_conflict", "info", "the report numbers the indicators in a different order", "รายงานเรียงลำดับตัวชี้วัดเอง")
    NUMBER_FORMAT = ("number_format", "info", "the number format of a list is unknown", "รูปแบบเลขลำดับแปลก")
    OCR = ("ocr", "info", "a page was read by OCR", "อ่านหน้านี้ด้วย OCR")
    OCR_FAILED = ("ocr_failed", "warning", "a page could not be read by OCR", "อ่านหน้านี้ด้วย OCR ไม่ได้")
    OCR_MISSING = ("ocr_missing", "warning", "OCR is not installed", "ไม่ได้ติดตั้งโปรแกรม OCR")
    OTHER_VERSION = ("other_version", "warning", "the text matches an earlier file, but the figures differ", "ข้อความเหมือนไฟล์ก่อนหน้า แต่ตัวเลขต่างกัน")
    OBJECT = ("object", "warning", "an embedded object was not read", "มีวัตถุฝังที่ไม่ได้อ่าน")
    OTHER_SCHEME = ("other_scheme", "warning", "the report uses another assessment scheme", "เป็นการประเมินแบบอื่น")
    PART = ("part", "warning", "part of the document is damaged", "บางส่วนของเอกสารเสีย")
    PASSAGE_ONLY = ("passage_only", "info", "the document is about another matter; only its passages on the assessment were read", "เอกสารว่าด้วยเรื่องอื่น อ่านเฉพาะส่วนที่เกี่ยวกับการประเมิน")
    PROSE_CONTRADICTS_SCORES = ("prose_contradicts_scores", "warning", "a sentence contradicts the ranking of the scores", "ข้อความขัดกับคะแนน")
    RANGE = ("range", "error", "a score is not between 0 and 100", "คะแนนเกินช่วง")
    SAME_REPORT = ("same_report", "info", "the file contains the same report as an earlier file", "รายงานเดียวกับไฟล์ก่อนหน้า")
    SCORE_CONFLICT = ("score_conflict", "warning", "the report states different scores for an indicator", "คะแนนในรายงานไม่ตรงกัน")
    STRUCK_TEXT = ("struck_text", "info", "crossed-out text was omitted", "มีข้อความที่ขีดฆ่า ไม่ได้นำมาใช้")
    SCORES_MISSING = ("scores_missing", "warning", "scores of some of the ten indicators were not found, or figures next to their names may not be scores", "ไม่พบคะแนนของบางตัวชี้วัด หรือมีตัวเลขข้างชื่อตัวชี้วัดซึ่งไม่แน่ว่าเป็นคะแนน")
    SUM_MISMATCH = ("sum_mismatch", "warning", "the total does not follow from the indicator scores", "คะแนนรวมไม่ตรงกับตัวชี้วัด")
    NO_TEXT_LAYER = ("no_text_layer", "warning", "a page of the PDF is a picture with little or no text; it needs OCR", "หน้าเป็นภาพ มีข้อความน้อยหรือไม่มีเลย ต้องใช้ OCR")
    PAGE_DAMAGED = ("page_damaged", "warning", "a page of the PDF could not be read", "อ่านหน้าไม่ได้")
    SECOND_READING = ("second_reading", "warning", "the text of a line was taken from the second PDF engine", "บรรทัดที่ใช้ผลการอ่านของโปรแกรมอ่าน PDF ตัวที่สอง")
    LIMIT_REACHED = ("limit_reached", "warning", "a limit on time, pixels or cells was reached; the rest of the report was not read", "ถึงขีดจำกัดเวลา จำนวนพิกเซล หรือจำนวนเซลล์ ส่วนที่เหลือของรายงานไม่ได้อ่าน")
    TOO_MANY_PAGES = ("too_many_pages", "warning", "the PDF exceeds the page limit", "จำนวนหน้าเกินกำหนด")
    TRUNCATED = ("truncated", "warning", "the PDF is truncated; the readable part was read", "ไฟล์ PDF ไม่ครบ อ่านเฉพาะส่วนที่อ่านได้")
    XFA = ("xfa", "warning", "the PDF is an XFA form, which only Adobe Reader can display", "เป็นแบบฟอร์ม XFA เปิดได้เฉพาะ Adobe Reader")
    TRACKED_CHANGES = ("tracked_changes", "info", "the document has tracked changes; the new text was read", "มีการติดตามการแก้ไข ใช้ข้อความใหม่")

    EMPTY = ("empty", "error", "the file is empty or contains no page or text", "ไฟล์ว่าง หรือไม่มีหน้าหรือข้อความ", True)
    ENCRYPTED = ("encrypted", "error", "the file is protected by a password", "ไฟล์ติดรหัสผ่าน", True)
    DAMAGED = ("damaged", "error", "the file is damaged or truncated", "ไฟล์เสียหรือไม่ครบ", True)
    WRONG_FORMAT = ("wrong_format", "error", "the format of the file does not match its name", "เนื้อไฟล์ไม่ตรงกับนามสกุล", True)
    UNSUPPORTED_FORMAT = ("unsupported_format", "warning", "this version cannot read the format of the file", "ไฟล์ชนิดที่โปรแกรมรุ่นนี้ยังอ่านไม่ได้", True)
    OTHER_FILE = ("other_file", "info", "the file type is never used for reports: tables, settings, programs, README files", "ไฟล์ชนิดที่ไม่ใช่รายงาน เช่น ตาราง การตั้งค่า โปรแกรม", True)
    DUPLICATE_FILE = ("duplicate_file", "info", "the file is byte-identical to an earlier file, from which the report was read", "เนื้อไฟล์เหมือนไฟล์ก่อนหน้าทุกไบต์", True)
    TOO_LARGE = ("too_large", "error", "the file, a part of it or a picture in it exceeds the size limit", "ไฟล์หรือภาพใหญ่เกินกำหนด", True)
    TOO_COMPLEX = ("too_complex", "error", "reading the file or a page of a scan twice exceeded the limits on processor time or memory, or crashed the worker process (`--timeout` and `--memory` change the limits)", "การอ่านไฟล์ใช้เวลาหรือหน่วยความจำเกินกำหนดสองครั้ง", True)
    TIMED_OUT = ("timed_out", "error", "reading the file did not finish although it used little processor time: the storage does not respond or the machine is overloaded; the next run tries again", "การอ่านไฟล์ไม่จบในเวลาที่กำหนด จะลองใหม่ในครั้งถัดไป", True)
    CHANGED = ("changed", "error", "the file changed while it was being read", "ไฟล์ถูกแก้ระหว่างการอ่าน", True)
    NO_PERMISSION = ("no_permission", "error", "the file or folder cannot be opened: no permission", "ไม่มีสิทธิ์เปิดไฟล์หรือโฟลเดอร์", True)
    NOT_FOUND = ("not_found", "error", "a broken link, or a file or page that was removed during the run", "ไม่พบไฟล์หรือหน้า", True)
    IO_ERROR = ("io_error", "error", "the file or folder cannot be read", "อ่านไฟล์หรือโฟลเดอร์ไม่ได้", True)
    NOT_A_FILE = ("not_a_file", "error", "not a regular file: a folder named like a report, a pipe, a socket or a device", "ไม่ใช่ไฟล์ปกติ", True)
    LINK_LOOP = ("link_loop", "error", "a link to itself or to a folder that contains it", "ลิงก์ที่วนกลับมาที่เดิม", True)
    LINKED_FOLDER = ("linked_folder", "warning", "a link to a folder, which is not followed", "ลิงก์ไปยังโฟลเดอร์ ไม่ได้ตามไปอ่าน", True)
    OUTSIDE_LINK = ("outside_link", "warning", "a link to a file outside the archive; use `--follow-links` to read it", "ลิงก์ไปยังไฟล์นอกคลัง", True)
    HIDDEN = ("hidden", "info", "a hidden file or folder (its name starts with a dot), which is not read", "ไฟล์หรือโฟลเดอร์ที่ซ่อนไว้ ไม่ได้อ่าน", True)
    INTERNAL = ("internal", "error", "an error in the program prevented reading the file", "โปรแกรมทำงานผิดพลาดกับไฟล์นี้", True)
    # fmt: on

    def __init__(self, code: str, severity: Severity, en: str, th: str, of_file: bool = False) -> None:
        super().__init__(code, en, th)
        self.severity: Severity = severity
        self.of_file = of_file


REPORT_CODES = tuple(code for code in ProblemCode if not code.of_file)
"""The codes of problems with reports."""

FILE_CODES = tuple(code for code in ProblemCode if code.of_file)
"""The codes of problems with files that yielded no report."""

ABOUT: dict[str, tuple[str, ...]] = {ProblemCode.GRADE_BAND: ("grade", "overall_score")}
"""The columns that a problem concerns, for problems without a flag of the same name."""

UNREAD_PARTS = (
    ProblemCode.LIMIT_REACHED,
    ProblemCode.TOO_MANY_PAGES,
    ProblemCode.XFA,
    ProblemCode.OCR_MISSING,
    ProblemCode.OCR_FAILED,
    ProblemCode.NO_TEXT_LAYER,
    ProblemCode.HOPELESS_TEXT,
    ProblemCode.ATTACHMENT,
    ProblemCode.IMAGE,
)
"""Problems of unread parts that may contain an assessment, starting with those the user can fix."""

READ_IN_PART = frozenset(
    {
        *UNREAD_PARTS,
        ProblemCode.IMPORTED_PART,
        ProblemCode.OBJECT,
        ProblemCode.PAGE_DAMAGED,
        ProblemCode.PART,
        ProblemCode.TRUNCATED,
    }
) - {ProblemCode.IMAGE}
"""Problems that say that a part of a report was not read; a picture in it may be anything."""

_PAGE = re.compile(r"\bpages? (\d+)", re.IGNORECASE)
_IN_ANY_LANGUAGE = re.compile(
    r"«[^«»]*»|(?<![\d.])\d+(?:\.\d+)?→\d+(?:\.\d+)?|[\u0e01-\u0e5b]+(?: [\u0e01-\u0e5b]+)*"
)


def thai_message(code: str, english: str) -> str:
    """Return the Thai meaning of a code, with the pages, quotes and Thai words of the English message.

    >>> thai_message("page_damaged", "page 3: «ก ข» is damaged")
    'อ่านหน้าไม่ได้ (หน้า 3, «ก ข»)'
    """
    known = ProblemCode.known(code)
    pages = [f"หน้า {page}" for page in _PAGE.findall(english)]
    details = ", ".join(dict.fromkeys([*pages, *_IN_ANY_LANGUAGE.findall(english)]))
    meaning = code if known is None else known.th
    return f"{meaning} ({details})" if details else meaning
