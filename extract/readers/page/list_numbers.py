"""List numbers of three digits: they start an item only if the list counts up to them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thaita.normalize.numerals import to_arabic

_THREE_DIGITS = re.compile(r"\s*[(]?([1-9]\d\d)(?:[.]\d{1,3})*[.)](?!\d)|\s*([1-9]\d\d)[.]\d{1,3}\s")
_NUMBER_AT_START = re.compile(r"\s*[(]?(\d{1,3})(?:[.]\d{1,3})*(?:[.)]|\s)")


def continues_numbering(line: str, before: Iterable[str]) -> bool:
    """Return whether a line starts with a three-digit number that continues the numbering of an earlier line.

    A shorter number is always a list marker. A longer one may be an amount that a line break moved to the
    start of the line.

    >>> continues_numbering("๑๐๐. จัดอบรม", ["แก่บุคลากรทุกคน", "๙๙. จัดทำคู่มือ"])
    True
    >>> continues_numbering("100) คะแนน", ["ได้คะแนนเต็ม (จาก"])
    False
    """
    large = _THREE_DIGITS.match(to_arabic(line))
    if large is None:
        return False
    number = int(large[1] or large[2])
    leads = (_NUMBER_AT_START.match(to_arabic(other)) for other in before)
    return any(int(lead[1]) in (number - 1, number) for lead in leads if lead)
