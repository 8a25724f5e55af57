"""What the text around a table says about its rows: the year, the province, the ministry and the kind of agency."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from thaita.extract.find.results.kinds import full_kind, kind_named
from thaita.extract.find.results.names import (
    Surroundings,
    district_in,
    ministry_in,
    province_in,
)
from thaita.normalize.dates import find_years
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document

T = TypeVar("T")
_TITLE_LINES = 10
_NEAR_LINES = 6
_MEAN = re.compile(r"เฉลี่ย|ภาพรวม|ราย(?:จังหวัด|ประเภท)|mean|average", re.IGNORECASE)
_RANKED = re.compile(r"(?:[0-9๐-๙]+\s*)อันดับ(?:สูงสุด|แรก)|อันดับ(?:คะแนน)?สูงสุด")
_SORTED = re.compile(r"เรียง(?:ลำดับ)?ตาม(?:ผล)?คะแนน|เรียง(?:จาก)?คะแนน")
_LEGEND = re.compile(r"[(]?(?:ตัวเลข)?ในวงเล็บ[^()]{0,60}[)]?")
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


class Titles:
    """Collects the paragraphs of a document before each table: its title, and the lines just above the table."""

    def __init__(self, year: int | None) -> None:
        self.report_year = year
        self.title: list[str] = []
        self.near: list[str] = []
        self.tables = False

    def add(self, chars: str) -> None:
        """Add a paragraph."""
        if len(chars) > _LONG:
            return
        self.near.append(chars)
        if not self.tables and len(self.title) < _TITLE_LINES:
            self.title.append(chars)

    def table(self) -> TextAround:
        """Return what the text around the next table says; the lines above it count for this table only."""
        near = self.near[-_NEAR_LINES:][::-1]
        year = _first_year(near)
        several = year is None and any(len(years_in(line)) > 1 for line in (*near, *self.title))
        if year is None:
            year = _first_year(self.title) or (None if several else self.report_year)
        found = Surroundings(
            province=_first(province_in, (*near, *self.title)),
            ministry=_first(ministry_in, (*near, *self.title)),
            kind=_first(kind_in, near) or _first(kind_named, near),
            part=any(district_in(line) for line in (*near, *self.title)),
            national=any("ประเทศ" in line for line in (*near, *self.title)),
        )
        averaged = any(says_mean(line) for line in (*near, *self.title))
        bracketed = _first(_bracketed_year, (*near, *self.title))
        ranked = any(_RANKED.search(line) for line in (*near, *self.title))
        ordered = any(_SORTED.search(line) for line in (*near, *self.title))
        return TextAround(year or self.report_year, several, found, averaged, ranked, bracketed, ordered)

    def after_table(self) -> None:
        """Forget the lines above the table that was read."""
        self.tables = True
        self.near = []


@per_document
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
        found = years_in(line)
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


@per_document
def years_in(text: str) -> frozenset[int]:
    """Return the years (B.E.) that a line names as years of results."""
    text = _LEGEND.sub(" ", text)
    if bare := _ONLY_YEAR.fullmatch(fold(text)):
        return frozenset((int(bare[0][-4:]),))
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
