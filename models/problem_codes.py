"""The codes of problems: what a person should look at, how bad it usually is, and what it means."""

from __future__ import annotations

from thaita.models.codes import Code, Severity


class ProblemCode(Code):
    """The code of a problem of a report, or of a file that gave no report (`of_file`).

    `severity` is the usual one: what reports a problem may know better in a single case.
    """

    # fmt: off
    ATTACHMENT = ("attachment", "warning", "the PDF carries other files, which were not read", "PDF มีไฟล์แนบที่ไม่ได้อ่าน")
    CORRECTION_CONFLICT = ("correction_conflict", "warning", "corrected scores contradict one another", "คะแนนที่แก้แล้วขัดกันเอง")
    CORRECTION_DAMAGED = ("correction_damaged", "warning", "a line of the file of corrections is no decision", "มีบรรทัดในไฟล์การแก้ไขที่อ่านไม่ได้")
    CORRECTION_NOT_APPLIED = ("correction_not_applied", "warning", "a decision of a reviewer has no effect any more: its source or value has changed", "ผลการตรวจใช้ไม่ได้แล้ว เพราะต้นฉบับหรือค่าที่อ่านได้เปลี่ยนไป")
    DOUBLED_LETTERS = ("doubled_letters", "warning", "letters printed twice were halved; check figures", "ตัวอักษรซ้ำสอง")
    ENCODING = ("encoding", "warning", "the encoding of a text file was doubtful", "การเข้ารหัสไม่แน่ชัด")
    FONT_LETTERS = ("font_letters", "warning", "a font writes other letters for Thai marks", "แบบอักษรใช้ตัวอื่นแทนสระหรือวรรณยุกต์")
    GARBLED_TEXT = ("garbled_text", "warning", "lines hold what no Thai spelling allows", "มีบรรทัดที่สะกดเป็นภาษาไทยไม่ได้")
    GRADE_BAND = ("grade_band", "warning", "the grade's band excludes the score", "ระดับไม่ตรงกับช่วงคะแนน")
    HIDDEN_TEXT = ("hidden_text", "warning", "a document hides text; it was left out", "มีข้อความที่ซ่อนไว้")
    HOPELESS_TEXT = ("hopeless_text", "warning", "the text is no readable Thai", "ข้อความอ่านไม่ได้")
    IMAGE = ("image", "info", "a large picture may hold text that was not read", "มีรูปภาพที่อาจมีข้อความ")
    IMPORTED_PART = ("imported_part", "warning", "a document brings in another file, which was not read", "มีไฟล์อื่นฝังอยู่")
    INSTRUMENT_CONFLICT = ("instrument_conflict", "warning", "an indicator stands under another instrument", "ตัวชี้วัดอยู่ใต้เครื่องมืออื่น")
    NO_TEXT = ("no_text", "warning", "the document holds no text", "ไม่มีข้อความ")
    NOT_ITA = ("not_ita", "error", "nothing in the file speaks of an ITA assessment", "ไม่ใช่รายงาน ITA")
    NOTHING_READ = ("nothing_read", "warning", "the file speaks of ITA, but no table took anything", "ไม่พบข้อมูลในรายงาน")
    NUMBER_CONFLICT = ("number_conflict", "info", "the report numbers indicators in its own order", "รายงานเรียงลำดับตัวชี้วัดเอง")
    NUMBER_FORMAT = ("number_format", "info", "a list is numbered in a way that could not be shown", "รูปแบบเลขลำดับแปลก")
    OCR = ("ocr", "info", "a page was read by OCR", "อ่านหน้านี้ด้วย OCR")
    OCR_FAILED = ("ocr_failed", "warning", "a page could not be read by OCR", "อ่านหน้านี้ด้วย OCR ไม่ได้")
    OCR_MISSING = ("ocr_missing", "warning", "OCR is not installed", "ไม่ได้ติดตั้งโปรแกรม OCR")
    OTHER_VERSION = ("other_version", "warning", "the words of an earlier file, with other figures", "ข้อความเหมือนไฟล์ก่อนหน้า แต่ตัวเลขต่างกัน")
    OBJECT = ("object", "warning", "an embedded object was not read", "มีวัตถุฝังที่ไม่ได้อ่าน")
    OTHER_SCHEME = ("other_scheme", "warning", "the report is of another scheme", "เป็นการประเมินแบบอื่น")
    PART = ("part", "warning", "a part of the document is damaged", "บางส่วนของเอกสารเสีย")
    PROSE_CONTRADICTS_SCORES = ("prose_contradicts_scores", "warning", "a sentence contradicts the ranking", "ข้อความขัดกับคะแนน")
    RANGE = ("range", "error", "a score is not between 0 and 100", "คะแนนเกินช่วง")
    SAME_REPORT = ("same_report", "info", "the same report as an earlier file's", "รายงานเดียวกับไฟล์ก่อนหน้า")
    SCORE_CONFLICT = ("score_conflict", "warning", "places of the report state different scores", "คะแนนในรายงานไม่ตรงกัน")
    STRUCK_TEXT = ("struck_text", "info", "crossed-out text was left out", "มีข้อความที่ขีดฆ่า ไม่ได้นำมาใช้")
    SCORES_MISSING = ("scores_missing", "warning", "scores of some of the ten indicators were not found, or figures beside their names are none for certain", "ไม่พบคะแนนของบางตัวชี้วัด หรือมีตัวเลขข้างชื่อตัวชี้วัดที่ไม่แน่ใจว่าเป็นคะแนน")
    SUM_MISMATCH = ("sum_mismatch", "warning", "the total is not what the indicators give", "คะแนนรวมไม่ตรงกับตัวชี้วัด")
    NO_TEXT_LAYER = ("no_text_layer", "warning", "a page of the PDF is a picture with little or no text; it needs OCR", "หน้าเป็นภาพ มีข้อความน้อยหรือไม่มีเลย ต้องใช้ OCR")
    PAGE_DAMAGED = ("page_damaged", "warning", "a page of the PDF could not be read", "อ่านหน้าไม่ได้")
    SECOND_READING = ("second_reading", "warning", "a line's letters were taken from the other PDF engine", "บรรทัดที่ใช้ผลการอ่านของโปรแกรมอ่าน PDF ตัวที่สอง")
    LIMIT_REACHED = ("limit_reached", "warning", "a limit of time or pixels was reached, and the rest of the report was not read", "ถึงขีดจำกัดเวลาหรือจำนวนพิกเซล ส่วนที่เหลือของรายงานไม่ได้อ่าน")
    TOO_MANY_PAGES = ("too_many_pages", "warning", "the PDF has more pages than are read", "จำนวนหน้าเกินกำหนด")
    TRUNCATED = ("truncated", "warning", "the PDF is cut off; what could be read was read", "ไฟล์ถูกตัด")
    XFA = ("xfa", "warning", "the PDF is an XFA form, whose pages only Adobe Reader can build", "เป็นแบบฟอร์ม XFA เปิดได้เฉพาะ Adobe Reader")
    TRACKED_CHANGES = ("tracked_changes", "info", "a document has tracked changes; the new text counts", "มีการติดตามการแก้ไข")

    EMPTY = ("empty", "error", "the file is empty, or holds no page or text", "ไฟล์ว่าง หรือไม่มีหน้าหรือข้อความ", True)
    ENCRYPTED = ("encrypted", "error", "the file is locked by a password", "ไฟล์ติดรหัสผ่าน", True)
    DAMAGED = ("damaged", "error", "the file is damaged or cut off", "ไฟล์เสียหรือไม่ครบ", True)
    WRONG_FORMAT = ("wrong_format", "error", "the file is not of the format that its name promises", "เนื้อไฟล์ไม่ตรงกับนามสกุล", True)
    UNSUPPORTED_FORMAT = ("unsupported_format", "warning", "the file is of a format that this version does not read", "ไฟล์ชนิดที่โปรแกรมรุ่นนี้ยังอ่านไม่ได้", True)
    OTHER_FILE = ("other_file", "info", "the file is of a kind that reports never are: a table, settings, a program, a README", "ไฟล์ชนิดที่ไม่ใช่รายงาน เช่น ตาราง การตั้งค่า โปรแกรม", True)
    DUPLICATE_FILE = ("duplicate_file", "info", "the same bytes as an earlier file, which gave the report", "เนื้อไฟล์เหมือนไฟล์ก่อนหน้าทุกไบต์", True)
    TOO_LARGE = ("too_large", "error", "the file, a part of it or its picture is larger than is read", "ไฟล์หรือภาพใหญ่เกินกำหนด", True)
    TOO_COMPLEX = ("too_complex", "error", "reading the file, or one page of a scan, twice took more processor time or memory than allowed, or ended the process that read it (`--timeout` and `--memory` change the limits)", "การอ่านไฟล์ใช้เวลาหรือหน่วยความจำเกินกำหนดสองครั้ง", True)
    TIMED_OUT = ("timed_out", "error", "reading the file did not end, though it used little processor time: its storage does not answer, or the machine is overloaded; the next run tries again", "การอ่านไฟล์ไม่จบในเวลาที่กำหนด จะลองใหม่ในครั้งถัดไป", True)
    CHANGED = ("changed", "error", "the file was written while it was read", "ไฟล์ถูกแก้ระหว่างการอ่าน", True)
    NO_PERMISSION = ("no_permission", "error", "the file or folder cannot be opened: no permission", "ไม่มีสิทธิ์เปิดไฟล์หรือโฟลเดอร์", True)
    NOT_FOUND = ("not_found", "error", "a broken link, or a file or page that was removed meanwhile", "ไม่พบไฟล์หรือหน้า", True)
    IO_ERROR = ("io_error", "error", "the file or folder cannot be read", "อ่านไฟล์หรือโฟลเดอร์ไม่ได้", True)
    NOT_A_FILE = ("not_a_file", "error", "a folder that is named like a report, a pipe, a socket, a device", "ไม่ใช่ไฟล์ปกติ", True)
    LINK_LOOP = ("link_loop", "error", "a link that leads to itself or to a folder that holds it", "ลิงก์ที่วนกลับมาที่เดิม", True)
    LINKED_FOLDER = ("linked_folder", "warning", "a link to a folder, which is not followed", "ลิงก์ไปยังโฟลเดอร์ ไม่ได้ตามไปอ่าน", True)
    OUTSIDE_LINK = ("outside_link", "warning", "a link to a file outside the archive: `--follow-links` reads it", "ลิงก์ไปยังไฟล์นอกคลัง", True)
    HIDDEN = ("hidden", "info", "a hidden file or folder (its name starts with a dot): nothing in it is read", "ไฟล์หรือโฟลเดอร์ที่ซ่อนไว้", True)
    INTERNAL = ("internal", "error", "the program failed on the file: a fault of the program", "โปรแกรมทำงานผิดพลาดกับไฟล์นี้", True)
    # fmt: on

    def __init__(self, code: str, severity: Severity, en: str, th: str, of_file: bool = False) -> None:
        super().__init__(code, en, th)
        self.severity: Severity = severity
        self.of_file = of_file


OF_REPORTS = tuple(code for code in ProblemCode if not code.of_file)
"""The codes that rows of a report carry."""

OF_FILES = tuple(code for code in ProblemCode if code.of_file)
"""The codes that only files without a report carry."""

ABOUT: dict[str, tuple[str, ...]] = {ProblemCode.GRADE_BAND: ("grade", "overall_score")}
"""The columns that a problem is about, where no flag of the same name says it."""
