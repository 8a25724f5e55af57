"""The timeline of measures: their periods as bars on one time axis; all lengths are in percent of the axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from thaita.models.records import Measure
from thaita.models.verdicts import Language
from thaita.out.site.texts import BUDDHIST_ERA, month, year_shown

_NEAR = 2
"""Maximum years between the plan's year and a period on the axis; a year farther away is a misreading."""

_MONTHS_EACH = 18
"""Maximum months of an axis that labels each month; a longer axis labels quarters, and then years."""

_QUARTERS = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure's bar: its left edge and its width, in percent of the axis."""

    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars by the measures' index, and the ticks of the axis: position, month and year of each."""

    bars: dict[int, Bar]
    ticks: tuple[tuple[str, str, str], ...]
    outside: frozenset[int]


def timeline(measures: Sequence[Measure], plan_year: int | None, language: Language) -> Timeline | None:
    """Return the timeline of all measures with a period, or None if there are none.

    `outside` has the measures whose period is too far from the plan's year (B.E.) or ends before it starts.
    """
    periods = {i: found for i, one in enumerate(measures) if (found := _period(one)) is not None}
    if not periods:
        return None
    center = (
        plan_year - BUDDHIST_ERA if plan_year else median_low(start.year for start, _ in periods.values())
    )
    inside = {
        i: (start, end)
        for i, (start, end) in periods.items()
        if start <= end and abs(start.year - center) <= _NEAR and abs(end.year - center) <= _NEAR
    }
    outside = frozenset(periods.keys() - inside.keys())
    if not inside:
        return Timeline({}, (), outside)
    first = min(start for start, _ in inside.values()).replace(day=1)
    after = _month_after(max(end for _, end in inside.values()))
    days = (after - first).days
    bars = {
        i: Bar(_percent((start - first).days, days), _percent((end - start).days + 1, days))
        for i, (start, end) in inside.items()
    }
    return Timeline(bars, tuple(_ticks(first, after, language)), outside)


def period_shown(measure: Measure, language: Language) -> str:
    """Return a measure's period as text, in the era that the language uses; empty if there is no period.

    >>> period_shown(Measure.model_construct(period_start=date(2022, 10, 1), period_end=date(2023, 9, 30)), "th")
    '1 ต.ค. 2565 – 30 ก.ย. 2566'
    """
    ends = [measure.period_start, measure.period_end]
    said = [_day(one, language) if one else "…" for one in ends]
    return "" if ends == [None, None] else " – ".join(dict.fromkeys(said))


def _period(measure: Measure) -> tuple[date, date] | None:
    start, end = measure.period_start, measure.period_end
    if start is None and end is None:
        return None
    return start or end or date.min, end or start or date.min


def _day(day: date, language: Language) -> str:
    return f"{day.day} {month(day.month, language)} {year_shown(day.year, language)}"


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}"


def _ticks(first: date, after: date, language: Language) -> list[tuple[str, str, str]]:
    """Return the ticks for every month, quarter or year, with the year where it changes."""
    months, day = [], first
    while day < after:
        months.append(day)
        day = _month_after(day)
    step = 1 if len(months) <= _MONTHS_EACH else 3 if len(months) <= _QUARTERS else 12
    named = [day for i, day in enumerate(months) if i % step == 0]
    return [
        (
            _percent((day - first).days, (after - first).days),
            month(day.month, language),
            year_shown(day.year, language) if i == 0 or day.year != named[i - 1].year else "",
        )
        for i, day in enumerate(named)
    ]
