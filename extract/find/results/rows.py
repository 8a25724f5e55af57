"""The rows of a list: whose result each row states, and the values in its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from thaita.extract.find.results.arithmetic import adds_up
from thaita.extract.find.results.candidate import ResultCandidate
from thaita.extract.find.results.columns import NAMES, SCORES, Column
from thaita.extract.find.results.context import TextAround, kind_in, years_in
from thaita.extract.find.results.kinds import full_kind
from thaita.extract.find.results.matrix import NOTHING, Row, Slot, is_banner, read_figure
from thaita.extract.find.results.names import (
    Subject,
    Surroundings,
    in_surroundings,
    ministry_in,
    province_in,
    read_name,
    read_subject,
)
from thaita.extract.find.results.values import outside_band, read_values
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.result_words import is_head, is_no_result, read_head_words

_ABOUT = frozenset({*NAMES, "number", "year"})
"""Roles of columns that say whose result a row is."""
_OTHER_OF_SAME = ("year", "indicator", "instrument")
"""Roles of columns in which the rows of one agency differ."""
_NONE = Slot()


@dataclass(slots=True)
class RowReader:
    """Reads the rows of a table from top to bottom; a row that names a group changes what the rows below belong to.

    `parts` gives each column of numbers the part of a result that it holds, `name` is the column of names.
    """

    columns: Sequence[Column]
    parts: dict[int, str]
    name: int
    text: TextAround
    named_agencies: bool
    table: int
    kind: str | None = None
    """The kind of agency that the head of the column of names names."""

    around: Surroundings = field(init=False)
    year: int | None = field(init=False)
    subject: Subject | None = None
    subject_text: SourceText = NOTHING
    filled: dict[str, str] = field(default_factory=dict)
    dated: bool = False
    """A row that names a group states the year."""

    def __post_init__(self) -> None:
        self.around = self.text.around
        self.year = self.text.year

    def candidates(self, rows: Sequence[Row]) -> Iterator[ResultCandidate]:
        """Yield the results of the rows, in order."""
        for row in rows:
            if is_banner(row):
                self._enter_group(next(slot for slot in row if slot.chars).chars)
                continue
            subject = None if self._states_no_result(row) else self._subject(row)
            if subject is not None:
                yield from self._results(row, subject)

    def _enter_group(self, words: str) -> None:
        """Take the province, ministry, kind or year of a row that names a group."""
        inner = set()
        values: dict[str, str] = {}
        for name, found in (
            ("province", province_in(words)),
            ("ministry", ministry_in(words)),
            ("kind", kind_in(words)),
        ):
            if found:
                values[name] = found
                inner.add(name)
        if inner:
            kept = self.around.inner - inner if "kind" in inner else frozenset()
            self.around = replace(self.around, **values, inner=frozenset(inner) | kept)  # type: ignore[arg-type]
        years = years_in(words)
        if len(years) == 1:
            self.year, self.dated = next(iter(years)), True

    def _place(self, row: Row, holds: str) -> str | None:
        """Return the words of a row's column of places or kinds; an empty cell repeats the one above."""
        for column in self.columns:
            if column.at == self.name or not (column.holds == holds or holds in column.places):
                continue
            chars = row[column.at].chars if row[column.at].text is not row[self.name].text else ""
            if column.places:
                parts = chars.split("/")
                known = len(parts) == len(column.places)
                return parts[column.places.index(holds)].strip() or None if known else None
            if chars:
                self.filled[holds] = chars
            return self.filled.get(holds)
        return None

    def _subject(self, row: Row) -> Subject | None:
        around = self._around(row)
        kind = self._place(row, "type")
        district = self._place(row, "district")
        slot = row[self.name]
        found: Subject | None
        if not slot.chars and self.subject and self._repeats_name(row):
            return self.subject
        if not slot.chars:
            level = self._level_elsewhere(row)
            if level is None:
                return None
            slot, found = level
        else:
            found = read_name(slot.text.chars, full_kind(kind) if kind else self.kind or around.kind)
        if found is None:
            if not self.named_agencies or is_head(slot.chars):
                return None
            name = " ".join(slot.chars.split())
            found = Subject("agency", name, flags=(Flag.AGENCY_DOUBT.of("unknown_kind"),))
        found = in_surroundings(found, around)
        if found.scope == "agency" and district:
            found = replace(found, district=found.district or district.removeprefix("อำเภอ").strip())
        if found.scope == "province" and found.province == province_in(self.filled.get("province", "")):
            self.filled = {}  # its mean ends the province: empty cells below are those of the next one
        self.subject, self.subject_text = found, slot.text
        return found

    def _around(self, row: Row) -> Surroundings:
        province, ministry = self._place(row, "province"), self._place(row, "ministry")
        around = self.around
        if province and (known := province_in(province)):
            around = replace(around, province=known, inner=around.inner | {"province"})
        if ministry and (known := ministry_in(ministry)):
            around = replace(around, ministry=known)
        return around

    def _level_elsewhere(self, row: Row) -> tuple[Slot, Subject] | None:
        """Return the level that another cell of a row without a name names, such as a mean below the count of rows."""
        for slot in row:
            if slot.chars and not slot.across and read_figure(slot.chars) is None:
                found = read_subject(slot.chars)
                if found is not None and found.scope != "agency":
                    return slot, found
        return None

    def _states_no_result(self, row: Row) -> bool:
        """Return whether a row's words make its figures targets, or differences of other rows."""
        name = row[self.name] if read_subject(row[self.name].chars) is None else _NONE
        words = [name, *(row[one.at] for one in self.columns if one.holds == "year")]
        return any(slot.chars and is_no_result(slot.chars) for slot in words)

    def _repeats_name(self, row: Row) -> bool:
        """Return whether a row without a name goes on with the agency above: it states another year, or another part."""
        return any(column.holds in _OTHER_OF_SAME and row[column.at].chars for column in self.columns)

    def _results(self, row: Row, subject: Subject) -> Iterator[ResultCandidate]:
        own_year = next((year for one in self.columns if (year := _year_of(one, row[one.at]))), self.year)
        about = tuple(row[one.at].text for one in self.columns if one.holds in _ABOUT and row[one.at].chars)
        for year, group in self._by_year(own_year).items():
            found = ResultCandidate(subject, year, self.subject_text, table=self.table, row=about)
            numbers, decimals = read_values(row, group, self.parts, found)
            if not (set(found.values) - {"rank", "agencies"} or found.scores):
                continue
            found.adds_up = adds_up(numbers, year, decimals)
            found.flags = tuple(dict.fromkeys((*subject.flags, *found.flags, *self._doubts(found, group))))
            yield found

    def _by_year(self, own: int | None) -> dict[int | None, list[Column]]:
        """Return the columns of each year (B.E.); columns without a year belong to the year of the row or list."""
        groups: dict[int | None, list[Column]] = {}
        stated = [one.year for one in self.columns if one.holds in SCORES and one.year]
        default = own or max(stated, default=None)
        if (
            stated
            and own not in stated
            and not any(one.holds in SCORES and not one.year for one in self.columns)
        ):
            default = max(stated)
        for column in self.columns:
            if column.holds in SCORES or column.holds in ("rank", "agencies"):
                year = column.year or (default + column.offset if default else None)
                groups.setdefault(year, []).append(column)
        return groups

    def _doubts(self, found: ResultCandidate, group: Sequence[Column]) -> Iterator[str]:
        if found.adds_up is False:
            yield Flag.SUM_MISMATCH
        grade, overall = found.values.get("grade"), found.values.get("overall_score")
        if grade and overall and outside_band(str(grade.value), Decimal(overall.value), found.year):
            yield Flag.GRADE_BAND
        if found.adds_up is not True and any(one.whole for one in group):
            yield Flag.AMBIGUOUS_COLUMN
        if any(one.refused for one in group) and Flag.AMBIGUOUS_COLUMN not in found.flags:
            yield Flag.AMBIGUOUS_COLUMN
        if any(one.by_sum for one in group):
            yield Flag.BY_SUM
        if any(one.by_order for one in group):
            yield Flag.BY_ORDER
        stated = self.dated or any(one.year or one.holds == "year" for one in self.columns)
        if found.year is None or (self.text.several_years and not stated):
            yield Flag.AMBIGUOUS_FISCAL_YEAR


def _year_of(column: Column, slot: Slot) -> int | None:
    """Return the year (B.E.) that the cell of a column of years states, None in all other columns."""
    if column.holds != "year":
        return None
    figure = read_figure(slot.chars)
    return int(figure.value) if figure else read_head_words(slot.chars).year
