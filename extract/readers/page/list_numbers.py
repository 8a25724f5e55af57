"""Numbers of three digits at the start of a line: they open a list item only where the list counts up to them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thaita.normalize.numerals import to_arabic

_LARGE = re.compile(r"\s*[(]?([1-9]\d\d)(?:[.]\d{1,3})*[.)](?!\d)|\s*([1-9]\d\d)[.]\d{1,3}\s")
_LEAD = re.compile(r"\s*[(]?(\d{1,3})(?:[.]\d{1,3})*(?:[.)]|\s)")


def counts_on(line: str, before: Iterable[str]) -> bool:
    """Tell whether a line begins with a number of three digits that counts on from an earlier line's.

    A shorter number is a marker by itself; a longer one may be an amount that the line break happened to
    put first.

    >>> counts_on("๑๐๐. จัดอบรม", ["แก่บุคลากรทุกคน", "๙๙. จัดทำคู่มือ"])
    True
    >>> counts_on("100) คะแนน", ["ได้คะแนนเต็ม (จาก"])
    False
    """
    large = _LARGE.match(to_arabic(line))
    if large is None:
        return False
    number = int(large[1] or large[2])
    leads = (_LEAD.match(to_arabic(other)) for other in before)
    return any(int(lead[1]) in (number - 1, number) for lead in leads if lead)
