"""Agencies' own values against official ones: equal, different, or stated by one side only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from thaita.check.agencies.register import Agency, Register, resolve
from thaita.check.official.equal import Precision, is_equal
from thaita.check.official.measures import measures
from thaita.check.official.resembling import resembling
from thaita.check.official.statement import Side, Statement

CompareStatus = Literal[
    "differ", "unresolved", "not_published", "not_in_list", "only_own", "only_official", "agree"
]
"""`differ`, `agree`: values of both sides; `only_own`, `only_official`: the other side has the agency and states the
measure for others; `not_published`: in a list, without a result of its own; `not_in_list`: the reverse; `unresolved`:
the name or the year does not decide which agency and year it is."""

STATUSES: tuple[CompareStatus, ...] = (
    "differ", "unresolved", "not_published", "not_in_list", "only_own", "only_official", "agree",
)  # fmt: skip
DIFFERENCES: frozenset[CompareStatus] = frozenset({"differ", "unresolved", "not_published", "not_in_list"})
"""The statuses that a person must look at."""

SideName = Literal["own", "official"]


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison of one measure of an agency in a year (B.E.), or of the agency as a whole (`measure` empty).

    `difference` is the own value minus the official one. `candidates` are the agencies that an unresolved name could
    be, or that resemble one without a counterpart; `reason` says why.
    """

    status: CompareStatus
    agency: Agency
    year: int | None
    measure: str = ""
    own: Statement | None = None
    official: Statement | None = None
    reason: str = ""
    candidates: tuple[Agency, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """The own value minus the official one, None for grades and values of one side."""
        if self.own is None or self.official is None or self.measure == "":
            return None
        mine, theirs = self.own.value, self.official.value
        return None if isinstance(mine, str) or isinstance(theirs, str) else mine - theirs

    @property
    def doubtful(self) -> bool:
        """Whether one of the values may be misread."""
        return any(one is not None and one.doubtful for one in (self.own, self.official))


@dataclass(slots=True)
class Comparison:
    """The comparison of two sides: all rows, those to look at first, and what was compared."""

    rows: list[Compared]
    years: tuple[int, ...]
    own_years: tuple[int, ...]
    official_years: tuple[int, ...]
    own: Side
    official: Side
    both: int
    """Agencies and years that both sides have."""
    counts: Counter[str] = field(default_factory=Counter)

    def has_differences(self) -> bool:
        """Return whether something differs, is missing on one side, or could not be compared."""
        return not self.years or any(self.counts[status] for status in DIFFERENCES)


Key = tuple[str, int]
"""The id of an agency, and a year (B.E.)."""
Values = dict[Key, dict[str, list[Statement]]]


def compare(own: Side, official: Side) -> Comparison:
    """Return the comparison of agencies' own reports with lists."""
    mentions = [one.mention for side in (own, official) for one in side.statements]
    register = resolve(dict.fromkeys([*mentions, *own.reported]))
    mine, theirs = _by_agency(own, register), _by_agency(official, register)
    own_years, official_years = {year for _, year in mine}, {year for _, year in theirs}
    years = own_years & official_years
    precision = Precision((*own.statements, *official.statements))
    stated = (_stated_measures(mine), _stated_measures(theirs))
    common = sorted(mine.keys() & theirs.keys())
    rows: list[Compared] = []
    for agency_id, year in common:
        sides = (mine[agency_id, year], theirs[agency_id, year])
        rows += _values(register.agencies[agency_id], year, sides, stated, precision)
    unresolved = [
        *_unresolved("own", own, register, years),
        *_unresolved("official", official, register, years),
    ]
    alone = resembling(_one_sided(mine, theirs, own, register, unresolved))
    found = Comparison(
        sorted([*rows, *alone, *unresolved], key=_order),
        tuple(sorted(years)),
        tuple(sorted(own_years)),
        tuple(sorted(official_years)),
        own,
        official,
        len(common),
    )
    found.counts.update(row.status for row in found.rows)
    return found


def _one_sided(
    mine: Values, theirs: Values, own: Side, register: Register, unresolved: Sequence[Compared]
) -> Iterator[Compared]:
    """Yield the agencies and years of one side, except those that an unresolved name of the other side could be.

    An agency can only lack a report or a place in the list for a year that both sides cover: there are reports on the
    year's results, and lists of them.
    """
    reported = {(register.of(mention).agency_id, mention.year) for mention in own.reported}
    with_report = {agency_id for agency_id, _ in reported}
    covered = {year for _, year in mine} & {year for _, year in theirs} & {year for _, year in reported}
    perhaps = [
        {(one.agency_id, row.year) for row in unresolved if getattr(row, side) for one in row.candidates}
        for side in ("own", "official")
    ]
    for key in sorted(theirs.keys() - mine.keys() - perhaps[0]):
        agency_id, year = key
        if year in covered:
            reason = "no_result" if agency_id in with_report else "no_report"
            agency = register.agencies[agency_id]
            yield Compared("not_published", agency, year, official=_first(theirs[key]), reason=reason)
    for key in sorted(mine.keys() - theirs.keys() - perhaps[1]):
        if key[1] in covered and key in reported:
            yield Compared("not_in_list", register.agencies[key[0]], key[1], own=_first(mine[key]))


def _order(row: Compared) -> tuple[object, ...]:
    place = (row.agency.province or "~", row.agency.district or "", row.agency.name, row.agency.agency_id)
    shown = measures().index(row.measure) if row.measure else -1
    return STATUSES.index(row.status), *place, row.year or 0, shown


def _by_agency(side: Side, register: Register) -> Values:
    found: Values = {}
    for one in side.statements:
        agency_id = register.of(one.mention).agency_id
        if agency_id is not None and one.year is not None:
            found.setdefault((agency_id, one.year), {}).setdefault(one.measure, []).append(one)
    return found


def _first(values: Mapping[str, list[Statement]]) -> Statement:
    """Return the most general of what is stated: the overall score if there is one."""
    return next(values[measure][0] for measure in measures() if measure in values)


def _unresolved(which: SideName, side: Side, register: Register, years: Iterable[int]) -> Iterator[Compared]:
    """Yield one row for each name and year that belongs to no agency, and for each agency without a year."""
    known = frozenset(years)
    found: dict[tuple[str, str | None, int | None, str], Compared] = {}
    for one in side.statements:
        match = register.of(one.mention)
        agency = register.agencies.get(match.agency_id or "")
        if (agency is not None and one.year is not None) or (one.year is not None and one.year not in known):
            continue
        reason = match.reason if agency is None else "no_year"
        named = agency or Agency("", one.mention.name or "", one.mention.agency_type, None, one.mention.district, one.mention.province)  # fmt: skip
        row = Compared(
            "unresolved",
            named,
            one.year,
            own=one if which == "own" else None,
            official=one if which == "official" else None,
            reason=reason,
            candidates=match.candidates if agency is None else (),
        )
        of_row = one.mention.row if one.mention.row != one.row_id or one.table == "results" else ""
        key = (of_row or one.mention.document, one.mention.agency_id, one.year, named.name)
        found.setdefault(key, row)
    yield from found.values()


def _stated_measures(values: Values) -> dict[int, set[str]]:
    """Return the measures that a side states for any agency, by year."""
    found: dict[int, set[str]] = {}
    for (_, year), of_agency in values.items():
        found.setdefault(year, set()).update(of_agency)
    return found


def _values(
    agency: Agency,
    year: int,
    sides: tuple[Mapping[str, list[Statement]], Mapping[str, list[Statement]]],
    stated: Sequence[Mapping[int, set[str]]],
    precision: Precision,
) -> Iterator[Compared]:
    """Yield the comparison of each measure of an agency in a year that both sides have."""
    for measure in measures():
        mine, theirs = (_distinct(side.get(measure, ()), precision) for side in sides)
        if mine and theirs:
            yield from _pairs(agency, year, measure, mine, theirs, precision)
        elif mine and measure in stated[1][year]:
            yield Compared("only_own", agency, year, measure, own=mine[0])
        elif theirs and measure in stated[0][year]:
            yield Compared("only_official", agency, year, measure, official=theirs[0])


def _distinct(statements: Sequence[Statement], precision: Precision) -> list[Statement]:
    """Return the different values among statements of one side, the surest first.

    A value that is off the scale or that a person marked as wrong counts as not stated.
    """
    found: list[Statement] = []
    for one in sorted((one for one in statements if one.usable), key=lambda statement: statement.certainty):
        if not any(is_equal(one, other, precision) for other in found):
            found.append(one)
    return found


def _pairs(
    agency: Agency,
    year: int,
    measure: str,
    mine: Sequence[Statement],
    theirs: Sequence[Statement],
    precision: Precision,
) -> Iterator[Compared]:
    """Yield each value without an equal on the other side, against the surest value there; else that they agree."""
    equal = [(one, other) for one in mine for other in theirs if is_equal(one, other, precision)]
    alone = [(one, theirs[0]) for one in mine if not any(one is pair[0] for pair in equal)]
    alone += [
        (mine[0], one)
        for one in theirs
        if not any(one is pair[1] for pair in equal) and (mine[0], one) not in alone
    ]
    for one, other in alone:
        yield Compared("differ", agency, year, measure, own=one, official=other)
    if not alone:
        yield Compared("agree", agency, year, measure, own=equal[0][0], official=equal[0][1])
