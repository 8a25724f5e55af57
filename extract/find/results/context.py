"""What the text around a table says about its rows: the year, the province, the ministry and the kind of agency."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from thaita.extract.find.results.kinds import full_kind, kind_named
from thaita.extract.find.results.names import (
    Surroundings,
    district_in,
    ministry_in,
    province_in,
    read_subject,
)
from thaita.normalize.cue_words import any_cue
from thaita.normalize.dates import find_years
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document

T = TypeVar("T")
_TITLE_LINES = 10
_NEAR_LINES = 6
_MEAN = re.compile(any_cue("mean", "by_level"), re.IGNORECASE)
_RANKED = re.compile(rf"[0-9๐-๙]+\s*{any_cue('first')}|{any_cue('best')}")
_SORTED = re.compile(any_cue("sorted"))
_LEGEND = re.compile(rf"[(]?{any_cue('in_brackets')}[^()]{{0,60}}[)]?")
_LONG = 220
"""Characters from which a paragraph is prose and no title."""
_KIND = re.compile(
    r"^[(]?[0-9]{0,2}[.)]*(?:กลุ่ม|ประเภท|ระดับ)*(?:หน่วยงาน)?[:]?|"
    r"[(]?(?:จำนวน|รวม)?[0-9,]*(?:แห่ง|หน่วยงาน)[)]?$"
)
"""What may stand before and after the kind of agency in a line: a number, and how many agencies there are."""
_ONLY_YEAR = re.compile(r"(?:ประจำ)?(?:ปีงบประมาณ|ปี)?(?:พ\.?ศ\.?)?(?:25[0-9]{2})")


@dataclass(frozen=True, slots=True)
class TextAround:
    """The year (B.E.) that the text around a table states (None: none or several), and what else it says."""

    year: int | None
    several_years: bool
    around: Surroundings
    averaged: bool = False
    """The text speaks of means."""
    ranked: bool = False
    """The text announces the agencies with the best results, in their order."""
    bracketed: int | None = None
    """The year (B.E.) that a line gives to the figures in brackets."""
    ordered: bool = False
    """The text says that the rows are in the order of their scores."""

    def changed_by(self, line: str) -> bool:
        """Return whether a line says something else about a table: another year, province, ministry, kind, or a district.

        A line of several years says none, and changes nothing where others have said several before.
        """
        years, known = years_in(line), self.around
        said = (
            (province_in(line), known.province),
            (kind_in(line) or kind_named(line), known.kind),
            (ministry_in(line), known.ministry),
        )
        return (
            (not years <= {self.year} and not (len(years) > 1 and self.several_years))
            or any(new is not None and new != old for new, old in said)
            or (district_in(line) is not None and not known.part)
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The province and year (B.E.) of the last lines above a table that named one: later tables may belong to it too.

    `heading` are the fields that a line states which is nothing else, so that it heads all tables below it.
    """

    province: str | None = None
    year: int | None = None
    heading: frozenset[str] = frozenset()


class Lines(NamedTuple):
    """The lines before a place in a document: of its title, and the last ones; and the section that the place is in."""

    report_year: int | None
    title: tuple[str, ...]
    near: tuple[str, ...]
    """The nearest first."""
    again: tuple[str, ...]
    """Those of the nearest that stand further above too, and are more than a heading: they may be the page's."""
    section: Section


class Titles:
    """Collects the paragraphs of a document before each table: its title, and the lines just above the table."""

    def __init__(self, year: int | None) -> None:
        self.report_year = year
        self.title: list[str] = []
        self.near: list[str] = []
        self.again: set[str] = set()
        self.section = Section()
        self.tables = False

    def add(self, chars: str, *, again: bool = False) -> None:
        """Add a paragraph; `again`: the document has the same one further above."""
        if len(chars) > _LONG:
            return
        if again and not heads_tables(chars):
            self.again.add(chars)
        self.near.append(chars)
        if not self.tables and len(self.title) < _TITLE_LINES:
            self.title.append(chars)

    def lines(self) -> Lines:
        """Return the lines before this place, for `read_lines`."""
        near = tuple(self.near[-_NEAR_LINES:][::-1])
        again = tuple(line for line in near if line in self.again)
        return Lines(self.report_year, tuple(self.title), near, again, self.section)

    def table(self) -> TextAround:
        """Return what the text around the next table says; the lines above it count for this table only."""
        return read_lines(self.lines())

    def after_table(self) -> None:
        """Forget the lines above the table that was read, but for the section that they begin."""
        self.section = _section_below(self.lines())
        self.tables = True
        self.near = []


@per_document
def read_lines(lines: Lines) -> TextAround:
    """Return what the lines around a place say about a list there."""
    near, title, section = lines.near, lines.title, lines.section
    everything = (*near, *title)
    fresh = [line for line in near if line not in lines.again]
    year = _first_year(near)
    several = year is None and any(len(_years(line)) > 1 for line in everything)
    several = several or (year != _first_year(fresh) and section.year not in (None, year))
    if year is None:
        year = _first_year(title) or (None if several else lines.report_year)
        if section.year is not None and section.year != (year or lines.report_year):
            several = several or "year" not in section.heading
            year = section.year
    found = Surroundings(
        province=_province_of(lines, fresh),
        ministry=_first(ministry_in, everything),
        kind=_first(kind_in, near) or _first(kind_named, near),
        part=any(district_in(line) for line in everything),
        national=any("ประเทศ" in line for line in everything),
    )
    averaged = any(says_mean(line) for line in everything)
    bracketed = _first(_bracketed_year, everything)
    ranked = any(_RANKED.search(line) for line in everything)
    ordered = any(_SORTED.search(line) for line in everything)
    return TextAround(year or lines.report_year, several, found, averaged, ranked, bracketed, ordered)


def _province_of(lines: Lines, fresh: Sequence[str]) -> str | None:
    """Return the province that the lines above a table name, else the section or title; None if it may be of several."""
    near, title, section = _first(_province, lines.near), _first(_province, lines.title), lines.section
    if near is not None:
        sure = near == _first(_province, fresh) or section.province in (None, near)
        return near if sure else None
    if section.province in (None, title):
        return title
    return section.province if "province" in section.heading else None


def _section_below(lines: Lines) -> Section:
    """Return the section that the lines above a table begin, else the one that they are in."""
    found, heading = lines.section, set(lines.section.heading)
    if line := next((one for one in lines.near if _province(one)), None):
        found = replace(found, province=_province(line))
        heading = (heading - {"province"}) | ({"province"} if _is_province(line) else set())
    if year := _first_year(lines.near):
        pure = any(_ONLY_YEAR.fullmatch(fold(one)) and _years(one) == {year} for one in lines.near)
        found = replace(found, year=year)
        heading = (heading - {"year"}) | ({"year"} if pure else set())
    return replace(found, heading=frozenset(heading))


def heads_tables(line: str) -> bool:
    """Return whether a line is nothing but a year, a province, a kind of agency or a ministry.

    >>> heads_tables("ปีงบประมาณ พ.ศ. 2567"), heads_tables("จังหวัดเลย"), heads_tables("ผลการประเมินของจังหวัดเลย")
    (True, True, False)
    """
    if _ONLY_YEAR.fullmatch(fold(line)) or _is_province(line) or kind_in(line):
        return True
    ministry = ministry_in(line)
    return ministry is not None and fold(line) == fold(ministry)


def _is_province(line: str) -> bool:
    found = read_subject(line.strip())
    return found is not None and found.scope is None and found.province is not None


def says_mean(text: str) -> bool:
    """Return whether words speak of a mean, or of results by province or type."""
    return _MEAN.search(text) is not None


@per_document
def _bracketed_year(text: str) -> int | None:
    """Return the year that a line gives to the figures in brackets: "(ในวงเล็บคือคะแนนปี 2566)"."""
    said = _LEGEND.search(text)
    years = {year.value_be for year in find_years(said[0])} if said else set()
    return years.pop() if len(years) == 1 else None


def _first(reads: Callable[[str], T | None], lines: Iterable[str]) -> T | None:
    return next((found for line in lines if (found := reads(line))), None)


def _first_year(lines: Sequence[str]) -> int | None:
    for line in lines:
        found = _years(line)
        if found:
            return min(found) if len(found) == 1 else None
    return None


def years_in(text: str) -> frozenset[int]:
    """Return the years (B.E.) that a line names as years of results."""
    return _years(text)


def names_group(line: str) -> bool:
    """Return whether a line names a province, ministry, kind of agency or a single year, as a row of a table may."""
    return len(_years(line)) == 1 or any(read(line) for read in (_province, ministry_in, kind_in))


@per_document
def _province(line: str) -> str | None:
    return province_in(line)


@per_document
def _years(text: str) -> frozenset[int]:
    text = _LEGEND.sub(" ", text)
    if bare := _ONLY_YEAR.fullmatch(fold(text)):
        return frozenset({int(bare[0][-4:])})
    return frozenset(
        year.value_be
        for year in find_years(text)
        if year.kind in ("fiscal", "plain", "ce", "bare", "range") and not year.doubt
    )


@per_document
def kind_in(text: str) -> str | None:
    """Return the kind of agency that a line consists of, None for any other line.

    >>> kind_in("ประเภท เทศบาลตำบล"), kind_in("2. อบต. (จำนวน 12 แห่ง)")
    ('เทศบาลตำบล', 'องค์การบริหารส่วนตำบล')
    """
    return full_kind(_KIND.sub("", fold(text)))
