"""Texts of the review page, in Thai and English."""

from __future__ import annotations

from thaita.models.verdicts import Language

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("ตรวจทานข้อมูล ITA", "Review of ITA reports"),
    "reports": ("รายงาน", "reports"),
    "report": ("รายงาน", "Report"),
    "agency": ("หน่วยงาน", "Agency"),
    "year": ("ปี", "Year"),
    "undecided": ("ข้อสงสัยที่ยังไม่ตรวจ", "undecided doubts"),
    "doubts": ("ข้อสงสัย", "Doubts"),
    "decided": ("ตรวจแล้ว", "Decided"),
    "problems": ("เรื่องที่ควรดู", "Problems"),
    "search": ("ค้นชื่อหน่วยงาน จังหวัด หรือไฟล์", "Search agency, province or file"),
    "any_doubt": ("ข้อสงสัยทุกชนิด", "any doubt"),
    "only_undecided": ("เฉพาะที่ยังไม่ตรวจ", "undecided only"),
    "show": ("แสดง", "Show"),
    "none_found": ("ไม่พบรายงานที่ตรงกับเงื่อนไข", "No reports match."),
    "all_reports": ("รายงานทั้งหมด", "All reports"),
    "previous": ("ก่อนหน้า", "Previous"),
    "next": ("ถัดไป", "Next"),
    "page_of": ("หน้า {page} จาก {pages}", "page {page} of {pages}"),
    "without": (
        "อีก {count} ไฟล์อ่านเป็นรายงานไม่ได้ ดู problems.csv",
        "{count} other files could not be read as reports: see problems.csv",
    ),
    "counts": (
        "{reports} รายงาน · {doubts} ข้อสงสัยที่ยังไม่ตรวจ · ตรวจแล้ว {decided} ค่า",
        "{reports} reports · {doubts} undecided doubts · {decided} values decided",
    ),
    "damaged": ("มี {count} บรรทัดในไฟล์ {file} ที่อ่านไม่ได้", "{count} lines of {file} cannot be read"),
    "kept_in": ("บันทึกไว้ที่ {file} และใช้เมื่อ extract ครั้งถัดไป", "Saved in {file}; the next extract applies it."),
    "who": ("ชื่อผู้ตรวจ", "Your name"),
    "language": ("English", "ภาษาไทย"),
    "source_image": ("ต้นฉบับ", "Source"),
    "fields": ("ค่าที่อ่านได้", "Values"),
    "page": ("หน้า", "page"),
    "zoom_in": ("ขยาย", "Zoom in"),
    "turn": ("กลับหัวกระดาษ", "Rotate 180°"),
    "zoom_out": ("ย่อ", "Zoom out"),
    "scores": ("คะแนนตัวชี้วัด", "Scores"),
    "findings": ("ข้อค้นพบ", "Findings"),
    "measures": ("มาตรการ", "Measures"),
    "measure_steps": ("ขั้นตอน", "Steps"),
    "measure_owners": ("ผู้รับผิดชอบ", "Owners"),
    "nothing": ("ว่าง", "empty"),
    "was_read": ("อ่านได้ว่า", "Read as"),
    "quote": ("ข้อความต้นฉบับ", "Source text"),
    "sure": ("ความมั่นใจ", "Confidence"),
    "new_value": ("ค่าที่ถูกต้อง", "Correct value"),
    "why": ("เหตุผล", "Reason"),
    "save": ("บันทึกค่าใหม่", "Save new value"),
    "accept": ("ค่าที่อ่านถูกต้อง", "Correct as read"),
    "wrong": ("ผิด แต่ไม่ทราบค่าที่ถูกต้อง", "Wrong, correct value unknown"),
    "withdraw": ("ยกเลิกผลการตรวจ", "Withdraw decision"),
    "next_doubt": ("ข้อสงสัยถัดไป", "Next doubt"),
    "choose": ("เลือกค่าทางขวาเพื่อดูที่มาในต้นฉบับ", "Select a value to see it in the source."),
    "keys": (
        "แป้นพิมพ์: ↑ ↓ เลื่อน · Enter แก้ · A ถูกต้อง · W ผิด · U ยกเลิก · N ข้อสงสัยถัดไป · Esc กลับ",
        "Keys: ↑ ↓ move · Enter edit · A accept · W wrong · U withdraw · N next doubt · Esc back",
    ),
    "pending": ("จะใช้เมื่อ extract ครั้งถัดไป", "applied by the next extract"),
    "by": ("โดย {by} เมื่อ {when}", "by {by}, {when}"),
    "correct_done": ("แก้แล้ว", "corrected"),
    "accept_done": ("ยืนยันแล้ว", "accepted"),
    "wrong_done": ("ระบุว่าผิด", "marked wrong"),
    "in_doubt": ("มีข้อสงสัย", "in doubt"),
    "saved": ("บันทึกแล้ว", "Saved."),
    "loading": ("กำลังเปิด…", "Opening…"),
    "reload": ("แสดงค่าล่าสุด", "Show current value"),
    "close": ("ปิด", "Close"),
    "yours": ("ค่าที่คุณกรอก: ", "You entered: "),
    "unreachable": (
        "ติดต่อโปรแกรม thaita ไม่ได้ ยังไม่ได้บันทึก เปิด thaita review อีกครั้ง",
        "thaita does not respond; nothing was saved. Start thaita review again.",
    ),
    "stale": (
        "มีผู้ตรวจค่านี้ไปก่อนแล้ว: {by} {what} เมื่อ {when} จึงยังไม่ได้บันทึกผลของคุณ",
        "Someone decided on this value in the meantime: {by} {what} on {when}. Your decision was not saved.",
    ),
    "stale_withdrawn": (
        "ผลการตรวจก่อนหน้าถูกยกเลิกไปแล้ว จึงยังไม่ได้บันทึกผลของคุณ",
        "The earlier decision was withdrawn in the meantime. Your decision was not saved.",
    ),
    "stale_correct": ("แก้เป็น “{value}”", "corrected it to “{value}”"),
    "stale_accept": ("ยืนยันว่าถูกต้อง", "accepted it"),
    "stale_wrong": ("ระบุว่าผิด", "marked it wrong"),
    "bad_request": ("คำขอไม่ถูกต้อง", "The request is invalid."),
    "not_found": ("ไม่มีหน้านี้ หรือชุดข้อมูลเปลี่ยนไปแล้ว", "This page does not exist, or the dataset has changed."),
    "not_written": ("เขียนไฟล์ไม่ได้: {reason}", "The file cannot be written: {reason}"),
    "no_archive": (
        "ไม่ทราบที่เก็บไฟล์รายงาน เริ่มใหม่โดยระบุ --archive โฟลเดอร์",
        "The folder of the reports is unknown: start again with --archive FOLDER.",
    ),
    "source_outside": (
        "ไฟล์รายงานอยู่นอกคลัง จึงไม่แสดง",
        "The report's file is outside the archive and is not shown.",
    ),
    "source_missing": ("ไม่พบไฟล์รายงานในคลัง", "The report's file is not in the archive."),
    "source_not_a_file": ("ต้นฉบับไม่ใช่ไฟล์ปกติ", "The report's source is not a regular file."),
    "source_changed": (
        "ไฟล์รายงานไม่ใช่ไฟล์เดิมที่อ่านไว้ ตำแหน่งจะผิด จึงไม่แสดง ให้ extract ใหม่",
        "The report's file has changed since it was read, so positions would be wrong: extract again.",
    ),
    "page_failed": ("แสดงต้นฉบับไม่ได้", "The source cannot be shown"),
    "reason_misread": ("อ่านผิด", "misread"),
    "reason_place": ("หยิบมาจากที่อื่น", "taken from another place"),
    "reason_source": ("ต้นฉบับเขียนผิด", "error in the source"),
    "reason_checked": ("ตรวจกับต้นฉบับแล้ว", "checked against the source"),
}

SCRIPT_TEXTS = ("was_read", "nothing", "sure", "saved", "loading", "unreachable", "yours", "page", "choose")
"""The texts that the page's script uses."""


def say(name: str, language: Language, **values: object) -> str:
    """Return a text in a language, its placeholders filled with values.

    >>> say("page_of", "en", page=1, pages=3)
    'page 1 of 3'
    """
    said = TEXTS[name][language == "en"]
    return said.format(**values) if values else said
