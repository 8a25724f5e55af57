"""Numbers and list markers in Thai text: Thai digits, Arabic digits, and both in one number.

Only quantities are returned: dates and years, item codes (O34, ๐๓๔), section numbers (1.2.3), references
(มาตรา ๙), telephone numbers and list markers are excluded. The meaning of a comma or a sign can be
ambiguous; such numbers carry a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from thaita.normalize.cue_words import any_cue
from thaita.normalize.dates import any_word, find_dates, find_years
from thaita.normalize.list_items import BULLETS, THAI, list_marks
from thaita.normalize.match_key import in_arabic
from thaita.normalize.memo import per_document


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its position.

    `doubt`: `comma_decimal` (a comma read as the decimal point), `mixed_digits` (Thai and Arabic digits
    in one number), `sign` (a plus or minus precedes it, which `value` ignores because it may be a bullet).
    """

    value: Decimal
    start: int
    end: int
    as_written: str
    percent: bool = False
    doubt: tuple[str, ...] = ()


def to_arabic(text: str) -> str:
    """Return the text with Thai digits replaced by Arabic ones; its length does not change.

    >>> to_arabic("๒๕๖7")
    '2567'
    """
    return in_arabic(text)


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The number of a heading, such as ส่วนที่ ๒, 1.2. or ก.

    `form` is how it looks, with # for its digits or letter and without white space; `end` is where it ends in the
    text, `digits` whether it consists of digits.
    """

    form: str
    end: int
    digits: bool


_HEADING_NUMBER = re.compile(
    rf"\s*(?:{any_cue('part')})?\s*[(]?"
    r"(?:(?P<digits>\d{1,2}(?:\s?[.]\s?\d{1,2})*)\s?|(?P<letter>[ก-ฮ])(?=[.)]))[.)]?"
)
_DIGITS = re.compile(r"\d+")


def heading_number(text: str) -> HeadingNumber | None:
    """Return the number with which a heading starts; None without one.

    Whether a line is a heading at all is for others to decide: this is also the start of "85.32 คะแนน".

    >>> heading_number("ส่วนที่ ๒ ผลการประเมิน").form, heading_number("(1.2) คะแนน").form, heading_number("ก. ผล").form
    ('ส่วนที่#', '(#.#)', '#.')
    """
    match = _HEADING_NUMBER.match(to_arabic(text))
    if match is None:
        return None
    number = match["digits"] or match["letter"]
    form = match[0].replace(number, _DIGITS.sub("#", number) if match["digits"] else "#")
    return HeadingNumber("".join(form.split()), match.end(), digits=match["digits"] is not None)


_DIGIT = re.compile(r"[0-9๐-๙]")
_RUN = re.compile(r"\d{16,}|(?:\d+\.){8,}\d*|\d+(?:\s?,\d{3}){5,}")
"""Runs of digits that are not quantities, such as account numbers or noise. A number has at most 15 digits."""
_NUMBER = re.compile(
    r"(?P<comma>(?<![\d,])\d{1,3},\d\d(?![\d,]))"
    r"|(?P<plain>(?:[1-9]\d{0,2}(?:\s?,\d{3}(?!\d))+|\d+)(?:\s?\.\d+|\.[ ]\d\d(?![\d.)]))?)"
)
# Expressions with digits that are not quantities: section numbers, telephone numbers, codes, times, URLs.
_NOT_A_NUMBER = re.compile(
    r"\d+(?:\.\d+){2,}|\d+(?:-\d+){2,}|[A-Za-z]\d[\d.,]*|(?<![\d.,])(?<!\d[.][ ])0\d+(?:\.\d+)?|0-\d[\d-]*|https?://\S+"
    rf"|\d{{1,2}}[.:]\d\d(?=\s*{any_cue('clock')})"
    r"|^[ \t]*\(?\d{1,2}(?:[.)]+(?!\d))|^[ \t]*\(\d{1,2}\)",
    re.MULTILINE,
)

_TORN = re.compile(r"\d{1,2}[ \u00a0]\d{1,2}[.]\d{1,2}(?![\d.])")
"""A number of one or two digits right before a decimal, which may be its first digit: 8 4.1."""
_PER_CENT = re.compile(rf"{any_cue('percent')}\s*$")


def _value(written: str) -> Decimal:
    return Decimal(re.sub(r"[\s,]", "", written))


def find_numbers(text: str) -> list[Number]:
    """Return the numbers in the text, in order, without dates, codes, references and markers.

    >>> [(str(n.value), n.as_written) for n in find_numbers("ข้อ O34 ได้ ๙๐.๐๙ คะแนน ปี ๒๕๖๘ (ร้อยละ ๘๗)")]
    [('90.09', '๙๐.๐๙'), ('87', '๘๗')]
    """
    return list(_find_numbers(text)) if _DIGIT.search(text) else []


@per_document
def _find_numbers(text: str) -> tuple[Number, ...]:
    arabic = _RUN.sub(lambda run: "x" * len(run[0]), to_arabic(text))
    taken = [m.span() for m in _NOT_A_NUMBER.finditer(arabic)]
    taken += [(d.start, d.end) for d in find_dates(text)]
    taken += [(y.start, y.end) for y in find_years(text) if y.kind != "bare"]
    taken += [(m.start, m.body) for m in list_marks(text) if m.number]
    held = bytearray(len(text))
    for begin, stop in taken:
        held[begin:stop] = b"\x01" * (stop - begin)
    found: list[Number] = []
    for match in _NUMBER.finditer(arabic):
        start, end = match.span()
        refers = re.search(rf"{any_word('reference')}\s*$", arabic[max(0, start - 40) : start])
        if refers or any(held[start:end]):
            continue
        sign = re.search(r"(?:^|[\s(])[-–−+]$", arabic[max(0, start - 2) : start])
        percent = re.match(r"\s?%", arabic[end : end + 2])
        whole = end + (percent.end() if percent else 0)
        per_cent = bool(percent or _PER_CENT.search(arabic, max(0, start - 12), start))
        mixed = len({"๐" <= c <= "๙" for c in text[start:end] if c.isdigit()}) > 1
        spaced = re.search(r"[.] ", match[0]) or _TORN.match(arabic, start)
        codes = {
            "spaced_decimal": spaced,
            "comma_decimal": match["comma"],
            "mixed_digits": mixed,
            "sign": sign,
        }
        doubt = tuple(code for code, holds in codes.items() if holds)
        value = Decimal(match["comma"].replace(",", ".")) if match["comma"] else _value(match["plain"])
        found.append(Number(value, start, whole, text[start:whole], per_cent, doubt))
    return tuple(found)


_MARKER = re.compile(
    rf"\s*(?P<marker>\(\d{{1,2}}\)|\d{{1,3}}(?:\s?\.\s?\d{{1,3}})+[.)]?(?=\s*[{THAI}A-Za-z])|\d{{1,2}}\s?[.)]+(?!\s?\d)|\d{{1,2}}/(?=\s)"
    rf"|(?:\([1-9]\d\d\)|[1-9]\d\d[.)]+)(?=\s*[“\"(]?[{THAI}A-Za-z])"
    rf"|(?:\*(?!\*)|[{BULLETS.replace('*', '')}])(?!\d)|[กขคง]\.(?=\s)|[ก-ช]\))\s*"
)
_MEASURED = re.compile(r"คะแนน|ชั่วโมง|นาที|บาท")
"""Units of decimals that can run on into other words."""
_CODE = re.compile(r"\s*[A-Za-z]\d{1,2}(?!\d)")
_BARE = re.compile(rf"\s*(?P<marker>\d{{1,2}})\s+(?=[{THAI}A-Za-z])")


@per_document
def strip_marker(text: str, *, bare: bool = False, below: str = "") -> tuple[str, int]:
    """Return the list marker at the start of the text and the offset of the rest; `("", 0)` if there is none.

    A number without dot or bracket ("๑ ประกาศ") is a marker only if `bare` is set, because the caller knows
    that the text is a list item. `below` is the number of the enclosing item or label, in Arabic digits: 40.1
    is a marker below 40 and a quantity elsewhere.

    >>> strip_marker("๑.ประชุม"), strip_marker("๑ ประกาศ"), strip_marker("๑ ประกาศ", bare=True)
    (('๑.', 2), ('', 0), ('๑', 2))
    """
    arabic = to_arabic(text)
    match = _MARKER.match(arabic) or (_BARE.match(arabic) if bare else None)
    if match is None:
        return "", 0
    following = arabic[match.end() :]
    parts = [int(part) for part in re.findall(r"\d+", match["marker"])]
    # "12.5 คะแนน", "100) คน" and "๓๐. ก.ย." start with a quantity, not with a marker.
    # "1.3 ข้อเสนอแนะ" and "3.1 ตัวชี้วัดที่ 1" are headings: most units count only where no word goes on after them.
    unit = re.match(rf"%|{any_word('unit')}", following)
    runs_on = unit is not None and re.match(rf"[{THAI}]", following[unit.end() :])
    coded = unit is not None and _CODE.match(following, unit.end())  # "3.1 ข้อ I4 …"
    counted = unit and not coded and (not runs_on or _MEASURED.match(following))
    known = bool(below) and parts[:-1] == [int(part) for part in below.split(".")]
    measured = bool(parts) and (
        (len(parts) == 2 and bool(counted))
        or (len(parts) > 1 and max(parts) > 30 and not known)
        or (len(parts) == 1 and parts[0] >= 100 and counted)
    )
    dated = find_dates(text[: match.end() + 12])
    if measured or (parts and dated and dated[0].start <= match.start("marker") and dated[0].day is not None):
        return "", 0
    return text[slice(*match.span("marker"))], match.end()
