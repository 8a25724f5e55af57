"""Numbers that start an item only if the list counts up to them: those of three digits, and 2.2 without a dot."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thaita.normalize.numerals import strip_marker, to_arabic

_THREE_DIGITS = re.compile(r"\s*[(]?([1-9]\d\d)(?:[.]\d{1,3})*[.)](?!\d)|\s*([1-9]\d\d)[.]\d{1,3}\s")
_SECTION = re.compile(r"\s*(\d{1,2}(?:[.]\d{1,2})+)\s+(?=[\u0e01-\u0e4e])")
_NUMBER_AT_START = re.compile(r"\s*[(]?(\d{1,3})(?:[.]\d{1,3})*(?:[.)]|\s)")


def continues_numbering(line: str, before: Iterable[str]) -> bool:
    """Return whether a line starts with a number that continues the numbering of an earlier line.

    That is a number of three digits, or a section number such as 2.2 without a dot after it; any other number is a
    list marker in any case. These may be an amount that a line break moved to the
    start of the line.

    >>> continues_numbering("๑๐๐. จัดอบรม", ["แก่บุคลากรทุกคน", "๙๙. จัดทำคู่มือ"])
    True
    >>> continues_numbering("100) คะแนน", ["ได้คะแนนเต็ม (จาก"])
    False
    """
    earlier = list(before)
    if _continues_sections(line, earlier):
        return True
    large = _THREE_DIGITS.match(to_arabic(line))
    if large is None:
        return False
    number = int(large[1] or large[2])
    leads = (_NUMBER_AT_START.match(to_arabic(other)) for other in earlier)
    return any(int(lead[1]) in (number - 1, number) for lead in leads if lead)


def _continues_sections(line: str, before: Iterable[str]) -> bool:
    """Return whether a line starts with the section number that follows the one at the start of an earlier line."""
    number = _SECTION.match(to_arabic(line))
    if number is None or not strip_marker(line)[0]:
        return False
    path = [int(part) for part in number[1].split(".")]
    for other in before:
        lead = _SECTION.match(to_arabic(other))
        if lead is not None:
            above = [int(part) for part in lead[1].split(".")]
            return path == [*above, 1] or any(
                path == [*above[:at], above[at] + 1] for at in range(len(above))
            )
    return False
