"""Statistics for the overview: means, spreads and distributions of all results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean, quantiles

from thaita.normalize.frameworks import every_instrument, framework
from thaita.out.site.survey import Result, Stated, Subject, Survey, provinces

_BAND = 5
_LOWEST_BAND = 50


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of scores: their number, mean, minimum, maximum and quartiles, on a scale of 0 to 100."""

    count: int
    mean: float
    low: float
    first: float
    median: float
    third: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group of results: the number of agencies and results, and the mean of each series with values."""

    key: str
    name: str | None
    agencies: int
    results: int
    means: dict[str, float]


@dataclass(frozen=True, slots=True)
class Weak:
    """An indicator, its mean, and the number of results in which it has the lowest score."""

    number: int
    mean: float
    lowest: int


@dataclass(slots=True)
class Figures:
    """All statistics of the overview. `means` has the mean of each indicator in each year.

    `series` has the overall scores and the scores of each instrument.
    """

    indicators: dict[int, Spread] = field(default_factory=dict)
    left_out: int = 0
    series: dict[str, list[float]] = field(default_factory=dict)
    provinces: list[Group] = field(default_factory=list)
    years: list[Group] = field(default_factory=list)
    means: dict[int | None, dict[int, float]] = field(default_factory=dict)
    counts: dict[int | None, int] = field(default_factory=dict)
    weakest: list[Weak] = field(default_factory=list)
    complete: int = 0


def figures(survey: Survey) -> Figures:
    """Return the statistics of all results of a dataset."""
    subjects = list(survey.subjects.values())
    results = [result for subject in subjects for result in subject.results.values()]
    found = Figures(series=_series_of(results))
    values = _values(results)
    found.indicators = {number: spread(values[number]) for number in sorted(values)}
    stated = [one for result in results for one in _all_stated(result)]
    found.left_out = sum(not one.counts for one in stated)
    found.provinces = [
        _group(key, name, [(one, result) for one in members for result in one.results.values()], len(members))
        for key, name, members in provinces(survey.agencies)
    ]
    _add_years(found, subjects)
    _add_weakest(found, results)
    return found


def scores_of(result: Result) -> dict[str, float]:
    """Return a result's overall score, and the score of each instrument: the mean of its indicators, else as stated."""
    overall = overall_of(result)
    found = {} if overall is None else {"overall": overall}
    for code, one in result.instruments.items():
        if one.counts:
            found[code] = float(one.value)
    return found | indicator_means(result)


def overall_of(result: Result) -> float | None:
    """Return the overall score of a result: the published one, else the one computed from its indicators."""
    if result.overall is not None:
        return float(result.overall.value) if result.overall.counts else None
    if result.computed is not None and 0 <= result.computed <= 100:
        return float(result.computed)
    return None


def indicator_means(result: Result) -> dict[str, float]:
    """Return the mean of each instrument of which the result has the scores of all indicators."""
    found: dict[str, float] = {}
    for code, instrument in framework(result.year).instruments.items():
        values = [result.scores.get(number) for number in instrument.indicators]
        counted = [float(one.value) for one in values if one is not None and one.counts]
        if len(counted) == len(instrument.indicators):
            found[code] = fmean(counted)
    return found


def spread(values: list[float]) -> Spread:
    """Return the spread of one or more scores; quartiles are interpolated as spreadsheets do.

    >>> spread([80.0, 90.0, 100.0]).first
    85.0
    """
    first, median, third = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Spread(len(values), fmean(values), min(values), first, median, third, max(values))


@dataclass(frozen=True, slots=True)
class Band:
    """A band of scores from `low` to below `high`, with counts by series; `open` includes all lower scores."""

    low: int
    high: int
    open: bool
    counts: dict[str, int]


def bands(series: dict[str, list[float]]) -> list[Band]:
    """Return the distribution of each series in bands of five points; the first also has all scores below 50."""
    values = [value for one in series.values() for value in one]
    if not values:
        return []
    start = max(_LOWEST_BAND, int(min(values) // _BAND) * _BAND)
    counted = {name: Counter(_band(value, start) for value in one) for name, one in series.items()}
    below = min(values) < start
    return [
        Band(low, low + _BAND, below and low == start, {name: one[low] for name, one in counted.items()})
        for low in range(start, 100, _BAND)
    ]


def _band(value: float, start: int) -> int:
    return min(max(int(value // _BAND) * _BAND, start), 100 - _BAND)


def _values(results: Iterable[Result]) -> dict[int, list[float]]:
    values: dict[int, list[float]] = {}
    for result in results:
        for number, one in result.scores.items():
            if one.counts:
                values.setdefault(number, []).append(float(one.value))
    return values


def _all_stated(result: Result) -> list[Stated]:
    return [*result.scores.values(), *([result.overall] if result.overall else [])]


def _series_of(results: Sequence[Result]) -> dict[str, list[float]]:
    """Return the values of each series: the overall score, and the instruments of the results' years."""
    years = {result.year for result in results} or {None}
    known = {code for year in years for code in framework(year).instruments}
    names = ("overall", *(code for code in every_instrument() if code in known))
    series: dict[str, list[float]] = {name: [] for name in names}
    for result in results:
        for name, value in scores_of(result).items():
            series[name].append(value)
    return series


def _group(key: str, name: str | None, pairs: list[tuple[Subject, Result]], agencies: int) -> Group:
    series = _series_of([result for _, result in pairs])
    means = {one: fmean(values) for one, values in series.items() if values}
    return Group(key, name, agencies, len(pairs), means)


def _add_years(found: Figures, subjects: list[Subject]) -> None:
    by_year: dict[int | None, list[tuple[Subject, Result]]] = {}
    for subject in subjects:
        for year, result in subject.results.items():
            by_year.setdefault(year, []).append((subject, result))
    for year in sorted(by_year, key=lambda one: (one is None, one or 0)):
        pairs = by_year[year]
        agencies = sum(subject.is_agency for subject, _ in pairs)
        found.years.append(_group(str(year or "none"), str(year) if year else None, pairs, agencies))
        values = _values(result for _, result in pairs)
        found.means[year] = {number: fmean(one) for number, one in values.items()}
        found.counts[year] = sum(bool(result.scores) for _, result in pairs)


def _add_weakest(found: Figures, results: Iterable[Result]) -> None:
    lowest: Counter[int] = Counter()
    for result in results:
        counted = {number: one.value for number, one in result.scores.items() if one.counts}
        if framework(result.year).indicators.keys() <= counted.keys():
            found.complete += 1
            least = min(counted.values())
            lowest.update(number for number, value in counted.items() if value == least)
    found.weakest = sorted(
        (Weak(number, one.mean, lowest[number]) for number, one in found.indicators.items()),
        key=lambda one: (one.mean, one.number),
    )
