"""Superscript figures after a number: footnote marks, or parts of the number itself."""

from __future__ import annotations

import re

_HOUR = re.compile(r"(?<![\d๐-๙.,:])[\d๐-๙]{1,2}$")
_MINUTES = re.compile(r"[0-5๐-๕][\d๐-๙]")
_TEN = re.compile(r"(?<![\d๐-๙.,])(?:10|๑๐)$")
_OF_A_UNIT = re.compile(r"[\d๐-๙]\s?[ก-ฮ][\u0e01-\u0e4e.]*$")
_POWER = re.compile(r"[23๒๓]")


def belongs_to_number(before: str, raised: str, after: str = "") -> bool:
    """Return whether a superscript figure belongs to the number before it and is not a footnote mark.

    Such figures are minutes after hours, powers after a ten or a unit, and numerators before a slash. `before`
    and `after` are the texts on either side.

    >>> belongs_to_number("เวลา 08", "30"), belongs_to_number("3x10", "2"), belongs_to_number("20 ม", "2")
    (True, True, True)
    >>> belongs_to_number("5", "1", "/2"), belongs_to_number("86.75", "1"), belongs_to_number("การใช้อำนาจ", "2")
    (True, False, False)
    """
    mark = raised.strip()
    return bool(
        (_MINUTES.fullmatch(mark) and _HOUR.search(before))
        or (mark.isdigit() and _TEN.search(before))
        or (_POWER.fullmatch(mark) and _OF_A_UNIT.search(before))
        or (mark.isdigit() and after.lstrip().startswith(("/", "⁄")))
    )
