"""Compares the results of all agencies of a year, recomputed from a dataset, with published national figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from thaita.models.codes import Severity
from thaita.normalize.national import NationalResult, NationalType, national_types

Outcome = Literal["matches", "differs", "not_comparable"]
Figure = Literal["agencies", "mean", "at_least_85", "at_least_85_pct"]
Reason = Literal["", "few", "missing", "inexact"]
"""Why a figure cannot be compared: too few agencies are in the dataset; the missing ones can explain the difference;
or the names of the agencies do not tell how many are of the type."""

ENOUGH = 0.95
"""Minimum share of the agencies that a comparison needs."""

_ROUNDING = 0.005 + 1e-6
"""Half a unit of the last decimal of published means and percentages."""


@dataclass(frozen=True, slots=True)
class Group:
    """The agencies of a group with an overall score: their number, their mean, and those with 85 or more."""

    agencies: int = 0
    mean: float = 0.0
    at_least_85: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """The results of a fiscal year (B.E.) in a dataset: all agencies, by type, and their number by level."""

    year: int
    nation: Group
    types: Mapping[str, Group] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """One published figure, and what the dataset gives for it. `severity` is None if there is nothing to look at."""

    published: NationalResult
    figure: Figure
    stated: float
    found: float
    outcome: Outcome
    reason: Reason = ""

    @property
    def severity(self) -> Severity | None:
        """`warning` for a figure that differs; `info` if the published figure was only inferred."""
        if self.outcome != "differs":
            return None
        return "info" if self.published.confidence == "inferred" else "warning"


def compare(volume: Volume, published: Iterable[NationalResult]) -> Iterator[Compared]:
    """Yield each published figure of the year of a volume with the recomputed one.

    `published` should include the number of all agencies; what documents of the dataset state counts where nothing was
    published. Types that the names of agencies cannot tell are left out.
    """
    rows = [one for one in published if one.year == volume.year]
    known = [one for one in rows if one.about == "nation" and one.agencies]
    # a misread number in a document must not decide whether the year is complete
    sure = [one for one in known if one.confidence != "stated"] or known
    nation = max((one.agencies or 0 for one in sure), default=0)
    whole = nation > 0 and volume.nation.agencies >= ENOUGH * nation
    for one in rows:
        if one.about == "level":
            yield from _level(volume, one, nation, whole)
        elif one.about == "nation":
            enough = volume.nation.agencies >= ENOUGH * one.agencies if one.agencies else whole
            yield from _group(volume.nation, one, enough=enough, total=one.agencies or nation)
        elif (kind := national_types().get(one.name)) is not None:
            found = _together(volume, kind)
            enough = found.agencies >= ENOUGH * one.agencies if one.agencies else whole
            yield from _group(found, one, enough=enough, total=one.agencies or 0, exact=kind.exact)


def _together(volume: Volume, kind: NationalType) -> Group:
    groups = [volume.types[name] for name in kind.agency_types if name in volume.types]
    agencies = sum(one.agencies for one in groups)
    total = sum(one.mean * one.agencies for one in groups)
    return Group(agencies, total / agencies if agencies else 0.0, sum(one.at_least_85 for one in groups))


def _level(volume: Volume, one: NationalResult, nation: int, whole: bool) -> Iterator[Compared]:
    if one.agencies is not None:
        found, missing = volume.levels.get(one.name, 0), nation - sum(volume.levels.values())
        ends = (found, found + max(missing, 0))
        yield _compared(one, "agencies", one.agencies, found, ends, 0.0, enough=whole)


def _group(
    found: Group, one: NationalResult, *, enough: bool, total: int, exact: bool = True
) -> Iterator[Compared]:
    """Yield the figures of a group; `total` is the number of its agencies, 0 if unknown."""
    number, passed = found.agencies, found.at_least_85
    missing = max(total - number, 0)
    every = max(number + missing, 1)
    if one.agencies is not None:
        yield _compared(one, "agencies", one.agencies, number, (number, number), 0.0, enough, exact)
    if one.mean is not None:
        low = found.mean * number / every
        ends = (low, low + 100 * missing / every)
        yield _compared(one, "mean", float(one.mean), found.mean, ends, _ROUNDING, enough, exact)
    if one.at_least_85 is not None:
        ends = (passed, passed + missing)
        yield _compared(one, "at_least_85", one.at_least_85, passed, ends, 0.0, enough, exact)
    if one.at_least_85_pct is not None:
        share, ends = 100 * passed / max(number, 1), (100 * passed / every, 100 * (passed + missing) / every)
        stated = float(one.at_least_85_pct)
        yield _compared(one, "at_least_85_pct", stated, share, ends, _ROUNDING, enough, exact)


def _compared(
    one: NationalResult, figure: Figure, stated: float, found: float, ends: tuple[float, float], slack: float,
    enough: bool, exact: bool = True,
) -> Compared:  # fmt: skip
    """Return the comparison; `ends` are the least and the most that the figure can be with the missing agencies."""
    if not enough:
        return Compared(one, figure, stated, found, "not_comparable", "few")
    if abs(stated - found) <= slack:
        return Compared(one, figure, stated, found, "matches")
    if not exact:
        return Compared(one, figure, stated, found, "not_comparable", "inexact")
    if ends[0] < ends[1] and ends[0] - slack <= stated <= ends[1] + slack:
        return Compared(one, figure, stated, found, "not_comparable", "missing")
    return Compared(one, figure, stated, found, "differs")
