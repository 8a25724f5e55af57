"""Numbers whose digits are separated or in two scripts; repair never changes their value."""

from __future__ import annotations

import re
from unicodedata import decimal

from thaita.models.source_text import SourceText

_DIGIT = "0-9๐-๙"
_MIXED = re.compile(r"[0-9][.,]*[๐-๙]|[๐-๙][.,]*[0-9]")
_NUMBER = re.compile(rf"[{_DIGIT}]+(?:,[{_DIGIT}]{{3}}(?![{_DIGIT}]))*(?:\.[{_DIGIT}]+)*")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# An item code whose letter I or O was read as a digit: 1๑๙ is I19, ๐34 is O34.
_MAYBE_CODE = re.compile("[01][๐-๙]{1,2}|[๐๑][0-9]{1,2}")

_FOREIGN_DIGIT = re.compile(rf"(?![{_DIGIT}])\d")
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")
_HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# A dot in the middle of the line, before two decimals, as in scores.
_MIDDLE_DOT = re.compile(rf"(?<=[{_DIGIT}])[·‧∙⋅․](?=[{_DIGIT}]{{2}}(?![{_DIGIT}·‧∙⋅․.]))")

_SPACED = re.compile(rf"[{_DIGIT}] [.,][{_DIGIT}]")
# Without decimals, "125 ,126" may be a list of item codes.
_GROUPS = re.compile(
    rf"(?<![{_DIGIT}.,])(?![0๐])[{_DIGIT}]{{1,3}}(?: ?,[{_DIGIT}]{{3}}(?![{_DIGIT}])){{1,4}}"
    rf" ?\.[{_DIGIT}]{{2}}(?![{_DIGIT}.])"
)
# Two decimals, as in scores and money; "5 .5" may be anything.
_DECIMALS = re.compile(
    rf"(?<![{_DIGIT}.,] )(?<![{_DIGIT}.,])([{_DIGIT}]{{1,3}}) (\.[{_DIGIT}]{{2}})(?![{_DIGIT}]|\.[{_DIGIT}])"
)


def repair_numbers(text: SourceText) -> SourceText:
    """Write numbers with standard signs and in one script; close spaces before a comma or point.

    Digits of any other script or style (full-width, mathematical, Lao) become Arabic, full-width signs their
    standard forms, and a middle dot before two decimals a point.

    A number with digits of both scripts gets the script of most of its digits or, at a tie, that of the
    first. Lists such as (๐๒๕, ๐๒๖), numbers with a space after the comma and possible item codes (1๑๙ for
    I19) stay.

    >>> repair_numbers(SourceText.at("๒๗๙ ,๖๖๘.๔๔ บาท ปี ๒๕๖7", 0)).chars
    '๒๗๙,๖๖๘.๔๔ บาท ปี ๒๕๖๗'
    """
    if not text.chars.isascii():
        text = _with_standard_signs(text)
    if _SPACED.search(text.chars):
        text = text.sub(_GROUPS, lambda match: match[0].replace(" ", ""))
        text = text.sub(_DECIMALS, r"\1\2")
    if _MIXED.search(text.chars):
        text = text.sub(_NUMBER, lambda match: _in_one_script(match[0]))
    return text


def _with_standard_signs(text: SourceText) -> SourceText:
    if _FULL_WIDTH.search(text.chars):
        text = text.translate(_HALF_WIDTH)
    if _FOREIGN_DIGIT.search(text.chars):
        text = text.sub(_FOREIGN_DIGIT, lambda match: str(decimal(match[0])))
    return text.sub(_MIDDLE_DOT, ".")


def _in_one_script(number: str) -> str:
    thai = sum("๐" <= char <= "๙" for char in number)
    arabic = sum("0" <= char <= "9" for char in number)
    if not thai or not arabic or _MAYBE_CODE.fullmatch(number):
        return number
    if thai > arabic or (thai == arabic and "๐" <= number[0] <= "๙"):
        return number.translate(_TO_THAI)
    return number.translate(_TO_ARABIC)
