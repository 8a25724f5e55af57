"""Which values of an agency and year differ from the one that won, beyond what their decimals explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thaita.check.official.equal import Precision, is_equal, width_of
from thaita.normalize.numerals import to_arabic

if TYPE_CHECKING:
    from pandas import DataFrame

Points = Mapping[tuple[str, str], str]
"""The points from which a percentage was converted, as written, by the id of the row in `results` and the measure."""

_LEAST = 2
"""Decimals of a score whose source text does not show how many it has."""

_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)?(?![.,]?\d)")
_SIDE = ("report_id", "row_id", "value", "level", "quote")


class _Stated(NamedTuple):
    document: str
    measure: str
    value: Decimal | str
    width: Decimal


def add_conflicts(found: DataFrame, keys: list[str], points: Points) -> DataFrame:
    """Return the values with a column `conflict`, given which of them won.

    `thaita.check.official.equal` decides whether two values are the same, as it does for `thaita compare`. Ranks count
    within their documents and never differ. Unusable values are not compared.
    """
    winners = found.loc[found["won"], [*keys, "measure", *_SIDE]]
    pairs = found.merge(winners, "left", on=[*keys, "measure"], suffixes=("", "_won"))
    other = pairs["value"].ne(pairs["value_won"]).fillna(False) | pairs["level"].ne(
        pairs["level_won"]
    ).fillna(False)
    apart = other & ~pairs["won"] & (pairs["measure"] != "rank") & (pairs["standing"] != "unusable")
    documents = {*pairs.loc[apart, "report_id"], *pairs.loc[apart, "report_id_won"].dropna()}
    precision = Precision(_stated(found[found["report_id"].isin(list(documents))], "", points))
    sides = (_stated(pairs[apart], side, points) for side in ("", "_won"))
    conflict = apart.to_numpy(dtype=bool)
    conflict[conflict] = [not is_equal(one, won, precision) for one, won in zip(*sides, strict=True)]
    return found.assign(conflict=conflict)


def _stated(rows: DataFrame, side: str, points: Points) -> Iterator[_Stated]:
    columns = [rows[name].tolist() for name in ("measure", *(f"{name}{side}" for name in _SIDE))]
    for measure, document, row_id, value, level, quote in zip(*columns, strict=True):
        if isinstance(level, str):
            yield _Stated(document, measure, level, Decimal(0))
            continue
        number = _as_written(value, quote if isinstance(quote, str) else "")
        yield _Stated(document, measure, number, width_of(number, points.get((row_id, measure), "")))


def _as_written(value: float, quote: str) -> Decimal:
    """Return a score with the decimals that it has in its source text, which a table of numbers drops.

    >>> _as_written(92.3, "1 อบต. ๙๒.๓๐"), _as_written(92.3, "192.30 92.3 ผ่าน"), _as_written(92.0, "")
    (Decimal('92.30'), Decimal('92.3'), Decimal('92.00'))
    """
    score = Decimal(str(value)).normalize()
    shown = [one for one in _numbers(quote) if one == score]
    return (
        max(shown, key=_decimals)
        if shown
        else score.quantize(Decimal(1).scaleb(-max(_LEAST, _decimals(score))))
    )


def _decimals(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)


@lru_cache(maxsize=65_536)
def _numbers(quote: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(one.replace(",", ".")) for one in _NUMBER.findall(to_arabic(quote)))
