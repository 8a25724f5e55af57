"""The panel: the results of agencies over years as a wide table, for models and comparisons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thaita.check.official.measures import indicator_measures
from thaita.check.official.statement import is_points
from thaita.models.tables import BY_NAME
from thaita.normalize.place_names import place_names
from thaita.out.tables.dataframes import read_columns
from thaita.out.tables.panel_agencies import CANDIDATES, with_canonical_ids
from thaita.out.tables.panel_values import KEYS, OF_RESULTS, POINTS, Prefer, Tables, measures, panel_values

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_UNUSED = frozenset({"x0", "top", "x1", "bottom", "spans", "sha256", "name_as_written", "no_as_written"})
"""Columns that neither the panel nor a page of results shows."""

_PLACE = ("agency", "agency_type", "district", "province", "province_code")


def panel_tables(dataset: Path, *, verify: bool = True) -> dict[str, DataFrame]:
    """Return what the panel needs of a dataset: `reports`, `results`, `scores`, and the points of `evidence`.

    Raises DatasetError if a table is missing or damaged; with `verify`, also if it differs from its checksum.
    """
    found = {
        name: read_columns(dataset, BY_NAME[name], set(BY_NAME[name].header) - _UNUSED, verify=verify)
        for name in ("reports", "results", "scores")
    }
    points = read_columns(dataset, BY_NAME["evidence"], POINTS, is_points, verify=verify)
    return {**found, "evidence": points}


def panel(tables: Tables, prefer: Prefer = "official") -> DataFrame:
    """Return one row for each agency and fiscal year (B.E.), indexed by `agency_id` and `fiscal_year`.

    Columns: `agency`, `agency_type`, `district`, `province`, `province_code`; `i1`, `i2`, …, the scores of the
    indicators of all years (0-100); `overall_score` and `grade` as published; `reports`, the number of documents for
    that year; `conflicts`, the columns in which they differ, joined by `|`; `iit`, `eit`, `eit_part1`, `eit_part2`,
    `oit` (0-100); `rank`, within the document of the overall score; `overall_score_source`, `own` or `list`;
    `sources`, the kinds of documents that state anything, joined by `|`; `doubtful`, the columns with a value in
    doubt; and `candidates`, the agencies that the name could stand for if it is not certain (`panel_agencies`).
    Values come from agencies' own reports and from lists of many agencies; `panel_values` has all of them, and its
    module states which one wins. `prefer` is the source that wins where both are sure: lists (`official`) or agencies'
    own reports (`own`). Values without an agency or a year are left out.
    """
    tables = with_canonical_ids(tables)
    return wide_panel(tables, panel_values(tables, prefer))


def wide_panel(tables: Tables, values: DataFrame) -> DataFrame:
    """Return the panel of the values that `panel_values` returned for these tables."""
    won = values[values["won"]]
    numbers = won[won["measure"] != "grade"].pivot(index=KEYS, columns="measure", values="value")
    numbers = numbers.reindex(columns=[name for name in measures() if name != "grade"]).astype("Float64")
    whole = _named(tables, values).join(numbers, how="left")
    whole["rank"] = whole["rank"].astype("Int64")
    whole["grade"] = won[won["measure"] == "grade"].set_index(KEYS)["level"]
    whole["overall_score_source"] = won[won["measure"] == "overall_score"].set_index(KEYS)["source"]
    whole["reports"] = values.groupby(KEYS)["report_id"].nunique()
    whole["reports"] = whole["reports"].fillna(1).astype("Int64")
    whole["conflicts"] = _joined(values[values["conflict"]], "measure").reindex(whole.index).fillna("")
    whole["sources"] = _joined(values.sort_values("source", ascending=False, kind="stable"), "source")
    whole["sources"] = whole["sources"].fillna("own")
    whole["candidates"] = _candidates(tables).reindex(whole.index.get_level_values("agency_id")).to_numpy()
    whole["candidates"] = whole["candidates"].astype("string").fillna("")
    whole["doubtful"] = _joined(won[won["standing"] == "doubted"], "measure").reindex(whole.index).fillna("")
    whole.columns.name = None
    added = [name for name in OF_RESULTS if name not in ("overall_score", "grade")]
    columns = [*_PLACE, *indicator_measures(), "overall_score", "grade", "reports", "conflicts", *added]
    return whole[[*columns, "overall_score_source", "sources", "doubtful", "candidates"]].sort_index()


def _joined(rows: DataFrame, column: str) -> Series[str]:
    """Return the values of a column by agency and year, each once, joined by `|`."""
    once = rows[[*KEYS, column]].drop_duplicates()
    return once.groupby(KEYS)[column].agg("|".join).astype("string")


def _candidates(tables: Tables) -> Series[str]:
    """Return the agencies that a name could stand for, by its id; none if the ids were not resolved."""
    from pandas import concat

    parts = [
        tables[name][["agency_id", CANDIDATES]]
        for name in ("reports", "results", "scores")
        if CANDIDATES in tables[name].columns
    ]
    if not parts:
        return tables["reports"].head(0).set_index("agency_id")["agency"]
    return concat(parts).dropna().drop_duplicates("agency_id").set_index("agency_id")[CANDIDATES]


def _named(tables: Tables, values: DataFrame) -> DataFrame:
    """Return the name and place of each agency and year, as its own reports state them, else as lists do.

    What no document of the year states is taken from another year. An agency's own report makes a row even without
    values.
    """
    from pandas import MultiIndex, concat

    reports = tables["reports"].dropna(subset=KEYS)
    listed = [
        tables[name].dropna(subset=KEYS).reindex(columns=[*KEYS, *_PLACE]) for name in ("results", "scores")
    ]
    stated = concat([reports[[*KEYS, *_PLACE]], *listed]).astype("string")
    stated["fiscal_year"] = stated["fiscal_year"].astype("Int64")
    stated["province_code"] = stated["province_code"].fillna(stated["province"].map(_province_codes()))
    keys = concat([reports[KEYS], values[KEYS]]).drop_duplicates()
    index = MultiIndex.from_frame(keys.astype({"agency_id": "string", "fiscal_year": "Int64"}))
    of_year = stated.groupby(KEYS)[list(_PLACE)].first().reindex(index)
    of_any = stated.groupby("agency_id")[list(_PLACE)].first()
    return of_year.fillna(of_any.reindex(index.get_level_values("agency_id")).set_axis(index))


def _province_codes() -> dict[str, str]:
    return {name: codes[0] for name, codes in place_names("province").items()}
