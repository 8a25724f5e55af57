"""Published national results of each fiscal year (B.E.), with which a volume of all agencies can be compared.

`data/national_results.csv` holds the figures with their sources; `data/national_types.csv` says which of the
program's types of agency belong to a type of the national results.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from thaita.normalize.names import read_table

About = Literal["nation", "level", "type"]
"""What a figure is about: the whole nation, the agencies of one level, or those of one type."""


_OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class NationalResult:
    """What was published about the nation, a level or a type of agency in a year; None where it was not.

    `mean` is that of the overall scores. `at_least_85` and `at_least_85_pct` are the number and the percentage of
    agencies with an overall score of 85 or more.
    """

    year: int
    about: About
    name: str
    agencies: int | None
    mean: Decimal | None
    at_least_85: int | None
    at_least_85_pct: Decimal | None
    confidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class NationalType:
    """The program's types of agency that make up a type of the national results.

    `exact` is False if the names of some agencies of the type do not state it, so that their number is not certain.
    """

    agency_types: tuple[str, ...]
    exact: bool
    note: str


@cache
def national_results(year: int) -> tuple[NationalResult, ...]:
    """Return what was published about a fiscal year: the nation, then levels, then types; empty if nothing is known.

    >>> [(one.name, one.agencies, one.mean) for one in national_results(2566)][:1]
    [('ทั้งประเทศ', 8323, Decimal('90.19'))]
    """
    rows = [row for row in read_table("national_results.csv") if row["year"] == str(year)]
    return tuple(
        NationalResult(
            year,
            cast("About", row["about"]),
            row["name"],
            _whole(row["agencies"]),
            _decimal(row["mean"]),
            _whole(row["at_least_85"]),
            _decimal(row["at_least_85_pct"]),
            row["confidence"],
            row["source"],
            row["note"],
        )
        for row in rows
    )


@cache
def national_types() -> dict[str, NationalType]:
    """Return the composition of each type of the national results that the program's types can make up.

    >>> national_types()["องค์การบริหารส่วนตำบล"].agency_types
    ('อบต.',)
    """
    return {
        row["name"]: NationalType(tuple(row["agency_types"].split("|")), row["exact"] == "yes", row["note"])
        for row in read_table("national_types.csv")
    }


def outside_types() -> frozenset[str]:
    """Return the types of units that are assessed apart and no part of the national results, such as police stations.

    >>> "สถานีตำรวจ" in outside_types()
    True
    """
    return frozenset(national_types()[_OUTSIDE].agency_types)


def _whole(field: str) -> int | None:
    return int(field) if field else None


def _decimal(field: str) -> Decimal | None:
    return Decimal(field) if field else None


@dataclass(frozen=True, slots=True)
class NationalScore:
    """The score of an indicator for the whole nation in a fiscal year (B.E.)."""

    score: Decimal
    confidence: str
    source: str


@cache
def national_indicators(year: int) -> dict[int, NationalScore]:
    """Return the nation's indicator scores of a fiscal year (B.E.) by indicator, as far as they are known.

    >>> len(national_indicators(2566)), national_indicators(2564)[9].score, national_indicators(2500)
    (10, Decimal('77.31'), {})
    """
    return {
        int(row["indicator_no"]): NationalScore(Decimal(row["score"]), row["confidence"], row["source"])
        for row in read_table("national_indicators.csv")
        if row["year"] == str(year)
    }
