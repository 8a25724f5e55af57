"""What is assessed in each fiscal year (B.E.): the indicators, the instruments, the topics and the weights.

The source is a set of data files: `indicators.csv` and `topics.csv` (a row is valid from `first_year` to
`last_year`; without a last year it is still valid), `instruments.csv` and `weights.csv` (by year). A number
means the same indicator or topic in all years: a new one takes the next free number, and numbers are never reused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from thaita.models.records import Reading
from thaita.normalize.names import read_table

InstrumentCode = str
"""The abbreviation of an instrument in `instruments.csv`, such as IIT."""

_BY_YEAR = ("indicators.csv", "topics.csv")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its number, its canonical Thai name, an English translation, and its instrument."""

    no: int
    name: str
    english: str
    instrument: InstrumentCode


@dataclass(frozen=True, slots=True)
class FrameworkInstrument:
    """An instrument and the numbers of its indicators; codes of its items start with `item_letter` (I19)."""

    code: InstrumentCode
    item_letter: str
    name: str
    english: str
    indicators: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of each instrument in the overall score (the sum is 1), with its source and confidence."""

    year: int
    shares: Mapping[InstrumentCode, Decimal]
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Framework:
    """What one fiscal year assesses; `weights` is None if the year's weights are unknown."""

    indicators: Mapping[int, Indicator]
    instruments: Mapping[InstrumentCode, FrameworkInstrument]
    topics: Mapping[int, str]
    weights: Weights | None

    def shares(self) -> dict[int, Decimal]:
        """Return the share of each indicator in the overall score; empty if the weights are unknown."""
        if self.weights is None:
            return {}
        return {
            no: self.weights.shares[code] / len(instrument.indicators)
            for code, instrument in self.instruments.items()
            for no in instrument.indicators
        }


@lru_cache(maxsize=256)
def framework(year: int | None) -> Framework:
    """Return the framework of a fiscal year (B.E.); the first known one if the year is None.

    >>> [one.indicators for one in framework(2568).instruments.values()]
    [(1, 2, 3, 4, 5), (6, 7, 8), (9, 10)]
    """
    since = _starts()[0] if year is None else period(year)
    indicators = _indicators(since)
    instruments = _instruments(indicators)
    topics = _topics(None if year is None else since)
    return Framework(indicators, instruments, topics, _weights(year, instruments))


@cache
def every_indicator() -> dict[int, Indicator]:
    """Return the indicators of all years by number, each as defined in its first year."""
    return _indicators(None)


@cache
def every_instrument() -> dict[InstrumentCode, FrameworkInstrument]:
    """Return the instruments of all years, ordered by their indicators."""
    return _instruments(every_indicator())


@lru_cache(maxsize=256)
def item_letters(year: int | None = None) -> dict[str, InstrumentCode]:
    """Return the instrument for each first letter of item codes (I19, E11) in a year, in all years if None."""
    known = every_instrument() if year is None else framework(year).instruments
    return {one.item_letter: one.code for one in known.values() if one.item_letter}


@cache
def every_topic() -> dict[int, str]:
    """Return the wording of the topics of all years by number."""
    return _topics(None)


def indicator(no: int, year: int | None) -> Indicator:
    """Return an indicator as named in a fiscal year (B.E.), or in another year if that year lacks it.

    Raises KeyError for a number that does not exist in any year.

    >>> indicator(3, 2568).name
    'การใช้อำนาจ'
    """
    return framework(year).indicators.get(no) or every_indicator()[no]


def is_assessed(no: int, year: int | None) -> bool:
    """Return whether a fiscal year (B.E.), or any year if None, has an indicator with this number."""
    return no in (every_indicator() if year is None else framework(year).indicators)


def refuse_unknown(reading: Reading) -> None:
    """Raise ValueError if a reading has an indicator or instrument that no year's framework defines."""
    named = [no for finding in reading.findings for no in finding.indicator_no]
    named += [no for measure in reading.measures for no in measure.indicator_no]
    for no in (*named, *(score.indicator_no for score in reading.scores)):
        if no not in every_indicator():
            raise ValueError(f"{no} is no indicator")
    codes = [finding.instrument for finding in reading.findings]
    for code in (*codes, *(score.instrument for score in reading.scores)):
        if code is not None and code not in every_instrument():
            raise ValueError(f"{code!r} is no instrument")


# --- the data files --------------------------------------------------------------------------------


def period(year: int | None) -> int | None:
    """Return the first year of the framework that is valid in a year; None for None.

    Years before the first framework use the first one.
    """
    return None if year is None else _starts()[max(bisect_right(_starts(), year) - 1, 0)]


@cache
def _starts() -> tuple[int, ...]:
    rows = [row for table in _BY_YEAR for row in read_table(table)]
    ends = {int(row["last_year"]) + 1 for row in rows if row["last_year"]}
    return tuple(sorted({int(row["first_year"]) for row in rows} | ends))


@cache
def rows_of(table: str, year: int | None) -> tuple[dict[str, str], ...]:
    """Return the rows of a data file that are valid in a year, as returned by `period`; all rows if None."""
    return tuple(
        row
        for row in read_table(table)
        if year is None or int(row["first_year"]) <= year <= int(row["last_year"] or year)
    )


def _indicators(year: int | None) -> dict[int, Indicator]:
    found: dict[int, Indicator] = {}
    for row in rows_of("indicators.csv", year):
        if row["kind"] == "canonical":
            one = Indicator(int(row["no"]), row["spelling"], row["english"], row["instrument"])
            found.setdefault(one.no, one)
    return dict(sorted(found.items()))


def _instruments(indicators: Mapping[int, Indicator]) -> dict[InstrumentCode, FrameworkInstrument]:
    about = {row["code"]: row for row in read_table("instruments.csv")}
    found: dict[InstrumentCode, FrameworkInstrument] = {}
    for code in dict.fromkeys(one.instrument for one in indicators.values()):
        numbers = tuple(no for no, one in indicators.items() if one.instrument == code)
        row = about[code]
        found[code] = FrameworkInstrument(code, row["item_letter"], row["name"], row["english"], numbers)
    return found


def _topics(year: int | None) -> dict[int, str]:
    rows = (row for row in rows_of("topics.csv", year) if row["kind"] == "canonical")
    return {int(row["no"]): row["spelling"] for row in rows}


def _weights(year: int | None, instruments: Mapping[InstrumentCode, FrameworkInstrument]) -> Weights | None:
    rows = {
        row["instrument"]: row
        for row in read_table("weights.csv")
        if row["year"] == str(year) and row["weight_pct"]
    }
    if year is None or not all(code in rows for code in instruments):
        return None
    shares = {code: Decimal(rows[code]["weight_pct"]) / 100 for code in instruments}
    first = rows[next(iter(instruments))]
    return Weights(year, shares, first["confidence"], first["source"])
