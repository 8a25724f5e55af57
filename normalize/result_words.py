"""The words of lists of results: what a column holds, and which level a row is the result of.

The words are rows of `data/result_heads.csv` and `data/result_levels.csv`. `match` states whether a text must be the
words (`is`), begin with them (`starts`) or contain them (`has`), or have them alone in brackets (`unit`); of several words
in a text, the longest counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from thaita.normalize.date_years import find_years
from thaita.normalize.frameworks import every_indicator, every_instrument
from thaita.normalize.indicators import find_instrument, match_indicator, spells_instrument
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.names import read_table
from thaita.normalize.owners import is_unit

UNITS = frozenset({"points", "percent"})
NO_SCORE = frozenset({"count", "share", "target", "change", "other"})
"""Roles of heads whose figures are no scores, whatever else the words name."""
_ALSO_WITH_SCORE = frozenset({"target", "change", "other"})
"""Roles of heads that may also name a score: of a target, of another assessment."""
_BY_NUMBER = re.compile(r"(?:ตัวชี้วัดที่|ตัวชี้วัด|ตชว\.?|ข้อ|kpi|i|indicator)[.\s-]?([1-9][0-9]?)")
_BY_LETTER = re.compile(r"([a-z])[.\s_-]?([1-9][0-9]?)")
"""The first letter of an instrument and the number of its indicator: e6, o9."""
_NUMBER = re.compile(r"[(]?([1-9][0-9]?)[.)]?")
_SIGNS = re.compile(r"[()\[\]:*_\"“”.,/–-]+")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ITEM = re.compile(r"^[(]?[0-9]{1,2}[.)]+")
_EXACT = 100
_BARE_YEAR = re.compile(r"(?:ปีงบประมาณ|ประจำปี|ปี|พ\.?ศ\.?)*(?:25|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What the words of a column's head announce.

    `holds` is a value of that column of `data/result_heads.csv` or `instrument_score`, None for unknown words. `unit` is `points` or
    `percent`; `part` the part of EIT. `numbered`: only a number names the indicator. `offset` is -1 for last year.
    """

    holds: str | None = None
    indicator: int | None = None
    instrument: str | None = None
    unit: str | None = None
    part: int | None = None
    year: int | None = None
    offset: int = 0
    numbered: bool = False
    number: int | None = None


@lru_cache(maxsize=2048)
def read_head_words(text: str) -> HeadWords:
    """Return what one line or cell of a head announces.

    >>> read_head_words("IIT (30)").unit, read_head_words("EIT ส่วนที่ 2").part, read_head_words("ตัวชี้วัดที่ 3").indicator
    ('points', 2, 3)
    >>> read_head_words("คะแนนปี 2566")
    HeadWords(holds='overall', indicator=None, instrument=None, unit=None, part=None, year=2566, offset=0, numbered=False, number=None)
    """
    folded = fold(text)
    year = _year(text, folded)
    if number := _NUMBER.fullmatch(folded):
        return HeadWords(number=int(number[1]))
    words = _without_years(folded)
    if no := _numbered(_SIGNS.sub("", words)):
        return HeadWords("indicator_score", no, year=year, numbered=True)
    found = _roles(words)
    unit = next((one for one in found if one in UNITS), None)
    part = 1 if "part1" in found else 2 if "part2" in found else None
    offset = -1 if "last_year" in found and year is None else 0
    match = match_indicator(text)
    named = match.no if match else next((int(one[1:]) for one in found if re.fullmatch(r"i\d+", one)), None)
    instrument = find_instrument(text)
    if match is None and instrument and spells_instrument(text):
        named = None  # the name of OIT contains the words for one of its indicators
    code = instrument.code if instrument else "EIT" if part else None
    plain = [
        one
        for one in found
        if one not in UNITS and not one.startswith(("i1", "part", "last")) and not re.fullmatch(r"i\d+", one)
    ]
    holds = "indicator_score" if named else "instrument_score" if code else next(iter(plain), None)
    if named or code or holds == "overall":
        no_score = NO_SCORE if named or code else _ALSO_WITH_SCORE
        others = [one for one in _roles(_outside(words)) if one in no_score] or _units(words)
        if others:
            holds, named, code = others[0], None, None  # the number of items of an instrument, a target score
    if holds is None and year is not None and not _SIGNS.sub("", words):
        holds = "year_only"
    return HeadWords(holds, named, code, unit, part, year, offset)


def is_head(text: str) -> bool:
    """Return whether a text consists of the words of a head: the name of a part of a result, not of an agency.

    >>> is_head("คะแนนรวม"), is_head("การใช้งบประมาณ"), is_head("IIT"), is_head("สำนักงานคุณภาพชีวิต")
    (True, True, True, False)
    """
    words = _SIGNS.sub("", _without_years(fold(text)))
    named = match_indicator(text)
    return (
        any(words == known for known, _, _ in _head_words())
        or (named is not None and named.similarity == _EXACT)
        or words.upper() in every_instrument()
    )


def is_no_result(text: str) -> bool:
    """Return whether the name of a row makes its figures targets, differences of other rows, or their distribution.

    >>> is_no_result("ค่าเป้าหมายของจังหวัด"), is_no_result("สูงสุด"), is_no_result("กองพัฒนาการคุณภาพ")
    (True, True, False)
    """
    holds = read_head_words(text).holds
    return (holds in ("target", "change") and not is_unit(text)) or (holds == "other" and is_head(text))


def _year(text: str, folded: str) -> int | None:
    """Return the only year (B.E.) that a head names."""
    years = {year.value_be for year in find_years(text) if year.kind not in ("law", "date")}
    if bare := _BARE_YEAR.fullmatch(folded):
        years = {int(bare[0][-4:]) + (543 if bare[0][-4:].startswith("20") else 0)}
    return years.pop() if len(years) == 1 else None


def _numbered(words: str) -> int | None:
    """Return the indicator that a label and a number name, or the letter of its instrument and a number."""
    if (hit := _BY_NUMBER.fullmatch(words)) and int(hit[1]) in every_indicator():
        return int(hit[1])
    if (hit := _BY_LETTER.fullmatch(words)) and (known := every_indicator().get(int(hit[2]))):
        return int(hit[2]) if known.instrument[0].lower() == hit[1] else None
    return None


def _units(words: str) -> list[str]:
    """Return what the units in brackets make of a head: numbers of persons or items."""
    parts = {_SIGNS.sub("", part) for part in _BRACKETED.findall(words)}
    return [holds for known, match, holds in _head_words() if match == "unit" and known in parts]


def _without_years(folded: str) -> str:
    return re.sub(
        r"(?:ประจำ)?(?:ปีงบประมาณ|ปี)?(?:พ\.?ศ\.?)?(?:25[0-9]{2}|20[0-9]{2})(?:/[0-9]{2,4})?", "", folded
    )


def _outside(words: str) -> str:
    return _ITEM.sub("", _BRACKETED.sub("", words))


def _roles(words: str) -> list[str]:
    """Return what the words announce in a folded text: those of its parts in brackets last, the longest words first."""
    brackets = [_SIGNS.sub("", part) for part in _BRACKETED.findall(words)]
    outside = _SIGNS.sub("", _outside(words))
    whole = _SIGNS.sub("", words)
    found: list[tuple[int, int, str]] = []
    for known, match, holds in _head_words():
        for rank, part in ((0, outside), (0, whole), *((1, one) for one in brackets)):
            if (match == "is" and part == known) or (match == "has" and known in part):
                found.append((rank, -len(known), holds))
    return list(dict.fromkeys(holds for _, _, holds in sorted(found)))


@cache
def _head_words() -> tuple[tuple[str, str, str], ...]:
    rows = read_table("result_heads.csv")
    return tuple(
        (_SIGNS.sub("", fold(row["words"])) or row["words"], row["match"], row["holds"]) for row in rows
    )


@dataclass(frozen=True, slots=True)
class LevelWords:
    """The level that a row's name announces: `national`, `type` with its name, or `mean` of what the context names."""

    level: str
    name: str = ""


@lru_cache(maxsize=4096)
def type_in_mean(text: str) -> str | None:
    """Return the type of agencies whose mean the words of a row's name announce, None for all other words.

    >>> type_in_mean("ค่าเฉลี่ยเทศบาลตำบลทั้งประเทศ (2,247 แห่ง)"), type_in_mean("ค่าเฉลี่ยระดับประเทศ")
    ('เทศบาลตำบล', None)
    """
    rest = _SIGNS.sub("", _BRACKETED.sub("", fold(text)))
    rows = _level_rows()
    for row in rows:
        if row["level"] == "mean" and row["match"] == "starts":
            rest = rest.removeprefix(row["words"])
        elif row["level"] == "national" and row["match"] == "has":
            rest = rest.removesuffix(row["words"])
    return next((row["name"] for row in rows if row["level"] == "type" and row["words"] == rest), None)


@lru_cache(maxsize=4096)
def type_at_end(text: str) -> str | None:
    """Return the type of agencies whose words end a text, None if it ends with others.

    >>> type_at_end("ค่าเฉลี่ยของเทศบาลตำบล"), type_at_end("ค่าเฉลี่ยของหน่วยงานภาครัฐ")
    ('เทศบาลตำบล', None)
    """
    ending = _SIGNS.sub("", fold(text))
    known = (row["name"] for row in _level_rows() if row["level"] == "type" and ending.endswith(row["words"]))
    return next(known, None)


def ends_with_level(text: str) -> bool:
    """Return whether a text ends with words for a level: a mean, the nation, or a type of agencies.

    >>> ends_with_level("ค่าเฉลี่ยเทศบาลตำบล"), ends_with_level("ค่าเฉลี่ยเทศบาลตำบลที่ผ่านเกณฑ์")
    (True, False)
    """
    return _SIGNS.sub("", fold(text)).endswith(tuple(row["words"] for row in _level_rows()))


@cache
def _level_rows() -> tuple[dict[str, str], ...]:
    """Return the words for levels, the longest first."""
    return tuple(sorted(read_table("result_levels.csv"), key=lambda row: -len(row["words"])))


@per_document
def read_level_words(text: str) -> LevelWords | None:
    """Return the level that a row's name announces, None if it names none.

    >>> read_level_words("ค่าเฉลี่ยระดับประเทศ"), read_level_words("เทศบาลตำบล").name, read_level_words("เฉลี่ย").level
    (LevelWords(level='national', name=''), 'เทศบาลตำบล', 'mean')
    """
    folded = _SIGNS.sub("", fold(text))
    best: tuple[int, LevelWords] | None = None
    for row in _level_rows():
        known = row["words"]
        hit = {"is": folded == known, "starts": folded.startswith(known), "has": known in folded}[
            row["match"]
        ]
        rank = len(known) + (100 if row["level"] == "national" else 0)
        if hit and (best is None or rank > best[0]):
            best = (rank, LevelWords(row["level"], row["name"]))
    return best[1] if best else None
