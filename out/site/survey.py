"""The agencies of a dataset, or reports that name none, and what is stated of each in each year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from thaita.check.national import Compared
from thaita.models.flags import EXCLUDED_FROM_MEANS, SURE
from thaita.normalize.thai.order import thai_order


@dataclass(slots=True)
class Stated:
    """A score that documents state for one agency and year: the one that wins in the panel (`panel_values`).

    `others` are the differing scores of other documents.
    """

    value: Decimal
    flags: tuple[str, ...]
    others: tuple[Decimal, ...] = ()

    @property
    def doubted(self) -> bool:
        """Whether the score has a doubtful flag and no reviewer has decided on it."""
        return bool(self.flags) and SURE.isdisjoint(self.flags)

    @property
    def counts(self) -> bool:
        """Whether the score can enter a mean: it is on a scale of 0 to 100."""
        return EXCLUDED_FROM_MEANS.isdisjoint(self.flags) and 0 <= self.value <= 100


@dataclass(slots=True)
class Result:
    """The result of one agency in one year; `year` (B.E.) is None if no report states it."""

    year: int | None
    scores: dict[int, Stated] = field(default_factory=dict)
    overall: Stated | None = None
    computed: Decimal | None = None
    grade: str | None = None
    rank: int | None = None
    instruments: dict[str, Stated] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    """`own` if the agency's own report states anything of the year, `list` if another document does."""


@dataclass(slots=True)
class Subject:
    """The subject of a page: an agency, or a report that names no agency. `page` is the page's path in the site."""

    key: str
    page: str
    is_agency: bool
    name: str | None = None
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    province_code: str | None = None
    candidates: tuple[str, ...] = ()
    reports: int = 0
    results: dict[int | None, Result] = field(default_factory=dict)

    def result(self, year: int | None) -> Result:
        """Return the result of a year; a new year gets an empty result."""
        return self.results.setdefault(year, Result(year))

    def results_by_year(self) -> list[Result]:
        """Return the results sorted by year, the one without a year last."""
        return sorted(self.results.values(), key=lambda one: (one.year is None, one.year or 0))


class Value(NamedTuple):
    """One value that a document states of an agency in a year (B.E.), and its place; as in `panel_values`."""

    agency_id: str
    year: int
    measure: str
    value: float | None
    level: str | None
    source: str
    won: bool
    conflict: bool
    standing: str
    flags: tuple[str, ...]
    document: str
    page: int | None
    quote: str | None

    @property
    def shown(self) -> str:
        """The value as text."""
        if self.value is None:
            return self.level or ""
        return f"{self.value:.0f}" if self.measure == "rank" else f"{self.value:.2f}"


class Values:
    """All values by agency; those of an agency stand together."""

    def __init__(self, rows: Sequence[Value]) -> None:
        self._rows = rows
        self._at: dict[str, tuple[int, int]] = {}
        start = 0
        for agency, some in groupby(rows, key=lambda one: one.agency_id):
            stop = start + sum(1 for _ in some)
            self._at[agency] = (start, stop)
            start = stop

    def of(self, agency_id: str) -> Sequence[Value]:
        """Return the values of an agency, by year and measure, the one that wins first."""
        start, stop = self._at.get(agency_id, (0, 0))
        return self._rows[start:stop]

    def agencies(self) -> Iterable[str]:
        """Return the ids of all agencies with values."""
        return self._at


@dataclass(frozen=True, slots=True)
class Coverage:
    """The rows of `coverage` by province and year, by type and year, and by year, and the national comparison."""

    provinces: Sequence[Mapping[str, Any]] = ()
    types: Sequence[Mapping[str, Any]] = ()
    years: Sequence[Mapping[str, Any]] = ()
    national: Sequence[Compared] = ()


@dataclass(slots=True)
class Survey:
    """All subjects by key, the subject of each report, the year of each report, and all values of agencies."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    of_report: dict[str, str] = field(default_factory=dict)
    years: dict[str, int | None] = field(default_factory=dict)
    values: Values = field(default_factory=lambda: Values([]))
    coverage: Coverage = Coverage()

    @property
    def agencies(self) -> list[Subject]:
        """The agencies, sorted by name."""
        return sorted((one for one in self.subjects.values() if one.is_agency), key=by_name)

    @property
    def nameless(self) -> list[Subject]:
        """The reports that name no agency, sorted by path."""
        return sorted((one for one in self.subjects.values() if not one.is_agency), key=by_name)


def by_name(subject: Subject) -> tuple[str, str]:
    """Return a key that sorts subjects by name in Thai dictionary order."""
    return thai_order(subject.name or ""), subject.key


def provinces(subjects: list[Subject]) -> Iterator[tuple[str, str | None, list[Subject]]]:
    """Yield each province's key (safe as a file name), name and agencies, sorted by name; None comes last."""
    groups: dict[str, list[Subject]] = {}
    names: dict[str, str | None] = {}
    for subject in subjects:
        key = province_key(subject)
        groups.setdefault(key, []).append(subject)
        names.setdefault(key, subject.province)
    for key in sorted(groups, key=lambda one: (names[one] is None, thai_order(names[one] or ""), one)):
        yield key, names[key], groups[key]


def province_key(subject: Subject) -> str:
    """Return the code of an agency's province, a hash of its name if it has no code, or `none`."""
    code, name = subject.province_code or "", subject.province
    if name is None:
        return "none"
    return code if re.fullmatch("[0-9]{2}", code) else "p" + sha256(name.encode("utf-8")).hexdigest()[:12]
