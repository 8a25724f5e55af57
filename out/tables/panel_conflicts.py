"""Which values of an agency and year differ from the one that won, beyond what their decimals explain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from thaita.models.flags import Flag
from thaita.normalize.frameworks import framework
from thaita.normalize.grades import level_name
from thaita.normalize.numerals import to_arabic

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_DECIMALS = 2
"""Decimals of a score whose source text does not show how many it has."""

_SHARES = {
    "iit": ("IIT", 1.0),
    "eit": ("EIT", 1.0),
    "eit_part1": ("EIT", 0.5),
    "eit_part2": ("EIT", 0.5),
    "oit": ("OIT", 1.0),
}
"""The instrument of each measure that may be stated in points, and the part of its share that the measure has."""

_ROUNDING = 1e-9


def add_conflicts(found: DataFrame, keys: list[str]) -> DataFrame:
    """Return the values with a column `conflict`, given which of them won.

    Two scores agree if the one with more decimals, rounded to those of the other, gives the other; two levels if they
    mean the same. Ranks count within their documents and never differ. Values off the scale are not compared.
    """
    found = found.assign(meant=_meant(found["level"]))
    winners = found.loc[found["won"], [*keys, "measure", "value", "meant", "quote", "flags"]]
    pairs = found.merge(winners, "left", on=[*keys, "measure"], suffixes=("", "_won"))
    compared = (pairs["measure"] != "rank") & (pairs["standing"] != "unusable")
    number = (pairs["value"] - pairs["value_won"]).abs().gt(_ROUNDING).fillna(False) & compared
    level = pairs["meant"].ne(pairs["meant_won"]).fillna(False) & compared
    apart = pairs[number]
    slack = [max(pair) for pair in zip(_slack(apart, ""), _slack(apart, "_won"), strict=True)]
    number[number] = (apart["value"] - apart["value_won"]).abs().to_numpy(dtype=float) > slack
    found["conflict"] = (number | level).to_numpy(dtype=bool)
    return found.drop(columns="meant")


def _meant(levels: Series[str]) -> Series[str]:
    known = {level: level_name(level) for level in levels.dropna().unique()}
    return levels.map(known).astype("string")


def _slack(pairs: DataFrame, side: str) -> Iterator[float]:
    """Yield how far each value may be from the figure that was rounded to it."""
    columns = ("fiscal_year", "measure", f"value{side}", f"quote{side}", f"flags{side}")
    for year, measure, value, quote, flags in zip(*(pairs[name].tolist() for name in columns), strict=True):
        half = 0.5 * 10.0 ** -_decimals(value, quote if isinstance(quote, str) else "")
        points = isinstance(flags, str) and Flag.FROM_POINTS in flags.split("|")
        yield half / (_share(measure, year) if points else 1.0) + _ROUNDING


def _decimals(value: float, quote: str) -> int:
    """Return the decimals of a score in its source text.

    >>> _decimals(92.3, "1 อบต. ๙๒.๓๐"), _decimals(92.3, "92.3 ผ่าน"), _decimals(92.0, "")
    (2, 1, 2)
    """
    written = to_arabic(quote).replace(",", ".")
    for decimals in range(_DECIMALS, -1, -1):
        if f"{value:.{decimals}f}" in written and round(value, decimals) == value:
            return decimals
    return _DECIMALS


def _share(measure: str, year: int) -> float:
    """Return the share of a measure in the overall score (0-1); 1 if the year's weights are unknown."""
    weights = framework(year).weights
    code, part = _SHARES.get(measure, ("", 1.0))
    return float(weights.shares[code]) * part if weights is not None and code in weights.shares else 1.0
