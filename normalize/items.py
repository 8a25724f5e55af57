"""Question and disclosure items (E11, I19, O34): decoding the spellings of authors and scans.

A code is a letter (I, E, O: the instrument) and a number. Thai digits are usual; scans read O as zero and I
as one, and lose letters. The content of an item changes from year to year, so `data/items.csv` is keyed by
year and code. If the code alone is ambiguous, the wording of the item decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from thaita.normalize.frameworks import InstrumentCode, item_letters
from thaita.normalize.match_key import ARABIC, fold
from thaita.normalize.names import Best, Spelling, best_match, read_table, spelling

INSTRUMENT_OF: dict[str, InstrumentCode] = item_letters()
LETTERS = "".join(INSTRUMENT_OF)

_CODES = sorted({row["code"] for row in read_table("items.csv")}, key=lambda code: int(code[1:]))
LAST_NUMBER = dict.fromkeys(LETTERS, 0) | {code[0]: int(code[1:]) for code in _CODES}
"""The highest number of each letter in any year (O48: FY2562)."""

LEAST_SIMILARITY, LEAST_MARGIN = 80.0, 8.0
"""Minimum similarity to the wording of an item, and minimum lead over the next item."""
SURE_SIMILARITY, SURE_MARGIN = 90.0, 15.0
SHORTEST_WORDING, LONGEST_WORDING = 20, 300
"""Length limits of the match key: a shorter text is ambiguous, a longer one is more than the wording of an item."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item mentioned in a text, at character offsets `start` to `end`.

    `certain` is False if another reading is possible; `reason` states how the code was read, and
    `candidates` are all possible codes, the most likely first.
    """

    code: str
    instrument: InstrumentCode
    no: int
    certain: bool
    reason: str
    start: int
    end: int
    candidates: tuple[str, ...]


class Reading(NamedTuple):
    """One possible reading of a token: its letter, its number, and how the letter was read."""

    letter: str
    no: int
    how: str


@cache
def wordings(year: int | None) -> tuple[Spelling[str], ...]:
    """Return the wordings of the items by code, in a fiscal year (B.E.) or in all years if None."""
    rows = (row for row in read_table("items.csv") if year is None or row["year"] == str(year))
    return tuple(spelling(row["code"], row["wording"]) for row in rows if row["wording"])


@cache
def _years_with_questions() -> tuple[int, ...]:
    return tuple({int(row["year"]) for row in read_table("items.csv") if row["instrument"] != "OIT"})


@cache
def last_number(letter: str, year: int | None) -> int:
    """Return the highest item number for a letter in a year; if the year's list has gaps, in any year."""
    rows = (row["code"] for row in read_table("items.csv") if row["year"] == str(year))
    numbers = {int(code[1:]) for code in rows if code[0] == letter}
    complete = bool(numbers) and numbers == set(range(1, max(numbers) + 1))
    return max(numbers) if complete else LAST_NUMBER[letter]


def _similarity(wording: str, code: str, year: int | None) -> float | None:
    own = [candidate for candidate in wordings(year) if candidate.key == code]
    best = best_match(wording, own)
    return best.similarity if best else None


def _clear(best: Best[str] | None) -> bool:
    return best is not None and best.similarity >= LEAST_SIMILARITY and best.margin >= LEAST_MARGIN


_BEFORE = (
    r"""\s*(?:[•\-–*"“(\[]\s*)*"""
    rf"(?:[0-9๐-๙]{{1,3}}[.)](?:\s+|(?=[{LETTERS}{LETTERS.lower()}][0-9๐-๙])))?"  # the number of a line in a list
    r"(?:ข้อ(?:ที่|คำถาม(?:ที่)?)?\s*)?"
)
_D = r"[0-9๐-๙]"
_END = rf"(?!{_D}|[.:/\-–]\s?{_D}|,{_D}{{3}}(?!{_D})|[A-Za-z])"
_ZERO_END = rf"(?!{_D}|[.:/\-–]\s?{_D}|[A-Za-z])"
_LETTERED = rf"(?P<letter>[{LETTERS.strip('I')}][ .\-]?|I[ \-]?|[{LETTERS.lower()}])(?P<no>{_D}{{1,2}}){_END}"
_ELL = rf"(?P<ell>[l|!])(?P<ell_no>{_D}{{1,2}}){_END}"
_ONE = rf"(?:1(?P<one_thai>[๐-๙]{{1,2}})|๑(?P<one_arabic>[0-9]{{1,2}})){_END}"
_ZERO = rf"[0๐](?P<zero_no>{_D}{{1,2}}){_ZERO_END}"
_BARE = rf"(?P<bare>{_D}{{1,3}}){_END}"
_HEAD = re.compile(f"{_BEFORE}(?P<code>{_LETTERED}|{_ELL}|{_ONE}|{_ZERO}|{_BARE})")
_QUANTITY = re.compile(  # text after a number that is an amount, a date or a time, not an item
    r"\s*(?:(?:บาท|คน|คะแนน|ราย|ครั้ง|แห่ง|โครงการ|เรื่อง|ชั่วโมง|วัน|เดือน|ปี|นาที|น\.|%|ร้อยละ)(?![\u0e01-\u0e4e])"
    r"|[ก-ฮ]{1,2}ิ?\.\s?[คยพ]\.|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)"
)


def _readings(hit: re.Match[str], year: int | None) -> list[Reading]:
    """Return the valid readings of a token by its form and the year's letters; empty for bare digits."""
    group = hit.groupdict()
    if group["letter"]:
        letter = group["letter"][0].upper()
        found = [Reading(letter, _int(group["no"]), "letter and number")]
    elif group["ell"]:
        found = [Reading("I", _int(group["ell_no"]), f"{group['ell']} read as I")]
    elif digits := group["one_thai"] or group["one_arabic"]:
        found = [Reading("I", _int(digits), "1 of another script read as I")]
    elif group["zero_no"]:
        found = [Reading("O", _int(group["zero_no"]), "zero read as O")]
    else:
        found = []
    known = item_letters(year)
    return [one for one in found if one.letter in known and 1 <= one.no <= LAST_NUMBER[one.letter]]


def _int(digits: str) -> int:
    return int(digits.translate(ARABIC))


def decode_item(text: str, year: int | None = None) -> Item | None:
    """Return the item that a cell or heading starts with or quotes, None if there is none.

    `year` is the fiscal year (B.E.) of the questionnaires. Without a code, only questions (I, E) are matched
    by their wording: the wording of an O item is also the title of a document.

    >>> decode_item("1๑๙ ท่านรู้แนวทางปฏิบัติของหน่วยงาน").code
    'I19'
    >>> decode_item("๐๓๔ การประเมินความเสี่ยงการทุจริต").code
    'O34'
    >>> decode_item("๓๗ ประชุมชี้แจง") is None
    True
    """
    hit = _HEAD.match(text)
    if hit is None or (hit["letter"] is None and _QUANTITY.match(text, hit.end())):
        return None if hit else _by_wording(text, "", year, (0, len(text)))
    wording = fold(text[hit.end() :]).lstrip(')].:-–"”*')
    readings = _readings(hit, year)
    if not readings:
        return None if hit["letter"] else _by_wording(text[hit.end() :], hit["code"], year, hit.span("code"))
    item = _item(readings[0], hit.span("code"), certain=True)
    return _checked(replace(item, certain=_sure_form(hit, wording, item.code, year)), wording, year)


def _sure_form(hit: re.Match[str], wording: str, code: str, year: int | None) -> bool:
    """Return whether the form of a code at the start of a text allows only one reading."""
    if hit["letter"] or hit["ell"]:
        return True
    if hit["zero_no"] and len(hit["zero_no"]) == 2:
        return True
    if (hit["one_thai"] or hit["one_arabic"] or "") and len(hit["code"]) == 3:
        return len(wording) >= SHORTEST_WORDING // 2
    return (_similarity(wording, code, year) or 0.0) >= LEAST_SIMILARITY


def _item(reading: Reading, span: tuple[int, int], *, certain: bool) -> Item:
    code = f"{reading.letter}{reading.no}"
    return Item(code, INSTRUMENT_OF[reading.letter], reading.no, certain, reading.how, *span, (code,))


def _checked(item: Item, wording: str, year: int | None) -> Item:
    """Return the item; uncertain if the year has no such number or the wording is that of another item."""
    if item.no > (last := last_number(item.code[0], year)):
        reason = f"{item.reason}; FY{year} ends at {item.code[0]}{last}"
        return replace(item, certain=False, reason=reason)
    if not SHORTEST_WORDING <= len(wording) <= LONGEST_WORDING:
        return item
    best = best_match(wording, wordings(year))
    own = _similarity(wording, item.code, year)
    if best is None or best.key is None or best.key == item.code or not _clear(best):
        return item
    if best.similarity >= SURE_SIMILARITY and best.similarity - (own or 0.0) >= SURE_MARGIN:
        reason = f"{item.reason}; the wording is that of {best.key}"
        return replace(item, certain=False, reason=reason, candidates=(item.code, best.key))
    return item


def _by_wording(text: str, digits: str, year: int | None, span: tuple[int, int]) -> Item | None:
    """Return the item whose wording the text matches; `digits` may be the rest of its code."""
    wording = fold(text).lstrip(')].:-–"”*')
    if not SHORTEST_WORDING <= len(wording) <= LONGEST_WORDING:
        return None
    for source, own_year in _sources(year):
        best = best_match(wording, wordings(source))
        if best is None or best.key is None or not _clear(best):
            continue
        reading = Reading(best.key[0], int(best.key[1:]), "")
        how = _explains(digits, reading)
        if reading.letter == "O" and (not digits or how is None):
            return None
        sure = own_year and best.similarity >= SURE_SIMILARITY and best.margin >= SURE_MARGIN
        known = _is_seen(best.key, source)
        where = "" if own_year else f"; wording of FY{source}" if source else "; year not known"
        reason = f"decided by the wording, {how or f'the number {digits} is not explained'}{where}"
        return _item(reading._replace(how=reason), span, certain=sure and known and how is not None)
    return None


def _sources(year: int | None) -> Iterator[tuple[int | None, bool]]:
    """Yield the years whose wordings are compared: the given one, then the nearest with questions."""
    if year is None:
        yield None, False
        return
    yield year, True
    for other in sorted(_years_with_questions(), key=lambda known: (abs(known - year), -known)):
        if other != year:
            yield other, False


def _explains(digits: str, reading: Reading) -> str | None:
    """Return how digits can be the rest of a damaged code, None if they cannot."""
    plain = digits.translate(ARABIC)
    if not plain:
        return "no code"
    if plain == str(reading.no):
        return "the letter lost"
    if len(plain) > 1 and plain[1:] == str(reading.no):
        return f"{digits[0]} read as {reading.letter}"
    return None


def _is_seen(code: str, year: int | None) -> bool:
    rows = (row for row in read_table("items.csv") if row["code"] == code and row["year"] == str(year))
    return any(row["confidence"].startswith("seen") for row in rows)


_ALONE = rf"(?<![A-Za-z0-9๐-๙#{chr(0x0E3F)}])(?<!{_D}[.:+])(?<![A-Za-z][./])"
_IN_TEXT = re.compile(
    rf"{_ALONE}(?P<code>{_LETTERED}|(?P<ell>l)(?P<ell_no>{_D}{{1,2}}){_END}"
    rf"|1(?P<one_thai>[๐-๙]{{2}}){_END}|๑(?P<one_arabic>[0-9]{{2}}){_END}|{_ZERO})"
)
_NUMBER_BEFORE = re.compile(rf"{_D}[ ,/\-–]\s?$")
_NUMBER_AFTER = re.compile(rf"[ ,\-–]\s?{_D}")
_TOKEN = rf"(?:[{LETTERS}{LETTERS.lower()}l1๑0๐]\s?-?{_D}{{1,2}})"
_LIST = rf"{_TOKEN}(?:\s*(?:,|และ|หรือ|กับ|,\s*และ)\s*{_TOKEN})*"
_GROUPED = re.compile(rf"[(\[（]\s*(?:ข้อ(?:ที่)?\s*)?({_LIST})\s*[)\]）]|ข้อ(?:ที่|คำถาม)?\s*({_LIST}){_END}")
_RANGE_AFTER = re.compile(rf"\s*(?:[-–—]|ถึง)\s*{_TOKEN}")
_RANGE_BEFORE = re.compile(rf"{_TOKEN}\s*(?:[-–—]|ถึง)\s*$")


def find_items(text: str, year: int | None = None) -> list[Item]:
    """Return every item code in running text, in order.

    A zero or a one is read as a letter only in parentheses, after ข้อ, or, with doubt, before two digits.

    >>> [item.code for item in find_items("รายงานผล (๐๖, ๐๗) และข้อ O12 โทร. 0812345678 เวลา ๐๘.๓๐ น.")]
    ['O6', 'O7', 'O12']
    """
    groups = [hit.span() for hit in _GROUPED.finditer(text)]
    found = []
    for hit in _IN_TEXT.finditer(text):
        group = next((span for span in groups if span[0] <= hit.start() and hit.end() <= span[1]), None)
        lettered = bool(hit["letter"] or hit["ell"])
        if not lettered and group is None and not _may_stand_alone(text, hit):
            continue
        for reading in _readings(hit, year):
            certain = lettered or (group is not None and not _numbers_a_line(text, group[0], hit))
            item = _checked(_item(reading, hit.span("code"), certain=certain), "", year)
            found.append(_range_doubted(item, text))
    return found


def _may_stand_alone(text: str, hit: re.Match[str]) -> bool:
    """Return whether digits without a letter can be a code without support from the context."""
    return not (
        len(hit["code"]) < 3
        or _QUANTITY.match(text, hit.end())
        or _NUMBER_AFTER.match(text, hit.end())
        or _NUMBER_BEFORE.search(text[max(0, hit.start() - 3) : hit.start()])
    )


def _numbers_a_line(text: str, start: int, hit: re.Match[str]) -> bool:
    """Return whether a "(๐๑)" may be the number of a line in a list instead of a code."""
    alone = (
        len(hit["code"]) == 2 and hit.start() - start == 1 and text[hit.end() : hit.end() + 1] in (")", "]")
    )
    return alone and text[:start].rpartition("\n")[2].strip(" *\t|") == ""


def _range_doubted(item: Item, text: str) -> Item:
    """Return the item; uncertain if it is the end of a range, since "O1-O43" means a whole list."""
    before = _RANGE_BEFORE.search(text[max(0, item.start - 12) : item.start])
    if not (before or _RANGE_AFTER.match(text, item.end)):
        return item
    return replace(item, certain=False, reason=f"{item.reason}; the end of a range")
