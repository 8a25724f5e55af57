"""A comparison as plain values: for CSV, JSON and DataFrames."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from thaita.check.agencies.register import Agency
from thaita.check.official.compare import STATUSES, Compared, Comparison
from thaita.check.official.statement import Statement
from thaita.models.extras import require
from thaita.models.rows import storable
from thaita.out.official.wording import agency_text
from thaita.out.tables.csv_tables import guard, record

if TYPE_CHECKING:
    from pandas import DataFrame

Plain = dict[str, Any]

_SIDE = ("value", "source", "page", "start", "end", "quote", "flags", "confidence")
COLUMNS = (
    "status", "agency_id", "agency", "agency_type", "district", "province", "fiscal_year", "measure",
    "own_value", "official_value", "difference", "doubtful", "reason", "candidates",
    *(f"{side}_{name}" for side in ("own", "official") for name in _SIDE[1:]),
)  # fmt: skip
"""The columns of a comparison as a table; every row is a `Compared`."""

_NUMBERS = frozenset({"difference", "own_confidence", "official_confidence"})
_WHOLE = frozenset(
    {"fiscal_year", *(f"{side}_{name}" for side in ("own", "official") for name in _SIDE[2:5])}
)


def row_values(row: Compared) -> Plain:
    """Return one row of a comparison as a table's row, by `COLUMNS`."""
    agency = row.agency
    of_sides = {"own": _side(row.own), "official": _side(row.official)}
    values: Plain = {
        "status": row.status,
        "agency_id": agency.agency_id or None,
        "agency": agency.name,
        "agency_type": agency.agency_type,
        "district": agency.district,
        "province": agency.province,
        "fiscal_year": row.year,
        "measure": row.measure or None,
        "difference": row.difference,
        "doubtful": "|".join(side for side in of_sides if (one := getattr(row, side)) and one.doubtful)
        or None,
        "reason": row.reason or None,
        "candidates": "|".join(map(agency_text, row.candidates)) or None,
    }
    for side, found in of_sides.items():
        values |= {f"{side}_{name}": value for name, value in found.items()}
    if not row.measure:
        values["own_value"] = values["official_value"] = None
    return {name: values[name] for name in COLUMNS}


def _side(one: Statement | None) -> Plain:
    if one is None:
        return dict.fromkeys(_SIDE)
    place = one.provenance
    return {
        "value": one.value,
        "source": one.source,
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "quote": place.quote or None,
        "flags": "|".join(one.flags) or None,
        "confidence": place.confidence,
    }


def summary(found: Comparison) -> Plain:
    """Return what was compared, and the counts."""
    return {
        "years": list(found.years),
        "own_years": list(found.own_years),
        "official_years": list(found.official_years),
        "own_reports": found.own.documents,
        "own_copies": found.own.copies,
        "official_documents": found.official.documents,
        "official_problems": found.official.problems,
        "compared": found.both,
        "counts": {status: found.counts[status] for status in STATUSES},
        "doubtful": sum(row.status == "differ" and row.doubtful for row in found.rows),
    }


def as_json(found: Comparison) -> Iterator[str]:
    """Yield the text of a JSON file: a summary, and one row a line."""
    yield f'{{"summary": {json.dumps(summary(found), ensure_ascii=False)},\n"rows": ['
    for number, row in enumerate(found.rows):
        values = {name: _json(value) for name, value in row_values(row).items()}
        values["candidates"] = [_candidate(one) for one in row.candidates]
        yield (",\n" if number else "\n") + json.dumps(values, ensure_ascii=False)
    yield "\n]}\n"


def _json(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _candidate(agency: Agency) -> Plain:
    return {
        "agency_id": agency.agency_id or None,
        "agency": agency.name,
        "district": agency.district,
        "province": agency.province,
    }


def as_csv(found: Comparison) -> Iterator[str]:
    """Yield the text of a CSV file in the form of the tables of a dataset."""
    yield "\ufeff" + record(COLUMNS)
    for row in found.rows:
        yield record(map(_cell, row_values(row).values()))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(storable(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def as_frame(found: Comparison) -> DataFrame:
    """Return a comparison as a DataFrame with the columns `COLUMNS`; values of grades and scores are texts."""
    require("pandas")
    from pandas import DataFrame, Series

    rows = [row_values(row) for row in found.rows]

    def column(name: str) -> Series[Any]:
        values = [row[name] for row in rows]
        if name in _WHOLE:
            return Series(values, dtype="Int64")
        if name in _NUMBERS:
            return Series([None if one is None else float(one) for one in values], dtype="Float64")
        return Series([None if one is None else str(one) for one in values], dtype="string")

    return DataFrame({name: column(name) for name in COLUMNS})
